"""Words that somebody passes on: whose they are stands before them, and they are read without it."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"^İletilen \([^()\n]{1,80}\): ", re.MULTILINE)
_UNSEEN = re.compile(r"[()\s]+")
MAX_AUTHOR_LETTERS = 80


def quoted(author: str, words: str) -> str:
    """`İletilen (Derya Koç): bilgisayarım açılmıyor`; without a name, or words, the words alone."""
    name = _UNSEEN.sub(" ", author).strip()[:MAX_AUTHOR_LETTERS].strip()
    return f"İletilen ({name}): {words}" if name and words else words


def is_quoted(text: str) -> bool:
    """Whether it is somebody else's from its first word on."""
    return _QUOTED.match(text) is not None


def unquoted(text: str) -> str:
    """The words alone, as they were written."""
    return _QUOTED.sub("", text)
