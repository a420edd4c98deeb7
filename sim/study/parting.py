"""Where two policies part on one future: until which day they are one, what each then decides, and what it came to.

Until then the two ledgers agree, but for the days on which a policy merely looked; what only one of them has afterwards
is told in order.

Why: "which is better" is asked of hundreds of futures, and "why" is answered by reading one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sim.engine.entries import Entry, Reviewed
from sim.engine.ledger import Run
from sim.outcome import measure
from sim.study.replay import Titles, in_words


class Fate(NamedTuple):
    """A mission under both policies, at the end of its due day."""

    mission: str
    target: int
    first: int
    """Units in service that count."""
    second: int
    first_reached: str | None
    """Day on which the target was first reached; None: not by the horizon."""
    second_reached: str | None


@dataclass(frozen=True, slots=True)
class Parting:
    """Two runs of one future."""

    day: str | None
    """On which they part; None where the ledgers are one."""
    same_entries: int
    """Before that."""
    decisions: tuple[tuple[str, ...], tuple[str, ...]]
    """What only the first, and only the second, decides, as dated sentences."""
    events: tuple[tuple[str, ...], tuple[str, ...]]
    """What only one of them has on the day they part; empty where one of them decides something on it."""
    fates: tuple[Fate, ...]
    cost_yen: tuple[int, int]
    fulfilment: tuple[float, float]


def parting(first: Run, second: Run) -> Parting:
    """Compare two runs; they are of one future and scenario."""
    titles = Titles(first.scenario)
    mine, theirs = (tuple(entry for entry in run.entries if not isinstance(entry, Reviewed)) for run in (first, second))
    same = _same(mine, theirs)
    only = _only(mine[same:], theirs[same:]), _only(theirs[same:], mine[same:])
    days = [entries[0].day for entries in only if entries]
    day = min(days, default=None)
    decided = any(entry.decision and entry.day == day for entries in only for entry in entries)
    outcomes = measure(first), measure(second)
    return Parting(
        day=None if day is None else titles.date(day),
        same_entries=same,
        decisions=(_sentences(only[0], titles, True), _sentences(only[1], titles, True)),
        events=((), ()) if decided else (_on(only[0], day, titles), _on(only[1], day, titles)),
        fates=tuple(_fates(outcomes, titles)),
        cost_yen=(outcomes[0].run.cost, outcomes[1].run.cost),
        fulfilment=(outcomes[0].run.fulfilment, outcomes[1].run.fulfilment),
    )


def _same(first: Sequence[Entry], second: Sequence[Entry]) -> int:
    """How many entries agree from the start."""
    for place, (mine, theirs) in enumerate(zip(first, second, strict=False)):
        if type(mine) is not type(theirs) or mine != theirs:
            return place
    return min(len(first), len(second))


def _only(mine: Sequence[Entry], theirs: Sequence[Entry]) -> list[Entry]:
    """Entries of one that the other does not have, in order; each as often as it is one more."""
    left = Counter[tuple[type, Any]]((type(entry), entry) for entry in theirs)
    found = []
    for entry in mine:
        key = type(entry), entry
        if left[key]:
            left[key] -= 1
        else:
            found.append(entry)
    return found


def _sentences(entries: Sequence[Entry], titles: Titles, decided: bool) -> tuple[str, ...]:
    return tuple(
        f"{titles.date(entry.day)}  {in_words(entry, titles)}" for entry in entries if entry.decision is decided
    )


def _on(entries: Sequence[Entry], day: int | None, titles: Titles) -> tuple[str, ...]:
    return _sentences([entry for entry in entries if entry.day == day], titles, False)


def _fates(outcomes: Sequence[Any], titles: Titles) -> Iterator[Fate]:
    for mine, theirs in zip(*(outcome.missions for outcome in outcomes), strict=True):
        days = (titles.date(row.reached_day) if row.reached else None for row in (mine, theirs))
        yield Fate(mine.mission, mine.target, mine.deployed_counted, theirs.deployed_counted, *days)
