"""A stage on which people play a whole conversation with the real desk: real store, real knowledge, real texts.

Plays are written in neutral terms (who says what, presses what, sees what), so that every channel can play them. Here
are the embedded channels, driven through the same ChannelGateway that they use; a platform brings a Stage of its own.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot import demo
from bot.app import App, build, build_desk
from bot.commands.verify import counted_week
from bot.config import Settings
from handlers.context import Desk
from handlers.domain.people import Account
from handlers.domain.ticket import Ticket
from handlers.events import ButtonPressed, MessageDeleted, MessageEdited, MessageReceived, RefusedFile
from handlers.messages import TimelineMessage, plain
from handlers.people.access import private_address, room_address
from storage import Store
from storage.maintenance import migrate
from storage.maintenance.verify import Counting
from tests.clock import FakeClock
from tests.storage.stores import sqlite_url


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a reader has it before them now."""

    ref: str
    text: str
    buttons: Mapping[str, str]
    """Label → token."""
    author: int | None
    kind: str
    rings: bool
    files: tuple[str, ...]


def _seen(message: TimelineMessage) -> Seen:
    return Seen(
        ref=str(message.id),
        text=plain(message.text) if message.author is None else message.text,
        buttons={button.label: button.token for button in message.buttons},
        author=message.author,
        kind=message.kind,
        rings=message.rings,
        files=tuple(file.name for file in message.files),
    )


@dataclass(slots=True)
class Actor:
    """One person in one conversation: with the desk alone, or in a unit's room."""

    stage: Stage
    handle: str
    room: str | None = None
    _after: int = field(default=0, init=False)

    @property
    def address(self) -> str:
        channel = self.stage.channel
        return room_address(channel, self.room) if self.room else private_address(Account(channel, self.handle))

    def _common(self, key: str | None) -> dict[str, Any]:
        return {
            "key": key or self.stage.app.gateway.new_key(self.stage.channel),
            "at": self.stage.clock.now(),
            "sender": Account(self.stage.channel, self.handle),
            "conversation": self.address,
            "in_room": self.room is not None,
        }

    async def says(
        self,
        text: str,
        *,
        to: Seen | None = None,
        files: Mapping[str, bytes] | None = None,
        refused: tuple[RefusedFile, ...] = (),
        key: str | None = None,
    ) -> None:
        """Returns when the desk has answered. `to`: as a reply to it; `refused`: files that were not taken."""
        await self._mark()
        kept = [self.stage.keep(name, content, self.address) for name, content in (files or {}).items()]
        event = MessageReceived(
            text=text,
            files=tuple(file.id for file in kept),
            refused=refused,
            reply_to=to.ref if to else None,
            **self._common(key),
        )
        await self.stage.app.gateway.accept(event, kept)
        await self.stage.app.gateway.handled(event.key)

    async def presses(self, label: str, *, on: Seen | None = None) -> None:
        """The newest button with that label that stands here (or the one on that message)."""
        messages = [on] if on else reversed(await self.sees())
        found = [m.buttons[shown] for m in messages for shown in m.buttons if shown.startswith(label)]
        assert found, f"{self.handle} sees no button “{label}” in {[list(m.buttons) for m in await self.sees()]}"
        await self.presses_token(found[0])

    async def presses_token(self, token: str) -> None:
        await self._mark()
        event = ButtonPressed(token=token, **self._common(None))
        await self.stage.app.gateway.accept(event)
        await self.stage.app.gateway.handled(event.key)

    async def edits(self, message: Seen, text: str) -> None:
        event = MessageEdited(native_ref=message.ref, text=text, **self._common(None))
        await self.stage.app.gateway.accept(event)
        await self.stage.app.gateway.handled(event.key)

    async def deletes(self, message: Seen) -> None:
        event = MessageDeleted(native_ref=message.ref, **self._common(None))
        await self.stage.app.gateway.accept(event)
        await self.stage.app.gateway.handled(event.key)

    async def sees(self) -> list[Seen]:
        """Everything in the conversation, as it stands now."""
        address = self.address
        return [_seen(m) for m in await self.stage.app.gateway.read(lambda uow: uow.timeline.page(address, limit=500))]

    async def heard(self) -> list[str]:
        """What the desk said or changed here since this person's last word, in order."""
        address, after = self.address, self._after
        changed = await self.stage.app.gateway.read(lambda uow: uow.timeline.since(address, after))
        return [_seen(m).text for m in changed if m.author is None]

    async def last(self, kind: str | None = None) -> Seen:
        """The newest message of the desk (of that kind)."""
        said = [m for m in await self.sees() if m.author is None and kind in (None, m.kind)]
        assert said, f"the desk said nothing ({kind}) to {self.handle}"
        return said[-1]

    async def _mark(self) -> None:
        address = self.address
        self._after = await self.stage.app.gateway.read(lambda uow: uow.timeline.last_seq(address))


@dataclass(slots=True, repr=False)  # asyncio asks what each task gave back for its words, and forgets them
class Stage:
    app: App
    clock: FakeClock
    channel: str

    def person(self, handle: str) -> Actor:
        return Actor(self, handle)

    def in_room(self, handle: str, unit: str) -> Actor:
        return Actor(self, handle, unit)

    def keep(self, name: str, content: bytes, address: str) -> Any:
        return self.app.gateway.files.keep(
            io.BytesIO(content), name, uploader=None, conversation=address, at=self.clock.now()
        )

    async def ticket(self, number: str) -> Ticket:
        return await self.app.gateway.read(lambda uow: uow.tickets.by_number(number))

    async def tick(self, **later: float) -> None:
        """So much later, the clock's jobs run once."""
        self.clock.advance(**later)
        await self.app.ticker.tick()


class OwnSettings(Settings):
    """What the test says, and nothing else: a variable that it sets is for the commands that it calls."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *others: PydanticBaseSettingsSource,
        **named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def settings_for(folder: Path, **changes: Any) -> Settings:
    own: dict[str, Any] = {
        "database_url": f"sqlite:///{folder / 'masa.db'}",
        "data_dir": folder / "files",
        "demo": True,
    }
    own["schedule"] = {"weekly_at": None}  # it would come between what people do on a Monday
    return OwnSettings(**{**own, **changes})


def shared_desk() -> Desk:
    """Knowledge and texts are read once for all plays; a play that changes its knowledge changes it for itself."""
    return replace(_desk_read_once())


@cache
def _desk_read_once() -> Desk:
    return build_desk(OwnSettings())


def counting() -> Counting:
    """How the shared desk counts time, for `verify`."""
    desk = shared_desk()
    kinds = {category.id: category.kind for category in desk.catalogue.categories.values()}
    return Counting(desk.zone, kinds, counted_week)


@cache
def empty_database() -> bytes:
    """Migrated and with the demo people; every play begins with a copy of it."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite_url(Path(folder))
        settings = settings_for(Path(folder))
        app = build(settings, clock=FakeClock(), desk=shared_desk())
        demo.prepare(app.store, settings, app.desk)
        app.close()
        return (Path(folder) / "masa.db").read_bytes()


@asynccontextmanager
async def open_stage(
    folder: Path,
    channel: str,
    clock: FakeClock | None = None,
    *,
    fresh: bool = True,
    desk: Desk | None = None,
    **changes: Any,
) -> AsyncIterator[Stage]:
    """`fresh` False: on the database as an earlier stage left it. `desk`: another one; `changes`: of the settings, such
    as the `database_url` of an empty PostgreSQL."""
    clock = clock or FakeClock()
    settings = settings_for(folder, **changes)
    file = settings.database_file
    if file is not None and (fresh or not file.exists()):
        file.write_bytes(empty_database())
    elif file is None and fresh:
        if migrate.revision(settings.database_url) is None:
            migrate.upgrade(settings.database_url)
        with Store.open(settings.database_url, clock=clock) as store:
            demo.prepare(store, settings, shared_desk())
    app = build(settings, clock=clock, desk=desk or shared_desk())
    await app.worker.start()
    try:
        yield Stage(app, clock, channel)
    finally:
        await app.worker.stop()
        app.close()
