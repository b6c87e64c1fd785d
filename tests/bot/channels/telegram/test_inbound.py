"""What comes in: stored before it is confirmed, once, in order, whatever it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.ports import Arrival, Attachment
from tests.bot.channels.telegram.reports import AYSE, PRINTER, backlog, written
from tests.bot.channels.telegram.stage import GROUPS, USERS, TelegramStage, open_telegram
from tests.clock import FakeClock
from tests.servers.telegram import BotApi, parses


async def test_it_is_confirmed_once_it_is_stored_and_not_before(
    stage: TelegramStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept, order = stage.app.gateway.accept_raw, []

    async def accept_raw(arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        stored = await accept(arrivals, attachments)
        order.append(("stored", bool(stage.api.updates)))
        return stored

    monkeypatch.setattr(stage.app.gateway, "accept_raw", accept_raw)
    await stage.person("ayse").says(PRINTER)
    assert order == [("stored", True)]
    assert written(stage) == [PRINTER]


async def test_what_could_not_be_stored_comes_again(stage: TelegramStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disk full, database locked: no confirmation, an alarm, and recovery by itself."""
    accept, failures = stage.app.gateway.accept_raw, 3

    async def accept_raw(arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        nonlocal failures
        if failures:
            failures -= 1
            assert stage.api.updates
            raise OSError("disk full")
        return await accept(arrivals, attachments)

    monkeypatch.setattr(stage.app.gateway, "accept_raw", accept_raw)
    stage.api.say(AYSE, PRINTER)
    await stage.until(lambda: stage.telegram.health()["trouble"] == "not_stored")
    await stage.quiet()
    assert written(stage) == [PRINTER]
    await stage.until(lambda: stage.telegram.health()["ok"])


async def test_the_same_update_four_times_is_one_message(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    stage.api.press(AYSE, "Teknisyene ilet")
    await stage.quiet()
    for _ in range(3):
        stage.api.redeliver()
        await stage.quiet()
    assert written(stage) == [PRINTER]
    assert [seen.kind for seen in await ayse.sees()].count("opened") == 1


async def test_numbers_that_go_back_or_jump_are_messages_like_any_other(stage: TelegramStage) -> None:
    texts = []
    for number in (5_000, 17, 9_000_000, 16, 5_001):
        body = stage.api.say(AYSE, f"merhaba {number}")
        stage.api.updates.pop()
        stage.api.push({"message": body}, number)
        texts.append(f"merhaba {number}")
        await stage.quiet()
    assert written(stage) == texts


async def test_a_poison_update_is_quarantined_and_the_rest_flows(stage: TelegramStage) -> None:
    stage.api.push({"message": {"message_id": "x", "chat": {"id": AYSE, "type": "private"}}})
    stage.api.push({"message": 5})
    stage.api.push({"callback_query": {"id": 4}})
    assert not any(parses(update) for update in stage.api.updates)
    stage.api.say(AYSE, PRINTER)
    stage.api.say(USERS["hasan"], PRINTER)
    await stage.until(lambda: not stage.api.updates)
    await stage.until(lambda: backlog(stage) == (0, 3))
    assert written(stage) == [PRINTER]
    assert written(stage, USERS["hasan"]) == [PRINTER]
    stuck = stage.app.store.read(lambda uow: uow.inbox.stuck())
    assert all("update_id" in arrival.payload for arrival in stuck)


async def test_a_hundred_at_once_keep_their_order(stage: TelegramStage) -> None:
    for count in range(250):
        stage.api.say(AYSE, f"not {count}")
    await stage.quiet()
    assert written(stage) == [f"not {count}" for count in range(250)]


async def test_bots_are_not_heard(stage: TelegramStage) -> None:
    stage.api.say(AYSE, PRINTER, bot=True)
    await stage.quiet()
    assert written(stage) == []
    assert not any(call.method == "sendMessage" for call in stage.api.calls)


# --- edits and other matter -----------------------------------------------------------------------
async def test_an_edit_changes_the_ticket_and_opens_no_second(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    message = stage.api.say(AYSE, PRINTER)
    await stage.quiet()
    await ayse.presses("Teknisyene ilet")
    stage.api.edit(message, "slm yazici cikti vermiyo, 4. kat")
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).text == "slm yazici cikti vermiyo, 4. kat"
    assert len(stage.app.store.read(lambda uow: uow.summaries.list())) == 1


async def test_an_edit_before_its_message_or_of_none_does_no_harm(stage: TelegramStage) -> None:
    message = stage.api.say(AYSE, PRINTER)
    first = stage.api.updates.pop()
    stage.api.edit(message, "slm yazici cikti vermiyo, 4. kat")
    await stage.quiet()
    stage.api.push({"message": {**first["message"], "text": PRINTER}})
    await stage.quiet()
    assert written(stage) == [PRINTER]
    assert backlog(stage) == (0, 0)


async def test_no_word_and_no_name_stands_in_the_log(stage: TelegramStage, capfd: pytest.CaptureFixture[str]) -> None:
    ayse = stage.person("ayse")
    await ayse.says("yazıcı çıktı vermiyor, tel 0555 111 22 33, T.C. 10000000146")
    await ayse.presses("Teknisyene ilet")
    stage.api.push({"message": {"message_id": "x", "chat": {"id": AYSE, "type": "private"}, "text": "gizli söz"}})
    stage.api.fail("sendMessage", 400, "Bad Request: message text is empty")
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    logged = "".join(capfd.readouterr())
    assert "event_quarantined" in logged
    assert "delivery_given_up" in logged
    for word in ("vermiyor", "0555", "10000000146", "Yılmaz", "gizli söz", "loopback-token"):
        assert word not in logged


async def test_a_forward_is_a_message(stage: TelegramStage) -> None:
    derya = {"id": 77, "is_bot": False, "first_name": "Derya", "last_name": "Koç"}
    duty = {"id": -9, "type": "group", "title": "Nöbet"}
    for origin in (
        {"type": "user", "date": 1, "sender_user": derya},
        {"type": "hidden_user", "date": 1, "sender_user_name": "Biri"},
        {"type": "chat", "date": 1, "sender_chat": duty},
        {"type": "channel", "date": 1, "chat": {**duty, "type": "channel"}, "message_id": 5},
        {"type": "user", "date": 1, "sender_user": {"id": AYSE, "is_bot": False, "first_name": "Ayşe"}},
    ):
        stage.api.say(AYSE, PRINTER, forward_origin=origin)
        await stage.quiet()
    names = ("Derya Koç", "Biri", "Nöbet", "Nöbet")
    assert written(stage) == [*(f"İletilen ({name}): {PRINTER}" for name in names), PRINTER]


@pytest.mark.parametrize(
    ("content", "instead"),
    [
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "Konum"),
        ({"video_note": {"file_id": "v", "file_unique_id": "u", "length": 1, "duration": 1}}, "Yuvarlak video"),
        ({"dice": {"emoji": "🎲", "value": 1}}, "okuyamıyorum"),
    ],
)
async def test_what_cannot_be_taken_says_what_to_send_instead(
    stage: TelegramStage, content: dict[str, Any], instead: str
) -> None:
    stage.api.say(AYSE, **content)
    await stage.quiet()
    said = await stage.person("ayse").last()
    assert instead in said.text
    assert "\n" not in said.text


# --- the way in -----------------------------------------------------------------------------------
async def test_another_poller_alarms_and_it_recovers_by_itself(stage: TelegramStage) -> None:
    stage.api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=3)
    stage.api.say(AYSE, PRINTER)
    await stage.until(lambda: stage.telegram.health()["trouble"] == "conflict" or not stage.api.updates)
    await stage.quiet()
    assert written(stage) == [PRINTER]
    await stage.until(lambda: stage.telegram.health()["ok"])


async def test_a_webhook_that_somebody_set_is_removed(stage: TelegramStage) -> None:
    await stage.quiet()
    stage.api.webhook = {"url": "https://elsewhere.example"}
    stage.api.say(AYSE, PRINTER)
    await stage.quiet()
    assert written(stage) == [PRINTER]
    assert stage.api.webhook == {}


async def test_a_mute_socket_is_noticed(tmp_path: Path) -> None:
    async with open_telegram(tmp_path, poll_seconds=0, answer_seconds=0.3) as stage:
        await stage.quiet()
        stage.api.mute = True
        stage.api.say(AYSE, PRINTER)
        await stage.until(lambda: stage.telegram.health()["trouble"] == "unreachable")
        stage.api.mute = False
        await stage.quiet()
        assert written(stage) == [PRINTER]


async def test_a_revoked_token_is_said(stage: TelegramStage) -> None:
    stage.api.fail("getUpdates", 401, "Unauthorized", times=1)
    stage.api.say(AYSE, PRINTER)
    await stage.until(lambda: stage.telegram.health()["trouble"] == "token_refused" or not stage.api.updates)


async def test_what_came_while_the_desk_was_down_is_answered_when_it_is_back(tmp_path: Path) -> None:
    clock = FakeClock()
    async with BotApi().running() as api:
        async with open_telegram(tmp_path, clock=clock, api=api) as stage:
            await stage.person("ayse").says(PRINTER)
        api.say(USERS["hasan"], PRINTER)
        async with open_telegram(tmp_path, clock=clock, api=api, fresh=False) as stage:
            await stage.quiet()
            assert written(stage, USERS["hasan"]) == [PRINTER]
            assert any("Henüz kayıt açılmadı" in text for text in api.chats[USERS["hasan"]].shown())


@pytest.mark.parametrize(("hours", "told"), [(3, False), (25, True)])
async def test_a_gap_longer_than_the_platform_keeps_is_announced(tmp_path: Path, hours: int, *, told: bool) -> None:
    clock = FakeClock()
    async with BotApi().running() as api:
        async with open_telegram(tmp_path, clock=clock, api=api) as stage:
            await stage.person("ayse").says(PRINTER)
        clock.advance(timedelta(hours=hours))
        async with open_telegram(tmp_path, clock=clock, api=api, fresh=False) as stage:
            await stage.person("ayse").says("tekrar merhaba")
        for group in GROUPS.values():
            said = [text for text in api.chats[group].shown() if "ulaşamadım" in text]
            assert len(said) == int(told)


async def test_typing_is_shown_while_the_answer_takes_long(tmp_path: Path) -> None:
    async with open_telegram(tmp_path, typing_after=0.0) as stage:
        await stage.person("ayse").says(PRINTER)
        await stage.until(lambda: any(call.method == "sendChatAction" for call in stage.api.calls))
