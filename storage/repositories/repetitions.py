"""What was opened again and again: of a device, of a subject in a room, of a subject of a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from handlers.domain.recurring import OF_RECURRING
from handlers.domain.ticket import TicketId
from handlers.ports.figures import Repetition, Sameness
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.tables import ticket


class RepetitionRow(NamedTuple):
    kind: int
    what: str
    category: str | None
    number: int
    newest: TicketId
    first: TicketId
    total: int


_TIME = ticket.c.opened_at.type
_OPENED = and_(
    ticket.c.unit == bindparam("unit"),
    ticket.c.opened_at >= bindparam("since", type_=_TIME),
    ticket.c.opened_at < bindparam("until", type_=_TIME),
    ~ticket.c.restricted,
)


def _fact(name: str) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """As it is written in the JSON, with its escapes; "" where it is not told. On SQLite and on PostgreSQL."""
    key: ColumnElement[str] = literal_column(f'\'"{name}":"\'')
    rest = func.substr(ticket.c.facts, func.instr(ticket.c.facts, key) + literal_column(str(len(name) + 4)))
    inside = func.substr(rest, 1, func.instr(rest, _QUOTE) - 1)
    lite = case((func.instr(ticket.c.facts, key) > literal_column("0"), inside), else_=literal_column("''"))
    return lite, func.split_part(func.split_part(ticket.c.facts, key, 2), _QUOTE, 1)


_REPORTER = cast(ticket.c.reporter, Text)
_QUOTE: ColumnElement[str] = literal_column("'\"'")
_KINDS_OF_SAMENESS = tuple(Sameness)


def _repeated(dialect: int) -> CompoundSelect[Any]:
    """Each ticket is looked at once, however it may be the same as another."""
    opened = (
        select(
            ticket.c.id,
            ticket.c.category,
            _fact("demirbas")[dialect].label(Sameness.DEVICE.value),
            _fact("oda")[dialect].label(Sameness.ROOM.value),
            _REPORTER.label(Sameness.PERSON.value),
        )
        .where(_OPENED, ~ticket.c.draft.startswith(OF_RECURRING))
        .cte("opened")
    )

    def alike(kind: int, by: Sameness) -> Select[Any]:
        what, by_subject = opened.c[by.value], by is not Sameness.DEVICE
        category = opened.c.category if by_subject else literal_column("NULL", String)
        known = opened.c.category.is_not(None) if by_subject else literal_column("TRUE", Boolean)
        return (
            select(
                literal_column(str(kind), Integer).label("kind"),
                type_coerce(what, String).label("what"),
                category.label("category"),
                func.count().label("number"),
                func.max(opened.c.id).label("newest"),
                func.min(opened.c.id).label("first"),
                cast(func.sum(opened.c.id), BigInteger).label("total"),
            )
            .where(known, what != literal_column("''"))
            .group_by(what, *((opened.c.category,) if by_subject else ()))
            .having(func.count() >= bindparam("often", type_=Integer))
        )

    return union_all(*(alike(kind, by) for kind, by in enumerate(_KINDS_OF_SAMENESS)))


_ALIKE = ("number", "newest", "first", "total")
"""Two that have the same tickets have the same; nothing else has, as good as."""


def _most_frequent(dialect: int) -> Select[Any]:
    """So many more that those which are told already are made up for."""
    every = _repeated(dialect).subquery()
    return (
        select(*(every.c[name] for name in RepetitionRow._fields))
        .where(in_list(every.c.kind, "kinds"))
        .order_by(every.c.number.desc(), every.c.newest.desc(), every.c.kind)
        .limit(bindparam("rows", type_=Integer))
    )


def _counted(dialect: int) -> Select[Any]:
    every = _repeated(dialect).subquery()
    return select(func.count()).select_from(select(*(every.c[name] for name in _ALIKE)).distinct().subquery())


_REPEATED = prepared({"sqlite": _most_frequent(0), "postgresql": _most_frequent(1)}, RepetitionRow)
_COUNT = prepared_value({"sqlite": _counted(0), "postgresql": _counted(1)}, int)


def most_repeated(
    transaction: Transaction, asked: dict[str, object], most: int, by: Sequence[Sameness]
) -> Sequence[Repetition]:
    """`asked`: `unit`, `since`, `until` and `often`."""
    found: dict[tuple[int, TicketId, TicketId, int], RepetitionRow] = {}
    kinds = [_KINDS_OF_SAMENESS.index(one) for one in by]
    for row in transaction.run(_REPEATED, {**asked, "rows": most * len(kinds), "kinds": kinds}):
        found.setdefault((row.number, row.newest, row.first, row.total), row)
    return [_repetition(row) for row in islice(found.values(), most)]


def count_repeated(transaction: Transaction, asked: dict[str, object]) -> int:
    return transaction.run(_COUNT, asked).one()


def _repetition(row: RepetitionRow) -> Repetition:
    by = _KINDS_OF_SAMENESS[row.kind]
    return Repetition(by, _unescaped(row.what), row.category, row.number, row.newest)


def _unescaped(written: str) -> str:
    try:
        return str(json.loads(f'"{written}"'))
    except ValueError:  # cut at a quotation mark that was a part of it
        return written
