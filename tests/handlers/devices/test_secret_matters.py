"""A security matter about a device counts for nobody who may not know of it, and shows them nothing of the device."""

from __future__ import annotations

import pytest

from handlers.context import Acting
from handlers.devices import access, merging, recording
from handlers.domain.audience import Readers
from handlers.domain.devices import Device, TicketDevice
from handlers.domain.errors import Invalid
from handlers.domain.security_matters import known_there
from handlers.domain.ticket import Ticket
from handlers.queries import devices as queries
from handlers.tickets import device_line
from tests.handlers.devices.house import PEOPLE, House
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket


@pytest.fixture
def house() -> House:
    return House()


def is_about(house: House, device: Device, **about: object) -> Ticket:
    def work(acting: Acting) -> Ticket:
        ticket = open_ticket(acting.uow, house.ids["ayse"], house.now, **about)
        acting.uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=device.id, at=house.now))
        return ticket

    return house.does("fatma", work)


KNOWING = {"sevgi", "kemal", "deniz"}
"""The lead of its unit, and who reads everything."""
SEEING = ("mehmet", "zeynep", "fatma", "sevgi", "kemal", "deniz", "ambar", "kayit")


def test_it_counts_for_those_who_may_know_of_it(house: House) -> None:
    one = house.records(serial="CND1234567")
    other = house.records(serial="CND7654321")
    plain = is_about(house, one, unit="yazilim")
    secret = is_about(house, one, unit="yazilim", restricted=True)
    is_about(house, other, unit="yazilim", restricted=True)

    def numbers(acting: Acting) -> tuple[list[int], list[tuple[str, int]], list[str]]:
        page = queries.look(acting, queries.DevicesWanted())
        most = queries.most_failing(acting, acting.desk.year(house.now))
        view = queries.one(acting, one)
        assert view is not None
        listed = [ticket.number for ticket in view.tickets]
        return [row.tickets for row in page.rows], [(str(m.row.device.number), m.tickets) for m in most], listed

    for who in SEEING:
        counts, most, listed = house.does(who, numbers)
        knows = who in KNOWING
        assert counts == ([1, 2] if knows else [0, 1]), who
        assert most == ([("D-00001", 2), ("D-00002", 1)] if knows else [("D-00001", 1)]), who
        works_there = who == "zeynep"
        assert listed == ([secret.number, plain.number] if knows else [plain.number] if works_there else []), who


def test_a_card_counts_what_its_readers_may_know(house: House) -> None:
    one = house.records(serial="CND1234567")
    is_about(house, one, restricted=True)
    third = [is_about(house, one) for _ in range(2)][-1]

    def line(readers: Readers) -> int:
        found = house.does("fatma", lambda acting: device_line.of(acting, third, known_there(readers)))
        assert found is not None
        return found.nth

    people = {who: house.store.read(lambda uow, who=who: uow.people.get(house.ids[who])) for who in PEOPLE}  # type: ignore[misc] # mypy does not see through the default
    assert line(Readers(unit="donanim")) == 2
    assert {who for who in SEEING if line(Readers(person=people[who])) == 3} == {"fatma", "kemal", "deniz"}


def test_it_shows_nobody_of_the_unit_the_whole_device(house: House) -> None:
    one = house.records(serial="CND1234567")
    is_about(house, one, unit="yazilim", restricted=True)
    seen = house.does("zeynep", lambda acting: access.shown(acting, one))
    assert seen is not None
    assert not seen.whole


def test_neither_a_merge_nor_a_refusal_tells_of_it(house: House) -> None:
    kept, ended = house.records(serial="CND1234567"), house.records(place="214")
    is_about(house, ended, unit="yazilim", restricted=True)
    assert house.does("fatma", lambda acting: merging.preview(acting, ended.id, kept.id)).tickets == 0
    with pytest.raises(Invalid) as refused:
        house.does("mehmet", lambda acting: recording.withdraw(acting, ended.id))
    said = shared_desk().texts.render(f"errors/{refused.value.reason}", now=house.now, **refused.value.data)
    assert "kayıt" not in said


def test_whoever_may_read_no_ticket_of_it_still_reads_how_many_there_are(house: House) -> None:
    one = house.records(serial="CND1234567")
    is_about(house, one)
    view = house.does("zeynep", lambda acting: queries.one(acting, one))
    assert view is not None
    assert (view.row.tickets, view.tickets) == (1, [])
