"""Settings of the house, said in the browser."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.channels.registry import CHANNELS
from bot.config import with_channels
from bot.house_settings import HouseSettings
from bot.web import WebSettings, build
from bot.web.panel.house_pages import SUBJECTS
from handlers.chat.dispatch import handle
from handlers.context import Desk
from handlers.domain.people import Person
from handlers.events import SettingAsked
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

TOKEN = "123456:gizli-anahtar"


@pytest.fixture
def at_home(tmp_path: Path) -> Desk:
    file = tmp_path / "masa.toml"
    file.write_text("\nbackup_days = 45\n", encoding="utf-8")
    return replace(shared_desk(), house=HouseSettings(with_channels(CHANNELS.sections)(backup_days=45), file))


@pytest.fixture
async def panel(site: ScriptedSite, staff: dict[str, Person], at_home: Desk) -> AsyncIterator[httpx.AsyncClient]:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(at_home, uow, event, at_home.knowledge.read)  # type: ignore[arg-type]

    site.script = play
    async with connect(build(site, WebSettings(demo=True, desk=at_home))) as client:
        client.headers["Accept"] = "text/html"
        yield client


async def ask(visit: PanelVisit, path: str, *, yes: bool = True, **fields: str) -> httpx.Response:
    """`yes`: said where it shows people the privacy notice again, and is asked about first."""
    answer = await _asked(visit, path, **fields)
    sure = re.findall(r'name="sure" value="(\d+)"', answer.text)
    return await _asked(visit, path, **fields, sure=sure[0]) if yes and sure else answer


async def _asked(visit: PanelVisit, path: str, **fields: str) -> httpx.Response:
    page = await visit.get(f"panel/ayarlar/{path}")
    token = re.findall(r'data-form-token="([0-9a-f]{64})"', page.text)
    seen = dict(re.findall(r'name="(seen\.[\w.]+)" value="(\d+)"', page.text))
    given = {"form_token": token[0] if token else visit.token, "key": str(uuid.uuid4()), **seen, **fields}
    return await visit.client.post(f"{visit.path}panel/ayarlar/{path}", data=given)


async def then(visit: PanelVisit, answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return (await visit.client.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("ayse", 403, 403),
        ("mehmet", 403, 403),
        ("fatma", 403, 403),
        ("kemal", 403, 403),
        ("denetci", 200, 403),
        ("admin", 200, 303),
    ],
)
async def test_to_whom_they_are_open(opened: Open, site: ScriptedSite, who: str, reads: int, writes: int) -> None:
    visit = await opened(who)
    for name in SUBJECTS:
        answer = await visit.get(f"panel/ayarlar/{name}")
        assert answer.status_code == reads
        assert ('class="button primary">Kaydet' in answer.text) == (who == "admin")
    assert (await ask(visit, "kurum", institution="Örnek")).status_code == writes
    typed = await ask(visit, "saklama", **{"terms.chat_months": "--5"})
    assert typed.status_code == (422 if who == "admin" else writes)
    if who == "denetci":
        audit = site.store.read(lambda uow: uow.audit.recent())
        assert sum(line[2] == "panel_viewed" for line in audit) >= len(SUBJECTS)


async def test_what_is_said_holds_and_can_be_taken_back(opened: Open, site: ScriptedSite, at_home: Desk) -> None:
    visit = await opened("admin")
    page = await then(visit, await ask(visit, "kurum", institution="Örnek Belediyesi"))
    assert "✅ Yazıldı." in page
    assert "Buradan yazıldı: Can Er" in page
    assert at_home.house.now.institution == "Örnek Belediyesi"  # type: ignore[union-attr,attr-defined]
    page = await then(visit, await ask(visit, "kurum", timezone="Europe/Berlin"))
    assert "Yazıldı; masa yeniden başlayınca geçerli olur." in page
    tiles = (await visit.get("panel/ayarlar")).text
    assert "↻ 1 ayar masa yeniden başlayınca" in tiles
    assert 'href="/demo/admin/panel/ayarlar/logo">Logo' in tiles
    page = await then(visit, await ask(visit, "kurum", back="institution"))
    assert 'value="Belediye"' in page
    audit = [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "setting_changed"]
    assert audit[0] == "institution: Örnek Belediyesi → –"


async def test_what_was_said_in_another_process_holds_where_somebody_looks(
    opened: Open, site: ScriptedSite, tmp_path: Path
) -> None:
    """A balancer leads the admin to a process that has not taken it over yet."""
    house = HouseSettings(with_channels(CHANNELS.sections)(backup_days=45), tmp_path / "masa.toml")
    there = replace(shared_desk(), house=house)
    house.on_change(lambda settings: setattr(there, "institution", settings.institution))
    await then(await opened("admin"), await ask(await opened("admin"), "kurum", institution="Örnek Belediyesi"))
    assert house.now.institution == "Belediye"
    async with connect(build(site, WebSettings(demo=True, desk=there))) as client:
        visit = PanelVisit(client, "/demo/admin/")
        await visit.open()
        assert 'value="Örnek Belediyesi"' in (await visit.get("panel/ayarlar/kurum")).text
        assert (house.now.institution, there.institution) == ("Örnek Belediyesi", "Örnek Belediyesi")
        assert "başkası" not in (await ask(visit, "kurum", institution="Örnek")).text


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(opened: Open, site: ScriptedSite) -> None:
    visit = await opened("admin")
    answer = await ask(visit, "saklama", **{"terms.chat_months": "altı", "terms.ticket_months": "36"})
    assert answer.status_code == 422
    assert "Bir alan düzeltilmeli; hiçbir şey yazılmadı." in answer.text
    assert "⚠ Tam sayı yazın." in answer.text
    assert 'value="altı"' in answer.text
    assert 'value="36"' in answer.text
    emptied = await ask(visit, "saklama", **{"terms.chat_months": ""})
    assert emptied.status_code == 422, "the ready value has a button of its own"
    assert "⚠ Tam sayı yazın." in emptied.text
    assert site.store.read(lambda uow: uow.stored_settings.all()) == []
    assert not any(isinstance(one, SettingAsked) for one in site.accepted)


async def test_what_shows_the_notice_again_is_asked_about_first(
    opened: Open, site: ScriptedSite, at_home: Desk
) -> None:
    """By the form, and by a button beside a setting. What was typed beside it is not lost."""
    assert at_home.house is not None
    read = at_home.house.notice({}).version

    def have_read(uow: UnitOfWork) -> None:
        for person in uow.people.everybody():
            person.notice_version = read if person.handle in ("ayse", "mehmet") else None
            uow.people.save(person)

    def set_now() -> dict[str, object]:
        return {one.key: one.value for one in site.store.read(lambda uow: uow.stored_settings.all())}

    site.store.write(have_read)
    visit = await opened("admin")
    typed = {"terms.chat_months": "9", "terms.ticket_months": "36"}
    asked = await ask(visit, "saklama", yes=False, **typed)
    assert asked.status_code == 200
    assert "Aydınlatma metni 2 kişiye yeniden gösterilecek" in asked.text
    assert 'value="9"' in asked.text
    assert 'value="36"' in asked.text
    assert "Vazgeç" in asked.text
    assert set_now() == {}
    sure = re.findall(r'name="sure" value="(\d+)"', asked.text)[0]
    other = await ask(visit, "saklama", yes=False, **typed | {"terms.chat_months": "8"}, sure=sure)
    assert "yeniden gösterilecek" in other.text, "the yes was to something else"
    await then(visit, await ask(visit, "saklama", yes=False, **typed, sure=sure))
    assert set_now() == {"terms.chat_months": 9, "terms.ticket_months": 36}
    taken_back = await ask(visit, "saklama", yes=False, back="terms.chat_months")
    assert "yeniden gösterilecek" in taken_back.text
    assert re.search(r'form="house-back" name="back" value="terms.chat_months">Kaydet', taken_back.text)
    both = {"terms.chat_months": "6", "terms.ticket_months": "24"}
    await then(visit, await ask(visit, "saklama", yes=False, **both))  # what they have read
    assert set_now() == {"terms.chat_months": 6, "terms.ticket_months": 24}


async def test_numbers_tell_their_range(opened: Open) -> None:
    visit = await opened("admin")
    kept, files, probes = [
        (await visit.get(f"panel/ayarlar/{one}")).text for one in ("saklama", "dosyalar", "denetimler")
    ]
    assert re.search(r"\(ay\) <span class=\"faint\">\(1 ile 120 arası\)</span>", kept)
    assert "(1 ile 100 arası)" in kept
    assert "(0 ile 1.000.000 arası)" in files
    assert "(100 ile 599 arası)" in probes


async def test_what_the_file_says_is_locked(opened: Open, site: ScriptedSite) -> None:
    visit = await opened("admin")
    page = (await visit.get("panel/ayarlar/saklama")).text
    assert re.search(r"🔒 Dosyadan geliyor \(\S*masa.toml:2\)", page)
    assert 'name="backup_days"' not in page
    await ask(visit, "saklama", backup_days="9", **{"terms.chat_months": "6"})
    assert site.store.read(lambda uow: uow.stored_settings.all()) == []


async def test_a_secret_goes_in_and_never_out(opened: Open, site: ScriptedSite) -> None:
    visit = await opened("admin")
    pages = [await then(visit, await ask(visit, "telegram", **{"telegram.token": TOKEN, "telegram.mode": "webhook"}))]
    pages.append((await ask(visit, "telegram", **{"telegram.token": TOKEN + "x", "telegram.content": "hepsi"})).text)
    pages.append((await visit.get("panel/ayarlar/kurulum")).text)
    assert not any(TOKEN in page for page in pages)
    assert "girilmiş, gösterilmez" in pages[0]
    audit = [line[3] for line in site.store.read(lambda uow: uow.audit.recent())]
    assert "telegram.token: değiştirildi" in audit
    assert not any(TOKEN in line for line in audit)
    assert site.store.read(lambda uow: uow.stored_settings.get("telegram.token")).value == TOKEN  # type: ignore[union-attr]
    await then(visit, await ask(visit, "telegram", default="telegram.token"))
    assert site.store.read(lambda uow: uow.stored_settings.get("telegram.token")).value is None  # type: ignore[union-attr]


async def test_a_secret_that_was_not_taken_over_has_to_be_typed_again(opened: Open) -> None:
    visit = await opened("admin")
    for path, told in (("telegram", True), ("kurum", False)):
        page = (await visit.get(f"panel/ayarlar/{path}", oldu=str(uuid.uuid4()))).text
        assert "Ne olduğu bilinmiyor" in page
        assert ("saklanmadı: yeniden yazın" in page) is told


async def test_places_are_rows_that_can_be_added_and_emptied(opened: Open, site: ScriptedSite, at_home: Desk) -> None:
    visit = await opened("admin")
    assert "Şimdi masanın kendi listesi geçerli: Vezne" in (await visit.get("panel/ayarlar/yerler")).text
    row = {"title": "Gasilhane", "words": "gasilhane, cenaze", "opens": "07:00", "closes": "18:00", "on_weekends": "1"}
    form = {"has.priority_places": "1", **{f"priority_places.0.{name}": value for name, value in row.items()}}
    page = await then(visit, await ask(visit, "yerler", **form))
    assert "1. Gasilhane" in page
    assert [place.title for place in at_home.house.now.places] == ["Gasilhane"]  # type: ignore[union-attr,attr-defined]
    answer = await ask(visit, "yerler", **{**form, "priority_places.0.closes": "06:00"})
    assert "⚠ 1. satır: Kapanış açılıştan sonra olmalı." in answer.text
    emptied = {**form, "priority_places.0.title": "", "priority_places.0.words": ""}
    await then(visit, await ask(visit, "yerler", **emptied))
    assert at_home.house.now.places == ()  # type: ignore[union-attr,attr-defined]


async def test_what_a_colleague_changed_is_told_and_can_be_written_over(opened: Open, site: ScriptedSite) -> None:
    visit = await opened("admin")
    await then(visit, await ask(visit, "kurum", institution="Örnek"))
    late = await ask(visit, "kurum", institution="Başka", **{"seen.institution": "0"})
    assert late.status_code == 409
    assert "Siz bakarken Can Er, “Kurumun adı” ayarını değiştirdi." in late.text
    assert "Yine de kaydet" in late.text
    assert 'value="Başka"' in late.text
    assert 'name="seen.institution" value="1"' in late.text


async def test_pressed_twice_it_is_done_once(opened: Open, site: ScriptedSite) -> None:
    visit, key = await opened("admin"), str(uuid.uuid4())
    for _ in range(2):
        assert (await ask(visit, "birimler", key=key, tell_days="0")).status_code == 303
    assert len([one for one in site.accepted if isinstance(one, SettingAsked)]) == 1


async def test_a_setting_is_found_by_its_name_in_the_search_of_the_panel(opened: Open) -> None:
    page = (await (await opened("admin")).get("panel/git", q="yedeklerin saklandığı")).text
    assert "Ayarlar › Saklama › Yedeklerin saklandığı gün" in page
    assert "Saklama" not in (await (await opened("fatma")).get("panel/git", q="yedeklerin saklandığı")).text
