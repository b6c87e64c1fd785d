"""A new cookie goes out with whatever the request is answered, a refusal too: the old one is worth nothing any more."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.auth.browser_session import Browser, set_cookie
from bot.web.settings import WebSettings

_KEY = "masa.renewed"


def give_cookie(request: Request, browser: Browser) -> None:
    request.scope[_KEY] = browser


def renewed_browser(request: Request) -> Browser | None:
    found = request.scope.get(_KEY)
    return found if isinstance(found, Browser) else None


class Renewal:
    """Around the routes, and what answers for them."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and isinstance(browser := scope.get(_KEY), Browser):
                message = {**message, "headers": [*message.get("headers", ()), *_cookies(browser, self._settings)]}
            await send(message)

        await self._app(scope, receive, with_cookie)


def carry(request: Request, response: Response, settings: WebSettings) -> Response:
    """For a fault of ours, which is answered outside of everything else."""
    if (browser := renewed_browser(request)) is not None:
        set_cookie(response, browser, settings)
    return response


def _cookies(browser: Browser, settings: WebSettings) -> list[tuple[bytes, bytes]]:
    carrier = Response()
    set_cookie(carrier, browser, settings)
    return [header for header in carrier.raw_headers if header[0] == b"set-cookie"]
