"""The states of a ticket: which change leads where, and what the history keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from handlers.domain.errors import AlreadyClaimed, WrongState
from handlers.domain.people import PersonId
from handlers.domain.states import WAITS, Change, Priority, State
from handlers.domain.ticket import Follower, Ticket, TicketId
from handlers.domain.ticket_number import label, parse
from tests.handlers.domain.builders import AYSE, MEHMET, NOW, ZEYNEP, ticket

BY_MEHMET = {"by": MEHMET, "at": NOW, "channel": "web"}
CHANGES: dict[str, Callable[[Ticket], None]] = {
    "claim": lambda t: t.claim(by=ZEYNEP, at=NOW, channel="web"),
    "assign": lambda t: t.assign(ZEYNEP, **BY_MEHMET),
    "release": lambda t: t.release(**BY_MEHMET),
    "transfer": lambda t: t.transfer("yazilim", **BY_MEHMET),
    "wait": lambda t: t.wait(State.WAITING_PARTS, "fuser", **BY_MEHMET),
    "resume": lambda t: t.resume(**BY_MEHMET),
    "resolve": lambda t: t.resolve("fuser değişti", **BY_MEHMET),
    "confirm": lambda t: t.confirm(by=AYSE, at=NOW, channel="web"),
    "close": lambda t: t.close(at=NOW, reason="silence"),
    "reopen": lambda t: t.reopen(by=AYSE, at=NOW, channel="web", holder_stays=True),
    "cancel": lambda t: t.cancel("other", **BY_MEHMET),
    "merge": lambda t: t.merge_into(ticket(id=TicketId(2), number="2026-000002"), **BY_MEHMET),
    "rate": lambda t: t.rate(3, by=AYSE, at=NOW, channel="web"),
    "recategorise": lambda t: t.recategorise("toner", "donanim", **BY_MEHMET),
    "prioritise": lambda t: t.prioritise(Priority.HIGH, **BY_MEHMET),
}
# - refused; held: refused because somebody holds it; same: allowed, the state stays
TABLE = """
              open       claimed        waiting        resolved  closed   cancelled  merged
claim         claimed    held           held           -         -        -          -
assign        claimed    claimed        same           -         -        -          -
release       -          open           open           -         -        -          -
transfer      open       open           open           -         -        -          -
wait          -          waiting_parts  waiting_parts  -         -        -          -
resume        -          -              claimed        -         -        -          -
resolve       -          resolved       resolved       -         -        -          -
confirm       -          -              -              closed    -        -          -
close         -          -              -              closed    -        -          -
reopen        -          -              -              claimed   claimed  -          -
cancel        cancelled  cancelled      cancelled      -         -        -          -
merge         merged     merged         merged         -         -        -          -
rate          -          -              -              -         same     -          -
recategorise  same       same           same           -         -        -          -
prioritise    same       same           same           -         -        -          -
"""


def _cells() -> Iterator[tuple[str, State, str]]:
    head, *rows = TABLE.strip().splitlines()
    for row in rows:
        change, *cells = row.split()
        for column, cell in zip(head.split(), cells, strict=True):
            for state in sorted(WAITS) if column == "waiting" else (State(column),):
                yield change, state, cell


@pytest.mark.parametrize(("change", "state", "leads_to"), [*_cells()])
def test_every_change_in_every_state(change: str, state: State, leads_to: str) -> None:
    it = ticket(state)
    if leads_to in ("-", "held"):
        with pytest.raises(AlreadyClaimed if leads_to == "held" else WrongState):
            CHANGES[change](it)
        assert it.state is state
        assert not it.fresh_events, "a refused change leaves no trace"
    else:
        CHANGES[change](it)
        assert it.state is (state if leads_to == "same" else State(leads_to))
        assert it.fresh_events, "every change is in the history"


def test_the_table_knows_every_state() -> None:
    assert {state for _, state, _ in _cells()} == set(State)


# --- who holds it ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "holder"),
    [
        ("assign", ZEYNEP),
        ("release", None),
        ("transfer", None),
        ("wait", MEHMET),
        ("resolve", MEHMET),
        ("recategorise", MEHMET),
    ],
)
def test_who_holds_it_afterwards(change: str, holder: int | None) -> None:
    it = ticket(State.CLAIMED)
    CHANGES[change](it)
    assert it.holder == holder


def test_the_loser_is_told_who_won() -> None:
    with pytest.raises(AlreadyClaimed) as refused:
        ticket(State.CLAIMED).claim(by=ZEYNEP, at=NOW, channel="web")
    assert refused.value.holder == MEHMET


@pytest.mark.parametrize(
    "again",
    [
        lambda t: t.claim(**BY_MEHMET),
        lambda t: t.assign(MEHMET, **BY_MEHMET),
        lambda t: t.prioritise(Priority.NORMAL, **BY_MEHMET),
        lambda t: t.recategorise("yazici-yazdirmiyor", "donanim", **BY_MEHMET),
    ],
)
def test_what_is_so_already_is_no_change(again: Callable[[Ticket], None]) -> None:
    it = ticket(State.CLAIMED)
    again(it)
    assert not it.fresh_events


def test_sending_it_to_the_unit_it_is_in_is_refused() -> None:
    with pytest.raises(WrongState):
        ticket().transfer("donanim", **BY_MEHMET)


def test_a_subject_of_the_other_unit_takes_it_there() -> None:
    it = ticket(State.CLAIMED)
    it.recategorise("ebys-giris", "yazilim", **BY_MEHMET)
    assert (it.unit, it.holder, it.state) == ("yazilim", None, State.OPEN)
    assert [event.what for event in it.fresh_events] == [Change.RECATEGORISED, Change.TRANSFERRED]


def test_what_it_waited_for_is_forgotten_when_it_goes_on() -> None:
    for change in ("resume", "release", "transfer", "resolve"):
        it = ticket(State.WAITING_PARTS, waiting_for="fuser")
        CHANGES[change](it)
        assert it.waiting_for == "", change


def test_only_a_wait_can_be_waited_in() -> None:
    with pytest.raises(ValueError, match="no wait"):
        ticket(State.CLAIMED).wait(State.RESOLVED, "", **BY_MEHMET)


@pytest.mark.parametrize(
    "other", [ticket(), ticket(State.RESOLVED, id=TicketId(2)), ticket(State.MERGED, id=TicketId(2))]
)
def test_merging_with_itself_or_with_an_ended_one_is_refused(other: Ticket) -> None:
    it = ticket()
    with pytest.raises(WrongState):
        it.merge_into(other, **BY_MEHMET)
    assert it.state is State.OPEN


# --- reopening ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "later", "may"),
    [
        (State.RESOLVED, timedelta(0), True),
        (State.RESOLVED, timedelta(days=14), True),
        (State.RESOLVED, timedelta(days=14, seconds=1), False),
        (State.CLOSED, timedelta(days=14), True),
        (State.CLOSED, timedelta(days=14, seconds=1), False),
        (State.CANCELLED, timedelta(0), False),
        (State.MERGED, timedelta(0), False),
        (State.CLAIMED, timedelta(0), False),
    ],
)
def test_reopened_within_fourteen_days(state: State, later: timedelta, may: bool) -> None:
    assert ticket(state).may_reopen(NOW + later) is may


def test_the_fourteen_days_of_a_closed_one_begin_when_it_was_closed() -> None:
    it = ticket(State.RESOLVED)
    it.close(at=NOW + timedelta(days=5), reason="silence")
    assert it.may_reopen(NOW + timedelta(days=18))


@pytest.mark.parametrize(("stays", "state", "holder"), [(True, State.CLAIMED, MEHMET), (False, State.OPEN, None)])
def test_reopened_it_goes_to_its_holder_or_to_the_queue(stays: bool, state: State, holder: int | None) -> None:
    it = ticket(State.CLOSED, resolution="fuser değişti", resolved_by=MEHMET)
    it.reopen(by=AYSE, at=NOW, channel="web", holder_stays=stays)
    assert (it.state, it.holder) == (state, holder)
    assert (it.resolution, it.resolved_at, it.resolved_by, it.ended_at) == ("", None, None, None)


# --- history --------------------------------------------------------------------------------------
def test_the_history_says_who_when_where_and_from_what_to_what() -> None:
    it = ticket()
    it.opened(by=AYSE, at=NOW, channel="telegram")
    it.claim(by=MEHMET, at=NOW, channel="web")
    it.wait(State.WAITING_VENDOR, "ABC Bilişim, Ali Bey", **BY_MEHMET)
    it.resume(**BY_MEHMET)
    it.prioritise(Priority.HIGH, **BY_MEHMET)
    it.assign(ZEYNEP, **BY_MEHMET)
    it.transfer("yazilim", by=ZEYNEP, at=NOW, channel="terminal")
    assert [(e.who, e.channel, e.what, e.before, e.after, e.reason) for e in it.fresh_events] == [
        (AYSE, "telegram", Change.OPENED, None, "open", None),
        (MEHMET, "web", Change.CLAIMED, "open", "claimed", None),
        (MEHMET, "web", Change.WAITING, "claimed", "waiting_vendor", "vendor"),
        (MEHMET, "web", Change.RESUMED, "waiting_vendor", "claimed", None),
        (MEHMET, "web", Change.PRIORITISED, "normal", "yuksek", None),
        (MEHMET, "web", Change.ASSIGNED, str(MEHMET), str(ZEYNEP), None),
        (ZEYNEP, "terminal", Change.TRANSFERRED, "donanim", "yazilim", None),
    ]


def test_nothing_that_people_wrote_is_in_the_history() -> None:
    it = ticket()
    it.claim(**BY_MEHMET)
    it.wait(State.WAITING_PARTS, "fuser, salı", **BY_MEHMET)
    it.resolve("Fuser değişti", **BY_MEHMET)
    it.confirm(by=AYSE, at=NOW, channel="web")
    kept = " ".join(f"{event.before} {event.after} {event.reason}" for event in it.fresh_events)
    assert "user" not in kept
    assert "salı" not in kept


def test_the_desk_itself_closes_in_silence() -> None:
    it = ticket(State.RESOLVED)
    it.close(at=NOW, reason="silence")
    (event,) = it.fresh_events
    assert (event.who, event.channel, event.what, event.reason) == (None, "desk", Change.CLOSED, "silence")


def test_a_change_of_state_starts_the_count_of_reminders_again() -> None:
    it = ticket(State.CLAIMED, reminded_at=NOW)
    it.release(by=MEHMET, at=NOW + timedelta(hours=1), channel="web")
    assert (it.changed_at, it.reminded_at) == (NOW + timedelta(hours=1), None)


# --- numbers --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2026-000123", "2026-000123"),
        ("2025-000123", "2025-000123"),
        ("2026-123", "2026-000123"),
        ("123", "2026-000123"),
        ("000123", "2026-000123"),
        (" #123 ", "2026-000123"),
        ("2026/000123", "2026-000123"),
        ("2025 - 123", "2025-000123"),
        ("0", None),
        ("", None),
        ("#", None),
        ("1234567", None),
        ("12a", None),
        ("-5", None),
        ("²", None),
        ("2026-1234567", None),
        ("1' OR '1'='1", None),
    ],
)
def test_a_number_as_people_type_it(typed: str, number: str | None) -> None:
    parsed = parse(typed)
    assert (parsed.of_year(2026) if parsed is not None else None) == number


def test_two_tickets_of_one_short_number_are_called_by_their_full_ones() -> None:
    mine, older, other = (ticket(number=number) for number in ("2026-000007", "2025-000007", "2026-000008"))
    mine.id, older.id, other.id = TicketId(3), TicketId(1), TicketId(4)
    assert [label(one, [mine, older, other]) for one in (mine, older, other)] == ["2026-000007", "2025-000007", "8"]


def test_the_short_number() -> None:
    assert ticket(number="2026-000123").short == "123"
    assert ticket(number="").short == ""


def test_the_most_urgent_comes_first() -> None:
    assert sorted(Priority, key=lambda p: p.rank) == [Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW]


# --- those who have it too ----------------------------------------------------------------------------
def test_each_person_follows_once_and_waits_again_when_it_comes_back() -> None:
    it = ticket(State.CLAIMED, outage=True)
    for place in ("web:p:zeynep", "telegram:p:3"):
        it.follow(by=ZEYNEP, conversation=place, at=NOW, channel="web")
    assert it.followers == (Follower(person=ZEYNEP, conversation="telegram:p:3"),)
    it.followers_told()
    assert not it.owes_word_to(ZEYNEP)
    assert it.concerns(ZEYNEP)
    it.follow(by=ZEYNEP, conversation="web:p:zeynep", at=NOW, channel="web")
    assert it.owes_word_to(ZEYNEP)


GUEST = PersonId(99)


@pytest.mark.parametrize(
    ("reporter", "followers", "expected"),
    [
        (GUEST, (), (MEHMET, ())),
        (GUEST, (MEHMET,), (MEHMET, ())),
        (AYSE, (GUEST, ZEYNEP), (AYSE, (ZEYNEP, MEHMET))),
        (AYSE, (GUEST, MEHMET), (AYSE, (MEHMET,))),
        (MEHMET, (GUEST,), (MEHMET, ())),
    ],
)
def test_a_guest_who_is_recognised_is_one_person(
    reporter: PersonId, followers: tuple[PersonId, ...], expected: tuple[PersonId, tuple[PersonId, ...]]
) -> None:
    follow = tuple(Follower(person=one, conversation="web:p:x") for one in followers)
    it = ticket(reporter=reporter, opened_by=reporter, followers=follow)
    it.recognise(GUEST, MEHMET)
    assert (it.reporter, tuple(follower.person for follower in it.followers)) == expected
    assert GUEST not in (it.opened_by, it.reporter)
