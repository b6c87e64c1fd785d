"""Which device a ticket is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Boolean, Integer, and_, bindparam, delete, func, insert, or_, select

from handlers.domain.devices import DeviceId, LinkRole, TicketDevice
from handlers.domain.errors import Stale
from handlers.domain.people import PersonId, UnitId
from handlers.domain.security_matters import ALL, KnownMatters
from handlers.domain.ticket import TicketId
from storage.engine.columns import UtcTime
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import ticket, ticket_device


class LinkRow(NamedTuple):
    ticket: TicketId
    device: DeviceId
    role: str
    sure: bool
    by: PersonId | None
    at: datetime


class CountRow(NamedTuple):
    device: DeviceId
    number: int


_LINK = ticket_device.c
_SURE = and_(_LINK.sure, _LINK.role == LinkRole.SUBJECT.value)
_OPENED = ticket.c.opened_at
_SINCE, _UNTIL = bindparam("since", type_=UtcTime), bindparam("until", type_=UtcTime)
_NUMBER = func.count().label("number")
_WITH_TICKETS = ticket_device.join(ticket, ticket.c.id == _LINK.ticket)
_OF_DEVICES = in_list(_LINK.device, "devices")
_KNOWN = or_(
    ~ticket.c.restricted,
    bindparam("all_known", type_=Boolean),
    in_list(ticket.c.unit, "known_units"),
    ticket.c.holder == bindparam("in_hands_of", type_=Integer),
)
_ADD = prepared(insert(ticket_device))
_REMOVE = prepared(
    delete(ticket_device).where(_LINK.ticket == bindparam("of_ticket"), _LINK.device == bindparam("of_device"))
)
_OF_TICKET = prepared(
    select(*columns(ticket_device, LinkRow))
    .where(_LINK.ticket == bindparam("of_ticket"))
    .order_by(_LINK.sure.desc(), _LINK.role.desc(), _LINK.at, _LINK.device),
    LinkRow,
    remembered=True,
)
_TICKETS = prepared_value(
    select(_LINK.ticket)
    .select_from(_WITH_TICKETS)
    .where(_OF_DEVICES, _SURE, _KNOWN)
    .order_by(_LINK.ticket.desc())
    .limit(bindparam("most", type_=Integer)),
    TicketId,
)
_COUNT = prepared_value(
    select(func.count(_LINK.ticket.distinct()))
    .select_from(_WITH_TICKETS)
    .where(_OF_DEVICES, _SURE, _OPENED >= _SINCE, _OPENED < _UNTIL, _KNOWN),
    int,
)
_COUNTS = prepared(
    select(_LINK.device, _NUMBER)
    .select_from(_WITH_TICKETS)
    .where(_OF_DEVICES, _SURE, _OPENED >= _SINCE, _KNOWN)
    .group_by(_LINK.device),
    CountRow,
)
_OF_UNITS = prepared_value(
    select(_LINK.device)
    .select_from(_WITH_TICKETS)
    .where(_OF_DEVICES, _LINK.sure, in_list(ticket.c.unit, "units"), _KNOWN)
    .distinct(),
    DeviceId,
)
_LAST_OF = prepared_value(
    select(_LINK.device)
    .select_from(_WITH_TICKETS)
    .where(ticket.c.reporter == bindparam("of_person", type_=Integer), _OPENED >= _SINCE, _SURE, ~ticket.c.restricted)
    .order_by(ticket.c.id.desc()),
    DeviceId,
)
_MOST_OFTEN = prepared(
    select(_LINK.device, _NUMBER)
    .select_from(_WITH_TICKETS)
    .where(_SURE, _OPENED >= _SINCE, _OPENED < _UNTIL, _KNOWN)
    .group_by(_LINK.device)
    .order_by(_NUMBER.desc(), _LINK.device),
    CountRow,
)


class SqlTicketDevices:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, link: TicketDevice) -> None:
        self.remove(link.ticket, link.device)
        is_subject = link.sure and link.role is LinkRole.SUBJECT
        if is_subject and any(one.sure and one.role is LinkRole.SUBJECT for one in self.of_ticket(link.ticket)):
            raise Stale("ticket", link.ticket)
        row = LinkRow(link.ticket, link.device, link.role.value, link.sure, link.by, link.at)
        self._transaction.run(_ADD, row._asdict())

    def remove(self, ticket: TicketId, device: DeviceId) -> None:
        self._transaction.run(_REMOVE, {"of_ticket": ticket, "of_device": device})

    def of_ticket(self, ticket: TicketId) -> Sequence[TicketDevice]:
        rows = self._transaction.run(_OF_TICKET, {"of_ticket": ticket})
        found = [TicketDevice(**{**row._asdict(), "role": LinkRole(row.role), "sure": bool(row.sure)}) for row in rows]
        return sorted(found, key=lambda one: (not one.sure, one.role is not LinkRole.SUBJECT))

    def tickets(self, devices: Collection[DeviceId], limit: int, known: KnownMatters = ALL) -> Sequence[TicketId]:
        return self._transaction.run(_TICKETS, {"devices": list(devices), "most": limit, **_of(known)}).all()

    def count(self, devices: Collection[DeviceId], since: datetime, until: datetime, known: KnownMatters) -> int:
        wanted = {"devices": list(devices), "since": since, "until": until, **_of(known)}
        return self._transaction.run(_COUNT, wanted).one()

    def counts(self, devices: Collection[DeviceId], since: datetime, known: KnownMatters) -> Mapping[DeviceId, int]:
        rows = self._transaction.run(_COUNTS, {"devices": list(devices), "since": since, **_of(known)})
        return {row.device: row.number for row in rows}

    def of_units(
        self, devices: Collection[DeviceId], units: Collection[UnitId], known: KnownMatters
    ) -> frozenset[DeviceId]:
        wanted = {"devices": list(devices), "units": list(units), **_of(known)}
        return frozenset(self._transaction.run(_OF_UNITS, wanted))

    def last_of(self, reporter: PersonId, since: datetime) -> Sequence[DeviceId]:
        found = self._transaction.run(_LAST_OF, {"of_person": reporter, "since": since})
        return list(dict.fromkeys(found))

    def most_often(self, since: datetime, until: datetime, known: KnownMatters) -> Mapping[DeviceId, int]:
        rows = self._transaction.run(_MOST_OFTEN, {"since": since, "until": until, **_of(known)})
        return {row.device: row.number for row in rows}


def _of(known: KnownMatters) -> dict[str, object]:
    return {
        "all_known": known.units is None,
        "known_units": sorted(known.units or ()),
        "in_hands_of": known.held_by or 0,
    }
