"""Rows 11 and 12: crooked file names, bombs and giants."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image

from handlers.domain.errors import Invalid
from tests.scenarios.stage import Stage


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/shadow", "shadow"),
        ("C:\\kullanici\\belge.pdf", "belge.pdf"),
        ("a\x00b.txt", "ab.txt"),
        ("fatura\u202egpj.txt", "faturagpj.txt"),
        ("satır\r\nSet-Cookie: x.txt", "satırSet-Cookie: x.txt"),
        ("\ud800.txt", "?.txt"),
        ("a" * 500 + ".txt", "a" * 108 + ".txt"),
    ],
)
async def test_row_11_a_crooked_file_name_is_only_a_name(stage: Stage, named: str, shown: str) -> None:
    kept = stage.keep(named, b"icerik", "web:p:ayse")
    assert kept.name == shown
    assert re.fullmatch(r"[0-9a-f]{32}", kept.id)
    assert stage.app.gateway.files.path(kept.id).read_bytes() == b"icerik"
    folder = stage.app.settings.data_dir
    assert [path.name for path in folder.iterdir()] == [kept.id]


@pytest.mark.parametrize("named", ["", "..", "/", "\u202e", " . "])
def test_row_11_a_file_without_a_usable_name_is_refused(stage: Stage, named: str) -> None:
    with pytest.raises(Invalid, match="file_name"):
        stage.keep(named, b"x", "web:p:ayse")


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for place in range(11):
            with archive.open(f"{place}.bin", "w") as member:
                for _ in range(20):
                    member.write(bytes(1024 * 1024))
    return out.getvalue()


def _pixel_bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("arsiv.zip", _zip_bomb),
        ("belge.docx", _zip_bomb),
        ("resim.png", _pixel_bomb),
        ("resim.txt", _pixel_bomb),
        ("buyuk.bin", lambda: bytes(20 * 1024 * 1024)),
    ],
)
def test_row_12_bombs_and_giants_are_refused_unopened_and_leave_nothing(
    stage: Stage, name: str, content: Callable[[], bytes]
) -> None:
    with pytest.raises(Invalid, match="file_too_large"):
        stage.keep(name, content(), "web:p:ayse")
    assert [*stage.app.settings.data_dir.iterdir()] == []
