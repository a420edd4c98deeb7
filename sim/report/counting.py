"""Counting: a number of things as a sentence has it, one or several.

The one place that makes plurals; it needs nothing, so that a command may count before it has read anything.

Why: "1 futures" makes a reader doubt the number too.
"""

from __future__ import annotations


def counted(number: float, counted_as: str) -> str:
    """A number of what is counted, one or several; ``units`` where a mission's own word is more than a word.

    >>> counted(1760, "set"), counted(1, "boat"), counted(12, "aircraft"), counted(1760, "set (type I), aircraft")
    ('1,760 sets', '1 boat', '12 aircraft', '1,760 units')
    >>> counted(1, "policy"), counted(2, "policy"), counted(0, "day"), counted(1.4, "minute")
    ('1 policy', '2 policies', '0 days', '1 minute')
    """
    word = counted_as if counted_as.replace(" ", "").replace("-", "").isalpha() and counted_as.isascii() else "unit"
    alike = f"{number:,.0f}" == "1" or word.endswith(("craft", "s"))
    several = f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeou" else f"{word}s"
    return f"{number:,.0f} {word if alike else several}"
