"""Comparing, growing until decided, choosing: on a scenario worked out on paper, and on truths that are given."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import TheirsError
from sim.study import choose, growing, trial
from sim.study.cases import Case
from sim.study.choose import race
from sim.study.compare import How, compare
from sim.study.decided import compared_once, until_decided
from sim.study.growing import Growing
from sim.study.measures_compared import FULFILMENT, measure_asked, measures_of, share_asked
from sim.study.statistics import NEVER_VARIED
from sim.study.statistics.pairs import IDENTICAL, score_limits
from sim.study.trial import Futures
from tests.rooms.study.faked import faked, paper, uniforms

N = 72
POLICIES = ("ten", "ten_again", "tossed", "twenty")


@pytest.fixture(scope="module")
def scenario():
    return paper()


@pytest.fixture(scope="module")
def tried(scenario):
    """The real model in 72 futures."""
    return Growing([Case(policy, scenario, policy) for policy in POLICIES], Futures(N, 1)).to(N)


@pytest.fixture(scope="module")
def rows(tried, scenario):
    found = compare(tried, scenario, measures_of(scenario), How("ten"))
    return {(row.policy, row.measure.id): row for row in found}


@pytest.fixture
def fake(monkeypatch):
    """Let policies come to what a test says."""

    def install(**policies):
        model = faked(policies)
        monkeypatch.setattr(growing, "run_cases", model)
        monkeypatch.setattr(trial, "run_cases", model)

    return install


# --- on paper


def test_the_model_does_what_stands_on_paper(tried):
    targets = tried.column("ten", "target/watch")
    assert set(targets) == {10.0, 20.0}
    assert tried.column("ten", "met/watch").tolist() == (targets == 10).astype(float).tolist()
    assert tried.column("ten", "fulfilment").tolist() == (10 / targets).tolist()
    assert set(tried.column("twenty", "met/watch")) == {1.0}
    assert set(tried.column("tossed", "deployed/watch")) == {0.0, 20.0}


def test_a_policy_differs_from_its_own_copy_by_exactly_zero_in_every_measure(rows, scenario):
    for measure in measures_of(scenario):
        found = rows["ten_again", measure.id]
        assert (found.difference.value, found.difference.low, found.difference.high) == (0.0, 0.0, 0.0)
        assert (found.difference.kind, found.verdict.told()) == (IDENTICAL, "inside the indifference zone")
    assert rows["ten_again", "fulfilment"].saving.correlation.value == 1.0
    assert rows["ten_again", "fulfilment"].saving.variance_ratio.value == 0.0


def test_twenty_meet_the_target_wherever_ten_do_not(rows, tried):
    missed = int((tried.column("ten", "target/watch") == 20).sum())
    found = rows["twenty", "met/watch"]
    assert found.difference.value == missed / N
    # three policies share the error: each at 1 − 0.05/3
    assert (found.difference.low, found.difference.high) == score_limits(missed, 0, N, 1 - 0.05 / 3)
    assert found.difference.kind == "score interval for pairs (Tango), Bonferroni of 3"
    assert found.verdict.word == "better"
    assert found.p_value == pytest.approx(0.5**missed * 3)  # McNemar's mid-p, Holm's factor for the least of three


def test_knowledge_and_luck_do_not_correlate_so_meeting_the_same_futures_saves_nothing(rows):
    # ten hang on the target, tossed on the tender
    found = rows["tossed", "met/watch"].saving
    assert found.correlation.low < 0 < found.correlation.high
    assert found.variance_ratio.low < 1 < found.variance_ratio.high


def test_a_difference_that_is_the_same_in_every_future_is_told_as_such(rows):
    found = rows["twenty", "cost"]
    assert (found.difference.value, found.difference.kind) == (100_000_000, NEVER_VARIED)
    assert found.verdict.told() == "no interval: never varied"


def test_zones_of_amounts_are_parts_of_the_mean_and_of_the_target(rows, tried):
    assert rows["tossed", "fulfilment"].zone == 0.02
    assert rows["tossed", "cost"].zone == pytest.approx(0.02 * 100_000_000)
    assert rows["tossed", "deployed/watch"].zone == pytest.approx(0.02 * tried.column("ten", "target/watch").mean())


def test_measures_have_names_and_a_wrong_one_is_told_the_nearest(scenario):
    assert [each.id for each in measures_of(scenario)] == ["fulfilment", "met/watch", "deployed/watch", "cost"]
    assert measure_asked(scenario, "watch").id == measure_asked(scenario, "all_met").id == "met/watch"
    with pytest.raises(TheirsError, match=r"no measure 'fulfilled'. Did you mean 'fulfilment'"):
        measure_asked(scenario, "fulfilled")
    with pytest.raises(TheirsError, match="measure 'cost': found an amount without known ends"):
        share_asked(scenario, "cost")


# --- growing until decided


def half(parameter, luck):
    return (uniforms("half", luck) < 0.5).astype(float)


def a_little_better(parameter, luck):
    """Better by 0.06 on the same luck."""
    return (uniforms("half", luck) < 0.56).astype(float)


def another_half(parameter, luck):
    return (uniforms("another", luck) < 0.5).astype(float)


def grown(scenario, *policies, most=4096):
    return Growing([Case(policy, scenario, policy) for policy in policies], Futures(most, 1))


def test_a_study_grows_until_the_difference_is_clear_and_pays_for_its_looks(fake, scenario):
    fake(ten=half, twenty=a_little_better)
    watch = measure_asked(scenario, "watch")
    found = until_decided(grown(scenario, "ten", "twenty"), scenario, [watch], watch, How("ten"), 4096)
    assert found.planned == (448, 704, 1088, 1728, 2688, 4096)
    assert [look.replications for look in found.looks] == [448]  # 0.06 with 0.06·n wins and no loss: at once
    assert found.looks[0].level == pytest.approx(1 - 0.05 / 6)
    assert (found.rows[0].verdict.word, found.decided) == ("better", True)


def test_a_study_that_cannot_be_decided_ends_where_it_was_told_to_and_says_what_lacks(fake, scenario):
    fake(ten=half, twenty=another_half)
    watch = measure_asked(scenario, "watch")
    found = until_decided(grown(scenario, "ten", "twenty", most=1000), scenario, [watch], watch, How("ten"), 1000)
    assert [look.replications for look in found.looks] == [448, 576, 640, 768, 896, 1000]
    assert found.looks[-1].still_open == ("twenty",)
    assert not found.decided
    assert found.rows[0].verdict.word == "not enough runs"
    assert found.rows[0].verdict.more > 1000


def test_a_sequence_is_looked_at_as_it_grows_at_one_level(fake, scenario):
    fake(ten=half, twenty=a_little_better)
    watch = measure_asked(scenario, "watch")
    how = How("ten", sequence=True)
    found = until_decided(grown(scenario, "ten", "twenty"), scenario, [watch], watch, how, 4096)
    assert found.planned == ()
    assert found.looks[-1].level == 0.95
    assert found.rows[0].difference.kind == "confidence sequence (mixture of bets)"
    assert (found.rows[0].verdict.word, found.rows[0].p_value) == ("better", None)


def test_no_run_is_made_twice_when_a_study_grows(fake, scenario, monkeypatch):
    fake(ten=half, twenty=another_half)
    made = []
    model = growing.run_cases

    def counted(cases, points, **key):
        made.extend((case.id, point.luck) for case in cases for point in points)
        return model(cases, points, **key)

    monkeypatch.setattr(growing, "run_cases", counted)
    held = grown(scenario, "ten", "twenty")
    held.to(10)
    held.to(30, ["ten"])
    whole = held.to(40)
    assert sorted(made) == sorted((policy, number) for policy in ("ten", "twenty") for number in range(40))
    assert whole.column("twenty", "fulfilment").tolist() == another_half(None, np.arange(40)).tolist()
    assert held.to(20).column("ten", "fulfilment").tolist() == half(None, np.arange(20)).tolist()


def test_failed_runs_are_bounds_in_a_comparison(fake, scenario):
    def fails_sometimes(parameter, luck):
        return np.where(luck % 50 == 7, np.nan, half(parameter, luck))

    fake(ten=half, twenty=fails_sometimes)
    watch = measure_asked(scenario, "watch")
    found = compared_once(grown(scenario, "ten", "twenty"), scenario, [watch, FULFILMENT], watch, How("ten"), 400)
    for row in found.rows:
        assert (row.difference.n, row.difference.N, row.difference.value) == (392, 400, 0.0)
        assert row.difference.kind.endswith("failed runs as bounds")
        assert row.difference.low < 0 < row.difference.high


def test_the_same_success_by_other_ledgers_is_no_difference_of_exactly_zero(scenario, monkeypatch):
    monkeypatch.setattr(growing, "run_cases", faked({"ten": half, "twenty": half}, frozenset({"twenty"})))
    watch = measure_asked(scenario, "watch")
    found = compared_once(grown(scenario, "ten", "twenty"), scenario, [watch, FULFILMENT], watch, How("ten"), 100)
    chance, mean = (row.difference for row in found.rows)
    assert (chance.value, chance.kind) == (0.0, "score interval for pairs (Tango)")
    assert chance.low == pytest.approx(-3.841 / 103.841, abs=1e-4)
    assert (mean.value, mean.low, mean.kind) == (0.0, None, NEVER_VARIED)


# --- choosing


def test_the_best_is_chosen_as_often_as_promised(fake, scenario):
    # five points better than two equal rivals, on common luck in half of the futures
    best = {"twenty": 0.60, "ten": 0.55, "tossed": 0.55}
    right = 0
    for seed in range(40):

        def fulfilled(policy, seed=seed):
            def of(parameter, luck):
                common = uniforms("common", luck, seed)
                own = uniforms(policy, luck, seed)
                return (np.where(uniforms("which", luck, seed) < 0.5, common, own) < best[policy]).astype(float)

            return of

        fake(**{policy: fulfilled(policy) for policy in best})
        found = race(scenario, ("ten", "tossed", "twenty"), FULFILMENT, 0.05, 0.95, Futures(10_000, 1))
        right += found.chosen == "twenty"
    assert right >= 34  # P(B(40, 0.95) < 34) = 0.003


def test_a_race_that_is_not_over_names_who_is_left_and_when_it_would_be(fake, scenario):
    fake(ten=half, twenty=another_half)
    found = race(scenario, ("ten", "twenty"), FULFILMENT, 0.01, 0.95, Futures(700, 1))
    assert (found.chosen, found.left, found.runs) == (None, ("ten", "twenty"), 700)
    assert found.most > 700


def test_a_chosen_score_falls_when_it_is_judged(fake, scenario, monkeypatch):
    # the futures of the search flatter the policy: 0.8 there, 0.6 where it is judged
    fake(
        ten=lambda parameter, luck: np.full(len(luck), 0.2),
        twenty=lambda parameter, luck: 0.5 + 0.6 * half(0, luck) / 2,
    )
    searching = Futures(600, 1)
    raced = race(scenario, ("ten", "twenty"), FULFILMENT, 0.05, 0.95, searching)
    fake(ten=lambda parameter, luck: np.full(len(luck), 0.2), twenty=lambda parameter, luck: 0.6 + 0.0 * luck)
    judged = choose.judge(scenario, ("ten", "twenty"), FULFILMENT, raced, Futures(100, 1))
    assert raced.chosen == "twenty"
    assert judged.scores["twenty"].value == pytest.approx(0.6)
    assert judged.fell["twenty"].value == pytest.approx(raced.scores["twenty"].value - 0.6)
    assert judged.fell["twenty"].kind == "Welch t, independent samples"
    assert judged.fell["twenty"].low < judged.fell["twenty"].value < judged.fell["twenty"].high


def test_searching_and_judging_share_no_future(fake, scenario, monkeypatch):
    purposes = []
    fake(ten=half, twenty=a_little_better)
    for room in (growing, trial):
        model = room.run_cases

        def told(cases, points, *, purpose, model=model, **key):
            purposes.append((purpose, cases[0].scenario.experiment.design))
            return model(cases, points, purpose=purpose, **key)

        monkeypatch.setattr(room, "run_cases", told)
    choose.choose(scenario, ("ten", "twenty"), FULFILMENT, 0.05, 0.95, Futures(600, 1), Futures(50, 1))
    assert set(purposes) == {("search", "independent"), ("judge", "independent")}


@pytest.mark.parametrize(
    ("policies", "zone", "confidence", "most", "told"),
    [
        (("ten",), 0.02, 0.95, 600, "found 1 policy; expected at least two"),
        (("ten", "twenty"), 0.02, 0.95, 500, "replications: found 500; expected at least 600"),
        (("ten", "twenty"), 0.0, 0.95, 600, "expected a zone above 0"),
        (("ten", "twenty"), 0.02, 0.4, 600, "what guessing gives, 0.50"),
    ],
)
def test_a_race_that_cannot_keep_a_promise_is_refused(scenario, policies, zone, confidence, most, told):
    with pytest.raises(TheirsError, match=told):
        race(scenario, policies, FULFILMENT, zone, confidence, Futures(most, 1))
