"""Keys of rows as an address or a form brings them."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.domain.errors import NotFound

_MOST = 2**31 - 1
"""Beyond it a database refuses to compare."""
_MOST_DIGITS = 10


def key_from(typed: str) -> int | None:
    """None for what is no row's key."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS):
        return None
    return key if (key := int(typed)) <= _MOST else None


def key_in(given: Mapping[str, str], name: str, what: str) -> int:
    """Of a form's field. Raises NotFound(`what`) for what is no row's key."""
    typed = given.get(name, "")
    key = key_from(typed)
    if key is None:
        raise NotFound(what, typed[:40])
    return key
