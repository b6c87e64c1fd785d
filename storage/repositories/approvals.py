"""What is done only with somebody's yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, delete, func, insert, literal_column, or_, select, update

from handlers.domain.approvals import Approval, ApprovalKind, Decision
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import approval, setting


class ApprovalRow(NamedTuple):
    id: int
    ticket: TicketId
    kind: str
    step: int
    asked_by: PersonId
    asked_at: datetime
    manager: PersonId | None
    why: int | None
    answer: int | None
    shown: str
    decision: str | None
    decided_by: PersonId | None
    decided_at: datetime | None
    acting_for: list[PersonId]
    document: str
    document_day: date | None
    withdrawn_at: datetime | None


class SettingRow(NamedTuple):
    name: str
    value: str


_COLUMNS = columns(approval, ApprovalRow)
_ADD = prepared(insert(approval))
_SAVE = prepared(update(approval).where(approval.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(approval.c.id == bindparam("key")), ApprovalRow)
_OF_TICKET = prepared(
    select(*_COLUMNS).where(approval.c.ticket == bindparam("key")).order_by(approval.c.id), ApprovalRow
)
_PENDING = prepared(
    select(*_COLUMNS)
    .where(literal_column("decision IS NULL AND withdrawn_at IS NULL"))
    .order_by(approval.c.asked_at, approval.c.id)
    .limit(bindparam("limit", type_=Integer)),
    ApprovalRow,
)
_THEIRS = (approval.c.asked_by, approval.c.manager, approval.c.decided_by)
_COUNT = prepared_value(
    select(func.count())
    .select_from(approval)
    .where(or_(*(column == bindparam("of_person", type_=Integer) for column in _THEIRS))),
    int,
)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVE_ASKER = prepared(update(approval).where(approval.c.asked_by == _GUEST).values(asked_by=_PERSON))
_MOVE_MANAGER = prepared(update(approval).where(approval.c.manager == _GUEST).values(manager=_PERSON))
_MOVE_DECIDER = prepared(update(approval).where(approval.c.decided_by == _GUEST).values(decided_by=_PERSON))
_AUTOMATIC = "approval_of:"
"""Of a setting, before the category."""
_SETTINGS = prepared(
    select(setting.c.name, setting.c.value)
    .where(setting.c.name >= _AUTOMATIC, setting.c.name < "approval_of;")
    .order_by(setting.c.name),
    SettingRow,
)
_FORGET_SETTING = prepared(delete(setting).where(setting.c.name == bindparam("key")))
_ADD_SETTING = prepared(insert(setting))


class SqlApprovals:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, approval: Approval) -> Approval:
        return replace(approval, id=self._transaction.new_id(_ADD, _values(approval)))

    def save(self, approval: Approval) -> None:
        if self._transaction.run(_SAVE, {**_values(approval), "key": approval.id}).rowcount != 1:
            raise NotFound("approval", approval.id)

    def get(self, key: int) -> Approval:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("approval", key)
        return _approval_of(row)

    def of_ticket(self, ticket: TicketId) -> Sequence[Approval]:
        return [_approval_of(row) for row in self._transaction.run(_OF_TICKET, {"key": ticket})]

    def pending(self, limit: int = 500) -> Sequence[Approval]:
        return [_approval_of(row) for row in self._transaction.run(_PENDING, {"limit": limit})]

    def automatic(self) -> Mapping[str, ApprovalKind]:
        return {row.name.removeprefix(_AUTOMATIC): ApprovalKind(row.value) for row in self._transaction.run(_SETTINGS)}

    def set_automatic(self, category: str, kind: ApprovalKind | None) -> None:
        name = f"{_AUTOMATIC}{category}"
        self._transaction.run(_FORGET_SETTING, {"key": name})
        if kind is not None:
            self._transaction.run(_ADD_SETTING, {"name": name, "value": kind.value})

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT, {"of_person": person}).first() or 0

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE_ASKER, _MOVE_MANAGER, _MOVE_DECIDER):
            self._transaction.run(statement, {"guest": guest, "to_person": person})


def _approval_of(row: ApprovalRow) -> Approval:
    values = row._asdict() | {
        "kind": ApprovalKind(row.kind),
        "decision": None if row.decision is None else Decision(row.decision),
        "acting_for": tuple(row.acting_for),
    }
    return Approval(**values)


def _values(approval: Approval) -> dict[str, object]:
    return {
        "ticket": approval.ticket,
        "kind": approval.kind.value,
        "step": approval.step,
        "asked_by": approval.asked_by,
        "asked_at": approval.asked_at,
        "manager": approval.manager,
        "why": approval.why,
        "answer": approval.answer,
        "shown": approval.shown,
        "decision": None if approval.decision is None else approval.decision.value,
        "decided_by": approval.decided_by,
        "decided_at": approval.decided_at,
        "acting_for": list(approval.acting_for),
        "document": approval.document,
        "document_day": approval.document_day,
        "withdrawn_at": approval.withdrawn_at,
    }
