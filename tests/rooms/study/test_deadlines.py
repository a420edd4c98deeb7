"""Latest dates of orders and of courses, with the days worked out on paper."""

from __future__ import annotations

import pytest

from sim.distributions import Discrete
from sim.errors import TheirsError
from sim.scenario.resolved import Luck, SeatsLever, SubsidyLever
from sim.study.dates_asked import questions_of
from sim.study.deadlines import ROUND, Answered, dates_of, deadlines, grid_of, latest_day, most_cases
from sim.study.decisions import decisions_of
from sim.study.orders import ALONE, in_the_plan, of_orders, offers_asked
from sim.study.statistics import Interval
from sim.study.statistics.pairs import IDENTICAL
from sim.study.trial import Futures
from tests.stories.builder import buy, day, given, line, luck, mission, offer, ruled, scenario, scheduled
from tests.stories.forces import crew
from tests.stories.home_builder import home, home_offer, industry

DUE = day("2026-03-31")


def asked(world, questions, replications=2, **how):
    return deadlines(world, list(questions), Futures(replications, 1), **how)


def dates(found, confidence=0.8):
    """Decision -> the latest day."""
    rows = found.grids["dates"].records()
    return {row["decision"]: row["latest_day"] for row in rows if row["confidence"] == confidence}


def test_success_that_comes_back_does_not_move_the_latest_day():
    assert latest_day([0, 30, 60, 90], [0.9, 0.8, 0.7, 0.85], 0.8) == 30
    assert latest_day([0, 30], [0.7, 0.9], 0.8) is None


def test_a_latest_day_lies_between_those_of_the_lower_and_of_the_upper_limits():
    world = scenario()
    answered = Answered(next(of_orders(world, ("maker",), (10,))))
    for at, value, low, high in ((0, 0.9, 0.7, 0.97), (30, 0.85, 0.6, 0.95), (61, 0.6, 0.4, 0.8), (91, 0.5, 0.3, 0.7)):
        answered.chances[at] = Interval(value, low, high, 9, 9, 0.95, "wilson")
    assert dates_of(answered, 0.8) == (30, None, 61)
    assert dates_of(answered, 0.6) == (61, 30, 91)
    assert not answered.settled(0.7)
    assert answered.settled(0.71)


def test_the_grid_is_as_of_and_the_first_of_each_month_up_to_the_due_day():
    world = scenario(missions=[mission(due_day=day("2025-09-01"))], as_of=day("2025-05-20"))
    grid = grid_of(world, day("2025-09-01"), 1)
    assert [world.clock.calendar.iso(each) for each in grid] == [
        "2025-05-20", "2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01",
    ]  # fmt: skip
    assert grid_of(world, day("2025-09-01"), 2) == [day("2025-05-20"), day("2025-07-01"), day("2025-09-01")]


def test_an_order_alone_must_go_out_its_lead_and_its_tender_before_the_due_day():
    """Due on 31 March 2026, day 364: 60 days of tender and 100 of promise, so the order by day 204 and the signature
    by day 264. Of the months' firsts: 1 October is day 183 and 1 November day 214; 1 December is day 244. With the
    tender lifted an order of 1 December is signed on 2 December and there on day 345; one of 1 January, day 275, on day
    376. Money is no limit: the line has none.
    """
    tender = luck(60)
    world = scenario(
        missions=[mission(due_day=DUE)],
        offers=[offer(tender_first=tender, tender_later=tender)],
        lines=[line(years={2025: 0})],
    )
    found = asked(world, of_orders(world, ("maker",), (10,)))
    assert dates(found) == {"order": day("2025-10-01"), "signing": day("2025-12-01")}
    rows = found.grids["chances"].records()
    assert {row["value"] for row in rows if row["decision"] == "order" and row["day"] == day("2025-10-01")} == {1.0}
    assert {row["value"] for row in rows if row["decision"] == "order" and row["day"] == day("2025-11-01")} == {0.0}
    assert [row["value"] for row in rows if row["day"] is None] == [0.0, 0.0]  # never


def test_losses_of_others_and_of_its_own_do_not_make_an_order_late():
    world = scenario(missions=[mission(due_day=DUE, loss=given("share", 10_000), opening_stock=5)])
    assert dates(asked(world, of_orders(world, ("maker",), (10,)))) == {"order": day("2025-12-01")}


def test_a_promise_that_is_kept_in_three_of_four_futures_has_a_date_at_half_and_none_at_ninety_percent():
    """At sea 0 days with three chances in four, else 200: late whenever it is ordered after day 64."""
    sea = Luck("", "day", Discrete((0.0, 200.0), (0.75, 0.25)))
    world = scenario(missions=[mission(due_day=DUE)], offers=[offer(shipping=sea)], as_of=day("2025-07-01"))
    found = asked(world, of_orders(world, ("maker",), (10,)), replications=40)
    by_confidence = {row["confidence"]: row for row in found.grids["dates"].records()}
    assert by_confidence[0.5]["latest_day"] == day("2025-12-01")
    assert by_confidence[0.9]["latest_day"] is None
    assert by_confidence[0.5]["surely_day"] in (None, day("2025-12-01"))
    assert by_confidence[0.5]["at_most_day"] == day("2025-12-01")
    assert (by_confidence[0.5]["n"], by_confidence[0.5]["N"]) == (40, 40)
    assert "Bonferroni over 9" in by_confidence[0.5]["kind"]


def test_days_are_tried_no_further_than_a_chance_is_left():
    """All later days are lost: with 100 futures the upper limit of 0 of 100 lies below one half."""
    world = scenario(missions=[mission(due_day=DUE)], offers=[offer(promise_first_days=300)])
    found = asked(world, of_orders(world, ("maker",), (10,)), replications=100)
    tried = [row["day"] for row in found.grids["chances"].records() if row["day"] is not None]
    assert tried == [0, day("2025-05-01"), day("2025-06-01"), day("2025-07-01")]
    assert dates(found) == {"order": day("2025-06-01")}


def test_inside_the_plan_an_offer_is_barred_before_its_day():
    """A rule that buys what is missing: ordered on its first day, 100 days before the due day 364 at the latest."""
    world = scenario(missions=[mission(due_day=DUE)], policies=[ruled()])
    found = asked(world, in_the_plan(world, world.policies["ruled"], ("maker",)))
    assert dates(found) == {"start": day("2025-12-01")}


def course(on: int = 0, **people):
    """Ten wanted by day 364, ordered on day 0, held up by a permit of 900 days; course seats are doubled on a day."""
    return scenario(
        missions=[mission(due_day=DUE, crew=crew(**people))],
        offers=[offer(permit_first=luck(900))],
        policies=[scheduled(buy(0, 10), seats=(SeatsLever("watch", 10_000, on),))],
    )


def test_a_course_is_asked_for_its_latest_day_with_everything_else_out_of_the_way():
    """One person a unit, nobody at first, one seat a month from day 0 on; a class of a month's first takes 30 days.

    Classes of day 0 and of the firsts of May to March (day 334, out on day 364): twelve people, and no need of more.
    Of the school that opens on 1 September (day 153) seven classes are out in time: 1 September to 1 March. Three more
    people take three classes of two: those of January, February and March. Seats bought on 1 October (day 183) open on
    day 243 and fill the classes of December, January, February and March; bought on 1 November (day 214) they open on
    day 274 and fill January, February and March; bought on 1 December (day 244) they open on day 304: two classes.
    """
    ample = course(seats_per_month=1)
    (row,) = [
        row
        for row in asked(ample, decisions_of(ample, ample.policies["typed"], inside=False)).grids["dates"].records()
        if row["confidence"] == 0.8
    ]
    assert row["needless"] is True
    late = course(seats_per_month=1, opening_day=day("2025-09-01"))
    found = asked(late, decisions_of(late, late.policies["typed"], inside=False))
    assert dates(found) == {"seats": day("2025-11-01")}
    # with the permit as it is nothing is in time, whenever people are trained
    assert dates(asked(late, decisions_of(late, late.policies["typed"], inside=True))) == {"seats": None}


def test_a_subsidy_is_asked_for_its_latest_day():
    """The firm asks for ten and five are ordered; half of its capital is to be paid for that. From then on the line is
    prepared for 100 days and builds a unit a day: paid on 1 December (day 244) all five are there on day 349, paid on 1
    January (day 275) on day 380, after the due day 364.
    """
    line = {"plant": "new_plant", "preparation": luck(100), "commitment_units": 10, "capital_yen": given("yen", 40)}
    subsidy = SubsidyLever("home", 5_000, 0, "line")
    world = industry(
        offers=[home_offer(of=line)],
        missions=[mission(due_day=DUE, target=given("unit", 5))],
        policies=[scheduled(buy(0, 5, "home"), home=home(subsidies=(subsidy,)))],
    )
    found = asked(world, decisions_of(world, world.policies["typed"], inside=False))
    assert dates(found) == {"subsidies": day("2025-12-01")}
    assert found.grids["dates"].records()[0]["needless"] is False
    # alone, the firm's line is asked about with what it asks for
    (order, *_) = of_orders(world, ("home",), ())
    assert order.quantity == 10
    # one that runs asks for nothing
    running = industry(offers=[home_offer(of={**line, "preparation": None})])
    assert [each.quantity for each in of_orders(running, ("home",), ())] == [1]


def test_what_a_decision_brings_is_paired_by_future_and_exactly_nothing_where_no_ledger_changes():
    """With school from 1 September on, seats bought at once bring all ten people in time in every future, and without
    them seven are there: all 20 pairs differ. Seats of no share change no ledger.
    """
    late = course(seats_per_month=1, opening_day=day("2025-09-01"))
    (gain,) = asked(late, decisions_of(late, late.policies["typed"], inside=False), 20).grids["gains"].records()
    assert (gain["value"], gain["kind"]) == (1.0, "score interval for pairs (Tango)")
    assert (gain["n"], gain["high"]) == (20, 1.0) and gain["low"] > 0.6
    none = scenario(
        missions=[mission(due_day=DUE)], policies=[scheduled(buy(0, 10), seats=(SeatsLever("watch", 0, 0),))]
    )
    (nothing,) = asked(none, decisions_of(none, none.policies["typed"], inside=False)).grids["gains"].records()
    assert (nothing["low"], nothing["value"], nothing["high"]) == (0.0, 0.0, 0.0)
    assert nothing["kind"] == IDENTICAL


def test_what_cannot_be_asked_is_refused():
    world = scenario(offers=[offer(minimum_order=5)])
    with pytest.raises(TheirsError, match="no offer 'makre'"):
        offers_asked(world, ("makre",))
    with pytest.raises(TheirsError, match="at least its smallest order, 5"):
        list(of_orders(world, ("maker",), (4,)))
    with pytest.raises(TheirsError, match="no decision to ask about"):
        asked(world, ())
    assert {"money", "losses"} == ALONE


def kinds(world, policy=None, offers=(), wanted=(), **how):
    """What is asked about: (kind, subject)."""
    spec = None if policy is None else world.policies[policy]
    found = questions_of(world, spec, offers, (), wanted, inside=how.get("inside", False))
    return [(each.kind, each.subject) for each in found]


def factory():
    """A plan with an order on a home line, a subsidy of that line and a class of pilots; and one that only orders."""
    line = {"plant": "new_plant", "preparation": luck(100), "commitment_units": 10, "capital_yen": given("yen", 40)}
    levers = {
        "home": home(subsidies=(SubsidyLever("home", 5_000, 0, "line"),)),
        "seats": (SeatsLever("watch", 500, 0),),
    }
    return industry(
        offers=[home_offer(of=line)],
        missions=[mission(due_day=DUE, crew=crew(seats_per_month=1))],
        policies=[scheduled(buy(0, 5, "home"), **levers), scheduled(buy(0, 5, "home"), id="bare")],
    )


def test_a_planner_may_ask_for_one_kind_of_decision():
    world = factory()
    every = [("start", "home"), ("seats", "watch"), ("subsidies", "home")]
    assert kinds(world, "typed") == every
    assert kinds(world, "typed", wanted=("subsidies",)) == [("subsidies", "home")]
    assert kinds(world, "typed", wanted=("subsidies", "start")) == [("start", "home"), ("subsidies", "home")]
    assert kinds(world, "typed", offers=("home",)) == [("start", "home"), ("subsidies", "home")]
    bought = scenario(offers=[offer(tender_first=luck(60), tender_later=luck(60))])
    assert kinds(bought) == [("order", "maker"), ("signing", "maker")]
    assert kinds(bought, wanted=("signing",)) == [("signing", "maker")]


@pytest.mark.parametrize(
    ("policy", "wanted", "said"),
    [
        (
            "typed",
            "subsidy",
            "found 'subsidy'; .* Did you mean 'subsidies'\\? Known: order, signing, start, .* --policy",
        ),
        (None, "seats", "found seats and no policy; expected --policy NAME"),
        ("typed", "order", "found order and --policy beside it; .* Leave --policy out, or ask for start"),
        ("bare", "seats", "found no seats in 'bare', which has start. Policies that have it: typed."),
        ("typed", "tooling", "found no tooling in 'typed', which has start, seats, subsidies. Policies .* it: none."),
        (None, "signing", "found no signing; there is order."),
    ],
)
def test_a_kind_that_is_not_there_is_refused_with_what_is(policy, wanted, said):
    with pytest.raises(TheirsError, match=said):
        kinds(factory(), policy, wanted=(wanted,))


def test_what_is_told_before_is_the_most_that_is_tried(monkeypatch):
    """As of 1 April 2025 and due on 31 March 2026: twelve days of the grid in three rounds, never once in each."""
    world = scenario(missions=[mission(due_day=DUE)], offers=[offer(promise_first_days=0)])
    (order,) = of_orders(world, ("maker",), (10,))
    assert most_cases([order], world, 1) == 12 + 12 / ROUND
    tried = []
    run = Futures.run
    monkeypatch.setattr(Futures, "run", lambda self, cases, bar=None: tried.append(len(cases)) or run(self, cases, bar))
    asked(world, [order], confidences=[0.5])
    assert sum(tried) == 15


def test_a_finding_says_which_limits_held_for_each_kind():
    world = factory()
    found = asked(world, questions_of(world, world.policies["typed"], (), (), ("seats", "subsidies"), inside=False))
    assert found.about["limits"] == {"seats": ["crews"], "subsidies": ["ramp"]}
