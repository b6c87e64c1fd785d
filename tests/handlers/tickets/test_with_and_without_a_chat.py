"""Every action of the rights table, once through the chat and once without any conversation: the same comes of both.

Two desks live through the same beginning. On one of them somebody then writes and presses; on the other the use case is
called with who, when and through which channel, as a panel or an API would. Afterwards tickets, histories, entries,
people, rooms and the audit are the same, and so is everything that stands in every conversation but the actor's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from handlers.context import Acting, Effect
from handlers.domain.errors import AlreadyClaimed, DeskError, Invalid, NotAllowed, NotFound, NotHolder, WrongState
from handlers.domain.people import PersonId
from handlers.domain.rights import Action
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.tickets import closing, correspondence, missing_facts, opening, outages, waits, work
from tests.handlers.tickets.plays import PLAYS
from tests.handlers.tickets.table import ELSEWHERE, Table


@contextmanager
def tables(folder: Path, *names: str) -> Iterator[list[Table]]:
    opened = [Table(folder / name) for name in names]
    try:
        yield opened
    finally:
        for table in opened:
            table.close()


def newest(acting: Acting) -> Ticket:
    return max(acting.uow.summaries.list(limit=100), key=lambda ticket: ticket.id)


@pytest.mark.parametrize("name", PLAYS)
def test_what_is_done_in_chat_can_be_done_without_one(name: str, tmp_path: Path) -> None:
    play = PLAYS[name]
    with tables(tmp_path, "chat", "bare") as (chat, bare):
        for table in (chat, bare):
            play.begins(table)
        before = bare.histories()
        said = play.in_chat(chat)
        bare.clock.advance(chat.clock.now() - bare.clock.now())
        returned = bare.acts(play.by, lambda acting: play.without(acting, newest(acting)))
        own = chat.place(play.by, play.room)
        assert bare.picture(own) == chat.picture(own)
        new = [event for number, events in bare.histories().items() for event in events[len(before.get(number, ())) :]]
        assert {event.channel for event in new} <= {ELSEWHERE}
        if play.reads:
            assert returned == said


def test_every_action_of_the_rights_table_is_played() -> None:
    assert {play.action for play in PLAYS.values()} == set(Action)


def too_late(table: Table) -> None:
    table.closed()
    table.clock.advance(days=15)


REFUSALS: dict[str, tuple[Callable[[Table], None], str, Callable[[Acting, Ticket], object], type[DeskError]]] = {
    "another was first": (Table.claimed, "zeynep", work.claim, AlreadyClaimed),
    "not theirs": (Table.claimed, "zeynep", lambda a, t: closing.resolve(a, t, "oldu"), NotHolder),
    "not their role": (Table.opened, "mehmet", lambda a, t: work.assign(a, t, a.person.id), NotAllowed),
    "not their unit": (Table.opened, "ali", work.claim, NotFound),
    "to nobody of the unit": (Table.opened, "fatma", lambda a, t: work.assign(a, t, t.reporter), NotAllowed),
    "held by nobody": (Table.opened, "fatma", lambda a, t: closing.resolve(a, t, "oldu"), WrongState),
    "no such subject": (Table.opened, "mehmet", lambda a, t: work.recategorise(a, t, "yok"), NotFound),
    "fifteen days later": (too_late, "ayse", closing.reopen, Invalid),
    "not the reporter": (Table.claimed, "mehmet", closing.withdraw, NotAllowed),
    "no such rating": (Table.closed, "ayse", lambda a, t: closing.rate(a, t, 4), NotFound),
    "no outage": (Table.opened, "hasan", lambda a, t: outages.follow(a, t, "terminal:p:hasan"), Invalid),
    "somebody else's ticket": (Table.opened, "hasan", lambda a, t: correspondence.write_to_desk(a, t, "?"), NotFound),
    "for somebody else": (
        Table.opened,
        "ayse",
        lambda a, t: opening.open_ticket(
            a, opening.NewTicket(written=(opening.Written("x"),), reporter=PersonId(a.person.id + 1))
        ),
        NotAllowed,
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_refused_is_raised_and_changes_nothing(name: str, tmp_path: Path) -> None:
    begins, by, do, error = REFUSALS[name]
    with tables(tmp_path, "bare") as (bare,):
        begins(bare)
        before = bare.picture("")
        with pytest.raises(error):
            bare.acts(by, lambda acting: do(acting, newest(acting)))
        assert bare.picture("") == before


SECOND: dict[str, tuple[Callable[[Table], None], str, Callable[[Acting, Ticket], object]]] = {
    "claim": (Table.claimed, "mehmet", work.claim),
    "assign": (Table.claimed, "fatma", lambda a, t: work.assign(a, t, t.holder or PersonId(0))),
    "transfer": (Table.claimed, "mehmet", lambda a, t: work.transfer(a, t, t.unit)),
    "recategorise": (Table.claimed, "mehmet", lambda a, t: work.recategorise(a, t, t.category or "")),
    "prioritise": (Table.claimed, "mehmet", lambda a, t: work.prioritise(a, t, t.priority)),
    "wait": (Table.waiting, "mehmet", lambda a, t: waits.wait(a, t, State.WAITING_VENDOR)),
    "describe another wait": (
        Table.waiting,
        "mehmet",
        lambda a, t: work.describe_wait(a, t, State.WAITING_PARTS, "fuser"),
    ),
    "resume": (Table.claimed, "mehmet", work.resume),
    "resolve": (Table.resolved, "mehmet", lambda a, t: closing.resolve(a, t, "yine")),
    "confirm": (Table.closed, "ayse", closing.confirm),
    "reopen": (Table.claimed, "ayse", closing.reopen),
    "declare": (Table.outage, "mehmet", outages.declare),
    "end": (Table.claimed, "mehmet", outages.end),
}


@pytest.mark.parametrize("name", SECOND)
def test_what_is_so_already_is_told_as_a_value_and_changes_nothing(name: str, tmp_path: Path) -> None:
    begins, by, do = SECOND[name]
    with tables(tmp_path, "bare") as (bare,):
        begins(bare)
        before = bare.picture("")
        assert bare.acts(by, lambda acting: do(acting, newest(acting))) is Effect.NONE
        assert bare.picture("") == before


def test_an_answer_from_elsewhere_is_not_waited_for_in_chat(tmp_path: Path) -> None:
    with tables(tmp_path, "bare") as (bare,):
        bare.asked()
        bare.acts("ayse", lambda acting: correspondence.write_to_desk(acting, newest(acting), "evet yanıyor"))
        bare.says("ayse", "internet yok odada kırmızı çarpı var")
        assert bare.shown(bare.place("ayse", ""))[-1].kind == "suggestion"


def test_a_ticket_of_ones_own_is_opened_where_one_last_spoke_with_the_desk(tmp_path: Path) -> None:
    with tables(tmp_path, "bare") as (bare,):
        bare.says("ayse", "merhaba")

        def do(acting: Acting) -> Ticket:
            return opening.open_ticket(
                acting, opening.NewTicket(written=(opening.Written("kapı açılmıyor"),), reporter=acting.person.id)
            )

        ticket = bare.acts("ayse", do)
        assert ticket.conversation == bare.place("ayse", "")
        assert ticket.unit == bare.desk.units[0]
        assert [m.kind for m in bare.shown(bare.place("", ticket.unit))] == ["card"]


def test_a_photo_without_a_word_tells_the_other_ticket_of_the_message_no_room(tmp_path: Path) -> None:
    def forget_room(acting: Acting) -> None:
        acting.person.room = ""
        acting.uow.people.save(acting.person)

    with tables(tmp_path, "bare") as (bare,):
        bare.acts("ayse", forget_room)
        bare.says("ayse", "bilgisayarım çok yavaş, ayrıca telefonun ahizesinden ses gelmiyor")
        bare.press("ayse", "open_both:…")
        bare.acts("ayse", lambda acting: missing_facts.complete(acting, acting.uow.tickets.get(1), "oda", ""))
        assert ["oda" in ticket.facts for ticket in bare.tickets()] == [False, False]
