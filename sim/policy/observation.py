"""What a policy may know on a day, and what it may answer.

An observation is a function of the ledger so far and of published facts; a sampled input or a luck that nobody has
seen is not in it (R30).

Why: a rule that peeks looks wise in every study and in no ministry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Expected(NamedTuple):
    """Units on their way, as promised."""

    offer: str
    units: int
    expected_day: int
    """The promised day of service; it may have passed."""


class MissionView(NamedTuple):
    """One mission as the buyer sees it."""

    target: int
    deployed: int
    coming_units: int
    """Everything ordered or announced and not yet in service."""


class Observation(Protocol):
    """A day's view; each call reads what is known and changes nothing."""

    @property
    def day(self) -> int: ...

    @property
    def fiscal_year(self) -> int: ...

    @property
    def passage_day(self) -> bool:
        """Whether this year's budget passed today."""
        ...

    def mission(self, id: str) -> MissionView: ...

    def coming_by(self, mission: str, promised_day: int) -> int:
        """Units ordered or announced and not yet in service that are promised by a day."""
        ...

    def free_yen(self, line: str) -> int:
        """Authority that may be promised today, less what announced orders of this year will take."""
        ...

    def appropriated_yen(self, line: str) -> int:
        """This year's appropriation of a line so far."""
        ...

    def spent_yen(self, line: str, mission: str) -> int:
        """This year's reservations and obligations of a line for a mission."""
        ...

    def unit_yen(self, offer: str) -> int | None:
        """A unit's quoted price at this year's budget rate; None where the year has none yet."""
        ...

    def least_order_yen(self, mission: str, orders: tuple[tuple[str, int], ...]) -> int:
        """What the cheapest of a mission's smallest orders costs at quoted prices, at least 1; (offer, units) each."""
        ...

    def orders_on(self, offer: str) -> int:
        """Orders placed on an offer so far."""
        ...

    def backlog(self, offer: str) -> int:
        """Units of the buyer's own orders that the offer's works have still to make."""
        ...

    def is_barred(self, offer: str) -> bool: ...

    def is_approved(self, offer: str) -> bool:
        """Whether the type of an offer's product may serve."""
        ...

    def losses_known(self) -> Mapping[str, float]:
        """Mission -> believed monthly loss share."""
        ...


class Buy(NamedTuple):
    """Order units of an offer."""

    offer: str
    mission: str
    units: int
    lines: tuple[str, ...] | None = None
    """None: the mission's lines in their order."""
    prepared_days: int = 0


class CancelOrder(NamedTuple):
    """Cancel what the n-th order on an offer has not delivered."""

    offer: str
    number: int


class TakeSeats(NamedTuple):
    """Take more course seats a month for a mission."""

    mission: str
    seats_a_month: int


Decision = Buy | CancelOrder | TakeSeats


class Policy(Protocol):
    """Everything the buyer chooses."""

    @property
    def id(self) -> str: ...

    @property
    def withdraws_rests(self) -> bool:
        """Whether open rests are withdrawn before each review: rule policies do, ``scheduled`` never (R10)."""
        ...

    def review_days(self, first: int, last: int) -> tuple[int, ...]:
        """The days on which the policy reviews, besides the passage of each budget."""
        ...

    def review(self, seen: Observation) -> list[Decision]:
        """What is decided today."""
        ...
