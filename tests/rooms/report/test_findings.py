"""How findings are told: tables and charts of stored numbers, under titles that the numbers make, and on the page."""

from __future__ import annotations

import shutil
from itertools import combinations

import pytest
from markupsafe import escape

from sim.report.chart import Asked
from sim.report.figures import figures
from sim.report.findings import finding_files
from sim.report.house import drawn
from sim.report.material import material_of
from sim.report.page import page
from sim.report.sections.s35_analyses import content
from sim.store import load
from sim.store.finding import Finding, Grid, read_finding, write_finding
from sim.study.statistics.pairs import IDENTICAL
from sim.study.trial import INTERVAL
from tests.rooms.report.analysed import NAMES, finding, study
from tests.rooms.report.test_figures import words_seen


def charts_of(name, found=None):
    return list(finding_files()[name].charts(finding(name) if found is None else found))


def tables_of(name, found=None):
    return list(finding_files()[name].tables(finding(name) if found is None else found))


def test_each_analysis_has_a_file_that_tells_it():
    assert set(NAMES) <= set(finding_files())
    assert all(file.HEADING for file in finding_files().values())


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_tells_the_same_after_it_was_stored(tmp_path, name):
    again = read_finding(write_finding(finding(name), tmp_path / "kept"), name)
    assert tables_of(name, again) == tables_of(name)
    assert [chart.words for chart in charts_of(name, again)] == [chart.words for chart in charts_of(name)]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_what_it_rests_on_and_fills_its_columns(name):
    for table in tables_of(name):
        assert table.rows, table.title
        assert {len(row) for row in table.rows} == {len(table.headings)}, table.title
        assert "seed 1" in table.note, table.title
        assert " of " in table.note and "futures" in table.note, table.title


def test_a_note_names_no_interval_where_only_medians_and_tenths_are_shown():
    notes = [table.note for table in tables_of("aftermath") if table.note.startswith("Medians")]
    notes += [chart.words.caption for chart in charts_of("aftermath")]
    assert len(notes) == 3
    assert all(note.endswith("5 of 5 futures; seed 1.") for note in notes), notes


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_finding_is_cut_off_or_lies_on_another(name):
    for chart in charts_of(name):
        figure = drawn(chart)
        seen = words_seen(figure)
        wide, tall = figure.bbox.size
        outside = [text for text, box in seen if min(*box.p0) < -1 or box.x1 > wide + 1 or box.y1 > tall + 1]
        assert outside == [], chart.name
        over = [
            (one[0], two[0]) for one, two in combinations(seen, 2) if one[1].padded(-1.5).overlaps(two[1].padded(-1.5))
        ]
        assert over == [], chart.name


def test_the_numbers_of_a_chart_are_the_stored_rows():
    for name in NAMES:
        for chart in charts_of(name):
            stored = [row for grid in finding(name).grids.values() for row in grid.rows]
            assert len(chart.numbers.rows) > 0
            assert all(tuple(row) in stored for row in chart.numbers.rows)


# --- titles are findings


def gains(**fulfilment: tuple[float, float, float]) -> Finding:
    rows = [
        (lifted, "fulfilment", value, low, high, 9, 9, 0.95, "t") for lifted, (value, low, high) in fulfilment.items()
    ]
    rows += [
        (lifted, "met/watch", value, low, high, 9, 9, 0.95, "t") for lifted, (value, low, high) in fulfilment.items()
    ]
    about = {
        "scenario": "story", "title": "A story", "seed": 1, "replications": 9, "policy": "plan", "joint": [],
        "held": {"fulfilment": (0.4,) + (None,) * 6, "all_met": (0.0,) + (None,) * 6}, "failed": 0,
        "titles": {"policy": "The plan", "missions": {"watch": "Watch"}},
    }  # fmt: skip
    columns = ("lifted", "measure", "value", "low", "high", "n", "N", "level", "kind")
    return Finding("bottlenecks", about, {"gains": Grid(columns, tuple(rows))})


def title(found: Finding) -> str:
    return charts_of(found.name, found)[0].words.title


def test_the_limit_that_helps_most_is_named_and_only_what_is_sure():
    sure = gains(money=(0.264, 0.1, 0.4), crews=(0.1, 0.05, 0.2), slip=(0.05, -0.1, 0.2))
    assert title(sure) == "Without the limit of money, “The plan” would fulfil 26.4 points more; then crews"
    assert title(gains(money=(0.1, -0.1, 0.3))) == "No limit lifted alone surely helps “The plan”"


def test_what_changed_no_ledger_is_told_as_exactly_nothing():
    found = gains(money=(0.2, 0.1, 0.3), losses=(0.0, 0.0, 0.0))
    grid = found.grids["gains"]
    agreed = tuple((*row[:-1], IDENTICAL) if row[0] == "losses" else row for row in grid.rows)
    same = Finding(found.name, found.about, {"gains": Grid(grid.columns, agreed)})
    assert tables_of("bottlenecks", same)[0].rows[1][:2] == ("losses", "0.0 points (exactly)")
    # an interval without width is no such claim
    assert tables_of("bottlenecks", found)[0].rows[1][:2] == ("losses", "0.0 points (0.0 to 0.0)")


def dates(*rows) -> Finding:
    """Decisions (offer, latest day, needless) at 80 %, as of 1 April 2025."""
    columns = (
        "decision", "subject", "detail", "quantity", "mission", "due_day", "confidence", "latest_day", "surely_day",
        "at_most_day", "needless", "n", "N", "level", "kind",
    )  # fmt: skip
    of, rest = (5, "watch", 1095, 0.8), (9, 9, 0.95, "grid")
    kept = [("order", id, "", *of, day, None, day, needless, *rest) for id, day, needless in rows]
    about = {
        "scenario": "story", "title": "A story", "seed": 1, "replications": 9, "policy": None, "confidences": [0.8],
        "as_of_day": 0, "start": "2025-04-01", "passages": {"2025": 0, "2026": None},
        "titles": {"policies": {}, "missions": {"watch": "Watch"}, "offers": {"kite": "Kite", "drone": "Drone"}},
    }  # fmt: skip
    return Finding("deadlines", about, {"dates": Grid(columns, tuple(kept))})


def test_a_decision_that_comes_too_late_is_counted_and_the_first_of_the_others_is_named():
    one_late = dates(("kite", None, False), ("drone", 61, False))
    assert title(one_late) == (
        "Even at once 1 of 2 decisions does not keep 80 %; the first of the others is due by 1 June 2025: order, Drone"
    )
    assert [row[3] for row in tables_of("deadlines", one_late)[0].rows] == [
        "not even at once", "2025-06-01 (none to 2025-06-01)",
    ]  # fmt: skip
    in_time = dates(("kite", 91, False), ("drone", 61, False))
    assert title(in_time) == "For 80 %, the first decision is due by 1 June 2025: order, Drone"
    assert title(dates(("kite", None, True))) == "The decision is not needed for 80 %"
    two = dates(("kite", None, True), ("drone", None, True))
    assert title(two) == "None of the decisions is needed for 80 %"
    assert title(dates(("kite", None, False))) == "Even at once it does not keep 80 %: order, Kite"


def purchased(held: list[str], *rows) -> Finding:
    """The same of subsidies, with these limits held while they were moved; with their chances."""
    found = dates(*rows)
    columns = ("decision", "subject", "detail", "quantity", "day", *INTERVAL)
    of = [("subsidies", id, "", 5) for id, *_ in rows]
    chances = [
        (*each, day, value, value - 0.1, value + 0.1, 9, 9, 0.95, "wilson")
        for each in of
        for day, value in ((0, 0.6), (None, 0.3))
    ]
    grid = found.grids["dates"]
    moved = Grid(grid.columns, tuple(("subsidies", *row[1:]) for row in grid.rows))
    about = {**found.about, "limits": {"subsidies": held}}
    gains = [(*each, 0.3, 0.1, 0.5, 9, 9, 0.95, "score interval for pairs (Tango)") for each in of]
    without_day = tuple(column for column in columns if column != "day")
    grids = {"dates": moved, "chances": Grid(columns, tuple(chances)), "gains": Grid(without_day, tuple(gains))}
    return Finding("deadlines", about, grids)


def ordered_alone() -> Finding:
    """The same numbers, of an order."""
    found = purchased(["ramp"], ("kite", 61, False))
    grids = {name: Grid(of.columns, tuple(("order", *row[1:]) for row in of.rows)) for name, of in found.grids.items()}
    return Finding("deadlines", found.about, grids)


def test_the_calendar_speaks_of_its_bars_the_plan_s_title_and_the_budgets_that_are_known():
    found = purchased(["ramp"], ("kite", 61, False))
    titles = {**found.about["titles"], "policies": {"plan": "The plan"}}
    said = {**found.about, "policy": "plan", "titles": titles, "passages": {"2025": 0, "2026": None, "2027": None}}
    inside = Finding("deadlines", said, found.grids)
    (chart,) = charts_of("deadlines", inside)
    assert chart.words.caption.startswith("Inside “The plan”. Every limit is lifted but")
    assert "Bars: between which days" in chart.words.caption and "brackets" not in chart.words.caption
    note = tables_of("deadlines", inside)[0].note
    assert "In brackets: between which days" in note
    assert "budgets pass: FY2025 2025-04-01; not known of FY2026 and FY2027." in note


def test_a_purchase_that_was_moved_with_everything_else_out_of_the_way_says_so():
    alone = purchased(["ramp"], ("kite", None, True))
    assert title(alone) == "With no other limit, the decision is not needed for 80 %"
    note = tables_of("deadlines", alone)[0].note
    assert "every limit is lifted but the one that the purchase is to relieve (subsidy: the ramp of home lines)" in (
        note.lower()
    )
    inside = purchased(["money", "ramp"], ("kite", None, True))
    assert title(inside) == "The decision is not needed for 80 %"
    assert "lifted" not in tables_of("deadlines", inside)[0].note


def test_beside_a_date_stands_the_chance_with_the_decision_at_once_and_without_it():
    _, at_once = tables_of("deadlines", purchased(["ramp"], ("kite", None, False)))
    assert at_once.headings == ("Decision", "On", "Amount", "On 2025-04-01", "Never", "It brings")
    assert list(at_once.rows) == [
        (
            "subsidy", "Kite", "0.05 %", "60.0 % (50.0 to 70.0)", "30.0 % (20.0 to 40.0)",
            "+30.0 points (+10.0 to +50.0)",
        )
    ]  # fmt: skip
    # nothing is there without an order alone
    assert "It brings" not in tables_of("deadlines", ordered_alone())[1].headings


def test_a_long_name_in_the_calendar_is_cut_behind_what_is_decided_and_how_much():
    found = purchased(["ramp"], ("kite", 61, False))
    titles = {**found.about["titles"], "offers": {"kite": "A kite of a name that is as long as three " + "lines " * 20}}
    long = Finding("deadlines", {**found.about, "horizon_day": 1826, "titles": titles}, found.grids)
    (chart,) = charts_of("deadlines", long)
    labels = [label.get_text() for label in drawn(chart).axes[0].get_yticklabels()]
    assert labels[0].replace("\xa0", " ").startswith("subsidy 0.05 %: A kite of")
    assert labels[0].endswith(" …")


# --- on the page


def test_a_finding_in_the_run_folder_stands_on_its_page(tmp_path):
    place = tmp_path / "study"
    shutil.copytree(study().folder, place)
    nothing = material_of(load(place))
    assert list(figures()["findings"].charts(nothing, Asked())) == []
    assert content(nothing, ())["analyses"] == []
    write_finding(finding("waterfall"), place)
    write_finding(finding("confidence"), place)
    material = material_of(load(place))
    charts = list(figures()["findings"].charts(material, Asked()))
    assert [chart.name for chart in charts] == [
        chart.name for name in ("confidence", "waterfall") for chart in charts_of(name)
    ]
    text = page(material, ())
    assert "No analysis lies in this run folder" not in text
    for name in ("waterfall", "confidence"):
        assert finding_files()[name].HEADING in text
        assert all(str(escape(cell)) in text for cell in tables_of(name)[0].rows[0])
    assert "No analysis lies in this run folder" in page(nothing_of(tmp_path), ())


def nothing_of(place):
    """The same study in a folder without findings."""
    shutil.copytree(study().folder, place / "without")
    return material_of(load(place / "without"))


# --- the waterfall's columns and suppliers


def due_and_suppliers(late, fall, over_all=3.0, missions=("watch",)) -> Finding:
    """Missions that fare alike; 9 futures, of which 6 fall short; (supplier, place, mean) in those."""

    def rest(value, low, high, n):
        return value, low, high, n, 9, 0.95, "t"

    due = [("plan", mission, runs, step, *rest(value, None, None, n)) for mission in missions
           for runs, n in (("all", 9), ("short", 6)) for step, value in fall]  # fmt: skip
    own = [("plan", "watch", "short", supplier, place, *rest(value, value / 2, 2 * value, 6))
           for supplier, place, value in late]  # fmt: skip
    own += [("plan", "watch", "all", "kites", "late", *rest(over_all, 1.0, 5.0, 9))]
    about = {
        "scenario": "story", "title": "A story", "seed": 1, "replications": 9, "policies": ["plan"],
        "due": {"watch": 1095}, "start": "2025-04-01",
        "titles": {"policies": {"plan": "The plan"}, "missions": {id: id.capitalize() for id in missions},
                   "suppliers": {"kites": "Kites and Sons", "drones": "Drones Ltd"}},
    }  # fmt: skip
    rest_of = ("value", "low", "high", "n", "N", "level", "kind")
    grids = {
        "due": Grid(("policy", "mission", "runs", "step", *rest_of), tuple(due)),
        "suppliers": Grid(("policy", "mission", "runs", "supplier", "place", *rest_of), tuple(own)),
    }
    return Finding("waterfall", about, grids)


FALL = (("target", 10.0), ("queue", 3.0), ("acceptance", 2.0), ("lost", 1.0), ("deployed", 4.0))
LATE = (("drones", "queue", 1.0), ("drones", "late", 1.0), ("kites", "queue", 2.0), ("kites", "acceptance", 2.0),
        ("kites", "late", 4.0), ("kites", "lost", 1.0))  # fmt: skip


def test_whose_units_are_late_is_ranked_told_and_drawn_in_percent_of_the_target():
    """Of ten wanted four are late with Kites, two of them in acceptance, and one with Drones."""
    found = due_and_suppliers(LATE, FALL)
    table = tables_of("waterfall", found)[1]
    assert (
        table.title
        == "Most late in the runs that fall short under “The plan”: 40 % of Watch’s target, from Kites and Sons"
    )
    assert [tuple(row) for row in table.rows] == [
        ("Watch", "Kites and Sons", "4 (2 to 8)", "supplier's queue 2, in acceptance 2"),
        ("", "Drones Ltd", "1 (0.5 to 2)", "supplier's queue 1"),
    ]
    chart = charts_of("waterfall", found)[-1]
    assert chart.name == "waterfall-suppliers-plan"
    assert chart.words.title == table.title
    assert chart.words.caption == "6 of 9 futures; seed 1; intervals 95 % (Student t)."  # the other three are in time
    (axes,) = drawn(chart).axes
    ends = {round(bar.get_x() + bar.get_width(), 6) for bar in axes.patches}
    assert ends == {10.0, 20.0, 40.0}
    intervals = [
        list(line.get_xdata()) for line in axes.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 1.4
    ]
    assert intervals == [[20.0, 80.0], [5.0, 20.0]]
    assert [30.0] in [
        list(line.get_xdata()) for line in axes.lines if line.get_marker() == "D"
    ]  # 3 of 10, over all runs


def test_where_no_supplier_is_late_there_is_neither_table_nor_figure_of_suppliers():
    found = due_and_suppliers((), FALL)
    assert len(tables_of("waterfall", found)) == 1
    assert [chart.name for chart in charts_of("waterfall", found)] == ["waterfall-plan"]


def test_thirteen_steps_in_thousands_lie_on_no_other():
    """Every place holds as many units as there is room for, and none is small."""
    places = ("tender", "approval", "queue", "production", "waiting_parts", "shipping", "acceptance", "waiting_crew",
              "fielding", "lost", "cancelled")  # fmt: skip
    fall = (("target", 40_000.0), *((place, 1_000.0) for place in places), ("deployed", 29_000.0))
    found = due_and_suppliers((), fall, missions=("watch", "attack"))
    seen = words_seen(drawn(charts_of("waterfall", found)[0]))
    assert sum(text == "1,000" for text, _ in seen) == 22
    over = [(one[0], two[0]) for one, two in combinations(seen, 2) if one[1].padded(-1.5).overlaps(two[1].padded(-1.5))]
    assert over == []


def test_small_places_stand_together_in_the_picture_and_apart_in_the_table():
    fall = (("target", 1000.0), ("tender", 7.0), ("queue", 300.0), ("lost", 5.0), ("deployed", 688.0))
    found = due_and_suppliers((), fall)
    seen = {text for text, _ in words_seen(drawn(charts_of("waterfall", found)[0]))}
    assert {"12", "smaller ones together"} <= seen
    assert not {"7", "5"} & seen
    assert tables_of("waterfall", found)[0].rows[0][3] == "supplier's queue 300, in tender 7, lost 5"
