"""Who works at the desk: inviting somebody, and ending the rights of one who left."""

from __future__ import annotations

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, Role, UnitId
from handlers.domain.rights import Action, require
from handlers.events import AccountClosed
from handlers.people import join_codes
from handlers.tickets import cards, holders


def invite(acting: Acting, *, role: Role, unit: UnitId | None, name: str = "") -> str:
    """A one-time code that gives that role. Raises as `join_codes.invite`."""
    require(acting.person, Action.MANAGE_PEOPLE)
    code = join_codes.invite(acting.uow, acting.desk.randomness, role=role, unit=unit, name=name, now=acting.now)
    acting.uow.audit.log(acting.now, acting.person.id, "invited", f"{role}:{unit or '-'}", acting.channel)
    return code


def end_rights(acting: Acting, person: Person) -> int:
    """Somebody left: how many tickets went back to the queue. Raises Invalid(`not_yourself`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if person.id == acting.person.id:
        raise Invalid("not_yourself")
    return close_rights(acting, person)


def account_closed(work: UseCaseContext, event: AccountClosed) -> None:
    """Rights end everywhere, not only on the platform that told of it. Admins hear of everybody who had a role."""
    person = work.uow.people.by_account(event.sender)
    if person is None or person.gone:
        return
    role = person.role
    count = close_rights(work, person)
    if role is Role.REQUESTER:
        return
    for admin in work.uow.people.in_role(Role.ADMIN):
        for private in cards.private_addresses_of(work, admin):
            work.say(private, "account_closed", who=person, role=role, count=count, channel=event.channel)


def close_rights(work: UseCaseContext, person: Person, *, by_list: bool = False) -> int:
    """Somebody left the municipality: rights and sessions end, their work goes back to the queue; how many tickets.

    `by_list`: a staff list has them no more; what they were comes back with a list that has them again.
    """
    person.leave(work.now, by_list=by_list)
    work.uow.people.save(person)
    work.uow.sessions.end(person.id, work.now)
    work.uow.outbox.drop_all_to([place.address for place in work.uow.conversations.private_of(person.id)])
    count = holders.hand_back(work, person, "holder_left")
    for ticket in work.uow.tickets.open_of_reporter(person.id):
        if ticket.state.active:
            cards.tell_workers(work, ticket, "work_reporter_left", reporter=person)
    work.uow.audit.log(work.now, work.actor, "left", person.handle, work.channel)
    return count
