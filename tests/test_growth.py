"""Nothing that reads people's words takes time with the square of their length."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.growth import SHORT, Reader, expressions, functions

LOOKED_AT = 0.002
"""Seconds: what reads 4,000 letters in less is no matter, however it grows."""
LONGER = 8 * SHORT
WORST = (LONGER / SHORT) ** 1.6
"""Of a text eight times as long: 28 times the work. In proportion is eight, with the square 64."""


def seems_to(reader: Reader, pattern: str) -> bool:
    return reader.seconds(pattern, LONGER) > WORST * reader.seconds(pattern, SHORT)


def grows_too_fast(reader: Reader, pattern: str) -> bool:
    """By the best of many: whatever else runs on the machine only adds to what is measured."""
    longer = min(reader.seconds(pattern, LONGER) for _ in range(3))
    return longer > WORST * min(reader.seconds(pattern, SHORT) for _ in range(10))


@pytest.mark.parametrize("readers", [expressions, functions])
def test_what_reads_peoples_words_grows_with_their_length(readers: Callable[[], list[Reader]]) -> None:
    found = readers()
    assert len(found) > 20
    slow = [
        (reader.name, pattern)
        for reader in found
        for pattern in reader.patterns
        if not reader.is_fast(pattern, LOOKED_AT) and seems_to(reader, pattern) and grows_too_fast(reader, pattern)
    ]
    assert slow == []


@pytest.mark.parametrize(("source", "pattern"), [(r"\s+x", " "), (r"virus\w* karsi", "virus"), ("b(?=.*c)", "b ")])
def test_one_that_does_not_is_found(source: str, pattern: str) -> None:
    compiled = re.compile(source)
    reader = Reader(source, compiled.findall, (pattern,))
    assert not reader.is_fast(pattern, LOOKED_AT)
    assert grows_too_fast(reader, pattern)
