"""Outages with their tickets and lines, and the systems as this house changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from handlers.domain.errors import NotFound, Stale
from handlers.domain.outages import Cause, JoinedTicket, NoteAnswer, NoteQuestion, Outage, OutageUpdate
from handlers.domain.people import PersonId
from handlers.domain.states import State
from handlers.domain.systems import System, SystemState
from handlers.domain.ticket import TicketId
from handlers.ports.outages import SYSTEMS
from storage.engine.in_list import in_list
from storage.engine.prepared import Prepared, prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import outage, outage_note, outage_ticket, outage_update, system


class OutageRow(NamedTuple):
    id: int
    system: str | None
    ticket: TicketId
    state: str
    since: datetime
    declared_at: datetime
    declared_by: PersonId
    heard_at: datetime
    reminded_at: datetime | None
    announced_at: datetime | None
    ended_at: datetime | None
    ended_by: PersonId | None
    cause: str | None
    note_asked_at: datetime | None


class JoinedRow(NamedTuple):
    outage: int
    ticket: TicketId
    closed_from: str | None
    waiting_for: str


class UpdateRow(NamedTuple):
    outage: int
    position: int
    at: datetime
    entry: int


class AnswerRow(NamedTuple):
    outage: int
    question: str
    entry: int


class SystemRow(NamedTuple):
    id: str
    title: str
    unit: str
    categories: list[str]
    dropped: bool


_COLUMNS = columns(outage, OutageRow)
_OPEN = outage.c.ended_at.is_(None)
_ADD = prepared(insert(outage))
_SAVE = prepared(update(outage).where(outage.c.id == bindparam("key")))
_ONE = select(*_COLUMNS).where(outage.c.id == bindparam("key"))
_GET = prepared(_ONE, OutageRow)
_GET_LOCKED = prepared(_ONE.with_for_update(), OutageRow)
_ALL_OPEN = prepared(select(*_COLUMNS).where(_OPEN).order_by(outage.c.since, outage.c.id), OutageRow, remembered=True)
_OF_HEAD = prepared(select(*_COLUMNS).where(_OPEN, outage.c.ticket == bindparam("ticket")), OutageRow)
_LATEST_OF_HEAD = prepared(
    select(*_COLUMNS).where(outage.c.ticket == bindparam("ticket")).order_by(outage.c.id.desc()).limit(1), OutageRow
)
_ENDED = prepared(
    select(*_COLUMNS)
    .where(outage.c.ended_at >= bindparam("since", type_=outage.c.ended_at.type))
    .order_by(outage.c.ended_at, outage.c.id),
    OutageRow,
)
_JOINED = prepared(
    select(*columns(outage_ticket, JoinedRow))
    .where(in_list(outage_ticket.c.outage, "outages"))
    .order_by(outage_ticket.c.outage, outage_ticket.c.ticket),
    JoinedRow,
)
_UPDATES = prepared(
    select(*columns(outage_update, UpdateRow))
    .where(in_list(outage_update.c.outage, "outages"))
    .order_by(outage_update.c.outage, outage_update.c.position),
    UpdateRow,
)
_ANSWERS = prepared(select(*columns(outage_note, AnswerRow)).where(in_list(outage_note.c.outage, "outages")), AnswerRow)
_FORGET_JOINED = prepared(delete(outage_ticket).where(outage_ticket.c.outage == bindparam("of_outage")))
_ADD_JOINED = prepared(insert(outage_ticket))
_FORGET_UPDATES = prepared(delete(outage_update).where(outage_update.c.outage == bindparam("of_outage")))
_ADD_UPDATES = prepared(insert(outage_update))
_FORGET_ANSWERS = prepared(delete(outage_note).where(outage_note.c.outage == bindparam("of_outage")))
_ADD_ANSWERS = prepared(insert(outage_note))
_PERSON = bindparam("of_person", type_=Integer)
_COUNT = prepared_value(
    select(func.count()).select_from(outage).where(or_(outage.c.declared_by == _PERSON, outage.c.ended_by == _PERSON)),
    int,
)
_MOVE_DECLARED = prepared(
    update(outage)
    .where(outage.c.declared_by == bindparam("guest", type_=Integer))
    .values(declared_by=bindparam("to_person", type_=Integer))
)
_MOVE_ENDED = prepared(
    update(outage)
    .where(outage.c.ended_by == bindparam("guest", type_=Integer))
    .values(ended_by=bindparam("to_person", type_=Integer))
)
_CHANGED_SYSTEMS = prepared(select(*columns(system, SystemRow)).order_by(system.c.id), SystemRow, remembered=True)
_PUT_SYSTEM = prepared(
    upsert(
        lambda insert: (put := insert(system)).on_conflict_do_update(
            index_elements=["id"],
            set_={name: put.excluded[name] for name in ("title", "unit", "categories", "dropped")},
        )
    )
)


class SqlOutages:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, outage: Outage) -> Outage:
        try:
            self._transaction.touched.add(SYSTEMS)
            added = replace(outage, id=self._transaction.new_id(_ADD, _values(outage)))
        except IntegrityError as error:
            raise Stale("outage", outage.ticket) from error
        self._add_children(added)
        return added

    def save(self, outage: Outage) -> None:
        try:
            self._transaction.touched.add(SYSTEMS)
            saved = self._transaction.run(_SAVE, {**_values(outage), "key": outage.id}).rowcount == 1
        except IntegrityError as error:
            raise Stale("outage", outage.id) from error
        if not saved:
            raise NotFound("outage", outage.id)
        self._transaction.run(_FORGET_JOINED, {"of_outage": outage.id})
        self._transaction.run(_FORGET_UPDATES, {"of_outage": outage.id})
        self._transaction.run(_FORGET_ANSWERS, {"of_outage": outage.id})
        self._add_children(outage)

    def _add_children(self, outage: Outage) -> None:
        if outage.tickets:
            rows = [
                {
                    "outage": outage.id,
                    "ticket": one.ticket,
                    "closed_from": None if one.closed_from is None else one.closed_from.value,
                    "waiting_for": one.waiting_for,
                }
                for one in outage.tickets
            ]
            self._transaction.run(_ADD_JOINED, rows)
        if outage.updates:
            lines = [
                {"outage": outage.id, "position": place, "at": line.at, "entry": line.entry}
                for place, line in enumerate(outage.updates)
            ]
            self._transaction.run(_ADD_UPDATES, lines)
        if outage.note:
            answers = [{"outage": outage.id, "question": one.question.value, "entry": one.entry} for one in outage.note]
            self._transaction.run(_ADD_ANSWERS, answers)

    def get(self, key: int, *, to_change: bool = False) -> Outage:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        found = self._many(query, key=key)
        if not found:
            raise NotFound("outage", key)
        return found[0]

    def open(self) -> Sequence[Outage]:
        return self._many(_ALL_OPEN)

    def of_head(self, ticket: TicketId) -> Outage | None:
        return next(iter(self._many(_OF_HEAD, ticket=ticket)), None)

    def latest_of_head(self, ticket: TicketId) -> Outage | None:
        return next(iter(self._many(_LATEST_OF_HEAD, ticket=ticket)), None)

    def ended_since(self, since: datetime) -> Sequence[Outage]:
        return self._many(_ENDED, since=since)

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT, {"of_person": person}).first() or 0

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE_DECLARED, _MOVE_ENDED):
            self._transaction.run(statement, {"guest": guest, "to_person": person})

    def _many(self, query: Prepared[OutageRow], **parameters: object) -> list[Outage]:
        rows = self._transaction.run(query, parameters).all()
        if not rows:
            return []
        of = {"outages": [row.id for row in rows]}
        joined, lines = self._transaction.run(_JOINED, of).all(), self._transaction.run(_UPDATES, of).all()
        answers = self._transaction.run(_ANSWERS, of).all()
        return [
            _outage_of(
                row,
                [one for one in joined if one.outage == row.id],
                [line for line in lines if line.outage == row.id],
                {answer.question: answer.entry for answer in answers if answer.outage == row.id},
            )
            for row in rows
        ]


class SqlSystems:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def changed(self) -> Sequence[System]:
        return [
            System(id=row.id, title=row.title, unit=row.unit, categories=tuple(row.categories), dropped=row.dropped)
            for row in self._transaction.run(_CHANGED_SYSTEMS, {})
        ]

    def put(self, system: System) -> None:
        values = {"id": system.id, "title": system.title, "unit": system.unit, "dropped": system.dropped}
        self._transaction.touched.add(SYSTEMS)
        self._transaction.run(_PUT_SYSTEM, {**values, "categories": list(system.categories)})


def _outage_of(
    row: OutageRow, joined: Sequence[JoinedRow], lines: Sequence[UpdateRow], answers: Mapping[str, int]
) -> Outage:
    return Outage(
        id=row.id,
        system=row.system,
        ticket=row.ticket,
        state=SystemState(row.state),
        since=row.since,
        declared_at=row.declared_at,
        declared_by=row.declared_by,
        heard_at=row.heard_at,
        reminded_at=row.reminded_at,
        announced_at=row.announced_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        cause=None if row.cause is None else Cause(row.cause),
        tickets=tuple(
            JoinedTicket(
                ticket=one.ticket,
                closed_from=None if one.closed_from is None else State(one.closed_from),
                waiting_for=one.waiting_for,
            )
            for one in joined
        ),
        updates=tuple(OutageUpdate(at=line.at, entry=line.entry) for line in lines),
        note=tuple(NoteAnswer(question=one, entry=answers[one.value]) for one in NoteQuestion if one.value in answers),
        note_asked_at=row.note_asked_at,
    )


def _values(outage: Outage) -> dict[str, object]:
    return {
        "system": outage.system,
        "ticket": outage.ticket,
        "state": outage.state.value,
        "since": outage.since,
        "declared_at": outage.declared_at,
        "declared_by": outage.declared_by,
        "heard_at": outage.heard_at,
        "reminded_at": outage.reminded_at,
        "announced_at": outage.announced_at,
        "ended_at": outage.ended_at,
        "ended_by": outage.ended_by,
        "cause": None if outage.cause is None else outage.cause.value,
        "note_asked_at": outage.note_asked_at,
    }
