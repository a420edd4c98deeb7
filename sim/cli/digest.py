"""``digest``: what a run folder's tables come to, worked out anew from their rows.

Exit 1 where a table is no longer what was stored.

Why: two people who hold the same digests hold the same numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.options import Json, RunFolder
from sim.errors import EXIT_OURS

if TYPE_CHECKING:
    from sim.store import Study

NAME: Final = "digest"


Pairs = Annotated[bool, typer.Option("--pairs", help="Tell instead how often each two policies' ledgers differ.")]


def command(folder: RunFolder, pairs: Pairs = False, json: Json = False) -> None:
    """Print the digests of a run folder's tables, and check them."""
    from sim.cli.machine import print_json
    from sim.store import load

    study = load(folder)
    if pairs:
        _tell_pairs(study, json)
        return
    found, stored = study.digests(), study.manifest["tables"]
    altered = [name for name in found if found[name] != stored.get(name)]
    if json:
        print_json({"digests": found, "altered": altered})
    else:
        for name, digest in found.items():
            print(f"{digest}  {name}{'  ALTERED since it was stored' if name in altered else ''}")
    if altered:
        raise typer.Exit(EXIT_OURS)


def _tell_pairs(study: Study, json: bool) -> None:
    from sim.cli.machine import print_json
    from sim.study.pairs import pairs

    found = pairs(study)
    if json:
        print_json({"pairs": [pair._asdict() for pair in found]})
        return
    for pair in found:
        print(f"{pair.differing:>6} of {pair.compared} ledgers differ  {pair.first} / {pair.second}")
