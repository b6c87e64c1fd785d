"""An outage: what many have at once, from when it was declared until it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.domain.people import PersonId
from handlers.domain.states import State
from handlers.domain.systems import SystemState
from handlers.domain.ticket import TicketId

UNDO_WITHIN = timedelta(minutes=30)
"""How long its end can be taken back."""


class Cause(StrEnum):
    """Why it was, as it is asked at its end."""

    POWER = "power"
    LINE = "line"
    HARDWARE = "hardware"
    SOFTWARE = "software"
    VENDOR = "vendor"
    MISTAKE = "mistake"
    UNKNOWN = "unknown"


class NoteQuestion(StrEnum):
    """What is asked after a large one, in this order."""

    WHAT = "what"
    NOTICED = "noticed"
    WHY = "why"
    DONE = "done"
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAnswer:
    """Its words are the entry's, as those of a line."""

    question: NoteQuestion
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedTicket:
    """A ticket of somebody who has the same trouble ("aynı sorun"): it stays theirs."""

    ticket: TicketId
    closed_from: State | None = None
    """In which state it was when it was resolved together with the outage."""
    waiting_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageUpdate:
    """A line for everybody who has it; its words are the entry's, so that they can be corrected and erased."""

    at: datetime
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    system: str | None
    """None: of a subject that hints at no system."""
    ticket: TicketId
    """The head: who works on it works on the outage."""
    since: datetime
    """When the first report of it came."""
    declared_at: datetime
    declared_by: PersonId
    heard_at: datetime
    """When those who have it last heard something."""
    state: SystemState = SystemState.DOWN
    reminded_at: datetime | None = None
    """When its holder was last reminded to tell them something."""
    announced_at: datetime | None = None
    """When all staff was told; they hear of its end, too."""
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    cause: Cause | None = None
    tickets: tuple[JoinedTicket, ...] = ()
    updates: tuple[OutageUpdate, ...] = ()
    note: tuple[NoteAnswer, ...] = ()
    """What was written after it, in the order of the questions."""
    note_asked_at: datetime | None = None
    """When it was seen to: asked for, or of one too small for a note left at that."""
    id: int = 0

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def length(self) -> timedelta:
        """None of one that goes on."""
        return timedelta() if self.ended_at is None else self.ended_at - self.since

    def may_undo_end(self, at: datetime) -> bool:
        return self.ended_at is not None and at - self.ended_at <= UNDO_WITHIN

    def with_ticket(self, ticket: TicketId) -> Outage:
        """The same where it is in it already."""
        if ticket == self.ticket or any(one.ticket == ticket for one in self.tickets):
            return self
        return replace(self, tickets=(*self.tickets, JoinedTicket(ticket=ticket)))

    def end(self, *, by: PersonId | None, at: datetime, cause: Cause | None = None) -> Outage:
        return replace(self, ended_at=at, ended_by=by, cause=cause)
