"""Codes in a picture: a label of ours that somebody photographed, or the barcode of another system.

What is read is only ever compared with numbers that the desk has: an address in it is never opened, and what is no
number (a visiting card, the password of a network) is not kept.
"""

from __future__ import annotations

import io
import re
import warnings

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.filestore.damage import DAMAGED

MAX_PIXELS = 12_000_000
"""A larger picture is not looked at: a phone's photo is not larger."""
LONGEST_SIDE = 1_600
"""Pixels to which a picture is made smaller before codes are looked for: 80 ms instead of 400."""
MOST_CODES = 4
_FORMATS = tuple(
    getattr(zxingcpp.BarcodeFormat, name) for name in ("QRCode", "DataMatrix", "Code128", "Code39", "EAN13")
)
_LABEL = re.compile(r"https?://[^\s?#]{1,300}/c/([2-9A-HJ-NP-TV-Z]{8})/?", re.IGNORECASE)
"""As on our labels, under whichever host they were printed."""
_NUMBER = re.compile(r"[\w][\w ./_+-]{2,63}")


def read_codes(content: bytes) -> tuple[str, ...]:
    """Of a label of ours the token, of another code what stands in it; the first few, none twice. Empty where there is
    none, or no picture. A tenth of a second: never in the event loop, never within a transaction."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS:
                return ()
            image.draft("L", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked smaller at once
            grey = ImageOps.exif_transpose(image).convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, *DAMAGED):
        return ()
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(_FORMATS), try_invert=False)
    codes = [kept for one in found if (kept := kept_of(one.text))]
    return tuple(dict.fromkeys(codes))[:MOST_CODES]


def kept_of(text: str) -> str:
    """What of a code is kept; empty: nothing."""
    text = text.strip()
    if label := _LABEL.fullmatch(text):
        return label[1].upper()
    return text if _NUMBER.fullmatch(text) else ""
