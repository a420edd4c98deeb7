"""The addresses of luck: every stream a scenario can ask for, and which of its draws to expect.

A draw is found by its address whether it was expected or not; expecting it only saves time, and so does working out
at once the days that some of the expected draws stand for.

Why: two thousand uniforms drawn in one call cost as much as thirty drawn one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.distributions import Triangular
from sim.distributions.arrays import Triangulars
from sim.future.home_addresses import of_home_production
from sim.scenario.resolved import Clock, DatedOrder, Luck, Mission, Offer, Scenario
from sim.streams import stream_hash, stream_name, uniform, uniforms

LOT_PLACES = 1024
"""Lots that one order may have: the index of a lot's luck is order number × this + lot number."""

_LOTS_EXPECTED = (24, 12, 4, 4, 1, 1, 1, 1)
"""Lots expected of an offer's first order, second order and so on: first orders are large."""
_SEATS_PURCHASES_EXPECTED = 2


class Stream(NamedTuple):
    """A stream of luck, without its purpose, and the draws of it that a run probably asks for."""

    name: str
    expected: Sequence[int]
    days: Luck | None = None
    """What is believed of every draw of the stream, where that is one belief, in days."""


def streams_of(scenario: Scenario) -> tuple[Stream, ...]:
    """Every stream of luck of a scenario, once each."""
    months = range(_months(scenario.clock) + 1)
    years = _fiscal_years(scenario.clock)
    return (
        *_of_offers(scenario),
        *_of_dated_orders(scenario),
        *_of_products(scenario, months, years),
        *_of_the_world(scenario, months, years),
        *_of_missions(scenario.missions, months),
        *(Stream(*address) for address in of_home_production(scenario, months)),
    )


def _months(clock: Clock) -> int:
    """Index of the last month the clock enters, counted from the start's."""
    return clock.calendar.month_index(clock.horizon_day)


def _fiscal_years(clock: Clock) -> range:
    """Fiscal years the clock enters."""
    calendar = clock.calendar
    return range(calendar.fiscal_year(0), calendar.fiscal_year(clock.horizon_day) + 1)


def _of_offers(scenario: Scenario) -> Iterator[Stream]:
    """The policy's own orders, n from 0."""
    for offer in scenario.offers.values():
        yield from _of_orders(scenario, offer.id, offer, _LOTS_EXPECTED)


def _of_dated_orders(scenario: Scenario) -> Iterator[Stream]:
    """Past and announced orders, each alone in its streams."""
    for order in scenario.dated_orders:
        offer = scenario.offers[order.offer]
        yield from _of_orders(scenario, f"dated/{order.id}", offer, (_lots(order, offer),))


def _lots(order: DatedOrder, offer: Offer) -> int:
    """Lots of a dated order, at most as many as one order may have."""
    later = -(-max(0, order.quantity - offer.first_lot) // offer.lot)
    return min(1 + later + len(order.deliveries), LOT_PLACES)


def _of_orders(scenario: Scenario, owner: str, offer: Offer, lots: Sequence[int]) -> Iterator[Stream]:
    """Streams of the orders of one owner; those of stages the offer does not have expect nothing."""
    sale = offer.government_sale
    orders = len(lots)
    has_tender = offer.tender_first is not None or offer.tender_later is not None
    for kind, passed in (
        ("tender", has_tender),
        ("request", sale is not None),
        ("offer_letter", sale is not None),
        ("notification", sale is not None and sale.notification is not None),
        ("award", has_tender or sale is not None),
        ("permit", offer.permit_first is not None),
        ("slip", offer.line is None),
    ):
        yield Stream(f"{kind}/{owner}", range(orders if passed else 0))
    of_lots = tuple(n * LOT_PLACES + lot for n, made in enumerate(lots) for lot in range(made))
    mission = scenario.missions[scenario.products[offer.product].mission]
    for kind, days in (
        ("shipping", offer.shipping), ("acceptance", mission.acceptance), ("fielding", mission.fielding),
    ):  # fmt: skip
        yield Stream(f"{kind}/{owner}", of_lots if days is not None else (), days)


def _of_products(scenario: Scenario, months: range, years: range) -> Iterator[Stream]:
    """Type approval, losses and groundings."""
    for product in scenario.products.values():
        once = range(0 if product.type_approval is None else 1)
        for kind in ("paper", "trial", "block", "block_length"):
            yield Stream(f"{kind}/{product.id}", once)
        yield Stream(f"loss/{product.id}", months)
        for kind in ("grounding", "grounding_start", "grounding_length"):
            yield Stream(f"{kind}/{product.id}", years[: 0 if product.grounding is None else None])


def _of_the_world(scenario: Scenario, months: range, years: range) -> Iterator[Stream]:
    """Windows, budgets and exchange rates."""
    for window in scenario.windows:
        for kind in ("window", "window_start", "window_factor", "window_length"):
            yield Stream(f"{kind}/{window}", years)
    yield Stream("passage/budget", years)
    for line in scenario.lines.values():
        for place in range(len(line.supplementary)):
            yield Stream(f"supplementary/{line.id}:{place}", years)
            yield Stream(f"supplementary_amount/{line.id}:{place}", years)
    for currency in scenario.currencies:
        yield Stream(f"exchange/{currency}", months)


def _of_missions(missions: Mapping[str, Mission], months: range) -> Iterator[Stream]:
    """Courses, graduates and leavers."""
    for mission in missions.values():
        crewed = months[: 0 if mission.crew is None else None]
        yield Stream(f"course/{mission.id}", crewed, None if mission.crew is None else mission.crew.course)
        for kind in ("graduates", "leavers"):
            yield Stream(f"{kind}/{mission.id}", crewed)
        yield Stream(f"seats_lead/{mission.id}", crewed[:_SEATS_PURCHASES_EXPECTED])


def _is_triangular(days: Luck | None) -> bool:
    """Whether an array of values can be worked out, to the bit of one by one."""
    return days is not None and days.unit == "day" and isinstance(days.belief, Triangular)


class ExpectedDraws:
    """Uniforms of luck of one scenario, seed and purpose: the expected at once, any other one by one."""

    __slots__ = (
        "_hashes", "_indices", "_purpose", "_scenario", "_seed", "_triangulars", "lucks", "places", "streams",
    )  # fmt: skip

    def __init__(self, scenario: Scenario, seed: int, purpose: str) -> None:
        self._scenario = scenario
        self._seed = seed
        self._purpose = purpose
        # Those whose days are worked out come first, so that they are one slice of all.
        found = sorted(streams_of(scenario), key=lambda stream: not _is_triangular(stream.days))
        self.streams: tuple[str, ...] = tuple(stream.name for stream in found)
        self.lucks: list[Luck | None] = [
            stream.days if _is_triangular(stream.days) else None for stream in found for _ in stream.expected
        ]
        """Place -> the belief its days are worked out from, if they are."""
        beliefs = [None if luck is None else luck.belief for luck in self.lucks]
        self._triangulars = Triangulars([belief for belief in beliefs if isinstance(belief, Triangular)])
        addresses = [(stream.name, index) for stream in found for index in stream.expected]
        self.places: dict[tuple[str, int], int] = {address: n for n, address in enumerate(addresses)}
        """Stream and index -> place in what ``uniforms`` returns."""
        hashes = [stream_hash(stream_name(purpose, stream.name)) for stream in found]
        self._hashes = np.repeat(np.array(hashes, np.uint64), [len(stream.expected) for stream in found])
        self._indices = np.array([index for _, index in addresses], np.uint32)

    def __reduce__(self) -> tuple[type[ExpectedDraws], tuple[Scenario, int, str]]:
        """Travel as the key alone; the list is worked out again."""
        return ExpectedDraws, (self._scenario, self._seed, self._purpose)

    def draws(self, number: int) -> tuple[list[float], list[int]]:
        """Expected uniforms of one luck number, in their places, and the days that the first of them stand for."""
        drawn = uniforms(self._seed, self._hashes, number, self._indices)
        exact = self._triangulars.quantiles(drawn[: len(self._triangulars)])
        down = np.floor(exact)
        days: list[int] = (down + (exact - down >= 0.5)).astype(np.int64).tolist()  # as round_half_up does
        return drawn.tolist(), days

    def uniform(self, number: int, stream: str, index: int) -> float:
        """Any uniform of one luck number, expected or not."""
        return uniform(self._seed, stream_hash(stream_name(self._purpose, stream)), number, index)
