"""Resolving missions, products, benches, approvals and groundings.

A mission without a due date is due on the deadline; shares become basis points.

Why: what is needed by when is the question itself, and it is stated without a default further down.
"""

from __future__ import annotations

from sim.scenario.desk import Desk
from sim.scenario.resolved import Bench, Crew, Grounding, Mission, Product, TypeApproval
from sim.scenario.written_forces import CrewWritten, MissionWritten
from sim.units import basis_points


def benches(desk: Desk) -> dict[str, Bench]:
    """Test benches by id."""
    written = sorted(desk.written.benches.items())
    return {name: Bench(name, bench.title, desk.parameter("benches", name, "places")) for name, bench in written}


def type_approvals(desk: Desk) -> dict[str, TypeApproval]:
    """Type approvals by id."""
    return {name: _type_approval(desk, name) for name in sorted(desk.written.type_approvals)}


def _type_approval(desk: Desk, name: str) -> TypeApproval:
    path = ("type_approvals", name)
    return TypeApproval(
        id=name,
        paper=desk.luck(*path, "paper"),
        trial=desk.luck(*path, "trial"),
        block_chance=desk.parameter(*path, "block_chance"),
        block_length=desk.luck(*path, "block_length"),
    )


def groundings(desk: Desk) -> dict[str, Grounding]:
    """Groundings by id."""
    return {
        name: Grounding(name, desk.parameter("groundings", name, "chance"), desk.luck("groundings", name, "length"))
        for name in sorted(desk.written.groundings)
    }


def missions(desk: Desk) -> dict[str, Mission]:
    """Missions by id."""
    return {name: _mission(desk, name, mission) for name, mission in sorted(desk.written.missions.items())}


def _mission(desk: Desk, name: str, written: MissionWritten) -> Mission:
    path = ("missions", name)
    running_cost = desk.parameter(*path, "running_cost")
    return Mission(
        id=name,
        title=written.title,
        domain=written.domain,
        counted_as=written.counted_as,
        target=desk.parameter(*path, "target"),
        due_day=desk.day(written.due or desk.written.clock.deadline),
        weight=written.weight,
        lines=tuple(written.lines),
        opening_stock=written.opening_stock,
        lowest_quality=basis_points(written.lowest_quality),
        crew=None if written.crew is None else _crew(desk, name, written.crew),
        acceptance=desk.luck(*path, "acceptance"),
        bench=written.bench,
        fielding=desk.luck(*path, "fielding"),
        loss=desk.parameter(*path, "loss"),
        life_months=written.life_months,
        running_cost_yen=running_cost if running_cost.unit == "yen" else None,
        running_cost_share=running_cost if running_cost.unit == "share" else None,
    )


def _crew(desk: Desk, mission: str, written: CrewWritten) -> Crew:
    path = ("missions", mission, "crew")
    return Crew(
        block_units=written.block_units,
        people_per_block=desk.parameter(*path, "people_per_block"),
        course=desk.luck(*path, "course"),
        seats_per_month=written.seats_per_month,
        opening_day=desk.day(written.opens),
        pass_rate=desk.parameter(*path, "pass_rate"),
        posts_filled=desk.parameter(*path, "posts_filled"),
        leaving=desk.parameter(*path, "leaving"),
        opening_people=written.opening_people,
        extra_seats_lead=desk.luck(*path, "extra_seats", "lead"),
        extra_seat_yen=desk.fixed(*path, "extra_seats", "price"),
        extra_seat_line=written.extra_seats.line,
    )


def products(desk: Desk) -> dict[str, Product]:
    """Products by id."""
    return {
        name: Product(
            id=name,
            title=written.title,
            mission=written.mission,
            tier=written.tier,
            quality=desk.fixed("products", name, "quality"),
            type_approval=written.type_approval,
            grounding=written.grounding,
        )
        for name, written in sorted(desk.written.products.items())
    }
