"""Row 23: edits, deletes, the same again; and prompts that were overtaken."""

from __future__ import annotations

from handlers.domain.states import State
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket


# --- 23: edits, deletes, forwards -----------------------------------------------------------------
async def test_row_23_an_edit_before_the_way_in_is_kept_and_not_answered_yet(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says("internet yok")
    await veli.edits((await veli.sees())[0], PRINTER)
    assert not any("Teknisyene ilet" in m.buttons for m in await veli.sees())
    await veli.presses("Okudum")
    await veli.says("Veli Can, Park ve Bahçeler, 3. kat")
    await veli.presses("Teknisyene ilet")
    assert (await stage.ticket(FIRST)).text == PRINTER


async def test_row_23_an_edit_of_what_a_caller_said_stays_the_callers(stage: Stage) -> None:
    mehmet = stage.person("mehmet")
    await mehmet.says("/adina hasan")
    await mehmet.says("el terminali bozuk")
    said = [m for m in await mehmet.sees() if m.author is not None][-1]
    await mehmet.edits(said, "el terminali açılmıyor")
    assert not any("İşe yaradı" in m.buttons for m in await mehmet.sees())
    await mehmet.presses("Kayıt aç, haber verme")
    ticket = await stage.ticket(FIRST)
    assert (ticket.text, ticket.untold) == ("el terminali açılmıyor", True)


async def test_row_23_an_edit_of_the_command_for_a_caller_opens_nothing_of_ones_own(stage: Stage) -> None:
    mehmet = stage.person("mehmet")
    await mehmet.says("/adina hasan: el terminali bozuk")
    said = [m for m in await mehmet.sees() if m.author is not None][-1]
    await mehmet.edits(said, "/adina hasan: el terminali açılmıyor")
    await mehmet.presses("Kayıt aç, haber verme")
    assert (await stage.ticket(FIRST)).text == "el terminali açılmıyor"


async def test_row_23_nobody_edits_or_deletes_what_another_wrote(stage: Stage) -> None:
    mehmet, zeynep = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim")
    await mehmet.says("anahtar bende")
    (said,) = await mehmet.sees()
    await zeynep.edits(said, "anahtar kayıp")
    await zeynep.deletes(said)
    assert [m.text for m in await mehmet.sees()] == ["anahtar bende"]


async def test_row_23_the_same_message_again_is_no_second_one(stage: Stage) -> None:
    ayse = stage.person("ayse")
    for _ in range(3):
        await ayse.says(PRINTER, key="web:again")
    assert len([m for m in await ayse.sees() if m.author is not None]) == 1


# --- waiting for an answer that can no longer be given --------------------------------------------
async def test_a_prompt_that_was_overtaken_does_not_swallow_what_is_written_next(stage: Stage) -> None:
    """Asked "Ne yapıldı?", while the lead cancels the ticket: said once, and the next line is heard again."""
    number = await open_ticket(stage)
    mehmet, fatma = stage.person("mehmet"), stage.in_room("fatma", "donanim")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    for button, overtake in (
        ("Tamamladım", ("Diğer", "Sıraya geri koy")),
        ("Tamamladım", ("Tamamladım", "Uzaktan çözüldü")),
    ):
        await mehmet.says("/islerim")
        await mehmet.presses(button)
        for label in overtake:
            await fatma.presses(label, on=None if label != "Diğer" else await fatma.last("card"))
        await mehmet.says("kablo değişti")
        await mehmet.says(PRINTER)
        assert "Teknisyene ilet" in (await mehmet.last()).buttons, overtake
        await mehmet.says("vazgeçtim")
        if (await stage.ticket(number)).state is State.OPEN:
            await mehmet.says("/sira")
            await mehmet.presses("Üstlen")


async def test_a_caller_who_was_dropped_does_not_swallow_what_is_written_next(stage: Stage) -> None:
    mehmet = stage.person("mehmet")
    await mehmet.says("/adina")
    await mehmet.says("/iptal")
    await mehmet.says(PRINTER)
    assert "Teknisyene ilet" in (await mehmet.last()).buttons
