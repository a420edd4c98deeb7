"""The planter on a toy tree: a package of its own named `sim`, with one rule and its tests.

Nothing of the real tree is run here, so a verdict can only come from the toy; its table of faults is read.

Why: a planter that calls everything caught would bless a suite that catches nothing.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.broken import planter
from tests.broken.faults import FAULTS
from tests.broken.planter import (
    Fault,
    FaultError,
    broken_text,
    faults_in_table,
    not_green,
    plant,
    read_tree,
)
from tests.broken.run import main

TOP = Path(__file__).resolve().parents[2]

RULE = """\
def lapsed_yen(left_yen: int, day: int, year_end: int) -> int:
    return left_yen if day > year_end else 0
"""
TESTS = """\
import pytest
from sim.lapse import lapsed_yen

@pytest.fixture
def year_end():
    assert lapsed_yen(5, 400, 365) == 5
    return 365

def test_the_last_day_still_signs():
    assert lapsed_yen(100, 365, 365) == 0

def test_that_looks_away():
    assert lapsed_yen(0, 0, 0) == 0

def test_with_a_setup(year_end):
    assert year_end == 365

def test_that_is_red_anyway():
    assert lapsed_yen(1, 2, 3) == 4
"""
TOY: Mapping[str, bytes] = {
    "pyproject.toml": b'[tool.pytest.ini_options]\naddopts = ["--import-mode=importlib"]\n',
    "sim/__init__.py": b"",
    "sim/lapse.py": RULE.encode(),
    "tests/test_lapse.py": TESTS.encode(),
}


@pytest.fixture(autouse=True)
def no_plugins(monkeypatch):
    """The toy needs none, and each run would load them anew."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def a_day_early(test: str, replace: str = "day >= year_end") -> Fault:
    return Fault("lapse a day early", "sim/lapse.py", "day > year_end", replace, f"tests/test_lapse.py::{test}")


def test_a_fault_that_its_test_notices_is_caught():
    verdict = plant(TOY, a_day_early("test_the_last_day_still_signs"))
    assert (verdict.caught, verdict.seen) == (True, "0 passed, 1 failed, 0 errors, pytest exit 1")


def test_a_test_that_looks_away_catches_nothing():
    verdict = plant(TOY, a_day_early("test_that_looks_away"))
    assert (verdict.caught, verdict.seen) == (False, "1 passed, 0 failed, 0 errors, pytest exit 0")


def test_an_error_in_the_setup_is_not_a_catch():
    verdict = plant(TOY, a_day_early("test_with_a_setup", replace="day > year_end + 1000"))
    assert (verdict.caught, verdict.seen) == (False, "0 passed, 0 failed, 1 errors, pytest exit 1")


def test_a_test_that_cannot_be_found_or_collected_is_not_a_catch():
    missing = plant(TOY, a_day_early("test_of_something_else"))
    unreadable = plant(TOY, Fault("no rule", "sim/lapse.py", "def lapsed_yen", "def other", "tests/test_lapse.py"))
    assert (missing.caught, missing.seen) == (False, "0 passed, 0 failed, 0 errors, pytest exit 4")
    assert (unreadable.caught, unreadable.seen) == (False, "0 passed, 0 failed, 1 errors, pytest exit 2")


def test_a_test_that_never_ends_is_not_a_catch(monkeypatch):
    monkeypatch.setattr(planter, "LIMIT_SECONDS", 2)
    for_ever = Fault(
        "for ever", "sim/lapse.py", "    return", "    while True: pass\n    return", "tests/test_lapse.py"
    )
    assert plant(TOY, for_ever).seen == "still running after 2 s"


def test_a_fault_in_no_file_of_the_tree_is_said_and_not_caught():
    verdict = plant(TOY, Fault("lost", "sim/nowhere.py", "a", "b", "tests/test_lapse.py"))
    assert (verdict.caught, verdict.seen) == (
        False,
        "sim/nowhere.py: no such file in the tree; name it from the top",
    )


@pytest.mark.parametrize(
    ("find", "replace", "complaint"),
    [
        ("yesterday", "today", "found 'yesterday' 0 times, expected once"),
        ("year_end", "horizon", "found 'year_end' 2 times, expected once"),
        ("day > year_end", "day > year_end", "is replaced by itself"),
        ("day > year_end", "day >", "the file is not Python"),
    ],
)
def test_a_row_that_cannot_be_planted_is_refused(find, replace, complaint):
    with pytest.raises(FaultError, match=complaint):
        broken_text(Fault("x", "sim/lapse.py", find, replace, "tests/test_lapse.py"), RULE)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_row_of_the_table_can_be_planted_and_names_a_test_that_is_there(fault):
    broken_text(fault, (TOP / fault.file).read_text(encoding="utf-8"))
    file, *names = fault.test.split("::")
    assert all(f"def {name.split('[')[0]}(" in (TOP / file).read_text(encoding="utf-8") for name in names)


def test_a_test_that_is_red_without_the_fault_is_named():
    sound, red = a_day_early("test_the_last_day_still_signs"), a_day_early("test_that_is_red_anyway")
    assert not_green(TOY, [sound]) == []
    assert not_green(TOY, [sound, red]) == [
        "tests/test_lapse.py::test_that_is_red_anyway: not green without a fault: "
        "0 passed, 1 failed, 0 errors, pytest exit 1"
    ]


def test_an_empty_table_proves_nothing_and_a_name_may_stand_once():
    fault = a_day_early("test_the_last_day_still_signs")
    assert faults_in_table([fault]) == []
    assert faults_in_table([fault, fault]) == ["'lapse a day early' names 2 faults; give each its own name"]
    assert faults_in_table(()) == [
        "no faults to plant: the table is empty, so nothing has been proved; add rows to FAULTS"
    ]


def toy_on_disk(top: Path) -> Path:
    """The toy as a working tree: one file tracked, one new, one ignored, one deleted but still tracked."""
    for name, content in {
        **TOY,
        ".gitignore": b"made.txt\n",
        "made.txt": b"made",
        "gone.txt": b"gone",
    }.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(content)
    subprocess.run(["git", "init", "--quiet"], cwd=top, check=True)
    subprocess.run(["git", "add", "sim/lapse.py", "gone.txt"], cwd=top, check=True)
    (top / "gone.txt").unlink()
    return top


def test_the_tree_is_what_git_tracks_or_would_offer_to_track(tmp_path):
    assert read_tree(toy_on_disk(tmp_path)) == {**TOY, ".gitignore": b"made.txt\n"}


@pytest.mark.parametrize(
    ("tests", "code"),
    [
        ((), 1),
        (("test_that_is_red_anyway",), 1),
        (("test_that_looks_away",), 1),
        (("test_the_last_day_still_signs",), 0),
    ],
)
def test_the_command_succeeds_only_if_every_fault_was_caught(tmp_path, tests, code):
    top = toy_on_disk(tmp_path)
    assert main([a_day_early(test) for test in tests], top) == code
    assert (top / "sim/lapse.py").read_text() == RULE, "the tree itself is never touched"
