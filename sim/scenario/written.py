"""A scenario as written: every section of the file, in planner's units and dates.

Unknown keys are refused everywhere; each field says what it is for, and the editor's schema repeats it.

Why: the written form serves the person at the desk, and nobody downstream ever has to read it.
"""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import (
    Confidence,
    Counts,
    Date,
    Entries,
    Id,
    MissionName,
    Source,
    Sourced,
    Text,
    Written,
)
from sim.scenario.kinds import NamedParameter
from sim.scenario.written_forces import (
    BenchWritten,
    GroundingWritten,
    MissionWritten,
    ProductWritten,
    TypeApprovalWritten,
)
from sim.scenario.written_home import (
    ExportRequestsWritten,
    FamilyWritten,
    FirmWritten,
    FlowWindowWritten,
    HomeOfferWritten,
    MakerWritten,
)
from sim.scenario.written_money import BudgetWritten, Currencies, ExchangeCorrelations
from sim.scenario.written_policy import PolicyWritten, ShockWritten
from sim.scenario.written_supply import (
    DatedOrderWritten,
    OfferWritten,
    SlipClassWritten,
    SupplierWritten,
    WindowWritten,
)

SCHEMA_VERSION = 1


class ClockWritten(Sourced):
    """The days that frame the study: start <= as_of <= deadline <= horizon."""

    start: Date
    """Day 0."""
    as_of: Date
    """Everything before this day is given; policies decide from it on."""
    deadline: Date
    """The question's day, simulated whole."""
    horizon: Date
    """The last day, simulated whole."""


class ExperimentWritten(Written):
    """The study's size."""

    replications: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    """Futures."""
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 1
    """Root of all luck."""
    design: Literal["independent", "latin_hypercube"] = "independent"
    """How parameters are sampled."""
    event_limit: Annotated[int, Field(strict=True, ge=1_000, le=10**9)] = 200_000
    """A run that schedules more events fails and says so."""


class CorrelationWritten(Sourced):
    """A rank correlation between uncertain inputs, named by their paths in the file."""

    between: Annotated[list[Text], Field(min_length=2, max_length=400)] | None = None
    """All pairs of these inputs; or else ``pairs``."""
    pairs: list[Annotated[list[Text], Field(min_length=2, max_length=2)]] | None = None
    """Single pairs; or else ``between``."""
    rho: Annotated[float, Field(strict=True, gt=-1, lt=1), Counts("1")]
    """Spearman's rank correlation."""


class Cited(Written):
    """Source and confidence of what stands at one path."""

    source: Source | None = None
    """A document and its date, or "assumption: why"."""
    confidence: Confidence | None = None
    """The weakest kind of evidence it rests on."""


class WrittenScenario(Sourced):
    """A scenario file, whole."""

    schema_version: Literal[1]
    """The version of this grammar."""
    id: Id
    """Name of the scenario, used for folders."""
    title: Text
    """Plain name."""
    notes: Text | None = None
    """Anything a reader should know."""
    clock: ClockWritten
    """The days that frame the study."""
    experiment: ExperimentWritten
    """The study's size."""
    parameters: Entries[NamedParameter] = Field(default_factory=dict)
    """Shared uncertain inputs, for formulas."""
    correlations: list[CorrelationWritten] = Field(default_factory=list)
    """Rank correlations between uncertain inputs."""
    currencies: Currencies = Field(default_factory=dict)
    """Foreign currencies; yen is built in."""
    exchange_correlations: ExchangeCorrelations = Field(default_factory=dict)
    """Correlations of the currencies' monthly steps."""
    budget: BudgetWritten
    """Lines of money and their calendar."""
    benches: Entries[BenchWritten] = Field(default_factory=dict)
    """Shared test benches."""
    type_approvals: Entries[TypeApprovalWritten] = Field(default_factory=dict)
    """Approvals that product groups need."""
    groundings: Entries[GroundingWritten] = Field(default_factory=dict)
    """Stops of fleets by luck."""
    missions: Entries[MissionWritten]
    """What is needed, by when."""
    joint: list[MissionName] = Field(default_factory=list)
    """Missions of the headline question."""
    mission_sets: dict[Id, list[MissionName]] = Field(default_factory=dict)
    """Named groups of missions, for reports."""
    strength_lambda: Annotated[float, Field(strict=True, ge=1, le=2)] = 1.0
    """Exponent of the strength measure: 1 linear, 2 square law (R34)."""
    products: Entries[ProductWritten] = Field(default_factory=dict)
    """Drone types."""
    suppliers: Entries[SupplierWritten] = Field(default_factory=dict)
    """Foreign suppliers; home firms stand under ``firms``."""
    slip_classes: Entries[SlipClassWritten] = Field(default_factory=dict)
    """How outcomes divide by promises."""
    windows: Entries[WindowWritten] = Field(default_factory=dict)
    """Times in which suppliers serve somebody else first."""
    offers: Entries[OfferWritten] = Field(default_factory=dict)
    """What can be bought abroad."""
    firms: Entries[FirmWritten] = Field(default_factory=dict)
    """Home firms."""
    home_offers: Entries[HomeOfferWritten] = Field(default_factory=dict)
    """What can be bought at home."""
    part_families: Entries[FamilyWritten] = Field(default_factory=dict)
    """Kinds of parts that home lines need."""
    part_sources: Entries[MakerWritten] = Field(default_factory=dict)
    """Who makes parts."""
    part_windows: Entries[FlowWindowWritten] = Field(default_factory=dict)
    """Times in which parts of an origin do not flow."""
    export_requests: Entries[ExportRequestsWritten] = Field(default_factory=dict)
    """Requests from abroad for home products."""
    dated_orders: Entries[DatedOrderWritten] = Field(default_factory=dict)
    """Orders signed before ``as_of``, or announced."""
    shocks: Entries[ShockWritten] = Field(default_factory=dict)
    """Dated events."""
    policies: Entries[PolicyWritten] = Field(default_factory=dict)
    """Candidate policies."""
    facts_used: dict[Text, Text] = Field(default_factory=dict)
    """Row of a facts table: where it is used, or why it is not."""
    sources: dict[Text, Cited] = Field(default_factory=dict)
    """Source of what stands at a path, where no mapping around it can say so; the loader notes overrides here."""
