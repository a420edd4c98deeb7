"""Resolving policies and shocks.

Levers a mission does not state are the policy's, then the grammar's; shocks name the ids they strike.

Why: the default of every lever stands in one table, beside its meaning in the written form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, get_args

from sim.scenario.check_shock import KINDS, struck
from sim.scenario.desk import Desk
from sim.scenario.inputs import whole
from sim.scenario.resolve_levers import home_levers
from sim.scenario.resolved import (
    Levers,
    ListedOffer,
    MissionRule,
    PolicySpec,
    ScheduledOrder,
    SeatsLever,
    Shock,
    User,
)
from sim.scenario.written_policy import MissionRuleWritten, PolicyWritten, ScheduledOrderWritten, ShockWritten
from sim.units import basis_points, round_half_up

_DEFAULTS: Final[Mapping[str, Any]] = {
    "high_tier_share": 0.0,
    "foreign_share": {},
    "over_order_margin": 0.0,
    "suppliers": 1,
    "country_cap": 1.0,
    "ranking": "on_time_per_yen",
    "schedule_margin": 1.0,
    "least_on_time": 0.0,
    "switch": None,
    "tenders_prepared_days": 0,
    "contract_years": 5,
}


def policies(desk: Desk) -> dict[str, PolicySpec]:
    """Policies by id."""
    return {name: _policy(desk, name, policy) for name, policy in sorted(desk.written.policies.items())}


def _policy(desk: Desk, name: str, written: PolicyWritten) -> PolicySpec:
    return PolicySpec(
        id=name,
        title=written.title,
        rule=written.rule,
        missions=tuple(_mission_rule(desk, written, mission) for mission in _priority(desk, written)),
        line_split={
            line: {mission: basis_points(share) for mission, share in sorted(split.items())}
            for line, split in sorted(written.line_split.items())
        },
        orders=tuple(_order(desk, order) for order in written.orders),
        seats=tuple(SeatsLever(one.mission, whole(one.extra_share), desk.day(one.from_day)) for one in written.seats),
        review_months=written.review_months,
        home=home_levers(desk, written),
    )


def _priority(desk: Desk, written: PolicyWritten) -> tuple[str, ...]:
    """Missions in order of priority; equal weights stay in the written order."""
    if isinstance(written.priority, list):
        return tuple(written.priority)
    if written.priority == "by_weight":
        return tuple(sorted(written.missions, key=lambda mission: -desk.written.missions[mission].weight))
    return tuple(written.missions)


def _mission_rule(desk: Desk, policy: PolicyWritten, mission: str) -> MissionRule:
    written = policy.missions[mission]
    rule = written.rule or _own_rule(policy)
    return MissionRule(mission, rule, _levers(desk, policy, written, staged=rule == "staged"))


def _own_rule(policy: PolicyWritten) -> Literal["shares", "close_gap", "staged"]:
    assert policy.rule != "scheduled" and policy.rule != "nothing", "checked: such a policy has no missions"
    return policy.rule


def _levers(desk: Desk, policy: PolicyWritten, mission: MissionRuleWritten, *, staged: bool) -> Levers:
    lever = {name: _stated(name, mission, policy) for name in _DEFAULTS}
    return Levers(
        mass_offers=_listed(mission.mass),
        high_offers=_listed(mission.high),
        high_tier_share=basis_points(lever["high_tier_share"]),
        foreign_share={year: basis_points(share) for year, share in sorted(lever["foreign_share"].items())},
        over_order_margin=basis_points(lever["over_order_margin"]),
        suppliers=lever["suppliers"],
        country_cap=basis_points(lever["country_cap"]),
        ranking=lever["ranking"],
        schedule_margin=basis_points(lever["schedule_margin"]),
        least_on_time=basis_points(lever["least_on_time"]),
        switch_day=desk.day_or_none(lever["switch"]) if staged else None,
        tenders_prepared_days=lever["tenders_prepared_days"],
        contract_years=lever["contract_years"],
        home_offers=_listed(mission.home),
    )


def _stated(lever: str, mission: MissionRuleWritten, policy: PolicyWritten) -> Any:
    """A lever as the mission states it, else the policy, else the grammar."""
    for written in (mission, policy.levers):
        value = getattr(written, lever)
        if value is not None:
            return value
    return _DEFAULTS[lever]


def _listed(offers: Mapping[str, float]) -> tuple[ListedOffer, ...]:
    return tuple(ListedOffer(offer, basis_points(weight)) for offer, weight in offers.items())


def _order(desk: Desk, written: ScheduledOrderWritten) -> ScheduledOrder:
    return ScheduledOrder(
        day=desk.day(written.day),
        offer=written.offer,
        mission=written.mission,
        quantity=written.quantity,
        line=written.line,
        cancel_day=desk.day_or_none(written.cancel),
    )


def shocks(desk: Desk) -> tuple[Shock, ...]:
    """Shocks by (day, id)."""
    found = [shock for name, written in desk.written.shocks.items() for shock in _shocks(desk, name, written)]
    return tuple(sorted(found, key=lambda shock: (shock.day, shock.id)))


def _shocks(desk: Desk, name: str, written: ShockWritten) -> Iterator[Shock]:
    """One shock; an exchange level is one for each currency, the others in proportion to their rates at the start."""
    subjects = struck(desk.written, written)
    if written.kind != "exchange_level":
        size = 0 if written.size is None else whole(written.size)
        yield _shock(desk, name, written, subjects, size)
        return
    assert written.size is not None, "checked: an exchange level has a size"
    main = written.size.form.unit.removeprefix("JPY per ")
    for currency in subjects:
        size = whole(written.size)
        if currency != main:
            ratio = _rate_at_start(desk, currency) / _rate_at_start(desk, main)
            size = round_half_up(size * ratio)
        yield _shock(desk, name if currency == main else f"{name}.{currency}", written, (currency,), size)


def _rate_at_start(desk: Desk, currency: str) -> float:
    return desk.written.currencies[currency].rate_at_start.value()


def _shock(desk: Desk, name: str, written: ShockWritten, subjects: tuple[str, ...], size: int) -> Shock:
    day = desk.day(written.from_day)
    end_day = desk.day_or_none(written.until)
    if written.months is not None:
        end_day = desk.calendar.add_months(day, written.months)
    source = desk.citations.of(("shocks", name.split(".")[0])).source
    assert source is not None, "checked: every shock states its source"
    return Shock(
        id=name,
        kind=written.kind,
        day=day,
        end_day=end_day,
        announced_day=day if written.announced is None else desk.day(written.announced),
        subjects=subjects if KINDS[written.kind].strikes is not None else (),
        fiscal_year=written.fiscal_year,
        size=size,
        cap=None if written.cap is None else whole(written.cap),
        source=source,
        origins=tuple(sorted(written.subjects.origins)) if isinstance(written.subjects.origins, list) else (),
        users=_users(written),
        stock_lost_months=basis_points(written.stock_lost_months or 0.0),
    )


def _users(written: ShockWritten) -> tuple[User, ...]:
    """Whom a shock to parts strikes, both where nothing is said; nobody in particular for any other kind."""
    if written.kind != "part_flow":
        return ()
    return tuple(sorted(written.subjects.users or get_args(User)))
