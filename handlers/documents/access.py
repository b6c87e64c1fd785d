"""Who may what with the documents to be answered."""

from __future__ import annotations

from handlers.context import Acting, UseCaseContext
from handlers.domain.document_rights import DocumentAction, by_role
from handlers.domain.document_tracks import DocumentTrack
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId, Role
from handlers.people.officers import answerable_now, require_office

HOLDERS = frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR})
_OF_THE_OFFICE = (Office.EVRAK,)


def require(acting: Acting, action: DocumentAction) -> tuple[PersonId, ...]:
    """In whose place they do it; empty: by their own right. Raises NotAllowed."""
    if (in_place_of := by_role(acting.person, action)) is not None:
        return in_place_of
    return require_office(acting, _OF_THE_OFFICE).acting_for


def may(acting: Acting, action: DocumentAction) -> bool:
    try:
        require(acting, action)
    except NotAllowed:
        return False
    return True


def require_theirs(acting: Acting, one: DocumentTrack) -> tuple[PersonId, ...]:
    """They hold it, or may do whatever is done with any. Raises NotFound where they may not even know of it,
    NotAllowed."""
    if one.holder == acting.person.id and may(acting, DocumentAction.RECORD):
        return ()
    if not sees(acting, one):
        raise NotFound("document", one.id)
    return require(acting, DocumentAction.KEEP)


def sees(acting: Acting, one: DocumentTrack) -> bool:
    return acting.person.id in (one.holder, one.made_by) or may(acting, DocumentAction.SEE)


def can_hold(acting: Acting, person: Person) -> bool:
    """Those who work here, and whoever holds the office."""
    if person.gone:
        return False
    officers = [one.person for one in answerable_now(acting, Office.EVRAK)]
    return bool(person.roles & HOLDERS) or person.id in officers


def holders(acting: Acting) -> list[Person]:
    """Whom one can be passed on to, by name."""
    working = [one for role in sorted(HOLDERS) for one in acting.uow.people.in_role(role)]
    officers = [acting.uow.people.get(one.person) for one in answerable_now(acting, Office.EVRAK)]
    found = {one.id: one for one in (*working, *officers) if not one.gone}
    return sorted(found.values(), key=lambda one: (one.name or one.handle, one.id))


def directors(work: UseCaseContext) -> list[Person]:
    return list(work.uow.people.in_role(Role.DIRECTOR))
