"""A choice on the screen: who was chosen and with what promise, who left the race when, and what they are worth.

Why: a recommendation is taken up with its conditions, or it is taken for more than it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.cli.screen import table
from sim.cli.signed import amount, change, with_interval
from sim.report import wording
from sim.scenario.resolved import Scenario
from sim.study.choose import Chosen
from sim.study.statistics import Interval

if TYPE_CHECKING:
    from rich.console import Console


def print_choice(console: Console, scenario: Scenario, found: Chosen) -> None:
    """Print the choice, the race and the scores."""
    console.print(scenario.title, style="bold")
    for line in _opening(scenario, found):
        console.print(line)
    console.print()
    headings = ("Policy", "In the search", "Runs", "Score there", "Score when judged", "Fell by, points")
    console.print(table(headings, _rows(scenario, found), numbers=(2,)))
    console.print(
        f"Scores: {found.measure.title}, with 95 % intervals. Those when judged come from"
        f" {found.judging:,} futures on which nothing was chosen; only they should be quoted."
    )


def _opening(scenario: Scenario, found: Chosen) -> Iterator[str]:
    raced, zone = found.raced, change(found.measure, found.zone).lstrip("+")
    if raced.chosen is None:
        yield (
            f"Not chosen yet: {', '.join(raced.left)} are still in the race after {raced.runs:,} runs each; by"
            f" {raced.most:,} it is over. Give more with --most, or widen --zone."
        )
        return
    yield f"Chosen: {scenario.policies[raced.chosen].title} ({raced.chosen}), after {raced.runs:,} runs."
    yield (
        f"If the best is better than every other by {zone} points or more, it is the one chosen in at least"
        f" {100 * found.confidence:.4g} of 100 such races (Kim & Nelson 2001, groups of 50 runs on common futures)."
    )
    if found.doubles:
        yield f"The same in every future as the one chosen: {', '.join(found.doubles)}."


def _rows(scenario: Scenario, found: Chosen) -> Iterator[tuple[str, ...]]:
    raced, judged = found.raced, found.judged
    dropped = {each.policy: each.runs for each in raced.dropped}
    for policy, score in sorted(judged.scores.items(), key=lambda each: -(each[1].value or 0.0)):
        fate = "dropped" if policy in dropped else "chosen" if policy == raced.chosen else "left"
        fell = judged.fell.get(policy)
        yield (
            policy,
            fate,
            f"{dropped.get(policy, raced.runs):,}",
            _share(found, raced.scores.get(policy)),
            _share(found, score),
            wording.NOTHING if fell is None else with_interval(found.measure, fell),
        )


def _share(found: Chosen, score: Interval | None) -> str:
    if score is None or score.value is None:
        return wording.NOTHING
    own = amount(found.measure, score.value)
    if score.low is None or score.high is None:
        return f"{own} in every future" if score.n > 1 else own
    return f"{own} ({wording.percent(score.low)} to {wording.percent(score.high)})"
