"""What the tests of the command line share: a way to type, and a few studies that are run once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import typer

from sim.cli import app, main
from sim.report import files
from tests.cli.typed import TINY, Said, failing

LOST = {11, 20, 45}
"""The three of fifty futures whose runs fail."""


@pytest.fixture(scope="package", autouse=True)
def put_together_once():
    """The commands, each with its options: made of their signatures once, and parsed anew at every call."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "program", cache(app.program))
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        yield


@pytest.fixture
def undrawn(monkeypatch):
    """Reports without pictures, for tests that look at no picture."""
    monkeypatch.setattr(files, "pictures_of", lambda _: ())


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
