"""Places where people and the desk write."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select, update

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId, UnitId
from handlers.ports import Conversation
from storage.engine.columns import UtcTime
from storage.engine.prepared import Prepared, prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import StoredConversation, columns
from storage.tables import conversation, person

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class PlaceRow(NamedTuple):
    address: str
    person: PersonId
    active_at: datetime | None


_COLUMNS = columns(conversation, StoredConversation)
_GET = prepared(select(*_COLUMNS).where(conversation.c.address == bindparam("key")), StoredConversation)
_ADD = prepared(upsert(lambda insert: insert(conversation).on_conflict_do_nothing()))
_SAVE = prepared(update(conversation).where(conversation.c.address == bindparam("key")))
_SPOKE = prepared(
    update(conversation)
    .where(
        conversation.c.address == bindparam("key"),
        or_(conversation.c.active_at.is_(None), conversation.c.active_at < bindparam("at", type_=UtcTime())),
    )
    .values(active_at=bindparam("at", type_=UtcTime()))
)
_ROOMS = prepared(select(*_COLUMNS).where(conversation.c.unit.is_not(None), conversation.c.is_room), StoredConversation)
_ROOMS_OF_UNIT = prepared(
    select(*_COLUMNS).where(conversation.c.unit == bindparam("unit"), conversation.c.is_room),
    StoredConversation,
    remembered=True,
)
_PRIVATE_OF = prepared(
    select(*_COLUMNS)
    .where(conversation.c.person == bindparam("person"))
    .order_by(conversation.c.active_at.is_(None), conversation.c.active_at.desc(), conversation.c.address),
    StoredConversation,
    remembered=True,
)
_PRIVATE_OF_ALL = prepared(
    select(conversation.c.address, person.c.id.label("person"), conversation.c.active_at)
    .join(person, person.c.id == conversation.c.person)
    .where(~conversation.c.is_room, ~conversation.c.blocked, conversation.c.last_seq > 0, person.c.left_at.is_(None))
    .order_by(conversation.c.address),
    PlaceRow,
)
_CHANNELS = prepared_value(select(conversation.c.channel).distinct(), str)


class SqlConversations:
    """Saves are written at flush, all in one statement."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._loaded: dict[str, Conversation] = {}
        self._unsaved: dict[str, Conversation] = {}
        self._spoke: dict[str, datetime] = {}

    def forget(self) -> None:
        self._loaded.clear()

    def get(self, address: str) -> Conversation | None:
        if (known := self._loaded.get(address)) is not None:
            return known
        if (unsaved := self._unsaved.get(address)) is not None:
            found = replace(unsaved)
        else:
            row = self._transaction.run(_GET, {"key": address}).first()
            if row is None:
                return None
            found = _conversation(row)
        self._loaded[address] = found
        return found

    def ensure(self, conversation: Conversation) -> Conversation:
        if (found := self.get(conversation.address)) is not None:
            return found
        values = {"address": conversation.address, "last_seq": 0, **_values(conversation)}
        added = self._transaction.run(_ADD, values).rowcount == 1
        if added:
            stored = replace(conversation, last_seq=0)
        else:
            stored = _conversation(self._transaction.run(_GET, {"key": conversation.address}).one())
        self._loaded[stored.address] = stored
        return stored

    def save(self, conversation: Conversation) -> None:
        self._unsaved[conversation.address] = replace(conversation)

    def spoke(self, address: str, at: datetime) -> None:
        self._spoke[address] = max(at, self._spoke.get(address, at))
        known = self.get(address)
        if known is not None and (known.active_at is None or known.active_at < at):
            known.active_at = at

    def rooms(self, unit: UnitId | None = None) -> Sequence[Conversation]:
        found = self._many(_ROOMS) if unit is None else self._many(_ROOMS_OF_UNIT, unit=unit)
        return sorted(found, key=lambda room: room.address)

    def private_of(self, person: PersonId) -> Sequence[Conversation]:
        return self._many(_PRIVATE_OF, person=person)

    def private_of_all(self) -> Sequence[tuple[str, PersonId]]:
        self.flush()
        found: dict[PersonId, PlaceRow] = {}
        for row in self._transaction.run(_PRIVATE_OF_ALL, {}):
            known = found.get(row.person)
            if known is None or (row.active_at or LONG_AGO) > (known.active_at or LONG_AGO):
                found[row.person] = row
        return sorted((row.address, row.person) for row in found.values())

    def channels(self) -> Collection[str]:
        self.flush()
        return frozenset(self._transaction.run(_CHANNELS))

    def flush(self) -> None:
        self._save()
        if self._spoke:
            rows = [{"key": address, "at": self._spoke[address]} for address in sorted(self._spoke)]
            self._spoke.clear()
            self._transaction.run(_SPOKE, rows)

    def _save(self) -> None:
        if not self._unsaved:
            return
        unsaved = [self._unsaved[address] for address in sorted(self._unsaved)]
        self._unsaved.clear()
        rows = [{"key": place.address, **_values(place)} for place in unsaved]
        if self._transaction.run(_SAVE, rows).rowcount != len(rows):
            raise NotFound("conversation", [place.address for place in unsaved])

    def _many(self, query: Prepared[StoredConversation], **parameters: object) -> list[Conversation]:
        self.flush()
        rows = self._transaction.run(query, parameters)
        return [self._loaded.setdefault(row.address, _conversation(row)) for row in rows]


def _values(place: Conversation) -> dict[str, object]:
    return {
        "channel": place.channel,
        "person": place.person,
        "unit": place.unit,
        "title": place.title,
        "is_room": place.is_room,
        "blocked": place.blocked,
        "active_at": place.active_at,
    }


def _conversation(row: StoredConversation) -> Conversation:
    return Conversation(
        address=row.address,
        channel=row.channel,
        person=row.person,
        unit=row.unit,
        title=row.title,
        is_room=row.is_room,
        blocked=row.blocked,
        last_seq=row.last_seq,
        active_at=row.active_at,
    )
