"""Formulas: the arithmetic of a planner, and nothing more.

Values are those of the same arithmetic done by hand.

Why: a formula comes from a file, so whatever is not arithmetic must be a sentence and not an action.
"""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.formula import LONGEST, FormulaError, evaluate, names_in, scaled


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("24 / 4 / 2", 3.0),
        ("2 * -3", -6.0),
        ("--3", 3.0),
        ("-(1 - 4)", 3.0),
        ("+a", 5.0),
        ("min(a, 3, 9)", 3.0),
        ("max(a, min(3, 9)) * 2", 10.0),
        ("0.85 * b2_c * (a - 1)", 6.8),
        (".5 + 1. + 1e1 + 2E-1", 11.7),
        (" a\t* 2 ", 10.0),
    ],
)
def test_a_formula_is_the_arithmetic_it_spells(formula: str, value: float) -> None:
    assert evaluate(formula, {"a": 5, "b2_c": 2}) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        ("", "found the end, not a value"),
        ("   ", "found the end, not a value"),
        ("1 +", "found the end, not a value"),
        ("* 2", "found '*', not a value"),
        ("2 ** 3", "found '*', not a value"),
        ("a b", "'b' has nothing to do there"),
        ("(1", "a parenthesis is not closed"),
        ("1)", "')' has nothing to do there"),
        ("min 3", "'min' needs its values in parentheses"),
        ("min()", "found ')', not a value"),
        ("max(1,)", "found ')', not a value"),
        ("a.b", "cannot read '.b'"),
        ("a[0]", "cannot read '[0]'"),
        ("'x'", "cannot read"),
        ("1_000", "cannot read '1_000'"),
        ("1..2", "cannot read '1..2'"),
        ("0x10", "cannot read '0x10'"),
        ("__import__('os').system('ls')", "cannot read '__import__"),
        ("lambda: 1", "cannot read"),
        ("Ａ", "cannot read"),
        ("a; b", "cannot read"),
        ("(" * 50 + "1" + ")" * 50, "nested deeper than 40"),
        ("1" * (LONGEST + 1), "longer than 400 characters"),
    ],
)
def test_what_is_not_arithmetic_is_named(formula: str, complaint: str) -> None:
    with pytest.raises(FormulaError) as error:
        names_in(formula)
    assert complaint in str(error.value)


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        ("1 / (a - 5)", "a division by zero"),
        ("1e300 * 1e300", "no finite value"),
        ("1e300 * 1e300 * 0", "no finite value"),
        ("c", "no value for 'c'"),
    ],
)
def test_a_formula_without_a_value_is_an_error(formula: str, complaint: str) -> None:
    with pytest.raises(FormulaError, match=complaint):
        evaluate(formula, {"a": 5})


def test_names_are_told_once_each_in_order_of_first_use() -> None:
    assert names_in("b * a + max(b, c) - min(2, a)") == ("b", "a", "c")


def test_other_units_are_divided_in_and_multiplied_out() -> None:
    text = "0.85 * shield * total + max(total,shield)-1e9"
    assert scaled(text, {"total": 1e9, "shield": 1.0}, 1e9) == (
        "(0.85 * shield * (total / 1000000000) + max((total / 1000000000),shield)-1e9) * 1000000000"
    )
    assert scaled(text, {}, 1.0) == text
    assert scaled("a * e9", {"e9": 0.01}, 0.5) == "(a * (e9 / 0.01)) * 0.5"


def _expressions() -> st.SearchStrategy[str]:
    numbers = st.integers(0, 99).map(str) | st.sampled_from(["0.5", "a", "b"])
    return st.recursive(
        numbers,
        lambda inner: (
            st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
            | inner.map(lambda one: f"-{one}")
            | st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})")
        ),
        max_leaves=8,
    )


@given(formula=_expressions())
def test_a_formula_means_what_the_same_text_means_in_python(formula: str) -> None:
    names = {"a": 3.0, "b": 7.5}
    tree = compile(ast.parse(formula, mode="eval"), "formula", "eval")
    try:
        expected = float(
            eval(tree, {"__builtins__": {}, "min": min, "max": max, **names})
        )  # the oracle of this test only
    except ZeroDivisionError:
        with pytest.raises(FormulaError, match="division by zero"):
            evaluate(formula, names)
        return
    assert evaluate(formula, names) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(text=st.text(max_size=60) | st.text(alphabet="0123456789.eE+-*/(), abminx_", max_size=60))
def test_any_text_is_a_formula_or_an_error_of_formulas(text: str) -> None:
    try:
        evaluate(text, {"a": 1.0, "b": 0.0})
    except FormulaError:
        return
