"""Proposals to write devices off, with their lines and commissions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, delete, func, insert, select, update

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.scrap import (
    CommissionMember,
    DiskFate,
    Disposal,
    ScrapId,
    ScrapLine,
    ScrapProposal,
    ScrapReason,
    Verdict,
)
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import scrap_line, scrap_member, scrap_proposal


class ProposalRow(NamedTuple):
    id: ScrapId
    number: str
    opened_at: datetime
    opened_by: PersonId
    checked_at: datetime | None
    checked_by: PersonId | None
    commissioned_at: datetime | None
    commissioned_by: PersonId | None
    approved_at: datetime | None
    approved_by: PersonId | None
    approved_on: date | None
    document: str
    slip: str
    version: int


class LineRow(NamedTuple):
    device: DeviceId
    reason: str
    opinion: str
    file: str
    proposed_by: PersonId
    proposed_at: datetime
    disk: str | None
    disk_note: str
    verdict: str | None
    verdict_reason: str
    disposal: str | None
    disposal_note: str


class MemberRow(NamedTuple):
    name: str
    person: PersonId | None
    expert: bool


class NewestRow(NamedTuple):
    device: DeviceId
    proposal: ScrapId


_COLUMNS = columns(scrap_proposal, ProposalRow)
_KEY = bindparam("key", type_=Integer)
_GET = prepared(select(*_COLUMNS).where(scrap_proposal.c.id == _KEY), ProposalRow)
_BY_NUMBER = prepared(
    select(*_COLUMNS).where(scrap_proposal.c.number == bindparam("number", type_=String)), ProposalRow
)
_COLLECTING = prepared(
    select(*_COLUMNS)
    .where(scrap_proposal.c.checked_at.is_(None), scrap_proposal.c.approved_at.is_(None))
    .order_by(scrap_proposal.c.id.desc())
    .limit(1),
    ProposalRow,
)
_LATEST = prepared(
    select(*_COLUMNS).order_by(scrap_proposal.c.id.desc()).limit(bindparam("most", type_=Integer)), ProposalRow
)
_NEWEST_OF = prepared(
    select(scrap_line.c.device, func.max(scrap_line.c.proposal).label("proposal"))
    .where(in_list(scrap_line.c.device, "devices"))
    .group_by(scrap_line.c.device),
    NewestRow,
)
_ADD = prepared(insert(scrap_proposal))
_SAVE = prepared(
    update(scrap_proposal).where(
        scrap_proposal.c.id == bindparam("key"), scrap_proposal.c.version == bindparam("known")
    )
)
_LINES = prepared(
    select(*columns(scrap_line, LineRow)).where(scrap_line.c.proposal == _KEY).order_by(scrap_line.c.id), LineRow
)
_ADD_LINE = prepared(insert(scrap_line))
_DROP_LINES = prepared(delete(scrap_line).where(scrap_line.c.proposal == _KEY))
_MEMBERS = prepared(
    select(*columns(scrap_member, MemberRow)).where(scrap_member.c.proposal == _KEY).order_by(scrap_member.c.id),
    MemberRow,
)
_ADD_MEMBER = prepared(insert(scrap_member))
_DROP_MEMBERS = prepared(delete(scrap_member).where(scrap_member.c.proposal == _KEY))
_PERSON = bindparam("of_person", type_=Integer)
_LINES_OF = prepared_value(select(func.count()).select_from(scrap_line).where(scrap_line.c.proposed_by == _PERSON), int)
_MEMBER_OF = prepared_value(select(func.count()).select_from(scrap_member).where(scrap_member.c.person == _PERSON), int)
_SHOWS = prepared_value(
    select(scrap_line.c.id).where(scrap_line.c.file == bindparam("file", type_=String)).limit(1), int
)
_GUEST, _TO = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVE_LINES = prepared(update(scrap_line).where(scrap_line.c.proposed_by == _GUEST).values(proposed_by=_TO))
_MOVE_MEMBERS = prepared(update(scrap_member).where(scrap_member.c.person == _GUEST).values(person=_TO))


class SqlScrap:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, proposal: ScrapProposal) -> ScrapProposal:
        key = ScrapId(self._transaction.new_id(_ADD, {**_values(proposal), "version": 0}))
        added = replace(proposal, id=key, version=0)
        self._put_rest(added)
        return added

    def save(self, proposal: ScrapProposal) -> ScrapProposal:
        values = {**_values(proposal), "version": proposal.version + 1, "key": proposal.id, "known": proposal.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(proposal.id)
            raise Stale("scrap proposal", proposal.id)
        for statement in (_DROP_LINES, _DROP_MEMBERS):
            self._transaction.run(statement, {"key": proposal.id})
        self._put_rest(proposal)
        return replace(proposal, version=proposal.version + 1)

    def get(self, key: ScrapId) -> ScrapProposal:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("scrap proposal", key)
        return self._of(row)

    def by_number(self, number: str) -> ScrapProposal | None:
        row = self._transaction.run(_BY_NUMBER, {"number": number}).first()
        return None if row is None else self._of(row)

    def collecting(self) -> ScrapProposal | None:
        row = self._transaction.run(_COLLECTING, {}).first()
        return None if row is None else self._of(row)

    def latest(self, limit: int = 50) -> Sequence[ScrapProposal]:
        return [self._of(row) for row in self._transaction.run(_LATEST, {"most": limit})]

    def of_devices(self, devices: Collection[DeviceId]) -> Mapping[DeviceId, ScrapProposal]:
        rows = self._transaction.run(_NEWEST_OF, {"devices": list(devices)}).all()
        known = {key: self.get(key) for key in {row.proposal for row in rows}}
        return {row.device: known[row.proposal] for row in rows}

    def shows(self, file: str) -> bool:
        return bool(file) and self._transaction.run(_SHOWS, {"file": file}).first() is not None

    def count_of(self, person: PersonId) -> int:
        about = {"of_person": person}
        return self._transaction.run(_LINES_OF, about).one() + self._transaction.run(_MEMBER_OF, about).one()

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE_LINES, _MOVE_MEMBERS):
            self._transaction.run(statement, {"guest": guest, "to_person": person})

    def _put_rest(self, proposal: ScrapProposal) -> None:
        for line in proposal.lines:
            values = {name: getattr(line, name) for name in LineRow._fields}
            coded = {name: _code(values[name]) for name in ("reason", "disk", "verdict", "disposal")}
            self._transaction.run(_ADD_LINE, {**values, **coded, "proposal": proposal.id})
        for member in proposal.commission:
            kept = {"name": member.name, "person": member.person, "expert": member.expert}
            self._transaction.run(_ADD_MEMBER, {**kept, "proposal": proposal.id})

    def _of(self, row: ProposalRow) -> ScrapProposal:
        number = Number.parse(row.number)
        if number is None:
            raise ValueError(f"proposal {row.id} has the number {row.number!r}")
        lines = tuple(map(_line_of, self._transaction.run(_LINES, {"key": row.id})))
        members = self._transaction.run(_MEMBERS, {"key": row.id})
        commission = tuple(
            CommissionMember(name=one.name, person=one.person, expert=bool(one.expert)) for one in members
        )
        values: dict[str, Any] = {**row._asdict(), "number": number}
        return ScrapProposal(**values, lines=lines, commission=commission)


def _line_of(row: LineRow) -> ScrapLine:
    values: dict[str, Any] = {
        **row._asdict(),
        "reason": ScrapReason(row.reason),
        "disk": None if row.disk is None else DiskFate(row.disk),
        "verdict": None if row.verdict is None else Verdict(row.verdict),
        "disposal": None if row.disposal is None else Disposal(row.disposal),
    }
    return ScrapLine(**values)


def _code(value: Any) -> str | None:
    return None if value is None else str(value.value)


def _values(proposal: ScrapProposal) -> dict[str, object]:
    kept = {name: getattr(proposal, name) for name in ProposalRow._fields if name not in ("id", "version")}
    return {**kept, "number": str(proposal.number)}
