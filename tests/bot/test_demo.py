from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import demo
from bot.config import Settings
from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import Account, Role
from handlers.people.access import may_enter, rooms_of
from handlers.ports import UnitOfWork
from knowledge import Unit
from storage import Store
from storage.maintenance.migrate import upgrade
from tests.clock import FakeClock
from tests.scenarios.stage import shared_desk

UNITS = {
    "donanim": Unit(id="donanim", title="Donanım ve Teknik Destek Birimi"),
    "yazilim": Unit(id="yazilim", title="Yazılım Birimi"),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/masa.db"
    upgrade(url)
    with Store.open(url, clock=FakeClock()) as store:
        yield store


def test_the_people_of_the_design_are_there(store: Store) -> None:
    store.write(lambda uow: demo.seed(uow, UNITS))
    found = {person.handle: person for person in store.read(lambda uow: uow.people.everybody())}
    assert {handle: (person.role, person.unit) for handle, person in found.items()} == {
        "ayse": (Role.REQUESTER, None),
        "hasan": (Role.REQUESTER, None),
        "mehmet": (Role.TECHNICIAN, "donanim"),
        "zeynep": (Role.TECHNICIAN, "donanim"),
        "ali": (Role.TECHNICIAN, "yazilim"),
        "fatma": (Role.LEAD, "donanim"),
        "kemal": (Role.DIRECTOR, None),
        "denetci": (Role.AUDITOR, None),
        "admin": (Role.ADMIN, None),
    }
    assert all(
        person.verified and person.known and person.notice_version == NOTICE.version for person in found.values()
    )
    assert (found["ayse"].department, found["ayse"].room, found["ayse"].phone) == (
        "Mali Hizmetler",
        "3. kat 312",
        "1453",
    )


@pytest.mark.parametrize("channel", ["web", "terminal"])
def test_each_speaks_on_both_channels_and_sits_in_the_room_of_the_unit(store: Store, channel: str) -> None:
    def look(uow: UnitOfWork) -> None:
        mehmet, ayse = (
            uow.people.by_account(Account(channel, "mehmet")),
            uow.people.by_account(Account(channel, "ayse")),
        )
        assert mehmet is not None
        assert ayse is not None
        (room,) = rooms_of(uow, mehmet, channel)
        assert (room.address, room.title) == (f"{channel}:r:donanim", "Donanım ve Teknik Destek Birimi")
        private = uow.conversations.get(f"{channel}:p:ayse")
        assert private is not None
        assert may_enter(ayse, private)
        assert not may_enter(mehmet, private)

    store.write(lambda uow: demo.seed(uow, UNITS))
    store.read(look)


def test_seeding_again_changes_nothing(store: Store) -> None:
    store.write(lambda uow: demo.seed(uow, UNITS))

    def move(uow: UnitOfWork) -> None:
        ayse = uow.people.by_handle("ayse")
        assert ayse is not None
        ayse.room = "4. kat 401"
        uow.people.save(ayse)

    store.write(move)
    store.write(lambda uow: demo.seed(uow, UNITS))
    people = store.read(lambda uow: uow.people.everybody())
    assert len(people) == 9
    assert {person.room for person in people if person.handle == "ayse"} == {"4. kat 401"}


def test_another_house_has_no_people_of_units_it_does_not_have(store: Store) -> None:
    store.write(lambda uow: demo.seed(uow, {"destek": Unit(id="destek", title="Destek")}))
    handles = {person.handle for person in store.read(lambda uow: uow.people.everybody())}
    assert handles == {"ayse", "hasan", "kemal", "denetci", "admin"}


@pytest.mark.postgres
def test_of_several_processes_that_start_at_once_each_finds_everybody_once(postgres_url: str) -> None:
    """The rooms are there from before: nothing else makes one process wait for the other."""
    settings = Settings(database_url=postgres_url, demo=True)
    stores = [Store.open(postgres_url, clock=FakeClock()) for _ in range(4)]
    demo.prepare(stores[0], settings.model_copy(update={"demo": False}), shared_desk())
    with ThreadPoolExecutor(len(stores)) as threads:
        list(threads.map(lambda store: demo.prepare(store, settings, shared_desk()), stores))
    people = stores[0].read(lambda uow: [person.handle for person in uow.people.everybody()])
    assert len(people) == len(set(people)) == 9
    for store in stores:
        store.close()
