"""A choice as tables: a row a policy, its fate in the race, and its scores there and when judged.

Why: a choice that is quoted must be traceable to its promise and to the futures it was made and judged on.
"""

from __future__ import annotations

from typing import Any, Final

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.choose import SEARCH, Chosen
from sim.study.statistics import Interval
from sim.study.statistics.selection import FIRST_STAGE, MACRO_RUNS
from sim.study.trial import INTERVAL, Futures, cells

NAME: Final = "choose"
COLUMNS: Final = (
    "policy", "fate", "search_runs", *(f"search_{name}" for name in INTERVAL), *(f"judged_{name}" for name in INTERVAL),
    *(f"fell_{name}" for name in INTERVAL),
)  # fmt: skip


def chosen_finding(scenario: Scenario, found: Chosen, searching: Futures, judging: Futures) -> Finding:
    """What a choice found."""
    raced = found.raced
    about: dict[str, Any] = {
        "scenario": scenario.id,
        "title": scenario.title,
        **judging.about(),
        "measure": found.measure.id,
        "zone": found.zone,
        "confidence": found.confidence,
        "procedure": "Kim & Nelson 2001, common random numbers",
        "macro_runs": MACRO_RUNS,
        "first_stage": FIRST_STAGE,
        "search_purpose": SEARCH,
        "most_runs": searching.replications,
        "over_at_the_latest_after": raced.most,
        "chosen": raced.chosen,
        "left": list(raced.left),
        "doubles": list(found.doubles),
        "titles": {
            "policies": {policy: scenario.policies[policy].title for policy in found.judged.scores},
            "measure": found.measure.title,
        },
    }
    return Finding(
        NAME, about, {"policies": Grid(COLUMNS, tuple(_row(found, policy) for policy in found.judged.scores))}
    )


def _row(found: Chosen, policy: str) -> tuple[Any, ...]:
    raced, judged = found.raced, found.judged
    dropped = {each.policy: each.runs for each in raced.dropped}
    fate = "dropped" if policy in dropped else "chosen" if policy == raced.chosen else "left"
    return (
        policy, fate, dropped.get(policy, raced.runs), *_or_nothing(raced.scores.get(policy)),
        *cells(judged.scores[policy]), *_or_nothing(judged.fell.get(policy)),
    )  # fmt: skip


def _or_nothing(found: Interval | None) -> tuple[Any, ...]:
    return (None,) * len(INTERVAL) if found is None else cells(found)
