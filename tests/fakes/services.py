from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.services import ServiceVisit, VendorWait, VisitId, WaitId
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import VendorId
from handlers.ports.service_visits import VisitsWanted
from knowledge.language.folding import folded
from storage.repositories.service_visits import search_text
from storage.repositories.vendors import name_key
from tests.fakes.tables import FakeTransaction


class FakeVendorWaits:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, wait: VendorWait) -> VendorWait:
        return self._put(replace(wait, id=WaitId(self._transaction.new_id()), version=0))

    def save(self, wait: VendorWait) -> VendorWait:
        if self.get(wait.id).version != wait.version:
            raise Stale("vendor_wait", wait.id)
        return self._put(replace(wait, version=wait.version + 1))

    def get(self, key: WaitId, *, to_change: bool = False) -> VendorWait:
        found = self._transaction.seen.vendor_waits.get(key)
        if found is None:
            raise NotFound("vendor_wait", key)
        return found

    def of_ticket(self, ticket: TicketId) -> VendorWait | None:
        return next((one for one in reversed(self._all()) if one.ticket == ticket), None)

    def out(self) -> Sequence[VendorWait]:
        return [one for one in self._all() if one.is_out]

    def of_vendors_lately(self, limit: int = 20) -> Sequence[VendorId]:
        return list(dict.fromkeys(one.vendor for one in reversed(self._all())))[:limit]

    def of_device(self, device: DeviceId) -> Sequence[VendorWait]:
        return [one for one in reversed(self._all()) if one.device == device]

    def move(self, of: PersonId, to: PersonId) -> None:
        for one in self._all():
            by, left = (to if key == of else key for key in (one.by, one.left_by))
            was = one.came_from
            if was is not None:
                holder, keeper = (to if key == of else key for key in (was.holder, was.keeper))
                was = replace(was, holder=holder, keeper=keeper)
            self._put(replace(one, by=by or one.by, left_by=left, came_from=was))

    def _all(self) -> list[VendorWait]:
        return list(self._transaction.seen.vendor_waits.values())

    def _put(self, wait: VendorWait) -> VendorWait:
        self._transaction.changing.vendor_waits[wait.id] = wait
        return wait


class FakeServiceVisits:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, visit: ServiceVisit) -> ServiceVisit:
        return self._put(replace(visit, id=VisitId(self._transaction.new_id()), version=0))

    def save(self, visit: ServiceVisit) -> ServiceVisit:
        if self.get(visit.id).version != visit.version:
            raise Stale("service_visit", visit.id)
        return self._put(replace(visit, version=visit.version + 1))

    def get(self, key: VisitId, *, to_change: bool = False) -> ServiceVisit:
        found = self._transaction.seen.service_visits.get(key)
        if found is None:
            raise NotFound("service_visit", key)
        return found

    def numbered(self, number: Number) -> ServiceVisit | None:
        return next((one for one in self._all() if one.number == number), None)

    def of_ticket(self, ticket: TicketId) -> Sequence[ServiceVisit]:
        return [one for one in self._all() if one.ticket == ticket]

    def wanted(self, wanted: VisitsWanted, *, skip: int = 0, limit: int = 50) -> Sequence[ServiceVisit]:
        return [one for one in reversed(self._all()) if self._is(one, wanted)][skip : skip + limit]

    def count(self, wanted: VisitsWanted) -> int:
        return sum(self._is(one, wanted) for one in self._all())

    def move(self, of: PersonId, to: PersonId) -> None:
        for one in self._all():
            made, approved = (to if key == of else key for key in (one.made_by, one.approved_by))
            self._put(replace(one, made_by=made or one.made_by, approved_by=approved))

    def count_of(self, person: PersonId) -> int:
        return sum(person in (one.made_by, one.approved_by) for one in self._all())

    def forms_among(self, files: Collection[str]) -> frozenset[str]:
        return frozenset(files) & ({one.form for one in self._all()} - {""})

    def _is(self, one: ServiceVisit, wanted: VisitsWanted) -> bool:
        name = name_key(self._transaction.seen.vendors[one.vendor].name)
        return (
            all(word in search_text(one) or word in name for word in folded(wanted.words).split())
            and wanted.year in (None, one.number.year)
            and (not wanted.states or one.state in wanted.states)
            and wanted.vendor in (None, one.vendor)
        )

    def _all(self) -> list[ServiceVisit]:
        return list(self._transaction.seen.service_visits.values())

    def _put(self, visit: ServiceVisit) -> ServiceVisit:
        self._transaction.changing.service_visits[visit.id] = visit
        return visit
