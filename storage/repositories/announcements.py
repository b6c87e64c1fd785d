"""Announcements, and who read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Integer, bindparam, delete, func, insert, select, update

from handlers.domain.announcements import Announcement, AnnouncementId, Audience, ReadCount, Reader
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import announcement, announcement_reader


class AnnouncementRow(NamedTuple):
    id: AnnouncementId
    number: str
    text: str
    security: bool
    audience: str
    department: str
    made_by: PersonId
    made_at: datetime
    withdrawn_at: datetime | None
    version: int


class ReaderRow(NamedTuple):
    announcement: AnnouncementId
    person: PersonId
    told_at: datetime | None
    read_at: datetime | None
    reminded_at: datetime | None


_COLUMNS = columns(announcement, AnnouncementRow)
_READER = columns(announcement_reader, ReaderRow)
_KEY = bindparam("key", type_=Integer)
_PERSON = bindparam("of_person", type_=Integer)
_OF: Column[Any] = announcement_reader.c.announcement
_GET = prepared(select(*_COLUMNS).where(announcement.c.id == _KEY), AnnouncementRow)
_ADD = prepared(insert(announcement))
_SAVE = prepared(
    update(announcement).where(announcement.c.id == bindparam("key"), announcement.c.version == bindparam("known"))
)
_IN_FORCE = prepared(
    select(*_COLUMNS).where(announcement.c.withdrawn_at.is_(None)).order_by(announcement.c.id), AnnouncementRow
)
_UNREAD_OF = prepared(
    select(*_COLUMNS)
    .join(announcement_reader, announcement.c.id == _OF)
    .where(
        announcement_reader.c.person == _PERSON,
        announcement_reader.c.read_at.is_(None),
        announcement.c.withdrawn_at.is_(None),
    )
    .order_by(announcement.c.id),
    AnnouncementRow,
)
_ONE_READER = prepared(
    select(*_READER).where(_OF == _KEY, announcement_reader.c.person == _PERSON),
    ReaderRow,
)
_ADD_READER = prepared(insert(announcement_reader))
_ONE_TIME = {
    name: bindparam(f"now_{name}", type_=announcement_reader.c[name].type)
    for name in ("told_at", "read_at", "reminded_at")
}
_SAVE_READER = prepared(
    update(announcement_reader)
    .where(
        announcement_reader.c.announcement == bindparam("key"), announcement_reader.c.person == bindparam("of_person")
    )
    .values({name: func.coalesce(_ONE_TIME[name], announcement_reader.c[name]) for name in _ONE_TIME})
)
"""What another transaction wrote meanwhile stays: who reads it while they are told has read it."""
_UNTOLD = prepared(
    select(*_READER)
    .join(announcement, announcement.c.id == _OF)
    .where(
        announcement.c.withdrawn_at.is_(None),
        announcement_reader.c.read_at.is_(None),
        announcement_reader.c.told_at.is_(None),
    )
    .order_by(_OF, announcement_reader.c.person)
    .limit(bindparam("most", type_=Integer)),
    ReaderRow,
)
_COUNT_READ = prepared_value(
    select(func.count()).where(announcement_reader.c.person == _PERSON, announcement_reader.c.read_at.is_not(None)),
    int,
)
_COUNT_WRITTEN = prepared_value(select(func.count()).where(announcement.c.made_by == _PERSON), int)


class SqlAnnouncements:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, one: Announcement, readers: Collection[PersonId]) -> Announcement:
        key = AnnouncementId(self._transaction.new_id(_ADD, {**_values(one), "version": 0}))
        self.add_readers(key, readers)
        return replace(one, id=key, version=0)

    def save(self, one: Announcement) -> Announcement:
        values = {**_values(one), "version": one.version + 1, "key": one.id, "known": one.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(one.id)
            raise Stale("announcement", one.id)
        return replace(one, version=one.version + 1)

    def get(self, key: AnnouncementId) -> Announcement:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("announcement", key)
        return _of(row)

    def latest(self, limit: int = 100) -> Sequence[Announcement]:
        query = select(*_COLUMNS).order_by(announcement.c.id.desc()).limit(limit)
        return [_of(AnnouncementRow._make(row)) for row in self._transaction.execute(query)]

    def in_force(self) -> Sequence[Announcement]:
        return [_of(row) for row in self._transaction.run(_IN_FORCE, {})]

    def counts(self) -> Mapping[AnnouncementId, ReadCount]:
        query: Any = select(
            _OF,
            func.count(),
            func.count(announcement_reader.c.told_at),
            func.count(announcement_reader.c.read_at),
        ).group_by(_OF)
        counted = {}
        rows: Any = self._transaction.execute(query)
        for key, readers, told, read in rows:
            counted[AnnouncementId(key)] = ReadCount(readers, told, read)
        return counted

    def readers(self, key: AnnouncementId) -> Sequence[Reader]:
        return self._readers(key == _OF)

    def reader(self, key: AnnouncementId, person: PersonId) -> Reader | None:
        row = self._transaction.run(_ONE_READER, {"key": key, "of_person": person}).first()
        return None if row is None else Reader(**row._asdict())

    def unread_of(self, person: PersonId) -> Sequence[Announcement]:
        return [_of(row) for row in self._transaction.run(_UNREAD_OF, {"of_person": person})]

    def add_readers(self, key: AnnouncementId, people: Collection[PersonId]) -> None:
        values = {"told_at": None, "read_at": None, "reminded_at": None}
        rows = [{"announcement": key, "person": person, **values} for person in sorted(people)]
        if rows:
            self._transaction.run(_ADD_READER, rows)

    def untold(self, limit: int) -> Sequence[Reader]:
        return [Reader(**row._asdict()) for row in self._transaction.run(_UNTOLD, {"most": limit})]

    def silent(self, told_before: datetime) -> Sequence[Reader]:
        in_force = select(announcement.c.id).where(announcement.c.withdrawn_at.is_(None))
        return self._readers(
            _OF.in_(in_force),
            announcement_reader.c.told_at <= told_before,
            announcement_reader.c.read_at.is_(None),
            announcement_reader.c.reminded_at.is_(None),
        )

    def save_reader(self, one: Reader) -> None:
        times = {f"now_{name}": getattr(one, name) for name in _ONE_TIME}
        self._transaction.run(_SAVE_READER, {"key": one.announcement, "of_person": one.person, **times})

    def count_of(self, person: PersonId) -> int:
        asked = {"of_person": person}
        return self._transaction.run(_COUNT_READ, asked).one() + self._transaction.run(_COUNT_WRITTEN, asked).one()

    def move(self, guest: PersonId, person: PersonId) -> None:
        both = select(_OF).where(announcement_reader.c.person == person)
        theirs = announcement_reader.c.person == guest
        self._transaction.execute(delete(announcement_reader).where(theirs, _OF.in_(both)))
        self._transaction.execute(update(announcement_reader).where(theirs).values(person=person))

    def _readers(self, *where: Any) -> Sequence[Reader]:
        query: Any = select(*_READER).where(*where).order_by(_OF, announcement_reader.c.person)
        return [Reader(**ReaderRow._make(row)._asdict()) for row in self._transaction.execute(query)]


def _of(row: AnnouncementRow) -> Announcement:
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"{row.number!r} is no number")
    return Announcement(**{**row._asdict(), "number": number, "audience": Audience(row.audience)})


def _values(one: Announcement) -> dict[str, object]:
    kept = {name: getattr(one, name) for name in AnnouncementRow._fields if name not in ("id", "version")}
    return {**kept, "number": str(one.number), "audience": one.audience.value}
