"""The figures of home production: numbers counted off by hand, what stands on the axes, words that fit."""

from __future__ import annotations

from itertools import combinations

import pytest
from matplotlib.colors import same_color

from sim.report.house import drawn
from sim.report.material import material_of
from tests.rooms.report.drawings import HOME_FIGURES
from tests.rooms.report.home_studies import (
    ATTACK,
    BILLION,
    DUE_DAY,
    FOREIGN,
    HOME,
    MILLION,
    MISSION,
    SIMPLE,
    crowded_study_of,
    home_study_of,
    under_names,
)
from tests.rooms.report.test_figures import chart_of, rows_of, uprights, words_seen


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    return material_of(crowded_study_of(tmp_path_factory.mktemp("crowded") / "study"))


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
