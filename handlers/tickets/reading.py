"""Reading a ticket: what of it somebody may see. Who may read everything leaves a trace of what they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.context import Acting
from handlers.domain import links
from handlers.domain.efforts import total
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, may, require, sees_inside
from handlers.domain.states import Change, TicketEvent
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.domain.visits import Visit, visit
from handlers.tickets import cards, expectations, merges, timing
from handlers.tickets.timing import Standing

_OF_THE_WORK = frozenset(
    {Change.LINKED, Change.UNLINKED, Change.PUT_UNDER, Change.TAKEN_OUT, Change.PART_ADDED}
    | {Change.PART_REMOVED, Change.NOTED, Change.REPLIED, Change.ATTACHED, Change.ASKED}
    | {Change.COMPLETED, Change.HELP_ASKED, Change.RETARGETED, Change.SPENT, Change.DOCUMENTED}
    | {Change.LISTED, Change.TICKED, Change.UNTICKED, Change.EXCUSED, Change.REMARKED, Change.CHECKED, Change.PROVED}
)
"""What a reporter reads in the words themselves, or is none of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """One ticket as this reader may see it."""

    ticket: Ticket
    living: Ticket
    """The one that it lives on in; itself where it was not merged."""
    names_living: bool
    """They may know which one that is: it is theirs to read, or they were told when theirs was merged into it."""
    reporter: Person
    holder: Person | None
    inside: bool
    """The reader works on it, or oversees the work: notes and every change are among what follows."""
    promised: date | None
    """What its reporter was promised, as long as that day is to come."""
    today: date
    related: Sequence[str]
    """Numbers of those that it has to do with; for those inside alone."""
    whole: str | None
    """The number of the one that it is a part of; for those inside alone, as its parts."""
    pieces: Sequence[Ticket]
    visit: Visit
    """Whether somebody is on the way, or when they come."""
    standing: Standing | None
    """Against its targets; for those inside alone, who may do something about it."""
    spent: timedelta
    """By everybody together; for those inside alone."""
    history: Sequence[TicketEvent]
    entries: Sequence[tuple[Entry, Person]]
    """With their authors; those without a word left out."""
    names: Mapping[PersonId, Person]
    """Of everybody in the whole history."""


def read_ticket(acting: Acting, ticket: Ticket) -> TicketView:
    """Raises NotFound for a ticket that they may not read, as for none."""
    view = look(acting, ticket)
    note_reading(acting, ticket.number)
    return view


def note_reading(acting: Acting, number: str) -> None:
    """Who may read everything leaves a trace of what they read."""
    if may(acting.person, Action.READ_ALL):
        acting.uow.audit.log(acting.now, acting.person.id, "read", number, acting.channel)


def look(acting: Acting, ticket: Ticket) -> TicketView:
    """The same without a trace, for who leaves it themselves: a page reads and writes apart. Raises NotFound."""
    require(acting.person, Action.READ, ticket)
    people = acting.uow.people
    history = acting.uow.tickets.history(ticket.id)
    inside = sees_inside(acting.person, ticket)
    living = merges.survivor(acting.uow, ticket)
    entries = [e for e in acting.uow.tickets.entries(ticket.id) if inside or e.kind is not EntryKind.NOTE]
    return TicketView(
        ticket=ticket,
        living=living,
        names_living=may(acting.person, Action.READ, living) or ticket.concerns(acting.person.id),
        reporter=people.get(ticket.reporter),
        holder=people.get(ticket.holder) if ticket.holder else None,
        inside=inside,
        promised=expectations.promised(acting, ticket),
        today=acting.working_time(ticket.unit).local_date(acting.now),
        related=links.related(history) if inside else (),
        whole=links.whole(history) if inside else None,
        pieces=cards.pieces(acting, history) if inside else (),
        visit=visit(history) if ticket.state.active else Visit(),
        standing=timing.standing(acting, ticket, history) if inside else None,
        spent=total(history) if inside else timedelta(),
        history=[event for event in history if inside or event.what not in _OF_THE_WORK],
        entries=[(entry, people.get(entry.author)) for entry in entries if entry.text],
        names={one: people.get(one) for event in history for one in (event.who, *event.acting_for) if one is not None},
    )
