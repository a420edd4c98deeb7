"""The fiscal year: close, draft, passage, supplementary budget, and a line's other uses (R9, R11).

On 1 April the old year is closed and booked under 31 March; until the new budget passes, payments go on and nothing
new is signed.

Why: a plan that assumes money on 1 April is late before it begins.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.engine.entries import Passed
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.scenario.resolved import Line, Shock, Supplementary, Use
from sim.units import share_of

PASSAGE_RANK, SUPPLEMENTARY_RANK, USE_RANK, DRAFT_RANK = 0, 1000, 2000, 100_000


class Budget:
    """Puts every budget day on the ladder."""

    def __init__(self, world: World, review: Callable[[], None]) -> None:
        self._world = world
        self._review = review
        """What follows a passage on the policy rung."""
        self._waiting_uses: list[tuple[Line, Use]] = []
        """Uses whose day came under a provisional budget."""

    def open(self) -> None:
        """All budget days between start and horizon."""
        clock = self._world.scenario.clock
        calendar = clock.calendar
        first = calendar.fiscal_year(0)
        self._world.market.draft(0, first)
        drafted = first
        for year in range(first, calendar.fiscal_year(clock.horizon_day) + 1):
            if year > first:
                self._call(calendar.fiscal_year_start(year), Rung.CLOSE, 0, self._close)
            self._passage(year)
            for line in self._world.scenario.lines.values():
                self._supplementaries(line, year)
                self._dated_uses(line, year)
        for year in range(drafted + 1, calendar.fiscal_year(clock.horizon_day) + 2):
            self._draft(year)

    def _call(self, day: int, rung: int, rank: int, act: Callable[[], None]) -> None:
        if day <= self._world.scenario.clock.horizon_day:
            self._world.days.call(max(0, day), rung, rank, lambda _: act())

    # -- close

    def _close(self) -> None:
        self.close_year(self._world.days.today - 1)

    def close_year(self, last_day: int) -> None:
        """Close the fiscal year that ends on ``last_day``."""
        self._waiting_uses.clear()
        self._world.desk.release_all(last_day)
        self._world.treasury.close(last_day, last_day + 1)

    # -- draft and passage

    def _draft(self, year: int) -> None:
        calendar = self._world.scenario.budget_calendar
        clock = self._world.scenario.clock
        day = _day_in_calendar_year(self._world, year - 1, calendar.draft_month, calendar.draft_day_of_month)
        if day > clock.horizon_day:
            return
        self._call(
            day, Rung.APPROPRIATE, DRAFT_RANK + year, lambda: self._world.market.draft(self._world.days.today, year)
        )

    def passage_day(self, year: int) -> int:
        """The day a year's budget passes, as it will turn out."""
        world = self._world
        budget, calendar = world.scenario.budget_calendar, world.scenario.clock.calendar
        day = budget.passage_days.get(year)
        if day is None:
            day = calendar.fiscal_year_start(year) + self._delay_days(year)
        return day + sum(shock.size for shock in self._shocks("budget_delay", year, day))

    def _delay_days(self, year: int) -> int:
        """Days from 1 April to the passage; one still open on ``as_of`` is drawn from what remains (R8)."""
        world, delay = self._world, self._world.scenario.budget_calendar.passage_delay
        passed = world.scenario.clock.as_of_day - world.scenario.clock.calendar.fiscal_year_start(year)
        if passed <= 0:
            return world.future.draw(delay, "passage/budget", year)
        # It may still pass on the as_of day itself: what has passed without it are the days before.
        return world.future.draw_beyond(delay, "passage/budget", year, passed - 1)

    def _shocks(self, kind: str, year: int, day: int) -> list[Shock]:
        """The budget shocks of a year that have struck by ``day``: a later one finds the year's money voted."""
        shocks = self._world.scenario.shocks
        return [each for each in shocks if each.kind == kind and each.fiscal_year == year and each.day <= day]

    def _passage(self, year: int) -> None:
        day = self.passage_day(year)
        # A budget that has not passed by 31 March never does: its year ends as it began, under a provisional one.
        if day <= self._world.scenario.clock.calendar.fiscal_year_end(year):
            self._call(day, Rung.APPROPRIATE, PASSAGE_RANK, lambda: self._pass(year))

    def _pass(self, year: int) -> None:
        world, today = self._world, self._world.days.today
        world.ledger.append(Passed(today, year))
        world.treasury.open_year()
        for line in world.scenario.lines.values():
            if year in line.appropriations:
                world.treasury.appropriate(today, line.id, self._amount(line, year))
            for use in line.uses:
                if use.fiscal_year == year and use.day is None:
                    self._use(line, use)
        waiting, self._waiting_uses = self._waiting_uses, []
        for line, use in waiting:
            self._use(line, use)
        world.desk.call_session()
        if today >= world.scenario.clock.as_of_day:
            self._review()

    def _amount(self, line: Line, year: int) -> int:
        whole = self._world.future.whole
        entry = line.appropriations[year]
        if entry.amount is not None:
            yen = whole(entry.amount)
        else:
            assert entry.request is not None and entry.approval is not None
            yen = share_of(whole(entry.request), whole(entry.approval))
        for shock in self._shocks("budget_factor", year, self._world.days.today):
            if line.id in shock.subjects:
                yen = share_of(yen, shock.size)
        return yen

    # -- other money

    def _supplementaries(self, line: Line, year: int) -> None:
        places = list(self._world.scenario.lines)
        for place, extra in enumerate(line.supplementary):
            if not extra.first_fiscal_year <= year <= extra.last_fiscal_year:
                continue
            calendar_year = year if extra.month >= 4 else year + 1
            day = _day_in_calendar_year(self._world, calendar_year, extra.month, extra.day_of_month)
            if day <= self._world.scenario.clock.as_of_day:
                continue
            rank = SUPPLEMENTARY_RANK + places.index(line.id) * 16 + place
            self._call(day, Rung.APPROPRIATE, rank, self._supplementing(line, place, extra, year))

    def _supplementing(self, line: Line, place: int, extra: Supplementary, year: int) -> Callable[[], None]:
        def supplement() -> None:
            world, future = self._world, self._world.future
            if not future.chance(future.whole(extra.chance), f"supplementary/{line.id}:{place}", year):
                return
            yen = future.draw(extra.amount, f"supplementary_amount/{line.id}:{place}", year)
            if yen:
                world.treasury.appropriate(world.days.today, line.id, yen)
                world.desk.call_session()

        return supplement

    def _dated_uses(self, line: Line, year: int) -> None:
        places = list(self._world.scenario.lines)
        for place, use in enumerate(line.uses):
            if use.fiscal_year == year and use.day is not None:
                rank = USE_RANK + places.index(line.id) * 64 + place
                self._call(use.day, Rung.APPROPRIATE, rank, self._using(line, use))

    def _using(self, line: Line, use: Use) -> Callable[[], None]:
        def use_it() -> None:
            if self._world.treasury.is_open(line.id):
                self._use(line, use)
            else:
                self._waiting_uses.append((line, use))

        return use_it

    def _use(self, line: Line, use: Use) -> None:
        world = self._world
        if use.share is not None:
            yen = share_of(world.treasury.appropriated(line.id), world.future.whole(use.share))
        else:
            assert use.amount is not None
            yen = world.future.whole(use.amount)
        world.treasury.use(world.days.today, use.id, line.id, yen)


def _day_in_calendar_year(world: World, year: int, month: int, day_of_month: int) -> int:
    calendar = world.scenario.clock.calendar
    return calendar.day(calendar.date(0).replace(year=year, month=month, day=day_of_month))
