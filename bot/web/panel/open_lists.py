"""One look of the process at what changed, for all lists that are open in it.

It only finds out whom to ring: which of the rows that somebody has before them stand at another version, and whether
something was opened that they may read. What is then said to a reader is looked up for them, by the rights that they
have by then. Those who are rung together are read for together.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from bot.concurrency import keep_going
from bot.web.waiting import news
from handlers.channel_port import ChannelGateway, Unavailable
from handlers.domain.rights import Scope
from handlers.domain.ticket import TicketId
from handlers.ports import UnitOfWork, Wanted
from handlers.ports.ticket_lists import Standing
from handlers.queries.ticket_lists import MOST_NEW

T = TypeVar("T")
Newer = dict[tuple[TicketId, tuple[Scope, ...]], frozenset[tuple[TicketId, int]]]
"""Tickets that were opened since one, by what can be read."""
TOGETHER_SECONDS = 0.3
"""Changes that come in so short a time are looked up once."""
NEW_SECONDS = 2.0
"""How often it is said at most how many new ones there are: it concerns everybody each time."""
READ_AT_ONCE = 20
"""Readers in one transaction; between two of them others come to read."""
_LOOKED_EVERY = 30.0


@dataclass(slots=True, eq=False)
class OpenList:
    """A list, a board or a ticket that somebody has before them."""

    shown: Mapping[TicketId, int]
    """Its rows and the versions that are known there."""
    last: TicketId | None
    """None: nobody waits to hear of new ones."""
    bell: asyncio.Event
    """Set when there may be something to say."""
    places: frozenset[str]
    reach: Sequence[Scope]
    """What they could read when it was looked up for them last."""
    newer: frozenset[tuple[TicketId, int]] = frozenset()
    """Those opened since, as they stood when the bell was set for them."""

    def is_behind(self, standing: Mapping[TicketId, Standing]) -> bool:
        return any(
            ticket not in standing or standing[ticket].version != version for ticket, version in self.shown.items()
        )

    def opened_since(self, standing: Mapping[TicketId, Standing], known: Newer) -> frozenset[tuple[TicketId, int]]:
        """`known`: what was found by the same look for others who read the same."""
        if self.last is None:
            return frozenset()
        asked = self.last, tuple(self.reach)
        if asked not in known:
            newer = ((ticket, one) for ticket, one in standing.items() if ticket > self.last)
            known[asked] = frozenset((ticket, one.version) for ticket, one in newer if one.is_within(self.reach))
        return known[asked]


@dataclass(frozen=True, slots=True)
class Together:
    """One transaction in which it is looked for several readers."""

    uow: UnitOfWork
    now: datetime
    counted: dict[Wanted, int] = field(default_factory=dict)
    """How many new ones, of what was asked for already."""


Look = Callable[[Together], Any]


class OpenLists:
    def __init__(self) -> None:
        self._open: set[OpenList] = set()
        self._joined = asyncio.Event()
        self._following: asyncio.Task[None] | None = None
        self._told_of_new = float("-inf")
        self._asked: list[tuple[Look, asyncio.Future[Any]]] = []
        self._reading: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def listening(self, gateway: ChannelGateway, one: OpenList) -> AsyncIterator[None]:
        self._open.add(one)
        self.look_again()
        if self._following is None or self._following.done():
            self._following = asyncio.create_task(keep_going(partial(self._follow, gateway), "open lists", NEW_SECONDS))
        try:
            yield
        finally:
            self._open.discard(one)
            if not self._open and self._following is not None:
                self._following.cancel()
                self._following = None

    def look_again(self) -> None:
        """Somebody came, or what they may read became something else."""
        self._joined.set()

    async def _follow(self, gateway: ChannelGateway) -> None:
        while self._open:
            places = self._places()
            async with gateway.watch(places) as watch:
                while self._open and self._places() == places:
                    self._joined.clear()
                    held_back = await self._look(gateway)
                    await news(watch, NEW_SECONDS if held_back else _LOOKED_EVERY, [self._joined])
                    await asyncio.sleep(TOGETHER_SECONDS)

    def _places(self) -> frozenset[str]:
        return frozenset().union(*(one.places for one in self._open))

    async def _look(self, gateway: ChannelGateway) -> bool:
        """Whether somebody is to hear of new ones later."""
        shown = sorted({ticket for one in self._open for ticket in one.shown})
        last = min((one.last for one in self._open if one.last is not None), default=None)
        try:
            standing = await gateway.read(lambda uow: uow.ticket_lists.standing(shown, newer_than=last, most=MOST_NEW))
        except Unavailable:  # each finds that out itself
            for one in self._open:
                one.bell.set()
            return False
        return self._ring(standing)

    def _ring(self, standing: Mapping[TicketId, Standing]) -> bool:
        now = asyncio.get_running_loop().time()
        tells_new, held_back = now - self._told_of_new >= NEW_SECONDS, False
        known: Newer = {}
        for one in self._open:
            newer = one.opened_since(standing, known)
            if one.is_behind(standing) or (tells_new and newer != one.newer):
                self._told_of_new = now if newer != one.newer else self._told_of_new
                one.newer = newer
                one.bell.set()
            held_back = held_back or newer != one.newer
        return held_back

    async def read(self, gateway: ChannelGateway, look: Callable[[Together], T]) -> T:
        """As `gateway.read`, in one transaction with whoever asks at the same time."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asked.append((look, done))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(gateway))
        return await done

    async def _read(self, gateway: ChannelGateway) -> None:
        while self._asked:
            some, self._asked = self._asked[:READ_AT_ONCE], self._asked[READ_AT_ONCE:]
            looks = [look for look, _ in some]
            try:
                found = await gateway.read(lambda uow, looks=looks: _each(Together(uow, gateway.now()), looks))  # type: ignore[misc] # mypy does not see through the default
            except Exception as error:  # noqa: BLE001 # whoever asked is told, and answers for it
                found = [error] * len(some)
            for (_, done), one in zip(some, found, strict=True):
                if done.done():  # they are gone
                    continue
                if isinstance(one, Exception):
                    done.set_exception(one)
                else:
                    done.set_result(one)


def _each(together: Together, looks: Sequence[Look]) -> list[Any]:
    """What each found, or what it raised: that of one is nothing to the others."""

    def attempt(look: Look) -> Any:
        try:
            return look(together)
        except Exception as error:  # noqa: BLE001 # it is raised where it was asked
            return error

    return [attempt(look) for look in looks]
