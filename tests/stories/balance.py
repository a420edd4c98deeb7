"""The two balances every ledger keeps, folded day by day: money by line and year (R13), units by place (R37).

Only the entries are read; nothing of the engine's own books is, so that neither can excuse the other.

Why: a story names the numbers it is about, and these two laws hold the numbers it does not name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sim.engine import Run
from sim.engine.entries import (
    PLACES,
    Announced,
    Appropriated,
    Available,
    CarriedIn,
    CarriedOut,
    Charged,
    Decided,
    Gained,
    Lapsed,
    Obligated,
    OpeningStock,
    Owed,
    Paid,
    Passed,
    Released,
    Reopened,
    Reserved,
    Returned,
    Settled,
    Tendered,
    UnitMove,
    Used,
)
from sim.scenario.resolved import Scenario

GIVES = (Appropriated, CarriedIn, Returned)
TAKES = (Obligated, Used, Charged, Settled, Lapsed, CarriedOut)
LineYear = tuple[str, int]


def assert_balanced(run: Run) -> None:
    """Both balances, on every day of a run."""
    assert_money_balances(run)
    assert_units_balance(run)


def _days(run: Run) -> Iterator[tuple[int, list[Any]]]:
    """The entries of each day; days never run backwards, and only what is carried on lies past the horizon."""
    days = [entry.day for entry in run.entries]
    assert days == sorted(days), "the ledger's days run backwards"
    horizon = run.scenario.clock.horizon_day
    late = [entry for entry in run.entries if entry.day > horizon]
    assert all(isinstance(entry, CarriedIn) and entry.day == horizon + 1 for entry in late), late
    return ((day, list(entries)) for day, entries in groupby(run.entries, key=lambda entry: entry.day))


# --- money


class _Money:
    """What the money entries have come to so far."""

    def __init__(self, scenario: Scenario) -> None:
        self.calendar = scenario.clock.calendar
        self.horizon = scenario.clock.horizon_day
        self.amounts: dict[LineYear, Counter[type]] = defaultdict(Counter)
        self.held: dict[str, tuple[LineYear, int]] = {}
        """Order -> its reservation."""
        self.passed: set[int] = set()
        self.to_pay: Counter[str] = Counter()
        """Contract -> yen signed for, and neither paid, as planned, nor returned."""
        self.signed: set[str] = set()
        self.lost = self.gained = self.booked_gain = self.charged = self.owed_on_payment = self.settled = 0
        self.owed_at_signing = 0
        self.debt: Counter[str] = Counter()

    def enter(self, entry: Any) -> None:
        if isinstance(entry, GIVES + TAKES):
            self.amounts[entry.line, entry.fiscal_year][type(entry)] += entry.yen
        if isinstance(entry, Reserved | Obligated | Used):
            self._may_be_signed(entry)
        match entry:
            case Passed():
                self.passed.add(entry.fiscal_year)
            case Reserved():
                assert entry.order not in self.held, f"{entry.order} is reserved for twice"
                self.held[entry.order] = (entry.line, entry.fiscal_year), entry.yen
            case Released():
                assert self.held.pop(entry.order) == ((entry.line, entry.fiscal_year), entry.yen)
            case Obligated():
                self.held.pop(entry.order, None)
                self.signed.add(entry.order)
                self.to_pay[entry.order] += entry.yen
            case Returned():
                self.to_pay[entry.order] -= entry.yen
            case Paid():
                self._pay(entry)
            case Charged():
                self.charged += entry.yen
            case Gained():
                self.booked_gain += entry.yen
            case Owed():
                self._owe(entry)
            case Settled():
                self.settled += entry.yen
                self.debt[entry.line] -= entry.yen
            case CarriedOut():
                self._carry(entry)

    def _may_be_signed(self, entry: Reserved | Obligated | Used) -> None:
        """Authority is used in its own year, after the passage; or it is of a year before the start (R8, R9)."""
        if entry.fiscal_year >= self.calendar.fiscal_year(0):
            assert entry.fiscal_year == self.calendar.fiscal_year(entry.day), f"another year's authority: {entry}"
            assert entry.fiscal_year in self.passed, f"signed under a provisional budget: {entry}"

    def _pay(self, entry: Paid) -> None:
        assert entry.order in self.signed, f"paid before it was signed: {entry}"
        self.to_pay[entry.order] -= entry.planned_yen
        self.lost += max(0, entry.actual_yen - entry.planned_yen)
        self.gained += max(0, entry.planned_yen - entry.actual_yen)

    def _owe(self, entry: Owed) -> None:
        self.debt[entry.line] += entry.yen
        if entry.order in self.signed:
            self.owed_on_payment += entry.yen
        else:
            # History signed for more than its line had: a debt, but no difference.
            self.owed_at_signing += entry.yen
            self.to_pay[entry.order] += entry.yen

    def _carry(self, entry: CarriedOut) -> None:
        """No more is carried than is left of this year's own money: what was carried in lapses (R11)."""
        amounts = self.amounts[entry.line, entry.fiscal_year]
        net = amounts[Obligated] + amounts[Used] + amounts[Charged] - amounts[Returned]
        own = amounts[Appropriated] - amounts[Settled] - max(0, net - amounts[CarriedIn])
        assert entry.yen <= own, f"{entry} of {own} left of the year's own money"

    def end_day(self, day: int) -> None:
        reserved: Counter[LineYear] = Counter()
        for key, yen in self.held.values():
            reserved[key] += yen
        for key, amounts in self.amounts.items():
            left = sum(amounts[kind] for kind in GIVES) - sum(amounts[kind] for kind in TAKES)
            assert left >= reserved[key], f"day {day}: {key} has {left} left and {reserved[key]} reserved"
            closes = self.calendar.fiscal_year_end(key[1])
            if closes < day or closes == self.horizon <= day:
                assert left == 0, f"day {day}: {key} is closed with {left} left: {dict(amounts)}"
        assert min(self.debt.values(), default=0) >= 0, f"day {day}: more is settled than owed: {self.debt}"
        assert min(self.to_pay.values(), default=0) >= 0, f"day {day}: more is paid than signed for: {self.to_pay}"
        assert self.lost == self.charged + self.owed_on_payment, f"day {day}: a loss of {self.lost} is not booked"
        assert self.gained == self.booked_gain, f"day {day}: a gain of {self.gained} is booked as {self.booked_gain}"
        still_owed = sum(self.debt.values())
        assert self.lost + self.owed_at_signing == self.charged + self.settled + still_owed, f"day {day}: debts"

    def end(self) -> None:
        for (line, year), amounts in list(self.amounts.items()):
            assert amounts[CarriedOut] == self.amounts[line, year + 1][CarriedIn], f"{line} FY{year}: carried"


def assert_money_balances(run: Run) -> None:
    """R13, for every line and year: given + carried in + returned = signed + charged + lapsed + carried out.

    On every day nothing is overspent, and what losses came to is charged, settled or still owed; once a year is
    closed the two sides are equal to the yen.
    """
    money = _Money(run.scenario)
    for day, entries in _days(run):
        for entry, following in zip(entries, [*entries[1:], None], strict=True):
            debt = money.debt[entry.line] if isinstance(entry, Appropriated) else 0
            money.enter(entry)
            if debt and entry.fiscal_year >= money.calendar.fiscal_year(0):
                settles = isinstance(following, Settled) and following.line == entry.line
                assert settles and following.yen >= min(debt, entry.yen), f"{debt} owed are not settled from {entry}"
        money.end_day(day)
    money.end()


# --- units

OF_THE_CONTRACT = ("tender", "approval", "production", "cancelled")
"""Places in which a contract's units are counted together; elsewhere each lot has its own count."""


class _Units:
    """Where every unit is."""

    def __init__(self) -> None:
        self.at: Counter[tuple[str, int, str]] = Counter()
        """(contract, lot or -1, place) -> units."""
        self.by_place: dict[str, Counter[str]] = defaultdict(Counter)
        """Mission -> place -> units."""
        self.ordered: Counter[str] = Counter()
        self.opening: Counter[str] = Counter()
        self.decided: Counter[str] = Counter()
        self.placed: Counter[str] = Counter()
        """Order -> units ordered in all its contracts."""
        self.available: Counter[str] = Counter()

    def enter(self, entry: Any) -> None:
        match entry:
            case OpeningStock():
                self.opening[entry.mission] += entry.units
                self.by_place[entry.mission]["deployed"] += entry.units
                self.available[entry.mission] = entry.units
            case Decided() | Announced():
                self.decided[entry.order] += entry.units
            case Available():
                self.available[entry.mission] = entry.units
            case UnitMove():
                self._move(entry)

    def _move(self, entry: UnitMove) -> None:
        assert entry.units > 0, f"nothing moves: {entry}"
        change = {Tendered: entry.units, Reopened: -entry.units}.get(type(entry), 0)
        self.ordered[entry.mission] += change
        order = entry.order.split(".")[0]
        self.placed[order] += change
        assert self.placed[order] <= self.decided[order], f"more is ordered than decided: {entry}"
        for place, units in ((entry.was, -entry.units), (entry.target, entry.units)):
            if place is None:
                continue
            assert place in PLACES, place
            key = entry.order, -1 if place in OF_THE_CONTRACT else entry.lot, place
            self.at[key] += units
            self.by_place[entry.mission][place] += units
            assert self.at[key] >= 0, f"{key} is left with {self.at[key]} units by {entry}"

    def end_day(self, day: int) -> None:
        for mission, places in self.by_place.items():
            assert min(places.values()) >= 0, f"day {day}: {mission} {dict(places)}"
            owned = self.opening[mission] + self.ordered[mission]
            assert sum(places.values()) == owned, f"day {day}: {mission} has {owned} units, in places {dict(places)}"
            assert 0 <= self.available[mission] <= places["deployed"], f"day {day}: {mission} available"


def assert_units_balance(run: Run) -> None:
    """R37, on every day: each unit ordered or owned is in exactly one place, and no place is short of units."""
    units = _Units()
    for day, entries in _days(run):
        for entry in entries:
            units.enter(entry)
        units.end_day(day)
