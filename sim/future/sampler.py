"""Sampling: from a scenario's beliefs to one future.

A future is a function of (scenario, seed, purpose, parameter number, luck number) and of nothing else (R5).

Why: two policies that meet the same future differ only by the policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.future.addresses import ExpectedDraws
from sim.future.copula import correlate, groups_of
from sim.future.design import Design, DesignName, parameter_stream, strata_stream
from sim.future.future import Future
from sim.future.inputs import InputSheet
from sim.future.luck import KeyedLuck
from sim.scenario.resolved import Scenario
from sim.streams import check_distinct, stream_name

KEPT = 128
"""Parameter numbers whose inputs a sampler remembers: a batch asks for a block of them once a policy."""
Values = tuple[tuple[float, ...], tuple[int | float, ...]]
"""An input's canonical value, and the whole number that enters the rules; both by input number."""


class Sampler:
    """Futures of one scenario, seed and purpose; what they share is worked out once. A batch holds one.

    Parameters
    ----------
    seed
        0 to 2**64 - 1.
    purpose
        What the futures are for (``search``, ``judge``, ``demo`` …): other purposes meet other futures.
    design
        How inputs are spread over replications; None is what the scenario's experiment says.

    Raises ValueError if the purpose is empty or contains a slash, two streams share an address, a correlation
    names a formula, or a matrix of correlations is not positive definite.
    """

    __slots__ = (
        "_blank", "_design", "_drawn", "_expected", "_groups", "_kept", "_kind", "_sheet",
        "purpose", "scenario", "seed",
    )  # fmt: skip

    def __init__(self, scenario: Scenario, seed: int, purpose: str, design: DesignName | None = None) -> None:
        if not purpose or "/" in purpose:
            raise ValueError(f"purpose: found '{purpose}'; expected a word without a slash, like 'judge'")
        self.scenario = scenario
        self.seed = seed
        self.purpose = purpose
        self._kind: DesignName = scenario.experiment.design if design is None else design
        self._sheet = InputSheet(scenario)
        self._groups = groups_of(scenario.correlations, [which.path for which in scenario.inputs])
        # a constant in a group keeps its uniform, so that fixing one input leaves its companions as they were
        grouped = {number for group in self._groups for number in group.numbers}
        self._drawn = tuple(sorted(grouped.union(self._sheet.uncertain)))
        paths = [scenario.inputs[number].path for number in self._drawn]
        self._design = Design(seed, purpose, paths, self._kind)
        self._expected = ExpectedDraws(scenario, seed, purpose)
        self._blank = (0.5,) * len(scenario.inputs)
        self._kept: dict[int, Values] = {}
        self._check(paths)

    def __reduce__(self) -> tuple[type[Sampler], tuple[Scenario, int, str, DesignName]]:
        """Travel to another process as the key alone."""
        return Sampler, (self.scenario, self.seed, self.purpose, self._kind)

    def _check(self, paths: Sequence[str]) -> None:
        own = [form(path) for path in paths for form in (parameter_stream, strata_stream)]
        check_distinct(stream_name(self.purpose, name) for name in (*own, *self._expected.streams))
        for group in self._groups:
            for number in group.numbers:
                which = self.scenario.inputs[number]
                if which.formula is not None:
                    raise ValueError(
                        f"correlations: '{which.path}' is worked out from '{which.formula}';"
                        " expected inputs with a belief. Correlate the parameters it leans on"
                    )

    def future(self, parameter_number: int, luck_number: int, point: Sequence[float] | None = None) -> Future:
        """One future.

        Parameters
        ----------
        parameter_number, luck_number
            0 to 2**32 - 1; a plain study uses the replication number for both.
        point
            A point of the unit cube given outright, one uniform an input by number, instead of the design's;
            correlation still applies. Places of formulas and constants are ignored.

        Raises ValueError if a number is out of its range, or the point has another length or leaves the cube.
        """
        natural, entered = self._at(self._checked(point)) if point is not None else self._of(parameter_number)
        return Future(
            self.scenario, self.seed, self.purpose, parameter_number, luck_number,
            natural, entered, KeyedLuck(self._expected, luck_number),
        )  # fmt: skip

    def _of(self, number: int) -> Values:
        """The inputs of a parameter number: worked out once for all policies that meet it soon after one another."""
        found = self._kept.get(number)
        if found is None:
            found = self._at(self._own(number))
            if len(self._kept) == KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[number] = found
        return found

    def _at(self, own: Sequence[float]) -> Values:
        natural = self._sheet.at(correlate(self._groups, own))
        return natural, self._sheet.entered(natural)

    def point(self, parameter_number: int, given: Mapping[int, float]) -> Sequence[float]:
        """The design's point with some coordinates given outright: input number -> uniform. Luck is not touched."""
        own = list(self._own(parameter_number))
        for number, u in given.items():
            own[number] = u
        return own

    def _own(self, number: int) -> Sequence[float]:
        """Own uniform of each input, by input number."""
        own = list(self._blank)
        for place, u in zip(self._drawn, self._design.uniforms(number), strict=True):
            own[place] = u
        return own

    def _checked(self, point: Sequence[float]) -> Sequence[float]:
        if len(point) != len(self._blank) or not all(0.0 < u < 1.0 for u in point):
            raise ValueError(
                f"point: found {len(point)} numbers from {min(point, default=None)} to"
                f" {max(point, default=None)}; expected {len(self._blank)}, one an input, inside 0 to 1"
            )
        return point


def sample(
    scenario: Scenario,
    seed: int,
    purpose: str,
    parameter_number: int,
    luck_number: int,
    design: DesignName | None = None,
) -> Future:
    """One future of a scenario; for many, hold a ``Sampler``. Parameters and errors are the sampler's."""
    return Sampler(scenario, seed, purpose, design).future(parameter_number, luck_number)
