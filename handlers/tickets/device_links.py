"""Which device a ticket is about, as far as its words, its place and its reporter tell (design: labels and numbers
first, words after them, and nothing from a guess but a guess).

| | |
|---|---|
| our number, another number, host name, address, or a scanned label | sure, where it leaves one device |
| kind, make and model, at the place that is said; else in the reporter's custody or room; else in their müdürlük | one: likely; up to four: asked |
| the reporter's last device of that kind, of 90 days | likely |
"""  # noqa: E501 # rows of a table

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.device_merges import meant_by, standing
from handlers.domain.devices import (
    MAX_CANDIDATES,
    Device,
    DeviceId,
    LinkRole,
    TicketDevice,
    only_sure_subject,
)
from handlers.domain.places import PlaceId
from handlers.domain.ticket import Ticket
from handlers.ports import Near, UnitOfWork
from knowledge.device_kinds import kinds_said, kinds_told
from knowledge.facts.device_mentions import Mentions, mentions
from knowledge.language.device_keys import KeyKind, keys_typed, make_key
from knowledge.language.device_numbers import own_number

SCANNED = "etiket"
"""The fact in which a ticket keeps the number of the device whose label was scanned or photographed: `D-00042`."""
LAST_DEVICE = timedelta(days=90)
_TOLD = ("cihaz", "demirbas", SCANNED)


@dataclass(frozen=True, slots=True)
class Recognised:
    """`sure`: one device; else one that is likely, or up to four that may be meant."""

    devices: Sequence[Device] = ()
    sure: bool = False


def recognise(acting: Acting, ticket: Ticket) -> None:
    """Links what the ticket says by now. What somebody said of its device stays; the desk guesses anew."""
    if not acting.uow.devices.any():
        return
    links = acting.uow.ticket_devices.of_ticket(ticket.id)
    if any(link.by is not None for link in links) or only_sure_subject(links) is not None:
        return
    _link(acting, ticket, links, meant(acting, ticket))


def heard(acting: Acting, ticket: Ticket, text: str) -> None:
    """Its reporter wrote one of the numbers later: "d42"."""
    links = acting.uow.ticket_devices.of_ticket(ticket.id)
    if only_sure_subject(links) is not None:
        return
    found = _by_number(acting, ticket, mentions(text))
    if found.sure:
        _link(acting, ticket, links, found)


def meant(acting: Acting, ticket: Ticket) -> Recognised:
    said = _said(ticket)
    named = _by_number(acting, ticket, said)
    told = kinds_told(ticket.category)
    if named.devices or (acting.desk.is_request(ticket.category) and not told):
        return named  # what is asked for anew is no device that there is
    kinds = frozenset(_of_thing(said) or told)
    if not kinds and not said.words:
        return Recognised()
    near = _near(acting, ticket, kinds, said)
    if not near:
        return _last(acting, ticket, kinds, said)
    return Recognised(near) if len(near) <= MAX_CANDIDATES else Recognised()


def _said(ticket: Ticket) -> Mentions:
    """The report, and what was told of the device when it was asked for: "18/252" alone is a number there."""
    said = mentions("\n".join((ticket.text, *(ticket.facts.get(name, "") for name in _TOLD))))
    alone = [key for name in _TOLD for key in keys_typed(ticket.facts.get(name, ""))]
    return replace(said, keys=tuple(dict.fromkeys((*said.keys, *alone))))


def _by_number(acting: Acting, ticket: Ticket, said: Mentions) -> Recognised:
    """One is sure. Of several, those that fit the rest of what was said; nothing fits: all of them."""
    own = [acting.uow.devices.by_number(number) for number in (*_scanned(ticket), *said.own)]
    known = acting.uow.devices.known_by(said.keys)
    tails = {one.device for one in known if one.key.kind is KeyKind.TAIL}
    ids = {one.device for one in known} - tails
    found = meant_by(acting.uow, [*filter(None, own), *acting.uow.devices.several(ids)])
    if not found and tails:  # "18/252": only with a place or müdürlük that leaves one
        found = [
            one for one in meant_by(acting.uow, acting.uow.devices.several(tails)) if _is_there(acting, ticket, one)
        ]
        return Recognised(found, sure=True) if len(found) == 1 else Recognised()
    if len(found) <= 1:
        return Recognised(found, sure=bool(found))
    kinds = frozenset(_of_thing(said))
    fitting = [one for one in found if _fits(one, kinds, said) and _is_there(acting, ticket, one)]
    fitting = fitting or [one for one in found if _fits(one, kinds, said)] or found
    return Recognised(fitting) if len(fitting) <= MAX_CANDIDATES else Recognised()


def _scanned(ticket: Ticket) -> Iterable[int]:
    number = own_number(ticket.facts.get(SCANNED, ""))
    return () if number is None else (number,)


def _of_thing(said: Mentions) -> Sequence[str]:
    return kinds_said(said.thing) if said.thing is not None else ()


def _near(acting: Acting, ticket: Ticket, kinds: frozenset[str], said: Mentions) -> Sequence[Device]:
    """Where another place than their own room is said, what is there; else what they have and what is in their room,
    and only where that is nothing their müdürlük's."""
    uow, reporter = acting.uow, acting.uow.people.get(ticket.reporter)
    place = uow.places.of_ticket(ticket.id)
    places = frozenset(_together(uow, place)) if place is not None else frozenset[PlaceId]()
    elsewhere = bool(places) and ticket.facts.get("oda", "") != reporter.room
    asked = Near(kinds=kinds, words=said.words)
    around = replace(asked, holder=None if elsewhere else reporter.id, places=places)
    found = uow.devices.near(around, MAX_CANDIDATES + 1)
    if found or elsewhere:
        return found
    written = ticket.facts.get("mudurluk") or reporter.department
    return uow.devices.near(replace(asked, departments=_spellings(uow, written)), MAX_CANDIDATES + 1)


def _spellings(uow: UnitOfWork, written: str) -> frozenset[str]:
    """What a device of that müdürlük may have written on it: its present, short and former names, and those of what
    became one with it."""
    if not written:
        return frozenset()
    listed = uow.departments.all()
    names = DepartmentNames(listed)
    now = names.find(written)
    together = [] if now is None else [one for one in listed if names.find(one.name) == now]
    return frozenset({written, *(name for one in together for name in one.names)})


def _last(acting: Acting, ticket: Ticket, kinds: frozenset[str], said: Mentions) -> Recognised:
    """What they wrote of last, where it is such a thing and no other place was said."""
    if ticket.facts.get("oda", "") != acting.uow.people.get(ticket.reporter).room:
        return Recognised()
    last = acting.uow.ticket_devices.last_of(ticket.reporter, acting.now - LAST_DEVICE)
    known = {one.id: one for one in acting.uow.devices.several(last)}
    for key in last:
        device = standing(acting.uow, known[key])
        if device.living and _fits(device, kinds, said):
            return Recognised([device])
    return Recognised()


def _fits(device: Device, kinds: frozenset[str], said: Mentions) -> bool:
    """A make or model that is said must be its own; one that nobody wrote down speaks against nothing."""
    own = make_key(device.description.brand) + make_key(device.description.model)
    of_kind = not kinds or device.description.kind in kinds
    return of_kind and (not own or all(word in own for word in said.words))


def _is_there(acting: Acting, ticket: Ticket, device: Device) -> bool:
    """At the ticket's place, or in the müdürlük of its reporter."""
    place = acting.uow.places.of_ticket(ticket.id)
    if place is not None and device.place is not None:
        return device.place in _together(acting.uow, place)
    written = ticket.facts.get("mudurluk") or acting.uow.people.get(ticket.reporter).department
    return bool(written and device.department) and DepartmentNames.of(acting.uow).same(written, device.department)


def _together(uow: UnitOfWork, place: PlaceId) -> list[PlaceId]:
    """The place, and those that are one with it."""
    return [place, *uow.places.merged_into(place)]


def _link(acting: Acting, ticket: Ticket, before: Sequence[TicketDevice], found: Recognised) -> None:
    for link in before:
        if link.by is None and link.role is LinkRole.SUBJECT:
            acting.uow.ticket_devices.remove(ticket.id, link.device)
    if found.sure and ticket.conversation:
        acting.uow.messages.disable_buttons(ticket.conversation, which_slot(ticket))
    for device in found.devices:
        acting.uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=device.id, sure=found.sure, at=acting.now))


def which_slot(ticket: Ticket) -> str:
    """Of the question to its reporter which one it is."""
    return f"fact:{ticket.id}:cihaz"


def guesses(uow: UnitOfWork, ticket: Ticket) -> list[Device]:
    """Those that may be meant, where none is sure: one is likely, several are asked about."""
    links = uow.ticket_devices.of_ticket(ticket.id)
    if only_sure_subject(links) is not None:
        return []
    ids: list[DeviceId] = [link.device for link in links if link.role is LinkRole.SUBJECT]
    return [standing(uow, one) for one in uow.devices.several(ids)]


def has_any(uow: UnitOfWork, ticket: Ticket) -> bool:
    """Whether one is said or likely."""
    return any(link.role is LinkRole.SUBJECT for link in uow.ticket_devices.of_ticket(ticket.id))


def subject(uow: UnitOfWork, ticket: Ticket) -> Device | None:
    """What it is surely about."""
    link = only_sure_subject(uow.ticket_devices.of_ticket(ticket.id))
    return None if link is None else standing(uow, uow.devices.get(link.device))


def copy(acting: Acting, ticket: Ticket, to: Ticket) -> None:
    """What was split off a ticket is about its device, unless its own words surely name another."""
    own = acting.uow.ticket_devices.of_ticket(to.id)
    theirs = acting.uow.ticket_devices.of_ticket(ticket.id)
    if only_sure_subject(own) is not None or not theirs:
        return
    for link in own:
        acting.uow.ticket_devices.remove(to.id, link.device)
    for link in theirs:
        copied = TicketDevice(
            ticket=to.id, device=link.device, role=link.role, sure=link.sure, by=link.by, at=acting.now
        )
        acting.uow.ticket_devices.put(copied)
