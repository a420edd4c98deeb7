"""The answer as a planner reads it: policy by policy, each mission, then the whole.

Every chance is printed with its interval and n of N; what never varied is told as such.

Why: these few tables are what the decision is taken from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from sim.cli.machine import print_json
from sim.cli.screen import table
from sim.report import wording
from sim.scenario.resolved import Clock
from sim.store import Study
from sim.study.answer import Answer, MissionAnswer, PolicyAnswer
from sim.study.statistics import LEVEL, Interval
from sim.study.summary import summary_rows


def print_answer(console: Console, answer: Answer) -> None:
    """Print every policy's tables, and what the intervals are."""
    clock = answer.scenario.clock
    console.print(answer.scenario.title, style="bold")
    console.print(
        f"{wording.futures(answer.replications, len(answer.policies))}; as of {clock.calendar.iso(clock.as_of_day)},"
        f" deadline {clock.calendar.iso(clock.deadline_day)}."
    )
    for policy in answer.policies:
        _policy(console, answer, policy)
    for line in _legend(answer):
        console.print(line)


def print_places(console: Console, folder: Path, page: Path | None) -> None:
    """Print where the report and the results lie, each on one line."""
    if page is not None:
        console.print(f"Report: {page}", soft_wrap=True)
    console.print(f"Results: {folder}", soft_wrap=True)


def print_answer_json(study: Study, answer: Answer, page: Path | None) -> None:
    """Print the same for machines, one object on one line."""
    rows = [row._asdict() for row in summary_rows(answer)]
    told = {"folder": str(study.folder), "report": None if page is None else str(page)}
    print_json({**told, "failed": study.manifest["failed"], "answer": rows})


def _policy(console: Console, answer: Answer, policy: PolicyAnswer) -> None:
    clock = answer.scenario.clock
    console.print()
    console.print(f"{policy.title} ({policy.policy})", style="bold")
    if policy.failed:
        console.print(f"{policy.failed} of {answer.replications:,} runs failed; chances are bounds over all of them.")
    headings = ("Mission", "Target", f"Chance ({LEVEL:.0%})", "In service", "Reached", "Missing, mostly")
    rows = (_mission_row(each, clock) for each in policy.missions)
    console.print(table(headings, rows, numbers=(1,), whole=(1, 2, 3, 4)))
    console.print()
    done = answer.replications - policy.failed
    whole = f"As a whole, {done:,} of {answer.replications:,} runs" if policy.failed else "As a whole"
    console.print(table((whole, "", "Interval, or P10 to P90"), _whole_rows(policy, answer)))
    constant = policy.never_varied()
    if constant and policy.cost.p50.n > 1:
        console.print(f"The same in every run: {', '.join(constant)}.")


def _mission_row(of: MissionAnswer, clock: Clock) -> tuple[str, ...]:
    due = "" if of.due_day == clock.deadline_day else f", due {clock.calendar.iso(of.due_day)}"
    missing = wording.NOTHING
    if of.missing is not None:
        missing = f"{wording.PLACES[of.missing.place]}:\n{wording.whole(of.missing.units)}"
    return (
        f"{of.title}{due}",
        wording.whole(of.target.p50.value),
        f"{wording.chance(of.chance)}\n{wording.times(of.chance)}",
        wording.spread(of.deployed).replace(" ", "\n"),
        wording.day_or_not(of.reached_day, clock.calendar, clock.horizon_day).replace("by ", "by\n"),
        missing,
    )


def _whole_rows(policy: PolicyAnswer, answer: Answer) -> Iterator[tuple[str, str, str]]:
    yield ("Weighted fulfilment, mean", *_share(policy.fulfilment))
    if policy.joint is not None:
        missions = ", ".join(answer.scenario.joint)
        value, interval = _share(policy.joint)
        yield (f"Chance of all of: {missions}", value, f"{interval}; {wording.times(policy.joint)}")
    yield ("Cost, median", *wording.money(policy.cost))
    yield ("Lapsed unspent, median", *wording.money(policy.lapsed))
    yield ("Paid above plan (exchange, price growth), median", *wording.money(policy.fx))
    yield ("Owed at the horizon, median", *wording.money(policy.owed))


def _share(found: Interval) -> tuple[str, str]:
    if found.value is None:
        return wording.NOTHING, wording.NOTHING
    value = f"{wording.percent(found.value)} %"
    if found.low is None or found.high is None:
        return value, f"no interval ({found.kind.removeprefix('none: ')})"
    return value, f"{wording.percent(found.low)} to {wording.percent(found.high)} %"


def _legend(answer: Answer) -> Iterator[str]:
    if answer.replications == 1:
        yield ""
        yield (
            "One future says what can happen and not how likely it is. Missing: units at the place that holds most of"
            " them on the due day."
        )
        return
    kinds: dict[str, None] = {}
    for policy in answer.policies:
        found = [policy.fulfilment, *(each.chance for each in policy.missions)]
        kinds |= dict.fromkeys(each.kind for each in found)
    yield ""
    yield (
        f"Target, In service and Reached are medians, with P10–P90; intervals are {LEVEL:.0%}"
        f" ({'; '.join(kinds)}). Missing: mean units at the place that holds most of them on the due day, over the"
        " runs that fall short."
    )
