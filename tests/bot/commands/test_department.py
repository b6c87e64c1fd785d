from __future__ import annotations

import json

from tests.bot.commands.test_people import HEADER, listed, people
from tests.bot.commands.workspace import Workspace


def test_the_first_staff_list_makes_the_list_and_later_ones_follow_it(workspace: Workspace) -> None:
    first = listed(workspace, HEADER + "1,Ayşe Yılmaz,Mali Hizmetler,,,\n2,Veli Öz,MALİ HİZMETLER MÜD.,,,\n")
    assert "müdürlük listesi bu dosyadan kuruldu: 1 müdürlük" in first.err
    later = listed(workspace, HEADER + "3,Can Er,mali hiz.,,,\n4,Su Ak,Uzay İşleri,,,\n")
    assert "listede olmayan müdürlük: “Uzay İşleri”" in later.err
    assert "“mali hiz.” → MALİ HİZMETLER sayıldı (1 kişi)" in later.err
    departments = {handle: person.department for handle, person in people(workspace).items()}
    assert departments["can.er"] == departments["veli.oz"] == departments["ayse.yilmaz"]
    assert departments["su.ak"] == "Uzay İşleri"


def test_the_list_is_shown_and_added_to(workspace: Workspace) -> None:
    assert "Eklenen: 2, zaten olan: 1." in workspace.masa("department", "add", "Zabıta", "Fen İşleri", "zabıta md.").out
    lines = [json.loads(line) for line in workspace.masa("department", "list", "--json").out.splitlines()]
    assert [(one["name"], one["people"], one["open"]) for one in lines] == [
        ("Fen İşleri", 0, True),
        ("Zabıta", 0, True),
    ]
    assert "Fen İşleri" in workspace.masa("department", "list").out
