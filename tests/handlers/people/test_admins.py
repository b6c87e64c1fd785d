"""Somebody is always admin for good, whatever happens to people."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.context import Acting, UseCaseContext
from handlers.domain.brought_lists import RowFate, RowKind
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.domain.staff_lists import ListedRow, StaffList, StaffRow, Standing
from handlers.events import AccountClosed
from handlers.people import admins, staff, staff_lists
from handlers.ports import Conversation, Session, UnitOfWork
from tests.clock import START
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk

UNTIL = START + timedelta(days=3)
WEB, SLACK = Account("web", "b-1"), Account("slack", "U1")


def _add(uow: UnitOfWork, handle: str, role: Role, until: datetime | None = None, *accounts: Account) -> PersonId:
    person = uow.people.add(Person(handle=handle, name=handle, role=role, role_until=until))
    for account in accounts:
        place = f"{account.channel}:p:{account.name}"
        uow.people.link(account, person.id, place)
        uow.conversations.ensure(Conversation(address=place, channel=account.channel, person=person.id))
    return person.id


def _acting(uow: UnitOfWork, who: PersonId) -> Acting:
    return Acting(desk=shared_desk(), uow=uow, now=START, person=uow.people.get(who), channel="web", event_key="web:1")


def _closed(uow: UnitOfWork) -> None:
    work = UseCaseContext(desk=shared_desk(), uow=uow, now=START)
    staff.account_closed(work, AccountClosed(key="slack:1", at=START, sender=SLACK, conversation="slack:p:U1"))


@pytest.mark.parametrize("other", [None, UNTIL, START])
def test_of_the_last_admin_a_closed_account_ends_no_right(other: datetime | None) -> None:
    """`other`: a second admin until then; START stands for one for good."""
    store = FakeStore()

    def work(uow: UnitOfWork) -> tuple[PersonId, PersonId]:
        admin = _add(uow, "admin", Role.ADMIN, None, WEB, SLACK)
        director = _add(uow, "mudur", Role.DIRECTOR, None, Account("web", "b-2"))
        if other is not None:
            _add(uow, "ikinci", Role.ADMIN, other if other is not START else None)
        _closed(uow)
        person = uow.people.get(admin)
        assert person.gone is (other is START)
        assert admins.is_last(uow, person) is (other is not START)
        assert ("last_admin_stays" in [what for _, _, what, _, _ in uow.audit.recent(9)]) is (other is not START)
        return admin, director

    def told(uow: UnitOfWork, who: PersonId) -> set[str]:
        return {place.address for place in uow.conversations.private_of(who) if place.last_seq}

    admin, director = store.write(work)
    assert store.read(lambda uow: told(uow, director)) == (set() if other is START else {"web:p:b-2"})
    there = store.read(lambda uow: told(uow, admin))
    assert there == (set() if other is START else {"web:p:b-1"}), "not at the account that is closed"


def test_who_is_admin_for_a_time_brings_no_admin_back_for_longer() -> None:
    store = FakeStore()

    def work(uow: UnitOfWork) -> None:
        short = _acting(uow, _add(uow, "gecici", Role.ADMIN, UNTIL))
        gone = {}
        for handle, role, until, then in (
            ("a", Role.ADMIN, None, None),
            ("b", Role.ADMIN, UNTIL, Role.ADMIN),
            ("c", Role.TECHNICIAN, UNTIL, Role.ADMIN),
            ("d", Role.ADMIN, UNTIL, None),
            ("e", Role.DIRECTOR, None, None),
        ):
            person = uow.people.get(_add(uow, handle, role, until))
            person.then_role = then
            person.leave(START)
            uow.people.save(person)
            gone[handle] = person
        for handle in "abc":
            with pytest.raises(Invalid, match="admin_for_a_time"):
                staff.bring_back(short, gone[handle])
        for handle in "de":
            assert staff.bring_back(short, gone[handle])
        always = _acting(uow, _add(uow, "admin", Role.ADMIN))
        assert staff.bring_back(always, gone["a"])
        assert gone["a"].role is Role.ADMIN

    store.write(work)


def test_the_last_admin_keeps_a_place_to_speak_from() -> None:
    store = FakeStore()

    def work(uow: UnitOfWork) -> None:
        admin = uow.people.get(_add(uow, "admin", Role.ADMIN, None, WEB, SLACK))
        short = _acting(uow, _add(uow, "gecici", Role.ADMIN, UNTIL))
        assert staff.unlink(short, admin, SLACK)
        with pytest.raises(Invalid, match="last_admin"):
            staff.unlink(short, admin, WEB)
        _add(uow, "ikinci", Role.ADMIN)
        assert staff.unlink(short, admin, WEB)

    store.write(work)


def test_the_last_admin_keeps_a_browser_where_they_have_nothing_else() -> None:
    store = FakeStore()

    def work(uow: UnitOfWork) -> None:
        admin = uow.people.get(_add(uow, "admin", Role.ADMIN, None, WEB))
        short = _acting(uow, _add(uow, "gecici", Role.ADMIN, UNTIL))
        for token in "ab":
            uow.sessions.add(Session(token_hash=token, person=admin.id, created_at=START, seen_at=START))
        with pytest.raises(Invalid, match="last_admin"):
            staff.end_sessions(short, admin, None)
        assert staff.end_sessions(short, admin, "a") == 1, "a lost browser, where another is left"
        with pytest.raises(Invalid, match="last_admin"):
            staff.end_sessions(short, admin, "b")
        uow.people.link(SLACK, admin.id, "slack:p:U1")
        assert staff.end_sessions(short, admin, None) == 1

    store.write(work)


def test_a_staff_list_that_is_taken_back_leaves_an_admin() -> None:
    """Who came back with it was gone before, and is the last one by now."""
    store = FakeStore()

    def work(uow: UnitOfWork) -> None:
        acting = _acting(uow, _add(uow, "gecici", Role.ADMIN, UNTIL))
        person = uow.people.get(_add(uow, "admin", Role.ADMIN))
        person.leave(START, by_list=True)
        before = Standing.of(person)
        person.not_gone_after_all(START)
        uow.people.save(person)
        row = StaffRow(line=2, staff_no="1", name="admin", department="", room="", phone="", email="")
        key = "11111111-1111-4111-8111-111111111111"
        brought = staff_lists.bring(acting, key, StaffList(rows=[row]), name="", digest="d")
        staff_lists.say_yes(acting, key)
        done = ListedRow(row=row, kind=RowKind.CHANGED, person=person.id, fate=RowFate.CHANGED, before=before)
        uow.staff_imports.save_row(brought.id, 0, _with_after(done, person))
        assert staff_lists.take_back_part(acting, key, 0) == 0
        assert not uow.people.get(person.id).gone

    store.write(work)


def _with_after(row: ListedRow, person: Person) -> ListedRow:
    return ListedRow(
        row=row.row, kind=row.kind, person=row.person, fate=row.fate, before=row.before, after=Standing.of(person)
    )
