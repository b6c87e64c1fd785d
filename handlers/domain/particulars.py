"""What is kept of somebody beside their name: which texts can be a staff number, a room, an e-mail address."""

from __future__ import annotations

import re

MAX_FIELD_LETTERS = 80
_STAFF_NO = re.compile(r"[0-9A-Za-z./-]{1,20}")
_EMAIL = re.compile(r"[^@\s,;<>]++@[^@\s,;<>.]++(?:\.[^@\s,;<>.]++)++")
_OF_A_FORMULA = ("=", "+", "-", "@")


def is_staff_no(typed: str) -> bool:
    return _STAFF_NO.fullmatch(typed) is not None


def is_email(typed: str) -> bool:
    return len(typed) <= 2 * MAX_FIELD_LETTERS and _EMAIL.fullmatch(typed) is not None


def is_words(value: str, *, needed: bool = False) -> bool:
    """Without control characters and those that turn the direction of a line; no formula where a name is needed."""
    if len(value) > MAX_FIELD_LETTERS or not value.isprintable():
        return False
    return any(letter.isalpha() for letter in value) and not value.startswith(_OF_A_FORMULA) if needed else True
