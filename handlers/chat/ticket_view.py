"""How a ticket stands, in chat: "durumu ne oldu", `/durum 123`."""

from __future__ import annotations

import re

from handlers.chat.turn import Turn
from handlers.domain.errors import NotFound
from handlers.domain.rights import Action, may
from handlers.domain.states import State
from handlers.domain.ticket import Ticket, parse_number
from handlers.messages import Button
from handlers.tickets import cards, closing, merges
from handlers.tickets.reading import read_ticket

_NUMBER = re.compile(r"\b(\d{4}-\d{1,6}|#?\d{1,6})\b")


def own_open(turn: Turn, typed: str) -> Ticket | None:
    """Their own ticket that has not ended, by its number in any form."""
    number = parse_number(typed, turn.desk.year(turn.now))
    mine = turn.uow.tickets.open_of_reporter(turn.person.id)
    return next((ticket for ticket in mine if ticket.number == number), None)


def own_ongoing(turn: Turn, typed: str) -> Ticket | None:
    """The same, and one that lives on in another: by its own number, or that other's, which they were told."""
    number = parse_number(typed, turn.desk.year(turn.now))
    if number is None:
        return None
    try:
        named = turn.uow.tickets.by_number(number)
    except NotFound:
        return None
    own = _own_part(turn, named)
    return own if own is not None and merges.survivor(turn.uow, own).ended_at is None else None


def last_spoken_of(turn: Turn) -> Ticket | None:
    """Their own ticket that was last spoken of here, while somebody works on it or on the one that it lives on in."""
    if turn.dialog.last_ticket is None:
        return None
    ticket = turn.uow.tickets.get(turn.dialog.last_ticket)
    ongoing = ticket.concerns(turn.person.id) and merges.survivor(turn.uow, ticket).state.active
    return ticket if ongoing else None


def _own_part(turn: Turn, ticket: Ticket) -> Ticket | None:
    """What they reported, or follow, of that ticket and those that live on in it."""
    if ticket.concerns(turn.person.id):
        return ticket
    parts = merges.parts(turn.uow, ticket)
    return next((part for part in parts if part.concerns(turn.person.id)), None)


def status(turn: Turn, text: str) -> None:
    """Of the ticket that is named there; of all their own where none is."""
    match = _NUMBER.search(text)
    number = parse_number(match[1], turn.desk.year(turn.now)) if match else None
    if number is None:
        _show_mine(turn)
        return
    ticket = turn.uow.tickets.by_number(number)
    if not may(turn.person, Action.READ, ticket):
        ticket = _own_part(turn, ticket) or ticket
    if not may(turn.person, Action.READ, ticket) and ticket.concerns(turn.person.id):
        turn.dialog.last_ticket = ticket.id
        turn.say(turn.address, "followed", ticket=ticket, living=merges.survivor(turn.uow, ticket))
        return
    _show(turn, ticket)


def _show_mine(turn: Turn) -> None:
    """What they reported, and what they follow; of what was merged, the one that it lives on in."""
    mine = turn.uow.tickets.of_reporter(turn.person.id)
    followed = turn.uow.tickets.followed_by(turn.person.id)
    living = {ticket.number: merges.survivor(turn.uow, ticket) for ticket in (*mine, *followed)}
    template = "my_tickets" if mine or followed else "no_tickets"
    turn.say(turn.address, template, tickets=mine, followed=followed, living=living)


def _show(turn: Turn, ticket: Ticket) -> None:
    """The reporter sees how it stands; those who may work on it see its notes, and the card."""
    view = read_ticket(turn, ticket)
    own = turn.person.id == ticket.reporter
    if own:
        turn.dialog.last_ticket = ticket.id
    turn.say(
        turn.address,
        "ticket",
        buttons=_own_buttons(turn, ticket) if own else [],
        slot=_slot(ticket),
        fresh=True,
        ticket=ticket,
        living=view.living,
        files=ticket.files,
        title=turn.desk.title(ticket.category),
        unit=turn.desk.unit_title(ticket.unit),
        reporter=view.reporter,
        holder=view.holder,
        history=view.history,
        inside=view.inside,
        names=view.names,
        entries=view.entries,
    )
    if may(turn.person, Action.NOTE, ticket) and ticket.state.active and not own:
        cards.show(turn, ticket, turn.address, fresh=True)


def asks_whether_it_works(turn: Turn, ticket: Ticket) -> bool:
    """Whether they had read that it is done when they wrote, where they are told of it or where they asked."""
    shown = turn.uow.messages.shown
    told = ticket.conversation and shown(ticket.conversation, closing.resolved_slot(ticket), turn.now)
    return bool(told or shown(turn.address, _slot(ticket), turn.now))


def _slot(ticket: Ticket) -> str:
    return f"shown:{ticket.id}"


def _own_buttons(turn: Turn, ticket: Ticket) -> list[Button]:
    living = merges.survivor(turn.uow, ticket)
    if ticket.state is State.RESOLVED:
        return [
            Button("Evet, çalışıyor", f"confirm:{ticket.id}"),
            Button("Hâlâ bozuk", f"still_broken:{ticket.id}"),
        ]
    if not living.state.active and living.may_reopen(turn.now):
        return [Button("Hâlâ bozuk", f"still_broken:{ticket.id}")]
    return [Button(f"İptal et: {ticket.short}", f"cancel_mine:{ticket.id}")] if ticket.state.active else []
