"""Planting one fault: from a tree and a fault to a verdict.

A fault counts as caught only when its named test is green without it and, with it, runs and fails. A test
that cannot be collected, errors in its setup or never ends has caught nothing.

Why: a suite that is red for the wrong reason looks the same as one that works.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from xml.etree import ElementTree

LIMIT_SECONDS: Final = 300
"""How long one named test may take; a fault that makes it run for ever is not caught by it."""


class FaultError(ValueError):
    """A row of the table that cannot be planted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake, planted in a copy of the tree, and the test that must notice it."""

    name: str
    """The mistake in a few words; unique in the table."""
    file: str
    """Where it is planted, from the top of the tree."""
    find: str
    """The sound text; stands exactly once in the file."""
    replace: str
    """The faulty text; a Python file must still compile with it."""
    test: str
    """The pytest node id that must turn red."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What one pytest run came to."""

    passed: int
    failed: int
    errors: int
    exit_code: int | None
    """None: it was still running at the limit."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a fault was caught, and what was seen."""

    fault: Fault
    caught: bool
    seen: str


def faults_in_table(faults: Sequence[Fault]) -> list[str]:
    """Say what is wrong with the table itself: no rows, or a name used twice."""
    if not faults:
        return ["no faults to plant: the table is empty, so nothing has been proved; add rows to FAULTS"]
    names = Counter(fault.name for fault in faults)
    return [f"{name!r} names {count} faults; give each its own name" for name, count in names.items() if count > 1]


def broken_text(fault: Fault, text: str) -> str:
    """The file's text with the fault in it.

    Raises FaultError if ``find`` does not stand exactly once, is replaced by itself, or if a Python file no
    longer compiles.
    """
    found = text.count(fault.find)
    if found != 1:
        raise FaultError(f"{fault.file}: found {fault.find!r} {found} times, expected once; quote a longer piece")
    if fault.find == fault.replace:
        raise FaultError(f"{fault.file}: {fault.find!r} is replaced by itself; write the faulty text")
    broken = text.replace(fault.find, fault.replace)
    if fault.file.endswith(".py"):
        _must_compile(fault, broken)
    return broken


def _must_compile(fault: Fault, text: str) -> None:
    try:
        compile(text, fault.file, "exec")
    except SyntaxError as error:
        place = f"{error.msg}, line {error.lineno}"
        raise FaultError(f"{fault.file}: with {fault.replace!r} the file is not Python ({place})") from error


def read_tree(top: Path) -> Mapping[str, bytes]:
    """Every file of the working tree that git tracks or would offer to track, by its path from the top."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=top, check=True, capture_output=True).stdout.decode()
    names = sorted(set(filter(None, listing.split("\0"))))
    return {name: (top / name).read_bytes() for name in names if (top / name).is_file()}


def write_tree(tree: Mapping[str, bytes], top: Path) -> None:
    """Lay the files out under ``top``."""
    for name, content in tree.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(content)


def run_tests(top: Path, tests: Sequence[str]) -> Counts:
    """Run the named tests on the tree at ``top``, which comes first on the import path."""
    report = top / "report-of-the-planter.xml"
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--junit-xml={report}"]
    environment = os.environ | {"PYTHONPATH": str(top), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=top,
            env=environment,
            # Nothing is piped: a process that outlives a killed test would hold the pipe, and us with it.
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_SECONDS * len(tests),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Counts(passed=0, failed=0, errors=0, exit_code=None)
    return _counted(report, done.returncode)


def _counted(report: Path, exit_code: int) -> Counts:
    suite = ElementTree.parse(report).find("testsuite") if report.is_file() else None
    if suite is None:
        return Counts(passed=0, failed=0, errors=0, exit_code=exit_code)
    total, failed, errors, skipped = (int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped"))
    return Counts(total - failed - errors - skipped, failed, errors, exit_code)


def not_green(tree: Mapping[str, bytes], faults: Sequence[Fault]) -> list[str]:
    """Say which named tests are not green on the sound tree; each is run alone only if the lot was not."""
    tests = list(dict.fromkeys(fault.test for fault in faults))
    with TemporaryDirectory() as room:
        top = Path(room)
        write_tree(tree, top)
        if _is_green(run_tests(top, tests)):
            return []
        seen = {test: run_tests(top, [test]) for test in tests}
    return [
        f"{test}: not green without a fault: {_said(counts)}" for test, counts in seen.items() if not _is_green(counts)
    ]


def plant(tree: Mapping[str, bytes], fault: Fault) -> Verdict:
    """Plant one fault in a copy of the tree and run its test there."""
    try:
        counts = _counts_with(tree, fault)
    except FaultError as error:
        return Verdict(fault, caught=False, seen=str(error))
    caught = counts.exit_code == 1 and counts.failed > 0 and counts.errors == 0
    return Verdict(fault, caught, _said(counts))


def _counts_with(tree: Mapping[str, bytes], fault: Fault) -> Counts:
    if fault.file not in tree:
        raise FaultError(f"{fault.file}: no such file in the tree; name it from the top")
    broken = broken_text(fault, tree[fault.file].decode())
    with TemporaryDirectory() as room:
        top = Path(room)
        write_tree({**tree, fault.file: broken.encode()}, top)
        return run_tests(top, [fault.test])


def _is_green(counts: Counts) -> bool:
    return counts.exit_code == 0 and counts.passed > 0


def _said(counts: Counts) -> str:
    if counts.exit_code is None:
        return f"still running after {LIMIT_SECONDS} s"
    told = f"{counts.passed} passed, {counts.failed} failed, {counts.errors} errors"
    return f"{told}, pytest exit {counts.exit_code}"
