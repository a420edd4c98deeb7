"""Sweeping: one or two values of a scenario set by hand to a row of others, on common futures.

A value may be a lever of a policy or any number of the world; what is set is certain, and every other draw stays.

Why: "how much over-ordering is enough" is a curve, and "and how much money" makes it a map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Final

from sim.errors import TheirsError
from sim.scenario.load import load
from sim.scenario.resolved import Scenario
from sim.study.cases import Case, Point
from sim.study.sensitivity.output import constant
from sim.study.sensitivity.running import Headline, Outputs, Setup, candidates, column, headline_asked, run_whole
from sim.study.statistics import Interval, mean_t, wilson

MOST_CELLS: Final = 400
CHANCES: Final = ("met/", "all_met")


@dataclass(frozen=True, slots=True)
class Axis:
    """One value that is swept."""

    path: str
    texts: tuple[str, ...]
    """As they would stand behind ``--set path=``, at least two, each once."""

    @property
    def numbers(self) -> tuple[float, ...] | None:
        """The values as ascending numbers; None where they are none."""
        try:
            found = tuple(float(text.split()[0]) for text in self.texts)
        except ValueError:
            return None
        return found if all(a < b for a, b in pairwise(found)) else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination, and what came of it."""

    texts: tuple[str, ...]
    means: Mapping[str, Interval]
    """Output -> mean or chance."""


@dataclass(frozen=True, slots=True)
class Swept:
    """All combinations, the last axis fastest."""

    axes: tuple[Axis, ...]
    outputs: Outputs
    cells: tuple[Cell, ...]
    scenario: Scenario
    """Of the first combination, for names."""


def axis_of(text: str) -> Axis:
    """An axis as typed: ``PATH=1,2,5``, or ``PATH=0:1:5`` for five even steps from 0 to 1.

    Raises TheirsError for anything else.

    >>> axis_of("offers.tb2.lot=6, 12").texts, axis_of("p.levers.margin=0:1:5").texts
    (('6', '12'), ('0', '0.25', '0.5', '0.75', '1'))
    """
    path, sign, values = (part.strip() for part in text.partition("="))
    parts = values.split(":")
    if len(parts) == 3 and not any("," in part for part in parts):
        texts = _steps(text, parts)
    else:
        texts = tuple(each.strip() for each in values.split(",") if each.strip())
    if not path or not sign or len(texts) < 2 or len(set(texts)) < len(texts):
        raise TheirsError(
            f"--vary {text}: expected a path and at least two different values, such as offers.tb2_baykar.lot=6,12 or"
            " policies.balanced.levers.over_order_margin=0:0.5:6."
        )
    return Axis(path, texts)


def _steps(text: str, parts: Sequence[str]) -> tuple[str, ...]:
    try:
        first, last, count = float(parts[0]), float(parts[1]), int(parts[2])
    except ValueError:
        raise TheirsError(f"--vary {text}: expected from:to:steps, three numbers, such as 0:0.5:6.") from None
    if count < 2 or first >= last:
        raise TheirsError(f"--vary {text}: expected from:to:steps with from below to and at least two steps.")
    return tuple(f"{first + (last - first) * step / (count - 1):.10g}" for step in range(count))


def sweep_runs(axes: Sequence[Axis], futures: int) -> int:
    """Runs that it takes."""
    runs = futures
    for axis in axes:
        runs *= len(axis.texts)
    return runs


def sweep(
    file: Path, shocks: Sequence[Path], sets: Sequence[str], policy: str, axes: Sequence[Axis], futures: int,
    setup: Setup, asked: Sequence[str] = (),
) -> Swept:  # fmt: skip
    """Run every combination on the same futures.

    Raises
    ------
    ScenarioError
        If a value cannot stand where it is set.
    TheirsError
        If there are more than two axes, too many combinations, or no such policy or output.
    OursError
        If a run failed.
    """
    combinations = list(product(*(axis.texts for axis in axes)))
    if not 1 <= len(axes) <= 2 or len(combinations) > MOST_CELLS:
        raise TheirsError(
            f"--vary: found {len(axes)} values and {len(combinations)} combinations; expected one or two values and at"
            f" most {MOST_CELLS} combinations."
        )
    worlds = [
        load(file, shocks, [*sets, *(f"{axis.path}={text}" for axis, text in zip(axes, texts, strict=True))]).scenario
        for texts in combinations
    ]
    cases = [Case(str(place), world, policy) for place, world in enumerate(worlds)]
    frame = run_whole(cases, [Point(number, number) for number in range(futures)], setup)
    wanted = tuple(headline_asked(worlds[0], name) for name in asked) or candidates(worlds[0])
    values = {each.id: column(frame, each.id).reshape(len(cases), futures) for each in wanted}
    varying = tuple(each for each in wanted if not constant(values[each.id].ravel()))
    never = tuple((each.title, float(values[each.id][0, 0])) for each in wanted if each not in varying)
    cells = tuple(
        Cell(texts, {each.id: _mean(each, values[each.id][k].tolist()) for each in varying})
        for k, texts in enumerate(combinations)
    )
    if not varying:
        told = "; ".join(f"{title}: {value:g}" for title, value in never)
        raise TheirsError(f"nothing varied ({told}); expected an output that does.")
    return Swept(tuple(axes), Outputs(varying, never), cells, worlds[0])


def _mean(output: Headline, values: Sequence[float]) -> Interval:
    if output.id.startswith(CHANCES):
        return wilson(int(sum(values)), len(values))
    return mean_t(values, within=(0.0, 1.0))
