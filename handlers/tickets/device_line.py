"""The line of a ticket's device, as those who work on it read it: without holder, serial and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import device_names
from handlers.context import UseCaseContext
from handlers.device_merges import together
from handlers.domain.devices import Device, Life
from handlers.domain.scrap import ScrapState
from handlers.domain.security_matters import NONE, KnownMatters
from handlers.domain.ticket import Ticket
from handlers.tickets import device_links, merges

_MOMENT = timedelta(microseconds=1)
TOLD_LATELY = timedelta(days=7)
"""What a printer said of its toner before that was of another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    name: str
    number: str
    sure: bool
    warranty: date | None
    ended: bool
    """The warranty is over."""
    nth: int
    """Which ticket of the year it is of this device, as far as its readers may know."""
    life: str
    """A `Life` that whoever goes there must know of; empty: it is in use."""
    place: str
    """Where it stands by the record, where the ticket says another place; else empty."""
    said: str
    """That other place."""
    toner: int | None = None
    """Percent of the emptiest, where it is nearly empty, as the printer told lately."""
    scrap: str = ""
    """Number of the hurda teklifi in which it stands, and that is not decided yet."""
    part: str = ""
    """Number of the merged ticket that it was said on."""


def of(work: UseCaseContext, ticket: Ticket, known: KnownMatters = NONE) -> DeviceLine | None:
    """None: nothing is known of it. Of a ticket with merged ones in it, what those say where it says nothing. `known`:
    to whoever reads it."""
    found = _of_one(work, ticket, known)
    if found is not None:
        return found
    for part in merges.parts(work.uow, ticket):
        if (found := _of_one(work, part, known, part=part.number)) is not None:
            return found
    return None


def year_began(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return local.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def _of_one(work: UseCaseContext, ticket: Ticket, known: KnownMatters, part: str = "") -> DeviceLine | None:
    device = device_links.subject(work.uow, ticket)
    sure = device is not None
    if device is None:
        guesses = device_links.guesses(work.uow, ticket)
        if len(guesses) != 1:
            return None
        (device,) = guesses
    return _line(work, ticket, device, known, sure=sure, part=part)


def _line(
    work: UseCaseContext, ticket: Ticket, device: Device, known: KnownMatters, *, sure: bool, part: str
) -> DeviceLine:
    until = device.description.warranty_until
    place, said = _places(work, ticket, device)
    since = year_began(ticket.opened_at, work.desk.zone)
    before = work.uow.ticket_devices.count(together(work.uow, device.id), since, ticket.opened_at + _MOMENT, known)
    return DeviceLine(
        name=device_names.name(device),
        number=str(device.number),
        sure=sure,
        warranty=until,
        ended=until is not None and until < work.working_time(ticket.unit).local_date(work.now),
        nth=before + (not sure),
        life="" if device.life is Life.IN_USE else device.life.value,
        place=place,
        said=said,
        toner=toner(work, device),
        scrap=_scrap(work, device),
        part=part,
    )


def _scrap(work: UseCaseContext, device: Device) -> str:
    standing = work.uow.scrap.of_devices([device.id]).get(device.id)
    return str(standing.number) if standing is not None and standing.state is not ScrapState.APPROVED else ""


def toner(work: UseCaseContext, device: Device) -> int | None:
    """Percent of the emptiest, where it is nearly empty, as the printer told lately."""
    if device.description.kind not in _PRINTERS:
        return None
    seen = next(iter(work.uow.sightings.of_devices(together(work.uow, device.id))), None)
    if seen is None or work.now - seen.last_seen > TOLD_LATELY or seen.seen.lowest_toner is None:
        return None
    return seen.seen.lowest_toner.percent


def _places(work: UseCaseContext, ticket: Ticket, device: Device) -> tuple[str, str]:
    """By the record and by the ticket, where both say one and they differ. Where the reporter sits is not said."""
    said, own = ticket.facts.get(_ROOM, ""), work.uow.people.get(ticket.reporter).room
    there = work.uow.places.of_ticket(ticket.id)
    if not said or said == own or there is None or device.place is None:
        return "", ""
    if device.place == there or device.place in work.uow.places.merged_into(there):
        return "", ""
    return device_names.place_name(work.uow, device), said


_ROOM = "oda"
_PRINTERS = frozenset({"yazici", "cok-islevli"})
