"""``sensitivity``: which inputs drive the answer, by a screening, shares of the variance and swings.

Of a run folder it tells the drivers from the runs that are there, and makes none.

Why: six hundred numbers are assumptions, and somebody will ask which of them matter.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.analyses import Keep, Measures, PolicyName, Source
from sim.cli.options import FindingFolder, Json, Seed, Sets, Shocks, Workers
from sim.errors import TheirsError

if TYPE_CHECKING:
    from sim.scenario.resolved import Scenario
    from sim.store.finding import Finding
    from sim.study.sensitivity.factors import Factor
    from sim.study.sensitivity.running import Setup

NAME: Final = "sensitivity"
SCREENING: Final = "screening"
SHARES: Final = "shares"
SWINGS: Final = "swings"
CURVES: Final = "curves"
PARTS: Final = (SCREENING, SHARES, SWINGS, CURVES)
"""``curves`` are swings at five levels instead of two."""


def command(
    source: Source,
    policy: PolicyName = None,
    parts: Annotated[
        str, typer.Option("--parts", metavar="NAMES", help=f"Which of {', '.join(PARTS)}, with commas between.")
    ] = f"{SCREENING},{SHARES},{SWINGS}",
    trajectories: Annotated[int, typer.Option("--trajectories", help="Of the screening.")] = 10,
    base: Annotated[int, typer.Option("--base", help="Base points of the shares, a power of two.")] = 64,
    futures: Annotated[int, typer.Option("--futures", help="In which each input swings.")] = 64,
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", metavar="PATH", help="Look at this one; by default at those that screening finds."),
    ] = None,
    most: Annotated[int, typer.Option("--most", help="Inputs to look at beyond the screening, at most 12.")] = 12,
    average_luck: Annotated[
        int,
        typer.Option("--average-luck", metavar="M", help="Average shares over M luck numbers; else luck is a factor."),
    ] = 0,
    measure: Measures = None,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    keep: Keep = None,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Tell which inputs drive the answer."""
    from sim.cli.analyses import asked_of, setup_of
    from sim.cli.bar import Bar
    from sim.cli.found import tell
    from sim.study.sensitivity.extras import analysis_library

    asked_parts = _parts(parts)
    analysis_library("SALib")
    if source.is_dir():
        tell(_of_folder(source, policy, measure or ()), out, as_json=json)
        return
    scenario, chosen = asked_of(source, shock, set_, policy, out)
    ask = _Ask(asked_parts, trajectories, base, futures, tuple(inputs or ()), most, average_luck, tuple(measure or ()))
    with Bar() as bar:
        finding = ask.finding(scenario, chosen, setup_of(scenario, seed, workers, keep, bar.told))
    tell(finding, out, as_json=json)


def _parts(text: str) -> tuple[str, ...]:
    from sim.cli.options import named
    from sim.errors import nearest

    parts = named([text])
    for part in parts:
        if part not in PARTS:
            raise TheirsError(f"--parts: no part '{part}'. {nearest(part, PARTS)}")
    if not parts:
        raise TheirsError(f"--parts: found none; expected some of {', '.join(PARTS)}.")
    return parts


def _of_folder(folder: Path, policy: str | None, measures: list[str] | tuple[str, ...]) -> Finding:
    from sim.cli.analyses import policy_of_folder
    from sim.store import load
    from sim.study.sensitivity.from_study import drivers_in
    from sim.study.sensitivity.stored import drivers_finding

    study = load(folder)
    chosen = policy_of_folder(study, policy)
    return drivers_finding(drivers_in(study, chosen, measures), study.scenario, int(study.manifest["seed"]))


class _Ask:
    """What is asked of a scenario."""

    def __init__(
        self, parts: tuple[str, ...], trajectories: int, base: int, futures: int, inputs: tuple[str, ...], most: int,
        lucks: int, measures: tuple[str, ...],
    ) -> None:  # fmt: skip
        from sim.study.sensitivity.sobol import MOST_FACTORS

        for name, number, least, largest in (
            ("trajectories", trajectories, 2, 10_000), ("futures", futures, 2, 2**20),
            ("most", most, 1, MOST_FACTORS), ("average-luck", lucks, 0, 1024),
        ):  # fmt: skip
            if not least <= number <= largest:
                raise TheirsError(f"--{name}: found {number}; expected a whole number from {least} to {largest:,}.")
        if base < 2 or base & (base - 1):
            raise TheirsError(f"--base: found {base}; expected a power of two, such as 64 or 256.")
        if len(inputs) > MOST_FACTORS:
            raise TheirsError(f"--input: found {len(inputs)}; expected at most {MOST_FACTORS}.")
        if not inputs and SCREENING not in parts:
            raise TheirsError(
                "--parts: found no screening and no --input; expected one of them, to know what to look at."
            )
        self.parts, self.trajectories, self.base, self.futures = parts, trajectories, base, futures
        self.inputs, self.most, self.lucks, self.measures = inputs, most, lucks, measures

    def finding(self, scenario: Scenario, policy: str, setup: Setup) -> Finding:
        """Do the parts and put them together."""
        from sim.study.sensitivity.apportioned import apportion
        from sim.study.sensitivity.factors import factor_asked, factors_in
        from sim.study.sensitivity.running import together
        from sim.study.sensitivity.screened import foremost, screen
        from sim.study.sensitivity.stored import about, factor_titles, sensitivity_finding
        from sim.study.sensitivity.swings import CURVE, ENDS, swing

        factors = factors_in(scenario)
        chosen = list(dict.fromkeys(factor_asked(factors, name) for name in self.inputs))
        self._tell_cost(scenario, policy, factors, chosen, setup)
        screened = (
            screen(scenario, policy, factors, self.trajectories, setup, self.measures)
            if SCREENING in self.parts
            else None
        )
        looked_at = chosen or ([] if screened is None else foremost(screened, factors, self.most))
        shares = (
            apportion(scenario, policy, looked_at, self.base, self.lucks, setup, self.measures)
            if SHARES in self.parts
            else None
        )
        levels = CURVE if CURVES in self.parts else ENDS if SWINGS in self.parts else ()
        swung = swing(scenario, policy, looked_at, levels, self.futures, setup, self.measures) if levels else None
        outputs = together([each.outputs for each in (screened, shares, swung) if each is not None])
        said = about(
            scenario, setup.seed, self.futures, outputs, policy=policy, parts=list(self.parts),
            luck_told=self._luck_told(), refused={} if shares is None else dict(shares.refused),
            titles={"factors": factor_titles(factors), "policy": scenario.policies[policy].title},
        )  # fmt: skip
        return sensitivity_finding(said, factors, scenario, screened, shares, swung)

    def _luck_told(self) -> str:
        if self.lucks:
            return f"Luck is averaged over the same {self.lucks} numbers at every point."
        return "Luck is a factor with its own number in each of the two matrices."

    def _tell_cost(
        self, scenario: Scenario, policy: str, factors: tuple[Factor, ...], chosen: list[Factor], setup: Setup
    ) -> None:
        from sim.cli.analyses import tell_cost
        from sim.study.cases import Case
        from sim.study.sensitivity.apportioned import apportioning_runs
        from sim.study.sensitivity.screened import screening_runs
        from sim.study.sensitivity.swings import CURVE, ENDS, swing_runs

        looked_at = chosen or list(factors[: self.most])
        levels = CURVE if CURVES in self.parts else ENDS
        runs = {
            SCREENING: screening_runs(factors, self.trajectories),
            SHARES: apportioning_runs(scenario, looked_at, self.base, self.lucks),
            SWINGS: swing_runs(looked_at, levels, self.futures),
        }
        wanted = {part for part in self.parts if part != CURVES} | ({SWINGS} if CURVES in self.parts else set())
        told = {part: runs[part] for part in runs if part in wanted}
        tell_cost(told, Case(policy, scenario, policy), setup, at_most=not chosen and len(told) > 1)
