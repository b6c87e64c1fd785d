"""Devices as those who look after them record, correct, move, give and withdraw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import device_names
from handlers.context import Acting
from handlers.devices import access, history, identifying, labels, recording
from handlers.devices.access import Shown
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import (
    WITHDRAWN_WITHIN,
    Custody,
    CustodyKind,
    Description,
    Device,
    Ending,
    TicketDevice,
)
from handlers.domain.errors import DeskError, Invalid, NotAllowed, NotFound
from handlers.domain.places import Spot
from handlers.ports import DevicesWanted
from handlers.queries import devices as queries
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

FULL = "255.02.01.01.02.01/18/00252"


@pytest.fixture
def house() -> House:
    return House()


def says(house: House, error: DeskError) -> str:
    assert isinstance(error, Invalid)
    return shared_desk().texts.render(f"errors/{error.reason}", desk=shared_desk(), now=house.now, **error.data)


def test_what_is_recorded_has_a_number_a_place_and_a_history(house: House) -> None:
    first = house.records(brand="HP", model="M404dn", asset_no="255.2.1.1.2.1/18/252", department="mali hizmetler")
    second = house.records(kind="", serial="CND1234567", place="")
    assert [str(one.number) for one in (first, second)] == ["D-00001", "D-00002"]
    assert (first.description.asset_no, second.description.kind) == (FULL, "diger")
    assert house.store.read(lambda uow: device_names.whole_name(uow, first)) == "HP M404dn, Mali Hizmetler 3. kat · 312"
    (line,) = house.does("fatma", lambda acting: history.of(acting, first))
    assert (line.what, line.who) == ("recorded", house.ids["mehmet"])
    assert line.after == {
        "kind": "yazici",
        "brand": "hp",
        "model": "m404dn",
        "asset_no": FULL,
        "place": first.place,
        "custody": "shared",
        "condition": "works",
        "words": "department",
    }


def test_a_place_that_is_none_of_the_list_stays_as_words(house: House) -> None:
    one = house.records(place="arşivin yanındaki koridor")
    assert (one.place, one.place_text) == (None, "arşivin yanındaki koridor")


TAKEN = (
    "Bu sicil no D-00001'de kayıtlı (Lenovo M70q, Fen İşleri 105)."
    " Aynı cihazsa birleştirin, değilse numarayı kontrol edin."
)
REFUSED: list[tuple[Description, str, str]] = [
    (
        Description(asset_no="255 02 01 01 02 01 18 00252"),
        "",
        TAKEN,
    ),
    (Description(brand="LENOVO", serial="5CD-8123abc"), "", "Seri no 5CD-8123abc D-00001'de kayıtlı."),
    (
        Description(kind="yazici", brand="HP", model="M404dn"),
        "",
        "Bu kaydı sonra kimse bulamaz: seri no, sicil no, bilgisayar adı ya da oda gerekli.",
    ),
    (Description(), "312", "Bu kaydı sonra kimse bulamaz: seri no, sicil no, bilgisayar adı ya da oda gerekli."),
    (Description(kind="buzdolabi"), "312", "“buzdolabi” diye bir cihaz türü yok."),
    (
        Description(serial="To be filled by O.E.M."),
        "312",
        "“To be filled by O.E.M.” seri numarası değildir; cihazın üzerindekini yazın ya da boş bırakın.",
    ),
    (Description(asset_no="yok"), "312", "“yok” sicil no değildir: içinde rakam yok."),
    (Description(macs=("00-1A-2B-3C-4D",)), "312", "MAC: “00-1A-2B-3C-4D” 12 haneli değil."),
    (Description(kind="yazici", ips=("yok",)), "312", "IP: “yok” adres değil."),
    (Description(kind="yazici", model="x" * 61), "312", "Bir satır en çok 60, not en çok 500 harf olabilir."),
]


@pytest.mark.parametrize(("said", "place", "message"), REFUSED)
def test_what_cannot_be_kept_is_refused_and_nothing_is_lost(
    house: House, said: Description, place: str, message: str
) -> None:
    house.records(
        kind="bilgisayar",
        brand="Lenovo",
        model="M70q",
        serial="5CD8123ABC",
        asset_no=FULL,
        place="105",
        department="Fen İşleri",
    )
    with pytest.raises(Invalid) as refused:
        house.does("mehmet", lambda acting: recording.record(acting, said, place=place))
    assert says(house, refused.value) == message
    assert house.store.read(lambda uow: uow.devices.count(DevicesWanted())) == 1


def test_corrections_and_moves_are_lines_of_what_differs(house: House) -> None:
    one = house.records(serial="CND1234567")
    said = replace(one.description, model="M404dn", note="Ayşe Hanım'ın yanında")
    assert house.does("mehmet", lambda acting: recording.correct(acting, one.id, one.description)) == one
    corrected = house.does("kayit", lambda acting: recording.correct(acting, one.id, said))
    moved = house.does("mehmet", lambda acting: recording.move(acting, one.id, "2. kat 204"))
    assert house.store.read(lambda uow: uow.places.get(moved.place or corrected.place or 0).spot) == Spot(
        "", "2", "204"
    )  # type: ignore[arg-type] # a place, or none
    lines = house.does("fatma", lambda acting: history.of(acting, one))
    assert [(line.what, dict(line.before), dict(line.after)) for line in lines[1:]] == [
        ("corrected", {"model": ""}, {"model": "m404dn", "words": "note"}),
        ("moved", {"place": one.place}, {"place": moved.place}),
    ]
    with pytest.raises(Invalid, match="device_place"):
        house.does("mehmet", lambda acting: recording.move(acting, one.id, " "))


def test_custody_is_given_by_those_who_may(house: House) -> None:
    one = house.records(serial="CND1234567")
    to_ayse = Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"])
    for who in ("mehmet", "kemal", "kayit", "deniz", "ayse", "admin"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: recording.give(acting, one.id, to_ayse))
    given = house.does("ambar", lambda acting: recording.give(acting, one.id, to_ayse))
    assert given.custody == replace(to_ayse, since=house.now.date())
    assert house.does("fatma", lambda acting: recording.give(acting, one.id, to_ayse)) == given
    with pytest.raises(NotAllowed):
        house.does("hasan", lambda acting: recording.say_not_mine(acting, one.id))
    house.does("ayse", lambda acting: recording.say_not_mine(acting, one.id))
    lines = house.does("fatma", lambda acting: history.of(acting, one))
    assert [line.what for line in lines] == ["recorded", "handed_over", "disputed"]
    house.store.write(lambda uow: uow.people.get(house.ids["hasan"]))
    with pytest.raises(Invalid, match="device_custody"):
        Custody(kind=CustodyKind.DEPOT, holder=house.ids["ayse"])


def test_a_slip_is_withdrawn_and_taken_back(house: House) -> None:
    one = house.records(serial="CND1234567")
    (label,) = house.does("mehmet", lambda acting: labels.issue(acting, [one.id]))
    with pytest.raises(NotAllowed):
        house.does("zeynep", lambda acting: recording.withdraw(acting, one.id))
    assert house.does("mehmet", lambda acting: recording.withdraw(acting, one.id))
    assert not house.does("mehmet", lambda acting: recording.withdraw(acting, one.id))
    assert house.store.read(lambda uow: identifying.by_token(uow, label.token)) is None
    assert house.does("fatma", lambda acting: identifying.find(acting, "CND1234567")) == []
    with pytest.raises(Invalid, match="device_withdrawn"):
        house.does("mehmet", lambda acting: recording.move(acting, one.id, "312"))
    house.records(serial="CND1234567")
    with pytest.raises(Invalid, match="device_serial_taken"):
        house.does("mehmet", lambda acting: recording.take_withdrawal_back(acting, one.id))
    (found,) = house.does("fatma", lambda acting: identifying.find(acting, "d1"))
    assert found.device.ending is Ending.WITHDRAWN
    other = house.records(serial="CND1")
    house.now += WITHDRAWN_WITHIN + timedelta(minutes=1)
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: recording.withdraw(acting, other.id))
    assert house.does("ambar", lambda acting: recording.withdraw(acting, other.id))
    assert house.does("fatma", lambda acting: recording.take_withdrawal_back(acting, other.id))


def test_what_a_ticket_is_about_is_not_withdrawn(house: House) -> None:
    one = house.records(serial="CND1234567")

    def link(acting: Acting) -> None:
        ticket = open_ticket(acting.uow, house.ids["ayse"])
        acting.uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=one.id, at=house.now))

    house.does("mehmet", link)
    with pytest.raises(Invalid, match="device_on_ticket"):
        house.does("fatma", lambda acting: recording.withdraw(acting, one.id))


def test_a_written_off_device_does_not_change(house: House) -> None:
    one = house.records(serial="CND1234567")

    def write_off(acting: Acting) -> None:
        gone = acting.uow.devices.save(replace(one, ending=Ending.WRITTEN_OFF))
        history.note(acting, "written_off", gone, one, ref="HT-2026-003")

    house.does("fatma", write_off)
    with pytest.raises(Invalid) as refused:
        house.does("mehmet", lambda acting: recording.correct(acting, one.id, one.description))
    day = house.now.strftime("%d.%m.%Y")
    assert says(house, refused.value) == f"D-00001 kayıttan düşülmüş (HT-2026-003, {day}); değiştirilemez."


WHOLE, PUBLIC, OWN = "whole", "public", "own"
SEEN = {
    "mehmet": WHOLE,
    "fatma": WHOLE,
    "sevgi": WHOLE,
    "kemal": WHOLE,
    "deniz": WHOLE,
    "ambar": WHOLE,
    "kayit": WHOLE,
    "zeynep": PUBLIC,
    "ayse": OWN,
    "hasan": None,
    "admin": None,
}
MAY: dict[DeviceAction, set[str]] = {
    DeviceAction.KEEP: {"mehmet", "zeynep", "fatma", "sevgi", "ambar", "kayit"},
    DeviceAction.CHANGE_CUSTODY: {"fatma", "sevgi", "ambar"},
    DeviceAction.TIDY: {"fatma", "ambar"},
    DeviceAction.RECONCILE: {"fatma", "ambar", "kayit"},
}


def test_each_sees_and_does_what_the_table_says(house: House) -> None:
    held = Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"])
    one = house.records("fatma", serial="CND1234567", ips=("10.0.4.7",), note="gürültülü", custody=held)

    def sees(who: str) -> str | None:
        found = house.does(who, lambda acting: access.shown(acting, one))
        if found is None:
            return None
        return WHOLE if found.whole and found.device == one else OWN if _serial(found) else PUBLIC

    assert {who: sees(who) for who in SEEN} == SEEN
    public = house.does("zeynep", lambda acting: access.shown(acting, one))
    assert public is not None
    assert public.device.description == Description(kind="yazici")
    assert public.device.custody == Custody()
    for action, people in MAY.items():
        assert {
            who for who in SEEN if house.does(who, lambda acting, action=action: access.may(acting, action))
        } == people  # type: ignore[misc] # mypy does not see through the default

    def work(acting: Acting) -> None:
        ticket = open_ticket(acting.uow, house.ids["ayse"], unit="yazilim")
        acting.uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=one.id, at=house.now))

    house.does("fatma", work)
    assert sees("zeynep") == WHOLE


def _serial(found: Shown) -> str:
    return found.device.description.serial


def test_a_device_is_found_by_what_is_in_the_hand(house: House) -> None:
    one = house.records(serial="CND1234567", asset_no=FULL, other_no="BİM-0042", host="PRN-07", macs=("001a2b3c4d5e",))
    (label,) = house.does("mehmet", lambda acting: labels.issue(acting, [one.id]))
    for typed in (
        "d1",
        "D-00001",
        label.token.lower(),
        FULL,
        "18/252",
        "bim 42",
        "cnd1234567",
        "prn-07",
        "00:1A:2B:3C:4D:5E",
    ):
        found = house.does("mehmet", lambda acting, typed=typed: identifying.find_one(acting, typed))  # type: ignore[misc] # mypy does not see through the default
        assert found.device.id == one.id, typed
    for who, typed in (("mehmet", "d99999"), ("hasan", "d1"), ("mehmet", "42"), ("mehmet", "")):
        with pytest.raises(NotFound):
            house.does(who, lambda acting, typed=typed: identifying.find_one(acting, typed))  # type: ignore[misc] # as above


def test_a_label_leads_to_its_device_until_it_is_revoked(house: House) -> None:
    one, other = house.records(serial="CND1234567"), house.records(serial="CND7654321")
    first, second = (
        house.does("mehmet", lambda acting: labels.issue(acting, [one.id, other.id], ref="sayfa 1"))[0]
        for _ in range(2)
    )
    assert house.does("mehmet", lambda acting: labels.working(acting, [one.id, other.id]))[one.id] in (first, second)
    assert house.does("fatma", lambda acting: labels.revoke(acting, first.token))
    assert not house.does("fatma", lambda acting: labels.revoke(acting, first.token))
    found = [house.store.read(lambda uow, one=one: identifying.by_token(uow, one.token)) for one in (first, second)]  # type: ignore[misc] # as above
    assert found == [None, one]
    for who, work in _not_allowed(one, first.token):
        with pytest.raises(NotAllowed):
            house.does(who, work)
    lines = house.does("fatma", lambda acting: history.of(acting, one))
    assert [line.what for line in lines] == ["recorded", "labelled", "labelled", "label_revoked"]


def _not_allowed(one: Device, token: str) -> list[tuple[str, Callable[[Acting], object]]]:
    return [
        ("kemal", lambda acting: labels.issue(acting, [one.id])),
        ("ayse", lambda acting: labels.revoke(acting, token)),
        ("hasan", lambda acting: labels.working(acting, [one.id])),
    ]


def test_a_list_hides_from_each_what_is_not_theirs(house: House) -> None:
    held = Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"])
    kept = [
        house.records("fatma", brand="HP", serial=f"CND123456{place}", custody=held, department="MALİ HİZMETLER MÜD.")
        for place in range(3)
    ]
    page = house.does("fatma", lambda acting: queries.look(acting, DevicesWanted(words="hp CND"), limit=2))
    assert [row.device for row in page.rows] == [kept[2], kept[1]]
    assert (page.number, page.after) == (3, kept[1].id)
    assert [row.holder.handle for row in page.rows if row.holder is not None] == ["ayse", "ayse"]
    rest = house.does("fatma", lambda acting: queries.look(acting, DevicesWanted(), after=page.after))
    assert ([row.device for row in rest.rows], rest.after) == ([kept[0]], None)
    named = house.does("deniz", lambda acting: queries.look(acting, DevicesWanted(), department="mali hizmetler"))
    assert (named.number, {row.department for row in named.rows}) == (3, {"Mali Hizmetler"})
    hidden = house.does("zeynep", lambda acting: queries.look(acting, DevicesWanted(holder=house.ids["hasan"])))
    assert [(row.holder, row.device.description.serial) for row in hidden.rows] == [(None, "")] * 3
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: queries.look(acting, DevicesWanted()))
    seen = house.does("fatma", lambda acting: queries.one(acting, kept[0]))
    assert seen is not None
    assert [(line.what, seen.people[line.who or house.ids["ayse"]].handle) for _, line in seen.lines] == [
        ("recorded", "fatma")
    ]
    assert house.does("hasan", lambda acting: queries.one(acting, kept[0])) is None
