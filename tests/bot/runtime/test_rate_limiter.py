"""What a platform's limits leave free at a moment, and when the next message may go."""

from __future__ import annotations

from datetime import timedelta

from bot.runtime.rate_limiter import RateLimiter
from handlers.channel_port import RateLimit
from tests.clock import START

AYSE, HASAN, ROOM = "telegram:p:1", "telegram:p:2", "telegram:r:-100"


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_so_many_a_second_over_all() -> None:
    limiter = RateLimiter(RateLimit(per_second=2))
    limiter.note(AYSE, START)
    limiter.note(HASAN, START + after(0.5))
    assert limiter.budget(START + after(0.5)) == 0
    assert limiter.frees_in(START + after(0.5)) == 0.5
    assert limiter.budget(START + after(1.0)) == 1
    assert limiter.budget(START + after(1.5)) == 2


def test_a_destination_rests_for_its_gap_and_no_other_does() -> None:
    limiter = RateLimiter(RateLimit(gap_seconds=1.0))
    limiter.note(AYSE, START)
    assert limiter.resting(START + after(0.25)) == {AYSE: 0.75}
    assert limiter.resting(START + after(1.0)) == {}


def test_a_group_that_had_its_minute_rests_until_the_first_of_it_is_a_minute_old() -> None:
    limiter = RateLimiter(RateLimit(gap_seconds=1.0, group_per_minute=3))
    for second in range(3):
        limiter.note(ROOM, START + after(second * 10))
        limiter.note(AYSE, START + after(second * 10))
    assert limiter.resting(START + after(30)) == {ROOM: 30.0}
    assert limiter.resting(START + after(60)) == {}


def test_a_group_that_waited_is_among_those_that_may_be_behind_a_person_is_not() -> None:
    limiter = RateLimiter(RateLimit(gap_seconds=1.0))
    limiter.note(ROOM, START)
    limiter.note(AYSE, START)
    assert limiter.spoken_to({ROOM}, START) == []
    assert limiter.spoken_to((), START + after(90)) == [ROOM]
    assert limiter.spoken_to((), START + after(120)) == []


def test_a_clock_that_is_put_back_makes_nobody_wait_longer_than_the_limit() -> None:
    limiter = RateLimiter(RateLimit(gap_seconds=1.0))
    limiter.note(AYSE, START + after(3600))
    assert limiter.resting(START) == {AYSE: 1.0}
    assert limiter.resting(START + after(1)) == {}
