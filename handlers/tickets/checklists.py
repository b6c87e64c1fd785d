"""Kontrol listeleri on tickets: hung by subject or by hand, ticked line by line, asked about when it is completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain import checklists as domain
from handlers.domain.checklists import REQUIRED, SHIPPED, Checklist, Item, TicketChecklist, excused, key
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import EntryKind, Ticket
from handlers.tickets import cards, entries, timing
from handlers.tickets.checklist_progress import Progress, of_ticket
from handlers.tickets.text_edits import difference

MOST_ON_A_TICKET = 4


# --- kept by a lead -------------------------------------------------------------------------------
def of_unit(work: UseCaseContext, unit: UnitId) -> Sequence[Checklist]:
    """Its own, and of those that the desk ships with the ones that it has not replaced."""
    own = {one.name: one for one in work.uow.checklists.of_unit(unit)}
    known = {one.name: one for one in SHIPPED if one.unit == unit} | own
    return [known[name] for name in sorted(known) if known[name].items]


def write(acting: Acting, name: str, title: str, items: Sequence[Item], category: str | None = None) -> Checklist:
    """In the own unit: another version of the list of that name, for tickets to come; without items it is off.

    Raises NotAllowed, Invalid(`checklist_name`, `checklist_category`, `checklist_unknown`).
    """
    unit = require_writable(acting, name, title, items, category)
    standing = standing_version(acting, unit, name)
    before = next((one for one in of_unit(acting, unit) if one.name == name), None)
    if standing is not None:
        acting.uow.checklists.save(replace(standing, withdrawn_at=acting.now))
    earlier = acting.uow.checklists.versions(unit, name)
    shipped = [one for one in SHIPPED if (one.unit, one.name) == (unit, name)]
    written = acting.uow.checklists.add(
        Checklist(
            unit=unit,
            name=name,
            title=title or name,
            items=tuple(items),
            category=category,
            version=max((one.version for one in (*earlier, *shipped)), default=0) + 1,
            written_at=acting.now,
        )
    )
    _log(acting, "checklist_written", written, difference(_said(before), _said(written)))
    return written


def require_writable(
    acting: Acting, name: str, title: str, items: Sequence[Item], category: str | None = None
) -> UnitId:
    """The unit whose list it is. Raises as `write`."""
    require(acting.person, Action.KEEP_CHECKLISTS)
    unit = acting.person.unit
    if unit is None or not 0 < len(name) <= domain.MAX_TITLE_LETTERS or len(title) > domain.MAX_TITLE_LETTERS:
        raise Invalid("checklist_name", most=domain.MAX_TITLE_LETTERS)
    subject = acting.desk.category(category)
    if category is not None and (subject is None or subject.unit != unit):
        raise Invalid("checklist_category", typed=category[:40], near=acting.desk.catalogue.categories_like(category))
    if not items and all(one.name != name for one in of_unit(acting, unit)):
        raise Invalid("checklist_unknown", names=[one.name for one in of_unit(acting, unit)])
    return unit


def standing_version(work: UseCaseContext, unit: UnitId, name: str) -> Checklist | None:
    """Of the unit's own; also one that is off."""
    return next((one for one in work.uow.checklists.of_unit(unit) if one.name == name), None)


def take_back(acting: Acting, written: Checklist) -> Effect:
    """Geri al: the version before it stands again. Raises NotAllowed."""
    require(acting.person, Action.KEEP_CHECKLISTS)
    if written.unit != acting.person.unit:
        raise NotFound("checklist", written.id)
    if written.withdrawn_at is not None:
        return Effect.NONE
    acting.uow.checklists.save(replace(written, withdrawn_at=acting.now))
    before = [
        one for one in acting.uow.checklists.versions(written.unit, written.name) if one.version < written.version
    ]
    if before:
        acting.uow.checklists.save(replace(before[0], withdrawn_at=None))
    _log(acting, "checklist_taken_back", written)
    return Effect.CHANGED


def _said(checklist: Checklist | None) -> str:
    if checklist is None:
        return ""
    return "\n".join([checklist.title, *(f"{REQUIRED if one.required else ''}{one.text}" for one in checklist.items)])


def _log(acting: Acting, what: str, checklist: Checklist, how: str = "") -> None:
    about = f"{checklist.unit} {checklist.name} {checklist.version}{': ' if how else ''}{how}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


# --- on a ticket ----------------------------------------------------------------------------------
def hang_usual(acting: Acting, ticket: Ticket) -> None:
    """What its subject asks for, as soon as somebody has it. Nothing where it hangs there, whatever its version."""
    if ticket.category is None:
        return
    usual = [one for one in of_unit(acting, ticket.unit) if one.category == ticket.category]
    for one in usual:
        hang(acting, ticket, one)


def hang(acting: Acting, ticket: Ticket, checklist: Checklist) -> Effect:
    """Raises NotAllowed, NotFound for another unit's, Invalid(`checklist_many`)."""
    require(acting.person, Action.READ, ticket)
    if checklist.unit != ticket.unit or not checklist.items:
        raise NotFound("checklist", checklist.name)
    known = acting.uow.checklists.of_ticket(ticket.id)
    if any(one.name == checklist.name for one in known):
        return Effect.NONE
    if len(known) >= MOST_ON_A_TICKET:
        raise Invalid("checklist_many", most=MOST_ON_A_TICKET)
    hung = acting.uow.checklists.hang(
        TicketChecklist(
            ticket=ticket.id,
            name=checklist.name,
            version=checklist.version,
            title=checklist.title,
            items=checklist.items,
        )
    )
    _note(acting, ticket, Change.LISTED, after=str(hung.id), reason=f"{hung.name}:{hung.version}")
    return Effect.CHANGED


def hang_by_hand(acting: Acting, ticket: Ticket, checklist: Checklist) -> Effect:
    """Kontrol listesi. Raises as `hang`."""
    require(acting.person, Action.TICK, ticket)
    return hang(acting, ticket, checklist)


def tick(acting: Acting, ticket: Ticket, checklist: int, item: int) -> Effect:
    """Of two who press at once one ticked it. Raises NotAllowed, NotFound."""
    progress = _line(acting, ticket, checklist, item)
    if item in progress.ticked:
        return Effect.NONE
    _note(acting, ticket, Change.TICKED, after=key(checklist, item))
    return Effect.CHANGED


def untick(acting: Acting, ticket: Ticket, checklist: int, item: int) -> Effect:
    """Raises as `tick`."""
    progress = _line(acting, ticket, checklist, item)
    if item not in progress.ticked:
        return Effect.NONE
    _note(acting, ticket, Change.UNTICKED, before=key(checklist, item))
    return Effect.CHANGED


def _line(acting: Acting, ticket: Ticket, checklist: int, item: int) -> Progress:
    require(acting.person, Action.TICK, ticket)
    found = next((one for one in of_ticket(acting, ticket) if one.checklist.id == checklist), None)
    if found is None or not 0 <= item < len(found.checklist.items):
        raise NotFound("checklist item", item)
    return found


def _note(
    acting: Acting,
    ticket: Ticket,
    what: Change,
    *,
    before: str | None = None,
    after: str | None = None,
    reason: str | None = None,
) -> None:
    ticket.log(
        what, by=acting.person.id, at=acting.now, channel=acting.channel, before=before, after=after, reason=reason
    )
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)


# --- when it is completed -------------------------------------------------------------------------
def open_required(work: UseCaseContext, ticket: Ticket) -> Sequence[Item]:
    """What must be ticked before it counts as done; nothing once it was said why it stays open."""
    hung = of_ticket(work, ticket)
    if not hung or excused(timing.history_of(work, ticket)):
        return ()
    return [item for progress in hung for item in progress.open_required]


def require_ticked(work: UseCaseContext, ticket: Ticket) -> None:
    """Raises Invalid(`checklist_open`)."""
    if items := open_required(work, ticket):
        raise Invalid("checklist_open", ticket=ticket, items=items)


def excuse(acting: Acting, ticket: Ticket, why: str) -> Effect:
    """Yine de tamamla: with the reason, as a note. Raises NotAllowed."""
    require(acting.person, Action.RESOLVE, ticket)
    if not open_required(acting, ticket):
        return Effect.NONE
    entries.write(acting, ticket, EntryKind.NOTE, why)
    _note(acting, ticket, Change.EXCUSED)
    return Effect.CHANGED
