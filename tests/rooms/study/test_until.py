"""Running until narrow enough: what is looked at, when it stops, and that nothing is run beyond that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import TheirsError
from sim.scenario.load import load as load_scenario
from sim.store import load
from sim.study.answer import Answer, MissionAnswer, PolicyAnswer, Spread
from sim.study.batch import Ask, run_batch
from sim.study.statistics import NEVER_VARIED, Interval, mean_t, wilson
from sim.study.until import most_ever, run_batch_until, run_until, shares, widest_of
from tests.rooms.study.faked import PAPER

NONE = Interval(0.0, None, None, 1, 1, 0.95, NEVER_VARIED)
SPREAD = Spread(NONE, NONE, NONE, varies=False)


def mission(id: str, found: Interval) -> MissionAnswer:
    return MissionAnswer(
        mission=id, title=id, counted_as="unit", due_day=0, target=SPREAD, chance=found, deployed=SPREAD,
        reached_day=NONE, missing=None,
    )  # fmt: skip


def answer(n: int, chance: float, fulfilment: float = 0.6, policy: str = "typed") -> Answer:
    """A study of ``n`` futures in which a mission was met in so many of them, and another never."""
    missions = tuple(mission(id, wilson(round(n * share), n)) for id, share in (("watch", chance), ("hopeless", 0.0)))
    spread = [fulfilment - 0.1, fulfilment + 0.1] * (n // 2)
    own = PolicyAnswer(
        policy=policy, title=policy, missions=missions, fulfilment=mean_t(spread), joint=None, cost=SPREAD,
        lapsed=SPREAD, fx=SPREAD, owed=SPREAD, failed=0,
    )  # fmt: skip
    return Answer(None, n, (own,))


class Studies:
    """Studies that cost nothing."""

    def __init__(self, chance: float) -> None:
        self.chance = chance
        self.asked: list[int] = []

    def first(self, n: int) -> Path:
        self.asked.append(n)
        return Path("first")

    def further(self, folder: Path, n: int) -> Path:
        self.asked.append(n)
        return folder

    def grown(self, half_width: float, most: int):
        return run_until(half_width, most, self.first, self.further, lambda _: answer(self.asked[-1], self.chance))


def test_a_mission_that_is_hopeless_or_a_measure_that_never_varied_is_not_waited_for():
    assert [each.measure for each in shares(answer(400, 0.3))] == ["weighted fulfilment", "chance of watch"]
    assert widest_of(answer(400, 0.3)).measure == "chance of watch"
    assert widest_of(answer(400, 0.0)).measure == "weighted fulfilment"


def test_it_stops_at_the_first_look_that_is_narrow_and_never_before_400():
    studies = Studies(0.3)
    grown = studies.grown(0.2, 5000)
    assert (studies.asked, grown.narrow, grown.folder) == ([448], True, Path("first"))


def test_it_grows_by_what_the_width_asks_for_up_to_twice():
    studies = Studies(0.3)
    grown = studies.grown(0.02, 5000)
    # 0.0424 at 448 asks for 2,010: twice as many at most; 0.0300 at 896: 2,019, again twice; 0.0212 at 1,792 for 2,013
    assert studies.asked == [448, 896, 1792, 2048]
    assert grown.narrow
    assert [look.replications for look in grown.looks] == studies.asked
    assert grown.looks[-1].widest.found.half_width <= 0.02 < grown.looks[-2].widest.found.half_width


def test_it_ends_at_the_most_allowed_and_says_that_it_is_not_narrow():
    studies = Studies(0.5)
    grown = studies.grown(0.01, 1000)
    assert studies.asked[-1] == 1000
    assert not grown.narrow


def test_no_share_ever_takes_more_than_one_half_does():
    most = most_ever(0.02)
    assert wilson(most // 2, most).half_width <= 0.02 < wilson(most // 2 - 32, most - 64).half_width
    assert most % 64 == 0
    assert most_ever(0.2) == 640  # blocks of 64 under a stratified design: ten
    studies = Studies(0.5)
    assert studies.grown(0.02, most).narrow
    with pytest.raises(TheirsError, match=r"until: found 0.0; expected a share from 0.0005"):
        most_ever(0.0)


# --- the real batch, on paper


def test_a_grown_study_is_the_one_that_was_run_at_once(tmp_path):
    # a tender that fails every other time: one half to ±4.5 points takes 471 futures, eight blocks of 64
    looks = []
    ask = Ask(policies=("tossed",), out=tmp_path / "grown")
    grown = run_batch_until(load_scenario(PAPER), ask, 0.045, told=looks.append)
    assert [look.replications for look in looks] == [448, 512]
    assert grown.narrow
    at_once = load(run_batch(load_scenario(PAPER), replace(ask, replications=512, out=tmp_path / "once")))
    study = load(grown.folder)
    assert study.replications == 512
    assert study.manifest["tables"] == at_once.manifest["tables"]
    assert study.manifest["extended_from"] == [448]


def test_a_policy_that_always_succeeds_takes_one_look(tmp_path):
    grown = run_batch_until(load_scenario(PAPER), Ask(policies=("twenty",), replications=70, out=tmp_path / "a"), 0.01)
    assert [(look.replications, look.widest) for look in grown.looks] == [(70, None)]


def test_a_shard_cannot_tell_how_narrow_it_is(tmp_path):
    with pytest.raises(TheirsError, match="expected a whole study"):
        run_batch_until(load_scenario(PAPER), Ask(shard=(1, 2), out=tmp_path / "a"), 0.02)
