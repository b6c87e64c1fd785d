from __future__ import annotations

import csv
from pathlib import Path

import pytest

from handlers.domain.people import Account, Person, Role
from handlers.domain.states import State
from handlers.people.join_codes import code_hash
from handlers.ports import UnitOfWork
from tests.bot.commands.workspace import NOW, Ran, Workspace, open_ticket, person

HEADER = "sicil_no,ad,mudurluk,oda,telefon,eposta\n"
TWO = HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,312,1453,ayse@belediye.example\n2,Veli Öz,Fen İşleri,,,\n"


def listed(workspace: Workspace, text: str, *options: str) -> Ran:
    Path("p.csv").write_text(text, encoding="utf-8")
    return workspace.masa("people", "import", "p.csv", *options)


def people(workspace: Workspace) -> dict[str, Person]:
    return {person.handle: person for person in workspace.read(lambda uow: uow.people.everybody())}


def test_a_list_makes_the_database_and_the_people(workspace: Workspace) -> None:
    listed(workspace, TWO)
    found = people(workspace)
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


def test_people_are_updated_by_their_number_and_keep_role_and_handle(workspace: Workspace) -> None:
    listed(workspace, TWO)

    def promote(uow: UnitOfWork) -> None:
        veli = uow.people.by_handle("veli.oz")
        assert veli is not None
        veli.role, veli.unit = Role.TECHNICIAN, "donanim"
        uow.people.save(veli)

    workspace.write(promote)
    ran = listed(
        workspace, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,312,1453,ayse@belediye.example\n2,Veli Öz,Park,5,,\n"
    )
    assert "Eklenen: 0, güncellenen: 1, aynı kalan: 1." in ran.err
    veli = people(workspace)["veli.oz"]
    assert (veli.department, veli.room, veli.role, veli.unit) == ("Park", "5", Role.TECHNICIAN, "donanim")


def test_two_of_one_name_are_two_people(workspace: Workspace) -> None:
    listed(workspace, HEADER + "1,Ali Er,Zabıta,,,\n2,Ali Er,Fen İşleri,,,\n")
    assert len(people(workspace)) == 2


def test_one_bad_row_and_nothing_is_changed(workspace: Workspace) -> None:
    ran = listed(workspace, TWO + "3,,,,,x\n,Ali Er,Zabıta,,,\n")
    assert ran.code == 2
    assert not Path("masa.db").exists()
    lines = ran.err.splitlines()
    assert lines[0] == "masa: p.csv:4: ad ''; expected a name, at most 80 characters"
    assert lines[3].startswith("masa: p.csv:5: sicil_no ''")
    assert lines[-1] == "masa: nothing was changed"


def test_codes_are_printed_once_each_and_tie_an_account_to_the_person(workspace: Workspace) -> None:
    ran = listed(workspace, TWO, "--codes")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert [(row["sicil_no"], row["ad"]) for row in rows] == [("1", "Ayşe Yılmaz"), ("2", "Veli Öz")]
    code = workspace.read(lambda uow: uow.codes.get(code_hash(rows[0]["kod"])))
    assert code is not None
    assert code.person == people(workspace)["ayse.yilmaz"].id
    assert code.role is Role.REQUESTER


def test_who_is_missing_is_listed_and_left_alone(workspace: Workspace) -> None:
    listed(workspace, TWO)
    ran = listed(workspace, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,312,1453,ayse@belediye.example\n")
    assert "Listede olmayanlar (ayrıldılarsa: --absent-left): 1" in ran.err
    assert "Veli Öz" in ran.err
    assert not people(workspace)["veli.oz"].gone


def test_who_is_missing_has_left_when_it_is_said_so(workspace: Workspace) -> None:
    workspace.with_people()
    listed(workspace, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,,,\n2,Veli Öz,Bilgi İşlem,,,\n")

    def claims(uow: UnitOfWork) -> None:
        veli = uow.people.by_handle("veli.oz")
        assert veli is not None
        veli.role, veli.unit = Role.TECHNICIAN, "donanim"
        uow.people.save(veli)
        ticket = open_ticket(uow)
        ticket.claim(by=veli.id, at=NOW, channel="web")
        uow.tickets.save(ticket)

    workspace.write(claims)
    listed(workspace, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,,,\n", "--absent-left")
    veli = people(workspace)["veli.oz"]
    assert veli.gone
    assert veli.role is Role.REQUESTER
    ticket = workspace.read(lambda uow: uow.tickets.by_number("2026-000001"))
    assert (ticket.state, ticket.holder) == (State.OPEN, None)
    assert not people(workspace)["mehmet"].gone  # never was in a list
    listed(workspace, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,,,\n2,Veli Öz,Bilgi İşlem,,,\n")
    assert not people(workspace)["veli.oz"].gone


WHOLE = HEADER + "".join(f"{n},Kişi {chr(64 + n)},Zabıta,{n},,\n" for n in range(1, 13))


def test_a_list_cut_short_ends_nobodys_rights(workspace: Workspace) -> None:
    """Two of twelve are missing: that is asked about. One may have left; the next whole list has them back."""
    listed(workspace, WHOLE)

    def promote(uow: UnitOfWork) -> None:
        last = uow.people.by_staff_no("12")
        assert last is not None
        last.role, last.unit = Role.LEAD, "yazilim"
        uow.people.save(last)

    workspace.write(promote)
    for cut in (HEADER, WHOLE[: WHOLE.index("11,")]):
        ran = listed(workspace, cut, "--absent-left")
        assert ran.code == 2
        assert ran.err.splitlines()[-1] == "masa: nothing was changed"
        assert not any(person.gone for person in people(workspace).values())
    ran = listed(workspace, WHOLE[: WHOLE.index("12,")], "--absent-left")
    assert "Ayrılmış sayılanlar: 1" in ran.err
    assert "şef" in ran.err
    assert people(workspace)["kisi.l"].role is Role.REQUESTER
    ran = listed(workspace, WHOLE)
    assert "görevi geri verilenler: 1" in ran.err
    back = people(workspace)["kisi.l"]
    assert (back.role, back.unit, back.left_at, back.former_role) == (Role.LEAD, "yazilim", None, None)
    assert listed(workspace, WHOLE[: WHOLE.index("5,")], "--absent-left", "--even-many").code == 0
    assert sum(person.gone for person in people(workspace).values()) == 8


def test_the_last_admin_stays_although_a_list_has_them_not(workspace: Workspace) -> None:
    listed(workspace, TWO)

    def promote(uow: UnitOfWork) -> None:
        veli = uow.people.by_staff_no("2")
        assert veli is not None
        veli.role = Role.ADMIN
        uow.people.save(veli)

    workspace.write(promote)
    without = TWO[: TWO.index("2,Veli")]
    ran = listed(workspace, without, "--absent-left")
    assert "Ayrılmış sayılanlar" not in ran.err
    assert "başka sistem yöneticisi olmadığı için yetkisi açık kaldı" in ran.err
    assert "Veli Öz" in ran.err
    assert people(workspace)["veli.oz"].role is Role.ADMIN


def test_a_column_that_the_list_has_not_changes_nothing(workspace: Workspace) -> None:
    listed(workspace, TWO)
    ran = listed(workspace, "sicil_no;ad soyad;müdürlük\n1;Ayşe Yılmaz;Park\n2;Veli Öz;Fen İşleri\n")
    assert "güncellenen: 1, aynı kalan: 1" in ran.err
    ayse = people(workspace)["ayse.yilmaz"]
    assert (ayse.department, ayse.room, ayse.phone) == ("Park", "312", "1453")


def test_people_are_listed(workspace: Workspace) -> None:
    workspace.with_people()
    rows = {row["handle"]: row for row in workspace.masa("people", "list", "--json").json}
    assert rows["mehmet"]["role"] == "technician"
    assert rows["mehmet"]["unit"] == "donanim"
    assert "Ayşe Yılmaz" in workspace.masa("people", "list").out


@pytest.mark.parametrize("arguments", [("--role", "technician"), ("--role", "admin", "--unit", "donanim")])
def test_a_code_for_a_role_names_a_unit_where_one_is_needed(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    ran = workspace.masa("invite", *arguments)
    assert ran.code == 2
    assert "unit" in ran.err
    assert not Path("masa.db").exists()


def test_the_first_admin_comes_by_a_code(workspace: Workspace) -> None:
    (given,) = workspace.masa("invite", "--role", "admin", "--name", "Ada", "--json").json
    assert set(given) == {"code", "role", "unit", "name", "expires_at"}
    code = workspace.read(lambda uow: uow.codes.get(code_hash(given["code"])))
    assert code is not None
    assert (code.role, code.name, code.used_at) == (Role.ADMIN, "Ada", None)
    assert "/katil " in workspace.masa("invite", "--role", "lead", "--unit", "yazilim").out


def test_demo_accounts_exist_for_the_house(workspace: Workspace) -> None:
    workspace.with_people()
    assert workspace.read(lambda uow: uow.people.by_account(Account("web", "ayse"))).id == workspace.read(
        lambda uow: person(uow, "ayse")
    )
