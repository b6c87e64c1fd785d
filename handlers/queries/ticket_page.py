"""All of one ticket for its page, as far as its reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from handlers.context import Acting
from handlers.documents import access as document_access
from handlers.domain import links
from handlers.domain.approvals import Approval
from handlers.domain.document_tracks import DocumentTrack
from handlers.domain.page_changes import PageAction
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.rights import Action, may
from handlers.domain.security_matters import known_to
from handlers.domain.states import State, TicketEvent, as_opened
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_filter import TicketFilter
from handlers.domain.working_time import WorkingTime
from handlers.ports import Attachment, SearchTooSlow
from handlers.queries.ticket_choices import Choices, choices
from handlers.queries.ticket_lists import meant
from handlers.tickets import (
    checklist_progress,
    device_line,
    merges,
    notifications,
    page_changes,
    presence,
    reading,
    similar,
)
from handlers.tickets.checklist_progress import Progress
from handlers.tickets.device_line import DeviceLine
from handlers.tickets.notifications import Reach
from handlers.tickets.reading import TicketView
from knowledge.language.folding import folded

MAX_OTHERS = 5
"""Other tickets of the reporter, and of the room, that are named."""
_LOOKED_THROUGH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """For so long it was in that state."""

    state: State
    holder: PersonId | None
    begins: datetime
    ends: datetime
    """Of the one that goes on: now."""
    worked: timedelta
    """In the working time of its unit."""
    runs: bool


class Colleague(NamedTuple):
    person: Person
    is_away: bool
    held: int
    """Open tickets that they have, as far as the reader may see them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    view: TicketView
    seen: int
    """Lines of the whole history; what is asked for from this page names it."""
    mark: str
    """The hash of the last of them; for those inside alone."""
    offered: Sequence[PageAction]
    choices: Choices
    stretches: Sequence[Stretch]
    """Oldest first; for those inside alone, as all below."""
    full_day: timedelta
    checklists: Sequence[Progress]
    approvals: Sequence[Approval]
    files: Mapping[str, Attachment]
    """Those of the ticket and of what is shown of it."""
    linked: Sequence[Ticket]
    """Those that it has to do with, as far as they may be read."""
    whole: Ticket | None
    readable: frozenset[str]
    """Numbers in the history that may be read: of others it does not say which they are."""
    pieces: Sequence[Ticket]
    """Its parts, as far as they may be read."""
    merged: Sequence[Ticket]
    """What lives on in it, as far as it may be read."""
    beside: int
    """People who have the same trouble, without its reporter."""
    others: Sequence[Ticket]
    """The reporter's own, the open ones first."""
    of_room: Sequence[Ticket]
    """The newest from the same room."""
    device: DeviceLine | None
    """Of which device it is, or likely is; for those inside alone."""
    malzeme: bool
    """Something was taken out of the depot for it."""
    documents: Sequence[DocumentTrack]
    """What EBYS registered and this ticket rests on, as far as they may see it."""
    reach: Reach
    """Whether its reporter hears what is written to them."""
    colleagues: Sequence[Colleague]
    """To whom it may be given: those at work first, oneself last; empty for who may not."""
    people: Mapping[PersonId, Person]
    """Everybody who is named."""


def look(acting: Acting, number: str) -> TicketPage:
    """Raises NotFound for a ticket that they may not read, as for none. It leaves no trace; `reading.note_reading`
    does."""
    ticket = acting.uow.tickets.by_number(number)
    view = reading.look(acting, ticket)
    history = acting.uow.tickets.history(ticket.id)
    inside = view.inside
    approvals = acting.uow.approvals.of_ticket(ticket.id) if inside else ()
    named = [*links.named(view.history), view.living.number]
    readable = {one.number: one for one in acting.uow.tickets.numbered(named) if may(acting.person, Action.READ, one)}
    time = acting.working_time(ticket.unit)
    offered = page_changes.offered(acting, ticket)
    return TicketPage(
        view=view,
        seen=len(history),
        mark=acting.uow.tickets.mark(ticket.id) if inside else "",
        offered=offered,
        choices=choices(acting, ticket, offered, view.visit) if inside else Choices(),
        stretches=stretches(ticket, history, time, acting.now) if inside else (),
        full_day=time.days.full_day(time.local_date(acting.now)),
        checklists=checklist_progress.of_ticket(acting, ticket) if inside else (),
        approvals=approvals,
        files=_files(acting, view),
        linked=[readable[one] for one in view.related if one in readable],
        whole=readable.get(view.whole or ""),
        readable=frozenset(readable),
        pieces=[one for one in view.pieces if may(acting.person, Action.READ, one)],
        merged=_merged(acting, ticket) if inside else (),
        beside=len(merges.people_beside(acting.uow, ticket)) if inside else 0,
        others=_others(acting, ticket) if inside else (),
        of_room=_of_room(acting, ticket) if inside else (),
        device=device_line.of(acting, ticket, known_to(acting.person)) if inside else None,
        malzeme=inside and bool(acting.uow.stock.of_ticket(ticket.id)),
        documents=_documents(acting, ticket) if inside else (),
        reach=notifications.reach(acting, notifications.reporter_of(ticket)),
        colleagues=_colleagues(acting, ticket),
        people=_people(acting, view, approvals),
    )


def _documents(acting: Acting, ticket: Ticket) -> Sequence[DocumentTrack]:
    return [one for one in acting.uow.document_tracks.of_ticket(ticket.id) if document_access.sees(acting, one)]


def stretches(ticket: Ticket, history: Sequence[TicketEvent], time: WorkingTime, now: datetime) -> Sequence[Stretch]:
    """From each move to the next, the last one to its end, or now."""
    played = as_opened(ticket.unit, ticket.category, ticket.priority, history)
    moves: list[tuple[datetime, State, PersonId | None]] = []
    for event in history:
        played.apply(event)
        if event.what.moves:
            moves.append((event.at, played.state, played.holder))
    ends = [*moves, (now, None, None)]
    return [
        Stretch(
            state=state,
            holder=holder,
            begins=begins,
            ends=until,
            worked=time.elapsed(begins, until),
            runs=following is None,
        )
        for (begins, state, holder), (until, following, _) in pairwise(ends)
        if state is not None and state.active
    ]


def _files(acting: Acting, view: TicketView) -> Mapping[str, Attachment]:
    wanted = dict.fromkeys([*view.ticket.files, *(file for entry, _ in view.entries for file in entry.files)])
    found = ((file, acting.uow.attachments.get(file)) for file in wanted)
    return {file: one for file, one in found if one is not None}


def _merged(acting: Acting, ticket: Ticket) -> Sequence[Ticket]:
    return [one for one in acting.uow.tickets.merged_into(ticket.number) if may(acting.person, Action.READ, one)]


def _others(acting: Acting, ticket: Ticket) -> Sequence[Ticket]:
    own = acting.uow.tickets.of_reporter(ticket.reporter, limit=_LOOKED_THROUGH)
    return [one for one in own if one.id != ticket.id and may(acting.person, Action.READ, one)][:MAX_OTHERS]


def _of_room(acting: Acting, ticket: Ticket) -> Sequence[Ticket]:
    """Found by the number on the door; security matters are not searched."""
    room = ticket.facts.get("oda", "")
    doors = [word for word in folded(room).split() if len(word) > 1 and word[0].isdigit() and not word.endswith(".")]
    person = acting.person
    if not doors:
        return ()
    everything = person.role in (Role.DIRECTOR, Role.AUDITOR)
    works_in = [person.unit] if person.unit is not None and person.works_in(person.unit) else []
    units = None if everything else works_in
    try:
        found = acting.uow.search.tickets(" ".join(doors), units=units, reporter=None, limit=_LOOKED_THROUGH)
    except SearchTooSlow:
        return ()
    return [
        one
        for one in found.tickets
        if one.id != ticket.id and may(person, Action.READ, one) and similar.is_one_room(room, one.facts.get("oda", ""))
    ][:MAX_OTHERS]


def _colleagues(acting: Acting, ticket: Ticket) -> Sequence[Colleague]:
    if not may(acting.person, Action.ASSIGN, ticket):
        return ()
    people = [one for one in presence.workers_of(acting, ticket.unit) if one.id != ticket.holder]
    theirs = replace(meant(acting, TicketFilter()), holders=frozenset(one.id for one in people))
    held = acting.uow.ticket_lists.held(theirs) if people else {}
    found = [Colleague(one, acting.is_away(one), held.get(one.id, 0)) for one in people]
    return sorted(found, key=lambda one: (one.is_away, one.person.id == acting.person.id, one.person.name))


def _people(acting: Acting, view: TicketView, approvals: Sequence[Approval]) -> Mapping[PersonId, Person]:
    named = {one.asked_by for one in approvals} | {one.decided_by for one in approvals} | {view.ticket.opened_by}
    assigned = {PersonId(int(one.after)) for one in view.history if one.what.value == "assigned" and one.after}
    held = {view.ticket.holder, view.ticket.resolved_by}
    more = {one: acting.uow.people.get(one) for one in named | assigned | held if one is not None}
    return {**view.names, **more}
