"""Styles and scripts: compressed, kept for a year under their mark, asked for again without it. Pages, too."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.web.assets import STATIC
from bot.web.compression import SMALLEST, Compression
from bot.web.fingerprint import fingerprint
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit


def marked_assets(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/static/[^"]+)"', page)


async def test_a_page_names_its_assets_by_their_mark(client: httpx.AsyncClient) -> None:
    named = marked_assets((await client.get("/")).text)
    assert f"/static/{fingerprint()}/main.js" in named
    assert all(name.startswith(f"/static/{fingerprint()}/") for name in named)


async def test_what_is_named_by_its_mark_is_kept_for_a_year(client: httpx.AsyncClient) -> None:
    sent = await client.get(f"/static/{fingerprint()}/chat.css")
    assert sent.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sent.headers["content-type"].startswith("text/css")
    assert sent.text == (STATIC / "chat.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/static/main.js", "/static/0123456789abcdef/main.js"])
async def test_without_its_mark_or_with_an_old_one_it_is_asked_for_again(client: httpx.AsyncClient, path: str) -> None:
    sent = await client.get(path)
    assert sent.headers["cache-control"] == "no-cache"
    again = await client.get(path, headers={"If-None-Match": sent.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_an_asset_goes_out_compressed_to_whoever_takes_it(client: httpx.AsyncClient) -> None:
    path = f"/static/{fingerprint()}/talk.js"
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    packed = await client.get(path)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "Accept-Encoding" in plain.headers["vary"]


async def test_a_page_goes_out_compressed_and_a_small_answer_does_not(site: ScriptedSite, guest: Visit) -> None:
    page = await guest.client.get("/", headers={"Accept": "text/html"})
    assert page.headers["content-encoding"] == "gzip"
    sent = await guest.send("merhaba")
    assert len(sent.content) < SMALLEST
    assert "content-encoding" not in sent.headers


async def test_the_first_page_is_under_a_hundred_kilobytes(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    total = int(page.headers["content-length"])
    for name in {*marked_assets(page.text), *(f"/static/{path.name}" for path in STATIC.glob("*.js"))}:
        total += int((await client.get(name)).headers["content-length"])
    assert total < 100_000


async def test_what_comes_piece_by_piece_is_left_as_it_is() -> None:
    async def app(_scope: object, _receive: object, send) -> None:  # type: ignore[no-untyped-def] # as ASGI has it
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"a" * 5000, "more_body": True})
        await send({"type": "http.response.body", "body": b"b", "more_body": False})

    async with httpx.AsyncClient(transport=httpx.ASGITransport(Compression(app)), base_url="http://x") as client:
        sent = await client.get("/")
    assert "content-encoding" not in sent.headers
    assert sent.text == "a" * 5000 + "b"
