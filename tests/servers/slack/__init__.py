"""Slack on loopback: the Web API and Socket Mode over real HTTP and WebSocket, strict, and able to fail on command.

People act through it (`say`, `press`, `command` …); what they see is in `channels`. Nothing here imports the house.
"""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp import web

from tests.servers.slack.people import People
from tests.servers.slack.reading import buttons, shown
from tests.servers.slack.web_api import WebApi
from tests.servers.slack.workspace import BOT_ID, BOT_USER, SCOPES, TEAM

__all__ = ["BOT_ID", "BOT_USER", "SCOPES", "TEAM", "SlackServer", "buttons", "shown"]


class SlackServer(People, WebApi):
    async def start(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files-pri/{file}/{name}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._client = aiohttp.ClientSession()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self.sockets):
            await socket.close()
        await self._client.close()
        await self._runner.cleanup()
