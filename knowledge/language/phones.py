"""Telephone numbers as people and staff lists write them."""

from __future__ import annotations

import re

_NATIONAL = re.compile(
    r"(?<!\d)(?:(?:\+|00)?90[ ().-]{0,3})?\(?0?[ (.-]{0,2}([2-58]\d\d)[ ).(/-]{0,3}"
    r"(\d{3})[ .-]{0,2}(\d\d)[ .-]{0,2}(\d\d)(?!\d)"
)
"""Ten digits after the country's 90 or the trunk's 0, whatever stands between them; an extension may follow."""
_UNDERSTOOD = re.compile(
    r"(?:\+?[\d ().,;/|:*-]|(?<![a-z])(?:dahili|dah|ic hat|tel|telefon|cep|gsm|is|faks|x|ext|no)(?![a-z])\.?)+"
)
MOBILE = "5"


def phone_key(phone: str) -> str:
    """Ten digits by which a number is known: `0 (532) 111 22 33`, `+905321112233` and `0532 111 22 33 / 1453` are one.

    Of several the first mobile one, else the first; what is no number of this country by its last ten digits.
    """
    found = ["".join(match.groups()) for match in _NATIONAL.finditer(phone)]
    mobile = [number for number in found if number.startswith(MOBILE)]
    if found:
        return (mobile or found)[0]
    return "".join(letter for letter in phone if letter in "0123456789")[-10:]


def is_phone(folded: str) -> bool:
    """Whether a folded text is made of numbers and the words beside them ("dahili", "cep"), with three digits at
    least."""
    return _UNDERSTOOD.fullmatch(folded) is not None and sum(letter.isdigit() for letter in folded) >= 3
