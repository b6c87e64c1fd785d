"""`masa chat --json`: the desk for scripts. One JSON object a line, in and out; stderr is for who wrote the script."""

from __future__ import annotations

import asyncio
import json
from typing import TextIO

from bot.channels.terminal.inbound import BadLine, parse
from bot.channels.terminal.session import FileRefused, SeenMessage, TerminalSession
from bot.channels.terminal.stdin_lines import Lines
from handlers.channel_port import ChannelGateway, NoSpace
from handlers.messages import plain, unmarked

DELETED = "(silindi)"


def as_json(seen: SeenMessage) -> str:
    """One line, ASCII only."""
    message = seen.message
    ref = str(message.id)
    return json.dumps(
        {
            "ref": ref,
            "edits": ref if seen.again else None,
            "text": _text(seen),
            "buttons": [{"label": button.label, "token": button.token} for button in message.buttons],
            "files": [file.name for file in message.files],
        }
    )


def _text(seen: SeenMessage) -> str:
    if not seen.author:
        return plain(seen.message.text)
    return f"{unmarked(seen.author)}: {DELETED if seen.message.deleted else unmarked(seen.message.text)}"


class Script:
    """Prints what waits unseen, answers each line before it reads the next, and ends with its input."""

    def __init__(
        self, gateway: ChannelGateway, session: TerminalSession, lines: Lines, out: TextIO, err: TextIO
    ) -> None:
        self._gateway, self._session, self._lines = gateway, session, lines
        self._out, self._err = out, err

    async def run(self) -> None:
        """Raises AccessDenied once the person may not be there any more."""
        async with self._gateway.watch([self._session.address]) as watch:
            await self._session.drain()
            await self._show()
            number = 0
            reading = asyncio.ensure_future(self._lines.next())
            while True:
                changing = asyncio.ensure_future(watch.changed())
                await asyncio.wait((reading, changing), return_when=asyncio.FIRST_COMPLETED)
                if changing.done():
                    changing.result()
                changing.cancel()
                if not reading.done():
                    await self._show()  # somebody else did something meanwhile
                    continue
                line = reading.result()
                if line is None:
                    break
                number += 1
                await self._answer(number, line)
                await self._show()
                reading = asyncio.ensure_future(self._lines.next())
            await self._session.drain()
            await self._show()

    async def _answer(self, number: int, line: bytes) -> None:
        if not line.strip():
            return
        try:
            sent = await self._session.do(parse(line))
        except (BadLine, FileRefused, NoSpace) as error:
            self._warn(number, error, "nothing of it was sent")
            return
        if sent.refused is not None:
            self._warn(number, sent.refused, "its words were sent without the file")
        await self._session.handled(sent.key)

    def _warn(self, number: int, error: Exception, what_became: str) -> None:
        print(f"masa: line {number}: {error}; {what_became}", file=self._err, flush=True)

    async def _show(self) -> None:
        found, upto = await self._session.unseen()
        for seen in found:
            self._out.write(as_json(seen) + "\n")
            self._out.flush()
        await self._session.saw(upto)
