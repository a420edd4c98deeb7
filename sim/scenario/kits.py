"""Kits: what one unit needs of every part family, the parts of its parts included.

A firm buys sub-parts itself and hands them to the maker of the part, so the kit holds them all; parts go in no circle.

Why: a ban on magnets stops a line that has never bought one, only motors.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from sim.scenario.written_home import FamilyWritten, KitWritten

Families = Mapping[str, FamilyWritten]


def cycles(families: Families) -> tuple[tuple[str, ...], ...]:
    """Circles of families that are made of each other, each from a family back to itself; disjoint, in order."""
    made_of = {name: set(family.made_of) for name, family in sorted(families.items())}
    found = []
    while True:
        try:
            TopologicalSorter(made_of).prepare()
        except CycleError as error:
            circle = tuple(error.args[1])[::-1]
            found.append(circle)
            made_of = {name: parts - set(circle) for name, parts in made_of.items() if name not in circle}
            continue
        return tuple(sorted(found))


def pieces_of(kit: Mapping[str, KitWritten], families: Families) -> dict[str, int]:
    """Pieces of each family in one unit, sub-parts included. Raises CycleError if the parts go in a circle."""
    pieces = {family: entry.pieces for family, entry in kit.items() if entry.pieces is not None}
    parts_first = TopologicalSorter({name: family.made_of for name, family in families.items()}).static_order()
    for whole in reversed(tuple(parts_first)):
        if whole in pieces and whole in families:
            for part, each in families[whole].made_of.items():
                pieces[part] = pieces.get(part, 0) + pieces[whole] * each
    return dict(sorted(pieces.items()))
