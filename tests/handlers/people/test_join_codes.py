"""A code gives a role to who has less, and takes none away."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, PersonId, Role, UnitId
from handlers.people import join_codes, staff
from handlers.ports import UnitOfWork
from handlers.queries import invitations
from handlers.queries.invitations import CodeState
from tests.clock import START
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person

UNTIL = START + timedelta(days=3)


class House:
    def __init__(self) -> None:
        self.store = FakeStore()
        self.admin = self.add("admin", Role.ADMIN)

    def add(self, handle: str, role: Role, unit: UnitId | None = None, until: datetime | None = None) -> PersonId:
        def write(uow: UnitOfWork) -> PersonId:
            person = uow.people.get(add_person(uow, handle))
            person.staff_no = ""
            person.be(role, unit, until)
            uow.people.save(person)
            return person.id

        return self.store.write(write)

    def acting(self, uow: UnitOfWork, who: PersonId) -> Acting:
        return Acting(desk=shared_desk(), uow=uow, now=START, person=uow.people.get(who), channel="web", event_key="e")

    def invited(self, by: PersonId, role: Role, unit: UnitId | None = None) -> str:
        return self.store.write(lambda uow: staff.invite(self.acting(uow, by), role=role, unit=unit))

    def gives(self, by: PersonId, to: PersonId, role: Role, until: datetime | None) -> bool:
        def write(uow: UnitOfWork) -> bool:
            return staff.give_role(self.acting(uow, by), uow.people.get(to), role, None, until)

        return self.store.write(write)

    def made_for(self, person: PersonId) -> str:
        return self.store.write(
            lambda uow: join_codes.invite(
                uow, shared_desk().randomness, role=Role.REQUESTER, unit=None, person=person, now=START
            )
        )

    def types(self, who: PersonId, code: str) -> str:
        """As what they are then, and until when; or what is refused. What is refused uses no code up."""

        def redeem(uow: UnitOfWork) -> str:
            try:
                join_codes.redeem(self.acting(uow, who), code, "web:p:x")
            except Invalid as refused:
                found = uow.codes.get(join_codes.code_hash(code))
                assert found is not None
                assert found.used_at is None
                return refused.reason
            return ""

        return self.store.write(redeem)

    def role(self, who: PersonId) -> tuple[Role, datetime | None]:
        person = self.store.read(lambda uow: uow.people.get(who))
        return person.role, person.role_until


@pytest.fixture
def house() -> House:
    return House()


def test_an_admin_who_opens_the_invitation_that_they_made_stays_admin(house: House) -> None:
    code = house.invited(house.admin, Role.TECHNICIAN, "donanim")
    assert house.types(house.admin, code) == "code_of_oneself"
    assert house.role(house.admin) == (Role.ADMIN, None)
    new = house.add("yeni", Role.REQUESTER)
    assert house.types(new, code) == ""
    assert house.role(new) == (Role.TECHNICIAN, None)


@pytest.mark.parametrize(
    ("own", "unit", "until", "offered", "refused"),
    [
        (Role.ADMIN, None, None, Role.TECHNICIAN, True),
        (Role.ADMIN, None, None, Role.AUDITOR, True),
        (Role.LEAD, "yazilim", None, Role.TECHNICIAN, True),
        (Role.TECHNICIAN, "yazilim", UNTIL, Role.TECHNICIAN, True),
        (Role.TECHNICIAN, "yazilim", None, Role.TECHNICIAN, False),
        (Role.TECHNICIAN, "yazilim", UNTIL, Role.LEAD, False),
    ],
)
def test_nobody_has_less_or_the_same_for_longer_by_a_code(
    house: House, own: Role, unit: str | None, until: datetime | None, offered: Role, *, refused: bool
) -> None:
    who = house.add("kim", own, unit, until)
    code = house.invited(house.admin, offered, "donanim" if offered.needs_unit else None)
    assert house.types(who, code) == ("code_role_kept" if refused else "")
    assert house.role(who) == ((own, until) if refused else (offered, None))


def test_a_code_for_somebody_else_does_not_end_the_last_admin(house: House) -> None:
    listed = house.add("ayse", Role.REQUESTER)
    code = house.made_for(listed)
    assert house.types(house.admin, code) == "last_admin"
    assert house.role(house.admin) == (Role.ADMIN, None)
    house.add("ikinci", Role.ADMIN)
    house.store.write(lambda uow: uow.people.link(Account("web", "x"), house.admin, "web:p:x"))
    assert house.types(house.admin, code) == ""


def test_who_is_admin_for_a_time_gives_nothing_for_longer_and_their_codes_end_with_it(house: House) -> None:
    short = house.add("gecici", Role.ADMIN, None, UNTIL)
    new = house.add("yeni", Role.REQUESTER)
    for role in (Role.ADMIN, Role.DIRECTOR):
        for until in (None, UNTIL + timedelta(seconds=1)):
            with pytest.raises(Invalid, match="admin_for_a_time"):
                house.gives(short, new, role, until)
    assert house.role(new) == (Role.REQUESTER, None)
    assert house.gives(short, new, Role.DIRECTOR, UNTIL)
    assert house.gives(short, new, Role.REQUESTER, None)
    invited = house.add("davetli", Role.REQUESTER)
    assert house.types(invited, house.invited(short, Role.ADMIN)) == ""
    assert house.role(invited) == (Role.ADMIN, UNTIL)
    code = house.invited(short, Role.TECHNICIAN, "donanim")

    def end(uow: UnitOfWork) -> None:
        person = uow.people.get(short)
        person.end_role()
        uow.people.save(person)

    house.store.write(end)
    other = house.add("öteki", Role.REQUESTER)
    assert house.types(other, code) == "bad_code"
    shown, _ = house.store.read(lambda uow: invitations.made(house.acting(uow, house.admin), None))
    assert {one.state for one in shown} == {CodeState.USED, CodeState.LAPSED}
