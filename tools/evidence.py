"""The evidence: for each numbered item of the finished issues, a command that shows it, and what that prints.

Every command runs in the project's folder and shortens its own output; one that ends with another code than 0 ends the
whole with 1. Items that are not asked for keep what the page says of them.

Why: "done" is worth what somebody else can see for himself, in one minute, without asking.

Usage: python tools/evidence.py [ITEM ...]          for example: python tools/evidence.py 2.7 3.2
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "evidence.md"
BASELINE = "scenarios/fy2027_baseline.yaml"
TINY = "scenarios/tiny.yaml"


class Item(NamedTuple):
    """A numbered item of an issue."""

    number: str
    """The issue's and the item's."""
    title: str
    commands: tuple[str, ...]
    """As a shell takes them; ``$ROOM`` is an empty folder that all of them share."""


ITEMS = (
    Item(
        "2.1",
        "The layout, and floors that hold",
        (
            "git ls-files | cut -d/ -f1 | sort -u | tr '\\n' ' '",
            "lint-imports --no-cache --no-logo | tail -n 6",
            "ruff check .",
        ),
    ),
    Item("2.2", "Two commands on a fresh machine", ("make fresh 2>/dev/null | tail -n 3",)),
    Item(
        "2.3",
        "Scenario files, and all faults of one at once",
        (
            f"python run_sim.py validate {BASELINE}",
            f"python run_sim.py validate {TINY} --set offers.tb2_baykar.lot=-6 --set clock.deadline=soon"
            ' --set missions.small_attack.bench=range_small 2>&1; echo "exit $?"',
            "python run_sim.py schema | wc -c",
            "pytest -q tests/rooms/scenario | tail -n 1",
        ),
    ),
    Item(
        "2.4",
        "Streams, distributions and futures; fitted numbers recomputed",
        (
            "pytest -q tests/textbook/test_philox.py tests/textbook/test_quantiles.py tests/rooms/future | tail -n 1",
            f"python run_sim.py fit --scenario {BASELINE}",
        ),
    ),
    Item(
        "2.5",
        "The engine: one order of the day, and a ledger that can be read",
        (
            "pytest -q tests/laws/test_order.py | tail -n 1",
            f"python run_sim.py replay {TINY} --policy typed --replication 3 | grep 'tb2_baykar#1'",
        ),
    ),
    Item(
        "2.6",
        "Money and imports",
        (
            "pytest -q tests/textbook tests/stories/test_money.py tests/stories/test_fiscal_year.py"
            " tests/stories/test_exchange.py tests/stories/test_imports.py tests/stories/test_tender.py | tail -n 1",
        ),
    ),
    Item(
        "2.7",
        "One run at the modes, lot by lot",
        (f"python run_sim.py run {TINY} --at-modes --policy typed | grep -A 6 '^tb2_baykar#1'",),
    ),
    Item("2.8", "The tests, and the faults they catch", ("make test | tail -n 1", "make broken | tail -n 1")),
    Item("2.9", "The pages", ("wc -l docs/model.md docs/dependencies.md docs/decisions.md",)),
    Item(
        "2.10",
        "Speed and bad input",
        (
            f"python benchmarks/engine.py {BASELINE} | tail -n 6",
            "bash -c 'time python run_sim.py --help' 2>&1 | grep real",
            f"bash -c 'time python run_sim.py validate {TINY}' 2>&1 | grep real",
            "pytest -q tests/rooms/scenario -k 'bad' | tail -n 1",
        ),
    ),
    Item(
        "3.1",
        "From dock to service, policies, measures",
        (
            "pytest -q tests/stories/test_crews.py tests/stories/test_service.py tests/stories/test_fleet.py"
            " tests/stories/test_levers.py tests/stories/test_rules.py tests/stories/test_measures.py"
            " tests/stories/test_places.py | tail -n 1",
        ),
    ),
    Item(
        "3.2",
        "The baseline, every number with its source",
        (
            f"python run_sim.py show {BASELINE} --facts | tail -n 5",
            f"python run_sim.py show {BASELINE} policies",
            "python run_sim.py validate scenarios/fy2027_from_2026-11.yaml",
        ),
    ),
    Item(
        "3.3",
        "Monte Carlo from the terminal",
        (
            "python run_sim.py --help | tail -n 9",
            f"python run_sim.py validate {TINY} --set missions.small_attack.target=9000 | sed -n 1p",
            f'python run_sim.py run {TINY} --policy typd 2>&1; echo "exit $?"',
        ),
    ),
    Item(
        "3.4",
        "The answer",
        (
            f"python run_sim.py run {BASELINE} --out $ROOM/baseline | grep -A 60 '(quantity_first)' | head -n 45",
            "python -c \"import sim; m = sim.load('$ROOM/baseline').missions;"
            " print((100 * m.pivot_table('met', 'mission', 'policy')).round().astype(int).to_string())\"",
        ),
    ),
    Item(
        "3.5",
        "A run folder, complete or absent",
        (
            f"python run_sim.py run {TINY} -n 20 --out $ROOM/tiny | tail -n 1; ls $ROOM/tiny $ROOM/tiny/chunks",
            "python run_sim.py digest $ROOM/tiny",
            "head -n 3 $ROOM/tiny/summary.csv",
        ),
    ),
    Item(
        "3.6",
        "Stories for every lever, laws, the same numbers on any number of workers",
        (
            "pytest -q tests/stories tests/laws | tail -n 1",
            f"for w in 1 2 3; do python run_sim.py run {TINY} -n 70 --workers $w --out $ROOM/w$w > /dev/null;"
            " python run_sim.py digest $ROOM/w$w | sha256sum; done",
        ),
    ),
    Item("3.7", "The coverage table", ("grep '^| O' README.md | cut -c1-110",)),
    Item(
        "4.1",
        "The report, one file",
        (
            f"python run_sim.py run {TINY} -n 100 --out $ROOM/told | tail -n 2; ls -s $ROOM/told/report.html",
            "pytest -q tests/rooms/report tests/cli/test_report.py | tail -n 1",
        ),
    ),
    Item(
        "4.2",
        "Figures, whose titles are the finding",
        (
            f"python run_sim.py run {TINY} -n 100 --no-report --out $ROOM/drawn > /dev/null;"
            " for name in chance missing reached spending cost scatter;"
            " do python run_sim.py plot $ROOM/drawn $name --out $ROOM/$name.png; done",
            "python run_sim.py plot $ROOM/drawn fan --mission small_attack --out $ROOM/fan.png",
        ),
    ),
    Item(
        "4.4",
        "The README and the pages, checked by tests",
        ("pytest -q tests/cli/test_readme.py tests/cli/test_tutorial.py tests/cli/test_documents.py | tail -n 1",),
    ),
)

_OPENING = """\
# Evidence

For each numbered item of the finished issues the command that shows it and what it prints. `make evidence` writes this
page anew, which takes a while; `python tools/evidence.py 2.7` only one item. `$ROOM` is an empty folder.
"""


class Shell:
    """Runs commands in the project's folder, with this interpreter's programs first."""

    def __init__(self, room: str) -> None:
        self._room = room
        programs = str(Path(sys.executable).parent)
        self._environment = {
            **os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "ROOM": room, "PYTHONPATH": str(TOP),
        }  # fmt: skip
        self.failed = 0

    def shows(self, item: Item) -> str:
        """An item's section of the page."""
        told = "".join(self._ran(command) for command in item.commands)
        return f"## {item.number} {item.title}\n\n```console\n{told}```\n"

    def _ran(self, command: str) -> str:
        began = time.monotonic()
        ran = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=TOP, env=self._environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        sys.stderr.write(f"{time.monotonic() - began:6.1f} s  exit {ran.returncode}  {command}\n")
        said = ran.stdout
        if ran.returncode:
            self.failed += 1
            said += f"{ran.stderr}[exit {ran.returncode}]\n"
        shown = said.replace(self._room, "$ROOM").replace(f"{TOP}/", "").rstrip()
        return f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def sections(page: str) -> Mapping[str, str]:
    """A page's sections by item."""
    parts = re.split(r"^(?=## \d)", page, flags=re.MULTILINE)[1:]
    return {part.split()[1]: part.rstrip() + "\n" for part in parts}


def whole(told: Mapping[str, str]) -> Iterator[str]:
    """The page, in the order of the items."""
    yield _OPENING
    for item in ITEMS:
        missing = f"## {item.number} {item.title}\n\nNot shown yet: `python tools/evidence.py {item.number}`.\n"
        yield f"\n{told.get(item.number, missing)}"


def main(asked: Sequence[str]) -> int:
    """Show the items asked for, or all. Returns the exit code."""
    unknown = sorted(set(asked) - {item.number for item in ITEMS})
    if unknown:
        known = ", ".join(item.number for item in ITEMS)
        sys.stderr.write(f"evidence: no item {', '.join(unknown)}. Known: {known}.\n")
        return 2
    told = dict(sections(PAGE.read_text())) if asked and PAGE.exists() else {}
    with tempfile.TemporaryDirectory() as room:
        shell = Shell(room)
        for item in ITEMS:
            if not asked or item.number in asked:
                told[item.number] = shell.shows(item)
    PAGE.write_text("".join(whole(told)))
    return 1 if shell.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
