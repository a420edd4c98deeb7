"""Stories of imports: tender, permit, slip, works, sea and acceptance, each checkable on paper."""

from __future__ import annotations

from math import log

from sim.engine.entries import Deployed, LeftOnTime, LeftWorks
from sim.scenario.resolved import SlipClass
from tests.stories.builder import buy, given, luck, mission, offer, scenario, scheduled, told


def test_twenty_four_aircraft_in_lots_of_six_arrive_as_the_works_make_them():
    """24 ordered on day 0, first lot promised in 300 days, slip 1.5, 6 every 90 days, 30 at sea, 20 to accept."""
    run = told(
        scenario(
            missions=[mission(target=given("unit", 24), acceptance=luck(20))],
            offers=[
                offer(
                    lot=6,
                    first_lot=6,
                    promise_first_days=300,
                    slip_class="late",
                    rate=given("rate", 6),
                    rate_period_days=90,
                    shipping=luck(30),
                )
            ],
            slips=[SlipClass("late", log(1.5), 0.0, given("share", 5_000))],
            policies=[scheduled(buy(0, 24))],
        )
    )
    # 300 x 1.5 = 450: lot 1 leaves on 450; then 6 units take 90 days: 540, 630, 720; 30 at sea + 20 to accept.
    left = [entry.day for entry in run.entries if isinstance(entry, LeftOnTime | LeftWorks)]
    assert left == [450, 540, 630, 720]
    assert [(entry.day, entry.units) for entry in run.of_kind(Deployed)] == [(500, 6), (590, 6), (680, 6), (770, 6)]
