"""Every procedure keeps its promise, as far as a few dozen plays can tell; ``make coverage`` plays 2,000 of each."""

from __future__ import annotations

import pytest

from tests.coverage.claims import CLAIMS, CONTRASTS, Claim


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_an_interval_covers_as_often_as_it_says(claim):
    low, high = claim.bounds(claim.plays)
    assert low <= claim.kept(claim.plays) <= high


def test_a_procedure_that_covers_too_little_is_found_out():
    peeking = next(claim for claim in CONTRASTS if "plain intervals" in claim.name)
    assert peeking.kept(100) < peeking.bounds(100)[0]


def test_no_two_claims_share_their_luck():
    names = [claim.name for claim in (*CLAIMS, *CONTRASTS)]
    assert len(set(names)) == len(names)


def test_the_bounds_are_those_of_the_binomial():
    # P(B(2000, 0.95) < 1867) = 0.0004 and P(B(2000, 0.95) > 1931) = 0.0004
    claim = Claim("", "about", 0.95, 2000, lambda rng: True)
    assert claim.bounds(2000) == (1867, 1931)
    assert claim._replace(promise="at least").bounds(2000) == (1867, 2000)
