"""Service forms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, func, insert, or_, select, update

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number, Series
from handlers.domain.people import PersonId
from handlers.domain.services import ServiceVisit, SwappedPart, VisitId, VisitState, WaitId
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import VendorId
from handlers.ports.service_visits import VisitsWanted
from knowledge.language.folding import folded
from storage.engine.in_list import in_list
from storage.engine.like import pattern
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import service_visit, vendor


class VisitRow(NamedTuple):
    id: VisitId
    number: str
    ticket: TicketId
    vendor: VendorId
    device: DeviceId | None
    wait: WaitId | None
    came_at: datetime
    who_came: str
    done: str
    parts: list[list[str]]
    new_serial: str
    charged: str
    in_warranty: bool
    form: str
    without_form: str
    state: str
    made_by: PersonId
    submitted_at: datetime | None
    approved_by: PersonId | None
    approved_at: datetime | None
    version: int


class CountRow(NamedTuple):
    number: int


_ALL: Select[Any] = select(*columns(service_visit, VisitRow))  # type: ignore[assignment] # so many columns
_ONE = _ALL.where(service_visit.c.id == bindparam("key", type_=Integer))
_GET = prepared(_ONE, VisitRow)
_GET_LOCKED = prepared(_ONE.with_for_update(), VisitRow)
_NUMBERED = prepared(_ALL.where(service_visit.c.number == bindparam("number", type_=String)), VisitRow)
_OF_TICKET = prepared(
    _ALL.where(service_visit.c.ticket == bindparam("of", type_=Integer)).order_by(service_visit.c.id), VisitRow
)
_FORMS = prepared_value(select(service_visit.c.form).where(in_list(service_visit.c.form, "files")), str)
_WHO = bindparam("of_person", type_=Integer)
_COUNT_OF = prepared_value(
    select(func.count()).where(or_(service_visit.c.made_by == _WHO, service_visit.c.approved_by == _WHO)), int
)
_ADD = prepared(insert(service_visit))
_SAVE = prepared(
    update(service_visit).where(service_visit.c.id == bindparam("key"), service_visit.c.version == bindparam("known"))
)
_MOVE_MADE_BY = prepared(update(service_visit).where(service_visit.c.made_by == bindparam("of")))
_MOVE_APPROVED_BY = prepared(update(service_visit).where(service_visit.c.approved_by == bindparam("of")))


class SqlServiceVisits:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, visit: ServiceVisit) -> ServiceVisit:
        added = self._transaction.new_id(_ADD, {**_values(visit), "version": 0})
        return replace(visit, id=VisitId(added), version=0)

    def save(self, visit: ServiceVisit) -> ServiceVisit:
        values = {**_values(visit), "version": visit.version + 1, "key": visit.id, "known": visit.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(visit.id)
            raise Stale("service_visit", visit.id)
        return replace(visit, version=visit.version + 1)

    def get(self, key: VisitId, *, to_change: bool = False) -> ServiceVisit:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("service_visit", key)
        return _visit_of(row)

    def numbered(self, number: Number) -> ServiceVisit | None:
        row = self._transaction.run(_NUMBERED, {"number": str(number)}).first()
        return None if row is None else _visit_of(row)

    def of_ticket(self, ticket: TicketId) -> Sequence[ServiceVisit]:
        return [_visit_of(row) for row in self._transaction.run(_OF_TICKET, {"of": ticket})]

    def wanted(self, wanted: VisitsWanted, *, skip: int = 0, limit: int = 50) -> Sequence[ServiceVisit]:
        query = _ALL.where(*_conditions(wanted)).order_by(service_visit.c.id.desc()).limit(limit).offset(skip)
        return [_visit_of(row) for row in self._transaction.query(query, VisitRow)]

    def count(self, wanted: VisitsWanted) -> int:
        query = select(func.count().label("number")).select_from(service_visit).where(*_conditions(wanted))
        return next(self._transaction.query(query, CountRow)).number

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT_OF, {"of_person": person}).one()

    def forms_among(self, files: Collection[str]) -> frozenset[str]:
        wanted = sorted(set(files) - {""})
        return frozenset(self._transaction.run(_FORMS, {"files": wanted})) if wanted else frozenset()

    def move(self, of: PersonId, to: PersonId) -> None:
        self._transaction.run(_MOVE_MADE_BY, {"of": of, "made_by": to})
        self._transaction.run(_MOVE_APPROVED_BY, {"of": of, "approved_by": to})


def _conditions(wanted: VisitsWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in folded(wanted.words).split():
        of_vendor = select(vendor.c.id).where(vendor.c.name_key.like(pattern(word), escape="\\"))
        in_words = service_visit.c.search.like(pattern(word), escape="\\")
        found.append(or_(in_words, service_visit.c.vendor.in_(of_vendor)))
    if wanted.year is not None:
        found.append(service_visit.c.number.like(f"{Series.SERVICE_VISIT.prefix}{wanted.year:04d}-%"))
    if wanted.states:
        found.append(service_visit.c.state.in_([one.value for one in wanted.states]))
    if wanted.vendor is not None:
        found.append(service_visit.c.vendor == wanted.vendor)
    return found


def _visit_of(row: VisitRow) -> ServiceVisit:
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"service visit {row.id} has the number {row.number!r}")
    more = {"number": number, "parts": tuple(SwappedPart(*one) for one in row.parts), "state": VisitState(row.state)}
    return ServiceVisit(**{**row._asdict(), **more, "in_warranty": bool(row.in_warranty)})


def _values(one: ServiceVisit) -> dict[str, object]:
    names = [name for name in VisitRow._fields if name not in ("id", "version")]
    return {
        **{name: getattr(one, name) for name in names},
        "number": str(one.number),
        "parts": [[part.what, part.old, part.new] for part in one.parts],
        "state": one.state.value,
        "search": search_text(one),
    }


def search_text(one: ServiceVisit) -> str:
    """What a list is searched by, beside the name of the firm."""
    serials = [serial for part in one.parts for serial in (part.old, part.new)]
    return folded(" ".join(filter(None, (str(one.number), one.done, one.new_serial, *serials))))
