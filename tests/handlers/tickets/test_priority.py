"""Impact and urgency make a priority; what an article asks for, a place, a deadline and a request bound it."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from handlers.domain.priority_places import DEFAULT, PriorityPlace
from handlers.domain.states import Priority
from handlers.tickets.priority import TABLE, Weighed, open_place, weigh
from knowledge import Impact, Severity, Urgency

LOW, NORMAL, HIGH, URGENT = Priority
VEZNE = PriorityPlace(title="Vezne", words=("vezne",))
NOTHING = Severity()


def said(impact: Impact | None, urgency: Urgency | None, *words: str) -> Severity:
    return Severity(impact, urgency, words)


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [
        (Impact.PERSON, Urgency.CAN_WAIT, LOW),
        (Impact.PERSON, Urgency.HAMPERED, NORMAL),
        (Impact.PERSON, Urgency.STOPPED, HIGH),
        (Impact.OFFICE, Urgency.CAN_WAIT, NORMAL),
        (Impact.OFFICE, Urgency.HAMPERED, HIGH),
        (Impact.OFFICE, Urgency.STOPPED, HIGH),
        (Impact.HOUSE, Urgency.CAN_WAIT, HIGH),
        (Impact.HOUSE, Urgency.HAMPERED, HIGH),
        (Impact.HOUSE, Urgency.STOPPED, URGENT),
    ],
)
def test_the_table(impact: Impact, urgency: Urgency, priority: Priority) -> None:
    assert weigh(said(impact, urgency)).priority is priority


def test_more_held_up_or_worse_is_never_less_urgent() -> None:
    for row in TABLE.values():
        assert [p.rank for p in row] == sorted((p.rank for p in row), reverse=True)
    for column in zip(*TABLE.values(), strict=True):
        assert [p.rank for p in column] == sorted((p.rank for p in column), reverse=True)


def test_what_is_not_said_is_one_person_who_is_hampered() -> None:
    assert weigh(said(Impact.OFFICE, None)).priority is HIGH
    assert weigh(said(None, Urgency.STOPPED)).priority is HIGH


@pytest.mark.parametrize("floor", list(Priority))
def test_where_nothing_is_said_the_article_decides(floor: Priority) -> None:
    assert weigh(NOTHING, floor=floor) == Weighed(priority=floor)
    assert weigh(NOTHING) == Weighed(priority=NORMAL)


def test_an_article_is_never_gone_below() -> None:
    assert weigh(said(Impact.PERSON, Urgency.CAN_WAIT), floor=HIGH).priority is HIGH
    assert weigh(said(Impact.PERSON, Urgency.CAN_WAIT), floor=LOW).priority is LOW


def test_waiting_citizens_and_open_places_hold_up_the_house() -> None:
    assert weigh(NOTHING, citizens=True).priority is HIGH
    assert weigh(said(None, Urgency.STOPPED), citizens=True).priority is URGENT
    found = weigh(said(None, Urgency.HAMPERED, "yavaş"), place=VEZNE)
    assert found == Weighed(priority=HIGH, why="kurum · aksıyor: “Vezne”, “yavaş”")


def test_somebody_who_is_hampered_tells_nothing_that_the_article_does_not_know() -> None:
    assert weigh(said(Impact.PERSON, Urgency.HAMPERED, "bende", "yavaş"), floor=LOW) == Weighed(priority=LOW)


def test_a_request_for_many_holds_up_nobody_but_who_makes_it() -> None:
    assert weigh(said(Impact.OFFICE, None, "hepimiz"), request=True) == Weighed(priority=NORMAL)


def test_what_is_due_today_is_high_and_a_request_is_no_emergency() -> None:
    assert weigh(NOTHING, due_today=True).priority is HIGH
    assert weigh(said(Impact.HOUSE, Urgency.STOPPED), request=True, citizens=True).priority is HIGH
    assert weigh(said(Impact.HOUSE, Urgency.STOPPED), due_today=True).priority is URGENT


MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "at", "title"),
    [
        ("veznede program yavaş", time(10), "Vezne"),
        ("VEZNEDE PROGRAM YAVAŞ", time(8), "Vezne"),
        ("veznede program yavaş", time(17), None),
        ("veznede program yavaş", time(7, 59), None),
        ("nikâh salonunda mikrofon yok", time(19), "Nikâh salonu"),
        ("Evlendirme memurluğu yazıcı", time(9), "Nikâh salonu"),
        ("meclis salonunda ses yok", time(22), "Meclis salonu"),
        ("muhasebede program yavaş", time(10), None),
        ("zevezne", time(10), None),
    ],
)
def test_a_place_counts_while_it_is_open(words: str, at: time, title: str | None) -> None:
    found = open_place(DEFAULT, words, MONDAY.replace(hour=at.hour, minute=at.minute))
    assert (found.title if found else None) == title


def test_on_a_saturday_only_weddings_are_held() -> None:
    saturday = MONDAY.replace(day=28, hour=11)
    assert open_place(DEFAULT, "veznede hata", saturday) is None
    assert open_place(DEFAULT, "nikah salonu projeksiyon", saturday) is not None
