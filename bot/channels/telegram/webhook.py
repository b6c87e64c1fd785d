"""The other way in: the platform calls us. 200 only once the update is stored; anything else and it comes again."""

from __future__ import annotations

import hmac
import json

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram.inbox_feed import UpdateFeed
from bot.json_depth import is_deep

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the name of the header
LARGEST = 1_000_000

log = structlog.get_logger(__name__)


def route(intake: UpdateFeed, secret: str) -> Route:
    """`secret` must not be empty: without it anybody could write as anybody."""
    if not secret:
        raise ValueError("a webhook needs a secret")
    expected = secret.encode()

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, expected):
            return PlainTextResponse("forbidden", 403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return PlainTextResponse("gone", 400)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            text = body.decode("utf-8")
            if is_deep(text):
                return PlainTextResponse("nested too deep", 400)
            update = json.loads(text)
        except ValueError:
            return PlainTextResponse("no JSON", 400)
        (stored,) = intake.take([update])
        try:
            await stored
        except Exception as error:  # noqa: BLE001 # whatever kept it from being stored: it must come again
            log.error("update_not_stored", why=type(error).__name__)
            return PlainTextResponse("not stored", 503)
        return PlainTextResponse("")

    return Route(PATH, receive, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """None: larger than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
