"""The ramp: what home lines build a month, as it spreads over the futures, against what their firms promised.

Each month's rate is the mean of three months; promised is the plan on the day a line was ordered.

Why: every ramp on record fell behind its promise, and by how much is what a minister should hear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import isclose
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, PALE_SKY, SKY, VERMILION
from sim.report.material import Material
from sim.report.means import mean_units, whole_months
from sim.report.panels import ROOM, named_panels
from sim.report.time_axis import due, fiscal_years, month_ends
from sim.study.answer import PolicyAnswer
from sim.study.home import Rates, offers_of, rates

NAME: Final = "ramp"
HEADING: Final = "The ramp at home, promised and achieved"
LEAST: Final = 0.05
"""Units a month: what is promised below it is no promise of that month, but the first unit of a later one."""
_COLUMNS: Final = ("replication", "offer", "month", "built", "exported", "promised")


class Panel(NamedTuple):
    """One firm's lines together."""

    firm: str
    found: Rates


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for: a panel a firm that built or promised anything."""
    policy = material.policy(asked.policy)
    runs = material.of_runs(policy.policy, ("replication",))["replication"]
    if not material.scenario.firms or not len(runs):
        return
    columns = material.columns("lines", policy.policy, _COLUMNS)
    found = [
        Panel(firm, rates(columns, material.scenario, runs, offers_of(material.scenario, firm)))
        for firm in material.scenario.firms
    ]
    panels = [panel for panel in found if panel.found.promised.any() or panel.found.mean.any()]
    if panels:
        yield Chart(
            chart_name(NAME, policy.policy),
            _words(material, policy, panels),
            _numbers(material, policy, panels),
            partial(_draw, material, panels),
        )


def _words(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Words:
    whole = whole_months([material.clock.deadline_day], material.calendar)
    return Words(
        _title(policy, [_at_deadline(material, panel) for panel in panels]),
        "Units a month of each firm’s lines together, exports included; dashed: what the firms promised when their"
        " lines were ordered. Under each name, means at the deadline: built a month; of what is promised, how much the"
        " lines of the promise build.",
        "Light band P10–P90, dark band P25–P75, line the mean of the futures; promised is a mean too. Each month with"
        " the two before it. A firm’s promise follows its capacity, not the orders it has; none is drawn of lines that"
        f" stood from the start.{whole} {material.footing([policy])}",
    )


class AtDeadline(NamedTuple):
    """Units a month of a firm's lines at the deadline, in the mean."""

    built: float
    promised: float
    kept: float
    """Built by the lines that something was promised of."""


def _at_deadline(material: Material, panel: Panel) -> AtDeadline:
    month = material.calendar.month_index(material.clock.deadline_day)
    return AtDeadline(*(float(each[month]) for each in (panel.found.mean, panel.found.promised, panel.found.kept)))


def _title(policy: PolicyAnswer, firms: Sequence[AtDeadline]) -> str:
    built = sum(firm.built for firm in firms)
    rate = f"build {mean_units(built)} units a month" if built else "build nothing yet"
    title = f"At the deadline home lines {rate} under “{policy.title}”"
    # What lines with a promise build is held against it; what stood from the start was promised by nobody.
    bound = [firm for firm in firms if firm.promised >= LEAST]
    if not bound:
        return title
    kept, promised = sum(firm.kept for firm in bound), sum(firm.promised for firm in bound)
    whose = "they" if isclose(kept, built) else "newly ordered lines"
    return f"{title}; {whose} keep {mean_units(kept) if kept else 'none'} of the {mean_units(promised)} promised"


def _under(firm: AtDeadline) -> str:
    told = f"{mean_units(firm.built) if firm.built else 'nothing'} built"
    if firm.promised < LEAST:
        return f"{told}, nothing promised by then"
    return f"{told}; {mean_units(firm.kept) if firm.kept else 'none'} of {mean_units(firm.promised)} promised"


def _numbers(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Numbers:
    columns = (
        "policy",
        "firm",
        "month_end",
        "p10",
        "p25",
        "p50",
        "p75",
        "p90",
        "mean",
        "promised_mean",
        "kept_mean",
        "n",
        "N",
    )
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    days = month_ends(material.clock)
    rows: list[tuple[Any, ...]] = []
    for firm, found in panels:
        means = zip(found.mean, found.promised, found.kept, strict=True)
        for day, spread, told in zip(days, found.quantiles.T, means, strict=True):
            rows.append((policy.policy, firm, material.calendar.iso(day), *map(float, (*spread, *told)), n, asked))
    return Numbers(columns, rows)


def _draw(material: Material, panels: Sequence[Panel], words: Words) -> Figure:
    names = [(material.scenario.firms[panel.firm].title, _under(_at_deadline(material, panel))) for panel in panels]
    figure, axes = named_panels(words, names, ROOM._replace(height=1.3))
    for each, panel in zip(axes, panels, strict=True):
        _panel(each, material, panel.found)
        due(each, material.clock.deadline_day, material.calendar, said=False)
    return figure


def _panel(axes: Axes, material: Material, found: Rates) -> None:
    days = month_ends(material.clock)
    fiscal_years(axes, material.calendar, 0, material.clock.horizon_day)
    low, quarter, _, three, high = found.quantiles
    axes.fill_between(days, low, high, color=PALE_SKY, linewidth=0)
    axes.fill_between(days, quarter, three, color=SKY, linewidth=0)
    axes.plot(days, found.mean, color=BLUE)
    if found.promised.any():
        axes.plot(days, found.promised, color=VERMILION, linewidth=1.4, dashes=(5, 2))
    axes.set_ylim(0, 1.15 * max(float(top.max()) for top in (high, found.mean, found.promised, np.ones(1))))
    axes.grid(axis="y")
