"""Checklists, on the fake and both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.domain.checklists import Checklist, Item, TicketChecklist
from handlers.domain.errors import NotFound
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person, open_ticket

ITEMS = (Item("Ağ var", required=True), Item("Kablo"))
LIST = Checklist(unit="donanim", name="oda", title="Oda", items=ITEMS, category="tasima-nakil", written_at=START)


def test_versions_follow_each_other_and_one_stands(store: Transactions) -> None:
    def fill(uow):
        first = uow.checklists.add(LIST)
        uow.checklists.save(replace(first, withdrawn_at=START))
        second = uow.checklists.add(replace(LIST, version=2, items=()))
        other = uow.checklists.add(replace(LIST, name="disk"))
        uow.checklists.add(replace(LIST, unit="yazilim"))
        return first, second, other

    first, second, other = store.write(fill)
    assert store.read(lambda uow: list(uow.checklists.of_unit("donanim"))) == [other, second]
    assert store.read(lambda uow: [one.version for one in uow.checklists.versions("donanim", "oda")]) == [2, 1]
    assert store.read(lambda uow: uow.checklists.get(first.id)) == replace(first, withdrawn_at=START)
    for missing in (lambda uow: uow.checklists.get(999), lambda uow: uow.checklists.save(replace(LIST, id=999))):
        with pytest.raises(NotFound):
            store.write(missing)


def test_what_hangs_on_a_ticket_stays_as_it_was(store: Transactions) -> None:
    def fill(uow):
        ticket, other = (open_ticket(uow, add_person(uow, name), START) for name in ("ayse", "hasan"))
        made = TicketChecklist(ticket=ticket.id, name="oda", version=2, title="Oda", items=ITEMS)
        hung = [uow.checklists.hang(made), uow.checklists.hang(replace(made, name="disk"))]
        return ticket.id, other.id, hung

    ticket, other, hung = store.write(fill)
    assert store.read(lambda uow: list(uow.checklists.of_ticket(ticket))) == hung
    assert store.read(lambda uow: list(uow.checklists.of_ticket(other))) == []
