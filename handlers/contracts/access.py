"""Who may what with süreli kayıtlar and firmalar."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.errors import NotAllowed
from handlers.domain.people import PersonId
from handlers.domain.rights import Action
from handlers.domain.rights import may as may_do
from handlers.domain.term_rights import OFFICES, TermAction, by_role
from handlers.domain.terms import Term
from handlers.people.officers import require_office


def require(acting: Acting, action: TermAction) -> tuple[PersonId, ...]:
    """In whose place they do it; empty: by their own right. Raises NotAllowed."""
    in_place_of = by_role(acting.person, action)
    if in_place_of is not None:
        return in_place_of
    return require_office(acting, OFFICES[action]).acting_for


def may(acting: Acting, action: TermAction) -> bool:
    try:
        require(acting, action)
    except NotAllowed:
        return False
    return True


def require_renews(acting: Acting, term: Term) -> tuple[PersonId, ...]:
    """Whoever keeps terms, or completes the ticket that opened for this one. Raises NotAllowed."""
    if term.ticket is not None and may_do(acting.person, Action.RESOLVE, acting.uow.tickets.get(term.ticket)):
        return ()
    return require(acting, TermAction.KEEP)


def renews(acting: Acting, term: Term) -> bool:
    try:
        require_renews(acting, term)
    except NotAllowed:
        return False
    return True
