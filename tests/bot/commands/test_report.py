"""`masa report`: a week, a month or a year as a file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from tests.bot.commands.workspace import Workspace


def test_each_period_is_written(workspace: Workspace, tmp_path: Path) -> None:
    workspace.with_people()
    for period, name, more in (
        ("2026", "yil.pdf", ()),
        ("2026-11", "ay.pdf", ("--unit", "donanim")),
        ("2026-W47", "hafta.pdf", ()),
    ):
        ran = workspace.masa("report", period, "--out", str(tmp_path / name), *more)
        assert (ran.code, ran.out.strip()) == (0, f"{tmp_path / name}: {period}"), ran.err
    assert "2026 yılında açılmış kayıt yoktur." in PdfReader(tmp_path / "yil.pdf").pages[0].extract_text()
    assert "Aylık rapor: Kasım 2026" in PdfReader(tmp_path / "ay.pdf").pages[0].extract_text()
    assert "Haftalık rapor" in PdfReader(tmp_path / "hafta.pdf").pages[0].extract_text()
    named = tmp_path / "yil.bin"
    assert workspace.masa("report", "2026", "--format", "docx", "--out", str(named)).code == 0
    assert Document(io.BytesIO(named.read_bytes())).paragraphs[0].text == "2026 yılı birim faaliyet raporu"
    assert "exists; expected a new name" in workspace.masa("report", "2026", "--out", str(tmp_path / "yil.pdf")).err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("2027", "--out", "r.pdf"), "expected a year from 2000 to 2026"),
        (("geçen yıl", "--out", "r.pdf"), "expected a year (2026), a month (2026-11) or a week (2026-W48)"),
        (("2026-13", "--out", "r.pdf", "--unit", "donanim"), "expected a month as YYYY-MM, 2026-11 or earlier"),
        (("2026-12", "--out", "r.pdf", "--unit", "donanim"), "expected a month as YYYY-MM, 2026-11 or earlier"),
        (("2026-11", "--out", "r.pdf"), "needs --unit; expected one of donanim, yazilim"),
        (("2026-W54", "--out", "r.pdf"), "expected a week as YYYY-Www"),
        (("2026-11", "--out", "r.docx", "--unit", "donanim"), "only the report of a year is a document"),
        (("2026", "--out", "r.pdf", "--unit", "donanim"), "the report of a year is of all units"),
        (("2026", "--out", "r.txt"), "ends in .pdf or .docx, or --format"),
        (("2026", "--out", "r.pdf", "--format", "docx"), "but --out ends in .pdf"),
        (("2026", "--out", "r.pdf", "--format", "odt"), "expected pdf or docx"),
        (("2026", "--out", "yok/r.pdf"), "expected an existing folder"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    workspace: Workspace, arguments: tuple[str, ...], why: str
) -> None:
    ran = workspace.masa("report", *arguments)
    assert (ran.code, why in ran.err) == (2, True), ran.err
