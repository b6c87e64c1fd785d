"""What was sent to the other unit comes back without a right there: to whom, and when no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.context import Acting
from handlers.domain.page_changes import AskedChange, Outcome, PageAction
from handlers.domain.people import Lent, Role
from handlers.domain.states import Change, Priority
from handlers.domain.ticket import Ticket
from handlers.tickets import correspondence, page_changes, work
from tests.handlers.tickets.table import Table

NUMBER = "2026-000001"
SUBJECT = "yazici-yazdirmiyor"
Does = Callable[[Acting, Ticket], object]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    made = Table(tmp_path / "table")
    made.claimed()
    return made


def does(table: Table, who: str, what: Does) -> None:
    table.acts(who, lambda acting: what(acting, acting.uow.tickets.by_number(NUMBER)))


def sends(acting: Acting, ticket: Ticket) -> object:
    return work.transfer(acting, ticket, "yazilim")


def outcome(table: Table, who: str, action: PageAction = PageAction.TRANSFER, to: str = "donanim") -> Outcome:
    asked = AskedChange(number=NUMBER, action=action, to=to, seen=99, undoes=True)
    return table.acts(who, lambda acting: page_changes.carry_out(acting, asked))


def now(table: Table) -> tuple[str, int | None]:
    ticket: Ticket = table.store.read(lambda uow: uow.tickets.by_number(NUMBER))
    return ticket.unit, ticket.holder


def test_whoever_sent_it_brings_it_back_once_within_ten_minutes(table: Table) -> None:
    before = now(table)
    does(table, "mehmet", sends)
    assert outcome(table, "zeynep") is Outcome.REFUSED
    assert outcome(table, "mehmet", to="sistem") is Outcome.REFUSED
    assert outcome(table, "mehmet") is Outcome.DONE
    assert now(table) == before
    assert outcome(table, "mehmet") is Outcome.NONE, "two at once"
    does(table, "mehmet", sends)
    table.clock.advance(timedelta(minutes=11))
    assert outcome(table, "mehmet") is Outcome.REFUSED


@pytest.mark.parametrize(
    ("who", "what", "back"),
    [
        ("ali", work.claim, False),
        ("ali", lambda acting, ticket: work.prioritise(acting, ticket, Priority.HIGH), False),
        ("ali", lambda acting, ticket: correspondence.add_note(acting, ticket, "bakıyorum"), False),
        ("ali", lambda acting, ticket: correspondence.reply_to_reporter(acting, ticket, "bakıyorum"), False),
        ("ayse", lambda acting, ticket: correspondence.write_to_desk(acting, ticket, "acele lütfen"), True),
    ],
)
def test_what_is_done_or_written_there_ends_it(table: Table, who: str, what: Does, back: bool) -> None:
    does(table, "mehmet", sends)
    does(table, who, what)
    assert outcome(table, "mehmet") is (Outcome.DONE if back else Outcome.REFUSED)


def test_who_works_there_no_longer_brings_nothing_back(table: Table) -> None:
    does(table, "mehmet", sends)

    def moves(acting: Acting) -> None:
        acting.uow.people.save(replace(acting.person, role=Role.REQUESTER, unit=None))

    table.acts("mehmet", moves)
    assert outcome(table, "mehmet") is Outcome.REFUSED


def test_a_security_matter_is_brought_back_by_who_leads_alone(table: Table) -> None:
    does(table, "mehmet", sends)

    def seals(acting: Acting, ticket: Ticket) -> None:
        ticket.restricted = True
        acting.uow.tickets.save(ticket)

    does(table, "mehmet", seals)
    assert outcome(table, "mehmet") is Outcome.REFUSED
    assert now(table)[0] == "yazilim"


def test_a_subject_that_makes_it_one_is_not_left_behind(table: Table) -> None:
    secret = next(one for one in table.desk.catalogue.categories.values() if one.restricted and one.unit != "donanim")
    does(table, "mehmet", lambda acting, ticket: work.recategorise(acting, ticket, secret.id))
    assert outcome(table, "mehmet") is Outcome.REFUSED
    assert outcome(table, "mehmet", PageAction.RECATEGORISE, SUBJECT) is Outcome.REFUSED


def test_a_subject_of_the_other_unit_goes_back_with_the_ticket(table: Table) -> None:
    before = now(table)
    does(table, "mehmet", lambda acting, ticket: work.recategorise(acting, ticket, "ebys-giris"))
    assert outcome(table, "mehmet") is Outcome.REFUSED, "not with a subject that is none of the unit's"
    assert outcome(table, "mehmet", PageAction.RECATEGORISE, SUBJECT) is Outcome.DONE
    assert now(table) == before


def test_a_deputy_does_it_in_the_place_of_whose_right_it_is(table: Table) -> None:
    """And no longer than the right is lent."""

    def asks(acting: Acting, *, lent: bool = True) -> Outcome:
        fatma = acting.uow.people.by_handle("fatma")
        assert fatma is not None
        acting.person.lent = (Lent(role=Role.LEAD, unit="donanim", of=(fatma.id,)),) if lent else ()
        asked = AskedChange(number=NUMBER, action=PageAction.TRANSFER, to="donanim", seen=99, undoes=True)
        return page_changes.carry_out(acting, asked)

    def sends_as_deputy(acting: Acting) -> None:
        fatma = acting.uow.people.by_handle("fatma")
        assert fatma is not None
        acting.person.lent = (Lent(role=Role.LEAD, unit="donanim", of=(fatma.id,)),)
        sends(acting, acting.uow.tickets.by_number(NUMBER))

    table.acts("kemal", sends_as_deputy)
    assert table.acts("kemal", lambda acting: asks(acting, lent=False)) is Outcome.REFUSED
    assert table.acts("kemal", asks) is Outcome.DONE
    sent = [one for one in table.histories()[NUMBER] if one.what is Change.TRANSFERRED]
    assert [bool(one.acting_for) for one in sent] == [True, True]
