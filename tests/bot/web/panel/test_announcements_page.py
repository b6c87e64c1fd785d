"""`/panel/duyurular`: seen before it is sent, who read it, its lists."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
from pypdf import PdfReader

from handlers.announcements import sending
from handlers.domain.deputies import Deputy
from handlers.domain.people import Person, Role
from tests.bot.web.panel.device_house import acts, press, send, visiting
from tests.bot.web.panel.document_house import announced
from tests.bot.web.scripted_site import ScriptedSite


async def test_it_is_seen_before_it_is_sent(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    async with visiting(site, "fatma") as visit:
        assert "Henüz duyuru yok. Aşağıdan yazın" in (await visit.get("panel/duyurular")).text
        new = {"text": "Şüpheli e-postayı açmadan bildirin.", "audience": "everybody", "security": "1"}
        seen = await send(visit, "panel/duyurular", action="announcement_send", **new)
        assert "kişiye gidecek; emin misiniz?" in seen.text
        assert site.store.read(lambda uow: uow.announcements.latest()) == []
        told = await press(visit, "panel/duyurular", "announcement_send", **new, sure="1")
        assert "Gönderildi; okuyanlar aşağıda görünür." in told
        assert "DU-2026-00001" in told
        empty = await send(visit, "panel/duyurular", action="announcement_send", **{**new, "text": " "})
        assert (empty.status_code, "Boş duyuru gönderilmez." in empty.text) == (422, True)


async def test_a_deputy_sends_as_one(site: ScriptedSite, staff: dict[str, Person]) -> None:
    stands_in = Deputy(
        person=staff["fatma"].id, deputy=staff["mehmet"].id, role=Role.LEAD, unit="donanim",
        starts=site.now() - timedelta(days=1), ends=site.now() + timedelta(days=1), entered_at=site.now(),
    )  # fmt: skip
    site.store.write(lambda uow: uow.deputies.add(stands_in))
    one = announced(site, staff["mehmet"])
    async with visiting(site, "denetci") as visit:
        assert "Mehmet Kaya (V.)" in (await visit.get(f"panel/duyurular/{one.id}")).text


async def test_who_read_it_and_its_lists(site: ScriptedSite, staff: dict[str, Person]) -> None:
    one = announced(site, staff["fatma"])
    acts(site, staff["mehmet"], lambda acting: sending.read(acting, one.id))
    here = f"panel/duyurular/{one.id}"
    async with visiting(site, "denetci") as visit:
        page = (await visit.get(here)).text
        assert "Okuyanlar (1)" in page
        assert "Yürürlükten kaldır" not in page
        made = await visit.get(f"{here}/liste.pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
        assert "Güvenlik duyurusu ve okunma listesi" in text
        assert "Okuyanlar (1)" in text
        book = openpyxl.load_workbook(io.BytesIO((await visit.get(f"{here}/liste.xlsx")).content)).worksheets[0]
        assert book.max_row == 1 + len(site.store.read(lambda uow: uow.announcements.readers(one.id)))
    async with visiting(site, "fatma") as visit:
        assert "Yürürlükten kaldırıldı" in await press(visit, here, "announcement_withdraw", id=str(one.id))
