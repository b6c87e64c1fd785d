"""From the printed address to a house that is set up, through HTTP and without a script."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.channels.registry import CHANNELS
from bot.config import with_channels
from bot.house_settings import HouseSettings
from bot.web import SetupCode, WebSettings, build, code_hash
from handlers.chat.dispatch import handle
from handlers.domain.calendar import ALWAYS
from handlers.domain.idempotency import asked_by_page
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Person, Role
from handlers.people import first_admin
from handlers.ports import Arrival, UnitOfWork
from handlers.spoken_time import week_name
from storage.repositories.people import SqlPeople
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

CODE = "ABCDE-FGH23"


@pytest.fixture
async def browser(site: ScriptedSite, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    home = replace(shared_desk(), house=HouseSettings(with_channels(CHANNELS.sections)(), tmp_path / "masa.toml"))

    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(home, uow, event, home.knowledge.read)  # type: ignore[arg-type]

    site.script = play
    code = SetupCode(code_hash(CODE), site.now() + timedelta(hours=2))
    async with connect(build(site, WebSettings(desk=home, setup_code=code, codes_a_minute=5))) as client:
        client.headers["Accept"] = "text/html"
        yield client


async def begin(browser: httpx.AsyncClient, code: str = CODE, name: str = "Emre Öztürk") -> httpx.Response:
    page = await browser.get("/kurulum", params={"kod": code})
    token = re.findall(r'name="form_token" value="([0-9a-f]{64})"', page.text)
    return await browser.post("/kurulum", data={"form_token": token[0] if token else "", "kod": code, "ad": name})


async def answer(browser: httpx.AsyncClient, step: int, action: str = "setup_save", **given: object) -> httpx.Response:
    path = f"/panel/ilk-kurulum/{step}"
    page = await browser.get(path)
    (token,) = re.findall(r'name="form_token" value="([0-9a-f]{64})"', page.text)
    return await browser.post(path, data={"form_token": token, "key": str(uuid.uuid4()), "action": action, **given})


async def test_the_address_opens_in_every_process_of_the_desk(site: ScriptedSite, tmp_path: Path) -> None:
    """Printed by one; a balancer leads the browser to another, which printed none or its own."""
    site.store.write(lambda uow: first_admin.announce(uow, code_hash(CODE), site.now()))
    home = replace(shared_desk(), house=HouseSettings(with_channels(CHANNELS.sections)(), tmp_path / "masa.toml"))
    own = SetupCode(code_hash("ZZZZZ-22222"), site.now() + timedelta(hours=2))
    async with connect(build(site, WebSettings(desk=home, setup_code=own, codes_a_minute=50))) as other:
        other.headers["Accept"] = "text/html"
        assert "Bu kod geçmiyor" in (await begin(other, "ABCDE-FGH24")).text
        site.clock.forward(hours=2, minutes=1)
        assert "Bu kod geçmiyor" in (await begin(other)).text, "two hours, there as well"
        site.store.write(lambda uow: first_admin.announce(uow, code_hash(CODE), site.now()))
        site.clock.forward(hours=1, minutes=45)
        assert (await begin(other)).status_code == 303
        assert (await other.get("/kurulum", params={"kod": CODE})).status_code == 410


async def test_a_house_is_set_up_in_six_steps(
    browser: httpx.AsyncClient, site: ScriptedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(SqlPeople, "everybody")  # a number is counted by the database, however many people there are
    before = (await browser.get("/kurulum", params={"kod": CODE})).cookies.get("masa") or browser.cookies["masa"]
    begun = await begin(browser)
    assert (begun.status_code, begun.headers["location"]) == (303, "/panel/ilk-kurulum/1")
    assert browser.cookies["masa"] != before
    refused = await answer(browser, 1, institution=" ")
    assert (refused.status_code, "Kurumun adını yazın" in refused.text) == (422, True)
    assert "Bu adres yalnız bu bilgisayarda açılır" in (await browser.get("/panel/ilk-kurulum/5")).text
    steps = [
        await answer(browser, 1, institution="Örnek Belediyesi"),
        await answer(browser, 2, departments=["Zabıta", "Fen İşleri"], others="Uzay İşleri Müdürlüğü\nzabıta müd."),
        await answer(browser, 3, day="0830", lunch="1230", friday="1400", feasts=["Kurban Bayramı 2027"]),
        await answer(browser, 4, "setup_later"),
        await answer(browser, 5, "setup_later"),
        await answer(browser, 6, "setup_later"),
    ]
    assert [one.headers["location"] for one in steps] == [
        *(f"/panel/ilk-kurulum/{number}" for number in range(2, 7)),
        "/panel/ayarlar",
    ]
    names = site.store.read(lambda uow: [one.name for one in uow.departments.all()])
    assert names == ["Zabıta", "Fen İşleri", "Uzay İşleri"]
    calendar = site.store.read(lambda uow: uow.calendars.calendar())
    assert week_name(calendar.patterns[-1].week).startswith("Pazartesi–Perşembe 08.30–12.30")
    assert calendar.patterns[-1].first_day == ALWAYS
    assert "Baştan beri: Pazartesi–Perşembe 08.30" in (await browser.get("/panel/ayarlar/takvim")).text
    (said,) = site.store.read(lambda uow: uow.stored_settings.all())
    assert (said.key, said.value) == ("institution", "Örnek Belediyesi")
    settings = (await browser.get("/panel/ayarlar")).text
    assert "Kurulumda sonraya kalan (3)" in settings
    assert "Kurumun adı, adresi ve başvuru yolu" in settings
    address = {"notice.address": "Cumhuriyet Cad. 1", "notice.requests": "bilgi@ornek.example"}
    await answer(browser, 1, institution="Örnek Belediyesi", **address)
    said = {one.key: one.value for one in site.store.read(lambda uow: uow.stored_settings.all())}
    assert said == {"institution": "Örnek Belediyesi", **address}
    settings = (await browser.get("/panel/ayarlar")).text
    assert "Kurulumda sonraya kalan (2)" in settings
    assert 'ilk-kurulum/4">Kişiler' in settings


async def test_a_name_that_changes_the_notice_is_asked_about_where_people_have_read_it(
    browser: httpx.AsyncClient, site: ScriptedSite
) -> None:
    await begin(browser)

    def read(uow: UnitOfWork) -> None:
        person = uow.people.add(Person(handle="ayse", name="Ayşe", notice_version=1, notice_shown_at=site.now()))
        uow.people.save(person)

    site.store.write(read)
    assert (await answer(browser, 1, "setup_later")).status_code == 303
    asked = await answer(browser, 1, institution="Örnek Belediyesi")
    assert (asked.status_code, "Aydınlatma metni 1 kişiye yeniden gösterilecek" in asked.text) == (200, True)
    assert 'value="Örnek Belediyesi"' in asked.text
    assert site.store.read(lambda uow: uow.stored_settings.all()) == []
    (sure,) = re.findall(r'name="sure" value="(-?\d+)"', asked.text)
    other = await answer(browser, 1, institution="Başka Belediyesi", sure=sure)
    assert "yeniden gösterilecek" in other.text, "the yes was to something else"
    done = await answer(browser, 1, institution="Örnek Belediyesi", sure=sure)
    assert done.headers["location"] == "/panel/ilk-kurulum/2"


async def test_a_step_is_done_when_its_event_is(browser: httpx.AsyncClient, site: ScriptedSite) -> None:
    """Lost or refused by then, the step stays, and says so."""

    def refuse(uow: UnitOfWork, event: object, _person: Person) -> None:
        uow.once.first(asked_by_page(event.key, Outcome.REFUSED), site.now())  # type: ignore[attr-defined]

    await begin(browser)
    site.script = refuse
    refused = await answer(browser, 2, others="Uzay İşleri")
    assert (refused.status_code, "Olmadı: bu arada" in refused.text, "Uzay İşleri" in refused.text) == (422, True, True)
    site.script = lambda *_: None
    lost = await answer(browser, 2, others="Uzay İşleri")
    assert re.fullmatch(r"/panel/ilk-kurulum/2\?oldu=[0-9a-f-]{36}", lost.headers["location"])
    assert "Ne olduğu bilinmiyor" in (await browser.get(lost.headers["location"])).text
    waits = f"panel:{uuid.uuid4()}"
    arrival = Arrival(key=waits, channel="web", conversation="web:x", payload="{}", received_at=site.now())
    site.store.write(lambda uow: uow.inbox.accept([arrival], now=site.now(), owner=None))
    path = f"/panel/ilk-kurulum/2?oldu={waits.removeprefix('panel:')}"
    assert "Alındı, işleniyor" in (await browser.get(path)).text
    done = asked_by_page(waits, Outcome.DONE)
    site.store.write(lambda uow: uow.once.first(done, site.now()))
    assert (await browser.get(path)).headers["location"] == "/panel/ilk-kurulum/3"


async def test_used_once_it_opens_nothing_more(browser: httpx.AsyncClient, site: ScriptedSite) -> None:
    await begin(browser)
    browser.cookies.clear()
    page = await browser.get("/kurulum", params={"kod": CODE})
    assert (page.status_code, "Bu adres artık kapalı" in page.text) == (410, True)
    assert (await begin(browser)).status_code == 403  # there is no form any more
    assert (await browser.get("/panel/ilk-kurulum/1")).status_code == 401
    assert len(site.store.read(lambda uow: uow.people.in_role(Role.ADMIN))) == 1


async def test_who_looks_at_the_link_uses_nothing_up(browser: httpx.AsyncClient) -> None:
    for _ in range(3):
        assert (await browser.get("/kurulum", params={"kod": CODE})).status_code == 200
    assert (await begin(browser, "abcde fgh23")).status_code == 303


async def test_a_wrong_code_is_said_and_cannot_be_guessed_for_long(
    browser: httpx.AsyncClient, site: ScriptedSite
) -> None:
    found = [await begin(browser, "ZZZZZ-ZZZ22") for _ in range(6)]
    assert [one.status_code for one in found] == [422] * 5 + [429]
    assert "Kodu ekrandakiyle karşılaştırın" in found[0].text
    assert "Emre Öztürk" in found[0].text
    assert site.store.read(lambda uow: uow.people.in_role(Role.ADMIN)) == []


async def test_after_two_hours_it_opens_nothing(browser: httpx.AsyncClient, site: ScriptedSite) -> None:
    site.clock.forward(hours=3)
    assert (await begin(browser)).status_code == 422


async def test_a_name_is_asked_for_again_and_the_code_lives(browser: httpx.AsyncClient) -> None:
    refused = await begin(browser, name="12")
    assert (refused.status_code, "Adınızı ve soyadınızı yazın" in refused.text) == (422, True)
    assert (await begin(browser)).status_code == 303


@pytest.mark.parametrize("path", ["/kurulum", "/demo/admin/kurulum"])
async def test_the_demo_has_no_such_address(site: ScriptedSite, path: str) -> None:
    async with connect(build(site, WebSettings(demo=True, desk=shared_desk()))) as client:
        assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("number", ["0", "7", "x"])
async def test_there_are_six_steps(browser: httpx.AsyncClient, number: str) -> None:
    await begin(browser)
    assert (await browser.get(f"/panel/ilk-kurulum/{number}")).status_code == 404


async def test_the_last_steps_say_what_is_pressed(browser: httpx.AsyncClient) -> None:
    begin_page = (await browser.get("/kurulum", params={"kod": CODE})).text
    await begin(browser)
    last = (await browser.get("/panel/ilk-kurulum/6")).text
    for page in (begin_page, last):
        assert "“Katılım kodu hazırla”" in page
    assert last.index("<strong>Okudum</strong>") < last.index("<strong>Teknisyene ilet</strong>")
    assert [word in last for word in ("Şimdilik geç", ">Bitti<")] == [True, False]
    channels = (await browser.get("/panel/ilk-kurulum/5")).text
    assert ("Şimdilik geç" in channels, ">Sonraki<" in channels) == (False, True)
    for path in ("/panel/ilk-kurulum/2", "/panel/ilk-kurulum/5", "/panel/kisiler-davet"):
        assert "docs/operations.md" not in (await browser.get(path)).text
