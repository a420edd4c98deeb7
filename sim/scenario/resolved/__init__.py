"""A scenario as resolved: whole numbers, canonical units, days instead of dates.

Nothing below this floor's door sees the file as it was written; every field here has a value,
so no reader downstream has to work one out or guess a default.

Why: two forms of one scenario keep the shorthand at the desk and the arithmetic in the model.
"""

from __future__ import annotations

from sim.scenario.resolved.beliefs import BeliefUnit, Correlation, Fact, Input, Luck
from sim.scenario.resolved.forces import Bench, Crew, Grounding, Mission, Product, TypeApproval
from sim.scenario.resolved.money import (
    Appropriation,
    BudgetCalendar,
    Clock,
    Currency,
    Line,
    Payment,
    Supplementary,
    Use,
)
from sim.scenario.resolved.policy import (
    Experiment,
    Levers,
    ListedOffer,
    MissionRule,
    PolicySpec,
    ScheduledOrder,
    SeatsLever,
    Shock,
)
from sim.scenario.resolved.supply import (
    DatedOrder,
    Delivery,
    GovernmentSale,
    Offer,
    SlipClass,
    Supplier,
    SupplierWindow,
)
from sim.scenario.resolved.whole import Scenario

__all__ = [
    "Appropriation",
    "BeliefUnit",
    "Bench",
    "BudgetCalendar",
    "Clock",
    "Correlation",
    "Crew",
    "Currency",
    "DatedOrder",
    "Delivery",
    "Experiment",
    "Fact",
    "GovernmentSale",
    "Grounding",
    "Input",
    "Levers",
    "Line",
    "ListedOffer",
    "Luck",
    "Mission",
    "MissionRule",
    "Offer",
    "Payment",
    "PolicySpec",
    "Product",
    "Scenario",
    "ScheduledOrder",
    "SeatsLever",
    "Shock",
    "SlipClass",
    "Supplementary",
    "Supplier",
    "SupplierWindow",
    "TypeApproval",
    "Use",
]
