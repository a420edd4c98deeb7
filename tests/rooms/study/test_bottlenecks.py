"""What would have helped: for every limit a world in which it alone binds, and one in which it never does."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.engine.world import LIMITS
from sim.study import model
from sim.study.bottlenecks import bottlenecks, cases_of, gains, limits_asked
from sim.study.statistics.pairs import IDENTICAL
from sim.study.trial import Futures
from tests.rooms.study.handmade import tiny
from tests.rooms.study.limits import Worlds, worlds
from tests.stories.builder import given, line, luck, mission, offer, ruled, scenario


@cache
def held() -> dict[str, Worlds]:
    return worlds()


def gained(world, *, pairs=False):
    policy = next(iter(world.policies))
    tried = Futures(2, 1).run(cases_of(world, policy, limits_asked(()), pairs=pairs))
    return {gain.limits: gain for gain in gains(tried, world, limits_asked(()), pairs=pairs)}


def test_every_limit_of_the_engine_has_its_two_worlds():
    assert set(held()) == set(LIMITS)


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_where_one_limit_alone_binds_it_alone_brings_something(name):
    found = gained(held()[name].binding)
    for (limit,), gain in found.items():
        if limit == name:
            assert (gain.fulfilment.value or 0) > 0
            assert gain.fulfilment.kind != IDENTICAL
        else:
            assert (gain.fulfilment.low, gain.fulfilment.value, gain.fulfilment.high) == (0, 0, 0)
            assert gain.fulfilment.kind == IDENTICAL
    assert next(iter(found)) == (name,)  # the largest comes first


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_where_a_limit_never_binds_lifting_it_brings_exactly_nothing(name):
    gain = gained(held()[name].idle)[name,]
    assert (gain.fulfilment.low, gain.fulfilment.value, gain.fulfilment.high) == (0, 0, 0)
    assert gain.fulfilment.kind == IDENTICAL


def test_two_limits_that_hide_each_other_show_as_a_pair():
    """Two of ten are there; 60 yen buy six of the eight that lack, and a permit of 40 days takes them past the due day.

    In service on day 130: 2 of 10 as it is; without the limit of money 2 (eight ordered, there on day 140); without
    permits 8; without both 10. So the pair brings 8, and 8 - 0 - 6 = 2 of ten beyond the sum of its two.
    """
    world = scenario(
        missions=[mission(due_day=130, opening_stock=2)],
        lines=[line(years={2025: 60})],
        offers=[offer(permit_first=luck(40))],
        policies=[ruled()],
    )
    found = gained(world, pairs=True)
    assert found["money",].fulfilment.value == 0
    assert found["permits",].fulfilment.value == pytest.approx(0.6)
    assert found["money", "permits"].fulfilment.value == pytest.approx(0.8)
    assert found["money", "permits"].beyond.value == pytest.approx(0.2)
    # a limit that changes no ledger adds nothing to any other, exactly
    beyond = found["crews", "money"].beyond
    assert (beyond.low, beyond.value, beyond.high) == (0, 0, 0)
    assert beyond.kind.startswith("exact")


def test_gains_of_uncertain_worlds_hold_together_and_say_what_they_rest_on():
    found = bottlenecks(tiny().scenario, "quantity_first", ("money", "losses", "slip"), Futures(8, 1), pairs=False)
    rows = [row for row in found.grids["gains"].records() if row["measure"] == "fulfilment"]
    assert {row["lifted"] for row in rows} == {"money", "losses", "slip"}
    assert all((row["n"], row["N"], row["level"]) == (8, 8, 0.95) for row in rows)
    kinds = [row["kind"] for row in rows if row["low"] is not None and row["value"]]
    assert kinds and all(kind.endswith("Bonferroni over 3") for kind in kinds)
    assert found.about["policy"] == "quantity_first"


def fail(monkeypatch, which) -> None:
    """Let runs fail: ``which`` says it of a luck number and of whether a limit is lifted."""
    sound = model.simulate

    def simulate(policy, future, **how):
        if which(future.luck_number, bool(how["lifted"])):
            raise RuntimeError("the test fails it")
        return sound(policy, future, **how)

    monkeypatch.setattr(model, "simulate", simulate)


def test_a_failed_run_widens_the_gain_and_is_counted(monkeypatch):
    fail(monkeypatch, lambda luck_number, lifted: luck_number == 1 and lifted)
    world = held()["money"].binding
    gain = gains(Futures(4, 1).run(cases_of(world, "typed", ["money"], pairs=False)), world, ["money"], pairs=False)[0]
    assert (gain.fulfilment.n, gain.fulfilment.N) == (3, 4)
    assert gain.fulfilment.kind == "t, failed runs as bounds"
    # three gains of 0.4 and one that lies between -1 and 1
    assert gain.fulfilment.value == pytest.approx(0.4)
    values = np.array([0.4, 0.4, 0.4, -1.0])
    assert gain.fulfilment.low < values.mean() < gain.fulfilment.high
    assert (gain.joint.n, gain.joint.N) == (3, 4)


def test_runs_that_failed_on_both_sides_are_no_equal_ledgers(monkeypatch):
    fail(monkeypatch, lambda luck_number, lifted: luck_number == 1)
    world = held()["money"].idle
    gain = gains(Futures(4, 1).run(cases_of(world, "typed", ["money"], pairs=False)), world, ["money"], pairs=False)[0]
    assert gain.fulfilment.kind != IDENTICAL
    assert (gain.fulfilment.n, gain.fulfilment.N) == (3, 4)


def test_a_policy_that_needs_every_relief_is_told_in_its_own_words():
    """A target of zero is met whatever is lifted: nothing is gained by anything."""
    world = scenario(missions=[mission(target=given("unit", 0))], policies=[ruled()])
    assert {gain.fulfilment.kind for gain in gained(world).values()} == {IDENTICAL}
