"""Who edits what the house says: articles and texts."""

from __future__ import annotations

from handlers.domain.people import Person, Role, UnitId

_OF_ALL = frozenset({Role.DIRECTOR, Role.ADMIN})


def units_of_articles(person: Person) -> frozenset[UnitId] | None:
    """Of whose subjects somebody edits the articles, by their own right or as a deputy: a lead those of the own unit,
    director and admin all (None)."""
    if may_keep_texts(person):
        return None
    standings = [] if person.gone else [(person.role, person.unit), *((one.role, one.unit) for one in person.lent)]
    return frozenset(unit for role, unit in standings if role is Role.LEAD and unit is not None)


def may_keep_texts(person: Person) -> bool:
    """What the desk says: an admin or a director, or who deputises for one."""
    return not person.gone and bool(person.roles & _OF_ALL)
