"""Kimler etkileniyor? Asked of a fault that may be many people's, where nothing tells it; the answer may raise its
priority."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.states import Change, Priority
from handlers.domain.ticket import Entry, Ticket
from handlers.terms import IMPACTS, PRIORITIES
from handlers.tickets import cards, missing_facts, notifications, priority, timing
from knowledge import Impact, severity_of
from knowledge.language.folding import folded

FACT = "etkilenen"
"""The name among a ticket's facts of what tells it."""
ANSWERS = {Impact.PERSON: "Yalnızca ben", Impact.OFFICE: "Odamız", Impact.HOUSE: "Birçok yer"}
LATELY = timedelta(minutes=30)
"""Others' tickets of the same subject that came within it tell as much."""
_WORDS = {
    Impact.HOUSE: (
        "bircok",
        "herkes",
        "herkez",
        "hepsi",
        "butun",
        "tum",
        "bina",
        "kurum",
        "her yer",
        "katta",
        "cok yer",
    ),
    Impact.OFFICE: ("oda", "birim", "servis", "mudurluk", "hepimiz", "arkadas", "ofis"),
    Impact.PERSON: ("ben", "bana", "bende", "benim", "sadece", "yalniz", "tek"),
}
"""In an answer that was typed; the first that is found counts."""


def is_asked(work: UseCaseContext, ticket: Ticket) -> bool:
    """Never of a request or in an emergency, nor where the words or others' tickets say it."""
    subject = work.desk.category(ticket.category)
    if subject is None or not subject.asks_impact or work.desk.is_request(subject.id):
        return False
    if ticket.priority is Priority.URGENT or ticket.facts.get(FACT) or _is_said(ticket):
        return False
    others = work.uow.timings.lately(ticket.unit, ticket.category, work.now - LATELY)
    return all(other.reporter == ticket.reporter for other in others)


def _is_said(ticket: Ticket) -> bool:
    weighed = ticket.facts.get("oncelik", "")
    return severity_of(ticket.text).impact is not None or weighed.startswith((IMPACTS["birim"], IMPACTS["kurum"]))


def meant(text: str) -> Impact | None:
    """By an answer in their own words; None where it tells nothing of it."""
    if (said := severity_of(text).impact) is not None:
        return said
    words = folded(text)
    return next((impact for impact, known in _WORDS.items() if any(word in words for word in known)), None)


def tell(acting: Acting, ticket: Ticket, impact: Impact | None, text: str) -> Entry | None:
    """Kept as what they told of it; None: the ticket has ended. Its priority rises where the table says so, and nobody
    has set another one meanwhile."""
    told = missing_facts.complete(acting, ticket, FACT, text)
    if told is not None and impact is not None and ticket.state.active:
        _weigh_anew(acting, ticket, impact, text)
    return told


def _weigh_anew(acting: Acting, ticket: Ticket, impact: Impact, text: str) -> None:
    if any(event.what is Change.PRIORITISED for event in timing.history_of(acting, ticket)):
        return
    said = severity_of(ticket.text)
    weighed = priority.weigh(replace(said, impact=impact, words=(text, *said.words)), floor=ticket.priority)
    if weighed.priority is ticket.priority:
        return
    ticket.prioritise(weighed.priority, by=None, at=acting.now, channel=acting.channel)
    ticket.facts["oncelik"] = weighed.why
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    notifications.reporter(acting, ticket, "update_priority", priority=PRIORITIES[ticket.priority])
    if ticket.priority is Priority.URGENT:
        cards.tell_workers(acting, ticket, "work_urgent", by=acting.person, title=acting.desk.subject(ticket))
