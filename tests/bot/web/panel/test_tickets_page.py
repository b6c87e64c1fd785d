"""`/panel/kayitlar`: what stands in the list for whom, its filters, its pages."""

from __future__ import annotations

import re

import pytest

from handlers.domain.people import Person
from handlers.domain.ticket import Ticket
from handlers.queries import ticket_lists
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.scene import open_one, working_day
from tests.bot.web.scripted_site import ScriptedSite


@pytest.fixture
def day(site: ScriptedSite, staff: dict[str, Person]) -> dict[str, Ticket]:
    return working_day(site, staff)


def numbers(text: str) -> list[str]:
    """Of the rows, in their order."""
    return re.findall(r'<td[^>]* class="number"><a href="[^"]*/panel/kayit/([\d-]+)[?"]', text)


async def listed(opened: Open, who: str, query: str = "") -> list[str]:
    return numbers((await (await opened(who)).get(f"panel/kayitlar{query}")).text)


async def test_everybody_sees_the_open_tickets_of_their_work_late_ones_first(
    opened: Open, day: dict[str, Ticket]
) -> None:
    names = {one.number: name for name, one in day.items()}
    of_unit = ["late", "urgent", "new", "plain", "unknown", "waits"]
    assert [names[one] for one in await listed(opened, "mehmet")] == of_unit
    assert [names[one] for one in await listed(opened, "fatma")] == ["late", "secret", *of_unit[1:]]
    assert day["other"].number in await listed(opened, "kemal")
    assert set(await listed(opened, "admin")) == {one.number for one in day.values()} - {day["secret"].number}
    assert await listed(opened, "ali") == [day["other"].number]


@pytest.mark.parametrize("query", ["", "?durum=hepsi", "?oncelik=yuksek", "?konu=bilgi-guvenligi", "?sirala=sure"])
@pytest.mark.parametrize("who", ["mehmet", "ali", "admin"])
async def test_a_security_matter_leaks_into_no_list_and_no_count(
    opened: Open, day: dict[str, Ticket], who: str, query: str
) -> None:
    page = (await (await opened(who)).get(f"panel/kayitlar{query}")).text
    assert day["secret"].number not in page
    assert "garip bir pencere" not in page
    if query == "?konu=bilgi-guvenligi":
        assert "Bu süzgeçlere uyan kayıt yok." in page
        assert '<span class="total">0</span>' in page


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("?durum=sirada", ["urgent", "secret", "new", "plain", "unknown"]),
        ("?durum=bekleyen", ["waits"]),
        ("?durum=firma", ["waits"]),
        ("?dunden=1", ["waits"]),
        ("?dunden=1&durum=sirada", []),
        ("?oncelik=acil", ["urgent"]),
        ("?konu=konusuz", ["unknown"]),
        ("?ustlenen=mehmet,zeynep", ["late", "waits"]),
        ("?ustlenen=yok&oncelik=normal", ["plain", "unknown"]),
        ("?mudurluk=ZABITA+MÜD.", ["urgent", "new", "waits"]),
        ("?geciken=1&sirala=sure", ["late", "secret"]),
        ("?birim=yazilim", []),
    ],
)
async def test_a_filter_leaves_what_it_says(opened: Open, day: dict[str, Ticket], query: str, rows: list[str]) -> None:
    assert await listed(opened, "fatma", query) == [day[one].number for one in rows]


async def test_a_row_says_who_where_and_how_long_in_words(opened: Open, day: dict[str, Ticket]) -> None:
    page = (await (await opened("fatma")).get("panel/kayitlar")).text
    rows = {number: row for row in page.split("<tr")[2:] for number in numbers(row)}
    new = " ".join(re.sub(r"<[^>]+>", " ", rows[day["new"].number]).split())
    assert "48 dk" in new
    assert "Kablolu ağ veya internet bağlantısı yok Zemin katta internet yok, telsiz odası Hasan D. Zabıta 4" in new
    assert new.endswith("Üstlenilmedi Yüksek")
    assert "‼</span> Gecikti 2 iş günü" in rows[day["late"].number]
    assert "‖</span> Firma bekleniyor · bakılacak: 24 Kas" in rows[day["waits"].number]
    assert ">güvenlik<" in rows[day["secret"].number]


async def test_the_views_stand_beside_with_how_many_they_hold(opened: Open, day: dict[str, Ticket]) -> None:
    async def views(who: str) -> dict[str, str]:
        page = (await (await opened(who)).get("panel/kayitlar?durum=bekleyen&sirala=eski")).text
        nav = page.partition('aria-label="Görünümler"')[2].partition("</nav>")[0]
        return dict(re.findall(r">([^<>]+?)(?: <span class=\"count\">(\d+)</span>)?</a>", nav))

    assert await views("fatma") == {
        "Açık": "7", "Sıra": "5", "Üstlendiklerim": "0", "Bekleyenler": "1", "Geciken": "2", "Bugün bitecek": "4",
        "Tümü": "",
    }  # fmt: skip
    assert (await views("mehmet"))["Üstlendiklerim"] == "1"
    assert "Üstlendiklerim" not in await views("kemal")


async def test_what_is_not_understood_is_named_and_the_page_opens(opened: Open, day: dict[str, Ticket]) -> None:
    visit = await opened("fatma")
    page = (await visit.get("panel/kayitlar?renk=mor&oncelik=pembe&sonra=dün")).text
    assert "“renk” diye bir süzgeç yok, yok sayıldı." in page
    assert "“pembe” diye bir öncelik yok, yok sayıldı." in page
    assert len(numbers(page)) == 7
    assert "<script>" not in (await visit.get("panel/kayitlar?<script>=<script>")).text


async def test_a_form_adds_to_the_filter_and_a_chip_takes_out(opened: Open, day: dict[str, Ticket]) -> None:
    visit = await opened("fatma")
    added = await visit.get(
        "panel/kayitlar?ekle=1&oncelik=acil&oncelik=yuksek&durum=&konu=&ustlenen=&mudurluk=&sirala=sure&geciken=1"
    )
    assert added.status_code == 303
    where = "/panel/kayitlar?oncelik=acil,yuksek&geciken=1&sirala=sure"
    assert added.headers["location"] == f"/demo/fatma{where}"
    page = (await visit.client.get(added.headers["location"])).text
    assert 'href="/demo/fatma/panel/kayitlar?oncelik=acil&amp;geciken=1&amp;sirala=sure"' in page
    assert 'href="/demo/fatma/panel/kayitlar?oncelik=acil,yuksek&amp;sirala=sure"' in page
    assert '<input type="hidden" name="oncelik" value="yuksek">' in page


async def test_pages_follow_each_other_and_nothing_stands_twice(
    site: ScriptedSite, staff: dict[str, Person], opened: Open
) -> None:
    for number in range(ticket_lists.PAGE * 2 + 7):
        site.store.write(lambda uow, n=number: open_one(uow, site, staff["ayse"], "toner-kartus", f"toner {n}"))
    visit = await opened("fatma")
    seen, page = [], await visit.get("panel/kayitlar")
    while True:
        seen += numbers(page.text)
        link = re.search(r'id="further" rel="next" href="([^"]+)"', page.text)
        if link is None:
            break
        page = await visit.client.get(link[1].replace("&amp;", "&"))
    assert len(seen) == len(set(seen)) == 107
    assert "101–107 / 107" in page.text
    assert "Başa dön" in page.text


@pytest.mark.parametrize("place", ["", "x", "1.2", "1.2.3", "-1.2.3.4", "1.99999999999999999999.1.1", "1.5.9" * 40])
async def test_a_senseless_place_is_the_first_page(opened: Open, day: dict[str, Ticket], place: str) -> None:
    assert len(await listed(opened, "fatma", f"?sonra={place}")) == 7


async def test_an_empty_list_says_why(opened: Open, staff: dict[str, Person]) -> None:
    visit = await opened("fatma")
    assert "Açık kayıt yok. Yeni bir kayıt açılınca burada görünür." in (await visit.get("panel/kayitlar")).text
    filtered = (await visit.get("panel/kayitlar?oncelik=acil")).text
    assert "Bu süzgeçlere uyan kayıt yok." in filtered
    assert "Bütün açık kayıtlar" in filtered


async def test_the_auditors_list_is_noted_with_its_filter_and_without_typed_words(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket]
) -> None:
    await (await opened("denetci")).get("panel/kayitlar?durum=hepsi&mudurluk=Ayşe+Yılmaz&renk=mor")
    noted = [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "panel_viewed"]
    assert noted == ["/panel/kayitlar durum=hepsi"]


@pytest.mark.parametrize("who", ["denetci", "kemal"])
async def test_a_row_alone_leaves_a_trace_of_who_reads_everything(
    opened: Open, site: ScriptedSite, staff: dict[str, Person], day: dict[str, Ticket], who: str
) -> None:
    row = f"panel/kayitlar/satir/{day['secret'].id}"
    assert "garip bir pencere" in (await (await opened(who)).get(row)).text
    assert "garip bir pencere" in (await (await opened("fatma")).get(row)).text
    assert (await (await opened("mehmet")).get(row)).status_code == 404
    noted = [line[1:4] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "panel_viewed"]
    assert noted == [(staff[who].id, "panel_viewed", f"/panel/kayitlar {day['secret'].number}")]


TYPED = {
    "geciken": "geciken=1",
    "bugün açılan acil": "oncelik=acil&acilan=1",
    "üstlenilmemiş": "ustlenen=yok",
    "bugün bitecek": "bugun=1",
    "dünden beri bekleyen": "dunden=1",
    "zabıta dünden beri bekleyenler toner": "mudurluk=Zab%C4%B1ta&q=toner&dunden=1",
    "MEHMET": "ustlenen=mehmet",
    "zabıta acil": "oncelik=acil&mudurluk=Zab%C4%B1ta",
    "3. kat toner": "q=3.%20kat%20toner",
    "bende bekleyenler kâğıt": "durum=bekleyen&ustlenen=ben&q=k%C3%A2%C4%9F%C4%B1t",
    "Yazıcı yazdırmıyor": "konu=yazici-yazdirmiyor",
    "yazılım hepsi": "birim=yazilim&durum=hepsi",
    "   ": "",
}


@pytest.mark.parametrize("typed", TYPED)
async def test_what_is_typed_becomes_a_filter(opened: Open, day: dict[str, Ticket], typed: str) -> None:
    answer = await (await opened("fatma")).get("panel/kayitlar", yaz=typed)
    assert answer.status_code == 303
    assert answer.headers["location"].partition("?")[2] == TYPED[typed]


async def test_words_are_looked_for_within_the_list_and_no_security_matter_is_found(
    opened: Open, day: dict[str, Ticket]
) -> None:
    assert await listed(opened, "fatma", "?q=kamerada") == [day["waits"].number]
    assert await listed(opened, "fatma", "?q=yaz%C4%B1c%C4%B1&durum=hepsi") == [day["late"].number]
    assert await listed(opened, "fatma", "?q=pencere") == []
    assert await listed(opened, "fatma", "?q=toner&ustlenen=mehmet") == []
    page = (await (await opened("fatma")).get("panel/kayitlar?q=toner&q=bitti")).text
    assert "aranan: “toner”" in page
    assert await listed(opened, "fatma", "?q=%25+%22+NEAR(") == []


async def test_typed_words_stand_in_no_audit(opened: Open, day: dict[str, Ticket], site: ScriptedSite) -> None:
    await (await opened("denetci")).get("panel/kayitlar?q=gizli&durum=hepsi")
    about = [line[3] for line in site.store.read(lambda uow: uow.audit.recent())]
    assert any("durum=hepsi" in one and " q" in one for one in about)
    assert not any("gizli" in one for one in about)
