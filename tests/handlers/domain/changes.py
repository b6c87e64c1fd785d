"""Every change that a history records: how it comes about, and what it leads to. Whoever adds one adds its row here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.domain.people import PersonId
from handlers.domain.states import Change, Priority, SolvedBy, State
from handlers.domain.ticket import Ticket, TicketId

BEFORE, THEN = timedelta(hours=1), timedelta(hours=2)
"""After its opening: when it was made ready for the change, and when the change came."""

Step = Callable[[Ticket, PersonId, datetime], None]


@dataclass(frozen=True, slots=True)
class Case:
    ready: tuple[Step, ...]
    """What must have happened before."""
    come: Step
    state: State
    """After it."""
    moves: bool
    """Waits and reminders count from it anew."""


def _claim(it: Ticket, by: PersonId, at: datetime) -> None:
    it.claim(by=by, at=at, channel="web")


def _wait(it: Ticket, by: PersonId, at: datetime) -> None:
    it.wait(State.WAITING_PARTS, "toner", by=by, at=at, channel="web")


def _resolve(it: Ticket, by: PersonId, at: datetime) -> None:
    it.resolve("toner değişti", by=by, at=at, channel="web")


def _confirm(it: Ticket, by: PersonId, at: datetime) -> None:
    it.confirm(by=by, at=at, channel="web")


def _merge(it: Ticket, by: PersonId, at: datetime) -> None:
    other = Ticket(
        id=TicketId(it.id + 1_000_000),
        number="2026-999999",
        unit=it.unit,
        category=None,
        text="",
        reporter=by,
        conversation="",
        opened_at=at,
        opened_by=by,
    )
    it.merge_into(other, by=by, at=at, channel="web")


def _logged(what: Change) -> Step:
    return lambda it, by, at: it.log(what, by=by, at=at, channel="web")


_WAITING = (_claim, _wait)
_WAITS = State.WAITING_PARTS
CASES: Mapping[Change, Case] = {
    Change.OPENED: Case((), lambda it, by, at: None, State.OPEN, moves=False),  # it is opened before all else
    Change.CLAIMED: Case((), _claim, State.CLAIMED, moves=True),
    Change.RELEASED: Case(_WAITING, lambda it, by, at: it.release(by=by, at=at, channel="web"), State.OPEN, moves=True),
    Change.ASSIGNED: Case(
        _WAITING, lambda it, by, at: it.assign(PersonId(by - 1), by=by, at=at, channel="web"), _WAITS, moves=True
    ),
    Change.TRANSFERRED: Case(
        _WAITING,
        lambda it, by, at: it.transfer(f"{it.unit}-2", by=by, at=at, channel="web"),
        State.OPEN,
        moves=True,
    ),
    Change.RECATEGORISED: Case(
        _WAITING,
        lambda it, by, at: it.recategorise("toner", it.unit, by=by, at=at, channel="web"),
        _WAITS,
        moves=False,
    ),
    Change.PRIORITISED: Case(
        _WAITING, lambda it, by, at: it.prioritise(Priority.HIGH, by=by, at=at, channel="web"), _WAITS, moves=False
    ),
    Change.WAITING: Case((_claim,), _wait, _WAITS, moves=True),
    Change.FOUND_CLOSED: Case(
        (_claim,),
        lambda it, by, at: it.wait(State.WAITING_ACCESS, "", by=by, at=at, channel="web"),
        State.WAITING_ACCESS,
        moves=True,
    ),
    Change.RESUMED: Case(
        _WAITING, lambda it, by, at: it.resume(by=by, at=at, channel="web"), State.CLAIMED, moves=True
    ),
    Change.RESOLVED: Case(_WAITING, _resolve, State.RESOLVED, moves=True),
    Change.CONFIRMED: Case((_claim, _resolve), _confirm, State.CLOSED, moves=True),
    Change.CLOSED: Case(
        (_claim, _resolve), lambda it, by, at: it.close(at=at, reason="silence"), State.CLOSED, moves=True
    ),
    Change.SOLVED: Case(
        _WAITING,
        lambda it, by, at: it.solved(SolvedBy.ITSELF, "kendiliğinden", by=by, at=at, channel="web"),
        State.CLOSED,
        moves=True,
    ),
    Change.REOPENED: Case(
        (_claim, _resolve, _confirm),
        lambda it, by, at: it.reopen(by=by, at=at, channel="web", holder_stays=False),
        State.OPEN,
        moves=True,
    ),
    Change.CANCELLED: Case(
        _WAITING, lambda it, by, at: it.cancel("other", by=by, at=at, channel="web"), State.CANCELLED, moves=True
    ),
    Change.MERGED: Case(_WAITING, _merge, State.MERGED, moves=True),
    Change.SEPARATED: Case(
        (*_WAITING, _merge),
        lambda it, by, at: it.separate(State.CLAIMED, by=by, at=at, channel="web"),
        State.CLAIMED,
        moves=True,
    ),
    Change.RATED: Case(
        (_claim, _resolve, _confirm),
        lambda it, by, at: it.rate(5, by=by, at=at, channel="web"),
        State.CLOSED,
        moves=False,
    ),
    **{
        what: Case(_WAITING, _logged(what), _WAITS, moves=False)
        for what in (
            Change.REPLIED,
            Change.NOTED,
            Change.ASKED,
            Change.ATTACHED,
            Change.COMPLETED,
            Change.JOINED,
            Change.POSTPONED,
            Change.SEEN,
            Change.CONTINUED,
            Change.EXPLAINED,
            Change.PROMISED,
            Change.HELP_ASKED,
            Change.RETARGETED,
            Change.SET_OFF,
            Change.LINKED,
            Change.PUT_UNDER,
            Change.TAKEN_OUT,
            Change.PART_ADDED,
            Change.PART_REMOVED,
            Change.UNLINKED,
            Change.VISIT_OFFERED,
            Change.VISIT_AGREED,
            Change.VISIT_REFUSED,
            Change.VISIT_WITHDRAWN,
            Change.SPENT,
            Change.LISTED,
            Change.TICKED,
            Change.UNTICKED,
            Change.EXCUSED,
            Change.CHECKED,
            Change.REMARKED,
            Change.PROVED,
            Change.APPROVAL_ASKED,
            Change.APPROVED,
            Change.REFUSED,
            Change.DOCUMENTED,
        )
    },
}


def play(case: Case, it: Ticket, by: PersonId) -> None:
    """On a ticket that was opened: made ready at `BEFORE`, changed at `THEN`."""
    for step in case.ready:
        step(it, by, it.opened_at + BEFORE)
    case.come(it, by, it.opened_at + THEN)
