"""Buttons in Telegram: answered at once, counted once, of no use to somebody else."""

from __future__ import annotations

import pytest

from handlers.ports import UnitOfWork
from tests.bot.channels.telegram.reports import AYSE, PRINTER
from tests.bot.channels.telegram.stage import USERS, TelegramStage


async def test_a_press_is_answered_at_once(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    press = stage.api.press(AYSE, "Teknisyene ilet")
    await stage.until(lambda: press in stage.api.answered)


async def test_a_press_that_is_too_old_to_be_answered_still_counts(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    stage.api.fail("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    await ayse.presses("Teknisyene ilet")
    assert (await ayse.last("opened")).text


@pytest.mark.parametrize("token", ["yok-boyle-bir-dugme", "x" * 64, "1", "claim:1"])
async def test_a_forged_button_does_nothing(stage: TelegramStage, token: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses_token(token)
    assert not stage.app.store.read(lambda uow: uow.summaries.list())


async def test_a_press_that_is_replayed_or_repeated_counts_once(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    token = (await ayse.last()).buttons["Teknisyene ilet"]
    for _ in range(4):
        stage.api.press(AYSE, "", token=token)
    await stage.quiet()
    stage.api.redeliver()
    await stage.quiet()
    await ayse.presses_token(token)
    assert len(stage.app.store.read(lambda uow: uow.summaries.list())) == 1


async def test_somebody_elses_button_is_of_no_use(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    token = (await ayse.last()).buttons["Teknisyene ilet"]
    await stage.person("hasan").presses_token(token)
    assert not stage.app.store.read(lambda uow: uow.summaries.list())


async def test_who_left_is_heard_no_more(stage: TelegramStage) -> None:
    """Also with a card that was before them when they left."""
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    token = (await mehmet.last("card")).buttons["Üstlen"]

    def leave(uow: UnitOfWork) -> None:
        person = uow.people.by_handle("mehmet")
        assert person is not None
        person.left_at = stage.clock.now()
        uow.people.save(person)

    stage.app.store.write(leave)
    await mehmet.presses_token(token)
    await stage.person("mehmet").says("/sira")
    assert (await stage.ticket("2026-000001")).holder is None
    assert not any("2026-000001" in text for text in stage.api.chats[USERS["mehmet"]].shown())


async def test_a_bystander_in_the_group_is_told(stage: TelegramStage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    hasan = stage.in_room("hasan", "donanim")
    await hasan.presses("Üstlen")
    assert (await stage.ticket("2026-000001")).holder is None
    assert "bu grup" in (await mehmet.last()).text.lower()
