from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.devices import DeviceId, Ending
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.sightings import TELLS_TWINS, PageCount, Sighting, SightingId, SightingKey
from handlers.ports.sightings import SightingCounts, SightingsWanted
from knowledge.language.folding import folded
from tests.fakes.tables import FakeTransaction


class FakeSightings:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def get(self, key: SightingId) -> Sighting:
        found = self._transaction.seen.sightings.get(key)
        if found is None:
            raise NotFound("sighting", key)
        return found

    def add(self, sighting: Sighting) -> Sighting:
        added = replace(sighting, id=SightingId(self._transaction.new_id()), version=0)
        self._transaction.changing.sightings[added.id] = added
        return added

    def save(self, sighting: Sighting) -> Sighting:
        if self.get(sighting.id).version != sighting.version:
            raise Stale("sighting", sighting.id)
        saved = replace(sighting, version=sighting.version + 1)
        self._transaction.changing.sightings[saved.id] = saved
        return saved

    def known_by(self, keys: Collection[SightingKey]) -> Sequence[Sighting]:
        return [one for one in self._newest() if one.keys & set(keys)]

    def of_devices(self, devices: Collection[DeviceId]) -> Sequence[Sighting]:
        return [one for one in self._newest() if one.device in devices]

    def page(self, wanted: SightingsWanted, *, after: SightingId | None = None, limit: int = 50) -> Sequence[Sighting]:
        found = sorted(self._matching(wanted), key=lambda one: -one.id)
        return [one for one in found if after is None or one.id < after][:limit]

    def count(self, wanted: SightingsWanted) -> int:
        return len(self._matching(wanted))

    def counts(self) -> SightingCounts:
        found = self._newest()
        return SightingCounts(
            number=len(found),
            unlinked=self.count(SightingsWanted(linked=False, ignored=False)),
            newest=found[0].last_seen if found else None,
        )

    def count_of(self, person: PersonId) -> int:
        devices = self._transaction.seen.devices
        held = {key for key, one in devices.items() if one.custody.holder == person}
        return sum(one.device in held or person in (one.linked_by, one.ignored_by) for one in self._newest())

    def twins(self, since: datetime) -> frozenset[SightingId]:
        recent = [one for one in self._newest() if one.last_seen >= since]
        telling = {one.id: {key for key in one.keys if key.kind in TELLS_TWINS} for one in recent}
        return frozenset(
            key for key, keys in telling.items() if any(keys & other for at, other in telling.items() if at != key)
        )

    def note_pages(self, count: PageCount) -> None:
        self._transaction.changing.page_counts[count.sighting, count.month] = count

    def pages(self, sightings: Collection[SightingId]) -> Sequence[PageCount]:
        found = [one for one in self._transaction.seen.page_counts.values() if one.sighting in sightings]
        return sorted(sorted(found, key=lambda one: one.sighting), key=lambda one: one.month, reverse=True)

    def forget(self, before: datetime) -> int:
        devices = self._transaction.seen.devices
        over = {key for key, one in devices.items() if one.ending in (Ending.WRITTEN_OFF, Ending.WITHDRAWN)}
        loose = [one for one in self._newest() if one.device is None or one.device in over]
        old = [one.id for one in loose if one.last_seen < before]
        for key in old:
            del self._transaction.changing.sightings[key]
            for at in [at for at in self._transaction.seen.page_counts if at[0] == key]:
                del self._transaction.changing.page_counts[at]
        return len(old)

    def move(self, guest: PersonId, person: PersonId) -> None:
        for one in self._newest():
            moved = replace(
                one,
                linked_by=person if one.linked_by == guest else one.linked_by,
                ignored_by=person if one.ignored_by == guest else one.ignored_by,
            )
            self._transaction.changing.sightings[one.id] = moved

    def _newest(self) -> list[Sighting]:
        return sorted(self._transaction.seen.sightings.values(), key=lambda one: (one.last_seen, one.id), reverse=True)

    def _matching(self, wanted: SightingsWanted) -> list[Sighting]:
        return [one for one in self._newest() if _is_wanted(one, wanted)]


def _is_wanted(one: Sighting, wanted: SightingsWanted) -> bool:
    seen = one.seen
    parts = (seen.name, seen.brand, seen.model, seen.serial, seen.asset_tag, seen.system, *seen.macs, *seen.ips)
    text = folded(" ".join(parts))
    return (
        all(word in text for word in wanted.words.split())
        and (not wanted.types or seen.item_type in wanted.types)
        and wanted.linked in (None, one.device is not None)
        and wanted.ignored in (None, one.ignored_at is not None)
    )
