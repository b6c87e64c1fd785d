"""Rows 2 and 3: buttons that are old, pressed twice, forged, or pressed by a bystander."""

from __future__ import annotations

import pytest

from handlers.domain.people import Role
from handlers.domain.states import State
from tests.scenarios.bad_input.people import invited, tickets
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket


async def test_row_2_a_button_of_an_earlier_report_says_that_it_is_over(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    first = await ayse.last("suggestion")
    await ayse.says("vazgeçtim")
    await ayse.says("bilgisayarım açılmıyor, güç tuşuna basınca ses yok")
    for label in ("Teknisyene ilet", "İşe yaradı", "Sorunum bu değil"):
        await ayse.presses_token(first.buttons[label])
        assert "süresi geçmiş" in (await ayse.last()).text
    assert await tickets(stage) == []


@pytest.mark.parametrize("label", ["İşe yaradı", "Teknisyene ilet", "Sorunum bu değil"])
async def test_row_2_a_button_of_a_report_that_has_its_ticket_does_nothing_more(stage: Stage, label: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    suggestion = await ayse.last("suggestion")
    await ayse.presses("Teknisyene ilet")
    before = await ayse.sees()
    await ayse.presses_token(suggestion.buttons[label])
    assert await ayse.sees() == before
    assert await tickets(stage) == [FIRST]


async def test_row_2_pressed_twice_is_pressed_once(stage: Stage) -> None:
    number = await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")

    async def twice(actor: Actor, label: str) -> None:
        token = next(m.buttons[label] for m in reversed(await actor.sees()) if label in m.buttons)
        await actor.presses_token(token)
        standing = [(m.kind, m.text) for m in await actor.sees()]
        history = await _history(stage, number)
        await actor.presses_token(token)
        assert [(m.kind, m.text) for m in await actor.sees()] == standing, label
        assert await _history(stage, number) == history, label

    await twice(mehmet, "Üstlen")
    await mehmet.presses("Tamamladım")
    await twice(mehmet, "Uzaktan çözüldü")
    await twice(ayse, "Evet, çalışıyor")
    assert (await stage.ticket(number)).state is State.CLOSED


async def _history(stage: Stage, number: str) -> list[str]:
    ticket = await stage.ticket(number)
    return [event.what for event in await stage.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))]


@pytest.mark.parametrize(
    "end",
    [
        ("Tamamladım", "Uzaktan çözüldü"),
        ("Diğer", "İptal", "Mükerrer kayıt"),
    ],
)
async def test_row_2_buttons_of_a_ticket_that_has_ended_change_nothing(stage: Stage, end: tuple[str, ...]) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    old = [(await mehmet.last("card")).buttons]
    await mehmet.presses("Üstlen")
    old.append((await mehmet.last("card")).buttons)
    await mehmet.presses("Diğer")
    old.append((await mehmet.last("card")).buttons)
    await mehmet.presses("‹ Geri")
    for label in end:
        await mehmet.presses(label)
    ended = (await stage.ticket(number)).state
    assert not ended.active
    for label, token in [item for buttons in old for item in buttons.items()]:
        await mehmet.presses_token(token)
        assert (await stage.ticket(number)).state is ended, label


async def test_row_2_an_answer_that_was_taken_back_is_no_answer_any_more(stage: Stage) -> None:
    """The prompt of İptal was closed by Vazgeç; a press on one of its reasons that comes late cancels nothing."""
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    reasons = (await mehmet.last("prompt_cancel")).buttons
    await mehmet.presses("Vazgeç")
    await mehmet.presses_token(reasons["Mükerrer kayıt"])
    assert (await stage.ticket(number)).state is State.CLAIMED
    await mehmet.presses("‹ Geri")
    await mehmet.presses("Tamamladım")
    answers = (await mehmet.last("prompt_done")).buttons
    await mehmet.presses("Uzaktan çözüldü")
    await stage.person("ayse").presses("Hâlâ bozuk")
    await mehmet.presses_token(next(iter(answers.values())))
    assert (await stage.ticket(number)).state is State.CLAIMED


async def test_row_2_an_answer_says_what_its_button_said_though_the_subject_has_changed(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.person("mehmet")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    answers = (await mehmet.last("prompt_done")).buttons
    shown = next(iter(answers))
    fatma = stage.in_room("fatma", "donanim")
    await fatma.presses("Diğer", on=await fatma.last("card"))
    await fatma.presses("Konuyu düzelt")
    await fatma.presses("Tüm konular")
    await fatma.presses("Sonrakiler")
    label = next(label for label in (await fatma.last("card")).buttons if "Geri" not in label)
    await fatma.presses(label)
    assert (await stage.ticket(number)).category != "yazici-yazdirmiyor"
    await mehmet.presses_token(answers[shown])
    assert (await stage.ticket(number)).resolution == shown


async def test_row_2_erasing_that_was_declined_is_not_done_by_a_late_press(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says("/verilerim")
    await ayse.presses("Yazdıklarımı sil")
    sure = (await ayse.last("erase_sure")).buttons
    await ayse.presses("Hayır, kalsın")
    await ayse.presses_token(sure["Evet, sil"])
    assert any(PRINTER in m.text for m in await ayse.sees())


async def test_row_2_who_changed_unit_cannot_work_with_the_old_cards(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet, room = stage.person("mehmet"), stage.in_room("mehmet", "donanim")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    private, in_room = await mehmet.last("card"), await room.last("card")
    await mehmet.says(f"/katil {await invited(stage, Role.TECHNICIAN, 'yazilim')}")
    for token in private.buttons.values():
        await mehmet.presses_token(token)
        assert "bulamadım" in (await mehmet.last()).text
    for token in in_room.buttons.values():
        await room.presses_token(token)
    ticket = await stage.ticket(number)
    assert (ticket.state, ticket.holder) == (State.OPEN, None), "what they held went back to its unit's queue"
    assert "bystander" in [m.kind for m in await room.sees()]


async def test_row_2_forged_tokens_are_answered_and_nothing_happens(stage: Stage) -> None:
    ayse = stage.person("ayse")
    for token in ("", "x", "claim:1", "rate:1:9", "done_with:1:99", "' OR 1=1 --", "a" * 5000, "\ud800", "\x00"):
        await ayse.presses_token(token)
        assert (await ayse.last()).kind == "errors/not_found"


async def test_row_3_a_bystander_in_the_room_writes_replies_and_presses_in_vain(stage: Stage) -> None:
    number = await open_ticket(stage)
    ali, mehmet = stage.in_room("ali", "donanim"), stage.in_room("mehmet", "donanim")
    card = await mehmet.last("card")
    for act in (ali.says("ben bakıyorum", to=card), ali.presses_token(card.buttons["Üstlen"]), ali.says("selam")):
        await act
        assert (await ali.last()).kind == "bystander"
    if stage.channel != "slack":  # what a slash command says, Slack shows to its user alone
        await ali.says(f"/durum {number}")
        assert (await ali.last()).kind == "sent_in_private"
    alone = stage.person("ali")
    await alone.says(f"/durum {number}")
    assert (await alone.last()).kind == "errors/not_found"
    assert await _history(stage, number) == ["opened"]
