"""Görevler: two people for kayıt and kontrol, one vekil at a time and within the days of who holds it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.domain.errors import Invalid
from handlers.domain.officers import Answerable, Office, Officer, answerable, offices_of, require_possible
from handlers.domain.people import PersonId
from tests.clock import START

FATMA, ZEYNEP, ALI = PersonId(1), PersonId(2), PersonId(3)
KAYIT, KONTROL, AMBAR = Office.TASINIR_KAYIT, Office.TASINIR_KONTROL, Office.AMBAR


def day(number: int) -> date:
    return date(2026, 12, number)


def officer(
    key: int, office: Office, person: PersonId, first: int = 1, last: int | None = None, of: PersonId | None = None
) -> Officer:
    return Officer(
        id=key,
        office=office,
        person=person,
        starts=day(first),
        ends=None if last is None else day(last),
        in_place_of=of,
        entered_by=FATMA,
        entered_at=START,
    )


HELD = [officer(1, KAYIT, FATMA), officer(2, KONTROL, ZEYNEP, 1, 20), officer(3, AMBAR, FATMA, 5, 9)]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (officer(9, KONTROL, FATMA), "officer_both"),
        (officer(9, KONTROL, FATMA, 3, 5, ZEYNEP), "officer_both"),
        (officer(9, KAYIT, ZEYNEP, 20, 21, FATMA), "officer_both"),
        (officer(9, KAYIT, ZEYNEP, 21), ""),
        (officer(9, KAYIT, FATMA, 21), "officer_twice"),
        (officer(9, AMBAR, FATMA, 9), "officer_twice"),
        (officer(9, AMBAR, FATMA, 10), ""),
        (officer(9, AMBAR, ALI), ""),
        (officer(9, AMBAR, ALI, 5, 9, FATMA), ""),
        (officer(9, AMBAR, ALI, 5, 10, FATMA), "officer_not_theirs"),
        (officer(9, AMBAR, ALI, 4, 6, FATMA), "officer_not_theirs"),
        (officer(9, AMBAR, ALI, 5, None, FATMA), "officer_not_theirs"),
        (officer(9, AMBAR, ALI, 5, 6, ZEYNEP), "officer_not_theirs"),
        (officer(9, AMBAR, FATMA, 5, 6, FATMA), "officer_oneself"),
        (officer(9, AMBAR, ALI, 5, 4), "officer_days"),
    ],
)
def test_what_may_be_written_down(made: Officer, reason: str) -> None:
    said = ""
    try:
        require_possible(made, HELD)
    except Invalid as refusal:
        said = refusal.reason
    assert said == reason


def test_one_vekil_of_a_person_at_a_time() -> None:
    acting = officer(4, AMBAR, ALI, 5, 7, FATMA)
    require_possible(officer(5, AMBAR, ZEYNEP, 8, 9, FATMA), [*HELD, acting])
    with pytest.raises(Invalid, match="officer_has_deputy"):
        require_possible(officer(5, AMBAR, ZEYNEP, 7, 9, FATMA), [*HELD, acting])


def test_what_needs_it_goes_to_the_vekil_alone_and_both_may() -> None:
    people = [*HELD, officer(4, AMBAR, ALI, 6, 7, FATMA)]
    assert [answerable(people, AMBAR, day(on)) for on in (4, 5, 6, 8)] == [
        [],
        [Answerable(FATMA)],
        [Answerable(ALI, FATMA)],
        [Answerable(FATMA)],
    ]
    assert offices_of(people, ALI, day(6)) == {AMBAR: FATMA}
    assert offices_of(people, FATMA, day(6)) == {AMBAR: None, KAYIT: None}
    assert offices_of(people, ALI, day(8)) == {}
