from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.devices import Device, DeviceId, Ending, Label, Life, LinkRole, TicketDevice, only_sure_subject
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId, UnitId
from handlers.domain.security_matters import ALL, NONE, KnownMatters
from handlers.domain.ticket import Ticket, TicketId
from handlers.ports.devices import DevicesWanted, Known, Near
from knowledge.language.device_keys import UNIQUE, DeviceKey, KeyKind
from storage.repositories.device_rows import key_rows, search_text
from tests.fakes.tables import FakeTransaction


class FakeDevices:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def get(self, device: DeviceId) -> Device:
        found = self._transaction.seen.devices.get(device)
        if found is None:
            raise NotFound("device", device)
        return found

    def several(self, devices: Collection[DeviceId]) -> Sequence[Device]:
        return [one for one in self._all() if one.id in devices]

    def any(self) -> bool:
        return bool(self._all())

    def by_number(self, place: int) -> Device | None:
        return next(iter(self.numbered([place])), None)

    def numbered(self, places: Collection[int]) -> Sequence[Device]:
        return [one for one in self._all() if one.number.place in places]

    def add(self, device: Device) -> Device:
        self._require_free(device)
        added = replace(device, id=DeviceId(self._transaction.new_id()), version=0)
        self._transaction.changing.devices[added.id] = added
        return added

    def save(self, device: Device) -> Device:
        self._require_free(device)
        if self.get(device.id).version != device.version:
            raise Stale("device", device.id)
        saved = replace(device, version=device.version + 1)
        self._transaction.changing.devices[device.id] = saved
        return saved

    def known_by(self, keys: Collection[DeviceKey]) -> Sequence[Known]:
        found = [
            Known(DeviceKey(KeyKind(row.kind), row.key), one.id, one.living)
            for one in self._all()
            for row in key_rows(one)
            if DeviceKey(KeyKind(row.kind), row.key) in keys
        ]
        return sorted(found, key=lambda known: (not known.living, known.device))

    def page(self, wanted: DevicesWanted, *, after: DeviceId | None = None, limit: int = 50) -> Sequence[Device]:
        found = [one for one in reversed(self._all()) if _is_wanted(one, wanted)]
        return [one for one in found if after is None or one.id < after][:limit]

    def count(self, wanted: DevicesWanted) -> int:
        return sum(_is_wanted(one, wanted) for one in self._all())

    def near(self, near: Near, limit: int) -> Sequence[Device]:
        def lies_there(one: Device) -> bool:
            held = near.holder is not None and one.custody.holder == near.holder
            return held or one.place in near.places or one.department in near.departments

        def is_like_it(one: Device) -> bool:
            said, text = one.description, search_text(one)
            named = not said.name or all(word in text for word in near.words)
            return one.living and (not near.kinds or said.kind in near.kinds) and named

        found = [one for one in self._all() if is_like_it(one)]
        return [one for one in found if lies_there(one)][:limit]

    def merged_into(self, devices: Collection[DeviceId]) -> Mapping[DeviceId, DeviceId]:
        def end(one: Device) -> Device:
            into = None if one.merge is None or one.id in devices else self.get(one.merge.into)
            return one if into is None else end(into)

        found = {one.id: end(one).id for one in self._all() if one.id not in devices}
        return {one: into for one, into in found.items() if into in devices}

    def merges(self) -> Mapping[DeviceId, DeviceId]:
        return {one.id: one.merge.into for one in self._all() if one.merge is not None}

    def departments(self) -> Sequence[str]:
        return sorted({one.department for one in self._all() if one.living and one.department})

    def move(self, guest: PersonId, person: PersonId) -> None:
        for one in self._all():
            custody = one.custody
            if custody.holder == guest:
                custody = replace(custody, holder=person)
            if custody.keeper == guest:
                custody = replace(custody, keeper=person)
            self._transaction.changing.devices[one.id] = replace(one, custody=custody)

    def add_label(self, label: Label) -> None:
        if self.label(label.token) is not None:
            raise Stale("label", label.token)
        self._transaction.changing.device_labels[label.token] = label

    def save_label(self, label: Label) -> None:
        if self.label(label.token) is None:
            raise NotFound("label", label.token)
        self._transaction.changing.device_labels[label.token] = label

    def label(self, token: str) -> Label | None:
        return self._transaction.seen.device_labels.get(token)

    def labels(self, devices: Collection[DeviceId]) -> Sequence[Label]:
        found = [one for one in self._transaction.seen.device_labels.values() if one.device in devices]
        return sorted(found, key=lambda one: (one.issued_at, one.token))

    def label_addresses(self) -> Mapping[str, int]:
        return Counter(one.address for one in self._transaction.seen.device_labels.values() if one.works)

    def _all(self) -> list[Device]:
        return sorted(self._transaction.seen.devices.values(), key=lambda one: one.id)

    def _require_free(self, one: Device) -> None:
        if not one.living:
            return
        own = {(row.kind, row.key, row.make) for row in key_rows(one) if row.kind in UNIQUE}
        for other in self._all():
            taken = own & {(row.kind, row.key, row.make) for row in key_rows(other)}
            if other.id != one.id and other.living and taken:
                raise Stale("device", taken.pop()[1])


class FakeTicketDevices:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def put(self, link: TicketDevice) -> None:
        subject = only_sure_subject(one for one in self.of_ticket(link.ticket) if one.device != link.device)
        if subject is not None and link.sure and link.role is LinkRole.SUBJECT:
            raise Stale("ticket", link.ticket)
        self._transaction.changing.ticket_devices[link.ticket, link.device] = link

    def remove(self, ticket: TicketId, device: DeviceId) -> None:
        self._transaction.changing.ticket_devices.pop((ticket, device), None)

    def of_ticket(self, ticket: TicketId) -> Sequence[TicketDevice]:
        found = [one for one in self._transaction.seen.ticket_devices.values() if one.ticket == ticket]
        return sorted(found, key=lambda one: (not one.sure, one.role is not LinkRole.SUBJECT, one.at, one.device))

    def tickets(self, devices: Collection[DeviceId], limit: int, known: KnownMatters = ALL) -> Sequence[TicketId]:
        return sorted((one.ticket for one in self._sure(known) if one.device in devices), reverse=True)[:limit]

    def count(self, devices: Collection[DeviceId], since: datetime, until: datetime, known: KnownMatters) -> int:
        return sum(one.device in devices and since <= self._opened(one) < until for one in self._sure(known))

    def counts(self, devices: Collection[DeviceId], since: datetime, known: KnownMatters) -> Mapping[DeviceId, int]:
        return Counter(one.device for one in self._sure(known) if one.device in devices and since <= self._opened(one))

    def of_units(
        self, devices: Collection[DeviceId], units: Collection[UnitId], known: KnownMatters
    ) -> frozenset[DeviceId]:
        links = self._transaction.seen.ticket_devices.values()
        return frozenset(
            one.device
            for one in links
            if one.sure and one.device in devices and self._ticket(one).unit in units and self._counts(one, known)
        )

    def last_of(self, reporter: PersonId, since: datetime) -> Sequence[DeviceId]:
        tickets = self._transaction.seen.tickets
        theirs = [one for one in self._sure(NONE) if tickets[one.ticket].reporter == reporter]
        newest = sorted((one for one in theirs if self._opened(one) >= since), key=lambda one: -one.ticket)
        return list(dict.fromkeys(one.device for one in newest))

    def most_often(self, since: datetime, until: datetime, known: KnownMatters) -> Mapping[DeviceId, int]:
        found = Counter(one.device for one in self._sure(known) if since <= self._opened(one) < until)
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    def _sure(self, known: KnownMatters) -> list[TicketDevice]:
        links = self._transaction.seen.ticket_devices.values()
        return [one for one in links if one.sure and one.role is LinkRole.SUBJECT and self._counts(one, known)]

    def _counts(self, link: TicketDevice, known: KnownMatters) -> bool:
        ticket = self._ticket(link)
        of_units = known.units is None or ticket.unit in known.units
        held = known.held_by is not None and ticket.holder == known.held_by
        return not ticket.restricted or of_units or held

    def _ticket(self, link: TicketDevice) -> Ticket:
        return self._transaction.seen.tickets[link.ticket]

    def _opened(self, link: TicketDevice) -> datetime:
        return self._ticket(link).opened_at


def _is_wanted(one: Device, wanted: DevicesWanted) -> bool:
    said = one.description
    return (
        one.merge is None
        and one.ending is not Ending.WITHDRAWN
        and (one.life in wanted.lives if wanted.lives else one.life is not Life.WRITTEN_OFF)
        and all(word in search_text(one) for word in wanted.words.split())
        and (not wanted.kinds or said.kind in wanted.kinds)
        and (wanted.departments is None or one.department in wanted.departments)
        and (not wanted.places or one.place in wanted.places)
        and (wanted.custody is None or one.custody.kind is wanted.custody)
        and (wanted.condition is None or one.condition is wanted.condition)
        and (wanted.holder is None or one.custody.holder == wanted.holder)
        and (wanted.keeper is None or one.custody.keeper == wanted.keeper)
        and (not wanted.unresolved_holder or (one.custody.holder_text != "" and one.custody.holder is None))
        and (wanted.warranty_before is None or _ends_before(one, wanted))
        and (not wanted.without_asset_no or not said.asset_no)
        and (not wanted.without_place or (one.place is None and not one.place_text))
    )


def _ends_before(one: Device, wanted: DevicesWanted) -> bool:
    until = one.description.warranty_until
    return until is not None and wanted.warranty_before is not None and until < wanted.warranty_before
