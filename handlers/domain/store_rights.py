"""Who may do what to the lists that the stores stand on; `handlers.domain.rights` is about tickets and people."""

from __future__ import annotations

from enum import StrEnum

from handlers.domain.errors import NotAllowed
from handlers.domain.people import Person, Role


class StoreAction(StrEnum):
    NAME_OFFICERS = "name_officers"
    """Who is ambar sorumlusu, taşınır kayıt yetkilisi …"""
    KEEP_PLACES = "keep_places"
    """Which buildings, floors and rooms there are."""


_MAY = {
    StoreAction.NAME_OFFICERS: frozenset({Role.DIRECTOR, Role.ADMIN}),
    StoreAction.KEEP_PLACES: frozenset({Role.LEAD, Role.ADMIN}),
}


def may_in_stores(person: Person, action: StoreAction) -> bool:
    """By their own role, or as a deputy."""
    return not person.gone and bool(person.roles & _MAY[action])


def require_in_stores(person: Person, action: StoreAction) -> None:
    """Raises NotAllowed."""
    if not may_in_stores(person, action):
        raise NotAllowed(action, person.handle)
