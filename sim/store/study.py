"""A stored study: its manifest, its scenario and its tables, read when they are asked for.

A table is one frame over all chunks, in the order of its key; reading changes nothing on the disk.

Why: a planner's notebook wants six frames, not four hundred files.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sim.errors import TheirsError, nearest
from sim.store.canonical import Total, unit_digests
from sim.store.chunk import chunk_range, holds, kind_of, read_chunk
from sim.store.counts import Steps, added
from sim.store.place import CHUNKS, COMPLETE, RESOLVED, SHARD, part_of, place_of, read_manifest
from sim.store.tables import IN_FULL, INPUTS, MONTHS, OF_RUNS, sorted_rows
from sim.store.totals import in_order

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.resolved import Scenario


@dataclass(frozen=True)
class Study:
    """What a run folder holds. ``missions``, ``money``, ``monthly``, ``spending``, ``runs`` and ``inputs`` are frames.

    Days are counted from the scenario's start, money is whole yen; ``runs`` counts failed runs too.
    """

    folder: Path
    manifest: dict[str, Any] = field(repr=False)

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario as it was run."""
        from sim.scenario.load import load as load_scenario  # a worker that only writes starts without it

        return load_scenario(self.folder / RESOLVED).scenario

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies that were run, in the order asked for."""
        return tuple(self.manifest["policies"])

    @property
    def replications(self) -> int:
        """Replications asked for, of each policy."""
        return int(self.manifest["replications"])

    @cached_property
    def missions(self) -> pd.DataFrame:
        """A row a policy, replication and mission: how it stood at the end of its due day."""
        return self._frame("missions")

    @cached_property
    def money(self) -> pd.DataFrame:
        """A row a policy, replication, budget line and fiscal year, in yen."""
        return self._frame("money")

    @cached_property
    def months(self) -> pd.DataFrame:
        """Monthly series counted over all runs: a row a policy, month, mission or line (``of``), measure and bin.

        ``runs`` lie from ``least`` to the next multiple of the step (``steps``), and ``total`` is their sum. At a
        month's end ``deployed``, ``available`` and ``in_pipeline`` units; in a month ``obligated`` and ``paid`` yen,
        where a run without spending has no part.
        """
        return self._frame(MONTHS.name)

    @cached_property
    def monthly(self) -> pd.DataFrame:
        """A row a policy, replication, month (from the start's, 0) and mission, at the month's end.

        Only of a study that kept it (``--keep-monthly``); ``months`` has every study's counts.
        """
        return self._frame("monthly")

    @cached_property
    def spending(self) -> pd.DataFrame:
        """A row a policy, replication, month and line with spending, in yen; only of a study that kept it."""
        return self._frame("spending")

    @cached_property
    def offers(self) -> pd.DataFrame:
        """A row a policy, replication, offer and mission with a contract."""
        return self._frame("offers")

    @cached_property
    def deliveries(self) -> pd.DataFrame:
        """A row a policy, replication, offer and month in which units of it entered service."""
        return self._frame("deliveries")

    @cached_property
    def lines(self) -> pd.DataFrame:
        """A row a policy, replication, home offer and month from the month its line was ordered on."""
        return self._frame("lines")

    @cached_property
    def parts(self) -> pd.DataFrame:
        """A row a policy, replication, part family and country of origin, of the parts used."""
        return self._frame("parts")

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a policy and replication, whether it succeeded or failed."""
        return self._frame("runs")

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """A row a future: its parameter number and each sampled input, in canonical units, by its path."""
        return self._frame(INPUTS)

    def table(self, name: str, policy: str | None = None, columns: Sequence[str] | None = None) -> pa.Table:
        """A table, or one policy's part of it, or some columns, without what is not asked for being read.

        Raises TheirsError if there is no such table or policy.
        """
        if name == MONTHS.name:
            owners = self.policies if policy is None else (policy,)
            whole = pa.concat_tables([added(self.pieces(name, owner)) for owner in owners])
            return sorted_rows(MONTHS, whole).select(columns or MONTHS.schema.names)
        return pa.concat_tables(list(self.pieces(name, policy, columns)))

    def pieces(self, name: str, policy: str | None = None, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The same, a chunk at a time, so that memory is bounded by the chunk. Raises TheirsError as ``table`` does."""
        if name not in (*OF_RUNS, INPUTS):
            raise TheirsError(f"{self.folder}: no table '{name}'. {nearest(name, [*OF_RUNS, INPUTS])}")
        if policy is not None and policy not in self.policies:
            raise TheirsError(f"{self.folder}: no policy '{policy}'. {nearest(policy, self.policies)}")
        if name in IN_FULL and not self.has(name):
            raise TheirsError(
                f"{self.folder}: found no table '{name}', only its counts ('{MONTHS.name}'); expected a study that was"
                " run with --keep-monthly. Run it again with that, or read the counts."
            )
        asked = None if columns is None else list(columns)
        return (read_chunk(chunk, name, asked) for chunk in self._chunks(name, policy))

    def has(self, name: str) -> bool:
        """Whether the study has this table."""
        chunks = self._chunks(name)
        return bool(chunks) and holds(chunks[0], name)

    @property
    def steps(self) -> Steps:
        """Widths of the bins of ``months``."""
        return Steps(**self.manifest["steps"])

    def _chunks(self, name: str, policy: str | None = None) -> list[Path]:
        """Chunks that hold a table, in key order."""
        owners = {INPUTS} if name == INPUTS else set(self.policies) if policy is None else {policy}
        return [chunk for chunk in in_order(self.folder / CHUNKS) if chunk_range(chunk.name)[0] in owners]

    def _frame(self, name: str) -> pd.DataFrame:
        import pandas as pd

        nullable = {
            pa.int64(): pd.Int64Dtype(),
            pa.bool_(): pd.BooleanDtype(),
            pa.float64(): pd.Float64Dtype(),
            pa.string(): pd.StringDtype(),
        }
        data = self.table(name)
        lacking = {column.name for column in data.schema if column.nullable}
        frame: pd.DataFrame = data.select([each for each in data.schema.names if each not in lacking]).to_pandas()
        for column in data.schema.names:
            if column in lacking:
                frame[column] = data[column].to_pandas(types_mapper=nullable.get)
        return frame.reindex(columns=data.schema.names)

    def digests(self) -> dict[str, str]:
        """Table -> digest, worked out anew from the rows."""
        return {name: self._digest(name) for name in (*OF_RUNS, INPUTS) if self.has(name)}

    def _digest(self, name: str) -> str:
        total = Total(name)
        parts = (self.table(name, each) for each in sorted(self.policies)) if name == MONTHS.name else self.pieces(name)
        for data in parts:
            total.take(unit_digests(kind_of(name, data), data))
        return total.hexdigest()


def load(folder: Path | str) -> Study:
    """Open a run folder.

    Raises
    ------
    TheirsError
        If it is no run folder, is not complete, or has another schema version.
    """
    folder = Path(folder)
    if not folder.exists() and part_of(folder).is_dir():
        folder = part_of(folder)
    study = opened(folder)
    status = study.manifest.get("status")
    if status == SHARD:
        raise TheirsError(f"{folder}: found one shard of a study; expected all of it. Put the shards together: merge.")
    if status != COMPLETE:
        raise TheirsError(
            f"{folder}: found a study that is '{status}'; expected a complete one. run_sim.py resume"
            f" {place_of(Path(folder))} goes on with it."
        )
    return study


def opened(folder: Path) -> Study:
    """Open a folder, complete or still being written. Raises TheirsError if it is no run folder."""
    return Study(folder, read_manifest(folder))


def digest(folder: Path | str) -> dict[str, str]:
    """Table -> SHA-256 of its canonical rows, worked out anew. Raises TheirsError as ``load`` does."""
    return load(folder).digests()


def shards_of(place: Path) -> list[Path]:
    """The finished shards of a study, in no order."""
    named = place.parent.glob(f"{glob.escape(place.name)}.shard-*-of-*")
    return [shard for shard in named if re.fullmatch(r"\d+-of-\d+", shard.name.removeprefix(f"{place.name}.shard-"))]
