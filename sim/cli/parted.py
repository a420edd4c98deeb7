"""Two policies on one future, told: until when they are one, what each decides from then on, and what it came to.

Why: the day two plans part is where the argument between them begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.cli.screen import screen, table
from sim.report import wording

if TYPE_CHECKING:
    from sim.scenario.resolved import Scenario
    from sim.study.parting import Parting

MOST_TOLD: Final = 12
"""Decisions of each that are told unless all are asked for."""


def print_parting(scenario: Scenario, policies: tuple[str, str], found: Parting, *, everything: bool) -> None:
    """Print where two policies part, and what came of it."""
    console = screen()
    titles = [f"{scenario.policies[policy].title} ({policy})" for policy in policies]
    if found.day is None:
        console.print(f"{titles[0]} and {titles[1]} have one ledger of this future: {found.same_entries:,} entries.")
        return
    console.print(f"Until {found.day} they are one: {found.same_entries:,} entries. On that day they part.")
    for title, events, decisions in zip(titles, found.events, found.decisions, strict=True):
        console.print(f"\nOnly {title}", style="bold")
        shown = decisions if everything else decisions[:MOST_TOLD]
        for sentence in (*events, *shown):
            console.print(sentence, soft_wrap=True)
        if len(shown) < len(decisions):
            console.print(f"and {wording.counted(len(decisions) - len(shown), 'decision')} more (--all tells them)")
    console.print()
    headings = ("Mission", "Target", f"In service: {policies[0]}", policies[1], f"Reached: {policies[0]}", policies[1])
    rows = [
        (
            scenario.missions[fate.mission].title, f"{fate.target:,}", f"{fate.first:,}", f"{fate.second:,}",
            fate.first_reached or "not", fate.second_reached or "not",
        )
        for fate in found.fates
    ]  # fmt: skip
    console.print(table(headings, rows, numbers=(1, 2, 3)))
    sums = (
        f"{policy}: fulfilment {wording.percent(share)} %, cost {wording.billions(yen)}"
        for policy, share, yen in zip(policies, found.fulfilment, found.cost_yen, strict=True)
    )
    console.print(f"\n{'; '.join(sums)}.")
