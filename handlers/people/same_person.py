"""Somebody said a name that the staff list has. Their word alone makes them nobody; whoever can vouch for them is shown
the one of the list, and makes the two one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, require
from handlers.people import accounts, joined_people, staff
from handlers.ports import DirectoryEntry, PeopleWanted, UnitOfWork
from knowledge.language import comparison
from knowledge.language.folding import folded

MOST_LIKENESSES = 20_000
"""Names that are held against each other for one page: of more only those that are the same letter by letter are
shown."""


def twins(uow: UnitOfWork) -> Mapping[PersonId, PersonId]:
    """Who is perhaps somebody of the staff list, and who of it. Of a house in which nobody is unlisted, or nobody
    listed, hardly anything is read."""
    if not uow.people.listed(PeopleWanted(numbered=True), None, 1):
        return {}
    return _twins(uow, uow.people.present(numbered=False))


def twin_of(uow: UnitOfWork, person: Person) -> PersonId | None:
    """Whom of the staff list they perhaps are."""
    if not person.name or person.gone or person.staff_no:
        return None
    own = DirectoryEntry(person.id, person.name, person.department, person.staff_no, gone=False)
    return _twins(uow, [own]).get(person.id)


def guests_of(uow: UnitOfWork, person: Person) -> Sequence[PersonId]:
    """Who perhaps is this one of the staff list."""
    if not person.name or person.gone or not person.staff_no:
        return []
    same = uow.people.present(numbered=False, names={folded(person.name)})
    beside = uow.people.present(numbered=False, departments=_alike(person.department, uow.departments.people()))
    named = [(person.id, person.name)]
    like = [one for one in beside if comparison.nearest(one.name, named, comparison.PEOPLE)]
    perhaps = {one.id: one for one in (*same, *like)}
    return [guest for guest, twin in _twins(uow, list(perhaps.values())).items() if twin == person.id]


def _twins(uow: UnitOfWork, guests: Sequence[DirectoryEntry]) -> Mapping[PersonId, PersonId]:
    if not guests:
        return {}
    by_name: dict[str, list[DirectoryEntry]] = {}
    for one in uow.people.present(numbered=True, names={folded(one.name) for one in guests}):
        by_name.setdefault(folded(one.name), []).append(one)
    near = _near(uow, [one for one in guests if folded(one.name) not in by_name])
    found = {one.id: _twin(one, by_name.get(folded(one.name), ()), near) for one in guests}
    return {own: twin for own, twin in found.items() if twin is not None}


def _near(uow: UnitOfWork, guests: Sequence[DirectoryEntry]) -> Mapping[str, Sequence[DirectoryEntry]]:
    """Who is listed in the müdürlük of each, by how that is written on them."""
    counted = uow.departments.people() if any(one.department for one in guests) else {}
    beside = {written: _alike(written, counted) for written in {one.department for one in guests}}
    if sum(counted[other] for one in guests for other in beside[one.department]) > MOST_LIKENESSES:
        return {}
    wanted = set().union(*beside.values())
    listed = uow.people.present(numbered=True, departments=wanted) if wanted else ()
    return {written: [one for one in listed if one.department in others] for written, others in beside.items()}


def _alike(department: str, spelled: Iterable[str]) -> Collection[str]:
    return {other for other in spelled if comparison.alike(department, other, comparison.DEPARTMENTS)}


def _twin(
    one: DirectoryEntry, same: Sequence[DirectoryEntry], near: Mapping[str, Sequence[DirectoryEntry]]
) -> PersonId | None:
    """Of one name; of two the one in the same müdürlük; else nearly of that name in the same müdürlük."""
    beside = [other for other in same if comparison.alike(one.department, other.department, comparison.DEPARTMENTS)]
    if len(found := beside or list(same)) == 1:
        return found[0].id
    if found:
        return None
    office = [(other.id, other.name) for other in near.get(one.department, ())]
    return comparison.meant(one.name, office, comparison.PEOPLE)


def require_may_join(acting: Acting, guest: Person, person: Person) -> None:
    """Raises NotAllowed, Invalid(`not_yourself`, `last_admin`, `not_joined`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if guest.id == person.id or guest.staff_no or guest.gone or not person.staff_no or person.gone:
        raise Invalid("not_joined")
    staff.require_may_leave(acting, guest)


def join(acting: Acting, guest: Person, person: Person) -> None:
    """All that the guest had is that person's from now on: accounts, browsers, conversations with what is being asked
    there, tickets. `joined_people` takes it back. Raises as `require_may_join`."""
    require_may_join(acting, guest, person)
    handle, before = guest.handle, joined_people.before(acting, guest, person)
    for place in acting.uow.conversations.private_of(guest.id):
        joined_people.move_talk(acting.uow, place.address, guest, person)
    accounts.make_one(acting, guest, person)
    acting.uow.audit.log(acting.now, acting.person.id, "people_joined", f"{handle} → {person.handle}", acting.channel)
    joined_people.remember(acting, before, person)
