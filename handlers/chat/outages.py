"""A known outage, in chat: Bilinen kesinti on a card, Ben de yaşıyorum under a report."""

from __future__ import annotations

from handlers.chat import drafts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.ticket import Ticket
from handlers.tickets import merges, outages


def declare(turn: Turn, ticket: Ticket) -> None:
    done = outages.declare(turn, ticket)
    if done is Effect.CHANGED:
        turn.receipt(done, "outage_declared", ticket=ticket, title=turn.desk.title(ticket.category))


def me_too(turn: Turn, ticket: Ticket) -> None:
    """The report in the making ends with it."""
    followed = outages.follow(turn, ticket, turn.address)
    draft = turn.dialog.draft
    if draft is not None:
        drafts.close(turn, draft, "joined")
        turn.dialog.draft = None
    if followed is Effect.CHANGED or draft is not None:
        count = len(merges.people_beside(turn.uow, ticket))
        turn.say(turn.address, "joined_outage", count=max(count, 1), number=ticket.number)


def concerns(turn: Turn, ticket: Ticket) -> bool:
    """Whether they reported it, or follow it already."""
    return outages.is_known_to_concern(turn.uow, turn.person.id, ticket)
