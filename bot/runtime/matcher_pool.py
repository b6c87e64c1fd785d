"""Understanding a message comes before its transaction, under a time limit: too slow is as good as not understood."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from handlers.events import Event, MessageReceived
from knowledge import Decision, Intent, Reading

log = structlog.get_logger(__name__)
READING_SECONDS = 2.0


class Understanding:
    """Reads one text at a time, in a thread of its own."""

    def __init__(self, on_read: Callable[[float], None]) -> None:
        """`on_read` hears how many seconds each text took."""
        self._on_read = on_read
        self._matcher = _matcher()

    async def readings(self, event: Event | None, read: Callable[[str], Reading]) -> dict[str, Reading]:
        """By text; empty where there is nothing to understand."""
        if not isinstance(event, MessageReceived) or not event.text.strip() or event.text.startswith("/"):
            return {}
        text = event.text.strip()
        began = time.perf_counter()
        matcher = self._matcher
        reading = asyncio.get_running_loop().run_in_executor(matcher, read, text)
        try:
            return {text: await asyncio.wait_for(reading, READING_SECONDS)}
        except TimeoutError:
            log.warning("matching_too_slow", key=event.key, length=len(text))
            if matcher is self._matcher:  # what hangs hangs alone: the next text is read in a thread of its own
                matcher.shutdown(wait=False)
                self._matcher = _matcher()
            return {text: Reading(text, Decision.ask, Intent.report, None, ())}
        finally:
            self._on_read(time.perf_counter() - began)

    def close(self) -> None:
        self._matcher.shutdown(wait=False, cancel_futures=True)


def _matcher() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="match")
