"""How long people worked on a ticket, as they said it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.efforts import efforts, total, usual
from handlers.domain.states import Change, TicketEvent
from tests.handlers.domain.builders import MEHMET, NOW, ZEYNEP


def _history(*said: tuple[str | None, str | None]) -> list[TicketEvent]:
    """Minutes, or the line that is taken back; the opening comes first."""
    spent = [
        TicketEvent(NOW, ZEYNEP if place % 2 else MEHMET, "web", Change.SPENT, after=minutes, reason=line)
        for place, (minutes, line) in enumerate(said)
    ]
    return [TicketEvent(NOW, None, "web", Change.OPENED, after="open"), *spent]


def test_several_people_add_up_and_what_was_taken_back_does_not_count() -> None:
    history = _history(("30", None), ("45", None), (None, "2"))
    assert total(history) == timedelta(minutes=45)
    assert [(one.line, one.who) for one in efforts(history)] == [(3, ZEYNEP)]


def test_who_was_silent_spent_nothing() -> None:
    assert total(_history()) == timedelta()


@pytest.mark.parametrize(
    ("minutes", "marked"),
    [
        ([], None),
        ([15, 15], None),
        ([15, 15, 300], 15),
        ([50, 70, 55], 60),
        ([20, 25, 500, 500], 30),
        ([10_000] * 3, 240),
        ([22, 23, 22], 15),
    ],
)
def test_what_is_usual_is_the_offered_nearest_to_the_median(minutes: list[int], marked: int | None) -> None:
    assert usual(minutes, [5, 15, 30, 60, 120, 240]) == marked
