"""One after the other within a key, side by side among keys; what fails or is stopped leaves nothing hanging."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from bot.concurrency import BackgroundTasks, KeyedQueue


class Bench:
    """A queue whose work is a test's; what became of it, in order."""

    def __init__(self, work: Callable[[deque[str]], Awaitable[bool]]) -> None:
        self.errors: list[BaseException] = []
        self.idle: list[tuple[str, list[str]]] = []
        self.tasks = BackgroundTasks(self.errors.append)
        self.queue: KeyedQueue[str, str] = KeyedQueue(self.tasks, work, self._on_idle)
        self._changed = asyncio.Event()

    def _on_idle(self, key: str, left: Sequence[str]) -> None:
        self.idle.append((key, list(left)))
        self._changed.set()

    async def until_idle(self, times: int = 1) -> None:
        async with asyncio.timeout(5):
            while len(self.idle) < times:
                await self._changed.wait()
                self._changed.clear()
            await asyncio.sleep(0)  # the task's own end


async def test_one_key_in_order_and_another_beside_it() -> None:
    done: list[str] = []
    gate = asyncio.Event()

    async def work(queue: deque[str]) -> bool:
        if queue[0].startswith("slow"):
            await gate.wait()
        done.append(queue.popleft())
        return True

    bench = Bench(work)
    for item in ("slow 1", "slow 2"):
        bench.queue.put("a", item)
    bench.queue.put("b", "quick")
    await bench.until_idle()
    assert (done, "a" in bench.queue, "b" in bench.queue) == (["quick"], True, False)
    gate.set()
    await bench.until_idle(2)
    assert done == ["quick", "slow 1", "slow 2"]
    assert bench.idle == [("b", []), ("a", [])]


async def test_what_comes_while_its_key_is_worked_on_is_done_behind_it() -> None:
    done: list[str] = []

    async def work(queue: deque[str]) -> bool:
        if queue[0] == "first":
            bench.queue.put("a", "second")
        await asyncio.sleep(0)
        done.append(queue.popleft())
        return True

    bench = Bench(work)
    bench.queue.put("a", "first")
    await bench.until_idle()
    assert done == ["first", "second"]


async def test_who_gives_up_hands_back_what_is_left_and_the_key_may_begin_anew() -> None:
    async def work(queue: deque[str]) -> bool:
        if queue[0] == "bad":
            return False
        queue.popleft()
        return True

    bench = Bench(work)
    for item in ("good", "bad", "behind it"):
        bench.queue.put("a", item)
    await bench.until_idle()
    assert bench.idle == [("a", ["bad", "behind it"])]
    bench.queue.put("a", "good")
    await bench.until_idle(2)
    assert bench.idle[1:] == [("a", [])]


async def test_a_failure_is_told_and_ends_its_own_key_only() -> None:
    done: list[str] = []

    async def work(queue: deque[str]) -> bool:
        if queue[0] == "bad":
            raise KeyError("bad")
        done.append(queue.popleft())
        return True

    bench = Bench(work)
    bench.queue.put("a", "bad")
    bench.queue.put("b", "good")
    await bench.until_idle(2)
    assert [type(error) for error in bench.errors] == [KeyError]
    assert (bench.idle, done) == ([("a", ["bad"]), ("b", [])], ["good"])


async def test_a_stop_hands_back_what_is_under_way_and_is_no_failure() -> None:
    begun = asyncio.Event()

    async def work(_queue: deque[str]) -> bool:
        begun.set()
        await asyncio.Event().wait()
        return True

    bench = Bench(work)
    bench.queue.put("a", "endless")
    await begun.wait()
    await bench.tasks.cancel()
    assert (bench.idle, bench.errors) == ([("a", ["endless"])], [])
