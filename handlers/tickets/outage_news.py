"""What those who have an outage hear: that it is known, how it goes on, that it is over; and who must tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.dialog import Draft
from handlers.domain.errors import Invalid
from handlers.domain.outages import Outage, OutageUpdate
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, require
from handlers.domain.states import Priority
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.messages import Button
from handlers.ports import UnitOfWork
from handlers.tickets import broadcasts, cards, emergencies, entries, merges, notifications, presence, systems
from knowledge.language.masking import masked

MAX_LETTERS = 500
"""Of a line that hundreds read."""
ANNOUNCED_FROM = 20
"""So many who have it, and all staff is told by itself."""
DRAFT_WAITS = timedelta(hours=2)
"""A report on which nobody pressed for so long is over."""
SILENT, SILENT_WHEN_URGENT = timedelta(minutes=60), timedelta(minutes=30)
"""How long those who have it hear nothing before its holder is reminded."""


def title(work: UseCaseContext, outage: Outage) -> str:
    """What a reader calls it: its system, else the subject of its head."""
    system = systems.find(work, outage.system)
    return system.title if system else work.desk.title(work.uow.tickets.get(outage.ticket).category)


def joined(uow: UnitOfWork, outage: Outage) -> Sequence[Ticket]:
    """The tickets of others that are of it, as far as they are at work and no security matters."""
    tickets = [uow.tickets.get(one.ticket) for one in outage.tickets if one.ticket != outage.ticket]
    return [one for one in tickets if one.state.active and not one.restricted]


def affected(work: UseCaseContext, outage: Outage) -> Sequence[notifications.Concerned]:
    """Everybody who has it and hears of it, each once, and where; not who acts."""
    found: dict[PersonId, notifications.Concerned] = {}
    for ticket in (work.uow.tickets.get(outage.ticket), *joined(work.uow, outage)):
        for one in (ticket, *merges.parts(work.uow, ticket)):
            found.setdefault(one.reporter, notifications.reporter_of(one))
            for follower in one.followers:
                if follower.waits:
                    found.setdefault(follower.person, notifications.whom_it_concerns(work, one, follower.person))
    return [concerned for person, concerned in found.items() if person != work.actor and concerned.conversation]


def tell_known(acting: Acting, outage: Outage, tickets: Iterable[Ticket]) -> None:
    """To the reporters of these tickets: it is known, and they need not write of it again."""
    head = acting.uow.tickets.get(outage.ticket)
    for ticket in tickets:
        if ticket.reporter != acting.person.id:
            data: dict[str, Any] = {"system": title(acting, outage), "since": outage.since, "head": head}
            notifications.reporter(acting, ticket, "outage_known", slot=f"outage:{outage.id}", fresh=True, **data)


def ask_drafts(acting: Acting, outage: Outage, categories: Sequence[str]) -> None:
    """Whoever is just reporting it has steps before them that help nobody: is it what all have?"""
    for one in acting.uow.symptoms.among(acting.now - DRAFT_WAITS, categories):
        if one.ticket is None and one.conversation and one.person != acting.person.id:
            draft = acting.uow.dialogs.get(one.conversation, one.person).draft
            if draft is not None and draft.id == one.draft and draft.phase.is_answered:
                ask_draft(acting, one.conversation, draft, outage, fresh=True)


def ask_draft(work: UseCaseContext, place: str, draft: Draft, outage: Outage, *, fresh: bool = False) -> None:
    """In place of the answer to the report; `fresh`: below it, with a bell."""
    line = last_line(work, outage)
    mine = [Button("Ben de yaşıyorum", f"me_too:{outage.ticket}")]
    work.say(
        place,
        "in_outage",
        buttons=[*mine, Button("Bendeki başka", f"other_trouble:{draft.id}:{outage.ticket}")],
        slot=draft.slot,
        fresh=fresh,
        parts=len(draft.texts),
        system=title(work, outage),
        since=outage.since,
        line=line[1] if line else "",
    )


# --- herkese yaz ----------------------------------------------------------------------------------
def write_to_all(acting: Acting, outage: Outage, text: str, *, anyway: bool = False) -> int:
    """Herkese yaz: a line to everybody who has it. How many it went to.

    Raises Invalid(`news_empty`, `news_too_long`, `outage_over`), and Invalid(`news_personal`) where a number or address
    of somebody's stands in it, unless it is meant `anyway`.
    """
    ticket = acting.uow.tickets.get(outage.ticket)
    require(acting.person, Action.DECLARE_OUTAGE, ticket)
    text = text.strip()
    require_sendable(acting, outage, text, anyway=anyway)
    people = affected(acting, outage)
    written = with_line(acting, outage, text)
    acting.uow.outages.save(written)
    entry = acting.uow.tickets.entry(written.updates[-1].entry)[1]
    for concerned in people:
        say_line(acting, outage, concerned, entry)
    return len(people)


def with_line(acting: Acting, outage: Outage, text: str) -> Outage:
    """With those words, which stand on the head; not saved."""
    entry = entries.write(acting, acting.uow.tickets.get(outage.ticket), EntryKind.NEWS, text)
    line = OutageUpdate(at=acting.now, entry=entry.id)
    return replace(outage, updates=(*outage.updates, line), heard_at=acting.now)


def say_line(work: UseCaseContext, outage: Outage, concerned: notifications.Concerned, entry: Entry) -> None:
    about: dict[str, Any] = {"system": title(work, outage), "text": entry.text, "edited": False}
    notifications.tell(work, concerned, "outage_line", slot=entries.slot(entry), **about)


def refresh_line(work: UseCaseContext, head: Ticket, entry: Entry) -> None:
    """As it is worded now, or that it was taken back, wherever it was said; no bell."""
    outage = work.uow.outages.latest_of_head(head.id)
    if outage is None:
        return
    tickets = [work.uow.tickets.get(one.ticket) for one in outage.tickets]
    own = {ticket.reporter: ticket for ticket in tickets}
    for place in work.uow.messages.standing_in(entries.slot(entry)):
        conversation = work.uow.conversations.get(place)
        reader = None if conversation is None else conversation.person
        ticket = own.get(reader, head) if reader is not None else head
        about: dict[str, Any] = {"system": title(work, outage), "text": entry.text, "edited": True}
        work.say(place, "outage_line", slot=entries.slot(entry), ticket=ticket, rings=False, **about)


def last_line(work: UseCaseContext, outage: Outage) -> tuple[OutageUpdate, str] | None:
    """The newest, as it is worded now; None where there is none, or it was erased."""
    for line in reversed(outage.updates):
        text = work.uow.tickets.entry(line.entry)[1].text
        if text:
            return line, text
    return None


# --- all staff ------------------------------------------------------------------------------------
def require_sendable(work: UseCaseContext, outage: Outage, text: str, *, anyway: bool = False) -> None:
    """Raises as `write_to_all`."""
    if not outage.is_open:
        raise Invalid("outage_over", ended_at=outage.ended_at)
    if not any(letter.isalnum() for letter in text):
        raise Invalid("news_empty")
    if len(text) > MAX_LETTERS:
        raise Invalid("news_too_long", limit=MAX_LETTERS, letters=len(text))
    if not anyway and (without := masked(text)) != text:
        raise Invalid("news_personal", count=len(affected(work, outage)), text=without)


def announce(acting: Acting, outage: Outage) -> Effect:
    """Herkese duyur: all staff hears of it, now and of its end. How many: `staff`.

    Raises Invalid(`announce_at_night`, `outage_over`).
    """
    head = acting.uow.tickets.get(outage.ticket)
    require(acting.person, Action.DECLARE_OUTAGE, head)
    if not outage.is_open:
        raise Invalid("outage_over", ended_at=outage.ended_at)
    if outage.announced_at is not None:
        return Effect.NONE
    if emergencies.outside_hours(acting, head.unit):
        raise Invalid("announce_at_night")
    acting.uow.outages.save(replace(outage, announced_at=acting.now))
    know = {concerned.person for concerned in affected(acting, outage)} | {acting.person.id}
    data: dict[str, Any] = {"system": title(acting, outage), "since": outage.since}
    for place, person in staff(acting):
        if person not in know:
            acting.say(place, "outage_announced", slot=f"outage:{outage.id}", fresh=True, over=False, **data)
    return Effect.CHANGED


def announce_end(acting: Acting, outage: Outage) -> None:
    """To all staff that was told of it and does not hear it otherwise; nothing at night."""
    head = acting.uow.tickets.get(outage.ticket)
    if outage.announced_at is None or emergencies.outside_hours(acting, head.unit):
        return
    slot = f"outage:{outage.id}"
    know = {concerned.person for concerned in affected(acting, outage)} | {acting.person.id}
    data: dict[str, Any] = {"system": title(acting, outage), "since": outage.since}
    standing = set(acting.uow.messages.standing_in(slot))
    for place, person in staff(acting):
        if person not in know and place in standing:
            acting.say(place, "outage_announced", slot=slot, fresh=True, over=True, **data)


def read_by(acting: Acting, outage: Outage) -> broadcasts.Readers:
    """How many have read what all staff was told last: to whoever declared it, holds it or leads.

    Raises NotAllowed, Invalid(`outage_not_announced`).
    """
    head = acting.uow.tickets.get(outage.ticket)
    declared = acting.person.id == outage.declared_by
    require(acting.person, Action.READ if declared else Action.KEEP_OUTAGE_NOTE, head)
    if outage.announced_at is None:
        raise Invalid("outage_not_announced")
    return broadcasts.readers(acting, f"outage:{outage.id}", "outage_announced")


def staff(work: UseCaseContext) -> Sequence[tuple[str, PersonId]]:
    """Where everybody who speaks with the desk is written to, the place where they last did."""
    return work.uow.conversations.private_of_all()


# --- who must tell them something -----------------------------------------------------------------
def remind_holders(work: UseCaseContext) -> None:
    """Who holds it, else the lead, where those who have it heard nothing for long; not outside working time, unless it
    is urgent."""
    for outage in work.uow.outages.open():
        head = work.uow.tickets.get(outage.ticket)
        urgent = head.priority is Priority.URGENT
        silent = SILENT_WHEN_URGENT if urgent else SILENT
        last = max(outage.heard_at, outage.reminded_at or outage.heard_at)
        if work.now - last < silent or (not urgent and emergencies.outside_hours(work, head.unit)):
            continue
        count = len(affected(work, outage))
        if count:
            work.uow.outages.save(replace(outage, reminded_at=work.now))
            _remind(work, outage, head, count)


def _remind(work: UseCaseContext, outage: Outage, head: Ticket, count: int) -> None:
    buttons = [Button("Herkese yaz", f"tell_all:{head.id}"), Button("Kesinti bitti", f"outage_over:{head.id}")]
    for person in _who_tells(work, head):
        for address in cards.private_addresses_of(work, person):
            work.say(
                address,
                "outage_silent",
                buttons=buttons,
                slot=f"outage_silent:{outage.id}",
                fresh=True,
                ticket=head,
                system=title(work, outage),
                count=count,
                heard_at=outage.heard_at,
            )


def _who_tells(work: UseCaseContext, head: Ticket) -> Sequence[Person]:
    holder = None if head.holder is None else work.uow.people.get(head.holder)
    if holder is not None and not holder.gone and not work.is_away(holder):
        return [holder]
    return presence.leaders_at_work(work, head.unit)
