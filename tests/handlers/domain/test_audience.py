"""Before whom something may be said: the table of `handlers.domain.audience`, row by row."""

from __future__ import annotations

import pytest

from handlers.domain.audience import VEILED, Audience, Readers
from handlers.domain.people import PersonId, Role
from handlers.domain.ticket import Follower, Ticket
from tests.handlers.domain.builders import person, ticket

ME = PersonId(7)
OWN, SECRET, OTHER = ticket(), ticket(restricted=True), ticket(unit="yazilim")
OUTAGE = ticket(unit="yazilim", outage=True)
FOLLOWED = ticket(unit="yazilim", followers=(Follower(person=ME, conversation="web:p:veli"),))
MINE_SECRET = ticket(reporter=ME, restricted=True)
ROOM, GROUP = Readers(unit="donanim"), Readers()


@pytest.mark.parametrize(
    ("readers", "about", "read"),
    [
        (ROOM, OWN, True),
        (ROOM, OTHER, False),
        (ROOM, SECRET, False),
        (GROUP, OWN, False),
        (Readers(person=person()), OWN, False),
        (Readers(person=person()), OUTAGE, True),
        (Readers(person=person()), FOLLOWED, True),
        (Readers(person=person()), ticket(restricted=True, followers=FOLLOWED.followers, outage=True), False),
        (Readers(person=person()), MINE_SECRET, True),
        (Readers(person=person(Role.TECHNICIAN)), OWN, True),
        (Readers(person=person(Role.TECHNICIAN)), SECRET, False),
        (Readers(person=person(Role.LEAD)), SECRET, True),
        (Readers(person=person(Role.ADMIN)), SECRET, False),
    ],
)
def test_who_may_know_what_a_ticket_is_about(readers: Readers, about: Ticket, read: bool) -> None:
    assert readers.may_read(about) is read
    assert (readers.veiled([about]) == [about]) is read


@pytest.mark.parametrize("about", [OWN, SECRET, None])
def test_what_is_for_one_person_stands_in_no_room(about: Ticket | None) -> None:
    assert not ROOM.may_hear(Audience.PERSON, about)
    assert not GROUP.may_hear(Audience.UNIT, about)
    assert GROUP.may_hear(Audience.ANYBODY, about)


def test_a_text_for_the_unit_stands_in_its_room_unless_its_ticket_may_not() -> None:
    assert ROOM.may_hear(Audience.UNIT)
    assert ROOM.may_hear(Audience.UNIT, OWN)
    assert not ROOM.may_hear(Audience.UNIT, SECRET)


def test_a_veiled_ticket_keeps_its_number_and_state_only() -> None:
    full = ticket(restricted=True, text="gizli", facts={"kisi": "Ali"}, resolution="silindi", waiting_for="firma")
    (veiled,) = ROOM.veiled((full,))  # type: ignore[misc] # a list of one
    assert (veiled.number, veiled.state, veiled.category) == (full.number, full.state, VEILED)
    assert [veiled.text, veiled.facts, veiled.resolution, veiled.waiting_for] == ["", {}, "", ""]
