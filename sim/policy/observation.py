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

    def ready_in(self, offer: str) -> int | None:
        """Days until a home line should be ready: 0 when it is, None before it is opened and for an import."""
        ...

    def commitment(self, offer: str) -> int:
        """Units that a home firm asks for before it opens the line; 0 once it is open, and for an import."""
        ...

    def built(self, offer: str) -> int:
        """Units that a home line has built; 0 for an import."""
        ...

    def has_bought(self, what: str, offer: str) -> bool:
        """Whether the policy has decided on such a purchase for a home line."""
        ...

    def spent_at_home_yen(self, line: str, mission: str) -> int:
        """The part of ``spent_yen`` that went to home offers."""
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


class Subsidise(NamedTuple):
    """Pay a share of a home line's capital (R19)."""

    offer: str
    share: int
    """Basis points."""
    line: str
    """The budget line that pays."""


class BuyTooling(NamedTuple):
    """Buy steps of tooling for a home line (R21)."""

    offer: str
    steps: int
    line: str


class Qualify(NamedTuple):
    """Qualify the second source of a part family for a home line's product (R24)."""

    offer: str
    family: str
    share: int
    """Of each part order, basis points, once qualified."""
    line: str


class BuyParts(NamedTuple):
    """Buy parts ahead of any order, for so many weeks of a home line's planned need (R23)."""

    offer: str
    families: tuple[str, ...]
    weeks: int
    line: str


class SetTerms(NamedTuple):
    """Standing terms for the home firms."""

    safety_months: tuple[tuple[str, int], ...]
    """(Family, months of use to keep, basis points of a month)."""
    export_share: int
    development_line: str | None


HomeDecision = Subsidise | BuyTooling | Qualify | BuyParts | SetTerms
Decision = Buy | CancelOrder | TakeSeats | HomeDecision


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
