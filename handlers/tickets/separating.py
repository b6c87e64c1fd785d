"""Geri ayır: what was merged by mistake goes on by itself again, as it was before."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, WrongState
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, State, TicketEvent
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.tickets import cards, merges, notifications, timing

WITHIN = timedelta(days=14)


def separate(acting: Acting, ticket: Ticket) -> Effect:
    """Within a fortnight, by who could merge it. What its reporter wrote since then stays with the other ticket and is
    copied here as one reply; whose holder is not there any more lies in the queue.

    Raises WrongState where it was not merged, Invalid(`too_late_to_separate`).
    """
    require(acting.person, Action.MERGE, ticket)
    if ticket.state.active:
        return Effect.NONE
    merged = require_separable(acting, ticket)
    other = merges.survivor(acting.uow, ticket)
    ticket.separate(_state(acting, ticket, merged), by=acting.person.id, at=acting.now, channel=acting.channel)
    _copy_words(acting, ticket, other, merged)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    cards.refresh(acting, other)
    notifications.reporter(acting, ticket, "update_separated", other=other)
    return Effect.CHANGED


def require_separable(acting: Acting, ticket: Ticket) -> TicketEvent:
    """How it was merged. Raises WrongState, Invalid(`too_late_to_separate`)."""
    if ticket.state is not State.MERGED:
        raise WrongState(ticket.number, ticket.state, "separate")
    merged = [event for event in timing.history_of(acting, ticket) if event.what is Change.MERGED][-1]
    if acting.now - merged.at > WITHIN:
        raise Invalid("too_late_to_separate", number=ticket.number)
    return merged


def _state(acting: Acting, ticket: Ticket, merged: TicketEvent) -> State:
    holder = None if ticket.holder is None else acting.uow.people.get(ticket.holder)
    there = holder is not None and holder.works_in(ticket.unit)
    return State(merged.before or State.OPEN) if there else State.OPEN


def _copy_words(acting: Acting, ticket: Ticket, other: Ticket, merged: TicketEvent) -> None:
    """In the reporter's own name: they are erased with everything that they wrote."""
    said = [
        entry
        for entry in acting.uow.tickets.entries(other.id)
        if entry.author == ticket.reporter and entry.kind is EntryKind.REPLY and entry.at >= merged.at and entry.text
    ]
    if said and other.reporter != ticket.reporter:
        text = "\n".join(entry.text for entry in said)
        reply = Entry(kind=EntryKind.REPLY, at=acting.now, author=ticket.reporter, text=text)
        acting.uow.tickets.add_entry(ticket.id, reply)
        ticket.log(Change.REPLIED, by=acting.person.id, at=acting.now, channel=acting.channel, reason="separated")
