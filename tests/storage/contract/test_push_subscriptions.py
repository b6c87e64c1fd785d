"""Browsers that ring: whose they are follows from their session, in every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.domain.people import PersonId, Role
from handlers.domain.push import PushSubscription
from handlers.ports import Session, Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person

LONG_AGO = START - timedelta(days=30)
PHONE = PushSubscription(
    session="a" * 64, endpoint="https://push.example/phone", public_key="p", auth="s", created_at=START
)
DESKTOP = replace(PHONE, session="b" * 64, endpoint="https://push.example/desktop", created_at=START + timedelta(1))


def seeded(uow: UnitOfWork) -> tuple[PersonId, PersonId]:
    fatma = add_person(uow, "fatma", role=Role.LEAD, unit="donanim")
    kemal = add_person(uow, "kemal", role=Role.DIRECTOR)
    for hash_, person in (("a" * 64, fatma), ("b" * 64, fatma), ("c" * 64, kemal)):
        uow.sessions.add(Session(token_hash=hash_, person=person, created_at=START, seen_at=START))
    for one in (DESKTOP, PHONE):
        uow.push_subscriptions.put(one)
    return fatma, kemal


def test_whose_a_browser_is_follows_from_its_session(store: Transactions) -> None:
    fatma, kemal = store.write(seeded)
    assert store.read(lambda uow: uow.push_subscriptions.of(fatma, LONG_AGO)) == [PHONE, DESKTOP]
    assert store.read(lambda uow: uow.push_subscriptions.of_unit("donanim", LONG_AGO)) == [
        (fatma, PHONE),
        (fatma, DESKTOP),
    ]
    assert store.read(lambda uow: uow.push_subscriptions.of_unit("yazilim", LONG_AGO)) == []
    assert store.read(lambda uow: uow.push_subscriptions.of(fatma, START + timedelta(seconds=1))) == []
    taken = replace(PHONE, session="c" * 64, public_key="new")
    store.write(lambda uow: uow.push_subscriptions.put(taken))
    assert store.read(lambda uow: uow.push_subscriptions.get(PHONE.key, LONG_AGO)) == taken
    assert store.read(lambda uow: uow.push_subscriptions.owner(PHONE.key)) == kemal
    store.write(lambda uow: uow.push_subscriptions.move("b" * 64, "c" * 64))
    assert store.read(lambda uow: uow.push_subscriptions.of(fatma, LONG_AGO)) == []


def test_a_session_that_ended_rings_no_more(store: Transactions) -> None:
    fatma, _ = store.write(seeded)
    store.write(lambda uow: uow.sessions.end(fatma, START, "a" * 64))
    assert store.read(lambda uow: uow.push_subscriptions.of(fatma, LONG_AGO)) == [DESKTOP]
    assert store.read(lambda uow: uow.push_subscriptions.get(PHONE.key, LONG_AGO)) is None
    assert store.read(lambda uow: uow.push_subscriptions.owner(PHONE.key)) == fatma
    assert store.read(lambda uow: uow.push_subscriptions.count()) == 2
    assert store.read(lambda uow: uow.push_subscriptions.count_deaf("k")) == 0, "of none it is known"
    store.write(lambda uow: uow.push_subscriptions.put(replace(DESKTOP, house_key="k")))
    deaf = [store.read(lambda uow, key=key: uow.push_subscriptions.count_deaf(key)) for key in ("k", "other")]
    assert deaf == [0, 1]
    store.write(lambda uow: uow.push_subscriptions.put(DESKTOP))
    assert store.write(lambda uow: uow.push_subscriptions.remove_ended()) == 1
    assert store.read(lambda uow: uow.push_subscriptions.count()) == 1
    assert store.write(lambda uow: uow.push_subscriptions.remove(DESKTOP.key))
    assert not store.write(lambda uow: uow.push_subscriptions.remove(PHONE.key))
    assert store.read(lambda uow: uow.push_subscriptions.owner(PHONE.key)) is None
