"""The waterfall: on the due day from stored rows, and month by month and by supplier from ledgers made again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sim.engine.entries import PLACES
from sim.errors import OursError
from sim.outcome.places import places_over_time
from sim.store import load
from sim.study import waterfall as room
from sim.study.batch import Ask, run_batch
from sim.study.statistics import Interval, mean_t
from sim.study.waterfall import NOTHING_YET, Flow, steps_of, waterfall
from tests.rooms.study.handmade import mission_row, outcome, stored, tiny
from tests.stories.builder import buy, line, luck, mission, offer, scenario, scheduled, told

AWAITED = set(PLACES) - {"deployed", "lost", "retired", "cancelled"}
ATTACK, WATCH = "small_attack", "wide_area_surveillance"


@pytest.fixture(scope="module")
def run_study(tmp_path_factory):
    place = tmp_path_factory.mktemp("waterfall") / "study"
    return load(run_batch(tiny(), Ask(policies=("typed",), replications=5, out=place)))


@pytest.fixture(scope="module")
def found(run_study):
    return waterfall(run_study, ("typed",))


def rows_of(found, grid, **wanted):
    rows = found.grids[grid].records()
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_the_steps_lead_from_the_target_to_what_is_in_service(tmp_path):
    """Two futures of the watch: 12 wanted, 4 in service, 6 in the queue and 2 lost; and all 12 there."""
    rows = [mission_row(WATCH, 12, 4, queue=6, lost=2), mission_row(WATCH, 12, 12)]
    made = [outcome("typed", number, (mission_row(ATTACK, 5, 5), row)) for number, row in enumerate(rows)]
    study = stored(tmp_path / "study", tiny(), {"typed": made})
    due = waterfall(study, ("typed",), again=False)
    assert steps_of(rows_of(due, "due", mission=WATCH, runs="all")) == [
        ("target", 12.0), ("queue", 3.0), ("lost", 1.0), ("deployed", 8.0),
    ]  # fmt: skip
    short = rows_of(due, "due", mission=WATCH, runs="short")
    assert steps_of(short) == [("target", 12.0), ("queue", 6.0), ("lost", 2.0), ("deployed", 4.0)]
    assert {(row["n"], row["N"]) for row in short} == {(1, 2)}
    assert steps_of(rows_of(due, "due", mission=ATTACK, runs="short")) == [("target", None), ("deployed", None)]
    assert set(due.grids) == {"due"}


@pytest.mark.parametrize("mission_id", [ATTACK, WATCH])
@pytest.mark.parametrize("runs", ["all", "short"])
def test_on_every_day_the_target_is_what_is_not_ordered_and_the_places(found, mission_id, runs):
    rows = rows_of(found, "months", mission=mission_id, runs=runs)
    days = {row["day"] for row in rows}
    assert len(days) == 48
    for day in days:
        units = {row["place"]: row["value"] for row in rows if row["day"] == day}
        assert units["target"] == pytest.approx(units["not_ordered"] + sum(units[place] for place in PLACES))


def test_the_due_day_of_the_months_is_the_due_day_of_the_tables(found, run_study):
    due_day = run_study.scenario.missions[ATTACK].due_day
    of_day = {row["place"]: row for row in rows_of(found, "months", mission=ATTACK, runs="all", day=due_day)}
    for row in rows_of(found, "due", mission=ATTACK, runs="all"):
        if row["step"] in (*PLACES, "not_ordered", "target") and row["step"] != "deployed":
            again = of_day[row["step"]]
            assert again["value"] == pytest.approx(row["value"])
            assert (again["n"], again["kind"]) == (row["n"], row["kind"])
            if row["low"] is not None:
                assert (again["low"], again["high"]) == pytest.approx((row["low"], row["high"]))


def test_suppliers_hold_together_what_a_place_holds(found, run_study):
    """All but opening stock, of which there is none here."""
    due_day = run_study.scenario.missions[ATTACK].due_day
    late = rows_of(found, "suppliers", mission=ATTACK, runs="all", place="late")
    on_the_way = [row for row in rows_of(found, "suppliers", mission=ATTACK, runs="all") if row["place"] in AWAITED]
    assert sum(row["value"] for row in late) == pytest.approx(sum(row["value"] for row in on_the_way))
    for place in PLACES:
        whole = rows_of(found, "months", mission=ATTACK, runs="all", day=due_day, place=place)[0]["value"]
        parts = rows_of(found, "suppliers", mission=ATTACK, runs="all", place=place)
        assert sum(row["value"] for row in parts) == pytest.approx(whole)
    assert {row["supplier"] for row in rows_of(found, "suppliers", mission=ATTACK)} <= {"defendtex", "aerovironment"}


def test_a_ledger_that_is_not_the_stored_one_is_refused(run_study, monkeypatch):
    monkeypatch.setattr(room, "columns_of", _altered(room.columns_of))
    with pytest.raises(OursError, match="has another ledger than was stored"):
        waterfall(run_study, ("typed",))


def _altered(sound):
    def columns_of(study, table, policy, columns):
        found = dict(sound(study, table, policy, columns))
        if "digest" in found:
            found["digest"] = found["digest"].copy()
            found["digest"][2] = "0" * 64
        return found

    return columns_of


def test_whole_numbers_add_up_to_student_s_interval():
    held = NOTHING_YET
    for units in (3, 5, 10, 2):
        held = held.plus(units)
    mean, known = held.mean(4, failed=False), mean_t([3.0, 5.0, 10.0, 2.0])
    assert (mean.value, mean.low, mean.high) == pytest.approx((known.value, known.low, known.high))
    assert held.mean(5, failed=True).kind == "none: runs failed"
    assert NOTHING_YET.plus(4).plus(4).mean(2, failed=False).kind == "none: never varied"


def test_a_cut_order_is_where_its_parts_are():
    """Ten wanted, six affordable in FY2025: six are at sea on the due day, when four are open and not ordered."""
    world = scenario(
        missions=[mission(due_day=40)],
        lines=[line(years={2025: 60})],
        offers=[offer(promise_first_days=20, shipping=luck(30))],
        policies=[scheduled(buy(0, 10))],
    )
    found = places_over_time(told(world))
    at = {row.day: dict(zip(PLACES, row.places, strict=True)) for row in found.offers}
    assert at[29]["shipping"] == at[40]["shipping"] == 6  # 30 April and the due day; there on day 50
    assert at[60]["deployed"] == 6
    assert {(row.target, row.not_ordered) for row in found.targets if row.day >= 29} == {(10, 4)}


def test_what_a_new_year_cannot_pay_for_is_not_ordered_any_more():
    """Six are in tender on 31 March 2026, when their money goes; the new year's pays for four, two are open again."""
    world = scenario(
        lines=[line(years={2025: 60, 2026: 40})],
        passage={2025: 0, 2026: 365},
        offers=[offer(tender_first=luck(60), tender_later=luck(60))],
        policies=[scheduled(buy(330, 6))],
    )
    found = places_over_time(told(world))
    lacking = {row.day: row.not_ordered for row in found.targets}
    assert (lacking[333], lacking[364], lacking[394]) == (4, 4, 6)
    tender = {row.day: row.places[PLACES.index("tender")] for row in found.offers}
    assert (tender[364], tender[394]) == (6, 0)


def test_a_run_that_meets_its_target_is_among_all_and_not_among_the_short():
    world = scenario(missions=[mission(due_day=40)])
    places, flow = places_over_time(told(world)), Flow(world)
    flow.add(places, {"watch": True})
    flow.add(places, {"watch": False})
    assert {key[1]: held.runs for key, held in flow.sums.items()} == {"all": 2, "short": 1}


def two_fates(late_in: int, runs: int) -> Flow:
    """Six units at sea on the due day in some runs, ten in half of those, and none late in the others."""
    rest = {"missions": [mission(due_day=40)], "policies": [scheduled(buy(0, 10))]}
    poor, rich = {"lines": [line(years={2025: 60})]}, {"lines": [line(years={2025: 100})]}
    late = {"offers": [offer(promise_first_days=20, shipping=luck(30))]}
    worlds = (
        scenario(**late, **poor, **rest), scenario(**late, **rich, **rest),
        scenario(offers=[offer(promise_first_days=5, shipping=luck(2))], **poor, **rest),
    )  # fmt: skip
    places = [places_over_time(told(each)) for each in worlds]
    flow = Flow(worlds[0])
    for number in range(runs):
        flow.add(places[2 if number >= late_in else number % 2], {"watch": True})
    return flow


def supplier_rows(late_in: int, runs: int, asked: int | None = None):
    """(runs, place) -> the interval of the one supplier."""
    study = SimpleNamespace(replications=asked or runs, manifest={"seed": 1})
    found = room.supplier_rows({"plan": two_fates(late_in, runs)}, study)
    return {(of, place): Interval(*rest) for _, _, of, _, place, *rest in found}


def test_a_supplier_s_mean_and_its_bounds_are_never_below_zero():
    """Late in 2 of 40 runs, with 6 and 10 units: mean 0.4, sd 1.8229, so that Student's would begin at −0.18."""
    late = supplier_rows(2, 40)["short", "late"]
    student = mean_t([6.0, 10.0, *[0.0] * 38])
    assert student.low == pytest.approx(-0.183, abs=1e-3)
    assert late.value == student.value == 0.4
    assert 0 <= late.low < late.value < late.high
    assert (late.kind, late.n, late.N) == ("bootstrap (BCa)", 40, 40)


def test_a_supplier_s_mean_far_from_zero_keeps_student_s_interval():
    found = supplier_rows(40, 40)["short", "late"]
    assert found == mean_t([6.0, 10.0] * 20)


def test_with_few_runs_the_interval_of_a_supplier_says_that_it_begins_at_zero():
    found = supplier_rows(2, 6)["all", "late"]
    student = mean_t([6.0, 10.0, 0.0, 0.0, 0.0, 0.0])
    assert student.low < 0
    assert (found.low, found.high, found.kind) == (0.0, student.high, "t, from zero on")


def test_where_runs_failed_a_supplier_s_mean_has_no_interval():
    found = supplier_rows(2, 40, asked=41)["all", "late"]
    assert (found.low, found.high, found.n, found.N, found.kind) == (None, None, 40, 41, "none: runs failed")


def test_a_supplier_s_late_units_are_all_those_on_their_way():
    """Ten wanted, six affordable: all six are at sea on the due day in one run, and in service in the other."""
    rest = {"missions": [mission(due_day=40)], "lines": [line(years={2025: 60})], "policies": [scheduled(buy(0, 10))]}
    late = scenario(offers=[offer(promise_first_days=20, shipping=luck(30))], **rest)
    in_time = scenario(offers=[offer(promise_first_days=5, shipping=luck(2))], **rest)
    flow = Flow(late)
    flow.add(places_over_time(told(late)), {"watch": True})
    flow.add(places_over_time(told(in_time)), {"watch": True})
    held = {key[3:]: (each.runs, each.total) for key, each in flow.sums.items() if key[:3] == ("watch", "short", 40)}
    (supplier,) = {supplier for supplier, _ in held if supplier}
    assert held[supplier, "late"] == (2, 6)
    assert held[supplier, "deployed"] == (2, 6)
