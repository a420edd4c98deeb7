"""The tutorial's scenario as text, changed by exact replacements, for tests that load what they wrote.

A replacement must match exactly once, so that a test never asserts about a change that did not happen.

Why: a fault is tested where a planner would make it, in a file that is otherwise good.
"""

from __future__ import annotations

from pathlib import Path

from sim.errors import Fault, ScenarioError
from sim.scenario.load import Loaded, load

TINY = Path(__file__).parents[3] / "scenarios" / "tiny.yaml"
TEXT = TINY.read_text(encoding="utf-8")


def changed(*replacements: tuple[str, str], text: str = TEXT) -> str:
    """The text with each pair's first part replaced by its second."""
    for old, new in replacements:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def line_of(text: str, snippet: str) -> int:
    """Line on which a snippet starts, which stands in the text once."""
    assert text.count(snippet) == 1, f"{snippet!r} stands {text.count(snippet)} times"
    return text[: text.index(snippet)].count("\n") + 1


def written(folder: Path, text: str, name: str = "scenario.yaml") -> Path:
    """A file with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, *replacements: tuple[str, str]) -> Loaded:
    """The changed scenario, loaded."""
    return load(written(folder, changed(*replacements)))


def faults(path: Path | str, *arguments: object) -> tuple[Fault, ...]:
    """Faults with which a load fails; a load that succeeds fails the test."""
    try:
        load(path, *arguments)
    except ScenarioError as error:
        return error.faults
    raise AssertionError("the scenario loaded")


def only_fault(path: Path | str, *arguments: object) -> Fault:
    """The one fault with which a load fails."""
    found = faults(path, *arguments)
    assert len(found) == 1, "\n".join(fault.told() for fault in found)
    return found[0]
