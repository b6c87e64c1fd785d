"""People: what a list took, and two of one name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.people import ROLE_KEPT, Person, Role, told_apart
from tests.handlers.domain.builders import NOW


@pytest.mark.parametrize(
    ("by_list", "after", "role"),
    [
        (True, timedelta(days=1), Role.TECHNICIAN),
        (True, ROLE_KEPT + timedelta(days=1), Role.REQUESTER),
        (False, timedelta(days=1), Role.REQUESTER),
    ],
)
def test_what_a_list_took_the_next_gives_back_and_nothing_else(by_list: bool, after: timedelta, role: Role) -> None:
    somebody = Person(handle="su", role=Role.TECHNICIAN, unit="donanim")
    somebody.leave(NOW, by_list=by_list)
    assert (somebody.gone, somebody.role, somebody.unit) == (True, Role.REQUESTER, None)
    somebody.come_back(NOW + after)
    assert (somebody.gone, somebody.role) == (False, role)
    assert (somebody.former_role, somebody.former_unit) == (None, None)


def test_who_never_left_keeps_what_they_are() -> None:
    somebody = Person(handle="su", role=Role.LEAD, unit="donanim")
    somebody.come_back(NOW)
    assert (somebody.role, somebody.unit) == (Role.LEAD, "donanim")


def test_two_of_one_name_read_differently() -> None:
    people = [
        Person(handle="ali.er", name="Ali Er", department="Zabıta", room="1"),
        Person(handle="ali.er2", name="Ali Er", department="Zabıta", room="2"),
        Person(handle="ali.er3", name="Ali Er", department="Su"),
        Person(handle="ece", name="Ece Su", department="Su"),
        Person(handle="ece2", name="Ece Su", department="Su"),
    ]
    assert told_apart(people, department=True) == [
        "Ali Er · Zabıta · 1",
        "Ali Er · Zabıta · 2",
        "Ali Er · Su",
        "Ece Su · Su · ece",
        "Ece Su · Su · ece2",
    ]
    assert told_apart(people[2:4]) == ["Ali Er", "Ece Su"]


@pytest.mark.parametrize("by_list", [True, False])
def test_a_role_for_a_time_is_kept_apart_and_comes_back_with_its_end(by_list: bool) -> None:
    until = NOW + timedelta(days=5)
    somebody = Person(handle="su", role=Role.TECHNICIAN, unit="donanim")
    somebody.be(Role.ADMIN, None, until)
    somebody.leave(NOW, by_list=by_list)
    assert (somebody.role, somebody.former_role) == (Role.REQUESTER, Role.ADMIN)
    somebody.not_gone_after_all(NOW + timedelta(days=1))
    assert (somebody.role, somebody.role_until, somebody.then_role) == (Role.ADMIN, until, Role.TECHNICIAN)
    somebody.end_role()
    assert (somebody.role, somebody.unit) == (Role.TECHNICIAN, "donanim")


@pytest.mark.parametrize("by_list", [True, False])
def test_a_role_whose_time_is_over_meanwhile_does_not_come_back(by_list: bool) -> None:
    somebody = Person(handle="su", role=Role.TECHNICIAN, unit="donanim")
    somebody.be(Role.ADMIN, None, NOW + timedelta(days=1))
    somebody.leave(NOW, by_list=by_list)
    (somebody.come_back if by_list else somebody.not_gone_after_all)(NOW + timedelta(days=1))
    assert (somebody.gone, somebody.role, somebody.unit, somebody.role_until) == (
        False, Role.TECHNICIAN, "donanim", None,
    )  # fmt: skip


def test_who_is_brought_back_by_hand_has_what_a_list_took_also_later() -> None:
    somebody = Person(handle="su", role=Role.LEAD, unit="donanim")
    somebody.leave(NOW, by_list=True)
    somebody.not_gone_after_all(NOW + ROLE_KEPT * 2)
    assert (somebody.role, somebody.unit, somebody.former_role) == (Role.LEAD, "donanim", None)


def test_who_leaves_twice_keeps_what_they_were() -> None:
    somebody = Person(handle="su", role=Role.LEAD, unit="donanim")
    somebody.leave(NOW)
    somebody.leave(NOW)
    assert somebody.former_role is Role.LEAD
