"""The figures of home production: titles and numbers counted off by hand, and words that fit their sheet."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

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
    BILLION,
    DUE_DAY,
    EXPORTS,
    FOREIGN,
    HOME,
    IMPORTED,
    MILLION,
    MISSION,
    SIMPLE,
    crowded_study_of,
    home_study_of,
    line_row,
    plain,
)
from tests.rooms.report.test_figures import chart_of, rows_of, uprights, words_seen

STAGED, FIRST, ONLY = (
    "“From abroad first, at home from April 2027”", "“At home from the first budget on”", "“From abroad only”",
)  # fmt: skip
ATTACK_TYPE, SIMPLE_TYPE = "Attack type of the small drone makers", "Simple attack type of the small drone makers"
WITHOUT_LINES = ("deliveries", "flow")
"""Figures that have something to show where no line has any row."""


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """The same, with two odd futures of ``foreign_then_home`` failed: ten even and eight odd ones are left."""
    return material_of(home_study_of(tmp_path_factory.mktemp("failing") / "study", failed=(1, 3)))


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    return material_of(crowded_study_of(tmp_path_factory.mktemp("crowded") / "study"))


@pytest.fixture
def where(tmp_path):
    """A study in which every future of ``foreign_then_home`` has these rows and no others."""

    def made(**rows):
        one = {FOREIGN: lambda number: replace(plain(FOREIGN, number, 0), **rows)}
        return material_of(home_study_of(tmp_path / "study", one))

    return made


def title(material, name, policy=FOREIGN):
    return chart_of(material, name, policy).words.title


def under_names(chart):
    """Name of each panel -> the line below it."""
    return {axes.get_title(loc="left"): axes.texts[0].get_text() for axes in drawn(chart).axes}


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


# --- numbers


def at(chart, month_end, **which):
    (row,) = [
        row for row in rows_of(chart) if row["month_end"] == month_end and all(row[key] == which[key] for key in which)
    ]
    return row


def test_deliveries_are_counted_from_month_to_month(home):
    chart = chart_of(home, "deliveries", FOREIGN)
    assert len(chart.numbers.rows) == 48
    legs = ("abroad_mean", "home_mean", "both_p10", "both_p90")
    told = {
        day: [at(chart, day)[leg] for leg in legs] for day in ("2026-11-30", "2026-12-31", "2028-03-31", "2029-03-31")
    }
    assert told == {
        "2026-11-30": [0, 0, 0, 0], "2026-12-31": [300, 0, 300, 300], "2028-03-31": [300, 50, 300, 400],
        "2029-03-31": [300, 100, 350, 450],
    }  # fmt: skip
    assert under_names(chart) == {"Small attack": "300 from abroad, 50 from home"}


def test_a_rate_is_that_of_three_months_with_exports_and_its_promise_without(home):
    chart = chart_of(home, "ramp", FOREIGN)
    assert len(chart.numbers.rows) == 48
    due = at(chart, "2028-03-31")
    # ten futures build 40 and ten nothing; all export 30 in the last month of three
    assert [due[f"p{level}"] for level in (10, 25, 50, 75, 90)] == [10, 10, 30, 50, 50]
    assert (due["mean"], due["promised_mean"], due["kept_mean"]) == (30, 60, 20)
    month_before = at(chart, "2028-02-29")
    assert [month_before[f"{name}mean"] for name in ("", "promised_", "kept_")] == pytest.approx([40 / 3, 40, 40 / 3])
    assert under_names(chart) == {"Small drone makers": "30 built; 20 of 60 promised"}


def test_a_unit_costs_what_its_month_cost(home):
    rows = chart_of(home, "unit_cost", FOREIGN).numbers.rows
    # months begin with units 1, 41 and 81 of the attack line
    assert rows == [
        (FOREIGN, ATTACK, 1, 1, 400, 2 * MILLION, MILLION / 2, 3 * MILLION, 20, 20),
        (FOREIGN, ATTACK, 32, 63, 400, 1.5 * MILLION, MILLION / 2, 3 * MILLION, 20, 20),
        (FOREIGN, ATTACK, 64, 127, 400, MILLION, MILLION / 2, 3 * MILLION, 20, 20),
        (FOREIGN, SIMPLE, 1, 1, 600, 0.3 * MILLION, 0.2 * MILLION, MILLION / 2, 20, 20),
    ]


def test_columns_of_a_unit_stand_on_parts_overhead_and_labour(home):
    attack = drawn(chart_of(home, "unit_cost", FOREIGN)).axes[0]
    filled = [bar for bar in attack.patches if bar.get_facecolor()[3]]
    first = [(round(bar.get_y(), 6), round(bar.get_height(), 6)) for bar in filled[:3]]
    assert first == [(0, 3), (3, 0.5), (3.5, 2)]
    assert [tick.get_text() for tick in attack.get_xticklabels()] == ["1", "32", "64"]


def test_parts_are_worth_their_mean_over_all_futures(home):
    chart = chart_of(home, "origins", FOREIGN)
    assert chart.numbers.rows == [
        (FOREIGN, "battery", "Japan", 30 * MILLION, 20, 20),
        (FOREIGN, "magnet_set", "Japan", 5 * MILLION, 20, 20),
        (FOREIGN, "motor_esc", "China", 100 * MILLION, 20, 20),
        (FOREIGN, "motor_esc", "Japan", 50 * MILLION, 20, 20),
    ]
    assert "in ¥ m, by part family and country of origin; ¥185\xa0m in all" in chart.words.subtitle
    (axes,) = drawn(chart).axes
    assert [text.get_text() for text in axes.texts] == ["150.0", "30.0", "5.0"]
    assert axes.get_xlim()[1] > 150, "the longest bar ends inside its panel"


def test_little_money_is_not_told_as_none(home):
    (axes,) = drawn(chart_of(home, "origins", HOME)).axes
    assert [text.get_text() for text in axes.texts] == ["1.20", "<0.01"]


def test_a_country_looks_alike_under_every_policy(home):
    looks = [drawn(chart_of(home, "origins", policy)).axes[0].patches for policy in (FOREIGN, HOME)]
    japan = looks[0][2], looks[1][0]  # behind the two bars of China, and first: filling before outline
    assert japan[0].get_hatch() == japan[1].get_hatch() == "////"
    assert same_color(japan[0].get_facecolor(), japan[1].get_facecolor())


def test_days_of_a_month_are_means_over_all_futures(home):
    chart = chart_of(home, "waits", FOREIGN)
    assert len(chart.numbers.rows) == 2 * 48
    states = [f"mean_{state}_days" for state in ("opening", "parts", "building", "idle")]
    told = [
        [at(chart, day, offer=offer)[state] for state in states]
        for offer, day in (
            (ATTACK, "2027-04-30"),
            (ATTACK, "2028-03-31"),
            (ATTACK, "2028-04-30"),
            (SIMPLE, "2028-03-31"),
        )
    ]
    assert told == [[30, 0, 0, 0], [0, 20, 10, 0], [0, 0, 0, 30], [0, 0, 10, 20]]
    assert list(under_names(chart).values()) == [
        "30 building, 60 waiting for parts",
        "10 building, 0 waiting for parts",
    ]


def test_a_month_of_waits_is_a_column_that_ends_with_its_month(home):
    building, parts, _, _ = drawn(chart_of(home, "waits", FOREIGN)).axes[0].collections
    assert {tuple(at) for at in building.get_paths()[0].vertices if at[1]} == {
        (1004, 10), (1035, 10), (1064, 10), (1095, 10),
    }  # fmt: skip
    assert max(height for _, height in parts.get_paths()[0].vertices) == 30


def test_money_and_units_flow_from_makers_to_missions(home):
    chart = chart_of(home, "flow", FOREIGN)
    assert chart.numbers.rows == [
        (FOREIGN, "defendtex", MISSION, False, 400, 300, 2 * BILLION, 20, 20),
        (FOREIGN, "small_drone_group", MISSION, True, 250, 50, BILLION, 20, 20),
    ]
    (axes,) = drawn(chart).axes
    assert [text.get_text() for text in axes.texts] == [
        "DefendTex: 2.0",
        "Small drone makers: 1.0",
        "Small attack: 350",
    ]


# --- axes


@pytest.mark.parametrize("name", ["deliveries", "ramp", "waits"])
def test_the_deadline_and_the_years_stand_on_every_time_axis(home, name):
    panels = drawn(chart_of(home, name, FOREIGN)).axes
    assert len(panels) == (2 if name == "waits" else 1)
    for axes in panels:
        assert {365, 730, DUE_DAY, DUE_DAY + 1} <= uprights(axes)  # 1 April of 2026, 2027 and 2028
        assert [label.get_text() for label in axes.get_xticklabels()] == ["FY2025", "FY2026", "FY2027", "FY2028"]


def test_the_target_is_drawn_beside_both_legs(home):
    (axes,) = drawn(chart_of(home, "deliveries", FOREIGN)).axes
    assert 700 in {line.get_ydata()[0] for line in axes.lines if len(set(line.get_ydata())) == 1}
    assert axes.get_ylim()[1] > 700


# --- edges


def promise_lines(chart):
    return [line for axes in drawn(chart).axes for line in axes.lines if same_color(line.get_color(), VERMILION)]


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


# --- words fit


ENDLESS = "whose name goes on and on " * 5
LONG = tuple(
    f"{place}.title=Somebody {ENDLESS}"
    for place in (
        "missions.small_attack", "firms.small_drone_group", "suppliers.defendtex", "home_offers.attack_home",
        "home_offers.simple_attack_home", "part_families.motor_esc", "policies.foreign_then_home",
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def wordy(tmp_path_factory):
    return material_of(home_study_of(tmp_path_factory.mktemp("wordy") / "study", failed=(1, 2, 3), sets=LONG))


@pytest.mark.parametrize("name", HOME_FIGURES)
@pytest.mark.parametrize("of", ["home", "wordy", "crowded"])
def test_no_word_of_a_home_figure_is_cut_off_or_lies_on_another(request, of, name):
    material = request.getfixturevalue(of)
    figure = drawn(chart_of(material, name, material.study.policies[0]))
    seen = words_seen(figure)
    assert len(seen) > 5
    wide, tall = figure.bbox.size
    assert [text for text, box in seen if min(*box.p0) < 0 or box.x1 > wide or box.y1 > tall] == []
    over = [(one[0], two[0]) for one, two in combinations(seen, 2) if one[1].padded(-1).overlaps(two[1])]
    assert over == []


NAMED = ("deliveries", "ramp", "unit_cost", "waits")


@pytest.mark.parametrize("name", NAMED)
def test_a_name_too_long_for_its_panel_ends_in_an_ellipsis(wordy, name):
    names = list(under_names(chart_of(wordy, name, FOREIGN)))
    assert names
    assert all(name.startswith("Somebody whose name goes on") and name.endswith(" …") for name in names)


def test_a_name_too_long_for_its_row_ends_in_an_ellipsis(wordy):
    (flow,), (origins,) = (drawn(chart_of(wordy, name, FOREIGN)).axes for name in ("flow", "origins"))
    # 17 futures are left, nine even ones and eight odd ones
    ends = [text.get_text().rpartition("Somebody whose name")[2].partition(" …")[1:] for text in flow.texts]
    assert ends == [(" …", ": 2.0"), (" …", ": 1.0"), (" …", ": 353")]
    labels = [label.get_text() for label in origins.get_yticklabels()]
    assert labels[0].startswith("Somebody whose name")
    assert labels[0].endswith(" …")


def test_makers_with_little_money_share_one_label(crowded):
    chart = chart_of(crowded, "flow")
    makers = {row["supplier"] for row in rows_of(chart)}
    (axes,) = drawn(chart).axes
    (others,) = [text.get_text() for text in axes.texts if " others: " in text.get_text()]
    named = [text for text in axes.texts if text.get_ha() == "right" and " others: " not in text.get_text()]
    assert int(others.split()[0]) + len(named) == len(makers) == len(crowded.scenario.suppliers)


def test_every_firm_that_built_has_its_panel_and_no_place_is_left_over(crowded):
    firms = [firm.title for firm in crowded.scenario.firms.values()]
    assert list(under_names(chart_of(crowded, "ramp"))) == firms[1:]
    assert len(firms[1:]) % 2 == 1
