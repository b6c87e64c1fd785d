"""What pictures and films say beside what they show: where and when they were taken, with which device, by whom.

It is taken out on receipt. Nothing is decoded for it: each format is walked by its own marks, what it needs to be shown
is kept and the rest left out; in formats that find their parts by place (TIFF, HEIC, MP4) it is overwritten with
zeros. A damaged file keeps what is whole.
"""

from __future__ import annotations

from bot.filestore.metadata import boxes, gif, jpeg, png, tiff, webp


def without_metadata(content: bytes) -> bytes:
    """As it is for whatever is no picture and no film."""
    if content.startswith(b"\xff\xd8\xff"):
        return jpeg.cleaned(content)
    if content.startswith(png.SIGNATURE):
        return png.cleaned(content)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return gif.cleaned(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return webp.cleaned(content)
    if content.startswith((b"II*\0", b"MM\0*")):
        return tiff.cleaned(content)
    return boxes.cleaned(content) if content[4:8] in boxes.FIRST else content
