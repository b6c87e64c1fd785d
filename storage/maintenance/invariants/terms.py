"""Süreli kayıtlar: what was renewed has one that goes on from it, the clock looks at what is in force on
the day that follows from it, and each stands in its history."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from handlers.domain.store_events import Stream
from handlers.domain.terms import TermId, TermState
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.terms import SqlTerms
from storage.tables import store_event, term

_other = term.alias("other")
_RENEWALS = (
    select(term.c.number)
    .outerjoin(_other, _other.c.id == term.c.successor)
    .where(
        or_(
            (term.c.state == TermState.RENEWED.value) != term.c.successor.is_not(None),
            _other.c.id == term.c.id,
        )
    )
    .order_by(term.c.id)
)
_WITHOUT_HISTORY = (
    select(term.c.number)
    .where(
        ~select(store_event.c.id)
        .where(store_event.c.stream == Stream.TERM.value, store_event.c.key == term.c.id)
        .exists()
    )
    .order_by(term.c.id)
)
_ALL = select(term.c.id, term.c.next_day).order_by(term.c.id)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_RENEWALS):
        yield f"term {number}", "is renewed by nothing, or by itself"
    for (number,) in ground.rows(_WITHOUT_HISTORY):
        yield f"term {number}", "has no history"
    terms = SqlTerms(ground.transaction)
    for row in list(ground.rows(_ALL)):
        ground.advance(1)
        one = terms.get(TermId(row.id))
        if one.next_day != row.next_day:
            yield f"term {one.number}", f"is looked at on {row.next_day}, by its end and steps on {one.next_day}"
