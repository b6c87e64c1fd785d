"""Deliveries against the loopback Slack: what stands there afterwards, and what the relay is told."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack import api
from bot.channels.slack.outbound import SlackSender
from bot.filestore.attachments import AttachmentFiles
from handlers.messages import BOLD, END, Delivered, Delivery, GaveUp, RetryAt, TimelineButton, TimelineFile
from handlers.ports import Arrival
from tests.bot.channels.slack.stage import settings_of
from tests.clock import START
from tests.servers.slack import BOT_ID, BOT_USER, SlackServer, buttons, shown


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    server = SlackServer(now=START.timestamp)
    server.echo = False
    await server.start()
    yield server
    await server.stop()
    assert not server.complaints
    assert not server.pings


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "files")


@dataclass
class FakeReception:
    """What a sender asks of the desk: where files lie, and whom it thinks it reaches."""

    files: AttachmentFiles
    blocked: bool = False
    news: list[dict[str, Any]] = field(default_factory=list)

    def now(self) -> datetime:
        return START

    async def read(self, _query: Any) -> Any:
        return self.blocked

    async def accept_raw(self, arrivals: Sequence[Arrival], _attachments: Any = ()) -> Sequence[bool]:
        self.news += [json.loads(arrival.payload) for arrival in arrivals]
        return [True] * len(arrivals)


@pytest.fixture
def gateway(files: AttachmentFiles) -> FakeReception:
    return FakeReception(files)


@pytest.fixture
async def sender(slack: SlackServer, gateway: FakeReception) -> AsyncIterator[SlackSender]:
    settings = settings_of(slack, call_seconds=1.0, web_url="https://masa.example")
    sender = SlackSender(settings, gateway)  # type: ignore[arg-type] # as much of it as a sender needs
    async with api.session(settings) as session:
        sender.open(api.web_client(settings, session, settings.bot_token))
        yield sender


def to(conversation: str, text: str = "Merhaba", **more: Any) -> Delivery:
    base: dict[str, Any] = {"id": 7, "message_id": 3, "attempt": 1, "channel": "slack", "created_at": START}
    return Delivery(**{**base, "conversation": conversation, "text": text, **more})


def press(label: str, token: str = "t") -> TimelineButton:
    return TimelineButton(label=label, token=token)


def kept(files: AttachmentFiles, name: str, content: bytes = b"icerik") -> TimelineFile:
    file = files.keep(io.BytesIO(content), name, uploader=None, conversation="", at=START)
    return TimelineFile(id=file.id, name=file.name, media_type=file.media_type, size=file.size)


async def test_a_direct_message_is_posted_and_edited_in_place(slack: SlackServer, sender: SlackSender) -> None:
    user = slack.add_user("Ayşe")
    pressable = (press("Teknisyene ilet", "tok-1"), press("İşe yaradı", "tok-2"))
    outcome = await sender.send(to(f"slack:p:{user}", f"{BOLD}Adımlar{END}: 1. …", buttons=pressable))
    (message,) = slack.desk_messages(slack.direct(user))
    assert outcome == Delivered(message["ts"])
    assert shown(message) == "Adımlar: 1. …\n[Teknisyene ilet] [İşe yaradı]"
    edit = to(f"slack:p:{user}", "Kayıt açıldı", edit_ref=message["ts"])
    assert await sender.send(edit) == outcome
    assert slack.texts(slack.direct(user)) == ["Kayıt açıldı"]
    assert [method for method, _ in slack.calls].count("conversations.open") == 1


async def test_what_is_said_of_a_ticket_goes_into_the_thread_of_its_card(
    slack: SlackServer, sender: SlackSender
) -> None:
    room = slack.add_channel()
    card = await sender.send(to(f"slack:r:{room}", "🖨 2026-000001", kind="card", ticket=1))
    assert isinstance(card, Delivered)
    await sender.send(to(f"slack:r:{room}", "Ayşe yazdı", id=8, message_id=4, ticket=1, reply_ref=card.ref))
    await sender.send(to(f"slack:r:{room}", "İletildi", id=9, message_id=5, ticket=1, reply_ref=card.ref, rings=False))
    _, loud, quiet = slack.desk_messages(room)
    assert (loud["thread_ts"], loud["broadcast"]) == (card.ref, True), "rings: shown in the channel too"
    assert (quiet["thread_ts"], quiet["broadcast"]) == (card.ref, False)


@pytest.mark.parametrize(
    "evil", ["<!channel> <!here>", "<@U1>", "<https://x.example|tıkla>", "@all @everyone", "*a* _b_ `c` ~d~ &amp;"]
)
async def test_what_people_type_stays_literal(slack: SlackServer, sender: SlackSender, evil: str) -> None:
    room = slack.add_channel()
    await sender.send(to(f"slack:r:{room}", f"“{evil}”", buttons=(press(evil),)))
    assert slack.texts(room) == [f"“{evil}”\n[{evil}]"]


async def test_a_long_text_arrives_whole_in_messages_that_slack_takes(slack: SlackServer, sender: SlackSender) -> None:
    room, text = slack.add_channel(), "Uzun bir satır. " * 2000
    await sender.send(to(f"slack:r:{room}", text, buttons=(press("Tamam"),)))
    said = slack.desk_messages(room)
    assert len(said) > 1
    assert "".join(shown(m).removesuffix("\n[Tamam]").replace("\n", "") for m in said) == text
    assert [buttons(m) for m in said][:-1] == [[]] * (len(said) - 1)
    assert buttons(said[-1]) == ["Tamam"]


async def test_many_buttons_and_a_long_label_fit(slack: SlackServer, sender: SlackSender) -> None:
    room = slack.add_channel()
    many = tuple(press("Çok uzun bir konu adı " * 8, f"tok{n:040}") for n in range(30))
    assert isinstance(await sender.send(to(f"slack:r:{room}", buttons=many)), Delivered)
    assert len(buttons(slack.desk_messages(room)[0])) == 30


# --- what can go wrong ------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["drop", "mute"])
async def test_no_answer_is_tried_again(slack: SlackServer, sender: SlackSender, kind: str) -> None:
    room = slack.add_channel()
    slack.fail("chat.postMessage", kind)
    outcome = await sender.send(to(f"slack:r:{room}"))
    assert isinstance(outcome, RetryAt)
    assert outcome.unsure
    again = to(f"slack:r:{room}", attempt=2, may_have_arrived=True)
    assert isinstance(await sender.send(again), Delivered)
    assert slack.texts(room) == ["Merhaba"]


async def test_an_answer_that_got_lost_does_not_send_it_twice(slack: SlackServer, sender: SlackSender) -> None:
    room = slack.add_channel()
    slack.fail("chat.postMessage", "after")
    outcome = await sender.send(to(f"slack:r:{room}"))
    assert isinstance(outcome, RetryAt)
    assert outcome.unsure
    again = await sender.send(to(f"slack:r:{room}", attempt=2, may_have_arrived=True))
    (message,) = slack.desk_messages(room)
    assert again == Delivered(message["ts"])


async def test_a_death_between_sending_and_recording_sends_nothing_twice(
    slack: SlackServer, sender: SlackSender
) -> None:
    """Fault 3: the lease of a dead process ran out, nobody recorded an outcome."""
    room = slack.add_channel()
    card = await sender.send(to(f"slack:r:{room}", id=1, message_id=1))
    assert isinstance(card, Delivered)
    first = await sender.send(to(f"slack:r:{room}", reply_ref=card.ref))
    assert await sender.send(to(f"slack:r:{room}", reply_ref=card.ref, attempt=2, may_have_arrived=True)) == first
    assert len(slack.desk_messages(room, thread=card.ref)) == 1


async def test_half_of_a_long_text_is_completed_not_repeated(slack: SlackServer, sender: SlackSender) -> None:
    room, text = slack.add_channel(), "Uzun bir satır. " * 2000
    delivery = to(f"slack:r:{room}", text)
    await sender.send(delivery)
    whole = len(slack.desk_messages(room))
    slack.channels[room].messages.pop()
    await sender.send(replace(delivery, attempt=2, may_have_arrived=True))
    assert len(slack.desk_messages(room)) == whole


async def test_a_long_text_that_slack_slows_down_in_the_middle_is_completed_not_repeated(
    slack: SlackServer, sender: SlackSender
) -> None:
    room, text = slack.add_channel(), "Uzun bir satır. " * 2000
    delivery = to(f"slack:r:{room}", text)
    slack.fail("chat.postMessage", "status", status=429, retry_after=1, spared=1)
    outcome = await sender.send(delivery)
    assert outcome == RetryAt(1.0, "429", unsure=True)
    assert len(slack.desk_messages(room)) == 1
    assert isinstance(await sender.send(replace(delivery, attempt=2, may_have_arrived=outcome.unsure)), Delivered)
    said = slack.desk_messages(room)
    assert "".join(shown(m).replace("\n", "") for m in said) == text


async def test_too_fast_waits_as_long_as_slack_says_and_the_others_go_on(
    slack: SlackServer, sender: SlackSender
) -> None:
    """Fault 10."""
    busy, free = slack.add_channel(), slack.add_channel()
    slack.fail("chat.postMessage", "status", status=429, retry_after=90, channel=busy, times=2)
    assert await sender.send(to(f"slack:r:{busy}")) == RetryAt(90.0, "429")
    assert isinstance(await sender.send(to(f"slack:r:{free}")), Delivered)


@pytest.mark.parametrize("may_have_arrived", [True, False])
@pytest.mark.parametrize("error", ["", "429", "no answer: TimeoutError", "stopped", "fault: KeyError", "hiç yanıt yok"])
async def test_whether_it_is_looked_for_is_told_by_a_value_and_not_by_any_wording(
    slack: SlackServer, sender: SlackSender, error: str, may_have_arrived: bool
) -> None:
    room = slack.add_channel()
    again = to(f"slack:r:{room}", attempt=2, error=error, may_have_arrived=may_have_arrived)
    assert isinstance(await sender.send(again), Delivered)
    assert ("conversations.history" in [method for method, _ in slack.calls]) is may_have_arrived


async def test_an_upstream_page_instead_of_an_answer(slack: SlackServer, sender: SlackSender) -> None:
    room = slack.add_channel()
    slack.fail("chat.postMessage", "status", status=503)
    outcome = await sender.send(to(f"slack:r:{room}"))
    assert isinstance(outcome, RetryAt)
    assert outcome.why.startswith("no answer")


async def test_what_will_never_arrive_is_given_up(slack: SlackServer, sender: SlackSender) -> None:
    """Fault 14 and its like: the account is closed, the channel is archived, the desk was removed."""
    gone, archived = slack.add_user("Ayrılan", deleted=True), slack.add_channel()
    slack.channels[archived].archived = True
    left = slack.add_channel(with_bot=False)
    assert await sender.send(to(f"slack:p:{gone}")) == GaveUp("user_disabled")
    assert await sender.send(to(f"slack:r:{archived}")) == GaveUp("is_archived")
    assert await sender.send(to(f"slack:r:{left}")) == GaveUp("not_in_channel")
    assert await sender.send(to("slack:r:C9", edit_ref="1.1")) == GaveUp("channel_not_found")


async def test_a_refused_token_waits_for_the_operator(slack: SlackServer, sender: SlackSender) -> None:
    room = slack.add_channel()
    slack.bot_token = "xoxb-new"
    assert await sender.send(to(f"slack:r:{room}")) == RetryAt(60.0, "invalid_auth")
    slack.bot_token = "xoxb-house"
    slack.scopes.discard("chat:write")
    assert await sender.send(to(f"slack:r:{room}")) == RetryAt(60.0, "missing_scope")


async def test_before_the_channel_runs_deliveries_wait(slack: SlackServer, gateway: FakeReception) -> None:
    sender = SlackSender(settings_of(slack), gateway)  # type: ignore[arg-type] # the same
    assert isinstance(await sender.send(to("slack:r:C1")), RetryAt)


async def test_who_is_reached_no_more_is_told_once_and_again_when_it_ends(
    slack: SlackServer, sender: SlackSender, gateway: FakeReception
) -> None:
    room = slack.add_channel(with_bot=False)
    await sender.send(to(f"slack:r:{room}"))
    await sender.send(to(f"slack:r:{room}", id=8))
    assert gateway.news == [{"reach": f"slack:r:{room}", "lost": True}]
    slack.channels[room].members.add(BOT_USER)
    await sender.send(to(f"slack:r:{room}", id=9))
    assert gateway.news[1:] == [{"reach": f"slack:r:{room}", "lost": False}]


async def test_a_card_that_somebody_deleted_is_posted_anew(slack: SlackServer, sender: SlackSender) -> None:
    room = slack.add_channel()
    first = await sender.send(to(f"slack:r:{room}", "🖨 2026-000001"))
    assert isinstance(first, Delivered)
    slack.channels[room].messages.clear()
    again = await sender.send(to(f"slack:r:{room}", "🖨 2026-000001 · Üstlenildi", edit_ref=first.ref))
    (message,) = slack.desk_messages(room)
    assert again == Delivered(message["ts"])


# --- files ------------------------------------------------------------------------------------
def shared(slack: SlackServer, channel: str) -> list[tuple[str, str | None]]:
    said = [m for m in slack.channels[channel].messages if m.get("bot_id") == BOT_ID and m.get("files")]
    return [(file["name"], m.get("thread_ts")) for m in said for file in m["files"]]


async def test_a_picture_comes_after_its_message(
    slack: SlackServer, sender: SlackSender, files: AttachmentFiles
) -> None:
    room = slack.add_channel()
    picture = kept(files, "ozet.png")
    assert isinstance(await sender.send(to(f"slack:r:{room}", "Günlük özet", files=(picture,))), Delivered)
    assert shared(slack, room) == [("ozet.png", None)]
    assert next(f["bytes"] for f in slack.files.values() if f["name"] == "ozet.png") == b"icerik"


async def test_a_cards_files_lie_in_its_thread_once_however_often_it_is_edited(
    slack: SlackServer, sender: SlackSender, files: AttachmentFiles
) -> None:
    room = slack.add_channel()
    one, two = kept(files, "ekran.png"), kept(files, "ekran.png", b"baska")
    card = to(f"slack:r:{room}", "🖨 2026-000001", files=(one,), kind="card", ticket=1)
    posted = await sender.send(card)
    assert isinstance(posted, Delivered)
    for edit in range(2):
        await sender.send(replace(card, id=10 + edit, edit_ref=posted.ref, files=(one, two)))
    assert shared(slack, room) == [("ekran.png", posted.ref)] * 2


async def test_files_that_did_not_come_through_are_tried_again_without_the_text(
    slack: SlackServer, sender: SlackSender, files: AttachmentFiles
) -> None:
    room = slack.add_channel()
    delivery = to(f"slack:r:{room}", "Fotoğraf", files=(kept(files, "foto.jpg"),))
    slack.fail("files.completeUploadExternal", "status", status=429, retry_after=3)
    outcome = await sender.send(delivery)
    assert isinstance(outcome, RetryAt)
    assert outcome.unsure
    assert isinstance(await sender.send(replace(delivery, attempt=2, may_have_arrived=True)), Delivered)
    assert [shown(m) for m in slack.desk_messages(room)] == ["Fotoğraf", "<foto.jpg>"]


# --- the policy -------------------------------------------------------------------------------
async def test_minimal_sends_number_state_and_a_link_only(
    slack: SlackServer, gateway: FakeReception, files: AttachmentFiles
) -> None:
    settings = settings_of(slack, content="minimal", web_url="https://masa.example")
    sender, room = SlackSender(settings, gateway), slack.add_channel()  # type: ignore[arg-type] # the same
    async with api.session(settings) as session:
        sender.open(api.web_client(settings, session, settings.bot_token))
        secret = {"buttons": (press("Üstlen"),), "files": (kept(files, "ekran.png"),)}
        await sender.send(
            to(f"slack:r:{room}", "Ayşe Yılmaz yazdı", kind="card", minimal="2026-000001 · Sırada", **secret)
        )
        await sender.send(to(f"slack:r:{room}", "Adımlar: …", id=8, kind="suggestion"))
        await sender.send(to(f"slack:r:{room}", "Aydınlatma metni", id=9, confidential=False))
    assert slack.texts(room) == [
        "2026-000001 · Sırada\nMasayı açın",
        "Masada sizin için yeni bir mesaj var.\nMasayı açın",
        "Aydınlatma metni",
    ]
    assert "Ayşe" not in str(slack.calls)
    assert not shared(slack, room)
