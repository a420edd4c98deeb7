"""The Python face: from a scenario file to a stored study in one call.

It does what ``run_sim.py run`` does, and prints nothing.

Why: a notebook and the command line must give the same numbers for the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.scenario.load import load as load_scenario
from sim.store import Study, load
from sim.study.batch import Ask, MadeOf, run_batch


def run(
    path: Path | str,
    *,
    replications: int | None = None,
    policies: Sequence[str] = (),
    seed: int | None = None,
    shocks: Sequence[Path | str] = (),
    sets: Sequence[str] = (),
    workers: int = 1,
    out: Path | str | None = None,
) -> Study:
    """Run a scenario's policies over many futures and store the results.

    Parameters
    ----------
    path
        The scenario file.
    replications, seed
        How many futures, and which; None: the scenario's own choice.
    policies
        Their names; empty: all the scenario has.
    shocks
        Files laid over the scenario.
    sets
        Settings ``path=value``.
    workers
        Local processes; any number gives the same results.
    out
        The run folder, which must not exist; None: a new one in ``results``.

    Raises
    ------
    TheirsError
        If the scenario has faults, something asked for does not exist, or the folder cannot be written.
    OursError
        If too many runs failed.
    """
    ask = Ask(
        policies=tuple(policies),
        replications=replications,
        seed=seed,
        workers=workers,
        out=None if out is None else Path(out),
        made_of=MadeOf(str(path), tuple(map(str, shocks)), tuple(sets)),
    )
    return load(run_batch(load_scenario(path, shocks, sets), ask))
