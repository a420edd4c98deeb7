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

    Raises
    ------
    OursError
        If more runs fail than that, or all of them.
    """
    runs = 0
    failures: list[Failure] = []
    for each in done:
        runs += each.job.runs
        failures += each.failures
        if progress is not None:
            progress(runs, plan.runs, len(failures))
        if len(failures) > most_failures or len(failures) == plan.runs:
            raise OursError(_too_many(failures, runs, plan.runs, most_failures, again, kept))
        yield each


def _too_many(
    failures: Sequence[Failure], runs: int, asked: int, most: int, again: Callable[[Failure], str], kept: str
) -> str:
    """What failed, and how to see it again."""
    kinds = Counter(failure.error for failure in failures)
    told = [f"  {count} times {error}" for error, count in kinds.most_common(3)]
    first = min(failures, key=lambda failure: (failure.row, failure.case))
    return "\n".join(
        [
            f"{len(failures)} of {runs:,} runs failed (of {asked:,} asked for; the batch puts up with {most}). {kept}",
            *told,
            f"See one again: {again(first)}",
        ]
    )
