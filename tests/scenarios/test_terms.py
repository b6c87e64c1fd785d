"""Süreli kayıtlar in talk: `/sureli`, the ticket that opens by itself, Yenilendi."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.contracts import recording
from handlers.contracts.recording import Said
from handlers.domain.terms import Line, Term
from handlers.spoken_time import MONTHS
from tests.scenarios.stage import Stage
from tests.scenarios.test_stock import does


async def kept(stage: Stage, away: int, **about: Any) -> Term:
    """A warranty that ends in so many days, kept by the director."""
    ends = (stage.clock.now() + timedelta(days=away)).date().isoformat()
    said = Said(**{"kind": "warranty", "name": "HP yazıcılar", "ends": ends, **about})
    made: Term = await does(stage, "kemal", lambda acting: recording.record(acting, said))
    return made


async def test_what_ends_soon_is_shown_and_renewed(stage: Stage) -> None:
    mehmet = stage.person("mehmet")
    await mehmet.says("/sureli 30")
    assert (await mehmet.last()).text == "30 gün içinde bitecek süreli kayıt yok."
    await kept(stage, 20, vendor="ABC Bilişim")
    await kept(stage, 200, kind="signature", name="Fatma Şahin")
    await stage.tick(hours=2)  # at noon nobody works
    room = stage.in_room("mehmet", "donanim")
    card = await room.last("card")
    assert "garanti HP yazıcılar" in card.text
    assert "Yenilendi" not in card.buttons
    await mehmet.says("/sureli 30")
    listed = (await mehmet.last("terms")).text
    assert "30 gün içinde bitecek: 1" in listed
    assert "(20 gün sonra) · ABC Bilişim · kayıt 2026-000001" in listed
    assert "Fatma" not in listed
    await mehmet.says("/süreli sk-2")
    assert "SK-00002 · e-imza, Fatma Şahin" in (await mehmet.last("term")).text
    await mehmet.says("/sureli yarın")
    assert (await mehmet.last()).text.startswith("Gün sayısı ya da numara yazın.")
    await mehmet.says("/sureli SK-99")
    assert (await mehmet.last()).text == "SK-00099 diye bir süreli kayıt yok."
    await room.presses("Üstlen")
    await room.presses("Yenilendi")
    assert "ne zamana kadar yenilendi?" in (await room.last("prompt_term_end")).text
    await room.says("ocakta")
    assert "diye bir gün yok" in (await room.last()).text
    await room.says("17.07.2027")
    receipt = await room.last("term_renewed")
    assert receipt.text.endswith("yeni bitiş 17.07.2027 · SK-00003. Kayıt 2026-000001 tamamlandı.")
    ticket = await stage.app.gateway.read(lambda uow: uow.tickets.by_number("2026-000001"))
    assert (ticket.state, ticket.resolution) == ("resolved", "Yenilendi: yeni bitiş 17.07.2027")


async def test_who_may_not_see_them_is_told_so(stage: Stage) -> None:
    await kept(stage, 20)
    ayse = stage.person("ayse")
    await ayse.says("/sureli")
    assert "HP yazıcılar" not in (await ayse.last()).text


async def test_a_remote_units_ticket_shows_its_line(stage: Stage) -> None:
    """Bylaw 7/17."""
    line = Line(number="0326 613", service_no="88123", speed="50 Mbps", fault_line="444 1 375")
    about = {"kind": "line", "name": "Kütüphane hattı", "place": "Yeşilköy Kütüphanesi", "line": line}
    await kept(stage, 98, **about)
    await kept(stage, 98, kind="line", name="Garaj hattı", place="Garaj", line=Line(number="0326 999"))
    ayse = stage.person("ayse")
    await ayse.says("yeşilköy kütüphanesinde internet yok, adsl hattı kesik")
    last = await ayse.last()
    if "Uzak birim bağlantısı" in last.buttons:
        await ayse.presses("Uzak birim bağlantısı")
    await ayse.presses("Teknisyene ilet")
    card = (await stage.in_room("mehmet", "donanim").last("card")).text
    ticket = await stage.app.gateway.read(lambda uow: uow.tickets.by_number("2026-000001"))
    assert ticket.category == "uzak-birim-baglanti"
    assert "Hat 0326 613 · 50 Mbps · arıza 444 1 375 · hizmet no 88123 · taahhüt 03.2027" in card
    assert "0326 999" not in card


async def test_the_morning_says_to_lead_and_director_what_ends_soon(stage: Stage) -> None:
    ends = stage.clock.now().date() + timedelta(days=20)
    await kept(stage, 20)
    await kept(stage, 200, kind="signature", name="Fatma Şahin")
    stage.clock.set(stage.clock.now().replace(hour=5, minute=20) + timedelta(days=1))
    await stage.tick()
    line = f"30 gün içinde bitecek: 1 (en yakını garanti, HP yazıcılar, {ends.day} {MONTHS[ends.month - 1]})"
    assert line in (await stage.person("fatma").last("morning")).text
    assert line in (await stage.person("kemal").last("morning_terms")).text
    assert line not in (await stage.in_room("mehmet", "donanim").last("morning")).text
    before = len(await stage.person("kemal").sees())
    await stage.tick(minutes=1)
    assert len(await stage.person("kemal").sees()) == before, "once a day"
