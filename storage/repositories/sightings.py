"""What was seen in the network, and which devices it is of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, bindparam, delete, func, insert, or_, select, update

from handlers.domain.devices import DeviceId, Ending
from handlers.domain.errors import NotFound, Stale
from handlers.domain.months import Month
from handlers.domain.people import PersonId
from handlers.domain.sightings import (
    TELLS_TWINS,
    Disk,
    ItemType,
    Link,
    PageCount,
    Seen,
    Sighting,
    SightingId,
    SightingKey,
    Toner,
)
from handlers.ports.sightings import SightingCounts, SightingsWanted
from knowledge.language.folding import folded
from storage.engine.columns import UtcTime
from storage.engine.in_list import in_list
from storage.engine.like import contains
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import device, page_count, sighting, sighting_key


class SightingRow(NamedTuple):
    id: SightingId
    agent: str
    device_text: str
    agent_key: str
    seen: dict[str, Any]
    first_seen: datetime
    last_seen: datetime
    device: DeviceId | None
    link: str | None
    linked_by: PersonId | None
    linked_at: datetime | None
    ignored_at: datetime | None
    ignored_by: PersonId | None
    version: int


class KeyRow(NamedTuple):
    kind: str
    key: str
    sighting: SightingId


class PagesRow(NamedTuple):
    sighting: SightingId
    month: str
    total: int
    at: datetime


class CountsRow(NamedTuple):
    number: int
    newest: datetime | None


COLUMNS = columns(sighting, SightingRow)
_BEFORE = bindparam("before", type_=UtcTime)
_SINCE = bindparam("since", type_=UtcTime)
_OF_SIGHTING = bindparam("of_sighting", type_=Integer)
_GET = prepared(select(*COLUMNS).where(sighting.c.id == bindparam("key", type_=Integer)), SightingRow)
_ADD = prepared(insert(sighting))
_SAVE = prepared(update(sighting).where(sighting.c.id == bindparam("key"), sighting.c.version == bindparam("known")))
_ADD_KEY = prepared(insert(sighting_key))
_FORGET_KEYS = prepared(delete(sighting_key).where(sighting_key.c.sighting == _OF_SIGHTING))
_KEYS = prepared(select(*columns(sighting_key, KeyRow)).where(in_list(sighting_key.c.key, "keys")), KeyRow)
_NEWEST_FIRST = (sighting.c.last_seen.desc(), sighting.c.id.desc())
_SEVERAL = prepared(select(*COLUMNS).where(in_list(sighting.c.id, "ids")).order_by(*_NEWEST_FIRST), SightingRow)
_OF_DEVICES = prepared(
    select(*COLUMNS).where(in_list(sighting.c.device, "devices")).order_by(*_NEWEST_FIRST), SightingRow
)
_COUNTS = prepared(select(func.count().label("number"), func.max(sighting.c.last_seen).label("newest")), CountsRow)
_WHO = bindparam("person", type_=Integer)
_COUNT_OF = prepared_value(
    select(func.count(sighting.c.id))
    .select_from(sighting.outerjoin(device, device.c.id == sighting.c.device))
    .where(or_(device.c.holder == _WHO, sighting.c.linked_by == _WHO, sighting.c.ignored_by == _WHO)),
    int,
)
_TELLING = or_(*(sighting_key.c.kind == kind.value for kind in sorted(TELLS_TWINS)))
_RECENT = sighting_key.join(sighting, sighting.c.id == sighting_key.c.sighting)
_SHARED = (
    select(sighting_key.c.kind, sighting_key.c.key)
    .select_from(_RECENT)
    .where(_TELLING, sighting.c.last_seen >= _SINCE)
    .group_by(sighting_key.c.kind, sighting_key.c.key)
    .having(func.count() > 1)
    .subquery()
)
_TWINS = prepared_value(
    select(sighting_key.c.sighting)
    .distinct()
    .select_from(
        _RECENT.join(_SHARED, and_(_SHARED.c.kind == sighting_key.c.kind, _SHARED.c.key == sighting_key.c.key))
    )
    .where(sighting.c.last_seen >= _SINCE),
    SightingId,
)
"""In time that grows with their number, though five hundred were made of one disk."""
_PAGES = prepared(
    select(*columns(page_count, PagesRow))
    .where(in_list(page_count.c.sighting, "sightings"))
    .order_by(page_count.c.month.desc(), page_count.c.sighting),
    PagesRow,
)
_FORGET_PAGES = prepared(
    delete(page_count).where(page_count.c.sighting == _OF_SIGHTING, page_count.c.month == bindparam("of_month"))
)
_ADD_PAGES = prepared(insert(page_count))
_GONE = select(device.c.id).where(
    device.c.id == sighting.c.device,
    or_(device.c.ending == Ending.WRITTEN_OFF.value, device.c.ending == Ending.WITHDRAWN.value),
)
_OLD = and_(or_(sighting.c.device.is_(None), _GONE.exists()), sighting.c.last_seen < _BEFORE)
_OLD_ONES = prepared_value(select(sighting.c.id).where(_OLD), SightingId)
_FORGET = (
    prepared(delete(page_count).where(in_list(page_count.c.sighting, "ids"))),
    prepared(delete(sighting_key).where(in_list(sighting_key.c.sighting, "ids"))),
    prepared(delete(sighting).where(in_list(sighting.c.id, "ids"))),
)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVES = (
    prepared(update(sighting).where(sighting.c.linked_by == _GUEST).values(linked_by=_PERSON)),
    prepared(update(sighting).where(sighting.c.ignored_by == _GUEST).values(ignored_by=_PERSON)),
)


class SqlSightings:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, key: SightingId) -> Sighting:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("sighting", key)
        return sighting_of(row)

    def add(self, sighting: Sighting) -> Sighting:
        added = self._transaction.new_id(_ADD, {**_values(sighting), "version": 0})
        made = replace(sighting, id=SightingId(added), version=0)
        self._write_keys(made)
        return made

    def save(self, sighting: Sighting) -> Sighting:
        before = self.get(sighting.id)
        values = {**_values(sighting), "version": sighting.version + 1, "key": sighting.id, "known": sighting.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            raise Stale("sighting", sighting.id)
        if before.keys != sighting.keys:
            self._transaction.run(_FORGET_KEYS, {"of_sighting": sighting.id})
            self._write_keys(sighting)
        return replace(sighting, version=sighting.version + 1)

    def known_by(self, keys: Collection[SightingKey]) -> Sequence[Sighting]:
        if not keys:
            return []
        wanted = set(keys)
        rows = self._transaction.run(_KEYS, {"keys": list({one.key for one in keys})})
        ids = {row.sighting for row in rows if SightingKey(row.kind, row.key) in wanted}  # type: ignore[arg-type] # its value
        return [sighting_of(row) for row in self._transaction.run(_SEVERAL, {"ids": list(ids)})] if ids else []

    def of_devices(self, devices: Collection[DeviceId]) -> Sequence[Sighting]:
        if not devices:
            return []
        return [sighting_of(row) for row in self._transaction.run(_OF_DEVICES, {"devices": list(devices)})]

    def page(self, wanted: SightingsWanted, *, after: SightingId | None = None, limit: int = 50) -> Sequence[Sighting]:
        query = select(*COLUMNS).where(*_matching(wanted)).order_by(sighting.c.id.desc()).limit(limit)
        if after is not None:
            query = query.where(sighting.c.id < after)
        return [sighting_of(row) for row in self._transaction.query(query, SightingRow)]

    def count(self, wanted: SightingsWanted) -> int:
        return int(
            self._transaction.execute(select(func.count()).select_from(sighting).where(*_matching(wanted))).scalar_one()
        )

    def counts(self) -> SightingCounts:
        row = self._transaction.run(_COUNTS, {}).one()
        unlinked = self.count(SightingsWanted(linked=False, ignored=False))
        return SightingCounts(number=row.number, unlinked=unlinked, newest=row.newest)

    def count_of(self, person: PersonId) -> int:
        return int(self._transaction.run(_COUNT_OF, {"person": person}).one())

    def twins(self, since: datetime) -> frozenset[SightingId]:
        return frozenset(self._transaction.run(_TWINS, {"since": since}))

    def note_pages(self, count: PageCount) -> None:
        about = {"of_sighting": count.sighting, "of_month": str(count.month)}
        self._transaction.run(_FORGET_PAGES, about)
        row = PagesRow(count.sighting, str(count.month), count.total, count.at)
        self._transaction.run(_ADD_PAGES, row._asdict())

    def pages(self, sightings: Collection[SightingId]) -> Sequence[PageCount]:
        if not sightings:
            return []
        rows = self._transaction.run(_PAGES, {"sightings": list(sightings)})
        return [PageCount(**{**row._asdict(), "month": Month.parse(row.month)}) for row in rows]

    def forget(self, before: datetime) -> int:
        old = self._transaction.run(_OLD_ONES, {"before": before}).all()
        for statement in _FORGET if old else ():
            self._transaction.run(statement, {"ids": list(old)})
        return len(old)

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in _MOVES:
            self._transaction.run(statement, {"guest": guest, "to_person": person})

    def _write_keys(self, one: Sighting) -> None:
        rows = [{"kind": key.kind.value, "key": key.key, "sighting": one.id} for key in sorted(one.keys)]
        if rows:
            self._transaction.run(_ADD_KEY, rows)


def _matching(wanted: SightingsWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [contains(sighting.c.search, word) for word in wanted.words.split()]
    if wanted.types:
        found.append(sighting.c.item_type.in_(sorted(wanted.types)))
    if wanted.linked is not None:
        found.append(sighting.c.device.is_not(None) if wanted.linked else sighting.c.device.is_(None))
    if wanted.ignored is not None:
        found.append(sighting.c.ignored_at.is_not(None) if wanted.ignored else sighting.c.ignored_at.is_(None))
    return found


def sighting_of(row: SightingRow) -> Sighting:
    link = None if row.link is None else Link(row.link)
    return Sighting(**{**row._asdict(), "seen": _seen_of(row.seen), "link": link})


def _seen_of(kept: dict[str, Any]) -> Seen:
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    said["item_type"] = ItemType(said["item_type"])
    said["disks"] = tuple(Disk(**one) for one in said["disks"])
    said["toners"] = tuple(Toner(**one) for one in said["toners"])
    return Seen(**said)


def _values(one: Sighting) -> dict[str, object]:
    return {
        "item_type": one.seen.item_type.value,
        "agent": one.agent,
        "device_text": one.device_text,
        "agent_key": one.agent_key,
        "seen": asdict(one.seen),
        "search": search_text(one.seen),
        "first_seen": one.first_seen,
        "last_seen": one.last_seen,
        "device": one.device,
        "link": None if one.link is None else one.link.value,
        "linked_by": one.linked_by,
        "linked_at": one.linked_at,
        "ignored_at": one.ignored_at,
        "ignored_by": one.ignored_by,
    }


def search_text(seen: Seen) -> str:
    """What a list is searched by."""
    parts = (seen.name, seen.brand, seen.model, seen.serial, seen.asset_tag, seen.system, *seen.macs, *seen.ips)
    return folded(" ".join(filter(None, parts)))
