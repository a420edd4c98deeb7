"""A future is a function of scenario, seed, purpose, parameter number and luck number, and of nothing else."""

from __future__ import annotations

import pickle
from time import perf_counter

import pytest

import sim.streams
from sim.distributions import Constant, Triangular
from sim.future import Future, Sampler, sample
from sim.future.addresses import streams_of
from sim.future.design import parameter_stream, strata_stream
from sim.streams import check_distinct, stream_hash, stream_name, uniform
from tests.rooms.future.small_scenario import BUDGET_DELAY, SHIPPING, TENDER, small_scenario

SCENARIO = small_scenario()
DESIGNS = ("independent", "latin_hypercube")
EXPECTED = tuple((stream.name, index) for stream in streams_of(SCENARIO) for index in stream.expected)
BEYOND = (("tender/kite_acme", 999), ("exchange/USD", 4_000), ("tender/nobody", 0), ("passage/budget", 2090))


def by_path(future: Future) -> dict[str, float]:
    return {which.path: future.natural[which.number] for which in future.scenario.inputs}


def luck_of(future: Future, addresses=EXPECTED + BEYOND) -> list[float]:
    return [future.uniform(stream, index) for stream, index in addresses]


@pytest.mark.parametrize("design", DESIGNS)
def test_replication_812_alone_is_replication_812_of_a_batch(design):
    sampler = Sampler(SCENARIO, 1, "judge", design)
    batch = [sampler.future(k, k) for k in range(800, 820)]
    alone = sample(SCENARIO, 1, "judge", 812, 812, design)
    assert alone.natural == batch[12].natural
    assert alone.values == batch[12].values
    assert luck_of(alone) == luck_of(batch[12])


@pytest.mark.parametrize("design", DESIGNS)
def test_a_batch_extended_keeps_its_head(design):
    short = [Sampler(SCENARIO, 1, "judge", design).future(k, k).natural for k in range(70)]
    sampler = Sampler(SCENARIO, 1, "judge", design)
    long = [sampler.future(k, k).natural for k in range(140)]
    assert long[:70] == short
    assert len(set(long)) == 140


@pytest.mark.parametrize("design", DESIGNS)
def test_an_input_more_leaves_all_else_as_it_was(design):
    correlations = [("offers.kite_acme.price", "offers.kite_borealis.price", 0.5)]
    extra = {"aardvarks.price": ("yen", Triangular(1.0, 2.0, 3.0)), "missions.watch.zeal": ("sd", Constant(0.0))}
    before = sample(small_scenario(correlations=correlations), 1, "judge", 5, 5, design)
    after = sample(small_scenario(extra=extra, correlations=correlations), 1, "judge", 5, 5, design)
    assert {path: value for path, value in by_path(after).items() if path not in extra} == by_path(before)
    assert luck_of(after) == luck_of(before)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_supplier_and_offer_more_leave_all_else_as_they_were(design):
    before = sample(SCENARIO, 1, "judge", 5, 5, design)
    more = small_scenario(offers=("kite_acme", "kite_aaa", "kite_borealis"))
    after = sample(more, 1, "judge", 5, 5, design)
    assert {path: value for path, value in by_path(after).items() if "aaa" not in path} == by_path(before)
    assert "suppliers.aaa.lateness" in by_path(after)
    assert luck_of(after) == luck_of(before)


def test_an_expected_uniform_has_the_bits_of_one_drawn_by_its_address():
    future = sample(SCENARIO, 9, "judge", 3, 4)
    assert len(EXPECTED) > 100 and len(BEYOND) > 2
    for stream, index in EXPECTED + BEYOND:
        assert future.uniform(stream, index) == uniform(9, stream_hash(stream_name("judge", stream)), 4, index)


def test_an_inputs_value_is_the_quantile_of_its_own_uniform():
    future = sample(SCENARIO, 9, "judge", 3, 4)
    which = next(which for which in SCENARIO.inputs if which.path == "missions.watch.target")
    u = uniform(9, stream_hash("judge/parameter/missions.watch.target"), 3, 0)
    assert future.natural[which.number] == which.belief.quantile(u)


def test_the_order_of_asking_changes_nothing():
    forth, back = sample(SCENARIO, 1, "judge", 5, 5), sample(SCENARIO, 1, "judge", 5, 5)
    addresses = EXPECTED[::37] + BEYOND
    assert luck_of(forth, addresses) == luck_of(back, addresses[::-1])[::-1]
    assert luck_of(forth, addresses) == luck_of(forth, addresses)


def test_parameters_and_luck_have_numbers_of_their_own():
    sampler = Sampler(SCENARIO, 1, "judge")
    future, other_luck, other_parameters = sampler.future(5, 6), sampler.future(5, 7), sampler.future(4, 6)
    assert other_luck.natural == future.natural
    assert other_parameters.natural != future.natural
    assert luck_of(other_parameters) == luck_of(future)
    assert not set(luck_of(other_luck)) & set(luck_of(future))


@pytest.mark.parametrize(("seed", "purpose"), [(2, "judge"), (1, "search")])
def test_another_seed_or_purpose_is_another_future(seed, purpose):
    future, other = sample(SCENARIO, 1, "judge", 5, 5), sample(SCENARIO, seed, purpose, 5, 5)
    assert not set(luck_of(future)) & set(luck_of(other))
    uncertain = [w.number for w in SCENARIO.inputs if w.belief and w.belief.variance() > 0.0]
    assert len(uncertain) > 5
    assert all(future.natural[number] != other.natural[number] for number in uncertain)


def test_the_experiment_says_the_design_unless_it_is_given():
    stratified = small_scenario(design="latin_hypercube")
    assert sample(stratified, 1, "judge", 5, 5).natural == sample(SCENARIO, 1, "judge", 5, 5, DESIGNS[1]).natural
    assert sample(stratified, 1, "judge", 5, 5, DESIGNS[0]).natural == sample(SCENARIO, 1, "judge", 5, 5).natural


def test_a_future_and_a_sampler_travel_unchanged():
    sampler = Sampler(SCENARIO, 1, "judge", "latin_hypercube")
    future = sampler.future(70, 71)
    changed = future.with_luck("tender/kite_acme", 1, 0.25).with_parameter("missions.watch.target", 29)
    for sent in (future, changed):
        arrived = pickle.loads(pickle.dumps(sent))
        assert (arrived.natural, arrived.values) == (sent.natural, sent.values)
        assert (arrived.seed, arrived.purpose) == (1, "judge")
        assert (arrived.parameter_number, arrived.luck_number) == (70, 71)
        assert luck_of(arrived) == luck_of(sent)
    assert pickle.loads(pickle.dumps(sampler)).future(70, 71).natural == future.natural


def test_a_point_of_the_cube_replaces_the_design():
    point = [0.25] * len(SCENARIO.inputs)
    future = Sampler(SCENARIO, 1, "judge").future(0, 3, point)
    for which in SCENARIO.inputs:
        if which.belief is not None:
            assert future.natural[which.number] == which.belief.quantile(0.25)
    assert luck_of(future) == luck_of(sample(SCENARIO, 1, "judge", 0, 3))


@pytest.mark.parametrize("point", [[0.5], [0.5] * (len(SCENARIO.inputs) - 1) + [1.0]])
def test_a_point_outside_the_cube_is_refused(point):
    with pytest.raises(ValueError, match=r"point: found \d+ numbers from .* one an input"):
        Sampler(SCENARIO, 1, "judge").future(0, 0, point)


def test_a_formula_follows_its_parameters():
    future = sample(SCENARIO, 1, "judge", 5, 5)
    value = by_path(future)
    amount = 0.85 * value["parameters.shield_share"] * value["parameters.unmanned"]
    assert value["budget.lines.shield.years.2026.amount"] == amount


def test_formulas_may_lean_on_formulas_but_not_in_a_circle():
    extra = {
        "parameters.half": ("yen", "whole / 2"),
        "parameters.whole": ("yen", "unmanned + third"),
        "parameters.third": ("yen", Constant(3.0)),
        "aims.double": ("yen", "half * 4"),
    }
    value = by_path(sample(small_scenario(extra=extra), 1, "judge", 0, 0))
    assert value["aims.double"] == (value["parameters.unmanned"] + 3.0) / 2.0 * 4.0
    with pytest.raises(ValueError, match=r"parameters\.half, parameters\.whole: formulas that lean on each other"):
        Sampler(small_scenario(extra=extra | {"parameters.whole": ("yen", "half * 2")}), 1, "judge")


def test_a_formula_that_fails_says_where():
    extra = {"aims.share": ("share", "unmanned / (shield_share - shield_share)")}
    with pytest.raises(ValueError, match=r"aims\.share: .*division by zero"):
        sample(small_scenario(extra=extra), 1, "judge", 0, 0)


def test_all_streams_of_a_scenario_have_addresses_of_their_own():
    names = [stream.name for stream in streams_of(SCENARIO)]
    names += [form(which.path) for which in SCENARIO.inputs for form in (parameter_stream, strata_stream)]
    assert len(set(names)) == len(names)
    check_distinct(stream_name("judge", name) for name in names)


@pytest.mark.parametrize("names", [("loss/kite", "exchange/USD"), ("parameter/missions.watch.loss", "loss/kite")])
def test_two_streams_at_one_address_are_refused(monkeypatch, names):
    clashing = {f"judge/{name}" for name in names}
    true_hash = sim.streams.stream_hash
    monkeypatch.setattr(sim.streams, "stream_hash", lambda name: 7 if name in clashing else true_hash(name))
    with pytest.raises(ValueError, match=r"have the same 64-bit hash"):
        Sampler(SCENARIO, 1, "judge")


@pytest.mark.parametrize("purpose", ["", "judge/loss"])
def test_a_purpose_is_one_word(purpose):
    with pytest.raises(ValueError, match="purpose: found"):
        Sampler(SCENARIO, 1, purpose)


def test_whole_is_for_what_enters_whole_and_score_for_scores():
    future = sample(SCENARIO, 1, "judge", 5, 5)
    inputs = {which.path: which for which in SCENARIO.inputs}
    assert future.whole(inputs["currencies.USD.rate_at_start"]) == 1_495_700
    assert future.whole(inputs["offers.kite_acme.failure_chance"]) == 1_000
    lateness = inputs["suppliers.acme.lateness"]
    assert future.score(lateness) == future.natural[lateness.number]
    with pytest.raises(ValueError, match=r"suppliers\.acme\.lateness: found a score"):
        future.whole(lateness)
    with pytest.raises(ValueError, match="expected a score"):
        future.score(inputs["offers.kite_acme.failure_chance"])


def test_a_draw_is_the_quantile_of_its_uniform_entered_whole():
    future = sample(SCENARIO, 1, "judge", 5, 5)
    for luck, stream in ((TENDER, "tender/kite_acme"), (SHIPPING, "shipping/kite_acme"), (BUDGET_DELAY, "passage/x")):
        days = future.draw(luck, stream, 2)
        assert isinstance(days, int)
        assert abs(days - luck.belief.quantile(future.uniform(stream, 2))) <= 0.5


def test_a_future_of_400_inputs_and_2000_expected_draws_is_sampled_in_milliseconds():
    extra = {f"offers.more_{n}.price": ("yen", Triangular(1e6, 2e6, 5e6)) for n in range(330)}
    large = small_scenario(offers=[f"kite_{n}" for n in range(12)], extra=extra)
    sampler = Sampler(large, 1, "judge")
    assert len(large.inputs) > 400
    assert sum(len(stream.expected) for stream in streams_of(large)) > 1_900
    spent = []
    for number in range(20):
        begun = perf_counter()
        sampler.future(number, number)
        spent.append(perf_counter() - begun)
    assert min(spent) < 0.004  # half of that on the machine it was written on
