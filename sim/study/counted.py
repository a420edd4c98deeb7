"""Counting what fails: a batch puts up with so many failed runs and stops at the next.

Why: a batch in which most runs fail is a fault to be found, and an hour more of it finds nothing new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from sim.errors import OursError
from sim.study.jobs import Done, Failure
from sim.study.plan import Plan, Progress


def counted(
    plan: Plan,
    done: Iterable[Done],
    most_failures: int,
    progress: Progress | None,
    again: Callable[[Failure], str],
    kept: str = "Nothing was stored.",
    before: tuple[int, int] = (0, 0),
) -> Iterator[Done]:
    """Pass on what is done, telling of progress.

    Parameters
    ----------
    most_failures
        Failed runs that are put up with.
    again
        The command that shows a failed run again.
    kept
        What becomes of what was done, in a sentence.
    before
        Runs that were done earlier, and how many of them failed.

    Raises
    ------
    OursError
        If more runs fail than that, or all of them.
    """
    runs, failed = before
    failures: list[Failure] = []
    for each in done:
        runs += each.job.runs
        failed += len(each.failures)
        failures += each.failures[: most_failures + 1]
        if progress is not None:
            progress(runs, plan.runs, failed)
        if failed > most_failures or failed == plan.runs:
            raise OursError(_too_many(failures, (failed, runs, plan.runs), most_failures, again, kept))
        yield each


def _too_many(
    failures: Sequence[Failure], counts: tuple[int, int, int], most: int, again: Callable[[Failure], str], kept: str
) -> str:
    """What failed, and how to see it again; ``counts`` are failed runs, runs done and runs asked for."""
    failed, runs, asked = counts
    kinds = Counter(failure.error for failure in failures)
    told = [f"  {count} times {error}" for error, count in kinds.most_common(3)]
    shown = min(failures, key=lambda failure: (failure.row, failure.case), default=None)
    return "\n".join(
        [
            f"{failed} of {runs:,} runs failed (of {asked:,} asked for; the batch puts up with {most}). {kept}",
            *told,
            *([] if shown is None else [f"See one again: {again(shown)}"]),
        ]
    )
