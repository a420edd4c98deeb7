"""How far a batch is: counted from its chunks as they are stored."""

from __future__ import annotations

import pytest

from sim.study.standing import Watch
from sim.study.statistics import mean_t, wilson
from tests.rooms.report.studies import QUANTITY, TYPED, outcome_of, study_of


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Eighty futures of two policies, in two blocks; one run of ``typed`` failed."""
    return study_of(tmp_path_factory.mktemp("standing") / "study", runs=80, failed=(70,))


def watched(study, *chunks):
    """What is told after each chunk, ten seconds apart, of 160 runs of which 16 were done before."""
    clock, told = Clock(), []
    watch = Watch(told.append, clock)
    runs = 16
    for name in chunks:
        clock.now += 10
        runs += 0 if name.startswith("inputs") else int(name.split("-")[-1]) - int(name.split("-")[-2]) + 1
        watch(runs, 160, 1)
        watch.chunk_stored(study.folder / "chunks" / name)
    return told


def test_the_rate_counts_what_was_made_since_it_went_on(study):
    first, second = watched(study, f"{TYPED}-0-63", f"{TYPED}-64-79")
    assert (first.runs, first.asked, first.failed, first.seconds) == (80, 160, 1, 10.0)
    assert (first.per_second, first.left_seconds) == (6.4, 80 / 6.4)
    assert (second.per_second, second.left_seconds) == (4.0, 16.0)


def test_nothing_made_has_no_rate(study):
    (told,) = watched(study, "inputs-0-63")
    assert (told.per_second, told.left_seconds, told.so_far) == (None, None, ())


def test_what_the_runs_say_so_far_has_its_interval(study):
    *_, told = watched(study, f"{QUANTITY}-0-63", f"{QUANTITY}-64-79", f"{TYPED}-0-63", f"{TYPED}-64-79")
    quantity, typed = told.so_far
    values = [outcome_of(QUANTITY, number).run.fulfilment for number in range(80)]
    expected = mean_t(values)
    assert quantity.policy == QUANTITY
    assert quantity.fulfilment.value == pytest.approx(expected.value)
    assert (quantity.fulfilment.low, quantity.fulfilment.high) == (
        pytest.approx(expected.low), pytest.approx(expected.high),
    )  # fmt: skip
    assert quantity.joint == wilson(0, 80)
    # with a failed run the chance is bounded, and the mean is told without an interval
    assert typed.joint == wilson(0, 79, 80)
    assert (typed.fulfilment.low, typed.fulfilment.kind) == (None, "none: runs failed")
    assert told.raw()["so_far"][1]["joint"]["n"] == 79
