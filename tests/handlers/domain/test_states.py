"""The state machine: what each change does to a ticket is read from its events alone."""

from __future__ import annotations

from dataclasses import fields

import pytest

from handlers.domain.states import Change, Lifecycle, State, TicketEvent
from tests.handlers.domain.builders import AYSE, MEHMET, NOW, ZEYNEP, ticket
from tests.handlers.domain.changes import BEFORE, CASES, THEN, Case, play

LIFECYCLE = [field.name for field in fields(Lifecycle)]


def test_the_table_knows_every_change() -> None:
    assert set(CASES) == set(Change)


@pytest.mark.parametrize(("change", "case"), CASES.items())
def test_what_a_change_leads_to(change: Change, case: Case) -> None:
    it = ticket()
    it.opened(by=AYSE, at=NOW, channel="web")
    play(case, it, ZEYNEP)
    assert it.fresh_events[-1].what is change
    assert it.state is case.state
    last_move = NOW + (THEN if case.moves else BEFORE if case.ready else THEN - THEN)
    assert it.changed_at == last_move, "waits and reminders count from the last move"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_history_replayed_ends_as_the_ticket_is(case: Case) -> None:
    it = ticket()
    it.opened(by=AYSE, at=NOW, channel="web")
    replayed = Lifecycle(unit=it.unit, category=it.category, priority=it.priority)
    play(case, it, ZEYNEP)
    for event in it.fresh_events:
        replayed.apply(event)
    assert [getattr(replayed, name) for name in LIFECYCLE] == [getattr(it, name) for name in LIFECYCLE]


@pytest.mark.parametrize("change", Change)
def test_what_enters_a_state_moves_and_leads_to_it(change: Change) -> None:
    if change.enters_state:
        assert change.moves
        assert change.leads_to("waiting_parts") is State.WAITING_PARTS
    else:
        assert change.leads_to("waiting_parts") is (State.OPEN if change is Change.TRANSFERRED else None)


@pytest.mark.parametrize(
    ("before", "after"), [(State.OPEN, State.CLAIMED), (State.CLAIMED, State.CLAIMED), (State.WAITING_PARTS, None)]
)
def test_giving_it_to_somebody_starts_work_only_where_it_lay_open(before: State, after: State | None) -> None:
    it = Lifecycle(unit="donanim", category=None, state=before)
    it.apply(TicketEvent(NOW, MEHMET, "web", Change.ASSIGNED, None, str(ZEYNEP)))
    assert (it.state, it.holder) == (after or before, ZEYNEP)


@pytest.mark.parametrize(
    ("what", "after"),
    [
        (Change.CLAIMED, "lost"),
        (Change.CLOSED, None),
        (Change.ASSIGNED, "zeynep"),
        (Change.TRANSFERRED, None),
        (Change.PRIORITISED, "soon"),
        (Change.RATED, None),
    ],
)
def test_a_value_that_is_none_is_refused(what: Change, after: str | None) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Lifecycle(unit="donanim", category=None).apply(TicketEvent(NOW, MEHMET, "web", what, None, after))
