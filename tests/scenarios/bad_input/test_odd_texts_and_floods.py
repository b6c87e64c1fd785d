"""Rows 20 and 21: a flood, and odd texts through every place where text is taken."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable

import pytest

from handlers.domain.states import State
from handlers.events import MessageReceived
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket


# --- 20: a flood ----------------------------------------------------------------------------------
async def test_row_20_a_hundred_messages_at_once_are_all_kept_in_order_and_hold_up_nobody(stage: Stage) -> None:
    ayse, hasan, gateway = stage.person("ayse"), stage.person("hasan"), stage.app.gateway
    sent = [f"yazıcı yazdırmıyor {place}" for place in range(100)]
    events = [MessageReceived(text=text, **ayse._common(None)) for text in sent]
    for event in events:
        assert await gateway.accept(event)
    await hasan.says("telefonun ahizesinden ses gelmiyor")
    await gather(*(gateway.handled(event.key) for event in events))
    assert [m.text for m in await ayse.sees() if m.author is not None] == sent
    answers = [m.kind for m in await ayse.sees() if m.author is None]
    assert (answers.count("suggestion"), answers[-1]) == (1, "suggestion")
    assert set(answers[:-1]) <= {"draft_below"}
    assert len(answers) < 20, "below the last of what waited, not below each"
    assert "Teknisyene ilet" in (await hasan.last()).buttons
    await ayse.presses("Teknisyene ilet")
    assert (await stage.ticket(FIRST)).text.splitlines() == sent


# --- 21: odd texts through every place where text is taken ----------------------------------------
ODD = {
    "4096 of one letter": "a" * 4096,
    "4096 letters of words": ("yazıcı yazdırmıyor ve " * 200)[:4096],
    "zalgo": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞" * 40,
    "lone surrogates": "\ud800 yazıcı \udfff\udfff yazdırmıyor \ud83d",
    "empty": "",
    "blank": " \t\n\u3000 ",
    "emoji only": "🖨️🔥👩‍💻🇹🇷",
    "NUL": "yazıcı\x00 yazdırmıyor\x00\x07",
    "marks of our own": "\ue000\ue004/x\ue00f\ue00e",
    "a slash alone": "/",
    "numbers": "9" * 300,
    "right to left": "\u202eالطابعة لا تعمل\u202c",
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
async def test_row_21_odd_texts_are_answered_wherever_text_is_taken(stage: Stage, typed: str) -> None:
    async def answered(act: Awaitable[None], who: Actor, where: str) -> None:
        await act
        assert await who.heard(), f"no answer to {where}"

    veli = stage.person("veli")
    await answered(veli.says(typed), veli, "the first words")
    await veli.presses("Okudum")
    await answered(veli.says(typed), veli, "the name")
    await veli.says("Veli Can")
    await answered(veli.says(typed), veli, "the department")
    await veli.says("Park ve Bahçeler")
    await veli.says(typed)
    await answered(veli.says(typed), veli, "a report")

    ayse = stage.person("ayse")
    number = await open_ticket(stage)
    await answered(ayse.says(typed), ayse, "what was asked of the reporter")
    await answered(ayse.says(f"/ara {typed}"), ayse, "the reporter's search")
    await answered(ayse.says(f"/durum {typed}"), ayse, "the status")

    mehmet = stage.person("mehmet")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    card = await mehmet.last("card")
    await answered(mehmet.says(f"/ara {typed}"), mehmet, "a search")
    await answered(mehmet.says(f"/not {number} {typed}"), mehmet, "a note")
    await answered(mehmet.says(typed, to=card), mehmet, "a reply under the card")
    await mehmet.presses("Bilgi iste")
    await answered(mehmet.says(typed), mehmet, "a question")
    await ayse.says("evet")
    await mehmet.says("/islerim")
    await mehmet.presses("Diğer")
    await mehmet.presses("Birleştir")
    await answered(mehmet.says(typed), mehmet, "the ticket to merge into")
    await mehmet.says("/islerim")
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    await answered(mehmet.says(typed), mehmet, "a reason")

    await answered(mehmet.says(f"/adina {typed}"), mehmet, "a caller's name beside the command")
    await mehmet.says("/adina")
    await answered(mehmet.says(typed), mehmet, "a caller's name")
    await mehmet.says("/adina hasan")
    await answered(mehmet.says(typed), mehmet, "what the caller said")

    again = await _ticket_held_by(stage, "hasan", mehmet)
    await mehmet.presses("Tamamladım")
    await answered(mehmet.says(typed), mehmet, "what was done")
    hasan = stage.person("hasan")
    if (await stage.ticket(again)).state is State.RESOLVED:
        await hasan.presses("Hâlâ bozuk")
        await answered(hasan.says(typed), hasan, "what still happens")
    await hasan.edits(next(m for m in await hasan.sees() if m.author is not None), typed)


async def _ticket_held_by(stage: Stage, reporter: str, holder: Actor) -> str:
    await holder.says("/iptal")
    number = await open_ticket(stage, reporter, "klavyemin tuşları basmıyor")
    await holder.says("/sira")
    await holder.presses("Üstlen")
    return number
