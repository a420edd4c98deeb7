"""Running a design: its points through the model, whole or not at all, and which of its outputs there is to look at.

A failed run stops an analysis with its list; an output that never varied is named and left out.

Why: indices over the runs that behaved are indices of another model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from sim.errors import OursError, TheirsError, nearest
from sim.scenario.resolved import Scenario
from sim.study.cases import Case, Point, run_cases
from sim.study.plan import Progress
from sim.study.sensitivity.output import Floats, constant
from sim.study.versions import versions

if TYPE_CHECKING:
    import pandas as pd

PURPOSE: Final = "sensitivity"
"""Of the futures that analyses run."""
_TOLD: Final = 10


@dataclass(frozen=True, slots=True)
class Setup:
    """How an analysis runs its points."""

    seed: int
    workers: int = 1
    progress: Progress | None = None
    keep: Path | None = None
    """Where runs are kept, so that an analysis that was broken off goes on; None: nowhere."""


class Headline(NamedTuple):
    """An output worth an analysis."""

    id: str
    """Its column: ``fulfilment``, ``met/<mission>``, ``all_met``."""
    title: str


class Outputs(NamedTuple):
    """What can be analysed, and what cannot because it never varied: title and value."""

    varying: tuple[Headline, ...]
    constant: tuple[tuple[str, float], ...]


def run_whole(cases: Sequence[Case], points: Sequence[Point], setup: Setup) -> pd.DataFrame:
    """Every case at every point, as ``run_cases`` gives it. Raises OursError, with the list, if a run failed."""
    folder = None
    if setup.keep is not None:
        digest = hashlib.sha256(_identity(cases, points, setup).encode()).hexdigest()
        folder = setup.keep / f"runs-{digest[:16]}"
    frame = run_cases(
        cases, points, seed=setup.seed, purpose=PURPOSE, workers=setup.workers, folder=folder,
        most_failures=len(cases) * len(points), progress=setup.progress,
    )  # fmt: skip
    require_whole(frame)
    return frame


def _identity(cases: Sequence[Case], points: Sequence[Point], setup: Setup) -> str:
    """All that decides the runs: where the facts of a file stand is no part of it, and the program is."""
    of_cases = [(case.id, case.policy, sorted(case.lifted), replace(case.scenario, facts=())) for case in cases]
    return repr((of_cases, list(points), setup.seed, PURPOSE, sorted(versions().items())))


def require_whole(frame: pd.DataFrame) -> None:
    """Raise OursError, with the list, if a run of a frame failed."""
    failed = frame[frame["status"] != "ok"]
    if len(failed):
        told = [
            f"  case {row.case}, parameter number {row.parameter}, luck number {row.luck}: {row.error}"
            for row in failed.head(_TOLD).itertuples()
        ]
        more = [f"  and {len(failed) - _TOLD} more"] if len(failed) > _TOLD else []
        raise OursError(
            "\n".join([f"{len(failed)} of {len(frame):,} runs failed. Nothing was analysed.", *told, *more])
        )


def candidates(scenario: Scenario) -> tuple[Headline, ...]:
    """Weighted fulfilment and each mission's chance."""
    missions = (Headline(f"met/{mission.id}", mission.title) for mission in scenario.missions.values())
    return (Headline("fulfilment", "Weighted fulfilment"), *missions)


def headline_asked(scenario: Scenario, name: str) -> Headline:
    """An output by its id, a mission's name standing for its chance, ``all_met`` for the joint list's.

    Raises TheirsError if there is none.
    """
    joint = Headline("all_met", f"All of: {', '.join(scenario.joint)}")
    known = {each.id: each for each in (*candidates(scenario), joint)}
    known |= {id.removeprefix("met/"): each for id, each in known.items()}
    if name not in known:
        raise TheirsError(f"no measure '{name}'. {nearest(name, list(known))}")
    return known[name]


def outputs_of(scenario: Scenario, frame: pd.DataFrame, asked: Sequence[str] = ()) -> Outputs:
    """Which outputs varied, of those asked for or of all headlines. Raises TheirsError if none did."""
    wanted = tuple(headline_asked(scenario, name) for name in asked) or candidates(scenario)
    varying = tuple(each for each in wanted if not constant(column(frame, each.id)))
    never = tuple((each.title, float(column(frame, each.id)[0])) for each in wanted if each not in varying)
    if not varying:
        told = "; ".join(f"{title}: {value:g}" for title, value in never)
        raise TheirsError(f"nothing varied ({told}); expected an output that does. What never varies has no drivers.")
    return Outputs(varying, never)


def together(parts: Sequence[Outputs]) -> Outputs:
    """The outputs of several parts: what varied in one of them varied.

    >>> one = Headline("a", "A")
    >>> together([Outputs((), (("A", 0.0),)), Outputs((one,), ())]) == Outputs((one,), ())
    True
    """
    varying = tuple(dict.fromkeys(each for part in parts for each in part.varying))
    titles = {each.title for each in varying}
    never = tuple(dict.fromkeys(each for part in parts for each in part.constant if each[0] not in titles))
    return Outputs(varying, never)


def column(frame: pd.DataFrame, id: str) -> Floats:
    """An output, row by row."""
    found: Floats = frame[id].to_numpy(np.float64)
    return found
