"""What only Slack does, played against the real desk: the same event again, bots, edits, deaths, the whole way in."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.people import join_codes
from tests.bot.channels.slack.reports import PRINTER, inbox_waits, opened
from tests.bot.channels.slack.stage import SlackStage, open_slack
from tests.clock import FakeClock
from tests.servers.slack import BOT_ID, BOT_USER, SlackServer, shown


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
    assert await stage.app.gateway.read(inbox_waits) == 2


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
    given_up = await stage.app.gateway.read(lambda uow: uow.outbox.given_up())
    assert [delivery.error for delivery in given_up] == ["not_in_channel"]
    room.members.add(BOT_USER)
    await stage.person("hasan").says("internet yok")
    await stage.person("hasan").presses("Teknisyene ilet")
    found = await stage.app.gateway.read(lambda uow: uow.conversations.get(f"slack:r:{room.id}"))
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

    def later() -> bool:
        """Until what was refused has been tried again."""
        stage.clock.advance(minutes=1)
        return opening.done()

    await stage.until(later)
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
