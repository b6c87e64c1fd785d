from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.announcements import Announcement, AnnouncementId, ReadCount, Reader
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from tests.fakes.tables import FakeTransaction


class FakeAnnouncements:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, one: Announcement, readers: Collection[PersonId]) -> Announcement:
        added = replace(one, id=AnnouncementId(self._transaction.new_id()), version=0)
        self._transaction.changing.announcements[added.id] = added
        self.add_readers(added.id, readers)
        return added

    def save(self, one: Announcement) -> Announcement:
        if self.get(one.id).version != one.version:
            raise Stale("announcement", one.id)
        saved = replace(one, version=one.version + 1)
        self._transaction.changing.announcements[saved.id] = saved
        return saved

    def get(self, key: AnnouncementId) -> Announcement:
        found = self._transaction.seen.announcements.get(key)
        if found is None:
            raise NotFound("announcement", key)
        return found

    def latest(self, limit: int = 100) -> Sequence[Announcement]:
        return sorted(self._transaction.seen.announcements.values(), key=lambda one: -one.id)[:limit]

    def in_force(self) -> Sequence[Announcement]:
        return [one for one in reversed(self.latest()) if one.in_force]

    def counts(self) -> Mapping[AnnouncementId, ReadCount]:
        found = {}
        for key in {one.announcement for one in self._all()}:
            of = self.readers(key)
            told, read = (sum(getattr(one, name) is not None for one in of) for name in ("told_at", "read_at"))
            found[key] = ReadCount(len(of), told, read)
        return found

    def readers(self, key: AnnouncementId) -> Sequence[Reader]:
        return [one for one in self._all() if one.announcement == key]

    def reader(self, key: AnnouncementId, person: PersonId) -> Reader | None:
        return self._transaction.seen.announcement_readers.get((key, person))

    def unread_of(self, person: PersonId) -> Sequence[Announcement]:
        theirs = {one.announcement for one in self._all() if one.person == person and one.read_at is None}
        return [one for one in self.in_force() if one.id in theirs]

    def add_readers(self, key: AnnouncementId, people: Collection[PersonId]) -> None:
        for person in people:
            self._transaction.changing.announcement_readers[key, person] = Reader(announcement=key, person=person)

    def untold(self, limit: int) -> Sequence[Reader]:
        return [one for one in self._of_those_in_force() if one.told_at is None and one.read_at is None][:limit]

    def silent(self, told_before: datetime) -> Sequence[Reader]:
        return [
            one
            for one in self._of_those_in_force()
            if one.told_at is not None
            and one.told_at <= told_before
            and one.read_at is None
            and one.reminded_at is None
        ]

    def save_reader(self, one: Reader) -> None:
        known = self.reader(one.announcement, one.person) or one
        times = {name: getattr(one, name) or getattr(known, name) for name in ("told_at", "read_at", "reminded_at")}
        self._transaction.changing.announcement_readers[one.announcement, one.person] = replace(one, **times)

    def count_of(self, person: PersonId) -> int:
        read = sum(one.person == person and one.read_at is not None for one in self._all())
        return read + sum(one.made_by == person for one in self.latest())

    def move(self, guest: PersonId, person: PersonId) -> None:
        readers = self._transaction.changing.announcement_readers
        for one in [reader for reader in self._all() if reader.person == guest]:
            del readers[one.announcement, guest]
            readers.setdefault((one.announcement, person), replace(one, person=person))

    def _all(self) -> list[Reader]:
        return sorted(
            self._transaction.seen.announcement_readers.values(), key=lambda one: (one.announcement, one.person)
        )

    def _of_those_in_force(self) -> list[Reader]:
        in_force = {one.id for one in self.in_force()}
        return [one for one in self._all() if one.announcement in in_force]
