"""`masa search`: as the contract says, and no more than the person named by `--as` may see."""

from __future__ import annotations

import pytest

from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from tests.bot.commands.workspace import Workspace, open_ticket


@pytest.fixture
def searched(workspace: Workspace) -> Workspace:
    def work(uow: UnitOfWork) -> Ticket:
        open_ticket(uow)
        return open_ticket(uow, restricted=True)

    workspace.with_people().write(work)
    return workspace


def test_a_ticket_as_the_contract_says(searched: Workspace) -> None:
    document = searched.masa("search", "vermiyor", "YAZICI", "--json").json[0]
    assert document == {
        "kind": "ticket",
        "number": "2026-000001",
        "title": "Yazıcı yazdırmıyor",
        "state": "open",
        "where": document["where"],
        "at": "2026-11-23T09:00:00+00:00",
    }


def test_people_and_articles_beside(searched: Workspace) -> None:
    kinds = [one["kind"] for one in searched.masa("search", "ayse", "--json").json]
    assert kinds == ["ticket", "person"]
    assert "article" in {one["kind"] for one in searched.masa("search", "çevrimdışı", "--json").json}
    out = searched.masa("search", "ayse").out
    assert "kişi" in out
    assert "2026-000001" in out


@pytest.mark.parametrize(("handle", "found"), [("mehmet", 1), ("ayse", 1), ("ali", 0), ("kemal", 1)])
def test_as_somebody_may_see(searched: Workspace, handle: str, found: int) -> None:
    ran = searched.masa("search", "vermiyor", "--as", handle, "--json")
    assert (ran.code, [one["kind"] for one in ran.json].count("ticket")) == (0, found)


def test_nobody_of_that_handle_and_nothing_found(searched: Workspace) -> None:
    ran = searched.masa("search", "x", "--as", "kimse")
    assert (ran.code, "masa people list" in ran.err) == (2, True)
    assert "bir şey bulunamadı" in searched.masa("search", "qwxz").out
    assert "Şunu mu demek istediniz" in searched.masa("search", "mehmte").out
    for odd in ("%", '"', "NEAR(a b)", "--", "x" * 4096):
        assert searched.masa("search", "--json", "--", odd).code == 0, odd
