"""How an input is told: its name in words, its values with their unit, and how sure the file is of it.

A supplier's lateness is a score; it is told as the slip that the score makes typical, outcome over promise; where its
offers slip in several ways, with the share of suppliers that are less late.

Why: "suppliers.baykar.lateness > 0.62" is true, and no planner can act on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, sqrt
from types import MappingProxyType
from typing import Final

from sim.distributions import normal_cdf
from sim.future.inputs import InputSheet
from sim.scenario.resolved import Input, Scenario, SlipClass

CONFIDENCES: Final = ("official", "reported", "inferred", "assumption")
"""The surest first."""
_LATENESS: Final = "lateness"
_SINGULAR: Final[Mapping[str, str]] = MappingProxyType(
    {"currencies": "currency", "benches": "bench", "slip_classes": "slip class", "type_approvals": "type approval"}
)


def words(step: str) -> str:
    """A step of a path in words."""
    return step.replace("_", " ")


def title_of(scenario: Scenario, path: str) -> str:
    """Name of an input: what it belongs to, then what it is of it."""
    steps = path.split(".")
    if steps[0] == "parameters":
        return words(steps[1])
    if steps[:2] == ["budget", "lines"]:
        line = scenario.lines[steps[2]].title if steps[2] in scenario.lines else words(steps[2])
        return f"{line}: {_of_line(steps[3:])}"
    owner = _owner(scenario, steps)
    rest = " ".join(words(step) for step in steps[2:])
    if steps[0] == "suppliers" and steps[-1] == _LATENESS:
        rest = "slip" if _slip(scenario, steps[1]) is not None else "lateness score"
    return f"{owner}: {rest}" if rest else owner


def _of_line(steps: list[str]) -> str:
    if len(steps) >= 2 and steps[0] == "years":
        return f"FY{steps[1]} {' '.join(words(step) for step in steps[2:])}"
    return " ".join(words(step) for step in steps)


def _owner(scenario: Scenario, steps: list[str]) -> str:
    """Title of what a path's second step names, or its words."""
    if len(steps) < 2:
        return words(steps[0])
    titled = getattr(scenario, steps[0], None)
    title = getattr(titled[steps[1]], "title", None) if isinstance(titled, Mapping) and steps[1] in titled else None
    return str(title) if title else f"{_SINGULAR.get(steps[0], words(steps[0]).removesuffix('s'))} {words(steps[1])}"


def _slip(scenario: Scenario, supplier: str) -> SlipClass | None:
    """The slip class of all of a supplier's offers; None where they have several."""
    classes = _classes(scenario, supplier)
    return scenario.slip_classes[classes[0]] if len(classes) == 1 else None


def _classes(scenario: Scenario, supplier: str) -> list[str]:
    offers = [offer for offer in scenario.offers.values() if offer.supplier == supplier]
    return sorted({offer.slip_class for offer in offers if offer.slip_class is not None})


def value_of(scenario: Scenario, which: Input, value: float) -> str:
    """A canonical value with its unit."""
    return _value(scenario, which, value).replace("-", "−")


def _value(scenario: Scenario, which: Input, value: float) -> str:
    steps = which.path.split(".")
    if which.unit == "sd" and steps[-1] == _LATENESS:
        slip = _slip(scenario, steps[1])
        if slip is not None:
            share = _usual(scenario, slip.supplier_share)
            return f"{exp(slip.log_mean + slip.log_sd * sqrt(share) * value):.2f}"
        return f"{value:.2f} (P{100 * normal_cdf(value):.0f})"
    return _amount(scenario, which, value)


def _usual(scenario: Scenario, which: Input) -> float:
    """The middle of an input's belief; of one with a formula its value where all else is at its mode."""
    return InputSheet(scenario).at_modes()[which.number] if which.belief is None else which.belief.quantile(0.5)


def _amount(scenario: Scenario, which: Input, value: float) -> str:
    unit = which.unit
    if unit == "yen":
        return _yen(value)
    if unit == "minor":
        return _minor(scenario, which.path, value)
    if unit == "rate":
        return f"{value:,.0f} a year" if value >= 10 else f"{value:.2g} a year"
    if unit in ("share", "event"):
        return f"{100 * value:.3g} %" + (" a year" if unit == "event" else "")
    formats = {
        "day": "{:,.0f} days",
        "rate": "{:,.3g} a year",
        "exchange": "¥{:.1f}",
        "factor": "{:.2f}",
        "sd": "{:.2f}",
    }
    return formats.get(unit, "{:,.0f}").format(value)


def _yen(value: float) -> str:
    for size, name in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"¥{value / size:,.1f}{name}"
    return f"¥{value:,.0f}"


def _minor(scenario: Scenario, path: str, value: float) -> str:
    """Money of an offer in its own currency."""
    steps = path.split(".")
    offer = scenario.offers.get(steps[1]) if steps[0] == "offers" else None
    if offer is None or offer.currency not in scenario.currencies:
        return _yen(value)
    major = value / scenario.currencies[offer.currency].minor_per_major
    told = f"{major / 1e6:,.2f} m" if abs(major) >= 1e6 else f"{major:,.0f}"
    return f"{offer.currency} {told}"


def confidence_of(scenario: Scenario, path: str) -> str:
    """How sure the file is of an input; of a lateness, of the weakest number of the slip it is a part of."""
    steps = path.split(".")
    if steps[0] == "suppliers" and steps[-1] == _LATENESS:
        wanted = [f"slip_classes.{name}." for name in _classes(scenario, steps[1])]
        return weakest(fact.confidence for fact in scenario.facts if any(fact.path.startswith(each) for each in wanted))
    return weakest(fact.confidence for fact in scenario.facts if fact.path == path)


def weakest(confidences: Iterable[str]) -> str:
    """The least sure of some; an assumption where there are none.

    >>> weakest(["reported", "inferred"]), weakest([])
    ('inferred', 'assumption')
    """
    return max(confidences, key=CONFIDENCES.index, default=CONFIDENCES[-1])
