"""Values with which an edited text is shown before it is saved: made up, and the same each time.

A room an aggregate; what people typed is `Typed`, so that tests can put hostile words in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.samples import (
    absences,
    announcements,
    calendar,
    counts,
    devices,
    documents,
    handovers,
    lists,
    outages,
    people,
    reports,
    scrap,
    stock,
    talk,
    terms,
    tickets,
    trainings,
)
from bot.samples.builders import NOW
from bot.samples.typed import EXAMPLE, Typed
from handlers.context import Desk
from handlers.domain.ticket import EntryKind
from handlers.queries.search import ArticleHit, Part, PersonHit, Results, TicketHit

ROOMS = (
    people.values,
    tickets.values,
    absences.values,
    calendar.values,
    outages.values,
    reports.values,
    lists.values,
    devices.values,
    talk.values,
)
"""No two of them speak of the same name."""
_IN_ONE: Mapping[str, Mapping[str, Any]] = {
    **people.IN_ONE,
    **tickets.IN_ONE,
    **absences.IN_ONE,
    **calendar.IN_ONE,
    **lists.IN_ONE,
    **devices.IN_ONE,
    **announcements.IN_ONE,
    **trainings.IN_ONE,
    **documents.IN_ONE,
    **handovers.IN_ONE,
    **stock.IN_ONE,
    **counts.IN_ONE,
    **terms.IN_ONE,
    **scrap.IN_ONE,
}


def values(name: str, desk: Desk, typed: Typed = EXAMPLE) -> Mapping[str, Any]:
    """Of that text; `desk`: whose subjects and articles it may name."""
    return {**_of_any(typed), **_of_desk(desk, typed), **_IN_ONE.get(name, {})}


@cache
def _of_any(typed: Typed) -> Mapping[str, Any]:
    return {name: value for room in ROOMS for name, value in room(typed).items()}


def _of_desk(desk: Desk, typed: Typed) -> Mapping[str, Any]:
    article = next(iter(desk.knowledge.articles.values()))
    words, it = [Part(typed.words), Part(typed.words, hit=True)], tickets.waiting(typed)
    return {
        "article": article,
        "category": desk.category(article.category),
        "desk": desk,
        "hits": Results(
            typed=typed.words,
            cut=True,
            more=True,
            tickets=[
                TicketHit(ticket=it, reporter=[Part(typed.words)], words=words, stands_in=kind, at=NOW)
                for kind in EntryKind
            ],
            people=[PersonHit(person=people.somebody(typed), about=[Part(typed.words, hit=True)])],
            articles=[ArticleHit(article=article, title=[Part(typed.title)], words=[])],
            meant=[typed.words],
        ),
    }
