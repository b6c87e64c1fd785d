"""The web application behind a real uvicorn on a free port, in a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import uvicorn

from bot.web import WebSettings, build, end_streams
from tests.bot.web.scripted_site import ScriptedSite


class Served:
    """`app` and `server` for whoever wants to stop them; `url` where a browser finds it."""

    def __init__(self, site: ScriptedSite, settings: WebSettings, port: int = 0) -> None:
        self.socket = socket.create_server(("127.0.0.1", port))
        self.port: int = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.app = build(site, replace(settings, base_url=self.url))
        self.server = uvicorn.Server(uvicorn.Config(self.app, log_config=None, lifespan="off"))
        self._thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self.server.started:
            assert time.monotonic() < deadline, "the server did not start"
            self._thread.join(0.01)

    def stop(self) -> float:
        """As SIGTERM does it; seconds until the server was gone."""
        began = time.monotonic()
        end_streams(self.app)
        self.server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive(), "the server hangs"
        self.socket.close()
        return time.monotonic() - began


@contextmanager
def serving(site: ScriptedSite, settings: WebSettings, port: int = 0) -> Iterator[Served]:
    served = Served(site, settings, port)
    served.start()
    try:
        yield served
    finally:
        served.stop()
