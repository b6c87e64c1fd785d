"""A desk with Telegram in a process of its own, to be killed: `python -m tests.bot.telegram.process DIR URL`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.app import Platform, build
from bot.telegram import Telegram, TelegramSettings, to_event
from tests.bot.telegram.stage import LateSender
from tests.scenarios.stage import settings_for
from tests.servers.telegram import TOKEN


async def main(folder: Path, base_url: str) -> None:
    late = LateSender()
    platform = Platform(sender=late, translate=to_event, run=lambda: None)
    app = build(settings_for(folder), platforms={"telegram": platform})
    telegram = Telegram(app.reception, TelegramSettings(token=TOKEN, base_url=base_url, poll_seconds=1))
    late.inner, late.pace = telegram.sender, telegram.sender.pace
    await app.start()
    await telegram.run()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
