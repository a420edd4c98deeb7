"""Robustness: regret, minimax and the satisfied share of three policies in two worlds, worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit

from sim.report.findings import finding_files
from sim.store.finding import Finding
from sim.study.robustness import World, robust, robustness
from sim.study.statistics.pairs import IDENTICAL
from sim.study.trial import Futures, Tried
from tests.stories.builder import buy, line, mission, scenario, scheduled
from tests.stories.forces import shock

# ten wanted; money for ten, or for four where the budget is cut
BASE = scenario(
    missions=[mission()],
    lines=[line(years={2025: 0, 2026: 100})],
    passage={2025: 0, 2026: 365},
    policies=[
        scheduled(buy(365, 10), id="all"), scheduled(buy(365, 3), id="three"), scheduled(id="none"),
    ],
)  # fmt: skip
CUT = replace(BASE, shocks=(shock("budget_factor", 0, 4_000, "line", fiscal_year=2026),))
WORLDS = (World("as_planned", "As planned", BASE), World("cut", "Four tenths of the budget", CUT))
POLICIES = ("all", "none", "three")


def test_regret_is_what_the_best_policy_of_the_same_world_has_more():
    """Fulfilment 1, 0.3, 0 as planned and 0.4, 0.3, 0 with the cut."""
    found = robustness(POLICIES, WORLDS, Futures(3, 1), enough=0.35)
    rows = {(row["policy"], row["world"], row["measure"]): row["value"] for row in found.grids["cells"].records()}
    assert {key[:2]: value for key, value in rows.items() if key[2] == "fulfilment"} == pytest.approx(
        {
            ("all", "as_planned"): 1.0, ("none", "as_planned"): 0.0, ("three", "as_planned"): 0.3,
            ("all", "cut"): 0.4, ("none", "cut"): 0.0, ("three", "cut"): 0.3,
        }
    )  # fmt: skip
    assert {key[:2]: value for key, value in rows.items() if key[2] == "regret"} == pytest.approx(
        {
            ("all", "as_planned"): 0.0, ("none", "as_planned"): 1.0, ("three", "as_planned"): 0.7,
            ("all", "cut"): 0.0, ("none", "cut"): 0.4, ("three", "cut"): 0.1,
        }
    )  # fmt: skip
    of = {(row["policy"], row["measure"]): row["value"] for row in found.grids["policies"].records()}
    assert [of[policy, "worst_regret"] for policy in POLICIES] == pytest.approx([0.0, 1.0, 0.7])
    assert [of[policy, "satisficing_share"] for policy in POLICIES] == [1.0, 0.0, 0.0]
    assert found.about["minimax"] == "all"


def tried(values: dict[str, list[float]], failed: dict[str, int] | None = None, copies=MappingProxyType({})) -> Tried:
    """A trial made by hand: case -> fulfilment in each future; copies have the ledgers of other cases."""
    rows = []
    for case, of_case in values.items():
        for number, value in enumerate(of_case):
            bad = (failed or {}).get(case) == number
            rows.append(
                {
                    "case": case, "row": number, "status": "failed" if bad else "ok", "fulfilment": value,
                    "all_met": float(value >= 1), "met/watch": float(value >= 1),
                    "digest": f"{copies.get(case, case)} {number}",
                }
            )  # fmt: skip
    return Tried(pd.DataFrame(rows), len(of_case))


TWO = ("a", "b")
MADE = {
    "a@as_planned": [0.8, 0.6, 0.7, 0.9], "b@as_planned": [0.5, 0.6, 0.5, 0.6],
    "a@cut": [0.2, 0.3, 0.1, 0.2], "b@cut": [0.4, 0.5, 0.5, 0.4],
}  # fmt: skip


def test_regret_lies_between_the_largest_bounds_of_differences_that_hold_together():
    """b - a: -0.3 0 -0.2 -0.3, mean -0.2; with the cut 0.2 0.2 0.4 0.2, mean 0.25, sd 0.1; two claims: 98.75 %."""
    found = robust(tried(MADE), TWO, WORLDS, 0.5)
    assert found.regret["a", "as_planned"].value == 0.0
    assert found.regret["b", "as_planned"].value == pytest.approx(0.2)
    assert found.regret["a", "cut"].value == pytest.approx(0.25)
    half = 4.176535 * 0.1 / 2
    assert (found.regret["a", "cut"].low, found.regret["a", "cut"].high) == pytest.approx(
        (0.25 - half, 0.25 + half), abs=1e-5
    )
    assert found.regret["a", "cut"].kind == "t, Bonferroni over 2"
    # the other side of one interval: a regret is never below zero
    assert (found.regret["b", "cut"].low, found.regret["b", "cut"].value) == (0.0, 0.0)
    assert found.worst["a"].value == pytest.approx(0.25)
    assert found.worst["b"].value == pytest.approx(0.2)
    assert found.minimax() == "b"
    assert found.level_with_least() == ["a"]  # four futures do not part them


def test_the_satisfied_share_counts_each_future_by_its_worlds():
    """At least 0.5: a in all four as planned and none with the cut, each future 1/2; b in 4 + 2: 0.5 1 1 0.5."""
    found = robust(tried(MADE), TWO, WORLDS, 0.5)
    assert found.satisficing["a"].value == 0.5
    assert found.satisficing["a"].kind == "none: never varied"
    assert found.satisficing["b"].value == 0.75
    values = np.array([0.5, 1, 1, 0.5])
    half = 3.182446 * values.std(ddof=1) / 2
    assert (found.satisficing["b"].low, found.satisficing["b"].high) == pytest.approx((0.75 - half, 1.0), abs=1e-5)


def test_a_failed_run_stays_in_every_number():
    found = robust(tried(MADE, {"b@cut": 3}), TWO, WORLDS, 0.5)
    assert (found.fulfilment["b", "cut"].n, found.fulfilment["b", "cut"].N) == (3, 4)
    assert (found.regret["a", "cut"].n, found.regret["a", "cut"].N) == (3, 4)
    assert "failed runs as bounds" in found.regret["a", "cut"].kind
    assert (found.satisficing["b"].n, found.satisficing["b"].N) == (3, 4)
    assert found.satisficing["b"].high == 1.0


class Given(NamedTuple):
    """Futures that were met already."""

    met: Tried

    def run(self, cases, progress=None) -> Tried:
        assert {case.id for case in cases} == set(self.met.cases)
        return self.met

    def about(self):
        return {"seed": 1, "replications": self.met.replications}


THREE = tuple(world._replace(scenario=scenario(policies=[scheduled(id=id) for id in "abc"])) for world in WORLDS)
LUCK = (0.1, 0.7, 0.3, 0.6, 0.2, 0.5, 0.4, 0.8) * 4
"""How far behind the best one ``a`` is as planned, in 32 futures: 0.45 in the mean."""


def told_of(more, copies=()) -> Finding:
    """``c`` is best as planned and worst with the cut; ``b`` is so far behind ``a`` as planned, else a hair before."""
    made = {
        "a@as_planned": [0.9 - luck for luck in LUCK],
        "b@as_planned": [0.9 - luck - each for luck, each in zip(LUCK, more, strict=True)],
        "c@as_planned": [0.9] * 32,
        "a@cut": [0.6 + place / 100 for place in range(32)],
        "b@cut": [0.6 + place / 100 + (place % 3) / 1_000 for place in range(32)],
        "c@cut": [0.0] * 32,
    }
    return robustness(("a", "b", "c"), THREE, Given(tried(made, copies=dict(copies))))


def rows_of(found: Finding):
    return {(row["policy"], row["measure"]): row for row in found.grids["policies"].records()}


def title_of(found: Finding) -> str:
    return next(iter(finding_files()["robustness"].tables(found))).title


def test_a_policy_worse_in_every_future_that_differs_is_told_apart_though_the_intervals_overlap():
    """b loses 0.03 more in the mean, in three futures of four, and less in none. Three policies in two worlds: six
    pairs.
    """
    more = [0.04, 0.05, 0.0, 0.03] * 8
    found = told_of(more)
    of = rows_of(found)
    assert of["b", "worst_regret"]["low"] < of["a", "worst_regret"]["high"]
    half = float(stdtrit(31, 1 - 0.05 / 6 / 2)) * np.std(more, ddof=1) / np.sqrt(32)
    beyond = of["b", "beyond_the_least"]
    assert (beyond["value"], beyond["low"]) == pytest.approx((0.03, 0.03 - half))
    assert beyond["high"] == pytest.approx(0.03 + half)
    assert (beyond["kind"], beyond["n"], beyond["level"]) == ("t, Bonferroni over 6", 32, 0.95)
    assert beyond["low"] > 0
    assert title_of(found) == "“a” loses least where it loses most: at worst 45.0 points in 2 worlds"


def test_policies_that_win_as_often_as_they_lose_cannot_be_told_apart():
    found = told_of([0.05, -0.04, 0.0, 0.0] * 8)
    beyond = rows_of(found)["b", "beyond_the_least"]
    assert beyond["low"] < 0 < beyond["value"] < beyond["high"]
    assert title_of(found).endswith("; “b” cannot be told from it")


def test_a_copy_is_worse_by_exactly_nothing():
    found = told_of([0.0] * 32, copies={"b@as_planned": "a@as_planned", "b@cut": "a@cut"})
    beyond = rows_of(found)["b", "beyond_the_least"]
    assert (beyond["low"], beyond["value"], beyond["high"], beyond["kind"]) == (0.0, 0.0, 0.0, IDENTICAL)
    assert title_of(found).endswith("; “b” cannot be told from it")


def test_a_world_in_which_two_policies_are_level_does_not_keep_their_worst_regrets_together():
    """With the cut b is a hair before a: there the worst regret of b, 0.48, is told from what a loses with the cut."""
    found = told_of([0.04, 0.05, 0.0, 0.03] * 8)
    cells = {(row["policy"], row["world"], row["measure"]): row for row in found.grids["cells"].records()}
    assert 0 < cells["a", "cut", "regret"]["value"] < 0.001
    assert rows_of(found)["b", "beyond_the_least"]["low"] > 0


def test_worst_regrets_in_different_worlds_are_apart_by_what_their_own_bounds_leave():
    """As planned b is 0.2 behind a and a is 0; with the cut a is 0.25 behind. From b, 0.05 above; with the cut b is
    ahead by 0.25, give or take 4.176535 · 0.1 / 2; as planned a is ahead, and the worst of a is 0.25 less as much at
    least, and of b 0.2 and as much as its own interval at most.
    """
    found = robust(tried(MADE), TWO, WORLDS, 0.5)
    assert found.minimax() == "b"
    beyond, half = found.beyond["a"], 4.176535 * 0.1 / 2
    assert beyond.value == pytest.approx(0.05)
    planned = found.regret["b", "as_planned"]
    assert beyond.low == pytest.approx(0.25 - half - planned.high, abs=1e-5)
    # the other way round: as planned, b is behind by its bound; with the cut it is ahead and its regret is none
    assert beyond.high == pytest.approx(-(planned.low - (0.25 + half)), abs=1e-5)
    assert beyond.kind == "t, Bonferroni over 2"


def test_a_failed_run_counts_as_what_widens_the_distance_of_two_regrets():
    whole, broken = (robust(tried(MADE, failed), TWO, WORLDS, 0.5).beyond for failed in (None, {"a@cut": 3}))
    (policy,) = (policy for policy, each in broken.items() if not each.kind.startswith("exact"))
    assert (broken[policy].n, broken[policy].N) == (3, 4)
    assert "failed runs as bounds" in broken[policy].kind
    width = broken[policy].high - broken[policy].low
    assert width > whole["a"].high - whole["a"].low
