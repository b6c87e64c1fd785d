"""Jobs that ran, groups that came under a new id and topics of tickets have tables of their own.

Until now they were marks in `once` that were found by how they began. What the marks said is carried over, and they go;
one that cannot be understood stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0005"
down_revision = "0004"

Row = dict[str, Any]
_ONCE = sa.table("once", sa.column("mark", sa.String()), sa.column("at", UtcTime()))


def upgrade() -> None:
    job_run = op.create_table(
        "job_run",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("job", "scope", "day", name=op.f("pk_job_run")),
        sqlite_with_rowid=False,
    )
    chat_migration = op.create_table(
        "chat_migration",
        sa.Column("old_chat", sa.BigInteger(), nullable=False),
        sa.Column("new_chat", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("old_chat", "new_chat", name=op.f("pk_chat_migration")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_chat_migration_new_chat"), "chat_migration", ["new_chat"])
    forum_topic = op.create_table(
        "forum_topic",
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("card", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_forum_topic_ticket_ticket")),
        sa.ForeignKeyConstraint(["card"], ["message.id"], name=op.f("fk_forum_topic_card_message")),
        sa.PrimaryKeyConstraint("chat", "thread", name=op.f("pk_forum_topic")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_forum_topic_ticket", "forum_topic", ["ticket", "chat", "at"])
    carried: set[str] = set()
    _carry(job_run, _job_runs, carried)
    _carry(chat_migration, _chat_migrations, carried)
    _carry(forum_topic, _forum_topics, carried)
    if carried:
        forget = sa.delete(_ONCE).where(_ONCE.c.mark == sa.bindparam("carried"))
        op.get_bind().execute(forget, [{"carried": mark} for mark in sorted(carried)])
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("once", "mark", type_=sa.String())


def _carry(table: sa.Table, rows: Callable[[set[str]], Iterator[Row]], carried: set[str]) -> None:
    if found := list(rows(carried)):
        op.get_bind().execute(sa.insert(table), found)


def _marks(shape: str) -> Iterator[tuple[re.Match[str], datetime]]:
    """The marks of that shape, oldest first."""
    query = sa.select(_ONCE.c.mark, _ONCE.c.at).order_by(_ONCE.c.at, _ONCE.c.mark)
    for mark, at in op.get_bind().execute(query).all():
        if match := re.fullmatch(shape, mark):
            yield match, at


_DAY = r"(\d{4}-\d\d-\d\d)"
_JOBS = (
    (rf"digest:([^:]+):{_DAY}", "digest"),
    (rf"morning:([^:]+):{_DAY}", "morning"),
    (rf"learn():{_DAY}", "training"),
    (rf"backup():{_DAY}T.+", "backup"),
    (rf"(telegram):reached:{_DAY}T\d\d", "contact"),
)
"""How the marks of a job looked: its scope, its day."""


def _job_runs(carried: set[str]) -> Iterator[Row]:
    """Of several on one day the last counts."""
    runs: dict[tuple[str, str, date], datetime] = {}
    for shape, job in _JOBS:
        for match, at in _marks(shape):
            try:
                day = date.fromisoformat(match[2])
            except ValueError:
                continue
            runs[job, match[1], day] = at
            carried.add(match[0])
    for (job, scope, day), until in runs.items():
        yield {"job": job, "scope": scope, "day": day, "until": until}


def _chat_migrations(carried: set[str]) -> Iterator[Row]:
    """Each was marked in both directions."""
    moved: dict[tuple[int, int], datetime] = {}
    for match, at in _marks(r"telegram:(came-from|went-to):(-?\d{1,18}):(-?\d{1,18})"):
        first, second = int(match[2]), int(match[3])
        moved.setdefault((second, first) if match[1] == "came-from" else (first, second), at)
        carried.add(match[0])
    for (old, new), at in moved.items():
        yield {"old_chat": old, "new_chat": new, "at": at}


def _forum_topics(carried: set[str]) -> Iterator[Row]:
    """Each was marked by its card and by its ticket; the newest of each counts."""
    cards, topics = dict[tuple[int, int], int](), dict[tuple[int, int], tuple[int, datetime]]()
    for match, _ in _marks(r"telegram:topic:(-?\d{1,18}):(\d{1,9}):(\d{1,9})"):
        cards[int(match[1]), int(match[2])] = int(match[3])
        carried.add(match[0])
    for match, at in _marks(r"telegram:topic-of:(-?\d{1,18}):(\d{1,9}):(\d{1,9})"):
        topics[int(match[1]), int(match[3])] = int(match[2]), at
        carried.add(match[0])
    for (chat, thread), (ticket, at) in topics.items():
        card = cards.get((chat, thread))
        if card is not None and _stands("message", card) and _stands("ticket", ticket):
            yield {"chat": chat, "thread": thread, "ticket": ticket, "card": card, "at": at}


def _stands(table: str, key: int) -> bool:
    own = sa.table(table, sa.column("id", sa.Integer())).c.id
    return op.get_bind().execute(sa.select(own).where(own == key)).first() is not None
