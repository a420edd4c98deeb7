"""The future of modes: every input at its most likely value and no luck.

What is more likely than not happens; what is less likely does not.

Why: a planner can check this one with a spreadsheet.
"""

from __future__ import annotations

from sim.future.entry import entered, mode_beyond
from sim.future.future import Future
from sim.future.inputs import InputSheet
from sim.scenario.resolved import Luck, Scenario
from sim.units import BASIS_POINTS


class ModalLuck:
    """No luck: each event at its mode."""

    __slots__ = ()

    def draw(self, luck: Luck, stream: str, index: int) -> int:
        """The mode."""
        return entered(luck.unit, luck.belief.mode())

    def draw_beyond(self, luck: Luck, stream: str, index: int, floor: int) -> int:
        """The mode, or the likeliest value that still can be.

        Raises ValueError, with the belief's path, if nothing remains beyond the floor.
        """
        try:
            return mode_beyond(luck.belief, luck.unit, floor)
        except ValueError as error:
            raise ValueError(f"{luck.path}: asked for more than {floor} {luck.unit}: {error}") from error

    def normal(self, stream: str, index: int) -> float:
        """The mode of a score."""
        return 0.0

    def normal_beyond(self, stream: str, index: int, floor: float) -> float:
        """The mode of a score, or the floor once that has passed."""
        return max(0.0, floor)

    def chance(self, probability_bp: int, stream: str, index: int) -> bool:
        """Whether it is more likely than not."""
        return 2 * probability_bp > BASIS_POINTS

    def uniform(self, stream: str, index: int) -> float:
        """The middle."""
        return 0.5

    def fresh(self) -> ModalLuck:
        """Itself: it keeps no record."""
        return self


def at_modes(scenario: Scenario) -> Future:
    """The future in which every input and every event is at its mode."""
    sheet = InputSheet(scenario)
    natural = sheet.at_modes()
    return Future(scenario, 0, "modes", 0, 0, natural, sheet.entered(natural), ModalLuck())
