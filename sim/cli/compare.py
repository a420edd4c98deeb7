"""``compare``: policies on the same futures, measure by measure, with a verdict on each difference.

The first policy, or the one of ``--reference``, is what the others are compared with.

Why: a planner asks which policy is better and how sure that is, and not for two distributions side by side.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import typer

from sim.cli.options import (
    FindingFolder,
    Json,
    MaxFailures,
    Policies,
    ScenarioFile,
    Seed,
    Sets,
    Shocks,
    Workers,
    Zone,
    named,
)
from sim.errors import TheirsError

NAME: Final = "compare"
MOST_UNTIL: Final = 4096
"""Futures of a comparison that goes on until decided, unless told otherwise."""


def command(
    scenario: ScenarioFile,
    policies: Policies = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="NAME", help="What the others are compared with; the first.")
    ] = None,
    measure: Annotated[
        str, typer.Option("--measure", metavar="NAME", help="The primary measure, on which it is to be decided.")
    ] = "fulfilment",
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications", "-n", help="Futures, the scenario's own by default; with --until at most, 4096."
        ),
    ] = None,
    until: Annotated[
        Literal["decided"] | None,
        typer.Option("--until", help="Add futures until every verdict on the primary measure is reached."),
    ] = None,
    sequence: Annotated[
        bool,
        typer.Option("--sequence", help="With --until: look whenever it has grown, not six times; takes more runs."),
    ] = False,
    all_tables: Annotated[
        bool, typer.Option("--all-tables", help="Print every measure's table, not only what is read first.")
    ] = False,
    zone: Zone = 0.02,
    level: Annotated[float, typer.Option("--level", help="Of each measure's intervals together.")] = 0.95,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Compare policies on the same futures, with verdicts."""
    from sim.cli.bar import Bar
    from sim.cli.found import Few, tell
    from sim.cli.opening import opened
    from sim.cli.run import cores
    from sim.report.findings.compare import first_tables
    from sim.report.verdicts import left_out
    from sim.store.finding import require_room
    from sim.study.cases import Case
    from sim.study.compare import How
    from sim.study.compared_finding import compared_finding
    from sim.study.decided import compared_once, until_decided
    from sim.study.growing import Growing
    from sim.study.measures_compared import measure_asked, measures_of, share_asked
    from sim.study.trial import Futures

    _check(level, zone, until, sequence=sequence)
    whole = opened(scenario, shock, set_).scenario
    compared, held = _policies(list(whole.policies), named(policies), reference)
    primary = (share_asked if sequence else measure_asked)(whole, measure)
    own = whole.experiment
    futures = Futures(
        replications=(MOST_UNTIL if until else own.replications) if replications is None else replications,
        seed=own.seed if seed is None else seed,
        workers=cores() if workers is None else workers,
        most_failures=max_failures,
    )
    require_room(out, whole.id)
    how = How(held, zone, level, sequence, futures.seed)
    measures = (primary, *(each for each in measures_of(whole) if each != primary))
    with Bar() as bar:
        growing = Growing([Case(policy, whole, policy) for policy in compared], futures, bar.told)
        work = until_decided if until else compared_once
        found = work(growing, whole, measures, primary, how, futures.replications)
    finding = compared_finding(whole, found, primary, how, futures, until_decided=bool(until))
    few = None if all_tables else Few(first_tables(finding), left_out(finding))
    tell(finding, out, as_json=json, few=few)


def _check(level: float, zone: float, until: str | None, *, sequence: bool) -> None:
    if not 0.5 <= level < 1:
        raise TheirsError(f"level: found {level}; expected a share from 0.5 to below 1, such as 0.95.")
    if not 0 < zone < 1:
        raise TheirsError(f"zone: found {zone}; expected a share above 0 and below 1; 0.02 is two points.")
    if sequence and not until:
        raise TheirsError("compare --sequence: expected --until decided beside it; otherwise it is looked at once.")


def _policies(known: list[str], asked: tuple[str, ...], reference: str | None) -> tuple[tuple[str, ...], str]:
    """The policies to compare, and the reference, which is one of them."""
    from sim.errors import nearest

    for name in (*asked, *(() if reference is None else (reference,))):
        if name not in known:
            raise TheirsError(f"no policy '{name}'. {nearest(name, known)}")
    compared = asked or tuple(known)
    if reference is not None and reference not in compared:
        compared = (reference, *compared)
    if len(compared) < 2:
        raise TheirsError(f"found one policy, {', '.join(compared)}; expected at least two to compare.")
    return compared, compared[0] if reference is None else reference
