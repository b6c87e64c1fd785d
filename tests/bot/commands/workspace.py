"""A house of one's own for a command: a working directory, a database, and `masa` in this process."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.cli import main
from bot.clock import going_by
from handlers.domain.people import PersonId
from handlers.domain.states import Priority
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from knowledge import Unit
from storage import Store
from tests.clock import FakeClock
from tests.storage.stores import sqlite_url

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
UNITS = {
    "donanim": Unit(id="donanim", title="Donanım ve Teknik Destek Birimi"),
    "yazilim": Unit(id="yazilim", title="Yazılım Birimi"),
}


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> list[Any]:
        assert self.out.isascii()
        return [json.loads(line) for line in self.out.splitlines()]


class Workspace:
    url = "sqlite:///masa.db"

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: FakeClock | None = None
    ) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.clock = clock or FakeClock(NOW)

    def masa(self, *arguments: str) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["masa", *arguments])
        self._capsys.readouterr()
        try:
            with going_by(self.clock):
                main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        else:
            code = 0
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def with_people(self) -> Workspace:
        sqlite_url(Path())
        self.write(lambda uow: demo.seed(uow, UNITS))
        return self

    def write(self, work: Any) -> Any:
        with Store.open(self.url, clock=self.clock) as store:
            return store.write(work)

    def read(self, query: Any) -> Any:
        with Store.open(self.url, clock=self.clock) as store:
            return store.read(query)


def workspace_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: FakeClock | None = None
) -> Workspace:
    monkeypatch.chdir(folder)
    return Workspace(monkeypatch, capsys, clock)


def person(uow: UnitOfWork, handle: str) -> PersonId:
    found = uow.people.by_handle(handle)
    assert found is not None
    return found.id


def open_ticket(uow: UnitOfWork, text: str = "yazıcı çıktı vermiyor", **about: Any) -> Ticket:
    ayse = person(uow, "ayse")
    ticket = Ticket(
        **{
            "unit": "donanim",
            "category": "yazici-yazdirmiyor",
            "text": text,
            "reporter": ayse,
            "opened_by": ayse,
            "conversation": "terminal:p:ayse",
            "opened_at": NOW,
            "priority": Priority.NORMAL,
            **about,
        }
    )
    ticket.opened(by=ayse, at=NOW, channel="terminal")
    return uow.tickets.add(ticket, 2026)
