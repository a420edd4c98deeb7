"""One run again, as dated sentences.

A stored run that is run again must have the ledger it had; where it has not, that is said and not smoothed over.

Why: a number out of three hundred runs is believed when somebody has read what happened in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from typing import Final

from sim.engine import simulate
from sim.engine.entries import Available, Entry, ExchangeRate, MonthEnd, Quoted
from sim.engine.ledger import Run
from sim.errors import TheirsError, nearest
from sim.future import Future, Sampler
from sim.policy import policy_of
from sim.scenario.resolved import Scenario
from sim.store import Study
from sim.study.asked import policy_asked
from sim.study.happenings import price_in_words, shock_in_words, windows_in_words
from sim.study.jobs import described

_EVERYDAY: Final = (Available, ExchangeRate, MonthEnd)
"""Entries that come every month or repeat what the one before them says."""


def future_of(scenario: Scenario, seed: int, purpose: str, replication: int) -> Future:
    """The future of a replication. Raises TheirsError for a number that no future has."""
    if not 0 <= replication < 2**32:
        raise TheirsError(f"replication: found {replication}; expected a whole number from 0 to 2**32 - 1.")
    return Sampler(scenario, seed, purpose).future(replication, replication)


def run_in(future: Future, policy: str) -> Run:
    """One policy in a future. Raises TheirsError for an unknown policy."""
    return simulate(policy_of(policy_asked(future.scenario, policy), future.scenario), future)


def one_run(scenario: Scenario, policy: str, seed: int, purpose: str, replication: int) -> Run:
    """One policy in one future. Raises TheirsError for an unknown policy or a number that no future has."""
    policy_asked(scenario, policy)
    return run_in(future_of(scenario, seed, purpose, replication), policy)


@dataclass(frozen=True, slots=True)
class Again:
    """A stored run, run again."""

    run: Run | None
    """None where it fails again."""
    future: Future
    stored_error: str | None
    """What it failed of when it was stored; None where it did not."""
    error: str | None
    """What it fails of now."""
    same: bool
    """Whether its ledger, or its failure, is the one that was stored."""


def stored_future(study: Study, replication: int) -> Future:
    """The future of a stored replication. Raises TheirsError for one that the study does not hold."""
    if not 0 <= replication < study.replications:
        raise TheirsError(
            f"{study.folder}: found replication {replication}; expected one from 0 to {study.replications - 1}."
        )
    stored = study.table("runs", study.policies[0], ["replication", "parameter", "luck"])
    place = stored["replication"].to_pylist().index(replication)
    parameter, luck = (stored[column][place].as_py() for column in ("parameter", "luck"))
    return Sampler(study.scenario, study.manifest["seed"], study.manifest["purpose"]).future(parameter, luck)


def run_again(study: Study, policy: str, replication: int) -> Again:
    """Run a stored run again; one that failed may fail again.

    Raises TheirsError for one that the study does not hold.
    """
    if policy not in study.policies:
        raise TheirsError(f"{study.folder}: no policy '{policy}'. {nearest(policy, study.policies)}")
    future = stored_future(study, replication)
    stored = study.table("runs", policy, ["replication", "digest", "error"])
    place = stored["replication"].to_pylist().index(replication)
    digest, stored_error = (stored[column][place].as_py() for column in ("digest", "error"))
    try:
        run = run_in(future, policy)
    except Exception as error:  # what made it fail once may make it fail again, and is then the answer
        if stored_error is None:
            raise
        now = described(error)
        return Again(None, future, stored_error, now, now == stored_error)
    return Again(run, future, stored_error, None, digest == run.digest())


class Titles:
    """A scenario's names and dates, for sentences."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._iso = scenario.clock.calendar.iso
        self._names: dict[str, str] = {}
        groups = (scenario.missions, scenario.products, scenario.lines, scenario.offers)
        titled = [(id, each.title) for group in groups for id, each in group.items()]
        for id, title in titled:
            # an id that names two things keeps to itself
            self._names[id] = title if self._names.get(id, title) == title else id
        self._names |= {shock.id: shock_in_words(shock, self.name) for shock in scenario.shocks}

    def date(self, day: int) -> str:
        """Year-month-day."""
        return self._iso(day)

    def name(self, id: str) -> str:
        """The title of what has one; an order is told by its key."""
        return self._names.get(id, id)


def sentences(run: Run, future: Future | None = None, *, everything: bool = False) -> Iterator[str]:
    """Each entry as a dated sentence; the everyday ones only on demand.

    With its future also the suppliers' windows, which no entry of the ledger tells: nobody but the works sees them.
    """
    titles = Titles(run.scenario)
    told = (
        (entry.day, in_words(entry, titles)) for entry in run.entries if everything or not isinstance(entry, _EVERYDAY)
    )
    windows = [] if future is None else sorted(windows_in_words(run.scenario, future, titles.name))
    for day, sentence in merge(windows, told, key=itemgetter(0)):
        yield f"{titles.date(day)}  {sentence}"


def in_words(entry: Entry, titles: Titles) -> str:
    """An entry as a sentence, without its date."""
    if isinstance(entry, Quoted):  # its currency is the offer's, which the ledger does not repeat
        price = price_in_words(titles.scenario, entry.offer, entry.minor_units)
        return f"{titles.name(entry.offer)} is quoted at {price} a unit."
    return entry.sentence(titles)
