"""A browser in the tests: its cookie, the token of its page, and the forms it sends."""

from __future__ import annotations

import re
import uuid
from typing import Any

import httpx
from starlette.applications import Starlette

BASE = "http://127.0.0.1:8080"


def connect(app: Starlette, base: str = BASE, *, raising: bool = True) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=raising)
    return httpx.AsyncClient(transport=transport, base_url=base)


class Visit:
    """One browser; `path` is where its page lies (`/` or `/demo/ayse/`)."""

    def __init__(self, client: httpx.AsyncClient, path: str = "/") -> None:
        self.client, self.path = client, path
        self.token = ""

    async def open(self, **params: str) -> httpx.Response:
        page = await self.client.get(self.path, params=params, headers={"Accept": "text/html"})
        found = re.search(r'data-form-token="([0-9a-f]{64})"', page.text)
        self.token = found[1] if found else ""
        return page

    async def get(self, path: str, **params: str) -> httpx.Response:
        return await self.client.get(self.path + path, params=params)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        """`files` apart, every field as text; the key is made unless given."""
        headers = {"X-Masa-Token": self.token, **fields.pop("headers", {})}
        files = fields.pop("files", None) or {"": ("", b"")}
        data = {"key": str(uuid.uuid4()), **{name: str(value) for name, value in fields.items()}}
        return await self.client.post(self.path + path, data=data, files=files, headers=headers)

    async def send(self, text: str, **fields: Any) -> httpx.Response:
        return await self.post("messages", text=text, **fields)
