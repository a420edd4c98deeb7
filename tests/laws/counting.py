"""Counting how often a law's rule acted.

A law names its acts; when its examples are over, each act must have happened at least as often as it demanded. Which
examples Hypothesis chooses hangs on the constants of all modules loaded; so a law that is short of acts gets more of
them, the same ones each time, and is red when a few rounds do not bring the acts either.

Why: a law that never met its case is not a law that holds.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis import seed, settings

ROUNDS = 4
"""Of examples, at most, until each act has happened often enough."""


def acted(**least: int) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Decorate a Hypothesis test whose first argument is a counter; each named act must reach its least count.

    Placed above ``@given``, so that it sees the whole test and not one example.
    """

    def around(test: Callable[..., None]) -> Callable[[], None]:
        @wraps(test)
        def checked() -> None:
            TALLY.clear()
            test()
            for number in range(1, ROUNDS):
                if not short_of(least):
                    break
                seed(number)(test)()
            short = short_of(least)
            assert not short, f"the law's rule hardly acted: {short}, wanted at least {least}"

        del checked.__wrapped__  # pytest must not look for the examples' arguments as fixtures
        return checked

    return around


def short_of(least: dict[str, int]) -> dict[str, int]:
    """Acts that have not happened as often as they must, and how often they have."""
    return {act: TALLY[act] for act, count in least.items() if TALLY[act] < count}


def examples(times: int) -> settings:
    """So many examples of a law; twenty times as many under HYPOTHESIS_PROFILE=thorough."""
    return settings(max_examples=times * (20 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 1))


TALLY: Counter[str] = Counter()
"""How often each act happened in the law under test; cleared when a law begins."""


def note(act: str, times: Any = 1) -> None:
    """One act happened, or ``times`` of it."""
    TALLY[act] += int(times)
