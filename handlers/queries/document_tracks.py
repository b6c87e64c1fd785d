"""What the pages of the documents show: the list, one of them with its history, a year for print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.context import Acting
from handlers.documents import access, tracking
from handlers.domain.document_rights import DocumentAction
from handlers.domain.document_tracks import (
    TAKEN_BACK_WITHIN,
    DocumentId,
    DocumentTrack,
    overdue_from,
    working_days_left,
)
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action
from handlers.domain.rights import may as may_do
from handlers.domain.store_events import Stream
from handlers.people.officers import today_of
from knowledge.language.folding import folded

ENDED_SHOWN = 50
UNREADABLE = "gizli kayıt"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    one: DocumentTrack
    who: str
    left: int | None
    """Working days to its last day; negative: so many are over. None: it has none."""
    over: bool
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    lines: Sequence[DocumentLine]
    """To be answered, the most urgent first."""
    ended: Sequence[DocumentLine]
    every: bool
    """They see everybody's."""
    records: bool
    keeps: bool
    holders: Sequence[Person]
    over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    at: datetime
    what: str
    who: str
    """Who did it; of who acted for somebody "(V.)" stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    line: DocumentLine
    basis: str
    changes: bool
    back: bool
    """It can be opened again."""
    withdraws: bool
    holders: Sequence[Person]
    history: Sequence[HistoryLine]


def look(acting: Acting, words: str = "", only: str = "") -> DocumentsPage:
    """`words`: those that stand on it; `only`: `gecen` those that are over, `benim` their own. Raises NotAllowed."""
    every = access.may(acting, DocumentAction.SEE)
    if not every:
        access.require(acting, DocumentAction.RECORD)
    theirs = None if every and only != "benim" else acting.person.id
    lines = _lines(acting, acting.uow.document_tracks.open(theirs))
    ended = _lines(acting, acting.uow.document_tracks.ended(theirs, limit=ENDED_SHOWN))
    keeps = access.may(acting, DocumentAction.KEEP)
    return DocumentsPage(
        lines=[one for one in lines if _has(one, words) and (only != "gecen" or one.over)],
        ended=[one for one in ended if _has(one, words)] if only != "gecen" else [],
        every=every,
        records=access.may(acting, DocumentAction.RECORD),
        keeps=keeps,
        holders=access.holders(acting) if keeps else [],
        over=sum(one.over for one in lines),
    )


def one(acting: Acting, key: DocumentId) -> DocumentPage:
    """Raises NotFound, of what they may not know as well."""
    found = acting.uow.document_tracks.get(key)
    if not access.sees(acting, found):
        raise NotFound("document", key)
    changes = _may_change(acting, found)
    lately = found.ended_at is not None and acting.now - found.ended_at <= TAKEN_BACK_WITHIN
    theirs = found.made_by == acting.person.id or access.may(acting, DocumentAction.KEEP)
    return DocumentPage(
        line=_lines(acting, [found])[0],
        basis=tracking.term_basis(found),
        changes=changes and found.is_open,
        back=changes and lately and found.withdrawn_at is None,
        withdraws=theirs and found.is_open and acting.now - found.made_at <= TAKEN_BACK_WITHIN,
        holders=access.holders(acting) if changes else [],
        history=_history(acting, found),
    )


def of_year(acting: Acting, year: int) -> Sequence[DocumentLine]:
    """By number, none that was withdrawn; of who may not see all of them their own. Raises NotAllowed."""
    every = access.may(acting, DocumentAction.SEE)
    if not every:
        access.require(acting, DocumentAction.RECORD)
    standing = [one for one in acting.uow.document_tracks.of_year(year) if one.withdrawn_at is None]
    return _lines(acting, [one for one in standing if every or one.holder == acting.person.id])


def _may_change(acting: Acting, found: DocumentTrack) -> bool:
    try:
        access.require_theirs(acting, found)
    except (NotAllowed, NotFound):
        return False
    return True


def _lines(acting: Acting, found: Sequence[DocumentTrack]) -> list[DocumentLine]:
    people = acting.uow.people.of_ids({one.holder for one in found if one.holder is not None})
    tickets = acting.uow.tickets.some([one.ticket for one in found if one.ticket is not None])
    numbers = {
        key: UNREADABLE if ticket.restricted and not may_do(acting.person, Action.READ, ticket) else ticket.number
        for key, ticket in tickets.items()
    }
    today, is_working_day = today_of(acting), acting.working_time().is_working_day
    return [
        DocumentLine(
            one=one,
            who=_name(people, one.holder),
            left=None if one.last_day is None else working_days_left(today, one.last_day, is_working_day),
            over=one.is_open and one.last_day is not None and today >= overdue_from(one.last_day, is_working_day),
            ticket="" if one.ticket is None else numbers[one.ticket],
        )
        for one in found
    ]


def _history(acting: Acting, found: DocumentTrack) -> list[HistoryLine]:
    events = acting.uow.store_events.history(Stream.DOCUMENT, found.id)
    people = acting.uow.people.of_ids({event.who for event in events if event.who is not None})
    return [
        HistoryLine(
            at=event.at,
            what=event.what,
            who=_name(people, event.who) + (" (V.)" if event.acting_for else ""),
        )
        for event in events
    ]


def _name(people: Mapping[PersonId, Person], key: PersonId | None) -> str:
    person = None if key is None else people.get(key)
    return "" if person is None else person.name or person.handle


def _has(line: DocumentLine, words: str) -> bool:
    one = line.one
    written = folded(f"{one.number} {one.registry_no} {one.sender} {one.subject} {one.answer_no} {line.who}")
    return all(word in written for word in folded(words).split())
