"""Recording a document to be answered, passing it on, moving its last day, ending it; each a line of its history, each
with a way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from handlers.context import Acting
from handlers.documents import access, history
from handlers.domain.document_rights import DocumentAction
from handlers.domain.document_tracks import (
    MAX_REGISTRY_LETTERS,
    MAX_SENDER_LETTERS,
    MAX_SUBJECT_LETTERS,
    MOST_ENCLOSURES,
    TAKEN_BACK_WITHIN,
    TERMS,
    DocumentId,
    DocumentKind,
    DocumentTrack,
    Result,
    last_day_of,
    require_days,
)
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.domain.rights import Action
from handlers.domain.rights import require as require_of_ticket
from handlers.domain.ticket import TicketId
from handlers.people.officers import today_of
from knowledge.language.device_keys import make_key
from knowledge.language.folding import folded, one_line

SECRET_WORDS = ("gizlilik dereceli", "cok gizli", "hizmete ozel", "kisiye ozel", "gizli evrak", "gizli yazi")
"""What is marked so stays in EBYS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    registry_no: str
    kind: DocumentKind
    came_on: date | None = None
    """None: today."""
    dated: date | None = None
    sender: str = ""
    subject: str = ""
    last_day: date | None = None
    """None: as the law has it for its kind."""
    enclosures: int = 0
    ticket: TicketId | None = None


def usable(acting: Acting, said: Said, own: DocumentTrack | None = None) -> Said:
    """As it would be kept; `own`: what it corrects. Raises NotAllowed, Invalid(`document_number`, `document_too_long`,
    `document_secret`, `document_known`, `document_no_day`, `document_enclosures`) and as `require_days`."""
    registry_no, sender, subject = one_line(said.registry_no), one_line(said.sender), one_line(said.subject)
    if not any(letter.isdigit() for letter in make_key(registry_no)):
        raise Invalid("document_number", typed=registry_no[:MAX_REGISTRY_LETTERS])
    for typed, most in (
        (registry_no, MAX_REGISTRY_LETTERS),
        (sender, MAX_SENDER_LETTERS),
        (subject, MAX_SUBJECT_LETTERS),
    ):
        if len(typed) > most:
            raise Invalid("document_too_long", most=most, typed=typed[:20])
    if any(word in folded(f"{sender} {subject}") for word in SECRET_WORDS):
        raise Invalid("document_secret")
    if not 0 <= said.enclosures <= MOST_ENCLOSURES:
        raise Invalid("document_enclosures", most=MOST_ENCLOSURES)
    today = today_of(acting)
    came_on = said.came_on or today
    known = [one for one in acting.uow.document_tracks.registered(registry_no) if one.came_on.year == came_on.year]
    if other := next((one for one in known if own is None or one.id != own.id), None):
        raise Invalid("document_known", number=other.number)
    if said.kind is DocumentKind.DATED and said.last_day is None:
        raise Invalid("document_no_day")
    last_day = said.last_day or last_day_of(said.kind, came_on, acting.working_time().is_working_day)
    if said.kind is DocumentKind.UNDATED:
        last_day = None
    require_days(came_on, today, said.dated, last_day)
    return replace(said, registry_no=registry_no, sender=sender, subject=subject, came_on=came_on, last_day=last_day)


def record(acting: Acting, said: Said, holder: PersonId | None = None) -> DocumentTrack:
    """Held by whoever records it, where nobody is named. Raises as `usable` and `pass_on`."""
    in_place_of = access.require(acting, DocumentAction.RECORD)
    kept = usable(acting, said)
    somebody = acting.person.id if holder is None else holder
    if somebody != acting.person.id:
        access.require(acting, DocumentAction.KEEP)
    require_holder(acting, somebody)
    if kept.ticket is not None:
        require_of_ticket(acting.person, Action.NOTE, acting.uow.tickets.get(kept.ticket))
    assert kept.came_on is not None  # `usable` fills it
    one = acting.uow.document_tracks.add(
        DocumentTrack(
            number=acting.uow.counters.next(Series.DOCUMENT, today_of(acting).year),
            registry_no=kept.registry_no,
            came_on=kept.came_on,
            dated=kept.dated,
            sender=kept.sender,
            subject=kept.subject,
            kind=kept.kind,
            last_day=kept.last_day,
            enclosures=kept.enclosures,
            holder=somebody,
            ticket=kept.ticket,
            made_by=acting.person.id,
            made_at=acting.now,
        )
    )
    history.note(acting, "recorded", one, acting_for=in_place_of)
    return one


def correct(acting: Acting, key: DocumentId, said: Said) -> DocumentTrack:
    """What was typed wrong. A last day that was moved stays, where neither kind nor arrival changes. Raises NotAllowed,
    NotFound, Stale, Invalid(`document_over`) and as `usable`."""
    one = acting.uow.document_tracks.get(key)
    in_place_of = access.require_theirs(acting, one)
    require_open(one)
    if said.last_day is None and (said.kind, said.came_on) == (one.kind, one.came_on):
        said = replace(said, last_day=one.last_day)
    kept = usable(acting, said, one)
    assert kept.came_on is not None  # `usable` fills it
    changed = replace(
        one,
        registry_no=kept.registry_no,
        came_on=kept.came_on,
        dated=kept.dated,
        sender=kept.sender,
        subject=kept.subject,
        kind=kept.kind,
        last_day=kept.last_day,
        enclosures=kept.enclosures,
    )
    return _saved(acting, "corrected", one, changed, in_place_of)


def pass_on(acting: Acting, key: DocumentId, person: PersonId) -> DocumentTrack:
    """Havale, Devret. Raises NotAllowed, NotFound, Stale, Invalid(`document_over`, `document_holder`)."""
    one = acting.uow.document_tracks.get(key)
    in_place_of = access.require_theirs(acting, one)
    require_open(one)
    require_holder(acting, person)
    return _saved(acting, "passed_on", one, replace(one, holder=person), in_place_of)


def extend(acting: Acting, key: DocumentId, last_day: date) -> DocumentTrack:
    """Süre uzadı: reminders begin anew. Raises NotAllowed, NotFound, Stale, Invalid(`document_over`) and as
    `require_days`."""
    one = acting.uow.document_tracks.get(key)
    in_place_of = access.require_theirs(acting, one)
    require_open(one)
    require_days(one.came_on, today_of(acting), None, last_day)
    kind = DocumentKind.DATED if one.kind is DocumentKind.UNDATED else one.kind
    return _saved(acting, "term_moved", one, replace(one, last_day=last_day, kind=kind), in_place_of)


def end(acting: Acting, key: DocumentId, result: Result, answer_no: str = "") -> DocumentTrack:
    """Unchanged where it ended so before. Raises NotAllowed, NotFound, Stale, Invalid(`document_over`,
    `document_answer`, `document_too_long`)."""
    one = acting.uow.document_tracks.get(key)
    in_place_of = access.require_theirs(acting, one)
    answer_no = one_line(answer_no)
    if (one.result, one.answer_no) == (result, answer_no) and one.withdrawn_at is None:
        return one
    require_open(one)
    require_answer(result, answer_no)
    ended = replace(one, result=result, answer_no=answer_no, ended_at=acting.now, ended_by=acting.person.id)
    return _saved(acting, "ended", one, ended, in_place_of)


def reopen(acting: Acting, key: DocumentId) -> DocumentTrack:
    """Geri al: it is not over after all. Unchanged where it is open. Raises NotAllowed, NotFound, Stale,
    Invalid(`document_old`)."""
    one = acting.uow.document_tracks.get(key)
    in_place_of = access.require_theirs(acting, one)
    if one.is_open:
        return one
    if one.ended_at is None or acting.now - one.ended_at > TAKEN_BACK_WITHIN:
        raise Invalid("document_old", days=TAKEN_BACK_WITHIN.days)
    again = replace(one, result=None, answer_no="", ended_at=None, ended_by=None)
    return _saved(acting, "reopened", one, again, in_place_of)


def withdraw(acting: Acting, key: DocumentId) -> DocumentTrack:
    """It was a slip: it leaves the lists, its number stays. Raises NotAllowed, NotFound, Stale, Invalid(`document_old`,
    `document_over`)."""
    one = acting.uow.document_tracks.get(key)
    if one.made_by == acting.person.id:
        in_place_of: tuple[PersonId, ...] = ()
    else:
        access.require_theirs(acting, one)
        in_place_of = access.require(acting, DocumentAction.KEEP)
    if one.withdrawn_at is not None:
        return one
    require_open(one)
    if acting.now - one.made_at > TAKEN_BACK_WITHIN:
        raise Invalid("document_old", days=TAKEN_BACK_WITHIN.days)
    return _saved(acting, "withdrawn", one, replace(one, withdrawn_at=acting.now), in_place_of)


def require_open(one: DocumentTrack) -> None:
    """Raises Invalid(`document_over`)."""
    if not one.is_open:
        raise Invalid("document_over", number=one.number)


def require_answer(result: Result, answer_no: str) -> None:
    """Raises Invalid(`document_answer`, `document_too_long`)."""
    if result is Result.ANSWERED and not any(letter.isdigit() for letter in answer_no):
        raise Invalid("document_answer", typed=answer_no[:MAX_REGISTRY_LETTERS])
    if len(answer_no) > MAX_REGISTRY_LETTERS:
        raise Invalid("document_too_long", most=MAX_REGISTRY_LETTERS, typed=answer_no[:20])


def term_basis(one: DocumentTrack) -> str:
    """`3071 m.7`; empty: none of the law."""
    return TERMS[one.kind].basis if one.kind in TERMS else ""


def require_holder(acting: Acting, key: PersonId) -> None:
    """Raises NotFound, Invalid(`document_holder`)."""
    person = acting.uow.people.get(key)
    if not access.can_hold(acting, person):
        raise Invalid("document_holder", who=person.name or person.handle)


def _saved(
    acting: Acting, what: str, before: DocumentTrack, after: DocumentTrack, in_place_of: tuple[PersonId, ...]
) -> DocumentTrack:
    if after == before:
        return before
    saved = acting.uow.document_tracks.save(after)
    history.note(acting, what, saved, before, acting_for=in_place_of)
    return saved
