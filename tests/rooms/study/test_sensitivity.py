"""What drives the answer, on a scenario whose answers stand on paper: the target is a toss, one tender is another.

Under "ten" the target decides and luck does nothing; under "tossed" it is the other way round.

Why: methods that are right on arrays can still be handed the wrong columns.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.errors import OursError, TheirsError
from sim.scenario.load import load
from sim.store.kept import kept
from sim.streams import generator
from sim.study import model
from sim.study.cases import Case, Point, inputs_at, sampled_paths
from sim.study.sensitivity import extras
from sim.study.sensitivity.apportioned import apportion, apportioning_runs
from sim.study.sensitivity.boxes import conditions, discover
from sim.study.sensitivity.factors import LUCK, REST, Bench, factor_asked, factors_in, group_names
from sim.study.sensitivity.pooled import pool
from sim.study.sensitivity.running import Headline, Outputs, Setup, headline_asked, run_whole, together
from sim.study.sensitivity.screened import foremost, screen, screening_runs
from sim.study.sensitivity.swept import axis_of, sweep
from sim.study.sensitivity.swings import swing, swing_runs
from sim.study.sensitivity.telling import confidence_of, title_of, value_of
from sim.study.sensitivity.worlds import best_shares, switches, worlds
from sim.study.sensitivity.worth_knowing import sorts_of, valued, valued_in_yen
from tests.cli.typed import failing
from tests.rooms.study.faked import PAPER, paper
from tests.rooms.study.handmade import TOP, tiny

WORLD = paper()
FACTORS = factors_in(WORLD)
TARGET = "missions.watch.target"
LATENESS = "suppliers.house.lateness"
SETUP = Setup(seed=1)


@pytest.fixture(scope="module")
def drawn():
    """Sixty points of three policies."""
    return pool(WORLD, ["ten", "twenty", "tossed"], 60, 2, SETUP)


# --- factors


def test_correlated_inputs_are_one_factor_and_all_others_stand_alone():
    scenario = tiny().scenario
    factors = factors_in(scenario)
    together = [factor.paths for factor in factors if len(factor.paths) > 1]
    assert ("offers.drone40_defendtex.growth_after_signing", "suppliers.defendtex.lateness") in together
    assert len(together) == 5
    columns = [column for factor in factors for column in factor.columns]
    assert sorted(columns) == list(range(len(sampled_paths(scenario))))
    assert len(factors) == len(columns) - 5


def test_a_factor_set_to_a_quantile_stands_there_whatever_it_is_correlated_with():
    scenario = tiny().scenario
    bench = Bench(scenario, 1, "test")
    inputs = {which.path: which for which in scenario.inputs}
    groups = [each for each in factors_in(scenario) if len(each.paths) > 1]
    assert groups
    for factor in groups:
        points = [bench.point(number, factor, 0.9) for number in range(3)]
        at = inputs_at(scenario, points, seed=1, purpose="test")
        for path in factor.paths:
            assert at[path].tolist() == pytest.approx([inputs[path].belief.quantile(0.9)] * 3)


def test_what_is_not_moved_stays_as_drawn():
    scenario = tiny().scenario
    bench, factor = Bench(scenario, 1, "test"), factors_in(scenario)[0]
    moved = inputs_at(scenario, [bench.point(5, factor, 0.2)], seed=1, purpose="test")
    as_drawn = inputs_at(scenario, [Point(5, 5)], seed=1, purpose="test")
    differing = [path for path in moved if moved[path][0] != as_drawn[path][0]]
    assert differing == list(factor.paths)


def test_an_unknown_input_is_refused_with_the_nearest():
    with pytest.raises(TheirsError, match=f"Did you mean '{TARGET}'"):
        factor_asked(FACTORS, "missions.watch.targets")
    assert factor_asked(FACTORS, TARGET).id == TARGET
    assert group_names(FACTORS, [TARGET], 2) == [TARGET, REST]


# --- words


def test_inputs_are_told_with_titles_and_units():
    scenario = tiny().scenario
    inputs = {which.path: which for which in scenario.inputs}

    def told(path, value):
        return title_of(scenario, path), value_of(scenario, inputs[path], value)

    # score 1: exp(0.256 + 0.32 sqrt(1/2)) = 1.62
    assert told("suppliers.baykar.lateness", 1.0) == ("Baykar: slip", "1.62")
    assert told("parameters.unmanned_fy2027", 270e9) == ("unmanned fy2027", "¥270.0 bn")
    assert told("offers.tb2_baykar.price", 1_130_000_000) == ("TB2 from Baykar: price", "USD 11.30 m")
    assert told("offers.tb2_baykar.rate", 12.0) == ("TB2 from Baykar: rate", "12 a year")
    assert told("windows.war_turkey.chance", 0.1) == ("War need at home or of an ally: chance", "10 %")
    assert told("currencies.USD.volatility", 0.095) == ("currency USD: volatility", "9.5 %")


def test_a_supplier_whose_offers_slip_in_several_ways_has_a_score_told_with_how_many_are_less_late():
    scenario = load(TOP / "scenarios" / "fy2027_baseline.yaml").scenario
    which = next(each for each in scenario.inputs if each.path == "suppliers.general_atomics.lateness")
    assert value_of(scenario, which, -1.2815515655446004) == "−1.28 (P10)"
    one = next(each for each in scenario.inputs if each.path == "suppliers.shield_ai.lateness")
    # The supplier's share of the slip's spread is a formula there, and a half: exp(0.256 + 0.32 sqrt(1/2)) = 1.62.
    assert value_of(scenario, one, 1.0) == "1.62"


def test_a_lateness_is_as_sure_as_the_weakest_number_of_its_slip():
    scenario = tiny().scenario
    assert confidence_of(scenario, "suppliers.baykar.lateness") == "assumption"
    assert confidence_of(scenario, "offers.tb2_baykar.price") == "reported"


# --- screening


def test_screening_finds_the_one_input_that_moves_the_answer_and_luck_where_it_does():
    found = screen(WORLD, "ten", FACTORS, 4, SETUP)
    effects = {each.factor: each for each in found.effects["fulfilment"]}
    # a step goes from one half of the toss to the other: fulfilment by one half, each time
    assert (effects[TARGET].mu_star, effects[TARGET].mu, effects[TARGET].sigma) == pytest.approx((0.5, -0.5, 0.0))
    assert effects[LUCK].mu_star == effects[LATENESS].mu_star == 0.0
    assert [factor.id for factor in foremost(found, FACTORS, 12)] == [TARGET]
    assert screening_runs(FACTORS, 4) == 4 * 4


def test_under_a_toss_only_luck_moves_the_answer():
    found = screen(WORLD, "tossed", FACTORS, 8, SETUP, ["watch"])
    effects = {each.factor: each for each in found.effects["met/watch"]}
    assert effects[TARGET].mu_star == effects[LATENESS].mu_star == 0.0
    assert effects[LUCK].mu_star > 0
    assert foremost(found, FACTORS, 12) == []


def test_what_never_varies_is_named_and_not_analysed():
    with pytest.raises(TheirsError, match=r"nothing varied \(Weighted fulfilment: 1; Watch: 1\)"):
        screen(WORLD, "twenty", FACTORS, 2, SETUP)
    with pytest.raises(TheirsError, match="no measure 'wach'"):
        headline_asked(WORLD, "wach")


# --- shares


def test_shares_are_all_the_targets_or_all_lucks():
    target = [factor_asked(FACTORS, TARGET)]
    ten = {each.factor: each for each in apportion(WORLD, "ten", target, 32, 0, SETUP).shares["fulfilment"]}
    assert ten[LUCK].total == ten[REST].total == 0.0
    assert ten[TARGET].total_low <= 1.0 <= ten[TARGET].total_high
    tossed = {each.factor: each for each in apportion(WORLD, "tossed", target, 32, 0, SETUP).shares["fulfilment"]}
    assert tossed[TARGET].total == tossed[REST].total == 0.0
    assert tossed[LUCK].total_low <= 1.0 <= tossed[LUCK].total_high
    assert apportioning_runs(WORLD, target, 32, 0) == 32 * 5


def test_averaged_luck_is_the_same_at_every_point():
    target = [factor_asked(FACTORS, TARGET)]
    # under "tossed" the mean over the same luck is one number: nothing is left to apportion
    found = apportion(WORLD, "tossed", target, 8, 3, SETUP)
    assert found.shares == {}
    assert "the same at all 8 base points" in found.refused["fulfilment"]
    assert apportioning_runs(WORLD, target, 8, 3) == 8 * 4 * 3


# --- swings


def test_a_swing_is_the_difference_on_the_same_futures():
    found = swing(WORLD, "ten", list(FACTORS), (0.1, 0.9), 8, SETUP)
    target, lateness = found.swings["fulfilment"][TARGET], found.swings["fulfilment"][LATENESS]
    assert (target.value, target.kind) == (-0.5, "none: never varied")  # in each of eight futures the same
    assert lateness.value == 0.0
    assert [level.mean.value for level in found.levels["fulfilment"] if level.factor == TARGET] == [1.0, 0.5]
    assert [level.values for level in found.levels["fulfilment"] if level.factor == TARGET] == [(10.0,), (20.0,)]
    assert swing_runs(FACTORS, (0.1, 0.9), 8) == 32


# --- boxes and worlds


def test_the_box_in_which_ten_miss_is_the_larger_target(drawn):
    missed = 1 - drawn.mean("met/watch")[:, 0]
    found = discover(WORLD, drawn.x, missed, generator(1, "test", "box"))
    assert conditions(found) == "“Watch: target” is at least 20"
    assert (found.inside.value, found.coverage) == (1.0, 1.0)
    assert [each.path for each in found.restrictions] == [TARGET]
    assert found.restrictions[0].quasi_p < 0.001
    assert found.restrictions[0].again.same_coverage == 1.0


def test_the_world_in_which_each_policy_is_best(drawn):
    # met: twenty always, ten where the target is ten, so that they share these worlds
    y = drawn.y["met/watch"][:, :2]
    ten, twenty = worlds(WORLD, ["ten", "twenty"], drawn.x, y, generator(1, "test", "worlds"))
    small = float((drawn.x[:, list(drawn.paths).index(TARGET)] == 10).mean())
    assert ten.best.value == pytest.approx(small / 2)
    assert twenty.best.value == pytest.approx(1 - small / 2)
    assert conditions(ten.box) == "“Watch: target” is at most 10"
    assert conditions(twenty.box) == "“Watch: target” is at least 20"
    assert twenty.box.inside.value == 1.0


def test_the_best_policy_changes_along_an_input_where_the_curves_cross():
    x = np.linspace(0, 10, 400)
    found = switches(["low", "high"], x, np.column_stack([5 - x, x - 5]))
    assert found.policies == ("low", "high")
    assert found.values[0] == pytest.approx(5.0, abs=0.1)
    assert best_shares(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])).tolist() == [[0.5, 0.5, 0], [0, 0, 1]]


# --- information


def test_knowing_the_target_is_worth_a_quarter_of_ten_units_price(drawn):
    # A success at 150 m, ten cost 100 m and twenty 200 m. Ten: 50 if the target is 10, else -100; twenty: -50. Not
    # knowing, ten is best with -25 on average; knowing, 50 or -50, so knowing is worth 50 m where the target is 20.
    two = replace(drawn, policies=drawn.policies[:2], y={name: y[:, :2] for name, y in drawn.y.items()})
    found = valued_in_yen(two, FACTORS, 150e6, seed=1)
    large = float((drawn.x[:, list(drawn.paths).index(TARGET)] == 20).mean())
    target = next(each for each in found.factors if each.of == TARGET)
    assert found.usual == "ten"
    assert target.value == pytest.approx(50e6 * large)
    assert target.low < 25e6 < target.high
    assert found.everything.value == pytest.approx(50e6 * large)
    assert [each.of for each in found.first()] == [TARGET]
    lateness = next(each for each in found.factors if each.of == LATENESS)
    assert not lateness.surely


def test_where_twenty_always_meet_there_is_nothing_to_find_out(drawn):
    found = valued(drawn, FACTORS, "met/watch", seed=1)
    assert found.usual == "twenty"
    assert found.everything.value <= 0.0
    assert found.first() == []
    assert sorts_of(FACTORS) == []


def test_what_varied_in_one_part_of_an_analysis_varied():
    varied, other = Headline("met/a", "A"), Headline("fulfilment", "F")
    found = together([Outputs((other,), (("A", 0.0), ("B", 0.0))), Outputs((other, varied), (("B", 0.0),))])
    assert found == Outputs((other, varied), (("B", 0.0),))


# --- sweep


def test_a_sweep_sets_one_value_and_leaves_all_other_draws():
    axis = axis_of(f"{TARGET}=10, 20")
    found = sweep(PAPER, (), (), "ten", [axis], 8, SETUP)
    assert [cell.means["fulfilment"].value for cell in found.cells] == [1.0, 0.5]
    assert [cell.means["met/watch"].value for cell in found.cells] == [1.0, 0.0]
    assert found.cells[0].means["met/watch"].kind == "wilson"


@pytest.mark.parametrize("text", ["a.b", "a.b=1", "a.b=1,1", "a.b=0:1:1", "a.b=1:0:5", "a.b=x:1:5"])
def test_an_axis_that_is_none_is_refused(text):
    with pytest.raises(TheirsError, match="--vary"):
        axis_of(text)


# --- running


def test_a_failed_run_stops_an_analysis_with_its_list(monkeypatch):
    failing({3}, monkeypatch)
    with pytest.raises(OursError) as told:
        run_whole([Case("ten", WORLD, "ten")], [Point(k, k) for k in range(5)], SETUP)
    assert "1 of 5 runs failed. Nothing was analysed." in str(told.value)
    assert "case ten, parameter number 3, luck number 3: RuntimeError: the test fails it" in str(told.value)


def test_an_analysis_that_was_broken_off_goes_on_from_the_runs_that_were_kept(monkeypatch, tmp_path):
    setup = Setup(seed=1, keep=tmp_path / "kept")
    cases, points = [Case(policy, WORLD, policy) for policy in ("tossed", "ten")], [Point(k, k) for k in range(80)]
    made, sound = [], model.simulate

    def simulate(policy, future, *, lifted):
        made.append(future.luck_number)
        if len(made) == 100:
            raise KeyboardInterrupt
        return sound(policy, future, lifted=lifted)

    monkeypatch.setattr(model, "simulate", simulate)
    with pytest.raises(KeyboardInterrupt):
        run_whole(cases, points, setup)
    after = run_whole(cases, points, setup)
    assert len(made) == 100 + 96  # the first 64 of one case were there; 160 less 64 are made
    monkeypatch.setattr(model, "simulate", sound)
    at_once = run_whole(cases, points, SETUP)
    assert after.drop(columns="error").equals(at_once.drop(columns="error"))


def test_a_kept_part_that_was_altered_is_made_anew(tmp_path):
    import pandas as pd

    def frame(number):
        return lambda: pd.DataFrame({"a": [number]})

    assert kept(tmp_path, "one", "part", frame(1))["a"].tolist() == [1]
    assert kept(tmp_path, "one", "part", frame(2))["a"].tolist() == [1]
    assert kept(tmp_path, "another", "part", frame(3))["a"].tolist() == [3]
    for file in tmp_path.rglob("part.parquet"):
        file.write_bytes(file.read_bytes()[:-1])
    assert kept(tmp_path, "one", "part", frame(4))["a"].tolist() == [4]


def test_a_missing_library_is_named_with_the_way_to_install_it(monkeypatch):
    def missing(name):
        raise ImportError(f"No module named '{name}'")

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(TheirsError, match=r"needs SALib.*'analysis'.*pip install 'drone-procurement-sim\[analysis\]'"):
        extras.analysis_library("SALib.analyze.sobol")


def test_an_input_that_is_set_for_certain_is_no_factor():
    certain = load(PAPER, (), [f"{TARGET}=10"]).scenario
    assert [factor.id for factor in factors_in(certain)] == [LATENESS]
