"""Titles are findings: worked out from the rows, so that other rows make other titles."""

from __future__ import annotations

import pytest

from sim.report.chart import Asked
from sim.report.figures import figure_names, figures
from sim.report.material import material_of
from tests.rooms.report.studies import ATTACK, QUANTITY, TYPED, WATCH, outcome_of, study_of
from tests.rooms.study.handmade import mission_row, tiny


def titles(material, name, policy=None, mission=None):
    return [chart.words.title for chart in figures()[name].charts(material, Asked(policy, mission))]


FIRST, BY_HAND = "“Quantity first”", "“Orders typed by hand”"
STORIES = (
    # 25 of 50 under quantity_first, 15 of 50 under typed; wide-area watch never
    ("chance", None, None, f"At most 1 of 2 missions is in time in at least half of the futures, under {FIRST}"),
    ("chance", TYPED, None, f"None of 2 missions is in time in half of the futures under {BY_HAND}"),
    ("chance", None, ATTACK, f"Small attack: at best half of the futures reach the target in time, under {FIRST}"),
    ("chance", TYPED, ATTACK, f"Small attack: 3 in 10 futures reach the target in time, under {BY_HAND}"),
    ("fan", None, ATTACK, "Small attack: half of the futures reach 1,760 units by 31 March 2028"),
    ("fan", TYPED, ATTACK, "Small attack: 3 in 10 futures reach 1,760 units by 31 March 2028"),
    ("fan", TYPED, WATCH, "Long-endurance wide-area watch: none of 50 futures reaches 12 aircraft by 31 March 2028"),
    # 25 of 50 have 1,760 under quantity_first: the middle one, the 25th from below, has 1,260
    ("fan", None, None,
     "When due, the middle future has its target in service in none of 2 missions; furthest behind is long-endurance"
     f" wide-area watch, 3 of 12, under {FIRST}"),
    # quantity_first has ordered 200 too many, and 12 for the watch; most are in acceptance in one mission and with
    # crews in the other, and the earlier place is named
    ("missing", None, None,
     "All missions that fall short have ordered their whole target on average; what is missing is most often in"
     f" acceptance under {FIRST}"),
    ("missing", TYPED, None,
     "1 of 2 missions that fall short has ordered its whole target on average; what is missing is most often in"
     f" production under {BY_HAND}"),
    ("missing", None, ATTACK,
     "Small attack: where it falls short, 500 units are missing on average; the most, 500, are waiting for crews,"
     f" under {FIRST}"),
    ("missing", TYPED, ATTACK,
     "Small attack: where it falls short, 760 units are missing on average; the most, 660, are in production, under"
     f" {BY_HAND}"),
    # under quantity_first numbers 0 to 4 of each ten reach it on day 1000 + number, before day 1095
    ("reached", None, None,
     "Under one policy or another, half of the futures reach 1 of 2 targets by the due day, and no more by 31 March"
     " 2029"),
    ("reached", TYPED, None,
     f"Under {BY_HAND}, half of the futures reach none of 2 targets by the due day, and no more by 31 March 2029"),
    # the 25th of 50 in order of the day is number 44, on day 1044
    ("reached", QUANTITY, ATTACK,
     f"Small attack: half of the futures have reached the target by 9 February 2028, 51 days early, under {FIRST}"),
    ("reached", TYPED, ATTACK,
     f"Small attack: fewer than half of the futures ever reach the target under {BY_HAND}"),
    # two lines: 3 × 100 bn each; 36 + 40 + 40 bn lapse
    ("spending", None, None,
     f"To FY2027, 39 % of what is appropriated lapses unspent under {FIRST}: ¥232.0 bn of ¥600.0 bn"),
    # the 40th of 400, 401, … 449 bn
    ("cost", None, None, f"8 in 10 futures cost no more than ¥439.0 bn under {FIRST}"),
    ("cost", TYPED, None, f"8 in 10 futures cost no more than ¥339.0 bn under {BY_HAND}"),
    # attack 0.5 + 0.5 · 1260/1760, or 0.3 + 0.7 · 1000/1760, by 15/27; watch 147/50/12 by 12/27
    ("scatter", None, None,
     f"{FIRST} brings 58.6 % of what is wanted for ¥424.0 bn; the cheapest, {BY_HAND}, 49.7 % for ¥324.0 bn"),
    ("scatter", TYPED, None, f"{BY_HAND} brings 49.7 % of what is wanted for ¥324.0 bn"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "policy", "mission", "title"), STORIES)
def test_a_title_is_what_the_rows_say(material, name, policy, mission, title):
    assert titles(material, name, policy, mission) == [title]


def test_a_mission_that_counts_one_thing_is_told_in_it(tmp_path):
    loaded = tiny("missions.small_attack.counted_as=set")
    found = material_of(study_of(tmp_path / "study", loaded=loaded, policies=(TYPED,)))
    assert titles(found, "fan", mission=ATTACK) == ["Small attack: 3 in 10 futures reach 1,760 sets by 31 March 2028"]


def test_a_target_that_differs_between_futures_is_not_told_as_a_number(tmp_path):
    def made(policy, number):
        made = outcome_of(policy, number)
        return type(made)(*(getattr(made, name) for name in ("policy_id", "parameter_number", "luck_number")),
                          (mission_row(ATTACK, 1000 + number, 1000), made.missions[1]),
                          made.money, made.monthly, made.spending, made.run)  # fmt: skip

    found = material_of(study_of(tmp_path / "study", policies=(TYPED,), made=made, runs=5))
    (chart,) = figures()["fan"].charts(found, Asked(None, ATTACK))
    assert chart.words.title == "Small attack: 1 of 5 futures reaches the target by 31 March 2028"
    assert "1,000 in service, of 1,002 (1,000–1,004) wanted" in chart.words.subtitle


def test_where_runs_failed_futures_are_counted_and_bounded(failing):
    # of typed 3 in 10 of 50 meet it: 15; numbers 11 and 20 of these failed, and number 45, which did not meet it
    (chart,) = figures()["fan"].charts(failing, Asked(TYPED, ATTACK))
    assert chart.words.title == "Small attack: 13 of 47 futures reach 1,760 units by 31 March 2028"
    assert "Wilson, failed runs as bounds. 47 of 50 futures, 3 failed; seed 1." in chart.words.caption


@pytest.mark.parametrize("name", figure_names())
def test_every_caption_says_how_many_futures_and_which(failing, name):
    for chart in figures()[name].charts(failing, Asked(TYPED, None)):
        assert chart.words.caption.endswith("47 of 50 futures, 3 failed; seed 1.")
    for chart in figures()[name].charts(failing, Asked(None, ATTACK)):
        several = " 47 to 50 of 50 futures a policy, the others failed; seed 1."
        assert chart.words.caption.endswith((" 50 of 50 futures; seed 1.", several))
        assert chart.words.caption.endswith(several) == (name in ("chance", "missing", "reached", "scatter"))


def test_an_interval_that_cannot_be_given_is_not_drawn_and_its_reason_is_told(tmp_path):
    found = material_of(study_of(tmp_path / "study", design="latin_hypercube", policies=(TYPED,)))
    (chance,) = figures()["chance"].charts(found, Asked())
    assert "none: 0 complete blocks of 64, 10 needed" in chance.words.caption
    assert "design latin hypercube" in chance.words.caption
    assert {row[3:5] for row in chance.numbers.rows} == {(None, None)}
