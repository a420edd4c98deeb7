"""A stored study: its manifest, its scenario and its tables, read when they are asked for.

A table is one frame over all chunks, in the order of its key; reading changes nothing on the disk.

Why: a planner's notebook wants six frames, not four hundred files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sim.errors import TheirsError, nearest
from sim.store.canonical import joined, total_digest, unit_digests
from sim.store.chunk import chunk_range, kind_of, read_chunk
from sim.store.folder import CHUNKS, COMPLETE, MANIFEST, RESOLVED
from sim.store.tables import INPUTS, OF_RUNS, SCHEMA_VERSION

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
    def monthly(self) -> pd.DataFrame:
        """A row a policy, replication, month (from the start's, 0) and mission, at the month's end."""
        return self._frame("monthly")

    @cached_property
    def spending(self) -> pd.DataFrame:
        """A row a policy, replication, month and line with spending, in yen."""
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
        if name not in (*OF_RUNS, INPUTS):
            raise TheirsError(f"{self.folder}: no table '{name}'. {nearest(name, [*OF_RUNS, INPUTS])}")
        if policy is not None and policy not in self.policies:
            raise TheirsError(f"{self.folder}: no policy '{policy}'. {nearest(policy, self.policies)}")
        asked = None if columns is None else list(columns)
        return pa.concat_tables([read_chunk(chunk, name, asked) for chunk in self._chunks(name, policy)])

    def _chunks(self, name: str, policy: str | None = None) -> list[Path]:
        """Chunks that hold a table, by owner and replication: their rows follow each other in key order."""
        found = [(chunk_range(chunk.name), chunk) for chunk in (self.folder / CHUNKS).iterdir()]
        owners = {INPUTS} if name == INPUTS else set(self.policies) if policy is None else {policy}
        return [chunk for (owner, _, _), chunk in sorted(found) if owner in owners]

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
        return {name: self._digest(name) for name in (*OF_RUNS, INPUTS)}

    def _digest(self, name: str) -> str:
        units: dict[str, str] = {}
        for data in self._parts(name):
            units = joined(units, unit_digests(kind_of(name, data), data), f"{self.folder}: {name}")
        return total_digest(name, units)

    def _parts(self, name: str) -> Iterator[pa.Table]:
        return (read_chunk(chunk, name) for chunk in self._chunks(name))


def load(folder: Path | str) -> Study:
    """Open a run folder.

    Raises
    ------
    TheirsError
        If it is no run folder, is not complete, or has another schema version.
    """
    study = opened(Path(folder))
    status = study.manifest.get("status")
    if status != COMPLETE:
        raise TheirsError(f"{folder}: found a study that is '{status}'; expected a complete one. Run it again.")
    return study


def opened(folder: Path) -> Study:
    """Open a folder, complete or still being written. Raises TheirsError if it is no run folder."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise TheirsError(
            f"{folder}: no run folder ({MANIFEST} is missing or cannot be read); expected a folder that"
            " run_sim.py run has written, such as one in results."
        ) from error
    version = manifest.get("schema_version") if isinstance(manifest, dict) else None
    if version != SCHEMA_VERSION:
        raise TheirsError(
            f"{folder}: found schema_version {version}; expected {SCHEMA_VERSION}. Run the scenario again."
        )
    return Study(folder, manifest)


def digest(folder: Path | str) -> dict[str, str]:
    """Table -> SHA-256 of its canonical rows, worked out anew. Raises TheirsError as ``load`` does."""
    return load(folder).digests()
