"""What was opened again and again: of a device, of a subject in a room, of a subject of a person.

Each ticket is looked at once, and is then three numbers: of its device, of its subject and room, of its subject and
person. Of weeks that are kept for the charts these numbers are kept, too (`figure_week.alike`), for a quarter's tickets
cost a hundred times what it costs to count their numbers.
"""

from __future__ import annotations

import json
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)

from handlers.domain.people import PersonId, UnitId
from handlers.domain.recurring import OF_RECURRING
from handlers.domain.ticket import TicketId
from handlers.ports.figures import Repetition, Sameness
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.tables import figure_week, ticket


class OpenedRow(NamedTuple):
    id: TicketId
    opened_at: datetime
    category: str | None
    device: str
    room: str
    reporter: PersonId


class KeptRow(NamedTuple):
    starts_at: datetime
    ends_at: datetime
    alike: str


_TIME = ticket.c.opened_at.type
_OPENED = and_(
    ticket.c.unit == bindparam("unit"),
    ticket.c.opened_at >= bindparam("since", type_=_TIME),
    ticket.c.opened_at < bindparam("until", type_=_TIME),
    ~ticket.c.restricted,
    ~ticket.c.draft.startswith(OF_RECURRING),
)
_QUOTE: ColumnElement[str] = literal_column("'\"'")


def _fact(name: str) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """As it is written in the JSON, with its escapes; "" where it is not told. On SQLite and on PostgreSQL."""
    key: ColumnElement[str] = literal_column(f'\'"{name}":"\'')
    rest = func.substr(ticket.c.facts, func.instr(ticket.c.facts, key) + literal_column(str(len(name) + 4)))
    inside = func.substr(rest, 1, func.instr(rest, _QUOTE) - 1)
    lite = case((func.instr(ticket.c.facts, key) > literal_column("0"), inside), else_=literal_column("''"))
    return type_coerce(lite, String), func.split_part(func.split_part(ticket.c.facts, key, 2), _QUOTE, 1, type_=String)


def _rows(dialect: int, where: ColumnElement[bool]) -> Select[Any]:
    device, room = (_fact(name)[dialect] for name in ("demirbas", "oda"))
    return select(
        ticket.c.id,
        ticket.c.opened_at,
        ticket.c.category,
        device.label("device"),
        room.label("room"),
        ticket.c.reporter,
    ).where(where)


_OF_STRETCH = prepared({"sqlite": _rows(0, _OPENED), "postgresql": _rows(1, _OPENED)}, OpenedRow)
_ONES = in_list(ticket.c.id, "tickets")
_OF_TICKETS = prepared({"sqlite": _rows(0, _ONES), "postgresql": _rows(1, _ONES)}, OpenedRow)
_KEPT = prepared(
    select(figure_week.c.starts_at, figure_week.c.ends_at, type_coerce(figure_week.c.alike, Text).label("alike"))
    .where(
        figure_week.c.unit == bindparam("of_unit"),
        figure_week.c.ends_at > bindparam("since", type_=_TIME),
        figure_week.c.starts_at < bindparam("until", type_=_TIME),
        figure_week.c.alike.is_not(None),
    )
    .order_by(figure_week.c.ends_at),
    KeptRow,
)

_KINDS = tuple(Sameness)
_NOTHING = 0
"""The number of what is not told."""
_ENTRY = np.dtype([("ticket", "<u4"), ("opened", "<i8"), *((kind.value, "<u8") for kind in _KINDS)])
Entries = NDArray[Any]
"""Of `_ENTRY`: a ticket each."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Group(NamedTuple):
    """Tickets that are alike. Two that have the same numbers have the same tickets; nothing else has, as good as."""

    number: int
    newest: TicketId
    first: TicketId
    total: int


# --- tickets as numbers -----------------------------------------------------------------------------
def packed(transaction: Transaction, unit: UnitId, since: datetime, until: datetime) -> str:
    """As `figure_week.alike` keeps it of a week: in one order, so that what is counted twice is the same."""
    found = _counted_now(transaction, unit, since, until)
    return b64encode(np.sort(found, order="ticket").tobytes()).decode("ascii")


def kept(transaction: Transaction, unit: UnitId, since: datetime, until: datetime) -> Sequence[KeptRow]:
    """Weeks that have something of that stretch, in their order."""
    return transaction.run(_KEPT, {"of_unit": unit, "since": since, "until": until}).all()


def _opened(transaction: Transaction, unit: UnitId, since: datetime, until: datetime) -> Entries:
    """Of weeks that are kept as they are kept; the others are counted now."""
    parts, begins = [], since
    for week in kept(transaction, unit, since, until):
        if begins < week.starts_at:
            parts.append(_counted_now(transaction, unit, begins, week.starts_at))
        entries = np.frombuffer(a2b_base64(week.alike), _ENTRY)
        if week.starts_at < since or week.ends_at > until:
            opened = entries["opened"]
            entries = entries[(opened >= _moment(since)) & (opened < _moment(until))]
        parts.append(entries)
        begins = week.ends_at
    if begins < until:
        parts.append(_counted_now(transaction, unit, begins, until))
    return np.concatenate(parts) if parts else np.empty(0, _ENTRY)


def _counted_now(transaction: Transaction, unit: UnitId, since: datetime, until: datetime) -> Entries:
    rows = transaction.run(_OF_STRETCH, {"unit": unit, "since": since, "until": until})
    return np.fromiter(_entries(rows), _ENTRY)


def _entries(rows: Iterable[OpenedRow]) -> Iterator[tuple[int, ...]]:
    devices, rooms, people = (partial(_remembered, kind, {}) for kind in _KINDS)
    for row in rows:
        yield (
            row.id,
            _moment(row.opened_at),
            devices(row.device, ""),
            rooms(row.room, row.category),
            people(str(row.reporter), row.category),
        )


def _remembered(kind: Sameness, known: dict[tuple[str, str], int], what: str, category: str | None) -> int:
    if not what or category is None:
        return _NOTHING
    if (found := known.get((what, category))) is None:
        found = known[what, category] = _number(kind, what, category)
    return found


def _number(kind: Sameness, what: str, category: str) -> int:
    """The same in every process and every version: it is kept."""
    written = f"{kind.value}\0{category}\0{what}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(written, digest_size=8).digest(), "little") or 1


def _moment(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


# --- groups of them -----------------------------------------------------------------------------------
def most_repeated(
    transaction: Transaction,
    unit: UnitId,
    since: datetime,
    until: datetime,
    *,
    often: int,
    most: int,
    by: Sequence[Sameness],
) -> Sequence[Repetition]:
    """So many groups more are looked at that those which are told already are made up for."""
    found: dict[Group, Sameness] = {}
    groups, kinds = _groups(_opened(transaction, unit, since, until), often)
    wanted = np.isin(kinds, [_KINDS.index(one) for one in by])
    groups, kinds = groups[:, wanted], kinds[wanted]
    number, newest, *_ = groups
    for place in np.lexsort((kinds, -newest, -number))[: most * len(by)]:
        found.setdefault(_group(groups[:, place]), _KINDS[kinds[place]])
    shown = list(islice(found.items(), most))
    named = _named(transaction, [group.newest for group, _ in shown])
    return [_repetition(named[group.newest], kind, group) for group, kind in shown]


def count_repeated(transaction: Transaction, unit: UnitId, since: datetime, until: datetime, often: int) -> int:
    groups, _ = _groups(_opened(transaction, unit, since, until), often)
    return int(np.unique(groups, axis=1).shape[1]) if groups.size else 0


def _groups(entries: Entries, often: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those of so many tickets or more: the fields of `Group`, a column each, and of which kind they are."""
    keys = np.concatenate([entries[kind.value] for kind in _KINDS])
    tickets = np.tile(entries["ticket"].astype(np.int64), len(_KINDS))
    order = np.argsort(keys, kind="stable")
    order = order[np.searchsorted(keys, _NOTHING, side="right", sorter=order) :]
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if ordered.size else order
    if not starts.size:
        return np.empty((len(Group._fields), 0), np.int64), np.empty(0, np.int64)
    alike = tickets[order]
    number = np.diff(starts, append=ordered.size)
    sums = (function.reduceat(alike, starts) for function in (np.maximum, np.minimum, np.add))
    groups, kinds = np.stack([number, *sums]), order[starts] // len(entries)
    enough = number >= often
    return groups[:, enough], kinds[enough]


def _group(numbers: NDArray[np.int64]) -> Group:
    number, newest, first, total = map(int, numbers)
    return Group(number, TicketId(newest), TicketId(first), total)


def _named(transaction: Transaction, tickets: Sequence[TicketId]) -> Mapping[TicketId, OpenedRow]:
    return {row.id: row for row in transaction.run(_OF_TICKETS, {"tickets": tickets})}


def _repetition(newest: OpenedRow, kind: Sameness, group: Group) -> Repetition:
    written = {Sameness.DEVICE: newest.device, Sameness.ROOM: newest.room, Sameness.PERSON: str(newest.reporter)}
    category = None if kind is Sameness.DEVICE else newest.category
    return Repetition(kind, _unescaped(written[kind]), category, group.number, group.newest)


def _unescaped(written: str) -> str:
    try:
        return str(json.loads(f'"{written}"'))
    except ValueError:  # cut at a quotation mark that was a part of it
        return written
