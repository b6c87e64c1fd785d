"""Lists: my tickets, my work, and the unit's queue."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import ticket_closing, ticket_view
from handlers.chat.turn import Turn
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.rights import sees_restricted
from handlers.domain.ticket import Ticket
from handlers.messages import Button, PostedMessage
from handlers.tickets import cards

SHOWN = 10
FURTHER = "Sonrakiler"


def status(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/durum`, `/durum 123`, or as a reply to a message about a ticket."""
    if not words and answered is not None and answered.ticket is not None:
        words = turn.uow.tickets.get(answered.ticket).number
    ticket_view.status(turn, ticket_view.named(words))


def broken_again(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/bozuldu 123`, or as a reply: their own ticket that ended, or counts as done, is opened again. Of which one is
    asked by showing them all. Raises NotFound, WrongState."""
    number = turn.uow.tickets.get(answered.ticket).number if answered and answered.ticket and not words else words
    named = ticket_view.named(number)
    if named is None:
        ticket_view.reported(turn)
        return
    ticket = ticket_view.meant(turn, named)
    if not ticket.concerns(turn.person.id):
        raise NotFound("ticket", ticket.number)
    ticket_closing.still_broken(turn, ticket)


def mine(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    """`/islerim`: the cards of what they hold, to be worked in private."""
    _held(turn, None)


def queue(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    """`/sira`: the cards that nobody holds, most urgent first."""
    _queue(turn, None)


def further_reported(turn: Turn, skip: str) -> None:
    """Sonrakiler, under one's own tickets."""
    ticket_view.reported(turn, int(skip))


def further_held(turn: Turn, last: str) -> None:
    """Sonrakiler, of `/islerim`: what stands behind the last that was shown, whatever became of it meanwhile."""
    _held(turn, turn.uow.tickets.get(int(last)))


def further_queue(turn: Turn, last: str) -> None:
    """Sonrakiler, of `/sira`."""
    _queue(turn, turn.uow.tickets.get(int(last)))


def _held(turn: Turn, after: Ticket | None) -> None:
    held = turn.uow.tickets.held_by(turn.person.id)
    behind = [ticket for ticket in held if after is None or ticket.urgency > after.urgency]
    _cards(turn, "my_work", behind, len(held), after)


def _queue(turn: Turn, after: Ticket | None) -> None:
    unit = turn.person.unit
    if unit is None or not turn.person.works_in(unit):
        raise NotAllowed("queue", turn.person.handle)
    restricted = sees_restricted(turn.person, unit)
    waiting = turn.uow.tickets.queue(unit, restricted=restricted, after=after, limit=SHOWN + 1)
    _cards(turn, "queue", waiting, turn.uow.tickets.count_queue(unit, restricted=restricted), after)


def _cards(turn: Turn, template: str, tickets: Sequence[Ticket], total: int, after: Ticket | None) -> None:
    """The first of `tickets`, with the way to the others; `after` behind which they stand, of `total` in all."""
    if not turn.person.role.needs_unit:
        raise NotAllowed(template, turn.person.handle)
    shown = tickets[:SHOWN]
    further = [Button(FURTHER, f"{template}_further:{shown[-1].id}")] if len(tickets) > SHOWN else []
    turn.say(turn.address, template, buttons=further, total=total, shown=len(shown), further=after is not None)
    for ticket in shown:
        cards.show(turn, ticket, turn.address, fresh=True)
