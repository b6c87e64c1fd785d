"""`/evrak`: what waits for its answer; one recorded in two presses, answered, extended, passed on; in private."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handlers import dates
from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.document_terms import document_kind_with_term
from handlers.documents import access, news, tracking
from handlers.documents.tracking import Said
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.document_rights import DocumentAction
from handlers.domain.document_tracks import (
    TAKEN_BACK_WITHIN,
    DocumentId,
    DocumentKind,
    DocumentTrack,
    Result,
    overdue_from,
    working_days_left,
)
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number, Series
from handlers.domain.people import Person, PersonId
from handlers.domain.ticket import TicketId
from handlers.messages import Button, PostedMessage
from handlers.people.officers import today_of
from handlers.stock.access import shown_ticket
from knowledge.language.folding import folded, one_line

MAX_SHOWN = 15
MOST_OFFERED = 8
_LETTERS = 160
_RESULTS = {
    Result.DONE: "Gereği yapıldı",
    Result.FILED: "Dosyasına kaldırıldı",
    Result.RETURNED: "İade edildi",
}
_STOP = Button("Vazgeç", "document_stop")


def command(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """Raises NotAllowed, Invalid(`document_…`, `day_missing`)."""
    turn.go_private()
    access.require(turn, DocumentAction.RECORD)
    said = one_line(unicodedata.normalize("NFC", words))[:_LETTERS]
    if not said:
        show_all(turn)
        return
    if (known := _known(turn, said)) is not None:
        show(turn, known)
        return
    ticket = 0 if answered is None or answered.ticket is None else int(answered.ticket)
    _said(turn, DocumentKind.UNDATED, said, ticket)  # a number that cannot be is told before it is asked what it is
    turn.say(
        turn.address,
        "document_which_kind",
        buttons=[
            *(Button(document_kind_with_term(kind), f"document_new:{kind}:{ticket}/{said}") for kind in DocumentKind),
            _STOP,
        ],
        slot="document_new",
        fresh=True,
        registry_no=said.split(" ", 1)[0],
    )


def show_all(turn: Turn) -> None:
    """Their own; all of them for whoever may see those."""
    every = access.may(turn, DocumentAction.SEE)
    found = turn.uow.document_tracks.open(None if every else turn.person.id)
    people = turn.uow.people.of_ids({one.holder for one in found if one.holder is not None})
    turn.say(
        turn.address,
        "documents",
        lines=[(one, _left(turn, one), _over(turn, one), _named(people, one)) for one in found[:MAX_SHOWN]],
        total=len(found),
        every=every,
    )


def show(turn: Turn, one: DocumentTrack) -> None:
    if not access.sees(turn, one):
        raise Invalid("document_known", number=one.number)
    back = [Button("Geri al", f"document_reopen:{one.id}")] if _can_reopen(turn, one) else []
    turn.say(
        turn.address,
        "document_card",
        buttons=news.buttons(one) if one.is_open and _changes(turn, one) else back,
        slot=f"document:{one.id}",
        fresh=True,
        one=one,
        left=_left(turn, one),
        over=_over(turn, one),
        who=None if one.holder is None else turn.uow.people.get(one.holder),
        basis=tracking.term_basis(one),
        ticket_no="" if one.ticket is None else shown_ticket(turn.person, turn.uow.tickets.get(one.ticket)) or "",
    )


def _known(turn: Turn, typed: str) -> DocumentTrack | None:
    """`ET-2026-87`, `et87`, or the number of EBYS."""
    plain = folded(typed).replace(" ", "").upper()
    if plain.startswith(Series.DOCUMENT.value):
        rest = plain.removeprefix(Series.DOCUMENT.value).strip("-")
        year = "" if "-" in rest else f"{today_of(turn).year}-"
        number = Number.parse(f"{Series.DOCUMENT.value}-{year}{rest}") if rest else None
        if number is None:
            return None
        found = turn.uow.document_tracks.numbered(str(number))
        if found is None or not access.sees(turn, found):
            raise Invalid("document_unknown", number=number)
        return found
    return next(iter(turn.uow.document_tracks.registered(typed.split(" ", 1)[0])), None)


# --- a new one --------------------------------------------------------------------------------------
def new(turn: Turn, kind: str, ticket_and_words: str) -> None:
    """Its kind is chosen."""
    turn.go_private()
    ticket, _, words = ticket_and_words.partition("/")
    if DocumentKind(kind) is DocumentKind.DATED:
        _ask(turn, f"new:{ticket_and_words}", "document_until", "document_new", registry_no=words.split(" ", 1)[0])
        return
    _record(turn, _said(turn, DocumentKind(kind), words, int(ticket or 0)))


def _said(turn: Turn, kind: DocumentKind, words: str, ticket: int, last_day: date | None = None) -> Said:
    """`45123 12.11.2026 internet hattı yavaş`: number, day it came, what it is about."""
    number, _, rest = words.partition(" ")
    came_on, subject = today_of(turn), rest
    try:
        read = dates.read(rest, today_of(turn)) if rest else None
    except Invalid as refusal:
        if refusal.reason != "day_missing":
            raise
        read = None
    if read is not None:
        came_on, subject = read.days[0], read.rest
        if came_on > today_of(turn):  # "20 Aralık" in November: the last one that was
            came_on = came_on.replace(year=came_on.year - 1)
    said = Said(
        registry_no=number,
        kind=kind,
        came_on=came_on,
        subject=subject,
        last_day=last_day,
        ticket=TicketId(ticket) if ticket else None,
    )
    return tracking.usable(turn, said)


def _record(turn: Turn, said: Said) -> None:
    one = tracking.record(turn, said)
    news.tell_holder(turn, one)
    turn.receipt(
        Effect.CHANGED,
        "document_recorded",
        buttons=[*news.buttons(one), Button("Geri al", f"document_withdraw:{one.id}")],
        one=one,
        left=_left(turn, one),
        over=_over(turn, one),
        basis=tracking.term_basis(one),
    )


# --- what is done with one --------------------------------------------------------------------------
def ask_answer(turn: Turn, key: str) -> None:
    """Cevaplandı: by which number?"""
    one = _changing(turn, key)
    others = [Button(label, f"document_end:{one.id}:{result}") for result, label in _RESULTS.items()]
    _ask(turn, f"answer:{one.id}", "document_answer_no", f"document:{one.id}", others, one=one)


def ask_extension(turn: Turn, key: str) -> None:
    """Süre uzadı."""
    one = _changing(turn, key)
    _ask(turn, f"extend:{one.id}", "document_new_day", f"document:{one.id}", one=one)


def ask_holder(turn: Turn, key: str) -> None:
    """Devret."""
    one = _changing(turn, key)
    people = [person for person in access.holders(turn) if person.id != one.holder]
    offered = [Button(_name(person), f"document_to:{one.id}:{person.id}") for person in people[:MOST_OFFERED]]
    _ask(turn, f"pass:{one.id}", "document_whom", f"document:{one.id}", offered, one=one)


def said(turn: Turn, waiting: Expectation, text: str) -> None:
    """What was asked is answered in words; where it cannot be used the question stands."""
    what, _, about = waiting.detail.partition(":")
    line = one_line(text)[:_LETTERS]
    if what == "answer":
        _ended(turn, about, Result.ANSWERED, line)
    elif what == "extend":
        _extended(turn, about, _day(turn, line))
    elif what == "pass":
        _passed(turn, about, _somebody(turn, line))
    else:
        ticket, _, words = about.partition("/")
        _record(turn, _said(turn, DocumentKind.DATED, words, int(ticket or 0), _day(turn, line)))
    turn.dialog.expects = None


def end(turn: Turn, key: str, result: str) -> None:
    """Gereği yapıldı, Dosyasına kaldırıldı, İade edildi."""
    _ended(turn, key, Result(result), "")
    _answered(turn, key)


def pass_to(turn: Turn, key: str, person: str) -> None:
    _passed(turn, key, turn.uow.people.get(PersonId(int(person))))
    _answered(turn, key)


def reopen(turn: Turn, key: str) -> None:
    """Geri al."""
    show(turn, tracking.reopen(turn, DocumentId(int(key))))


def withdraw(turn: Turn, key: str) -> None:
    """Geri al, of one that was only just recorded."""
    one = tracking.withdraw(turn, DocumentId(int(key)))
    turn.receipt(Effect.CHANGED, "document_withdrawn", one=one)


def stop(turn: Turn) -> None:
    """Vazgeç: nothing was changed."""
    prompts.cancel_prompt(turn)
    turn.uow.messages.disable_buttons(turn.address, "document_new")


def _ended(turn: Turn, key: str, result: Result, answer_no: str) -> None:
    one = tracking.end(turn, DocumentId(int(key)), result, answer_no)
    turn.say(
        turn.address,
        "document_ended",
        buttons=[Button("Geri al", f"document_reopen:{one.id}")],
        slot=f"document:{one.id}",
        fresh=True,
        one=one,
    )


def _extended(turn: Turn, key: str, last_day: date) -> None:
    show(turn, tracking.extend(turn, DocumentId(int(key)), last_day))


def _passed(turn: Turn, key: str, person: Person) -> None:
    one = tracking.pass_on(turn, DocumentId(int(key)), person.id)
    news.tell_holder(turn, one)
    turn.say(turn.address, "document_passed", slot=f"document:{one.id}", fresh=True, one=one, who=person)


def _answered(turn: Turn, key: str) -> None:
    """By a button: what was asked of that document is asked no more."""
    waiting = turn.dialog.expects
    if waiting is not None and waiting.kind is Expect.TRACKED and waiting.detail.partition(":")[2] == key:
        turn.dialog.expects = None


def _ask(turn: Turn, detail: str, template: str, slot: str, offered: list[Button] | None = None, **about: Any) -> None:
    prompts.cancel_prompt(turn)
    turn.dialog.expects = Expectation(kind=Expect.TRACKED, detail=detail, asked=slot)
    turn.say(turn.address, template, buttons=[*(offered or []), _STOP], slot=slot, fresh=True, **about)


def _day(turn: Turn, typed: str) -> date:
    """Of a day without a year the next one counts. Raises Invalid as `dates.read`."""
    return dates.read(typed, today_of(turn)).days[-1]


def _somebody(turn: Turn, typed: str) -> Person:
    people = [one for one in turn.uow.people.named(typed) if not one.gone]
    if len(people) != 1:
        raise Invalid("document_nobody", typed=typed[:40], several=len(people) > 1)
    return people[0]


def _changing(turn: Turn, key: str) -> DocumentTrack:
    turn.go_private()
    one = turn.uow.document_tracks.get(DocumentId(int(key)))
    access.require_theirs(turn, one)
    tracking.require_open(one)
    return one


def _changes(turn: Turn, one: DocumentTrack) -> bool:
    return one.holder == turn.person.id or access.may(turn, DocumentAction.KEEP)


def _can_reopen(turn: Turn, one: DocumentTrack) -> bool:
    lately = one.ended_at is not None and turn.now - one.ended_at <= TAKEN_BACK_WITHIN
    return lately and one.withdrawn_at is None and _changes(turn, one)


def _left(turn: Turn, one: DocumentTrack) -> int | None:
    if one.last_day is None:
        return None
    return working_days_left(today_of(turn), one.last_day, turn.working_time().is_working_day)


def _over(turn: Turn, one: DocumentTrack) -> bool:
    if one.last_day is None or not one.is_open:
        return False
    return today_of(turn) >= overdue_from(one.last_day, turn.working_time().is_working_day)


def _named(people: Mapping[PersonId, Person], one: DocumentTrack) -> str:
    return "" if one.holder is None else _name(people[one.holder])


def _name(person: Person) -> str:
    return person.name or person.handle


BUTTONS: dict[str, Callable[..., None]] = {
    "document_new": new,
    "document_answer": ask_answer,
    "document_extend": ask_extension,
    "document_pass": ask_holder,
    "document_end": end,
    "document_to": pass_to,
    "document_reopen": reopen,
    "document_withdraw": withdraw,
    "document_stop": lambda turn, *_: stop(turn),
}
