"""The choices of the working week, as a house is set up."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from handlers.calendar import hours
from handlers.context import Acting
from handlers.domain.calendar import ALWAYS
from handlers.domain.errors import Invalid
from handlers.domain.people import Role
from handlers.domain.working_time import length
from handlers.first_run import DAYS, FRIDAYS, LUNCHES, Hours
from handlers.ports import UnitOfWork
from handlers.spoken_time import week_name
from tests.clock import START
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Hours("0800", "1200", "same"), "Pazartesi–Cuma 08.00–12.00, 13.00–17.00"),
        (Hours("0830", "1230", "1400"), "Pazartesi–Perşembe 08.30–12.30, 13.30–17.30 · Cuma 08.30–12.30, 14.00–17.30"),
        (Hours("0730", "none", "same"), "Pazartesi–Cuma 07.30–16.30"),
    ],
)
def test_what_was_chosen_is_a_week(chosen: Hours, said: str) -> None:
    assert week_name(chosen.week) == said


def test_every_choice_goes_with_every_other() -> None:
    for day, lunch, friday in product(DAYS, LUNCHES, FRIDAYS):
        week = Hours(day, lunch, friday).week
        assert [bool(one) for one in week] == [True] * 5 + [False] * 2
        assert all(start < end for windows in week for start, end in windows)
        assert all(length(windows).total_seconds() >= 7 * 3600 for windows in week[:5])


@pytest.mark.parametrize("chosen", [Hours("", "1200", "same"), Hours("0800", "x", "same"), Hours("0800", "1200", "")])
def test_what_is_none_of_the_choices(chosen: Hours) -> None:
    with pytest.raises(Invalid, match="setup_choose"):
        _ = chosen.week


@pytest.mark.parametrize("ticket", [False, True])
def test_hours_said_first_hold_from_always_until_something_was_counted(ticket: bool) -> None:
    def say(uow: UnitOfWork) -> date:
        admin = add_person(uow, "admin", role=Role.ADMIN)
        if ticket:
            open_ticket(uow, admin)
        acting = Acting(
            desk=shared_desk(), uow=uow, now=START, person=uow.people.get(admin), channel="web", event_key="web:1"
        )
        return hours.first_of_house(acting, Hours("0800", "1200", "same").week).first_day

    assert FakeStore().write(say) == (START.date() if ticket else ALWAYS)
