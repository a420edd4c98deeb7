"""The kinds of entry a ledger may hold: one small class a kind, whole numbers only, each able to say itself.

What a kind means never depends on anything but its own fields and the names it is told with.

Why: outcomes, replays and laws all read the ledger, so whatever happened has to be in it, in one form.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple, Protocol

PLACES = (
    "tender",
    "approval",
    "queue",
    "production",
    "waiting_parts",
    "shipping",
    "acceptance",
    "waiting_crew",
    "fielding",
    "deployed",
    "lost",
    "retired",
    "cancelled",
)
"""Every place a unit that was ordered or owned can be (R37); the order is the order of a unit's life."""


class Teller(Protocol):
    """Turns ids and numbers into words."""

    def date(self, day: int) -> str: ...
    def name(self, id: str) -> str: ...


class Entry(Protocol):
    """What every entry has."""

    decision: ClassVar[bool]

    @property
    def day(self) -> int: ...

    def sentence(self, teller: Teller) -> str: ...


def yen(amount: int) -> str:
    """Whole yen in words a planner reads.

    >>> yen(1234567)
    '¥1,234,567'
    """
    return f"¥{amount:,}"


# --- what is published -------------------------------------------------------------------------------------------


class _Quoted(NamedTuple):
    day: int
    offer: str
    minor_units: int


class Quoted(_Quoted):
    """A list price became known."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.offer)} is quoted at {self.minor_units:,} minor units a unit."


class _MissionUnits(NamedTuple):
    day: int
    mission: str
    units: int


class TargetSet(_MissionUnits):
    """A mission's requirement is set or revised (R33)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} is to have {self.units:,} units."


class OpeningStock(_MissionUnits):
    """Units a mission owns at the start."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} starts with {self.units:,} units in service."


class Available(_MissionUnits):
    """The number of deployed units that can be used changed (R28, R29)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} has {self.units:,} units available."


class _BudgetRate(NamedTuple):
    day: int
    currency: str
    fiscal_year: int
    rate: int


class BudgetRate(_BudgetRate):
    """The budget's planning rate of a fiscal year (R10), in 1/10,000 yen."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The budget of FY{self.fiscal_year} reckons {self.rate / 10_000:.2f} yen to the {self.currency}."


class _ExchangeRate(NamedTuple):
    day: int
    currency: str
    rate: int


class ExchangeRate(_ExchangeRate):
    """The market rate of a month, in 1/10,000 yen."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The market gives {self.rate / 10_000:.2f} yen for the {self.currency}."


class _Passed(NamedTuple):
    day: int
    fiscal_year: int


class Passed(_Passed):
    """The budget of a fiscal year passed (R9)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The budget of FY{self.fiscal_year} passes."


class _ShockStruck(NamedTuple):
    day: int
    shock: str


class ShockStruck(_ShockStruck):
    """A dated event of the scenario happened."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"It happens: {teller.name(self.shock)}."


# --- money -------------------------------------------------------------------------------------------------------


class _LineYear(NamedTuple):
    day: int
    line: str
    fiscal_year: int
    yen: int


class Appropriated(_LineYear):
    """A line received authority (R9)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} receives {yen(self.yen)} for FY{self.fiscal_year}."


class CarriedIn(_LineYear):
    """Authority carried into ``fiscal_year`` from the year before (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} carries {yen(self.yen)} into FY{self.fiscal_year}."


class CarriedOut(_LineYear):
    """Authority of ``fiscal_year`` carried over into the next (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} carries {yen(self.yen)} out of FY{self.fiscal_year}."


class Lapsed(_LineYear):
    """Authority that is gone (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.line)} for FY{self.fiscal_year} lapse."


class Settled(_LineYear):
    """A debt taken first from an appropriation; counts as charged (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} settles {yen(self.yen)} of debt from FY{self.fiscal_year}."


class _OrderMoney(NamedTuple):
    day: int
    order: str
    line: str
    fiscal_year: int
    yen: int


class Reserved(_OrderMoney):
    """Authority set aside for an order that goes to tender (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.line)} are reserved for {teller.name(self.order)}."


class Released(_OrderMoney):
    """A reservation given back (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.line)} reserved for {teller.name(self.order)} are released."


class Obligated(_OrderMoney):
    """Authority promised by a signature (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.order)} is signed: {yen(self.yen)} of {teller.name(self.line)} are obligated."


class Returned(_OrderMoney):
    """A cancelled obligation returned to its own year (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.order)} return to {teller.name(self.line)}, FY{self.fiscal_year}."


class Used(_OrderMoney):
    """A use of a line that serves no mission: obligated and paid at once (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} pays {yen(self.yen)} for {teller.name(self.order)}."


class Charged(_OrderMoney):
    """A loss against the planning rate, or price growth, met from free authority (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} is charged {yen(self.yen)} more for {teller.name(self.order)}."


class _OrderYen(NamedTuple):
    day: int
    order: str
    line: str
    yen: int


class Owed(_OrderYen):
    """A loss that no free authority could meet (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} owes {yen(self.yen)} for {teller.name(self.order)}."


class Gained(_OrderYen):
    """A payment cost less than planned; reported, not spendable (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.order)} cost {yen(self.yen)} less than planned."


class _Paid(NamedTuple):
    day: int
    order: str
    line: str
    fiscal_year: int
    planned_yen: int
    actual_yen: int


class Paid(_Paid):
    """An outlay (R12); ``fiscal_year`` is the year of the obligation it pays."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return (
            f"{yen(self.actual_yen)} are paid for {teller.name(self.order)} from {teller.name(self.line)}"
            f" (planned {yen(self.planned_yen)})."
        )


# --- decisions ---------------------------------------------------------------------------------------------------


class _Decided(NamedTuple):
    day: int
    order: str
    offer: str
    mission: str
    units: int


class Decided(_Decided):
    """The policy orders units; whether money is there is seen next."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return (
            f"The buyer decides on {self.units:,} of {teller.name(self.offer)} for {teller.name(self.mission)}"
            f" ({teller.name(self.order)})."
        )


class Announced(_Decided):
    """A published order is placed for every policy alike (R8)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return (
            f"As announced, {self.units:,} of {teller.name(self.offer)} are ordered for {teller.name(self.mission)}"
            f" ({teller.name(self.order)})."
        )


class _OrderUnits(NamedTuple):
    day: int
    order: str
    units: int


class Withdrawn(_OrderUnits):
    """The open rest of an order is withdrawn (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return f"The open rest of {teller.name(self.order)}, {self.units:,} units, is withdrawn."


class CancelDecided(_OrderUnits):
    """The policy cancels what an order has not delivered."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return f"The buyer cancels what is left of {teller.name(self.order)}: {self.units:,} units."


class _SeatsBought(NamedTuple):
    day: int
    mission: str
    seats_a_month: int
    yen_a_month: int


class SeatsBought(_SeatsBought):
    """The policy buys course seats (R28)."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return (
            f"The buyer takes {self.seats_a_month:,} more course seats a month for {teller.name(self.mission)}"
            f" at {yen(self.yen_a_month)} a month."
        )


class _SeatsOpen(NamedTuple):
    day: int
    mission: str
    seats_a_month: int


class SeatsOpen(_SeatsOpen):
    """Seats bought earlier can be used."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.seats_a_month:,} more course seats a month open for {teller.name(self.mission)}."


class _People(NamedTuple):
    day: int
    mission: str
    people: int


class Graduated(_People):
    """People finished their course."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.people:,} people finish their course for {teller.name(self.mission)}."


class PeopleLeft(_People):
    """Trained people left."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.people:,} trained people leave {teller.name(self.mission)}."


class _ProductDays(NamedTuple):
    day: int
    product: str
    until_day: int


class Grounded(_ProductDays):
    """A whole type stops flying until ``until_day`` (R29)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"Every {teller.name(self.product)} is grounded until {teller.date(self.until_day)}."


class TypeApproved(_ProductDays):
    """The day a type's approval will be complete became certain (R27)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.product)} will be approved as a type on {teller.date(self.until_day)}."


# --- units -------------------------------------------------------------------------------------------------------


class _UnitMove(NamedTuple):
    day: int
    order: str
    lot: int
    mission: str
    product: str
    units: int


class UnitMove(_UnitMove):
    """Units change place (R37). ``source`` None: they were not counted before; ``target`` None: they no longer are."""

    __slots__ = ()
    decision: ClassVar[bool] = False
    source: ClassVar[str | None] = None
    target: ClassVar[str | None] = None
    says: ClassVar[str] = ""

    @property
    def was(self) -> str | None:
        """The place they left."""
        return self.source

    def sentence(self, teller: Teller) -> str:
        lot = f", lot {self.lot + 1}" if self.lot >= 0 else ""
        of = f" ({teller.name(self.order)}{lot})" if self.order else ""
        return f"{self.units:,} {teller.name(self.product)}{of} {self.says}."


class Tendered(UnitMove):
    """Authority is set aside and the tender is out; from here on the units count as ordered."""

    __slots__ = ()
    target = "tender"
    says = "are ordered: their money is found"


class Awarded(UnitMove):
    """The contract is signed."""

    __slots__ = ()
    source = "tender"
    target = "approval"
    says = "are awarded and signed"


class TenderFailed(UnitMove):
    """The tender came to nothing."""

    __slots__ = ()
    source = "tender"
    target = "cancelled"
    says = "come to nothing: the tender fails"


class Reopened(UnitMove):
    """A cut order: these units are open again and no longer count as ordered."""

    __slots__ = ()
    source = "tender"
    says = "do not fit the money and are open again"


class Permitted(UnitMove):
    """The export permit is in hand."""

    __slots__ = ()
    source = "approval"
    target = "production"
    says = "have their export permit"


class DayCome(UnitMove):
    """The order's first-delivery day came, and the works have not yet made the lot."""

    __slots__ = ()
    source = "production"
    target = "queue"
    says = "are due and wait for the works"


class LeftOnTime(UnitMove):
    """A lot leaves the works on its order's day."""

    __slots__ = ()
    source = "production"
    target = "shipping"
    says = "leave the works"


class LeftWorks(UnitMove):
    """A lot leaves the works after waiting for them."""

    __slots__ = ()
    source = "queue"
    target = "shipping"
    says = "leave the works"


class Arrived(UnitMove):
    """A lot arrives in Japan."""

    __slots__ = ()
    source = "shipping"
    target = "acceptance"
    says = "arrive in Japan"


class Accepted(UnitMove):
    """A lot passes its acceptance test."""

    __slots__ = ()
    source = "acceptance"
    target = "waiting_crew"
    says = "are accepted"


class Crewed(UnitMove):
    """Units have their crews."""

    __slots__ = ()
    source = "waiting_crew"
    target = "fielding"
    says = "have crews and go to their base"


class Deployed(UnitMove):
    """Units are in service."""

    __slots__ = ()
    source = "fielding"
    target = "deployed"
    says = "are in service"


class Lost(UnitMove):
    """Units are lost."""

    __slots__ = ()
    source = "deployed"
    target = "lost"
    says = "are lost"


class Retired(UnitMove):
    """Units reach the end of their life."""

    __slots__ = ()
    source = "deployed"
    target = "retired"
    says = "are retired"


class _CancelledMove(NamedTuple):
    day: int
    order: str
    lot: int
    mission: str
    product: str
    units: int
    was: str


class Cancelled(_CancelledMove):
    """Units that will not come: their order was cancelled."""

    __slots__ = ()
    decision: ClassVar[bool] = False
    target: ClassVar[str] = "cancelled"

    def sentence(self, teller: Teller) -> str:
        return f"{self.units:,} {teller.name(self.product)} ({teller.name(self.order)}) are cancelled."


# --- records -----------------------------------------------------------------------------------------------------


class _Record(NamedTuple):
    day: int


class MonthEnd(_Record):
    """The last rung of a month."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return "The month ends."


class Reviewed(_Record):
    """The policy looks at what is known; its decisions of the day follow at once."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return "The buyer reviews the plan."


class _DueRecord(NamedTuple):
    day: int
    mission: str


class DueRecord(_DueRecord):
    """The last rung of a mission's due day."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} is due."
