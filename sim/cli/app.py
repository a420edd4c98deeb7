"""The program: its commands, and the one door through which whatever goes wrong leaves it.

Exit codes: 0 done, 1 our fault, 2 the file's or the command's, 130 interrupted, 143 ended by request. An error is one
block of text; nothing but ``--debug`` shows a traceback.

Why: a script around this program has the exit code to go by, and a planner has the sentence.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import Annotated, Final

import typer

from sim.cli import (
    again,
    causes,
    choose,
    compare,
    digest,
    driving,
    fit,
    plan,
    plot,
    replay,
    report,
    schema,
    show,
    split,
    validate,
)
from sim.cli.batches import BATCHES
from sim.cli.stop import Stopped
from sim.errors import EXIT_DONE, EXIT_INTERRUPTED, EXIT_OURS, EXIT_THEIRS, OursError, TheirsError

NAME: Final = "run_sim.py"
PACKAGE: Final = "drone-procurement-sim"
DEBUG: Final = "--debug"
KEEP: Final = "--keep"
ABOUT: Final = "How likely are Japan's drones in service on time, at what price, and what holds them back."


def program() -> typer.Typer:
    """The program with all its commands."""
    app = typer.Typer(
        name=NAME,
        help=ABOUT,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_of_all_commands)
    asked = (*BATCHES, report, plot, validate, show, replay, compare, choose, split, plan)
    for module in (*asked, *causes.COMMANDS, *driving.COMMANDS, *again.COMMANDS, digest, schema, fit):
        app.command(module.NAME)(module.command)
    return app


def _tell_version(wanted: bool) -> None:
    if wanted:
        print(f"{PACKAGE} {_version()} (Python {python_version()})")
        raise typer.Exit


def _version() -> str:
    """The program's own; of a checkout that is not installed, unknown."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "not installed"


def _of_all_commands(
    version: Annotated[
        bool, typer.Option("--version", help="Print the program's version.", is_eager=True, callback=_tell_version)
    ] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show where in the program an unexpected error arose.")] = False,
) -> None:
    """Options of all commands; ``main`` looks at them itself."""


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        The command line without the program's name.

    Returns
    -------
    The exit code.
    """
    given = [each for each in arguments if each != DEBUG]  # it may stand anywhere
    try:
        typer.main.get_command(program()).main(args=given, prog_name=NAME)
    except SystemExit as stop:
        if stop.code == EXIT_INTERRUPTED:
            return _interrupted(given)
        return stop.code if isinstance(stop.code, int) else EXIT_DONE if stop.code is None else EXIT_THEIRS
    except KeyboardInterrupt:
        return _interrupted(given)
    except Stopped as stop:
        return _told(str(stop), stop.exit_code)
    except report.ReportInterrupted as stop:
        return _told(str(stop), EXIT_INTERRUPTED)
    except TheirsError as error:
        return _told(str(error), EXIT_THEIRS)
    except OursError as error:
        return _told(str(error), EXIT_OURS)
    except Exception as error:  # noqa: BLE001  # the last door: it is told, and becomes an exit code
        return _unexpected(error, debugging=DEBUG in arguments)
    return EXIT_DONE


def _interrupted(given: Sequence[str]) -> int:
    """Between two batches of an analysis nobody else is left to say what became of the runs that were kept."""
    keeps = any(each == KEEP or each.startswith(f"{KEEP}=") for each in given)
    stored = "runs that were done are kept, and the same command goes on" if keeps else "nothing was stored"
    return _told(f"Interrupted; {stored}.", EXIT_INTERRUPTED)


def _unexpected(error: Exception, *, debugging: bool) -> int:
    if debugging:
        traceback.print_exception(error)
        return EXIT_OURS
    return _told(
        f"The program is at fault: {type(error).__name__}: {' '.join(str(error).split())}. Please report it as"
        f" CONTRIBUTING.md says, with what the same command prints with {DEBUG}.",
        EXIT_OURS,
    )


def _told(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code
