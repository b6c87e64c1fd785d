"""Kesinti notu: on the working day after a large outage whoever held it is asked five short questions.

What happened when is filled in by the desk, who did it is not said. What shall be done about it becomes tickets, each
with an owner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.links import related
from handlers.domain.outages import Cause, NoteAnswer, NoteQuestion, Outage
from handlers.domain.people import Person, UnitId
from handlers.domain.rights import Action, may, require
from handlers.domain.states import Change, Priority
from handlers.domain.ticket import EntryKind, Ticket
from handlers.messages import Button
from handlers.ports import UnitOfWork
from handlers.tickets import broadcasts, cards, entries, linking, merges, opening, outage_news, presence, timing, work
from knowledge.language.folding import folded, one_line

LONG = timedelta(minutes=30)
MANY_PEOPLE = 10
"""So long, or of so many, and a note is worth the minutes that it takes."""
ASKED_WITHIN = timedelta(days=14)
LISTED_SINCE = timedelta(days=90)
MAX_LETTERS = 500
MAX_ACTIONS = 10
ACTION = "outage_note"
"""The `reason` of a link between the head and what shall be done about it."""
_OWNER = re.compile(r"(?P<name>[^:]{2,60}):\s+(?P<what>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    at: datetime
    what: str
    """`reported`, `declared`, `claimed`, `announced`, `line`, `ended`."""
    text: str = ""
    """Of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageNote:
    """As it is read and printed: no names but those of who will do something."""

    outage: int
    head: Ticket
    system: str
    since: datetime
    ended_at: datetime
    worked: timedelta
    """Working time lost."""
    full_day: timedelta
    people: int
    cause: Cause
    moments: Sequence[Moment]
    answers: Sequence[tuple[NoteQuestion, str]]
    """Those that were given, in the order of the questions."""
    actions: Sequence[tuple[Ticket, Person | None]]
    """With who has them."""
    readers: broadcasts.Readers | None = None
    """Of what all staff was told of it."""


# --- asked ----------------------------------------------------------------------------------------
def ask_due(work: UseCaseContext) -> None:
    """Every minute: once of each, in working time of a later day than that on which it ended."""
    for outage in work.uow.outages.ended_since(work.now - ASKED_WITHIN):
        if outage.note_asked_at is None and _is_time(work, outage):
            if is_large(work, outage):
                _ask(work, outage)
            else:  # it grows no more: it need not be counted again each minute
                work.uow.outages.save(replace(outage, note_asked_at=work.now))


def _is_time(work: UseCaseContext, outage: Outage) -> bool:
    head = work.uow.tickets.get(outage.ticket)
    time = work.working_time(head.unit)
    if head.restricted or outage.ended_at is None or not time.is_working_at(work.now):
        return False
    return time.local_date(work.now) > time.local_date(outage.ended_at)


def is_large(work: UseCaseContext, outage: Outage) -> bool:
    return outage.length >= LONG or people(work.uow, outage) >= MANY_PEOPLE


def people(uow: UnitOfWork, outage: Outage) -> int:
    """How many had it, whatever became of their tickets."""
    tickets = [uow.tickets.get(one) for one in {outage.ticket, *(one.ticket for one in outage.tickets)}]
    own = {ticket.reporter for ticket in tickets}
    return len(own.union(*(merges.people_beside(uow, ticket) for ticket in tickets)))


def _ask(work: UseCaseContext, outage: Outage) -> None:
    head = work.uow.tickets.get(outage.ticket)
    buttons = [
        Button("Başla", f"note_begin:{head.id}:{outage.id}"),
        Button("Not gerekmiyor", f"note_none:{head.id}:{outage.id}"),
    ]
    places = [place for person in _who_writes(work, head) for place in cards.private_addresses_of(work, person)]
    if not places:
        return
    for place in dict.fromkeys(places):
        work.say(
            place,
            "outage_note_ask",
            buttons=buttons,
            slot=slot(outage),
            fresh=True,
            ticket=head,
            system=outage_news.title(work, outage),
            since=outage.since,
            ended_at=outage.ended_at,
            people=people(work.uow, outage),
        )
    work.uow.outages.save(replace(outage, note_asked_at=work.now))


def slot(outage: Outage) -> str:
    """Of the question whether a note shall be written."""
    return f"outage_note_ask:{outage.id}"


def _who_writes(work: UseCaseContext, head: Ticket) -> Sequence[Person]:
    """Who held it, or did it; where they are away or gone, who leads."""
    for one in (head.holder, head.resolved_by):
        person = None if one is None else work.uow.people.get(one)
        if person is not None and person.works_in(head.unit) and not work.is_away(person):
            return [person]
    return presence.leaders_at_work(work, head.unit)


# --- written --------------------------------------------------------------------------------------
def answer(acting: Acting, outage: Outage, question: NoteQuestion, text: str) -> Outage:
    """In place of what was answered before. Raises NotAllowed, Invalid(`note_of_running`, `news_empty`,
    `news_too_long`)."""
    return _write(acting, outage, _require(acting, outage), question, text)


def keep_cause(acting: Acting, outage: Outage, text: str) -> Outage:
    """Why it was, in the words of whoever ends it: it stands in the note, and those who had it are told nothing of it.

    Raises NotAllowed, Invalid(`news_empty`, `news_too_long`).
    """
    head = acting.uow.tickets.get(outage.ticket)
    require(acting.person, Action.DECLARE_OUTAGE, head)
    return _write(acting, outage, head, NoteQuestion.WHY, text)


def cause_told(work: UseCaseContext, outage: Outage) -> str:
    """As it is worded now; empty where nobody said it, or it was erased."""
    said = next((one for one in outage.note if one.question is NoteQuestion.WHY), None)
    return "" if said is None else work.uow.tickets.entry(said.entry)[1].text


def _write(acting: Acting, outage: Outage, head: Ticket, question: NoteQuestion, text: str) -> Outage:
    text = one_line(text)
    if not any(letter.isalnum() for letter in text):
        raise Invalid("news_empty")
    if len(text) > MAX_LETTERS:
        raise Invalid("news_too_long", limit=MAX_LETTERS)
    entry = entries.write(acting, head, EntryKind.NOTE, text)
    kept = {one.question: one for one in outage.note} | {question: NoteAnswer(question=question, entry=entry.id)}
    written = replace(outage, note=tuple(kept[one] for one in NoteQuestion if one in kept))
    acting.uow.outages.save(written)
    return written


def add_actions(acting: Acting, outage: Outage, text: str) -> Sequence[Ticket]:
    """One a line, `Zeynep: yedek hat istensin`, or without a name one's own: each is a ticket, and bound to the head.

    Raises NotAllowed, Invalid(`note_of_running`, `news_empty`, `news_too_long`, `too_many_actions`, `action_owner`).
    """
    head = _require(acting, outage)
    lines = [line for raw in text.splitlines() if any(map(str.isalnum, line := one_line(raw).lstrip("-•· ")))]
    if not lines:
        raise Invalid("news_empty")
    if len(lines) > MAX_ACTIONS:
        raise Invalid("too_many_actions", limit=MAX_ACTIONS)
    if any(len(line) > MAX_LETTERS for line in lines):
        raise Invalid("news_too_long", limit=MAX_LETTERS)
    meant = [_meant(acting, head, line) for line in lines]
    if any(owner is not None and owner.id != acting.person.id for owner, _ in meant) and not may(
        acting.person, Action.ASSIGN, head
    ):
        raise Invalid("action_owner")
    return [_open(acting, head, place, owner, what) for place, (owner, what) in enumerate(meant)]


def _meant(acting: Acting, head: Ticket, line: str) -> tuple[Person | None, str]:
    """Whose, and what; a word before a colon that names nobody of the unit is part of it."""
    found = _OWNER.fullmatch(line)
    if found is None:
        return None, line
    name = folded(found["name"])
    for one in presence.workers_of(acting, head.unit):
        if name in {folded(one.name), folded(one.short_name), one.handle, folded(one.name).split(" ")[0]}:
            return one, found["what"]
    return None, line


def _open(acting: Acting, head: Ticket, place: int, owner: Person | None, what: str) -> Ticket:
    """In the name of who wrote it, who hears nothing of how it goes: the note shows that. A key of its own, or an edit
    of the message would put all of its lines on one ticket."""
    new = opening.NewTicket(
        written=(opening.Written(what, f"{acting.event_key}:{place}"),),
        reporter=acting.person.id,
        unit=head.unit,
        priority=Priority.NORMAL,
        conversation="",
        untold=True,
        learns=False,
    )
    ticket = opening.open_ticket(acting, new)
    if owner is not None and owner.id != acting.person.id:
        work.assign(acting, ticket, owner.id, although_away=True)
    elif may(acting.person, Action.CLAIM, ticket):
        work.claim(acting, ticket)
    elif head.holder is not None and acting.uow.people.get(head.holder).works_in(head.unit):
        work.assign(acting, ticket, head.holder, although_away=True)
    if not ticket.restricted:
        linking.relate(acting, head, ticket, reason=ACTION)
    return ticket


# --- read -----------------------------------------------------------------------------------------
def look(acting: Acting, outage: Outage) -> OutageNote:
    """Raises NotAllowed, NotFound for what they may not know of, Invalid(`note_of_running`)."""
    head = _require(acting, outage)
    ended_at, time = outage.ended_at or acting.now, acting.working_time(head.unit)
    said = ((one.question, acting.uow.tickets.entry(one.entry)[1].text) for one in outage.note)
    return OutageNote(
        outage=outage.id,
        head=head,
        system=outage_news.title(acting, outage),
        since=outage.since,
        ended_at=ended_at,
        worked=time.elapsed(outage.since, ended_at),
        full_day=time.days.full_day(time.local_date(outage.since)),
        people=people(acting.uow, outage),
        cause=outage.cause or Cause.UNKNOWN,
        moments=_moments(acting, outage, head),
        answers=[(question, text) for question, text in said if text],
        actions=_actions(acting, head),
        readers=outage_news.read_by(acting, outage) if outage.announced_at is not None else None,
    )


def _moments(acting: Acting, outage: Outage, head: Ticket) -> Sequence[Moment]:
    found = [Moment(at=outage.since, what="reported"), Moment(at=outage.declared_at, what="declared")]
    ended_at = outage.ended_at or acting.now
    claims = [
        one.at for one in acting.uow.tickets.history(head.id) if one.what is Change.CLAIMED and one.at <= ended_at
    ]
    found += [Moment(at=at, what="claimed") for at in claims[:1]]
    if outage.announced_at is not None:
        found.append(Moment(at=outage.announced_at, what="announced"))
    for line in outage.updates:
        text = acting.uow.tickets.entry(line.entry)[1].text
        if text:
            found.append(Moment(at=line.at, what="line", text=text))
    return [*sorted(found, key=lambda one: one.at), Moment(at=ended_at, what="ended")]


def _actions(acting: Acting, head: Ticket) -> Sequence[tuple[Ticket, Person | None]]:
    history = timing.history_of(acting, head)
    linked = {one.after for one in history if one.what is Change.LINKED and one.reason == ACTION}
    numbers = [number for number in related(history) if number in linked]
    tickets = acting.uow.tickets.numbered(numbers) if numbers else ()
    return [
        (ticket, None if ticket.holder is None else acting.uow.people.get(ticket.holder))
        for ticket in tickets
        if may(acting.person, Action.READ, ticket)
    ]


def of_ticket(acting: Acting, ticket: Ticket) -> Outage:
    """The last one of that head. Raises NotFound, NotAllowed, Invalid(`no_outage_note`, `note_of_running`)."""
    require(acting.person, Action.READ, ticket)
    outage = acting.uow.outages.latest_of_head(ticket.id)
    if outage is None:
        raise Invalid("no_outage_note", number=ticket.number)
    _require(acting, outage)
    return outage


def lately(acting: Acting) -> Sequence[tuple[Outage, Ticket]]:
    """Those whose note is theirs to read, large or already written of; the newest first."""
    found = []
    for outage in reversed(acting.uow.outages.ended_since(acting.now - LISTED_SINCE)):
        head = acting.uow.tickets.get(outage.ticket)
        allowed = not head.restricted and may(acting.person, Action.KEEP_OUTAGE_NOTE, head)
        if allowed and (outage.note or is_large(acting, outage)):
            found.append((outage, head))
    return found


def ended_between(acting: Acting, unit: UnitId, since: datetime, until: datetime) -> Sequence[tuple[Outage, Ticket]]:
    """Of that unit, the oldest first, large or not; those that they may know of."""
    found = []
    for outage in acting.uow.outages.ended_since(since):
        head = acting.uow.tickets.get(outage.ticket)
        within = outage.ended_at is not None and outage.ended_at < until
        if within and head.unit == unit and not head.restricted and may(acting.person, Action.READ, head):
            found.append((outage, head))
    return found


def _require(acting: Acting, outage: Outage) -> Ticket:
    head = acting.uow.tickets.get(outage.ticket)
    require(acting.person, Action.KEEP_OUTAGE_NOTE, head)
    if head.restricted:
        raise NotFound("outage", outage.id)
    if outage.is_open:
        raise Invalid("note_of_running", number=head.number)
    return head
