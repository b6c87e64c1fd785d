"""Reports as they are compared with others, and what was proposed of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, delete, func, insert, literal_column, or_, select, update

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId, UnitId
from handlers.domain.symptoms import Answer, Proposal, Scope, Symptom
from handlers.domain.ticket import TicketId
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import outage_proposal, person, symptom


class SymptomRow(NamedTuple):
    id: int
    at: datetime
    day: int
    half_hour: int
    person: PersonId
    unit: str
    category: str | None
    place: str
    draft: str
    conversation: str
    ticket: TicketId | None


class ProposalRow(NamedTuple):
    id: int
    scope: str
    key: str
    unit: str
    category: str | None
    since: datetime
    changed_at: datetime
    people: int
    answer: str
    answered_at: datetime | None


class DayRow(NamedTuple):
    day: int
    people: int


class DepartmentRow(NamedTuple):
    department: str
    people: int


_COLUMNS, _PROPOSAL_COLUMNS = columns(symptom, SymptomRow), columns(outage_proposal, ProposalRow)
_SINCE = symptom.c.at >= bindparam("since", type_=symptom.c.at.type)
_PLACE = bindparam("place", type_=String)
_ALIKE = (in_list(symptom.c.category, "categories"), or_(literal_column("''") == _PLACE, symptom.c.place == _PLACE))
_LIMIT = bindparam("limit", type_=Integer)
_ADD = prepared(insert(symptom))
_OF_DRAFT = (symptom.c.draft == bindparam("of_draft"), symptom.c.draft != literal_column("''"))
_RENEW = prepared(update(symptom).where(*_OF_DRAFT))
_DROP = prepared(delete(symptom).where(*_OF_DRAFT))
_PEOPLE = prepared_value(select(func.count(symptom.c.person.distinct())).where(_SINCE, *_ALIKE), int)
_AMONG = prepared(
    select(*_COLUMNS).where(_SINCE, *_ALIKE).order_by(symptom.c.at, symptom.c.id).limit(_LIMIT), SymptomRow
)
_IN_DEPARTMENT = func.count(symptom.c.person.distinct()).label("people")
_DEPARTMENTS = prepared(
    select(person.c.department, _IN_DEPARTMENT)
    .join(symptom, symptom.c.person == person.c.id)
    .where(_SINCE, *_ALIKE)
    .group_by(person.c.department)
    .order_by(_IN_DEPARTMENT.desc(), person.c.department)
    .limit(_LIMIT),
    DepartmentRow,
)
_WITHOUT_SUBJECT = prepared(
    select(*_COLUMNS)
    .where(symptom.c.unit == bindparam("unit"), symptom.c.category.is_(None), _SINCE)
    .order_by(symptom.c.at, symptom.c.id)
    .limit(_LIMIT),
    SymptomRow,
)
_BY_DAY = prepared(
    select(symptom.c.day, func.count(symptom.c.person.distinct()).label("people"))
    .where(
        symptom.c.half_hour == bindparam("half_hour", type_=Integer),
        symptom.c.day >= bindparam("since_day", type_=Integer),
        *_ALIKE,
    )
    .group_by(symptom.c.day),
    DayRow,
)
_OF_PERSON = prepared(
    select(*_COLUMNS).where(symptom.c.person == bindparam("of_person")).order_by(symptom.c.id), SymptomRow
)
_FORGET = prepared(delete(symptom).where(symptom.c.person == bindparam("of_person")))
_FORGET_BEFORE = prepared(delete(symptom).where(symptom.c.at < bindparam("before", type_=symptom.c.at.type)))
_MOVE = prepared(
    update(symptom)
    .where(symptom.c.person == bindparam("guest", type_=Integer))
    .values(person=bindparam("to_person", type_=Integer))
)
_PROPOSE = prepared(insert(outage_proposal))
_SAVE_PROPOSAL = prepared(update(outage_proposal).where(outage_proposal.c.id == bindparam("key_of")))
_PROPOSAL = prepared(select(*_PROPOSAL_COLUMNS).where(outage_proposal.c.id == bindparam("key_of")), ProposalRow)
_PROPOSALS = prepared(
    select(*_PROPOSAL_COLUMNS)
    .where(outage_proposal.c.changed_at >= bindparam("since", type_=outage_proposal.c.changed_at.type))
    .order_by(outage_proposal.c.changed_at, outage_proposal.c.id),
    ProposalRow,
)


class SqlSymptoms:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def note(self, symptom: Symptom) -> Symptom:
        if symptom.draft:
            values = {name: value for name, value in _values(symptom).items() if name not in ("at", "day", "half_hour")}
            if self._transaction.run(_RENEW, {**values, "of_draft": symptom.draft}).rowcount:
                return symptom
        return replace(symptom, id=self._transaction.new_id(_ADD, _values(symptom)))

    def drop(self, draft: str) -> None:
        self._transaction.run(_DROP, {"of_draft": draft})

    def people(self, since: datetime, categories: Collection[str], place: str = "") -> int:
        wanted = {"since": since, "categories": sorted(categories), "place": place}
        return self._transaction.run(_PEOPLE, wanted).first() or 0

    def among(
        self, since: datetime, categories: Collection[str], place: str = "", limit: int = 200
    ) -> Sequence[Symptom]:
        wanted = {"since": since, "categories": sorted(categories), "place": place, "limit": limit}
        return [_symptom_of(row) for row in self._transaction.run(_AMONG, wanted)]

    def departments(
        self, since: datetime, categories: Collection[str], place: str = "", limit: int = 6
    ) -> Sequence[tuple[str, int]]:
        wanted = {"since": since, "categories": sorted(categories), "place": place, "limit": limit}
        return [(row.department, row.people) for row in self._transaction.run(_DEPARTMENTS, wanted)]

    def without_subject(self, since: datetime, unit: UnitId, limit: int = 50) -> Sequence[Symptom]:
        wanted = {"since": since, "unit": unit, "limit": limit}
        return [_symptom_of(row) for row in self._transaction.run(_WITHOUT_SUBJECT, wanted)]

    def by_day(self, half_hour: int, since_day: int, categories: Collection[str], place: str = "") -> Mapping[int, int]:
        wanted = {"half_hour": half_hour, "since_day": since_day, "categories": sorted(categories), "place": place}
        return {row.day: row.people for row in self._transaction.run(_BY_DAY, wanted)}

    def of_person(self, person: PersonId) -> Sequence[Symptom]:
        return [_symptom_of(row) for row in self._transaction.run(_OF_PERSON, {"of_person": person})]

    def forget(self, person: PersonId) -> None:
        self._transaction.run(_FORGET, {"of_person": person})

    def forget_before(self, at: datetime) -> None:
        self._transaction.run(_FORGET_BEFORE, {"before": at})

    def move(self, guest: PersonId, person: PersonId) -> None:
        self._transaction.run(_MOVE, {"guest": guest, "to_person": person})

    def propose(self, proposal: Proposal) -> Proposal:
        return replace(proposal, id=self._transaction.new_id(_PROPOSE, _proposal_values(proposal)))

    def save_proposal(self, proposal: Proposal) -> None:
        values = {**_proposal_values(proposal), "key_of": proposal.id}
        if self._transaction.run(_SAVE_PROPOSAL, values).rowcount != 1:
            raise NotFound("proposal", proposal.id)

    def proposal(self, key: int) -> Proposal:
        row = self._transaction.run(_PROPOSAL, {"key_of": key}).first()
        if row is None:
            raise NotFound("proposal", key)
        return _proposal_of(row)

    def proposals(self, since: datetime) -> Sequence[Proposal]:
        return [_proposal_of(row) for row in self._transaction.run(_PROPOSALS, {"since": since})]


def _symptom_of(row: SymptomRow) -> Symptom:
    return Symptom(**row._asdict())


def _values(symptom: Symptom) -> dict[str, object]:
    return {
        "at": symptom.at,
        "day": symptom.day,
        "half_hour": symptom.half_hour,
        "person": symptom.person,
        "unit": symptom.unit,
        "category": symptom.category,
        "place": symptom.place,
        "draft": symptom.draft,
        "conversation": symptom.conversation,
        "ticket": symptom.ticket,
    }


def _proposal_of(row: ProposalRow) -> Proposal:
    return Proposal(**{**row._asdict(), "scope": Scope(row.scope), "answer": Answer(row.answer)})


def _proposal_values(proposal: Proposal) -> dict[str, object]:
    return {
        "scope": proposal.scope.value,
        "key": proposal.key,
        "unit": proposal.unit,
        "category": proposal.category,
        "since": proposal.since,
        "changed_at": proposal.changed_at,
        "people": proposal.people,
        "answer": proposal.answer.value,
        "answered_at": proposal.answered_at,
    }
