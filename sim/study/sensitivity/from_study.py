"""The drivers of a finished study: its sampled inputs against its outcomes, at no further runs.

Only an independent design will do, and only runs that all succeeded. An input that is correlated with others also
carries what they do, and is told as one of them.

Why: the report is read the day after, and its first question is why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import TheirsError
from sim.scenario.resolved import Scenario
from sim.store import DONE, Study
from sim.streams import generator
from sim.study.sensitivity.extras import PURPOSE
from sim.study.sensitivity.factors import Factor, factors_in
from sim.study.sensitivity.given_data import LEAST_ROWS, Driver, drivers
from sim.study.sensitivity.output import Floats, constant
from sim.study.sensitivity.running import Headline, Outputs, candidates, headline_asked

INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True)
class Runs:
    """One policy's runs of a finished study, all of them whole."""

    outputs: Outputs
    paths: Sequence[str]
    x: Floats
    """Natural values of the sampled inputs, runs × inputs."""
    y: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Driven:
    """Each output's drivers, in order of path."""

    policy: str
    runs: int
    factors: Sequence[Factor]
    outputs: Outputs
    drivers: Mapping[str, Sequence[Driver]]


def drivers_in(study: Study, policy: str, asked: Sequence[str] = ()) -> Driven:
    """Which inputs drive the outcomes of a finished study.

    Raises
    ------
    TheirsError
        If the study is stratified, has failed or too few runs, lacks the policy, or nothing varied in it.
    """
    found = runs_of(study, policy, asked)
    seed = int(study.manifest["seed"])
    of = {each.id: _drivers(found.paths, found.x, found.y[each.id], seed, each) for each in found.outputs.varying}
    return Driven(policy, len(found.x), factors_in(study.scenario), found.outputs, of)


def runs_of(study: Study, policy: str, asked: Sequence[str] = ()) -> Runs:
    """One policy's runs with what varied in them. Raises TheirsError as ``drivers_in`` does."""
    scenario = study.scenario
    if study.manifest["design"] != INDEPENDENT:
        raise TheirsError(
            f"{study.folder}: found the design '{study.manifest['design']}'; expected '{INDEPENDENT}'. Points of a"
            " stratified design shuffle differently: run the study with experiment.design=independent."
        )
    frame, inputs = _outcomes(study, scenario, policy)
    rows = len(next(iter(frame.values())))
    if rows < LEAST_ROWS:
        raise TheirsError(f"{study.folder}: found {rows} runs; expected at least {LEAST_ROWS}. Run more replications.")
    wanted = tuple(headline_asked(scenario, name) for name in asked) or candidates(scenario)
    varying = tuple(each for each in wanted if not constant(frame[each.id]))
    never = tuple((each.title, float(frame[each.id][0])) for each in wanted if each not in varying)
    if not varying:
        raise TheirsError(f"{study.folder}: nothing varied under '{policy}'; expected an output that does.")
    paths = list(inputs)
    x = np.column_stack([inputs[path] for path in paths])
    return Runs(Outputs(varying, never), paths, x, {each.id: frame[each.id] for each in varying})


def _drivers(paths: Sequence[str], x: Floats, y: Floats, seed: int, of: Headline) -> list[Driver]:
    return drivers(paths, x, y, generator(seed, PURPOSE, f"null/{of.id}"))


def _outcomes(study: Study, scenario: Scenario, policy: str) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Outputs and inputs of each replication, by column. Raises TheirsError if a run failed."""
    runs = study.table("runs", policy).to_pandas().set_index("replication").sort_index()
    failed = runs[runs["status"] != DONE]
    if len(failed):
        told = "; ".join(f"replication {number}: {error}" for number, error in failed["error"].head(10).items())
        raise TheirsError(f"{study.folder}: {len(failed)} of {len(runs)} runs failed ({told}). Nothing was analysed.")
    missions = study.table("missions", policy, ["replication", "mission", "met"]).to_pandas()
    met = missions.pivot(index="replication", columns="mission", values="met").sort_index()
    frame = {name: runs[name].to_numpy(np.float64) for name in ("fulfilment", "all_met")}
    frame |= {f"met/{mission}": met[mission].to_numpy(np.float64) for mission in scenario.missions}
    inputs = study.inputs.sort_values("parameter")
    return frame, {path: inputs[path].to_numpy(np.float64) for path in inputs.columns if path != "parameter"}


def stands_out(found: Sequence[Driver]) -> list[Driver]:
    """Those beyond the null, the strongest first."""
    return sorted((each for each in found if each.stands_out), key=lambda each: -max(each.pawn, abs(each.rank)))
