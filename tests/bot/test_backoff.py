"""Waits double, who asks for longer is left alone for longer, and what no attempt mends is raised at once."""

from __future__ import annotations

import asyncio

import pytest

from bot.backoff import Backoff


class Busy(OSError):
    """The other side names the seconds itself."""

    def __init__(self, seconds: float) -> None:
        super().__init__("busy")
        self.seconds = seconds


def asked(error: BaseException) -> float:
    return error.seconds if isinstance(error, Busy) else 0.0


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were slept, which take no time."""
    seconds: list[float] = []

    async def sleep(for_so_long: float) -> None:
        seconds.append(for_so_long)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return seconds


class Flaky:
    """Raises these, one a call, then answers."""

    def __init__(self, *errors: BaseException) -> None:
        self._errors = iter(errors)

    async def __call__(self) -> str:
        for error in self._errors:
            raise error
        return "answered"


@pytest.mark.parametrize(("failures", "seconds"), [(1, 2), (2, 4), (3, 8), (9, 512), (10, 900), (50, 900), (5000, 900)])
def test_waits_double_up_to_the_longest(failures: int, seconds: float) -> None:
    assert Backoff(first=2.0, longest=900.0).seconds(failures) == seconds


async def test_it_is_called_until_it_answers_and_each_failure_is_told(waited: list[float]) -> None:
    told: list[tuple[str, float]] = []
    answer = await Backoff(first=0.5, longest=1.5).retry(
        Flaky(OSError("a"), OSError("b"), OSError("c")),
        (OSError,),
        on_failure=lambda error, seconds: told.append((str(error), seconds)),
    )
    assert (answer, waited) == ("answered", [0.5, 1.0, 1.5])
    assert told == [("a", 0.5), ("b", 1.0), ("c", 1.5)]


async def test_who_asks_for_longer_is_left_alone_for_longer(waited: list[float]) -> None:
    await Backoff(first=1.0, longest=10.0).retry(Flaky(Busy(30), Busy(0.1)), (OSError,), asked=asked)
    assert waited == [30, 2.0]


async def test_the_last_of_so_many_attempts_is_raised_without_a_wait(waited: list[float]) -> None:
    with pytest.raises(OSError, match="second"):
        await Backoff(first=1.0, longest=10.0).retry(Flaky(OSError("first"), OSError("second")), (OSError,), attempts=2)
    assert waited == [1.0]


@pytest.mark.parametrize("error", [KeyError("ours"), Busy(1)])
async def test_what_no_attempt_mends_is_raised_at_once(waited: list[float], error: Exception) -> None:
    with pytest.raises(type(error)):
        await Backoff(first=1.0, longest=10.0).retry(Flaky(error), (OSError,), but_not=(Busy,))
    assert waited == []


async def test_a_stop_ends_the_waiting() -> None:
    waiting = asyncio.Event()
    retrying = asyncio.create_task(
        Backoff(first=3600.0, longest=3600.0).retry(
            Flaky(OSError("away")), (OSError,), on_failure=lambda _error, _seconds: waiting.set()
        )
    )
    await waiting.wait()
    retrying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await retrying
