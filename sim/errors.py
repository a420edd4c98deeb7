"""The errors of the house: whose fault it was, and what a person can do about it.

A scenario is told all its faults at once, each with its place, what was found, what was expected, a way out.

Why: nobody should repair a file one error at a time, nor guess whether to mend the file or the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

EXIT_DONE: Final = 0
"""All went well."""
EXIT_OURS: Final = 1
"""The program failed."""
EXIT_THEIRS: Final = 2
"""The scenario or the command line asks for something that cannot be done."""
EXIT_INTERRUPTED: Final = 130
"""Stopped from the keyboard (128 + SIGINT, as shells have it)."""


class Fault(NamedTuple):
    """One fault of a scenario, with all that is needed to mend it."""

    file: str
    line: int | None
    """Counted from 1; None if the fault has no line of its own."""
    where: str
    """Path inside the file, e.g. ``offers.tb2.lots[0].size``."""
    found: str
    expected: str
    way_out: str
    """A full sentence, or empty."""

    def told(self) -> str:
        """The fault in one line.

        >>> Fault("a.yaml", 7, "offers.tb2.price", "-5", "a price above zero", "Write a price.").told()
        'a.yaml:7: offers.tb2.price: found -5; expected a price above zero. Write a price.'
        """
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{place}: {self.where}: found {self.found}; expected {self.expected.rstrip('.')}."
        return f"{text} {self.way_out}" if self.way_out else text


class OursError(Exception):
    """The program is at fault; the scenario need not change."""

    exit_code = EXIT_OURS


class TheirsError(ValueError):
    """The scenario or the command line is at fault; the program cannot do what it asks."""

    exit_code = EXIT_THEIRS


class ScenarioError(TheirsError):
    """A scenario that the model cannot use, with every fault found in it.

    Raises ValueError if made without a fault.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        if not self.faults:
            raise ValueError("a scenario error needs at least one fault")
        # the argument itself goes to args, so that the error can travel back from a worker process
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(fault.told() for fault in self.faults)


def nearest(found: str, known: Sequence[str]) -> str:
    """Way out for a name that nothing answers to: the nearest known name, if one is near, and all of them.

    >>> nearest("amce", ["borealis", "acme"])
    "Did you mean 'acme'? Known: borealis, acme."
    >>> nearest("x", [])
    'None is known.'
    """
    if not known:
        return "None is known."
    close = get_close_matches(found, known, n=1)
    hint = f"Did you mean '{close[0]}'? " if close else ""
    return f"{hint}Known: {', '.join(known)}."


def unknown_name(where: str, found: str, known: Sequence[str]) -> str:
    """Sentence for a name that nothing answers to; the kind of thing is the last step of ``where``.

    >>> unknown_name("policies.dual.orders[3].supplier", "amce", ["acme", "borealis"])
    "policies.dual.orders[3].supplier: no supplier 'amce'. Did you mean 'acme'? Known: acme, borealis."
    """
    return f"{where}: no {where.split('.')[-1]} '{found}'. {nearest(found, known)}"


def unknown_name_fault(file: str, line: int | None, where: str, found: str, known: Sequence[str], kind: str) -> Fault:
    """Fault for a name that nothing answers to; ``kind`` is what was looked for ("offer", "mission" …).

    >>> unknown_name_fault("a.yaml", 3, "plan.offer", "tb", ["tb2"], "offer").told()
    "a.yaml:3: plan.offer: found 'tb'; expected the name of a known offer. Did you mean 'tb2'? Known: tb2."
    """
    return Fault(file, line, where, f"'{found}'", f"the name of a known {kind}", nearest(found, known))
