"""`masa rooms cards`: one PDF for the whole house."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.bot.commands.workspace import Workspace


def test_every_room_of_the_staff_list_has_a_card(workspace: Workspace, tmp_path: Path) -> None:
    workspace.with_people()
    out = tmp_path / "kartlar.pdf"
    ran = workspace.masa("rooms", "cards", "--out", str(out))
    assert ran.code == 0, ran.err
    assert f"{out}: {len(PdfReader(out).pages)} kart (" in ran.out
    assert "no telephone opens http://127.0.0.1:" in ran.err
    assert "exists; expected a new name" in workspace.masa("rooms", "cards", "--out", str(out)).err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--out", "kart.txt"), "expected a file name that ends in .pdf"),
        (("--out", "kart.pdf", "--rooms", "toplantı salonu"), "expected numbers of rooms, 500 at most"),
        (("--out", "kart.pdf", "--rooms", "1-900"), "expected numbers of rooms, 500 at most"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    workspace: Workspace, arguments: tuple[str, ...], why: str
) -> None:
    ran = workspace.masa("rooms", "cards", *arguments)
    assert (ran.code, why in ran.err) == (2, True)
