"""Düzenli işler: written down by a rule, opened by the clock, checks answered in one tap, the lists of days off."""

from __future__ import annotations

from handlers.domain.states import Priority, State
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_details import PNG
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


async def test_who_has_it_how_early_and_what_is_wanted_is_shown_before_it_is_written_down(stage: Stage) -> None:
    fatma = stage.person("fatma")
    await fatma.says("/duzenli ekle UPS testi: her Pazartesi, 3 iş günü önce, kim Ali Çelik, tatilse sonraki")
    assert (await fatma.heard())[-1].startswith("Ali Çelik bu birimde çalışmıyor.")
    await fatma.says("/duzenli ekle UPS testi: her Pazartesi, 3 iş günü önce, kim Mehmet, kanıt fotoğraf")
    preview = (await fatma.last("recurring_preview")).text
    assert "; 3 iş günü önce açılır; Mehmet Kaya'ya verilir; bitince fotoğraf istenir." in preview
    await fatma.presses("Evet, yaz")
    await fatma.says("/duzenli değiştir ups testi: her Cuma, nöbetçi")
    preview = (await fatma.last("recurring_preview")).text
    assert "UPS testi: her Cuma" in preview
    assert "nöbetçiye verilir" in preview
    assert "Açılmış kayıtlar olduğu gibi kalır." in preview
    await fatma.presses("Evet, değiştir")
    assert "UPS testi değişti: her Cuma; nöbetçiye verilir." in (await fatma.last("recurring_changed")).text
    await fatma.presses("Geri al")
    await fatma.says("/duzenli")
    standing = (await fatma.last("recurring_list")).text
    assert "UPS testi: her Pazartesi" in standing
    assert "3 iş günü önce açılır; Mehmet Kaya'ya verilir; bitince fotoğraf istenir" in standing


async def written(stage: Stage, rule: str) -> None:
    fatma = stage.person("fatma")
    await fatma.says(f"/duzenli ekle UPS testi: {rule}")
    await fatma.presses("Evet, yaz")


async def test_it_opens_so_many_working_days_before_and_says_until_when(web: Stage) -> None:
    await written(web, "her ayın 15'i, 3 iş günü önce")
    for moment in ("2026-12-09T15:00", "2026-12-10T07:59"):
        await tick_at(web, moment)
    assert not await _numbers(web)
    for moment in ("2026-12-10T08:00", "2026-12-11T08:00", "2026-12-15T08:00"):
        await tick_at(web, moment)
    assert await _numbers(web) == [FIRST]
    assert "En geç: 15 Aralık 2026" in (await web.in_room("mehmet", "donanim").last("card")).text


async def test_a_person_has_it_at_once(web: Stage) -> None:
    await written(web, "her Perşembe, kim mehmet")
    await tick_at(web, "2026-12-03T08:00")
    ticket, mehmet = await web.ticket(FIRST), web.person("mehmet")
    assert (ticket.state, ticket.holder) == (State.CLAIMED, await _id_of(web, "mehmet"))
    assert "UPS testi: düzenli iş, sizde." in (await mehmet.last("recurring_yours")).text


async def _id_of(stage: Stage, handle: str) -> int:
    def found(uow: UnitOfWork) -> int:
        person = uow.people.by_handle(handle)
        assert person is not None
        return person.id

    return await stage.app.gateway.read(found)


async def test_the_one_on_duty_has_it_and_without_one_the_room_hears_it(web: Stage) -> None:
    await written(web, "her Perşembe, nöbetçi")
    fatma, room = web.person("fatma"), web.in_room("mehmet", "donanim")
    await tick_at(web, "2026-12-03T08:00")
    assert "bugün için nöbetçi yazılı değil; iş sırada bekliyor." in (await room.last("recurring_unheld")).text
    assert (await web.ticket(FIRST)).state is State.OPEN
    await fatma.says("/nobet Mehmet Kaya 7-13 Aralık")
    await fatma.presses("Evet, yaz")
    await tick_at(web, "2026-12-10T08:00")
    assert (await web.ticket("2026-000002")).holder == await _id_of(web, "mehmet")


async def test_who_is_away_does_not_get_it(web: Stage) -> None:
    await written(web, "her Perşembe, kim mehmet")
    mehmet, room = web.person("mehmet"), web.in_room("mehmet", "donanim")
    await mehmet.says("/izin 3 Aralık")
    await mehmet.presses("Evet, yaz")
    await tick_at(web, "2026-12-03T08:00")
    assert "Mehmet Kaya şu an izinli ya da görevde değil" in (await room.last("recurring_unheld")).text


async def test_a_number_is_asked_for_once_and_taken(web: Stage) -> None:
    await written(web, "her Perşembe, kim mehmet, kanıt sayı")
    await tick_at(web, "2026-12-03T08:00")
    room = web.in_room("mehmet", "donanim")
    assert "Bitince istenir: sayı" in (await room.last("card")).text
    await room.presses("Tamamladım")
    assert "için sayı isteniyor: sayıyı yazın" in (await room.last("prompt_evidence")).text
    await room.says("14 toner kaldı")
    await room.says("Sayıldı")
    ticket = await web.ticket(FIRST)
    assert (ticket.state, ticket.resolution) == (State.RESOLVED, "Sayıldı")
    assert "14 toner kaldı" in await _notes(web)


async def _notes(stage: Stage) -> list[str]:
    return await stage.app.gateway.read(
        lambda uow: [one.text for one in uow.tickets.entries(uow.tickets.by_number(FIRST).id)]
    )


async def test_a_reason_is_taken_in_its_place(web: Stage) -> None:
    await written(web, "her Perşembe, kim mehmet, kanıt fotoğraf")
    await tick_at(web, "2026-12-03T08:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Tamamladım")
    await room.says("Telefon yanımda değildi")
    await room.says("Test edildi")
    assert (await web.ticket(FIRST)).state is State.RESOLVED
    assert "Telefon yanımda değildi" in await _notes(web)


async def test_a_photo_is_taken_and_what_is_none_is_kept_and_asked_for_again(web: Stage) -> None:
    await written(web, "her Perşembe, kim mehmet, kanıt fotoğraf")
    await tick_at(web, "2026-12-03T08:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Tamamladım")
    await room.says("", files={"ups.txt": b"12 dakika"})
    assert "Gelen dosya kayda eklendi, ama bu iş için fotoğraf isteniyor." in (await room.last("prompt_evidence")).text
    await room.says("", files={"ups.png": PNG})
    await room.says("Test edildi")
    assert (await web.ticket(FIRST)).state is State.RESOLVED


async def test_a_check_that_wants_a_number_is_answered_with_it(web: Stage) -> None:
    await _add_lead(web)
    await offered(web, "fatma", "Günlük yedek")
    fatma = web.person("fatma")
    await fatma.says("/duzenli değiştir Günlük yedek denetimi: her iş günü, kim ali, kanıt sayı")
    await fatma.presses("Evet, değiştir")
    await tick_at(web, "2026-12-02T08:00")
    room = web.in_room("ali", "yazilim")
    await room.presses("Tamam", on=await room.last("check"))
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    await room.says("412 GB")
    assert "✅ tamam – Ali Ç." in (await room.last("checked")).text
    assert (await web.ticket(FIRST)).state is State.RESOLVED


async def test_of_the_same_days_nothing_is_left_out_when_it_is_changed(web: Stage) -> None:
    await written(web, "her Perşembe")
    await tick_at(web, "2026-12-03T07:30")
    fatma = web.person("fatma")
    await fatma.says("/duzenli değiştir UPS testi: her Perşembe, kim mehmet")
    await fatma.presses("Evet, değiştir")
    await tick_at(web, "2026-12-03T08:00")
    assert (await web.ticket(FIRST)).holder == await _id_of(web, "mehmet")


async def test_what_cannot_be_said_behind_a_rule(web: Stage) -> None:
    fatma = web.person("fatma")
    for typed, said in (
        ("/duzenli ekle UPS: her cuma, kanıt video", "Bitince istenebilecekler"),
        ("/duzenli ekle UPS: her cuma, kim osman", "Bu adda bir teknisyen"),
        ("/duzenli ekle UPS: her cuma, 99 iş günü önce", "En çok 20 iş günü"),
        ("/duzenli ekle Liste: tatil kapatma, nöbetçi", "Tatil kapatma ve açma listesi kendi saatinde"),
        ("/duzenli değiştir UPS: her cuma", "Bu adla düzenli iş yok."),
    ):
        await fatma.says(typed)
        assert (await fatma.heard())[-1].startswith(said)
