"""Checks of parts: somebody makes each family, sources are of the family they serve, parts go in no circle.

A window opens on a day or by luck, and one of the past may still be open (R8).

Why: a part that nobody makes stops a line for ever, and a study would call that bad luck.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

from sim.scenario.fields import Trouble
from sim.scenario.kits import cycles
from sim.scenario.written import WrittenScenario
from sim.scenario.written_home import FamilyWritten, FlowWindowWritten

_MOST_CHOICES = 100_000


def check_circles(scenario: WrittenScenario) -> Iterator[Trouble]:
    """No part is, in the end, made of itself."""
    for circle in cycles(scenario.part_families):
        path = ("part_families", circle[0], "made_of")
        yield Trouble(path, " of ".join(circle), "parts that go in no circle", "Cut it at one of them.")


def check_family(scenario: WrittenScenario, name: str, family: FamilyWritten) -> Iterator[Trouble]:
    """Both sources make the family, they are two, and a second one has its qualification."""
    path = ("part_families", name)
    for key in ("first_source", "second_source"):
        yield from _source_troubles(scenario, (*path, key), name, getattr(family, key))
    if family.second_source == family.first_source:
        yield Trouble((*path, "second_source"), None, "another source than the first", "Or leave it out.")
    if family.second_source is not None and family.qualification is None:
        yield Trouble((*path, "qualification"), "nothing", "time and cost of qualifying the second source")
    if family.second_source is None and family.qualification is not None:
        yield Trouble((*path, "qualification"), None, "no qualification without a second source", "Leave it out.")


def _source_troubles(
    scenario: WrittenScenario, path: tuple[str, ...], family: str, source: str | None
) -> Iterator[Trouble]:
    """A source of another family, or a family that nobody makes."""
    made = None if source is None else scenario.part_sources.get(source)
    if source is None or made is None or made.family == family:
        return
    makers = sorted(name for name, one in scenario.part_sources.items() if one.family == family)
    way_out = f"Sources of it: {', '.join(makers)}." if makers else "Nobody makes it: add a source to part_sources."
    yield Trouble(path, f"'{source}', which makes {made.family}", f"a source of {family}", way_out)


def check_window(scenario: WrittenScenario, name: str, window: FlowWindowWritten) -> Iterator[Trouble]:
    """A window opens on a day or by luck, and only one with a length may also stay open."""
    path = ("part_windows", name)
    if (window.opens is None) == (window.a_year is None):
        found = "neither" if window.opens is None else "both"
        yield Trouble(path, found, "either opens, a day, or a_year, how often it opens by luck")
    if window.stays_open is not None and window.length is None:
        yield Trouble((*path, "stays_open"), None, "no chance beside a window without length: it stays open")
    users = window.users or []
    for place, user in enumerate(users):
        if user in users[:place]:
            yield Trouble((*path, "users", str(place)), None, "each user once", "Leave the second out.")
    yield from _choice_troubles(scenario, path, window)
    yield from _length_troubles(scenario, path, window)


def _choice_troubles(scenario: WrittenScenario, path: tuple[str, ...], window: FlowWindowWritten) -> Iterator[Trouble]:
    """More families at a time than it has, or a choice too wide to draw from."""
    families, most = scenario.part_families if window.families == "all" else window.families, window.most_families
    if len(set(families)) < len(families):
        yield Trouble((*path, "families"), None, "each family once", "Leave the second out.")
    if most is not None and most > len(families):
        yield Trouble((*path, "most_families"), None, f"at most the families it strikes, {len(families)}")
    elif most is not None and max(comb(len(families), number) for number in range(1, most + 1)) > _MOST_CHOICES:
        expected = f"at most {_MOST_CHOICES:,} choices of so many of its {len(families)} families"
        yield Trouble((*path, "most_families"), None, expected, "Name fewer families, or strike fewer at a time.")


def _length_troubles(scenario: WrittenScenario, path: tuple[str, ...], window: FlowWindowWritten) -> Iterator[Trouble]:
    """A window of the past whose length is uncertain but certainly over."""
    if window.opens is None or window.length is None:
        return
    length, passed = window.length.belief(), (scenario.clock.as_of - window.opens).days
    if length.low() != length.high() and 0 < length.high() <= passed:
        found = f"{window.length.form.text()} {window.length.form.unit}, over on clock.as_of whatever it is"
        expected = f"one certain length, or one that may exceed the {passed} days that have passed"
        yield Trouble((*path, "length"), found, expected, "Write the length it had: {value: ...}.")
