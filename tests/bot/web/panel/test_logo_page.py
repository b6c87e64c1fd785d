"""The logo of the house."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bot.filestore.house_logo import MAX_BYTES, SIDE, HouseLogo
from bot.web import WebSettings, build
from handlers.domain.people import Person
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

PATH, PICTURE = "panel/ayarlar/logo", "/kurum-logosu.png"


def drawn(kind: str = "PNG", colour: str = "red", size: tuple[int, int] = (900, 300)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


@pytest.fixture
async def panel(site: ScriptedSite, staff: dict[str, Person], tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = WebSettings(demo=True, desk=shared_desk(), logo=HouseLogo(tmp_path / "data"))
    async with connect(build(site, settings)) as client:
        client.headers["Accept"] = "text/html"
        yield client


async def press(visit: PanelVisit, action: str, content: bytes | None = None) -> httpx.Response:
    token = (await visit.get(PATH)).text.partition('data-form-token="')[2][:64] or visit.token
    files = None if content is None else {"logo": ("logo.png", content, "image/png")}
    form = {"form_token": token, "action": action}
    return await visit.client.post(f"{visit.path}{PATH}", data=form, files=files)


@pytest.mark.parametrize(("who", "reads", "sets"), [("kemal", 403, 403), ("denetci", 200, 403), ("admin", 200, 303)])
async def test_to_whom_it_is_open(opened: Open, who: str, reads: int, sets: int) -> None:
    visit = await opened(who)
    assert (await visit.get(PATH)).status_code == reads
    assert (await press(visit, "yuklendi", drawn())).status_code == sets


async def test_it_is_drawn_anew_shown_and_taken_back(opened: Open, site: ScriptedSite) -> None:
    visit = await opened("admin")
    assert (await visit.client.get(PICTURE)).status_code == 404
    for page in ("panel/kayitlar", ""):
        assert "/kurum-logosu.png" not in (await visit.get(page)).text
    for colour in ("red", "blue"):
        await press(visit, "yuklendi", drawn("JPEG", colour))
    served = await visit.client.get(PICTURE)
    with Image.open(io.BytesIO(served.content)) as image:
        assert (image.format, max(image.size)) == ("PNG", SIDE)
        assert image.convert("RGB").getpixel((5, 5))[2] > 200  # type: ignore[index] # blue
    assert 'src="/kurum-logosu.png?' in (await visit.get("panel/kayitlar")).text
    chat = (await visit.client.get(visit.path)).text
    assert re.search(r'<img [^>]*src="/kurum-logosu\.png\?\w+" alt="Belediye logosu"', chat)
    await press(visit, "geri")
    with Image.open(io.BytesIO((await visit.client.get(PICTURE)).content)) as image:
        assert image.convert("RGB").getpixel((5, 5))[0] > 200  # type: ignore[index] # red
    await press(visit, "kaldirildi")
    assert (await visit.client.get(PICTURE)).status_code == 404
    assert sum(line[2] == "logo_changed" for line in site.store.read(lambda uow: uow.audit.recent())) == 4


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG dosyasını önce PNG"),
        (b"", "Logo PNG, JPEG ya da WebP olmalı"),
        (drawn()[:200], "Logo PNG, JPEG ya da WebP olmalı"),
        (b"\x89PNG" + b"x" * MAX_BYTES, "en çok 2 MB"),
        (drawn("GIF"), "Logo PNG, JPEG ya da WebP olmalı"),
    ],
)
async def test_what_is_no_logo_is_refused(opened: Open, content: bytes, says: str) -> None:
    visit = await opened("admin")
    answer = await press(visit, "yuklendi", content)
    assert answer.status_code == 422
    assert says in answer.text
    assert (await visit.client.get(PICTURE)).status_code == 404
