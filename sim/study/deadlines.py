"""Latest dates: by when a decision must be taken to keep a given chance of being in time.

Success is worked out on a grid of days. The latest date at 80 % is the last day up to which every day of the grid keeps
80 %; success need not fall with the date, so nothing is searched by halving. At the stated level the date lies between
the one that the lower limits of all chances give and the one that the upper limits give.

Why: a deadline three years off is missed on one day this year, and that day should be in a calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

import numpy as np

from sim.engine.world import LIMITS
from sim.errors import TheirsError
from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.plan import Progress
from sim.study.question import Question, cases_of
from sim.study.statistics import LEVEL, Interval, wilson
from sim.study.statistics.family import bonferroni
from sim.study.statistics.pairs import blocked_difference, chance_difference, no_difference
from sim.study.trial import INTERVAL, Futures, Reals, Tried, cells

NAME: Final = "deadlines"
CONFIDENCES: Final = (0.5, 0.8, 0.9)
DATE: Final = ("latest_day", "surely_day", "at_most_day", "needless", "n", "N", "level", "kind")
"""Columns of a latest date: as found, by the lower limits, by the upper ones; whether never is good enough."""
ROUND: Final = 4
"""Days of the grid that are tried at once, before looking whether any chance is left."""


@dataclass(slots=True)
class Answered:
    """A question while its days are tried."""

    question: Question
    chances: dict[int, Interval] = field(default_factory=dict)
    """Day -> chance; days follow the grid without a gap."""
    never: Interval | None = None
    """The chance without the decision."""
    gain: Interval | None = None
    """How much likelier success is with the decision on the first day than without it, paired by future."""

    def settled(self, least: float) -> bool:
        """Whether no later day could matter: the chance is surely below the least confidence asked for."""
        last = list(self.chances.values())[-1:]
        return any((each.high if each.high is not None else each.value or 0.0) < least for each in last)


def grid_of(scenario: Scenario, due_day: int, every_months: int) -> list[int]:
    """``as_of`` and the first of every so many months after it, up to a due day."""
    clock = scenario.clock
    starts = clock.calendar.month_starts(clock.as_of_day + 1, due_day)
    return [clock.as_of_day, *starts[every_months - 1 :: every_months]]


def most_cases(questions: Sequence[Question], scenario: Scenario, every_months: int) -> int:
    """How many cases are tried at most: every day, and never once in each round of them."""
    days = [len(grid_of(scenario, each.due_day, every_months)) for each in questions]
    return sum(each + ceil(each / ROUND) for each in days)


def latest_day(days: Sequence[int], chances: Sequence[float], confidence: float) -> int | None:
    """The last day up to which every day of the grid keeps a chance; None where the first already does not.

    >>> latest_day([0, 30, 60, 90], [0.9, 0.8, 0.7, 0.85], 0.8)
    30
    """
    last = None
    for day, chance in zip(days, chances, strict=True):
        if chance < confidence:
            break
        last = day
    return last


def try_days(
    questions: Sequence[Question],
    futures: Futures,
    every_months: int,
    least: float,
    progress: Progress | None = None,
) -> list[Answered]:
    """Try every question's days in order, some at a time, until no later day could matter."""
    answered = [Answered(question) for question in questions]
    grids = {
        each.question.id: grid_of(each.question.world_on(None), each.question.due_day, every_months)
        for each in answered
    }
    tried_days = 0
    while True:
        wanted = {
            each.question.id: grids[each.question.id][tried_days : tried_days + ROUND]
            for each in answered
            if not each.settled(least)
        }
        open_ = [each for each in answered if wanted.get(each.question.id)]
        if not open_:
            return answered
        _try_round(open_, wanted, futures, {id: len(grid) for id, grid in grids.items()}, progress)
        tried_days += ROUND


def _try_round(
    open_: Sequence[Answered],
    wanted: Mapping[str, Sequence[int]],
    futures: Futures,
    claims: Mapping[str, int],
    progress: Progress | None,
) -> None:
    tried = futures.run(cases_of(wanted, [each.question for each in open_]), progress)
    for each in open_:
        of = each.question
        if each.gain is None:
            each.gain = _gain(of, tried, wanted[of.id][0])
        each.never = _chance(of.succeeded(tried, None), tried.stratified, 1)
        for day in wanted[of.id]:
            each.chances[day] = _chance(of.succeeded(tried, day), tried.stratified, claims[of.id])


def _gain(of: Question, tried: Tried, day: int) -> Interval:
    if tried.same_ledgers(of.case_id(day), of.case_id(None)):
        return no_difference(tried.replications)
    difference = blocked_difference if tried.stratified else chance_difference
    return difference(of.succeeded(tried, day), of.succeeded(tried, None))


def _chance(succeeded: Reals, stratified: bool, claims: int) -> Interval:
    """A chance whose interval holds together with those of all days of its grid."""
    known = ~np.isnan(succeeded)
    n, asked, level = int(known.sum()), len(succeeded), bonferroni(LEVEL, claims)
    if stratified:
        found = blocked_difference(succeeded, np.zeros(asked), level)
    else:
        found = wilson(int(succeeded[known].sum()), n, asked, level)
    if claims == 1:
        return found
    kind = found.kind if found.low is None else f"{found.kind}, Bonferroni over {claims}"
    return Interval(found.value, found.low, found.high, n, asked, LEVEL, kind)


# -- the finding


def dates_of(answered: Answered, confidence: float) -> tuple[int | None, int | None, int | None]:
    """The latest day at a confidence: as found, as the lower limits have it, as the upper ones have it."""
    days, found = list(answered.chances), list(answered.chances.values())
    values = [each.value or 0.0 for each in found]
    lows = [each.low if each.low is not None else -1.0 for each in found]
    highs = [each.high if each.high is not None else 2.0 for each in found]
    return (
        latest_day(days, values, confidence),
        latest_day(days, lows, confidence),
        latest_day(days, highs, confidence),
    )


def deadlines(
    scenario: Scenario,
    questions: Sequence[Question],
    futures: Futures,
    *,
    confidences: Sequence[float] = CONFIDENCES,
    every_months: int = 1,
    policy: str | None = None,
    progress: Progress | None = None,
) -> Finding:
    """The latest day of each decision at each confidence.

    Raises
    ------
    TheirsError
        If there is nothing to ask.
    OursError
        If more runs fail than is put up with.
    """
    if not questions:
        raise TheirsError("deadlines: found no decision to ask about; expected an offer, or a policy with dates.")
    answered = try_days(questions, futures, every_months, min(confidences), progress)
    clock = scenario.clock
    years = range(clock.calendar.fiscal_year(0), clock.calendar.fiscal_year(clock.horizon_day) + 1)
    passages = {str(year): scenario.budget_calendar.passage_days.get(year) for year in years}
    said = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "policy": policy,
        "confidences": list(confidences),
        "every_months": every_months,
        "limits": {each.kind: sorted(LIMITS - each.lifted) for each in questions},
        "as_of_day": clock.as_of_day,
        "deadline_day": clock.deadline_day,
        "horizon_day": clock.horizon_day,
        "start": clock.calendar.start.isoformat(),
        "passages": passages,
        "titles": {
            "policies": {each.id: each.title for each in scenario.policies.values()},
            "missions": {mission.id: mission.title for mission in scenario.missions.values()},
            "offers": {offer.id: offer.title for offer in scenario.offers.values()},
        },
    }
    of = ("decision", "subject", "detail", "quantity", "mission", "due_day")
    grids = {
        "dates": Grid((*of, "confidence", *DATE), tuple(_date_rows(answered, confidences))),
        "chances": Grid((*of, "day", *INTERVAL), tuple(_chance_rows(answered))),
        "gains": Grid(
            (*of, *INTERVAL), tuple((*_of(each.question), *cells(each.gain)) for each in answered if each.gain)
        ),
    }
    return Finding(NAME, said, grids)


def _of(question: Question) -> tuple[Any, ...]:
    return question.kind, question.subject, question.detail, question.quantity, question.mission, question.due_day


def _date_rows(answered: Sequence[Answered], confidences: Sequence[float]) -> Iterator[tuple[Any, ...]]:
    for each in answered:
        first = next(iter(each.chances.values()))
        for confidence in confidences:
            needless = each.never is not None and (each.never.value or 0.0) >= confidence
            yield (
                *_of(each.question), confidence, *dates_of(each, confidence), needless,
                first.n, first.N, first.level, f"grid of {len(each.chances)} days; {first.kind}",
            )  # fmt: skip


def _chance_rows(answered: Sequence[Answered]) -> Iterator[tuple[Any, ...]]:
    """Day by day; the row without a day is of never."""
    for each in answered:
        for day, found in each.chances.items():
            yield *_of(each.question), day, *cells(found)
        if each.never is not None:
            yield *_of(each.question), None, *cells(each.never)
