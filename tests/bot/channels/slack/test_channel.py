"""What only Slack has, played against the real desk: mentions, forms, the Home tab, threads, files, e-mails."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from handlers.domain.people import Account, Role
from handlers.domain.states import State
from handlers.people import join_codes
from handlers.ports import UnitOfWork
from tests.bot.channels.slack.stage import SlackStage, open_slack, settle_people
from tests.clock import FakeClock
from tests.scenarios.stage import Seen
from tests.servers.slack import BOT_ID, BOT_USER, SlackServer, buttons, shown

PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "89993d1d0000000049454e44ae426082"
)


def inbox_waits(uow: UnitOfWork) -> int:
    return len(uow.inbox.stuck())


async def opened(stage: SlackStage) -> str:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    return "2026-000001"


# --- who somebody is ----------------------------------------------------------------------------
async def test_staff_are_matched_by_their_email_and_need_not_say_who_they_are(tmp_path: Path) -> None:
    async with open_slack(tmp_path, known=False) as stage:
        ayse = stage.person("ayse")
        await ayse.says(PRINTER)
        person = await stage.app.reception.read(lambda uow: uow.people.by_handle("ayse"))
        assert person is not None
        accounts = await stage.app.reception.read(lambda uow: uow.people.accounts(person.id))
        assert f"slack:{ayse.user}" in [str(account) for account in accounts]
        assert "Teknisyene ilet" in (await ayse.last()).buttons
        asked = [method for method, _ in stage.slack.calls if method == "users.info"]
        await ayse.says("hâlâ aynı")
        assert [method for method, _ in stage.slack.calls if method == "users.info"] == asked, "asked once"


async def test_a_technicians_first_act_may_be_a_press_in_the_room(tmp_path: Path) -> None:
    """Who they are is known before what they did is judged."""
    async with open_slack(tmp_path, known=False) as stage:
        settle_people(stage.app, {"ayse": stage.users["ayse"]}, stage.rooms)
        number = await opened(stage)
        await stage.in_room("mehmet", "donanim").presses("Üstlen")
        assert (await stage.ticket(number)).state is State.CLAIMED
        assert not any("işlem yapamazsınız" in text for text in stage.slack.texts(stage.rooms["donanim"]))


@pytest.mark.parametrize("why", ["unknown", "guest", "no scope", "slow"])
async def test_who_is_not_known_for_sure_is_asked(tmp_path: Path, why: str) -> None:
    async with open_slack(tmp_path, known=False) as stage:
        user = stage.users["ayse"]
        if why == "unknown":
            stage.slack.users[user].email = "baskasi@belediye.example"
        stage.slack.users[user].guest = why == "guest"
        if why == "no scope":
            stage.slack.scopes.discard("users:read.email")
        if why == "slow":
            stage.slack.fail("users.info", "mute", times=9)
        ayse = stage.person("ayse")
        await ayse.says(PRINTER)
        await ayse.presses("Okudum")
        assert "adınız soyadınız" in (await ayse.last()).text
        await ayse.says("Ayşe Yılmaz, Mali Hizmetler, 312")
        assert "Teknisyene ilet" in (await ayse.last()).buttons, "the first words were kept"


async def test_who_is_closed_in_the_workspace_has_no_right_from_that_moment(stage: SlackStage) -> None:
    """Bad input 19: rights end on every channel, what they held goes back to the queue, an admin hears of it."""
    number = await opened(stage)
    mehmet, admin = stage.in_room("mehmet", "donanim"), stage.person("admin")
    card = await mehmet.last("card")
    await mehmet.presses("Üstlen")
    await stage.slack.set_status(mehmet.user, "öğle arası")
    await stage.quiet()
    assert (await stage.ticket(number)).state is State.CLAIMED, "a profile changes every day"
    asked = [method for method, _ in stage.slack.calls].count("users.info")
    await stage.slack.close_account(mehmet.user)
    await stage.quiet()
    ticket = await stage.ticket(number)
    assert (ticket.state, ticket.holder) == (State.OPEN, None)
    gone = await stage.app.reception.read(lambda uow: uow.people.by_handle("mehmet"))
    assert gone is not None
    assert gone.gone
    assert "Slack hesabı kapatılmış" in (await admin.last("account_closed")).text
    assert [method for method, _ in stage.slack.calls].count("users.info") == asked
    await mehmet.presses("Üstlen", on=card)
    assert (await stage.ticket(number)).holder is None


async def test_a_closed_account_that_the_desk_never_heard_from_is_nobodys_loss(stage: SlackStage) -> None:
    await stage.slack.close_account(stage.user_of("yeni"))
    await stage.quiet()
    assert await stage.app.reception.read(inbox_waits) == 0
    assert (
        await stage.app.reception.read(lambda uow: uow.people.by_account(Account("slack", stage.user_of("yeni"))))
        is None
    )


# --- where somebody speaks --------------------------------------------------------------------------
async def test_a_mention_in_any_channel_is_answered_in_private(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    general = stage.slack.add_channel(ayse.user)
    await stage.slack.mention(ayse.user, general, PRINTER)
    await stage.quiet()
    assert "Teknisyene ilet" in (await ayse.last()).buttons
    assert not stage.slack.desk_messages(general)


async def test_talk_in_a_channel_that_is_no_units_room_is_not_even_stored(stage: SlackStage) -> None:
    """What people write to each other is none of the desk's business."""
    ayse = stage.person("ayse")
    general = stage.slack.add_channel(ayse.user)
    await stage.slack.say(ayse.user, general, "akşama ne yiyoruz?")
    known = await stage.app.reception.read(lambda uow: uow.conversations.get(f"slack:r:{general}"))
    assert known is None
    assert not await stage.app.reception.read(lambda uow: uow.inbox.backlog(stage.clock.now()).waiting)


async def test_a_mention_in_the_units_room_is_taken_once(stage: SlackStage) -> None:
    await opened(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    before = len(stage.slack.desk_messages(stage.rooms["donanim"]))
    await stage.slack.mention(mehmet.user, mehmet.channel, "/not 1 fuser ısmarlandı")
    await stage.quiet()
    said = stage.slack.desk_messages(stage.rooms["donanim"])[before:]
    assert [shown(m) for m in said if "İç not eklendi" in shown(m)] == [shown(m) for m in said] != []


async def test_a_command_typed_elsewhere_says_where_its_answer_is(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    general = stage.slack.add_channel(ayse.user)
    answer = await stage.slack.command(ayse.user, general, "/ariza", PRINTER)
    assert answer["response_type"] == "ephemeral"
    assert "özel sohbetinize" in answer["text"]
    await stage.quiet()
    assert "Teknisyene ilet" in (await ayse.last()).buttons
    assert await stage.slack.command(ayse.user, ayse.channel, "/durum") == {}


async def test_an_admin_binds_a_channel(stage: SlackStage) -> None:
    admin = stage.person("admin")
    room = stage.slack.add_channel(admin.user, private=True)
    answer = await stage.slack.command(admin.user, room, "/bagla", "yazilim")
    assert "/invite @masa" in answer["text"]
    await stage.slack.sees(room, "birim grubu")


# --- the ticket's thread ------------------------------------------------------------------------------
async def test_the_cards_thread_is_the_tickets_conversation(stage: SlackStage) -> None:
    await opened(stage)
    mehmet, zeynep, ayse = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim"), stage.person("ayse")
    card = await mehmet.last("card")
    await mehmet.presses("Üstlen")
    await mehmet.says("yarım saate oradayım", to=card)
    assert "yarım saate oradayım" in (await ayse.last()).text
    await zeynep.says("fuser depoda var", to=card)
    assert "fuser depoda var" not in "\n".join(m.text for m in await ayse.sees())
    in_thread = stage.slack.desk_messages(mehmet.channel, thread=card.ref)
    assert [label for m in in_thread for label in buttons(m)] == ["Personele gönder"]
    assert not any(m.get("broadcast") for m in in_thread), "receipts ring nobody"
    await ayse.says("kapıda şifre var, 4711", to=await ayse.last("message_from_worker"))
    reply = stage.slack.desk_messages(mehmet.channel)[-1]
    assert "4711" in shown(reply), stage.slack.texts(mehmet.channel)
    assert (reply["thread_ts"], reply["broadcast"]) == (card.ref, True), "a reply rings"


async def test_what_the_desk_asks_of_a_ticket_is_answered_in_its_thread(stage: SlackStage) -> None:
    """In a thread nobody can tell which message a reply answers: a question that is open comes first."""
    number = await opened(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    card = await mehmet.last("card")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says("drum değişti", to=card)
    ticket = await stage.ticket(number)
    assert (ticket.state, ticket.resolution) == (State.RESOLVED, "drum değişti")


async def test_a_bystander_who_presses_is_told_and_nothing_changes(stage: SlackStage) -> None:
    """Bad input 3."""
    number = await opened(stage)
    card = await stage.in_room("mehmet", "donanim").last("card")
    await stage.in_room("hasan", "donanim").presses("Üstlen", on=card)
    assert (await stage.ticket(number)).state is State.OPEN
    await stage.slack.sees(stage.rooms["donanim"], "işlem yapamazsınız")


async def test_a_forged_button_does_nothing(stage: SlackStage) -> None:
    """Bad input 2: no token, somebody else's token, an old token."""
    number = await opened(stage)
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    card = await stage.in_room("mehmet", "donanim").last("card")
    for token in ("x", "claim:1", "", card.buttons["Üstlen"]):
        await hasan.presses_token(token)
        await ayse.presses_token(token)
    assert (await stage.ticket(number)).state is State.OPEN
    assert "bulamadım" in (await hasan.last()).text


# --- form, shortcut, Home tab ----------------------------------------------------------------------
async def test_the_form_asks_several_facts_at_once(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    await stage.slack.command(ayse.user, ayse.channel, "/ariza")
    view = await stage.slack.until(lambda: next(iter(stage.slack.views), None))
    await stage.slack.submit(ayse.user, view, what="yazıcı çıktı vermiyor", oda="2. kat 207", dahili="1299")
    await stage.quiet()
    await ayse.presses("Teknisyene ilet")
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert "207" in card.text
    assert "dahili 1299" in card.text


async def test_the_shortcut_brings_somebodys_message_and_its_picture_to_the_desk(tmp_path: Path) -> None:
    async with open_slack(tmp_path, ack_seconds=20.0) as stage:
        stage.slack.ack_seconds = 30.0
        view = await form_with_a_picture(stage)
        assert await stage.slack.submit(stage.person("ayse").user, view) == {}
        card = await card_after(stage)
        assert "yazıcı çıktı vermiyor" in card.text
        assert card.files == ("ekran.png",)


async def test_a_form_stays_open_until_its_picture_is_here(stage: SlackStage, tmp_path: Path) -> None:
    """Slack sends a form once; whoever sent it sends it again, and finds what the first try began."""
    ayse = stage.person("ayse")
    stage.slack.file_gate.clear()
    view = await form_with_a_picture(stage)
    answer = await stage.slack.submit(ayse.user, view)
    assert answer["response_action"] == "errors"
    assert "yeniden gönderin" in answer["errors"]["report_what"]
    assert stage.slack.desk_messages(ayse.channel) == [], "nothing is taken yet"
    stage.slack.file_gate.set()
    await stage.until(lambda: any(not path.name.endswith(".part") for path in (tmp_path / "files").iterdir()))
    assert await stage.slack.submit(ayse.user, view) == {}
    assert (await card_after(stage)).files == ("ekran.png",)


async def test_a_form_whose_picture_never_comes_is_taken_without_it_and_says_so(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    stage.slack.file_gate.clear()
    view = await form_with_a_picture(stage)
    assert (await stage.slack.submit(ayse.user, view))["response_action"] == "errors"
    assert await stage.slack.submit(ayse.user, view) == {}
    assert (await card_after(stage)).files == ()
    assert any("alınamadı" in message.text for message in await ayse.sees())


async def form_with_a_picture(stage: SlackStage) -> str:
    """Ayşe uses the shortcut on Hasan's message; the form that opens."""
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    general = stage.slack.add_channel(ayse.user, hasan.user)
    ts = await stage.slack.say(hasan.user, general, "yazıcı çıktı vermiyor", files=[("ekran.png", PNG, "image/png")])
    await stage.slack.shortcut(ayse.user, general, ts, "masaya_bildir")
    return await stage.slack.until(lambda: next(iter(stage.slack.views), None))


async def card_after(stage: SlackStage) -> Seen:
    """The unit's card once the report is handed to a technician."""
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    return await stage.in_room("mehmet", "donanim").last("card")


async def test_the_home_tab_shows_my_tickets_and_the_queue(stage: SlackStage) -> None:
    number = await opened(stage)
    ayse, mehmet = stage.person("ayse"), stage.person("mehmet")
    for actor in (ayse, mehmet):
        await stage.slack.open_home(actor.user)
        await stage.slack.until(lambda actor=actor: actor.user in stage.slack.homes)
    mine, work = str(stage.slack.homes[ayse.user]), str(stage.slack.homes[mehmet.user])
    assert f"{number} · Yazıcı yazdırmıyor" in mine
    assert "Sırada" not in [block.get("text", {}).get("text") for block in stage.slack.homes[ayse.user]["blocks"]]
    assert number in work
    await stage.slack.press_home(mehmet.user, "Göster")
    await stage.quiet()
    assert "Üstlen" in (await mehmet.last("card")).buttons, "a card that can be worked in private"


async def test_the_home_tab_opens_the_form(stage: SlackStage) -> None:
    stranger = stage.user_of("yeni")
    await stage.slack.open_home(stranger)
    await stage.slack.until(lambda: stranger in stage.slack.homes)
    await stage.slack.press_home(stranger, "Arıza bildir")
    await stage.slack.until(lambda: stage.slack.views)


# --- files ------------------------------------------------------------------------------------------
async def test_a_photo_stays_with_the_ticket_and_reaches_the_room(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER, files={"ekran.png": PNG})
    await ayse.presses("Teknisyene ilet")
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert card.files == ("ekran.png",)
    ticket = await stage.ticket("2026-000001")
    file = await stage.app.reception.read(lambda uow: uow.attachments.get(ticket.files[0]))
    assert file is not None
    assert file.uploader == ticket.reporter
    assert stage.app.reception.files.path(file.id).read_bytes() == PNG


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [("kur.exe", 10, "türünde dosya alamıyorum"), ("kayit.mp4", 21 * 1024 * 1024, "çok büyük")],
)
async def test_a_file_that_is_not_wanted_is_refused_and_the_words_count(
    stage: SlackStage, name: str, size: int, said: str
) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER, files={name: b"x" * size})
    seen = [m.text for m in await ayse.sees() if m.author is None]
    assert any(said in text for text in seen)
    assert "Teknisyene ilet" in (await ayse.last()).buttons


async def test_a_file_on_somebody_elses_server_is_never_fetched(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    evil = {"id": "F1", "name": "foto.png", "size": 10, "url_private_download": "http://127.0.0.1:1/foto.png"}
    payload = stage.slack.event(
        {
            "type": "message",
            "subtype": "file_share",
            "user": ayse.user,
            "channel": ayse.channel,
            "channel_type": "im",
            "ts": "1.2",
            "text": "",
            "files": [evil],
        }
    )
    await stage.slack.deliver(payload)
    await stage.quiet()
    assert any("alınamadı" in m.text for m in await ayse.sees())


async def test_a_slow_file_is_waited_for_by_letting_slack_send_again(stage: SlackStage) -> None:
    """The first try runs out of its three seconds; the download it began is there for the next."""
    ayse = stage.person("ayse")
    stage.slack.file_gate.clear()
    stage.slack.ack_seconds = 1.0
    saying = asyncio.create_task(ayse.says(PRINTER, files={"ekran.png": PNG}))
    await stage.until(lambda: stage.slack.tries == 2)
    stage.slack.file_gate.set()
    await saying
    assert stage.slack.deliveries[0] == 2
    assert len(stage.slack.files) == 1, "fetched once"
    await ayse.presses("Teknisyene ilet")
    assert len((await stage.ticket("2026-000001")).files) == 1


# --- the platform's oddities ------------------------------------------------------------------------
async def test_the_same_event_four_times_at_once_is_one_report(stage: SlackStage) -> None:
    """Fault 6."""
    ayse = stage.person("ayse")
    payload = stage.slack.event(
        {
            "type": "message",
            "user": ayse.user,
            "channel": ayse.channel,
            "channel_type": "im",
            "ts": "5.5",
            "text": PRINTER,
        }
    )
    answers = await asyncio.gather(*(stage.slack.deliver_once(payload, "events_api", n) for n in range(4)))
    assert answers == [{}] * 4
    await stage.quiet()
    assert len(stage.slack.desk_messages(ayse.channel)) == 1


async def test_a_poison_payload_is_quarantined_and_the_rest_flows(stage: SlackStage) -> None:
    """Fault 8."""
    ayse = stage.person("ayse")
    broken = stage.slack.event({"type": "message", "user": ayse.user, "channel": 7, "text": {"x": 1}})
    half = stage.slack.event({"type": "message", "user": ayse.user, "channel": ayse.channel, "channel_type": "im"})
    for payload in (broken, half):
        await stage.slack.deliver(payload)
    await ayse.says(PRINTER)
    assert "Teknisyene ilet" in (await ayse.last()).buttons
    assert await stage.app.reception.read(inbox_waits) == 2


async def test_bots_are_not_talked_to(stage: SlackStage) -> None:
    """Bad input 22: the desk's own messages come back to it, and other bots write too."""
    ayse = stage.person("ayse")
    await stage.slack.say(ayse.user, ayse.channel, "merhaba", bot_id="B0OTHER")
    await opened(stage)
    assert all(m["bot_id"] == BOT_ID for m in stage.slack.desk_messages(ayse.channel))
    assert not any("merhaba" in shown(m).lower() for m in stage.slack.desk_messages(ayse.channel))


async def test_edits_change_what_the_ticket_shows_and_a_deletion_takes_it_away(stage: SlackStage) -> None:
    """Bad input 23."""
    ayse, room = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    said = next(m for m in await ayse.sees() if m.author is not None)
    await ayse.edits(said, "yazıcı kâğıt sıkıştırıyor, 3. kat")
    assert "kâğıt sıkıştırıyor" in (await room.last("card")).text
    await ayse.deletes(said)
    assert "kâğıt sıkıştırıyor" not in (await room.last("card")).text
    assert not (await stage.ticket("2026-000001")).text


async def test_a_desk_that_dies_between_storing_and_acknowledging_answers_once(tmp_path: Path) -> None:
    """Fault 4: the envelope comes again, to the next process; Slack and the database outlive the first."""
    clock = FakeClock()
    server = SlackServer(now=lambda: clock.now().timestamp())
    await server.start()
    try:
        async with open_slack(tmp_path, clock=clock, server=server) as first:
            ayse, users, rooms = first.person("ayse"), first.users, first.rooms
            message = {"type": "message", "user": ayse.user, "ts": "5.5", "text": PRINTER}
            payload = server.event({**message, "channel": ayse.channel, "channel_type": "im"})
            await server.deliver_once(payload, "events_api")
        async with open_slack(tmp_path, clock=clock, server=server, users=users, rooms=rooms) as second:
            await server.deliver(payload)
            await second.quiet()
            assert len(server.desk_messages(ayse.channel)) == 1
    finally:
        await server.stop()


async def test_admins_hear_of_a_room_that_put_the_desk_out(stage: SlackStage) -> None:
    """Fault 14: told in private, and the ticket waits where it can be seen."""
    admin, room = stage.person("admin"), stage.slack.channels[stage.rooms["donanim"]]
    room.members.discard(BOT_USER)
    await opened(stage)
    assert "ulaşamıyorum" in (await admin.last("room_lost")).text
    given_up = await stage.app.reception.read(lambda uow: uow.outbox.given_up())
    assert [delivery.error for delivery in given_up] == ["not_in_channel"]
    room.members.add(BOT_USER)
    await stage.person("hasan").says("internet yok")
    await stage.person("hasan").presses("Teknisyene ilet")
    found = await stage.app.reception.read(lambda uow: uow.conversations.get(f"slack:r:{room.id}"))
    assert found is not None
    assert not found.blocked


async def test_minimal_lets_nothing_of_a_ticket_out(tmp_path: Path) -> None:
    async with open_slack(tmp_path, content="minimal", web_url="https://masa.example") as stage:
        await opened_by_text(stage)
        room = stage.slack.desk_messages(stage.rooms["donanim"])
        assert [shown(m) for m in room] == ["2026-000001 · Sırada\nMasayı açın"]
        assert "tahakkuk" not in str(room)


async def opened_by_text(stage: SlackStage) -> None:
    """Without buttons, typing is as good as pressing."""
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says("teknisyen gelsin")


async def test_neither_tokens_nor_words_are_logged(
    stage: SlackStage, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad input 15, with everything turned up and things going wrong."""
    caplog.set_level(logging.DEBUG)
    stage.slack.fail("chat.postMessage", "error", error="internal_error")
    stage.slack.fail("users.info", "error", error="invalid_auth")
    opening = asyncio.create_task(opened(stage))
    await stage.until(lambda: any(method == "chat.postMessage" for method, _ in stage.slack.calls))
    stage.clock.advance(minutes=1)
    await opening
    stranger = stage.person("yabanci")
    await stranger.says("gizli sözcük kadayıf")
    await stage.slack.deliver_once({"type": "event_callback", "event": {"type": 3, "text": "kadayıf"}}, "events_api")
    logged = caplog.text + "".join(capsys.readouterr())
    assert logged
    for secret in ("xoxb-", "xapp-", "s1gn1ng", "kadayıf", "tahakkuk"):
        assert secret not in logged


async def test_from_nothing_to_the_first_ticket(tmp_path: Path) -> None:
    """docs/slack.md, step by step."""
    async with open_slack(tmp_path, known=False) as stage:

        def invited(role: Role, unit: str | None = None) -> str:
            return stage.app.store.write(
                lambda uow: join_codes.invite(
                    uow, stage.app.desk.randomness, role=role, unit=unit, now=stage.clock.now()
                )
            )

        boss, worker, clerk = stage.person("yonetici"), stage.person("teknisyen"), stage.person("personel")
        await boss.says(f"/katil {invited(Role.ADMIN)}")
        room = stage.slack.add_channel(boss.user, worker.user)
        await stage.slack.command(boss.user, room, "/bagla", "donanim")
        await stage.slack.sees(room, "birim grubu")
        await worker.says(f"/katil {invited(Role.TECHNICIAN, 'donanim')}")
        await clerk.says("yazıcı çıktı vermiyor")
        await clerk.presses("Okudum")
        await clerk.says("Can Er, Zabıta, zemin 4")
        await clerk.presses("Teknisyene ilet")
        card = await stage.slack.sees(room, "2026-000001")
        await stage.slack.press(worker.user, room, card["ts"], "Üstlen")
        await stage.quiet()
        assert (await stage.ticket("2026-000001")).state is State.CLAIMED
        assert not stage.slack.complaints
        assert not stage.slack.pings
