"""`masa register`: the year's register on disk, or one line that says what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import delete

from storage.tables import ticket, ticket_event, ticket_search, ticket_timing
from tests.bot.commands.workspace import Workspace, open_ticket

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def year(workspace: Workspace) -> Workspace:
    """Three tickets of 2026."""
    workspace.with_people()
    for text in ("yazıcı çıktı vermiyor", "=1+1 kart 4111 1111 1111 1111", "ekran siyah"):
        workspace.write(lambda uow, text=text: open_ticket(uow, text, opened_at=AT))
    return workspace


def test_a_workbook_and_pages(year: Workspace) -> None:
    for name in ("defter.xlsx", "defter.pdf"):
        ran = year.masa("register", "--year", "2026", "--out", name)
        assert (ran.code, ran.err) == (0, "")
        assert "2026-000001 – 2026-000003 arasında 3 kayıt vardır; eksik numara yoktur." in ran.out
    sheet = openpyxl.load_workbook("defter.xlsx").active
    assert sheet is not None
    assert [sheet[f"A{row}"].value for row in (4, 5, 6)] == [f"2026-{n:06d}" for n in (1, 2, 3)]
    assert sheet["G5"].value == "'=1+1 kart [kart no]"
    assert "yazıcı çıktı" in PdfReader("defter.pdf").pages[0].extract_text()


def test_a_missing_number_is_said_aloud(year: Workspace) -> None:
    def lose(uow: object) -> None:
        of_tickets = (
            (ticket_event, ticket_event.c.ticket),
            (ticket_timing, ticket_timing.c.ticket),
            (ticket_search, ticket_search.c.ticket),
            (ticket, ticket.c.id),
        )
        for table, column in of_tickets:
            uow.transaction.execute(delete(table).where(column.in_([2, 3])))  # type: ignore[attr-defined] # the real store's

    year.write(lose)
    ran = year.masa("register", "--year", "2026", "--out", "defter.pdf")
    assert ran.code == 1
    assert "MISSING in the register of 2026: 2026-000002 – 2026-000003" in ran.err
    assert "2 of 3 numbers missing" in ran.err
    page = PdfReader("defter.pdf").pages[0].extract_text()
    assert "KAYIT YOK" in page
    assert "EKSİK NUMARA: 2" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "2026", "--out", "defter.csv"], "'defter.csv'; expected a file name that ends in .xlsx or .pdf"),
        (["--year", "2026", "--out", "nirde/defter.pdf"], "there is no 'nirde'"),
        (["--year", "2026", "--out", "folder.pdf"], "'folder.pdf' is a folder"),
        (["--year", "2026", "--out", "here.xlsx"], "'here.xlsx' exists; expected a new name, or --force"),
        (["--year", "1999", "--out", "defter.pdf"], "--year: 1999; expected a year from 2000 to"),
        (["--year", "2999", "--out", "defter.pdf"], "--year: 2999; expected a year from 2000 to"),
        (["--year", "bu", "--out", "defter.pdf"], "--year"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(year: Workspace, arguments: list[str], said: str) -> None:
    Path("folder.pdf").mkdir()
    Path("here.xlsx").write_text("mine", encoding="utf-8")
    ran = year.masa("register", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert {path.name for path in Path().iterdir() if not path.name.startswith("masa.db")} == {
        "folder.pdf",
        "here.xlsx",
    }
    assert Path("here.xlsx").read_text(encoding="utf-8") == "mine"


def test_force_replaces(year: Workspace) -> None:
    Path("here.xlsx").write_text("mine", encoding="utf-8")
    assert year.masa("register", "--year", "2026", "--out", "here.xlsx", "--force").code == 0
    assert openpyxl.load_workbook("here.xlsx").active is not None


def test_a_path_that_cannot_be_written(year: Workspace) -> None:
    ran = year.masa("register", "--year", "2026", "--out", "/proc/defter.pdf")
    assert ran.code == 2
    assert "'/proc/defter.pdf'" in ran.err
    assert "nothing was written" in ran.err


def test_without_a_database(workspace: Workspace) -> None:
    ran = workspace.masa("register", "--year", "2026", "--out", "defter.pdf")
    assert ran.code == 2
    assert not Path("defter.pdf").exists()
