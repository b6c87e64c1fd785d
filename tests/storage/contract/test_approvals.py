"""Approvals, on the fake and both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.domain.approvals import Approval, ApprovalKind, Decision
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person, add_technician, open_ticket

HOUR = timedelta(hours=1)


def test_what_was_asked_is_kept_found_and_moved(store: Transactions) -> None:
    def fill(uow):
        mehmet, ayse, guest = add_technician(uow, "mehmet"), add_person(uow, "ayse"), add_person(uow, "misafir")
        ticket = open_ticket(uow, ayse, START)
        made = Approval(ticket=ticket.id, kind=ApprovalKind.STOCK, step=0, asked_by=mehmet, asked_at=START + HOUR)
        later, first = uow.approvals.add(made), uow.approvals.add(replace(made, asked_at=START, manager=guest))
        gone = uow.approvals.add(replace(made, withdrawn_at=START))
        given = replace(
            made,
            decision=Decision.APPROVED,
            decided_by=guest,
            decided_at=START,
            acting_for=(mehmet, ayse),
            document="E-1",
            document_day=date(2026, 12, 3),
            shown="ab",
        )
        return ticket, mehmet, ayse, guest, [later, first, gone, uow.approvals.add(given)]

    ticket, mehmet, ayse, guest, added = store.write(fill)
    later, first, gone, given = added
    assert store.read(lambda uow: list(uow.approvals.of_ticket(ticket.id))) == added
    assert store.read(lambda uow: list(uow.approvals.pending())) == [first, later]
    assert store.read(lambda uow: list(uow.approvals.pending(limit=1))) == [first]
    assert store.read(lambda uow: uow.approvals.get(given.id)) == given
    counts = store.read(lambda uow: [uow.approvals.count_of(one) for one in (mehmet, ayse, guest, PersonId(999))])
    assert counts == [4, 0, 2, 0]
    store.write(lambda uow: uow.approvals.move(guest, ayse))
    assert store.read(lambda uow: uow.approvals.get(first.id)).manager == ayse
    assert store.read(lambda uow: uow.approvals.get(given.id)).decided_by == ayse
    store.write(lambda uow: uow.approvals.save(replace(later, withdrawn_at=START)))
    assert store.read(lambda uow: [one.id for one in uow.approvals.pending()]) == [first.id]
    assert not gone.is_pending
    for missing in (lambda uow: uow.approvals.get(999), lambda uow: uow.approvals.save(replace(later, id=999))):
        with pytest.raises(NotFound):
            store.write(missing)


def test_what_is_asked_for_by_itself(store: Transactions) -> None:
    assert store.read(lambda uow: uow.approvals.automatic()) == {}
    for category, kind in (("hurda", ApprovalKind.SCRAP), ("toner", ApprovalKind.STOCK), ("hurda", ApprovalKind.STOCK)):
        store.write(lambda uow, c=category, k=kind: uow.approvals.set_automatic(c, k))
    assert store.read(lambda uow: uow.approvals.automatic()) == {
        "hurda": ApprovalKind.STOCK,
        "toner": ApprovalKind.STOCK,
    }
    store.write(lambda uow: uow.approvals.set_automatic("hurda", None))
    store.write(lambda uow: uow.approvals.set_automatic("nothing", None))
    assert store.read(lambda uow: uow.approvals.automatic()) == {"toner": ApprovalKind.STOCK}
