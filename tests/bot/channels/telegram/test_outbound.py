"""What goes out: whole, escaped, once where it can be known, and visibly given up where it cannot be sent."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.ports import UnitOfWork
from tests.bot.channels.telegram.reports import PNG, PRINTER
from tests.bot.channels.telegram.sending import (
    AYSE,
    DONANIM,
    HASAN,
    MEHMET,
    given_up,
    outbox,
    put,
    retried,
    with_ticket,
)
from tests.bot.channels.telegram.stage import TelegramStage, open_telegram
from tests.clock import FakeClock
from tests.servers.telegram import BotApi, seen_text


# --- as typed -------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["<b>x</b> & <a href='http://x'>tık</a>", "&lt;script&gt;", "{{7*7}} {0.__class__}"])
async def test_markup_that_people_type_is_shown_as_typed(stage: TelegramStage, typed: str) -> None:
    await with_ticket(stage, f"yazıcı çıktı vermiyor {typed}")
    assert typed in (await stage.in_room("mehmet", "donanim").last("card")).text


async def test_a_text_over_the_limit_arrives_whole(stage: TelegramStage) -> None:
    text = "".join(f"{count}. satır 🖨\n" for count in range(1500))
    put(stage, AYSE, text)
    await stage.quiet()
    parts = stage.api.chats[AYSE].shown()
    assert len(parts) > 4
    assert "".join("".join(parts).split()) == "".join(text.split())


async def test_nothing_is_linked_or_previewed(stage: TelegramStage) -> None:
    await with_ticket(stage)
    sent = [call.data for call in stage.api.calls if call.method == "sendMessage"]
    assert all(data["link_preview_options"] == {"is_disabled": True} for data in sent)


async def test_a_card_is_edited_in_place_without_a_bell(stage: TelegramStage) -> None:
    await with_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    before = await mehmet.last("card")
    await mehmet.presses("Üstlen")
    after = await mehmet.last("card")
    assert (before.ref, before.rings) == (after.ref, True)
    assert "Mehmet K." in after.text
    assert len(stage.api.chats[DONANIM].messages) == 1


async def test_buttons_stand_in_rows_that_a_phone_can_show(stage: TelegramStage) -> None:
    await with_ticket(stage)
    await stage.in_room("mehmet", "donanim").presses("Diğer")
    message = next(iter(stage.api.chats[DONANIM].messages.values()))
    for row in message["reply_markup"]["inline_keyboard"]:
        assert sum(len(button["text"]) + 3 for button in row) <= 26 or len(row) == 1


async def test_an_answer_under_the_card_is_a_reply_to_it(stage: TelegramStage) -> None:
    await with_ticket(stage)
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    await stage.in_room("mehmet", "donanim").presses("Bilgi iste")
    card, *rest = stage.api.chats[DONANIM].messages.values()
    assert rest
    assert all(message["reply_to_message"]["message_id"] == card["message_id"] for message in rest)


async def test_a_question_in_a_group_says_to_reply_since_the_bot_sees_nothing_else(stage: TelegramStage) -> None:
    await with_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    asked = await mehmet.last("prompt_done")
    assert "bu mesajı yanıtlayarak" in asked.text
    stage.api.say(MEHMET, "kendi aramızda konuşuyoruz", chat=DONANIM)
    stage.api.say(MEHMET, "drum değişti", chat=DONANIM, reply_to=int(asked.ref))
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).resolution == "drum değişti"


# --- answers of the platform ----------------------------------------------------------------------
async def test_not_modified_is_success(stage: TelegramStage) -> None:
    await with_ticket(stage)
    stage.api.fail("editMessageText", 400, "Bad Request: message is not modified: specified new message content …")
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    assert outbox(stage).given_up == 0


async def test_a_card_that_was_deleted_is_posted_again_and_edited_from_then_on(stage: TelegramStage) -> None:
    await with_ticket(stage)
    mehmet, group = stage.in_room("mehmet", "donanim"), stage.api.chats[DONANIM]
    card = await mehmet.last("card")
    token = card.buttons["Üstlen"]
    del group.messages[int(card.ref)]
    await mehmet.presses_token(token)
    await mehmet.presses("Beklet")
    shown = list(group.messages.values())
    assert len(shown) == 1
    assert "Mehmet K." in shown[0]["text"]


@pytest.mark.parametrize("known", ["Chat not found", "Not enough rights to send text messages to the chat"])
async def test_400_is_permanent_and_seen(stage: TelegramStage, known: str) -> None:
    stage.api.fail("sendMessage", 400, f"Bad Request: {known}")
    put(stage, AYSE, "bir")
    await stage.quiet()
    assert [delivery.attempt for delivery in stage.sender.deliveries] == [1]
    assert [delivery.error for delivery in given_up(stage)] == [f"400 {known}"]


async def test_what_was_given_up_can_be_sent_again(stage: TelegramStage) -> None:
    stage.api.fail("sendMessage", 400, "Bad Request: chat not found")
    put(stage, AYSE, "bir")
    await stage.quiet()
    (delivery,) = given_up(stage)
    stage.app.store.write(lambda uow: uow.outbox.resend(delivery.id, stage.clock.now()))
    await stage.quiet()
    assert stage.api.chats[AYSE].shown() == ["bir"]


async def test_429_holds_only_that_chat(stage: TelegramStage) -> None:
    stage.api.fail("sendMessage", 429, "Too Many Requests: retry after 300", chat=AYSE, retry_after=300)
    put(stage, AYSE, "bir")
    await stage.until(lambda: bool(stage.sender.deliveries))
    put(stage, HASAN, "iki")
    await stage.until(lambda: stage.api.chats[HASAN].shown() == ["iki"])
    await stage.until(lambda: outbox(stage).waiting == 1)
    stage.clock.advance(timedelta(seconds=299))
    put(stage, HASAN, "üç")
    await stage.until(lambda: stage.api.chats[HASAN].shown() == ["iki", "üç"])
    assert stage.api.chats[AYSE].shown() == []
    await retried(stage)
    assert stage.api.chats[AYSE].shown() == ["bir"]


@pytest.mark.parametrize(("code", "description"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_a_fault_of_the_platform_passes(stage: TelegramStage, code: int, description: str) -> None:
    stage.api.fail("sendMessage", code, description, times=2)
    put(stage, AYSE, "bir")
    await retried(stage)
    assert not stage.api.faults
    assert stage.api.chats[AYSE].shown() == ["bir"]


def unsure(stage: TelegramStage) -> int:
    """Attempts of which nobody knows whether they arrived, as an operator sees them."""
    found = re.search(rb'masa_deliveries_total{channel="telegram",outcome="unsure"} (\d+)', stage.app.metrics.page())
    return int(found[1]) if found else 0


async def test_a_lost_answer_to_a_post_doubles_it_at_most_once_and_is_counted(stage: TelegramStage) -> None:
    stage.api.drop_answer("sendMessage")
    put(stage, AYSE, "bir")
    await retried(stage)
    assert 1 <= len(stage.api.chats[AYSE].shown()) <= 2
    assert (outbox(stage).given_up, unsure(stage)) == (0, 1)


async def test_a_lost_answer_to_a_photo_doubles_the_photo_alone(stage: TelegramStage) -> None:
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    stage.api.drop_answer("sendPhoto")
    stage.api.press(AYSE, "Teknisyene ilet")
    await stage.until(lambda: not stage.api.faults)
    await retried(stage)
    shown = list(stage.api.chats[DONANIM].messages.values())
    assert sum("2026-000001" in message.get("text", "") for message in shown) == 1
    assert 1 <= sum("photo" in message for message in shown) <= 2
    assert (outbox(stage).given_up, unsure(stage)) == (0, 1)


async def test_a_lost_answer_to_an_edit_doubles_nothing(stage: TelegramStage) -> None:
    await with_ticket(stage)
    stage.api.drop_answer("editMessageText")
    stage.api.press(MEHMET, "Üstlen", chat=DONANIM)
    await stage.until(lambda: not stage.api.faults)
    await retried(stage)
    assert len(stage.api.chats[DONANIM].messages) == 1
    assert (outbox(stage).given_up, unsure(stage)) == (0, 0)


async def test_429_on_everything_is_waited_out_and_everything_arrives_once(stage: TelegramStage) -> None:
    stage.api.fail("sendMessage", 429, "Too Many Requests: retry after 60", times=20, retry_after=60)
    for person in (AYSE, HASAN, MEHMET):
        for count in range(3):
            put(stage, person, f"{count}")
    await stage.until(lambda: len(stage.sender.deliveries) >= 3)
    await retried(stage)
    assert [stage.api.chats[person].shown() for person in (AYSE, HASAN, MEHMET)] == [["0", "1", "2"]] * 3
    assert outbox(stage).given_up == 0


async def test_of_card_edits_that_wait_out_a_429_only_the_last_is_sent(stage: TelegramStage) -> None:
    await with_ticket(stage)
    stage.api.fail("editMessageText", 429, "Too Many Requests: retry after 60", chat=DONANIM, retry_after=60)
    edits = sum(call.method == "editMessageText" for call in stage.api.calls)
    for label in ("Üstlen", "Beklet", "Malzeme"):
        token = card_token(stage, label)
        stage.api.press(MEHMET, "", chat=DONANIM, token=token)
        await stage.until(lambda: not stage.api.updates)
        await stage.until(lambda: not stage.app.store.read(lambda uow: uow.inbox.backlog(stage.clock.now())).waiting)
        await stage.until(lambda: refusals(stage))  # the outbox knows of it before the next press
    await retried(stage)
    assert "Malzeme bekleniyor" in stage.api.chats[DONANIM].shown()[0]
    assert sum(call.method == "editMessageText" for call in stage.api.calls) == edits + 2, "the refused, and the last"


def refusals(stage: TelegramStage) -> float | None:
    """How often the outbox has noted that something must wait."""
    labels = {"channel": "telegram", "outcome": "retried"}
    return stage.app.metrics.registry.get_sample_value("masa_deliveries_total", labels)


def card_token(stage: TelegramStage, label: str) -> str:
    """As the card is now, also where the platform does not show it yet."""

    def read(uow: UnitOfWork) -> str:
        said = uow.timeline.page(f"telegram:r:{DONANIM}")
        return next(b.token for message in said for b in message.buttons if b.label == label)

    return stage.app.store.read(read)


async def test_a_long_message_goes_on_where_it_was_stopped(stage: TelegramStage) -> None:
    text = "\n".join(f"{count:04d}" for count in range(2000))
    put(stage, AYSE, text)
    await stage.until(lambda: len(stage.api.chats[AYSE].shown()) == 1)
    stage.api.fail("sendMessage", 502, "Bad Gateway", times=2)
    await retried(stage)
    assert "\n".join(stage.api.chats[AYSE].shown()) == text


async def test_who_blocked_the_bot_is_marked_and_the_unit_told_to_phone(stage: TelegramStage) -> None:
    await with_ticket(stage)
    stage.api.chats[AYSE].blocked = True
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    await stage.quiet()
    conversation = stage.app.store.read(lambda uow: uow.conversations.get(f"telegram:p:{AYSE}"))
    assert conversation is not None
    assert conversation.blocked
    assert any("engellemiş" in text for text in stage.api.chats[DONANIM].shown())
    assert any("403" in delivery.error for delivery in given_up(stage))
    stage.api.unblock(AYSE)
    await stage.quiet()
    conversation = stage.app.store.read(lambda uow: uow.conversations.get(f"telegram:p:{AYSE}"))
    assert conversation is not None
    assert not conversation.blocked


async def test_blocking_is_noticed_without_writing_to_them(stage: TelegramStage) -> None:
    await with_ticket(stage)
    stage.api.block(AYSE)
    await stage.quiet()
    assert any("engellemiş" in text for text in stage.api.chats[DONANIM].shown())


# --- policy and pace ------------------------------------------------------------------------------
async def test_the_minimal_policy_sends_number_state_and_a_link_only(tmp_path: Path) -> None:
    async with open_telegram(tmp_path, content="minimal", web_url="http://masa.local") as stage:
        await with_ticket_of_web(stage)
        said = stage.api.chats[DONANIM].shown()
        assert said == ["2026-000001 · Sırada\nhttp://masa.local"]
        assert all(not call.data.get("reply_markup") for call in stage.api.calls if call.data.get("chat_id") == DONANIM)


async def with_ticket_of_web(stage: TelegramStage) -> None:
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    token = next(
        button.token
        for message in stage.app.store.read(lambda uow: uow.timeline.page(f"telegram:p:{AYSE}"))
        for button in message.buttons
        if button.label == "Teknisyene ilet"
    )
    assert stage.api.labels(AYSE) == []
    await stage.person("ayse").presses_token(token)


async def test_the_privacy_notice_comes_whole_under_any_policy(tmp_path: Path) -> None:
    async with open_telegram(tmp_path, content="minimal") as stage:
        stage.api.person(4242, "Yeni")
        stage.api.say(4242, PRINTER)
        await stage.quiet()
        assert "Okudum" in stage.api.labels(4242)
        assert "Kişisel verileriniz" in stage.api.chats[4242].shown()[-1]


async def test_the_token_stands_in_no_log(stage: TelegramStage, capfd: pytest.CaptureFixture[str]) -> None:
    stage.api.fail("sendMessage", 500, "Internal Server Error")
    put(stage, AYSE, "gizli söz")
    await retried(stage)
    out = "".join(capfd.readouterr())
    assert "loopback-token" not in out
    assert "gizli söz" not in out


async def test_a_clean_stop_and_start_sends_nothing_twice(tmp_path: Path) -> None:
    clock = FakeClock()
    async with BotApi().running() as api:
        async with open_telegram(tmp_path, clock=clock, api=api) as stage:
            for count in range(100):
                put(stage, AYSE, f"{count}")
        async with open_telegram(tmp_path, clock=clock, api=api, fresh=False) as stage:
            await stage.quiet()
            assert sorted(api.chats[AYSE].shown(), key=int) == [str(count) for count in range(100)]
            assert api.chats[AYSE].shown() == [str(count) for count in range(100)]


def test_the_server_is_strict() -> None:
    with pytest.raises(Exception, match="Unsupported start tag"):
        seen_text("<div>x</div>", "HTML")
    with pytest.raises(Exception, match="end tag"):
        seen_text("<b>x", "HTML")
