"""What only one process may do at a time, and whether this one may: the clock, taking a platform in, sending to it.

On SQLite whoever leads the file does all of it; on PostgreSQL each duty is a lease (`bot.coordination.lease_holder`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from typing import Protocol

CLOCK = "clock"
POLL_SECONDS = 1.0
"""Seconds until a process that may not work yet asks again."""


def listening(channel: str) -> str:
    return f"{channel}:listen"


def sending(channel: str) -> str:
    return f"{channel}:send"


def wanted(channels: Iterable[str], *, listens: bool) -> list[str]:
    """What a process that speaks with these platforms may be asked to do."""
    found = [CLOCK]
    for channel in channels:
        found += [sending(channel), listening(channel)] if listens else [sending(channel)]
    return found


class ExclusiveRoles(Protocol):
    def holds(self, name: str) -> bool:
        """Whether it is this process's at this moment; False once it could be another's."""

    async def won(self, name: str) -> None:
        """Returns once it is this process's."""

    async def lost(self, name: str) -> None:
        """Returns once it is not this process's any more."""

    async def start(self) -> None:
        """Takes what is free."""

    async def release(self, names: Collection[str]) -> None:
        """Others may have it at once; this process will not take it again."""

    async def stop(self) -> None:
        """Releases the rest."""


class SingleProcess:
    """All of it is the leader's, until the process ends."""

    def __init__(self, leads: Callable[[], bool]) -> None:
        self._leads = leads

    def holds(self, name: str) -> bool:  # noqa: ARG002 # whatever it is
        return self._leads()

    async def won(self, name: str) -> None:
        while not self.holds(name):
            await asyncio.sleep(POLL_SECONDS)

    async def lost(self, name: str) -> None:  # noqa: ARG002 # the same
        await asyncio.Event().wait()

    async def start(self) -> None:
        """The lock is taken when somebody asks whether we lead."""

    async def release(self, names: Collection[str]) -> None:
        """The lock ends with the process."""

    async def stop(self) -> None:
        """The same."""
