"""Entries of home production: lines that open, lots that are built, parts that come and are used (R19 to R26).

A part's pieces are in the ledger when they are ordered, when they come, when they are used and when they are lost.

Why: a line that stands still leaves no trace in the units; what it waited for has to be found here.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from sim.engine.entries.base import Teller, yen
from sim.engine.entries.units import UnitMove


class Queued(UnitMove):
    """A signed home order waits for its line."""

    __slots__ = ()
    source = "approval"
    target = "queue"
    says = "wait for their line"


class ShortOfParts(UnitMove):
    """The lot is next on its line and its kit is not whole."""

    __slots__ = ()
    source = "queue"
    target = "waiting_parts"
    says = "are next on their line and wait for parts"


class Started(UnitMove):
    """A lot is begun."""

    __slots__ = ()
    source = "queue"
    target = "production"
    says = "are begun"


class StartedWithParts(UnitMove):
    """A lot is begun after it waited for parts."""

    __slots__ = ()
    source = "waiting_parts"
    target = "production"
    says = "have their parts and are begun"


class Built(UnitMove):
    """A lot is done at its line."""

    __slots__ = ()
    source = "production"
    target = "shipping"
    says = "are built"


class _OfDay(NamedTuple):
    day: int
    offer: str


class LineOrdered(_OfDay):
    """A firm opens a line: development and preparation begin (R19, R20)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The firm opens its line for {teller.name(self.offer)}."


class DevelopmentFailed(_OfDay):
    """An attempt at a type's development failed; it is taken up again."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The development of {teller.name(self.offer)} fails and is taken up again."


class DevelopmentEnded(_OfDay):
    """The type is developed."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The development of {teller.name(self.offer)} ends."


class _Refused(NamedTuple):
    day: int
    order: str
    offer: str
    units: int
    asked: int


class Refused(_Refused):
    """A firm does not open a line for so little (R19)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return (
            f"The firm does not open a line for {self.units:,} of {teller.name(self.offer)}"
            f" ({teller.name(self.order)}): it asks for {self.asked:,} in two years."
        )


class _LineReady(NamedTuple):
    day: int
    offer: str
    heads: int
    slots: int


class LineReady(_LineReady):
    """A line can build."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return (
            f"The line for {teller.name(self.offer)} is ready with {self.heads:,} heads and tooling for"
            f" {self.slots:,} a year."
        )


class _Slots(NamedTuple):
    day: int
    offer: str
    slots: int


class ToolingCame(_Slots):
    """A step of tooling is in place."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"Tooling for {self.slots:,} more of {teller.name(self.offer)} a year is in place."


class _Subsidised(NamedTuple):
    day: int
    offer: str
    share: int


class Subsidised(_Subsidised):
    """A share of a line's capital is paid."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.share / 100:g} % of the capital for {teller.name(self.offer)} is paid."


class _Stopped(NamedTuple):
    day: int
    offer: str
    until_day: int


class LineStopped(_Stopped):
    """A line stands still."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The line for {teller.name(self.offer)} stands still until {teller.date(self.until_day)}."


class _Forgot(NamedTuple):
    day: int
    offer: str
    learnt: int
    left: int


class Forgot(_Forgot):
    """After a long break a line counts fewer units as learnt from (R21)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        counts = f"works as after {self.left:,} units, not {self.learnt:,}"
        return f"After a break the line for {teller.name(self.offer)} {counts}."


class _LotBuilt(NamedTuple):
    day: int
    offer: str
    firm: str
    user: str
    order: str
    units: int
    start_day: int
    minutes: int
    labour_yen: int
    overhead_yen: int
    parts_yen: int


class LotBuilt(_LotBuilt):
    """What a lot took: its minutes, and what they, the overhead and its parts cost (R25)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return (
            f"{self.units:,} of {teller.name(self.offer)} took {self.minutes:,} minutes,"
            f" {yen(self.labour_yen + self.overhead_yen + self.parts_yen)} with parts."
        )


def _pieces(teller: Teller, pieces: int, family: str, source: str) -> str:
    return f"{pieces:,} {teller.name(family)} from {teller.name(source)}"


class _PartsMoved(NamedTuple):
    day: int
    firm: str
    user: str
    source: str
    family: str
    pieces: int

    def what(self, teller: Teller) -> str:
        """The pieces, of what, from whom."""
        return _pieces(teller, self.pieces, self.family, self.source)


class PartsOrdered(_PartsMoved):
    """A firm orders parts (R23)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.firm)} orders {self.what(teller)}."


class PartsCame(_PartsMoved):
    """Parts are in a firm's store."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.what(teller)} reach {teller.name(self.firm)}."


class PartsWithdrawn(_PartsMoved):
    """A firm takes back what a window holds, to order it from the second source (R24)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.firm)} withdraws its order of {self.what(teller)}, which may not leave."


class PartsLost(_PartsMoved):
    """Parts in a store are lost."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.firm)} loses {self.pieces:,} {teller.name(self.family)} from its store."


class _PartsUsed(NamedTuple):
    day: int
    firm: str
    user: str
    source: str
    family: str
    pieces: int
    offer: str
    yen: int


class PartsUsed(_PartsUsed):
    """Parts go into a lot, at what they are worth to its product."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        what = _pieces(teller, self.pieces, self.family, self.source)
        return f"{what}, {yen(self.yen)}, go into a lot of {teller.name(self.offer)}."


class _Window(NamedTuple):
    day: int
    window: str
    share: int


class PartsCurbed(_Window):
    """From today only a share of the part orders it names departs (R24)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.window)}: {self.share / 100:g} % of each part order departs."


class PartsFree(_Window):
    """A window closes."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.window)} is over."


class _Qualified(NamedTuple):
    day: int
    offer: str
    family: str


class SourceQualified(_Qualified):
    """A second source counts for a product."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The second source of {teller.name(self.family)} is qualified for {teller.name(self.offer)}."


class _ExportAsked(NamedTuple):
    day: int
    request: str
    offer: str
    units: int
    accepted: int


class ExportAsked(_ExportAsked):
    """Somebody abroad asks for a home product (R26)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        answer = "taken on" if self.accepted else "declined"
        return f"A request from abroad for {self.units:,} of {teller.name(self.offer)} is {answer}."
