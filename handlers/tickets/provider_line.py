"""The line of a remote unit, as who works on its ticket needs it: whom to ring, what they ask for (bylaw 7/17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import UseCaseContext
from handlers.domain.terms import Term, TermKind, TermState
from handlers.domain.ticket import Ticket
from handlers.ports import TermsWanted
from knowledge.language.folding import folded

CATEGORY = "uzak-birim-baglanti"
MOST_SHOWN = 2
_MOST = 500
_LINES = TermsWanted(kinds=frozenset({TermKind.LINE}), states=frozenset({TermState.IN_FORCE}))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLine:
    number: str
    """Of the line; else its name."""
    speed: str
    fault_line: str
    service_no: str
    ends: date | None


def of(work: UseCaseContext, ticket: Ticket) -> Sequence[ProviderLine]:
    """Of the place that the ticket is from, by the list of places or by the words; none for any other ticket."""
    if ticket.category != CATEGORY or not ticket.state.active:
        return ()
    there, said = work.uow.places.of_ticket(ticket.id), _said(work, ticket)
    terms = work.uow.terms.wanted(_LINES, limit=_MOST)
    found = [one for one in terms if (one.place is not None and one.place == there) or _is_named(one, said)]
    return [_line(work, one) for one in found[:MOST_SHOWN]]


def _said(work: UseCaseContext, ticket: Ticket) -> str:
    reporter = work.uow.people.get(ticket.reporter)
    return folded(" ".join((ticket.facts.get("oda", ""), reporter.department, reporter.room, ticket.text)))


def _is_named(term: Term, said: str) -> bool:
    """Each of its words begins a word of what was said: "Yeşilköy Kütüphanesi" in "yeşilköy kütüphanesinde"."""
    words = [word for word in folded(term.place_text).split() if len(word) > 2]
    there = said.split()
    return bool(words) and all(any(one.startswith(word[:6]) for one in there) for word in words)


def _line(work: UseCaseContext, term: Term) -> ProviderLine:
    own = term.line
    vendor = work.uow.vendors.get(term.vendor).reached_at if term.vendor is not None and not own.fault_line else ""
    return ProviderLine(
        number=own.number or term.name,
        speed=own.speed,
        fault_line=own.fault_line or vendor,
        service_no=own.service_no,
        ends=term.ends,
    )
