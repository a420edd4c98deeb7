"""Arguments and options that several commands have.

One meaning, one name, one help text.

Why: an option that means something else in the next command is typed wrongly there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

ScenarioFile: TypeAlias = Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario file.")]
RunFolder: TypeAlias = Annotated[Path, typer.Argument(metavar="DIR", help="A run folder, such as one in results.")]
Shocks: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--shock", metavar="FILE", help="Lay a file of shocks, policies or overrides over the scenario."),
]
Sets: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Set one value of the scenario."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one line of JSON instead of tables.")]
Seed: TypeAlias = Annotated[int | None, typer.Option("--seed", help="Which futures; the scenario's own by default.")]
Policies: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--policies", metavar="NAMES", help="Only these policies, with commas between; all by default."),
]
Workers: TypeAlias = Annotated[
    int | None, typer.Option("--workers", help="Local processes; one for each core by default.")
]
MaxFailures: TypeAlias = Annotated[int, typer.Option("--max-failures", help="Failed runs to put up with.")]
FindingFolder: TypeAlias = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Keep the tables in this new folder or run folder.")
]
Zone: TypeAlias = Annotated[
    float,
    typer.Option("--zone", metavar="SHARE", help="Differences that do not matter: 0.02 is two points, or 2 % of sums."),
]


def named(lists: list[str] | None) -> tuple[str, ...]:
    """Names given with commas between them, in one option or several; each once.

    >>> named(["a,b", "c, a"]), named(None)
    (('a', 'b', 'c'), ())
    """
    names = [name.strip() for given in lists or () for name in given.split(",")]
    return tuple(dict.fromkeys(name for name in names if name))
