"""Faults in the room of statistics and in what is built on it.

Each is one mistake a careful person could make, with the test that must turn red.

Why: a wrong interval looks like a right one, and nobody recomputes it.
"""

from __future__ import annotations

from typing import Final

from tests.broken.planter import Fault

ROOM: Final = "sim/study/statistics"
PAIRS: Final = "tests/rooms/study/test_statistics_pairs.py"
PARTS: Final = "tests/rooms/study/test_statistics_parts.py"
BOOK: Final = "tests/textbook/test_statistics.py"
COMPARE: Final = "tests/rooms/study/test_compare.py"

STATISTICS: Final = (
    Fault(
        "failed runs dropped from a difference",
        f"{ROOM}/pairs.py",
        "least = np.nan_to_num(first, nan=0.0) - np.nan_to_num(second, nan=1.0)",
        "least = np.nan_to_num(first - second, nan=0.0)",
        f"{PAIRS}::test_a_failed_run_counts_as_what_makes_each_bound_wider",
    ),
    Fault(
        "a failed run counted as a miss for both bounds",
        f"{ROOM}/pairs.py",
        "most = np.nan_to_num(first, nan=1.0) - np.nan_to_num(second, nan=0.0)\n    low = score",
        "most = np.nan_to_num(first, nan=0.0) - np.nan_to_num(second, nan=0.0)\n    low = score",
        f"{PAIRS}::test_a_failed_run_counts_as_what_makes_each_bound_wider",
    ),
    Fault(
        "the score's variance at the estimate instead of the supposed difference",
        f"{ROOM}/pairs.py",
        "variance = n * (2 * second_only + difference * (1 - difference))",
        "variance = wins + losses - (wins - losses) ** 2 / n + 1e-9",
        f"{BOOK}::test_tangos_interval_is_the_published_one",
    ),
    Fault(
        "equal success taken for equal ledgers",
        "sim/study/compare.py",
        "if tried.same_ledgers(p, how.reference)}",
        "if (tried.column(p, measure.id) == theirs).all()}",
        f"{COMPARE}::test_the_same_success_by_other_ledgers_is_no_difference_of_exactly_zero",
    ),
    Fault(
        "Holm's factor not falling",
        f"{ROOM}/family.py",
        "(len(p_values) - rank) * p_values[place]",
        "len(p_values) * p_values[place]",
        f"{BOOK}::test_holm_is_that_of_statsmodels",
    ),
    Fault(
        "a family's intervals each at the family's level",
        "sim/study/compare.py",
        "each = bonferroni(how.level, len(rivals))",
        "each = how.level",
        f"{COMPARE}::test_twenty_meet_the_target_wherever_ten_do_not",
    ),
    Fault(
        "the largest t without its sign taken off",
        f"{ROOM}/family.py",
        "ts = np.abs(means) / np.sqrt(variances / n)",
        "ts = means / np.sqrt(variances / n)",
        f"{PAIRS}::test_simultaneous_intervals_are_wider_than_one_and_no_wider_than_bonferroni_has_them",
    ),
    Fault(
        "a verdict that forgets that less is better",
        f"{ROOM}/verdict.py",
        "sign = 1 if more_is_better else -1",
        "sign = 1",
        f"{PAIRS}::test_of_a_cost_less_is_better",
    ),
    Fault(
        "inside the zone read from the estimate",
        f"{ROOM}/verdict.py",
        "if -zone <= low and high <= zone:",
        "if -zone <= value <= zone:",
        f"{COMPARE}::test_a_study_that_cannot_be_decided_ends_where_it_was_told_to_and_says_what_lacks",
    ),
    Fault(
        "looks that do not pay",
        "sim/study/decided.py",
        "replace(how, level=level_of_a_look(len(planned), how.level))",
        "how",
        f"{COMPARE}::test_a_study_grows_until_the_difference_is_clear_and_pays_for_its_looks",
    ),
    Fault(
        "narrow enough before 400 runs",
        f"{ROOM}/looks.py",
        "found.N >= LEAST_RUNS and own",
        "own",
        f"{PAIRS}::test_nothing_is_narrow_before_400_runs",
    ),
    Fault(
        "a sequence that bets more than its stake",
        f"{ROOM}/sequence.py",
        "np.exp(grown - largest).mean()",
        "np.exp(grown - largest).sum()",
        f"{BOOK}::test_a_sequence_costs_no_less_than_the_best_mixture",
    ),
    Fault(
        "the race's slack without its zone",
        f"{ROOM}/selection.py",
        "slack = np.maximum(0.0, self.zone / 2 * (self.reach() - observed))",
        "slack = np.maximum(0.0, 0 * (self.reach() - observed))",
        f"{PARTS}::test_who_falls_behind_is_dropped_and_the_rest_go_on",
    ),
    Fault(
        "the race's chance of error not shared out",
        f"{ROOM}/selection.py",
        "eta = ((2 * self.alpha / (size - 1))",
        "eta = ((2 * self.alpha)",
        f"{BOOK}::test_the_race_reaches_as_far_as_kim_and_nelson_have_it",
    ),
    Fault(
        "choosing and judging on the same futures",
        "sim/study/choose.py",
        "replace(futures, purpose=SEARCH, most_failures=0)",
        "replace(futures, most_failures=0)",
        f"{COMPARE}::test_searching_and_judging_share_no_future",
    ),
    Fault(
        "luck sold as knowledge",
        f"{ROOM}/components.py",
        "return between - luck / m, luck",
        "return between, luck",
        f"{PARTS}::test_a_spread_that_is_all_knowledge_and_one_that_is_all_luck",
    ),
    Fault(
        "pairs that share their luck",
        "sim/study/luck_split.py",
        "Point(number, LUCKS * number + luck)",
        "Point(number, number + luck)",
        "tests/rooms/study/test_split_and_plan.py::test_pairs_share_their_parameters_and_no_two_runs_their_luck",
    ),
    Fault(
        "the day reached among those who reach it",
        f"{ROOM}/reached.py",
        "wilson(by_then, n, asked, level)",
        "wilson(by_then, int((ordered <= last_day).sum()), None, level)",
        f"{PARTS}::test_every_run_is_in_the_denominator_of_the_day_reached",
    ),
    Fault(
        "a bound taken from the wrong end of its bin",
        f"{ROOM}/histogram.py",
        "None if high is None else high + self.width - 1",
        "high",
        f"{PARTS}::test_wider_bins_give_the_outer_edges",
    ),
    Fault(
        "a study grown by running its futures again",
        "sim/study/growing.py",
        "[Point(number, number) for number in range(first, replications)]",
        "[Point(number, number) for number in range(replications)]",
        f"{COMPARE}::test_no_run_is_made_twice_when_a_study_grows",
    ),
    Fault(
        "growing that stops at the first width it sees",
        "sim/study/until.py",
        "narrow_enough(widest.found, half_width) or replications >= most",
        "replications >= first_look(most)",
        "tests/rooms/study/test_until.py::test_it_grows_by_what_the_width_asks_for_up_to_twice",
    ),
)
