"""Each quantity that cannot be is told with its place and a way out: units, bounds, forms, formulas, sources.

One case is one change of the tutorial's file and the one fault that must come of it.

Why: a wrong unit is the one mistake that no result will ever show.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms.scenario.cases import Case, assert_told

# fmt: off
CASES = [
    Case("negative price", "{low: 5.0, mode: 11.3, high: 17.8, unit: m USD, source: suppliers 3; three contracts, "
         "confidence: reported}",
         "{low: -5.0, mode: 11.3, high: 17.8, unit: m USD, source: suppliers 3; three contracts, "
         "confidence: reported}", "offers.tb2_baykar.price", "    price: # per aircraft", "-5 / 11.3 / 17.8 m USD",
         "no value below 0 m USD", "zero or more"),
    Case("points out of order",
         "{low: 5.0, mode: 11.3, high: 17.8, unit: m USD, source: suppliers 3; three contracts, "
         "confidence: reported}",
         "{low: 12, mode: 11.3, high: 17.8, unit: m USD, source: suppliers 3; three contracts, "
         "confidence: reported}", "offers.tb2_baykar.price", "    price: # per aircraft", "12 / 11.3 / 17.8",
         "low <= mode <= high"),
    Case("share above one", "later_share: 0.6, source: suppliers 4; its",
         "later_share: 6, source: suppliers 4; its", "offers.tb2_baykar.permit.later_share", "later_share: 6,", "6",
         "at most 1"),
    Case("chance above one", "failure_chance: {value: 0.12,", "failure_chance: {value: 12,",
         "offers.tb2_baykar.failure_chance", "failure_chance: {value: 12,", "12 share", "no value above 1 share",
         "between 0 and 1, or 0 and 100 percent"),
    Case("chance below zero", "failure_chance: {value: 0.12,", "failure_chance: {value: -0.12,",
         "offers.tb2_baykar.failure_chance", "failure_chance: {value: -0.12,", "-0.12 share",
         "no value below 0 share"),
    Case("wrong dimension", "shipping: {low: 40, mode: 50, high: 70, unit: day",
         "shipping: {low: 40, mode: 50, high: 70, unit: m USD", "offers.tb2_baykar.shipping.unit",
         "shipping: {low: 40, mode: 50, high: 70, unit: m USD", "'m USD'", "day, week, month, year"),
    Case("unknown unit", "shipping: {low: 40, mode: 50, high: 70, unit: day",
         "shipping: {low: 40, mode: 50, high: 70, unit: days", "offers.tb2_baykar.shipping.unit", "unit: days",
         "'days'", "one of the units day", "Did you mean 'day'?"),
    Case("no unit", "places: {low: 1, mode: 2, high: 3, unit: place}", "places: {low: 1, mode: 2, high: 3}",
         "benches.airfield_large.places.unit", "airfield_large: {title", "nothing", "the key 'unit'"),
    Case("a bare number for a quantity", "places: {low: 1, mode: 2, high: 3, unit: place}", "places: 2",
         "benches.airfield_large.places", "places: 2", "2", "a quantity: a mapping with a unit",
         "For example {value: ..., unit: place}"),
    Case("price in another currency",
         "{low: 5.0, mode: 11.3, high: 17.8, unit: m USD, source: suppliers 3; three contracts, "
         "confidence: reported}",
         "{low: 5.0, mode: 11.3, high: 17.8, unit: m JPY, source: suppliers 3; three contracts, "
         "confidence: reported}", "offers.tb2_baykar.price.unit", "unit: m JPY, source: suppliers 3", "'m JPY'",
         "money in USD, the offer's currency", "change the offer's currency"),
    Case("unknown distribution", "{low: 10, mode: 30, high: 90,",
         "{distribution: triangel, low: 10, mode: 30, high: 90,", "groundings.small.length.distribution",
         "distribution: triangel", "'triangel'", "a known distribution", "Did you mean 'triangular'?"),
    Case("key of another form", "{low: 10, mode: 30, high: 90,", "{low: 10, mode: 30, high: 90, sd: 3,",
         "groundings.small.length.sd", "sd: 3,", "the unknown key 'sd'", "known here"),
    Case("point left out", "{low: 10, mode: 30, high: 90,", "{low: 10, high: 90,", "groundings.small.length.mode",
         "{low: 10, high: 90,", "nothing", "the key 'mode'"),
    Case("no belief at all", "places: {low: 1, mode: 2, high: 3, unit: place}", "places: {unit: place}",
         "benches.airfield_large.places", "places: {unit: place}", "a mapping with unit",
         "a value, a distribution or a formula", "{value: 6, unit: ...}"),
    Case("chances that do not add up", "outcomes: {0: 0.79,", "outcomes: {0: 0.80,",
         "budget.calendar.passage_delay", "passage_delay: #", "0: 0.8, 11: 0.14, 50: 0.07", "add up to 1"),
    Case("an outcome that is no number", "outcomes: {0: 0.79,", "outcomes: {soon: 0.79,",
         "budget.calendar.passage_delay.outcomes.soon", "{outcomes: {soon", "the key 'soon'", "a number as key"),
    Case("a normal for a duration", "{low: 10, mode: 30, high: 90,", "{distribution: normal, mean: 30, sd: 5,",
         "groundings.small.length", "mean: 30, sd: 5,", "normal 30, sd 5 day", "no value below 0 day",
         "no end there"),
    Case("quantiles in the wrong order", "{low: 10, mode: 30, high: 90,",
         "{distribution: lognormal, p10: 9, p90: 3,", "groundings.small.length", "p10: 9, p90: 3", "P10 9, P90 3",
         "0 < p10 < p90"),
    Case("uncertain where fixed", "price: {value: 4, unit: m JPY}",
         "price: {low: 1, mode: 4, high: 5, unit: m JPY}", "missions.wide_area_surveillance.crew.extra_seats.price",
         "price: {low: 1, mode: 4", "1 / 4 / 5", "one certain value"),
    Case("formula for luck", "{low: 10, mode: 30, high: 90,", "{formula: '3 * shield_share',",
         "groundings.small.length", "3 * shield_share", "3 * shield_share", "a distribution", "this is luck"),
    Case("formula that is a program", "77.0 * seaguardian_approval", "__import__('os')",
         "budget.lines.surveillance.uses.seaguardian_fy2026.amount.formula", "__import__", "__import__",
         "arithmetic over the ids of the parameters", "Cannot be read"),
    Case("formula with an unknown name", "77.0 * seaguardian_approval", "77.0 * seagardian_approval",
         "budget.lines.surveillance.uses.seaguardian_fy2026.amount.formula", "77.0 * seagardian_approval",
         "'seagardian_approval'", "the id of a parameter", "Did you mean 'seaguardian_approval'?"),
    Case("formula that divides by zero", "77.0 * seaguardian_approval", "77.0 / (seaguardian_approval - 0.92)",
         "budget.lines.surveillance.uses.seaguardian_fy2026.amount.formula", "77.0 / (seag",
         "at the parameters' modes", "a finite value", "a division by zero"),
    Case("formula out of bounds", "77.0 * seaguardian_approval", "-77.0 * seaguardian_approval",
         "budget.lines.surveillance.uses.seaguardian_fy2026.amount.formula", "-77.0 * seag",
         "-70.84 bn JPY at the parameters' modes", "no value below 0 bn JPY"),
    Case("parameter that is a formula", '{low: 0.75, mode: 0.92, high: 1.08, unit: "1",',
         "{formula: '2 * shield_share', unit: \"1\",", "parameters.seaguardian_approval",
         "seaguardian_approval: {formula", "2 * shield_share", "a value or a distribution"),
    Case("source too short", "source: demand 3a; budgets of 2013 to 2026, ", "source: demand 3a, ",
         "budget.calendar.passage_delay.source", "source: demand 3a, confidence", "'demand 3a'",
         "at least 12 characters"),
    Case("unknown confidence", "confidence: assumption\n\n# The days", "confidence: guess\n\n# The days",
         "confidence", "confidence: guess", "'guess'", "'official', 'reported', 'inferred' or 'assumption'"),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_told_in_its_place_with_a_way_out(case: Case, tmp_path: Path) -> None:
    assert_told(case, tmp_path)
