"""An outage, from the second report of the same to its end: what clerks and technicians read, on every channel."""

from __future__ import annotations

from handlers.domain.states import State
from tests.scenarios.stage import Actor, Stage

DOWN = "ebys acilmiyor, sayfa bembeyaz"


async def reports(stage: Stage, who: str, text: str = DOWN) -> Actor:
    actor = stage.person(who)
    await actor.says(text)
    await actor.presses("Teknisyene ilet")
    while "Bilmiyorum, atla" in (await actor.last()).buttons:
        await actor.presses("Bilmiyorum, atla")
    return actor


async def declares(stage: Stage, ticket: int = 1) -> Actor:
    ali = stage.person("ali")
    await ali.says(f"/durum {ticket}")
    for label in ("Diğer", "Bilinen kesinti"):
        await ali.presses(label)
    return ali


async def test_an_outage_is_declared_told_of_ended_and_closed_with_all_its_tickets(stage: Stage) -> None:
    ayse, hasan = await reports(stage, "ayse"), await reports(stage, "hasan")
    ali = await declares(stage)
    declared = await ali.last("outage_declared")
    assert "EBYS: kesinti ilan edildi (2026-000001)" in declared.text
    assert "1 kayıt buna bağlandı" in declared.text
    assert "2026-000002 kaydınız bu kesintiye bağlandı" in (await hasan.last("outage_known")).text

    derya = stage.person("denetci")
    await derya.says("ebysye giremiyorum")
    offered = await derya.last("in_outage")
    assert "Adım" not in offered.text
    await derya.presses("Ben de yaşıyorum")
    assert "bu sorunu 3 kişi yaşıyor" in (await derya.last("joined_outage")).text

    await ali.presses("Herkese yaz")
    await ali.says("firma müdahale ediyor, tahmini 11.00")
    for person in (ayse, hasan, derya):
        assert "“firma müdahale ediyor, tahmini 11.00”" in (await person.last("outage_line")).text
    assert "3 kişiye gönderildi" in (await ali.last("news_sent")).text

    await end_from_card(ali)
    await ali.presses("Firma")
    await ali.says("firma sunucuyu yeniden başlattı")
    over = await ali.last("outage_over_receipt")
    assert "neden: Firma" in over.text
    assert "2026-000001" in over.text
    assert "2026-000002" in over.text
    assert "firma sunucuyu yeniden başlattı" in (await derya.last("outage_ended")).text
    await ali.presses("Kayıtları kapat (2)")
    for number, person in (("2026-000001", ayse), ("2026-000002", hasan)):
        assert (await stage.ticket(number)).state is State.RESOLVED
        assert "Şimdi çalışıyor mu?" in (await person.last("update_resolved")).text
    await hasan.presses("Hâlâ bozuk")
    assert (await stage.ticket("2026-000002")).state is State.OPEN
    assert (await stage.ticket("2026-000001")).state is State.RESOLVED


async def end_from_card(ali: Actor) -> None:
    await ali.says("/durum 1")
    await ali.presses("Diğer")
    await ali.presses("Kesinti bitti")


async def test_an_outage_is_proposed_to_the_lead_and_declared_with_one_press(stage: Stage) -> None:
    people = [stage.person(who) for who in ("ayse", "hasan", "denetci")]
    fatma = stage.person("fatma")
    for person in people:
        await person.says("telefonlar çalışmıyor, santralden ses yok")
    proposed = await fatma.last("outage_proposal")
    assert "Telefon santrali · 3 kişi" in proposed.text
    assert "Mali Hizmetler 1" in proposed.text
    await fatma.presses("Kesinti ilan et")
    assert "Telefon santrali: kesinti ilan edildi (2026-000001)" in (await fatma.last("outage_declared")).text
    assert (await people[0].last()).kind == "outage_known"
    await people[1].presses("Ben de yaşıyorum")
    assert "bittiğinde haber vereceğim" in (await people[1].last("joined_outage")).text
    await people[2].presses("Bendeki başka")
    await people[2].presses("Teknisyene ilet")
    assert (await stage.ticket("2026-000002")).category == "telefon-santral"


async def test_who_reports_a_system_under_planned_work_waits_for_its_end(stage: Stage) -> None:
    fatma, ayse = stage.person("fatma"), stage.person("ayse")
    await fatma.says("/planli EBYS bugün 12.05-13.30 sürüm yükseltme")
    await fatma.presses("Evet, yaz")
    await stage.tick(minutes=15)
    await ayse.says(DOWN)
    assert "planlı çalışma sürüyor" in (await ayse.last("in_work")).text
    assert "“sürüm yükseltme”" in (await ayse.last("work_announced")).text
    await ayse.presses("Ben de yaşıyorum", on=await ayse.last("in_work"))
    assert "bitince haber vereceğim" in (await ayse.last("work_waits")).text
    await stage.tick(minutes=80)
    assert "planlı çalışma bitti" in (await ayse.last("work_over")).text


async def test_on_the_next_day_five_questions_make_the_note(stage: Stage) -> None:
    await reports(stage, "ayse")
    ali = stage.person("ali")
    await ali.says("/durum 1")
    await ali.presses("Üstlen")
    await declares(stage)
    await stage.tick(hours=1)
    await end_from_card(ali)
    await ali.presses("Firma")
    await ali.presses("Yazmadan bitir")
    await stage.tick(hours=21)
    await ali.presses("Başla", on=await ali.last("outage_note_ask"))
    await ali.says("disk doldu")
    for _ in range(4):
        await ali.presses("Geç")
    await ali.says("diske uyarı kurulsun")
    note = (await ali.last("outage_note")).text
    assert "disk doldu" in note
    assert "2026-000002 “diske uyarı kurulsun”" in note
    assert (await stage.ticket("2026-000002")).state is State.CLAIMED


async def test_a_cause_that_is_typed_is_kept_and_told_nobody_unless_asked(stage: Stage) -> None:
    ayse = await reports(stage, "ayse")
    derya = stage.person("denetci")
    ali = await declares(stage)
    await derya.says("ebysye giremiyorum")
    await derya.presses("Ben de yaşıyorum")
    await end_from_card(ali)
    await ali.says("bizim stajyer disk temizlerken veritabanını durdurdu, yazılım")
    asked = await ali.last("prompt_outage_line")
    assert "“bizim stajyer disk temizlerken veritabanını durdurdu, yazılım”. Personele gitmedi." in asked.text
    await ali.presses("Yazmadan bitir")
    over = (await ali.last("outage_over_receipt")).text
    assert "neden: Yazılım (“bizim stajyer" in over
    for person in (ayse, derya):
        assert not any("stajyer" in m.text for m in await person.sees())
    head = await stage.ticket("2026-000001")
    outage = stage.app.store.read(lambda uow: uow.outages.latest_of_head(head.id))
    assert outage is not None
    assert [one.question for one in outage.note] == ["why"]


async def test_a_cause_that_is_typed_is_the_line_where_that_is_pressed(stage: Stage) -> None:
    await reports(stage, "ayse")
    derya = stage.person("denetci")
    ali = await declares(stage)
    await derya.says("ebysye giremiyorum")
    await derya.presses("Ben de yaşıyorum")
    await end_from_card(ali)
    await ali.says("elektrik kesildi")
    await ali.presses("Nedeni yaz, bitir")
    assert "neden: Elektrik (“elektrik kesildi”)" in (await ali.last("outage_over_receipt")).text
    assert "elektrik kesildi" in (await derya.last("outage_ended")).text


async def test_who_has_it_and_asks_hears_how_the_outage_stands(stage: Stage) -> None:
    ayse, hasan = await reports(stage, "ayse"), await reports(stage, "hasan")
    derya = stage.person("denetci")
    ali = await declares(stage)
    await derya.says("ebysye giremiyorum")
    await derya.presses("Ben de yaşıyorum")
    await derya.says("ne oldu bizim iş")
    assert "EBYS (2026-000001): kesinti sürüyor" in (await derya.last()).text
    assert "3 kişide var" in (await derya.last()).text
    assert "Henüz yeni bir haber yazılmadı." in (await derya.last()).text
    await ali.presses("Herkese yaz")
    await ali.says("firma yolda")
    for person, typed in ((ayse, "kaydım ne oldu"), (ayse, "/durum 1"), (derya, "/durum"), (hasan, "kaydım ne oldu")):
        await person.says(typed)
        assert "“firma yolda”" in (await person.last("outage_stands")).text
    await hasan.says("bizde yazı işleri de giremiyor", to=await hasan.last("outage_stands"))
    assert "İletildi: 2026-000002" in (await hasan.last()).text
    await end_from_card(ali)
    await ali.presses("Firma")
    await ali.presses("Yazmadan bitir")
    await derya.says("/durum")
    assert (await derya.last()).kind != "outage_stands"
