"""``fit``: the fitted numbers of the scenarios, recomputed from the table of promises and outcomes.

With a scenario, its slip classes stand beside the fits.

Why: a number that nobody can recompute is an assumption in disguise.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from sim.scenario.resolved import SlipClass

NAME: Final = "fit"
TABLE: Final = Path("scenarios/facts/slip_ratios.csv")


def command(
    path: Annotated[Path, typer.Argument(metavar="TABLE", help="The table of promises and outcomes.")] = TABLE,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", metavar="FILE", help="Compare with this scenario's slip classes.")
    ] = None,
) -> None:
    """Fit the slip classes anew, with standard errors."""
    from sim.cli.screen import screen, table
    from sim.study.fit import fit_slip

    fits = fit_slip(path)
    classes = _classes(scenario)
    rows = [
        (
            name, f"{fit.n}, {fit.censored} open", f"{fit.log_mean:.3f} ± {fit.se_log_mean:.3f}",
            f"{fit.log_sd:.3f} ± {fit.se_log_sd:.3f}", f"{fit.sample_log_sd:.3f}", f"{fit.median:.2f}",
        )
        for name, fit in fits.items()
    ]  # fmt: skip
    console = screen()
    console.print(table(("Fitted to", "Pairs", "Log-mean", "Log-sd (n)", "Log-sd (n − 1)", "Median"), rows))
    if classes:
        console.print()
        console.print(table(("Slip class", "Log-mean", "Log-sd"), (_class_row(each) for each in classes)))


def _classes(scenario: Path | None) -> list[SlipClass]:
    if scenario is None:
        return []
    from sim.scenario.load import load

    return list(load(scenario).scenario.slip_classes.values())


def _class_row(of: SlipClass) -> tuple[str, str, str]:
    return of.id, f"{of.log_mean:.3f}", f"{of.log_sd:.3f}"
