"""Designs: each future's own uniforms, plain or in blocks of 64 that never move."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.future.design import BLOCK, Design, parameter_stream, strata_stream, within_stratum
from sim.streams import permutation, stream_hash, stream_name, uniform

PATHS = ("missions.watch.target", "offers.kite.price", "offers.kite.rate")


def address(name: str) -> int:
    return stream_hash(stream_name("judge", name))


def test_an_independent_design_is_each_inputs_own_draw():
    own = Design(7, "judge", PATHS, "independent").uniforms(812)
    assert own == [uniform(7, address(parameter_stream(path)), 812, 0) for path in PATHS]


@pytest.mark.parametrize("block", [0, 1, 12])
def test_in_each_block_of_64_each_input_visits_each_stratum_once(block):
    design = Design(7, "judge", PATHS, "latin_hypercube")
    points = [design.uniforms(block * BLOCK + place) for place in range(BLOCK)]
    visited = [sorted(int(u * BLOCK) for u in own) for own in zip(*points, strict=True)]
    assert visited == [list(range(BLOCK))] * len(PATHS)


def test_the_strata_are_the_keyed_permutations_of_the_streams():
    design = Design(7, "judge", PATHS, "latin_hypercube")
    visited = [[int(u * BLOCK) for u in design.uniforms(5 * BLOCK + place)] for place in range(BLOCK)]
    orders = [permutation(7, address(strata_stream(path)), 5, BLOCK) for path in PATHS]
    assert [tuple(own) for own in zip(*visited, strict=True)] == orders


def test_blocks_have_their_own_randomisation():
    design = Design(7, "judge", PATHS, "latin_hypercube")
    orders = {
        tuple(int(design.uniforms(block * BLOCK + place)[0] * BLOCK) for place in range(BLOCK)) for block in range(8)
    }
    assert len(orders) == 8


def test_inputs_do_not_share_their_order():
    design = Design(7, "judge", PATHS, "latin_hypercube")
    orders = zip(*([int(u * BLOCK) for u in design.uniforms(place)] for place in range(BLOCK)), strict=True)
    assert len(set(orders)) == len(PATHS)


def test_a_point_of_a_block_is_the_same_alone_and_out_of_order():
    alone = Design(7, "judge", PATHS, "latin_hypercube").uniforms(200)
    design = Design(7, "judge", PATHS, "latin_hypercube")
    forth = [design.uniforms(number) for number in range(256)]
    back = [design.uniforms(number) for number in reversed(range(256))]
    assert forth[200] == alone
    assert forth == back[::-1]


@pytest.mark.parametrize("kind", ["independent", "latin_hypercube"])
def test_an_input_more_moves_no_other(kind):
    with_one_more = Design(7, "judge", ("a.new", *PATHS), kind)
    design = Design(7, "judge", PATHS, kind)
    for number in (0, 63, 64, 500):
        assert with_one_more.uniforms(number)[1:] == design.uniforms(number)


@given(stratum=st.integers(0, BLOCK - 1), k=st.integers(0, 2**52 - 1))
def test_a_stratum_keeps_its_uniforms_inside_and_on_the_grid(stratum, k):
    u = within_stratum(stratum, (k + 0.5) * 2.0**-52)
    assert stratum / BLOCK < u < (stratum + 1) / BLOCK
    assert (u * 2.0**53) % 2 == 1


def test_a_better_draw_stays_better_within_its_stratum():
    inside = [within_stratum(10, u) for u in (0.001, 0.4, 0.6, 0.999)]
    assert inside == sorted(inside)
    assert len(set(inside)) == 4
