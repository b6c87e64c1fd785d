"""The HTTP server of `masa run`: uvicorn, with limits of our own for who may be connected and how slowly."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn._types import ASGI3Application
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.web.connections import ConnectionLimits, Connections
from bot.web.http_protocol import BoundedHttp

FINISH_WITHIN = 5
"""Seconds that requests in hand have when the process is told to stop."""
_TICKS_A_SECOND = 10


class WebServer(uvicorn.Server):
    """The signals are the process's own: uvicorn would raise them again before the desk has stopped.

    `clock` as `time.monotonic`; `on_turned_away` hears why, for each connection that is refused or closed.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: ConnectionLimits,
        *,
        clock: Callable[[], float] = time.monotonic,
        on_turned_away: Callable[[str], None] = lambda _why: None,
    ) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=FINISH_WITHIN,
        )
        # whom uvicorn trusts to name the sender of a request (FORWARDED_ALLOW_IPS; the loopback unless it is set)
        trusted = ProxyHeadersMiddleware(cast("ASGI3Application", app), config.forwarded_allow_ips).trusted_hosts
        self.connections = Connections(
            limits, clock=clock, is_proxy=lambda host: host in trusted, on_turned_away=on_turned_away
        )
        config.http = cast("type[BoundedHttp]", partial(BoundedHttp, self.connections))
        super().__init__(config)

    async def on_tick(self, counter: int) -> bool:
        if counter % _TICKS_A_SECOND == 0:
            self.connections.sweep()
        return await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
