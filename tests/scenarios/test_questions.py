"""A question is answered only once it stands before its reader, by what is meant for it, and while somebody waits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from handlers.domain.states import State
from knowledge.language.quoting import quoted
from tests.scenarios.stage import Stage
from tests.scenarios.test_details import PNG, numbers
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket

SECOND = "2026-000002"


async def in_one_go(stage: Stage, first: Callable[[], Awaitable[None]], then: Callable[[], Awaitable[None]]) -> None:
    """`then` is done before what the desk says to `first` has arrived."""
    if isinstance(stage, Stage):  # shown as soon as it is said: whoever wrote did so a second before
        await first()
        stage.clock.advance(seconds=-1)
        await then()
        stage.clock.advance(seconds=1)
        return
    await stage.app.gateway.write(lambda uow: uow.outbox.hold(True))
    await first()
    await then()
    await stage.app.gateway.write(lambda uow: uow.outbox.hold(False))
    await stage.quiet()


# --- a ticket that has ended asks nothing any more ------------------------------------------------
async def by_its_reporter(stage: Stage) -> None:
    await stage.person("ayse").says("/iptal")
    await stage.person("ayse").presses("İptal et")


async def by_cancelling(stage: Stage) -> None:
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    await mehmet.says("mükerrer kayıt")


async def by_resolving(stage: Stage) -> None:
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says("toner takıldı")


async def by_merging(stage: Stage) -> None:
    await open_ticket(stage, "hasan", "yazıcı basmıyor bizde de")
    mehmet = stage.in_room("mehmet", "donanim")
    card = next(m for m in await mehmet.sees() if m.kind == "card" and FIRST in m.text)
    await mehmet.presses("Üstlen", on=card)
    await mehmet.presses("Diğer", on=next(m for m in await mehmet.sees() if m.ref == card.ref))
    await mehmet.presses("Birleştir")
    await mehmet.says("2")
    await mehmet.presses("Aynı arıza")


@pytest.mark.parametrize("end", [by_its_reporter, by_cancelling, by_resolving, by_merging])
async def test_after_the_end_of_a_ticket_a_report_is_a_report(
    stage: Stage, end: Callable[[Stage], Awaitable[None]]
) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    asked = await ayse.last("fact")
    await end(stage)
    assert not next(m for m in await ayse.sees() if m.ref == asked.ref).buttons
    known = (await stage.ticket(FIRST)).facts
    await ayse.says("internet yok")
    assert "eklendi" not in " ".join(await ayse.heard())
    await ayse.says("kablo bu", files={"priz.png": PNG})
    await ayse.presses("Teknisyene ilet")
    ticket = await stage.ticket(max(await numbers(stage)))
    assert "internet yok" in ticket.text
    assert len(ticket.files) == 1
    assert (await stage.ticket(FIRST)).facts == known


# --- before it stands there nobody answers it -----------------------------------------------------
async def test_what_was_written_before_the_question_arrived_is_no_answer(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    known = {}

    async def send_on() -> None:
        await ayse.presses("Teknisyene ilet")
        known.update((await stage.ticket(FIRST)).facts)

    await in_one_go(stage, send_on, lambda: ayse.says("👍"))
    assert (await stage.ticket(FIRST)).facts == known
    assert (await ayse.last("fact")).buttons
    await ayse.says("kyocera 2040")
    assert "kyocera 2040" in (await stage.ticket(FIRST)).facts.values()


@pytest.mark.parametrize("typed", ["oldu", "1", "sorunum bu değil"])
async def test_what_was_written_before_the_steps_arrived_presses_none_of_their_buttons(
    stage: Stage, typed: str
) -> None:
    ayse = stage.person("ayse")
    await in_one_go(stage, lambda: ayse.says(PRINTER), lambda: ayse.says(typed))
    assert "İşe yaradı" in [label for m in await ayse.sees() for label in m.buttons]


async def test_thanks_before_the_news_that_it_is_done_confirm_nothing(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await in_one_go(stage, lambda: mehmet.presses("Sürücü"), lambda: ayse.says("tamam oldu"))
    assert (await stage.ticket(FIRST)).state is State.RESOLVED


async def test_who_goes_on_writing_is_not_named_after_it(stage: Stage) -> None:
    nur = stage.person("nur")
    await nur.says("bilgisayarım açılmıyor")
    await in_one_go(stage, lambda: nur.presses("Okudum"), lambda: nur.says("fişini de kontrol ettim"))
    await nur.says("Nur Kaplan, Mali Hizmetler, 312")
    await nur.presses("Teknisyene ilet")
    ticket = await stage.ticket(FIRST)
    reporter = await stage.app.gateway.read(lambda uow: uow.people.get(ticket.reporter))
    assert (reporter.name, reporter.room) == ("Nur Kaplan", "312")
    assert "fişini de kontrol ettim" in ticket.text


async def test_a_technician_answers_a_card_s_question_after_reading_it(stage: Stage) -> None:
    await open_ticket(stage)
    mehmet = stage.person("mehmet")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    await in_one_go(stage, lambda: mehmet.presses("Tamamladım"), lambda: mehmet.says("tamam"))
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
    await mehmet.says("toner takıldı")
    assert (await stage.ticket(FIRST)).resolution == "toner takıldı"


# --- whose question it answers ----------------------------------------------------------------------
async def test_a_technician_who_writes_beside_the_desk_s_question_gets_the_answer(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    known = (await stage.ticket(FIRST)).facts
    await mehmet.presses("Üstlen")
    await mehmet.says("ekranda ne yazıyor", to=await mehmet.last("card"))
    await ayse.says("kağıt sıkıştı yazıyor")
    assert (await stage.ticket(FIRST)).facts == known
    assert any("kağıt sıkıştı yazıyor" in m.text for m in await mehmet.sees() if m.kind == "work_reply")
    await ayse.says("kyocera 2040")  # the desk's own question stands there still
    assert "kyocera 2040" in (await stage.ticket(FIRST)).facts.values()


async def test_another_fault_is_no_answer_to_what_a_technician_only_told(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.says("öğleden sonra geliyorum", to=await mehmet.last("card"))
    for typed, kind in (("atla", "facts_done"), ("teşekkürler", "you_are_welcome"), ("şifremi unuttum", "request")):
        while (await ayse.last()).kind == "fact" and typed != "atla":
            await ayse.presses("Bilmiyorum")
        await ayse.says(typed)
        if typed != "atla":
            assert (await ayse.last()).kind == kind
    assert not any(m.kind == "work_reply" for m in await mehmet.sees())


@pytest.mark.parametrize("typed", ["tamam bekliyorum", "kaçta gelirsiniz", "hâlâ bekliyorum"])
async def test_what_is_said_to_a_technician_reaches_them(stage: Stage, typed: str) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await open_ticket(stage)
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await mehmet.presses("Üstlen")
    await mehmet.says("öğleden sonra geliyorum", to=await mehmet.last("card"))
    await ayse.says(typed)
    assert (await ayse.last()).kind == "reply_kept"
    assert typed in (await mehmet.last("work_reply")).text


async def test_the_desk_does_not_ask_beside_a_technician(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await open_ticket(stage)
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await ayse.says("monitör kararıyor")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Bilgi iste")
    await mehmet.says("ekranda ne yazıyor?")
    await ayse.presses("Teknisyene ilet")
    assert (await ayse.last()).kind != "fact"
    await ayse.says("kağıt sıkıştı yazıyor")
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
    assert any("kağıt sıkıştı yazıyor" in m.text for m in await mehmet.sees() if m.kind == "work_reply")


async def test_two_technicians_ask_and_both_hear(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await open_ticket(stage)
    await open_ticket(stage, "ayse", "monitör kararıyor")
    for card, asked in zip([m for m in await mehmet.sees() if m.kind == "card"], ("ışık?", "kablo?"), strict=True):
        await mehmet.presses("Üstlen", on=card)
        await mehmet.presses("Bilgi iste", on=next(m for m in await mehmet.sees() if m.ref == card.ref))
        await mehmet.says(asked)
    await ayse.says("kablo takılı")
    await ayse.says("ışığı yanmıyor")
    answered = {m.text.split()[0]: m.text for m in await mehmet.sees() if m.kind == "work_reply"}
    assert "kablo takılı" in answered[SECOND]
    assert "ışığı yanmıyor" in answered[FIRST]


async def test_an_answer_after_a_reminder_is_one(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await open_ticket(stage)
    await mehmet.presses("Üstlen")
    await mehmet.presses("Bilgi iste")
    await mehmet.says("ekranda ne yazıyor?")
    await stage.tick(days=1, hours=1)
    assert (await ayse.last()).kind == "reminder_reporter"
    await ayse.says("siyah ekran")
    assert (await stage.ticket(FIRST)).state is State.CLAIMED


# --- somebody else's words ------------------------------------------------------------------------
async def test_words_that_are_passed_on_stay_their_writers(stage: Stage) -> None:
    nur = stage.person("nur")
    await nur.says(quoted("Derya Koç", "bilgisayarım açılmıyor, 4. kat 410"))
    await nur.presses("Okudum")
    await nur.says(quoted("Derya Koç", "acil bakar mısınız"))
    await nur.says("Nur Kaplan, Mali Hizmetler, 312")
    await nur.presses("Teknisyene ilet")
    ticket = await stage.ticket(FIRST)
    reporter = await stage.app.gateway.read(lambda uow: uow.people.get(ticket.reporter))
    assert (reporter.name, reporter.room) == ("Nur Kaplan", "312")
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert "İletilen (Derya Koç): bilgisayarım açılmıyor" in card.text


async def test_somebody_else_s_yes_presses_no_button(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says(quoted("Derya Koç", "oldu"))
    assert not any(m.kind == "tip_worked" for m in await ayse.sees())
