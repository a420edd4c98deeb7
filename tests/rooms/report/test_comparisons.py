"""Comparisons, choices, splits and plans as they are read: titles worked out from the rows, and marks on them."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.text import Text

from sim.report.findings import choose as told_choice
from sim.report.findings import compare as told_comparison
from sim.report.findings import plan as told_plan
from sim.report.findings import split as told_split
from sim.study import choose, growing, luck_split, trial
from sim.study.cases import Case
from sim.study.chosen_finding import chosen_finding
from sim.study.compare import How
from sim.study.compared_finding import compared_finding
from sim.study.decided import compared_once, until_decided
from sim.study.growing import Growing
from sim.study.luck_split import split_finding
from sim.study.measures_compared import FULFILMENT, measures_of
from sim.study.pilot import plan, plan_finding
from sim.study.trial import Futures
from tests.rooms.study.faked import faked, paper, uniforms


def half(parameter, luck):
    return (uniforms("half", luck) < 0.5).astype(float)


def better(parameter, luck):
    return (uniforms("half", luck) < 0.7).astype(float)


def known(parameter, luck):
    return np.where(uniforms("known", parameter) < 0.5, 0.2, 0.8)


@pytest.fixture
def scenario(monkeypatch):
    model = faked({"ten": half, "ten_again": half, "twenty": better, "tossed": known})
    for room in (growing, trial, luck_split):
        monkeypatch.setattr(room, "run_cases", model)
    return paper()


def compared(scenario, work=compared_once, most=200, **how):
    policies = ("ten", "ten_again", "twenty")
    held = Growing([Case(policy, scenario, policy) for policy in policies], Futures(most, 1))
    chosen = How("ten", **how)
    found = work(held, scenario, measures_of(scenario), FULFILMENT, chosen, most)
    return compared_finding(scenario, found, FULFILMENT, chosen, Futures(most, 1), until_decided=work is until_decided)


def texts(figure):
    return {each.get_text() for each in figure.findobj(Text)}


def test_a_comparison_says_who_is_better_and_who_is_the_same(scenario):
    finding = compared(scenario)
    first, *_, last = told_comparison.tables(finding)
    assert first.title == (
        "Weighted fulfilment against “Ten”: “Twenty” better, “Ten again” no different by what matters"
    )
    assert [row[0] for row in first.rows] == ["Ten again", "Twenty"]
    assert first.rows[0][2:4] == ("exactly 0: equal ledgers", "inside the indifference zone")
    assert first.rows[1][3] == "better"
    assert "indifference zone ±2.0 points. 200 futures; 95 % intervals that hold together" in first.note
    assert last.title.startswith("Cost against “Ten”: ")
    assert "Less is better." in last.note


def test_a_comparison_that_was_grown_says_where_it_was_looked_at(scenario):
    note = next(iter(told_comparison.tables(compared(scenario, until_decided, 600)))).note
    assert "decided at 448 futures (looks planned at 448, 512, 576, 600, taken at 448)" in note
    sequence = next(iter(told_comparison.tables(compared(scenario, until_decided, 448, sequence=True)))).note
    assert "at 448 futures (confidence sequence, looked at 448)" in sequence


def test_the_chart_of_a_comparison_marks_each_difference_and_what_does_not_matter(scenario):
    finding = compared(scenario)
    (chart,) = told_comparison.charts(finding)
    figure = chart.draw(chart.words)
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Ten again", "Twenty"]
    assert "better" in texts(figure)
    twenty = next(row for row in finding.grids["comparisons"].records() if row["policy"] == "twenty")
    marks = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    assert marks == pytest.approx([0.0, 100 * twenty["value"]])
    assert len(chart.numbers.rows) == 2


def test_a_choice_says_its_promise_and_what_to_quote(scenario):
    searching, judging = Futures(600, 1), Futures(80, 1)
    found = choose.choose(scenario, ("ten", "ten_again", "twenty"), FULFILMENT, 0.02, 0.95, searching, judging)
    finding = chosen_finding(scenario, found, searching, judging)
    (table,) = told_choice.tables(finding)
    assert table.title == "“Twenty” is chosen"
    assert table.rows[0][:2] == ("Twenty", "chosen")
    assert "chosen in at least 95 of 100 such races" in table.note
    assert "80 futures on which nothing was chosen" in table.note
    (chart,) = told_choice.charts(finding)
    assert "chosen after 600 runs" in texts(chart.draw(chart.words))


def test_a_choice_between_doubles_names_the_double_and_an_open_race_chooses_nobody(scenario):
    searching, judging = Futures(600, 1), Futures(80, 1)
    found = choose.choose(scenario, ("ten", "ten_again"), FULFILMENT, 0.02, 0.95, searching, judging)
    (table,) = told_choice.tables(chosen_finding(scenario, found, searching, judging))
    assert table.title == "“Ten” is chosen; in every future judged on “Ten again” did the same"
    found = choose.choose(scenario, ("ten", "tossed"), FULFILMENT, 0.001, 0.95, searching, judging)
    (table,) = told_choice.tables(chosen_finding(scenario, found, searching, judging))
    assert table.title == "Not chosen yet: “Ten” and “Twenty by a toss” are still in the race"
    assert "give more with --most, or widen --zone (0.1 points)" in table.note


def test_a_split_says_what_makes_most_of_the_spread(scenario):
    futures = Futures(80, 1)
    rows = luck_split.luck_split(scenario, ("ten", "tossed"), measures_of(scenario), futures)
    finding = split_finding(scenario, rows, futures)
    luck, knowledge = told_split.tables(finding)
    assert luck.title == "Luck makes most of the spread of every measure under “Ten”"
    assert knowledge.title == "Knowledge makes most of the spread of every measure under “Twenty by a toss”"
    assert knowledge.rows[0][-1] == "100 % (all resamples agree)"
    assert knowledge.rows[1][-1] == "never varied"  # 0.8 never meets the target
    first, second = told_split.charts(finding)
    assert (first.name, second.name) == ("split-ten", "split-tossed")
    assert "100 % (all resamples agree)" in texts(second.draw(second.words))


def test_a_plan_says_what_the_narrowest_width_takes(scenario):
    futures = Futures(100, 1, workers=2)
    ticks = iter([0.0, 10.0])
    found = plan(scenario, ("ten", "tossed"), [FULFILMENT], [0.05, 0.02], futures, clock=lambda: next(ticks))
    finding = plan_finding(scenario, found, futures)
    totals, prices = told_plan.tables(finding)
    most = found.most(0.02)
    assert totals.title == f"Every share to ±2 points takes {most:,} futures, about 4 minutes here"  # ten seconds a 100
    assert totals.rows[1][:2] == ("±2 points", f"{most:,}")
    assert totals.rows[1][-1] == "Ten: weighted fulfilment"
    assert "in 10.0 seconds on 2 workers" in totals.note
    assert prices.rows[0][0] == "Ten, weighted fulfilment"
    assert prices.rows[1][0] == ""
    (chart,) = told_plan.charts(finding)
    assert {"fixed beforehand", "six planned looks", "any looks"} <= texts(chart.draw(chart.words))
