"""Rows 11 and 12: crooked file names, bombs and giants."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image

from handlers.domain.errors import Invalid
from handlers.messages import plain
from tests.bot.filestore import photos
from tests.bot.filestore.test_file_types import zipped
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


@cache
def _picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG", compress_level=1)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("arsiv.zip", _zip_bomb, "“arsiv.zip” açılınca çok büyük oluyor (220 MB); en çok 200 MB"),
        ("belge.docx", _zip_bomb, "“belge.docx” açılınca çok büyük oluyor (220 MB); en çok 200 MB"),
        ("resim.png", lambda: _picture(30_000, 30_000), "Resim çok büyük; en çok 60 megapiksel"),
        ("resim.txt", lambda: _picture(30_000, 30_000), "Resim çok büyük; en çok 60 megapiksel"),
        ("tarama.png", lambda: _picture(9_000, 7_000), "Resim çok büyük: 63 megapiksel; en çok 60 megapiksel"),
        ("buyuk.bin", lambda: bytes(20 * 1024 * 1024), "Dosya çok büyük (20+ MB); en çok 20 MB"),
    ],
)
def test_row_12_bombs_and_giants_are_refused_unopened_and_leave_nothing(
    stage: Stage, name: str, content: Callable[[], bytes], said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        stage.keep(name, content(), "web:p:ayse")
    texts, data = stage.app.desk.texts, refused.value.data
    assert said in plain(texts.render(f"errors/{refused.value.reason}", rest=False, **data))
    assert "kalanı alındı" in texts.render(f"errors/{refused.value.reason}", rest=True, **data)
    assert [*stage.app.settings.data_dir.iterdir()] == []


async def test_row_26_what_a_photo_tells_of_its_place_is_kept_nowhere(stage: Stage) -> None:
    await stage.person("ayse").says("monitör kararıyor", files={"yan.jpg": photos.jpeg(photos.SIDEWAYS)})
    (kept,) = stage.app.settings.data_dir.iterdir()
    assert photos.PLACE not in kept.read_bytes()
    with Image.open(kept) as picture:
        assert picture.size == (32, 64)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("disk.iso", b"x"),
        ("fatura.pdf", b"ITSF" + bytes(80)),
        ("liste.xlsm", b"x"),
        ("belgeler.zip", zipped("fatura.lnk")),
    ],
)
async def test_row_27_what_runs_carries_or_leads_is_not_kept_and_the_words_are(
    stage: Stage, name: str, content: bytes
) -> None:
    """On the embedded channels the file is refused before there is a message; a platform's message has come already."""
    ayse = stage.person("ayse")
    if stage.channel in ("web", "terminal"):
        with pytest.raises(Invalid):
            await ayse.says("monitör kararıyor", files={name: content})
    else:
        await ayse.says("monitör kararıyor", files={name: content})
        said = " ".join(await ayse.heard())
        assert name in said
        assert "monitör" in said
    assert [*stage.app.settings.data_dir.iterdir()] == []
