"""One process holds the socket; another, which only opened its channel, answers signed requests and sends."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

from bot.channels.slack.channel import Slack
from handlers.messages import Delivered, Delivery
from tests.bot.channels.slack.stage import open_slack, settings_of
from tests.bot.channels.slack.test_signed_http import PRINTER, serving


async def test_who_does_not_hold_the_socket_is_well_and_does_the_rest(tmp_path: Path) -> None:
    async with open_slack(tmp_path, signing_secret="s1gn1ng") as stage:
        other = Slack(stage.app.gateway, settings_of(stage.slack, signing_secret="s1gn1ng"))
        await other.open()
        async with asyncio.timeout(10):
            while not other.health()["ok"]:
                await asyncio.sleep(0.005)
        sockets = stage.slack.opened_sockets
        async with serving(SimpleNamespace(desk=other)) as url:  # type: ignore[arg-type] # its routes are all it needs
            stage.slack.events_url = url
            ayse = stage.person("ayse")
            await ayse.says(PRINTER)
            assert "Teknisyene ilet" in (await ayse.last()).buttons
            said = Delivery(id=9, conversation=ayse.address, channel="slack", message_id=9, attempt=1, text="merhaba")
            assert isinstance(await other.sender.send(said), Delivered)
        assert stage.slack.opened_sockets == sockets
        await other.close()


async def test_a_socket_given_up_is_no_trouble_and_may_be_taken_again(tmp_path: Path) -> None:
    """A lease that changes hands and comes back."""
    async with open_slack(tmp_path) as stage:
        other = Slack(stage.app.gateway, settings_of(stage.slack))
        await other.open()
        for _ in range(2):
            sockets = stage.slack.opened_sockets
            listening = asyncio.create_task(other.run())
            async with asyncio.timeout(10):
                while stage.slack.opened_sockets == sockets or not other.health()["ok"]:
                    await asyncio.sleep(0.005)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            assert other.health() == {"ok": True, "trouble": ""}
        await other.close()
