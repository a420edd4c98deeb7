"""The README, held to its word: every command exists, every path and name is there, every count is right.

What it says of chances is held to the table above it; the table itself is made by the command above it.

Why: the page that everybody reads is the one that nobody compiles.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from sim.cli.app import program
from sim.scenario.load import Loaded, load
from tools.consoles import Typed, steps

TOP = Path(__file__).resolve().parents[2]
TEXT = (TOP / "README.md").read_text()
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PROSE = FENCE.sub("", TEXT)
CODE = tuple(" ".join(code.split()) for code in re.findall(r"`([^`]+)`", PROSE))
WORDS = ("Scenario", "Policy", "Future", "Run", "Outcome")
FACTS = tuple(f"O{number}" for number in range(1, 14))


@pytest.fixture(scope="module")
def baseline() -> Loaded:
    return load(TOP / "scenarios" / "fy2027_baseline.yaml")


def commands() -> Iterator[str]:
    """Everything the page has its reader type."""
    yield from (step.command.partition(" | ")[0] for step in steps(TEXT) if isinstance(step, Typed))
    yield from (line for language, block in FENCE.findall(TEXT) if not language for line in block.splitlines())
    yield from (code for code in CODE if code.startswith(("python ", "make ")))


def rows(heading: str) -> dict[str, list[str]]:
    """The table below a heading: first cell -> cells."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in section.splitlines() if "|" in line]
    return {row[0].strip("|* "): row for row in cells[2:]}


def rules_in(text: str) -> set[int]:
    """Numbers of the rules a text cites: R15 is one, R9–R11 are three."""
    cited = re.findall(r"\bR(\d+)(?:–R(\d+))?", text)
    return {rule for first, last in cited for rule in range(int(first), int(last or first) + 1)}


def chances() -> dict[str, list[int]]:
    """The page's table of chances: mission -> percent by policy."""
    table = next(step.printed for step in steps(TEXT) if isinstance(step, Typed) and "pivot_table" in step.command)
    return {line.split()[0]: [int(each) for each in line.split()[1:]] for line in table.splitlines()[2:] if line}


# --- commands


def test_every_command_it_names_exists():
    top = typer.main.get_command(program())
    targets = set(re.findall(r"^(\w+):", (TOP / "Makefile").read_text(), flags=re.MULTILINE))
    named = set()
    for command in commands():
        match shlex.split(command):
            case ["make", target]:
                assert target in targets
                named.add(f"make {target}")
            case ["python", "run_sim.py", "--help"]:
                pass
            case ["python", "run_sim.py", name, *arguments]:
                assert name in top.commands, command
                top.commands[name].make_context(name, list(arguments))  # refuses an unknown option
                named.add(name)
            case ["python", "-c", code]:
                compile(code, "README.md", "exec")
            case other:
                pytest.fail(f"not known how to check: {other}")
    assert {"make baseline", "make test", "run", "show", "replay"} <= named


# --- places and names


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)", TEXT)
    assert len(links) > 5
    assert [link for link in links if "//" not in link and not (TOP / link).exists()] == []


def test_every_path_it_names_is_there():
    paths = [code for code in CODE if re.fullmatch(r"[\w.-]+(/[\w.-]*)+|\w+\.(py|md|yaml)", code)]
    assert len(paths) > 8
    assert [path for path in paths if not (TOP / path).exists()] == []


def test_every_name_in_the_coverage_table_stands_in_the_baseline(baseline):
    known = rules_in((TOP / "docs" / "model.md").read_text())
    found = 0
    for fact, (*_, where) in rows("Where the founding facts are").items():
        for name in re.findall(r"`([^`]+)`", where):
            node: object = baseline.written
            for step in () if "/" in name else name.split("."):
                assert isinstance(node, dict), f"{fact}: {name}"
                assert step in node, f"{fact}: {name}"
                node = node[step]
                found += 1
        assert rules_in(where) <= known, fact
    assert found > 20


def test_it_counts_the_shocks_right():
    assert "seventeen shocks" in TEXT
    assert len(list((TOP / "scenarios" / "shocks").iterdir())) == 17


# --- sections


def test_it_explains_the_five_words_and_no_other():
    assert tuple(rows("The words")) == WORDS


def test_every_founding_fact_has_a_row_that_says_where_or_that_it_is_not_built():
    found = rows("Where the founding facts are")
    assert tuple(found) == FACTS
    for fact, row in found.items():
        assert len(row) == 4, fact
        assert re.search(r"`.+`", row[3]) or "not yet" in row[2], fact


def test_it_is_short_enough_to_be_read():
    assert len(TEXT.splitlines()) <= 250


# --- numbers


def test_the_counts_of_numbers_by_confidence_are_those_of_the_baseline(baseline):
    counts = Counter(fact.confidence for fact in baseline.scenario.facts)
    told = re.search(
        r"(\d+) numbers are written down: (\d+) were reported, (\d+) inferred .*?(\d+) are official, and (\d+) are",
        " ".join(TEXT.split()),
    )
    assert told is not None
    assert [int(each) for each in told.groups()] == [
        counts.total(), counts["reported"], counts["inferred"], counts["official"], counts["assumption"],
    ]  # fmt: skip


def test_what_it_calls_hopeless_certain_or_open_is_so_in_its_table(baseline):
    table = chances()
    assert set(table) == {*baseline.scenario.missions}
    hopeless = re.search(r"\*\*Hopeless under every policy\*\* \(below 5 %\): (.*?)\.", TEXT, re.DOTALL)[1]
    assert set(re.findall(r"`(\w+)`", hopeless)) == {name for name, row in table.items() if max(row) < 5}
    certain = re.search(r"\*\*Certain under some policy\*\* \(above 95 %\): (.*?)\.", TEXT, re.DOTALL)[1]
    assert set(re.findall(r"`(\w+)`", certain)) == {name for name, row in table.items() if max(row) > 95}
    assert sum(any(5 < chance < 95 for chance in row) for row in table.values()) >= 3


def test_the_example_is_taken_from_the_scenario_it_names(baseline):
    example = next(block for language, block in FENCE.findall(TEXT) if language == "yaml")
    tiny = load(TOP / "scenarios" / "tiny.yaml").written["offers"]["tb2_baykar"]
    keys = re.findall(r"^    (\w+):", example, flags=re.MULTILINE)
    triples = re.findall(r"low: ([\d.]+), mode: ([\d.]+), high: ([\d.]+)", example)
    assert keys and triples
    for key in keys:
        assert key in tiny
    for low, mode, high in triples:
        numbers = [float(low), float(mode), float(high)]
        assert any(numbers == [belief.get("low"), belief.get("mode"), belief.get("high")] for belief in beliefs(tiny))


def beliefs(node: object) -> Iterator[dict[str, object]]:
    """All mappings at and below a node."""
    if isinstance(node, dict):
        yield node
        for below in node.values():
            yield from beliefs(below)
