from __future__ import annotations

import asyncio
import re

import pytest

from tests.hangs import waiting_tasks


async def waits_for_what_never_comes() -> None:
    await asyncio.Event().wait()


async def asks_it() -> None:
    await waits_for_what_never_comes()


def stop() -> None:
    raise KeyboardInterrupt


def test_the_report_of_a_hanging_test_tells_where_its_tasks_wait() -> None:
    loop = asyncio.new_event_loop()
    try:
        hanging = loop.create_task(asks_it(), name="hanging")
        loop.call_later(0, stop)
        with pytest.raises(KeyboardInterrupt) as stopped:
            loop.run_until_complete(hanging)
        (told,) = waiting_tasks(stopped)
        assert re.findall(r"^hanging$| in (.+)$", told, re.MULTILINE) == [
            "",
            "asks_it",
            "waits_for_what_never_comes",
            "Event.wait",
        ]
        hanging.cancel()
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(hanging)
    finally:
        loop.close()


def test_a_test_without_a_loop_has_no_tasks_to_tell_of() -> None:
    with pytest.raises(KeyboardInterrupt) as stopped:
        stop()
    assert waiting_tasks(stopped) == []
