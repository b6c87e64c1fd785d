"""What comes in: stored before it is confirmed, once, in order, whatever it is."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.ports import Arrival, Attachment, UnitOfWork
from tests.bot.channels.telegram.stage import GROUPS, USERS, TelegramStage, open_telegram, person_of
from tests.clock import FakeClock
from tests.servers.telegram import BotApi, parses

AYSE = USERS["ayse"]
PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def written(stage: TelegramStage, user: int = AYSE) -> list[str]:
    """What the desk keeps of that person's words, in order."""

    def read(uow: UnitOfWork) -> list[str]:
        return [m.text for m in uow.timeline.page(f"telegram:p:{user}", limit=500) if m.author is not None]

    return stage.app.store.read(read)


def backlog(stage: TelegramStage) -> tuple[int, int]:
    found = stage.app.store.read(lambda uow: uow.inbox.backlog(stage.clock.now()))
    return found.waiting, found.given_up


async def test_it_is_confirmed_once_it_is_stored_and_not_before(
    stage: TelegramStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept, order = stage.app.reception.accept_raw, []

    async def accept_raw(arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        stored = await accept(arrivals, attachments)
        order.append(("stored", bool(stage.api.updates)))
        return stored

    monkeypatch.setattr(stage.app.reception, "accept_raw", accept_raw)
    await stage.person("ayse").says(PRINTER)
    assert order == [("stored", True)]
    assert written(stage) == [PRINTER]


async def test_what_could_not_be_stored_comes_again(stage: TelegramStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disk full, database locked: no confirmation, an alarm, and recovery by itself."""
    accept, failures = stage.app.reception.accept_raw, 3

    async def accept_raw(arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        nonlocal failures
        if failures:
            failures -= 1
            assert stage.api.updates
            raise OSError("disk full")
        return await accept(arrivals, attachments)

    monkeypatch.setattr(stage.app.reception, "accept_raw", accept_raw)
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


# --- presses ---
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


# --- edits and other matter ---
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
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Biri"}
    stage.api.say(AYSE, PRINTER, forward_origin=origin)
    await stage.quiet()
    assert written(stage) == [PRINTER]


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


# --- who they are ---
async def test_a_shared_phone_is_matched_with_the_staff_list(stage: TelegramStage) -> None:
    def add_phone(uow: UnitOfWork) -> None:
        hasan = uow.people.by_handle("hasan")
        assert hasan is not None
        hasan.phone = "0555 111 22 33"
        uow.people.save(hasan)

    stage.app.store.write(add_phone)
    new = 4242
    stage.api.person(new, "Hasan")
    stage.api.say(new, PRINTER)
    await stage.quiet()
    stage.api.press(new, "Okudum")
    await stage.quiet()
    asked = next(call for call in reversed(stage.api.calls) if call.method == "sendMessage")
    assert asked.data["reply_markup"]["keyboard"][0][0]["request_contact"] is True
    stage.api.say(new, contact={"phone_number": "+905551112233", "first_name": "Hasan", "user_id": new})
    await stage.quiet()
    person = stage.app.store.read(lambda uow: person_of(uow, new))
    assert person is not None
    assert person.handle == "hasan"
    assert "yazdırmıyor" in " ".join(stage.api.chats[new].shown())


async def test_a_joining_link_gives_the_role_and_its_menu(stage: TelegramStage) -> None:
    await stage.person("admin").says("/davet technician yazilim Selin Ak")
    code = next(word for word in (await stage.person("admin").last()).text.split() if "-" in word and len(word) == 11)
    new = 4243
    stage.api.person(new, "Selin")
    stage.api.say(new, f"/start {code}")
    await stage.quiet()
    person = stage.app.store.read(lambda uow: person_of(uow, new))
    assert person is not None
    assert (person.role, person.unit) == ("technician", "yazilim")
    await stage.until(lambda: f'{{"chat_id": {new}, "type": "chat"}}' in stage.api.commands)


async def test_the_start_button_greets_and_is_no_report(stage: TelegramStage) -> None:
    new = 4244
    stage.api.person(new, "Selma")
    stage.api.say(new, "/start")
    await stage.quiet()
    assert "Mesajınızı aldım" not in stage.api.chats[new].shown()[-1], "nothing was told yet"
    stage.api.press(new, "Okudum")
    await stage.quiet()
    for typed in ("/yardim", "Selma Demir, Zabıta, 214"):
        stage.api.say(new, typed)
        await stage.quiet()
    assert "Merhaba Selma" in stage.api.chats[new].shown()[-1]
    stage.api.say(new, PRINTER)
    await stage.quiet()
    stage.api.press(new, "Teknisyene ilet")
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).text == PRINTER


async def test_what_is_written_before_the_notice_is_read_is_answered_without_the_start(stage: TelegramStage) -> None:
    new = 4245
    stage.api.person(new, "Selma")
    for typed in ("/start", PRINTER):
        stage.api.say(new, typed)
        await stage.quiet()
    assert "Mesajınızı aldım" in stage.api.chats[new].shown()[-1]
    stage.api.press(new, "Okudum")
    stage.api.say(new, "Selma Demir, Zabıta, 214")
    await stage.quiet()
    stage.api.press(new, "Teknisyene ilet")
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).text == PRINTER


async def test_the_menus_are_turkish_and_of_each_kind_of_chat(stage: TelegramStage) -> None:
    of_mehmet = f'{{"chat_id": {USERS["mehmet"]}, "type": "chat"}}'
    await stage.until(lambda: of_mehmet in stage.api.commands)
    commands = stage.api.commands
    assert "durum" in commands['{"type": "all_private_chats"}']
    assert "bagla" not in commands['{"type": "all_private_chats"}']
    assert "sira" in commands['{"type": "all_group_chats"}']
    assert "islerim" in commands[of_mehmet]


# --- files ---
async def test_an_album_is_one_message(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    for place in range(3):
        stage.api.photo(AYSE, PNG, album="a1", **({"caption": PRINTER} if place == 1 else {}))
    stage.api.say(AYSE, "ek: 3. kat")
    await stage.quiet()
    assert written(stage) == [PRINTER, "ek: 3. kat"]
    await ayse.presses("Teknisyene ilet")
    assert len((await stage.ticket("2026-000001")).files) == 3


@pytest.mark.parametrize(
    ("kind", "content", "about"),
    [
        ("voice", b"OggS" + bytes(200), {"duration": 3, "mime_type": "audio/ogg"}),
        ("video", bytes(4) + b"ftypisom" + bytes(200), {"duration": 3, "width": 8, "height": 8}),
        ("document", b"%PDF-1.7\n" + bytes(200), {"file_name": "hata.pdf"}),
    ],
)
async def test_what_is_said_filmed_or_sent_as_a_file_is_kept(
    stage: TelegramStage, kind: str, content: bytes, about: dict[str, Any]
) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    stage.api.say(AYSE, **{kind: stage.api._stored(content) | about})
    await stage.quiet()
    await ayse.presses("Teknisyene ilet")
    (file,) = (await stage.ticket("2026-000001")).files
    assert stage.app.reception.files.path(file).read_bytes() == content
    assert any(
        kind in message or "document" in message for message in stage.api.chats[GROUPS["donanim"]].messages.values()
    )


async def test_an_edited_caption_changes_the_ticket(stage: TelegramStage) -> None:
    message = stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    stage.api.edit(message, "slm yazici cikti vermiyo, 4. kat")
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).text == "slm yazici cikti vermiyo, 4. kat"


async def test_a_file_holds_back_its_own_chat_only(stage: TelegramStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """And keeps its place in it."""
    gate = asyncio.Event()
    serve = stage.api._file

    async def slow(request: Any) -> Any:
        await gate.wait()
        return await serve(request)

    routes = stage.api.application.router.routes
    monkeypatch.setattr(routes[1], "app", _asgi(slow))
    stage.api.photo(AYSE, PNG, caption="önce")
    stage.api.say(AYSE, "sonra")
    stage.api.say(USERS["hasan"], PRINTER)
    await stage.until(lambda: written(stage, USERS["hasan"]) == [PRINTER])
    assert written(stage) == []
    assert [update["message"]["from"]["id"] for update in stage.api.updates][:2] == [AYSE, AYSE]
    gate.set()
    await stage.quiet()
    assert written(stage) == ["önce", "sonra"]


def _asgi(handler: Any) -> Any:
    from starlette.routing import request_response

    return request_response(handler)


async def test_a_file_over_the_limit_is_refused_unopened(stage: TelegramStage) -> None:
    stage.api.document(AYSE, b"x", "yedek.zip", size=25_000_000, caption=PRINTER)
    await stage.quiet()
    assert not any(call.method == "getFile" for call in stage.api.calls)
    texts = stage.api.chats[AYSE].shown()
    assert any("25 MB" in text for text in texts)
    assert any("Henüz kayıt açılmadı" in text for text in texts), "the words beside it are taken"


@pytest.mark.parametrize(
    ("name", "content"), [("virus.exe", b"MZ"), ("bos.txt", b""), ("../../etc/passwd", b"x"), ("a\u202egpj.exe", b"MZ")]
)
async def test_odd_files_do_no_harm(stage: TelegramStage, name: str, content: bytes) -> None:
    stage.api.document(AYSE, content, name)
    await stage.quiet()
    assert (await stage.person("ayse").last()).text


async def test_a_download_that_fails_is_tried_again(stage: TelegramStage) -> None:
    stage.api.fail("getFile", 502, "Bad Gateway", times=2)
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    assert len((await stage.ticket("2026-000001")).files) == 1


async def test_a_download_that_goes_on_failing_is_said(stage: TelegramStage) -> None:
    stage.api.fail("getFile", 502, "Bad Gateway", times=10)
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    assert any("indiremedim" in text for text in stage.api.chats[AYSE].shown())
    assert written(stage) == [PRINTER]


async def test_a_server_of_the_house_hands_files_out_on_disk(stage: TelegramStage, tmp_path: Path) -> None:
    stage.api.local = tmp_path
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    (file,) = (await stage.ticket("2026-000001")).files
    assert stage.app.reception.files.path(file).read_bytes() == PNG


async def test_a_file_that_the_desk_may_not_read_holds_nothing_up(
    stage: TelegramStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError

    stage.api.local = tmp_path
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    await stage.quiet()
    assert written(stage) == [PRINTER]
    assert any("indiremedim" in text for text in stage.api.chats[AYSE].shown())


async def test_what_only_the_server_knows_to_be_too_large_is_refused(stage: TelegramStage, tmp_path: Path) -> None:
    stage.api.local = tmp_path
    stage.api.document(AYSE, b"x" * 20_000_001, "yedek.zip", size=None, caption=PRINTER)
    stage.api.updates[-1]["message"]["document"].pop("file_size")
    await stage.quiet()
    assert written(stage) == [PRINTER]
    assert any("20+ MB" in text for text in stage.api.chats[AYSE].shown())


# --- the way in ---
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
