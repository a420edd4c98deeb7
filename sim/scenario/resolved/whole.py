"""A scenario as resolved, whole.

Mappings are sorted by id; no field is a None that would have to be worked out.

Why: everything downstream takes this one object and cannot see the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.scenario.resolved.beliefs import Correlation, Fact, Input
from sim.scenario.resolved.forces import Bench, Grounding, Mission, Product, TypeApproval
from sim.scenario.resolved.home import ExportRequests, Firm, PartFamily, PartSource, PartWindow
from sim.scenario.resolved.money import BudgetCalendar, Clock, Currency, Line
from sim.scenario.resolved.policy import Experiment, PolicySpec, Shock
from sim.scenario.resolved.supply import DatedOrder, Offer, SlipClass, Supplier, SupplierWindow


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
    """Imports and home offers."""
    dated_orders: tuple[DatedOrder, ...]
    """History and announcements, by (contract day, id)."""
    shocks: tuple[Shock, ...]
    policies: Mapping[str, PolicySpec]
    experiment: Experiment
    facts: tuple[Fact, ...]
    """Every number of the file with its source, in order of path."""
    firms: Mapping[str, Firm] = field(default_factory=dict)
    part_families: Mapping[str, PartFamily] = field(default_factory=dict)
    part_sources: Mapping[str, PartSource] = field(default_factory=dict)
    part_windows: Mapping[str, PartWindow] = field(default_factory=dict)
    export_requests: Mapping[str, ExportRequests] = field(default_factory=dict)
    worked_out: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What floors above have worked out from this scenario alone, once, by their own name for it; a changed copy starts
    with nothing."""
