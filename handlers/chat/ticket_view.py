"""How a ticket stands, in chat: "durumu ne oldu", `/durum 123`."""

from __future__ import annotations

import re

from handlers.chat.turn import Turn
from handlers.domain.rights import Action, may
from handlers.domain.states import State
from handlers.domain.ticket import Ticket, parse_number
from handlers.messages import Button
from handlers.tickets import cards, closing
from handlers.tickets.reading import read_ticket

_NUMBER = re.compile(r"\b(\d{4}-\d{1,6}|#?\d{1,6})\b")


def own_open(turn: Turn, typed: str) -> Ticket | None:
    """Their own ticket that has not ended, by its number in any form."""
    number = parse_number(typed, turn.desk.year(turn.now))
    mine = turn.uow.tickets.open_of_reporter(turn.person.id)
    return next((ticket for ticket in mine if ticket.number == number), None)


def status(turn: Turn, text: str) -> None:
    """Of the ticket that is named there; of all their own where none is."""
    match = _NUMBER.search(text)
    number = parse_number(match[1], turn.desk.year(turn.now)) if match else None
    if number is None:
        mine = turn.uow.tickets.of_reporter(turn.person.id)
        turn.say(turn.address, "my_tickets" if mine else "no_tickets", tickets=mine)
        return
    _show(turn, turn.uow.tickets.by_number(number))


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
    if ticket.state is State.RESOLVED:
        return [
            Button("Evet, çalışıyor", f"confirm:{ticket.id}"),
            Button("Hâlâ bozuk", f"still_broken:{ticket.id}"),
        ]
    if ticket.state is State.CLOSED and ticket.may_reopen(turn.now):
        return [Button("Hâlâ bozuk", f"still_broken:{ticket.id}")]
    return [Button(f"İptal et: {ticket.short}", f"cancel_mine:{ticket.id}")] if ticket.state.active else []
