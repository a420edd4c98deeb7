"""Going on with a study that was broken off, and making a complete one larger.

What is whole stays; what is torn, altered or missing is done again, and the result is that of one undisturbed run.

Why: a planner who loses a night to a power cut, or wants a narrower interval in the morning, should pay for what is
missing and no more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.errors import TheirsError
from sim.scenario.load import Loaded
from sim.store import RunFolder
from sim.store import load as open_study
from sim.store.place import part_of, place_of
from sim.store.tables import IN_FULL
from sim.study.batch import MOST_REPLICATIONS, keeps_monthly
from sim.study.carry_on import Batch, How, broken_off, carry_on, layout
from sim.study.changed import unchanged
from sim.study.plan import Progress


def resume(named: Path, how: How, progress: Progress | None = None, *, regardless: bool = False) -> Path:
    """Go on with an unfinished study.

    Parameters
    ----------
    named
        The run folder's place, or the unfinished folder beside it.
    regardless
        Go on although the scenario's files or the libraries changed: with the scenario as it was begun.

    Returns
    -------
    The run folder, whole.

    Raises
    ------
    TheirsError
        If there is no unfinished study, another process is writing it, or what it was begun with changed.

    For the rest it raises what ``run_batch`` raises.
    """
    folder = RunFolder.again(place_of(named))
    with broken_off(folder):
        batch = _batch(folder, regardless=regardless)
        kept = folder.intact({job.chunk for job in layout(folder.manifest)})
    return carry_on(folder, batch, how, progress, kept)


def extend(
    place: Path, replications: int, how: How, progress: Progress | None = None, *, regardless: bool = False
) -> Path:
    """Make a complete study larger; the old one stays in its place until the new one is whole.

    Raises
    ------
    TheirsError
        If it is not complete, has as many replications already, or what it was begun with changed.

    For the rest it raises what ``run_batch`` raises.
    """
    if part_of(place).is_dir():
        RunFolder.again(place).leave()  # or says who is writing
        raise TheirsError(f"{place}: it is being extended already; expected no {part_of(place).name}. resume goes on.")
    before = open_study(place)
    if not before.replications < replications <= MOST_REPLICATIONS:
        raise TheirsError(
            f"replications: found {replications:,}; expected more than the {before.replications:,} there are, up to"
            f" {MOST_REPLICATIONS:,}."
        )
    larger = _larger(before.manifest, replications)
    dropped = IN_FULL if before.manifest["keep_monthly"] and not larger["keep_monthly"] else ()
    folder = RunFolder.beside(place, larger, [place], dropped)
    try:
        batch = _batch(folder, regardless=regardless)
        folder.say(study_digest=batch.digest())
        kept = folder.intact({job.chunk for job in layout(folder.manifest)})
    except BaseException:
        folder.discard()
        raise
    return carry_on(folder, batch, how, progress, kept)


def _larger(manifest: dict[str, Any], replications: int) -> dict[str, Any]:
    ended = ("tables", "chunks", "ended", "failed")
    begun = {key: value for key, value in manifest.items() if key not in ended}
    earlier = [*manifest["extended_from"], manifest["replications"]]
    kept = keeps_monthly(manifest["keep_monthly_asked"], replications)
    return {**begun, "replications": replications, "extended_from": earlier, "keep_monthly": kept}


def _batch(folder: RunFolder, *, regardless: bool) -> Batch:
    """The batch that a folder is of. Raises TheirsError when what it was begun with changed."""
    copy, digest = folder.resolved()
    loaded = unchanged(folder.place, folder.manifest, copy, digest, regardless=regardless)
    return batch_again(folder.manifest, loaded)


def batch_again(manifest: dict[str, Any], loaded: Loaded) -> Batch:
    """The batch that a manifest describes."""
    return Batch(
        loaded, tuple(manifest["policies"]), manifest["replications"], manifest["seed"], manifest["purpose"],
        manifest["scenario"]["digest"],
    )  # fmt: skip
