"""Findings of small trials for the tests of how they are told; each is worked out once."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sim.store import Study, load
from sim.store.finding import Finding
from sim.study.aftermath import aftermath
from sim.study.batch import Ask, run_batch
from sim.study.bottlenecks import bottlenecks, limits_asked
from sim.study.confidence import asked_of, joint_confidence
from sim.study.deadlines import deadlines
from sim.study.decisions import decisions_of
from sim.study.orders import in_the_plan, of_orders
from sim.study.quality import quality
from sim.study.robustness import World, robustness
from sim.study.slopes import slopes
from sim.study.trial import Futures
from sim.study.waterfall import waterfall
from tests.rooms.study.handmade import tiny
from tests.stories.forces import shock

TINY = tiny().scenario
FUTURES = Futures(3, 1)
RULE = "quantity_first"
NAMES = (
    "aftermath", "bottlenecks", "confidence", "deadlines", "quality", "robustness", "slopes", "waterfall",
)  # fmt: skip


@cache
def study() -> Study:
    """Five futures of both policies, with losses after the deadline."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    losses = (
        "{kind: losses, from: 2028-04-01, subjects: {missions: [small_attack]}, size: {value: 15, unit: percent/month},"
        " source: 'assumption: the test has it so', confidence: assumption}"
    )
    return load(run_batch(tiny(f"shocks={{war: {losses}}}"), Ask(replications=5, out=folder / "study")))


@cache
def finding(name: str) -> Finding:
    """The finding of this name."""
    return {
        "aftermath": lambda: aftermath(study(), study().policies),
        "bottlenecks": lambda: bottlenecks(TINY, RULE, limits_asked(("money", "slip", "tender", "parts")), FUTURES),
        "confidence": lambda: joint_confidence(study(), _asked()),
        "deadlines": _deadlines,
        "quality": lambda: quality(TINY, RULE, FUTURES, shares=(0, 5_000, 10_000), lambdas=(10_000, 20_000)),
        "robustness": _robustness,
        "slopes": lambda: slopes(TINY, RULE, FUTURES),
        "waterfall": lambda: waterfall(study(), (RULE,)),
    }[name]()


def _asked():
    return asked_of(study(), RULE, ("small_attack",), quantity=None, day=None, cost_yen=None, wanted=0.5)


def _deadlines() -> Finding:
    spec = TINY.policies[RULE]
    questions = [
        *of_orders(TINY, ["drone40_defendtex", "tb2_baykar"], ()), *in_the_plan(TINY, spec, ["drone40_defendtex"]),
        *decisions_of(TINY, spec, inside=False),
    ]  # fmt: skip
    return deadlines(TINY, questions, FUTURES, every_months=9)


def _robustness() -> Finding:
    late = replace(TINY, shocks=(shock("budget_delay", 366, 50, fiscal_year=2026),))
    worlds = [World("as_planned", "As planned", TINY), World("late", "Budget late", late)]
    return robustness(list(TINY.policies), worlds, FUTURES)
