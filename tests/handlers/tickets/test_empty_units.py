"""A ticket that falls where nobody works is told to whoever can change that, once a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.domain.people import Account, Person, Role
from handlers.people.access import private_address
from handlers.ports import Conversation, UnitOfWork
from handlers.tickets.empty_units import without_workers
from tests.faults.table_desk import CHANNEL
from tests.handlers.tickets.table import Table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    table = Table(tmp_path / "table")
    table.store.write(_admin)
    yield table
    table.close()


def _admin(uow: UnitOfWork) -> None:
    admin = uow.people.add(Person(handle="can", name="Can Er", role=Role.ADMIN, verified=True))
    address = private_address(Account(CHANNEL, "can"))
    uow.conversations.ensure(Conversation(address=address, channel=CHANNEL, person=admin.id))
    uow.people.link(Account(CHANNEL, "can"), admin.id, address)


def _empty(uow: UnitOfWork) -> None:
    for role in (Role.TECHNICIAN, Role.LEAD):
        for person in uow.people.in_role(role, "donanim"):
            person.be(Role.REQUESTER, None, None)
            uow.people.save(person)


def told(table: Table) -> list[str]:
    return [one.text for one in table.shown(table.place("can", "")) if one.kind == "empty_unit"]


def test_admins_hear_it_once_a_day(table: Table) -> None:
    table.opened("ayse")
    assert told(table) == []
    table.store.write(_empty)
    assert table.store.read(lambda uow: without_workers(uow, table.desk.units)) == ["donanim"]
    table.opened("ayse", "hasan")
    (said,) = told(table)
    assert "Donanım ve Teknik Destek" in said
    assert "Davetler" in said
    table.clock.advance(timedelta(days=1))
    table.opened("ayse")
    assert len(told(table)) == 2


def test_a_lead_alone_is_somebody(table: Table) -> None:
    def work(uow: UnitOfWork) -> list[str]:
        for person in uow.people.in_role(Role.TECHNICIAN, "donanim"):
            person.be(Role.REQUESTER, None, None)
            uow.people.save(person)
        return list(without_workers(uow, table.desk.units))

    assert table.store.write(work) == []
