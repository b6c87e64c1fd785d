"""Hazır yanıtlar, kontrol listeleri and sistemler, kept from the panel."""

from __future__ import annotations

import re
import uuid
from urllib.parse import quote

import httpx
import pytest

from handlers.chat.dispatch import handle
from handlers.context import UseCaseContext
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from handlers.tickets import checklists, systems
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.test_settings import ask, then
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit
from tests.scenarios.stage import shared_desk

REPLIES, LISTS, SYSTEMS = (f"panel/ayarlar/{one}" for one in ("hazir-yanitlar", "listeler", "sistemler"))
REPLY = {"name": "Yoldayım", "text": "{ad}, birazdan {oda|odanızda} olacağım. Getireceğim: {bos:parça adı}"}
LIST = {"name": "salon", "title": "Salon hazırlığı", "items": "!Ses denendi\nPerde açık", "category": "tasima-nakil"}


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


def replies(desk: ScriptedSite) -> dict[str, str]:
    return {one.name: one.text for one in desk.store.read(lambda uow: uow.canned_replies.of_unit("donanim"))}


def lists(desk: ScriptedSite) -> dict[str, list[str]]:
    def look(uow: UnitOfWork) -> dict[str, list[str]]:
        context = UseCaseContext(desk=shared_desk(), uow=uow, now=desk.now())
        return {one.name: [item.text for item in one.items] for one in checklists.of_unit(context, "donanim")}

    return desk.store.read(look)


def houses(desk: ScriptedSite) -> dict[str, tuple[str, tuple[str, ...]]]:
    def look(uow: UnitOfWork) -> dict[str, tuple[str, tuple[str, ...]]]:
        context = UseCaseContext(desk=shared_desk(), uow=uow, now=desk.now())
        return {one.id: (one.title, one.categories) for one in systems.every(context)}

    return desk.store.read(look)


async def take_back(visit: Visit, page: str, path: str) -> str:
    """Press Geri al."""
    (form,) = re.findall(r'<form class="undo".*?</form>', page, re.DOTALL)
    fields = dict(re.findall(r'name="(\w[\w-]*)" value="([^"]*)"', form))
    answer = await visit.client.post(f"{visit.path}{path}", data=fields)
    return await then(visit, answer)


async def write(visit: Visit, path: str, action: str, **fields: str) -> str:
    return await then(visit, await ask(visit, path, action, **fields))


@pytest.mark.parametrize("path", [REPLIES, LISTS, SYSTEMS])
@pytest.mark.parametrize(
    ("who", "status"),
    [("ayse", 403), ("mehmet", 403), ("fatma", 200), ("kemal", 200), ("denetci", 200), ("admin", 200)],
)
async def test_to_whom_they_are_open(desk: ScriptedSite, opened: Open, who: str, status: int, path: str) -> None:
    page = await (await opened(who)).get(path)
    assert page.status_code == status
    keeps = who == "fatma" or (path == SYSTEMS and who in ("kemal", "admin"))
    assert ("Kaydet</button>" in page.text) is (status == 200 and keeps)


async def refused(visit: Visit, path: str, action: str, **fields: str) -> httpx.Response:
    answer = await ask(visit, path, action, **fields)
    assert answer.status_code in (403, 422)
    return answer


async def test_who_may_not_keep_them_is_refused(desk: ScriptedSite, opened: Open) -> None:
    for who in ("kemal", "denetci", "admin"):
        visit = await opened(who)
        assert (await refused(visit, REPLIES, "write_reply", **REPLY)).status_code == 403
        assert (await refused(visit, LISTS, "write_list", **LIST)).status_code == 403
        assert (await refused(visit, LISTS, "take_back_list", name="salon")).status_code == 403
    visit = await opened("denetci")
    for action in ("add_system", "change_system", "drop_system", "bring_back_system"):
        assert (await refused(visit, SYSTEMS, action, id="ebys", title="X1")).status_code == 403
    assert desk.accepted == []


async def test_a_reply_is_written_changed_and_removed_each_with_a_way_back(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    page = await write(visit, REPLIES, "write_reply", **REPLY)
    assert "Kaydedildi" in page
    assert "Okuyan şöyle görür: “Ayşe, birazdan 312 olacağım. Getireceğim: (parça adı)”" in page
    assert replies(desk) == {"yoldayim": REPLY["text"]}
    page = await write(visit, REPLIES, "write_reply", name="yoldayim", text="Geliyorum.")
    assert replies(desk) == {"yoldayim": "Geliyorum."}
    page = await take_back(visit, page, REPLIES)
    assert replies(desk) == {"yoldayim": REPLY["text"]}
    page = await write(visit, REPLIES, "withdraw_reply", name="yoldayim")
    assert replies(desk) == {}
    await take_back(visit, page, REPLIES)
    assert replies(desk) == {"yoldayim": REPLY["text"]}
    noted = [line[3] for line in desk.store.read(lambda uow: uow.audit.recent()) if line[2] == "canned_reply_changed"]
    assert noted[-1] == f"donanim yoldayim: “{REPLY['text']}” → “Geliyorum.”"


async def test_a_first_reply_taken_back_is_gone(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    page = await take_back(visit, await write(visit, REPLIES, "write_reply", **REPLY), REPLIES)
    assert "Silindi" in page
    assert replies(desk) == {}


@pytest.mark.parametrize(
    ("path", "action", "given", "told"),
    [
        (REPLIES, "write_reply", {**REPLY, "text": "{musteri} geldi"}, "“musteri” diye bir alan yok"),
        (REPLIES, "write_reply", {**REPLY, "text": "{ad geldi"}, "Küme parantezi"),
        (REPLIES, "write_reply", {**REPLY, "name": "iki kelime"}, "24"),
        (REPLIES, "write_reply", {**REPLY, "text": "a" * 1001}, "1000"),
        (REPLIES, "withdraw_reply", {"name": "zurafa"}, ""),
        (LISTS, "write_list", {**LIST, "items": ""}, "1–24 satır"),
        (LISTS, "write_list", {**LIST, "items": "a" * 81}, "en çok 80 harf"),
        (LISTS, "write_list", {**LIST, "category": "ebys-giris"}, "Biriminizin böyle bir konusu yok"),
        (LISTS, "write_list", {**LIST, "title": "a" * 61}, "60"),
        (LISTS, "drop_list", {"name": "zurafa"}, ""),
        (LISTS, "take_back_list", {"name": "salon"}, ""),
        (SYSTEMS, "add_system", {"title": "EBYS"}, "EBYS"),
        (SYSTEMS, "add_system", {"title": "?"}, "40"),
        (SYSTEMS, "change_system", {"id": "zurafa", "title": "Zürafa"}, ""),
        (SYSTEMS, "change_system", {"id": "ebys", "title": "a" * 41}, "40"),
    ],
)
async def test_what_cannot_be_kept_is_said_as_the_chat_says_it_and_stays_typed(
    desk: ScriptedSite, opened: Open, path: str, action: str, given: dict[str, str], told: str
) -> None:
    answer = await ask(await opened("fatma"), path, action, **given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert told in answer.text
    if "text" in given:
        assert f">{given['text']}</textarea>" in answer.text
    assert desk.accepted == []


async def test_a_list_has_versions_and_a_way_back(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    page = await write(visit, LISTS, "write_list", **LIST)
    assert lists(desk)["salon"] == ["Ses denendi", "Perde açık"]
    page = await write(visit, LISTS, "write_list", **{**LIST, "items": "Yalnız bu"})
    assert "sürüm 2" in page
    await take_back(visit, page, LISTS)
    assert lists(desk)["salon"] == ["Ses denendi", "Perde açık"]
    shipped = lists(desk)["oda-tasima"]
    page = await write(visit, LISTS, "drop_list", name="oda-tasima")
    assert "oda-tasima" not in lists(desk)
    await take_back(visit, page, LISTS)
    assert lists(desk)["oda-tasima"] == shipped


async def test_a_system_is_added_changed_and_taken_off_the_list(desk: ScriptedSite, opened: Open) -> None:
    visit, before = await opened("kemal"), houses(desk)
    page = await write(visit, SYSTEMS, "add_system", title="Nikâh salonu", **{"k_canli-yayin": "1"})
    assert houses(desk)["nikah-salonu"] == ("Nikâh salonu", ("canli-yayin",))
    await take_back(visit, page, SYSTEMS)
    assert houses(desk) == before
    page = await write(visit, SYSTEMS, "change_system", id="ebys", title="Belge", **{"k_ebys-giris": "1"})
    assert houses(desk)["ebys"] == ("Belge", ("ebys-giris",))
    page = await take_back(visit, page, SYSTEMS)
    assert {key: (title, set(of)) for key, (title, of) in houses(desk).items()} == {
        key: (title, set(of)) for key, (title, of) in before.items()
    }
    page = await write(visit, SYSTEMS, "drop_system", id="ebys")
    assert "Listeden çıkarılanlar" in page
    await take_back(visit, page, SYSTEMS)
    assert "ebys" in houses(desk)
    assert "bir şey değişmedi" in await write(
        visit, SYSTEMS, "change_system", id="ebys", title=houses(desk)["ebys"][0],
        **{f"k_{one}": "1" for one in houses(desk)["ebys"][1]},
    )  # fmt: skip


async def test_a_way_back_stands_only_behind_what_was_done(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    undo = quote('{"action": "drop_system", "id": "ebys"}')
    for key, geri in ((str(uuid.uuid4()), undo), ("x", undo), (str(uuid.uuid4()), "[1]"), (str(uuid.uuid4()), "{")):
        page = await visit.get(f"{SYSTEMS}?oldu={key}&is=drop_system&geri={geri}")
        assert page.status_code == 200
        assert 'class="undo"' not in page.text
