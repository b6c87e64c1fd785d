"""The web application behind the real server on a free port, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import uvloop

from bot.web import ConnectionLimits, WebServer, WebSettings, build, end_streams
from tests.bot.web.scripted_site import ScriptedSite


class Running:
    """Any application; `server` for whoever wants to stop it."""

    def __init__(self, app: Any, listening: socket.socket, limits: ConnectionLimits | None = None, **how: Any) -> None:
        self.socket = listening
        self.port: int = listening.getsockname()[1]
        self.server = WebServer(app, limits or ConnectionLimits(), **how)
        self._thread = threading.Thread(target=uvloop.run, args=[self._serve()], daemon=True)

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self.server.serve(sockets=[self.socket])

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self.server.started:
            assert time.monotonic() < deadline, "the server did not start"
            self._thread.join(0.01)

    def stop(self) -> float:
        """Seconds until the server was gone."""
        began = time.monotonic()
        self.server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive(), "the server hangs"
        self.socket.close()
        return time.monotonic() - began


class Served(Running):
    """`app` for whoever wants to look into it; `url` where a browser finds it."""

    def __init__(
        self, site: ScriptedSite, settings: WebSettings, port: int = 0, limits: ConnectionLimits | None = None
    ) -> None:
        listening = socket.create_server(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.app = build(site, replace(settings, base_url=self.url))
        super().__init__(self.app, listening, limits)

    def stop(self) -> float:
        """As SIGTERM does it, in the server's own thread."""
        with suppress(RuntimeError):  # it was stopped before
            self.loop.call_soon_threadsafe(end_streams, self.app)
        return super().stop()


@contextmanager
def serving(
    site: ScriptedSite, settings: WebSettings, port: int = 0, limits: ConnectionLimits | None = None
) -> Iterator[Served]:
    served = Served(site, settings, port, limits)
    served.start()
    try:
        yield served
    finally:
        served.stop()


@contextmanager
def running(app: Any, limits: ConnectionLimits | None = None, **how: Any) -> Iterator[Running]:
    """`how`: as `WebServer` takes it."""
    run = Running(app, socket.create_server(("127.0.0.1", 0), backlog=512), limits, **how)
    run.start()
    try:
        yield run
    finally:
        run.stop()
