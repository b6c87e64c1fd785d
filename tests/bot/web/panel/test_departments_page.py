"""Ayarlar → Müdürlükler through HTTP: what was typed is listed or merged with one press, and taken back."""

from __future__ import annotations

import re

import pytest

from handlers.chat.dispatch import handle
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.test_settings import ask, then
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk

PAGE = "panel/ayarlar/mudurlukler"


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


def department_of(desk: ScriptedSite, handle: str) -> str:
    person = desk.store.read(lambda uow: uow.people.by_handle(handle))
    assert person is not None
    return person.department


async def test_a_name_that_was_typed_is_merged_with_one_of_the_list(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("admin")
    empty = (await visit.get(PAGE)).text
    assert "Listede müdürlük yok" in empty
    assert "Listede olmayan" in empty
    assert "Listeye eklendi" in await then(visit, await ask(visit, PAGE, "department_add", name="Zabıta Müdürlüğü"))
    assert department_of(desk, "hasan") == "Zabıta Müdürlüğü"
    merged = await ask(visit, PAGE, "department_merge", written="Mali Hizmetler", into="zabıta")
    assert "Birleşsin mi?" in merged.text
    assert "1 kişi Zabıta Müdürlüğü olur" in merged.text
    assert department_of(desk, "ayse") == "Mali Hizmetler"
    (sure,) = re.findall(r'name="sure" value="([^"]+)"', merged.text)
    done = await ask(visit, PAGE, "department_merge", written="Mali Hizmetler", into="Zabıta Müdürlüğü", sure=sure)
    page = await then(visit, done)
    assert "Birleştirildi" in page
    assert department_of(desk, "ayse") == "Zabıta Müdürlüğü"
    (key,) = re.findall(r'name="id" value="(\d+)"><button[^>]*>Geri al<', page)
    assert "Geri alındı" in await then(visit, await ask(visit, PAGE, "department_take_merge_back", id=key))
    assert department_of(desk, "ayse") == "Mali Hizmetler"


async def test_short_names_and_closing(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("admin")
    await ask(visit, PAGE, "department_add", name="Fen İşleri")
    key = str(desk.store.read(lambda uow: uow.departments.all())[0].id)
    page = await then(visit, await ask(visit, PAGE, "department_short_names", id=key, short_names="fen, FİM"))
    assert "(fen, FİM)" in page
    page = await then(visit, await ask(visit, PAGE, "department_rename", id=key, name="Yapı ve Fen İşleri"))
    assert "gününe dek: Fen İşleri" in page
    assert "Kapananlar" in await then(visit, await ask(visit, PAGE, "department_close", id=key))
    assert "Yeniden açıldı" in await then(visit, await ask(visit, PAGE, "department_reopen", id=key))
    assert "müdürlüğü kapattı" in (await visit.get("panel/denetim")).text


@pytest.mark.parametrize(
    ("action", "given", "says"),
    [
        ("department_add", {"name": "12"}, "Bir ad yazın"),
        ("department_add", {"name": "zabıta müd."}, "Zabıta bu adla da tanınıyor"),
        ("department_merge", {"written": "Mali Hizmetler", "into": "Uzay"}, "diye bir müdürlük bulamadım"),
        ("department_merge", {"written": "zabita", "into": "Zabıta"}, "kendisiyle birleşmez"),
        ("department_merge", {"written": "Mali Hizmetler", "into": "Zabıta", "sure": "7-7"}, "Birleştirilmedi"),
        ("department_close", {"id": "x"}, "bulunamadı"),
        ("department_short_names", {"id": "fen", "short_names": "fen, zabıta"}, "Zabıta adı alınmış"),
        ("department_short_names", {"id": "fen", "short_names": ",".join("abcdefghijklmn")}, "kısa adı olur"),
        ("department_remove", {"id": "fen"}, "listeden çıkarılamaz"),
    ],
)
async def test_what_cannot_be_done_is_said(
    desk: ScriptedSite, opened: Open, action: str, given: dict[str, str], says: str
) -> None:
    visit = await opened("admin")
    for name in ("Zabıta", "Fen İşleri"):
        await ask(visit, PAGE, "department_add", name=name)
    fen = str(desk.store.read(lambda uow: uow.departments.all())[1].id)
    await ask(visit, PAGE, "department_rename", id=fen, name="Yapı İşleri")
    answer = await ask(visit, PAGE, action, **{**given, "id": fen if given.get("id") == "fen" else given.get("id", "")})
    assert answer.status_code == 422
    assert says.casefold() in answer.text.casefold()
    assert given.get("short_names", "") in answer.text  # to be mended, not to be typed again


@pytest.mark.parametrize(("who", "status"), [("ayse", 403), ("mehmet", 403), ("fatma", 403), ("kemal", 403)])
async def test_only_an_admin_changes_it(desk: ScriptedSite, opened: Open, who: str, status: int) -> None:
    visit = await opened(who)
    answer = await ask(visit, PAGE, "department_add", name="Zabıta")
    assert answer.status_code == status
    assert desk.store.read(lambda uow: uow.departments.all()) == []


async def test_a_lead_reads_it(desk: ScriptedSite, opened: Open) -> None:
    page = await (await opened("fatma")).get(PAGE)
    assert page.status_code == 200
    assert 'method="post"' not in page.text
