"""Servis formları: the firm came, its form is sent along, a lead approves it (bylaw 7/14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers.context import Acting
from handlers.contracts import history, waiting
from handlers.devices import history as device_history
from handlers.domain.devices import Custody, CustodyKind, Device, number_of
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.numbers import EVER, Series
from handlers.domain.rights import Action, may, require
from handlers.domain.services import MOST_PARTS, ServiceVisit, SwappedPart, VisitId, VisitState
from handlers.domain.states import State
from handlers.domain.ticket import EntryKind, Ticket
from handlers.tickets import cards, device_links, entries, work
from knowledge.language.folding import one_line

MAX_LETTERS = 120
MAX_DONE_LETTERS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfVisit:
    """What somebody typed of a form."""

    who_came: str = ""
    done: str = ""
    parts: str = ""
    """A line each: `ana kart: PHB1 → PHB2`."""
    new_serial: str = ""
    charged: str = ""
    in_warranty: bool = False


def came(acting: Acting, ticket: Ticket) -> ServiceVisit:
    """Firma geldi: the ticket goes on, its device is back, and its form has a number. A second press finds the one that
    is open; who came before and left none keeps theirs open. Raises NotAllowed, Invalid(`service_no_vendor`)."""
    require(acting.person, Action.RESUME, ticket)
    wait = acting.uow.vendor_waits.of_ticket(ticket.id) if ticket.state is State.WAITING_VENDOR else None
    standing = open_visit(acting, ticket)
    if standing is not None and (wait is None or standing.wait == wait.id):
        return standing
    if wait is None:
        raise Invalid("service_no_vendor", number=ticket.number)
    device = device_links.subject(acting.uow, ticket)
    made = ServiceVisit(
        number=acting.uow.counters.next(Series.SERVICE_VISIT, acting.desk.year(acting.now)),
        ticket=ticket.id,
        vendor=wait.vendor,
        device=device.id if device is not None else wait.device,
        wait=wait.id,
        came_at=acting.now,
        in_warranty=wait.covered_until is not None,
        made_by=acting.person.id,
    )
    added = acting.uow.service_visits.add(made)
    history.note_visit(acting, "recorded", added, ref=ticket.number)
    waiting.come_back_for(acting, wait)
    work.resume(acting, ticket)
    return added


def open_visit(acting: Acting, ticket: Ticket) -> ServiceVisit | None:
    """Whose form is still to come."""
    found = acting.uow.service_visits.of_ticket(ticket.id)
    return next((one for one in reversed(found) if one.state is VisitState.OPEN), None)


def give_form(acting: Acting, visit: ServiceVisit, text: str, files: tuple[str, ...]) -> ServiceVisit:
    """The photo or file of it; words beside it say what was done. Raises NotAllowed, Invalid(`service_over`)."""
    ticket = _changing(acting, visit)
    done = one_line(text)[:MAX_DONE_LETTERS] or visit.done
    entries.write(acting, ticket, EntryKind.NOTE, text or f"Servis formu {visit.number}", files)
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    return _save(acting, "form_given", replace(visit, form=files[0] if files else visit.form, done=done), visit)


def excuse_form(acting: Acting, visit: ServiceVisit, why: str) -> ServiceVisit:
    """Form yok, nedenini yaz. Raises NotAllowed, Invalid(`service_over`, `service_why`)."""
    _changing(acting, visit)
    line = one_line(why)[:MAX_LETTERS]
    if not any(letter.isalnum() for letter in line):
        raise Invalid("service_why")
    return _save(acting, "form_excused", replace(visit, without_form=line), visit)


def correct(acting: Acting, key: VisitId, said: SaidOfVisit) -> ServiceVisit:
    """Raises NotAllowed, NotFound, Stale, Invalid(`service_over`, `service_parts`, `service_too_long`)."""
    before = acting.uow.service_visits.get(key, to_change=True)
    _changing(acting, before)
    after = replace(before, **usable(said))
    return before if after == before else _save(acting, "corrected", after, before)


def usable(said: SaidOfVisit) -> Mapping[str, Any]:
    """Raises Invalid(`service_parts`, `service_too_long`)."""
    texts = {name: one_line(getattr(said, name)) for name in ("who_came", "new_serial", "charged")}
    if max(map(len, texts.values())) > MAX_LETTERS or len(said.done) > MAX_DONE_LETTERS:
        raise Invalid("service_too_long", most=MAX_LETTERS)
    return {**texts, "done": said.done.strip(), "parts": _parts(said.parts), "in_warranty": said.in_warranty}


def submit(acting: Acting, visit: ServiceVisit) -> ServiceVisit:
    """Onaya sun. Raises NotAllowed, Invalid(`service_over`, `service_form_missing`)."""
    if visit.state is VisitState.SUBMITTED:
        return visit
    _changing(acting, visit)
    visit.require_form()
    after = replace(visit, state=VisitState.SUBMITTED, submitted_at=acting.now)
    return _save(acting, "submitted", after, visit)


def approve(acting: Acting, key: VisitId) -> ServiceVisit:
    """Onayla: a lead of the ticket's unit, or the director. What the firm swapped is then in the record. Raises
    NotAllowed, NotFound, Stale, Invalid(`service_not_submitted`, `device_…`)."""
    visit = acting.uow.service_visits.get(key, to_change=True)
    ticket = acting.uow.tickets.get(visit.ticket)
    require_approves(acting, visit)
    if visit.state is VisitState.APPROVED:
        return visit
    after = replace(visit, state=VisitState.APPROVED, approved_by=acting.person.id, approved_at=acting.now)
    saved = _save(acting, "approved", after, visit)
    _swap(acting, saved)
    cards.refresh(acting, ticket)
    return saved


def require_approves(acting: Acting, visit: ServiceVisit) -> None:
    """Raises NotAllowed, Invalid(`service_not_submitted`)."""
    if not waiting.leads(acting, acting.uow.tickets.get(visit.ticket)):
        raise NotAllowed("approve_service", acting.person.handle)
    if visit.state not in (VisitState.SUBMITTED, VisitState.APPROVED):
        raise Invalid("service_not_submitted", number=visit.number)


def require_changes(acting: Acting, visit: ServiceVisit) -> None:
    """Raises NotAllowed, Invalid(`service_over`)."""
    _changing(acting, visit)


def may_change(acting: Acting, visit: ServiceVisit) -> bool:
    ticket = acting.uow.tickets.get(visit.ticket)
    return visit.can_change and (may(acting.person, Action.NOTE, ticket) or waiting.leads(acting, ticket))


def _changing(acting: Acting, visit: ServiceVisit) -> Ticket:
    """Raises NotAllowed, Invalid(`service_over`)."""
    ticket = acting.uow.tickets.get(visit.ticket)
    if not waiting.leads(acting, ticket):
        require(acting.person, Action.NOTE, ticket)
    if not visit.can_change:
        raise Invalid("service_over", number=visit.number)
    return ticket


def _save(acting: Acting, what: str, after: ServiceVisit, before: ServiceVisit) -> ServiceVisit:
    saved = acting.uow.service_visits.save(after)
    history.note_visit(acting, what, saved, before)
    return saved


def _parts(typed: str) -> tuple[SwappedPart, ...]:
    """Raises Invalid(`service_parts`) for a line that is none."""
    found = []
    for line in filter(None, map(one_line, typed.splitlines())):
        what, named, serials = line.rpartition(":")
        old, both, new = serials.replace("->", "→").partition("→")
        if not (named and both and what.strip() and new.strip()) or len(line) > MAX_LETTERS:
            raise Invalid("service_parts", typed=line[:60])
        found.append(SwappedPart(what.strip(), old.strip(), new.strip()))
    if len(found) > MOST_PARTS:
        raise Invalid("service_too_many_parts", most=MOST_PARTS)
    return tuple(found)


def _swap(acting: Acting, visit: ServiceVisit) -> None:
    """Of a whole device that the firm left in its place: the old one is away, the new one stands where it stood, with
    the same holder (Taşınır Mal Yönetmeliği m.27/4). Its official number is still to come."""
    if not visit.new_serial or visit.device is None:
        return
    old = acting.uow.devices.get(visit.device)
    if not old.can_change or old.description.serial == visit.new_serial:
        return
    ref = str(visit.number)
    away = acting.uow.devices.save(replace(old, custody=Custody(kind=CustodyKind.AWAY)))
    device_history.note(acting, "swapped", away, old, ref=ref)
    number = acting.uow.counters.next(Series.DEVICE, EVER)
    said = replace(
        old.description, serial=visit.new_serial, asset_no="", other_no="", host="", macs=(), ips=(), price=""
    )
    new = acting.uow.devices.add(
        Device(
            number=number_of(number.place),
            description=said,
            department=old.department,
            place=old.place,
            place_text=old.place_text,
            custody=old.custody if old.custody.kind is not CustodyKind.SERVICE else Custody(),
            recorded_at=acting.now,
            recorded_by=acting.person.id,
        )
    )
    device_history.note(acting, "swapped", new, ref=ref)
