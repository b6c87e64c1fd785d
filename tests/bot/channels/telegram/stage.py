"""The real desk behind a Bot API server on loopback: people act in Telegram and read what stands there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import App, build
from bot.channels.registry import Platform
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.inbound import to_event
from bot.channels.telegram.outbound import REPLY_HINT
from bot.channels.telegram.settings import TelegramSection, TelegramSettings
from handlers.channel_port import ChannelContext, ChannelGateway, RateLimit
from handlers.domain.people import Account, Person
from handlers.domain.ticket import Ticket
from handlers.messages import TimelineMessage
from handlers.ports import Conversation, UnitOfWork
from tests.bot.unhurried import Unhurried, UnhurriedSender
from tests.clock import FakeClock
from tests.scenarios.stage import Seen, empty_database, settings_for, shared_desk
from tests.servers.telegram import BOT, TOKEN, BotApi

USERS = {
    name: 1000 + place
    for place, name in enumerate(["ayse", "hasan", "mehmet", "zeynep", "ali", "fatma", "kemal", "denetci", "admin"])
}
GROUPS = {"donanim": -5001, "yazilim": -5002}
PATIENCE = 20.0


@dataclass(slots=True)
class Actor:
    stage: TelegramStage
    handle: str
    room: str | None = None
    _before: dict[int, str] = field(default_factory=dict, init=False)

    @property
    def user(self) -> int:
        """Somebody whom the demo does not know has an account in Telegram too."""
        return self.stage.user_of(self.handle)

    @property
    def chat(self) -> int:
        return self.stage.group_of(self.room) if self.room else self.user

    @property
    def address(self) -> str:
        return f"telegram:r:{self.chat}" if self.room else f"telegram:p:{self.user}"

    async def says(
        self, text: str, *, to: Seen | None = None, files: Mapping[str, bytes] | None = None, **more: Any
    ) -> None:
        """Returns when everything is answered and delivered."""
        self._mark()
        answered = int(to.ref) if to else await self._prompt(text)
        where = {"chat": self.chat, "reply_to": answered, **more}
        if not files:
            self.stage.api.say(self.user, text, **where)
        else:
            album = f"album{len(self.stage.api.updates)}" if len(files) > 1 else None
            for place, (name, content) in enumerate(files.items()):
                caption = {"caption": text} if text and not place else {}
                self.stage.api.document(self.user, content, name, album=album, **caption, **where)
        await self.stage.quiet()

    async def presses(self, label: str, *, on: Seen | None = None) -> None:
        self._mark()
        labels = on.buttons if on else self.stage.api.labels(self.chat)
        full = next((shown for shown in reversed(list(labels)) if shown.startswith(label)), label)
        self.stage.api.press(self.user, full, chat=self.chat, token=on.buttons[full] if on else None)
        await self.stage.quiet()

    async def presses_token(self, token: str) -> None:
        self._mark()
        self.stage.api.press(self.user, "", chat=self.chat, token=token)
        await self.stage.quiet()

    async def edits(self, message: Seen, text: str) -> None:
        self.stage.api.edit(self.stage.api.chats[self.chat].messages[int(message.ref)], text)
        await self.stage.quiet()

    async def deletes(self, message: Seen) -> None:
        pytest.skip("Telegram tells bots of no deletion in private chats and groups")

    async def sees(self) -> list[Seen]:
        messages = self.stage.api.chats[self.chat].messages.values()
        return [await self.stage.seen(message) for message in list(messages)]

    async def heard(self) -> list[str]:
        """What the desk said or changed here since this person's last word."""
        messages = self.stage.api.chats[self.chat].messages
        return [
            message.get("text", "")
            for number, message in messages.items()
            if message["from"]["id"] == BOT["id"] and self._before.get(number) != message.get("html")
        ]

    async def last(self, kind: str | None = None) -> Seen:
        said = [seen for seen in await self.sees() if seen.author is None and kind in (None, seen.kind)]
        assert said, f"the desk said nothing ({kind}) to {self.handle}"
        return said[-1]

    async def _prompt(self, text: str) -> int | None:
        """In a group the bot does not see what answers nothing: people answer its question, as it asks them to."""
        if self.room is None or text.startswith("/"):
            return None
        asked = [seen for seen in await self.sees() if REPLY_HINT in seen.text]
        return int(asked[-1].ref) if asked else None

    def _mark(self) -> None:
        messages = self.stage.api.chats[self.chat].messages
        self._before = {number: message.get("html", "") for number, message in messages.items()}


@dataclass(slots=True, repr=False)  # asyncio asks what each task gave back for its words, and forgets them
class TelegramStage:
    app: App
    clock: FakeClock
    api: BotApi
    telegram: Telegram
    sender: UnhurriedSender
    channel: str = "telegram"

    def person(self, handle: str) -> Actor:
        return Actor(self, handle)

    def in_room(self, handle: str, unit: str) -> Actor:
        return Actor(self, handle, unit)

    def user_of(self, handle: str) -> int:
        user = USERS.get(handle) or 2000 + sum(handle.encode())
        self.api.person(user, handle.capitalize())
        return user

    def group_of(self, unit: str | None) -> int:
        return GROUPS[unit or ""]

    async def ticket(self, number: str) -> Ticket:
        return await self.app.gateway.read(lambda uow: uow.tickets.by_number(number))

    async def tick(self, **later: float) -> None:
        self.clock.advance(**later)
        await self.app.ticker.tick()
        await self.quiet()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.005)

    async def quiet(self) -> None:
        """Every update confirmed, every event handled, every delivery out (or given up, or held)."""

        def busy(uow: UnitOfWork) -> int:
            now = self.clock.now()
            on_its_way = 0 if uow.outbox.held() else uow.outbox.backlog(now).waiting
            return uow.inbox.backlog(now).waiting + on_its_way

        async with asyncio.timeout(PATIENCE):
            while self.api.updates or await self.app.gateway.read(busy):
                await asyncio.sleep(0.005)

    async def seen(self, message: dict[str, Any]) -> Seen:
        """The desk's as it stands in the chat; a person's as the desk keeps it."""
        chat, number = message["chat"]["id"], message["message_id"]
        thread = f"/{message['message_thread_id']}" if message.get("is_topic_message") else ""
        kept = await self.app.gateway.read(lambda uow: _kept(uow, f"{chat}/{number}{thread}"))
        shown = message.get("text") or message.get("caption") or ""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        mine = message["from"]["id"] == BOT["id"]
        return Seen(
            ref=str(number),
            text=shown if mine or kept is None else kept.text,
            buttons={button["text"]: button["callback_data"] for row in rows for button in row},
            author=None if mine else message["from"]["id"],
            kind=kept.kind if kept else "",
            rings=not message.get("silent", False),
            files=tuple(file.name for file in kept.files) if kept else (),
        )


def _kept(uow: UnitOfWork, ref: str) -> TimelineMessage | None:
    chat = int(ref.split("/")[0])
    for address in (f"telegram:p:{chat}", f"telegram:r:{chat}"):
        if found := uow.messages.by_ref(address, ref):
            return next(m for m in uow.timeline.page(address, limit=500) if m.id == found.id)
    return None


def settle_people(app: App) -> None:
    """The demo's people speak from Telegram too, and each unit has its group."""

    def settle(uow: UnitOfWork) -> None:
        for handle, user in USERS.items():
            person = uow.people.by_handle(handle)
            assert person is not None
            address = f"telegram:p:{user}"
            uow.people.link(Account("telegram", str(user)), person.id, address)
            uow.conversations.ensure(Conversation(address=address, channel="telegram", person=person.id))
        for unit, chat in GROUPS.items():
            uow.conversations.ensure(
                Conversation(address=f"telegram:r:{chat}", channel="telegram", unit=unit, title=unit, is_room=True)
            )

    app.store.write(settle)


def settings_of(api: BotApi, **changes: Any) -> TelegramSettings:
    quick: dict[str, Any] = {
        "poll_seconds": 5,
        "answer_seconds": 5.0,
        "album_seconds": 0.05,
        "typing_after": 5.0,
        "pause_seconds": 0.01,
    }
    return telegram_settings(**{"token": TOKEN, "base_url": api.base_url, **quick, **changes})


def telegram_settings(*, web_url: str = "", **stated: Any) -> TelegramSettings:
    """The operator's and the channel's own, told apart by name."""
    own = {name: stated.pop(name) for name in list(stated) if name in TelegramSection.model_fields}
    context = ChannelContext(zone=ZoneInfo("Europe/Istanbul"), web_url=web_url)
    return TelegramSettings(own=TelegramSection(**{"content": "full", **own}), context=context, **stated)


@asynccontextmanager
async def open_telegram(
    folder: Path,
    *,
    clock: FakeClock | None = None,
    api: BotApi | None = None,
    fresh: bool = True,
    rate_limit: RateLimit | None = None,
    **changes: Any,
) -> AsyncIterator[TelegramStage]:
    """With an `api` that runs already the server outlives the desk, as the platform does."""
    if api is None:
        async with (
            BotApi().running() as started,
            open_telegram(folder, clock=clock, api=started, rate_limit=rate_limit, **changes) as stage,
        ):
            yield stage
        return
    clock = clock or FakeClock()
    if fresh:
        (folder / "masa.db").write_bytes(empty_database())
    opened: list[Unhurried[Telegram]] = []

    def open_channel(gateway: ChannelGateway) -> Unhurried[Telegram]:
        opened.append(Unhurried(Telegram(gateway, settings_of(api, **changes)), rate_limit))
        return opened[0]

    platform = Platform(translate=to_event, open=open_channel)
    app = build(settings_for(folder), clock=clock, desk=shared_desk(), platforms={"telegram": platform})
    telegram, late = opened[0].channel, opened[0].sender
    if fresh:
        settle_people(app)
    for handle, user in USERS.items():
        api.person(user, handle.capitalize())
    for unit, chat in GROUPS.items():
        api.group(chat, unit.capitalize())
    await app.worker.start()
    await telegram.open()
    relay, channel = asyncio.create_task(app.relay.run()), asyncio.create_task(telegram.run())
    try:
        yield TelegramStage(app, clock, api, telegram, late)
    finally:
        channel.cancel()
        with suppress(asyncio.CancelledError):
            await channel
        app.relay.stop()
        await relay
        await telegram.close()
        await app.worker.stop()
        app.close()


def person_of(uow: UnitOfWork, user: int) -> Person | None:
    return uow.people.by_account(Account("telegram", str(user)))
