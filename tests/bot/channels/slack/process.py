"""A desk with Slack in a process to be killed; `tests.faults.spawner` starts it.

The way in is `signed` or `socket`. Where a file `die` lies in its folder, the process kills itself once it has stored
an event and before it acknowledges it; the file is gone then.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Collection, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import App, build
from bot.channels.registry import Platform
from bot.channels.slack.channel import Slack
from bot.channels.slack.inbound import to_event
from bot.channels.slack.settings import SlackSection, SlackSettings
from bot.commands import run
from handlers.channel_port import ChannelContext
from handlers.ports import Arrival, Attachment
from tests.bot.unhurried import Unhurried
from tests.clock import RunningClock
from tests.scenarios.stage import settings_for, shared_desk

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-house", "xapp-house", "s1gn1ng"
DIE = "die"


def main(folder: Path, base_url: str, way: str, port: int, clock: RunningClock) -> None:
    way_in = {"signing_secret": SECRET} if way == "signed" else {"app_token": APP_TOKEN}
    section = SlackSection(bot_token=BOT_TOKEN, base_url=base_url, content="full", **way_in)
    own = SlackSettings(own=section, context=ChannelContext(zone=ZoneInfo("Europe/Istanbul")), retry_seconds=0.1)
    platform = Platform(translate=to_event, open=lambda gateway: Unhurried(Slack(gateway, own)))
    listening = socket.create_server(("127.0.0.1", port))
    app = build(settings_for(folder), clock=clock, desk=shared_desk(), platforms={"slack": platform})
    _mortal(app, folder / DIE)
    asyncio.run(run._serve(app, listening))


def _mortal(app: App, die: Path) -> None:
    accept = app.gateway.accept_raw

    async def accept_and_die(arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        stored = await accept(arrivals, attachments)
        if die.exists():
            die.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return stored

    app.gateway.accept_raw = accept_and_die  # type: ignore[method-assign] # between the commit and the acknowledgement
