"""Titles of the figures of home production are findings: other rows make other titles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.colors import same_color

from sim.outcome import DeliveryRow
from sim.report.chart import Asked
from sim.report.figures import figures
from sim.report.house import VERMILION, drawn
from sim.report.material import material_of
from tests.rooms.report.drawings import HOME_FIGURES
from tests.rooms.report.home_studies import (
    ABROAD,
    ATTACK,
    EXPORTS,
    FOREIGN,
    HOME,
    IMPORTED,
    home_study_of,
    line_row,
    plain,
    under_names,
)
from tests.rooms.report.test_figures import chart_of, rows_of

STAGED, FIRST, ONLY = (
    "“From abroad first, at home from April 2027”", "“At home from the first budget on”", "“From abroad only”",
)  # fmt: skip
ATTACK_TYPE, SIMPLE_TYPE = "Attack type of the small drone makers", "Simple attack type of the small drone makers"
WITHOUT_LINES = ("deliveries", "flow")
"""Figures that have something to show where no line has any row."""


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """The study with two odd futures of ``foreign_then_home`` failed: ten even and eight odd ones are left."""
    return material_of(home_study_of(tmp_path_factory.mktemp("failing") / "study", failed=(1, 3)))


@pytest.fixture
def where(tmp_path):
    """A study in which every future of ``foreign_then_home`` has these rows and no others."""

    def made(**rows):
        one = {FOREIGN: lambda number: replace(plain(FOREIGN, number, 0), **rows)}
        return material_of(home_study_of(tmp_path / "study", one))

    return made


def title(material, name, policy=FOREIGN):
    return chart_of(material, name, policy).words.title


# --- titles


TITLES = (
    # 300 from abroad; 100 from home in one future of two, and in all but two odd ones of them
    ("deliveries", FOREIGN, f"By the due days 14 % of the units delivered under {STAGED} are made at home: 50 of 350 in"
     " the mean"),
    ("deliveries", HOME, f"By the due days 100 % of the units delivered under {FIRST} are made at home: 500 of 500 in"
     " the mean"),
    ("deliveries", ABROAD, f"By the due days 0 % of the units delivered under {ONLY} are made at home: 0 of 400 in the"
     " mean"),
    # 40 a month in one future of two, and 30 exported in one month of three
    ("ramp", FOREIGN, f"At the deadline home lines build 30 units a month under {STAGED}; newly ordered lines keep 20"
     " of the 60 promised"),
    ("ramp", HOME, f"At the deadline home lines build 12 units a month under {FIRST}; they keep 12 of the 12 promised"),
    ("unit_cost", FOREIGN, f"{ATTACK_TYPE}: a unit costs ¥5.50\xa0m in its line’s first month and ¥4.50\xa0m from unit"
     f" 64 on, in futures that get so far, under {STAGED}"),
    ("unit_cost", HOME, f"{ATTACK_TYPE}: a unit costs ¥4.00\xa0m in its line’s first month and ¥4.00\xa0m from unit 16"
     f" on, in futures that get so far, under {FIRST}"),
    # of even futures 200 m from China and 160 m from Japan; 5 m from Japan in all
    ("origins", FOREIGN, f"54 % of the value of parts in home drones under {STAGED} comes from China"),
    ("origins", HOME, f"100 % of the value of parts in home drones under {FIRST} comes from Japan"),
    # days of both lines to the deadline: 270 opening, 30 + 10 building, (30 + 90) / 2 for parts, 20 idle
    ("waits", FOREIGN, f"To the deadline the home lines under {STAGED} spend 69 % of their days opening, 10 % building,"
     " 15 % waiting for parts and 5 % without an order"),
    ("waits", HOME, f"To the deadline the home lines under {FIRST} spend 0 % of their days opening, 100 % building, 0 %"
     " waiting for parts and 0 % without an order"),
    # 2.0 bn; 1.0 or 0.6 bn, and 0.2 bn
    ("flow", FOREIGN, f"The largest share, 67 % of ¥3.0 bn, goes to DefendTex; home firms get 33 % under {STAGED}"),
    ("flow", HOME, "The largest share, 100 % of ¥2.4 bn, goes to Small drone makers; home firms get 100 % under"
     f" {FIRST}"),
    ("flow", ABROAD, f"The largest share, 100 % of ¥2.0 bn, goes to DefendTex; home firms get nothing under {ONLY}"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "policy", "expected"), TITLES)
def test_a_home_title_is_what_the_rows_say(home, name, policy, expected):
    assert title(home, name, policy) == expected


FAILED_TITLES = (
    ("deliveries", f"By the due days 16 % of the units delivered under {STAGED} are made at home: 56 of 356 in the"
     " mean"),
    ("ramp", f"At the deadline home lines build 32 units a month under {STAGED}; newly ordered lines keep 22 of the 60"
     " promised"),
    ("waits", f"To the deadline the home lines under {STAGED} spend 69 % of their days opening, 11 % building, 15 %"
     " waiting for parts and 5 % without an order"),
    ("flow", f"The largest share, 66 % of ¥3.0 bn, goes to DefendTex; home firms get 34 % under {STAGED}"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), FAILED_TITLES)
def test_means_are_over_the_runs_that_did_not_fail(failing, name, expected):
    assert title(failing, name) == expected


@pytest.mark.parametrize("name", HOME_FIGURES)
def test_failed_runs_are_counted_in_rows_and_caption(failing, name):
    chart = chart_of(failing, name, FOREIGN)
    assert chart.words.caption.endswith(" 18 of 20 futures, 2 failed; seed 1.")
    assert {(row["n"], row["N"]) for row in rows_of(chart)} == {(18, 20)}
    assert {(row["n"], row["N"]) for row in rows_of(chart_of(failing, name, HOME))} == {(20, 20)}


def test_units_of_a_future_are_those_of_the_policy_that_is_shown(home, failing):
    # home_first leads with all its 20 runs; 10 times 120 units are 66.7 in each of 18
    assert failing.leading.policy == HOME
    assert under_names(chart_of(home, "unit_cost", FOREIGN))[ATTACK_TYPE] == "60 a future"
    assert under_names(chart_of(failing, "unit_cost", FOREIGN))[ATTACK_TYPE] == "67 a future"


# --- edges


def promise_lines(chart):
    return [line for axes in drawn(chart).axes for line in axes.lines if same_color(line.get_color(), VERMILION)]


@pytest.mark.parametrize("name", ["deliveries", "ramp", "waits"])
def test_a_deadline_inside_a_month_is_told_where_its_month_counts_whole(home, tmp_path, name):
    early = material_of(home_study_of(tmp_path / "study", sets=("clock.deadline=2028-03-15",)))
    told = " The month of the due day counts whole. 20 of 20 futures; seed 1."
    assert chart_of(early, name, FOREIGN).words.caption.endswith(told)
    assert "counts whole" not in chart_of(home, name, FOREIGN).words.caption


@pytest.mark.parametrize("name", HOME_FIGURES)
def test_where_no_line_has_a_row_only_what_came_from_abroad_is_shown(home, name):
    charts = list(figures()[name].charts(home, Asked(ABROAD)))
    assert [chart.name for chart in charts] == ([f"{name}-abroad_only"] if name in WITHOUT_LINES else [])


def test_where_nothing_was_bought_that_is_said_and_nothing_else_is_shown(where):
    empty = where()
    shown = [name for name in HOME_FIGURES if list(figures()[name].charts(empty, Asked()))]
    assert shown == ["deliveries"]
    assert title(empty, "deliveries") == (
        f"By the due days nothing is delivered under {STAGED}, neither from abroad nor from home"
    )
    assert under_names(chart_of(empty, "deliveries")) == {"Small attack": "0 from abroad, 0 from home"}


def test_one_unit_in_twenty_futures_is_not_told_as_none(tmp_path):
    def made(number):
        home = (DeliveryRow(ATTACK, 30, 1),) if number == 0 else ()
        return replace(plain(FOREIGN, number, 300), deliveries=(DeliveryRow(IMPORTED, 20, 300), *home))

    found = material_of(home_study_of(tmp_path / "study", {FOREIGN: made}))
    assert title(found, "deliveries") == (
        f"By the due days less than 1 % of the units delivered under {STAGED} are made at home: 0.1 of 300 in the mean"
    )


def test_a_line_that_only_exports_builds_and_keeps_no_promise(where):
    exports = where(lines=(EXPORTS,))
    chart = chart_of(exports, "ramp")
    assert chart.words.title == f"At the deadline home lines build 10 units a month under {STAGED}"
    assert under_names(chart) == {"Small drone makers": "10 built, nothing promised by then"}
    assert promise_lines(chart) == []
    costs = chart_of(exports, "unit_cost")
    assert costs.words.title == f"{SIMPLE_TYPE}: a unit costs ¥1.00\xa0m in its line’s first month under {STAGED}"
    assert under_names(costs) == {SIMPLE_TYPE: "30 a future"}
    assert title(exports, "waits") == (
        f"To the deadline the home lines under {STAGED} spend 0 % of their days opening, 33 % building, 0 % waiting for"
        " parts and 67 % without an order"
    )


def test_a_promise_of_which_nothing_is_built_is_told_as_such(where):
    promised = where(lines=tuple(line_row(ATTACK, month, promised=60, parts=30) for month in (33, 34, 35)))
    chart = chart_of(promised, "ramp")
    assert chart.words.title == (
        f"At the deadline home lines build nothing yet under {STAGED}; they keep none of the 60 promised"
    )
    assert under_names(chart) == {"Small drone makers": "nothing built; none of 60 promised"}
    assert len(promise_lines(chart)) == 1
    assert list(figures()["unit_cost"].charts(promised, Asked())) == []


def test_a_line_ordered_after_the_deadline_has_no_days_before_it(where):
    late = where(lines=(line_row(ATTACK, 40, opening=30), line_row(ATTACK, 41, promised=60, opening=30)))
    assert title(late, "waits") == f"No home line is ordered by the deadline under {STAGED}"
    assert title(late, "ramp") == f"At the deadline home lines build nothing yet under {STAGED}"
    assert under_names(chart_of(late, "ramp")) == {"Small drone makers": "nothing built, nothing promised by then"}
    assert len(promise_lines(chart_of(late, "ramp"))) == 1
