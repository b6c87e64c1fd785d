"""Yedek: the last one, one more now, and who may."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.backup_desk import BackupDesk
from bot.config import Settings
from bot.filestore import archive, backup_taking, signing_key
from bot.web import WebSettings, build
from handlers.domain.people import Person
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

PATH = "panel/ayarlar/yedek"


@pytest.fixture
def settings(site: ScriptedSite, tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return Settings(database_url=f"sqlite:///{tmp_path / 'masa.db'}", data_dir=tmp_path / "data")


@pytest.fixture
async def panel(site: ScriptedSite, staff: dict[str, Person], settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    backups = BackupDesk(lambda: settings, site.store, site.clock)
    async with connect(build(site, WebSettings(demo=True, desk=shared_desk(), backups=backups))) as client:
        client.headers["Accept"] = "text/html"
        yield client


async def press(visit: PanelVisit) -> httpx.Response:
    token = (await visit.get(PATH)).text.partition('data-form-token="')[2][:64] or visit.token
    answer = await visit.client.post(f"{visit.path}{PATH}", data={"form_token": token})
    for thread in threading.enumerate():
        if thread.name == "backup":
            thread.join(20)
    return answer


@pytest.mark.parametrize(("who", "reads", "takes"), [("kemal", 403, 403), ("denetci", 200, 403), ("admin", 200, 303)])
async def test_to_whom_it_is_open(opened: Open, settings: Settings, who: str, reads: int, takes: int) -> None:
    visit = await opened(who)
    page = await visit.get(PATH)
    assert page.status_code == reads
    assert ("Şimdi al" in page.text) == (who == "admin")
    assert (await press(visit)).status_code == takes
    assert bool(backup_taking.there(settings)) == (who == "admin")


async def test_one_is_taken_told_and_noted(opened: Open, site: ScriptedSite, settings: Settings) -> None:
    visit = await opened("admin")
    assert "Henüz yedek alınmadı." in (await visit.get(PATH)).text
    await press(visit)
    page = (await visit.get(PATH)).text
    (file,) = backup_taking.there(settings)
    assert f"Yedek alındı ve denetlendi: {file.name}" in page
    assert "Bir kopyasını başka yerde saklayın." in page
    assert str(file.parent) in page
    (line,) = [line for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "backup"]
    assert line[3].startswith(f"{file.name}, ")
    with archive.opened(file, signing_key.read(settings.data_dir), trust=False) as found:
        assert found.signed


async def test_without_room_nothing_is_left_and_it_is_said(
    opened: Open, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.backup_desk.free_bytes", lambda _folder: 1)
    visit = await opened("admin")
    await press(visit)
    assert "Yedek alınamadı: diskte yeterli yer yok." in (await visit.get(PATH)).text
    assert backup_taking.there(settings) == []


def test_what_is_older_than_backups_are_kept_goes(site: ScriptedSite, settings: Settings) -> None:
    old = backup_taking.place(settings, site.now())
    old.write_bytes(b"x")
    backup_taking.drop_old(settings, site.now())
    site.clock.at = site.clock.at.replace(year=2036)
    backup_taking.drop_old(settings, site.now())
    assert not old.exists()


async def test_on_postgres_it_tells_how(opened: Open, settings: Settings) -> None:
    object.__setattr__(settings, "database_url", "postgresql+psycopg://masa@db/masa")
    page = (await (await opened("admin")).get(PATH)).text
    assert "pg_dump" in page
    assert "Şimdi al" not in page
