"""People who use the desk from outside: browsers over HTTP, accounts in Telegram. They note what was acknowledged."""

from __future__ import annotations

import asyncio
import html
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from tests.servers.telegram import BOT, BotApi

_ARTICLE = re.compile(r"<article .*?</article>", re.DOTALL)
_ATTRIBUTE = re.compile(r'data-(id|kind|ticket|author)="([^"]*)"')
_BUTTON = re.compile(r'data-token="([^"]+)">([^<]*)<')
_FORM_TOKEN = re.compile(r'data-form-token="([0-9a-f]{64})"')
AGAIN = 0.02
"""Seconds until a browser that got no answer sends again."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that its sender was told is kept."""

    key: str
    text: str = ""
    token: str = ""
    """Of the button, where it was a press."""


@dataclass(slots=True)
class Ledger:
    """What was acknowledged, in the order of the acknowledgements, and what was sent and is not known to be."""

    acknowledged: list[Said] = field(default_factory=list)
    unanswered: dict[str, Said] = field(default_factory=dict)
    """By key: the platform has it and waits for the desk, or the browser that sent it went away."""

    def confirm(self, key: str) -> None:
        if (said := self.unanswered.pop(key, None)) is not None:
            self.acknowledged.append(said)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message on somebody's screen."""

    ref: str
    kind: str
    """Empty where the platform does not tell."""
    text: str
    buttons: Mapping[str, str]
    """Label → token."""
    by_desk: bool


class Person(Protocol):
    """Somebody in one place: alone with the desk, or in a unit's room."""

    name: str

    async def sees(self) -> list[Shown]:
        """Oldest first."""

    async def says(self, text: str) -> None: ...
    async def presses(self, button: str, on: Shown) -> None: ...


@dataclass(slots=True)
class Browser:
    """A browser that plays a demo person. What gets no answer is sent again under the same key, as the page does."""

    name: str
    addresses: list[str]
    """Of the desk's web servers: one that does not answer is left for the next."""
    ledger: Ledger
    room: str | None = None
    patience: float = 120.0
    _client: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=20.0))
    _at: int = 0
    _form_token: str = ""
    refused: list[int] = field(default_factory=list)
    """Answers that were no acknowledgement."""
    put_off: int = 0
    """How often the desk answered that it cannot now, or that what was pressed is still to be done."""

    @property
    def place(self) -> str:
        return f"web:r:{self.room}" if self.room else f"web:p:{self.name}"

    async def sees(self) -> list[Shown]:
        await self._arrive()
        page = await self._get(f"talk?c={self.place}")
        return [_shown(article) for article in _ARTICLE.findall(page.text)]

    async def says(self, text: str, files: Mapping[str, bytes] | None = None) -> None:
        key = str(uuid.uuid4())
        parts = [("files", (name, content)) for name, content in (files or {}).items()]
        await self._post("messages", Said(f"web:{key}", text=text), {"key": key, "text": text}, files=parts or None)

    async def presses(self, button: str, on: Shown) -> None:
        await self.presses_token(on.buttons[button])

    async def presses_token(self, token: str) -> None:
        key = str(uuid.uuid4())
        await self._post("press", Said(f"web:{key}", token=token), {"key": key, "token": token})

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, where: str, said: Said, fields: dict[str, str], **more: object) -> None:
        await self._arrive()
        self.ledger.unanswered[said.key] = said
        if self.room:
            fields["conversation"] = self.place
        answer = await self._until_answered(
            "POST", where, data=fields, headers={"X-Masa-Token": self._form_token}, **more
        )
        if answer.status_code == 202:
            self.ledger.confirm(said.key)
            self.put_off += answer.json().get("handled") is False
        else:
            del self.ledger.unanswered[said.key]
            self.refused.append(answer.status_code)

    async def _get(self, where: str) -> httpx.Response:
        return await self._until_answered("GET", where)

    async def _arrive(self) -> None:
        """The page, once: its cookie, and the token of its forms."""
        if not self._form_token:
            page = await self._get("")
            found = _FORM_TOKEN.search(page.text)
            assert found, page.text[:200]
            self._form_token = found[1]

    async def _until_answered(self, method: str, where: str, **more: object) -> httpx.Response:
        async with asyncio.timeout(self.patience):
            while True:
                base = self.addresses[self._at % len(self.addresses)]
                try:
                    answer = await self._client.request(method, f"{base}/demo/{self.name}/{where}", **more)  # type: ignore[arg-type] # passed on as they came
                except httpx.TransportError:
                    self._at += 1
                    await asyncio.sleep(AGAIN)
                    continue
                if answer.status_code < 500:
                    return answer
                self.put_off += 1
                await asyncio.sleep(AGAIN)


def _shown(article: str) -> Shown:
    attributes = dict(_ATTRIBUTE.findall(article.partition(">")[0]))
    return Shown(
        ref=attributes["id"],
        kind=attributes["kind"],
        text=html.unescape(re.sub(r"<[^>]+>", " ", article.partition('class="text"')[2].partition("<footer")[0])),
        buttons={html.unescape(label): token for token, label in _BUTTON.findall(article)},
        by_desk=attributes["author"] == "desk",
    )


@dataclass(slots=True)
class TelegramUser:
    """An account in Telegram. What it sends is acknowledged when the desk has asked for what comes after it."""

    name: str
    api: BotApi
    user: int
    ledger: Ledger
    chat: int = 0
    """A group; 0: the private chat."""

    @property
    def _chat(self) -> int:
        return self.chat or self.user

    async def sees(self) -> list[Shown]:
        messages = self.api.chats[self._chat].messages
        return [_of_platform(message) for message in list(messages.values())[-50:]]

    async def says(self, text: str) -> None:
        self._note(Said("", text=text), lambda: self.api.say(self.user, text, chat=self._chat))

    async def presses(self, button: str, on: Shown) -> None:
        token = on.buttons[button]
        self._note(Said("", token=token), lambda: self.api.press(self.user, "", chat=self._chat, token=token))

    def _note(self, said: Said, act: object) -> None:
        before = len(self.api.updates)
        act()  # type: ignore[operator] # one of the two above
        for update in self.api.updates[before:]:
            key = f"telegram:{BOT['id']}:{update['update_id']}"
            self.ledger.unanswered[key] = Said(key, said.text, said.token)


def confirm_telegram(api: BotApi, ledger: Ledger) -> None:
    """What the platform holds as confirmed is acknowledged."""
    for update in api.confirmed:
        ledger.confirm(f"telegram:{BOT['id']}:{update['update_id']}")
    api.confirmed.clear()


def _of_platform(message: dict[str, object]) -> Shown:
    markup: dict[str, list[list[dict[str, str]]]] = message.get("reply_markup") or {}  # type: ignore[assignment] # the platform's
    rows = markup.get("inline_keyboard", [])
    return Shown(
        ref=str(message["message_id"]),
        kind="",
        text=str(message.get("text") or ""),
        buttons={button["text"]: button["callback_data"] for row in rows for button in row},
        by_desk=message["from"]["id"] == BOT["id"],  # type: ignore[index] # the same
    )
