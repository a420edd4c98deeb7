"""Philox4x32-10 gives the words its authors published.

Source: kat_vectors of Random123, the library of Salmon, Moraes, Dror & Shaw (SC11, 2011).
"""

from __future__ import annotations

import pytest

from sim.streams import philox, stream_hash, uniform

KNOWN_ANSWERS = [
    (
        (0, 0, 0, 0),
        (0, 0),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (  # digits of pi
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_philox_gives_the_published_words(counter, key, words):
    assert philox(counter, key) == words


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_a_uniform_is_made_of_the_first_52_bits_of_the_published_words(counter, key, words):
    seed = key[0] + (key[1] << 32)
    hashed = counter[0] + (counter[1] << 32)
    k = (words[0] << 20) + (words[1] >> 12)
    assert uniform(seed, hashed, counter[2], counter[3]) == (k + 0.5) / 2**52


def test_the_stream_hash_of_abc_is_the_head_of_the_published_sha_256():
    # FIPS 180-2, appendix B.1: SHA-256("abc") = ba7816bf 8f01cfea …
    assert stream_hash("abc") == 0xBA7816BF8F01CFEA
