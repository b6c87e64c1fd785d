"""`masa chat` for a person: what comes in appears above the line that is being typed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Protocol
from zoneinfo import ZoneInfo

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console

from bot.channels.terminal.line_parser import HELP, Unclear, meant
from bot.channels.terminal.screen import Screen
from bot.channels.terminal.session import MISSING, FileRefused, TerminalSession
from bot.channels.terminal.stdin_lines import Lines
from handlers.channel_port import ChannelGateway, NoSpace, Subscription
from handlers.chat.commands import COMMANDS

REMEMBERED = 4
"""Messages of an earlier session that are shown to find the way back in."""
ANSWERED_WITHIN = 3.0
"""Seconds until the next line is sent although the last one is not handled yet."""
NO_SPACE = "Şu anda yeni mesaj alınamıyor: sunucuda yer azaldı. Yazdığınız gönderilmedi; yer açılınca yeniden yazın."
REFUSALS = {
    "file_quota": "Bugün gönderebileceğiniz dosyalar doldu (günde en çok {limit_mb} MB): {path} gönderilmedi.",
    "files_paused": "Şu anda dosya alınamıyor, sunucuda yer azaldı: {path} gönderilmedi. Sorununuzu yazıyla anlatın.",
    MISSING: "Dosya açılamadı: {path}. “@” ile başlayan düz metin için önüne \\ koyun.",
    "file_too_large": "Dosya çok büyük: {path}. En çok 20 MB gönderebilirsiniz.",
    "picture_too_large": "Resim çok büyük: {path}. En çok 60 megapiksel gönderebilirsiniz.",
    "archive_too_large": "Dosya açılınca çok büyük oluyor: {path}. Gereken dosyaları tek tek gönderin.",
    "archive_type": "{path} içinde alınmayan bir dosya var: {inner}. Onu çıkarıp yeniden gönderin.",
    "file_type": "Program, disk kalıbı ve kısayol dosyaları alınmıyor: {path}. Ekran görüntüsü ya da belge gönderin.",
    "file_macros": "Makro içeren belge alınmıyor: {path}. Makrosuz ya da PDF olarak kaydedip gönderin.",
    "file_empty": "Dosya boş: {path}",
    "file_name": "Dosyanın adı kullanılamıyor: {path}",
}


class Typing(Protocol):
    async def line(self) -> str | None:
        """What was typed next; None at the end."""


async def talk(gateway: ChannelGateway, session: TerminalSession, base_url: str, zone: ZoneInfo) -> None:
    """Until Ctrl-D. Raises AccessDenied once the person may not be there any more."""
    async with _typing(session) as (typing, console):
        screen = Screen(console, zone, base_url)
        screen.welcome(session)
        for seen in await session.last(REMEMBERED):
            screen.before(seen)
        conversation = _Conversation(session, screen)
        lines: asyncio.Queue[str] = asyncio.Queue()
        async with gateway.watch([session.address]) as watch:
            await conversation.show()
            reading = asyncio.create_task(_keep_reading(typing, lines))
            others = [
                asyncio.create_task(_keep_taking(conversation, lines)),
                asyncio.create_task(_keep_showing(conversation, watch)),
            ]
            try:
                done, _ = await asyncio.wait((reading, *others), return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                await session.drain()
                await conversation.show()
            finally:
                for task in (reading, *others):
                    task.cancel()
                await asyncio.gather(reading, *others, return_exceptions=True)


async def _keep_reading(typing: Typing, lines: asyncio.Queue[str]) -> None:
    """Until the end of what is typed, when all of it was taken. The prompt is there again before a line is handled."""
    while (line := await typing.line()) is not None:
        lines.put_nowait(line)
    await lines.join()


async def _keep_taking(conversation: _Conversation, lines: asyncio.Queue[str]) -> None:
    while True:
        await conversation.take(await lines.get())
        lines.task_done()


async def _keep_showing(conversation: _Conversation, watch: Subscription) -> None:
    while True:
        await watch.changed()
        await conversation.show()


class _Conversation:
    def __init__(self, session: TerminalSession, screen: Screen) -> None:
        self._session, self._screen = session, screen
        self._showing = asyncio.Lock()

    async def show(self) -> None:
        """One at a time, or two of them would print the same."""
        async with self._showing:
            found, upto = await self._session.unseen()
            for seen in found:
                self._screen.show(seen)
            await self._session.saw(upto)

    async def take(self, line: str) -> None:
        if line.strip() == "?":
            self._screen.note(HELP)
            return
        try:
            request = meant(line, self._screen.token)
            if request is None:
                return
            sent = await self._session.do(request)
        except Unclear as unclear:
            self._screen.note(str(unclear))
        except FileRefused as refused:
            self._screen.note(_refusal(refused))
        except NoSpace:
            self._screen.note(NO_SPACE)
        else:
            if sent.refused is not None and sent.refused.reason == MISSING:
                self._screen.note(f"{_refusal(sent.refused)} Yazdığınız gönderildi.")
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWERED_WITHIN):
                    await self._session.handled(sent.key)
            await self.show()


def _refusal(refused: FileRefused) -> str:
    return REFUSALS.get(refused.reason, "Dosya alınamadı: {path}").format(**refused.data, path=refused.path)


# --- where lines come from --------------------------------------------------------------------------
@asynccontextmanager
async def _typing(session: TerminalSession) -> AsyncIterator[tuple[Typing, Console]]:
    if sys.stdin.isatty() and sys.stdout.isatty():
        with patch_stdout(raw=True):
            yield _Prompt(session), Console(file=sys.stdout, force_terminal=True, highlight=False)
    else:
        yield _Piped(), Console(highlight=False)


class _Piped:
    """Not at a keyboard: line by line, as it comes."""

    def __init__(self) -> None:
        self._lines = Lines()

    async def line(self) -> str | None:
        line = await self._lines.next()
        return None if line is None else line.decode("utf-8", "replace").rstrip("\r\n")


class _Prompt:
    """At a keyboard: Enter sends, Alt+Enter is a new line, Tab completes commands and files."""

    def __init__(self, session: TerminalSession) -> None:
        unit = f"@{session.conversation.unit}" if session.in_room and session.conversation else ""
        self._message = f"{session.account.name}{unit} › "
        self._session: PromptSession[str] = PromptSession(
            completer=_Completer(session),
            complete_while_typing=True,
            key_bindings=_keys(),
            color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None,
            bottom_toolbar=HTML(
                "<b>sayı</b> düğme  <b>&gt;57</b> yanıt  <b>@</b>dosya  <b>/</b>komut  "
                "<b>?</b> yardım  <b>Ctrl-D</b> çık"
            ),
        )

    async def line(self) -> str | None:
        try:
            return await self._session.prompt_async(self._message)
        except (EOFError, KeyboardInterrupt):
            return None


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


class _Completer(Completer):
    """`/` offers what this person may use, `@` the files."""

    def __init__(self, session: TerminalSession) -> None:
        self._session = session
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if typed.startswith("/") and " " not in typed:
            role = self._session.person.role if self._session.person else None
            for command in COMMANDS.values():
                if command.name.startswith(typed[1:]) and (role is None or role in command.roles):
                    yield Completion(f"/{command.name} ", -len(typed), f"/{command.name}", command.help)
        elif typed.startswith("@") and " " not in typed and len(typed) > 1:
            yield from self._paths.get_completions(Document(typed[1:]), complete_event)
