"""Whatever ends on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.officers import Office
from handlers.domain.people import PersonId, UnitId
from handlers.domain.places import PlaceId
from handlers.domain.terms import CertificateRead, Line, Term, TermId, TermKind, TermState
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import VendorId
from handlers.ports.terms import TermsWanted
from knowledge.language.folding import folded
from storage.engine.in_list import in_list
from storage.engine.like import pattern
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import term, term_device, vendor


class TermRow(NamedTuple):
    id: TermId
    number: str
    kind: str
    name: str
    unit: UnitId
    starts: date | None
    ends: date | None
    vendor: VendorId | None
    contract_no: str
    steps: list[int]
    office: str | None
    place: PlaceId | None
    place_text: str
    line_number: str
    service_no: str
    speed: str
    fault_line: str
    cost: str
    note: str
    host: str
    read_at: datetime | None
    failing_since: date | None
    failure: str
    state: str
    changed_state_at: datetime | None
    successor: TermId | None
    told: dict[str, str]
    ticket: TicketId | None
    recorded_at: datetime
    recorded_by: PersonId | None
    version: int


class CountRow(NamedTuple):
    number: int


class CoverRow(NamedTuple):
    term: TermId
    device: DeviceId


_ALL: Select[Any] = select(*columns(term, TermRow))  # type: ignore[assignment] # so many columns
_KEY = bindparam("key", type_=Integer)
_IN_FORCE = term.c.state == TermState.IN_FORCE.value
_LIVING = or_(_IN_FORCE, term.c.state == TermState.ENDED.value)
_LAST_FIRST = (term.c.ends.is_(None).desc(), term.c.ends.desc(), term.c.id)
_GET = prepared(_ALL.where(term.c.id == _KEY), TermRow)
_GET_LOCKED = prepared(_ALL.where(term.c.id == _KEY).with_for_update(), TermRow)
_NUMBERED = prepared(_ALL.where(term.c.number == bindparam("number", type_=String)), TermRow)
_TO_LOOK_AT = prepared(
    _ALL.where(term.c.next_day.is_not(None), term.c.next_day <= bindparam("day", type_=Date)).order_by(
        term.c.ends, term.c.id
    ),
    TermRow,
)
_OF_TICKET = prepared(
    _ALL.where(term.c.ticket.is_not(None), term.c.ticket == bindparam("of", type_=Integer)).order_by(term.c.id.desc()),
    TermRow,
)
_OF_DEVICES = prepared(
    _ALL.where(
        term.c.id.in_(select(term_device.c.term).where(in_list(term_device.c.device, "devices"))), _IN_FORCE
    ).order_by(*_LAST_FIRST),
    TermRow,
)
_OF_PLACES = prepared(
    _ALL.where(term.c.place.is_not(None), in_list(term.c.place, "places"), _IN_FORCE).order_by(*_LAST_FIRST), TermRow
)
_READ_FROM = prepared(_ALL.where(term.c.host != "", _LIVING).order_by(term.c.id), TermRow)
_ADD = prepared(insert(term))
_SAVE = prepared(update(term).where(term.c.id == bindparam("key"), term.c.version == bindparam("known")))
_COVER = prepared(insert(term_device))
_UNCOVER = prepared(delete(term_device).where(term_device.c.term == _KEY))
_COVERED = prepared(
    select(*columns(term_device, CoverRow))
    .where(in_list(term_device.c.term, "terms"))
    .order_by(term_device.c.term, term_device.c.device),
    CoverRow,
)
_MOVE = prepared(update(term).where(term.c.recorded_by == bindparam("of")))


class SqlTerms:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, term: Term) -> Term:
        added = TermId(self._transaction.new_id(_ADD, {**_values(term), "version": 0}))
        self._cover(added, term.devices)
        return replace(term, id=added, version=0)

    def save(self, term: Term) -> Term:
        values = {**_values(term), "version": term.version + 1, "key": term.id, "known": term.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(term.id)
            raise Stale("term", term.id)
        self._transaction.run(_UNCOVER, {"key": term.id})
        self._cover(term.id, term.devices)
        return replace(term, version=term.version + 1)

    def get(self, key: TermId, *, to_change: bool = False) -> Term:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        found = self._terms(self._transaction.run(query, {"key": key}))
        if not found:
            raise NotFound("term", key)
        return found[0]

    def numbered(self, number: Number) -> Term | None:
        return next(iter(self._terms(self._transaction.run(_NUMBERED, {"number": str(number)}))), None)

    def wanted(self, wanted: TermsWanted, *, skip: int = 0, limit: int = 50) -> Sequence[Term]:
        query = (
            _ALL.where(*_conditions(wanted))
            .order_by(term.c.ends.is_(None), term.c.ends, term.c.id)
            .limit(limit)
            .offset(skip)
        )
        return self._terms(self._transaction.query(query, TermRow))

    def count(self, wanted: TermsWanted) -> int:
        query = select(func.count().label("number")).select_from(term).where(*_conditions(wanted))
        return next(self._transaction.query(query, CountRow)).number

    def to_look_at(self, day: date) -> Sequence[Term]:
        return self._terms(self._transaction.run(_TO_LOOK_AT, {"day": day}))

    def of_ticket(self, ticket: TicketId) -> Term | None:
        return next(iter(self._terms(self._transaction.run(_OF_TICKET, {"of": ticket}))), None)

    def of_device(self, devices: Collection[DeviceId]) -> Sequence[Term]:
        return self._terms(self._transaction.run(_OF_DEVICES, {"devices": list(devices)})) if devices else []

    def of_place(self, places: Collection[PlaceId]) -> Sequence[Term]:
        return self._terms(self._transaction.run(_OF_PLACES, {"places": list(places)})) if places else []

    def read_from(self) -> Mapping[str, Term]:
        return {one.host: one for one in self._terms(self._transaction.run(_READ_FROM, {}))}

    def move(self, of: PersonId, to: PersonId) -> None:
        self._transaction.run(_MOVE, {"of": of, "recorded_by": to})

    def _cover(self, key: TermId, devices: Iterable[DeviceId]) -> None:
        for device in devices:
            self._transaction.run(_COVER, {"term": key, "device": device})

    def _terms(self, rows: Iterable[TermRow]) -> list[Term]:
        found = list(rows)
        covered: dict[TermId, list[DeviceId]] = {}
        if found:
            for row in self._transaction.run(_COVERED, {"terms": [one.id for one in found]}):
                covered.setdefault(row.term, []).append(row.device)
        return [_term_of(row, tuple(covered.get(row.id, ()))) for row in found]


def _conditions(wanted: TermsWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in folded(wanted.words).split():
        of_vendor = select(vendor.c.id).where(vendor.c.name_key.like(pattern(word), escape="\\"))
        found.append(or_(term.c.search.like(pattern(word), escape="\\"), term.c.vendor.in_(of_vendor)))
    if wanted.kinds:
        found.append(term.c.kind.in_([one.value for one in wanted.kinds]))
    if wanted.states:
        found.append(term.c.state.in_([one.value for one in wanted.states]))
    if wanted.ends_by is not None:
        found.append(term.c.ends <= wanted.ends_by)
    if wanted.vendor is not None:
        found.append(term.c.vendor == wanted.vendor)
    return found


def _term_of(row: TermRow, devices: tuple[DeviceId, ...]) -> Term:
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"term {row.id} has the number {row.number!r}")
    read = None
    if row.read_at is not None:
        read = CertificateRead(at=row.read_at, failing_since=row.failing_since, failure=row.failure)
    return Term(
        id=row.id,
        number=number,
        kind=TermKind(row.kind),
        name=row.name,
        unit=row.unit,
        starts=row.starts,
        ends=row.ends,
        vendor=row.vendor,
        contract_no=row.contract_no,
        steps=tuple(row.steps),
        office=None if row.office is None else Office(row.office),
        devices=devices,
        place=row.place,
        place_text=row.place_text,
        line=Line(number=row.line_number, service_no=row.service_no, speed=row.speed, fault_line=row.fault_line),
        cost=row.cost,
        note=row.note,
        host=row.host,
        read=read,
        state=TermState(row.state),
        successor=row.successor,
        told={int(step): date.fromisoformat(day) for step, day in row.told.items()},
        ticket=row.ticket,
        changed_state_at=row.changed_state_at,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        version=row.version,
    )


def _values(one: Term) -> dict[str, object]:
    read = one.read
    return {
        "number": str(one.number),
        "kind": one.kind.value,
        "name": one.name,
        "unit": one.unit,
        "starts": one.starts,
        "ends": one.ends,
        "vendor": one.vendor,
        "contract_no": one.contract_no,
        "steps": list(one.steps),
        "office": None if one.office is None else one.office.value,
        "place": one.place,
        "place_text": one.place_text,
        "line_number": one.line.number,
        "service_no": one.line.service_no,
        "speed": one.line.speed,
        "fault_line": one.line.fault_line,
        "cost": one.cost,
        "note": one.note,
        "host": one.host,
        "read_at": None if read is None else read.at,
        "failing_since": None if read is None else read.failing_since,
        "failure": "" if read is None else read.failure,
        "state": one.state.value,
        "changed_state_at": one.changed_state_at,
        "successor": one.successor,
        "told": {str(step): day.isoformat() for step, day in one.told.items()},
        "ticket": one.ticket,
        "next_day": one.next_day,
        "recorded_at": one.recorded_at,
        "recorded_by": one.recorded_by,
        "search": search_text(one),
    }


def search_text(one: Term) -> str:
    """What a list is searched by, beside the name of the firm."""
    parts = (str(one.number), one.name, one.contract_no, one.place_text, one.line.number, one.line.service_no, one.host)
    return folded(" ".join(filter(None, parts)))
