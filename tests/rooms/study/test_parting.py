"""Where two policies part on one future, and which runs of a study are typical."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.entries import Decided, Reviewed
from sim.errors import TheirsError
from sim.study.parting import parting
from sim.study.replay import future_of, run_in
from sim.study.typical import FAILING, MEDIAN, TENTH, typical
from tests.rooms.report.studies import ATTACK, QUANTITY, TYPED, WATCH, study_of
from tests.rooms.study.handmade import tiny

TINY = tiny().scenario
FUTURE = future_of(TINY, 1, "judge", 3)


@pytest.fixture(scope="module")
def runs():
    return run_in(FUTURE, "typed"), run_in(FUTURE, "quantity_first")


def test_two_policies_part_on_the_day_of_the_first_decision_that_only_one_takes(runs):
    found = parting(*runs)
    days = [min(entry.day for entry in run.entries if isinstance(entry, Decided)) for run in runs]
    assert found.day == TINY.clock.calendar.iso(min(days))
    before = [
        [entry for entry in run.entries if entry.day < min(days) and not isinstance(entry, Reviewed)] for run in runs
    ]
    assert before[0] == before[1]
    assert found.same_entries >= len(before[0])
    assert found.events == ((), ())
    assert found.decisions[0][0] == (
        "2026-04-11  The buyer decides on 6 of TB2 from Baykar for Long-endurance wide-area watch (tb2_baykar#1)."
    )
    assert not set(found.decisions[0]) & set(found.decisions[1])


def test_what_came_of_both_stands_beside_each_other(runs):
    found, turned = parting(*runs), parting(*reversed(runs))
    assert [fate.mission for fate in found.fates] == ["small_attack", "wide_area_surveillance"]
    assert [(fate.first, fate.second) for fate in found.fates] == [(fate.second, fate.first) for fate in turned.fates]
    assert found.cost_yen == turned.cost_yen[::-1]
    assert found.decisions == turned.decisions[::-1]


def test_a_policy_does_not_part_from_itself(runs):
    found = parting(runs[0], run_in(FUTURE, "typed"))
    assert found.day is None
    assert found.decisions == ((), ())
    assert found.same_entries == sum(not isinstance(entry, Reviewed) for entry in runs[0].entries)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return study_of(tmp_path_factory.mktemp("typical") / "study", failed=(11, 20, 45))


def test_the_typical_runs_are_those_of_the_ranks(study):
    runs = study.runs.query("policy == 'typed' and status == 'done'").set_index("replication")
    found = {each.of: each for each in typical(study, TYPED)}
    ordered = np.sort(runs.fulfilment.to_numpy(float))
    # of 47: the 24th and the 5th from below
    for of, rank in ((MEDIAN, 24), (TENTH, 5)):
        assert found[of].fulfilment == ordered[rank - 1]
        assert found[of].fulfilment == runs.fulfilment[found[of].replication]
        assert (found[of].like_it, found[of].among) == (47, 50)


def test_the_commonest_way_of_failing_is_counted_by_mission_and_place(study):
    # the watch always falls short, in acceptance; attack in 35 less run 45, in production, and then both together
    found = {each.of: each for each in typical(study, TYPED)}[FAILING]
    assert dict(found.way) == {ATTACK: "production", WATCH: "acceptance"}
    assert (found.like_it, found.among) == (34, 47)
    assert found.replication % 10 >= 3
    ways = {each.of: each for each in typical(study, QUANTITY)}[FAILING]
    assert (ways.like_it, ways.among) == (25, 50)


def test_a_policy_that_is_not_there_is_refused(study):
    with pytest.raises(TheirsError, match="no policy 'tiped'"):
        typical(study, "tiped")
