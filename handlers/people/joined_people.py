"""**Geri al** of two people who were made one: exactly, or not at all, and then it is said why.

It is exact where the one of the list had nothing of their own before, the guest was nobody but who reports, and
nothing has happened to either since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, Role
from handlers.domain.people_joins import TAKEN_BACK_WITHIN, Look, PeopleJoin, Stands, put_back, standing_of
from handlers.domain.rights import Action, require
from handlers.people import accounts, personal_data
from handlers.people.access import private_address
from handlers.ports import UnitOfWork

_ALL = 1_000_000
"""More than anybody reports."""


def before(acting: Acting, guest: Person, person: Person) -> PeopleJoin:
    """How both stand; `remember` keeps it, once they are one."""
    return PeopleJoin(
        guest=guest.id,
        person=person.id,
        by=acting.person.id,
        at=acting.now,
        guest_before=standing_of(guest),
        person_before=standing_of(person),
        look=_look(acting.uow, guest),
        never=never(acting.uow, guest, person),
    )


def never(uow: UnitOfWork, guest: Person, person: Person) -> Stands | None:
    """Why it could never be taken back; None: it can, as long as nothing happens."""
    if {guest.role, person.role} != {Role.REQUESTER} or _worked(uow, guest):
        return Stands.ROLE
    return Stands.KNOWN if _is_known(uow, person) else None


def _worked(uow: UnitOfWork, guest: Person) -> bool:
    return any(number for name, number in _kept(uow, guest).items() if name != "approvals")


def _kept(uow: UnitOfWork, person: Person) -> Mapping[str, int]:
    """What names them that no ticket or conversation of theirs tells of: what somebody may write down at any time."""
    kept = personal_data.kept_of(uow, person.id)
    names = ("absences", "deputies", "offices", "duties", "outages", "planned", "approvals")
    return {name: getattr(kept, name) for name in names}


def _is_known(uow: UnitOfWork, person: Person) -> bool:
    """Whether anything is theirs already."""
    kept = personal_data.kept_of(uow, person.id)
    theirs = replace(kept, views=0) != replace(
        kept, tickets=0, open=0, files=0, absences=0, deputies=0, offices=0, duties=0, outages=0, planned=0,
        approvals=0, views=0, browsers=[],
    )  # fmt: skip
    speaks = uow.people.accounts(person.id) or uow.conversations.private_of(person.id)
    wrote = uow.messages.written_in(person.id)  # also where they do not speak from any more
    return theirs or bool(speaks or wrote or uow.tickets.followed_by(person.id) or uow.tickets.held_by(person.id))


def remember(acting: Acting, made: PeopleJoin, person: Person) -> None:
    acting.uow.people_joins.add(replace(made, look=replace(_look(acting.uow, person), accounts=made.look.accounts)))


def _look(uow: UnitOfWork, person: Person) -> Look:
    places = uow.conversations.private_of(person.id)
    tickets = (*uow.tickets.of_reporter(person.id, limit=_ALL), *uow.tickets.followed_by(person.id))
    return Look(
        person=standing_of(person),
        accounts={str(one): _speaks_from(uow, person, one) for one in uow.people.accounts(person.id)},
        places={place.address: place.last_seq for place in places},
        tickets={ticket.number: ticket.version for ticket in tickets},
        kept=_kept(uow, person),
    )


def _speaks_from(uow: UnitOfWork, person: Person, account: Account) -> str:
    return accounts.place_of(uow, person, account, private_address(account))


# --- taken back -----------------------------------------------------------------------------------------
def stands(work: UseCaseContext, person: Person) -> tuple[PeopleJoin | None, Stands | None]:
    """The newest by which somebody became this person, and why they stay one; None: it can be taken back."""
    made = work.uow.people_joins.newest(person.id)
    if made is None:
        return None, None
    if made.never is not None:
        return made, made.never
    if work.now - made.at > TAKEN_BACK_WITHIN:
        return made, Stands.OLD
    return made, made.look.differs_in(_look(work.uow, person))


def require_may_part(acting: Acting, person: Person) -> PeopleJoin:
    """Raises NotAllowed, Invalid(`not_joined_by_hand`, `join_stands` with `stays_one`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    made, why = stands(acting, person)
    if made is None:
        raise Invalid("not_joined_by_hand")
    if why is not None:
        raise Invalid("join_stands", stays_one=why.value)
    return made


def part(acting: Acting, person: Person) -> Person:
    """The guest is themselves again, with all that was theirs. Raises as `require_may_part`."""
    made, uow = require_may_part(acting, person), acting.uow
    guest = uow.people.get(made.guest)
    for place in uow.conversations.private_of(person.id):
        move_talk(uow, place.address, person, guest)
    put_back(guest, made.guest_before)
    put_back(person, made.person_before)
    accounts.make_two(uow, guest, person, _accounts(made.look.accounts))
    uow.people_joins.remove(guest.id)
    uow.audit.log(acting.now, acting.person.id, "people_parted", f"{person.handle} → {guest.handle}", acting.channel)
    return guest


def _accounts(kept: Mapping[str, str]) -> Mapping[Account, str]:
    return {Account(*one.split(":", 1)): place for one, place in kept.items()}


def move_talk(uow: UnitOfWork, address: str, of: Person, to: Person) -> None:
    """What is being asked there, and a report in the making."""
    before, after = uow.dialogs.get(address, of.id), uow.dialogs.get(address, to.id)
    after.draft, after.expects, after.last_ticket = before.draft, before.expects, before.last_ticket
    after.asked_by_workers += before.asked_by_workers
    before.draft = before.expects = before.last_ticket = None
    before.asked_by_workers = []
    uow.dialogs.save(before)
    uow.dialogs.save(after)


def forget_old(work: UseCaseContext) -> None:
    """Those that nobody can take back any more."""
    work.uow.people_joins.forget(work.now - TAKEN_BACK_WITHIN)
