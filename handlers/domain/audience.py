"""What may be said before whom. The one place where it is decided, whatever a command, a button or a job wants to say.

| who reads along           | hears of a ticket                                                             |
|---------------------------|-------------------------------------------------------------------------------|
| a room of a unit          | what everybody who works there may read: its own tickets, no security matters |
| a group of no unit        | number, state and unit                                                        |
| one person, in private    | what they may read; what they reported or follow; known outages               |

A template says in its head how many may hear it (`Audience`); of a ticket both must allow it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.domain.people import Person, UnitId
from handlers.domain.rights import Action, may, unit_may_read
from handlers.domain.ticket import Ticket

VEILED = "veiled"
"""Stands in the place of a category that a reader may not know."""


class Audience(StrEnum):
    """Before whom a text may be said, as far as its own words go."""

    PERSON = "person"
    """One person, in private."""
    UNIT = "unit"
    """Everybody who works in a unit, in its room."""
    ANYBODY = "anybody"
    """It repeats at most what its reader just wrote, and tells of a ticket no more than number, state and unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who reads along in a conversation: a room's people, or one person; in a group of no unit nobody knows who."""

    unit: UnitId | None = None
    person: Person | None = None

    def may_hear(self, audience: Audience, ticket: Ticket | None = None) -> bool:
        """Whether a text for that audience may stand there; `ticket`: of which it speaks."""
        if audience is Audience.ANYBODY:
            return True
        if ticket is not None and not self.may_read(ticket):
            return False
        return self.person is not None or (audience is Audience.UNIT and self.unit is not None)

    def may_read(self, ticket: Ticket) -> bool:
        """Whether all of them may know what it is about."""
        if self.person is None:
            return self.unit is not None and unit_may_read(self.unit, ticket)
        if may(self.person, Action.READ, ticket) or self.person.id == ticket.reporter:
            return True
        return not ticket.restricted and (ticket.concerns(self.person.id) or ticket.outage)

    def veiled(self, value: object) -> object:
        """The same, of every ticket in it that they may not read only number and state."""
        match value:
            case Ticket():
                return value if self.may_read(value) else _veiled(value)
            case [Ticket(), *_]:
                return [self.veiled(one) for one in value]
            case dict():
                return {key: self.veiled(one) for key, one in value.items()}
            case _:
                return value


def _veiled(ticket: Ticket) -> Ticket:
    return replace(
        ticket,
        text="",
        category=VEILED,
        facts={},
        reasons=(),
        files=(),
        waiting_for="",
        resolution="",
        followers=(),
        fresh_events=[],
    )
