"""Who waits for what changes: pages and terminals, each for some conversations."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress

GOLDEN_RATIO = 0.618
"""Its multiples, without their whole part, lie evenly, however many there are."""


class Subscriptions:
    """By conversation, so that a commit costs those who watch what it changed, however many watch something else."""

    def __init__(self) -> None:
        self._watches: set[_Subscription] = set()
        self._of: defaultdict[str, set[_Subscription]] = defaultdict(set)
        self._spread = (number * GOLDEN_RATIO % 1.0 for number in itertools.count())
        self.look_every: float | None = None
        """Seconds after which who watches looks anyway, since news may have been missed; None: none ever is. Each at a
        moment of its own, between three and seven fifths of it: all at once they would hold up everything else."""

    def __len__(self) -> int:
        return len(self._watches)

    @asynccontextmanager
    async def watch(self, conversations: Collection[str]) -> AsyncIterator[_Subscription]:
        every = None if self.look_every is None else self.look_every * (0.6 + 0.8 * next(self._spread))
        watch = _Subscription(frozenset(conversations), every)
        self._watches.add(watch)
        for place in watch.conversations:
            self._of[place].add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)
            for place in watch.conversations:
                self._of[place].discard(watch)
                if not self._of[place]:
                    del self._of[place]

    def wake(self, conversations: frozenset[str] | None) -> None:
        """None: something changed, nobody knows what. Empty: everybody is to look up."""
        if not conversations:
            for watch in self._watches:
                watch.wake(watch.conversations if conversations is None else ())
        else:
            for place in conversations:
                for watch in self._of.get(place, ()):
                    watch.wake((place,))


class _Subscription:
    def __init__(self, conversations: frozenset[str], look_every: float | None) -> None:
        self.conversations = conversations
        self.look_every = look_every
        self._looked_at = _now()
        self._changed: set[str] = set()
        self._bell = asyncio.Event()

    def wake(self, changed: Collection[str]) -> None:
        self._changed.update(changed)
        self._bell.set()

    async def changed(self, timeout: float | None = None) -> frozenset[str]:  # the port's
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience(timeout)):
                await self._bell.wait()
        if self.look_every is not None and not self._bell.is_set():  # who looks at anything then looks at all
            self._looked_at = _now()
            self._changed.update(self.conversations)
        self._bell.clear()
        changed, self._changed = frozenset(self._changed), set()
        return changed

    def _patience(self, timeout: float | None) -> float | None:
        if self.look_every is None:
            return timeout
        rest = max(0.0, self._looked_at + self.look_every - _now())
        return rest if timeout is None else min(timeout, rest)


def _now() -> float:
    return asyncio.get_running_loop().time()
