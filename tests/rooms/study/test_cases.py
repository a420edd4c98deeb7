"""Cases: policies in worlds, on the same futures, as one frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.distributions import Constant
from sim.errors import OursError, TheirsError
from sim.future import Sampler
from sim.scenario.load import load as load_scenario
from sim.store import load
from sim.study import model
from sim.study.batch import Ask, run_batch
from sim.study.cases import Case, Point, inputs_at, require_whole, run_cases, sampled_paths
from sim.study.replay import one_run
from tests.rooms.study.handmade import TOP, tiny

TINY = tiny().scenario
TYPED = Case("typed", TINY, "typed")
CASES = [TYPED, Case("no slip", TINY, "typed", frozenset({"slip"})), Case("quantity", TINY, "quantity_first")]
LUCKS = [Point(0, 0), Point(0, 1), Point(7, 3)]


def run(cases, points, **more):
    return run_cases(cases, points, seed=1, purpose="judge", **more)


@pytest.fixture(scope="module")
def together():
    return run(CASES, LUCKS)


def test_a_row_is_a_case_and_a_point_in_order(together):
    assert together.case.tolist() == ["typed"] * 3 + ["no slip"] * 3 + ["quantity"] * 3
    assert together.row.tolist() == [0, 1, 2] * 3
    assert together.parameter.tolist() == [0, 0, 7] * 3
    assert together.luck.tolist() == [0, 1, 3] * 3
    assert together.status.tolist() == ["ok"] * 9
    assert together.error.isna().all()
    assert together.columns.tolist() == [
        "case", "row", "parameter", "luck", "status", "error", "all_met", "fulfilment", "cost", "home_share", "digest",
        *(f"{name}/{mission}" for mission in TINY.missions
          for name in ("deployed", "target", "met", "reached_day", "strength")),
    ]  # fmt: skip


def test_every_run_alone_is_the_same_as_in_the_batch(together):
    alone = run([TYPED], [LUCKS[2]])
    assert alone.drop(columns="row").loc[0].equals(together.drop(columns="row").loc[2])


def test_the_ordinary_study_is_the_case_of_numbers_that_agree(tmp_path):
    study = load(run_batch(tiny(), Ask(policies=("typed",), replications=66, out=tmp_path / "made")))
    frame = run([TYPED], [Point(number, number) for number in range(66)])
    assert frame.digest.tolist() == study.runs.digest.tolist()
    assert frame.cost.tolist() == study.runs.cost.tolist()
    attack = study.missions[study.missions.mission == "small_attack"]
    for name in ("deployed", "target", "met", "reached_day", "strength"):
        assert frame[f"{name}/small_attack"].tolist() == attack[name].tolist()
    assert frame.digest[5] == one_run(TINY, "typed", 1, "judge", 5).digest()


def test_workers_give_the_same_frame(together):
    assert run(CASES, LUCKS, workers=2).equals(together)


def test_a_lifted_limit_changes_the_runs_and_not_the_futures(together):
    lifted = together[together.case == "no slip"]
    assert (lifted.digest.values != together[together.case == "typed"].digest.values).all()
    assert lifted["target/small_attack"].tolist() == together["target/small_attack"][:3].tolist()


# --- points given outright


def middle(**moved: float) -> tuple[float, ...]:
    return tuple(moved.get(path.replace(".", "_"), 0.5) for path in sampled_paths(TINY))


def test_a_point_given_outright_decides_the_inputs_and_leaves_the_luck():
    sampler = Sampler(TINY, 1, "judge")
    drawn = sampler.future(4, 9)
    given = sampler.future(4, 9, sampler.point(4, {drawn.scenario.inputs[0].number: 0.25}))
    assert given.natural[0] == TINY.inputs[0].belief.quantile(0.25)
    assert given.natural[1:] == drawn.natural[1:]
    for address in (("slip/tb2_baykar", 0), ("tender/tb2_baykar", 1)):
        assert given.luck.uniform(*address) == drawn.luck.uniform(*address)


def test_a_point_that_repeats_what_is_drawn_gives_the_run_that_is_drawn():
    sampler = Sampler(TINY, 1, "judge")
    number = {which.path: which.number for which in TINY.inputs}
    uniforms = sampler.point(7, {})
    at = tuple(uniforms[number[path]] for path in sampled_paths(TINY))
    given, drawn = run([TYPED], [Point(0, 3, at), Point(7, 3)]).digest
    # the header of a ledger names the numbers, so the futures are compared
    assert inputs_at(TINY, [Point(0, 3, at)], seed=1, purpose="judge").equals(
        inputs_at(TINY, [Point(7, 3)], seed=1, purpose="judge")
    )
    assert given and drawn


def test_inputs_at_points_are_those_that_the_runs_meet(tmp_path):
    study = load(run_batch(tiny(), Ask(policies=("typed",), replications=3, out=tmp_path / "made")))
    found = inputs_at(TINY, [Point(2, 0), Point(0, 5)], seed=1, purpose="judge")
    assert found.columns.tolist() == sampled_paths(TINY)
    assert found.values.tolist() == study.inputs.drop(columns="parameter").values[[2, 0]].tolist()


def test_a_world_with_an_input_fixed_takes_the_rest_of_the_point():
    path = "parameters.shield_share"
    number = next(which.number for which in TINY.inputs if which.path == path)
    inputs = tuple(replace(which, belief=Constant(0.4)) if which.number == number else which for which in TINY.inputs)
    fixed = replace(TINY, inputs=inputs)
    point = Point(0, 0, middle(offers_tb2_baykar_price=0.9))
    base = model.Simulated(model.Plan((TYPED, Case("fixed", fixed, "typed")), [point], 1, "judge"))
    ours = dict(zip(sampled_paths(TINY), base.inputs(TYPED, point), strict=True))
    theirs = dict(zip(sampled_paths(fixed), base.inputs(Case("fixed", fixed, "typed"), point), strict=True))
    assert path not in theirs
    assert theirs == {each: value for each, value in ours.items() if each != path}


# --- variants meet the same futures


SHOCK = """\
schema_version: 1
kind: override
id: later
title: A later aircraft
source: "assumption: a test"
confidence: assumption
offers:
  tb2_baykar:
    promise: {first_days: 500, later_days: 400}
"""


def test_a_variant_meets_the_same_parameters_and_luck(tmp_path):
    (tmp_path / "later.yaml").write_text(SHOCK)
    other = load_scenario(TOP / "scenarios" / "tiny.yaml", [tmp_path / "later.yaml"]).scenario
    frame = run([TYPED, Case("later", other, "typed")], LUCKS)
    ours, theirs = frame[:3].reset_index(), frame[3:].reset_index()
    assert (ours.digest != theirs.digest).all()
    same = [f"{name}/small_attack" for name in ("deployed", "target", "met", "reached_day", "strength")]
    assert ours[same].equals(theirs[same])  # the other mission's offers were not touched
    points = {"seed": 1, "purpose": "judge"}
    assert inputs_at(TINY, LUCKS, **points).equals(inputs_at(other, LUCKS, **points))


# --- failures and refusals


def test_a_failed_run_is_a_row_without_numbers(monkeypatch):
    sound = model.simulate

    def simulate(policy, future, *, lifted):
        if future.luck_number == 1:
            raise RuntimeError("the test fails it")
        return sound(policy, future, lifted=lifted)

    monkeypatch.setattr(model, "simulate", simulate)
    frame = run([TYPED], LUCKS)
    assert frame.status.tolist() == ["ok", "failed", "ok"]
    assert frame.error.dropna().to_dict() == {1: "RuntimeError: the test fails it"}
    assert np.isnan(frame.cost[1])
    assert np.isnan(frame["met/small_attack"][1])
    assert set(frame["met/small_attack"].dropna()) <= {0.0, 1.0}
    with pytest.raises(OursError, match=r"case typed, policy typed, .* parameter number 0, luck number 1"):
        run([TYPED], LUCKS, most_failures=0)


@pytest.mark.parametrize(
    ("cases", "points", "told"),
    [
        ([], LUCKS, "found 0 cases and 3 points"),
        ([TYPED, TYPED], LUCKS, "cases: found typed more than once"),
        ([Case("a", TINY, "tiped")], LUCKS, "no policy 'tiped'. Did you mean 'typed'"),
        ([Case("a", TINY, "typed", frozenset({"mony"}))], LUCKS, "case a: no limit 'mony'. Did you mean 'money'"),
        ([TYPED], [Point(0, -1)], "point 0: found the numbers 0 and -1"),
        ([TYPED], [Point(0, 0), Point(0, 0, (0.5,))], "point 1: found 1 coordinates"),
        ([TYPED], [Point(0, 0, (0.0, *middle()[1:]))], "point 0: found"),
    ],
)
def test_what_cannot_be_run_is_refused(cases, points, told):
    with pytest.raises(TheirsError) as refused:
        run(cases, points)
    assert told in str(refused.value)


# --- in a folder


def test_stored_runs_are_the_same_and_are_not_run_again(together, tmp_path, monkeypatch):
    place = tmp_path / "runs"
    assert run(CASES, LUCKS, folder=place).equals(together)
    ran = []
    monkeypatch.setattr(model, "simulate", lambda *_, **__: ran.append(1))
    assert run(CASES, LUCKS, folder=place).equals(together)
    assert ran == []


def test_what_is_altered_or_missing_is_run_again_and_nothing_else(together, tmp_path, monkeypatch):
    place = tmp_path / "runs"
    run(CASES, LUCKS, folder=place)
    file = place / "chunks" / "typed-0-2" / "missions.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    ran = []
    sound = model.simulate

    def simulate(policy, future, *, lifted):
        ran.append(future.luck_number)
        return sound(policy, future, lifted=lifted)

    monkeypatch.setattr(model, "simulate", simulate)
    assert run(CASES, LUCKS, folder=place).equals(together)
    assert ran == [0, 1, 3]


def test_a_folder_of_other_runs_is_refused_with_what_differs(tmp_path):
    place = tmp_path / "runs"
    run([TYPED], LUCKS, folder=place)
    heavier = tiny("missions.small_attack.weight=14").scenario
    for cases, points, told in (
        ([Case("typed", heavier, "typed")], LUCKS, "cases[0].scenario.missions: was "),
        ([TYPED], LUCKS[:2], "replications: was 3, is 2"),
        ([Case("typed", TINY, "quantity_first")], LUCKS, "cases[0].policy: was typed, is quantity_first"),
    ):
        with pytest.raises(TheirsError) as refused:
            run(cases, points, folder=place)
        assert told in str(refused.value)


def test_a_broken_design_is_refused_unless_told(together):
    require_whole(together)
    broken = together.assign(status=["failed", *together.status[1:]], error=["ValueError: no", *[None] * 8])
    with pytest.raises(TheirsError, match=r"1 of 9 runs failed \(cases typed: 1 times ValueError: no\)"):
        require_whole(broken)
    require_whole(broken, broken_is_told=True)
