"""`masa device import`: shown, taken in, and what was left out handed back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from handlers.ports import DevicesWanted
from tests.bot.commands.workspace import Workspace

MESSY = Path(__file__).parents[1] / "documents" / "inventory-messy.xlsx"


@pytest.fixture
def house(workspace: Workspace) -> Workspace:
    Path("liste.xlsx").write_bytes(MESSY.read_bytes())
    return workspace.with_people()


def numbers(house: Workspace) -> list[str]:
    return [str(one.number) for one in house.read(lambda uow: uow.devices.page(DevicesWanted()))]


def test_the_good_rows_are_taken_and_the_others_stand_beside_the_file(house: Workspace) -> None:
    shown = house.masa("device", "import", "liste.xlsx", "--sheet", "1", "--dry-run")
    assert "Yeni: 1, değişen: 0, aynı: 0, sorunlu: 3" in shown.err
    assert numbers(house) == []
    taken = house.masa("device", "import", "liste.xlsx")
    assert "Eklenen: 1" in taken.err
    assert numbers(house) == ["D-00001"]
    back = openpyxl.load_workbook("liste-sorunlu.xlsx").worksheets[0]
    assert [row[0].value for row in back.iter_rows(min_row=2)] == ["2", "3", "4"]
    again = house.masa("device", "import", "liste.xlsx", "--by", "fatma")
    assert "Eklenen: 0, güncellenen: 0, aynı kalan: 1" in again.err
    assert numbers(house) == ["D-00001"]
    assert Path("liste-sorunlu-2.xlsx").exists(), "what was handed back before stays"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("liste.xlsx", "--by", "ayse"), "may not bring lists"),
        (("liste.xlsx", "--by", "kimse"), "nobody of that name"),
        (("liste.xlsx", "--sheet", "2"), "başlık satırı yok"),
        (("yok.xlsx",), "expected a file that can be read"),
    ],
)
def test_what_stands_against_it_is_said(house: Workspace, arguments: tuple[str, ...], why: str) -> None:
    ran = house.masa("device", "import", *arguments)
    assert ran.code != 0
    assert why in ran.err


def test_agents_are_told_where_to_report_and_what_never_to_send(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = house.masa("device", "agent")
    assert (off.code, "MASA_AGENTS__PASSWORD: not set" in off.err) == (2, True)
    monkeypatch.setenv("MASA_AGENTS__PASSWORD", "uzun-bir-parola")
    monkeypatch.setenv("MASA_WEB__BASE_URL", "https://masa.defne.bel.tr")
    written = house.masa("device", "agent").out
    assert "server = https://masa.defne.bel.tr/envanter" in written
    assert "no-category = process,environment,local_user,local_group,user,software,license" in written
    assert "uzun-bir-parola" not in written
    assert "password = uzun-bir-parola" in house.masa("device", "agent", "--with-password").out
    monkeypatch.setenv("MASA_AGENTS__PASSWORD", "kisa")
    short = house.masa("device", "agent")
    assert (short.code, "at least 12 signs" in short.err, "kisa" in short.err) == (2, True, False)
