"""The forces' sections of a scenario file as written: missions, products, benches, approvals, groundings.

Rules R27 to R29 and R33: what is needed, by when, and what lies between the dock and service.

Why: a drone in a crate is not a drone in service, and the difference is people, tests and papers.
"""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import (
    BenchName,
    Counts,
    Date,
    Fraction,
    GroundingName,
    LineName,
    MissionName,
    People,
    Sourced,
    Stock,
    Text,
    TypeApprovalName,
    Units,
    Weight,
)
from sim.scenario.kinds import (
    DayLuck,
    FixedYen,
    PeopleParameter,
    PlacesParameter,
    QualityFactor,
    RunningCost,
    ShareParameter,
    TargetParameter,
    YearlyEventParameter,
    YearlyShareParameter,
)


class BenchWritten(Sourced):
    """A shared test bench."""

    title: Text
    """Plain name."""
    places: PlacesParameter
    """Lots under test at once."""


class TypeApprovalWritten(Sourced):
    """What a product group needs before its first unit may serve."""

    paper: DayLuck
    """Paper part, from the award."""
    trial: DayLuck
    """Trial part, from the first arrival."""
    block_chance: ShareParameter
    """That a very long block falls."""
    block_length: DayLuck
    """Its length."""


class GroundingWritten(Sourced):
    """Stops of a whole fleet, by luck, per product."""

    chance: YearlyEventParameter
    """That one falls in a fiscal year."""
    length: DayLuck
    """How long it lasts."""


class ExtraSeats(Sourced):
    """Course seats that a policy may buy."""

    lead: DayLuck
    """From the purchase to the first course."""
    price: FixedYen
    """One extra seat for one month."""
    line: LineName
    """The budget line that pays."""


class CrewWritten(Sourced):
    """A mission's people."""

    block_units: Units
    """People serve blocks of so many units; the need rounds up."""
    people_per_block: PeopleParameter
    """People for one block."""
    course: DayLuck
    """Length of a course."""
    seats_per_month: People
    """People who may start a course each month."""
    opens: Date
    """Day of the first course."""
    pass_rate: ShareParameter
    """Share of a course that passes."""
    posts_filled: ShareParameter
    """Share of the seats that have a person."""
    leaving: YearlyShareParameter
    """Share of trained people who leave in a year."""
    opening_people: People = 0
    """Trained people on the first day."""
    extra_seats: ExtraSeats
    """Seats that a policy may buy."""


class MissionWritten(Sourced):
    """A role with a required quantity and a due date."""

    title: Text
    """Plain name."""
    domain: Literal["air", "surface", "underwater"]
    """Where it works."""
    counted_as: Text
    """What one unit is: a set, an aircraft, a boat."""
    target: TargetParameter
    """Units wanted in service on the due day."""
    due: Date | None = None
    """The due date; by default the clock's deadline."""
    weight: Weight
    """Priority in the weighted fulfilment."""
    lines: Annotated[list[LineName], Field(min_length=1)]
    """Budget lines that may pay, in their order."""
    opening_stock: Stock = 0
    """Units in service on the first day."""
    lowest_quality: Annotated[Fraction, Counts("1")] = 0.0
    """Units of a lower quality are deployed but not counted."""
    crew: CrewWritten | None = None
    """The mission's people; without it no crew is needed."""
    acceptance: DayLuck
    """Length of a lot's test."""
    bench: BenchName | None = None
    """The test bench; without it the test has no queue."""
    fielding: DayLuck
    """From accepted and crewed to in service at the base."""
    loss: YearlyShareParameter
    """Share of deployed units lost in a year."""
    life_months: Annotated[int | None, Field(strict=True, ge=1, le=1_200), Counts("month")] = None
    """Months from fielding to retirement; without it there is no limit."""
    running_cost: RunningCost
    """A deployed unit's yearly cost: a share of its price, or yen."""


class ProductWritten(Sourced):
    """A drone type that serves one mission."""

    title: Text
    """Plain name."""
    mission: MissionName
    """The mission it serves."""
    tier: Literal["high", "mass"]
    """High quality or mass."""
    quality: QualityFactor
    """Worth of one unit in units of the mission's reference product."""
    type_approval: TypeApprovalName | None = None
    """What it needs before it may serve; without it, approved already."""
    grounding: GroundingName | None = None
    """By which luck its fleet is stopped; without it, never."""


MissionSets = dict[str, list[MissionName]]
