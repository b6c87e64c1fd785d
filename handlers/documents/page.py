"""What the pages of the documents ask for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from handlers.context import Acting
from handlers.documents import access, news, tracking
from handlers.documents.tracking import Said
from handlers.domain.document_rights import DocumentAction
from handlers.domain.document_tracks import (
    MOST_ENCLOSURES,
    DocumentId,
    DocumentKind,
    DocumentTrack,
    Result,
    require_days,
)
from handlers.domain.errors import Invalid
from handlers.domain.keys import key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.people import PersonId
from handlers.domain.rights import Action
from handlers.domain.ticket_number import parse
from handlers.people.list_changes import carried_out
from handlers.people.officers import today_of
from handlers.tickets import numbers

_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)


class DocumentWish(StrEnum):
    RECORD = "document_record"
    CORRECT = "document_correct"
    EXTEND = "document_extend"
    PASS_ON = "document_pass_on"  # noqa: S105 # a wish, no password
    END = "document_end"
    REOPEN = "document_reopen"
    WITHDRAW = "document_withdraw"


def try_out(acting: Acting, action: DocumentWish, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    if action is DocumentWish.RECORD:
        access.require(acting, DocumentAction.RECORD)
        tracking.usable(acting, said_of(acting, given))
        return
    one = acting.uow.document_tracks.get(_key(given))
    if action is DocumentWish.WITHDRAW and one.made_by == acting.person.id:
        return
    access.require_theirs(acting, one)
    match action:
        case DocumentWish.CORRECT:
            tracking.require_open(one)
            tracking.usable(acting, said_of(acting, given), one)
        case DocumentWish.EXTEND:
            tracking.require_open(one)
            require_days(one.came_on, today_of(acting), None, _required_day(given, "last_day"))
        case DocumentWish.PASS_ON:
            tracking.require_open(one)
            tracking.require_holder(acting, _person(given))
        case DocumentWish.END:
            tracking.require_open(one)
            tracking.require_answer(_result(given), given.get("answer_no", ""))
        case _:
            pass


def carry_out(acting: Acting, action: DocumentWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: DocumentWish, given: Mapping[str, str]) -> bool:
    if action is DocumentWish.RECORD:
        holder = _person(given) if given.get("holder") else None
        news.tell_holder(acting, tracking.record(acting, said_of(acting, given), holder))
        return True
    before = acting.uow.document_tracks.get(_key(given))
    after = _changed(acting, action, before, given)
    if action is DocumentWish.PASS_ON and after != before:
        news.tell_holder(acting, after)
    return after != before


def _changed(acting: Acting, action: DocumentWish, one: DocumentTrack, given: Mapping[str, str]) -> DocumentTrack:
    match action:
        case DocumentWish.CORRECT:
            return tracking.correct(acting, one.id, said_of(acting, given))
        case DocumentWish.EXTEND:
            return tracking.extend(acting, one.id, _required_day(given, "last_day"))
        case DocumentWish.PASS_ON:
            return tracking.pass_on(acting, one.id, _person(given))
        case DocumentWish.END:
            return tracking.end(acting, one.id, _result(given), given.get("answer_no", ""))
        case DocumentWish.REOPEN:
            return tracking.reopen(acting, one.id)
        case _:
            return tracking.withdraw(acting, one.id)


def said_of(acting: Acting, given: Mapping[str, str]) -> Said:
    """Raises Invalid(`document_day`, `document_enclosures`) and as `numbers.find`."""
    kind, enclosures = given.get("kind", ""), given.get("enclosures", "").strip() or "0"
    if not (enclosures.isascii() and enclosures.isdecimal() and len(enclosures) <= len(str(MOST_ENCLOSURES))):
        raise Invalid("document_enclosures", most=MOST_ENCLOSURES)
    number = parse(given.get("ticket", "").strip())
    ticket = None if number is None else numbers.find(acting, number, Action.NOTE).id
    return Said(
        registry_no=given.get("registry_no", ""),
        kind=DocumentKind(kind) if kind in set(DocumentKind) else DocumentKind.UNDATED,
        came_on=_day(given, "came_on"),
        dated=_day(given, "dated"),
        sender=given.get("sender", ""),
        subject=given.get("subject", ""),
        last_day=_day(given, "last_day"),
        enclosures=int(enclosures),
        ticket=ticket,
    )


def _day(given: Mapping[str, str], name: str) -> date | None:
    """`12.11.2026`, or as a browser's own field writes it: `2026-11-12`."""
    typed = given.get(name, "").strip()
    if not typed:
        return None
    match = _DAY.fullmatch(typed)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(typed)
    except ValueError:
        raise Invalid("document_day", typed=typed[:20]) from None


def _required_day(given: Mapping[str, str], name: str) -> date:
    day = _day(given, name)
    if day is None:
        raise Invalid("document_day", typed="")
    return day


def _result(given: Mapping[str, str]) -> Result:
    result = given.get("result", "")
    return Result(result) if result in set(Result) else Result.ANSWERED


def _key(given: Mapping[str, str]) -> DocumentId:
    """Raises NotFound for what is no key."""
    return DocumentId(key_in(given, "id", "document"))


def _person(given: Mapping[str, str]) -> PersonId:
    return PersonId(key_in(given, "holder", "person"))
