"""The table of facts: every number of the file, once, with its source and its confidence.

A number's source is its own, else that of the nearest mapping around it.

Why: a reader must be able to ask of any number where it came from, and get one answer.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin

import pytest

from sim.scenario.fields import Counts, Written
from sim.scenario.forms import Form
from sim.scenario.load import load
from sim.scenario.reading import read_tree
from sim.scenario.tree import Branch, Leaf, Node, Row
from sim.scenario.written import ExperimentWritten, WrittenScenario
from sim.scenario.written_policy import PolicyWritten
from tests.rooms.scenario.texts import TEXT, TINY, changed, faults, line_of, only_fault, written

FACTS = {fact.path: fact for fact in load(TINY).scenario.facts}
CHOICES = ("experiment", "policies", "strength_lambda", "schema_version")


def _numbers(node: Node, path: str) -> list[str]:
    """Paths of all numbers written below a node; a quantity is one number."""
    if isinstance(node, Branch):
        if "unit" in node.items:
            return [path]
        return [one for key, below in node.items.items() for one in _numbers(below, f"{path}.{key}" if path else key)]
    if isinstance(node, Row):
        found = []
        for place, below in enumerate(node.items):
            name = below.items.get("id") if isinstance(below, Branch) else None
            found += _numbers(below, f"{path}.{name.value if isinstance(name, Leaf) else place}")
        return found
    return [path] if isinstance(node.value, int | float) else []


@pytest.mark.parametrize("file", [TINY, TINY.parent / "tiny_home.yaml"], ids=lambda file: file.stem)
def test_every_number_of_the_file_is_one_fact_but_for_what_is_chosen(file: Path) -> None:
    numbers = [path for path in _numbers(read_tree(file, "file").tree, "") if not path.startswith(CHOICES)]
    assert len(numbers) > 150
    facts = Counter(fact.path for fact in load(file).scenario.facts if fact.unit != "date")
    assert facts == Counter(numbers)


def _plain_numbers(kind: object, counted: bool) -> bool:
    """Whether a field holds a plain number that nothing says the unit of."""
    if kind in (int, float):
        return not counted
    if get_origin(kind) is Annotated:
        inner, *marks = get_args(kind)
        return _plain_numbers(inner, counted or any(isinstance(mark, Counts) for mark in marks))
    return any(_plain_numbers(part, counted) for part in get_args(kind) if get_origin(kind) is not Literal)


def _models(kind: object, seen: set[type[Written]]) -> set[type[Written]]:
    if isinstance(kind, type) and issubclass(kind, Written) and not issubclass(kind, Form) and kind not in seen:
        seen.add(kind)
        for field in kind.model_fields.values():
            _models(field.annotation, seen)
    for part in get_args(kind):
        _models(part, seen)
    return seen


def test_every_plain_number_of_the_grammar_says_what_it_counts() -> None:
    without = [
        f"{model.__name__}.{name}"
        for model in _models(WrittenScenario, set()) - _models(PolicyWritten, set()) - {ExperimentWritten}
        for name, field in model.model_fields.items()
        if _plain_numbers(field.annotation, any(isinstance(mark, Counts) for mark in field.metadata))
        and not str(field.annotation).startswith("dict[")  # a year as a key is no number
    ]
    # a frame names the years it covers, and how strength is counted is chosen, not known
    assert sorted(without) == ["FrameWritten.years", "WrittenScenario.strength_lambda"]


def test_dates_are_facts_too() -> None:
    assert FACTS["clock.as_of"].text == "2025-08-26"
    assert {fact.unit for path, fact in FACTS.items() if path.startswith("clock.")} == {"date"}


def test_facts_are_in_order_of_path() -> None:
    assert list(FACTS) == sorted(FACTS)


def test_a_fact_says_what_was_written_where_and_what_it_is_for() -> None:
    price = FACTS["offers.tb2_baykar.price"]
    assert (price.text, price.unit, price.kind) == ("5 / 11.3 / 17.8", "m USD", "parameter")
    assert price.place == f"{TINY}:{line_of(TEXT, '    price: # per aircraft')}"
    assert (FACTS["offers.tb2_baykar.shipping"].kind, FACTS["offers.tb2_baykar.lot"].kind) == ("luck", "fixed")
    formula = FACTS["budget.lines.surveillance.years.2026.amount"]
    assert (formula.text, formula.kind) == ("surveillance_share * (unmanned_fy2026 - 100.1)", "formula")
    assert FACTS["offers.tb2_baykar.promise.first_days"].unit == "day"
    assert FACTS["budget.calendar.passage_delay"].text == "0: 0.79, 11: 0.14, 50: 0.07"


def test_source_and_confidence_are_each_the_nearest_that_is_stated() -> None:
    def cited(path: str) -> tuple[str, str]:
        return FACTS[path].source, FACTS[path].confidence

    top = "assumption: baseline_inputs.md, the section of this entry"
    assert cited("offers.tb2_baykar.price") == ("suppliers 3; three contracts", "reported")  # its own
    assert cited("offers.tb2_baykar.promise.later_days") == (
        "suppliers 5.1 Poland; net of permit and shipping",
        "inferred",
    )
    assert cited("offers.tb2_baykar.lot") == ("assumption: inputs 4a to 4d, tb2_baykar", "assumption")  # its entry
    assert cited("slip_classes.record.log_sd") == ("suppliers 5.1; all 16 pairs of the record", "inferred")
    assert cited("benches.range_small_air.places") == (top, "assumption")  # the file


def test_a_section_may_state_the_source_of_its_entries(tmp_path: Path) -> None:
    text = changed(("\nbenches:\n", "\nbenches:\n  source: the range's own page\n  confidence: official\n"))
    facts = {fact.path: fact for fact in load(written(tmp_path, text)).scenario.facts}
    fact = facts["benches.range_small_air.places"]
    assert (fact.source, fact.confidence) == ("the range's own page", "official")


def test_the_sources_section_cites_a_plain_number(tmp_path: Path) -> None:
    text = changed(
        (
            "\npolicies:\n",
            "\nsources:\n  offers.tb2_baykar.lot: {source: the maker's page, confidence: official}\npolicies:\n",
        )
    )
    facts = {fact.path: fact for fact in load(written(tmp_path, text)).scenario.facts}
    assert (facts["offers.tb2_baykar.lot"].source, facts["offers.tb2_baykar.lot"].confidence) == (
        "the maker's page",
        "official",
    )
    assert facts["offers.tb2_baykar.first_lot"].confidence == "assumption"


def test_a_citation_of_nothing_is_a_fault(tmp_path: Path) -> None:
    text = changed(("\npolicies:\n", "\nsources:\n  offers.tb2_baykar.lott: {source: the maker's page}\npolicies:\n"))
    fault = only_fault(written(tmp_path, text))
    assert (fault.where, fault.found) == ("sources.offers.tb2_baykar.lott", "a path where nothing stands")


def test_a_number_that_nobody_vouches_for_is_a_fault_of_its_own(tmp_path: Path) -> None:
    text = changed(
        ('source: "assumption: baseline_inputs.md, the section of this entry"\n', ""),
        ("# The days that frame", "# (no source for the whole file)\n# The days that frame"),
    )
    found = faults(written(tmp_path, text))
    assert {fault.found for fault in found} == {"a number without source"}
    fault = next(fault for fault in found if fault.where == "benches.range_small_air.places")
    assert fault.line == line_of(text, "  range_small_air:")
    assert fault.way_out == "Write 'source:' there or in a mapping around it."


def test_a_section_s_headings_are_checked(tmp_path: Path) -> None:
    fault = only_fault(written(tmp_path, changed(("\nbenches:\n", "\nbenches:\n  source: short\n"))))
    assert (fault.where, fault.expected) == ("benches.source", "at least 12 characters")
