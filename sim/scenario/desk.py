"""The desk: where the written scenario and its inputs lie while the resolved one is made.

Every look-up is by the path in the file; what is looked up exists, because the scenario was checked.

Why: one path names a number in the file, in the errors, in the table of facts and in the model.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sim.calendar import Calendar
from sim.scenario.inputs import Inputs
from sim.scenario.resolved import Input, Luck
from sim.scenario.survey import Citations
from sim.scenario.tree import dotted
from sim.scenario.written import WrittenScenario


@dataclass(frozen=True, slots=True)
class Desk:
    """A checked scenario on its way from written to resolved."""

    written: WrittenScenario
    inputs: Inputs
    citations: Citations
    calendar: Calendar

    def parameter(self, *path: str) -> Input:
        """Input at a path. Raises KeyError if there is none."""
        return self.inputs.by_path[dotted(path)]

    def parameter_or_none(self, *path: str) -> Input | None:
        """Input at a path that may be left out."""
        return self.inputs.by_path.get(dotted(path))

    def luck(self, *path: str) -> Luck:
        """Luck at a path. Raises KeyError if there is none."""
        return self.inputs.luck[dotted(path)]

    def luck_or_none(self, *path: str) -> Luck | None:
        """Luck at a path that may be left out."""
        return self.inputs.luck.get(dotted(path))

    def fixed(self, *path: str) -> int:
        """Certain quantity at a path, as the model enters it. Raises KeyError if there is none."""
        return self.inputs.fixed[dotted(path)]

    def day(self, date: datetime.date) -> int:
        """Days from the start to a date."""
        return self.calendar.day(date)

    def day_or_none(self, date: datetime.date | None) -> int | None:
        """Days from the start to a date that may be left out."""
        return None if date is None else self.calendar.day(date)
