"""How a ticket stands, in chat: "durumu ne oldu", `/durum 123`."""

from __future__ import annotations

import re

from handlers.chat import outages
from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.rights import Action, may
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import TicketNumber, label, parse
from handlers.messages import Button
from handlers.tickets import cards, closing, merges, numbers
from handlers.tickets.reading import read_ticket

SHOWN = 10
_A_NUMBER = re.compile(r"(?<![\d.,])(?:\d{4}[-/])?\d{1,6}(?![\d.,])")


def own_ongoing(turn: Turn, number: TicketNumber) -> Ticket | None:
    """Theirs that has not ended, or lives on in another: by its own number, or that other's, which they were told."""
    for ticket in numbers.of_any_year(turn, number):
        own = _own_part(turn, ticket)
        if own is not None and merges.survivor(turn.uow, own).ended_at is None:
            return own
    return None


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


def status(turn: Turn, number: TicketNumber | None) -> None:
    """Of that ticket; of all their own where none is named, in private."""
    if number is None:
        turn.go_private()
        reported(turn)
        outages.tell_how_it_stands(turn)
        return
    ticket = meant(turn, number)
    turn.speak_of(ticket)
    if not may(turn.person, Action.READ, ticket) and ticket.concerns(turn.person.id):
        turn.dialog.last_ticket = ticket.id
        turn.say(turn.address, "followed", ticket=ticket, living=merges.survivor(turn.uow, ticket))
        outages.tell_how_it_stands(turn, ticket)
        return
    show(turn, ticket)


def meant(turn: Turn, number: TicketNumber) -> Ticket:
    """One that they may read, else what of it is theirs. Raises NotFound."""
    try:
        ticket = numbers.find(turn, number)
    except NotFound:
        parts = (_own_part(turn, ticket) for ticket in numbers.of_any_year(turn, number))
        if (own := next(filter(None, parts), None)) is None:
            raise
        return own
    return ticket if may(turn.person, Action.READ, ticket) else _own_part(turn, ticket) or ticket


def is_known(turn: Turn, number: TicketNumber) -> bool:
    """Whether one of that number is theirs to ask for."""
    try:
        ticket = meant(turn, number)
    except NotFound:
        return False
    except Invalid:
        return True  # several are
    return may(turn.person, Action.READ, ticket) or ticket.concerns(turn.person.id)


def reported(turn: Turn, skip: int = 0) -> None:
    """What they reported, the open ones first, a page at a time; with the first what they follow. Of what was merged,
    the one that it lives on in."""
    mine = turn.uow.tickets.of_reporter(turn.person.id, limit=SHOWN, skip=skip)
    followed = turn.uow.tickets.followed_by(turn.person.id) if not skip else ()
    listed = (*mine, *followed)
    if not listed:
        turn.say(turn.address, "no_tickets")
        return
    total, last = turn.uow.tickets.count_of_reporter(turn.person.id), skip + len(mine)
    turn.say(
        turn.address,
        "my_tickets",
        buttons=[Button("Sonrakiler", f"my_tickets_further:{last}")] if last < total else [],
        tickets=mine,
        followed=followed,
        living={ticket.number: merges.survivor(turn.uow, ticket) for ticket in listed},
        hint=label(listed[0], listed),
        total=total,
        first=skip + 1,
        last=last,
    )


def named(words: str) -> TicketNumber | None:
    """Behind a command any number is a ticket's, as long as none is said to be."""
    said = parse(words) or numbers.said_in(words)
    if said is not None:
        return said
    match = _A_NUMBER.search(words)
    return parse(match[0]) if match else None


def show(turn: Turn, ticket: Ticket) -> None:
    """The reporter sees how it stands; those who may work on it see its notes, and the card."""
    view = read_ticket(turn, ticket)
    own = turn.person.id == ticket.reporter
    if own:
        turn.dialog.last_ticket = ticket.id
    turn.say(
        turn.address,
        "ticket",
        buttons=_own_buttons(turn, ticket) if own else [],
        slot=slot(ticket),
        fresh=True,
        ticket=ticket,
        living=view.living,
        names_living=view.names_living,
        files=ticket.files,
        title=turn.desk.subject(ticket),
        unit=turn.desk.unit_title(ticket.unit),
        reporter=view.reporter,
        holder=view.holder,
        history=view.history,
        inside=view.inside,
        promised=view.promised,
        today=view.today,
        standing=view.standing,
        related=view.related,
        whole=view.whole,
        pieces=view.pieces,
        visit=view.visit,
        spent=view.spent,
        names=view.names,
        entries=view.entries,
    )
    outages.tell_how_it_stands(turn, ticket)
    if may(turn.person, Action.NOTE, ticket) and ticket.state.active and not own:
        cards.show(turn, ticket, turn.address, fresh=True)


def asks_whether_it_works(turn: Turn, ticket: Ticket) -> bool:
    """Whether they had read that it is done when they wrote, where they are told of it or where they asked."""
    shown = turn.uow.messages.shown
    told = ticket.conversation and shown(ticket.conversation, closing.resolved_slot(ticket), turn.now)
    return bool(told or shown(turn.address, slot(ticket), turn.now))


def slot(ticket: Ticket) -> str:
    """Of the message that shows it."""
    return f"shown:{ticket.id}"


def _own_buttons(turn: Turn, ticket: Ticket) -> list[Button]:
    living = merges.survivor(turn.uow, ticket)
    if ticket.state is State.RESOLVED:
        return list(closing.answers(turn, ticket))
    if not living.state.active and living.may_reopen(turn.now):
        return list(closing.answers(turn, ticket)[1:])
    return [Button(f"İptal et: {ticket.short}", f"cancel_mine:{ticket.id}")] if ticket.state.active else []
