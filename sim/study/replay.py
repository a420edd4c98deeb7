"""One run again, as dated sentences.

A stored run that is run again must have the ledger it had; where it has not, that is said and not smoothed over.

Why: a number out of three hundred runs is believed when somebody has read what happened in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sim.engine import simulate
from sim.engine.entries import Available, Entry, ExchangeRate, MonthEnd
from sim.engine.ledger import Run
from sim.errors import TheirsError, nearest
from sim.future import Sampler
from sim.policy import policy_of
from sim.scenario.resolved import Scenario
from sim.store import Study
from sim.study.asked import policy_asked

_EVERYDAY: Final = (Available, ExchangeRate, MonthEnd)
"""Entries that come every month or repeat what the one before them says."""


def one_run(scenario: Scenario, policy: str, seed: int, purpose: str, replication: int) -> Run:
    """One policy in one future. Raises TheirsError for an unknown policy or a number that no future has."""
    spec = policy_asked(scenario, policy)
    if not 0 <= replication < 2**32:
        raise TheirsError(f"replication: found {replication}; expected a whole number from 0 to 2**32 - 1.")
    sampler = Sampler(scenario, seed, purpose)
    return simulate(policy_of(spec, scenario), sampler.future(replication, replication))


@dataclass(frozen=True, slots=True)
class Again:
    """A stored run, run again."""

    run: Run
    same: bool
    """Whether its ledger is the one that was stored."""


def run_again(study: Study, policy: str, replication: int) -> Again:
    """Run a stored run again. Raises TheirsError for one that the study does not hold, or that failed."""
    if policy not in study.policies:
        raise TheirsError(f"{study.folder}: no policy '{policy}'. {nearest(policy, study.policies)}")
    if not 0 <= replication < study.replications:
        raise TheirsError(
            f"{study.folder}: found replication {replication}; expected one from 0 to {study.replications - 1}."
        )
    run = one_run(study.scenario, policy, study.manifest["seed"], study.manifest["purpose"], replication)
    stored = study.table("runs", policy, ["replication", "digest"])
    place = stored["replication"].to_pylist().index(replication)
    return Again(run, stored["digest"][place].as_py() == run.digest())


class Titles:
    """A scenario's names and dates, for sentences."""

    def __init__(self, scenario: Scenario) -> None:
        self._iso = scenario.clock.calendar.iso
        self._names: dict[str, str] = {}
        groups = (scenario.missions, scenario.products, scenario.lines, scenario.offers)
        titled = [(id, each.title) for group in groups for id, each in group.items()]
        for id, title in titled:
            # an id that names two things keeps to itself
            self._names[id] = title if self._names.get(id, title) == title else id

    def date(self, day: int) -> str:
        """Year-month-day."""
        return self._iso(day)

    def name(self, id: str) -> str:
        """The title of what has one; an order is told by its key."""
        return self._names.get(id, id)


def sentences(run: Run, *, everything: bool = False) -> Iterator[str]:
    """Each entry as a dated sentence; the everyday ones only on demand."""
    titles = Titles(run.scenario)
    for entry in run.entries:
        if everything or not isinstance(entry, _EVERYDAY):
            yield _dated(entry, titles)


def _dated(entry: Entry, titles: Titles) -> str:
    return f"{titles.date(entry.day)}  {entry.sentence(titles)}"
