"""Nothing that reads people's words is held up by a text that was made for it.

What never comes to an end (or after minutes, as what grows with the third power) runs into the time that each test has,
with the stack of where it is. How the others grow is printed by `python -m tests.load.bench_expressions`.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from types import FrameType

import pytest

from tests.growth import Reader, expressions, functions


@pytest.mark.parametrize("readers", [expressions, functions])
def test_what_reads_peoples_words_comes_to_an_end(readers: Callable[[], list[Reader]]) -> None:
    found = readers()
    assert len(found) > 20
    read = [reader.end(pattern) for reader in found for pattern in reader.patterns]
    assert len(read) > 20 * len(found)


class Stopped(Exception):
    """By the signal that also ends a test whose time is over."""


def test_one_that_never_does_is_stopped_where_it_reads() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.1)
    try:
        with pytest.raises(Stopped):
            Reader("for ever", re.compile(r"(?:a|a)+b").findall, ("a",)).end("a")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
