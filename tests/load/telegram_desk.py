"""A desk on Telegram, to be measured: `python -m tests.load.telegram_desk DB DIR API [paced]`.

It answers without keeping the platform's pace, unless told to.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import uvloop

from bot.app import build
from bot.channels.registry import Platform
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.inbound import to_event
from bot.channels.telegram.settings import TelegramSection, TelegramSettings
from bot.clock import SystemClock
from bot.config import Settings
from bot.monitoring.logs import configure
from handlers.channel_port import Channel, ChannelContext, ChannelGateway
from tests.bot.unhurried import Unhurried
from tests.load.telegram_api import TOKEN


async def main(url: str, folder: Path, base_url: str, *, paced: bool) -> None:
    own = TelegramSection(token=TOKEN, base_url=base_url, content="full")
    settings = TelegramSettings(own=own, context=ChannelContext(zone=ZoneInfo("Europe/Istanbul")))

    def opened(gateway: ChannelGateway) -> Channel:
        channel = Telegram(gateway, settings)
        return channel if paced else Unhurried(channel)

    platform = Platform(translate=to_event, open=opened)
    app = build(Settings(database_url=url, data_dir=folder), clock=SystemClock(), platforms={"telegram": platform})
    await app.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    configure()
    uvloop.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], paced="paced" in sys.argv))
