"""The Future: everything the buyer does not choose, fixed before the clock starts.

It answers by address and keeps no order, so what a run asks first changes nothing.

Why: the engine asks one kind of future, whether it was sampled, set to its modes or written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from sim.future.inputs import InputSheet
from sim.future.luck import LuckSource, changed
from sim.scenario.resolved import Input, Luck, Scenario
from sim.units import BASIS_POINTS


@dataclass(frozen=True, slots=True, eq=False)
class Future:
    """One future of a scenario: the values of its inputs, and the luck of every event that could happen."""

    scenario: Scenario
    seed: int
    purpose: str
    parameter_number: int
    luck_number: int
    natural: tuple[float, ...]
    """Canonical, unrounded, by input number: for tables and regressions."""
    values: tuple[int | float, ...]
    """As they enter the model, by input number: whole numbers, but for scores."""
    luck: LuckSource

    def whole(self, which: Input) -> int:
        """Value of an input as it enters the model.

        Shares, factors, growth, volatility and events in basis points, exchange rates in 1/10,000 yen, others
        in whole units of their kind. Raises ValueError for a score, which is not whole.
        """
        if which.unit == "sd":
            raise ValueError(
                f"{which.path}: found a score of {self.values[which.number]}; expected an input that enters whole"
            )
        return self.values[which.number]  # type: ignore[return-value]  # all but scores are whole

    def score(self, which: Input) -> float:
        """Value of an input that is a standard normal score. Raises ValueError for any other."""
        if which.unit != "sd":
            raise ValueError(f"{which.path}: found an input in '{which.unit}'; expected a score ('sd')")
        return self.values[which.number]

    def draw(self, luck: Luck, stream: str, index: int) -> int:
        """Value of one event, in the whole unit in which it enters.

        Parameters
        ----------
        luck
            What is believed of this kind of event.
        stream
            Kind and owner, without the purpose: ``tender/tb2_baykar``.
        index
            Which of the owner's events.
        """
        return self.luck.draw(luck, stream, index)

    def draw_beyond(self, luck: Luck, stream: str, index: int, floor: int) -> int:
        """Value of an event under way, given that its whole value exceeds ``floor`` (R8).

        Raises ValueError if what is believed leaves nothing beyond the floor.
        """
        return self.luck.draw_beyond(luck, stream, index, floor)

    def normal(self, stream: str, index: int) -> float:
        """Standard normal score of one event."""
        return self.luck.normal(stream, index)

    def normal_beyond(self, stream: str, index: int, floor: float) -> float:
        """Standard normal score of an event under way, given that it exceeds ``floor`` (R8)."""
        return self.luck.normal_beyond(stream, index, floor)

    def chance(self, probability_bp: int, stream: str, index: int) -> bool:
        """Whether something happens: 0 never, 10,000 always.

        Raises ValueError if the chance, in basis points, is neither of these nor between them.
        """
        if not 0 <= probability_bp <= BASIS_POINTS:
            raise ValueError(f"{stream}[{index}]: found a chance of {probability_bp}; expected 0 to 10000")
        return self.luck.chance(probability_bp, stream, index)

    def uniform(self, stream: str, index: int) -> float:
        """Uniform of one event, strictly between 0 and 1: for what has a quantile of its own, like losses."""
        return self.luck.uniform(stream, index)

    def with_luck(self, stream: str, index: int, u: float) -> Self:
        """Future in which one event has another uniform. Raises ValueError unless 0 < u < 1."""
        return replace(self, luck=changed(self.luck, (stream, index), u))

    def with_parameter(self, path: str, value: float) -> Self:
        """Future in which one input has another value, in the unit in which it enters; formulas follow.

        Correlated inputs stay as they are. Raises ValueError for an unknown path or an input with a formula.
        """
        sheet = InputSheet(self.scenario)
        natural = sheet.with_value(self.natural, path, value)
        return replace(self, natural=natural, values=sheet.entered(natural), luck=self.luck.fresh())
