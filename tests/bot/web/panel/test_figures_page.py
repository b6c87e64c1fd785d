"""Gösterge as a page: what it shows to whom, how it is asked for, and the numbers as a file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.scripted_site import ScriptedSite
from tests.storage.builders import open_ticket

CHARTS = (
    "acik-is-yuku", "gelen-tamamlanan", "acik-yas", "cozum-suresi", "bekleme", "konu-mudurluk", "gun-saat", "tekrar",
)  # fmt: skip


@pytest.fixture
def tickets(site: ScriptedSite, staff: dict[str, Person]) -> None:
    """Three of one room, and a security matter there."""

    def work(uow: UnitOfWork) -> None:
        reporter = staff["ayse"].id
        for hour in range(3):
            at = site.now() - timedelta(hours=hour)
            open_ticket(uow, reporter, at, category="toner-kartus", facts={"oda": "312"})
        open_ticket(uow, reporter, site.now(), category="bilgi-guvenligi", restricted=True, facts={"oda": "99"})

    site.store.write(work)


async def test_an_empty_house_is_told_in_words(opened: Open) -> None:
    page = (await (await opened("kemal")).get("panel/gosterge")).text
    assert "Bu hafta 0 geldi, 0 tamamlandı; bekletilen kayıt yok." in page
    assert '<svg class="drawing"' not in page
    for name in CHARTS:
        assert f'id="{name}"' in page


@pytest.mark.usefixtures("tickets")
async def test_the_charts_with_their_numbers(opened: Open) -> None:
    page = (await (await opened("fatma")).get("panel/gosterge", donem="4")).text
    assert "<strong>4</strong> <span>açık</span>" in page
    assert page.count('<svg class="drawing"') == 6  # nothing was solved, and nothing waits
    assert page.count("<details>") == 6
    assert "Oda 312 · Toner, kartuş ve drum" in page
    assert "Oda 99" not in page
    assert "<td>99</td>" not in page
    assert 'href="/demo/fatma/panel/kayitlar?durum=sirada&amp;sirala=eski"' in page
    assert 'name="birim"' not in page  # there is one unit to see


@pytest.mark.usefixtures("tickets")
async def test_a_technician_learns_of_no_security_matter(opened: Open) -> None:
    page = (await (await opened("mehmet")).get("panel/gosterge")).text
    assert "<strong>3</strong> <span>açık</span>" in page
    assert "Bu hafta 3 geldi" in page


async def test_what_is_asked_for_and_does_not_exist_is_named(opened: Open) -> None:
    page = (await (await opened("kemal")).get("panel/gosterge", donem="7", birim="zabita<b>")).text
    assert "“7” diye bir dönem yok, son 12 hafta gösteriliyor." in page
    assert "“zabita&lt;b&gt;” diye görebileceğiniz bir birim yok, yok sayıldı." in page
    only = (await (await opened("kemal")).get("panel/gosterge", donem="52", birim="yazilim")).text
    assert '<option value="yazilim" selected>' in only
    assert '<option value="52" selected>' in only


async def test_another_unit_is_not_shown_to_who_works_in_one(opened: Open) -> None:
    page = (await (await opened("mehmet")).get("panel/gosterge", birim="yazilim")).text
    assert "“yazilim” diye görebileceğiniz bir birim yok" in page


@pytest.mark.usefixtures("tickets")
async def test_the_numbers_of_each_chart_as_a_file(opened: Open, site: ScriptedSite) -> None:
    visit = await opened("fatma")
    for name in CHARTS:
        answer = await visit.get(f"panel/gosterge/{name}.csv", donem="4")
        assert answer.status_code == 200, name
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert answer.headers["content-disposition"] == f'attachment; filename="gosterge-{name}.csv"'
    assert answer.text.splitlines()[-1] == "Oda;312;Toner, kartuş ve drum;3;2026-000003"
    logged = [
        about for _, _, what, about, _ in site.store.read(lambda uow: uow.audit.recent()) if what == "figures_exported"
    ]
    assert "gosterge tekrar donem=4: 1" in logged
    assert (await visit.get("panel/gosterge/yok.csv")).status_code == 404


async def test_what_a_spreadsheet_would_compute_stays_text(
    opened: Open, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    def work(uow: UnitOfWork) -> None:
        for _ in range(3):
            open_ticket(uow, staff["ayse"].id, site.now(), category="toner-kartus", facts={"oda": '=1+2;"x'})

    site.store.write(work)
    answer = await (await opened("fatma")).get("panel/gosterge/tekrar.csv")
    assert answer.text.splitlines()[1].startswith("""Oda;"'=1+2;""")


async def test_an_auditors_look_is_logged(opened: Open, site: ScriptedSite) -> None:
    await (await opened("denetci")).get("panel/gosterge", donem="4")
    logged = site.store.read(lambda uow: uow.audit.recent())
    assert any(about == "gosterge donem=4" for _, _, _, about, _ in logged)


async def test_a_house_without_a_year_before_is_told_so_once(
    opened: Open, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    site.store.write(lambda uow: open_ticket(uow, staff["ayse"].id, site.now()))
    page = (await (await opened("kemal")).get("panel/gosterge")).text
    assert page.count("Geçen yıl aynı dönemde kayıt yok") == 1
