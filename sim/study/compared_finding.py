"""A comparison as tables: a row a policy and measure, and the looks that were taken.

Why: a verdict that is quoted must be traceable to its interval, its family and its futures.
"""

from __future__ import annotations

from typing import Any, Final

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.compare import Compared, How
from sim.study.decided import Decision
from sim.study.measures_compared import Measured
from sim.study.statistics.saving import Saving
from sim.study.trial import INTERVAL, Futures, cells

NAME: Final = "compare"
_SAVING: Final = tuple(
    f"{of}_{column}" for of in ("correlation", "variance_ratio") for column in INTERVAL
)  # fmt: skip
COLUMNS: Final = (
    "measure", "unit", "policy", "mean", "reference_mean", *INTERVAL, "zone", "verdict", "runs_more", "holm_p",
    *_SAVING,
)  # fmt: skip
"""``value`` to ``kind`` are the difference's: policy less reference."""


def compared_finding(
    scenario: Scenario, found: Decision, primary: Measured, how: How, futures: Futures, *, until_decided: bool
) -> Finding:
    """What a comparison found."""
    last = found.looks[-1]
    about: dict[str, Any] = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "replications": last.replications,
        "design": scenario.experiment.design,
        "reference": how.reference,
        "primary": primary.id,
        "family": f"each measure on its own: {len(found.tried.cases) - 1} policies against {how.reference}",
        "family_level": how.level,
        "zone_share": how.zone,
        "failed": found.tried.failed(),
        "rule": _rule(found, how, until_decided=until_decided),
        "most": futures.replications,
        "planned_looks": list(found.planned),
        "decided": found.decided,
        "titles": {
            "policies": {policy: scenario.policies[policy].title for policy in found.tried.cases},
            "measures": {row.measure.id: row.measure.title for row in found.rows},
        },
    }
    return Finding(
        NAME,
        about,
        {
            "comparisons": Grid(COLUMNS, tuple(_row(row) for row in found.rows)),
            "looks": Grid(
                ("replications", "level", "open"),
                tuple((look.replications, look.level, ", ".join(look.still_open)) for look in found.looks),
            ),
        },
    )


def _rule(found: Decision, how: How, *, until_decided: bool) -> str:
    if not until_decided:
        return "fixed number of futures"
    return "confidence sequence" if how.sequence else f"{len(found.planned)} planned looks, Bonferroni"


def _row(row: Compared) -> tuple[Any, ...]:
    return (
        row.measure.id, row.measure.unit, row.policy, row.own, row.reference, *cells(row.difference), row.zone,
        row.verdict.word, row.verdict.more, row.p_value, *_saving(row.saving),
    )  # fmt: skip


def _saving(found: Saving | None) -> tuple[Any, ...]:
    return (None,) * len(_SAVING) if found is None else tuple(cell for each in found for cell in cells(each))
