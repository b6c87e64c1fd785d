"""How a ticket ends: resolved with what was done, confirmed or reopened, rated, cancelled, merged, closed in silence.

As in `work`: rights, change, cards and everybody else are here; the word to the one who acts is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.rights import Action, require
from handlers.domain.states import SolvedBy, State
from handlers.domain.ticket import EntryKind, Ticket
from handlers.messages import Button
from handlers.terms import SOLVED_BY
from handlers.tickets import (
    canned_replies,
    cards,
    checklists,
    copies,
    entries,
    evidence,
    merges,
    notifications,
    outages,
    parts,
    questions,
    secrecy,
    similar,
)

MAX_RESOLUTION_LETTERS = 1000
RATINGS = range(1, 4)
"""From bad to good."""


def resolution(what_was_done: str) -> str:
    """As card and register show it; the entry keeps all of it."""
    return what_was_done[:MAX_RESOLUTION_LETTERS]


def resolved_slot(ticket: Ticket) -> str:
    """Of the message that tells the reporter what was done, and asks whether it works."""
    return f"resolved:{ticket.id}"


def ended_slot(ticket: Ticket) -> str:
    """Of the reporter's newest receipt on a ticket that is done: its buttons go once it is confirmed or reopened."""
    return f"ended:{ticket.id}"


def resolve(acting: Acting, ticket: Ticket, what_was_done: str, *, although_open: bool = False) -> Effect:
    """Tamamladım: the reporter is asked whether it works; who followed an outage hears that it is over.

    Raises Invalid(`parts_open`) while parts of it are worked on, unless that is meant: they stay open; and
    Invalid(`checklist_open`, `evidence_missing`) where required lines of its checklist are neither ticked nor excused,
    and where what is wanted of it is not there.
    """
    require(acting.person, Action.RESOLVE, ticket)
    if ticket.state is State.RESOLVED:
        return Effect.NONE
    if not although_open:
        parts.require_done(acting, ticket)
    checklists.require_ticked(acting, ticket)
    evidence.require_given(acting, ticket)
    ticket.resolve(resolution(what_was_done), by=acting.person.id, at=acting.now, channel=acting.channel)
    outages.head_ended(acting, ticket)
    entries.write(acting, ticket, EntryKind.RESOLUTION, what_was_done)
    acting.uow.tickets.save(ticket)
    questions.ticket_ended(acting, ticket)
    cards.refresh(acting, ticket)
    parts.changed(acting, ticket)
    tell_resolved(acting, ticket, fresh=True)
    notifications.ended(acting, ticket)
    canned_replies.offer_what_is_typed_again(acting, ticket)
    return Effect.CHANGED


def confirm(acting: Acting, ticket: Ticket) -> Effect:
    """Evet, çalışıyor."""
    require(acting.person, Action.CONFIRM, ticket)
    if ticket.state is State.CLOSED:
        return Effect.NONE
    ticket.confirm(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    _asks_no_more(acting, ticket)
    if ticket.conversation:
        acting.uow.messages.disable_buttons(ticket.conversation, ended_slot(ticket))
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def solved(acting: Acting, ticket: Ticket, how: SolvedBy) -> Effect:
    """Evet, çözüldü: its reporter says that it works, before anybody resolved it. That is no cancelling: it is closed,
    and can be reopened.

    Raises WrongState where it has ended otherwise, or counts as resolved.
    """
    require(acting.person, Action.CONFIRM, ticket)
    if ticket.state is State.CLOSED:
        return Effect.NONE
    ticket.solved(how, SOLVED_BY[how], by=acting.person.id, at=acting.now, channel=acting.channel)
    outages.head_ended(acting, ticket)
    acting.uow.tickets.save(ticket)
    questions.ticket_ended(acting, ticket)
    cards.refresh(acting, ticket)
    parts.changed(acting, ticket)
    cards.tell_workers(acting, ticket, "work_solved_by_reporter")
    notifications.ended(acting, ticket)
    return Effect.CHANGED


def rate(acting: Acting, ticket: Ticket, stars: int) -> Effect:
    """Once. Raises NotFound for a rating that is none of RATINGS, WrongState where the ticket is not closed."""
    require(acting.person, Action.RATE, ticket)
    if stars not in RATINGS:
        raise NotFound("rating", stars)
    if ticket.rating is not None:
        return Effect.NONE
    ticket.rate(stars, by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    return Effect.CHANGED


def reopen(acting: Acting, ticket: Ticket) -> Effect:
    """Hâlâ bozuk: back to its holder where they still work in the unit, else to the queue. Where it was merged, the one
    that it lives on in is opened again.

    Raises Invalid(`too_late_to_reopen`).
    """
    require(acting.person, Action.REOPEN, ticket)
    ticket = merges.survivor(acting.uow, ticket)
    if ticket.state.active:
        return Effect.NONE
    if not ticket.may_reopen(acting.now):
        raise Invalid("too_late_to_reopen", number=ticket.number)
    holder = acting.uow.people.get(ticket.holder) if ticket.holder else None
    _asks_no_more(acting, ticket)
    stays = holder is not None and holder.works_in(ticket.unit) and not acting.is_away(holder)
    ticket.reopen(by=acting.person.id, at=acting.now, channel=acting.channel, holder_stays=stays)
    acting.uow.tickets.save(ticket)
    if ticket.conversation:
        acting.uow.messages.disable_buttons(ticket.conversation, f"rating:{ticket.id}")
        acting.uow.messages.disable_buttons(ticket.conversation, ended_slot(ticket))
    cards.refresh(acting, ticket)
    parts.changed(acting, ticket)
    cards.tell_workers(
        acting, ticket, "work_reopened", holder=holder if stays else None, title=acting.desk.subject(ticket)
    )
    if acting.person.id != ticket.reporter:
        notifications.reporter(acting, ticket, "update_reopened")
    return Effect.CHANGED


def close_in_silence(work: UseCaseContext, ticket: Ticket, at: datetime) -> None:
    """Three working days without a word: it counts as done, and can be reopened."""
    ticket.close(at=at, reason="silence")
    work.uow.tickets.save(ticket)
    _asks_no_more(work, ticket)
    cards.refresh(work, ticket)
    notifications.reporter(
        work,
        ticket,
        "update_closed",
        buttons=[Button("Hâlâ bozuk", f"still_broken:{ticket.id}")],
        slot=ended_slot(ticket),
        fresh=True,
    )


def _asks_no_more(work: UseCaseContext, ticket: Ticket) -> None:
    """ "Şimdi çalışıyor mu?" is answered, or over: what was done stays, the question and its buttons go."""
    if ticket.state is State.CANCELLED or ticket.resolved_by is None:
        return
    tell_resolved(work, ticket, asks=False)


def answers(work: UseCaseContext, ticket: Ticket) -> Sequence[Button]:
    """Does it work? Of a request: was it met?"""
    request = work.desk.is_request(ticket.category)
    yes, no = ("Evet, karşılandı", "Hayır, karşılanmadı") if request else ("Evet, çalışıyor", "Hâlâ bozuk")
    return Button(yes, f"confirm:{ticket.id}"), Button(no, f"still_broken:{ticket.id}")


def tell_resolved(work: UseCaseContext, ticket: Ticket, *, asks: bool = True, fresh: bool = False) -> None:
    """What was done, to the reporter; while nobody has answered, with the question whether it works."""
    if ticket.resolved_by is None:
        return
    notifications.reporter(
        work,
        ticket,
        "update_resolved",
        buttons=answers(work, ticket) if asks else (),
        slot=resolved_slot(ticket),
        fresh=fresh,
        rings=fresh,
        resolver=work.uow.people.get(ticket.resolved_by),
        request=work.desk.is_request(ticket.category),
        asks=asks,
    )


# --- cancelled and merged ------------------------------------------------------------------------
def cancel(acting: Acting, ticket: Ticket, reason: str, code: str = "other") -> Effect:
    """İptal, by who works on it. `reason` is told; `code` (`duplicate`, `not_ours`, `other`) stands in the history."""
    require(acting.person, Action.CANCEL, ticket)
    if ticket.state is State.CANCELLED:
        return Effect.NONE
    ticket.cancel(code, by=acting.person.id, at=acting.now, channel=acting.channel)
    outages.head_ended(acting, ticket)
    why = entries.write(acting, ticket, EntryKind.REASON, reason)
    acting.uow.tickets.save(ticket)
    questions.ticket_ended(acting, ticket)
    cards.refresh(acting, ticket)
    parts.changed(acting, ticket)
    copies.to_whom_it_concerns(acting, notifications.reporter_of(ticket), why)
    notifications.ended(acting, ticket)
    return Effect.CHANGED


def withdraw(acting: Acting, ticket: Ticket) -> Effect:
    """İptal et, by the reporter: no reason is asked; those who work on it are told. Raises NotAllowed for others."""
    require(acting.person, Action.CANCEL, ticket)
    if acting.person.id != ticket.reporter:
        raise NotAllowed(Action.CANCEL, acting.person.handle)
    if ticket.state is State.CANCELLED:
        return Effect.NONE
    ticket.cancel("reporter", by=acting.person.id, at=acting.now, channel=acting.channel)
    outages.head_ended(acting, ticket)
    acting.uow.tickets.save(ticket)
    questions.ticket_ended(acting, ticket)
    cards.refresh(acting, ticket)
    parts.changed(acting, ticket)
    cards.tell_workers(acting, ticket, "work_cancelled_by_reporter")
    notifications.ended(acting, ticket)
    return Effect.CHANGED


def merge(acting: Acting, ticket: Ticket, other: Ticket, reason: str) -> Effect:
    """Birleştir: what was reported twice goes on as `other`, which takes the files along, and an outage. Its reporter
    writes to `other` from now on and hears of its end (`handlers.tickets.merges`).

    Raises WrongState where one of them has ended, NotFound for an `other` that they may not read,
    Invalid(`cannot_merge_secret`).
    """
    require(acting.person, Action.MERGE, ticket)
    other = merges.survivor(acting.uow, other)
    require(acting.person, Action.READ, other)
    if ticket.state is State.MERGED:
        return Effect.NONE
    secrecy.require_mergeable(ticket, other)
    ticket.merge_into(other, by=acting.person.id, at=acting.now, channel=acting.channel)
    entries.write(acting, ticket, EntryKind.REASON, reason)
    outages.head_moved(acting, ticket, other)
    for file in ticket.files:
        acting.uow.attachments.for_ticket(file, other.id)
    other.files += ticket.files
    acting.uow.tickets.save(ticket)
    questions.ticket_merged(acting, ticket)
    acting.uow.tickets.save(other)
    if other.restricted and not ticket.restricted:
        secrecy.seal(acting, ticket)
        for file in ticket.files:
            acting.uow.attachments.for_ticket(file, other.id)
    for place in acting.uow.messages.standing_in(similar.slot(ticket)):
        acting.uow.messages.disable_buttons(place, similar.slot(ticket))
    cards.refresh(acting, ticket)
    cards.refresh(acting, other)
    notifications.reporter(acting, ticket, "update_merged", other=other)
    return Effect.CHANGED
