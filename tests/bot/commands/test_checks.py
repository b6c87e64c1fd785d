"""`masa checks`: the yedek defteri of a month, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.bot.commands.workspace import Workspace


def test_a_month_without_a_check_is_a_page_that_says_so(workspace: Workspace, tmp_path: Path) -> None:
    workspace.with_people()
    out = tmp_path / "yedek.pdf"
    ran = workspace.masa("checks", "--month", "2026-11", "--out", str(out))
    assert ran.code == 0, ran.err
    assert "Yedek defteri, Kasım 2026" in ran.out
    text = PdfReader(out).pages[0].extract_text()
    assert "Kasım 2026 için yedek denetimi yoktur." in text
    assert "Yönetmelik 10/51" in text
    assert "exists; expected a new name" in workspace.masa("checks", "--month", "2026-11", "--out", str(out)).err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--month", "2026-12", "--out", "y.pdf"), "expected a month as YYYY-MM, 2026-11 or earlier"),
        (("--month", "dün", "--out", "y.pdf"), "expected a month as YYYY-MM"),
        (("--month", "2026-11", "--out", "y.txt"), "expected a file name that ends in .pdf"),
        (("--month", "2026-11", "--out", "y.pdf", "--unit", "yok"), "yok"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    workspace: Workspace, arguments: tuple[str, ...], why: str
) -> None:
    ran = workspace.masa("checks", *arguments)
    assert (ran.code, why in ran.err) == (2, True)
