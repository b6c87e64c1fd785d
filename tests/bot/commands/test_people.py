from __future__ import annotations

import csv
from pathlib import Path

import pytest

from handlers.domain.people import Account, Person, Role
from handlers.domain.states import State
from handlers.people.join_codes import code_hash
from handlers.ports import UnitOfWork
from tests.bot.commands.house import NOW, House, Ran, open_ticket, person

HEADER = "sicil_no,ad,mudurluk,oda,telefon,eposta\n"
TWO = HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,312,1453,ayse@belediye.example\n2,Veli Öz,Fen İşleri,,,\n"


def listed(house: House, text: str, *options: str) -> Ran:
    Path("p.csv").write_text(text, encoding="utf-8")
    return house.masa("people", "import", "p.csv", *options)


def people(house: House) -> dict[str, Person]:
    return {person.handle: person for person in house.read(lambda uow: uow.people.everybody())}


def test_a_list_makes_the_database_and_the_people(house: House) -> None:
    listed(house, TWO)
    found = people(house)
    assert set(found) == {"ayse.yilmaz", "veli.oz"}
    ayse = found["ayse.yilmaz"]
    assert (ayse.staff_no, ayse.name, ayse.department, ayse.room, ayse.phone, ayse.email) == (
        "1",
        "Ayşe Yılmaz",
        "Mali Hizmetler",
        "312",
        "1453",
        "ayse@belediye.example",
    )
    assert (ayse.role, ayse.verified) == (Role.REQUESTER, True)


def test_people_are_updated_by_their_number_and_keep_role_and_handle(house: House) -> None:
    listed(house, TWO)

    def promote(uow: UnitOfWork) -> None:
        veli = uow.people.by_handle("veli.oz")
        assert veli is not None
        veli.role, veli.unit = Role.TECHNICIAN, "donanim"
        uow.people.save(veli)

    house.write(promote)
    ran = listed(house, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,312,1453,ayse@belediye.example\n2,Veli Öz,Park,5,,\n")
    assert "Eklenen: 0, güncellenen: 1, aynı kalan: 1." in ran.err
    veli = people(house)["veli.oz"]
    assert (veli.department, veli.room, veli.role, veli.unit) == ("Park", "5", Role.TECHNICIAN, "donanim")


def test_two_of_one_name_are_two_people(house: House) -> None:
    listed(house, HEADER + "1,Ali Er,Zabıta,,,\n2,Ali Er,Fen İşleri,,,\n")
    assert len(people(house)) == 2


def test_one_bad_row_and_nothing_is_changed(house: House) -> None:
    ran = listed(house, TWO + "3,,,,x,\n,Ali Er,Zabıta,,,\n")
    assert ran.code == 2
    assert not Path("masa.db").exists()
    lines = ran.err.splitlines()
    assert lines[0] == "masa: p.csv:4: ad ''; expected a name, at most 80 characters"
    assert lines[3].startswith("masa: p.csv:5: sicil_no ''")
    assert lines[-1] == "masa: nothing was changed"


def test_codes_are_printed_once_each_and_tie_an_account_to_the_person(house: House) -> None:
    ran = listed(house, TWO, "--codes")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert [(row["sicil_no"], row["ad"]) for row in rows] == [("1", "Ayşe Yılmaz"), ("2", "Veli Öz")]
    code = house.read(lambda uow: uow.codes.get(code_hash(rows[0]["kod"])))
    assert code is not None
    assert code.person == people(house)["ayse.yilmaz"].id
    assert code.role is Role.REQUESTER


def test_who_is_missing_is_listed_and_left_alone(house: House) -> None:
    listed(house, TWO)
    ran = listed(house, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,312,1453,ayse@belediye.example\n")
    assert "Listede olmayanlar (ayrıldılarsa: --absent-left): 1" in ran.err
    assert "Veli Öz" in ran.err
    assert not people(house)["veli.oz"].gone


def test_who_is_missing_has_left_when_it_is_said_so(house: House) -> None:
    house.with_people()
    listed(house, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,,,\n2,Veli Öz,Bilgi İşlem,,,\n")

    def claims(uow: UnitOfWork) -> None:
        veli = uow.people.by_handle("veli.oz")
        assert veli is not None
        veli.role, veli.unit = Role.TECHNICIAN, "donanim"
        uow.people.save(veli)
        ticket = open_ticket(uow)
        ticket.claim(by=veli.id, at=NOW, channel="web")
        uow.tickets.save(ticket)

    house.write(claims)
    listed(house, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,,,\n", "--absent-left")
    veli = people(house)["veli.oz"]
    assert veli.gone
    assert veli.role is Role.REQUESTER
    ticket = house.read(lambda uow: uow.tickets.by_number("2026-000001"))
    assert (ticket.state, ticket.holder) == (State.OPEN, None)
    assert not people(house)["mehmet"].gone  # never was in a list
    listed(house, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,,,\n2,Veli Öz,Bilgi İşlem,,,\n")
    assert not people(house)["veli.oz"].gone


def test_people_are_listed(house: House) -> None:
    house.with_people()
    rows = {row["handle"]: row for row in house.masa("people", "list", "--json").json}
    assert rows["mehmet"]["role"] == "technician"
    assert rows["mehmet"]["unit"] == "donanim"
    assert "Ayşe Yılmaz" in house.masa("people", "list").out


@pytest.mark.parametrize("arguments", [("--role", "technician"), ("--role", "admin", "--unit", "donanim")])
def test_a_code_for_a_role_names_a_unit_where_one_is_needed(house: House, arguments: tuple[str, ...]) -> None:
    ran = house.masa("invite", *arguments)
    assert ran.code == 2
    assert "unit" in ran.err
    assert not Path("masa.db").exists()


def test_the_first_admin_comes_by_a_code(house: House) -> None:
    (given,) = house.masa("invite", "--role", "admin", "--name", "Ada", "--json").json
    assert set(given) == {"code", "role", "unit", "name", "expires_at"}
    code = house.read(lambda uow: uow.codes.get(code_hash(given["code"])))
    assert code is not None
    assert (code.role, code.name, code.used_at) == (Role.ADMIN, "Ada", None)
    assert "/katil " in house.masa("invite", "--role", "lead", "--unit", "yazilim").out


def test_demo_accounts_exist_for_the_house(house: House) -> None:
    house.with_people()
    assert house.read(lambda uow: uow.people.by_account(Account("web", "ayse"))).id == house.read(
        lambda uow: person(uow, "ayse")
    )
