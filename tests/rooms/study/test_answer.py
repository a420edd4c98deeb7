"""The answer of studies made by hand: every number can be counted off the rows."""

from __future__ import annotations

import numpy as np
import pytest

from sim.study.answer import answer, missing_of
from sim.study.shortfall import MISSING_PLACES
from sim.study.statistics import wilson
from sim.study.summary import SUMMARY_COLUMNS, summary_rows
from tests.rooms.study.handmade import mission_row, outcome, stored, tiny

TINY = tiny()
HORIZON_DAY = TINY.scenario.clock.horizon_day
WATCH = mission_row("wide_area_surveillance", 12, 12, reached_day=500)


def runs(count, attack):
    """Runs of which number k has ``attack(k)`` for its small-attack mission."""
    return [outcome("typed", number, [attack(number), WATCH], cost=1000 + number) for number in range(count)]


def only(tmp_path, made, design="independent"):
    study = stored(tmp_path / "made", TINY, {"typed": made}, design)
    policy = answer(study, TINY.scenario).policies[0]
    return policy, {mission.mission: mission for mission in policy.missions}


def test_chance_median_and_tenths_are_those_of_the_rows(tmp_path):
    # deployed 0, 10, … 390 of 300: met from the 31st run on, ten times of forty
    policy, of = only(tmp_path, runs(40, lambda k: mission_row("small_attack", 300, 10 * k, queue=300 - 10 * k)))
    attack = of["small_attack"]
    assert attack.chance == wilson(10, 40)
    assert (attack.deployed.p10.value, attack.deployed.p50.value, attack.deployed.p90.value) == (30, 190, 350)
    assert (attack.target.p50.value, attack.target.varies) == (300, False)
    assert policy.joint == wilson(10, 40)
    assert (policy.cost.p50.value, policy.lapsed.p50.value) == (1019, 7)


def test_where_the_missing_units_are_is_told_of_the_runs_that_fall_short(tmp_path):
    def attack(k: int):
        # three runs are short by 100: 60, 60 and 0 in the queue, 40, 40 and 100 not ordered; the fourth has too many
        if k == 3:
            return mission_row("small_attack", 300, 300, not_ordered=-500, shipping=500)
        queue = 0 if k == 2 else 60
        return mission_row("small_attack", 300, 200, queue=queue, not_ordered=100 - queue)

    _, of = only(tmp_path, runs(4, attack))
    missing = of["small_attack"].missing
    assert (missing.place, missing.units, missing.of_units, missing.runs) == ("not_ordered", 60.0, 100.0, 3)
    assert of["wide_area_surveillance"].missing is None


def test_units_that_serve_but_do_not_count_are_a_place_of_their_own(tmp_path):
    row = mission_row("small_attack", 300, 290, queue=10)._replace(deployed_counted=100, met=False)
    _, of = only(tmp_path, runs(2, lambda _: row))
    assert (of["small_attack"].missing.place, of["small_attack"].missing.units) == ("below_quality", 190.0)
    assert of["small_attack"].deployed.p50.value == 100


def test_a_median_day_beyond_the_horizon_stays_beyond_it(tmp_path):
    late = mission_row("small_attack", 300, 200, queue=100, reached_day=HORIZON_DAY + 1)
    soon = mission_row("small_attack", 300, 300, reached_day=700)
    _, of = only(tmp_path, runs(5, lambda k: soon if k < 2 else late))
    assert of["small_attack"].reached_day.value == HORIZON_DAY + 1
    assert of["wide_area_surveillance"].reached_day.value == 500


def test_what_never_varied_is_told(tmp_path):
    policy, _ = only(tmp_path, runs(40, lambda k: mission_row("small_attack", 300, 10 * k)))
    constant = policy.never_varied()
    assert "chance of wide_area_surveillance" in constant
    assert "units in service of wide_area_surveillance" in constant
    assert {"lapsed", "exchange", "owed"} <= set(constant)
    assert not {"chance of small_attack", "units in service of small_attack", "cost", "joint chance"} & set(constant)


def test_one_run_that_differs_is_a_variation(tmp_path):
    policy, of = only(tmp_path, runs(40, lambda k: mission_row("small_attack", 300, 1 if k == 7 else 0)))
    assert of["small_attack"].deployed.varies
    assert of["small_attack"].deployed.p10.value == of["small_attack"].deployed.p90.value
    assert "units in service of small_attack" not in policy.never_varied()


def test_failed_runs_stand_beside_every_number(tmp_path):
    made = runs(40, lambda k: mission_row("small_attack", 300, 10 * k))
    made[0] = made[39] = "ValueError: no"
    policy, of = only(tmp_path, made)
    assert policy.failed == 2
    assert of["small_attack"].chance == wilson(9, 38, 40)
    assert (of["small_attack"].deployed.p50.n, of["small_attack"].deployed.p50.N) == (38, 40)
    assert policy.fulfilment.kind == "t, failed runs as bounds"


def test_a_stratified_study_has_no_interval_below_ten_blocks(tmp_path):
    policy, of = only(tmp_path, runs(70, lambda k: mission_row("small_attack", 300, 10 * k)), design="latin_hypercube")
    chance = of["small_attack"].chance
    assert (chance.low, chance.high, chance.kind) == (None, None, "none: 1 complete blocks of 64, 10 needed")
    assert chance.value == 40 / 70
    assert of["small_attack"].deployed.p50.kind == "none: stratified in blocks of 64"
    assert policy.fulfilment.low is None


def test_a_stratified_study_of_ten_blocks_has_a_t_interval_over_their_means(tmp_path):
    # block b meets its target b times of 64
    def attack(k: int):
        return mission_row("small_attack", 300, 300 if k % 64 < k // 64 else 0)

    _, of = only(tmp_path, runs(640, attack), design="latin_hypercube")
    chance = of["small_attack"].chance
    assert (chance.value, chance.n, chance.N, chance.kind) == (4.5 / 64, 640, 640, "t over block means")
    # means b / 64, s = 3.02765 / 64, half = 2.262157 * s / sqrt(10)
    assert round((chance.high - chance.low) / 2, 6) == round(2.262157 * 3.027650 / 64 / 10**0.5, 6)


def test_the_summary_has_a_row_for_each_number_with_what_it_rests_on(tmp_path):
    study = stored(tmp_path / "made", TINY, {"typed": runs(40, lambda k: mission_row("small_attack", 300, 10 * k))})
    rows = list(summary_rows(answer(study, TINY.scenario)))
    assert SUMMARY_COLUMNS[-4:] == ("n", "N", "level", "kind")
    assert all((row.n, row.N, row.level) == (40, 40, 0.95) for row in rows if not row.kind.startswith("none: mean"))
    assert len({(row.policy, row.mission, row.measure) for row in rows}) == len(rows)
    assert {"chance", "fulfilment", "joint chance", "cost p50", "lapsed p90", "fx p10", "owed p50"} <= {
        row.measure for row in rows
    }


@pytest.mark.parametrize("joint", [True, False])
def test_a_scenario_without_a_joint_list_has_no_joint_chance(tmp_path, joint):
    loaded = TINY if joint else tiny("joint=[]")
    study = stored(tmp_path / "made", loaded, {"typed": runs(3, lambda k: mission_row("small_attack", 300, k))})
    assert (answer(study, loaded.scenario).policies[0].joint is not None) == joint


def test_cancelled_units_that_were_ordered_anew_are_not_what_is_missing():
    """Ten wanted, four in service, nine cancelled, three in the queue: sixteen ordered, so six beyond the target."""
    own = {place: np.zeros(1) for place in MISSING_PLACES}
    own |= {"target": np.array([10]), "deployed": np.array([4]), "deployed_counted": np.array([4])}
    own |= {"cancelled": np.array([9]), "queue": np.array([3]), "not_ordered": np.array([-6])}
    missing = missing_of(own)
    # 9 cancelled less 6 ordered beyond the target leaves 3; 3 are in the queue, and the queue comes first in a life
    assert missing is not None
    assert (missing.place, missing.units, missing.of_units) == ("queue", 3.0, 6.0)
