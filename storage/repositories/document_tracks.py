"""Documents to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, bindparam, func, insert, or_, select, update

from handlers.domain.document_tracks import DocumentId, DocumentKind, DocumentTrack, Result
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from knowledge.language.device_keys import make_key
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import document_track


class DocumentRow(NamedTuple):
    id: DocumentId
    number: str
    registry_no: str
    came_on: date
    dated: date | None
    sender: str
    subject: str
    kind: str
    last_day: date | None
    enclosures: int
    holder: PersonId | None
    ticket: TicketId | None
    result: str | None
    answer_no: str
    ended_at: datetime | None
    ended_by: PersonId | None
    withdrawn_at: datetime | None
    made_by: PersonId
    made_at: datetime
    version: int


_COLUMNS = columns(document_track, DocumentRow)
_KEY = bindparam("key", type_=Integer)
_PERSON = bindparam("person", type_=Integer)
_GET = prepared(select(*_COLUMNS).where(document_track.c.id == _KEY), DocumentRow)
_NUMBERED = prepared(select(*_COLUMNS).where(document_track.c.number == bindparam("number", type_=String)), DocumentRow)
_OF_TICKET = prepared(
    select(*_COLUMNS)
    .where(document_track.c.ticket == bindparam("ticket", type_=Integer), document_track.c.withdrawn_at.is_(None))
    .order_by(document_track.c.id),
    DocumentRow,
)
_ADD = prepared(insert(document_track))
_SAVE = prepared(
    update(document_track).where(
        document_track.c.id == bindparam("key"), document_track.c.version == bindparam("known")
    )
)
_COUNT_OF = prepared_value(
    select(func.count()).where(
        or_(
            document_track.c.holder == _PERSON,
            document_track.c.made_by == _PERSON,
            document_track.c.ended_by == _PERSON,
        )
    ),
    int,
)


_MOVE = prepared(
    update(document_track)
    .where(document_track.c.holder == bindparam("guest", type_=Integer))
    .values(holder=bindparam("to_person", type_=Integer))
)
_STANDING = document_track.c.withdrawn_at.is_(None)


class SqlDocumentTracks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, one: DocumentTrack) -> DocumentTrack:
        self._require_free(one)
        return replace(one, id=DocumentId(self._transaction.new_id(_ADD, {**_values(one), "version": 0})), version=0)

    def save(self, one: DocumentTrack) -> DocumentTrack:
        self._require_free(one)
        values = {**_values(one), "version": one.version + 1, "key": one.id, "known": one.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(one.id)
            raise Stale("document", one.id)
        return replace(one, version=one.version + 1)

    def get(self, key: DocumentId) -> DocumentTrack:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("document", key)
        return _of(row)

    def numbered(self, number: str) -> DocumentTrack | None:
        row = self._transaction.run(_NUMBERED, {"number": number}).first()
        return None if row is None else _of(row)

    def registered(self, registry_no: str) -> Sequence[DocumentTrack]:
        return self._found(document_track.c.registry_key == make_key(registry_no), _STANDING, newest=True)

    def open(self, holder: PersonId | None = None) -> Sequence[DocumentTrack]:
        theirs = [] if holder is None else [document_track.c.holder == holder]
        found = self._found(document_track.c.result.is_(None), _STANDING, *theirs)
        return sorted(found, key=lambda one: (one.last_day or date.max, one.id))

    def of_year(self, year: int) -> Sequence[DocumentTrack]:
        return self._found(document_track.c.number.startswith(f"ET-{year}-"))

    def of_ticket(self, ticket: TicketId) -> Sequence[DocumentTrack]:
        return [_of(row) for row in self._transaction.run(_OF_TICKET, {"ticket": ticket})]

    def ended(self, holder: PersonId | None = None, *, limit: int = 50) -> Sequence[DocumentTrack]:
        theirs = [] if holder is None else [document_track.c.holder == holder]
        query: Any = select(*_COLUMNS).where(document_track.c.result.is_not(None), _STANDING, *theirs)
        newest = query.order_by(document_track.c.ended_at.desc(), document_track.c.id.desc()).limit(limit)
        return [_of(DocumentRow._make(row)) for row in self._transaction.execute(newest)]

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT_OF, {"person": person}).one()

    def move(self, guest: PersonId, person: PersonId) -> None:
        self._transaction.run(_MOVE, {"guest": guest, "to_person": person})

    def _found(self, *where: ColumnElement[bool], newest: bool = False) -> Sequence[DocumentTrack]:
        query: Any = select(*_COLUMNS).where(*where)
        order = document_track.c.id.desc() if newest else document_track.c.id
        return [_of(DocumentRow._make(row)) for row in self._transaction.execute(query.order_by(order))]

    def _require_free(self, one: DocumentTrack) -> None:
        """Raises Stale; of two at once the database refuses the second."""
        if one.withdrawn_at is not None:
            return
        if any(
            other.came_on.year == one.came_on.year and other.id != one.id for other in self.registered(one.registry_no)
        ):
            raise Stale("document", one.registry_no)


def _of(row: DocumentRow) -> DocumentTrack:
    kept = row._asdict()
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"{row.number!r} is no number")
    result = None if row.result is None else Result(row.result)
    return DocumentTrack(**{**kept, "number": number, "kind": DocumentKind(row.kind), "result": result})


def _values(one: DocumentTrack) -> dict[str, object]:
    kept = {name: getattr(one, name) for name in DocumentRow._fields if name not in ("id", "version")}
    return {
        **kept,
        "number": str(one.number),
        "registry_key": make_key(one.registry_no),
        "came_in": one.came_on.year,
        "kind": one.kind.value,
        "result": None if one.result is None else one.result.value,
    }
