"""How slopes are told where a lever stands at the most it may be: which way the steps went, and why."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from sim.report.findings import finding_files
from sim.report.house import drawn
from sim.report.ramping import in_words
from sim.store.finding import Finding, Grid
from sim.study.slopes import slopes
from sim.study.trial import Futures
from tests.rooms.report.test_figures import words_seen
from tests.rooms.study.subsidised import subsidised

SLOPES = finding_files()["slopes"]


@cache
def turned_down() -> Finding:
    """The firm that takes its order from two tenths on, its subsidy at the most."""
    return slopes(subsidised(), "typed", Futures(2, 1), only=["subsidy"])


def test_a_step_down_is_told_as_the_last_of_the_lever_with_why_it_went_down():
    (table, *_) = SLOPES.tables(turned_down())
    # 3.2 / 17.5 of fulfilment, for 207 / 17.5 yen
    assert table.rows[0][:3] == ("subsidy: home", "the last 10 %", "+18.29 points (never varied)")
    assert (
        "Every subsidy stands at the most that may be paid, so no more can be tried: five steps go down to none, and"
        " what is told is what its last step buys and one step less would lose." in table.note
    )
    (chart, *_) = SLOPES.charts(turned_down())
    assert "Every subsidy stands at the most that may be paid" in chart.words.caption


def test_a_step_up_has_no_such_words():
    found = slopes(subsidised(share=0), "typed", Futures(2, 1), only=["subsidy"])
    (table, *_) = SLOPES.tables(found)
    assert table.rows[0][1] == "10 %"
    assert "at the most" not in table.note


# --- the ramp


def test_the_ramp_is_told_of_all_home_lines_then_of_its_own_then_why():
    """The line opens from 20 % on: 4/17.5 of eight units, and of 1,096 days (the horizon is day 1,095)."""
    _, whole, own, why = SLOPES.tables(turned_down())
    assert whole.rows[0][:2] == ("subsidy: home, the last 10 %", "+1.8 (never varied)")
    days = "+250.5 (never varied)"
    assert own.rows[0][1:4] == ("+1.8 (never varied)", days, days)
    assert "what does not happen by the horizon counts as happening the day after it" in own.note
    assert why.title.startswith(
        "1 of 1 firms would enter, or open the line, on another day or not at all in some future"
    )
    assert why.rows[0][1] == "2 enter and 2 open of 2; without the subsidy 0 and 0"
    assert why.rows[0][2].startswith(
        "Without the subsidy the firm asks for more, and enters, or opens the line, on another day or not at all in 2"
        " of 2. Its units by the due day differ in 2. As it is, where it opens that takes 0 days from its first"
        " contract, and is done by the deadline in 2 of 2. From there to the deadline it builds on 0.7 % of its days,"
        " waits for parts on 0.0 %"
    )


def test_a_scenario_without_home_lines_is_told_by_fulfilment_alone():
    found = told(("margin", "", False, 0.02))
    assert len(list(SLOPES.tables(found))) == len(list(SLOPES.charts(found))) == 1


def line(**changes) -> dict:
    """A subsidised line of 24 futures that opens in all of them, by the deadline in half, and does not move."""
    return {
        "handle": "subsidy", "subject": "a", "down": True, "runs_at_start": False, "ordered": 24, "ordered_turned": 24,
        "opened": 24, "opened_turned": 24, "in_time": 12, "unmoved": 24, "due_differs": 0, "later_differs": 0,
        "opening_days": 400.0, "building_days": 1.0, "parts_days": 3.0, "idle_days": 0.0, "n": 24, "N": 24,
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "The firm enters on the same day without the subsidy: what is ordered first is as much as it asks for"
             " without any subsidy. Its units are the same, by the due day and by the horizon."),
        ({"down": False}, "The firm enters on the same day with five steps more: what is ordered first is as much as it"
                          " asks for already."),
        ({"ordered": 0, "ordered_turned": 0, "opened": 0, "opened_turned": 0},
         "Nothing is ever ordered of it, as it is or without the subsidy."),
        ({"unmoved": 20, "later_differs": 3},
         "Without the subsidy the firm asks for more, and enters, or opens the line, on another day or not at all in 4"
         " of 24. Its units by the due day are the same; by the horizon they differ in 3."),
        ({"unmoved": 20, "down": False, "due_differs": 2},
         "With five steps more the firm asks for less, and enters, or opens the line, on another day or not at all in 4"
         " of 24. Its units by the due day differ in 2."),
        ({"handle": "tooling", "down": False, "later_differs": 5},
         "The firm enters and opens it on the same days with five steps more. Its units by the due day are the"
         " same; by the horizon they differ in 5."),
        ({"handle": "tooling", "down": False, "runs_at_start": True, "due_differs": 7, "opening_days": None},
         "Its units by the due day differ in 7. From there"),
    ],
)  # fmt: skip
def test_why_a_ramp_moves_or_does_not_is_said_from_what_the_line_did(changes, said):
    assert in_words(line(**changes)).startswith(said)


def test_what_holds_an_open_line_up_is_told_by_its_days():
    assert in_words(line()).endswith(
        "As it is, where it opens that takes 400 days from its first contract, and is done by the deadline in 12 of 24."
        " From there to the deadline it builds on 25.0 % of its days, waits for parts on 75.0 %"
        " and has nothing to build on 0.0 %."
    )
    shut = in_words(line(in_time=0, building_days=0.0, parts_days=0.0))
    assert shut.endswith("is done by the deadline in 0 of 24.")
    never = in_words(line(opened=0, opened_turned=0, in_time=0, building_days=0.0, parts_days=0.0, opening_days=None))
    assert never.endswith("As it is, it is not open by the horizon in any future in which the firm enters.")


def test_no_word_of_the_ramp_is_cut_off_or_lies_on_another():
    for chart in SLOPES.charts(turned_down()):
        figure = drawn(chart)
        seen = words_seen(figure)
        wide, tall = figure.bbox.size
        assert [text for text, box in seen if min(*box.p0) < -1 or box.x1 > wide + 1 or box.y1 > tall + 1] == []
        assert [
            (one[0], two[0]) for one, two in combinations(seen, 2) if one[1].padded(-1.5).overlaps(two[1].padded(-1.5))
        ] == []
        assert "subsidy: home, the last 10 %" in [text for text, _ in seen]


# --- titles


def told(*rows: tuple[str, str, bool, float]) -> Finding:
    """Handles (kind, subject, down, slope), each sure to a hundredth."""
    columns = ("handle", "subject", "step", "down", "measure", "value", "low", "high", "n", "N", "level", "kind")
    grid = tuple(
        (kind, subject, 1_000, down, measure, value, value - 0.01, value + 0.01, 9, 9, 0.95, "t")
        for kind, subject, down, value in rows
        for measure in ("fulfilment_a_step", "cost_yen_a_step", "fulfilment_per_billion_spent")
    )
    about = {
        "scenario": "story", "title": "A story", "seed": 1, "replications": 9, "policy": "plan", "failed": 0,
        "step_yen": 10, "years": [2026],
        "titles": {"policy": "The plan", "lines": {}, "missions": {}, "offers": {"a": "Type A", "b": "Type B"}},
    }  # fmt: skip
    return Finding("slopes", about, {"slopes": Grid(columns, grid)})


def title_of(found: Finding) -> str:
    return next(iter(SLOPES.tables(found))).title


def test_the_title_says_what_the_last_of_it_buys():
    most = told(("subsidy", "a", True, 0.05), ("margin", "", False, 0.02))
    assert title_of(most) == (
        "The last 10 % of subsidy: Type A buys 5.00 points under “The plan”, the most of 2 lines and levers"
    )
    up = told(("subsidy", "a", False, 0.05))
    assert title_of(up).startswith("10 % more of subsidy: Type A buys 5.00 points")
    unsure = told(("subsidy", "a", True, 0.005))
    assert title_of(unsure).startswith("Of no line or lever is it sure that the last of it buys any fulfilment, under")
    either = told(("subsidy", "a", True, 0.005), ("margin", "", False, 0.0))
    assert title_of(either).startswith("Of no line or lever is it sure that a little more buys any fulfilment")


def test_where_one_of_two_subsidies_went_down_only_that_one_is_meant():
    note = next(iter(SLOPES.tables(told(("subsidy", "a", True, 0.0), ("subsidy", "b", False, 0.0))))).note
    assert "1 of 2 subsidies stands at the most that may be paid" in note
    both = next(iter(SLOPES.tables(told(("subsidy", "a", True, 0.0), ("subsidy", "b", True, 0.0))))).note
    assert "Every subsidy stands at the most" in both
