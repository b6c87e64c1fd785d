"""What stands in the form of a page that asks for a change of a ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.keys import key_from
from handlers.domain.page_changes import AskedChange
from handlers.domain.ticket import Ticket

Deed = Callable[[], object]
Plan = Callable[[Acting, Ticket, AskedChange], Deed]
"""Looks at what is asked and gives what does it; looking changes nothing."""


def require_words(asked: AskedChange, missing: str) -> None:
    """Raises Invalid with that reason."""
    if not any(letter.isalnum() for letter in asked.text):
        raise Invalid(missing)


def key_of(what: str, said: str) -> int:
    found = key_from(said)
    if found is None:
        raise NotFound(what, said)
    return found


def day_of(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise Invalid("day_missing") from error


def moment_of(acting: Acting, said: str) -> datetime:
    """Without a zone it is the house's."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise Invalid("day_missing") from error
    return at if at.tzinfo is not None else at.replace(tzinfo=acting.desk.zone)


def plainly(does: Callable[[Acting, Ticket], object]) -> Plan:
    """Where its right and the state are all that is asked."""
    return lambda acting, ticket, _: partial(does, acting, ticket)
