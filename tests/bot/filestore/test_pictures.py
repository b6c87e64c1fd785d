"""What a picture tells beside what it shows is gone before anybody may fetch it; what it shows is not."""

from __future__ import annotations

import io
import random
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from bot.filestore.attachments import AttachmentFiles
from bot.filestore.metadata import parts
from bot.filestore.pictures import without_metadata
from handlers.domain.errors import Invalid
from tests.bot.filestore import photos
from tests.clock import START

SHOWN = [name for name in photos.TOLD if not name.endswith(("heic", "mp4", "jxl", "ikili.jpg"))]


def kept(name: str) -> bytes:
    return without_metadata(photos.TOLD[name])[0]


@pytest.mark.parametrize("name", photos.TOLD)
def test_place_time_and_device_are_gone(name: str) -> None:
    assert photos.PLACE in photos.TOLD[name]
    assert photos.PLACE not in kept(name)
    assert photos.TAKEN_AT not in kept(name)
    assert b"GPS" not in kept(name)


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_left_is_the_same_picture_upright(name: str) -> None:
    with Image.open(io.BytesIO(photos.TOLD[name])) as before, Image.open(io.BytesIO(kept(name))) as after:
        turned = name.startswith("yan")
        assert after.size == ((32, 64) if turned else (64, 32))
        assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1)
        exif = after.getexif()
        assert exif.get(0x0112, 1) == 1
        assert not exif.get_ifd(0x8825)
        assert not exif.get(0x010F, "").strip("\0")
        red, green, blue = after.convert("RGB").getpixel((16, 4) if turned else (4, 16))  # type: ignore[misc] # of RGB
        assert red > 200 > 90 > max(green, blue)
        if not turned:
            assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()


def test_of_two_pictures_in_one_file_the_one_that_is_shown_stands_upright() -> None:
    content, media_type = without_metadata(photos.two_in_one())
    assert media_type == "image/jpeg"
    with Image.open(io.BytesIO(content)) as after:
        assert (after.format, after.size) == ("JPEG", (32, 64))


@pytest.mark.parametrize("name", ["iphone.heic", "kucuk.heic", "canli.heic", "film.mp4"])
def test_what_finds_its_parts_by_place_keeps_their_places(name: str) -> None:
    before, after = photos.TOLD[name], kept(name)
    assert len(after) == len(before)
    for part in (b"picture" * 9, b"frames", b"m" * 20, b"t" * 20, b"hvc1"):
        assert after.find(part) == before.find(part)


@pytest.mark.parametrize("content", [b"metin: free mdat moov", b"%PDF-1.7 " + photos.PLACE, b"RIFF....WAVE", b"II*\0"])
def test_what_is_no_picture_stays_as_it_is(content: bytes) -> None:
    assert without_metadata(content)[0] == content


@pytest.mark.parametrize("name", photos.TOLD)
def test_a_damaged_one_raises_nothing_and_tells_nothing_more(name: str) -> None:
    whole, rng = photos.TOLD[name], random.Random(name)
    for _ in range(60):
        damaged = bytearray(whole[: rng.randrange(13, len(whole))])
        for _ in range(rng.randrange(4)):
            damaged[rng.randrange(12, len(damaged))] = rng.randrange(256)
        with suppress(Invalid):  # it says that it is a giant now
            without_metadata(bytes(damaged))
    for cut in range(13, len(whole), 7):
        if name.endswith(("jpg", "png", "webp")) and photos.PLACE in whole[:cut]:
            assert photos.PLACE not in without_metadata(whole[:cut])[0], cut


@pytest.mark.parametrize("size", [(30_000, 30_000), (60_001, 1_000), (2_000_000_000, 1)])
def test_a_picture_that_grows_is_refused_undecoded_and_leaves_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    files = AttachmentFiles(tmp_path / "files")
    with pytest.raises(Invalid, match="picture_too_large"):
        files.keep(io.BytesIO(photos.bomb(*size)), "x.png", uploader=None, conversation="", at=START)
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.parametrize(
    ("begins", "told", "drawn"),
    [
        (b"\xff\xd8", b"\xff\xe1\0\2", b"\xff\xdb\0\6LATE"),
        (b"\x89PNG\r\n\x1a\n", b"\0\0\0\0tEXtxxxx", b"\0\0\0\4IDATLATExxxx"),
        (b"GIF89a\1\0\1\0\0\0\0", b"\x21\xfe\0", b"\x21\xf9\4LATE\0"),
        (b"RIFF\0\0\0\0WEBP", b"EXIF\0\0\0\0", b"VP8 \4\0\0\0LATE"),
    ],
)
def test_a_picture_of_countless_parts_is_not_walked_to_its_end(
    begins: bytes, told: bytes, drawn: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST", 100)
    assert b"LATE" in without_metadata(begins + 99 * told + drawn)[0]
    assert b"LATE" not in without_metadata(begins + 100 * told + drawn)[0]


def test_a_film_of_countless_boxes_is_not_walked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST", 100)
    told = b"\0\0\0\x0cudtaLATE"
    assert b"LATE" not in without_metadata(b"\0\0\0\x08ftyp" + 98 * b"\0\0\0\x08free" + told)[0]
    assert b"LATE" in without_metadata(b"\0\0\0\x08ftyp" + 100 * b"\0\0\0\x08free" + told)[0]


def test_what_the_data_of_a_picture_were_stays_readable() -> None:
    """Some readers refuse a picture whose data are zeros."""
    assert b"II*\0\x08\0\0\0" in kept("iphone.heic")
    with Image.open(io.BytesIO(kept("foto.avif"))) as picture:
        assert dict(picture.getexif()) == {}


def test_directories_that_lead_to_each_other_end() -> None:
    entry = b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0"
    without_metadata(b"II*\0\x08\0\0\0" + b"\xff\xff" + entry * 60_000)
    everywhere = b"\x0e\x01\x02\0\xff\xff\xff\0\x08\0\0\0"
    without_metadata(b"II*\0\x08\0\0\0" + b"\xff\xff" + everywhere * 60_000)
