"""What a home line's units take and cost: minutes along the curve, parts, and the price fixed at signing (R21, R25).

Minutes of each place on the curve are worked out once a run; a lot's are a difference of sums.

Why: price and cost come from one curve, so that what they differ by is margin and luck and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate, islice

from sim.rules.learning import minutes_of_each, parts_value
from sim.rules.production import price_minor
from sim.scenario.resolved import HomeLine, Input, PartFamily, PartSource
from sim.units import BASIS_POINTS, divide_half_up

Whole = Callable[[Input], int]


class Curve:
    """Minutes of a line's units by their place on the learning curve, rework included."""

    __slots__ = ("_sums", "_terms")

    def __init__(self, line: HomeLine, whole: Whole) -> None:
        self._sums = [0]
        self._terms = (
            whole(line.first_minutes), whole(line.slope) / BASIS_POINTS, line.floor_minutes,
            whole(line.yield_first), whole(line.yield_last), line.yield_scale_units, whole(line.rework_share),
        )  # fmt: skip

    def minutes(self, built: int, units: int) -> int:
        """Minutes of the next ``units`` after ``built``."""
        sums = self._sums
        known, end = len(sums) - 1, built + units
        if known < end:
            first, slope, floor, *rest = self._terms
            sums += islice(
                accumulate(minutes_of_each(first, slope, floor, known, end - known, *rest), initial=sums[-1]), 1, None
            )
        return sums[end] - sums[built]


class Costing:
    """One line's prices and costs."""

    def __init__(
        self,
        line: HomeLine,
        whole: Whole,
        families: Mapping[str, PartFamily],
        sources: Mapping[str, PartSource],
    ) -> None:
        self._line = line
        self._families = families
        self.curve = Curve(line, whole)
        spread = whole(line.parts_spread)
        self._piece_yen = {
            (part.family, source.id): divide_half_up(
                part.yen * spread * whole(source.price_factor), BASIS_POINTS * BASIS_POINTS
            )
            for part in line.kit
            for source in sources.values()
            if source.family == part.family
        }
        self.second_share: dict[str, int] = {}
        """Family -> share bought from its second source, once qualified."""
        self._slope = whole(line.parts_slope) / BASIS_POINTS
        self._labour = whole(line.labour_yen_hour)
        self._overhead = whole(line.overhead_yen)
        self._margin = whole(line.margin)

    def piece_yen(self, family: str, source: str) -> int:
        """What a piece of a source is worth to this product."""
        return self._piece_yen[family, source]

    def parts_yen(self) -> int:
        """A unit's parts at the shares in which they are bought today."""
        yen = 0
        for part in self._line.kit:
            family = self._families[part.family]
            first = self._piece_yen[part.family, family.first_source]
            share = self.second_share.get(part.family, 0)
            if share and family.second_source is not None:
                second = self._piece_yen[part.family, family.second_source]
                first = divide_half_up(first * (BASIS_POINTS - share) + second * share, BASIS_POINTS)
            yen += part.pieces * first
        return yen

    def price(self, position: int, units: int) -> int:
        """Yen of so many units that follow ``position`` built or signed ones (R25)."""
        parts = parts_value(self.parts_yen(), self._slope, position, units)
        minutes = self.curve.minutes(position, units)
        return price_minor(parts, minutes, self._labour, self._overhead * units, self._margin)

    def labour_yen(self, minutes: int) -> int:
        """What so many minutes cost."""
        return divide_half_up(minutes * self._labour, 60)

    def overhead_yen(self, units: int) -> int:
        """The overhead of so many units."""
        return self._overhead * units
