"""How findings of what drives the answer are told: tables that fill their columns, charts in which no word is lost.

The findings are of the scenario whose answers stand on paper, and of the tiny one for its long titles.

Why: twelve long names beside twelve bars are where a figure goes wrong first.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from sim.report.findings import finding_files
from sim.report.findings.sensitivity import tables
from sim.report.house import drawn
from sim.report.ranked import two_lines
from sim.scenario.delivered import Delivered
from sim.store import load
from sim.store.finding import read_finding, write_finding
from sim.streams import generator
from sim.study.batch import Ask, run_batch
from sim.study.sensitivity.apportioned import apportion
from sim.study.sensitivity.boxes import discover
from sim.study.sensitivity.factors import factors_in
from sim.study.sensitivity.from_study import drivers_in
from sim.study.sensitivity.pooled import pool
from sim.study.sensitivity.running import Setup
from sim.study.sensitivity.screened import screen
from sim.study.sensitivity.stored import about, drivers_finding, factor_titles, sensitivity_finding
from sim.study.sensitivity.stored_change import learning_finding, sweep_finding
from sim.study.sensitivity.stored_worth import discovery_finding, information_finding
from sim.study.sensitivity.swept import axis_of, sweep
from sim.study.sensitivity.swings import CURVE, swing
from sim.study.sensitivity.updated import Evidence, update
from sim.study.sensitivity.worlds import worlds
from sim.study.sensitivity.worth_knowing import titles, valued, valued_in_yen
from tests.rooms.report.test_figures import words_seen
from tests.rooms.study.faked import PAPER, paper
from tests.rooms.study.handmade import tiny

NAMES = ("sensitivity", "drivers", "discovery", "information", "learning", "sweep")
SETUP = Setup(seed=1)
WORLD = paper()
FACTORS = factors_in(WORLD)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A hundred futures of the policy whose tender is a toss, and of the one that the target decides."""
    from sim.scenario.load import load as load_scenario

    place = tmp_path_factory.mktemp("driving") / "study"
    return load(run_batch(load_scenario(PAPER), Ask(policies=("tossed", "ten"), replications=100, out=place)))


@pytest.fixture(scope="module")
def found(study):
    """Each finding by its name, made once."""
    makers = {
        "sensitivity": _sensitivity, "drivers": lambda: drivers_finding(drivers_in(study, "ten"), WORLD, 1),
        "discovery": _discovery, "information": _information, "learning": lambda: _learning(study), "sweep": _sweep,
    }  # fmt: skip
    return cache(lambda name: makers[name]())


def _sensitivity():
    """Of the tiny scenario, whose titles are long."""
    scenario = tiny().scenario
    of = ("small_attack", "drone40", "switchblade", "small_air")
    factors = [factor for factor in factors_in(scenario) if any(part in factor.id for part in of)]
    looked_at = [factor for factor in factors if "small_attack" in factor.id or "drone40" in factor.id][:6]
    screened = screen(scenario, "quantity_first", factors, 2, SETUP)
    shares = apportion(scenario, "quantity_first", looked_at, 4, 0, SETUP)
    swung = swing(scenario, "quantity_first", looked_at[:3], CURVE, 2, SETUP)
    said = about(
        scenario, 1, 4, screened.outputs, policy="quantity_first", parts=[], luck_told="Luck is a factor.",
        refused=dict(shares.refused),
        titles={"factors": factor_titles(factors), "policy": scenario.policies["quantity_first"].title},
    )  # fmt: skip
    return sensitivity_finding(said, factors, scenario, screened, shares, swung)


def _pool(*policies):
    return pool(WORLD, policies, 60, 2, SETUP)


def _discovery():
    drawn_points = _pool("ten")
    boxes = {
        each.id: discover(WORLD, drawn_points.x, 1 - drawn_points.mean(each.id)[:, 0], generator(1, "test", "box"))
        for each in drawn_points.outputs.varying
    }
    said = about(
        WORLD, 1, 120, drawn_points.outputs, policy="ten", points=60, lucks=2, inputs=2, searched=2,
        titles={"policy": WORLD.policies["ten"].title},
    )  # fmt: skip
    return discovery_finding(said, boxes)


def _information():
    drawn_points = _pool("ten", "twenty")
    values = [valued(drawn_points, FACTORS, "fulfilment", 1), valued_in_yen(drawn_points, FACTORS, 150e6, 1)]
    y = drawn_points.y["fulfilment"]
    of = {"fulfilment": worlds(WORLD, drawn_points.policies, drawn_points.x, y, generator(1, "test", "worlds"))}
    said = about(
        WORLD, 1, 120, drawn_points.outputs, points=60, lucks=2, usual={each.output: each.usual for each in values},
        value_yen=150e6,
        titles={"factors": dict(titles(WORLD, FACTORS)), "policies": {"ten": "Ten", "twenty": "Twenty"}},
    )  # fmt: skip
    said["titles"]["measures"]["net_benefit"] = "Value of success less cost"
    return information_finding(said, WORLD, drawn_points, FACTORS, values, of)


def _learning(study):
    evidence = Evidence((Delivered(200, "toss", 20),), 365)
    return learning_finding(update(study, "tossed", evidence), evidence, WORLD, 1)


def _sweep():
    axes = [axis_of("missions.watch.target=10,20"), axis_of("offers.toss.failure_chance=0:1:3")]
    return sweep_finding(sweep(PAPER, (), (), "tossed", axes, 6, SETUP), "tossed", 1, 6)


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_tells_the_same_after_it_was_stored(found, tmp_path, name):
    again = read_finding(write_finding(found(name), tmp_path / "kept"), name)
    file = finding_files()[name]
    assert list(file.tables(again)) == list(file.tables(found(name)))
    assert [chart.words for chart in file.charts(again)] == [chart.words for chart in file.charts(found(name))]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_fills_its_columns_and_says_what_it_rests_on(found, name):
    tables = list(finding_files()[name].tables(found(name)))
    assert tables
    for table in tables:
        assert {len(row) for row in table.rows} <= {len(table.headings)}, table.title
        assert table.note, table.title
    assert any("eed 1" in table.note for table in tables)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_chart_is_cut_off_or_lies_on_another(found, name):
    charts = list(finding_files()[name].charts(found(name)))
    assert charts
    for chart in charts:
        figure = drawn(chart)
        seen = words_seen(figure)
        wide, tall = figure.bbox.size
        outside = [text for text, box in seen if min(*box.p0) < -1 or box.x1 > wide + 1 or box.y1 > tall + 1]
        assert outside == [], chart.name
        over = [
            (one[0], two[0]) for one, two in combinations(seen, 2) if one[1].padded(-1.5).overlaps(two[1].padded(-1.5))
        ]
        assert over == [], chart.name


def test_titles_are_findings(found):
    def title(name):
        return next(iter(finding_files()[name].charts(found(name)))).words.title

    assert title("drivers") == "1 of 2 inputs stand out as drivers of weighted fulfilment"
    assert title("discovery") == (
        "Weighted fulfilment falls short by 50.0 % on average where “Watch: target” is at least 20; in all futures by"
        " 25.0 %"
    )
    assert (
        title("information")
        == "Weighted fulfilment: no single input is surely worth finding out before a policy is chosen"
    )
    assert (
        title("sweep")
        == "Weighted fulfilment: from 0.0 % at target 10, failure chance 1 to 100.0 % at target 10, failure chance 0"
    )
    before_and_after = next(iter(finding_files()["learning"].tables(found("learning")))).title
    assert before_and_after.startswith("With what had arrived by 2026-04-01, fulfilment goes from ")
    assert before_and_after.endswith(" to 100.0 %")


def test_what_never_changed_an_answer_has_no_line_and_is_counted(found):
    """Whether ten drones are there hangs on the target alone: luck and all other inputs have no share in it."""
    finding = found("sensitivity")
    told = [table for table in tables(finding) if table.title.startswith(("Shares", "Swings"))]
    assert told
    left_out = 0
    for table in told:
        grid = "shares" if table.title.startswith("Shares") else "swings"
        rows = len(finding.grids[grid].rows) // len(finding.about["titles"]["measures"])
        lines = list(table.rows)
        left_out += rows - len(lines)
        said = f"{rows - len(lines)} of {rows} never changed it" in table.note
        assert said == (rows > len(lines))
    assert left_out


def test_a_name_that_needs_three_lines_ends_in_an_ellipsis():
    long = "Several makers of cargo multirotors, not the US: slip and Cargo multirotor, 60-70 kg class: growth after"
    assert len(two_lines("Luck")) == 1
    first, second = two_lines(f"{long} signing")
    assert second.endswith(" …")
    assert not second.endswith(": …")
    assert f"{long} signing".startswith(f"{first} {second.removesuffix(' …')}")
