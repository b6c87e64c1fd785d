"""A lost device with a disk: whoever leads is asked whether personal data may be affected (KVKK m.12/5).

Yes begins the 72 hours of the Board's decision 2019/10; "Bilmiyorum" is asked again after six. The answer is a note of
the ticket, and what still waits stands among its facts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from handlers.context import Acting, UseCaseContext
from handlers.domain.devices import Device, Life
from handlers.domain.officers import Office
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.people import breaches, officers
from handlers.ports import DevicesWanted
from handlers.tickets import cards, correspondence, presence

FACT = "kisisel_veri"
"""Of the ticket: what was answered; while it waits, when it is asked (again)."""
ASKED_AGAIN_AFTER = timedelta(hours=6)
TOLD_WITHIN = timedelta(hours=72)
_WAITS = "sorulacak"
_MOST = 200
_TICKETS_OF_EACH = 3


class Affected(StrEnum):
    YES = "evet"
    NO = "hayır"
    UNKNOWN = "bilmiyorum"


def begin(acting: Acting, ticket: Ticket, device: Device) -> None:
    """Asks whoever leads its unit."""
    _wait(acting, ticket, acting.now + ASKED_AGAIN_AFTER)
    _ask(acting, ticket, device)


def answer(acting: Acting, ticket: Ticket, affected: Affected) -> datetime | None:
    """By when the Board must be told; None: no, or nobody knows yet. Unchanged where yes or no was said before. Raises
    NotAllowed."""
    require(acting.person, Action.NOTE, ticket)
    if (known := ticket.facts.get(FACT, "")) in (Affected.YES, Affected.NO):
        return _deadline(ticket) if known == Affected.YES else None
    if affected is Affected.UNKNOWN:
        _wait(acting, ticket, acting.now + ASKED_AGAIN_AFTER)
        return None
    ticket.facts = {**ticket.facts, FACT: affected.value}
    acting.uow.tickets.save(ticket)
    said = f"Kişisel veri etkilenmiş olabilir mi? {affected.value.capitalize()}."
    until = _deadline(ticket) if affected is Affected.YES else None
    if until is not None:
        said += f" Kurula bildirim en geç {until.astimezone(acting.desk.zone):%d.%m.%Y %H:%M} (72 saat, 2019/10)."
        breaches.begin(acting, ticket)
        _tell_of_the_clock(acting, ticket, until)
    correspondence.add_note(acting, acting.uow.tickets.get(ticket.id), said)
    return until


def ask_again(work: UseCaseContext) -> None:
    """A tick: where nobody has answered, or nobody knew."""
    found = work.uow.devices.page(DevicesWanted(lives=frozenset({Life.LOST})), limit=_MOST)
    lost = {device.id: device for device in found}
    keys = work.uow.ticket_devices.tickets(list(lost), _TICKETS_OF_EACH * len(lost)) if lost else []
    for ticket in work.uow.tickets.some(keys).values():
        waits, _, at = ticket.facts.get(FACT, "").partition(" ")
        if waits == _WAITS and ticket.state.active and datetime.fromisoformat(at) <= work.now:
            links = work.uow.ticket_devices.of_ticket(ticket.id)
            _wait(work, ticket, work.now + ASKED_AGAIN_AFTER)
            _ask(work, ticket, next(lost[link.device] for link in links if link.device in lost))


def _wait(work: UseCaseContext, ticket: Ticket, until: datetime) -> None:
    ticket.facts = {**ticket.facts, FACT: f"{_WAITS} {until.isoformat()}"}
    work.uow.tickets.save(ticket)


def _deadline(ticket: Ticket) -> datetime:
    """From when it was learned of."""
    return ticket.opened_at + TOLD_WITHIN


def _ask(work: UseCaseContext, ticket: Ticket, device: Device) -> None:
    labels = {Affected.YES: "Evet", Affected.NO: "Hayır", Affected.UNKNOWN: "Bilmiyorum"}
    for person in presence.leads_of(work, ticket.unit) or presence.directors_of(work):
        for address in cards.private_addresses_of(work, person):
            work.say(
                address,
                "breach_question",
                buttons=[Button(label, f"breach:{ticket.id}:{code.value}") for code, label in labels.items()],
                slot=f"breach:{ticket.id}",
                fresh=True,
                ticket=ticket,
                device=device.number,
            )


def _tell_of_the_clock(acting: Acting, ticket: Ticket, until: datetime) -> None:
    """The directors, and who holds the office of KVKK."""
    people: dict[int, Person] = {one.id: one for one in presence.directors_of(acting)}
    for one in officers.answerable_now(acting, Office.KVKK):
        people[one.person] = acting.uow.people.get(one.person)
    for person in people.values():
        if person.id == acting.person.id:
            continue
        for address in cards.private_addresses_of(acting, person):
            acting.say(address, "breach_told", number=ticket.number, until=until.astimezone(acting.desk.zone))
