"""Signed requests: the other way in, for a desk that Slack can reach."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import parse_qs

from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.json_depth import is_deep

LARGEST = 2_000_000
WINDOW_SECONDS = 300
Dispatch = Callable[[str, dict[str, str]], Awaitable[BoltResponse]]
"""Body and headers → Bolt's answer."""


class _DeskClock(Clock):
    """The desk's clock as the SDK asks for it: seconds since 1970."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now().timestamp()


class SignedHttp:
    """`POST /slack/events`: events, commands and interactions alike."""

    def __init__(self, signing_secret: str, dispatch: Dispatch, now: Callable[[], datetime]) -> None:
        self._clock = _DeskClock(now)
        self._verifier = SignatureVerifier(signing_secret, self._clock)
        self._dispatch = dispatch

    async def receive(self, request: Request) -> Response:
        try:
            body = await _bounded(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        headers = dict(request.headers)
        if not self._is_signed(body, headers):
            return Response(status_code=401)
        text = body.decode("utf-8")
        if any(is_deep(part) for part in (text, *parse_qs(text).get("payload", ()))):
            return Response(status_code=400)
        answer = await self._dispatch(text, headers)
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())

    def _is_signed(self, body: bytes, headers: dict[str, str]) -> bool:
        """The SDK's verifier raises on a timestamp, signature or body that it cannot read: all of that is unsigned."""
        stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12 and signature.isascii()):
            return False
        if abs(self._clock.now() - int(stamp)) > WINDOW_SECONDS:
            return False
        try:
            return self._verifier.is_valid(body, stamp, signature)
        except UnicodeDecodeError:
            return False


async def _bounded(request: Request) -> bytes | None:
    """None: larger than anything that Slack sends."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > LARGEST:
            return None
    return bytes(received)
