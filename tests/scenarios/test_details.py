"""What a clerk or a technician trips over when the desk is used for real: each was seen, and is played here."""

from __future__ import annotations

import pytest

from handlers.domain.states import State
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket

SECOND = "2026-000002"


async def numbers(stage: Stage) -> list[str]:
    return [t.number for t in await stage.app.gateway.read(lambda uow: uow.summaries.list())]


# --- typing is as good as pressing ----------------------------------------------------------------
@pytest.mark.parametrize("typed", ["okudum", "Tamam okudum", "evet"])
async def test_the_notice_is_read_by_saying_so(stage: Stage, typed: str) -> None:
    veli = stage.person("veli")
    await veli.says("bilgisayarım açılmıyor")
    await veli.says(typed)
    assert "adınız soyadınız" in (await veli.last("who_name")).text
    notice = next(m for m in await veli.sees() if m.kind == "notice")
    assert "düğmesine basın" not in notice.text


async def test_nobody_waits_in_silence_before_the_notice(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says("bilgisayarım açılmıyor")
    await veli.says("kimse yok mu")
    said = await veli.last()
    assert said.kind == "notice_waits"
    assert "Okudum" in said.buttons
    await veli.presses("Okudum")
    assert not any(m.buttons for m in await veli.sees())


@pytest.mark.parametrize("typed", ["atla", "bilmiyorum", "Bilmiyorum, atla"])
async def test_what_is_skipped_by_typing_stays_off_the_card(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    while (await ayse.last()).kind == "fact":
        await ayse.says(typed)
    assert typed not in (await stage.ticket(FIRST)).facts.values()
    assert "eklendi" not in (await ayse.last("facts_skipped")).text


@pytest.mark.parametrize("typed", ["vazgeç", "iptal"])
async def test_a_technician_takes_a_slip_back_by_typing(stage: Stage, typed: str) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says(typed)
    assert (await stage.ticket(number)).state is State.CLAIMED
    assert not any("Birini seçin" in m.text for m in await mehmet.sees())


@pytest.mark.parametrize("typed", ["sorunum bu değil", "bu değil", "yok o değil"])
async def test_saying_that_it_is_something_else_opens_nothing(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says(typed)
    assert await numbers(stage) == []
    assert (await ayse.last()).kind in ("clarify", "what_happened")


@pytest.mark.parametrize("choose", ["by number", "by name"])
async def test_a_reading_is_chosen_by_typing(stage: Stage, choose: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says("ekran gitti")
    said = await ayse.last("clarify")
    assert "Hiçbiri değil" in said.buttons
    first = next(iter(said.buttons))
    await ayse.says("1" if choose == "by number" else first)
    assert (await ayse.last()).text.startswith(f"{first} – böyle anladım")


async def test_a_bare_number_asks_for_that_ticket(stage: Stage) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await ayse.says("1")
    assert (await ayse.last()).kind == "ticket"


# --- what belongs to what ---------------------------------------------------------------------------
async def test_smoke_is_not_filed_under_what_was_asked_before_it(stage: Stage) -> None:
    hasan = stage.person("hasan")
    await hasan.says("yeni başlayan stajyere mail adresi lazım")
    await hasan.says("odada yanık kokusu var ups den duman çıkıyor")
    ticket = await stage.ticket(FIRST)
    assert ticket.unit == "donanim"
    assert ticket.text.startswith("odada yanık kokusu")
    assert "mail adresi" in ticket.text


async def test_a_room_alone_goes_to_the_ticket_just_opened(stage: Stage) -> None:
    hasan = stage.person("hasan")
    await hasan.says("odada yanık kokusu var, duman çıkıyor")
    await hasan.says("2. kat 214")
    assert "2. kat 214" in [m.text for m in await hasan.sees()]
    assert await numbers(stage) == [FIRST]
    said = await hasan.last()
    assert said.kind in ("reply_kept", "facts_done")


async def test_what_is_not_ours_does_not_cling_to_what_is(stage: Stage) -> None:
    hasan = stage.person("hasan")
    await hasan.says("Cumhuriyet Mahallesi'nde yolda çukur var ne zaman yapılacak")
    await hasan.says("telefonum çalmıyor dahili 1420")
    assert "birlikte" not in (await hasan.last()).text
    await hasan.presses("Teknisyene ilet")
    assert "çukur" not in (await stage.ticket(FIRST)).text


async def test_a_photo_does_not_answer_when_or_for_whom(stage: Stage) -> None:
    hasan = stage.person("hasan")
    await hasan.says("e-imzamın süresi dolmuş, imza atamıyorum")
    await hasan.presses("Talep oluştur" if "Talep oluştur" in (await hasan.last()).buttons else "Teknisyene ilet")
    question = await hasan.last("fact")
    await hasan.says("", files={"ekran.png": PNG})
    ticket = await stage.ticket(FIRST)
    assert len(ticket.files) == 1
    if "Ekranda" not in question.text and "cihaz" not in question.text:
        assert (await hasan.last("fact")).buttons  # it still stands


@pytest.mark.parametrize("again", ["{}", "BİLGİSAYAR AÇILMIYOR", "açılmıyor bilgisayar!!"])
async def test_a_report_written_once_more_is_no_answer(again: str, stage: Stage) -> None:
    hasan = stage.person("hasan")
    report = "bilgisayar açılmıyor mavi ekran veriyor"
    await hasan.says(report)
    await hasan.presses("Teknisyene ilet")
    while "Ekranda ne yazıyor?" not in (await hasan.last("fact")).text:
        await hasan.presses("Bilmiyorum, atla")
    await hasan.says(again.format(report))
    ticket = await stage.ticket(FIRST)
    assert "hata" not in ticket.facts
    assert (await hasan.last("fact")).buttons  # it still stands
    assert (await hasan.last()).kind == "reply_kept"
    await hasan.says("0x0000007B inaccessible boot device")
    assert "0x0000007B" in (await stage.ticket(FIRST)).facts["hata"]


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000100ffff0300000600"
    "0557bfabd40000000049454e44ae426082"
)


# --- nothing stands that is no longer true --------------------------------------------------------------
async def test_a_question_to_a_technician_becomes_what_came_of_it(stage: Stage) -> None:
    await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Sürücü")
    said = [m for m in await mehmet.sees() if m.author is None]
    assert not any("Birini seçin" in m.text for m in said)
    assert "Sürücü yeniden kuruldu" in (await mehmet.last("resolved_receipt")).text


async def test_an_answered_question_is_asked_no_more(stage: Stage) -> None:
    await open_ticket(stage)
    mehmet, ayse = stage.in_room("mehmet", "donanim"), stage.person("ayse")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Sürücü")
    assert "Şimdi çalışıyor mu?" in (await ayse.last("update_resolved")).text
    await ayse.presses("Evet, çalışıyor")
    done = await ayse.last("update_resolved")
    assert "Şimdi çalışıyor mu?" not in done.text
    assert "üç iş günü" not in done.text
    assert "Sürücü yeniden kuruldu" in done.text


async def test_a_note_that_was_sent_is_called_internal_no_more(stage: Stage) -> None:
    await open_ticket(stage)
    zeynep, mehmet = stage.in_room("zeynep", "donanim"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await zeynep.says("fuseri bitik", to=await zeynep.last("card"))
    await zeynep.presses("Personele gönder")
    assert not any("personel görmez" in m.text for m in await zeynep.sees())


async def test_a_ticket_has_one_card_in_a_conversation(stage: Stage) -> None:
    await open_ticket(stage)
    zeynep = stage.person("zeynep")
    await zeynep.says("/sira")
    await zeynep.presses("Üstlen")
    await zeynep.says("/islerim")
    assert len([m for m in await zeynep.sees() if m.kind == "card"]) == 1


async def test_a_private_card_of_what_went_to_the_other_unit_offers_nothing(stage: Stage) -> None:
    await open_ticket(stage)
    zeynep = stage.person("zeynep")
    await zeynep.says("/sira")
    await zeynep.presses("Diğer")
    await zeynep.presses("Diğer birime gönder")
    await zeynep.presses("Yazılım Birimi")
    moved = await zeynep.last("card_moved")
    assert "Yazılım Birimi" in moved.text
    assert not moved.buttons


async def test_in_private_only_what_may_be_done_is_offered(stage: Stage) -> None:
    await stage.person("ayse").says("kişisel veriler çalındı, dosyalar dışarı sızmış")
    assert list((await stage.person("kemal").last("card")).buttons) == ["Diğer"]
    await stage.person("ayse").says(PRINTER)
    await stage.person("ayse").presses("Teknisyene ilet")
    zeynep = stage.person("zeynep")
    await zeynep.says("/sira")
    await zeynep.presses("Diğer")
    assert "Görevlendir" not in (await zeynep.last("card")).buttons


async def test_talk_in_the_group_long_after_a_question_answers_nothing(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    stage.clock.advance(minutes=45)
    await mehmet.says("öğlene ne yiyoruz")
    assert (await stage.ticket(number)).state is State.CLAIMED


# --- outages, status, people --------------------------------------------------------------------------------
async def internet_is_out(stage: Stage) -> None:
    """Reported by ayse, declared by mehmet."""
    await open_ticket(stage, text="internet yok odada")
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Diğer")
    await mehmet.presses("Bilinen kesinti")


async def test_a_known_outage_is_named_to_whoever_reports_something_near(stage: Stage) -> None:
    await internet_is_out(stage)
    hasan = stage.person("hasan")
    await hasan.says("bağlantı koptu")
    said = await hasan.last()
    assert "Bilinen kesinti" in said.text
    assert FIRST in said.text
    assert "Ben de yaşıyorum" in said.buttons
    await hasan.says("ben de yaşıyorum")
    assert await numbers(stage) == [FIRST]
    assert len((await stage.ticket(FIRST)).followers) == 1


async def test_whoever_reports_what_is_out_is_asked_whether_it_is_that(stage: Stage) -> None:
    await internet_is_out(stage)
    hasan = stage.person("hasan")
    await hasan.says("internet kesildi bizde de")
    said = await hasan.last()
    assert "İnternet: kesinti olduğu biliniyor" in said.text
    assert "1. " not in said.text, "no steps: nobody mends it at their desk"
    assert list(said.buttons) == ["Ben de yaşıyorum", "Bendeki başka"]
    await hasan.says("ben de yaşıyorum")
    assert FIRST in (await hasan.last("joined_outage")).text
    assert await numbers(stage) == [FIRST]
    assert len((await stage.ticket(FIRST)).followers) == 1


async def test_a_reporter_does_not_read_of_internal_work(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet, ayse = stage.in_room("mehmet", "donanim"), stage.person("ayse")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Beklet")
    await mehmet.presses("Firma")
    await mehmet.says("Acme, yine gelmediler")
    assert "Acme" in (await mehmet.last("card")).text
    for asked in ("/durum", f"/durum {number}"):
        await ayse.says(asked)
        said = (await ayse.last()).text
        assert "Firma bekleniyor" in said
        assert "Acme" not in said
        assert "not" not in said.lower()


async def test_cancelling_by_number_offers_that_ticket_alone(stage: Stage) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    await ayse.says("monitör kararıyor")
    await ayse.presses("Teknisyene ilet")
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await ayse.says("2 numaralı kaydı iptal edin")
    assert list((await ayse.last("cancel_which")).buttons) == ["İptal et: 2", "Çözüldü"]
    await ayse.presses("İptal et")
    assert (await stage.ticket(SECOND)).state is State.CANCELLED
    assert not any(label.startswith(("İptal", "Çözüldü")) for m in await ayse.sees() for label in m.buttons)


async def test_an_admin_invites_in_turkish(stage: Stage) -> None:
    admin = stage.person("admin")
    await admin.says("/davet")
    assert "teknisyen" in (await admin.last()).text
    assert "technician" not in (await admin.last()).text
    await admin.says("/davet teknisyen donanim Can Öz")
    assert (await admin.last()).kind == "invited"


@pytest.mark.parametrize("typed", ["/ayrildi", "/ayrildi kimse"])
async def test_an_admin_is_told_whom_the_desk_does_not_know(stage: Stage, typed: str) -> None:
    admin = stage.person("admin")
    await admin.says(typed)
    assert "/ayrildi mehmet" in (await admin.last()).text


async def test_a_thumb_is_no_greeting(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("🙏")
    assert (await ayse.last()).kind == "you_are_welcome"


async def test_another_fault_in_two_words_answers_no_question(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    assert (await ayse.last()).kind == "fact"
    await ayse.says("şifremi unuttum")
    assert "şifremi unuttum" not in (await stage.ticket(FIRST)).facts.values()
    assert "Parola" in (await ayse.last()).text


@pytest.mark.parametrize("more", ["Ahmet Çelik, Park Bahçeler", "pazartesiye kadar"])
async def test_a_detail_takes_no_suggestion_back(stage: Stage, more: str) -> None:
    hasan = stage.person("hasan")
    await hasan.says("yeni personel başladı ona hesap açın")
    subject, _, _ = (await hasan.last()).text.partition(" – böyle anladım")
    await hasan.says(more)
    said = await hasan.last()
    assert subject in said.text
    assert "Talep oluştur" in said.buttons
    await hasan.says("evet")
    assert more in (await stage.ticket(FIRST)).text


@pytest.mark.parametrize("typed", ["#1 hala gelmedi", "1: hâlâ bekliyorum"])
async def test_the_number_says_which_ticket_is_written_to(stage: Stage, typed: str) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await ayse.says(typed)
    assert (await ayse.last()).kind == "reply_kept"
    assert any(typed in m.text for m in await stage.in_room("mehmet", "donanim").sees())


async def test_a_greeting_does_not_drown_the_fault(stage: Stage) -> None:
    hasan = stage.person("hasan")
    await hasan.says("Selamün aleyküm hocam klavyem çalışmıyor")
    assert {"Teknisyene ilet"} & set((await hasan.last()).buttons)


async def asked_by_mehmet(stage: Stage) -> str:
    number = await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Bilgi iste")
    await mehmet.says("ekranda ne yazıyor?")
    return number


async def test_what_answers_a_technician_is_no_new_report(stage: Stage) -> None:
    number = await asked_by_mehmet(stage)
    ayse = stage.person("ayse")
    await ayse.says("siyah ekran bi de yanıp sönen çizgi")
    assert (await ayse.last()).kind == "reply_kept"
    assert (await stage.ticket(number)).state is State.CLAIMED


async def test_yes_after_an_unanswered_question_confirms_what_was_done(stage: Stage) -> None:
    number = await asked_by_mehmet(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Sürücü")
    await stage.person("ayse").says("evet çalışıyor")
    assert (await stage.ticket(number)).state is State.CLOSED
