"""Pictures and films that tell where they were taken: made here, as phones and cameras write them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping

from PIL import Image, PngImagePlugin

PLACE = b"41.0082N-28.9784E"
"""As it stands in every kind of data beside the picture."""
SIDEWAYS = 6
"""To be shown turned by 90 degrees."""
TAKEN_AT = struct.pack(">I", 3_800_000_000)
"""As films tell it."""


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = PLACE.decode()
    exif[0x9286] = PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (41.0, 0.0, 29.5), 29: PLACE.decode()})
    return exif


def _canvas(mode: str = "RGB") -> Image.Image:
    """Wider than high, red on its left."""
    image = Image.new(mode, (64, 32), "blue")
    image.paste("red", (0, 0, 16, 32))
    return image


def jpeg(orientation: int = 1) -> bytes:
    out = io.BytesIO()
    xmp = b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>"
    _canvas().save(out, "JPEG", exif=_exif(orientation), comment=PLACE, xmp=xmp)
    photoshop = b"Photoshop 3.0\0" + PLACE
    segment = b"\xff\xed" + struct.pack(">H", 2 + len(photoshop)) + photoshop
    whole = out.getvalue()
    return whole[:2] + segment + whole[2:] + b"MotionPhoto" + PLACE


def two_in_one() -> bytes:
    """A phone's portrait: a second picture hangs behind the one that is shown, and both lie on their side."""
    out = io.BytesIO()
    _canvas().save(out, "MPO", exif=_exif(SIDEWAYS), save_all=True, append_images=[_canvas().rotate(180)])
    return out.getvalue()


def png(orientation: int = 1) -> bytes:
    out, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Comment", PLACE.decode())
    words.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    _canvas().save(out, "PNG", exif=_exif(orientation), pnginfo=words)
    return out.getvalue() + PLACE


def webp(orientation: int = 1) -> bytes:
    out = io.BytesIO()
    _canvas().save(out, "WEBP", exif=_exif(orientation), xmp=PLACE)
    return out.getvalue() + b"LAST" + struct.pack("<I", len(PLACE)) + PLACE


def moving_webp() -> bytes:
    out = io.BytesIO()
    frames = [_canvas(), _canvas().rotate(180)]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], exif=_exif(1), xmp=PLACE)
    return out.getvalue()


def gif() -> bytes:
    out = io.BytesIO()
    frames = [_canvas(), _canvas().rotate(180)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=PLACE, loop=0)
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(PLACE)]) + PLACE + b"\0"
    return out.getvalue()[:-1] + xmp + b";" + PLACE


def tiff(big: bool = False) -> bytes:
    out = io.BytesIO()
    _canvas().save(out, "TIFF", exif=_exif(1), big_tiff=big)
    return out.getvalue()


def avif() -> bytes:
    out = io.BytesIO()
    _canvas().save(out, "AVIF", exif=_exif(1), xmp=PLACE)
    return out.getvalue()


def jpeg_xl() -> bytes:
    told = _box(b"Exif", b"\0\0\0\0" + PLACE) + _box(b"xml ", PLACE)
    return _box(b"JXL ", b"\r\n\x87\n") + _box(b"ftyp", b"jxl \0\0\0\0jxl ") + told + _box(b"jxlc", b"\xff\x0apicture")


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def heic(extent_in_meta: bool = False) -> bytes:
    """The boxes of a phone's photo around bytes that stand for its picture."""
    exif, picture = b"\0\0\0\6Exif\0\0" + PLACE, b"picture" * 9
    entries = b"".join(
        _box(b"infe", b"\2\0\0\0" + struct.pack(">HH", item, 0) + kind + b"\0")
        for item, kind in ((1, b"hvc1"), (2, b"Exif"))
    )
    items = _box(b"iinf", b"\0\0\0\0" + struct.pack(">H", 2) + entries)

    def places(of_picture: int, of_exif: int) -> bytes:
        told = ((1, 0, of_picture, len(picture)), (2, int(extent_in_meta), of_exif, len(exif)))
        rows = b"".join(struct.pack(">HHHHII", item, how, 0, 1, at, size) for item, how, at, size in told)
        return _box(b"iloc", b"\1\0\0\0\x44\0" + struct.pack(">H", 2) + rows)

    here = _box(b"idat", exif) if extent_in_meta else b""
    before = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    meta_size = 8 + 4 + len(items) + len(places(0, 0)) + len(here)
    data_at = len(before) + meta_size + 8
    of_exif = 0 if extent_in_meta else data_at + len(picture)
    meta = _box(b"meta", b"\0\0\0\0" + items + places(data_at, of_exif) + here)
    return before + meta + _box(b"mdat", picture + (b"" if extent_in_meta else exif))


def film() -> bytes:
    since = b"\0\0\0\0" + 2 * TAKEN_AT
    media = _box(b"mdia", _box(b"mdhd", since) + _box(b"minf", _box(b"udta", PLACE)))
    tracks = _box(b"trak", _box(b"tkhd", since + b"t" * 20) + media + _box(b"udta", PLACE))
    told = _box(b"udta", _box(b"\xa9xyz", PLACE)) + _box(b"meta", b"\0\0\0\0" + _box(b"ilst", PLACE))
    moov = _box(b"moov", _box(b"mvhd", since + b"m" * 20) + tracks + told + _box(b"uuid", PLACE))
    later = _box(b"moof", _box(b"traf", _box(b"udta", PLACE))) + _box(b"meta", b"\0\0\0\0" + _box(b"ilst", PLACE))
    return _box(b"ftyp", b"isom\0\0\0\0isom") + moov + _box(b"mdat", b"frames") + later + _box(b"uuid", PLACE)


TOLD: Mapping[str, bytes] = {
    "telefon.jpg": jpeg(),
    "yan.jpg": jpeg(SIDEWAYS),
    "ikili.jpg": two_in_one(),
    "ekran.png": png(),
    "yan.png": png(SIDEWAYS),
    "foto.webp": webp(),
    "yan.webp": webp(SIDEWAYS),
    "hareketli.webp": moving_webp(),
    "hareketli.gif": gif(),
    "tarama.tif": tiff(),
    "buyuk.tif": tiff(big=True),
    "foto.avif": avif(),
    "foto.jxl": jpeg_xl(),
    "iphone.heic": heic(),
    "kucuk.heic": heic(extent_in_meta=True),
    "canli.heic": heic() + _box(b"mpvd", film()),
    "film.mp4": film(),
}
"""By name."""


def bomb(width: int, height: int) -> bytes:
    """A small file that says it is a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
