from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from tests.bot.commands.workspace import NOW, Workspace, open_ticket, person


def worked_on(uow: UnitOfWork) -> None:
    ticket = open_ticket(uow)
    mehmet, zeynep, fatma = (person(uow, handle) for handle in ("mehmet", "zeynep", "fatma"))
    ticket.claim(by=mehmet, at=NOW + timedelta(minutes=1), channel="web")
    ticket.assign(zeynep, by=fatma, at=NOW + timedelta(minutes=2), channel="terminal")
    ticket.resolve("Kablo takıldı", by=zeynep, at=NOW + timedelta(minutes=3), channel="web")
    uow.tickets.save(ticket)
    ticket.close(at=NOW + timedelta(days=3), reason="silence")
    uow.tickets.save(ticket)


def test_a_ticket_is_shown_as_the_contract_says(workspace: Workspace) -> None:
    workspace.with_people().write(worked_on)
    (document,) = workspace.masa("ticket", "show", "2026-000001", "--json").json
    history = document.pop("history")
    assert document == {
        "number": "2026-000001",
        "state": "closed",
        "unit": "donanim",
        "category": "yazici-yazdirmiyor",
        "priority": "normal",
        "text": "yazıcı çıktı vermiyor",
        "reporter": "ayse",
        "holder": "zeynep",
        "opened_at": "2026-11-23T09:00:00+00:00",
    }
    assert [tuple(entry.values()) for entry in history] == [
        ("2026-11-23T09:00:00+00:00", "ayse", "opened", None, "open", "terminal"),
        ("2026-11-23T09:01:00+00:00", "mehmet", "claimed", "open", "claimed", "web"),
        ("2026-11-23T09:02:00+00:00", "fatma", "assigned", "mehmet", "zeynep", "terminal"),
        ("2026-11-23T09:03:00+00:00", "zeynep", "resolved", "claimed", "resolved", "web"),
        ("2026-11-26T09:00:00+00:00", "masa", "closed", "resolved", "closed", "desk"),
    ]
    assert list(history[0]) == ["at", "who", "what", "from", "to", "channel"]


def test_a_free_ticket_has_no_holder_and_may_have_no_subject(workspace: Workspace) -> None:
    workspace.with_people().write(lambda uow: open_ticket(uow, category=None))
    (document,) = workspace.masa("ticket", "show", "2026-1", "--json").json
    assert document["holder"] is None
    assert document["category"] is None
    assert "Konusu belirlenecek" in workspace.masa("ticket", "show", "2026-1").out


@pytest.mark.parametrize("number", ["2026-000009", "99", "abc", "", "2026-000001; DROP", "%"])
def test_an_unknown_number_is_said_to_be_unknown(workspace: Workspace, number: str) -> None:
    workspace.with_people().write(open_ticket)
    ran = workspace.masa("ticket", "show", number, "--json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"masa: no ticket {number!r}\n"


def test_people_read_a_table(workspace: Workspace) -> None:
    workspace.with_people().write(worked_on)
    shown = workspace.masa("ticket", "show", "2026-000001").out
    for word in ("2026-000001 · Yazıcı", "Kapandı", "Donanım", "zeynep", "Görevlendirildi", "23.11.2026 12:03"):
        assert word in shown
    assert "\x1b" not in shown


def test_the_list_is_one_object_a_line_newest_first(workspace: Workspace) -> None:
    def tickets(uow: UnitOfWork) -> None:
        for number in range(3):
            open_ticket(uow, f"sorun {number}")
        open_ticket(uow, unit="yazilim", category=None, priority=Priority.HIGH)

    workspace.with_people().write(tickets)
    listed = workspace.masa("ticket", "list", "--json").json
    assert [ticket["number"] for ticket in listed] == [f"2026-00000{n}" for n in (4, 3, 2, 1)]
    assert "history" not in listed[0]
    assert [t["text"] for t in workspace.masa("ticket", "list", "--unit", "donanim", "--json").json] == [
        "sorun 2",
        "sorun 1",
        "sorun 0",
    ]
    assert len(workspace.masa("ticket", "list", "--json", "--limit", "2").json) == 2
    assert workspace.masa("ticket", "list", "--state", "closed", "--json").out == ""
    table = workspace.masa("ticket", "list").out
    assert "sorun 1" in table
    assert "Yüksek" in table


def test_a_long_list_comes_whole(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.commands.ticket.PAGE", 2)
    workspace.with_people().write(lambda uow: [open_ticket(uow) for _ in range(5)])
    assert len(workspace.masa("ticket", "list", "--json").json) == 5
    assert len(workspace.masa("ticket", "list", "--json", "--limit", "3").json) == 3


def test_a_security_matter_keeps_its_content(workspace: Workspace) -> None:
    def secret(uow: UnitOfWork) -> Ticket:
        return open_ticket(uow, "parolalar sızdı", category="bilgi-guvenligi", restricted=True)

    workspace.with_people().write(secret)
    for arguments in (("list",), ("list", "--json"), ("show", "2026-1"), ("show", "2026-1", "--json")):
        ran = workspace.masa("ticket", *arguments)
        assert "2026-000001" in ran.out
        assert "parolalar" not in ran.out


def test_what_people_typed_cannot_command_the_terminal(workspace: Workspace) -> None:
    workspace.with_people().write(lambda uow: open_ticket(uow, "\x1b[2Jsil [bold]x[/bold] \u202eters"))
    shown = workspace.masa("ticket", "show", "2026-1").out
    assert "[2Jsil [bold]x[/bold] ters" in shown
    assert "\x1b" not in shown


def test_bad_options_are_named(workspace: Workspace) -> None:
    workspace.with_people()
    ran = workspace.masa("ticket", "list", "--unit", "bahce")
    assert (ran.code, ran.err) == (2, "masa: --unit: 'bahce'; expected one of donanim, yazilim\n")
    ran = workspace.masa("ticket", "list", "--state", "lost")
    assert ran.code == 2
    assert "'lost'" in ran.err
    assert State.WAITING_PARTS in ran.err


def test_without_a_database_it_says_what_to_do(workspace: Workspace) -> None:
    ran = workspace.masa("ticket", "list")
    assert ran.code == 2
    assert ran.err == "masa: sqlite:///masa.db: no such database; start `masa run` once, or `masa db upgrade`\n"
