"""Beklet: it waits for a firm, parts or somebody's yes. What for is said in `work.describe_wait` and `approvals`."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, notifications


def wait(acting: Acting, ticket: Ticket, state: State) -> Effect:
    """Beklet: for a firm, parts or an approval. For the reporter it waits by being asked: `ask_reporter`."""
    if state is State.WAITING_REPORTER:
        raise ValueError("a ticket waits for its reporter when they are asked something")
    require(acting.person, Action.WAIT, ticket)
    if ticket.state is state:
        return Effect.NONE
    ticket.wait(state, "", by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    notifications.reporter(acting, ticket, "update_waiting")
    cards.refresh(acting, ticket)
    return Effect.CHANGED
