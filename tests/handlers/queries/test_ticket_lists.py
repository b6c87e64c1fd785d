"""What becomes of rows, and of a ticket whose own page is open, while somebody looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.context import Acting
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_filter import TicketFilter
from handlers.ports import UnitOfWork
from handlers.ports.ticket_lists import changes_in
from handlers.queries import ticket_lists
from handlers.queries.ticket_lists import Changed
from tests.handlers.reports.digest_rig import MONDAY, DigestRig, at
from tests.storage.builders import open_ticket

NOW = at(MONDAY, "15:00")


@pytest.fixture
def rig() -> DigestRig:
    return DigestRig()


def opened(rig: DigestRig, reporter: str, *, by: str = "", restricted: bool = False) -> Ticket:
    """In the other unit."""

    def work(uow: UnitOfWork) -> Ticket:
        one, caller = uow.people.by_handle(reporter), uow.people.by_handle(by or reporter)
        assert one is not None
        assert caller is not None
        ticket = open_ticket(uow, one.id, NOW, unit="yazilim", restricted=restricted)
        ticket.opened_by = caller.id
        uow.tickets.save(ticket)
        return ticket

    return rig.store.write(work)


def changed(rig: DigestRig, handle: str, ticket: TicketId, version: int, *, opened: bool) -> Changed:
    def read(uow: UnitOfWork) -> Changed:
        person = uow.people.by_handle(handle)
        assert person is not None
        acting = Acting(desk=rig.desk, uow=uow, now=NOW, person=replace(person), channel="web", event_key="")
        return ticket_lists.changed(acting, TicketFilter(), {ticket: version}, None, [ticket] if opened else [])

    return rig.store.read(read)


@pytest.mark.parametrize(("reporter", "by"), [("mehmet", ""), ("ayse", "mehmet")])
def test_a_page_stays_with_who_reported_or_opened_it(rig: DigestRig, reporter: str, by: str) -> None:
    ticket = opened(rig, reporter, by=by)
    still = changed(rig, "mehmet", ticket.id, ticket.version, opened=True)
    assert (still.gone, still.versions) == ([], {})
    assert changes_in("yazilim") in still.places, "what happens there is heard of"
    assert changed(rig, "mehmet", ticket.id, ticket.version - 1, opened=True).versions == {ticket.id: ticket.version}


def test_a_row_of_a_list_is_gone_where_it_is_in_no_list_of_theirs(rig: DigestRig) -> None:
    ticket = opened(rig, "mehmet")
    row = changed(rig, "mehmet", ticket.id, ticket.version, opened=False)
    assert row.gone == [ticket.id]
    assert changes_in("yazilim") not in row.places


def test_a_page_is_gone_for_who_may_not_read_it_and_where_there_is_none(rig: DigestRig) -> None:
    for ticket in (opened(rig, "ayse"), opened(rig, "ayse", by="mehmet", restricted=True)):
        found = changed(rig, "mehmet", ticket.id, ticket.version, opened=True)
        assert (found.gone, found.versions) == ([ticket.id], {})
        assert changes_in("yazilim") not in found.places
    assert changed(rig, "mehmet", TicketId(999), 1, opened=True).gone == [TicketId(999)]
