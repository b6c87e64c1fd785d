"""`/panel/yazilimlar`: programs, their seats, and the papers that are missing."""

from __future__ import annotations

import io

import openpyxl

from handlers.context import Acting, UseCaseContext
from handlers.contracts import programs
from handlers.contracts.programs import SaidOfProgram
from handlers.domain.people import Person
from handlers.domain.programs import Program
from handlers.people import staff as people_staff
from handlers.ports import UnitOfWork
from tests.bot.web.panel.device_house import acts, furnish, press, send, visiting
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk


def furnish_programs(site: ScriptedSite, lead: Person) -> Program:
    """One with a seat given, and without its security papers."""

    def work(acting: Acting) -> Program:
        made = programs.record(acting, SaidOfProgram(name="NetCAD", owned="1"))
        programs.give(acting, made.id, acting.person.handle)
        return made

    return acts(site, lead, work)


async def test_seats_are_given_counted_and_freed(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    new = {"name": "NetCAD", "maker": "Netcad", "model": "person", "owned": "1", "key_kept": "kasa"}
    async with visiting(site, "fatma") as visit:
        assert "Henüz yazılım yok. Aşağıdan ilkini ekleyin" in (await visit.get("panel/yazilimlar")).text
        key = {**new, "key_kept": "VK7JG-NPHTM-C97JM-9MPGT-3V66T"}
        refused = await send(visit, "panel/yazilimlar", action="program_record", **key)
        told = "Bu bir lisans anahtarına benziyor; masada saklanmaz. Nerede durduğunu yazın."
        assert (refused.status_code, told in refused.text) == (422, True)
        assert "Yazılım eklendi." in await press(visit, "panel/yazilimlar", "program_record", **new)
        (kept,) = site.store.read(lambda uow: uow.programs.all())
        here, own = f"panel/yazilimlar/{kept.id}", {"id": str(kept.id)}
        assert "Lisans atandı." in await press(visit, here, "seat_give", **own, whom=staff["ayse"].handle)
        for whom, told in (
            (staff["ayse"].handle, "NetCAD: bu kişide ya da cihazda zaten var."),
            ("D-00001", "NetCAD: 1 lisans var, 2.&#39;sini atıyorsunuz. Yine de yaz?"),
            ("kimse", "tek bir kişiyi ya da cihazı göstermiyor"),
        ):
            refused = await send(visit, here, action="seat_give", **own, whom=whom)
            assert (refused.status_code, told in refused.text) == (422, True), refused.text[-900:]
        page = await press(visit, here, "seat_give", **own, whom="D-00001", anyway="1")
        assert '<span class="mark">fazla</span>' in page
        assert ">NetCAD<" in (await visit.get("panel/yazilimlar?eksik=1&q=netcad")).text
        corrected = {**new, **own, "tested_on": "2026-11-01", "pledge_excused": "açık kaynak"}
        assert "Düzeltildi." in await press(visit, here, "program_correct", **corrected)
        assert "Böyle bir yazılım yok." in (await visit.get("panel/yazilimlar?eksik=1")).text
        book = openpyxl.load_workbook(io.BytesIO((await visit.get("panel/yazilimlar/liste.xlsx")).content))
        assert [cell.value for cell in book.worksheets[0][2]][3:6] == ["kişi", "1", "2"]
        site.store.write(lambda uow: people_staff.close_rights(_work(uow, site), uow.people.get(staff["ayse"].id)))
        (left,) = site.store.read(lambda uow: uow.programs.seats(kept.id))
        assert left.device is not None, "who leaves frees theirs"
        assert "Lisans boşa çıktı." in await press(visit, here, "seat_free", seat=str(left.id))
        assert site.store.read(lambda uow: uow.programs.seats()) == []
    async with visiting(site, "mehmet") as visit:
        assert "Yeni yazılım" not in (await visit.get("panel/yazilimlar")).text
        assert (await send(visit, "panel/yazilimlar", action="program_record", name="X")).status_code == 403
        assert "Lisans atandı." in await press(visit, here, "seat_give", **own, whom="D-00001")


def _work(uow: UnitOfWork, site: ScriptedSite) -> UseCaseContext:
    return UseCaseContext(desk=shared_desk(), uow=uow, now=site.now())
