"""How far a report is: what is stored of it, and what stands on the screen."""

from __future__ import annotations

import pytest

from handlers.domain.dialog import Phase


def test_what_is_stored_of_a_phase_never_changes() -> None:
    """A report that waited while the desk was updated goes on where it was."""
    assert [phase.value for phase in Phase] == [
        "new",
        "suggested",
        "asked",
        "open_question",
        "not_ours",
        "worked",
        "caller",
        "caller_offered",
    ]


@pytest.mark.parametrize("phase", Phase)
def test_an_answer_to_ones_own_report_is_shown(phase: Phase) -> None:
    assert phase.is_shown or not phase.is_answered
    assert not (phase.is_answered and phase.is_on_behalf)


def test_on_behalf_only_what_may_be_opened_is_shown() -> None:
    assert [phase for phase in Phase if phase.is_on_behalf and phase.is_shown] == [Phase.CALLER_OFFERED]


def test_nothing_is_shown_of_what_has_no_answer_yet_or_is_over() -> None:
    assert [phase for phase in Phase if not phase.is_shown] == [Phase.NEW, Phase.WORKED, Phase.CALLER]
