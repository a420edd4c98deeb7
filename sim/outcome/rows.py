"""The rows of the result tables: their columns, in the order they are stored, with meaning and unit.

Days are counted from the scenario's start, money is whole yen, and None means "not known", never zero.

Why: a table that is read years later has only its columns to explain it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class MissionRow(NamedTuple):
    """A mission at the end of its due day (R33, R34, R37).

    target − deployed = not_ordered + the places from ``tender`` to ``fielding`` + lost + retired + cancelled.
    """

    mission: str
    target: int
    """Units required on the due day, as last revised."""
    opening: int
    ordered: int
    deployed: int
    """All units in service, counted or not."""
    available: int
    met: bool
    """Whether the units that count reach the target."""
    reached_day: int
    """First day at whose end the units that count reach the target then in force; horizon + 1 if none."""
    strength: float
    """Of the units that count."""
    not_ordered: int
    """Target less opening stock less ordered; negative when more was ordered than wanted."""
    tender: int
    approval: int
    queue: int
    production: int
    waiting_parts: int
    shipping: int
    acceptance: int
    waiting_crew: int
    fielding: int
    lost: int
    retired: int
    cancelled: int
    reached: bool
    """Whether the target was reached by the horizon; False: ``reached_day`` is censored."""
    deployed_counted: int
    """Units in service of the mission's lowest quality or better."""
    strength_met: bool
    """Success asked by strength: S ≥ target^λ."""
    unit_cost: int | None
    """Cost of the mission's contracts per unit that entered service by the horizon; None where none did."""
    running_cost: int | None
    """Of the units in service from the day after the deadline through the horizon; None where not known."""


class MoneyRow(NamedTuple):
    """A line in a fiscal year (R13).

    Once the year is closed,
    appropriated + carried_in + returned = obligated + fx_charged + lapsed + carried_out.
    """

    line: str
    fiscal_year: int
    appropriated: int
    carried_in: int
    returned: int
    obligated: int
    fx_charged: int
    """Losses charged to the year's authority, settled debts of earlier years included."""
    lapsed: int
    carried_out: int
    owed: int
    """Debt that arose in the year."""
    paid: int
    """Outlays of the year, whatever year they were obligated in."""


class MonthRow(NamedTuple):
    """A mission at the end of a month."""

    month: int
    """Months since the month of the start."""
    mission: str
    deployed: int
    available: int
    in_pipeline: int
    """Ordered, and neither in service nor lost, retired or cancelled."""


class SpendingRow(NamedTuple):
    """A line in a month with any spending."""

    month: int
    line: str
    obligated: int
    paid: int


class OfferRow(NamedTuple):
    """What was bought on one offer for one mission, by the horizon."""

    offer: str
    mission: str
    signed: int
    """Units awarded."""
    deployed: int
    """Units that entered service."""
    deployed_due: int
    """Of these, by the mission's due day."""
    cost: int
    """Outlays, and obligations still open, at the planning rate; whole yen."""


class DeliveryRow(NamedTuple):
    """Units of an offer that entered service in a month."""

    offer: str
    month: int
    """Months since the month of the start."""
    deployed: int


class LineRow(NamedTuple):
    """A home line in a month, from the month it was ordered or first built in (R21, R25, R36)."""

    offer: str
    month: int
    built: int
    """Units for home orders."""
    exported: int
    """Units for requests from abroad."""
    promised: int
    """Units of the month by the firm's plan on the day the line was ordered."""
    opening_days: int
    """Days on which the line was being developed or prepared."""
    building_days: int
    parts_days: int
    """Days on which its next lot waited for parts and nothing was built."""
    idle_days: int
    """Days on which it was ready and had nothing to build."""
    minutes: int
    """Labour of the lots done."""
    labour_yen: int
    overhead_yen: int
    parts_yen: int
    """Of the lots done."""


class PartRow(NamedTuple):
    """Parts that went into a run's lots, by family and country of origin (R36)."""

    family: str
    origin: str
    pieces: int
    yen: int


class RunRow(NamedTuple):
    """The run as a whole."""

    all_met: bool
    """Every mission of the scenario's joint list met, each on its own due day."""
    fulfilment: float
    """Weighted over all missions, 0 to 1."""
    cost: int
    """Outlays, and obligations still open at the horizon at the planning rate."""
    fx: int
    """Paid above plan (negative: below): exchange, and price growth after signing."""
    home_share: float | None
    """Of the ordered units in service on their missions' due days; None where there are none."""
    owed: int
    """Debt still open at the horizon."""
    lapsed: int
    digest: str
    """Of the ledger."""
    running_cost: int | None
    """Sum of the missions'; None where one of them is not known."""
    home_value_share: float | None = None
    """Share of the contracts' cost that is home offers'; None where there is no contract."""
    home_rate: float | None = None
    """Units a month that home lines built in the three months up to the deadline's; None without home lines."""
    home_rate_later: float | None = None
    """The same a year after; None where the horizon does not reach so far."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run was worth: the rows it adds to each result table."""

    policy_id: str
    parameter_number: int
    luck_number: int
    missions: tuple[MissionRow, ...]
    money: tuple[MoneyRow, ...]
    monthly: tuple[MonthRow, ...]
    spending: tuple[SpendingRow, ...]
    run: RunRow
    offers: tuple[OfferRow, ...] = ()
    deliveries: tuple[DeliveryRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    parts: tuple[PartRow, ...] = ()
