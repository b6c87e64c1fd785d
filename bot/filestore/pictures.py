"""Pictures as they are kept: upright, and without what they tell beside what they show."""

from __future__ import annotations

import io
import warnings
from contextlib import AbstractContextManager
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from bot.filestore import metadata
from bot.filestore.damage import DAMAGED
from handlers.domain.errors import Invalid

MEGA = 1_000_000
MAX_PIXELS = 60 * MEGA
_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp", "BMP": "image/bmp"}
_TURNED = frozenset(["PNG", "JPEG", "WEBP"])
_ORIENTATION = 0x0112
_UPRIGHT = 1
_QUALITY = 90


def without_metadata(content: bytes) -> tuple[bytes, str]:
    """The content to keep and its media type by the bytes, not by a name: only raster pictures are ever shown, the rest
    is downloaded. Raises Invalid(`picture_too_large`).

    Pillow sees what is kept only: of a phone's two pictures in one file the one that is shown.
    """
    told, content = metadata.exif(content), metadata.without_metadata(content)
    try:
        with _no_warnings(), Image.open(io.BytesIO(content)) as image:
            _require_bounded(image.width * image.height)
            kind = _RASTER.get(image.format or "")
            if image.format in _TURNED and (orientation := _orientation(told)) != _UPRIGHT:
                content = _upright(image, orientation) or content
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid("picture_too_large", megapixels="", limit=MAX_PIXELS // MEGA) from error
    except (UnidentifiedImageError, *DAMAGED):
        kind = None
    return content, kind or ("application/pdf" if content.startswith(b"%PDF-") else "application/octet-stream")


def _no_warnings() -> AbstractContextManager[object]:
    """Pillow warns of each oddity of a file that somebody else made."""
    return warnings.catch_warnings(action="ignore", category=UserWarning)


def _require_bounded(pixels: int) -> None:
    if pixels > MAX_PIXELS:
        raise Invalid("picture_too_large", megapixels=-(-pixels // MEGA), limit=MAX_PIXELS // MEGA)


def _orientation(told: bytes) -> int:
    """As a picture's data say, 1 to 8."""
    exif = Image.Exif()
    try:
        exif.load(told)
        found = exif.get(_ORIENTATION)
    except DAMAGED:
        return _UPRIGHT
    return found if isinstance(found, int) and 1 <= found <= 8 else _UPRIGHT


def _upright(image: Image.Image, orientation: int) -> bytes | None:
    """Turned; None: it moves, or is too damaged to be turned."""
    try:
        if getattr(image, "is_animated", False):
            return None
        how: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            how |= {"qtables": image.quantization, "subsampling": JpegImagePlugin.get_sampling(image)}
        elif image.format == "WEBP":
            how |= {"quality": _QUALITY}
        image.getexif()[_ORIENTATION] = orientation
        out = io.BytesIO()
        ImageOps.exif_transpose(image).save(out, image.format, **how)
    except DAMAGED:
        return None
    return out.getvalue()
