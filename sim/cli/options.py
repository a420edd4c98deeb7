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
