"""Rules of parts against values worked out on paper.

Why: two engines that share a rule cannot check it for each other.
"""

from __future__ import annotations

import pytest

from sim.rules import imports, parts


def test_parts_are_ordered_for_what_starts_inside_the_lead() -> None:
    plan = ((10, 4), (30, 5), (31, 7))
    # on day 0 with 30 days of lead: 4 + 5, plus 2 of safety, less 3 in stock and 1 on order
    assert parts.parts_to_order(plan, 0, 30, 2, 3, 1) == 7
    # a day later the third lot is inside too
    assert parts.parts_to_order(plan, 1, 30, 2, 3, 1) == 14
    # a lot that should have started still needs its parts
    assert parts.parts_to_order(plan, 11, 0, 0, 0, 0) == 4
    assert parts.parts_to_order((), 0, 30, 2, 0, 0) == 2
    # what is there already covers all
    assert parts.parts_to_order(plan, 0, 30, 2, 9, 2) == 0
    assert parts.parts_to_order(plan, 0, 30, 2, 100, 0) == 0
    for bad in ((-1, 0, 0, 0), (0, -1, 0, 0), (0, 0, -1, 0), (0, 0, 0, -1)):
        with pytest.raises(ValueError, match="zero or more of each"):
            parts.parts_to_order(plan, 0, *bad)
    with pytest.raises(ValueError, match="zero or more of each"):
        parts.parts_to_order(((99, -4),), 0, 0, 0, 0, 0)


def test_safety_stock_is_months_of_use() -> None:
    assert parts.safety_pieces(40, 10_000) == 40
    assert parts.safety_pieces(40, 5_000) == 20
    # 2.5 -> 3
    assert parts.safety_pieces(5, 5_000) == 3
    assert parts.safety_pieces(7, 20_000) == 14
    assert parts.safety_pieces(7, 0) == 0
    for bad in ((-1, 1), (1, -1)):
        with pytest.raises(ValueError, match="expected zero or more"):
            parts.safety_pieces(*bad)


def test_windows_that_overlap_let_through_the_product_of_their_shares() -> None:
    assert parts.window_flow(100, ()) == 100
    assert parts.window_flow(100, (2_000,)) == 20
    # 99 x 0.5 = 49.5 -> 49; x 0.2 = 9.9 -> 9, not 49 x 0.2 = 9.8; 7 x 0.5 x 0.9 = 3.15
    assert parts.window_flow(99, (5_000,)) == 49
    assert parts.window_flow(99, (5_000, 2_000)) == parts.window_flow(99, (2_000, 5_000)) == 9
    # cut once: 3 x 0.5 x 0.7 = 1.05 -> 1; cut twice it would be 1 x 0.7 -> 0
    assert parts.window_flow(3, (5_000, 7_000)) == 1
    assert parts.window_flow(100, (10_000, 0)) == 0
    assert parts.window_flow(0, (5_000,)) == 0
    for pieces, shares in ((-1, (1,)), (1, (-1,)), (1, (10_001,))):
        with pytest.raises(ValueError, match="shares of 0 to 10000"):
            parts.window_flow(pieces, shares)


def test_a_second_source_takes_its_share() -> None:
    assert parts.second_source_pieces(10, 3_000) == 3
    assert parts.second_source_pieces(5, 5_000) == 3
    assert parts.second_source_pieces(5, 0) == 0
    assert parts.second_source_pieces(5, 10_000) == 5
    for bad in ((-1, 0), (1, -1), (1, 10_001)):
        with pytest.raises(ValueError, match="a share of 0 to 10000"):
            parts.second_source_pieces(*bad)


def test_two_firms_share_a_source_at_its_capacity() -> None:
    # 600 pieces a month of 30 days, 20 a day. The first firm's 400 since day 0 leave on day 20; the second
    # firm's 200, ordered on day 5 and with a lead that ends on day 15, leave on day 30, ten days later
    first = imports.departure_day(400, 0, 15, (0,), (600,), 30)
    assert first == 20
    assert imports.departure_day(200, first, 15, (0,), (600,), 30) == 30
    # alone, the second firm has its pieces on the day its lead ends
    assert imports.departure_day(200, 5, 15, (0,), (600,), 30) == 15
