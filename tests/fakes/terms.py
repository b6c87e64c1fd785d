from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.domain.terms import Term, TermId, TermState
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import Vendor, VendorId
from handlers.ports.terms import TermsWanted
from knowledge.language.folding import folded
from storage.repositories.terms import search_text
from storage.repositories.vendors import name_key
from tests.fakes.tables import FakeTransaction

_NEVER = date.max


class FakeTerms:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, term: Term) -> Term:
        self._require_free(term)
        return self._put(replace(term, id=TermId(self._transaction.new_id()), version=0))

    def save(self, term: Term) -> Term:
        if self.get(term.id).version != term.version:
            raise Stale("term", term.id)
        self._require_free(term)
        return self._put(replace(term, version=term.version + 1))

    def get(self, key: TermId, *, to_change: bool = False) -> Term:
        found = self._transaction.seen.terms.get(key)
        if found is None:
            raise NotFound("term", key)
        return found

    def numbered(self, number: Number) -> Term | None:
        return next((one for one in self._all() if one.number == number), None)

    def wanted(self, wanted: TermsWanted, *, skip: int = 0, limit: int = 50) -> Sequence[Term]:
        found = sorted((one for one in self._all() if self._is(one, wanted)), key=lambda one: one.ends or _NEVER)
        return found[skip : skip + limit]

    def count(self, wanted: TermsWanted) -> int:
        return sum(self._is(one, wanted) for one in self._all())

    def to_look_at(self, day: date) -> Sequence[Term]:
        found = [one for one in self._all() if one.next_day is not None and one.next_day <= day]
        return sorted(found, key=lambda one: one.ends or _NEVER)

    def of_ticket(self, ticket: TicketId) -> Term | None:
        return next((one for one in reversed(self._all()) if one.ticket == ticket), None)

    def of_device(self, devices: Collection[DeviceId]) -> Sequence[Term]:
        return self._last_first([one for one in self._in_force() if set(one.devices) & set(devices)])

    def of_place(self, places: Collection[PlaceId]) -> Sequence[Term]:
        return self._last_first([one for one in self._in_force() if one.place in places])

    def read_from(self) -> Mapping[str, Term]:
        return {one.host: one for one in self._all() if one.host and _is_living(one)}

    def move(self, of: PersonId, to: PersonId) -> None:
        for one in self._all():
            if one.recorded_by == of:
                self._put(replace(one, recorded_by=to))

    def _is(self, one: Term, wanted: TermsWanted) -> bool:
        name = name_key(self._transaction.seen.vendors[one.vendor].name) if one.vendor is not None else ""
        words = all(word in search_text(one) or word in name for word in folded(wanted.words).split())
        by_then = wanted.ends_by is None or (one.ends is not None and one.ends <= wanted.ends_by)
        return (
            words
            and by_then
            and (not wanted.kinds or one.kind in wanted.kinds)
            and (not wanted.states or one.state in wanted.states)
            and wanted.vendor in (None, one.vendor)
        )

    def _all(self) -> list[Term]:
        return list(self._transaction.seen.terms.values())

    def _in_force(self) -> list[Term]:
        return [one for one in self._all() if one.state is TermState.IN_FORCE]

    def _last_first(self, found: list[Term]) -> list[Term]:
        return sorted(found, key=lambda one: one.ends or _NEVER, reverse=True)

    def _put(self, term: Term) -> Term:
        kept = replace(term, devices=tuple(sorted(term.devices)))
        self._transaction.changing.terms[term.id] = kept
        return term

    def _require_free(self, term: Term) -> None:
        other = self.read_from().get(term.host) if term.host and _is_living(term) else None
        if other is not None and other.id != term.id:
            raise Stale("term", other.id)


def _is_living(term: Term) -> bool:
    return term.state in (TermState.IN_FORCE, TermState.ENDED)


class FakeVendors:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Vendor]:
        return sorted(self._transaction.seen.vendors.values(), key=lambda one: name_key(one.name))

    def get(self, key: VendorId) -> Vendor:
        found = self._transaction.seen.vendors.get(key)
        if found is None:
            raise NotFound("vendor", key)
        return found

    def by_name(self, name: str) -> Vendor | None:
        return next((one for one in self.all() if name_key(one.name) == name_key(name)), None)

    def add(self, vendor: Vendor) -> Vendor:
        self._require_free(vendor)
        return self._put(replace(vendor, id=VendorId(self._transaction.new_id()), version=0))

    def save(self, vendor: Vendor) -> Vendor:
        self._require_free(vendor)
        if self.get(vendor.id).version != vendor.version:
            raise Stale("vendor", vendor.id)
        return self._put(replace(vendor, version=vendor.version + 1))

    def move(self, of: PersonId, to: PersonId) -> None:
        for one in self.all():
            if one.recorded_by == of:
                self._put(replace(one, recorded_by=to))

    def _put(self, vendor: Vendor) -> Vendor:
        self._transaction.changing.vendors[vendor.id] = vendor
        return vendor

    def _require_free(self, vendor: Vendor) -> None:
        other = self.by_name(vendor.name)
        if other is not None and other.id != vendor.id:
            raise Stale("vendor", other.id)
