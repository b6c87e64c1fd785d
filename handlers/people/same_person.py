"""Somebody said a name that the staff list has. Their word alone makes them nobody; whoever can vouch for them is shown
the one of the list, and makes the two one."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, require
from handlers.people import accounts, staff
from handlers.ports import DirectoryEntry, UnitOfWork
from knowledge.language import comparison
from knowledge.language.folding import folded

MOST_LIKENESSES = 20_000
"""Names that are held against each other for one page: in a large house only those that are the same letter by letter
are shown."""


def twins(uow: UnitOfWork) -> Mapping[PersonId, PersonId]:
    """Who is perhaps somebody of the staff list, and who of it."""
    present = [one for one in uow.people.directory() if one.name and not one.gone]
    listed, others = [one for one in present if one.staff_no], [one for one in present if not one.staff_no]
    by_name: dict[str, list[DirectoryEntry]] = {}
    for one in listed if others else ():
        by_name.setdefault(folded(one.name), []).append(one)
    near = listed if len(listed) * len(others) <= MOST_LIKENESSES else []
    found = {one.id: _twin(one, by_name.get(folded(one.name), ()), near) for one in others}
    return {own: twin for own, twin in found.items() if twin is not None}


def _twin(one: DirectoryEntry, same: list[DirectoryEntry] | tuple[()], near: list[DirectoryEntry]) -> PersonId | None:
    """Of one name; of two the one in the same müdürlük; else nearly of that name in the same müdürlük."""
    beside = [other for other in same if comparison.alike(one.department, other.department, comparison.DEPARTMENTS)]
    if len(found := beside or list(same)) == 1:
        return found[0].id
    if found:
        return None
    office = [
        (other.id, other.name)
        for other in near
        if comparison.alike(one.department, other.department, comparison.DEPARTMENTS)
    ]
    return comparison.meant(one.name, office, comparison.PEOPLE)


def require_may_join(acting: Acting, guest: Person, person: Person) -> None:
    """Raises NotAllowed, Invalid(`not_yourself`, `last_admin`, `not_joined`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if guest.id == person.id or guest.staff_no or guest.gone or not person.staff_no or person.gone:
        raise Invalid("not_joined")
    staff.require_may_leave(acting, guest)


def join(acting: Acting, guest: Person, person: Person) -> None:
    """All that the guest had is that person's from now on: accounts, browsers, conversations with what is being asked
    there, tickets. There is no way back. Raises as `require_may_join`."""
    require_may_join(acting, guest, person)
    handle = guest.handle
    for place in acting.uow.conversations.private_of(guest.id):
        _move_talk(acting.uow, place.address, guest, person)
    accounts.make_one(acting, guest, person)
    acting.uow.audit.log(acting.now, acting.person.id, "people_joined", f"{handle} → {person.handle}", acting.channel)


def _move_talk(uow: UnitOfWork, address: str, guest: Person, person: Person) -> None:
    before, after = uow.dialogs.get(address, guest.id), uow.dialogs.get(address, person.id)
    after.draft, after.expects, after.last_ticket = before.draft, before.expects, before.last_ticket
    after.asked_by_workers += before.asked_by_workers
    before.draft = before.expects = before.last_ticket = None
    before.asked_by_workers = []
    uow.dialogs.save(before)
    uow.dialogs.save(after)
