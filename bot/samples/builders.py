"""Plain objects with everything that their reader does not care about filled in; tests build with them, too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from handlers.domain.people import Person, PersonId, Role
from handlers.domain.states import ACTIVE, State
from handlers.domain.ticket import Ticket, TicketId

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning."""
AYSE, MEHMET, ZEYNEP = PersonId(1), PersonId(2), PersonId(3)


def ticket(state: State = State.OPEN, **about: Any) -> Ticket:
    """In that state as it would have come there: held by mehmet wherever somebody must hold it."""
    values: dict[str, Any] = {
        "unit": "donanim",
        "category": "yazici-yazdirmiyor",
        "text": "yazıcı çıktı vermiyor",
        "reporter": AYSE,
        "conversation": "web:p:ayse",
        "opened_at": NOW,
        "opened_by": AYSE,
        "number": "2026-000001",
        "id": TicketId(1),
        "state": state,
        "holder": None if state is State.OPEN else MEHMET,
        "resolved_at": NOW if state in (State.RESOLVED, State.CLOSED) else None,
        "ended_at": None if state in ACTIVE or state is State.RESOLVED else NOW,
    }
    return Ticket(**values | about)


def person(role: Role = Role.REQUESTER, unit: str | None = None, **about: Any) -> Person:
    values: dict[str, Any] = {
        "handle": "veli",
        "name": "Veli Can",
        "department": "Park ve Bahçeler",
        "role": role,
        "unit": unit or ("donanim" if role.needs_unit else None),
        "id": PersonId(7),
    }
    return Person(**values | about)
