"""How slopes are told where a lever stands at the most it may be: which way the steps went, and why."""

from __future__ import annotations

from functools import cache

from sim.report.findings import finding_files
from sim.store.finding import Finding, Grid
from sim.study.slopes import slopes
from sim.study.trial import Futures
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
