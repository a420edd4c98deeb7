"""``diff``: two scenarios or two run folders, in what they say and in what follows from it.

Two files are run on the same futures; of two folders the stored runs are compared, future by future where they met the
same ones. The difference is the second less the first.

Why: "what did you change, and does it matter?" is the first question about every second run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

import typer

from sim.cli.options import Json, MaxFailures, Policies, Seed, Workers, named
from sim.errors import TheirsError

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario.load import Loaded
    from sim.store import Study
    from sim.study.difference import Consequence
    from sim.study.inputs_apart import InputApart
    from sim.study.measures_compared import Measured

NAME: Final = "diff"
_MOST_LISTED: Final = 40


class _Side(NamedTuple):
    """One of the two."""

    place: Path
    loaded: Loaded
    study: Study | None
    """None: a scenario file."""

    def policies(self) -> tuple[str, ...]:
        """Those that can be compared."""
        return tuple(self.loaded.scenario.policies) if self.study is None else self.study.policies


def command(
    first: Annotated[Path, typer.Argument(metavar="A", help="A scenario file or a run folder.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another of the same kind.")],
    policies: Policies = None,
    replications: Annotated[
        int | None, typer.Option("--replications", "-n", help="Futures for two files; A's own number by default.")
    ] = None,
    seed: Seed = None,
    inputs_only: Annotated[bool, typer.Option("--inputs", help="Only what they say; nothing is run or read.")] = False,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    json: Json = False,
) -> None:
    """Tell in what two scenarios or two run folders differ, and what follows from it."""
    from sim.study.inputs_apart import inputs_apart

    if first.is_dir() != second.is_dir():
        raise TheirsError(f"diff: found a run folder and a file ({first}, {second}); expected two of one kind.")
    sides = _opened(first), _opened(second)
    inputs = inputs_apart(sides[0].loaded.written, sides[1].loaded.written)
    found: list[Consequence] = []
    if not inputs_only:
        found = _consequences(sides, named(policies), replications, seed, workers, max_failures)
    if json:
        _tell_json(inputs, found)
    else:
        _tell(sides, inputs, found)


def _opened(place: Path) -> _Side:
    from sim.scenario.load import load as load_scenario
    from sim.store import load
    from sim.store.place import RESOLVED

    if place.is_dir():
        return _Side(place, load_scenario(place / RESOLVED), load(place))
    return _Side(place, load_scenario(place), None)


def _consequences(
    sides: tuple[_Side, _Side], asked: Sequence[str], replications: int | None, seed: int | None,
    workers: int | None, most_failures: int,
) -> list[Consequence]:  # fmt: skip
    from sim.cli.bar import Bar
    from sim.cli.run import cores
    from sim.study.difference import consequences_of_files, consequences_of_folders
    from sim.study.trial import Futures

    compared = _policies(sides, asked)
    first, second = sides
    if first.study is not None and second.study is not None:
        if replications is not None or seed is not None:
            raise TheirsError(
                f"{first.place}: stored runs have their own futures; expected no --replications or --seed."
            )
        return list(consequences_of_folders(first.study, second.study, compared))
    own = first.loaded.scenario.experiment
    futures = Futures(
        replications=own.replications if replications is None else replications,
        seed=own.seed if seed is None else seed,
        workers=cores() if workers is None else workers,
        most_failures=most_failures,
    )
    with Bar() as bar:
        ours, theirs = (side.loaded.scenario for side in sides)
        return list(consequences_of_files(ours, theirs, compared, futures, bar.told))


def _policies(sides: tuple[_Side, _Side], asked: Sequence[str]) -> tuple[str, ...]:
    from sim.errors import nearest

    known, others = sides[0].policies(), sides[1].policies()
    common = tuple(each for each in known if each in others)
    for name in asked:
        if name not in common:
            raise TheirsError(f"diff: no policy '{name}' in both. {nearest(name, common)}")
    if not common:
        raise TheirsError(
            f"diff: found no policy that stands in both; A has {', '.join(known)}, B {', '.join(others)}."
        )
    return tuple(asked) or common


# -- told


def _tell_json(inputs: Sequence[InputApart], found: Sequence[Consequence]) -> None:
    from sim.cli.machine import print_json

    print_json({"inputs": [each._asdict() for each in inputs], "consequences": [_raw(each) for each in found]})


def _raw(of: Consequence) -> dict[str, Any]:
    from dataclasses import asdict

    told = {"policy": of.policy, "measure": of.measure.id, "unit": of.measure.unit, "first": of.first}
    return {
        **told,
        "second": of.second,
        **asdict(of.difference),
        "verdict": of.verdict,
        "ledgers_apart": of.ledgers_apart,
    }


def _tell(sides: tuple[_Side, _Side], inputs: Sequence[InputApart], found: Sequence[Consequence]) -> None:
    from sim.cli.screen import screen, table

    console = screen()
    for letter, side in zip("AB", sides, strict=True):
        console.print(f"{letter}  {side.place}: {_what(side)}", soft_wrap=True)
    for line in _inputs(inputs):
        console.print(line, soft_wrap=True)
    for policy, own in groupby(found, key=lambda each: each.policy):
        rows, title = list(own), sides[0].loaded.scenario.policies[policy].title
        console.print(f"\n{title} ({policy})", style="bold")
        if rows[0].ledgers_apart is not None:
            console.print(f"Ledgers differ in {rows[0].ledgers_apart:,} of {rows[0].difference.N:,} futures.")
        console.print(table(("Measure", "A", "B", "B less A", "Verdict on B"), map(_row, rows), whole=(1, 2)))
    if found:
        _legend(console, found)


def _what(side: _Side) -> str:
    from sim.report.counting import counted

    if side.study is None:
        return side.loaded.scenario.title
    manifest = side.study.manifest
    return f"{side.loaded.scenario.title}; {counted(side.study.replications, 'future')}, seed {manifest['seed']}"


def _inputs(inputs: Sequence[InputApart]) -> Iterator[str]:
    values = [each for each in inputs if not each.only_words]
    words = len(inputs) - len(values)
    yield ""
    many = "one value differs" if len(values) == 1 else f"{len(values) or 'no'} values differ"
    yield f"Inputs: {many}."
    for each in values[:_MOST_LISTED]:
        yield f"  {each.path}: {each.first} -> {each.second}"
    if len(values) > _MOST_LISTED:
        yield f"  and {len(values) - _MOST_LISTED:,} more"
    if words:
        places = "1 place" if words == 1 else f"{words:,} places"
        yield f"  Besides, sources, notes or titles at {places}; they decide no number."


def _row(of: Consequence) -> tuple[str, ...]:
    between = "no interval"
    if of.difference.low is not None and of.difference.high is not None:
        between = f"{_number(of.difference.low, of.measure, signed=True)} to"
        between += f" {_number(of.difference.high, of.measure, signed=True)}"
    difference = "–" if of.difference.value is None else _number(of.difference.value, of.measure, signed=True)
    sides = ("–" if value is None else _number(value, of.measure) for value in (of.first, of.second))
    return of.measure.title, *sides, f"{difference} ({between})", of.verdict or "–"


def _number(value: float, measure: Measured, *, signed: bool = False) -> str:
    scale, digits, unit = {"share": (100, 1, " %"), "yen": (1e-9, 1, " bn")}.get(measure.unit, (1, 1, ""))
    text = f"{abs(scale * value):,.{digits}f}"
    sign = "" if not float(text.replace(",", "")) else "−" if value < 0 else "+" if signed else ""
    return f"{sign}{text}{unit}"


def _legend(console: Console, found: Sequence[Consequence]) -> None:
    kinds = "; ".join(dict.fromkeys(each.difference.kind for each in found))
    paired = "on the same futures" if any(each.verdict for each in found) else "on futures that they do not share"
    n, asked = found[0].difference.n, found[0].difference.N
    console.print(
        f"\nMeans, chances in percent, yen in ¥ bn; {paired}, {n:,} of {asked:,}. In brackets 95 % intervals, each by"
        f" itself ({kinds})."
    )
