"""Tables of facts: what is read of them, and how their faults are told.

Why: a misread row would be a wrong belief without a trace.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from sim.errors import Fault, ScenarioError
from sim.scenario.csv_facts import Deal, SlipRatio, deals, slip_ratios

FACTS = Path(__file__).resolve().parents[2] / "scenarios" / "facts"
HEADING = "deal,country,us_government,promise,outcome,ratio,censored,confidence,source"
GOOD = 'Kite,Turkey,true,"Mid-2020, 24 months",Oct 2022,1.39,false,inferred,a page'


def faults_of(text: str | bytes, tmp_path: Path) -> tuple[Fault, ...]:
    path = tmp_path / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ScenarioError) as caught:
        slip_ratios(path)
    return caught.value.faults


def test_a_row_is_read_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADING}\n{GOOD}\n", encoding="utf-8")
    assert slip_ratios(path) == (
        SlipRatio("Kite", "Turkey", True, "Mid-2020, 24 months", "Oct 2022", 1.39, False, "inferred", "a page"),
    )


def test_spaces_around_a_value_are_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADING}\nKite , Turkey, true ,p ,o , 1.39 ,false, inferred ,s\n", encoding="utf-8")
    row = slip_ratios(path)[0]
    assert (row.deal, row.us_government, row.ratio, row.confidence) == ("Kite", True, 1.39, "inferred")
    (fault,) = faults_of(f"{HEADING}\n{GOOD.replace('Kite', ' ')}\n", tmp_path)
    assert fault.where == "deal"


def test_the_house_tables_are_whole() -> None:
    assert len(slip_ratios(FACTS / "slip_ratios.csv")) == 16
    rows = deals(FACTS / "deals.csv")
    assert len(rows) == 54
    assert rows[0] == Deal(
        "Bayraktar TB2", "MALE_UAV", "Turkey", "Baykar", "Poland", datetime.date(2021, 5, 24),
        datetime.date(2022, 10, 15), datetime.date(2024, 5, 16), 24, 270.0, "official",
        "https://www.defensenews.com/unmanned/2024/05/17/poland-receives-final-tb2-drone-delivery-from-turkeys-baykar/",
    )  # fmt: skip
    assert rows[8].first_delivery_date is None


def test_every_fault_of_a_table_is_told_at_once(tmp_path: Path) -> None:
    bad = ",Turkey,yes,p,o,-1,false,rumoured,s"
    told = [fault.told() for fault in faults_of(f"{HEADING}\n{GOOD}\n{bad}\nKite,Turkey\n", tmp_path)]
    assert told == [
        "table.csv:3: deal: found ''; expected some text.",
        "table.csv:3: us_government: found 'yes'; expected true or false.",
        "table.csv:3: ratio: found '-1'; expected a number above zero.",
        "table.csv:3: confidence: found 'rumoured'; expected one of official, reported, inferred, assumption.",
        "table.csv:4: row: found 2 values; expected 9 values.",
    ]


@pytest.mark.parametrize("ratio", ["nan", "inf", "0", "", "1,2"])
def test_a_ratio_is_a_number_above_zero(ratio: str, tmp_path: Path) -> None:
    (fault,) = faults_of(f'{HEADING}\nKite,Turkey,true,p,o,"{ratio}",false,inferred,s', tmp_path)
    assert (fault.line, fault.where, fault.expected) == (2, "ratio", "a number above zero")


def test_a_table_with_another_heading_or_none_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of("a,b\n1,2\n", tmp_path)
    assert (fault.line, fault.found, fault.expected) == (1, "a,b", f"the heading {HEADING}")
    (fault,) = faults_of("", tmp_path)
    assert fault.found == "nothing"


def test_a_table_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(f'{HEADING}\n"Kite"x,Turkey\n', tmp_path)
    assert (fault.line, fault.expected) == (2, "comma-separated values")
    (fault,) = faults_of(b"\xff\xfe\x00", tmp_path)
    assert fault.expected == "a readable table in UTF-8"
    with pytest.raises(ScenarioError, match=r"absent\.csv: file: found"):
        slip_ratios(tmp_path / "absent.csv")


def test_a_deal_may_lack_dates_and_numbers_but_not_misstate_them(tmp_path: Path) -> None:
    heading = (FACTS / "deals.csv").read_text(encoding="utf-8").splitlines()[0]
    path = tmp_path / "deals.csv"
    path.write_text(f"{heading}\na,UUV,X,s,b,,,,,,official,u\n", encoding="utf-8")
    assert deals(path)[0][5:10] == (None, None, None, None, None)
    path.write_text(f"{heading}\na,UUV,X,s,b,2020-13-01,,,0,,official,u\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        deals(path)
    assert [fault.where for fault in caught.value.faults] == ["contract_date", "quantity"]
