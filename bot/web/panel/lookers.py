"""Who has the page of a ticket open just now: in this process, kept nowhere."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


@dataclass(slots=True)
class Lookers:
    _there: defaultdict[TicketId, Counter[PersonId]] = field(default_factory=lambda: defaultdict(Counter))
    """How many pages each has open."""
    _bells: defaultdict[TicketId, set[asyncio.Event]] = field(default_factory=lambda: defaultdict(set))

    @contextmanager
    def looking(self, tickets: Collection[TicketId], person: PersonId) -> Iterator[asyncio.Event]:
        """As long as it lasts they are there; the event is set whenever somebody comes or goes."""
        bell = asyncio.Event()
        for one in tickets:
            self._there[one][person] += 1
            self._bells[one].add(bell)
        self._ring(tickets)
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
        """In the order in which they came."""
        return list(dict.fromkeys(who for one in tickets for who in self._there.get(one, ()) if who != person))

    def _ring(self, tickets: Collection[TicketId]) -> None:
        for one in tickets:
            for bell in self._bells[one]:
                bell.set()
