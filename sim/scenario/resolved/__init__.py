"""A scenario as resolved: whole numbers, canonical units, days instead of dates.

Nothing below this floor's door sees the file as it was written; every field here has a value,
so no reader downstream has to work one out or guess a default.

Why: two forms of one scenario keep the shorthand at the desk and the arithmetic in the model.
"""

from __future__ import annotations

from sim.scenario.resolved.beliefs import BeliefUnit, Correlation, Fact, Input, Luck
from sim.scenario.resolved.forces import Bench, Crew, Grounding, Mission, Product, TypeApproval
from sim.scenario.resolved.home import (
    Development,
    ExportRequests,
    Firm,
    HomeLevers,
    HomeLine,
    KitPart,
    KnownRequest,
    LongLeadLever,
    PartFamily,
    PartSource,
    PartWindow,
    SecondSourceLever,
    SubsidyLever,
    ToolingLever,
    ToolingStep,
    User,
)
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
    "Development",
    "Experiment",
    "ExportRequests",
    "Fact",
    "Firm",
    "GovernmentSale",
    "Grounding",
    "HomeLevers",
    "HomeLine",
    "Input",
    "KitPart",
    "KnownRequest",
    "Levers",
    "Line",
    "ListedOffer",
    "LongLeadLever",
    "Luck",
    "Mission",
    "MissionRule",
    "Offer",
    "PartFamily",
    "PartSource",
    "PartWindow",
    "Payment",
    "PolicySpec",
    "Product",
    "Scenario",
    "ScheduledOrder",
    "SeatsLever",
    "SecondSourceLever",
    "Shock",
    "SlipClass",
    "SubsidyLever",
    "Supplementary",
    "Supplier",
    "SupplierWindow",
    "ToolingLever",
    "ToolingStep",
    "TypeApproval",
    "Use",
    "User",
]
