from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.messages import GaveUp, Outgoing
from handlers.ports import Arrival, Conversation, UnitOfWork
from tests.bot.commands.workspace import NOW, Workspace


def quarantined(uow: UnitOfWork) -> None:
    arrival = Arrival(
        key="telegram:1:7", channel="telegram", conversation="telegram:p:5", payload="{zehir", received_at=NOW
    )
    uow.inbox.accept([arrival], now=NOW, owner="x")
    uow.inbox.failed(arrival.key, "ValueError", None, NOW)


def given_up(uow: UnitOfWork) -> None:
    uow.conversations.ensure(Conversation(address="telegram:p:5", channel="telegram"))
    uow.messages.put(Outgoing(conversation="telegram:p:5", text="Kaydınız üstlenildi", kind="claimed"))


def gives_up(uow: UnitOfWork) -> None:
    (delivery,) = uow.outbox.lease("x", NOW + timedelta(days=365), 1, 30, channel="telegram")
    uow.outbox.record_outcome(delivery.id, GaveUp("403 blocked"), NOW)


@pytest.fixture
def stuck(workspace: Workspace) -> Workspace:
    workspace.with_people().write(quarantined)
    workspace.write(given_up)
    workspace.write(gives_up)
    return workspace


def test_what_is_stuck_is_listed(stuck: Workspace) -> None:
    (event,) = stuck.masa("inbox", "--json").json
    assert event == {
        "id": 1,
        "key": "telegram:1:7",
        "channel": "telegram",
        "conversation": "telegram:p:5",
        "received_at": "2026-11-23T09:00:00+00:00",
        "attempts": 1,
        "error": "ValueError",
    }
    (delivery,) = stuck.masa("outbox", "list", "--json").json
    assert (delivery["channel"], delivery["kind"], delivery["error"]) == ("telegram", "claimed", "403 blocked")
    assert "ValueError" in stuck.masa("inbox", "list").out
    assert "403 blocked" in stuck.masa("outbox").out


def test_nothing_of_what_people_wrote_is_listed(stuck: Workspace) -> None:
    for arguments in (("inbox",), ("inbox", "--json"), ("outbox",), ("outbox", "--json")):
        assert "zehir" not in (out := stuck.masa(*arguments).out)
        assert "üstlenildi" not in out


def test_it_is_told_where_a_secret_was_not_kept(stuck: Workspace) -> None:
    emptied = '{"kind": "setting", "action": "change_house", "given": {"values": "{}", "emptied": "1"}}'

    def put_aside(uow: UnitOfWork) -> None:
        arrival = Arrival(key="panel:1", channel="web", conversation="web:s:1", payload=emptied, received_at=NOW)
        uow.inbox.accept([arrival], now=NOW, owner="x")
        uow.inbox.failed(arrival.key, "ValueError", None, NOW)

    stuck.write(put_aside)
    assert [one.get("secret_emptied", False) for one in stuck.masa("inbox", "--json").json] == [False, True]
    assert "2: Yazılan gizli alan" in stuck.masa("inbox").out
    assert "yeniden yazılmalı" in stuck.masa("inbox", "retry", "2").out
    assert stuck.masa("inbox", "retry", "1").out == "Yeniden denenecek.\n"


@pytest.mark.parametrize("decision", ["retry", "drop"])
@pytest.mark.parametrize("box", ["inbox", "outbox"])
def test_a_decision_takes_it_off_the_list(stuck: Workspace, box: str, decision: str) -> None:
    assert stuck.masa(box, decision, "1").code == 0
    assert stuck.masa(box, "--json").out == ""
    again = stuck.masa(box, decision, "1")
    assert again.code == 2
    assert again.err.startswith("masa: 1: no such")


def test_what_is_tried_again_waits(stuck: Workspace) -> None:
    stuck.masa("inbox", "retry", "1")
    stuck.masa("outbox", "retry", "1")
    assert stuck.read(lambda uow: uow.inbox.backlog(NOW).waiting) == 1
    assert stuck.read(lambda uow: uow.outbox.backlog(NOW).waiting) == 1


def test_what_is_held_after_a_restore_is_released(stuck: Workspace) -> None:
    stuck.write(lambda uow: uow.outbox.hold(True))
    assert "masa outbox release" in stuck.masa("outbox").out
    assert stuck.masa("outbox", "release").out.startswith("Gönderim bırakıldı")
    assert not stuck.read(lambda uow: uow.outbox.held())
    assert stuck.masa("outbox", "release").out == "Gönderim bekletilmiyordu.\n"
