"""Who may what in the depot."""

from __future__ import annotations

from handlers.context import Acting, UseCaseContext
from handlers.domain.device_rights import UNIT_OF_DEVICES
from handlers.domain.errors import NotAllowed
from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action
from handlers.domain.rights import may as may_do
from handlers.domain.stock_rights import KEEPING_OFFICES, READING_OFFICES, StockAction, keeps_for_nobody, sees
from handlers.domain.ticket import Ticket
from handlers.people.officers import answerable_now, require_office
from handlers.tickets import presence


def require(acting: Acting, action: StockAction) -> tuple[PersonId, ...]:
    """In whose place they do it; empty: by their own right. Raises NotAllowed."""
    if action is StockAction.SEE:
        return () if sees(acting.person) else require_office(acting, READING_OFFICES).acting_for
    in_place_of = keeps_for_nobody(acting.person)
    if in_place_of is not None and not answerable_now(acting, Office.AMBAR):
        return in_place_of
    return require_office(acting, KEEPING_OFFICES).acting_for


def may(acting: Acting, action: StockAction) -> bool:
    try:
        require(acting, action)
    except NotAllowed:
        return False
    return True


def keepers(acting: Acting) -> list[Person]:
    """Who looks after the depot now: whoever holds `ambar`, else the leads of donanim."""
    held = [acting.uow.people.get(one.person) for one in answerable_now(acting, Office.AMBAR)]
    return held or presence.leads_of(acting, UNIT_OF_DEVICES)


def told_of_minimum(acting: Acting) -> list[Person]:
    """The ambar sorumlusu, the leads of donanim and the director (Taşınır Mal Yönetmeliği m.6/4-f), once each."""
    people: list[Person] = [*keepers(acting), *_leaders(acting)]
    return list({one.id: one for one in people}.values())


def shown_ticket(person: Person, ticket: Ticket) -> str | None:
    """Its number; None: it is a security matter that they may not read."""
    return None if ticket.restricted and not may_do(person, Action.READ, ticket) else ticket.number


def _leaders(work: UseCaseContext) -> list[Person]:
    return [*presence.leads_of(work, UNIT_OF_DEVICES), *presence.directors_of(work)]
