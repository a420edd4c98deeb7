"""``digest``: what a run folder's tables come to, worked out anew from their rows.

Exit 1 where a table is no longer what was stored.

Why: two people who hold the same digests hold the same numbers.
"""

from __future__ import annotations

from typing import Final

import typer

from sim.cli.options import Json, RunFolder
from sim.errors import EXIT_OURS

NAME: Final = "digest"


def command(folder: RunFolder, json: Json = False) -> None:
    """Print the digests of a run folder's tables, and check them."""
    from sim.cli.machine import print_json
    from sim.store import load

    study = load(folder)
    found, stored = study.digests(), study.manifest["tables"]
    altered = [name for name in found if found[name] != stored.get(name)]
    if json:
        print_json({"digests": found, "altered": altered})
    else:
        for name, digest in found.items():
            print(f"{digest}  {name}{'  ALTERED since it was stored' if name in altered else ''}")
    if altered:
        raise typer.Exit(EXIT_OURS)
