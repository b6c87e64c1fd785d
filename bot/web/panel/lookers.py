"""Who has the page of a ticket open just now.

Each process knows its own and keeps them nowhere. Where several share a folder, each lays down there who looks at what
with it, and reads every few seconds what the others laid down; a line that stood still is of a process that died.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.concurrency import keep_going
from bot.web.settings import SharedFiles
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId

EVERY_SECONDS = 5.0
SAID_AGAIN = timedelta(seconds=20)
"""So old is a line of one's own at most, while somebody looks."""
STOOD_STILL = timedelta(seconds=60)
Looking = Mapping[TicketId, Sequence[PersonId]]


@dataclass(slots=True)
class Lookers:
    shared: SharedFiles | None = field(default=None, compare=False)
    """None: there is one process."""
    now: Callable[[], datetime] | None = field(default=None, compare=False)
    every: float | None = field(default=EVERY_SECONDS, compare=False)
    """None: whoever has it calls `exchange`."""
    _there: defaultdict[TicketId, Counter[PersonId]] = field(default_factory=lambda: defaultdict(Counter))
    """How many pages each has open."""
    _bells: defaultdict[TicketId, set[asyncio.Event]] = field(default_factory=lambda: defaultdict(set))
    _elsewhere: Looking = field(default_factory=dict)
    _own: str = field(default_factory=lambda: str(uuid.uuid4()), compare=False)
    _said: tuple[datetime, Looking] | None = field(default=None, compare=False)
    _exchanging: asyncio.Task[None] | None = field(default=None, compare=False)

    @contextmanager
    def looking(self, tickets: Collection[TicketId], person: PersonId) -> Iterator[asyncio.Event]:
        """As long as it lasts they are there; the event is set whenever somebody comes or goes."""
        bell = asyncio.Event()
        for one in tickets:
            self._there[one][person] += 1
            self._bells[one].add(bell)
        self._ring(tickets)
        self._begin_exchange(tickets)
        try:
            yield bell
        finally:
            for one in tickets:
                self._there[one] -= Counter({person: 1})
                self._bells[one].discard(bell)
            self._ring(tickets)
            for one in tickets:
                if not self._bells[one]:
                    del self._there[one], self._bells[one]

    def others(self, tickets: Collection[TicketId], person: PersonId) -> list[PersonId]:
        """In the order in which they came; behind them those of other processes."""
        here = (who for one in tickets for who in self._there.get(one, ()))
        there = (who for one in tickets for who in self._elsewhere.get(one, ()))
        return list(dict.fromkeys(who for who in (*here, *there) if who != person))

    def _ring(self, tickets: Collection[TicketId]) -> None:
        for one in tickets:
            for bell in self._bells.get(one, ()):
                bell.set()

    # --- with other processes -----------------------------------------------------------------------
    def _begin_exchange(self, tickets: Collection[TicketId]) -> None:
        if not tickets or self.shared is None or self.every is None:
            return
        if self._exchanging is None or self._exchanging.done():
            look = partial(self._exchange_while_looked, self.every)
            self._exchanging = asyncio.create_task(keep_going(look, "lookers", self.every))

    async def _exchange_while_looked(self, every: float) -> None:
        """Once more when the last has gone: so the others hear of it."""
        while self._there:
            await self.exchange()
            await asyncio.sleep(every)
        await self.exchange()

    async def exchange(self) -> None:
        """Tell who looks here, hear who looks elsewhere."""
        if self.shared is None or self.now is None:
            return
        now, here = self.now(), {ticket: list(there) for ticket, there in self._there.items() if there}
        if self._said is None or self._said[1] != here or now - self._said[0] >= SAID_AGAIN:
            line = {"said_at": now.isoformat(), "looking": {str(ticket): who for ticket, who in here.items()}}
            await run_in_threadpool(self.shared.put, self._own, line)
            self._said = now, here
        before, self._elsewhere = self._elsewhere, await run_in_threadpool(partial(self._heard, self.shared, now))
        changed = {one for one in {*before, *self._elsewhere} if before.get(one) != self._elsewhere.get(one)}
        self._ring(changed)

    def _heard(self, shared: SharedFiles, now: datetime) -> Looking:
        found: dict[TicketId, list[PersonId]] = {}
        for key, line in shared.lines():
            if key != self._own:
                for ticket, who in _read(line, now).items():
                    found.setdefault(ticket, []).extend(who)
        return found


def _read(line: Mapping[str, Any], now: datetime) -> Looking:
    """Nothing of a process that is silent, or of another version of the desk."""
    try:
        if now - datetime.fromisoformat(line["said_at"]) >= STOOD_STILL:
            return {}
        return {TicketId(int(ticket)): [PersonId(int(one)) for one in who] for ticket, who in line["looking"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}
