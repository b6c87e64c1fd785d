"""Whether what was acknowledged is there, once: asked of the database after the processes have ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.pool import NullPool

from storage.store import Store
from storage.tables import counter, inbox, message, ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    stored: int
    """Acknowledged messages that the database has."""
    lost: int
    """Acknowledged messages that were not handled: not stored, still waiting, or set aside."""
    doubled: int
    """Messages that stand in a conversation twice, and drafts that became two tickets."""
    tickets: int
    breaches: int
    """Holes in the numbers, and histories that are not whole."""


def prove(url: str, acknowledged: Sequence[str]) -> Proof:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        states = {row.key: row.state for row in connection.execute(select(inbox.c.key, inbox.c.state))}
        written = Counter(
            connection.execute(select(message.c.event_key).where(message.c.author.is_not(None))).scalars()
        )
        drafts = Counter(connection.execute(select(ticket.c.draft).where(ticket.c.draft != "")).scalars())
        tickets: int = connection.execute(select(func.count()).select_from(ticket)).scalar_one()
        holes = sum(_holes(connection))
    engine.dispose()
    with Store.open(url) as store:
        broken = len(store.integrity())
    return Proof(
        stored=sum(key in states for key in acknowledged),
        lost=sum(states.get(key) != "handled" or not written[key] for key in acknowledged),
        doubled=sum(count - 1 for count in (*written.values(), *drafts.values())),
        tickets=tickets,
        breaches=holes + broken,
    )


def _holes(connection: Connection) -> Iterator[int]:
    for year, last in connection.execute(select(counter.c.year, counter.c.value)):
        numbers = select(func.count()).select_from(ticket).where(ticket.c.number.like(f"{year}-%"))
        yield abs(last - connection.execute(numbers).scalar_one())
