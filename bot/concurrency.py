"""Work that goes on beside other work: tasks that nobody awaits, loops that outlive their faults, and queues of which
each is done in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Hashable, KeysView, Sequence
from typing import Any, Generic, TypeVar

import structlog

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
RESTART_SECONDS = 1.0
"""Seconds until a loop that fell is begun again."""
log = structlog.get_logger(__name__)


async def keep_going(loop: Callable[[], Awaitable[None]], name: str, pause: float = RESTART_SECONDS) -> None:
    """Until it returns: a loop that raises is logged and begun again, `pause` seconds later. One that fell silently
    would be noticed only by what does not happen any more."""
    while True:
        try:
            return await loop()
        except Exception as error:
            log.error("loop_fell", loop=name, error=type(error).__name__, exc_info=error)
        await asyncio.sleep(pause)


class BackgroundTasks:
    """They run until they end or are cancelled; one that fails ends no other."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error = on_error
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def cancel(self) -> None:
        """Returns once all of them have ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(error)


class KeyedQueue(Generic[K, T]):
    """Items of one key one after the other, in the order in which they came; those of different keys side by side."""

    def __init__(
        self,
        tasks: BackgroundTasks,
        work: Callable[[deque[T]], Awaitable[bool]],
        on_idle: Callable[[K, Sequence[T]], None],
    ) -> None:
        """`work` is given a key's queue, does its first item, and takes off it what is done. It is called again while
        something is left, until it answers False. `on_idle` then hears that the key is free again, and what is left:
        `work` gave up before it, raised or was cancelled.
        """
        self._tasks, self._work, self._on_idle = tasks, work, on_idle
        self._queues: dict[K, deque[T]] = {}

    def put(self, key: K, item: T) -> None:
        queue = self._queues.setdefault(key, deque())
        queue.append(item)
        if len(queue) == 1:
            self._tasks.spawn(self._work_off(key, queue))

    def __contains__(self, key: object) -> bool:
        """Whether an item of that key waits or is being done."""
        return key in self._queues

    def keys(self) -> KeysView[K]:
        return self._queues.keys()

    async def _work_off(self, key: K, queue: deque[T]) -> None:
        try:
            while queue and await self._work(queue):
                pass
        finally:
            del self._queues[key]
            self._on_idle(key, queue)
