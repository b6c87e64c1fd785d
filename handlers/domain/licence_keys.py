"""A licence key is never kept: only where it is kept (10/23)."""

from __future__ import annotations

import re

from handlers.domain.errors import Invalid

_KEY = re.compile(r"(?<![0-9A-Z-])[0-9A-Z]{4,12}+(?:-[0-9A-Z]{4,12}+){3,7}+(?![0-9A-Z-])", re.IGNORECASE | re.ASCII)


def is_like_a_key(text: str) -> bool:
    """`VK7JG-NPHTM-C97JM-9MPGT-3V66T`: four groups or more, in which letters and digits are mixed."""
    return any(_is_mixed(found[0]) for found in _KEY.finditer(text))


def _is_mixed(found: str) -> bool:
    return any(letter.isdigit() for letter in found) and any(letter.isalpha() for letter in found)


def require_none(*texts: str) -> None:
    """Raises Invalid(`licence_key`)."""
    if any(is_like_a_key(text) for text in texts):
        raise Invalid("licence_key")
