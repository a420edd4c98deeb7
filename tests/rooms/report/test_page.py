"""The page: five sentences that the tables bear out, nothing from outside, and no text that runs."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from sim.report.chart import Asked
from sim.report.figures import figures
from sim.report.material import material_of
from sim.report.page import page
from sim.report.picture import picture_of
from sim.report.sections import sections
from sim.report.sentences import five_sentences
from tests.rooms.report.studies import ATTACK, QUANTITY, TYPED, outcome_of, study_of
from tests.rooms.study.handmade import TOP, mission_row, tiny

VOID = frozenset({"meta", "br", "img", "wbr"})


class Reader(HTMLParser):
    """The elements of a page, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open, self.found, self.texts = [], [], []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def read(text):
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


def words_of(text):
    """The page as somebody reads it: without tags, one space between words."""
    body = text[text.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def text(material, pictures):
    return page(material, pictures)


# --- the answer


def test_the_answer_is_five_sentences_of_the_rows(material):
    assert five_sentences(material) == (
        "Under “Quantity first”, of the 2 policies the one with the highest mean fulfilment, none of 50 futures has all"
        " of long-endurance wide-area watch and small attack in time, 0.0 % (0.0–7.1; 50 of 50), and on average 58.6 %"
        " (55.4–61.7; 50 of 50) of what is wanted, by weight, is in service when due.",
        "Of 2 missions, 1 is in time in at least half of the futures: the likeliest is small attack, 50.0 % (36.6–63.4;"
        " 50 of 50), and the least likely long-endurance wide-area watch, 0.0 % (0.0–7.1; 50 of 50).",
        "Of the 2 missions that fall short in some future, what is missing when due is mostly waiting for crews (1"
        " mission) and in acceptance (1 mission); the widest gap against its target is long-endurance wide-area watch,"
        " with 9 aircraft missing on average, mostly in acceptance, in the 50 of 50 futures that fall short.",
        "Half of the futures cost no more than ¥424.0 bn (P10–P90 ¥404.0 bn to ¥444.0 bn); ¥324.0 bn (P10–P90 ¥304.0 bn"
        " to ¥344.0 bn) of appropriated money lapse unspent in the middle one, lines that serve no mission included,"
        " and nothing is owed at the horizon in nine tenths of them or more (50 of 50 futures).",
        "Mean fulfilment runs from 49.7 % (45.9–53.4; 50 of 50) under “Orders typed by hand” to 58.6 % (55.4–61.7; 50"
        " of 50) under “Quantity first”, and the interval of the best lies above that of every other policy.",
    )


def test_the_answer_of_a_study_in_which_all_goes_well(tmp_path):
    def made(policy, number):
        found = outcome_of(policy, number)
        rows = mission_row(ATTACK, 10, 12), mission_row("wide_area_surveillance", 12, 12)
        run = found.run._replace(all_met=True, fulfilment=1.0, owed=0)
        return type(found)(policy, number, number, rows, found.money, found.monthly, found.spending, run)

    found = five_sentences(material_of(study_of(tmp_path / "study", policies=(TYPED,), made=made, runs=20)))
    assert found[0].startswith(
        "Under “Orders typed by hand”, all 20 futures have all of long-endurance wide-area watch and small attack in"
        " time, 100.0 % (83.9–100.0; 20 of 20), and on average 100.0 % (no interval, never varied; 20 of 20)"
    )
    assert found[1].startswith("Of 2 missions, 2 are in time")
    assert found[2] == "No mission falls short in any future, so nothing is missing when it is due."
    assert "nothing is still owed at the horizon in any of them" in found[3]
    assert found[4] == "Only one policy was run, so this study compares it with no other."


def test_policies_whose_intervals_overlap_are_not_told_apart(failing):
    assert five_sentences(failing)[4].endswith(
        "the interval of the best overlaps that of “Orders typed by hand”, and this page, which compares no pairs, does"
        " not part them."
    )


def test_a_scenario_without_a_joint_list_has_no_joint_chance(tmp_path):
    found = material_of(study_of(tmp_path / "study", loaded=tiny("joint=[]"), runs=5))
    assert five_sentences(found)[0].startswith(
        "Under “Quantity first”, of the 2 policies the one with the highest mean fulfilment, on average"
    )


# --- the page


def test_the_page_has_its_sections_in_the_order_of_their_files(text):
    names = [section.__name__.rpartition(".")[2] for section in sections()]
    assert names == sorted(names)
    reader = read(text)
    assert [attrs["id"] for tag, attrs in reader.found if tag == "section"] == [
        "answer", "policies", "findings", "analyses", "assumptions", "limits", "reproduce", "glossary",
    ]  # fmt: skip
    linked = [attrs["href"] for tag, attrs in reader.found if tag == "a"]
    assert linked == [f"#{attrs['id']}" for tag, attrs in reader.found if tag == "section"]


def test_the_page_needs_nothing_from_outside_and_runs_nothing(text):
    reader = read(text)
    assert not {tag for tag, _ in reader.found} & {"script", "link", "iframe", "object", "embed", "base", "form"}
    assert all(attrs["src"].startswith("data:image/svg+xml;base64,") for tag, attrs in reader.found if tag == "img")
    assert not any(name.startswith("on") for _, attrs in reader.found for name in attrs)
    assert "url(" not in text and "@import" not in text and "http:" not in text and "https:" not in text
    policy = next(attrs["content"] for tag, attrs in reader.found if "http-equiv" in attrs)
    assert policy.startswith("default-src 'none'")


def test_every_chart_stands_on_the_page_with_its_words_for_those_who_do_not_see_it(text, pictures):
    drawn = [attrs for tag, attrs in read(text).found if tag == "img"]
    assert len(drawn) == len(pictures) == 7
    for attrs, picture in zip(drawn, pictures, strict=True):
        assert attrs["src"] == picture.source
        assert attrs["alt"].startswith(picture.chart.words.title)
        assert picture.chart.words.caption in attrs["alt"]


def test_the_tables_tell_each_number_with_its_interval_and_runs(text):
    words = words_of(text)
    assert "Quantity first quantity_first 58.6 % 55.4–61.7 0.0 % 0.0–7.1 424.0 404.0 to 444.0" in words
    assert "Small attack 50.0 % 36.6–63.4 30.0 % 19.1–43.8" in words
    assert "Orders typed by hand 50 of 50 runs" in words


def test_where_runs_failed_every_number_says_of_how_many(failing):
    words = words_of(page(failing, ()))
    assert "Runs failed: 3 of 50 under “Orders typed by hand”." in words
    # 13 of 47: from 13 of 50 to 16 of 50
    assert "Small attack 50.0 % 36.6–63.4 27.7 % 15.9–45.8" in words
    assert "Orders typed by hand 47 of 50 runs" in words
    assert "Wilson, failed runs as bounds" in words
    assert "from 48.8 % (41.1–56.7; 47 of 50) under" in words
    assert "3 runs failed. They may have been harder or easier" in words


def test_assumptions_stand_with_source_and_confidence_targets_and_shared_parameters_first(text, material):
    cells = r"<tr><td><code>(.*?)</code></td><td>(.*?)</td>\s*<td>(.*?)</td><td>(.*?)</td></tr>"
    rows = re.findall(cells, text, re.DOTALL)
    paths = [re.sub("<wbr>", "", path) for path, *_ in rows]
    assert sorted(paths) == sorted(fact.path for fact in material.scenario.facts)
    first = ["missions.small_attack.target", "missions.wide_area_surveillance.target", "parameters.general_share"]
    assert paths[:3] == first
    assert [html.unescape(cell) for cell in rows[2][1:]] == [
        "0.03 / 0.05 / 0.1 share", "assumption", "demand 1a and 2; 3.2 of 111.0 bn in FY2025",
    ]  # fmt: skip
    kinds = {fact.path: fact.kind for fact in material.scenario.facts}
    unfolded = text[: text.index("<details>")].count("<tr><td><code>")
    assert all(path.startswith("parameters.") or path.endswith(".target") for path in paths[:unfolded])
    assert f"Another {len(paths) - unfolded} numbers" in words_of(text)
    order = [kinds[path] for path in paths[unfolded:]]
    assert order == sorted(order, key=("parameter", "luck", "formula", "fixed").index)


def test_the_limits_are_counted(text, material):
    words = words_of(text)
    uncertain = [fact for fact in material.scenario.facts if fact.kind != "fixed"]
    assumed = sum(fact.confidence == "assumption" for fact in uncertain)
    assert f"{assumed} of the scenario’s {len(uncertain)} uncertain numbers rest on an assumption" in words
    assert "2 of 2 targets are assumptions" in words
    assert "None of the offers comes from a maker in Japan" in words
    assert "No shock is laid over this scenario" in words


def test_a_reader_can_make_the_numbers_again(text, material):
    words = words_of(text)
    assert "run_sim.py run scenarios/tiny.yaml -n 50" in words
    again = f"run_sim.py run scenario.resolved.yaml --replications 50 --seed 1 --policy {QUANTITY} --policy {TYPED}"
    assert again in words
    for digest in (*material.study.manifest["tables"].values(), "5" * 64, "7" * 64):
        assert digest in words
    assert "python 3.11.7, simpy 4.1.2" in words


def test_the_same_study_gives_the_same_page(text, material, pictures):
    assert page(material_of(material.study), pictures) == text


# --- what a scenario may say

HOSTILE = "<script>alert(1)</script> & \"quotes\" 'so' $x^{$ =1+1"
JAPANESE = "無人機の調達、令和九年度末までに"


@pytest.mark.parametrize("title", [HOSTILE, JAPANESE])
def test_whatever_a_scenario_says_is_text(tmp_path, title):
    said = json.dumps(title, ensure_ascii=False)
    titled = ("policies.typed", "policies.quantity_first", "missions.small_attack", "budget.lines.surveillance")
    paths = ("title", "missions.small_attack.counted_as", *(f"{path}.title" for path in titled))
    loaded = tiny(*(f"{path}={said}" for path in paths))
    assert loaded.scenario.title == title
    found = material_of(study_of(tmp_path / "study", loaded=loaded, runs=5))
    made = [picture_of("", next(iter(figures()[name].charts(found, Asked())))) for name in ("chance", "missing")]
    text = page(found, made)
    reader = read(text)
    assert "<script" not in text
    assert "".join(reader.texts).count(title) >= 5
    assert all(b"<script" not in picture.svg for picture in made)
    assert any(title in attrs.get("alt", "") for _, attrs in reader.found)


def test_a_machine_that_has_never_drawn_says_nothing_of_its_fonts(study, tmp_path):
    script = "import sys, sim; sim.load(sys.argv[1]).plot.cost()"
    empty = {**os.environ, "MPLCONFIGDIR": str(tmp_path), "PYTHONPATH": str(TOP)}
    ran = subprocess.run(
        [sys.executable, "-c", script, str(study.folder)], env=empty, capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("", "")
