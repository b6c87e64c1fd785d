from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.slack.inbound import to_event, update_of
from handlers.domain.people import Account
from handlers.events import ButtonPressed, ContactShared, MessageDeleted, MessageEdited, MessageReceived, RefusedFile
from tests.clock import START

BOT = "U0MASA"
COMMON: dict[str, Any] = {"at": START, "sender": Account("slack", "U1"), "sender_name": "Ayşe Yılmaz"}


def event(**inner: Any) -> dict[str, Any]:
    base = {
        "type": "message",
        "user": "U1",
        "channel": "D1",
        "channel_type": "im",
        "ts": "17.1",
        "text": "yazıcı bozuk",
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": {**base, **inner}}


def read(body: dict[str, Any], **envelope: Any) -> Any:
    update = update_of(body, BOT)
    assert update is not None
    payload = json.dumps({"body": body, "bot": BOT, "name": "Ayşe Yılmaz", **envelope})
    return to_event(payload, update.key, START)


def test_a_direct_message() -> None:
    assert read(event()) == MessageReceived(
        key="slack:T1:Ev1", conversation="slack:p:U1", text="yazıcı bozuk", native_ref="17.1", **COMMON
    )


def test_a_reply_in_a_room_is_known_by_its_thread() -> None:
    body = event(channel="C1", channel_type="channel", thread_ts="16.0", subtype="thread_broadcast")
    assert read(body) == MessageReceived(
        key="slack:T1:Ev1",
        conversation="slack:r:C1",
        in_room=True,
        text="yazıcı bozuk",
        native_ref="17.1",
        reply_to="16.0",
        threaded=True,
        **COMMON,
    )


def test_the_first_message_of_a_thread_answers_nothing() -> None:
    assert read(event(thread_ts="17.1")).reply_to is None


def test_files_are_what_became_of_them() -> None:
    body = event(subtype="file_share", text="", files=[{"id": "F1"}, {"id": "F2"}])
    files = {"F1": {"id": "abc"}, "F2": {"reason": "file_type", "data": {"name": "x.exe"}}}
    found = read(body, files=files)
    assert found.files == ("abc",)
    assert found.refused == (RefusedFile(reason="file_type", data={"name": "x.exe"}),)


def test_an_edit_and_a_deletion_name_the_message() -> None:
    before = {"user": "U1", "text": "eski", "ts": "17.1"}
    changed = event(subtype="message_changed", user=None, message={**before, "text": "yeni"}, previous_message=before)
    del changed["event"]["user"]
    assert read(changed) == MessageEdited(
        key="slack:T1:Ev1", conversation="slack:p:U1", native_ref="17.1", text="yeni", **COMMON
    )
    deleted = event(subtype="message_deleted", deleted_ts="17.1", previous_message=before)
    assert isinstance(read(deleted), MessageDeleted)
    buried = event(subtype="message_changed", message={"subtype": "tombstone", "ts": "17.1"}, previous_message=before)
    assert isinstance(read(buried), MessageDeleted)


def test_a_press_carries_its_token() -> None:
    body = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "trigger_id": "9.9",
        "actions": [{"action_id": "press:0", "value": "tok"}],
    }
    assert read(body) == ButtonPressed(
        key="slack:T1:9.9", conversation="slack:r:C1", in_room=True, token="tok", **COMMON
    )


@pytest.mark.parametrize(
    ("command", "words", "channel", "text", "conversation"),
    [
        ("/ariza", "yazıcı &lt;bozuk&gt;", "C1", "yazıcı <bozuk>", "slack:p:U1"),
        ("/durum", "", "D1", "/durum", "slack:p:U1"),
        ("/not", "12 fuser ısmarlandı", "C1", "/not 12 fuser ısmarlandı", "slack:p:U1"),
        ("/bagla", "donanim", "C1", "/bagla donanim", "slack:r:C1"),
        ("/bagla", "donanim", "D1", "/bagla donanim", "slack:p:U1"),
    ],
)
def test_commands(command: str, words: str, channel: str, text: str, conversation: str) -> None:
    body = {
        "command": command,
        "text": words,
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": channel,
        "trigger_id": "9",
    }
    found = read(body)
    assert (found.text, found.conversation, found.in_room) == (text, conversation, ":r:" in conversation)


def test_the_form_becomes_a_message() -> None:
    values = {
        "report_what": {"what": {"value": "yazıcı çıktı vermiyor"}},
        "report_oda": {"oda": {"value": "3. kat 312"}},
        "report_cihaz": {"cihaz": {"value": None}},
        "report_dahili": {"dahili": {"value": "1453"}},
    }
    view = {"id": "V1", "callback_id": "report", "private_metadata": "", "state": {"values": values}}
    body = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "trigger_id": "9", "view": view}
    assert read(body).text == "yazıcı çıktı vermiyor\nOda: 3. kat 312\nDahili: 1453"


def test_who_the_workspace_says_somebody_is() -> None:
    payload = json.dumps({"email": "ayse@belediye.example", "user": "U1", "name": "Ayşe Yılmaz"})
    assert to_event(payload, "k", START) == ContactShared(
        key="k", conversation="slack:p:U1", email="ayse@belediye.example", **COMMON
    )


@pytest.mark.parametrize(
    "inner",
    [
        {"bot_id": "B0OTHER"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"type": "reaction_added"},
        {
            "subtype": "message_changed",  # a preview of a link was added
            "message": {"user": "U1", "text": "aynı", "ts": "1"},
            "previous_message": {"user": "U1", "text": "aynı", "ts": "1"},
        },
        {"subtype": "message_changed", "message": {"bot_id": "B0MASA", "user": BOT, "text": "x", "ts": "1"}},
    ],
)
def test_what_is_not_for_the_desk(inner: dict[str, Any]) -> None:
    assert update_of(event(**inner), BOT) is None


@pytest.mark.parametrize(
    "payload", ["[]", "{}", '{"body": {}}', '{"body": {"type": "event_callback", "event": {}}}', "x"]
)
def test_what_does_not_parse_is_said_so(payload: str) -> None:
    with pytest.raises(ValueError):
        to_event(payload, "k", START)
