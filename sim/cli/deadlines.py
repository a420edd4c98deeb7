"""``deadlines``: the latest day of each order, signature, course and subsidy to be in time with a given chance.

Without ``--policy`` each order is asked about alone; with it, the offers and the dated purchases of that policy.

Why: a plan is late on the day a signature is missed, years before anybody sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, MaxFailures, ScenarioFile, Seed, Sets, Shocks, Workers, named
from sim.errors import TheirsError

if TYPE_CHECKING:
    from sim.scenario.resolved import Scenario
    from sim.study.question import Question

NAME: Final = "deadlines"


def command(
    scenario: ScenarioFile,
    offer: Annotated[
        list[str] | None, typer.Option("--offer", metavar="NAME", help="Only this offer; may be repeated.")
    ] = None,
    quantity: Annotated[
        list[int] | None,
        typer.Option(
            "--quantity", metavar="UNITS", help="So many units; may be repeated. The smallest order by default."
        ),
    ] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="NAME", help="Inside this policy's plan, its dated purchases too.")
    ] = None,
    decision: Annotated[
        list[str] | None,
        typer.Option(
            "--decision",
            metavar="KINDS",
            help="Only decisions of these kinds, with commas between: order, signing; with --policy start, seats,"
            " subsidies, tooling, second_sources, long_lead. All by default.",
        ),
    ] = None,
    whole_plan: Annotated[
        bool, typer.Option("--whole-plan", help="With --policy: purchases too with every limit as it is.")
    ] = False,
    confidence: Annotated[
        list[float] | None,
        typer.Option(
            "--confidence", metavar="SHARE", help="A chance to keep; may be repeated. 0.5, 0.8, 0.9 by default."
        ),
    ] = None,
    every: Annotated[
        int, typer.Option("--every", metavar="MONTHS", help="Months between two days that are tried.")
    ] = 1,
    replications: Annotated[int, typer.Option("--replications", "-n", help="How many futures.")] = 100,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Find the last day of each decision that keeps 50, 80, 90 % chance."""
    from sim.cli.bar import Bar
    from sim.cli.found import futures_of, tell, tell_cost
    from sim.cli.opening import opened
    from sim.store.finding import require_room
    from sim.study.deadlines import CONFIDENCES, deadlines, most_cases
    from sim.study.question import cases_of

    confidences = sorted(set(confidence or CONFIDENCES))
    _check(confidences, every, quantity, policy, whole_plan=whole_plan)
    whole = opened(scenario, shock, set_).scenario
    futures = futures_of(whole, replications, seed, workers, max_failures)
    require_room(out, whole.id)
    questions = _questions(whole, offer or [], quantity or [], policy, named(decision), whole_plan=whole_plan)
    if questions:
        first = questions[0]
        most = most_cases(questions, whole, every)
        tell_cost(cases_of({first.id: [whole.clock.as_of_day]}, [first]), futures, at_most=most)
    with Bar() as bar:
        found = deadlines(
            whole, questions, futures, confidences=confidences, every_months=every, policy=policy, progress=bar.told
        )
    tell(found, out, as_json=json)


def _check(
    confidences: list[float], every: int, quantity: list[int] | None, policy: str | None, *, whole_plan: bool
) -> None:
    wrong = [each for each in confidences if not 0 < each < 1]
    if wrong:
        raise TheirsError(f"confidence: found {wrong[0]}; expected a share between 0 and 1, such as 0.8.")
    if every < 1:
        raise TheirsError(f"every: found {every}; expected a whole number of months from 1.")
    if whole_plan and policy is None:
        raise TheirsError("deadlines --whole-plan: expected --policy beside it.")
    if quantity and policy is not None:
        raise TheirsError("deadlines --quantity: found --policy beside it; inside a plan its rule decides how many.")


def _questions(
    scenario: Scenario,
    offers: list[str],
    quantities: list[int],
    policy: str | None,
    kinds: tuple[str, ...],
    *,
    whole_plan: bool,
) -> list[Question]:
    from sim.study.asked import policy_asked
    from sim.study.dates_asked import questions_of

    spec = None if policy is None else policy_asked(scenario, policy)
    return questions_of(scenario, spec, offers, quantities, kinds, inside=whole_plan)
