"""Entries of what a policy decides for home lines beside ordering: standing terms and dated buys (R32).

Each is a decision; what it costs is seen when it is paid, in an entry of its own.

Why: a decision that names a hidden price would be one from hindsight.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from sim.engine.entries.base import Teller


class _HomeBuy(NamedTuple):
    day: int
    what: str
    family: str
    size: int
    offer: str
    line: str


_READS: Mapping[str, str] = MappingProxyType(
    {
        "a subsidy": "a subsidy of {share:g} % of its capital",
        "tooling": "{size} steps of tooling",
        "a second source": "a second source of {family} for {share:g} % of each order",
        "parts ahead of orders": "parts for {size} weeks ahead of orders",
    }
)
"""What is bought -> how it reads."""


class HomeBuy(_HomeBuy):
    """The policy buys something for a home line (R32); what it costs is seen when it is paid, not before (R30)."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        family = teller.name(self.family) if self.family else ""
        what = _READS[self.what].format(share=self.size / 100, size=self.size, family=family)
        return f"For {teller.name(self.offer)} the buyer decides on {what}, from {teller.name(self.line)}."


class _HomeTerms(NamedTuple):
    day: int
    export_share: int


class HomeTerms(_HomeTerms):
    """The policy states what share of its lines exports may take, and how much stock firms keep."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return f"Exports may take {self.export_share / 100:g} % of a home line."
