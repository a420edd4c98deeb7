"""What each procedure of the statistics room promises, as an experiment that can be repeated.

A claim plays one study whose truth is known and says whether the promise was kept. The suite plays each some dozens
of times, ``make coverage`` 2,000 times; how often is judged by the binomial distribution.

Why: an interval that covers less than it says looks like any other interval.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import ndtri
from scipy.stats import binom

from sim.streams import Generator, generator
from sim.study.statistics import LEVEL, Interval, by_blocks, mean_of, mean_t, quantile, wilson
from sim.study.statistics.components import components
from sim.study.statistics.family import bonferroni, holm, simultaneous
from sim.study.statistics.from_zero import means_from_zero
from sim.study.statistics.looks import first_look, level_of_a_look, narrow_enough, next_look, planned_looks
from sim.study.statistics.pairs import blocked_difference, chance_difference, chance_p, mean_difference
from sim.study.statistics.reached import band_half_width, reached_by
from sim.study.statistics.saving import saving
from sim.study.statistics.selection import FIRST_STAGE, MACRO_RUNS, Race
from sim.study.statistics.sequence import sequence_limits

Promise = Literal["about", "at least"]


class Claim(NamedTuple):
    """A promise, and one experiment that it must survive."""

    name: str
    promise: Promise
    level: float
    plays: int
    """In the suite; ``make coverage`` plays 2,000."""
    once: Callable[[Generator], bool]

    def kept(self, plays: int) -> int:
        """How many plays of so many kept the promise; the same every time."""
        rng = generator(1, "coverage", self.name)
        return sum(self.once(rng) for _ in range(plays))

    def bounds(self, plays: int) -> tuple[int, int]:
        """Fewer or more than these would happen once in a thousand to a procedure that keeps its level."""
        low = int(binom.ppf(0.0005, plays, self.level))
        return low, plays if self.promise == "at least" else int(binom.ppf(0.9995, plays, self.level))


def covers(found: Interval, truth: float) -> bool:
    assert found.low is not None, found.kind
    assert found.high is not None, found.kind
    return found.low <= truth <= found.high


# --- one policy


def chance(p: float, n: int) -> Callable[[Generator], bool]:
    return lambda rng: covers(wilson(int(rng.binomial(n, p)), n), p)


def chance_with_failures(rng: Generator) -> bool:
    """One run in twenty fails, and only runs that would have succeeded do."""
    met = rng.random(300) < 0.6
    failed = met & (rng.random(300) < 0.05 / 0.6)
    return covers(wilson(int((met & ~failed).sum()), int((~failed).sum()), 300), 0.6)


def mean_share(rng: Generator) -> bool:
    """A weighted fulfilment: mean of beta(4, 1.5), thirty futures."""
    return covers(mean_t(rng.beta(4, 1.5, 30).tolist()), 4 / 5.5)


def skewed_mean(n: int, *, by_t: bool = False) -> Callable[[Generator], bool]:
    """The mean of an exponential cost."""

    def once(rng: Generator) -> bool:
        values = rng.exponential(1.0, n).tolist()
        return covers(mean_t(values) if by_t else mean_of(values, rng), 1.0)

    return once


def log_normal_mean(n: int, *, by_t: bool = False) -> Callable[[Generator], bool]:
    """The mean of a cost with a heavy tail."""

    def once(rng: Generator) -> bool:
        values = rng.lognormal(0.0, 1.0, n).tolist()
        return covers(mean_t(values) if by_t else mean_of(values, rng), float(np.exp(0.5)))

    return once


def counts_mean(rng: Generator) -> bool:
    """A supplier's late units, none in nine of ten runs: mean 0.1 · 20."""
    late = (rng.random(300) < 0.1) * rng.integers(1, 40, 300).astype(float)
    return covers(means_from_zero([late], rng)[0], 2.0)


def ninth_tenth(rng: Generator) -> bool:
    return covers(quantile(rng.exponential(1.0, 200).tolist(), 0.9), float(np.log(10)))


def censored_median(rng: Generator) -> bool:
    """Days reached, watched to day 800 only; three in ten are not there by then."""
    days = np.minimum(rng.exponential(664.4, 200), 801.0)
    return covers(quantile(days.tolist(), 0.5), 664.4 * float(np.log(2)))


def curve_on_a_day(rng: Generator) -> bool:
    days = rng.exponential(664.4, 200)
    return covers(reached_by(days.tolist(), [365], 800)[0].share, float(1 - np.exp(-365 / 664.4)))


def curve_as_a_whole(rng: Generator) -> bool:
    reached = np.sort(1 - np.exp(-rng.exponential(1.0, 200)))  # the truth at each day reached
    steps = np.arange(201) / 200
    farthest = max(np.abs(steps[1:] - reached).max(), np.abs(steps[:-1] - reached).max())
    return bool(farthest <= band_half_width(200))


# --- stratified blocks


def latin_hypercube(rng: Generator, blocks: int, inputs: int) -> np.ndarray:
    """Shape (64·blocks, inputs)."""
    order = rng.permuted(np.tile(np.arange(64.0)[:, np.newaxis], (blocks, 1, inputs)), axis=1)
    return ((order + rng.random(order.shape)) / 64).reshape(-1, inputs)


def _met_under_blocks(rng: Generator) -> np.ndarray:
    """Six inputs that add up, and some luck: success in half of the futures."""
    points = latin_hypercube(rng, 10, 6)
    return (points.sum(axis=1) + rng.normal(0, 0.3, len(points)) < 3.0).astype(float)


def mean_by_blocks(rng: Generator) -> bool:
    met = _met_under_blocks(rng)
    return covers(by_blocks(dict(enumerate(met.tolist())), len(met)), 0.5)


def difference_by_blocks(rng: Generator) -> bool:
    points = latin_hypercube(rng, 12, 4)
    total = points.sum(axis=1) + rng.normal(0, 0.3, len(points))
    return covers(blocked_difference(total, total * 0.5 + points[:, 0]), 0.5)


# --- stopping


def stopped_when_narrow(rng: Generator) -> bool:
    """Grown until the half-width is 0.04, then quoted."""
    met = rng.random(4096) < 0.3
    n = first_look(4096)
    while True:
        found = wilson(int(met[:n].sum()), n)
        if narrow_enough(found, 0.04) or n == 4096:
            return covers(found, 0.3)
        n = next_look(found, 0.04, 4096)


def equal_pairs(rng: Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Two equal policies on common futures: one differs from the other in a fifth of them."""
    common = rng.random(n) < 0.8
    first, second = rng.random((2, n)) < 0.4
    return first.astype(float), np.where(common, first, second).astype(float)


def never_called_different(looks: list[int], level: float) -> Callable[[Generator], bool]:
    def once(rng: Generator) -> bool:
        first, second = equal_pairs(rng, looks[-1])
        return all(covers(chance_difference(first[:n], second[:n], level), 0.0) for n in looks)

    return once


SIX = planned_looks(4096)
MANY = [round(64 * 1.3**place) for place in range(17)]  # 64 to 4,259


def never_left_the_sequence(rng: Generator) -> bool:
    first, second = equal_pairs(rng, MANY[-1])
    differences = first - second
    for n in MANY:
        values, counts = np.unique(differences[:n], return_counts=True)
        low, high = sequence_limits(values, counts.astype(float), (-1, 1), LEVEL)
        if not low <= 0 <= high:
            return False
    return True


# --- pairs and families


def pair(n: int, only_first: float, only_second: float) -> Callable[[Generator], bool]:
    def once(rng: Generator) -> bool:
        u = rng.random(n)
        first = (u < 0.5) | (u < 0.5 + only_first)
        second = (u < 0.5) | (u > 1 - only_second)
        return covers(chance_difference(first.astype(float), second.astype(float)), only_first - only_second)

    return once


def pair_with_failures(rng: Generator) -> bool:
    """One run in thirty of the first policy fails, and only where it would have succeeded."""
    u = rng.random(300)
    first, second = (u < 0.6).astype(float), ((u < 0.5) | (u > 0.95)).astype(float)
    first[(first == 1) & (rng.random(300) < 0.05)] = np.nan
    return covers(chance_difference(first, second), 0.05)


def pair_of_means(rng: Generator) -> bool:
    common = rng.gamma(2.0, 1.0, 100)
    return covers(mean_difference(common + rng.normal(0, 1, 100), 0.5 * common + rng.normal(0, 1, 100), rng), 1.0)


def skewed_rivals(rng: Generator, n: int) -> np.ndarray:
    """Four rivals' differences from the reference, correlated by it, with means 0, 0.1, 0.2, 0.3."""
    reference = rng.gamma(2.0, 0.5, (n, 1))
    return rng.gamma(2.0, 0.5, (n, 4)) * 0.5 + np.arange(4) * 0.1 + 0.5 - reference


def family_of_means(rng: Generator) -> bool:
    found = simultaneous(skewed_rivals(rng, 200), rng)
    return all(covers(each, place * 0.1) for place, each in enumerate(found))


def family_of_chances(rng: Generator) -> bool:
    shared = rng.normal(size=(200, 1))
    met = (shared + rng.normal(size=(200, 5)) < 0).astype(float)
    each = bonferroni(LEVEL, 4)
    return all(covers(chance_difference(met[:, 1 + place], met[:, 0], each), 0.0) for place in range(4))


def no_equal_policy_called_different(rng: Generator) -> bool:
    shared = rng.normal(size=(200, 1))
    met = (shared + rng.normal(size=(200, 5)) < 0).astype(float)
    return min(holm([chance_p(met[:, 1 + place], met[:, 0]) for place in range(4)])) > 0.05


# --- choosing, saving, splitting


def chosen(equal_rivals: bool) -> Callable[[Generator], bool]:
    """Five policies that succeed in 50 of 100 futures, the best in 54; a difference of 4 in 100 matters."""
    chances = np.array([0.54, 0.5, 0.5, 0.5, 0.5] if equal_rivals else [0.54, 0.5, 0.45, 0.4, 0.3])
    return lambda rng: _race(rng, chances, 0.04) == 0


def _race(rng: Generator, chances: np.ndarray, zone: float) -> int:
    def observed(macros: int) -> np.ndarray:
        runs = (macros, MACRO_RUNS, 1)
        scores = (rng.normal(size=runs) + rng.normal(size=(macros, MACRO_RUNS, len(chances)))) / np.sqrt(2)
        return (scores < ndtri(chances)).mean(axis=1)

    first = observed(FIRST_STAGE)
    race = Race(first, zone, 0.05)
    more = observed(race.most() - FIRST_STAGE)
    sums, alive, n = first.sum(axis=0), np.ones(len(chances), bool), FIRST_STAGE
    alive = race.survivors(sums, n, alive)
    while alive.sum() > 1:
        sums = sums + more[n - FIRST_STAGE]
        n += 1
        alive = race.survivors(sums, n, alive)
    return int(np.flatnonzero(alive)[0])


def correlation_of_means(rng: Generator) -> bool:
    x, y = rng.multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]], 200).T
    return covers(saving(x, y, rng).correlation, 0.7)


def ratio_of_chances(rng: Generator) -> bool:
    """Success with normal scores correlated by a half: the correlation of the successes is a third."""
    shared = rng.normal(size=300)
    x, y = (shared + rng.normal(size=(2, 300)) < 0).astype(float)
    return covers(saving(x, y, rng).variance_ratio, 2 / 3)


def groups(rng: Generator, of_knowledge: float, number: int = 128) -> np.ndarray:
    known = rng.normal(0, np.sqrt(of_knowledge), (number, 1))
    return known + rng.normal(0, np.sqrt(1 - of_knowledge), (number, 2))


def share_of_knowledge(truth: float) -> Callable[[Generator], bool]:
    return lambda rng: covers(components(groups(rng, truth), rng).share, truth)


def knowledge_of_a_chance(rng: Generator) -> bool:
    """Success whose score is half knowledge: a third of its variance is knowledge, 1/12 of ¼."""
    met = (groups(rng, 0.5, 200) < 0).astype(float)
    return covers(components(met, rng).knowledge, 0.25 / 3)


# --- what the procedures are there to avoid


def pooled_blocks(rng: Generator) -> bool:
    met = _met_under_blocks(rng)
    return covers(wilson(int(met.sum()), len(met)), 0.5)


CLAIMS = (
    Claim("chance ½, 300 runs (Wilson)", "about", LEVEL, 2000, chance(0.5, 300)),
    Claim("chance 0.97, 300 runs (Wilson)", "about", LEVEL, 2000, chance(0.97, 300)),
    Claim("chance, successes fail (Wilson, bounds)", "at least", LEVEL, 1000, chance_with_failures),
    Claim("mean of a share, 30 runs (t)", "about", LEVEL, 1000, mean_share),
    Claim("skewed mean, 60 runs (BCa by rule)", "about", 0.94, 40, skewed_mean(60)),
    Claim("counts, 9 in 10 none, 300 runs (t or BCa)", "about", LEVEL, 40, counts_mean),
    Claim("P90, 200 runs (order statistics)", "at least", LEVEL, 1000, ninth_tenth),
    Claim("median day, 3 in 10 censored", "at least", LEVEL, 1000, censored_median),
    Claim("share reached by a day, 200 runs", "about", LEVEL, 1000, curve_on_a_day),
    Claim("whole curve of days (band)", "at least", LEVEL, 1000, curve_as_a_whole),
    Claim("chance, 10 blocks of 64", "about", LEVEL, 500, mean_by_blocks),
    Claim("difference, 12 blocks of 64", "about", LEVEL, 500, difference_by_blocks),
    Claim("chance, stopped when narrow", "about", LEVEL, 1000, stopped_when_narrow),
    Claim("equal policies, six planned looks", "at least", LEVEL, 150, never_called_different(SIX, level_of_a_look(6))),
    Claim("equal policies, 17 looks at a sequence", "at least", LEVEL, 12, never_left_the_sequence),
    Claim("difference of chances, 300 pairs (Tango)", "about", LEVEL, 400, pair(300, 0.08, 0.03)),
    Claim("difference of chances, 30 pairs (Tango)", "about", LEVEL, 400, pair(30, 0.1, 0.1)),
    Claim("difference, runs failed (Tango, bounds)", "at least", LEVEL, 400, pair_with_failures),
    Claim("difference of means, 100 pairs (t)", "about", LEVEL, 1000, pair_of_means),
    Claim("four skewed differences at once (max-t)", "about", LEVEL, 25, family_of_means),
    Claim("four chances at once (Bonferroni)", "at least", LEVEL, 150, family_of_chances),
    Claim("four p-values at once (Holm)", "at least", LEVEL, 500, no_equal_policy_called_different),
    Claim("choice of 5, rivals equal (KN)", "at least", LEVEL, 60, chosen(equal_rivals=True)),
    Claim("choice of 5, rivals spread (KN)", "at least", LEVEL, 60, chosen(equal_rivals=False)),
    Claim("correlation, 200 pairs (BCa)", "about", LEVEL, 15, correlation_of_means),
    Claim("variance ratio of chances, 300 pairs (BCa)", "about", LEVEL, 15, ratio_of_chances),
    Claim("knowledge 0.2 of 1, 128 groups (BCa)", "about", LEVEL, 25, share_of_knowledge(0.2)),
    Claim("knowledge 0 of 1, 128 groups (BCa)", "about", LEVEL, 25, share_of_knowledge(0.0)),
    Claim("knowledge of a chance, 200 groups (BCa)", "about", LEVEL, 15, knowledge_of_a_chance),
)

CONTRASTS = (
    Claim("chance ½, 10 blocks of 64, pooled (Wilson)", "about", LEVEL, 0, pooled_blocks),
    Claim("equal policies, 17 looks at plain intervals", "about", LEVEL, 0, never_called_different(MANY, LEVEL)),
    Claim("skewed mean, 60 runs (t)", "about", LEVEL, 0, skewed_mean(60, by_t=True)),
    Claim("heavy-tailed mean, 60 runs (BCa)", "about", LEVEL, 0, log_normal_mean(60)),
    Claim("heavy-tailed mean, 60 runs (t)", "about", LEVEL, 0, log_normal_mean(60, by_t=True)),
)
"""What the procedures are there to avoid, and where even they fall short; told, not tested."""
