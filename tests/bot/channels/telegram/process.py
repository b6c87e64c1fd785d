"""A desk with Telegram in a process to be killed; `tests.faults.spawner` starts it.

SIGTERM stops it cleanly.
"""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import build
from bot.channels.registry import Platform
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.inbound import to_event
from bot.channels.telegram.settings import TelegramSection, TelegramSettings
from handlers.channel_port import ChannelContext
from tests.clock import RunningClock
from tests.scenarios.stage import settings_for
from tests.servers.telegram import TOKEN


async def main(folder: Path, base_url: str, clock: RunningClock) -> None:
    own = TelegramSection(token=TOKEN, base_url=base_url, content="full")
    settings = TelegramSettings(own=own, context=ChannelContext(zone=ZoneInfo("Europe/Istanbul")), poll_seconds=1)
    platform = Platform(translate=to_event, open=lambda gateway: Telegram(gateway, settings))
    app = build(settings_for(folder), clock=clock, platforms={"telegram": platform})
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await app.start()
    await stopping.wait()
    await app.stop()
