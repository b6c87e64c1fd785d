"""Ayarlar → Yerler through HTTP: what tickets brought is merged with one press, and taken back."""

from __future__ import annotations

import re

import pytest

from handlers.chat.dispatch import handle
from handlers.domain.people import Person
from handlers.domain.places import Place, Spot
from handlers.domain.store_events import Stream
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.test_settings import ask, then
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

PAGE = "panel/ayarlar/bina-oda"


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


@pytest.fixture
def places(desk: ScriptedSite, staff: dict[str, Person]) -> list[Place]:
    """312, and 3. kat 321, to which a ticket points."""

    def work(uow: UnitOfWork) -> list[Place]:
        kept = [uow.places.add(Place(spot=spot)) for spot in (Spot("", "3", "312"), Spot("", "3", "321"))]
        uow.places.locate(open_ticket(uow, staff["ayse"].id).id, kept[1].id)
        return kept

    return desk.store.write(work)


async def test_two_are_merged_and_parted(desk: ScriptedSite, opened: Open, places: list[Place]) -> None:
    visit = await opened("fatma")
    wrong = str(places[1].id)
    shown = await ask(visit, PAGE, "place_merge", id=wrong, into="312")
    assert "Birleşsin mi?" in shown.text
    assert "1 kayıt bundan sonra 3. kat · 312 ile sayılır" in shown.text
    assert desk.store.read(lambda uow: uow.places.get(places[1].id)).open
    (sure,) = re.findall(r'name="sure" value="([^"]+)"', shown.text)
    page = await then(visit, await ask(visit, PAGE, "place_merge", id=wrong, into="3. kat · 312", sure=sure))
    assert "Birleştirildi" in page
    assert re.search(r"<strong>3\. kat · 312</strong> · 1 kayıt", page)
    assert "3. kat · 321 → 3. kat · 312" in page
    assert "Geri alındı" in await then(visit, await ask(visit, PAGE, "place_take_merge_back", id=wrong))
    assert desk.store.read(lambda uow: uow.places.get(places[1].id)).open
    lines = desk.store.read(lambda uow: uow.store_events.history(Stream.PLACE, places[1].id))
    assert [(line.what, line.after["into"]) for line in lines] == [("merged", places[0].id), ("parted", None)]
    assert "yerleri birleştirdi" in (await (await opened("denetci")).get("panel/denetim")).text


async def test_one_is_added_corrected_and_found(desk: ScriptedSite, opened: Open, places: list[Place]) -> None:
    visit = await opened("admin")
    page = await then(visit, await ask(visit, PAGE, "place_add", building="Ek bina", floor="", room="arşiv"))
    assert "Ek bina · arşiv" in page
    page = await then(visit, await ask(visit, PAGE, "place_correct", id=str(places[1].id), floor="3", room="322"))
    assert "3. kat · 322" in page
    assert (
        "bu zaten öyleydi"
        in (
            await then(visit, await ask(visit, PAGE, "place_correct", id=str(places[1].id), floor="3", room="322"))
        ).casefold()
    )
    found = (await visit.get(f"{PAGE}?ara=EK+arsiv")).text
    assert "Bulunanlar (1)" in found
    assert "<strong>3. kat · 312</strong>" not in found


@pytest.mark.parametrize(
    ("action", "given", "says"),
    [
        ("place_add", {"building": "Ek bina"}, "Kat ya da oda yazın"),
        ("place_add", {"floor": "03", "room": "oda 312"}, "zaten var: 3. kat · 312"),
        ("place_correct", {"id": "2", "floor": "3", "room": "312"}, "zaten var"),
        ("place_merge", {"id": "2", "into": "Uzay"}, "diye tek bir yer bulamadım"),
        ("place_merge", {"id": "2", "into": "321"}, "kendisiyle birleşmez"),
        ("place_merge", {"id": "2", "into": "312", "sure": "7-7"}, "Birleştirilmedi"),
        ("place_merge", {"id": "x", "into": "312"}, "bulunamadı"),
    ],
)
async def test_what_cannot_be_done_is_said(
    desk: ScriptedSite, opened: Open, places: list[Place], action: str, given: dict[str, str], says: str
) -> None:
    key = {"2": str(places[1].id)}.get(given.get("id", ""), given.get("id", ""))
    answer = await ask(await opened("fatma"), PAGE, action, **{**given, "id": key})
    assert answer.status_code == 422
    assert says in answer.text
    assert [one.spot for one in desk.store.read(lambda uow: uow.places.all())] == [one.spot for one in places]


@pytest.mark.parametrize("who", ["ayse", "mehmet", "kemal", "denetci"])
async def test_lead_and_admin_keep_it(desk: ScriptedSite, opened: Open, who: str) -> None:
    assert (await ask(await opened(who), PAGE, "place_add", room="312")).status_code == 403
    assert desk.store.read(lambda uow: uow.places.all()) == []


async def test_a_director_reads_it(opened: Open, places: list[Place]) -> None:
    page = await (await opened("kemal")).get(PAGE)
    assert "3. kat · 312" in page.text
    assert 'method="post"' not in page.text
