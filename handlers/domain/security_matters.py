"""Of which security matters somebody may know, for what is only counted: nobody learns from a number that there is
one."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.domain.audience import Readers
from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.rights import scopes


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMatters:
    units: frozenset[UnitId] | None = frozenset()
    """Those of these units; None: all."""
    held_by: PersonId | None = None
    """And those that this person holds."""


ALL = KnownMatters(units=None)
NONE = KnownMatters()


def known_to(person: Person) -> KnownMatters:
    """By their own right or as a deputy; what they reported themselves is not looked at."""
    found = scopes(person)
    seen = [one.unit for one in found if one.restricted]
    held = next((one.held_by for one in found if one.held_by is not None), None)
    units = None if None in seen else frozenset(unit for unit in seen if unit is not None)
    return KnownMatters(units=units, held_by=held)


def known_there(readers: Readers) -> KnownMatters:
    """To everybody who reads along: in a room none."""
    return NONE if readers.person is None else known_to(readers.person)
