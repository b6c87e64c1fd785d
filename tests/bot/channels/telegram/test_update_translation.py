from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.envelope import PartOf, Unreachable, UpdateEnvelope, load
from bot.channels.telegram.inbound import to_event
from bot.channels.telegram.refs import ChatAddress, Ref, place, private, room
from bot.channels.telegram.update_header import key, read_header
from handlers.events import (
    ButtonPressed,
    ContactShared,
    Event,
    MessageEdited,
    MessageReceived,
    ReachChanged,
    RefusedFile,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AYSE: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "Ayşe", "last_name": "Yılmaz"}
PRIVATE: dict[str, Any] = {"id": 7, "type": "private", "first_name": "Ayşe"}
GROUP: dict[str, Any] = {"id": -100, "type": "supergroup", "title": "Donanım", "is_forum": True}


def message(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = AYSE, **content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_800_000_000, "chat": chat, "from": sender, **content}


def event_of(kind: str, body: Any, *, conversation: str = "telegram:p:7", **found: Any) -> Event | None:
    envelope = UpdateEnvelope(update={"update_id": 1, kind: body}, conversation=conversation, **found)
    return to_event(envelope.dump(), "telegram:1:1", NOW)


def said(**content: Any) -> MessageReceived:
    event = event_of("message", message(**content))
    assert isinstance(event, MessageReceived)
    return event


def test_a_message() -> None:
    event = said(text="yazıcı bozuk")
    assert (event.text, event.native_ref, event.sender_name) == ("yazıcı bozuk", "7/5", "Ayşe Yılmaz")
    assert (str(event.sender), event.conversation, event.in_room) == ("telegram:7", "telegram:p:7", False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/start", "/start"),
        ("/start ABCDE-FGH23", "/katil ABCDE-FGH23"),
        ("/start c_7K3M9Q2X", "Etiket 7K3M9Q2X"),
        ("/start@masa_bot ABCDE-FGH23", "/katil ABCDE-FGH23"),
        ("/started x", "/started x"),
        ("\ud83d\ude00 tamam", "😀 tamam"),
        ("yarım \ud83d", "yarım \ufffd"),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_text(typed: str, meant: str) -> None:
    assert said(text=typed).text == meant


def test_the_caption_is_the_text_of_a_photo() -> None:
    event = event_of("message", message(caption="ekran", photo=[]), files=("f1",))
    assert isinstance(event, MessageReceived)
    assert (event.text, event.files) == ("ekran", ("f1",))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "location"),
        (
            {
                "sticker": {
                    "file_id": "s",
                    "file_unique_id": "u",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                    "type": "regular",
                }
            },
            "sticker",
        ),
        ({"video_note": {"file_id": "v", "file_unique_id": "u", "length": 1, "duration": 1}}, "video_note"),
        ({"contact": {"phone_number": "+90555", "first_name": "Başkası", "user_id": 8}}, "contact"),
        ({"dice": {"emoji": "🎲", "value": 1}}, "dice"),
    ],
)
def test_what_cannot_be_taken_is_declined_in_private_and_overlooked_in_a_group(
    content: dict[str, Any], kind: str
) -> None:
    assert said(**content).refused == (RefusedFile(reason="not_taken", data={"kind": kind}),)
    assert event_of("message", message(chat=GROUP, **content), conversation="telegram:r:-100") is None


def test_ones_own_phone_is_vouched_for_by_the_platform() -> None:
    shared = {"phone_number": "+905551112233", "first_name": "Ayşe", "user_id": 7}
    event = event_of("message", message(contact=shared))
    assert isinstance(event, ContactShared)
    assert event.phone == "+905551112233"


@pytest.mark.parametrize(
    "body",
    [
        message(sender={**AYSE, "is_bot": True}, text="ben de botum"),
        message(new_chat_members=[AYSE]),
        message(migrate_to_chat_id=-1001),
        message(pinned_message=message(text="x")),
        {k: v for k, v in message(text="kanal").items() if k != "from"},
    ],
)
def test_bots_and_service_messages_are_ignored(body: dict[str, Any]) -> None:
    assert event_of("message", body) is None


def test_an_edit() -> None:
    event = event_of("edited_message", message(text="3. kat", edit_date=1_800_000_001))
    assert isinstance(event, MessageEdited)
    assert (event.native_ref, event.text) == ("7/5", "3. kat")


def test_a_location_that_moves_is_no_edit() -> None:
    assert event_of("edited_message", message(location={"latitude": 1.0, "longitude": 2.0})) is None


def test_a_press() -> None:
    query = {"id": "1", "from": AYSE, "chat_instance": "x", "data": "tok", "message": message(text="kart")}
    event = event_of("callback_query", query)
    assert isinstance(event, ButtonPressed)
    assert event.token == "tok"


@pytest.mark.parametrize("data", [None, "", "'; DROP TABLE", "a" * 64, "\ud83d"])
def test_a_forged_press_is_a_token_like_any_other(data: str | None) -> None:
    query = {"id": "1", "from": AYSE, "chat_instance": "x", "message": message(text="kart")}
    event = event_of("callback_query", query if data is None else {**query, "data": data})
    assert isinstance(event, ButtonPressed)
    event.token.encode()


@pytest.mark.parametrize(("before", "after", "blocked"), [("member", "kicked", True), ("kicked", "member", False)])
def test_blocking_and_taking_it_back(before: str, after: str, *, blocked: bool) -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "Masa"}
    status = {name: {"user": bot, "status": name} for name in ("member", "kicked")}
    status["kicked"]["until_date"] = 0  # type: ignore[assignment] # as the platform has it
    changed = {
        "chat": PRIVATE,
        "from": AYSE,
        "date": 1,
        "old_chat_member": status[before],
        "new_chat_member": status[after],
    }
    event = event_of("my_chat_member", changed)
    assert isinstance(event, ReachChanged)
    assert event.blocked is blocked


def test_a_reply_names_what_it_answers() -> None:
    assert said(text="evet", reply_to_message=message(text="soru") | {"message_id": 3}).reply_to == "7/3"


def test_in_a_tickets_topic_every_message_answers_the_card() -> None:
    root = message(chat=GROUP, forum_topic_created={"name": "2026-000001", "icon_color": 1}) | {"message_id": 9}
    in_topic = message(chat=GROUP, text="bakıyorum", message_thread_id=9, is_topic_message=True, reply_to_message=root)
    event = event_of("message", in_topic, conversation="telegram:r:-100", root=77)
    assert isinstance(event, MessageReceived)
    assert (event.reply_to, event.threaded, event.native_ref) == ("77", True, "-100/5/9")
    other = message(chat=GROUP, text="hangi oda?") | {"message_id": 11}
    event = event_of("message", in_topic | {"reply_to_message": other}, conversation="telegram:r:-100", root=77)
    assert isinstance(event, MessageReceived)
    assert (event.reply_to, event.threaded) == ("-100/11/9", False)


def test_names_carry_nothing_unseen() -> None:
    event = event_of(
        "message", message(sender={**AYSE, "first_name": "A\u202ey\u200bşe\n", "last_name": "\ue000Y" * 99}, text="x")
    )
    assert event is not None
    assert event.sender_name.startswith("Ayşe Y")
    assert len(event.sender_name) <= 80
    assert event.sender_name.isprintable()


UNREADABLE: list[Any] = [
    None,
    [],
    "text",
    5,
    {"update_id": 1, "message": "text"},
    {"update_id": 1, "message": {"message_id": "x"}},
    {"update_id": 1, "message": {"chat": 5, "from": [], "date": {}}},
    {"update_id": 1, "message": message(date_=1) | {"date": 10**30}},
    {"update_id": 1, "callback_query": {"id": 1}},
]


@pytest.mark.parametrize("update", UNREADABLE)
def test_what_cannot_be_read_goes_to_quarantine_and_never_further(update: Any) -> None:
    read_header(update)
    key("1", update)
    payload = UpdateEnvelope(update=update, conversation="telegram:p:7").dump()
    with pytest.raises((ValueError, KeyError, TypeError)):
        to_event(payload, "telegram:1:1", NOW)


def test_an_update_of_a_new_kind_means_nothing() -> None:
    assert event_of("message_reaction_of_the_future", {"chat": PRIVATE}) is None


def test_a_further_part_of_an_album_means_nothing() -> None:
    assert to_event(PartOf("telegram:1:1").dump(), "telegram:1:2", NOW) is None


def test_a_refused_message_tells_that_nobody_is_reached() -> None:
    event = to_event(Unreachable("telegram:p:7").dump(), "telegram:unreachable:1:1", NOW)
    assert isinstance(event, ReachChanged)
    assert (event.blocked, event.conversation, event.in_room) == (True, "telegram:p:7", False)


def test_the_envelope_keeps_everything() -> None:
    envelope = UpdateEnvelope(
        update={"update_id": 1, "x": "\ud83d"},
        conversation="telegram:r:-5",
        root=4,
        files=("a", "b"),
        refused=(RefusedFile(reason="file_empty", data={"name": "x"}),),
    )
    assert envelope.dump().isascii()
    assert load(envelope.dump()) == envelope


@pytest.mark.parametrize(
    ("update", "chat", "thread", "private_chat"),
    [
        ({"update_id": 1, "message": message(text="x")}, 7, None, True),
        ({"message": message(GROUP, message_thread_id=4, is_topic_message=True)}, -100, 4, False),
        ({"message": message(GROUP, message_thread_id=4)}, -100, None, False),
        ({"callback_query": {"id": "1", "message": message(GROUP)}}, -100, None, False),
        ({"message": {"chat": {"id": True}}}, None, None, False),
        (json.loads('{"message": {"chat": {"id": "7"}}}'), None, None, False),
    ],
)
def test_a_glance(update: Any, chat: int | None, thread: int | None, *, private_chat: bool) -> None:
    seen = read_header(update)
    assert (seen.chat, seen.thread, seen.private) == (chat, thread, private_chat)


@pytest.mark.parametrize("address", [private(7), room(-100), room(-100, 4)])
def test_addresses_are_read_as_they_are_written(address: str) -> None:
    found = place(address)
    assert address in (private(found.chat), room(found.chat, found.thread))
    assert place(room(-100, 4)) == ChatAddress(-100, 4)


@pytest.mark.parametrize("text", ["", "57", "a/b", "1/2/3x"])
def test_refs_of_others_are_none(text: str) -> None:
    assert Ref.parse(text) is None
