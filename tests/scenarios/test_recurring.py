"""Düzenli işler: written down by a rule, opened by the clock, checks answered in one tap, the lists of days off."""

from __future__ import annotations

from handlers.domain.states import Priority, State
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import tick_at, web

__all__ = ["web"]


async def offered(stage: Stage, who: str, title: str) -> None:
    lead = stage.person(who)
    for words in ("/duzenli",):
        await lead.says(words)
    for label in ("Hazır gelenlerden", title, "Evet, yaz"):
        await lead.presses(label)


async def test_a_rule_is_shown_with_its_days_before_it_is_written_down(stage: Stage) -> None:
    fatma = stage.person("fatma")
    await fatma.says("/duzenli ekle UPS testi: her Pazartesi, tatilse sonraki")
    preview = (await fatma.last("recurring_preview")).text
    assert "UPS testi: her Pazartesi, tatile denk gelirse sonraki iş günü." in preview
    assert "Önümüzdeki 5: 30 Kasım Pazartesi, 7 Aralık Pazartesi" in preview
    await fatma.presses("Evet, yaz")
    await fatma.says("/duzenli")
    assert "UPS testi: her Pazartesi" in (await fatma.last("recurring_list")).text
    await fatma.presses("Kaldır")
    await fatma.says("/duzenli")
    assert "Henüz yok." in (await fatma.last("recurring_list")).text


async def test_on_its_day_it_opens_an_ordinary_ticket_once(web: Stage) -> None:
    fatma = web.person("fatma")
    await fatma.says("/duzenli ekle Toner sayımı konu sarf-malzeme: her Perşembe")
    await fatma.presses("Evet, yaz")
    for moment in ("2026-12-02T10:00", "2026-12-03T07:59"):
        await tick_at(web, moment)
    assert not await _numbers(web)
    for moment in ("2026-12-03T08:00", "2026-12-03T08:01", "2026-12-03T15:00", "2026-12-04T09:00"):
        await tick_at(web, moment)
    assert await _numbers(web) == [FIRST]
    ticket = await web.ticket(FIRST)
    assert (ticket.text, ticket.unit, ticket.category) == ("Toner sayımı", "donanim", "sarf-malzeme")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await room.presses("Tamamladım")
    await room.says("Sayıldı, liste asıldı")
    assert not [m for m in await fatma.sees() if m.kind.startswith("update_")], "nobody is asked whether it works"


async def _numbers(stage: Stage) -> list[str]:
    return await stage.app.gateway.read(lambda uow: [one.number for one in uow.summaries.list()])


async def test_what_fell_into_a_night_without_the_desk_is_opened_late_and_long_ago_is_not(web: Stage) -> None:
    fatma = web.person("fatma")
    await fatma.says("/duzenli ekle UPS testi: her Perşembe")
    await fatma.presses("Evet, yaz")
    await tick_at(web, "2026-12-07T09:00")
    assert len(await _numbers(web)) == 1
    await tick_at(web, "2026-12-16T09:00")
    assert len(await _numbers(web)) == 1


async def test_a_check_is_answered_in_one_tap(web: Stage) -> None:
    await _add_lead(web)
    await offered(web, "fatma", "Günlük yedek")
    await tick_at(web, "2026-12-02T08:00")
    room = web.in_room("ali", "yazilim")
    asked = await room.last("check")
    assert "Günlük yedek denetimi · 2 Aralık Çarşamba: sonuç?" in asked.text
    assert list(asked.buttons) == ["Tamam", "Uyarı var", "Alınamadı"]
    await room.presses("Tamam", on=asked)
    await room.presses_token(asked.buttons["Alınamadı"])
    assert "✅ tamam – Ali Ç." in (await room.last("checked")).text
    assert (await web.ticket(FIRST)).state is State.RESOLVED


async def test_a_backup_that_failed_is_urgent_and_the_lead_hears(web: Stage) -> None:
    await _add_lead(web)
    await offered(web, "fatma", "Günlük yedek")
    await tick_at(web, "2026-12-02T08:00")
    room = web.in_room("ali", "yazilim")
    await room.presses("Alınamadı")
    ticket = await web.ticket(FIRST)
    assert (ticket.priority, ticket.state) == (Priority.HIGH, State.CLAIMED)
    assert "Ali Çelik'te" in (await room.last("checked")).text
    assert "alınamadı (Ali Çelik)" in (await web.person("fatma").last("check_failed")).text


async def test_unanswered_it_climbs_to_the_lead_and_then_the_director(web: Stage) -> None:
    await _add_lead(web)
    await offered(web, "fatma", "Günlük yedek")
    fatma, kemal = web.person("fatma"), web.person("kemal")
    heard = []
    for moment in ("02T08:00", "02T10:29", "02T10:30", "02T11:00", "03T08:30", "04T08:01", "04T08:02"):
        await tick_at(web, f"2026-12-{moment}")
        told = [
            [m for m in await who.sees() if m.kind == "check_unanswered" and FIRST in m.text] for who in (fatma, kemal)
        ]
        heard.append(tuple(map(len, told)))
    assert heard == [(0, 0), (0, 0), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1)]


async def _add_lead(stage: Stage) -> None:
    """Of yazılım, of which the demo has none: Fatma moves."""

    def move(uow: UnitOfWork) -> None:
        fatma = uow.people.by_handle("fatma")
        assert fatma is not None
        fatma.unit = "yazilim"
        uow.people.save(fatma)

    await stage.app.gateway.write(move)


async def test_before_and_after_days_off_there_is_a_list(web: Stage) -> None:
    await offered(web, "fatma", "Tatil kapatma")
    room = web.in_room("mehmet", "donanim")
    await tick_at(web, "2026-12-31T08:59")
    assert not await _numbers(web)
    await tick_at(web, "2026-12-31T09:00")
    card = (await room.last("card")).text
    assert "kapatma listesi, en geç 16.00" in card
    assert "☑ 0/7" in card
    await tick_at(web, "2026-12-31T15:00")
    assert "açık kalanlar (7): Salon projeksiyonları" in (await room.last("shutdown_open")).text
    await tick_at(web, "2026-12-31T15:45")
    await tick_at(web, "2026-12-31T16:10")
    assert len([m for m in await room.sees() if m.kind == "shutdown_open"]) == 2
    await tick_at(web, "2027-01-04T07:44")
    assert len(await _numbers(web)) == 1
    await tick_at(web, "2027-01-04T07:45")
    assert "açma listesi, ilk denetim" in (await room.last("card")).text


async def test_what_cannot_be_written_down(web: Stage) -> None:
    fatma, mehmet = web.person("fatma"), web.person("mehmet")
    for typed, said in (
        ("/duzenli ekle UPS: her yıl 31 Şubat", "Bu kural hiçbir güne düşmüyor."),
        ("/duzenli ekle UPS: arada bir", "Kuralı anlayamadım."),
        ("/duzenli nedir", "Kuralı anlayamadım."),
    ):
        await fatma.says(typed)
        assert (await fatma.heard())[-1].startswith(said)
    await mehmet.says("/duzenli ekle UPS: her cuma")
    assert not [m for m in await mehmet.sees() if m.kind == "recurring_preview"]
