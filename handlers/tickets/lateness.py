"""Why a ticket took longer than its target: one tap of whoever completed it, kept in the history as a code."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.errors import NotFound
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Ticket
from handlers.terms import LATE_REASONS
from handlers.tickets import timing


def reason_of(acting: Acting, ticket: Ticket) -> str | None:
    """The last that was given."""
    given = [event.reason for event in timing.history_of(acting, ticket) if event.what is Change.EXPLAINED]
    return given[-1] if given else None


def explain(acting: Acting, ticket: Ticket, code: str) -> Effect:
    """Nothing where it was not late or that was said already. Raises NotAllowed, NotFound for a reason that is none."""
    require(acting.person, Action.RESOLVE, ticket)
    require_known(code)
    if not timing.is_late(acting, ticket) or reason_of(acting, ticket) == code:
        return Effect.NONE
    ticket.log(Change.EXPLAINED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=code)
    acting.uow.tickets.save(ticket)
    return Effect.CHANGED


def require_known(code: str) -> None:
    """Raises NotFound for a reason that is none."""
    if code not in LATE_REASONS:
        raise NotFound("reason", code)
