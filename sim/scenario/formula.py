"""Formulas: the little arithmetic a scenario may write over its named parameters.

Numbers, names, ``+ - * /``, parentheses, ``min`` and ``max``; nothing is ever handed to Python to run.

Why: a budget line that is a share of an uncertain total must move with that total, and a file is not a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Final, NamedTuple

LONGEST: Final = 400
_DEEPEST: Final = 40
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(?![A-Za-z0-9_.])"
    r"|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[-+*/(),]))",
    re.ASCII,
)
_CHOICES: Final = {"min": min, "max": max}


class FormulaError(ValueError):
    """The formula cannot be read, or has no finite value."""


class _Token(NamedTuple):
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: steps in postfix order, ready to be worked out."""

    text: str
    names: tuple[str, ...]
    """Names used, in order of first use."""
    steps: tuple[tuple[str, float | str | int], ...]


@lru_cache(maxsize=1024)
def parse(text: str) -> Formula:
    """Read a formula.

    Raises FormulaError, with the place in the text, if it is not arithmetic.

    >>> parse("0.85 * share * total").names
    ('share', 'total')
    """
    reader = _Reader(_tokens(text))
    reader.total()
    if reader.next.kind != "end":
        raise FormulaError(f"'{reader.next.text}' has nothing to do there")
    names = tuple(dict.fromkeys(str(what) for step, what in reader.steps if step == "name"))
    return Formula(text, names, tuple(reader.steps))


def names_in(formula: str) -> tuple[str, ...]:
    """Names a formula uses, in order of first use. Raises FormulaError if it cannot be read.

    >>> names_in("max(a, 2) / b - a")
    ('a', 'b')
    """
    return parse(formula).names


def evaluate(formula: str, names: Mapping[str, float]) -> float:
    """Work a formula out in floats.

    Raises FormulaError if it cannot be read, uses a name that is not given, divides by zero or overflows.

    >>> evaluate("0.5 * (a + 3) / -2", {"a": 5})
    -2.0
    """
    stack: list[float] = []
    for step, what in parse(formula).steps:
        if step == "number":
            stack.append(float(what))
        elif step == "name":
            stack.append(_value(str(what), names))
        else:
            _work(stack, step, int(what))
    if not isfinite(stack[0]):
        raise FormulaError(f"'{formula}' has no finite value")
    return stack[0]


def scaled(formula: str, divisors: Mapping[str, float], factor: float) -> str:
    """Formula over values in other units: each name divided by its divisor, the whole times ``factor``.

    Raises FormulaError if it cannot be read.

    >>> scaled("0.5 * a + b", {"a": 1e9}, 100.0)
    '(0.5 * (a / 1000000000) + b) * 100'
    """
    parse(formula)

    def in_unit(token: re.Match[str]) -> str:
        divisor = divisors.get(token["name"] or "", 1.0)
        return token[0] if divisor == 1.0 else token[0].replace(token["name"], f"({token['name']} / {_plain(divisor)})")

    text = _TOKEN.sub(in_unit, formula)
    return text if factor == 1.0 else f"({text}) * {_plain(factor)}"


def _plain(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _value(name: str, names: Mapping[str, float]) -> float:
    if name not in names:
        raise FormulaError(f"no value for '{name}'")
    return float(names[name])


def _work(stack: list[float], step: str, width: int) -> None:
    """Replace the last ``width`` values by what ``step`` makes of them."""
    values = stack[-width:]
    del stack[-width:]
    if step in _CHOICES:
        stack.append(_CHOICES[step](values))
    elif step == "negative":
        stack.append(-values[0])
    elif step == "+":
        stack.append(values[0] + values[1])
    elif step == "-":
        stack.append(values[0] - values[1])
    elif step == "*":
        stack.append(values[0] * values[1])
    elif values[1] == 0:
        raise FormulaError("a division by zero")
    else:
        stack.append(values[0] / values[1])


def _tokens(text: str) -> list[_Token]:
    if len(text) > LONGEST:
        raise FormulaError(f"longer than {LONGEST} characters")
    tokens: list[_Token] = []
    place = 0
    stripped = text.rstrip()
    while place < len(stripped):
        found = _TOKEN.match(stripped, place)
        if found is None:
            raise FormulaError(f"cannot read '{stripped[place:].strip()[:20]}'")
        tokens.append(_Token(str(found.lastgroup), found[str(found.lastgroup)]))
        place = found.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens, writing postfix steps."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = iter([*tokens, _Token("end", "the end")])
        self.next = next(self._tokens)
        self.steps: list[tuple[str, float | str | int]] = []
        self._depth = 0

    def _take(self) -> _Token:
        taken = self.next
        self.next = next(self._tokens)
        return taken

    def total(self) -> None:
        """Products added and subtracted."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FormulaError(f"nested deeper than {_DEEPEST}")
        self._chain(self._product, "+", "-")
        self._depth -= 1

    def _product(self) -> None:
        self._chain(self._single, "*", "/")

    def _chain(self, part: Callable[[], None], *signs: str) -> None:
        part()
        while self.next.text in signs:
            sign = self._take().text
            part()
            self.steps.append((sign, 2))

    def _single(self) -> None:
        """A number, a name, a sign before either, a choice, or a total in parentheses."""
        signs = 0
        while self.next.text in ("-", "+"):
            signs += self._take().text == "-"
        token = self.next
        if token.kind == "end" or token.text in ("*", "/", ")", ","):
            raise FormulaError(f"found {token.text if token.kind == 'end' else repr(token.text)}, not a value")
        self._take()
        if token.kind == "number":
            self.steps.append(("number", float(token.text)))
        elif token.text in _CHOICES:
            self._choice(token.text)
        elif token.kind == "name":
            self.steps.append(("name", token.text))
        else:
            self.total()
            self._close()
        if signs % 2:
            self.steps.append(("negative", 1))

    def _choice(self, name: str) -> None:
        """The values that ``min`` or ``max`` chooses from."""
        if self._take_text() != "(":
            raise FormulaError(f"'{name}' needs its values in parentheses")
        self.total()
        width = 1
        while self.next.text == ",":
            self._take()
            self.total()
            width += 1
        self._close()
        self.steps.append((name, width))

    def _take_text(self) -> str:
        return self.next.text if self.next.kind == "end" else self._take().text

    def _close(self) -> None:
        if self._take_text() != ")":
            raise FormulaError("a parenthesis is not closed")
