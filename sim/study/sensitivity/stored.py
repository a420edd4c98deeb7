"""What a sensitivity analysis or a finished study's drivers found, as tables that are kept.

A row carries its estimate with interval, n, N, level and kind, and how sure the file is of the input.

Why: a bar that nobody can look up will be drawn differently next time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.sensitivity.apportioned import Apportioned
from sim.study.sensitivity.factors import LUCK, REST, Factor
from sim.study.sensitivity.from_study import Driven
from sim.study.sensitivity.running import Outputs
from sim.study.sensitivity.screened import Screened
from sim.study.sensitivity.screening import Effect
from sim.study.sensitivity.swings import Swung
from sim.study.sensitivity.telling import value_of
from sim.study.trial import INTERVAL, cells

SENSITIVITY: Final = "sensitivity"
DRIVERS: Final = "drivers"
OF_A_FACTOR: Final = ("measure", "factor", "confidence")
SCREENING: Final = (*OF_A_FACTOR, *INTERVAL, "sigma", "mu")
SHARES: Final = (*OF_A_FACTOR, *INTERVAL, "first", "first_low", "first_high")
"""``value`` is the total share."""
SWINGS: Final = (*OF_A_FACTOR, *INTERVAL, "share_low", "share_high", "told_low", "told_high", "mean_low", "mean_high")
LEVELS: Final = (*OF_A_FACTOR, *INTERVAL, "share", "told")
DRIVEN: Final = (
    "measure", "input", "factor", "confidence", "pawn", "pawn_null", "rank", "rank_low", "rank_high", "rank_null",
    "stands_out", "n", "N", "level", "kind",
)  # fmt: skip
NO_CONFIDENCE: Final = ""
"""Of luck and of the rest, which no line of the file is about."""


def about(scenario: Scenario, seed: int, replications: int, outputs: Outputs, **more: Any) -> dict[str, Any]:
    """What every finding of this room says of itself."""
    titles = {"measures": {each.id: each.title for each in outputs.varying}, **more.pop("titles", {})}
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "start": scenario.clock.calendar.iso(0),
        "seed": seed,
        "replications": replications,
        "never_varied": [list(each) for each in outputs.constant],
        "titles": titles,
        **more,
    }


def factor_titles(factors: Sequence[Factor]) -> dict[str, str]:
    """Name of each factor, of luck and of the rest."""
    return {**{factor.id: factor.title for factor in factors}, LUCK: "Luck", REST: "All other inputs together"}


def sensitivity_finding(
    said: Mapping[str, Any], factors: Sequence[Factor], scenario: Scenario, screened: Screened | None,
    apportioned: Apportioned | None, swung: Swung | None,
) -> Finding:  # fmt: skip
    """What was found, of the parts that were asked for."""
    sure = {factor.id: factor.confidence for factor in factors}
    grids: dict[str, Grid] = {}
    if screened is not None:
        grids["screening"] = Grid(SCREENING, tuple(_screening(screened, sure)))
    if apportioned is not None:
        grids["shares"] = Grid(SHARES, tuple(_shares(apportioned, sure)))
    if swung is not None:
        grids["swings"] = Grid(SWINGS, tuple(_swings(swung, factors, scenario)))
        grids["levels"] = Grid(LEVELS, tuple(_levels(swung, factors, scenario)))
    return Finding(SENSITIVITY, said, grids)


def _screening(found: Screened, sure: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for measure, effects in found.effects.items():
        for each in sorted(effects, key=lambda effect: -effect.mu_star):
            yield (measure, each.factor, sure.get(each.factor, NO_CONFIDENCE), *_effect(each), each.sigma, each.mu)


def _effect(each: Effect) -> tuple[Any, ...]:
    return each.mu_star, each.low, each.high, each.n, each.n, each.level, each.kind


def _shares(found: Apportioned, sure: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for measure, shares in found.shares.items():
        for each in sorted(shares, key=lambda share: -share.total):
            yield (
                measure, each.factor, sure.get(each.factor, NO_CONFIDENCE), each.total, each.total_low,
                each.total_high, each.n, each.n, each.level, each.kind, each.first, each.first_low, each.first_high,
            )  # fmt: skip


def _swings(found: Swung, factors: Sequence[Factor], scenario: Scenario) -> Iterator[tuple[Any, ...]]:
    of = {factor.id: factor for factor in factors}
    for measure, swings in found.swings.items():
        for id, each in sorted(swings.items(), key=lambda pair: -abs(pair[1].value or 0.0)):
            levels = [level for level in found.levels[measure] if level.factor == id]
            low, high = levels[0], levels[-1]
            yield (
                measure, id, of[id].confidence, *cells(each), low.share, high.share,
                told_values(scenario, of[id], low.values), told_values(scenario, of[id], high.values),
                low.mean.value, high.mean.value,
            )  # fmt: skip


def _levels(found: Swung, factors: Sequence[Factor], scenario: Scenario) -> Iterator[tuple[Any, ...]]:
    of = {factor.id: factor for factor in factors}
    for measure, levels in found.levels.items():
        for each in levels:
            told = told_values(scenario, of[each.factor], each.values)
            yield (measure, each.factor, of[each.factor].confidence, *cells(each.mean), each.share, told)


def told_values(scenario: Scenario, factor: Factor, values: Sequence[float]) -> str:
    """The values of a factor's inputs with their units."""
    inputs = {which.path: which for which in scenario.inputs}
    return ", ".join(value_of(scenario, inputs[path], value) for path, value in zip(factor.paths, values, strict=True))


def drivers_finding(found: Driven, scenario: Scenario, seed: int) -> Finding:
    """What a finished study's runs say, at no further ones."""
    owner = {path: factor for factor in found.factors for path in factor.paths}
    rows = [
        (
            measure, each.input, owner[each.input].id, owner[each.input].confidence, each.pawn, each.pawn_null,
            each.rank, each.low, each.high, each.rank_null, each.stands_out, each.n, each.n, each.level, each.kind,
        )
        for measure, of_measure in found.drivers.items()
        for each in sorted(of_measure, key=lambda driver: -abs(driver.rank))
    ]  # fmt: skip
    titles = {"factors": factor_titles(found.factors), "policy": scenario.policies[found.policy].title}
    said = about(scenario, seed, found.runs, found.outputs, policy=found.policy, titles=titles)
    return Finding(DRIVERS, said, {"drivers": Grid(DRIVEN, tuple(rows))})
