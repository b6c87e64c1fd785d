"""Who is away, and what becomes of their tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, insert, select, update

from handlers.domain.absences import Absence, AbsenceKind, Choice, Fate
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import absence, absence_ticket


class AbsenceRow(NamedTuple):
    id: int
    person: PersonId
    starts: datetime
    ends: datetime
    kind: str
    entered_by: PersonId
    entered_at: datetime
    fate: str | None
    fate_to: PersonId | None
    begun_at: datetime | None
    withdrawn_at: datetime | None


class ChoiceRow(NamedTuple):
    ticket: TicketId
    fate: str
    fate_to: PersonId | None


_COLUMNS = columns(absence, AbsenceRow)
_TIME = absence.c.starts.type
_STANDING = absence.c.withdrawn_at.is_(None)
_ADD = prepared(insert(absence))
_SAVE = prepared(update(absence).where(absence.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(absence.c.id == bindparam("key")), AbsenceRow)
_BETWEEN = prepared(
    select(*_COLUMNS)
    .where(
        _STANDING,
        absence.c.ends > bindparam("since", type_=_TIME),
        absence.c.starts <= bindparam("until", type_=_TIME),
    )
    .order_by(absence.c.starts, absence.c.id),
    AbsenceRow,
)
_TO_BEGIN = prepared(
    select(*_COLUMNS)
    .where(_STANDING, absence.c.begun_at.is_(None), absence.c.starts <= bindparam("now", type_=_TIME))
    .order_by(absence.c.starts, absence.c.id),
    AbsenceRow,
)
_CHOOSE = prepared(
    upsert(
        lambda insert: (adding := insert(absence_ticket)).on_conflict_do_update(
            index_elements=["absence", "ticket"],
            set_={"fate": adding.excluded.fate, "fate_to": adding.excluded.fate_to},
        )
    )
)
_CHOICES = prepared(
    select(*columns(absence_ticket, ChoiceRow)).where(absence_ticket.c.absence == bindparam("absence")), ChoiceRow
)
_COUNT = prepared_value(select(func.count()).where(absence.c.person == bindparam("of_person")), int)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVE = prepared(update(absence).where(absence.c.person == _GUEST).values(person=_PERSON))
_MOVE_ENTERED = prepared(update(absence).where(absence.c.entered_by == _GUEST).values(entered_by=_PERSON))
_MOVE_FATE = prepared(update(absence).where(absence.c.fate_to == _GUEST).values(fate_to=_PERSON))
_MOVE_CHOICE = prepared(update(absence_ticket).where(absence_ticket.c.fate_to == _GUEST).values(fate_to=_PERSON))


class SqlAbsences:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._between: dict[tuple[datetime, datetime], Sequence[Absence]] = {}
        """Asked for each person whom a message is to reach."""

    def add(self, absence: Absence) -> Absence:
        self._between.clear()
        return replace(absence, id=self._transaction.new_id(_ADD, _values(absence)))

    def save(self, absence: Absence) -> None:
        self._between.clear()
        if self._transaction.run(_SAVE, {**_values(absence), "key": absence.id}).rowcount != 1:
            raise NotFound("absence", absence.id)

    def get(self, key: int) -> Absence:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("absence", key)
        return absence_of(row)

    def between(self, since: datetime, until: datetime) -> Sequence[Absence]:
        if (found := self._between.get((since, until))) is None:
            rows = self._transaction.run(_BETWEEN, {"since": since, "until": until})
            found = self._between[since, until] = [absence_of(row) for row in rows]
        return found

    def to_begin(self, now: datetime) -> Sequence[Absence]:
        return [absence_of(row) for row in self._transaction.run(_TO_BEGIN, {"now": now})]

    def choose(self, absence: int, ticket: TicketId, choice: Choice) -> None:
        values = {"absence": absence, "ticket": ticket, "fate": choice.fate.value, "fate_to": choice.to}
        self._transaction.run(_CHOOSE, values)

    def choices(self, absence: int) -> Mapping[TicketId, Choice]:
        rows = self._transaction.run(_CHOICES, {"absence": absence})
        return {row.ticket: Choice(Fate(row.fate), row.fate_to) for row in rows}

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT, {"of_person": person}).first() or 0

    def move(self, guest: PersonId, person: PersonId) -> None:
        self._between.clear()
        for statement in (_MOVE, _MOVE_ENTERED, _MOVE_FATE, _MOVE_CHOICE):
            self._transaction.run(statement, {"guest": guest, "to_person": person})


def absence_of(row: AbsenceRow) -> Absence:
    return Absence(
        id=row.id,
        person=row.person,
        starts=row.starts,
        ends=row.ends,
        kind=AbsenceKind(row.kind),
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        choice=None if row.fate is None else Choice(Fate(row.fate), row.fate_to),
        begun_at=row.begun_at,
        withdrawn_at=row.withdrawn_at,
    )


def _values(absence: Absence) -> dict[str, object]:
    return {
        "person": absence.person,
        "starts": absence.starts,
        "ends": absence.ends,
        "kind": absence.kind.value,
        "entered_by": absence.entered_by,
        "entered_at": absence.entered_at,
        "fate": None if absence.choice is None else absence.choice.fate.value,
        "fate_to": None if absence.choice is None else absence.choice.to,
        "begun_at": absence.begun_at,
        "withdrawn_at": absence.withdrawn_at,
    }
