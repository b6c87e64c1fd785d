"""Whether what was acknowledged is there, once: asked of the database after the processes have ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from bot.clock import SystemClock
from storage.maintenance.verify import verify
from storage.store import Store
from storage.tables import inbox, message, ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    stored: int
    """Acknowledged messages that the database has."""
    lost: int
    """Acknowledged messages that were not handled: not stored, still waiting, or set aside."""
    doubled: int
    """Messages that stand in a conversation twice, and drafts that became two tickets."""
    tickets: int
    breaches: tuple[str, ...]
    """Of any invariant that `masa verify` looks at."""


def prove(url: str, acknowledged: Sequence[str]) -> Proof:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        states = {row.key: row.state for row in connection.execute(select(inbox.c.key, inbox.c.state))}
        written = Counter(
            connection.execute(select(message.c.event_key).where(message.c.author.is_not(None))).scalars()
        )
        drafts = Counter(connection.execute(select(ticket.c.draft).where(ticket.c.draft != "")).scalars())
        tickets: int = connection.execute(select(func.count()).select_from(ticket)).scalar_one()
    engine.dispose()
    with Store.open(url, clock=SystemClock()) as store:
        broken = tuple(f"{found.invariant}, {found}" for found in verify(store, now=SystemClock().now(), working=False))
    return Proof(
        stored=sum(key in states for key in acknowledged),
        lost=sum(states.get(key) != "handled" or not written[key] for key in acknowledged),
        doubled=sum(count - 1 for count in (*written.values(), *drafts.values())),
        tickets=tickets,
        breaches=broken,
    )
