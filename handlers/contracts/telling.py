"""What ends is told in time, once a step; thirty days before the end a ticket opens by itself (bylaw 10/22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.context import UseCaseContext
from handlers.contracts import history
from handlers.domain.people import Person, PersonId
from handlers.domain.terms import OF_TERM, Term, TermKind, TermState
from handlers.domain.ticket import Ticket
from handlers.inflections import at_whom
from handlers.people.officers import answerable_now
from handlers.spoken_time import MONTHS
from handlers.term_words import term_name
from handlers.tickets import cards, presence, recurring_opening

CATEGORIES: dict[TermKind, str] = {
    TermKind.WARRANTY: "donanim-talebi",
    TermKind.LINE: "yeni-ag-hatti",
    TermKind.LICENCE: "yazilim-kurulum",
}
"""Of the ticket that opens for one, where it is its unit's: a request. Those of other kinds are the unit's alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTerm:
    """A line of what is told."""

    term: Term
    left: int
    """Days; below 0: it ended."""
    ticket: str
    """The number of the one that opened for it; empty: none."""


def tell_due(work: UseCaseContext) -> None:
    """A tick: whoever answers for it hears in their working time, of all that came due in one message."""
    told: dict[PersonId, list[ToldTerm]] = {}
    people: dict[PersonId, Person] = {}
    for term in work.uow.terms.to_look_at(work.working_time().local_date(work.now)):
        time_of_unit = work.working_time(term.unit)
        if not time_of_unit.is_working_at(work.now):
            continue
        line = _due(work, term, time_of_unit.local_date(work.now))
        if line is None:
            continue
        for person in _told_people(work, term):
            people[person.id] = person
            told.setdefault(person.id, []).append(line)
    for key, lines in told.items():
        for address in cards.private_addresses_of(work, people[key]):
            work.say(address, "terms_due", lines=lines)


def _due(work: UseCaseContext, term: Term, today: date) -> ToldTerm | None:
    """What is to be told of it; None: nothing is."""
    left = term.days_left(today)
    if left is None:
        return None
    if term.has_ended(today):
        _save(work, "ended", replace(term, state=TermState.ENDED, changed_state_at=work.now), term)
        return ToldTerm(term=term, left=left, ticket=_number(work, term))
    step, changed = term.step_due(today), term
    if step is not None:
        changed = changed.with_told(step, today)
    if term.needs_ticket(today):
        ticket = open_ticket(work, term)
        changed = changed if ticket is None else replace(changed, ticket=ticket.id)
    if changed == term:
        return None
    _save(work, "told" if step is not None else "ticket_opened", changed, term)
    return None if step is None else ToldTerm(term=changed, left=left, ticket=_number(work, changed))


def open_ticket(work: UseCaseContext, term: Term) -> Ticket | None:
    """None where nobody is in its unit."""
    assert term.ends is not None
    category = CATEGORIES.get(term.kind)
    known = work.desk.category(category)
    title = f"{term_name(term)} {at_whom(f'{term.ends:%d.%m.%Y}')} bitiyor"
    draft = f"{OF_TERM}{term.id}:{term.ends.isoformat()}"
    before = work.uow.tickets.of_draft(draft)
    if before is not None:  # its end was moved there and back
        return before
    facts = {"son": f"{term.ends.day} {MONTHS[term.ends.month - 1]} {term.ends.year}"}
    own = category if known is not None and known.unit == term.unit else None
    return recurring_opening.open_ticket(work, term.unit, title, draft, own, facts)


def _told_people(work: UseCaseContext, term: Term) -> Sequence[Person]:
    holders = [] if term.office is None else answerable_now(work, term.office)
    found = [*(work.uow.people.get(one.person) for one in holders), *presence.leaders_at_work(work, term.unit)]
    return list({one.id: one for one in found}.values())


def _number(work: UseCaseContext, term: Term) -> str:
    if term.ticket is None:
        return ""
    ticket = work.uow.tickets.get(term.ticket)
    return ticket.number if ticket.state.active else ""


def _save(work: UseCaseContext, what: str, after: Term, before: Term) -> None:
    history.note_term(work, what, work.uow.terms.save(after), before)
