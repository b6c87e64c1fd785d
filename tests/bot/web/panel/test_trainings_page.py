"""`/panel/egitimler`: a session from its form to who was there, and the list to sign."""

from __future__ import annotations

import io
from datetime import timedelta

from pypdf import PdfReader

from handlers.domain.people import Person
from tests.bot.web.panel.device_house import press, send, visiting
from tests.bot.web.panel.document_house import planned_training
from tests.bot.web.scripted_site import ScriptedSite


async def test_a_session_is_opened_and_held(site: ScriptedSite, staff: dict[str, Person]) -> None:
    async with visiting(site, "fatma") as visit:
        assert "Henüz eğitim yok. Aşağıdan bir oturum açın" in (await visit.get("panel/egitimler")).text
        day = (site.now() + timedelta(days=3)).date().isoformat()
        new = {"title": "Excel", "day": day, "clock": "14:00", "place": "Salon", "capacity": "1"}
        wrong = await send(visit, "panel/egitimler", action="training_plan", **{**new, "day": "2020-01-01"})
        assert (wrong.status_code, "ileri bir tarih olmalı" in wrong.text) == (422, True)
        assert "Eğitim açıldı" in await press(visit, "panel/egitimler", "training_plan", **new)
        key = str(site.store.read(lambda uow: uow.trainings.latest()[0].id))
        here = f"panel/egitimler/{key}"
        unknown = await send(visit, here, action="training_invite", id=key, people="Kimse Yok")
        assert (unknown.status_code, "personel listesinde bulunamadı" in unknown.text) == (422, True)
        assert "Davet edildi." in await press(visit, here, "training_invite", id=key, people="Ayşe Yılmaz\nMehmet Kaya")
        early = await send(visit, here, action="training_hold", id=key, came=str(staff["ayse"].id))
        assert (early.status_code, "daha başlamadı" in early.text) == (422, True)
        site.clock.forward(days=4)
        assert 'name="came"' in (await visit.get(here)).text
        came = {"came": str(staff["ayse"].id), "note": "Tablo yapıldı."}
        held = await press(visit, here, "training_hold", id=key, **came)
        assert ("✓ katıldı" in held, "Tablo yapıldı." in held) == (True, True)


async def test_the_list_to_sign_and_who_only_reads(site: ScriptedSite, staff: dict[str, Person]) -> None:
    one = planned_training(site, staff["fatma"])
    async with visiting(site, "denetci") as visit:
        page = (await visit.get(f"panel/egitimler/{one.id}")).text
        assert ("Ayşe Yılmaz" in page, "Davet et</button>" in page) == (True, False)
        made = await visit.get(f"panel/egitimler/{one.id}/cizelge.pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
        assert "Eğitim katılım çizelgesi" in text
        assert "Ayşe Yılmaz" in text
        assert "Oturum aç" not in (await visit.get("panel/egitimler")).text
