"""Somebody hears where they spoke last, and not where they once spoke first."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.chat.dispatch import handle
from handlers.context import UseCaseContext
from handlers.domain.people import Account, PersonId, Role
from handlers.domain.push import PushSubscription
from handlers.events import MessageReceived
from handlers.people import push
from handlers.people.access import private_place
from handlers.ports import Session, UnitOfWork
from handlers.tickets import cards
from tests.clock import START
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, add_private

PLACES = {"web": "web:p:fatma", "telegram": "telegram:p:7"}


def _comes(uow: UnitOfWork) -> PersonId:
    fatma = add_person(uow, "fatma", role=Role.LEAD, unit="donanim", notice_version=shared_desk().notice_version)
    for channel, place in PLACES.items():
        uow.people.link(Account(channel, place.rpartition(":")[2]), fatma, place)
    return fatma


def _says(store: FakeStore, channel: str, at: datetime) -> None:
    desk, place = shared_desk(), PLACES[channel]
    said = MessageReceived(
        key=f"{channel}:{at}",
        at=at,
        sender=Account(channel, place.rpartition(":")[2]),
        conversation=place,
        native_ref=str(at),
        text="/yardim",
    )
    store.write(lambda uow: handle(desk, uow, said, desk.knowledge.read))


def _told_at(store: FakeStore, who: PersonId) -> list[str]:
    def look(uow: UnitOfWork) -> list[str]:
        work = UseCaseContext(desk=shared_desk(), uow=uow, now=START)
        return list(cards.private_addresses_of(work, uow.people.get(who)))

    return store.read(look)


def test_word_goes_where_they_spoke_last() -> None:
    store = FakeStore()
    fatma = store.write(_comes)
    for minutes, channel in ((0, "web"), (10, "telegram"), (20, "web"), (30, "telegram")):
        _says(store, channel, START + timedelta(minutes=minutes))
        assert _told_at(store, fatma) == [PLACES[channel]]


def test_a_browser_rings_again_once_they_are_back_on_the_web() -> None:
    store = FakeStore()
    fatma = store.write(_comes)

    def subscribes(uow: UnitOfWork) -> None:
        uow.sessions.add(Session(token_hash="a" * 64, person=fatma, created_at=START, seen_at=START))
        browser = PushSubscription(
            session="a" * 64, endpoint="https://push.example/1", public_key="p", auth="s", created_at=START
        )
        push.subscribe(uow, uow.people.get(fatma), browser)

    def rings(at: datetime) -> bool:
        def tell(uow: UnitOfWork) -> None:
            work = UseCaseContext(desk=shared_desk(), uow=uow, now=at)
            for place in cards.private_addresses_of(work, uow.people.get(fatma)):
                work.say(place, "what_i_do", rings=True)

        store.write(tell)
        return "push" in store.read(lambda uow: uow.outbox.backlogs())

    store.write(subscribes)
    _says(store, "web", START)
    _says(store, "telegram", START + timedelta(minutes=10))
    assert not rings(START + timedelta(minutes=11))
    _says(store, "web", START + timedelta(minutes=20))
    assert rings(START + timedelta(minutes=21))


def test_who_was_written_to_first_has_spoken_once_they_answer() -> None:
    store = FakeStore()
    fatma = store.write(_comes)
    store.write(lambda uow: add_private(uow, fatma, PLACES["telegram"]))
    assert store.read(lambda uow: private_place(uow, uow.people.get(fatma), "telegram").active_at) is None
    _says(store, "telegram", START)
    assert store.read(lambda uow: private_place(uow, uow.people.get(fatma), "telegram").active_at) == START
