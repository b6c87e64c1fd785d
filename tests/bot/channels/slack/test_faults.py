"""Faults of the guarantees played on Slack, against the real desk and a real SQLite: what is not stored is not
acknowledged and comes again, what was stored is answered once, and one place in trouble holds up no other."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from handlers.domain.states import State
from handlers.ports import UnitOfWork
from tests.bot.channels.slack.reports import PNG, PRINTER, inbox_waits, opened
from tests.bot.channels.slack.stage import SlackStage, open_slack
from tests.bot.channels.slack.test_signed_http import serving
from tests.servers.slack import shown


@pytest.fixture(params=["signed", "socket"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackStage]:
    if request.param == "socket":
        async with open_slack(tmp_path) as opened_stage:
            yield opened_stage
        return
    async with (
        open_slack(tmp_path, app_token="", signing_secret="s1gn1ng") as opened_stage,
        serving(opened_stage) as url,
    ):
        opened_stage.slack.events_url = url
        yield opened_stage


def report(stage: SlackStage, handle: str, text: str = PRINTER) -> dict[str, Any]:
    """A direct message, as Slack brings it."""
    actor = stage.person(handle)
    said = {"type": "message", "user": actor.user, "channel": actor.channel, "channel_type": "im", "text": text}
    return stage.slack.event({**said, "ts": stage.slack._ts()})


async def heard(stage: SlackStage, handle: str) -> list[str]:
    """What the desk has of somebody's words."""
    address = stage.person(handle).address
    page = await stage.app.gateway.read(lambda uow: uow.timeline.page(address, limit=50))
    return [said.text for said in page if said.author is not None]


async def in_time(stage: SlackStage, *doing: Coroutine[Any, Any, Any]) -> None:
    """Until all of it is done and delivered: what is to be tried again is soon due."""
    for steps in (doing, (stage.quiet(),)):
        waiting = asyncio.gather(*steps)
        while not waiting.done():
            stage.clock.advance(seconds=1)
            await asyncio.wait({waiting}, timeout=0.02)
        await waiting


# --- 5 and 17: the disk is full, the database is locked -----------------------------------------------------
async def test_on_a_full_disk_nothing_is_acknowledged_and_the_repeat_is_stored(stage: SlackStage) -> None:
    """Fault 5."""

    def pages(uow: UnitOfWork, pragma: str) -> int:
        found = uow.transaction.connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()  # type: ignore[attr-defined] # SQLite's
        return int(found)

    count = await stage.app.gateway.write(lambda uow: pages(uow, "page_count"))
    await stage.app.gateway.write(lambda uow: pages(uow, f"max_page_count={count}"))
    stage.slack.ack_seconds = 1.0
    refused = report(stage, "ayse", "yazıcı bozuk " + "x" * 30_000)
    answers = [await stage.slack.deliver_once(refused, "events_api", attempt) for attempt in range(2)]
    assert answers == [None, None]
    await stage.app.gateway.write(lambda uow: pages(uow, f"max_page_count={count * 9}"))
    assert await stage.slack.deliver_once(refused, "events_api", 2) == {}
    await stage.quiet()
    assert len(await heard(stage, "ayse")) == 1
    assert len(stage.slack.desk_messages(stage.person("ayse").channel)) == 1


async def test_while_the_database_is_locked_nothing_is_acknowledged_and_the_repeat_is_known(
    stage: SlackStage, tmp_path: Path
) -> None:
    """Fault 17: the first try is stored once the lock is gone, after Slack has given up on it."""
    stage.slack.ack_seconds = 0.5
    said = report(stage, "ayse")
    with closing(sqlite3.connect(tmp_path / "masa.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await stage.slack.deliver_once(said, "events_api") is None
        other.execute("ROLLBACK")
    stage.slack.ack_seconds = 10.0
    assert await stage.slack.deliver_once(said, "events_api", 1) == {}
    await stage.quiet()
    assert await heard(stage, "ayse") == [PRINTER]
    assert len(stage.slack.desk_messages(stage.person("ayse").channel)) == 1


# --- 6 and 7: again, and out of order -----------------------------------------------------------------------
async def test_the_same_press_four_times_at_once_is_one_ticket(stage: SlackStage) -> None:
    """Fault 6."""
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    message = stage.slack.desk_messages(ayse.channel)[-1]
    block = next(block for block in message["blocks"] if block["type"] == "actions")
    button = next(each for each in block["elements"] if each["text"]["text"] == "Teknisyene ilet")
    pressed = stage.slack.pressed(ayse.user, ayse.channel, message, block, button)
    assert await asyncio.gather(*(stage.slack.deliver_once(pressed, "interactive") for _ in range(4))) == [{}] * 4
    await stage.quiet()
    tickets = await stage.app.gateway.read(lambda uow: uow.summaries.list())
    assert [ticket.number for ticket in tickets] == ["2026-000001"]


async def test_what_comes_out_of_order_is_taken_as_it_comes(stage: SlackStage) -> None:
    """Fault 7: an edit and a deletion may overtake their message, whose first delivery failed."""
    ayse = stage.person("ayse")
    late = report(stage, "ayse")
    event = late["event"]
    before = {"user": ayse.user, "text": PRINTER, "ts": event["ts"], "type": "message"}
    hidden = {"type": "message", "hidden": True, "channel": ayse.channel, "channel_type": "im"}
    changed = {**hidden, "subtype": "message_changed", "message": {**before, "text": "x"}, "previous_message": before}
    deleted = {**hidden, "subtype": "message_deleted", "deleted_ts": event["ts"], "previous_message": before}
    for early in (changed, deleted):
        await stage.slack.deliver(stage.slack.event({**early, "ts": stage.slack._ts()}))
    await stage.slack.deliver(late)
    await stage.quiet()
    assert await heard(stage, "ayse") == [PRINTER]
    assert await stage.app.gateway.read(inbox_waits) == 0


# --- 9: an answer that got lost -----------------------------------------------------------------------------
async def test_a_lost_answer_doubles_nothing(stage: SlackStage) -> None:
    """Fault 9: to a post, to a card, to its edit, to a message in its thread."""
    slack, ayse, mehmet = stage.slack, stage.person("ayse"), stage.in_room("mehmet", "donanim")
    slack.fail("chat.postMessage", "after")
    await in_time(stage, slack.deliver(report(stage, "ayse")))
    assert len(slack.desk_messages(ayse.channel)) == 1
    slack.fail("chat.postMessage", "after", channel=mehmet.channel)
    await in_time(stage, ayse.presses("Teknisyene ilet"))
    slack.fail("chat.update", "after", channel=mehmet.channel)
    await in_time(stage, mehmet.presses("Üstlen"))
    slack.fail("chat.postMessage", "after", channel=mehmet.channel)
    await in_time(stage, mehmet.presses("Tamamladım"))
    assert not any(slack._failures.values()), "each was met"
    said = [shown(message) for message in slack.desk_messages(mehmet.channel)]
    assert len(said) == 2, said
    assert len(said) == len(set(said))


# --- 10, 11: too fast -----------------------------------------------------------------------------------------
async def test_one_place_that_must_wait_holds_up_no_other(stage: SlackStage) -> None:
    """Fault 10: a long `Retry-After` in one channel."""
    slack, room, ayse = stage.slack, stage.rooms["donanim"], stage.person("ayse")
    slack.fail("chat.postMessage", "status", status=429, retry_after=600, channel=room)
    await slack.deliver(report(stage, "ayse"))
    said = await slack.sees(ayse.channel, "Henüz kayıt açılmadı")
    await slack.press(ayse.user, ayse.channel, said["ts"], "Teknisyene ilet")
    await slack.sees(ayse.channel, "2026-000001")
    await slack.deliver(report(stage, "hasan", "telefonun ahizesinden ses gelmiyor"))
    await slack.sees(stage.person("hasan").channel, "Teknisyene ilet")
    assert not slack.desk_messages(room)
    stage.clock.advance(minutes=9)
    await stage.app.gateway.read(lambda uow: None)
    assert not slack.desk_messages(room)
    stage.clock.advance(minutes=5)
    await stage.quiet()
    assert len([text for text in slack.texts(room) if "2026-000001 ·" in text]) == 1


async def test_all_that_must_wait_arrives_in_its_order(stage: SlackStage) -> None:
    """Fault 11: everything is too fast for a while; the backlog can be seen, nothing is lost."""
    slack, people = stage.slack, ("ayse", "hasan", "kemal")
    slack.fail("chat.postMessage", "status", status=429, retry_after=30, times=3)
    for handle in people:
        await slack.deliver(report(stage, handle))
    tried = "chat.postMessage"
    await slack.until(lambda: [method for method, _ in slack.calls].count(tried) == len(people))
    assert not any(slack.desk_messages(stage.person(handle).channel) for handle in people)
    waiting = await stage.app.gateway.read(lambda uow: uow.outbox.backlog(stage.clock.now()).waiting)
    assert waiting == len(people)
    ayse = stage.person("ayse")
    await slack.command(ayse.user, ayse.channel, "/yardim")
    await in_time(stage)
    for handle in people:
        assert "Teknisyene ilet" in slack.texts(stage.person(handle).channel)[0]
    assert "/durum" in slack.texts(ayse.channel)[1]


# --- 14: nobody is there any more -----------------------------------------------------------------------------
async def test_whoever_works_on_it_hears_that_the_reporter_is_not_reached(stage: SlackStage) -> None:
    """Fault 14: the account is closed, and nobody told us of it."""
    number = await opened(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    stage.slack.fail("chat.postMessage", "error", error="account_closed_for_us", channel=stage.person("ayse").channel)
    stage.slack.fail("chat.postMessage", "error", error="user_disabled", channel=stage.person("ayse").channel)
    await mehmet.says("geliyorum", to=await mehmet.last("card"))
    await mehmet.says("kapıdayım", to=await mehmet.last("card"))
    assert (await stage.ticket(number)).state is State.CLAIMED
    said = "\n".join(stage.slack.texts(mehmet.channel) + stage.slack.texts(stage.person("mehmet").channel))
    assert "ulaş" in said
    given_up = await stage.app.gateway.read(lambda uow: uow.outbox.given_up())
    assert {delivery.error for delivery in given_up} == {"account_closed_for_us", "user_disabled"}


# --- bad input ------------------------------------------------------------------------------------------------
async def test_a_text_of_any_length_is_whole_for_the_technician(stage: SlackStage) -> None:
    """Bad input 5, with letters of two code units at every place where it could be cut."""
    ayse, mehmet = stage.person("ayse"), stage.person("mehmet")
    text = PRINTER + " " + "🖨ğ " * 3000 + "SON"
    await ayse.says(text)
    await ayse.presses("Teknisyene ilet")
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    await mehmet.says("/durum 2026-000001")
    assert await heard(stage, "ayse") == [text]
    assert not stage.slack.complaints


@pytest.mark.parametrize(
    "evil", ["<!channel> yazıcı bozuk", "<@U0MASA> yazıcı <https://x.example|bozuk>", "@here & <b>"]
)
async def test_nothing_that_is_typed_pings_or_links_on_its_way_through_the_desk(stage: SlackStage, evil: str) -> None:
    """Bad input 6, as somebody types it and as a program could send it."""
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await stage.slack.say(ayse.user, ayse.channel, f"{PRINTER} {evil}")
    await stage.slack.say(ayse.user, ayse.channel, f"{PRINTER} {evil}", escape=False)
    await stage.quiet()
    await ayse.presses("Teknisyene ilet")
    await mehmet.presses("Üstlen")
    await mehmet.says(evil, to=await mehmet.last("card"))
    assert not stage.slack.pings
    assert not stage.slack.complaints


async def test_a_message_passed_on_is_read_with_what_it_holds(stage: SlackStage) -> None:
    """Bad input 23: somebody shares a colleague's message with the desk; its words and pictures are the report."""
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    general = stage.slack.add_channel(ayse.user, hasan.user)
    ts = await stage.slack.say(hasan.user, general, PRINTER, files=[("ekran.png", PNG, "image/png")])
    await stage.slack.share(ayse.user, general, ts, ayse.channel, "bize de bakın")
    await stage.quiet()
    assert await heard(stage, "ayse") == [f"bize de bakın\nİletilen (Hasan): {PRINTER}"]
    await ayse.presses("Teknisyene ilet")
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert card.files == ("ekran.png",)
