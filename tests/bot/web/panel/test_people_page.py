"""`/panel/kisiler`: who is found, what stands on a person's page, and what does not for whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.domain.absences import Absence
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.scripted_site import ScriptedSite
from tests.storage.builders import add_person, open_ticket


async def test_everybody_stands_there_with_where_they_are_linked(opened: Open, staff: dict[str, Person]) -> None:
    page = (await (await opened("fatma")).get("panel/kisiler")).text
    for one in staff.values():
        assert one.name in page
    assert "Zabıta" in page
    assert "teknisyen, Donanım" in page
    assert "Web" in page


@pytest.mark.parametrize(("asked", "found"), [("hasan", True), ("ZABITA", True), ("ayse", False)])
async def test_the_list_is_searched(opened: Open, staff: dict[str, Person], asked: str, found: bool) -> None:
    page = (await (await opened("kemal")).get("panel/kisiler", q=asked)).text
    assert (staff["hasan"].name in page) is found


async def test_nobody_found_and_odd_questions_have_their_words(opened: Open) -> None:
    visit = await opened("admin")
    assert "Böyle biri bulunamadı" in (await visit.get("panel/kisiler", q="qwxz")).text
    assert "Böyle biri bulunamadı" in (await visit.get("panel/kisiler", mudurluk="<b>yok</b>")).text
    for odd in ("0", "kimse", "²", "\0"):
        asked = {"sonra": odd, "yetki": odd, "birim": odd, "kim": odd}
        assert (await visit.get("panel/kisiler", **asked)).status_code == 200
    assert (await visit.get("panel/kisiler/kimse")).status_code == 404
    assert (await visit.get("panel/kisiler/%00")).status_code == 404
    assert (await visit.get("panel/kisiler", q="\0", mudurluk="\0")).status_code == 200
    assert "Hasan" in (await visit.get("panel/kisiler", q="ha\0san")).text
    assert "Hasan" in (await visit.get("panel/kisiler/hasan%00")).text


async def test_who_is_away_and_until_when(opened: Open, site: ScriptedSite, staff: dict[str, Person]) -> None:
    def leave(uow: UnitOfWork) -> None:
        one, now = staff["mehmet"].id, site.now()
        uow.absences.add(
            Absence(person=one, starts=now - timedelta(1), ends=now + timedelta(2), entered_by=one, entered_at=now)
        )

    site.store.write(leave)
    visit = await opened("fatma")
    assert "döner" in (await visit.get("panel/kisiler", q="mehmet")).text
    assert "izinde, " in (await visit.get("panel/kisiler/mehmet")).text


async def test_a_persons_page_names_only_tickets_that_the_reader_may_read(
    opened: Open, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    def work(uow: UnitOfWork) -> None:
        hasan = staff["hasan"].id
        open_ticket(uow, hasan, site.now())
        open_ticket(uow, hasan, site.now(), restricted=True)
        open_ticket(uow, hasan, site.now(), unit="yazilim")

    site.store.write(work)
    for handle, numbers in (("fatma", "12"), ("kemal", "123"), ("admin", "13")):
        page = (await (await opened(handle)).get("panel/kisiler/hasan")).text
        assert [n for n in "123" if f"kayit/2026-00000{n}" in page] == list(numbers), handle
        assert ("Hakkında tutulanlar" in page) is (handle != "fatma")


async def test_many_people_have_pages(opened: Open, site: ScriptedSite) -> None:
    site.store.write(lambda uow: [add_person(uow, f"kisi{n:03d}") for n in range(60)])
    visit = await opened("kemal")
    first = (await visit.get("panel/kisiler", q="kisi")).text
    assert "60 kişi" in first
    assert "Kisi059" not in first
    later = re.search(r'href="/demo/kemal/(panel/kisiler[^"]*sonra=[^"]*)"', first)
    assert later is not None
    second = (await visit.get(later[1].replace("&amp;", "&"))).text
    assert "Kisi059" in second
    assert "Kisi049" not in second


async def test_who_was_misspelt_is_offered_and_filters_hold(
    opened: Open, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    site.store.write(lambda uow: uow.people.add(Person(handle="hesapsiz", name="Hesabı Olmayan")))
    site.store.write(lambda uow: uow.people.add(Person(handle="web-12fd2a")))
    visit = await opened("denetci")
    assert "Adını söylememiş biri" in (await visit.get("panel/kisiler")).text
    near = (await visit.get("panel/kisiler", q=staff["hasan"].name.replace("s", "z"))).text
    assert "adı buna yakın olanlar" in near
    assert staff["hasan"].name in near
    unlinked = (await visit.get("panel/kisiler", kim="hesapsiz")).text
    assert "Hesabı Olmayan" in unlinked
    assert staff["hasan"].name not in unlinked
    leads = (await visit.get("panel/kisiler", yetki="lead", birim="donanim")).text
    assert staff["fatma"].name in leads
    assert staff["mehmet"].name not in leads
