"""Handles: of what there can be more or less, line by line and lever by lever, each with its step and its way.

Five steps up, unless there is no more to be had: a lever that stands at the most it may be goes down to nothing.

Why: what a yen buys is asked most of what is paid in full already, and there only less can be tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from sim.errors import TheirsError, nearest
from sim.scenario.resolved import PolicySpec, Scenario
from sim.study.asked import policy_asked
from sim.study.variants import (
    with_margin,
    with_money,
    with_policies,
    with_safety_stock,
    with_seats,
    with_subsidy,
    with_tooling,
)

AS_IT_IS: Final = "as_it_is"
STEPS: Final = 5
STEP_YEN: Final = 2_000_000_000
"""More for a line in each fiscal year, a step, unless told otherwise."""
MARGIN_STEP: Final = 500
SEATS_STEP: Final = 1_000
"""Basis points a step, of the target and of the mission's own seats."""
SUBSIDY_STEP: Final = 1_000
STOCK_STEP: Final = 5_000
"""Basis points a step, of a line's capital and of a month's use of parts."""


class Handle(NamedTuple):
    """Something of which there can be more, or less."""

    id: str
    kind: str
    """``line``, ``margin``, ``seats``, ``subsidy``, ``tooling`` or ``stock``."""
    subject: str
    """The line, mission or offer; empty for the whole policy."""
    step: int
    """What one step is: yen in all its years together, steps of tooling, or basis points."""
    turned: Callable[[int], Scenario]
    """The scenario with so many steps more (negative: less), holding the one policy."""
    down: bool = False
    """Whether it stands at the most it may be, so that its steps go down to nothing."""

    @property
    def ladder(self) -> tuple[int, ...]:
        """Its places in steps from where it stands, the least first; 0 is as it is.

        >>> Handle("margin", "margin", "", 500, lambda steps: scenario).ladder
        (0, 1, 2, 3, 4, 5)
        """
        return tuple(range(-STEPS, 1)) if self.down else tuple(range(STEPS + 1))

    def case(self, place: int) -> str:
        """Id of the case in which it stands at this place of its ladder."""
        return f"{self.id}/{place}" if place else AS_IT_IS

    @property
    def home_offer(self) -> str | None:
        """The home line it is turned for, if it is for one alone."""
        return self.subject if self.kind in ("subsidy", "tooling") else None


def handles_of(scenario: Scenario, policy: str, step_yen: int, only: Sequence[str] = ()) -> list[Handle]:
    """Every line that pays for a mission, the margin, course seats, and what the policy does for home production.

    Parameters
    ----------
    only
        Ids of handles, such as ``subsidy:OFFER``, or kinds, such as ``subsidy``: no others; empty: all.

    Raises TheirsError for a policy that does not exist, a handle that it does not have, or no year of open money.
    """
    spec = policy_asked(scenario, policy)
    paying = {line for mission in scenario.missions.values() for line in mission.lines}
    lines = [_line(scenario, spec, line, step_yen) for line in scenario.lines if line in paying]
    levers = [_margin(scenario, spec)] if spec.missions else []
    seats = [_seats(scenario, spec, each.id) for each in scenario.missions.values() if each.crew is not None]
    asked = _those_asked([*lines, *levers, *seats, *_at_home(scenario, spec)], policy, only)
    if not money_years(scenario) and any(handle.kind == "line" for handle in asked):
        raise TheirsError("no fiscal year begins between as_of and the deadline; expected one whose money is open.")
    return asked


def _those_asked(handles: list[Handle], policy: str, only: Sequence[str]) -> list[Handle]:
    known = dict.fromkeys(name for handle in handles for name in (handle.kind, handle.id))
    for name in only:
        if name not in known:
            raise TheirsError(f"only: policy '{policy}' has no line or lever '{name}'. {nearest(name, list(known))}")
    return [handle for handle in handles if not only or handle.kind in only or handle.id in only]


def money_years(scenario: Scenario) -> tuple[int, ...]:
    """Fiscal years whose 1 April lies after ``as_of`` and not after the deadline: money still to be decided on."""
    clock, calendar = scenario.clock, scenario.clock.calendar
    years = range(calendar.fiscal_year(clock.as_of_day), calendar.fiscal_year(clock.deadline_day) + 1)
    return tuple(year for year in years if calendar.fiscal_year_start(year) > clock.as_of_day)


def _line(scenario: Scenario, spec: PolicySpec, line: str, step_yen: int) -> Handle:
    years, alone = money_years(scenario), with_policies(scenario, [spec])
    return Handle(
        f"line:{line}", "line", line, step_yen * len(years),
        lambda steps: with_money(alone, line, steps * step_yen, years),
    )  # fmt: skip


def _margin(scenario: Scenario, spec: PolicySpec) -> Handle:
    return Handle(
        "margin", "margin", "", MARGIN_STEP,
        lambda steps: with_policies(scenario, [with_margin(spec, steps * MARGIN_STEP)]),
    )  # fmt: skip


def _seats(scenario: Scenario, spec: PolicySpec, mission: str) -> Handle:
    first = scenario.clock.as_of_day
    return Handle(
        f"seats:{mission}", "seats", mission, SEATS_STEP,
        lambda steps: with_policies(scenario, [with_seats(spec, mission, steps * SEATS_STEP, first)]),
    )  # fmt: skip


def _at_home(scenario: Scenario, spec: PolicySpec) -> Iterator[Handle]:
    """Each line's subsidy and tooling that the policy buys, and its stock of parts."""

    def of(change: Callable[[int], PolicySpec]) -> Callable[[int], Scenario]:
        return lambda steps: with_policies(scenario, [change(steps)])

    for offer in dict.fromkeys(each.offer for each in spec.home.subsidies):
        line = scenario.offers[offer].line
        assert line is not None, "only a home line is subsidised"
        step, down = _subsidy_step(spec, offer, line.most_subsidy)
        turned = of(partial(_subsidised, spec, offer, step, line.most_subsidy))
        yield Handle(f"subsidy:{offer}", "subsidy", offer, step, turned, down)
    for offer in dict.fromkeys(each.offer for each in spec.home.tooling):
        yield Handle(f"tooling:{offer}", "tooling", offer, 1, of(partial(with_tooling, spec, offer)))
    if spec.home.safety_months:
        yield Handle("stock", "stock", "", STOCK_STEP, of(lambda steps: with_safety_stock(spec, steps * STOCK_STEP)))


def _subsidy_step(spec: PolicySpec, offer: str, most: int) -> tuple[int, bool]:
    """Basis points of a step, so that five of them keep to the most that may be paid, and whether they go down."""
    room = most - min(each.share for each in spec.home.subsidies if each.offer == offer)
    if most == 0:
        return SUBSIDY_STEP, False  # nothing may be paid and nothing is: no step changes anything
    if room == 0:
        return -(-most // STEPS), True
    return min(SUBSIDY_STEP, -(-room // STEPS)), False


def _subsidised(spec: PolicySpec, offer: str, step: int, most: int, steps: int) -> PolicySpec:
    return with_subsidy(spec, offer, steps * step, most)
