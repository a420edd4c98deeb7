"""What the tests of the command line share: a way to type, and a few studies that are run once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import main
from tests.cli.typed import TINY, Said, failing

LOST = {11, 20, 45}
"""The three of fifty futures whose runs fail."""


@pytest.fixture
def say(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Said:
        code = main(arguments)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run


def _run(place: Path, *options: str) -> Path:
    assert main(["run", TINY, "--workers", "1", "--no-report", "--out", str(place), *options]) == 0
    return place


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> str:
    """A stored study of six futures."""
    return str(_run(tmp_path_factory.mktemp("cli") / "study", "-n", "6"))


@pytest.fixture(scope="session")
def bare(tmp_path_factory) -> Path:
    """The same, one of whose runs failed under each policy."""
    with pytest.MonkeyPatch.context() as patch:
        failing({4}, patch)
        return _run(tmp_path_factory.mktemp("bare") / "study", "-n", "6")


@pytest.fixture(scope="session")
def lossy(tmp_path_factory) -> Path:
    """Fifty futures, of which three failed under each policy."""
    with pytest.MonkeyPatch.context() as patch:
        failing(LOST, patch)
        return _run(tmp_path_factory.mktemp("lossy") / "study", "-n", "50")
