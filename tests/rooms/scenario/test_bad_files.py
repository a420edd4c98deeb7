"""The worst files end in a sentence with a place, within two seconds, and never in a traceback.

Each is refused before anything is made of it; what can be told together is told together.

Why: a scenario comes from anybody's hand.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.load import load
from sim.scenario.reading import MOST_BYTES, MOST_ENTRIES, MOST_FAULTS, MOST_VALUES
from tests.rooms.scenario.texts import TEXT, changed, faults, line_of, only_fault, written

LONGEST_SECONDS = 2.0
BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    ("content", "line", "where", "found", "expected"),
    [
        (b"", None, "the file", "an empty file", "a scenario"),
        (b"# nothing but a remark\n\n", None, "the file", "an empty file", "a scenario"),
        (b"---\n...\n", None, "the file", "an empty file", "a scenario"),
        (b"\xef\xbb\xbf", None, "the file", "an empty file", "a scenario"),
        (b"schema_version: 1\n\x00\x01\x02", 2, "the file", "the control character '\\x00'", "plain text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "the file", "the byte 0x89", "text in UTF-8"),
        ("title: Größe".encode("latin-1"), 1, "the file", "the byte 0xf6", "text in UTF-8"),
        ("title: x\n".encode("utf-16"), 1, "the file", "the byte 0xff", "text in UTF-8"),
        (b"- a\n- b\n", 1, "the file", "text or a list", "a mapping of sections"),
        (b"just words\n", 1, "the file", "text or a list", "a mapping of sections"),
        (b"title: [a, b\nid: x\n", 2, "the file", "did not find expected ',' or ']'", "valid YAML"),
        (b"id: a\n\ttitle: b\n", 2, "the file", "found a tab character that violates indentation", "valid YAML"),
        ("id: a\u2028b\n".encode(), 1, "the file", "the control character '\\u2028'", "plain text"),
        (b"id: a\r\ntitle: [b\r\n", 3, "the file", "did not find expected ',' or ']'", "valid YAML"),
        (b"id: a\n---\nid: b\n", 2, "the file", "a second document", "one document"),
        (b"[" * 100_000, 1, "the file", "exceeded maximum nesting depth", "valid YAML"),
        (b"- " * 100_000, 1, None, "nesting over 40", "a scenario"),
        (b"a: " + b"[" * 50 + b"]" * 50, 1, "a" + ".0" * 40, "nesting over 40", "a scenario"),
        (b"a: [" + b"1," * 300_000 + b"]", 1, "a", f"more than {MOST_ENTRIES:,} items", "a scenario"),
        (
            b"".join(b"k%d: 1\n" % n for n in range(9_000)),
            2_001,
            "the file",
            f"more than {MOST_ENTRIES:,} keys",
            "a scenario",
        ),
        (
            b"".join(b"k%d: [%s]\n" % (n, b"1," * 1_999) for n in range(50)),
            25,
            None,
            f"more than {MOST_VALUES:,} values",
            "a scenario",
        ),
        (b": c\n", 1, "the file", "did not find expected key", "valid YAML"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused_in_its_place(
    tmp_path: Path, content: bytes, line: int | None, where: str | None, found: str, expected: str
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    began = time.perf_counter()
    fault = only_fault(path)
    assert time.perf_counter() - began < LONGEST_SECONDS
    assert fault.line == line
    assert where is None or fault.where == where
    assert found in fault.found
    assert expected in fault.expected


def test_an_alias_bomb_is_named_and_never_grows(tmp_path: Path) -> None:
    began = time.perf_counter()
    found = {fault.found: fault.expected for fault in faults(written(tmp_path, BOMB))}
    assert time.perf_counter() - began < LONGEST_SECONDS
    assert found["the anchor or alias 'a'"] == found["the anchor or alias 't'"] == "a value"


def test_fifty_megabytes_are_refused_before_a_byte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    began = time.perf_counter()
    fault = only_fault(path)
    assert time.perf_counter() - began < LONGEST_SECONDS
    assert fault.found == "50,000,000 bytes"
    assert fault.expected == f"at most {MOST_BYTES:,} bytes"


def test_the_largest_files_that_are_read_take_less_than_two_seconds(tmp_path: Path) -> None:
    offers = "".join(f"  e_{n}: {{product: p{n}, wrong_{n}: [1], price: {{value: {n}}}}}\n" for n in range(1_990))
    missions = "".join(f"  m_{n}: {{lines: [a, b, c, d], bench: b{n}}}\n" for n in range(1_990))
    text = TEXT.replace("\noffers:\n", f"\noffers:\n{offers}", 1).replace(
        "\nmissions:\n", f"\nmissions:\n{missions}", 1
    )
    path = written(tmp_path, text)
    began = time.process_time()
    found = faults(path)
    assert time.process_time() - began < LONGEST_SECONDS
    assert MOST_FAULTS < len(found) <= 2 * MOST_FAULTS
    assert any("more faults like these" in fault.found for fault in found)


@pytest.mark.parametrize("name", ["missing.yaml", "a\0b.yaml", "x" * 5_000 + ".yaml"])
def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, name: str) -> None:
    fault = only_fault(tmp_path / name)
    assert fault.expected in ("a YAML file", "a file that can be read")


def test_a_folder_and_a_pipe_are_not_read(tmp_path: Path) -> None:
    assert only_fault(tmp_path).found == "something that is not a file"
    os.mkfifo(tmp_path / "pipe")
    assert only_fault(tmp_path / "pipe").found == "something that is not a file"


def test_a_file_without_a_version_is_told_so_among_its_other_faults(tmp_path: Path) -> None:
    path = written(tmp_path, changed(("schema_version: 1\n", ""), ("minimum_order: 6 # a set", "minimum_order: six")))
    assert [fault.where for fault in faults(path)] == ["schema_version", "offers.tb2_baykar.minimum_order"]


@pytest.mark.parametrize("version", ["2", "'1'", "true", "[1]"])
def test_another_version_of_the_grammar_is_refused(tmp_path: Path, version: str) -> None:
    fault = only_fault(written(tmp_path, changed(("schema_version: 1", f"schema_version: {version}"))))
    assert fault.where == "schema_version"
    assert fault.line == line_of(TEXT, "schema_version: 1")
    assert fault.way_out == "Write 'schema_version: 1' at the top."


def test_words_that_other_yaml_reads_as_truth_are_text_here(tmp_path: Path) -> None:
    # under YAML 1.1 the country would be false, the title 90 seconds and the key 'on' true
    path = written(tmp_path, changed(("{title: DefendTex, country: Australia}", "{title: 1:30, country: no}")))
    supplier = load(path).scenario.suppliers["defendtex"]
    assert (supplier.title, supplier.country) == ("1:30", "no")


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_lines(tmp_path: Path) -> None:
    text = changed(
        ("horizon: 2029-03-31", "horizon: 2028-03-30"),  # between fields
        ("    bench: airfield_large", "    bench: airfeld_large"),  # a name
        ("minimum_order: 6 # a set", "minimum_order: six"),  # a type
        (
            "{low: 5.0, mode: 11.3, high: 17.8, unit: m USD,",
            "{low: -5.0, mode: 11.3, high: 17.8, unit: m JPY,",
        ),  # a range
        ("- {at: after_signing, days: 182, share: 70}", "- {at: after_signing, days: 182, share: 60}"),  # a sum
        ("mass: {tb2_baykar: 1}", "mass: {drone40_defendtex: 1}"),  # between entries
        ("      suppliers: 2\n", "      supliers: 2\n"),  # a key
        ("    lot: 6\n", "    lot: 6\n    lot: 3\n"),  # a key a second time
        ("fielding: {low: 7, mode: 14,", "fielding: {low: 7, mode: .nan,"),  # no number
        ("    acceptance: {low: 20, mode: 40, high: 90, unit: day}\n", "    acceptance:\n"),  # nothing
    )
    found = faults(written(tmp_path, text))
    assert [fault.where for fault in found] == [
        "clock.horizon",
        "missions.wide_area_surveillance.acceptance",
        "missions.wide_area_surveillance.bench",
        "missions.wide_area_surveillance.fielding.mode",
        "offers.tb2_baykar.price",
        "offers.tb2_baykar.minimum_order",
        "offers.tb2_baykar.lot",
        "offers.switchblade_300.payments",
        "policies.quantity_first.levers.supliers",
        "policies.quantity_first.missions.wide_area_surveillance.mass.drone40_defendtex",
    ]
    assert [fault.line for fault in found] == sorted(fault.line or 0 for fault in found)


def test_a_field_that_cannot_be_read_raises_no_further_fault(tmp_path: Path) -> None:
    # the price, its currency and everything that would compare the two hang on one word
    fault = only_fault(written(tmp_path, changed(("    currency: JPY #", "    currency: 7 #"))))
    assert fault.where == "offers.drone40_defendtex.currency"


def test_a_fault_is_a_sentence_with_place_value_expectation_and_way_out(tmp_path: Path) -> None:
    text = changed(("    product: tb2\n", "    product: tb3\n"))
    path = written(tmp_path, text)
    with pytest.raises(ScenarioError) as error:
        load(path)
    assert str(error.value) == (
        f"{path}:{line_of(text, 'product: tb3')}: offers.tb2_baykar.product: found 'tb3';"
        " expected the name of a known product. Did you mean 'tb2'? Known: drone40, switchblade, tb2."
    )
