"""Draws by address: the same bits one by one and all at once, and nothing but the address decides."""

from __future__ import annotations

from hashlib import sha256
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import streams
from sim.streams import check_distinct, generator, permutation, stream_hash, stream_name, uniform, uniforms

SLIP = stream_hash(stream_name("judge", "slip/tb2"))
word_32 = st.integers(0, 2**32 - 1)
word_64 = st.integers(0, 2**64 - 1)


@given(seed=word_64, hashed=word_64, number=word_32, index=word_32)
def test_one_by_one_and_all_at_once_give_the_same_bits(seed, hashed, number, index):
    together = uniforms(
        seed, np.array([hashed], np.uint64), np.array([number], np.uint32), np.array([index], np.uint32)
    )
    alone = uniform(seed, hashed, number, index)
    assert together.tolist() == [alone]
    assert 0.0 < alone < 1.0
    # k + 1/2 with a whole k: an odd multiple of 2**-53
    assert (alone * 2.0**53) % 2 == 1


def test_many_streams_numbers_and_indices_go_in_one_call():
    hashes = np.array([stream_hash(f"s{i}") for i in range(50)], np.uint64)
    numbers = np.arange(50, dtype=np.uint32) * 7
    indices = np.arange(50, dtype=np.uint32)[::-1]
    alone = [uniform(11, int(h), int(n), int(i)) for h, n, i in zip(hashes, numbers, indices, strict=True)]
    assert uniforms(11, hashes, numbers, indices).tolist() == alone


def test_one_number_serves_all_and_the_arguments_stay_as_they_were():
    hashes = np.full((3, 4), SLIP, np.uint64)
    indices = np.arange(12, dtype=np.uint32).reshape(3, 4)
    draws = uniforms(11, hashes, 5, indices)
    assert draws.shape == (3, 4)
    assert draws.ravel().tolist() == [uniform(11, SLIP, 5, index) for index in range(12)]
    assert (hashes == SLIP).all()
    assert indices.ravel().tolist() == list(range(12))
    assert uniforms(11, SLIP, 5, 3).tolist() == [uniform(11, SLIP, 5, 3)]


def test_a_draw_does_not_depend_on_what_else_is_drawn():
    few, many = np.arange(10, dtype=np.uint32), np.arange(1000, dtype=np.uint32)
    assert uniforms(3, SLIP, 8, few).tolist() == uniforms(3, SLIP, 8, many)[:10].tolist()
    assert uniforms(3, SLIP, 8, many[::-1]).tolist() == uniforms(3, SLIP, 8, many)[::-1].tolist()


def test_every_part_of_the_address_matters():
    base = (2**40 + 3, SLIP, 812, 4)
    others = [
        (2**40 + 4, *base[1:]),
        (2**41 + 3, *base[1:]),
        (base[0], SLIP ^ 1, *base[2:]),
        (base[0], SLIP ^ (1 << 63), *base[2:]),
        (base[0], SLIP, 813, 4),
        (base[0], SLIP, 812, 5),
        (base[0], SLIP, 4, 812),
    ]
    draws = {uniform(*address) for address in (base, *others)}
    assert len(draws) == 8


def test_the_purpose_is_part_of_the_stream():
    assert stream_name("search", "slip/tb2") != stream_name("judge", "slip/tb2")
    assert stream_hash(stream_name("search", "slip/tb2")) != SLIP


def test_two_thousand_draws_take_well_under_a_millisecond():
    hashes, indices = np.full(2000, SLIP, np.uint64), np.arange(2000, dtype=np.uint32)

    def once() -> float:
        begun = perf_counter()
        uniforms(1, hashes, 2, indices)
        return perf_counter() - begun

    assert min(once() for _ in range(50)) < 1e-3


def test_the_draws_are_uniform_and_neighbours_are_not_related():
    draws = uniforms(20250826, SLIP, 0, np.arange(100_000))
    counts, _ = np.histogram(draws, bins=100, range=(0.0, 1.0))
    # chi-square with 99 degrees of freedom: 0.001 and 0.999 quantiles are 58 and 149
    assert 58 < ((counts - 1000) ** 2 / 1000).sum() < 149
    for lag in (1, 2, 64):
        # correlation has a standard deviation of 1 / sqrt(n) = 0.003
        assert abs(np.corrcoef(draws[:-lag], draws[lag:])[0, 1]) < 0.0125
    numbers = uniforms(20250826, SLIP, np.arange(100_000), 0)
    assert abs(np.corrcoef(draws, numbers)[0, 1]) < 0.0125


def test_a_permutation_is_the_order_of_its_uniforms():
    shuffled = permutation(9, SLIP, 3, 64)
    assert sorted(shuffled) == list(range(64))
    draws = [uniform(9, SLIP, 3, place) for place in shuffled]
    assert draws == sorted(draws)
    assert shuffled != permutation(9, SLIP, 4, 64)
    assert permutation(9, SLIP, 3, 0) == ()
    assert permutation(9, SLIP, 3, 1) == (0,)


def test_every_order_of_three_comes_up_alike():
    counts: dict[tuple[int, ...], int] = {}
    for number in range(1_800):
        order = permutation(1, SLIP, number, 3)
        counts[order] = counts.get(order, 0) + 1
    # six orders, 300 expected, standard deviation sqrt(1800 × 1/6 × 5/6) = 15.8
    assert len(counts) == 6
    assert all(abs(count - 300) < 65 for count in counts.values())


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ((-1, 0, 0, 0), r"seed: found -1; .* 0 to 2\*\*64 - 1"),
        ((2**64, 0, 0, 0), "seed: found"),
        ((0, -1, 0, 0), "stream hash: found"),
        ((0, 2**64, 0, 0), "stream hash: found"),
        ((0, 0, -1, 0), r"number: found -1; .* 0 to 2\*\*32 - 1"),
        ((0, 0, 2**32, 0), "number: found"),
        ((0, 0, 0, -1), "index: found"),
        ((0, 0, 0, 2**32), "index: found"),
    ],
)
def test_an_address_out_of_range_is_told_with_its_range(address, what):
    with pytest.raises(ValueError, match=what):
        uniform(*address)
    with pytest.raises(ValueError, match=what):
        uniforms(*address)


@pytest.mark.parametrize("numbers", [np.array([1, -2]), np.array([1, 2**32]), np.array([1.0, 2.0]), np.array([True])])
def test_numbers_are_whole_and_of_32_bits(numbers):
    with pytest.raises(ValueError, match=r"number: found .* 0 to 2\*\*32 - 1"):
        uniforms(0, SLIP, numbers, 0)


def test_a_permutation_refuses_a_negative_size_and_a_wrong_address():
    with pytest.raises(ValueError, match="size: found -1"):
        permutation(0, 0, 0, -1)
    with pytest.raises(ValueError, match="number: found -1"):
        permutation(0, 0, -1, 0)


def test_a_stream_hash_is_the_first_eight_bytes_of_sha_256():
    assert stream_hash("judge/slip") == int(sha256(b"judge/slip").hexdigest()[:16], 16)
    assert stream_hash("追加/遅れ") == int(sha256("追加/遅れ".encode()).hexdigest()[:16], 16)


def test_two_names_with_one_hash_are_refused_by_name(monkeypatch):
    check_distinct(["a", "b", "a"])  # one name twice is one stream
    monkeypatch.setattr(streams, "stream_hash", len)
    with pytest.raises(ValueError, match="streams 'tb2' and 'mq9' have the same 64-bit hash"):
        check_distinct(["tb2", "anka", "mq9"])


def test_generators_are_repeatable_and_apart():
    first = generator(5, "judge", "bootstrap").random(4).tolist()
    assert generator(5, "judge", "bootstrap").random(4).tolist() == first
    assert generator(6, "judge", "bootstrap").random(4).tolist() != first
    assert generator(5, "search", "bootstrap").random(4).tolist() != first
    with pytest.raises(ValueError, match="seed"):
        generator(-1, "judge", "bootstrap")
