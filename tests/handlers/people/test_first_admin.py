"""The first admin of a house: once, by a code, and never where there is one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, Role
from handlers.people import first_admin
from handlers.ports import UnitOfWork
from tests.clock import START
from tests.fakes.store import FakeStore

ACCOUNT, OTHER = Account("web", "b-1"), Account("web", "b-2")


def begin(store: FakeStore, name: str = "Emre Öztürk", account: Account = ACCOUNT, code: str = "a") -> Person:
    return store.write(lambda uow: first_admin.begin(uow, name, account, code_hash=code, now=START))


def test_who_opens_the_address_is_admin_and_known() -> None:
    store = FakeStore()
    assert store.read(first_admin.is_needed)
    admin = begin(store)
    assert (admin.handle, admin.name, admin.role) == ("emre.ozturk", "Emre Öztürk", Role.ADMIN)
    assert admin.known
    assert admin.verified
    assert not store.read(first_admin.is_needed)
    assert store.read(lambda uow: [place.address for place in uow.conversations.private_of(admin.id)]) == ["web:p:b-1"]


def test_never_a_second_one() -> None:
    store = FakeStore()
    begin(store)
    with pytest.raises(Invalid, match="house_has_admin"):
        begin(store, account=OTHER, code="b")


def test_a_code_that_was_used_is_worth_nothing_even_when_that_admin_left() -> None:
    store = FakeStore()
    admin = begin(store)

    def leaves(uow: UnitOfWork) -> None:
        person = uow.people.get(admin.id)
        person.leave(START + timedelta(days=1))
        uow.people.save(person)

    store.write(leaves)
    assert store.read(first_admin.is_needed)
    with pytest.raises(Invalid, match="bad_code"):
        begin(store, account=OTHER)
    assert begin(store, account=OTHER, code="b").handle == "emre.ozturk2"


@pytest.mark.parametrize("name", ["", "  ", "123", "a" * 200])
def test_a_name_is_needed_and_uses_nothing_up(name: str) -> None:
    store = FakeStore()
    with pytest.raises(Invalid, match="name_unusable"):
        begin(store, name)
    assert begin(store).role is Role.ADMIN
