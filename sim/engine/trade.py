"""Orders, contracts and lots: what moves through the engine, and where it is now.

An order is one decision; the money it finds at one time makes one contract; a contract is cut into lots.

Why: the rest of a cut order keeps its number and its luck, so order and contract are two things.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.engine.treasury import Claim
from sim.future.addresses import LOT_PLACES
from sim.scenario.resolved import DatedOrder, Mission, Offer, Product

AT_HOME = "@home"
"""Follows a mission's name where money for it is spent at home."""


class Order:
    """A decision to buy, and how much of it is still open."""

    __slots__ = (
        "closed", "contracts", "dated", "day", "first", "is_past", "key", "lines", "lots_made", "mission", "number",
        "not_begun", "offer", "open_units", "owner", "payer", "place", "prepared_days", "product", "units",
    )  # fmt: skip

    def __init__(
        self,
        key: str,
        owner: str,
        place: int,
        number: int,
        offer: Offer,
        product: Product,
        mission: Mission,
        units: int,
        lines: tuple[str, ...],
        day: int,
        dated: DatedOrder | None = None,
        prepared_days: int = 0,
    ) -> None:
        self.key = key
        self.owner = owner
        """Whose luck it has: the offer, or ``dated/<id>``."""
        self.place = place
        """The place of the owner's id, for ranks."""
        self.number = number
        """The policy's n-th order on this offer, from 0."""
        self.offer = offer
        self.product = product
        self.mission = mission
        self.units = units
        self.open_units = units
        self.lines = lines
        self.day = day
        self.dated = dated
        self.prepared_days = prepared_days
        self.first = number == 0 and dated is None
        """The first order on an offer has the longer tender and promise."""
        self.is_past = dated is not None and dated.status == "history" and dated.tender_open_since is None
        """It was signed before ``as_of``, whatever the model's money says (R8)."""
        self.contracts: list[Contract] = []
        self.lots_made = 0
        self.payer = mission.id if offer.line is None else f"{mission.id}{AT_HOME}"
        """Under what its money is counted: the mission, and apart from imports where it is spent at home."""
        self.not_begun = ("production", "queue") if offer.line is None else ("queue", "waiting_parts")
        """Places of lots that can still be cancelled: an import's until it leaves, a home lot until it begins."""
        self.closed = False
        """A failed tender or a cancellation closes the order: its rest is not tried again."""


class PlannedPayment(NamedTuple):
    """An outlay as promised at signing: exactly one of ``lot`` and ``step`` says what it pays for."""

    fiscal_year: int
    yen: int
    lot: int | None
    """Place of the lot in its contract."""
    step: int | None
    """Place of the step in the payment schedule."""


class Contract:
    """The part of an order that found its money at one time."""

    __slots__ = (
        "claim", "effective_day", "first_lot", "in_works", "key", "left", "line", "lots", "order", "part", "plan",
        "price_minor", "price_yen", "rank", "signed_day", "sizes", "stage", "tender_done", "unpaid_later",
        "unpaid_minor", "unpaid_yen", "units",
    )  # fmt: skip

    def __init__(self, key: str, order: Order, part: int, units: int, line: str, rank: int) -> None:
        self.key = key
        self.order = order
        self.part = part
        self.units = units
        self.left = units
        """Units that may still come: neither in service nor cancelled."""
        self.in_works = units
        """Units that the works have not yet sent off."""
        self.line = line
        self.rank = rank
        self.claim: Claim | None = None
        self.stage = "tender"
        """``tender``, ``approval``, ``works`` or ``cancelled``; from the works on each lot has its own place."""
        self.tender_done = False
        self.signed_day = -1
        self.effective_day = -1
        self.price_minor = 0
        self.price_yen = 0
        self.first_lot = 0
        self.lots: list[Lot] = []
        self.sizes: tuple[int, ...] = ()
        """Units of each lot."""
        self.unpaid_minor: list[int] = []
        """Delivery payments still due, lot by lot."""
        self.unpaid_yen: list[int] = []
        self.unpaid_later: dict[int, tuple[int, int]] = {}
        """Payments due some days after signing: step -> (minor units, yen as planned)."""
        self.plan: tuple[PlannedPayment, ...] = ()
        """What it adds to the projected outlays, where there is a ceiling on them (R14)."""


class Lot:
    """The smallest thing that moves (crews alone may divide it)."""

    __slots__ = (
        "contract", "crewed", "due_day", "expected_day", "luck_index", "number", "place", "rank", "recorded", "units",
    )  # fmt: skip

    def __init__(self, contract: Contract, number: int, units: int, rank: int, due_day: int) -> None:
        self.contract = contract
        self.number = number
        """Within the order, from 0."""
        self.luck_index = contract.order.number * LOT_PLACES + number
        """Where its luck lies in its order's streams."""
        self.units = units
        self.rank = rank
        self.due_day = due_day
        """The order's first-delivery day (R17)."""
        self.place = "production"
        self.crewed = 0
        self.recorded = False
        """Its arrival is on record: it leaves on its due day whatever the works' rate."""
        self.expected_day = due_day
        """The deployment the buyer reckons with, from promises."""
