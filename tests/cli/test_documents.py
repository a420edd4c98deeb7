"""Pages and files that are made from the models: what is stored is what would be made today.

`make schema` writes them anew.

Why: an editor that believes an old grammar underlines what is right.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from sim.cli import main
from sim.scenario.forms import form_of
from tools import evidence
from tools.scenario_reference import EXAMPLES, WIDTH, Reference, reference

TOP = Path(__file__).resolve().parents[2]
DOCS = TOP / "docs"


@pytest.fixture(scope="module")
def page() -> str:
    """The reference as it would be written now."""
    return reference()


def test_the_stored_schema_is_what_the_command_prints(capsys):
    assert main(["schema"]) == 0
    printed = capsys.readouterr().out
    assert (DOCS / "scenario.schema.json").read_text() == printed
    assert "$schema" in json.loads(printed)


def test_the_stored_reference_is_what_its_tool_prints(page):
    assert (DOCS / "scenario_reference.md").read_text() == page
    assert max(len(line) for line in page.splitlines()) <= WIDTH


@pytest.mark.parametrize("form", EXAMPLES)
def test_every_example_of_a_number_is_in_the_form_it_shows(form):
    written = yaml.safe_load(EXAMPLES[form])
    if "outcomes" in written:  # a key of a scenario is read as text
        written["outcomes"] = {str(value): chance for value, chance in written["outcomes"].items()}
    read = form_of(written)
    assert read.__name__ == form
    assert read.model_validate(written).unit


def test_every_key_of_every_model_stands_in_the_reference(page):
    """The stored grammar is that of the models, as a test above has it."""
    grammar = json.loads((DOCS / "scenario.schema.json").read_text())
    sections = [model for name, model in grammar["$defs"].items() if name.endswith("Written")]
    keys = {key for model in sections for key in model["properties"]}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def test_a_form_that_the_reference_cannot_tell_is_refused():
    with pytest.raises(ValueError, match="a form that the reference cannot tell"):
        Reference({"$defs": {}})._takes({"type": "null"})


def test_the_schema_holds_for_the_scenarios_that_are_here():
    """By hand, since no validator is a dependency: the sections of each file are sections of the grammar."""
    known = json.loads((DOCS / "scenario.schema.json").read_text())["$defs"]["PartWrittenScenario"]["properties"]
    files = list((TOP / "scenarios").rglob("*.yaml"))
    assert len(files) > 20
    for file in files:
        assert set(yaml.safe_load(file.read_text())) <= set(known), file


# --- the evidence, whose commands take too long for a test


def test_the_evidence_has_each_item_once_and_in_order():
    numbers = [item.number for item in evidence.ITEMS]
    assert numbers == sorted(set(numbers), key=lambda number: tuple(map(int, number.split("."))))
    assert [number for number in numbers if number.startswith("2.")][:9] == [f"2.{item}" for item in range(1, 10)]
    assert [number for number in numbers if number.startswith("3.")] == [f"3.{item}" for item in range(1, 8)]
    assert [number for number in numbers if number.startswith("4.")] == [f"4.{item}" for item in range(1, 7)]


def test_heavy_items_are_shown_only_when_asked_for_and_no_duration_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "PAGE", tmp_path / "evidence.md")
    slow = evidence.Item("2.2", "Two", ("echo '7 passed in 3.21s'; echo '5 of 5 faults caught in 12 s'",), heavy=True)
    monkeypatch.setattr(evidence, "ITEMS", (evidence.Item("2.1", "One", ("echo one",)), slow))
    assert evidence.main([]) == 0
    assert "## 2.2 Two †\n\nNot shown yet" in evidence.PAGE.read_text()
    assert evidence.main(["heavy"]) == 0
    page = evidence.PAGE.read_text()
    assert "\n7 passed\n5 of 5 faults caught\n" in page
    assert evidence.main([]) == 0
    assert evidence.PAGE.read_text() == page


def test_an_item_shown_anew_leaves_the_others_as_they_were(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "PAGE", tmp_path / "evidence.md")
    items = (evidence.Item("2.1", "One", ("echo one",)), evidence.Item("2.2", "Two", ("echo two; exit 3",)))
    monkeypatch.setattr(evidence, "ITEMS", items)
    assert evidence.main(["2.1"]) == 0
    first = evidence.PAGE.read_text()
    assert "## 2.1 One\n\n```console\n$ echo one\none\n```\n" in first
    assert "Not shown yet: `python -m tools.evidence 2.2`." in first
    assert evidence.main(["2.2"]) == 1
    assert evidence.PAGE.read_text() == first.replace(
        "Not shown yet: `python -m tools.evidence 2.2`.", "```console\n$ echo two; exit 3\ntwo\n[exit 3]\n```"
    )


def test_an_item_that_is_not_there_is_refused(capsys):
    assert evidence.main(["9.9"]) == 2
    assert capsys.readouterr().err.startswith("evidence: no item 9.9. Known: 2.1, ")
