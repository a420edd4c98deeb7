"""Policies, shocks and the experiment, as resolved.

Levers are basis points and days; a rule reads them and nothing else of the file.

Why: what the buyer chooses stands apart from what the world does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.scenario.resolved.home import HomeLevers, User


@dataclass(frozen=True, slots=True)
class Shock:
    """A dated event (rung 2), the same in every future; fields not of its kind are empty.

    ``kind`` and its size: ``supplier_rate`` factor (bp) · ``exchange_level`` rate (1/10,000 yen) · ``budget_delay``
    days · ``budget_factor`` factor (bp) · ``tender_failure`` factor (bp), capped by ``cap`` (bp) · ``approval_block``
    days · ``posts_filled`` share (bp) · ``target`` units · ``losses`` share a month (bp) · ``grounding`` days ·
    ``bar`` (offers are not admitted) · ``part_flow`` share of part orders that departs (bp), of sources of ``origins``
    (empty: all) and of the families struck, for ``users`` · ``line_stop`` days that the busiest line of the offers
    struck stands still, and ``stock_lost_months`` of its parts are lost · ``export_requests`` factor (bp).
    """

    id: str
    kind: Literal[
        "supplier_rate",
        "exchange_level",
        "budget_delay",
        "budget_factor",
        "tender_failure",
        "approval_block",
        "posts_filled",
        "target",
        "losses",
        "grounding",
        "bar",
        "part_flow",
        "line_stop",
        "export_requests",
    ]
    day: int
    end_day: int | None
    """First day on which it no longer holds; None is open."""
    announced_day: int
    """When it was announced; no rule acts on it before it strikes (R30)."""
    subjects: tuple[str, ...]
    """Ids of what it strikes: offers, currencies, lines, products or missions, by kind; sorted."""
    fiscal_year: int | None
    size: int
    cap: int | None
    source: str
    origins: tuple[str, ...] = ()
    users: tuple[User, ...] = ()
    stock_lost_months: int = 0
    """Months of use at today's rate, basis points of a month."""


@dataclass(frozen=True, slots=True)
class ListedOffer:
    """An offer a policy may use for a mission, with its weight by money inside its group."""

    offer: str
    weight: int


@dataclass(frozen=True, slots=True)
class SeatsLever:
    """Course seats bought: a share of the mission's own seats more, from a day on."""

    mission: str
    extra_share: int
    """Basis points of the mission's seats a month."""
    day: int


@dataclass(frozen=True, slots=True)
class Levers:
    """What a rule policy lets the planner set (R32)."""

    mass_offers: tuple[ListedOffer, ...]
    high_offers: tuple[ListedOffer, ...]
    high_tier_share: int
    foreign_share: Mapping[int, int]
    """Fiscal year -> basis points of the mission's money that may go abroad; years not named: 10,000."""
    over_order_margin: int
    suppliers: int
    """At most this many offers share a mission's order in one review."""
    country_cap: int
    """At most this share of a mission's money with one country, basis points; 10,000 is no cap."""
    ranking: Literal["on_time_per_yen", "quality", "listed"]
    schedule_margin: int
    """Promised remaining times are stretched by this factor, basis points."""
    least_on_time: int
    """An offer fills the gap at the due date only with at least this on-time chance, basis points."""
    switch_day: int | None
    """For ``staged``: foreign before, home from this day on; None for other rules."""
    tenders_prepared_days: int
    """Days of tender work done before the budget passes; orders placed on the day of passage are that much faster."""
    contract_years: int
    """Orders whose promised last arrival lies further off are not placed."""
    home_offers: tuple[ListedOffer, ...] = ()
    """Offers of home lines, for what of the mission's money does not go abroad."""


@dataclass(frozen=True, slots=True)
class ScheduledOrder:
    """A dated order as typed."""

    day: int
    offer: str
    mission: str
    quantity: int
    line: str | None
    """None: the mission's lines in their order."""
    cancel_day: int | None
    """The day on which what is undelivered is cancelled; None: never."""


@dataclass(frozen=True, slots=True)
class MissionRule:
    """The rule one mission is bought by."""

    mission: str
    rule: Literal["shares", "close_gap", "staged"]
    levers: Levers


@dataclass(frozen=True, slots=True)
class PolicySpec:
    """A candidate policy as the file states it."""

    id: str
    title: str
    rule: Literal["shares", "close_gap", "staged", "scheduled", "nothing"]
    missions: tuple[MissionRule, ...]
    """In order of priority; empty for ``scheduled`` and ``nothing``."""
    line_split: Mapping[str, Mapping[str, int]]
    """For ``shares``: line -> mission -> basis points of the line's money; lines not named are split by need."""
    orders: tuple[ScheduledOrder, ...]
    seats: tuple[SeatsLever, ...]
    review_months: int
    """Reviews fall on the 1st of every so many months, and on each day a budget passes."""
    home: HomeLevers = field(default_factory=HomeLevers)


@dataclass(frozen=True, slots=True)
class Experiment:
    """The study's size."""

    replications: int
    seed: int
    design: Literal["independent", "latin_hypercube"]
    event_limit: int
    """A run that schedules more events fails and says so."""
