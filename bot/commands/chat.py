"""`masa chat`: the desk in the terminal, alone or beside a running `masa run`."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from typing import Annotated

import typer

from bot import demo
from bot.app import App, Mode, build
from bot.channels.terminal.json_script import Script
from bot.channels.terminal.session import AccessDenied, TerminalSession, default_handle
from bot.channels.terminal.stdin_lines import Lines
from bot.clock import process_clock
from bot.commands.sources import require_unit
from bot.config import load
from bot.errors import OperatorError
from bot.monitoring import logs


def chat(
    handle: Annotated[str | None, typer.Option("--as", help="Kim olarak (varsayılan: işletim sistemi hesabı).")] = None,
    room: Annotated[str | None, typer.Option(help="Bu birimin grubunda: donanim, yazilim …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Betikler için: her satır bir JSON nesnesi.")] = False,
) -> None:
    """Masayla terminalden yazışma."""
    settings = load()
    require_unit(settings, room, "--room")
    logs.configure(level=logging.ERROR, secrets=settings.secrets)
    app = build(settings, clock=process_clock(), mode=Mode.STANDBY)
    settings = app.settings
    logs.configure(level=logging.ERROR, secrets=settings.secrets)  # those that were said in the browser as well
    demo.prepare(app.store, settings, app.desk)
    try:
        asyncio.run(_chat(app, handle or default_handle(), room, as_json))
    except AccessDenied as error:
        raise OperatorError(str(error)) from None


async def _chat(app: App, handle: str, room: str | None, as_json: bool) -> None:
    """SIGTERM ends it as Ctrl-D does: what was accepted is finished, or stays for the next who works."""
    await app.start()
    talking = asyncio.create_task(_talk(app, handle, room, as_json))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, talking.cancel)
    try:
        await asyncio.wait((talking,))
        if not talking.cancelled():
            talking.result()
    finally:
        await app.stop()


async def _talk(app: App, handle: str, room: str | None, as_json: bool) -> None:
    seat = await TerminalSession.take(app.gateway, handle, room)
    if as_json:
        await Script(app.gateway, seat, Lines(), sys.stdout, sys.stderr).run()
    else:
        from bot.channels.terminal.prompt import talk  # a script needs none of what a prompt brings along

        await talk(app.gateway, seat, app.settings.base_url, app.settings.timezone)
