"""Stories of government sales: request, offer, notification, and money paid in advance (R15, R12)."""

from __future__ import annotations

from dataclasses import replace

from sim.distributions import Discrete
from sim.engine.entries import (
    Awarded,
    Charged,
    Deployed,
    LeftOnTime,
    Obligated,
    Paid,
    Permitted,
    Reserved,
    Tendered,
)
from sim.scenario.resolved import DatedOrder, GovernmentSale, Luck, Offer, Payment
from tests.stories.builder import buy, dollar, given, line, luck, numbered, offer, scenario, scheduled, told
from tests.stories.ledger import assert_told, days_and_units

IN_ADVANCE = (Payment("signing", 4_000, 0), Payment("after_signing", 6_000, 120))


def sold(**changes: object) -> Offer:
    """A sale in dollars: request 30 days, offer 200, notification 25 from 10 dollars on; paid in advance."""
    sale = GovernmentSale(luck(30), luck(200), luck(25), 1_000)
    base = replace(
        offer(currency="USD", price=given("minor", 100), payments=IN_ADVANCE), channel="fms", government_sale=sale
    )
    return replace(base, **changes)


def test_a_sale_below_the_threshold_passes_request_and_offer_and_needs_no_permit() -> None:
    """Nine at a dollar: 30 + 200 days, signed, effective at once; promised 100 days later, 20 at sea."""
    run = told(
        scenario(
            offers=[sold(shipping=luck(20))],
            currencies=[dollar()],
            policies=[scheduled(buy(0, 9))],
            horizon="2026-12-31",
        )
    )
    assert_told(
        run,
        (Reserved, Tendered, Obligated, Awarded, Permitted, LeftOnTime, Deployed),
        Tendered(0, "maker#1", -1, "watch", "drone", 9),
        Reserved(0, "maker#1", "line", 2025, 900),
        Obligated(230, "maker#1", "line", 2025, 900),
        Awarded(230, "maker#1", -1, "watch", "drone", 9),
        Permitted(230, "maker#1", -1, "watch", "drone", 9),
        LeftOnTime(330, "maker#1", 0, "watch", "drone", 9),
        Deployed(350, "maker#1", 0, "watch", "drone", 9),
    )


def test_a_sale_that_reaches_the_threshold_waits_for_the_notification_too() -> None:
    """Ten at a dollar are 10 dollars, no less than the threshold: 30 + 200 + 25 days."""
    run = told(scenario(offers=[sold()], currencies=[dollar()], horizon="2026-12-31"))
    assert days_and_units(run, Awarded) == [(255, 10)]


def test_each_step_of_a_sale_has_its_own_luck() -> None:
    """The second order's request takes 50 days, its offer 300, its notification 40; the first is as promised."""
    run = told(
        scenario(
            offers=[sold()],
            currencies=[dollar()],
            lines=[line(years={2025: 10_000, 2026: 10_000})],
            policies=[scheduled(buy(0, 10), buy(0, 11))],
            horizon="2026-12-31",
        ),
        written={"request/maker": {1: 50}, "offer_letter/maker": {1: 300}, "notification/maker": {1: 40}},
    )
    # 50 + 300 + 40 = day 390, in FY2026: its money was set aside twice
    assert days_and_units(run, Awarded) == [(255, 10), (390, 11)]
    assert [(entry.day, entry.order) for entry in run.of_kind(Reserved)] == [
        (0, "maker#1"),
        (0, "maker#2"),
        (365, "maker#2"),
    ]


def test_a_sale_is_paid_in_advance_and_its_price_growth_comes_with_the_last_payment() -> None:
    """10 dollars signed on day 255: 400 yen at once; on day 375 600 and the growth of 5 % of all, 50."""
    run = told(
        scenario(
            offers=[sold(growth_after_signing=given("share", 500))],
            currencies=[dollar()],
            lines=[line(years={2025: 1_000, 2026: 1_000})],
            horizon="2026-12-31",
        )
    )
    assert_told(
        run,
        (Paid, Charged),
        Paid(255, "maker#1", "line", 2025, 400, 400),
        Paid(375, "maker#1", "line", 2025, 600, 650),
        # FY2025 is closed: this year's free authority bears it
        Charged(375, "maker#1", "line", 2026, 50),
    )
    # 255 + 100: nothing is due on delivery
    assert run.days_of(LeftOnTime) == [355]


def request_open_since(day: int, offer: Offer, as_of: int) -> object:
    """Ten requested on a day before ``as_of``, for 10 dollars, and still without an offer on that day."""
    order = DatedOrder(
        "asked", "maker", "watch", 10, given("minor", 1_000), "line", day, 100, "none", "history", (), day
    )
    world = scenario(
        offers=[offer],
        currencies=[dollar()],
        policies=[scheduled()],
        dated_orders=(order,),
        as_of=as_of,
        horizon="2026-12-31",
    )
    return numbered(world)


def test_a_sale_open_on_the_as_of_day_is_drawn_from_what_remains() -> None:
    """Asked for on day 10; on day 200, 190 days later, no offer has come: it takes more than 190 - 30 = 160 days."""
    sale = sold().government_sale
    assert sale is not None
    wide = replace(sale, offer=Luck("", "day", Discrete((100.0, 150.0, 180.0), (0.5, 0.3, 0.2))))
    run = told(request_open_since(10, sold(government_sale=wide), 200))
    # 100 and 150 are out: 10 + 30 + 180, and 25 for the notification
    assert days_and_units(run, Awarded) == [(245, 10)]


def test_a_request_that_leaves_no_room_for_an_open_offer_is_out() -> None:
    """190 days after the request, no offer takes more than 120: the request itself took more than 70."""
    sale = sold().government_sale
    assert sale is not None
    wide = replace(
        sale,
        request=Luck("", "day", Discrete((30.0, 90.0), (0.9, 0.1))),
        offer=luck(120),
        notification_minor_units=10**9,
    )
    run = told(request_open_since(10, sold(government_sale=wide), 200))
    # 10 + 90 + 120
    assert days_and_units(run, Awarded) == [(220, 10)]
