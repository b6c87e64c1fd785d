"""Saying where confirmed acts stand in the official movables ledger: one by one, or a list of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import Acting
from handlers.devices import access, history
from handlers.domain import official_records
from handlers.domain.device_rights import DeviceAction
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.handovers import Handover, HandoverState
from handlers.domain.numbers import Number, Series
from handlers.domain.official_records import OfficialRecord
from handlers.people.officers import today_of
from knowledge.language.folding import one_line


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A line of a list of them, as it was read."""

    line: int
    number: str
    document: str
    day: date


def enterable(acting: Acting, number: str, document: str, day: date) -> tuple[Handover, OfficialRecord]:
    """What would be written down. Raises NotAllowed, Invalid(`no_such_handover`, `handover_not_confirmed`) and as
    `official_records.require_possible`."""
    access.require(acting, DeviceAction.RECONCILE)
    one = _named(acting, number)
    if one.state is not HandoverState.CONFIRMED or one.ended_at is None:
        raise Invalid("handover_not_confirmed", number=one.number)
    said = one_line(document)
    confirmed_on = acting.working_time().local_date(one.ended_at)
    official_records.require_possible(said, day, confirmed_on=confirmed_on, today=today_of(acting))
    record = OfficialRecord(handover=one.id, document=said, day=day, entered_by=acting.person.id, entered_at=acting.now)
    return one, record


def enter(acting: Acting, number: str, document: str, day: date) -> bool:
    """False: it stood there just so. What was wrong is put right the same way; the histories of its devices keep both.
    Raises as `enterable`."""
    one, record = enterable(acting, number, document, day)
    before = acting.uow.handover_lists.official([one.id]).get(one.id)
    if before is not None and (before.document, before.day) == (record.document, record.day):
        return False
    acting.uow.handover_lists.put_official(record)
    was: dict[str, history.Code] = {} if before is None else _codes(before)
    in_place_of = access.require(acting, DeviceAction.RECONCILE)
    for line in one.standing:
        device = acting.uow.devices.get(line.device)
        history.write(acting, "official", device, was, _codes(record), ref=str(one.number), acting_for=in_place_of)
    about = f"{one.number} {record.document} {record.day.isoformat()}"
    acting.uow.audit.log(acting.now, acting.person.id, "official_record", about, acting.channel)
    return True


def faults_of(acting: Acting, listed: Sequence[ListedRecord]) -> Sequence[tuple[int, Invalid]]:
    """Which lines cannot be written down, and why. Raises NotAllowed."""
    access.require(acting, DeviceAction.RECONCILE)
    found = []
    for one in listed:
        try:
            enterable(acting, one.number, one.document, one.day)
        except Invalid as why:
            found.append((one.line, why))
    return found


def enter_all(acting: Acting, listed: Sequence[ListedRecord]) -> int:
    """How many of them are new or other than they were. Raises as `enterable`: all of them are written, or none."""
    return sum(enter(acting, one.number, one.document, one.day) for one in listed)


def _named(acting: Acting, written: str) -> Handover:
    number = Number.parse(one_line(written).upper().replace(" ", ""))
    try:
        if number is None or number.series is not Series.HANDOVER:
            raise NotFound("handover", written)
        return acting.uow.handover_lists.numbered(number)
    except NotFound:
        raise Invalid("no_such_handover", typed=one_line(written)[:40]) from None


def _codes(record: OfficialRecord) -> dict[str, history.Code]:
    return {"document": record.document, "day": record.day.isoformat()}
