"""Whose right a deputy has, when, and what they may do with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.domain.deputies import Deputy, lent
from handlers.domain.people import Lent, Person, PersonId, Role
from handlers.domain.rights import Action, in_place_of, may, require, sees_restricted
from tests.handlers.domain.builders import NOW, person, ticket
from tests.handlers.domain.calendars import at

KEMAL, FATMA, ZEYNEP, ALI = (PersonId(number) for number in (1, 2, 7, 9))


def vekalet(of: PersonId, deputy: PersonId, role: Role = Role.LEAD, **about: object) -> Deputy:
    values = {"person": of, "deputy": deputy, "role": role, "unit": "donanim" if role is Role.LEAD else None}
    span = {"starts": at("2026-12-03T00:00"), "ends": at("2026-12-08T00:00"), "entered_at": NOW}
    return Deputy(**{**values, **span, **about})  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize(
    ("moment", "ended", "holds"),
    [
        ("2026-12-02T23:59", None, False),
        ("2026-12-03T00:00", None, True),
        ("2026-12-07T23:59", None, True),
        ("2026-12-08T00:00", None, False),
        ("2026-12-05T10:00", "2026-12-05T10:00", False),
        ("2026-12-05T09:59", "2026-12-05T10:00", True),
        ("2026-12-04T10:00", "2026-12-01T10:00", False),
    ],
)
def test_it_holds_to_the_minute(moment: str, ended: str | None, holds: bool) -> None:
    one = vekalet(FATMA, ZEYNEP, ended_at=at(ended) if ended else None)
    assert one.is_at(at(moment)) is holds


def test_a_deputys_deputy_acts_only_while_the_deputy_is_away() -> None:
    chain = [vekalet(KEMAL, FATMA, Role.DIRECTOR), vekalet(FATMA, ZEYNEP)]
    assert [right.of for right in lent(chain, away=[])[ZEYNEP]] == [(FATMA,)]
    assert [right.of for right in lent(chain, away=[FATMA])[ZEYNEP]] == [(KEMAL, FATMA), (FATMA,)]


def test_two_who_deputise_for_each_other_lend_nothing_back() -> None:
    mutual = [vekalet(FATMA, ZEYNEP), vekalet(ZEYNEP, FATMA)]
    assert {who: len(rights) for who, rights in lent(mutual, away=[FATMA, ZEYNEP]).items()} == {ZEYNEP: 1, FATMA: 1}


def a_deputy(*, restricted: bool = False, role: Role = Role.LEAD) -> Person:
    right = Lent(role=role, unit="donanim" if role is Role.LEAD else None, of=(FATMA,), restricted=restricted)
    return replace(person(Role.TECHNICIAN, id=ZEYNEP), lent=(right,))


def test_what_a_deputy_may_beside_their_own() -> None:
    me, it = a_deputy(), ticket()
    assert may(me, Action.ASSIGN, it)
    assert in_place_of(me, Action.ASSIGN, it) == (FATMA,)
    assert in_place_of(me, Action.CLAIM, it) == (), "their own right comes first"
    assert not may(me, Action.ASSIGN, ticket(unit="yazilim"))
    assert may(me, Action.KEEP_CALENDAR)
    assert not may(me, Action.NAME_DEPUTY), "it is not handed on"


@pytest.mark.parametrize("restricted", [False, True])
def test_security_matters_only_where_that_was_said(restricted: bool) -> None:
    me, secret = a_deputy(restricted=restricted), ticket(restricted=True)
    assert may(me, Action.READ, secret) is restricted
    assert sees_restricted(me, "donanim") is restricted


def test_who_left_deputises_for_nobody() -> None:
    assert not may(replace(a_deputy(), left_at=NOW), Action.ASSIGN, ticket())


def test_only_what_is_done_by_another_s_right_is_noted() -> None:
    me, it = a_deputy(), ticket()
    require(me, Action.CLAIM, it)
    assert it.acted_for == {}
    require(me, Action.ASSIGN, it)
    it.assign(ALI, by=ZEYNEP, at=NOW, channel="web")
    it.release(by=ALI, at=NOW, channel="web")
    assert [event.acting_for for event in it.fresh_events] == [(FATMA,), ()]
