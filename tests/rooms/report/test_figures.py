"""What stands on the axes: the rows' own numbers, the deadline, the years, and words that fit their sheet."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from sim.report.chart import Asked
from sim.report.figures import figure_names, figures
from sim.report.house import PLACES, POLICIES, drawn
from sim.report.lettering import wrapped
from sim.report.material import material_of
from sim.study.shortfall import MISSING_PLACES, TOO_LOW
from sim.study.statistics import quantile
from tests.rooms.report.studies import ATTACK, BILLION, DUE_DAY, QUANTITY, TYPED, WATCH, months, outcome_of, study_of
from tests.rooms.study.handmade import mission_row, tiny


def chart_of(material, name, policy=None, mission=None):
    (chart,) = figures()[name].charts(material, Asked(policy, mission))
    return chart


def rows_of(chart):
    return [dict(zip(chart.numbers.columns, row, strict=True)) for row in chart.numbers.rows]


def uprights(axes):
    return {line.get_xdata()[0] for line in axes.lines if len(set(line.get_xdata())) == 1}


# --- the registry


def test_a_figure_is_found_because_its_file_is_there():
    assert figure_names() == (
        "chance", "fan", "missing", "reached", "spending", "cost", "scatter", "deliveries", "ramp", "unit_cost",
        "origins", "waits", "flow", "findings",
    )  # fmt: skip
    assert all(name == figure.NAME and figure.HEADING for name, figure in figures().items())


# --- each figure


def test_the_fan_is_the_quantiles_of_each_month(tmp_path):
    def made(policy, number):
        found, row = outcome_of(policy, number), mission_row(ATTACK, 100, number)
        rows = row, found.missions[1]
        return type(found)(policy, number, number, rows, found.money, months(rows), found.spending, found.run)

    counted = material_of(study_of(tmp_path / "study", policies=(TYPED,), made=made))
    rows = rows_of(chart_of(counted, "fan", TYPED, ATTACK))
    assert len(rows) == 48
    due = next(row for row in rows if row["month_end"] == "2028-03-31")
    # 0 to 49 units: the 5th, 13th, 25th, 38th and 45th of them
    assert [due[f"p{level}_units"] for level in (10, 25, 50, 75, 90)] == [4, 12, 24, 37, 44]
    assert (due["n"], due["N"]) == (50, 50)


def test_the_fan_marks_target_deadline_and_years(material):
    axes = drawn(chart_of(material, "fan", None, ATTACK)).axes[0]
    assert {365, 730, DUE_DAY, DUE_DAY + 1} <= uprights(axes)  # 1 April of 2026, 2027, 2028; leap years
    assert [label.get_text() for label in axes.get_xticklabels()] == ["FY2025", "FY2026", "FY2027", "FY2028"]
    assert 1760 in {line.get_ydata()[0] for line in axes.lines if len(set(line.get_ydata())) == 1}
    told = " ".join(text.get_text() for text in axes.texts)
    assert "target 1,760" in told and "due 31 March 2028" in told and "known to 26 August 2025" in told


def test_the_chances_stand_with_their_intervals(material):
    chart = chart_of(material, "chance")
    row = next(row for row in rows_of(chart) if (row["policy"], row["mission"]) == (TYPED, ATTACK))
    assert (row["chance"], row["n"], row["N"], row["kind"]) == (0.3, 50, 50, "wilson")
    typed = drawn(chart).axes[1]
    bars = [tuple(line.get_xdata()) for line in typed.lines if line.get_linewidth() == 6]
    low_high = tuple(100 * row[end] for end in ("low", "high"))
    assert low_high in bars
    assert len(bars) == 2


def test_missing_places_add_up_to_the_shortfall(material):
    for row in rows_of(chart_of(material, "missing", None, ATTACK)):
        assert sum(row[place] for place in PLACES) == row["mean_missing_units"]
    short = {row["policy"]: row for row in rows_of(chart_of(material, "missing", None, ATTACK))}
    assert (short[QUANTITY]["waiting_crew"], short[QUANTITY]["queue"], short[QUANTITY]["not_ordered"]) == (
        500,
        200,
        -200,
    )
    assert (short[TYPED]["runs_short"], short[TYPED]["mean_missing_units"]) == (35, 760)


def test_what_is_ordered_beyond_the_target_stands_left_of_zero(material):
    axes = drawn(chart_of(material, "missing", QUANTITY, ATTACK)).axes[0]
    ends = {(round(bar.get_x()), round(bar.get_x() + bar.get_width())) for bar in axes.patches}
    assert ends == {(0, -200), (0, 200), (200, 700)}
    assert any(list(line.get_xdata()) == [500] for line in axes.lines)


def test_the_reached_curve_has_all_runs_in_its_denominator(material):
    rows = rows_of(chart_of(material, "reached", QUANTITY, ATTACK))
    # half by day 1049; the other half between 1200 + 5 and 1200 + 49
    assert [row for row in rows if row["day"] <= "2028-03-31"][-1]["share"] == 0.5
    assert (rows[-1]["runs_reached"], rows[-1]["share"]) == (50, 1.0)
    assert rows_of(chart_of(material, "reached", TYPED, ATTACK))[-1]["share"] == 0.3


def test_failed_runs_are_a_band_from_none_to_all_of_them(failing):
    axes = drawn(chart_of(failing, "reached", TYPED, ATTACK)).axes[0]
    (band,) = axes.collections
    at_last = [y for x, y in band.get_paths()[0].vertices if x == 1460]
    assert (min(at_last), max(at_last)) == pytest.approx((100 * 13 / 50, 100 * 16 / 50))


def test_a_column_is_the_authority_of_its_year(material):
    chart = chart_of(material, "spending")
    rows = rows_of(chart)
    assert [row["fiscal_year"] for row in rows] == [2025, 2026, 2027, 2028]
    parts = ("obligated", "fx_charged", "lapsed", "carried_out")
    for row in rows:
        given = sum(row[f"mean_{part}_yen"] for part in ("appropriated", "carried_in", "returned"))
        assert sum(row[f"mean_{part}_yen"] for part in parts) == given
    # number 7 alone owes 5 bn
    assert [row["mean_owed_yen"] for row in rows] == [0, 0, 0, BILLION // 10]
    below = [bar.get_height() for bar in drawn(chart).axes[0].patches if bar.get_height() < 0]
    assert below == [-0.1]


def test_the_sums_that_cover_half_seven_and_eight_in_ten_are_the_procedures(material):
    yen = [(300 + number) * BILLION for number in range(50)]
    for row, level in zip(rows_of(chart_of(material, "cost", TYPED)), (0.5, 0.7, 0.8), strict=False):
        found = quantile(yen, level)
        assert (row["cost_yen"], row["low"], row["high"], row["kind"]) == (
            found.value, found.low, found.high, "order statistics",
        )  # fmt: skip


def test_every_future_is_a_mark(material):
    chart = chart_of(material, "scatter")
    assert len(chart.numbers.rows) == 100
    axes = drawn(chart).axes[0]
    assert sum(len(line.get_xdata()) for line in axes.lines if line.get_alpha() is not None) == 100
    assert (axes.get_xlabel(), axes.get_title(loc="left")) == ("cost, ¥ bn", "weighted fulfilment, percent")


def test_the_fan_of_all_missions_has_a_panel_for_each_and_the_numbers_of_all(material):
    chart = chart_of(material, "fan", TYPED)
    assert chart.name == "fan-typed"
    alone = [chart_of(material, "fan", TYPED, mission) for mission in (WATCH, ATTACK)]
    assert sorted(rows_of(chart), key=str) == sorted((row for one in alone for row in rows_of(one)), key=str)
    panels = {axes.get_title(loc="left"): axes.texts[0].get_text() for axes in drawn(chart).axes}
    # 15 of 50 have 1,760 and 35 have 1,000; the watch has 0 to 6
    assert panels == {
        "Small attack": "1,000 of 1,760; chance 30 %", "Long-endurance wide-area watch": "3 of 12; chance 0 %",
    }  # fmt: skip


# --- words fit


LONG = (
    "policies.typed.title=Orders that somebody has typed in by hand over a long weekend without much sleep",
    "missions.small_attack.title=Small attack drones of both types and whatever else may be thrown at landing craft",
    "missions.wide_area_surveillance.title=Wide-area watch by aircraft that stay up for a day and a night and a day",
)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory):
    return material_of(study_of(tmp_path_factory.mktemp("wordy") / "study", loaded=tiny(*LONG), failed=(1, 2, 3)))


def words_seen(figure):
    """Every text that is drawn, with its box; a tick outside of its axis is not."""
    figure.draw_without_rendering()
    hidden = {
        tick.label1
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) - 1e-9 <= tick.get_loc() <= max(axis.get_view_interval()) + 1e-9
    }
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text not in hidden]


@pytest.mark.parametrize("name", figure_names())
@pytest.mark.parametrize("of", ["material", "wordy"])
def test_no_word_is_cut_off_or_lies_on_another(request, of, name):
    for asked in (Asked(None, ATTACK), Asked(TYPED, WATCH), Asked()):
        for chart in figures()[name].charts(request.getfixturevalue(of), asked):
            figure = drawn(chart)
            seen = words_seen(figure)
            wide, tall = figure.bbox.size
            outside = [text for text, box in seen if min(*box.p0) < 0 or box.x1 > wide or box.y1 > tall]
            assert outside == [], chart.name
            over = [(one[0], two[0]) for one, two in combinations(seen, 2) if one[1].padded(-1).overlaps(two[1])]
            assert over == [], chart.name


def test_a_word_without_a_space_is_cut_where_the_line_ends():
    lines = wrapped("x" * 300, 200, 9)
    assert "".join(lines) == "x" * 300
    assert len(lines) > 5


# --- without colour


def lightness(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 116 * np.dot(linear, (0.2126, 0.7152, 0.0722)) ** (1 / 3) - 16


def test_every_place_has_a_filling_and_no_two_are_alike_in_grey():
    assert set(PLACES) == {*MISSING_PLACES, TOO_LOW}
    for one, other in combinations(PLACES.values(), 2):
        assert (one.hatch, one.ink) != (other.hatch, other.ink) or abs(
            lightness(one.colour) - lightness(other.colour)
        ) > 8


def test_lines_differ_by_dashes_and_marks_whatever_their_colour():
    assert len({line.marker for line in POLICIES}) == len({str(line.dashes) for line in POLICIES}) == len(POLICIES)
    levels = sorted(lightness(line.colour) for line in POLICIES[:4])
    assert min(after - before for before, after in pairwise(levels)) > 8
