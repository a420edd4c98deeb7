"""Rules of service against values worked out on paper.

Why: two engines that share a rule cannot check it for each other.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.rules import service


def test_people_come_in_whole_blocks() -> None:
    # 9 aircraft in systems of 4: three systems of 12 people
    assert service.people_needed(9, 4, 12) == 36
    assert service.people_needed(8, 4, 12) == 24
    assert service.people_needed(0, 4, 12) == 0


def test_twelve_units_and_ten_crews_make_ten() -> None:
    assert service.units_crewable(10, 1, 1) == 10
    # 35 people make two whole systems of four; the 36th makes the third
    assert service.units_crewable(35, 4, 12) == 8
    assert service.units_crewable(36, 4, 12) == 12


def test_units_crewable_is_the_most_that_the_people_serve() -> None:
    for people in range(40):
        most = service.units_crewable(people, 3, 5)
        assert service.people_needed(most, 3, 5) <= people < service.people_needed(most + 1, 3, 5)


@pytest.mark.parametrize("bad", [(-1, 4, 12), (1, 0, 12), (1, 4, -1)])
def test_people_for_no_sensible_block_are_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="people for"):
        service.people_needed(*bad)


@pytest.mark.parametrize("bad", [(-1, 4, 12), (1, 0, 12), (1, 4, 0)])
def test_units_of_no_sensible_block_are_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="a block with units and people"):
        service.units_crewable(*bad)


def test_a_class_starts_with_whole_people_and_carries_the_rest() -> None:
    # 10 seats filled to 85.5 %: 8.55 people, 8 start, 0.55 wait; next month 8.55 + 0.55 = 9.1, 9 start
    assert service.class_size(10, 0, 8_550, 0) == (8, 5_500)
    assert service.class_size(10, 0, 8_550, 5_500) == (9, 1_000)
    # 10 seats and 5 bought at 90 %: 13.5
    assert service.class_size(10, 5, 9_000, 0) == (13, 5_000)
    with pytest.raises(ValueError, match="zero or more of each"):
        service.class_size(10, -1, 9_000, 0)


def test_no_person_is_lost_over_the_months() -> None:
    carried, started = 0, 0
    for _ in range(200):
        people, carried = service.class_size(7, 0, 8_550, carried)
        started += people
    # 200 x 7 x 0.855 = 1,197 exactly
    assert (started, carried) == (1_197, 0)


def test_twelve_monthly_chances_make_the_yearly_one() -> None:
    # 1 - 0.9^(1/12): ln 0.9 = -0.10536052, /12 = -0.00878004, exp = 0.99125839
    assert service.monthly_chance(1_000) == pytest.approx(0.00874161, abs=1e-8)
    # 1 - 0.5^(1/12) = 1 - 0.94387431
    assert service.monthly_chance(5_000) == pytest.approx(0.05612569, abs=1e-8)
    for yearly_bp in (0, 37, 1_000, 9_999, 10_000):
        kept = (1 - service.monthly_chance(yearly_bp)) ** 12
        assert kept == pytest.approx(1 - yearly_bp / 10_000, abs=1e-12)
    assert service.monthly_chance(0) == 0.0
    assert service.monthly_chance(10_000) == 1.0
    for bad in (-1, 10_001):
        with pytest.raises(ValueError, match="expected 0 to 10000"):
            service.monthly_chance(bad)


def test_a_higher_yearly_chance_is_a_higher_monthly_one() -> None:
    chances = [service.monthly_chance(bp) for bp in range(0, 10_001, 100)]
    assert all(low < high for low, high in pairwise(chances))


def test_a_product_is_approved_on_the_later_of_paper_and_trial_plus_the_block() -> None:
    assert service.approval_day(200, 260, 0) == 260
    assert service.approval_day(200, 120, 365) == 565
    with pytest.raises(ValueError, match="a block of -1 days"):
        service.approval_day(1, 2, -1)
