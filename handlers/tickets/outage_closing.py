"""When an outage is over: the tickets that were of it are closed together, exactly those that were shown.

Within half an hour all of it can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.idempotency import told_of_end
from handlers.domain.outages import JoinedTicket, Outage
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.ticket import EntryKind, Ticket
from handlers.tickets import cards, closing, entries, notifications, outage_news, questions

LEFT_AFTER, LEFT_SINCE = timedelta(minutes=15), timedelta(days=1)
"""Whoever ends one mostly closes its tickets at once, and each reporter hears it then."""


def closable(work: UseCaseContext, outage: Outage) -> Sequence[Ticket]:
    """The head, and those of others, as far as they are at work."""
    head = work.uow.tickets.get(outage.ticket)
    own = [head] if head.state.active and not head.restricted else []
    return [*own, *outage_news.joined(work.uow, outage)]


def close_all(acting: Acting, outage: Outage, tickets: Sequence[int]) -> int:
    """Kayıtları kapat: those of these that are still at work are done, and each reporter is asked whether it works.
    How many. Raises NotAllowed, Invalid(`outage_goes_on`)."""
    head = acting.uow.tickets.get(outage.ticket)
    require(acting.person, Action.DECLARE_OUTAGE, head)
    if outage.is_open:
        raise Invalid("outage_goes_on")
    found = [ticket for ticket in closable(acting, outage) if ticket.id in tickets]
    text = _what_was_done(acting, outage)
    closed = {one.ticket: one for one in outage.tickets}
    for ticket in found:
        closed[ticket.id] = JoinedTicket(ticket=ticket.id, closed_from=ticket.state, waiting_for=ticket.waiting_for)
        _close(acting, ticket, text)
    acting.uow.outages.save(replace(outage, tickets=tuple(closed.values())))
    return len(found)


def tell_left(work: UseCaseContext) -> None:
    """Every minute: who was promised word of the end, and whose ticket nobody closed, hears it a quarter of an hour
    after it."""
    for outage in work.uow.outages.ended_since(work.now - LEFT_SINCE):
        if outage.ended_at is None or work.now - outage.ended_at < LEFT_AFTER:
            continue
        if not work.uow.once.first(told_of_end(outage.id, outage.ended_at), work.now):
            continue
        about = {"system": outage_news.title(work, outage), "ended_at": outage.ended_at}
        for ticket in closable(work, outage):
            notifications.reporter(work, ticket, "outage_over_yours", slot=f"outage:{outage.id}", fresh=True, **about)


def _what_was_done(acting: Acting, outage: Outage) -> str:
    said = outage_news.last_line(acting, outage)
    line = said[1] if said is not None and said[0].at == outage.ended_at else ""
    about = f"Kesinti giderildi: {outage_news.title(acting, outage)}."
    return f"{about} {line}".strip()


def _close(acting: Acting, ticket: Ticket, text: str) -> None:
    ticket.resolve_with_outage(closing.resolution(text), by=acting.person.id, at=acting.now, channel=acting.channel)
    entries.write(acting, ticket, EntryKind.RESOLUTION, text)
    acting.uow.tickets.save(ticket)
    questions.ticket_ended(acting, ticket)
    cards.refresh(acting, ticket)
    closing.tell_resolved(acting, ticket, fresh=True)
    notifications.ended(acting, ticket)


def undo_end(acting: Acting, outage: Outage) -> Effect:
    """Geri al: it goes on, the tickets that were closed with it are as they were (not those of which somebody said
    meanwhile whether it works), and who was told that it is over hears that it is not.

    Raises NotAllowed, Invalid(`outage_undo_late`), Invalid(`outage_head_done`) where its head is done.
    """
    head = acting.uow.tickets.get(outage.ticket)
    require(acting.person, Action.DECLARE_OUTAGE, head)
    if outage.is_open:
        return Effect.NONE
    if not outage.may_undo_end(acting.now):
        raise Invalid("outage_undo_late")
    closed_with_it = any(one.ticket == head.id and one.closed_from is not None for one in outage.tickets)
    if not (head.state.active or (closed_with_it and head.state is State.RESOLVED)):
        raise Invalid("outage_head_done", number=head.number)
    told = set()
    for one in outage.tickets:
        ticket = acting.uow.tickets.get(one.ticket)
        if one.closed_from is not None and ticket.state is State.RESOLVED:
            _open_again(acting, ticket, one)
            told.add(ticket.reporter)
    head.outage = True
    head.followers = tuple(replace(follower, waits=True) for follower in head.followers)
    acting.uow.tickets.save(head)
    own = tuple(replace(one, closed_from=None, waiting_for="") for one in outage.tickets if one.ticket != head.id)
    goes_on = replace(outage, ended_at=None, ended_by=None, cause=None, tickets=own, heard_at=acting.now)
    acting.uow.outages.save(goes_on)
    cards.refresh(acting, head)
    for concerned in outage_news.affected(acting, goes_on):
        if concerned.person in told:
            continue
        notifications.tell(acting, concerned, "outage_again", system=outage_news.title(acting, outage))
    return Effect.CHANGED


def _open_again(acting: Acting, ticket: Ticket, before: JoinedTicket) -> None:
    by, at, channel = acting.person.id, acting.now, acting.channel
    ticket.reopen(by=by, at=at, channel=channel, holder_stays=True)
    told = ["update_reopened"]
    if before.closed_from is not None and before.closed_from.waiting:
        ticket.wait(before.closed_from, before.waiting_for, by=by, at=at, channel=channel)
        told.append("update_waiting")
    acting.uow.tickets.save(ticket)
    if ticket.conversation:
        acting.uow.messages.disable_buttons(ticket.conversation, closing.resolved_slot(ticket))
    cards.refresh(acting, ticket)
    for template in told if acting.person.id != ticket.reporter else ():
        notifications.reporter(acting, ticket, template)
