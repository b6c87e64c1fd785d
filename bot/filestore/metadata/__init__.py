"""What pictures and films say beside what they show: where and when they were taken, with which device, by whom.

It is taken out on receipt. Nothing is decoded for it: each format is walked by its own marks, what it needs to be shown
is kept and the rest left out; in formats that find their parts by place (TIFF, HEIC, MP4) it is overwritten with
zeros. A damaged file keeps what is whole.
"""

from __future__ import annotations

from bot.filestore.metadata import boxes, gif, jpeg, png, tiff, webp


def without_metadata(content: bytes) -> bytes:
    """As it is for whatever is no picture and no film."""
    if content.startswith(jpeg.SIGNATURE):
        return jpeg.cleaned(content)
    if content.startswith(png.SIGNATURE):
        return png.cleaned(content)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return gif.cleaned(content)
    if webp.is_webp(content):
        return webp.cleaned(content)
    if content.startswith(tiff.SIGNATURES):
        return tiff.cleaned(content)
    return boxes.cleaned(content) if content[4:8] in boxes.FIRST else content


def exif(content: bytes) -> bytes:
    """The data in which a JPEG, PNG or WebP says how it is turned, as browsers look for them; empty: there are none."""
    if content.startswith(jpeg.SIGNATURE):
        return jpeg.exif(content)
    if content.startswith(png.SIGNATURE):
        return png.exif(content)
    return webp.exif(content) if webp.is_webp(content) else b""
