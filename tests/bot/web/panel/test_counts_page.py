"""`/panel/sayim`: a count from its opening to its prints, and what a scanned label offers meanwhile."""

from __future__ import annotations

import io

from pypdf import PdfReader

from handlers.context import Acting
from handlers.counts import opening
from handlers.counts.opening import Wanted
from handlers.devices import labels, recording
from handlers.domain.counts import Count, Scope
from handlers.domain.devices import Description
from handlers.domain.officers import Office, Officer
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.panel.device_house import acts, furnish, press, send, visiting
from tests.bot.web.panel.stock_house import furnish_depot
from tests.bot.web.scripted_site import ScriptedSite


def name_registrar(site: ScriptedSite, who: Person, by: Person) -> None:
    held = {"office": Office.TASINIR_KAYIT, "person": who.id, "entered_by": by.id}
    now = site.now()
    site.store.write(lambda uow: uow.officers.add(Officer(**held, starts=now.date(), entered_at=now)))  # type: ignore[arg-type] # fields by name


def begin_count(site: ScriptedSite, staff: dict[str, Person]) -> Count:
    name_registrar(site, staff["mehmet"], staff["kemal"])
    board = [staff[one].id for one in ("mehmet", "fatma", "kemal")]
    return acts(site, staff["fatma"], lambda acting: opening.open_count(acting, Wanted(scope=Scope.ALL, board=board)))


async def test_a_count_from_its_opening_to_its_prints(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    said = Description(kind="monitor", serial="CN0P2422")
    acts(site, staff["fatma"], lambda acting: recording.record(acting, said, place="214"))
    furnish_depot(site, staff["fatma"])
    name_registrar(site, staff["mehmet"], staff["kemal"])
    async with visiting(site, "fatma") as visit:
        assert "Henüz sayım yok. Aşağıdan ilk sayımı açın." in (await visit.get("panel/sayim")).text
        two = await send(visit, "panel/sayim", action="count_open", scope="all", board="mehmet\nkemal")
        told = "Sayım kurulu en az 3 kişi olmalı ve taşınır kayıt yetkilisi bulunmalı (md. 32/2)."
        assert (two.status_code, told in two.text) == (422, True)
        page = await press(visit, "panel/sayim", "count_open", scope="all", board="mehmet\nkemal\nfatma")
        assert "SY-2026-01" in page
        count = site.store.read(lambda uow: uow.counts.open()[0])
        here, about = "panel/sayim/SY-2026-01", {"count": str(count.id)}
        assert "Sayıldı." in await press(visit, here, "count_see", **about, typed="d1")
        shown = (await visit.get(here)).text
        assert "Görülenler (1)" in shown
        item = site.store.read(lambda uow: uow.stock.by_code("TN-2421"))
        assert item is not None
        asked = await press(visit, here, "count_item", **about, item=str(item.id), quantity="2")
        assert "Kayıtta 3, siz 2. Bir kez daha sayın." in asked
        await press(visit, here, "count_item", **about, item=str(item.id), quantity="2")
        assert "Sayımda bulundu: yazıldı." in await press(visit, here, "count_found", **about, words="HP yazıcı")
        closing = await send(visit, here, action="count_close", **about)
        assert (closing.status_code, "Sayım kapanmadı:" in closing.text) == (422, True)
        for one in site.store.read(lambda uow: uow.stock.items()):
            if one.id != item.id:
                left = site.store.read(lambda uow, key=one.id: uow.stock.left_of(key))
                await press(visit, here, "count_item", **about, item=str(one.id), quantity=str(left))
        devices = site.store.read(_living)
        why = {f"why_{key}": "Sergide" for key in devices if key != 1}
        await press(visit, here, "count_explain", **about, **why)
        assert "Sayım kapandı." in await press(visit, here, "count_close", **about)
        for name, said in (("tutanak", "Sayım tutanağı SY-2026-01"), ("odalar", "oda oda liste")):
            made = await visit.get(f"{here}/{name}.pdf")
            text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
            assert said in text
    async with visiting(site, "kemal") as visit:
        assert "Farklar depoya yazıldı" in await press(visit, here, "count_write", **about)
    assert site.store.read(lambda uow: uow.stock.left_of(item.id)) == 2


def _living(uow: UnitOfWork) -> list[int]:
    found = [uow.devices.by_number(place) for place in range(1, 40)]
    return [one.id for one in found if one is not None and one.living and one.custody.holder is None]


async def test_a_scanned_label_offers_to_be_counted(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)

    def label(acting: Acting) -> str:
        device = acting.uow.devices.by_number(1)
        assert device is not None
        return labels.issue(acting, [device.id])[0].token

    token = acts(site, staff["fatma"], label)
    async with visiting(site, "mehmet") as visit:
        assert "Burada gördüm" not in (await visit.get(f"c/{token}")).text
        begin_count(site, staff)
        shown = (await visit.get(f"c/{token}")).text
        assert "Burada gördüm (sayım SY-2026-01)" in shown
        key = str(site.store.read(lambda uow: uow.counts.open()[0].id))
        assert "Sayıldı." in await press(visit, "panel/sayim/SY-2026-01", "count_see", count=key, token=token)
        assert "Görülenler (1)" in (await visit.get("panel/sayim/SY-2026-01")).text
