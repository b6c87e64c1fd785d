"""A push service on loopback, as RFC 8030 says: it takes what is sealed for a browser, and can refuse on command.

Its browsers open what was sealed for them by RFC 8291, with their own code and not with ours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

CURVE = ec.SECP256R1()
MOST_BYTES = 4096


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


@dataclass
class PushBrowser:
    """One browser that subscribed: what it gave out, and what it keeps to itself."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public_key(self) -> str:
        return encoded(point(self.private.public_key()))

    @property
    def given(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "public_key": self.public_key, "auth": encoded(self.auth)}

    def opened(self, body: bytes) -> bytes:
        """RFC 8188 and 8291, step by step."""
        salt, record, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, cipher = body[21 : 21 + length], body[21 + length :]
        assert len(cipher) <= record
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        info = b"WebPush: info\0" + point(self.private.public_key()) + sender
        secret = _expanded(_extracted(self.auth, shared), info, 32)
        mixed = _extracted(salt, secret)
        key = _expanded(mixed, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _expanded(mixed, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, cipher, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02", "the last record"
        return plain[:-1]


def _extracted(salt: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt, secret, hashlib.sha256)


def _expanded(secret: bytes, info: bytes, length: int) -> bytes:
    return hmac.digest(secret, info + b"\x01", hashlib.sha256)[:length]


@dataclass(frozen=True)
class Pushed:
    path: str
    headers: dict[str, str]
    body: bytes


class PushServer:
    def __init__(self) -> None:
        self.url = ""
        self.taken: list[Pushed] = []
        self.refusals: list[tuple[int, dict[str, str]]] = []
        """What it answers next, before it takes anything."""
        self.gone: set[str] = set()

    def browser(self, name: str) -> PushBrowser:
        return PushBrowser(f"{self.url}/push/{name}")

    def read(self, browser: PushBrowser) -> list[dict[str, Any]]:
        path = browser.endpoint.removeprefix(self.url)
        return [json.loads(browser.opened(one.body)) for one in self.taken if one.path == path]

    async def take(self, request: Request) -> Response:
        body, headers = await request.body(), dict(request.headers)
        if self.refusals:
            code, more = self.refusals.pop(0)
            return Response(status_code=code, headers=more)
        if request.url.path in self.gone:
            return Response(status_code=410)
        if len(body) > MOST_BYTES:
            return Response(status_code=413)
        if headers.get("content-encoding") != "aes128gcm" or not headers.get("ttl", "").isdecimal():
            return Response(status_code=400)
        if not _is_signed(headers.get("authorization", ""), self.url):
            return Response(status_code=403)
        self.taken.append(Pushed(request.url.path, headers, body))
        return Response(status_code=201, headers={"Location": f"{self.url}/message/{len(self.taken)}"})


def _is_signed(header: str, audience: str) -> bool:
    """RFC 8292: a token for this service, signed with the key beside it."""
    given = dict(part.strip().split("=", 1) for part in header.removeprefix("vapid ").split(","))
    said, _, signature = given["t"].rpartition(".")
    head, claims = (json.loads(decoded(part)) for part in said.split("."))
    raw = decoded(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(given["k"]))
    key.verify(der, said.encode(), ec.ECDSA(hashes.SHA256()))  # raises, and so answers 500
    return head["alg"] == "ES256" and claims["aud"] == audience and claims["sub"].startswith("mailto:")


@asynccontextmanager
async def push_service() -> AsyncIterator[PushServer]:
    service = PushServer()
    app = Starlette(routes=[Route("/push/{name}", service.take, methods=["POST"])])
    config = uvicorn.Config(app, "127.0.0.1", 0, log_config=None, lifespan="off", ws="none", proxy_headers=False)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    service.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield service
    finally:
        server.force_exit = True
        await server.shutdown()
