"""Reproducing a study from its run folder alone: run again, compared table by table, and where it differs.

The scenario is the folder's own, and has to be the one that its manifest names; nothing in the folder is changed.

Why: a number that cannot be made again cannot be defended, and "it differs" helps nobody who is not told where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from sim.errors import TheirsError
from sim.scenario.load import load as load_scenario
from sim.store import Study, load
from sim.store.canonical import BLOCK, unit_digests
from sim.store.chunk import kind_of
from sim.store.place import RESOLVED
from sim.store.spare import resolved_digest, spare_place
from sim.store.tables import INPUTS, MONTHS
from sim.study.batch import Ask, batch_of, run_batch
from sim.study.plan import Progress
from sim.study.versions import versions


class Differing(NamedTuple):
    """One table of one policy, in which the two studies differ."""

    table: str
    policy: str
    """Empty for the sampled inputs."""
    replications: tuple[int, ...]
    """In which rows differ, in order; empty for counts over all of them."""


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What came of running a study again."""

    tables: tuple[str, ...]
    """Compared."""
    policies: int
    replications: int
    differing: tuple[Differing, ...]
    altered: tuple[str, ...]
    """Stored tables that are not what was written."""
    versions: tuple[tuple[str, str, str], ...]
    """Libraries that have changed: name, then, now."""

    @property
    def identical(self) -> bool:
        """Whether every row of every table came out the same, and the stored ones are as they were written."""
        return not self.differing and not self.altered


def reproduce(study: Study, workers: int = 1, out: Path | None = None, progress: Progress | None = None) -> Reproduced:
    """Run a stored study again from its folder and compare.

    Parameters
    ----------
    workers
        Local processes; any number gives the same rows.
    out
        Where the new run folder is kept; None: it is thrown away.

    Raises
    ------
    TheirsError
        If the folder's scenario is not the one that its manifest names, or the new folder cannot be written.
    OursError
        If all runs fail.
    """
    _require_the_same_scenario(study)
    ask = _asked(study, workers)
    loaded = load_scenario(study.folder / RESOLVED)
    _require_the_same_question(study, batch_of(loaded, ask).digest())
    if out is not None:
        return _compared(study, load(run_batch(loaded, replace(ask, out=out), progress)))
    with spare_place() as place:
        return _compared(study, load(run_batch(loaded, replace(ask, out=place), progress)))


def _asked(study: Study, workers: int) -> Ask:
    manifest = study.manifest
    most = max(1, len(study.policies) * study.replications)  # whatever failed then may fail again
    return Ask(
        policies=study.policies, replications=study.replications, seed=manifest["seed"], purpose=manifest["purpose"],
        workers=workers, most_failures=most, command=tuple(manifest["command"]),
        keep_monthly=manifest["keep_monthly_asked"],
    )  # fmt: skip


def _require_the_same_scenario(study: Study) -> None:
    file, stored = study.folder / RESOLVED, study.manifest["scenario"]["digest"]
    found = resolved_digest(study.folder)
    if found != stored:
        raise TheirsError(
            f"{file}: found digest {found[:16]}; expected {stored[:16]}, that of the scenario which was run. Somebody"
            " has changed it since: restore it, or run the study anew."
        )


def _require_the_same_question(study: Study, found: str) -> None:
    stored = study.manifest["study_digest"]
    if found != stored:
        raise TheirsError(
            f"{study.folder}: found study_digest {stored[:16]}; expected {found[:16]}, which this program makes of it."
            " Its manifest was changed since, or the program reads scenarios otherwise now."
        )


def _compared(study: Study, again: Study) -> Reproduced:
    then, now = study.manifest["versions"], versions()
    stored = study.digests()
    return Reproduced(
        tables=tuple(stored),
        policies=len(study.policies),
        replications=study.replications,
        differing=tuple(_differing(study, again, stored)),
        altered=tuple(name for name, digest in stored.items() if digest != study.manifest["tables"].get(name)),
        versions=tuple((name, then.get(name, "none"), new) for name, new in now.items() if then.get(name) != new),
    )


def _differing(study: Study, again: Study, stored: Mapping[str, str]) -> Iterator[Differing]:
    for name, digest in stored.items():
        if digest != again.manifest["tables"].get(name):
            for policy in (None,) if name == INPUTS else study.policies:
                yield from _in_a_table(name, policy, study, again)


def _in_a_table(name: str, policy: str | None, study: Study, again: Study) -> Iterator[Differing]:
    first, second = study.table(name, policy), again.table(name, policy)
    if name == MONTHS.name:
        if not first.equals(second):
            yield Differing(name, policy or "", ())
        return
    found = tuple(replications_apart(name, first, second))
    if found:
        yield Differing(name, policy or "", found)


def replications_apart(name: str, first: pa.Table, second: pa.Table) -> Iterator[int]:
    """Replications whose rows differ between two tables of one kind and policy, in order."""
    ours, theirs = (unit_digests(kind_of(name, data), data) for data in (first, second))
    key = "parameter" if name == INPUTS else "replication"
    blocks = sorted({int(unit.rpartition("/")[2]) for unit in _apart(ours, theirs)})
    for block in blocks:
        mine, other = (_by_replication(data, key, block) for data in (first, second))
        yield from sorted(_apart(mine, other))


def _apart(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> set[Any]:
    return {each for each in first.keys() | second.keys() if first.get(each) != second.get(each)}


def _by_replication(data: pa.Table, key: str, block: int) -> dict[int, list[tuple[Any, ...]]]:
    """Rows of one block, replication by replication."""
    low, high = pc.greater_equal(data[key], block * BLOCK), pc.less(data[key], (block + 1) * BLOCK)
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for row in data.filter(pc.and_(low, high)).to_pylist():
        rows.setdefault(row[key], []).append(tuple(row.items()))
    return {number: sorted(of, key=repr) for number, of in rows.items()}
