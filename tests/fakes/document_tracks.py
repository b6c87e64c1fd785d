from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.domain.document_tracks import DocumentId, DocumentTrack
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from knowledge.language.device_keys import make_key
from tests.fakes.tables import FakeTransaction


class FakeDocumentTracks:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, one: DocumentTrack) -> DocumentTrack:
        self._require_free(one)
        added = replace(one, id=DocumentId(self._transaction.new_id()), version=0)
        self._transaction.changing.document_tracks[added.id] = added
        return added

    def save(self, one: DocumentTrack) -> DocumentTrack:
        self._require_free(one)
        if self.get(one.id).version != one.version:
            raise Stale("document", one.id)
        saved = replace(one, version=one.version + 1)
        self._transaction.changing.document_tracks[saved.id] = saved
        return saved

    def get(self, key: DocumentId) -> DocumentTrack:
        found = self._transaction.seen.document_tracks.get(key)
        if found is None:
            raise NotFound("document", key)
        return found

    def numbered(self, number: str) -> DocumentTrack | None:
        return next((one for one in self._all() if str(one.number) == number), None)

    def registered(self, registry_no: str) -> Sequence[DocumentTrack]:
        key = make_key(registry_no)
        return [one for one in reversed(self._standing()) if make_key(one.registry_no) == key]

    def open(self, holder: PersonId | None = None) -> Sequence[DocumentTrack]:
        found = [one for one in self._standing() if one.is_open and holder in (None, one.holder)]
        return sorted(found, key=lambda one: (one.last_day or date.max, one.id))

    def of_year(self, year: int) -> Sequence[DocumentTrack]:
        return [one for one in self._all() if one.number.year == year]

    def of_ticket(self, ticket: TicketId) -> Sequence[DocumentTrack]:
        return [one for one in self._standing() if one.ticket == ticket]

    def ended(self, holder: PersonId | None = None, *, limit: int = 50) -> Sequence[DocumentTrack]:
        found = [one for one in self._standing() if one.result is not None and holder in (None, one.holder)]
        never = datetime.min.replace(tzinfo=UTC)
        return sorted(found, key=lambda one: (one.ended_at or never, one.id), reverse=True)[:limit]

    def count_of(self, person: PersonId) -> int:
        return sum(person in (one.holder, one.made_by, one.ended_by) for one in self._all())

    def move(self, guest: PersonId, person: PersonId) -> None:
        for one in self._all():
            if one.holder == guest:
                self._transaction.changing.document_tracks[one.id] = replace(one, holder=person)

    def _all(self) -> list[DocumentTrack]:
        return sorted(self._transaction.seen.document_tracks.values(), key=lambda one: one.id)

    def _standing(self) -> list[DocumentTrack]:
        return [one for one in self._all() if one.withdrawn_at is None]

    def _require_free(self, one: DocumentTrack) -> None:
        others = self.registered(one.registry_no) if one.withdrawn_at is None else []
        if any(other.came_on.year == one.came_on.year and other.id != one.id for other in others):
            raise Stale("document", one.registry_no)
