"""Requests from abroad for home products (R26): who asks, what is taken on, and what it does to the line.

Unless a story says otherwise a unit takes a day of one head, a lot is one unit, and exports may have half of the line.
"""

from __future__ import annotations

from typing import Any

from sim.engine import Run
from sim.engine.entries.home import ExportAsked, LotBuilt
from sim.scenario.resolved import ExportRequests, KnownRequest
from tests.stories.builder import buy, given, line, luck, scheduled, told
from tests.stories.forces import shock
from tests.stories.home_builder import family, home, home_offer, industry, kit, source
from tests.stories.home_ledger import made, money, stores


def known(*asked: tuple[int, int]) -> ExportRequests:
    """Requests on record: (day, units)."""
    return ExportRequests("allies", "home", None, None, tuple(KnownRequest(day, units) for day, units in asked))


def lucky(a_year: int, units: int = 3) -> ExportRequests:
    """So many requests in ten thousand years."""
    return ExportRequests("allies", "home", given("event", a_year), luck(units, "unit"), ())


def asked(
    *orders: Any, request: ExportRequests, share: int = 5_000, written: Any = None, of: Any = None, **changes: Any
) -> Run:
    """Typed home orders on a line of which exports may have a share."""
    policy = scheduled(*orders, home=home(export_share=share))
    world = {"offers": [home_offer(of=of)], "exports": [request], "policies": [policy], **changes}
    return told(industry(**world), written=written)


def by_user(run: Run) -> list[tuple[int, int, str]]:
    """(first day, last day, user) of each lot."""
    return [(entry.start_day, entry.day, entry.user) for entry in run.of_kind(LotBuilt)]


def test_exports_at_their_cap_wait_until_home_lots_have_made_room() -> None:
    # Four asked for on day 5. The line has made nothing: one may start. Then exports are all of its work, at their cap
    # of a half. Two home lots from day 20 on: a third, below: the second export on day 22; then two of four, at it.
    # One home lot on day 30: two of five: the third export on day 31; then three of six.
    # Twelve months later, at the review of 1 May 2026 (day 395), all but the export of day 31 are older than 365 days:
    # it is the whole. On 1 June (day 426) there is nothing: the fourth starts.
    run = asked(
        buy(20, 2, "home"),
        buy(30, 1, "home"),
        request=known((5, 4)),
        horizon="2026-06-30",
        lines=[line(years={2025: 9})],
    )
    assert list(run.of_kind(ExportAsked)) == [ExportAsked(5, "allies", "home", 4, 4)]
    assert by_user(run) == [
        (5, 6, "export"),
        (20, 21, "military"),
        (21, 22, "military"),
        (22, 23, "export"),
        (30, 31, "military"),
        (31, 32, "export"),
        (426, 427, "export"),
    ]
    # No budget money but that of the three home units.
    assert money(run) == [(20, "home#1", "line", 2), (30, "home#2", "line", 1)]


def test_an_export_starts_only_when_no_home_lot_can() -> None:
    # Both wait on day 5; exports may have all of the line. Home lots go first, then the exports.
    run = asked(buy(5, 2, "home"), request=known((5, 2)), share=10_000)
    assert by_user(run) == [(5, 6, "military"), (6, 7, "military"), (7, 8, "export"), (8, 9, "export")]


def test_an_export_may_start_while_the_next_home_lot_waits_for_parts_and_uses_parts_of_its_own() -> None:
    # Motors take ten days. On 1 May (day 30) the home lot and the export of two each order theirs, in stores apart; a
    # window strikes military users from day 35 to day 60. The export is made on day 40, the home lot on day 60.
    ban = shock("part_flow", 35, 0, "motor", end=60, users=("military",))
    run = asked(
        buy(20, 1, "home"),
        request=known((20, 2)),
        share=10_000,
        of={"kit": kit(("motor", 1))},
        families=[family()],
        sources=[source()],
        shocks=(ban,),
    )
    assert by_user(run) == [(40, 41, "export"), (41, 42, "export"), (60, 61, "military")]
    assert stores(run) == [
        (30, "PartsOrdered", "source", 1),
        (30, "PartsOrdered", "source", 2),
        (35, "PartsCurbed", "part_flow", 0),
        (40, "PartsCame", "source", 2),
        (40, "PartsUsed", "source", 1),
        (41, "PartsUsed", "source", 1),
        (60, "PartsFree", "part_flow", 0),
        (60, "PartsCame", "source", 1),
        (60, "PartsUsed", "source", 1),
    ]


def test_exports_bring_learning_forward() -> None:
    # 100 hours for unit 1 at 80 %; 80 hours a day at a yen each hour. An export first: the home unit is the second of
    # the curve, in its hours and in its price.
    learning = {
        "first_minutes": given("minute", 6_000),
        "slope": given("factor", 8_000),
        "minutes_a_head_day": 4_800,
        "labour_yen_hour": given("yen", 1),
        "overhead_yen": given("yen", 0),
    }
    with_export = asked(buy(20, 1, "home"), request=known((5, 1)), of=learning)
    assert made(with_export) == [(5, 7, 6_000), (20, 21, 4_800)]
    assert money(with_export) == [(20, "home#1", "line", 80)]
    without = asked(buy(20, 1, "home"), request=known((5, 1)), share=0, of=learning)
    assert made(without) == [(20, 22, 6_000)]
    assert money(without) == [(20, "home#1", "line", 100)]


def test_a_request_is_declined_where_exports_have_no_share_or_the_line_is_not_open() -> None:
    # Shut: the line takes 20 days to prepare and nobody has ordered. Ordered on day 3: taken on, made after it.
    declined = [ExportAsked(5, "allies", "home", 4, 0)]
    assert list(asked(request=known((5, 4)), share=0).of_kind(ExportAsked)) == declined
    shut = {"preparation": luck(20)}
    assert list(asked(request=known((5, 4)), of=shut).of_kind(ExportAsked)) == declined
    opening = asked(buy(3, 1, "home"), request=known((5, 1)), of=shut)
    assert list(opening.of_kind(ExportAsked)) == [ExportAsked(5, "allies", "home", 1, 1)]
    assert by_user(opening) == [(23, 24, "military"), (24, 25, "export")]


def test_a_request_by_luck_comes_within_its_month() -> None:
    # 1.2 requests a year: a month has one with chance 1 - e^-0.1 = 0.09516. May (month 1) draws 0.048, half of that:
    # day 30 + 15 = 45; for five.
    run = asked(
        request=lucky(12_000), written={"export/allies": {1: 0.048}, "export_units/allies": {1: 5}}, share=10_000
    )
    assert list(run.of_kind(ExportAsked)) == [ExportAsked(45, "allies", "home", 5, 5)]
    assert len(made(run)) == 5


def test_a_surge_multiplies_requests_while_it_lasts() -> None:
    # Twice as many from day 20 to day 70: a chance of 1 - e^-0.2 = 0.18127 in May (month 1, half of it: day 45) and
    # June (month 2); 0.1 is below it and above the 0.09516 of other months.
    surge = shock("export_requests", 20, 20_000, "home", end=70)
    draws = {"export/allies": {1: 0.0907, 2: 0.1, 3: 0.1}}
    with_surge = asked(request=lucky(12_000), shocks=(surge,), written=draws)
    assert with_surge.days_of(ExportAsked) == [45, 61 + 16]
    assert asked(request=lucky(12_000), written=draws).days_of(ExportAsked) == [30 + 29]


def test_a_request_before_policies_decide_or_in_a_month_cut_by_the_start_falls_on_its_day() -> None:
    # The run ends on 15 June (day 75); June's request falls on day 61 + 15 = 76: outside. A day more, and it is there.
    draws = {"export/allies": {2: 0.048}}
    assert asked(request=lucky(12_000), written=draws, horizon="2025-06-15").days_of(ExportAsked) == []
    assert asked(request=lucky(12_000), written=draws, horizon="2025-06-16").days_of(ExportAsked) == [76]
    # On the day on which policies begin to decide and before it nothing is asked by luck.
    assert asked(request=lucky(12_000), written=draws, as_of=76).days_of(ExportAsked) == []
    assert asked(request=lucky(12_000), written=draws, as_of=75).days_of(ExportAsked) == [76]
