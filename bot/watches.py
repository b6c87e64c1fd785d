"""Who waits for what changes: pages and terminals, each for some conversations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass


class Watches:
    def __init__(self) -> None:
        self._watches: set[_Watch] = set()

    def __len__(self) -> int:
        return len(self._watches)

    @asynccontextmanager
    async def watch(self, conversations: Collection[str]) -> AsyncIterator[_Watch]:
        watch = _Watch(frozenset(conversations))
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    def wake(self, conversations: frozenset[str] | None) -> None:
        """None: something changed, nobody knows what. Empty: everybody is to look up."""
        for watch in self._watches:
            watch.wake(conversations)


@dataclass(eq=False)
class _Watch:
    conversations: frozenset[str]

    def __post_init__(self) -> None:
        self._changed: set[str] = set()
        self._bell = asyncio.Event()

    def wake(self, conversations: frozenset[str] | None) -> None:
        changed = self.conversations if conversations is None else self.conversations & conversations
        if changed or conversations == frozenset():
            self._changed |= changed
            self._bell.set()

    async def changed(self, timeout: float | None = None) -> frozenset[str]:  # the port's
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._bell.wait()
        self._bell.clear()
        changed, self._changed = frozenset(self._changed), set()
        return changed
