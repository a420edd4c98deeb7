"""The evidence: for each numbered item of the finished issues, a command that shows it, and what that prints.

Every command runs in the project's folder and shortens its own output; one that ends with another code than 0 ends the
whole with 1. Items that are not asked for keep what the page says of them; heavy ones are never asked for by default.
What changes from run to run, such as how long tests took, is left out.

Why: "done" is worth what somebody else can see for himself, in one minute, without asking.

Usage: python -m tools.evidence [ITEM ...]          for example 2.7 3.4 4.1; or: heavy, for all the heavy ones

Items may need what those before them left in ``$ROOM``: 3.6, 4.1 and 4.2 that of 3.4.
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
from typing import Final

from tools.evidence_item import BASELINE, TINY, Item
from tools.evidence_later import LATER

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "evidence.md"


_FIFTY: Final = (
    "from sim.scenario.load import load; from sim.study.replay import one_run;"
    f" s = load('{BASELINE}').scenario; print(sorted(one_run(s, 'balanced', 1, 'judge', k).events"
    " for k in range(50))[-4])"
)
_LIMIT: Final = f'python -c "{_FIFTY}"'
"""Prints how many events a run may take for three of fifty to take more."""
_LOSSY: Final = (
    f"python run_sim.py run {BASELINE} -n 50 --policy balanced --set experiment.event_limit=$LIMIT --no-report"
    " --out $ROOM/lossy 2>/dev/null"
)


def within(seconds: float, command: str) -> str:
    """A command that says whether another takes at most so long: a verdict, and no figure of this machine."""
    most = round(1000 * seconds)
    return (
        f"b=$(date +%s%3N); {command} > /dev/null; e=$(date +%s%3N);"
        f" [ $((e - b)) -le {most} ] && echo 'within {seconds} s' || echo 'longer than {seconds} s'"
    )


_FIRST = (
    Item(
        "2.1",
        "The layout, and floors that hold",
        (
            "git ls-files | cut -d/ -f1 | sort -u | xargs",
            "lint-imports --no-cache --no-logo | tail -n 6",
            "ruff check .",
        ),
    ),
    Item("2.2", "Two commands on a fresh machine", ("make fresh 2>/dev/null | tail -n 3",), heavy=True),
    Item(
        "2.3",
        "Scenario files, and all faults of one at once",
        (
            f"python run_sim.py validate {BASELINE}",
            f"python run_sim.py validate {TINY} --set offers.tb2_baykar.lot=-6 --set clock.deadline=soon"
            ' --set missions.small_attack.bench=range_small 2>&1; echo "exit $?"',
            f'python run_sim.py validate {TINY} --set offers.tb2_bykar.price=12 2>&1; echo "exit $?"',
            "python run_sim.py schema | cmp - docs/scenario.schema.json && echo 'as stored'",
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
            "pytest -q tests/laws/test_order.py tests/golden | tail -n 1",
            f"python run_sim.py replay {TINY} --policy typed --replication 3 | grep 'tb2_baykar#1'",
        ),
    ),
    Item(
        "2.6",
        "Money and imports",
        (
            "pytest -q tests/textbook/test_rules_money.py tests/textbook/test_rules_imports.py"
            " tests/stories/test_money.py tests/stories/test_fiscal_year.py tests/stories/test_exchange.py"
            " tests/stories/test_imports.py tests/stories/test_tender.py | tail -n 1",
        ),
    ),
    Item(
        "2.7",
        "One run at the modes, lot by lot",
        (f"python run_sim.py run {TINY} --at-modes --policy typed | grep -A 6 '^tb2_baykar#1'",),
    ),
    Item("2.8", "The tests, and the faults they catch", ("make test 2>/dev/null | tail -n 1",)),
    Item("2.9", "The pages", ("ls docs/model.md docs/dependencies.md docs/decisions.md",)),
    Item("2.10", "Planted faults, each of which must turn its test red", ("make broken | tail -n 1",), heavy=True),
    Item(
        "2.11",
        "Speed: the ratios to bare SimPy timeouts hold on a quiet machine only",
        (
            f"python benchmarks/engine.py {BASELINE} | tail -n 6",
            within(0.4, "python run_sim.py --help"),
            within(0.7, f"python run_sim.py validate {BASELINE}"),
        ),
        heavy=True,
    ),
    Item(
        "2.12",
        "Bad input: a clear error with its place, within two seconds, never a traceback",
        ("pytest -q tests/rooms/scenario -k 'bad or fuzz' | tail -n 1",),
    ),
    Item(
        "3.1",
        "From dock to service, policies, measures",
        (
            "pytest -q tests/stories/test_crews.py tests/stories/test_service.py tests/stories/test_fleet.py"
            " tests/stories/test_levers.py tests/stories/test_rules.py tests/stories/test_choice.py"
            " tests/stories/test_measures.py tests/stories/test_places.py | tail -n 1",
        ),
    ),
    Item(
        "3.2",
        "The baseline, every number with its source",
        (
            f"python run_sim.py show {BASELINE} --facts | tail -n 5",
            f"python run_sim.py show {BASELINE} policies",
            "python run_sim.py validate scenarios/fy2027_from_2026-11.yaml",
            "pytest -q tests/qc | tail -n 1",
        ),
    ),
    Item(
        "3.3",
        "Monte Carlo from the terminal",
        (
            "python run_sim.py run --help | grep -o '^  -[-a-z, ]*' | xargs",
            f"python run_sim.py validate {TINY} --set missions.small_attack.target=9000 2>&1",
            f'python run_sim.py run {TINY} --policy typd 2>&1; echo "exit $?"',
            f"python run_sim.py run {TINY} -n 20 --policy typed --shock scenarios/shocks/budget_late.yaml"
            " --set offers.tb2_baykar.price=11.3 --no-report --out $ROOM/set 2>&1 | head -n 9",
        ),
    ),
    Item(
        "3.4",
        "The answer, of the main study",
        (
            f"python run_sim.py run {BASELINE} --out $ROOM/baseline | grep -A 60 '(quantity_first)' | head -n 39",
            "python -c \"import sim; m = sim.load('$ROOM/baseline').missions;"
            " print((100 * m.pivot_table('met', 'mission', 'policy')).round().astype(int).to_string())\"",
        ),
    ),
    Item(
        "3.5",
        "A run folder, complete or absent",
        (
            f"python run_sim.py run {TINY} -n 20 --no-report --out $ROOM/tiny | tail -n 1;"
            " ls $ROOM/tiny $ROOM/tiny/chunks",
            "python run_sim.py digest $ROOM/tiny",
            "head -n 3 $ROOM/tiny/summary.csv",
            "python run_sim.py show $ROOM/tiny | head -n 7",
        ),
    ),
    Item(
        "3.6",
        "Stories for every lever, laws, the same numbers on any number of workers",
        (
            "pytest -q -n 2 tests/stories tests/laws | tail -n 1",
            f"for w in 1 2 3; do python run_sim.py run {TINY} -n 70 --workers $w --no-report --out $ROOM/w$w"
            " > /dev/null; python run_sim.py digest $ROOM/w$w | sha256sum; done",
            "python run_sim.py digest $ROOM/baseline --pairs",
        ),
    ),
    Item("3.7", "The coverage table", ("grep '^| O' README.md | cut -c1-110",)),
    Item(
        "4.1",
        "The report, one file",
        (
            "ls $ROOM/baseline $ROOM/baseline/figures",
            "grep -c -E '(src|href)=\"(http|/)|url\\(http' $ROOM/baseline/report.html || true",
            "python -c \"import html, re; t = open('$ROOM/baseline/report.html').read();"
            " [print('-', ' '.join(html.unescape(re.sub('<[^>]+>', '', s)).split()))"
            " for s in re.findall('<li>(.*?)</li>', t[t.index('<ol class'):t.index('</ol>')], re.S)]\"",
        ),
    ),
    Item(
        "4.2",
        "Figures, whose titles are the finding",
        (
            "for name in chance missing reached spending cost scatter;"
            " do python run_sim.py plot $ROOM/baseline $name --out $ROOM/$name.png; done",
            "python run_sim.py plot $ROOM/baseline fan --mission small_attack --out $ROOM/fan.png",
            "head -n 3 $ROOM/chance.csv",
            "pytest -q tests/rooms/report/test_titles.py tests/rooms/report/test_figures.py"
            " tests/rooms/report/test_images.py | tail -n 1",
        ),
    ),
    Item(
        "4.3",
        "Bad moments: three runs of fifty fail, and go through every command; Ctrl-C, a full disk, a killed worker",
        (
            f"export LIMIT=$({_LIMIT}); {_LOSSY} | grep -v '^ ' | head -n 30",
            'python run_sim.py show $ROOM/lossy --json | grep -o \'"measure": "joint chance"[^}]*\'',
            "python -c \"import sim; r = sim.load('$ROOM/lossy').runs; print(r[r.status == 'failed']"
            "[['replication', 'error']].to_string(index=False))\"",
            "k=$(python -c \"import sim; r = sim.load('$ROOM/lossy').runs;"
            " print(r.replication[r.status == 'failed'].iloc[0])\");"
            ' python run_sim.py replay $ROOM/lossy --policy balanced -k $k; echo "exit $?"',
            "python run_sim.py report $ROOM/lossy; grep -o 'Runs failed: [^.]*' $ROOM/lossy/report.html;"
            " python run_sim.py plot $ROOM/lossy chance --out $ROOM/lossy.png; head -n 2 $ROOM/lossy.csv",
            "python run_sim.py digest $ROOM/lossy | cut -c66-",
            "(ulimit -f 8; python run_sim.py run scenarios/tiny.yaml -n 70 --no-report --out $ROOM/full 2>&1);"
            ' echo "exit $?"; find $ROOM -maxdepth 1 -name "*full*" | wc -l',
            "pytest -q tests/cli/test_failures.py tests/cli/test_terminal.py tests/cli/test_report.py"
            " tests/rooms/report/test_files.py tests/rooms/study/test_batch.py | tail -n 1",
        ),
    ),
    Item(
        "4.4",
        "The README and the pages, checked by tests",
        ("pytest -q tests/cli/test_readme.py tests/cli/test_tutorial.py tests/cli/test_documents.py | tail -n 1",),
    ),
    Item("4.5", "This page", ("grep -c '^## ' docs/evidence.md",)),
    Item(
        "4.6",
        "The Python face",
        (
            f"python -c \"import sim; study = sim.run('{TINY}', replications=20, out='$ROOM/face');"
            " print(study.missions.groupby(['policy', 'mission']).met.mean());"
            " print(study.plot.fan('small_attack'))\"",
            "pytest -q tests/rooms/report/test_face.py | tail -n 1",
        ),
    ),
)

ITEMS: Final = (*_FIRST, *LATER)

_OPENING = """\
# Evidence

For each numbered item of issues 2 to 8 the command that shows it and what it prints. `make evidence` writes this
page anew in about twenty minutes, `python -m tools.evidence 2.7` only one item. `$ROOM` is an empty folder. Items
marked † take many minutes or a machine that does nothing else; they say what they said when they were last asked for
(`python -m tools.evidence heavy`).
"""

_CHANGING = (
    (re.compile(r" in \d+(\.\d+)?s( \(\d+:\d\d:\d\d\))?"), ""),
    (re.compile(r"(faults caught) in \d+ s"), r"\1"),
)
"""How long something took: another figure every time."""


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
        return f"{_heading(item)}\n\n```console\n{told}```\n"

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
        for changing, kept in _CHANGING:
            shown = changing.sub(kept, shown)
        return f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def sections(page: str) -> Mapping[str, str]:
    """A page's sections by item."""
    parts = re.split(r"^(?=## \d)", page, flags=re.MULTILINE)[1:]
    return {part.split()[1]: part.rstrip() + "\n" for part in parts}


def _heading(item: Item) -> str:
    return f"## {item.number} {item.title}{' †' if item.heavy else ''}"


def whole(told: Mapping[str, str]) -> Iterator[str]:
    """The page, in the order of the items."""
    yield _OPENING
    for item in ITEMS:
        missing = f"{_heading(item)}\n\nNot shown yet: `python -m tools.evidence {item.number}`.\n"
        yield f"\n{told.get(item.number, missing)}"


def main(asked: Sequence[str]) -> int:
    """Show the items asked for, or all that are not heavy. Returns the exit code."""
    if list(asked) == ["heavy"]:
        asked = [item.number for item in ITEMS if item.heavy]
    unknown = sorted(set(asked) - {item.number for item in ITEMS})
    if unknown:
        known = ", ".join(item.number for item in ITEMS)
        sys.stderr.write(f"evidence: no item {', '.join(unknown)}. Known: {known}.\n")
        return 2
    told = dict(sections(PAGE.read_text())) if PAGE.exists() else {}
    with tempfile.TemporaryDirectory() as room:
        shell = Shell(room)
        for item in ITEMS:
            if item.number in asked or (not asked and not item.heavy):
                told[item.number] = shell.shows(item)
    PAGE.write_text("".join(whole(told)))
    return 1 if shell.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
