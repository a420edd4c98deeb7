"""Home lines (R19 to R22): what a lot takes, when the line opens, what stops it."""

from __future__ import annotations

from sim.engine.entries import Deployed
from sim.engine.entries.home import Built, LotBuilt
from tests.stories.builder import buy, given, scheduled, told
from tests.stories.home_builder import home_offer, industry


def test_the_first_four_units_on_an_eighty_percent_curve() -> None:
    # 10 heads x 8 h make 80 h a day. Unit hours 100, 80, 70.21 (4,213 minutes), 64 (3,840 minutes).
    # The order is signed on day 0, so the first working day is day 1.
    # Unit 1: 100 h, day 1 80 h, day 2 20 h; 60 h of day 2 are left. Unit 2 starts on day 2 with these 60 h,
    # 20 h of day 3; 60 h = 3,600 min left. Unit 3: 4,213 - 3,600 = 613 min of day 4; 4,187 left.
    # Unit 4: 3,840 are covered by what day 4 has left: done the same day.
    line = {
        "first_minutes": given("minute", 6_000),
        "slope": given("factor", 8_000),
        "heads_at_start": 10,
        "most_heads": 10,
        "minutes_a_head_day": 480,
    }
    run = told(industry(offers=[home_offer(of=line)], policies=[scheduled(buy(0, 4, "home"))]))
    assert [entry.minutes for entry in run.of_kind(LotBuilt)] == [6_000, 4_800, 4_213, 3_840]
    assert run.days_of(Built) == [2, 3, 4, 4]
    assert run.days_of(Deployed) == [2, 3, 4, 4]
