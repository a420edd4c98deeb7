"""Mutilated files: whatever is done to a scenario's bytes, it loads or it is a list of faults.

Nothing else may come out: no traceback of ours, none of a library, and no wait.

Why: faults nobody thought of are found by nobody's thinking.
"""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import Fault, ScenarioError
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import Loaded, load
from tests.rooms.scenario.texts import TEXT, TINY

RAW = TEXT.encode("utf-8")
LINES = TEXT.splitlines(keepends=True)
LONGEST_SECONDS = 2.0
VALUES = [
    "",
    "null",
    "~",
    "[]",
    "{}",
    "-1",
    "0",
    "1e400",
    ".nan",
    "yes",
    "'x'",
    "[[]]",
    "{a: b}",
    "2026-02-30",
    "!x y",
    "&a b",
    "*a",
    "|",
    "? a",
    "99999999999999999999",
    "1e15",
    '"\\0"',
    '"\\ud800"',
    "\u2028",
    "é",
    "%",
    "@",
    "`",
    "JPY",
    "-",
]
ATOMS = st.sampled_from(VALUES)


def outcome(path: Path, content: bytes) -> Loaded | tuple[Fault, ...]:
    """What a load of these bytes comes to, in time."""
    path.write_bytes(content)
    began = time.process_time()
    try:
        found: Loaded | tuple[Fault, ...] = load(path)
    except ScenarioError as error:
        found = error.faults
        assert str(error)
    assert time.process_time() - began < LONGEST_SECONDS
    return found


def check(path: Path, content: bytes) -> None:
    found = outcome(path, content)
    if isinstance(found, Loaded):
        assert outcome(path, resolved_yaml(found).encode()).scenario == found.scenario
        return
    for fault in found:
        assert fault.file == str(path)
        assert fault.line is None or 1 <= fault.line <= len(content.splitlines()) + 1
        assert fault.where
        assert fault.found
        assert fault.expected


one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@one_file
@given(
    edits=st.lists(
        st.tuples(st.integers(0, len(RAW) - 1), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=4
    )
)
def test_changed_bytes_load_or_are_faults(tmp_path: Path, edits: list[tuple[int, int, bytes]]) -> None:
    content = RAW
    for place, cut, put in edits:
        content = content[:place] + put + content[place + cut :]
    check(tmp_path / "scenario.yaml", content)


@one_file
@given(edits=st.lists(st.tuples(st.integers(0, len(LINES) - 1), ATOMS), min_size=1, max_size=4))
def test_changed_values_load_or_are_faults(tmp_path: Path, edits: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for place, value in edits:
        key, colon, _ = lines[place].partition(":")
        lines[place] = f"{key}{colon} {value}\n" if colon else f"{value}\n"
    check(tmp_path / "scenario.yaml", "".join(lines).encode("utf-8", "surrogatepass"))


@one_file
@given(places=st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=6), move=st.booleans())
def test_lost_and_doubled_lines_load_or_are_faults(tmp_path: Path, places: list[int], move: bool) -> None:
    lines = list(LINES)
    for place in places:
        lines[place % len(lines)] = lines[place % len(lines)] * 2 if move else ""
    check(tmp_path / "scenario.yaml", "".join(lines).encode())


@one_file
@given(path=st.sampled_from([fact.path for fact in load(TINY).scenario.facts]), value=ATOMS | st.text(max_size=20))
def test_any_setting_of_a_number_loads_or_is_faults(path: str, value: str) -> None:
    try:
        load(TINY, sets=[f"{path}={value}"])
    except ScenarioError as error:
        assert error.faults
