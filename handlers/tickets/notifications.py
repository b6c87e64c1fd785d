"""The reporter hears of every change, where the ticket was opened; followers of an outage hear when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.context import UseCaseContext
from handlers.domain.ticket import Ticket
from handlers.messages import Button


def notifies_reporter(ticket: Ticket) -> bool:
    """Whether the reporter hears of it anywhere."""
    return bool(ticket.conversation) and not ticket.untold


def reporter(
    work: UseCaseContext,
    ticket: Ticket,
    template: str,
    /,
    *,
    buttons: Sequence[Button] = (),
    slot: str | None = None,
    fresh: bool = False,
    rings: bool = True,
    files: Sequence[str] = (),
    **data: Any,
) -> None:
    """Tell whoever reported it; nobody where it was opened untold."""
    if not notifies_reporter(ticket):
        return
    work.say(
        ticket.conversation,
        template,
        buttons=buttons,
        slot=slot,
        fresh=fresh,
        rings=rings,
        files=files,
        ticket=ticket,
        title=work.desk.title(ticket.category),
        **data,
    )


def followers(work: UseCaseContext, ticket: Ticket, template: str, /, **data: Any) -> None:
    for address in ticket.followers:
        work.say(address, template, ticket=ticket, title=work.desk.title(ticket.category), **data)
