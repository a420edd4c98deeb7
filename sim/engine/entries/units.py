"""Entries of units: each moves some units from one place to another (R37).

Places follow from the kinds of entry alone.

Why: where the missing units are is read off these and nothing else.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from sim.engine.entries.base import Teller


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
