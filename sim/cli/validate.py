"""``validate``: whether a scenario can be run, and whether what it asks for can happen at all.

Faults end with exit 2; warnings do not.

Why: one second here saves the night that an impossible plan would take.
"""

from __future__ import annotations

from typing import Final

from sim.cli.options import Json, ScenarioFile, Sets, Shocks

NAME: Final = "validate"


def command(scenario: ScenarioFile, set_: Sets = None, shock: Shocks = None, json: Json = False) -> None:
    """Check a scenario; warn of what cannot happen at best."""
    from sim.cli.machine import print_json
    from sim.cli.opening import opened
    from sim.report.counting import counted
    from sim.study.lint import lint

    loaded = opened(scenario, shock, set_)
    concerns = lint(loaded.scenario)
    if json:
        print_json({"scenario": loaded.scenario.id, "warnings": [concern._asdict() for concern in concerns]})
        return
    for concern in concerns:
        print(f"warning: {concern.where}: {concern.text}")
    found = loaded.scenario
    print(
        f"{scenario}: no fault, {counted(len(concerns), 'warning')}; {counted(len(found.missions), 'mission')},"
        f" {counted(len(found.offers), 'offer')}, {counted(len(found.policies), 'policy')},"
        f" {counted(len(found.inputs), 'input')}, {len(found.facts)} numbers with a source."
    )
