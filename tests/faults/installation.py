"""A house for fault runs: a database with people and groups, on SQLite or PostgreSQL, and the settings for it."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot import demo
from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import Account, Person
from handlers.ports import Conversation, UnitOfWork
from storage import Store
from storage.maintenance import migrate
from tests.bot.channels.telegram.stage import GROUPS, USERS
from tests.clock import FakeClock, RunningClock
from tests.postgres import PostgresServer, postgres_programs
from tests.scenarios.stage import shared_desk
from tests.servers.telegram import TOKEN, BotApi

Database = Literal["sqlite", "postgresql"]
REPORTERS = 12
"""Requesters beside the demo's, each with a browser and an account in Telegram."""
FIRST_USER = 3000


@dataclass(frozen=True, slots=True)
class Installation:
    folder: Path
    url: str
    database: Database
    clock: RunningClock = field(default_factory=RunningClock)
    """Of all its processes, and of whoever looks into its database."""

    def environment(self, api: BotApi) -> dict[str, str]:
        return {
            "MASA_DATABASE_URL": self.url,
            "MASA_DATA_DIR": str(self.folder / "files"),
            "MASA_DEMO": "1",
            "MASA_FILES__RESERVE_MB": "0",  # what happens on a disk that is full is what is looked at
            "MASA_TELEGRAM__TOKEN": TOKEN,
            "MASA_TELEGRAM__CONTENT": "full",
            "MASA_TELEGRAM__BASE_URL": api.base_url,
        }


def user_of(handle: str) -> int:
    """Their number in Telegram."""
    return USERS.get(handle) or FIRST_USER + int(handle.removeprefix("kisi"))


def reporters() -> list[str]:
    return [f"kisi{number}" for number in range(REPORTERS)]


def settle(uow: UnitOfWork) -> None:
    units = shared_desk().catalogue.units
    demo.seed(uow, units)
    for handle in reporters():
        person = Person(
            handle=handle,
            name=f"Kişi {handle[4:]}",
            department="Zabıta",
            room="4",
            verified=True,
            notice_version=NOTICE.version,
        )
        person = uow.people.add(person)
        web = f"web:p:{handle}"
        uow.people.link(Account("web", handle), person.id, web)
        uow.conversations.ensure(Conversation(address=web, channel="web", person=person.id))
    for handle in [*USERS, *reporters()]:
        found = uow.people.by_handle(handle)
        assert found is not None
        address = f"telegram:p:{user_of(handle)}"
        uow.people.link(Account("telegram", str(user_of(handle))), found.id, address)
        uow.conversations.ensure(Conversation(address=address, channel="telegram", person=found.id))
    for unit, chat in GROUPS.items():
        group = Conversation(address=f"telegram:r:{chat}", channel="telegram", unit=unit, title=unit, is_room=True)
        uow.conversations.ensure(group)


def populate(api: BotApi) -> None:
    """The same people and groups, on the platform."""
    for handle in [*USERS, *reporters()]:
        api.person(user_of(handle), handle.capitalize())
    for unit, chat in GROUPS.items():
        api.group(chat, unit.capitalize())


class Builder:
    """New houses, each a copy of the one that was made first."""

    def __init__(self, database: Database, server: PostgresServer | None = None, disk: Path | None = None) -> None:
        self.database, self._server = database, server
        self._home = Path(tempfile.mkdtemp(prefix="masa-faults-", dir=disk))
        self._template = f"template_{secrets.token_hex(4)}"
        url = f"sqlite:///{self._home / 'template.db'}" if server is None else server.url(self._template)
        if server is not None:
            self._administer(f"CREATE DATABASE {self._template}")
        migrate.upgrade(url)
        with Store.open(url, clock=FakeClock()) as store:
            store.write(settle)

    def installation(self) -> Installation:
        folder = Path(tempfile.mkdtemp(dir=self._home))
        if self._server is None:
            shutil.copy(self._home / "template.db", folder / "masa.db")
            return Installation(folder, f"sqlite:///{folder / 'masa.db'}", "sqlite")
        name = f"house_{secrets.token_hex(4)}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return Installation(folder, self._server.url(name), "postgresql")

    def empty(self) -> str:
        """The URL of a PostgreSQL database without tables."""
        assert self._server is not None
        return self._server.new_database(f"empty_{secrets.token_hex(4)}")

    def _administer(self, statement: str) -> None:
        assert self._server is not None
        engine = create_engine(self._server.url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement))

    def remove(self) -> None:
        shutil.rmtree(self._home, ignore_errors=True)


@contextmanager
def builder(database: Database, server: PostgresServer | None = None, disk: Path | None = None) -> Iterator[Builder]:
    """`server`: one that runs; without it PostgreSQL is started for this. `disk`: where the houses lie."""
    own = None
    if database == "postgresql" and server is None:
        programs = postgres_programs()
        assert programs is not None, "no PostgreSQL is installed"
        server = own = PostgresServer(programs)
        own.start(max_connections="200")
    opened = Builder(database, server if database == "postgresql" else None, disk)
    try:
        yield opened
    finally:
        opened.remove()
        if own is not None:
            own.stop()
            own.remove()
