"""Which device a ticket is about: by numbers, by words and place, by what was last; and whom it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.context import Acting
from handlers.domain.departments import Department, Merge
from handlers.domain.devices import Custody, CustodyKind, Ending
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.ticket import Ticket
from handlers.ports import DevicesWanted
from handlers.queries import devices as queries
from handlers.tickets import (
    correspondence,
    device_line,
    device_links,
    device_naming,
    linking,
    missing_facts,
    opening,
    work,
)
from tests.handlers.devices.house import House

FULL = "255.02.01.01.02.01/18/00252"
PRINTER = "yazici-yazdirmiyor"


@pytest.fixture
def house() -> House:
    return House()


def opens(house: House, text: str, who: str = "ayse", category: str | None = PRINTER, **facts: str) -> Ticket:
    def work(acting: Acting) -> Ticket:
        new = opening.NewTicket(
            written=(opening.Written(text),), reporter=acting.person.id, category=category, facts=facts
        )
        return opening.open_ticket(acting, new)

    return house.does(who, work)


def links(house: House, ticket: Ticket) -> tuple[list[str], bool]:
    """The numbers, and whether it is surely about that one."""

    def work(acting: Acting) -> tuple[list[str], bool]:
        found = acting.uow.ticket_devices.of_ticket(ticket.id)
        devices = acting.uow.devices.several([one.device for one in found])
        return [str(one.number) for one in devices], any(one.sure for one in found)

    return house.does("fatma", work)


SPELLINGS = [
    "255.02.01.01.02.01/18/00252",
    "255.02.01.01.02.01-18-252",
    "255.2.1.1.2.1/18/252",
    "255 02 01 01 02 01 18 00252",
    "255.02.01.01.02.011800252",
    "25502010102011800252",
    "demirbaş no: 255.02.01.01.02.01/18/00252.",
]
SURE = [
    *(f"yazıcı çıktı vermiyor {spelling}" for spelling in SPELLINGS),
    "d1 kağıt sıkıştırıyor",
    "D-00001 yazdırmıyor",
    "yazıcı yazmıyor seri no CND-1234567",
    "yazıcı yazmıyor CND1234567",
    "BİM-0042 etiketli yazıcı çalışmıyor",
    "prn-mali-07 yazdırmıyor",
    "10.0.4.7 adresindeki yazıcı yazmıyor",
    "mac adresi 00:1A:2B:3C:4D:5E olan yazıcı yok görünüyor",
]


def test_a_number_names_its_device_in_whatever_spelling(house: House) -> None:
    house.records(
        place="koridor sonu",
        brand="HP",
        model="M404dn",
        serial="CND1234567",
        asset_no=FULL,
        other_no="BİM-0042",
        host="PRN-MALI-07",
        macs=("001a2b3c4d5e",),
        ips=("10.0.4.7",),
    )
    house.records(place="312", brand="Canon")  # the one in the reporter's room: numbers go before words
    found = {text: links(house, opens(house, text)) for text in SURE}
    assert found == {text: (["D-00001"], True) for text in SURE}


@pytest.mark.parametrize(
    "text",
    [
        "yazıcı 255",
        "yazıcı 18.02.2025",
        "sicilim 4711 yazıcı",
        "2018000024 nolu fiş yazıcı",
        "oda D1 yazıcı",
        "1 yazıcı",
    ],
)
def test_what_is_no_number_of_a_device_names_none(house: House, text: str) -> None:
    house.records(place="koridor sonu", asset_no=FULL, other_no="2018000024-1")
    assert links(house, opens(house, text)) == ([], False)


def test_year_and_place_name_one_only_where_a_place_leaves_one(house: House) -> None:
    house.records(kind="monitor", place="312", asset_no="255.02.01.01.01.01/18/00252")
    house.records(place="214", asset_no=FULL)
    said = {"demirbas": "18/252"}
    assert links(house, opens(house, "yazıcı yazmıyor demirbaş no 18/252", **said)) == (["D-00001"], True)
    assert links(house, opens(house, "yazıcı yazmıyor", oda="214", **said)) == (["D-00002"], True)
    elsewhere = opens(house, "demirbaş no 18/252", who="hasan", category="hurda", **said)
    assert links(house, elsewhere) == ([], False)


def test_words_and_place_leave_one_or_a_few(house: House) -> None:
    house.records(brand="HP", model="LaserJet M404dn", place="312")
    house.records(kind="cok-islevli", brand="Kyocera", place="312")
    house.records(kind="monitor", place="312")
    house.records(brand="HP", model="M15", place="105")
    assert links(house, opens(house, "yazıcı yazmıyor")) == (["D-00001", "D-00002"], False)
    assert links(house, opens(house, "hp m404dn yazmıyor", cihaz="HP m404dn")) == (["D-00001"], False)
    assert links(house, opens(house, "brother yazıcı yazmıyor")) == ([], False)
    assert links(house, opens(house, "yazıcı yazmıyor", oda="105")) == (["D-00004"], False)
    assert links(house, opens(house, "yazıcı yazmıyor", oda="999")) == ([], False)
    assert links(house, opens(house, "yeni yazıcı istiyoruz", category="donanim-talebi")) == ([], False)
    assert links(house, opens(house, "ekran karardı", category="monitor-goruntu")) == (["D-00003"], False)
    for _ in range(3):
        house.records(place="312")
    assert links(house, opens(house, "yazıcı yazmıyor")) == ([], False), "five help nobody"


def test_custody_then_the_mudurluk_then_what_was_last(house: House) -> None:
    held = Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"])
    house.records("fatma", kind="dizustu", place="evde", custody=held)
    only = house.records(place="214", department="mali hizmetler müd.")
    assert links(house, opens(house, "laptop açılmıyor", category="bilgisayar-acilmiyor")) == (["D-00001"], False)
    assert links(house, opens(house, "yazıcı yazmıyor")) == (["D-00002"], False)
    for room in range(220, 225):
        house.records(place=str(room), department="Mali Hizmetler")
    assert links(house, opens(house, "yazıcı yazmıyor")) == ([], False)
    ticket = opens(house, "d2 yazmıyor", who="hasan")
    assert links(house, ticket) == (["D-00002"], True)
    again = opens(house, "yazıcı yine yazmıyor", who="hasan")
    assert links(house, again) == (["D-00002"], False), "what they wrote of last"
    house.now += timedelta(days=91)
    assert links(house, opens(house, "yazıcı yazmıyor", who="hasan")) == ([], False)
    assert only.number.place == 2


def test_what_was_written_of_a_merged_mudurluk_is_its_own(house: House) -> None:
    house.records(place="214", department="Gelirler Müdürlüğü")

    def merge(acting: Acting) -> None:
        into = acting.uow.departments.add(Department(name="Mali Hizmetler Müdürlüğü", short_names=("Mali Hizmetler",)))
        ended = Department(name="Gelirler Müdürlüğü", merge=Merge(into=into.id, at=house.now))
        acting.uow.departments.add(ended)

    house.does("fatma", merge)
    assert links(house, opens(house, "yazıcı yazmıyor")) == (["D-00001"], False)
    row = house.does("fatma", lambda acting: queries.look(acting, DevicesWanted(), department="Gelirler Müdürlüğü"))
    assert [one.department for one in row.rows] == ["Mali Hizmetler Müdürlüğü"]


def test_of_several_with_one_number_the_rest_decides(house: House) -> None:
    house.records(kind="bilgisayar", place="105", host="pc-07")
    house.records(place="312", host="pc-07")
    assert links(house, opens(house, "yazıcı yazmıyor bilgisayar adı pc-07")) == (["D-00002"], False)
    both = opens(house, "pc-07 çalışmıyor", category=None)
    assert links(house, both)[1] is False


def test_a_written_off_device_still_has_a_ticket_that_says_so(house: House) -> None:
    one = house.records(place="312", serial="CND1234567")
    house.does("fatma", lambda acting: acting.uow.devices.save(replace(one, ending=Ending.WRITTEN_OFF)))
    ticket = opens(house, "seri no CND1234567 yazmıyor")
    line = house.does("fatma", lambda acting: device_line.of(acting, ticket))
    assert line is not None
    assert (line.sure, line.life) == (True, "written_off")


def test_the_line_says_warranty_repetition_and_another_place(house: House) -> None:
    house.records(brand="HP", model="M404dn", place="214", warranty_until=date(2027, 7, 17))
    tickets = []
    for _ in range(3):
        tickets.append(opens(house, "d1 yazmıyor", oda="312"))
        house.now += timedelta(minutes=1)
    lines = [house.does("fatma", lambda acting, one=one: device_line.of(acting, one)) for one in tickets]  # type: ignore[misc] # mypy does not see through the default
    assert [line.nth for line in lines if line is not None] == [1, 2, 3]
    assert lines[1] is not None
    assert (lines[1].warranty, lines[1].ended, lines[1].place) == (date(2027, 7, 17), False, ""), (
        "their own room is not said"
    )
    ticket = opens(house, "d1 yazmıyor", oda="105")
    line = house.does("fatma", lambda acting: device_line.of(acting, ticket))
    assert line is not None
    assert (line.place, line.said) == ("214", "105")
    house.now += timedelta(days=365)
    later = opens(house, "d1 yazmıyor")
    line = house.does("fatma", lambda acting: device_line.of(acting, later))
    assert line is not None
    assert (line.nth, line.ended) == (1, True)


def test_what_somebody_says_of_it_stays(house: House) -> None:
    one, other = house.records(brand="HP", place="312"), house.records(brand="Kyocera", place="312")
    ticket = opens(house, "yazıcı yazmıyor")
    for who in ("hasan", "kemal", "zeynep", "deniz"):
        with pytest.raises((NotAllowed, NotFound)):
            house.does(who, lambda acting: device_naming.name(acting, ticket, one.id))
    with pytest.raises(NotFound):
        house.does("ayse", lambda acting: device_naming.choose(acting, ticket, replace(one, id=one.id + 99).id))  # type: ignore[arg-type] # no such
    house.does("ayse", lambda acting: device_naming.choose(acting, ticket, other.id))
    house.does("ayse", lambda acting: device_naming.choose(acting, ticket, one.id))
    assert links(house, ticket) == (["D-00002"], True), "the first answer counts"
    house.does("mehmet", lambda acting: device_naming.name(acting, ticket, one.id))
    house.does("ayse", lambda acting: missing_facts.complete(acting, fresh(acting, ticket), "demirbas", "d2"))
    assert links(house, ticket) == (["D-00001"], True), "who works on it knows better"
    house.does("mehmet", lambda acting: device_naming.take_away(acting, ticket))
    assert links(house, ticket) == ([], False)


def fresh(acting: Acting, ticket: Ticket) -> Ticket:
    return acting.uow.tickets.get(ticket.id)


def test_what_is_told_later_names_it(house: House) -> None:
    house.records(brand="HP", place="312")
    house.records(brand="Kyocera", place="koridor sonu", serial="CND1234567")
    ticket = opens(house, "yazıcı yazmıyor")
    assert links(house, ticket) == (["D-00001"], False)
    house.does("ayse", lambda acting: correspondence.write_to_desk(acting, fresh(acting, ticket), "hâlâ yazmıyor"))
    assert links(house, ticket) == (["D-00001"], False)
    house.does(
        "ayse", lambda acting: correspondence.write_to_desk(acting, fresh(acting, ticket), "etiketinde d2 yazıyor")
    )
    assert links(house, ticket) == (["D-00002"], True)


def test_a_corrected_subject_tells_what_kind_of_thing_it_is(house: House) -> None:
    house.records(kind="monitor", place="312")
    house.records(place="312")
    ticket = opens(house, "bozuldu yardım edin", category=None)
    assert links(house, ticket) == ([], False)
    for category, found in (("monitor-goruntu", "D-00001"), (PRINTER, "D-00002")):
        house.does(
            "mehmet",
            lambda acting, category=category: work.recategorise(acting, fresh(acting, ticket), category),  # type: ignore[misc] # mypy does not see through the default
        )
        assert links(house, ticket) == ([found], False)


def test_a_split_ticket_is_about_the_same_and_a_merged_one_shows_its_parts(house: House) -> None:
    house.records(brand="HP", place="koridor sonu")
    first = opens(house, "d1 yazmıyor")
    second = opens(house, "çıktı gelmiyor", who="hasan")
    new = house.does("mehmet", lambda acting: linking.split(acting, fresh(acting, first), "toner de bitti"))
    assert links(house, new) == (["D-00001"], True)

    def merge(acting: Acting) -> None:
        ticket, other = fresh(acting, first), fresh(acting, second)
        ticket.merge_into(other, by=acting.person.id, at=acting.now, channel="web")
        acting.uow.tickets.save(ticket)

    house.does("mehmet", merge)
    line = house.does("mehmet", lambda acting: device_line.of(acting, fresh(acting, second)))
    assert line is not None
    assert (line.number, line.part) == ("D-00001", first.number)
    assert links(house, first) == (["D-00001"], True), "its rows stay with it"


def test_a_scanned_label_is_sure(house: House) -> None:
    house.records(place="koridor sonu")
    ticket = opens(house, "yazmıyor", **{device_links.SCANNED: "D-00001"})
    assert links(house, ticket) == (["D-00001"], True)


def test_nothing_is_recorded_where_there_are_no_devices(house: House) -> None:
    assert links(house, opens(house, "yazıcı yazmıyor d42 seri no CND1234567")) == ([], False)
