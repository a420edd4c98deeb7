"""A firm that asks for ten units and is ordered eight of: what its subsidy does fits on paper.

It asks for 10 x (1 - share) units, rounded up, so eight are enough from two tenths of its capital on. Its capital is
100 yen; a unit costs 1 yen and a day, and ten are wanted. The subsidy is paid on the first day.
"""

from __future__ import annotations

from typing import Any

from sim.scenario.resolved import Luck, Scenario, SubsidyLever
from sim.study import jobs
from sim.study.handles import Handle, handles_of
from sim.study.slopes import Slope, cases_of, slope_of
from sim.study.trial import Futures, Tried
from tests.stories.builder import buy, given, luck, scheduled
from tests.stories.home_builder import home, home_offer, industry

TITLES = {"home": "Home type of the firm", "other": "Another type"}


def subsidised(
    share: int = 5_000,
    most: int = 5_000,
    *,
    units: int = 8,
    day: int = 0,
    preparation: Luck | None = None,
    **changes: Any,
) -> Scenario:
    """The firm with this subsidy of at most so much, and one order of so many units on a day; it opens at once."""
    line = {
        "commitment_units": 10, "plant": "new_plant", "preparation": preparation or luck(0),
        "capital_yen": given("yen", 100), "most_subsidy": most,
    }  # fmt: skip
    levers = home(subsidies=(SubsidyLever("home", share, 0, "line"),))
    plan = scheduled(buy(day, units, "home"), home=levers)
    return industry(offers=[home_offer(of=line)], policies=[plan], **changes)


def the_subsidy(world: Scenario) -> Handle:
    """Its only handle of the kind."""
    (handle,) = handles_of(world, "typed", 10, ["subsidy"])
    return handle


def turned(world: Scenario) -> tuple[Tried, Slope]:
    """The subsidy turned in two futures."""
    handle = the_subsidy(world)
    tried = Futures(2, 1).run(cases_of(world, "typed", [handle]))
    return tried, slope_of(tried, handle, 1)


def fail_with_luck_1(monkeypatch):
    """From now on in this test the run with luck number 1 fails, whatever the case."""
    whole = jobs.one_result

    def failing(model, case, point):
        if point.luck == 1:
            return jobs.Result(point.parameter, point.luck, None, "planted")
        return whole(model, case, point)

    monkeypatch.setattr(jobs, "one_result", failing)
