"""A scenario as resolved: whole numbers, canonical units, days instead of dates.

Nothing below this floor's door sees the file as it was written; every field here has a value,
so no reader downstream has to work one out or guess a default.

Why: two forms of one scenario keep the shorthand at the desk and the arithmetic in the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.calendar import Calendar
from sim.distributions import Distribution

BeliefUnit = Literal[
    "yen", "minor", "day", "share", "factor", "unit", "person", "place", "rate", "exchange", "sd", "event"
]
"""What a belief is counted in. ``yen`` whole yen; ``minor`` whole minor units of the offer's currency; ``day``
whole days; ``share`` and ``factor`` fractions that enter the model in basis points (growth and volatility too);
``unit``, ``person``, ``place`` whole numbers; ``rate`` units per 365 days; ``exchange`` yen per major unit, entering
in 1/10,000 yen; ``sd`` a standard normal score, the one number that stays a float; ``event`` events a year, entering
in basis points."""


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter: one number of the world, sampled once a future (R6).

    Exactly one of ``belief`` and ``formula`` is set. A formula is arithmetic over the names in the scenario's
    ``parameters`` section and is worked out on the unrounded samples. The resolved formula is in canonical units:
    it takes the parameters' canonical values and yields this input's canonical value, whatever units were written.
    """

    number: int
    path: str
    unit: BeliefUnit
    belief: Distribution | None
    formula: str | None


@dataclass(frozen=True, slots=True)
class Luck:
    """What is believed of one kind of event; each event draws from it by its own address (R7)."""

    path: str
    unit: BeliefUnit
    belief: Distribution


@dataclass(frozen=True, slots=True)
class Fact:
    """Where one number of the file came from: for the tables of assumptions and the counts by confidence."""

    path: str
    text: str
    """The value or distribution as written, e.g. ``5 / 11.3 / 17.8``."""
    unit: str
    kind: Literal["fixed", "parameter", "luck", "formula"]
    source: str
    confidence: Literal["official", "reported", "inferred", "assumption"]
    place: str = field(compare=False)
    """``file:line``; where a number stands is no part of what it says."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The days that frame the study, counted from the start (day 0)."""

    calendar: Calendar
    as_of_day: int
    deadline_day: int
    horizon_day: int


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and what the budget believes of it."""

    id: str
    minor_per_major: int
    rate_at_start: Input
    volatility: Input
    """Basis points a year once entered."""
    drift: Input
    planning_rates: Mapping[int, Input]
    """Fiscal year -> budget rate where the file states one; other years take the mean market rate of the three
    months before the draft (R10)."""


@dataclass(frozen=True, slots=True)
class Appropriation:
    """One line's money of one fiscal year: an amount, or a request with an approval factor, never both (R9)."""

    fiscal_year: int
    amount: Input | None
    request: Input | None
    approval: Input | None


@dataclass(frozen=True, slots=True)
class Supplementary:
    """Extra money that may come once in a fiscal year (R9): ``month``/``day`` of the year, chance, amount."""

    month: int
    day_of_month: int
    first_fiscal_year: int
    last_fiscal_year: int
    chance: Input
    amount: Luck


@dataclass(frozen=True, slots=True)
class Use:
    """A dated use of a line that serves no mission (R10): a share of the year's appropriation, or an amount."""

    id: str
    fiscal_year: int
    day: int | None
    """None is the day of passage, which only the future knows."""
    share: Input | None
    amount: Input | None


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line."""

    id: str
    title: str
    appropriations: Mapping[int, Appropriation]
    carry_over_share: Input
    supplementary: tuple[Supplementary, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class BudgetCalendar:
    """When budgets are drafted and pass."""

    passage_days: Mapping[int, int]
    """Fiscal year -> day, where the file states it."""
    passage_delay: Luck
    """Days after 1 April, for every other year."""
    draft_month: int
    draft_day_of_month: int
    """The draft of year Y falls on this date of the calendar year before Y."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A shared test bench: lots under test at once (R27)."""

    id: str
    title: str
    places: Input


@dataclass(frozen=True, slots=True)
class TypeApproval:
    """What a product group needs before its first unit may serve (R27)."""

    id: str
    paper: Luck
    trial: Luck
    block_chance: Input
    block_length: Luck


@dataclass(frozen=True, slots=True)
class Grounding:
    """Stops of a whole fleet (R29), by luck, per product."""

    id: str
    chance: Input
    length: Luck


@dataclass(frozen=True, slots=True)
class Crew:
    """A mission's people (R28)."""

    block_units: int
    people_per_block: Input
    course: Luck
    seats_per_month: int
    opening_day: int
    pass_rate: Input
    posts_filled: Input
    leaving: Input
    """Share of trained people a year."""
    opening_people: int
    extra_seats_lead: Luck
    extra_seat_yen: int
    """Price of one extra seat for one month."""
    extra_seat_line: str
    """The line that pays for extra seats."""


@dataclass(frozen=True, slots=True)
class Mission:
    """A role with a required quantity and a due date."""

    id: str
    title: str
    domain: Literal["air", "surface", "underwater"]
    counted_as: str
    target: Input
    due_day: int
    weight: int
    lines: tuple[str, ...]
    opening_stock: int
    lowest_quality: int
    """Basis points; units below it are deployed but not counted."""
    crew: Crew | None
    """None: no crew needed."""
    acceptance: Luck
    bench: str | None
    """None: no bench; the test has no queue."""
    fielding: Luck
    loss: Input
    """Share a year."""
    life_months: int | None
    """None: no life limit."""
    running_cost_yen: Input | None
    running_cost_share: Input | None
    """Yearly running cost of a deployed unit: yen, or a share of its price; exactly one."""


@dataclass(frozen=True, slots=True)
class Product:
    """A drone type that serves one mission."""

    id: str
    title: str
    mission: str
    tier: Literal["high", "mass"]
    quality: int
    """Basis points of the mission's reference product, > 0."""
    type_approval: str | None
    """None: approved already, or none needed."""
    grounding: str | None


@dataclass(frozen=True, slots=True)
class SlipClass:
    """How outcomes divide by promises (R16): log-normal, its log-variance shared by supplier and order."""

    id: str
    log_mean: float
    log_sd: float
    supplier_share: Input
    """Share of the log-variance that is the supplier's, once a future; the rest is the order's luck."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """A foreign supplier: its lateness is one standard normal score a future (R16)."""

    id: str
    title: str
    country: str
    lateness: Input


@dataclass(frozen=True, slots=True)
class SupplierWindow:
    """A time in which suppliers serve somebody else first (R17): by luck, per fiscal year."""

    id: str
    title: str
    chance: Input
    factor: Luck
    length: Luck


@dataclass(frozen=True, slots=True)
class Payment:
    """One step of a payment schedule (R12)."""

    when: Literal["signing", "after_signing", "delivery"]
    """``delivery``: pro rata with each lot's arrival."""
    share: int
    """Basis points of the price; the last step takes the remainder."""
    days: int
    """Days after signing, for ``after_signing``; else 0."""


@dataclass(frozen=True, slots=True)
class GovernmentSale:
    """The steps of a US government sale before the signed offer (R15)."""

    request: Luck
    offer: Luck
    notification: Luck | None
    notification_minor_units: int
    """An order worth at least this much waits for the notification as well."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A product from one supplier through one channel."""

    id: str
    title: str
    product: str
    supplier: str
    channel: Literal["direct", "fms"]
    currency: str
    price: Input
    """Minor units per unit."""
    escalation: Input
    """Of the list price, share a year from the start to the signing day (R18)."""
    growth_after_signing: Input
    """Share of the value, charged with the delivery payments (R12)."""
    breaks: tuple[tuple[int, int], ...]
    """(from this quantity on, price in basis points of the list price), ascending."""
    minimum_order: int
    lot: int
    first_lot: int
    tender_first: Luck | None
    tender_later: Luck | None
    """None for both: no tender, signed at once."""
    government_sale: GovernmentSale | None
    failure_chance: Input
    permit_first: Luck | None
    permit_later_share: int
    """Basis points of the first permit's time for later orders."""
    lead_starts: Literal["permit", "award"]
    """The promise counts from the award with the permit in hand, or from the award (R15)."""
    promise_first_days: int
    promise_later_days: int
    slip_class: str
    rate: Input | None
    """Units per ``rate_period_days`` for this buyer; None is no limit."""
    rate_period_days: int
    rate_growth: Input
    """Share a month, from the start."""
    windows: tuple[str, ...]
    shipping: Luck
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A lot of a past order whose arrival is on record."""

    day: int
    units: int


@dataclass(frozen=True, slots=True)
class DatedOrder:
    """An order the buyer's rule does not decide: history (before ``as_of``) or announced (R8)."""

    id: str
    offer: str
    mission: str
    quantity: int
    value: Input
    """Whole order, minor units of the offer's currency."""
    line: str
    contract_day: int
    promise_days: int
    slip_class: str
    status: Literal["history", "announced"]
    deliveries: tuple[Delivery, ...]
    """Arrivals on record or firmly dated; empty where the lead is drawn."""
    tender_open_since: int | None
    """A history order still in tender on ``as_of``: the day it went out. Its award is drawn from what remains."""


@dataclass(frozen=True, slots=True)
class Shock:
    """A dated event (rung 2), the same in every future; fields not of its kind are empty.

    ``kind`` and its size: ``supplier_rate`` factor (bp) · ``exchange_level`` rate (1/10,000 yen) · ``budget_delay``
    days · ``budget_factor`` factor (bp) · ``tender_failure`` factor (bp), capped by ``cap`` (bp) · ``approval_block``
    days · ``posts_filled`` share (bp) · ``target`` units · ``losses`` share a month (bp) · ``grounding`` days ·
    ``bar`` (offers are not admitted).
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
    ]
    day: int
    end_day: int | None
    """First day on which it no longer holds; None is open."""
    announced_day: int
    """From this day policies may know of it."""
    subjects: tuple[str, ...]
    """Ids of what it strikes: offers, currencies, lines, products or missions, by kind; sorted."""
    fiscal_year: int | None
    size: int
    cap: int | None
    source: str


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


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rank correlation between two inputs, by number."""

    first: int
    second: int
    rho: float


@dataclass(frozen=True, slots=True)
class Experiment:
    """The study's size."""

    replications: int
    seed: int
    design: Literal["independent", "latin_hypercube"]
    event_limit: int
    """A run that schedules more events fails and says so."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything the model is told, resolved. Mappings are sorted by id."""

    id: str
    title: str
    clock: Clock
    parameters: Mapping[str, Input]
    """The file's named shared inputs, for formulas."""
    inputs: tuple[Input, ...]
    """Every parameter in order of path; ``inputs[i].number == i``."""
    correlations: tuple[Correlation, ...]
    currencies: Mapping[str, Currency]
    exchange_correlations: Mapping[tuple[str, str], int]
    """Of the monthly steps: (currency, currency) in sorted order -> basis points."""
    budget_calendar: BudgetCalendar
    lines: Mapping[str, Line]
    outlay_ceilings: Mapping[int, int]
    """Fiscal year -> yen over all lines; empty is no ceiling (R14)."""
    benches: Mapping[str, Bench]
    type_approvals: Mapping[str, TypeApproval]
    groundings: Mapping[str, Grounding]
    missions: Mapping[str, Mission]
    joint: tuple[str, ...]
    mission_sets: Mapping[str, tuple[str, ...]]
    strength_lambda: int
    """Basis points, 10,000 (linear) to 20,000 (square law) (R34)."""
    products: Mapping[str, Product]
    suppliers: Mapping[str, Supplier]
    slip_classes: Mapping[str, SlipClass]
    windows: Mapping[str, SupplierWindow]
    offers: Mapping[str, Offer]
    dated_orders: tuple[DatedOrder, ...]
    """History and announcements, by (contract day, id)."""
    shocks: tuple[Shock, ...]
    policies: Mapping[str, PolicySpec]
    experiment: Experiment
    facts: tuple[Fact, ...]
    """Every number of the file with its source, in order of path."""
