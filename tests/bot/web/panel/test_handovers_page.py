"""`/panel/teslim` and what stands below it: acts and their papers, orders, the official ledger, somebody's zimmet."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from pypdf import PdfReader

from handlers.devices import confirming, depot_orders, handing, losing, recording, taking_back
from handlers.domain.deputies import Deputy
from handlers.domain.devices import Description
from handlers.domain.handovers import DepotOrder, Handover, HandoverState, OrderState, Returned
from handlers.domain.people import Person, Role
from tests.bot.web.panel.conftest import PanelVisit
from tests.bot.web.panel.device_house import acts, furnish, press, send, visiting
from tests.bot.web.panel.handover_house import into_depot, waits
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk

DAY = "%d.%m.%Y"


async def text_of(visit: PanelVisit, path: str) -> str:
    """Of a print, in one line."""
    answer = await visit.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def kept(site: ScriptedSite, one: Handover) -> Handover:
    return site.store.read(lambda uow: uow.handovers.get(one.id))


async def test_the_director_gives_and_refuses_orders(site: ScriptedSite, staff: dict[str, Person]) -> None:
    laptop = into_depot(site, staff)

    def ask(whom: str) -> DepotOrder:
        return acts(site, staff["mehmet"], lambda acting: depot_orders.ask(acting, [laptop.id], staff[whom].id))

    first, second = ask("ayse"), ask("fatma")
    async with visiting(site, "mehmet") as visit:
        page = (await visit.get("panel/cikis-emirleri")).text
        assert "2 karar bekliyor" in page
        assert "Çıksın" not in page
        refused = await send(visit, "panel/cikis-emirleri", action="order_give", id=str(first.id))
        assert refused.status_code == 403
    async with visiting(site, "kemal") as visit:
        here = "panel/cikis-emirleri"
        assert "isteyen teslim edebilir" in await press(visit, here, "order_give", id=str(first.id))
        why = await send(visit, here, action="order_refuse", id=str(second.id), reason=" ")
        assert (why.status_code, "Neden çıkmasın?" in why.text) == (422, True)
        told = await press(visit, here, "order_refuse", id=str(second.id), reason="Şimdilik gerek yok")
        assert "isteyene nedeniyle söylendi" in told
        assert "Neden: <bdi>Şimdilik gerek yok</bdi>" in told
        late = await send(visit, here, action="order_give", id=str(second.id))
        assert late.status_code == 422
        assert "1 emir" in (await visit.get(f"{here}?durum=verilen")).text
        assert "Böyle bir çıkış emri yok." in (await visit.get(f"{here}?q=CE-2026-00099")).text
        printed = await text_of(visit, f"{here}/gun.pdf")
        assert "CE-2026-00001" in printed
        assert "(Müdür)" in printed
        assert "CE-2026-00002" not in printed, "only what was given is signed"
        assert "Bu gün verilmiş çıkış emri yok." in await text_of(visit, f"{here}/gun.pdf?gun=2020-01-01")
    states = site.store.read(lambda uow: [uow.handovers.order(one.id).state for one in (first, second)])
    assert states == [OrderState.GIVEN, OrderState.REFUSED]


async def test_in_whose_place_an_order_was_given_stands_on_the_paper(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    laptop = into_depot(site, staff)
    begins, ends = site.now() - timedelta(days=1), site.now() + timedelta(days=1)
    stands_in = Deputy(
        person=staff["kemal"].id, deputy=staff["fatma"].id, role=Role.DIRECTOR, unit=None, starts=begins, ends=ends,
        entered_at=begins,
    )  # fmt: skip
    site.store.write(lambda uow: uow.deputies.add(stands_in))
    order = acts(site, staff["mehmet"], lambda acting: depot_orders.ask(acting, [laptop.id], staff["ayse"].id))
    async with visiting(site, "fatma") as visit:
        await press(visit, "panel/cikis-emirleri", "order_give", id=str(order.id))
        made = acts(site, staff["mehmet"], lambda acting: handing.make(acting, [laptop.id], staff["ayse"].id))
        acts(site, staff["ayse"], lambda acting: confirming.confirm(acting, made.id, made.digest))
        paper = await text_of(visit, f"panel/teslim/{made.number}/belge.pdf")
        assert f"{staff['fatma'].short_name} (Müdür V.)" in paper
        assert f"Sohbette onayladı: {site.now().astimezone(shared_desk().zone):%d.%m.%Y %H:%M}" in paper
        assert f"Onaylanan liste: {made.digest[:4]} {made.digest[4:8]}" in paper
        assert f"{made.digest[:4]} {made.digest[4:8]}" in (await visit.get(f"panel/teslim/{made.number}")).text


async def test_an_act_from_waiting_to_its_official_number(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    async with visiting(site, "fatma") as visit:
        assert "Henüz teslim yok." in (await visit.get("panel/teslim")).text
    laptop = into_depot(site, staff)
    made = waits(site, staff, laptop)
    here = f"panel/teslim/{made.number}"
    async with visiting(site, "fatma") as visit:
        overview = (await visit.get("panel/teslim")).text
        assert "1 teslim onay bekliyor" in overview
        assert "<bdi>Ayşe Yılmaz</bdi>" in overview
        assert overview.count(f'/panel/teslim/{made.number}"') == 1
        assert "Böyle bir teslim yok." in (await visit.get("panel/teslim?q=yokboyle")).text
        for words in ("5CD8123ABC", "ayşe", str(made.number), "d-00002"):
            assert f">{made.number}</a>" in (await visit.get(f"panel/teslim?q={words}")).text, words
        waiting = await text_of(visit, f"{here}/belge.pdf")
        assert "Onay bekleniyor" in waiting
        assert "CE-2026-00001" in waiting
        early = await send(visit, here, action="official_enter", number=str(made.number), document="1", day="1.1.2026")
        assert (early.status_code, "onaylanmamış" in early.text) == (422, True)
        signed = await press(visit, here, "handover_paper", id=str(made.id))
        assert "İmzalı kâğıtla onaylandı sayıldı" in signed
        assert "(ıslak imza)" in signed
        again = await send(visit, here, action="handover_cancel", id=str(made.id))
        assert (again.status_code, "onaylandı, artık değişmez" in again.text) == (422, True)
        today = f"{site.now():%Y-%m-%d}"
        future = f"{site.now() + timedelta(days=3):%Y-%m-%d}"
        official = {"number": str(made.number), "document": "2026/118", "day": today}
        wrong = await send(visit, here, action="official_enter", **{**official, "day": future})
        assert (wrong.status_code, "ile bugün arasında olmalı" in wrong.text) == (422, True)
        assert "Resmî kayda yazıldı." in await press(visit, here, "official_enter", **official)
        assert "bir şey değişmedi" in await press(visit, here, "official_enter", **official)
        paper = await text_of(visit, f"{here}/belge.pdf")
        assert f"2026/118, {site.now():{DAY}}" in paper
        assert f"Islak imzayla: {site.now():{DAY}}" in paper
        assert "resmî kayda yazıldı" in (await visit.get("panel/cihaz/D-00002")).text
        rows = openpyxl.load_workbook(io.BytesIO((await visit.get("panel/teslim.xlsx")).content)).worksheets[0]
        assert [row[0].value for row in rows.iter_rows(min_row=2)] == [str(made.number), "TB-2026-00001"]
    assert kept(site, made).state is HandoverState.CONFIRMED


async def test_official_numbers_come_in_a_list_whole_or_not_at_all(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    made = waits(site, staff, into_depot(site, staff))
    acts(site, staff["mehmet"], lambda acting: confirming.confirm_on_paper(acting, made.id))
    day = f"{site.now():{DAY}}"
    here = "panel/resmi-kayit"
    async with visiting(site, "fatma") as visit:
        assert "2 teslim" in (await visit.get(here)).text
        book = openpyxl.load_workbook(io.BytesIO((await visit.get(f"{here}.xlsx")).content)).worksheets[0]
        heads, *rows = [[cell.value for cell in row] for row in book.iter_rows()]
        assert heads[:3] == ["Teslim no", "Belge no", "Belge tarihi"]
        assert [row[0] for row in rows] == ["TB-2026-00001", str(made.number)]
        for lines, told in (
            ("", "Hiç satır yok."),
            ("TB-2026-00001 x", "Satır 1 anlaşılmadı"),
            (f"TB-2026-00001;2026/117;{day}\nTB-2026-00077;1;{day}", "“TB-2026-00077” diye bir teslim yok."),
        ):
            refused = await send(visit, here, action="official_list", lines=lines)
            assert (refused.status_code, told in refused.text) == (422, True), lines
        assert "2 teslim" in (await visit.get(here)).text, "none of them was written"
        pasted = f"Teslim no\tBelge no\tBelge tarihi\nTB-2026-00001\t2026/117\t{day}\n{made.number}, 2026/118, {day}\n"
        assert "Listedekiler resmî kayda yazıldı." in await press(visit, here, "official_list", lines=pasted)
        assert "Bekleyen yok" in (await visit.get(here)).text
        assert "<bdi>2026/117</bdi>" in (await visit.get(f"{here}?durum=yazilan")).text
    async with visiting(site, "kemal") as visit:
        assert "Listeden yaz" not in (await visit.get(here)).text


async def test_zimmet_of_a_person_and_papers_of_who_leaves(site: ScriptedSite, staff: dict[str, Person]) -> None:
    laptop = furnish(site, staff)[1]
    here = "panel/zimmet/ayse"
    async with visiting(site, "fatma") as visit:
        assert "Zimmetindekiler (1)" in (await visit.get(here)).text
        assert "/panel/zimmet/ayse" in (await visit.get("panel/kisiler/ayse")).text
        refused = await visit.get(f"{here}/ilisik.pdf")
        assert (refused.status_code, "üzerinde 1 cihaz var (D-00002)" in refused.text) == (422, True)
        assert "5CD8123ABC" in await text_of(visit, f"{here}/dokum.pdf")
        back = acts(site, staff["mehmet"], lambda acting: taking_back.take_back(acting, {laptop.id: Returned.WHOLE}))
        local = site.now().astimezone(shared_desk().zone)
        assert f"Üzerinde zimmetli cihaz yoktur ({local:%d.%m.%Y %H:%M})." in await text_of(visit, f"{here}/ilisik.pdf")
        assert (await visit.get(f"panel/teslim/{back.number}/hasar.pdf")).status_code == 404, "it came back whole"
        assert (await visit.get("panel/zimmet/kimse")).status_code == 404
    async with visiting(site, "mehmet") as visit:
        assert (await visit.get(here)).status_code == 200


async def test_papers_of_a_room_and_of_what_is_damaged(site: ScriptedSite, staff: dict[str, Person]) -> None:
    laptop = into_depot(site, staff)
    async with visiting(site, "fatma") as visit:
        page = (await visit.get("panel/cihaz/D-00001")).text
        room = page.partition("/panel/oda-listesi/")[2].partition(".pdf")[0]
        listed = await text_of(visit, f"panel/oda-listesi/{room}.pdf")
        assert "3. kat · 312" in listed
        assert "PHB1234567" in listed
        assert "Oda listesi (PDF)" in (await visit.get("panel/ayarlar/bina-oda")).text
        damage = await text_of(visit, "panel/teslim/TB-2026-00001/hasar.pdf")
        assert "hasarlı: kasası kırık" in damage
        assert "harcama yetkilisi karar verir" in damage
        assert (await visit.get("panel/cihaz/D-00001/tutanak.pdf")).status_code == 404, "it works"
        acts(site, staff["fatma"], lambda acting: losing.report(acting, laptop.id))
        assert "Kayıp tutanağı" in await text_of(visit, f"panel/cihaz/{laptop.number}/tutanak.pdf")


async def test_what_leaves_the_house_has_a_paper_with_its_day(site: ScriptedSite, staff: dict[str, Person]) -> None:
    printer = furnish(site, staff)[0]
    due = site.now().date() + timedelta(days=30)
    made = acts(site, staff["mehmet"], lambda acting: handing.make_outside(acting, [printer.id], "Ak Bilişim Ltd", due))
    async with visiting(site, "fatma") as visit:
        paper = await text_of(visit, f"panel/teslim/{made.number}/belge.pdf")
        for words in ("Dışarıya teslim tutanağı", "Ak Bilişim Ltd", f"{due:{DAY}} günü, aldığım gibi geri veririm"):
            assert words in paper
        assert "Ak Bilişim Ltd, dışarıya" in (await visit.get("panel/teslim")).text
        assert f"<dd><bdi>{due:{DAY}}</bdi>" in (await visit.get(f"panel/teslim/{made.number}")).text


@pytest.mark.parametrize("handle", ["ayse", "admin"])
async def test_to_others_they_are_closed(site: ScriptedSite, staff: dict[str, Person], handle: str) -> None:
    furnish(site, staff)
    async with visiting(site, handle) as visit:
        for path in ("teslim", "cikis-emirleri", "resmi-kayit", "mutabakat", "zimmet/ayse", "teslim.xlsx"):
            assert (await visit.get(f"panel/{path}")).status_code == 403, path


LEDGER = """Taşınır sicil no\tSeri no\tTaşınırın adı\tMarka\tModel\tZimmetli
255.02.01.01.02.01/18/00252\tPHB1234567\tYazıcı\tHP\tLaserJet M404dn\t
255.02.01.01.02.01/19/00031\t5CD8123ABC\tDizüstü\tLenovo\tThinkPad E14\tHasan Kaya
255.02.01.01.02.01/20/00777\tZZZ999888\tMonitör\tDell\tP2422H\tAyşe Yılmaz
"""


async def test_the_official_ledger_is_held_against_ours(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    only_ours = Description(kind="monitor", serial="ONLYOURS1")
    acts(site, staff["mehmet"], lambda acting: recording.record(acting, only_ours))
    async with visiting(site, "fatma") as visit:
        empty = await send(visit, "panel/mutabakat")
        assert (empty.status_code, "Bir dosya seçin" in empty.text) == (422, True)
        brought = await send(visit, "panel/mutabakat", pasted=LEDGER)
        assert brought.status_code == 303, brought.text
        here = brought.headers["location"].removeprefix(visit.path)
        page = (await visit.get(here)).text
        assert "<strong>1</strong> iki tarafta aynı" in page
        assert page.count("<strong>1</strong> <a href=") == 4
        assert ">D-00003</a>" in page, "ours alone are shown first"
        assert "<bdi>Hasan Kaya</bdi>" in (await visit.get(f"{here}?fark=holder")).text
        assert "<bdi>255.02.01.01.02.01/19/00031</bdi>" in (await visit.get(f"{here}?fark=number")).text
        assert "ZZZ999888" in (await visit.get(f"{here}?fark=theirs")).text
        book = openpyxl.load_workbook(io.BytesIO((await visit.get(f"{here}/farklar.xlsx")).content)).worksheets[0]
        assert [row[0].value for row in book.iter_rows(min_row=2)] == [
            "Yalnız bizde", "Yalnız resmî kayıtta", "Zimmeti farklı", "Sicil no farklı",
        ]  # fmt: skip
        assert "İki tarafta da aynı 1;" in await text_of(visit, f"{here}/farklar.pdf")
        assert (await send(visit, here, action="discard")).status_code == 303
        assert (await visit.get(here)).status_code == 404
    async with visiting(site, "kemal") as visit:
        assert (await visit.get("panel/mutabakat")).status_code == 403
