"""Missions, products and what serves them, as resolved.

Every mission states how its units are tested, crewed, lost and counted.

Why: what a unit needs after it has arrived is asked of its mission, not of its maker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.scenario.resolved.beliefs import Input, Luck


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
