"""The counter of acts: a law that is short of acts gets more examples, and one that never acts is red."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws.counting import ROUNDS, acted, examples, note


def law_of(wanted: int, act: str) -> tuple[list[int], Callable[[], None]]:
    """A law of ten examples, each of which is one act called ``even``."""
    seen: list[int] = []

    @acted(**{act: wanted})
    @examples(10)
    @given(st.integers(0, 10**9))
    def law(number: int) -> None:
        seen.append(number)
        note("even")

    return seen, law


def test_a_law_that_acts_often_enough_sees_its_examples_once():
    seen, law = law_of(10, "even")
    law()
    assert len(seen) == 10


def test_a_law_that_is_short_of_acts_sees_other_examples_until_it_has_them():
    seen, law = law_of(15, "even")
    law()
    assert len(seen) == 20
    assert seen[:10] != seen[10:]


def test_a_law_that_never_acts_is_red_after_some_rounds():
    seen, law = law_of(1, "odd")
    with pytest.raises(AssertionError, match=r"hardly acted: {'odd': 0}, wanted at least {'odd': 1}"):
        law()
    assert len(seen) == 10 * ROUNDS
