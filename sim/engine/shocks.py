"""Conditions and shocks: what holds in the world today beside the scenario's beliefs (rung 2, R17).

Windows come from luck, shocks from the file; both are fixed before the clock starts and nobody may look ahead but
the works, whose own capacity they are.

Why: a shock has to strike every policy on the same day, and no policy before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from simpy import Event

from sim.engine.entries import ShockStruck, TargetSet
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.rules.imports import grown_rates
from sim.scenario.resolved import Offer, Shock
from sim.units import share_of

Window = tuple[int, int, int]
"""(first day, first day after, factor in basis points)."""


class Conditions:
    """What the shocks have changed, and the suppliers' windows."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.barred: frozenset[str] = frozenset()
        """Offers that are not admitted today."""
        self._bars: list[Shock] = []
        self._failure: list[Shock] = []
        self._filled: list[Shock] = []
        self.posts_filled: dict[str, int] = {}
        """The share of seats that have a person today, basis points; None: as each mission's belief says."""
        self.losses: list[Shock] = []
        """Shocks that raise losses today."""
        self.targets: dict[str, int] = {}
        self._windows: dict[str, list[Window]] = {}

    def open(self) -> None:
        """Publish the targets and put every shock on the ladder."""
        world = self._world
        for mission in world.scenario.missions.values():
            self.targets[mission.id] = world.future.whole(mission.target)
            world.ledger.append(TargetSet(0, mission.id, self.targets[mission.id]))
        horizon = world.scenario.clock.horizon_day
        for place, shock in enumerate(world.scenario.shocks):
            if shock.day > horizon:
                continue
            world.days.call(max(0, shock.day), Rung.SHOCK, 2 * place, self._striking(shock))
            if shock.end_day is not None and shock.end_day <= horizon:
                world.days.call(max(0, shock.end_day), Rung.SHOCK, 2 * place + 1, self._ending(shock))

    # -- what holds today

    def tender_failure(self, offer: str, chance: int) -> int:
        """An offer's tender's chance of failure today, basis points; a shock that names no offer strikes all."""
        for shock in self._failure:
            if shock.subjects and offer not in shock.subjects:
                continue
            grown = share_of(chance, shock.size)
            chance = grown if shock.cap is None else min(grown, max(shock.cap, chance))
        return min(chance, 10_000)

    def monthly_loss(self, product: str, chance: float) -> float:
        """A unit's chance of loss this month."""
        for shock in self.losses:
            if product in shock.subjects:
                chance = max(chance, shock.size / 10_000)
        return chance

    # -- shocks come and go

    def _striking(self, shock: Shock) -> Callable[[Event], None]:
        def strike(_: Event) -> None:
            self._world.ledger.append(ShockStruck(self._world.days.today, shock.id))
            self._strike(shock)

        return strike

    def _strike(self, shock: Shock) -> None:
        world = self._world
        match shock.kind:
            case "bar":
                self._bar([*self._bars, shock])
            case "tender_failure":
                self._failure.append(shock)
            case "posts_filled":
                self._fill_posts([*self._filled, shock])
            case "losses":
                self.losses.append(shock)
            case "exchange_level":
                world.market.hold(world.days.today, shock)
            case "part_flow":
                world.industry.windows.begin(world.industry.windows.of_shock(shock))
            case "line_stop":
                world.industry.stop_busiest(shock)
            case "target":
                for mission in shock.subjects:
                    self.targets[mission] = shock.size
                    world.ledger.append(TargetSet(world.days.today, mission, shock.size))
            case "grounding":
                for product in shock.subjects:
                    world.fleet.ground(world.scenario.products[product], shock.size)
            case "approval_block":
                for product in shock.subjects:
                    world.approvals.block(product, shock.size)

    def _ending(self, shock: Shock) -> Callable[[Event], None]:
        def end(_: Event) -> None:
            match shock.kind:
                case "bar":
                    self._bar([each for each in self._bars if each is not shock])
                    self._world.desk.call_session()
                case "tender_failure":
                    self._failure.remove(shock)
                case "posts_filled":
                    self._fill_posts([each for each in self._filled if each is not shock])
                case "losses":
                    self.losses.remove(shock)
                case "exchange_level":
                    self._world.market.let_go(self._world.days.today, shock)
                case "part_flow":
                    windows = self._world.industry.windows
                    windows.end(windows.of_shock(shock))

        return end

    def _fill_posts(self, shocks: list[Shock]) -> None:
        self._filled = shocks
        missions = self._world.scenario.missions
        self.posts_filled = {mission: shock.size for shock in shocks for mission in shock.subjects or missions}

    def _bar(self, bars: list[Shock]) -> None:
        self._bars = bars
        self.barred = frozenset(offer for shock in bars for offer in shock.subjects)

    # -- the works' capacity

    def rate_path(self, offer: Offer) -> tuple[list[int], list[int]]:
        """A works' rate from day to day: (days of change, thousandths of units per the offer's period) (R17)."""
        world = self._world
        clock, whole = world.scenario.clock, world.future.whole
        assert offer.rate is not None and offer.rate_growth is not None
        rate, growth = whole(offer.rate), whole(offer.rate_growth)
        days, rates = [self._first_working_day()], [rate * 1000]
        if growth:
            months = clock.calendar.month_starts(1, clock.horizon_day)
            first = clock.calendar.month_index(months[0]) if months else 0
            days += months
            rates += grown_rates(rate, growth, first, len(months))
        for window in self._windows_of(offer):
            _open_window(days, rates, window)
        return days, rates

    def _first_working_day(self) -> int:
        """The works count from a contract's signature, and history may have been signed before the start (R8)."""
        return min([0, *(dated.contract_day for dated in self._world.scenario.dated_orders)])

    def _windows_of(self, offer: Offer) -> list[Window]:
        windows = [window for id in offer.windows for window in self._drawn(id)]
        for shock in self._world.scenario.shocks:
            if shock.kind == "supplier_rate" and offer.id in shock.subjects:
                end = self._world.scenario.clock.horizon_day + 1 if shock.end_day is None else shock.end_day
                windows.append((shock.day, end, shock.size))
        return windows

    def _drawn(self, id: str) -> list[Window]:
        """A supplier window's times by luck: at most one begins in each fiscal year, none before ``as_of`` (R8)."""
        if id in self._windows:
            return self._windows[id]
        world, future = self._world, self._world.future
        window, clock = world.scenario.windows[id], world.scenario.clock
        calendar = clock.calendar
        found: list[Window] = []
        for year in range(calendar.fiscal_year(clock.as_of_day), calendar.fiscal_year(clock.horizon_day) + 1):
            if not future.chance(future.whole(window.chance), f"window/{id}", year):
                continue
            first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
            day = first + int(future.uniform(f"window_start/{id}", year) * (last - first + 1))
            if day <= clock.as_of_day:
                continue
            length = future.draw(window.length, f"window_length/{id}", year)
            found.append((day, day + length, future.draw(window.factor, f"window_factor/{id}", year)))
        self._windows[id] = found
        return found


def _open_window(days: list[int], rates: list[int], window: Window) -> None:
    """Put a window's factor into a rate path; windows that overlap multiply."""
    first, after, factor = window
    begins, ends = _changing(days, rates, first), _changing(days, rates, after)
    for place in range(begins, ends):
        rates[place] = share_of(rates[place], factor)


def _changing(days: list[int], rates: list[int], day: int) -> int:
    """The place of a day among the days of change, put there if it is none; a day before all of them has the first."""
    place = bisect_left(days, day)
    if place and (place == len(days) or days[place] != day):
        days.insert(place, day)
        rates.insert(place, rates[place - 1])
    return place
