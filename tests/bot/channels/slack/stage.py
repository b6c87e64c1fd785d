"""The real desk behind a loopback Slack: people act in Slack and read what stands there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App, build
from bot.channels.registry import Platform
from bot.channels.slack.channel import Slack
from bot.channels.slack.inbound import to_event
from bot.channels.slack.settings import SlackSection, SlackSettings
from handlers.channel_port import ChannelContext, ChannelGateway, RateLimit
from handlers.domain.people import Account
from handlers.domain.ticket import Ticket
from handlers.ports import Conversation, UnitOfWork
from tests.bot.unhurried import Unhurried, UnhurriedSender
from tests.clock import FakeClock
from tests.scenarios.stage import Seen, empty_database, settings_for, shared_desk
from tests.servers.slack import BOT_USER, SlackServer, shown

HANDLES = ("ayse", "hasan", "mehmet", "zeynep", "ali", "fatma", "kemal", "denetci", "admin")
UNITS = {"donanim": ("mehmet", "zeynep", "fatma"), "yazilim": ("ali",)}
PATIENCE = 20.0


@dataclass(slots=True)
class Actor:
    stage: SlackStage
    handle: str
    room: str | None = None
    _before: dict[str, str] = field(default_factory=dict, init=False)

    @property
    def user(self) -> str:
        """Somebody whom the demo does not know has an account in the workspace too."""
        return self.stage.user_of(self.handle)

    @property
    def channel(self) -> str:
        return self.stage.rooms[self.room] if self.room else self.stage.slack.direct(self.user)

    @property
    def address(self) -> str:
        return f"slack:r:{self.channel}" if self.room else f"slack:p:{self.user}"

    async def says(
        self, text: str, *, to: Seen | None = None, files: Mapping[str, bytes] | None = None, key: str | None = None
    ) -> None:
        """Returns when everything is answered and delivered. A reply goes into the thread; there Slack knows no
        commands, and a space before the slash makes it text."""
        self._mark()
        if text.startswith("/") and to is None and not files:
            command, _, words = text.partition(" ")
            await self.stage.slack.command(self.user, self.channel, command, words)
        else:
            uploads = [(name, content, "application/octet-stream") for name, content in (files or {}).items()]
            more = {"event_id": key} if key else {}
            said = f" {text}" if text.startswith("/") else text
            await self.stage.slack.say(self.user, self.channel, said, thread=self._thread(to), files=uploads, **more)
        await self.stage.quiet()

    def _thread(self, to: Seen | None) -> str | None:
        if to is None:
            return None
        message = next(m for m in self.stage.slack.channels[self.channel].messages if m["ts"] == to.ref)
        root: str = message.get("thread_ts") or message["ts"]
        return root

    async def presses(self, label: str, *, on: Seen | None = None) -> None:
        self._mark()
        messages = [on] if on else reversed(await self.sees())
        found = [m.buttons[shown] for m in messages for shown in m.buttons if shown.startswith(label)]
        assert found, f"{self.handle} sees no button “{label}” in {[list(m.buttons) for m in await self.sees()]}"
        await self._press(found[0])

    async def presses_token(self, token: str) -> None:
        self._mark()
        await self._press(token)

    async def _press(self, token: str) -> None:
        slack = self.stage.slack
        message = next((m for m in slack.channels[self.channel].messages if token in str(m.get("blocks"))), None)
        place = message or {"ts": "1.0", "type": "message"}
        element = {"action_id": "press:0", "value": token}
        await slack.deliver(slack.pressed(self.user, self.channel, place, {"block_id": "b"}, element))
        await self.stage.quiet()

    async def edits(self, message: Seen, text: str) -> None:
        await self.stage.slack.edit(self.user, self.channel, message.ref, text)
        await self.stage.quiet()

    async def deletes(self, message: Seen) -> None:
        await self.stage.slack.delete(self.channel, message.ref)
        await self.stage.quiet()

    async def sees(self) -> list[Seen]:
        messages = list(self.stage.slack.channels[self.channel].messages)
        return [await self.stage.seen(self.address, message, messages) for message in messages if not _upload(message)]

    async def heard(self) -> list[str]:
        """What the desk said or changed here since this person's last word."""
        return [
            _text(message)
            for message in self.stage.slack.desk_messages(self.channel)
            if self._before.get(message["ts"]) != shown(message) and not _upload(message)
        ]

    async def last(self, kind: str | None = None) -> Seen:
        said = [seen for seen in await self.sees() if seen.author is None and kind in (None, seen.kind)]
        assert said, f"the desk said nothing ({kind}) to {self.handle}"
        return said[-1]

    def _mark(self) -> None:
        messages = self.stage.slack.desk_messages(self.channel)
        self._before = {message["ts"]: shown(message) for message in messages}


def _upload(message: Mapping[str, Any]) -> bool:
    """The desk's files come as messages of their own."""
    return message.get("user") == BOT_USER and not message.get("blocks")


def _text(message: Mapping[str, Any]) -> str:
    return shown({**message, "blocks": [b for b in message.get("blocks", ()) if b["type"] != "actions"], "files": ()})


@dataclass(slots=True, repr=False)  # asyncio asks what each task gave back for its words, and forgets them
class SlackStage:
    app: App
    clock: FakeClock
    slack: SlackServer
    desk: Slack
    sender: UnhurriedSender
    users: dict[str, str]
    rooms: dict[str, str]
    channel: str = "slack"

    def person(self, handle: str) -> Actor:
        return Actor(self, handle)

    def in_room(self, handle: str, unit: str) -> Actor:
        return Actor(self, handle, unit)

    def user_of(self, handle: str) -> str:
        if handle not in self.users:
            self.users[handle] = self.slack.add_user(handle.capitalize())
        return self.users[handle]

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
        """Every event handled, every delivery out (or given up, or held)."""

        def busy(uow: UnitOfWork) -> int:
            now = self.clock.now()
            on_its_way = 0 if uow.outbox.held() else uow.outbox.backlog(now).waiting
            return uow.inbox.backlog(now).waiting + on_its_way

        async with asyncio.timeout(PATIENCE):
            while await self.app.gateway.read(busy):
                await asyncio.sleep(0.005)

    async def seen(self, address: str, message: Mapping[str, Any], all_there: list[dict[str, Any]]) -> Seen:
        mine = message.get("user") == BOT_USER
        ts = message["ts"]
        standing = await self.app.gateway.read(lambda uow: uow.messages.by_ref(address, ts))
        below = [m for m in all_there if _upload(m) and m.get("thread_ts") == ts]
        after = [m for m in all_there if _upload(m) and not m.get("thread_ts") and m["ts"] > ts][:1]
        files = [file["name"] for m in [*below, *after, message] for file in m.get("files", ())]
        elements = [e for b in message.get("blocks", ()) if b["type"] == "actions" for e in b["elements"]]
        return Seen(
            ref=ts,
            text=_text(message) if mine else standing.text if standing else message["text"],
            buttons={element["text"]["text"]: element["value"] for element in elements},
            author=None if mine else 1,
            kind=standing.kind if standing else "",
            rings=not message.get("thread_ts") or bool(message.get("broadcast")),
            files=tuple(files),
        )


def settle_people(app: App, users: Mapping[str, str], rooms: Mapping[str, str]) -> None:
    """The demo's people speak from Slack too, and each unit has its channel."""

    def settle(uow: UnitOfWork) -> None:
        for handle, user in users.items():
            person = uow.people.by_handle(handle)
            assert person is not None
            uow.people.link(Account("slack", user), person.id, f"slack:p:{user}")
            uow.conversations.ensure(Conversation(address=f"slack:p:{user}", channel="slack", person=person.id))
        for unit, channel in rooms.items():
            address = f"slack:r:{channel}"
            uow.conversations.ensure(
                Conversation(address=address, channel="slack", unit=unit, title=unit, is_room=True)
            )

    app.store.write(settle)


def settings_of(server: SlackServer, **changes: Any) -> SlackSettings:
    quick: dict[str, Any] = {
        "ack_seconds": 0.5,
        "hello_seconds": PATIENCE,
        "ping_seconds": 0.1,
        "silence_seconds": PATIENCE,
        "handover_seconds": 0.5,
        "retry_seconds": 0.01,
        "call_seconds": PATIENCE,
    }
    tokens = {"bot_token": server.bot_token, "app_token": server.app_token, "base_url": server.base_url}
    return slack_settings(**{**tokens, **quick, **changes})


def slack_settings(*, web_url: str = "", **stated: Any) -> SlackSettings:
    """The operator's and the channel's own, told apart by name."""
    own = {name: stated.pop(name) for name in list(stated) if name in SlackSection.model_fields}
    subjects = {"yazici-yazdirmiyor": "Yazıcı yazdırmıyor"}
    context = ChannelContext(zone=ZoneInfo("Europe/Istanbul"), web_url=web_url, subjects=subjects)
    return SlackSettings(own=SlackSection(**{"content": "full", **own}), context=context, **stated)


@asynccontextmanager
async def open_slack(
    folder: Path,
    *,
    clock: FakeClock | None = None,
    server: SlackServer | None = None,
    known: bool = True,
    users: Mapping[str, str] | None = None,
    rooms: Mapping[str, str] | None = None,
    rate_limit: RateLimit | None = None,
    **changes: Any,
) -> AsyncIterator[SlackStage]:
    """With a `server` that runs already it outlives the desk, as the platform does; give its users and rooms too.

    `known`: the demo's people are linked to their Slack accounts, and the rooms are bound.
    """
    clock = clock or FakeClock()
    if server is None:
        server = SlackServer(now=lambda: clock.now().timestamp())
        server.ack_seconds = PATIENCE  # a press comes once: on a busy machine it must not be given up
        await server.start()
        try:
            async with open_slack(
                folder, clock=clock, server=server, known=known, rate_limit=rate_limit, **changes
            ) as stage:
                yield stage
        finally:
            await server.stop()
        return
    fresh = users is None
    if fresh:
        (folder / "masa.db").write_bytes(empty_database())
    users = users or {h: server.add_user(h.capitalize(), f"{h}@belediye.example") for h in HANDLES}
    rooms = rooms or {unit: server.add_channel(*(users[h] for h in members)) for unit, members in UNITS.items()}
    opened: list[Unhurried[Slack]] = []

    def open_channel(gateway: ChannelGateway) -> Unhurried[Slack]:
        opened.append(Unhurried(Slack(gateway, settings_of(server, **changes)), rate_limit))
        return opened[0]

    platform = Platform(translate=to_event, open=open_channel)
    app = build(settings_for(folder), clock=clock, desk=shared_desk(), platforms={"slack": platform})
    slack, late = opened[0].channel, opened[0].sender
    if fresh and known:
        settle_people(app, users, rooms)
    await app.worker.start()
    await slack.open()
    relay, channel = asyncio.create_task(app.relay.run()), asyncio.create_task(slack.run())
    stage = SlackStage(app, clock, server, slack, late, dict(users), dict(rooms))
    try:
        await stage.until(lambda: slack.health()["ok"])
        yield stage
    finally:
        channel.cancel()
        with suppress(asyncio.CancelledError):
            await channel
        app.relay.stop()
        await relay
        await slack.close()
        await app.worker.stop()
        app.close()
