"""What must not stand in registers, exports, logs or examples: identity numbers, phones, IBANs and cards.

The word that takes their place tells a reader what stood there.
"""

from __future__ import annotations

import re

IDENTITY, PHONE, IBAN, CARD = "[kimlik no]", "[telefon]", "[IBAN]", "[kart no]"

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?\d{4}){5}(?:[ -]?\d{2})?(?!\d)")
_CARD = re.compile(r"(?<!\d)(?<!\d[ -])\d(?:[ -]?\d){12,18}(?![ -]?\d)")
_PHONE = re.compile(
    r"""(?<![\d/.-])(?:
        (?:\+|00)90[ .-]?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}
      | 0[ .-]?\(?[2-5]\d{2}\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}
      | \(?5\d{2}\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}
      | \(?[2-4]\d{2}\)?[ .-]\d{3}[ .-]\d{2}[ .-]?\d{2}
    )(?!\d)""",
    re.VERBOSE,
)
_WHOLE_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)")
_SPACED_IDENTITY = re.compile(r"(?<!\d)[1-9](?:[ .-]?\d){10}(?!\d)")


def masked(text: str) -> str:
    """Eleven digits in a row count as an identity number, mistyped or not; with gaps only if the checksum holds."""
    if sum(letter.isdecimal() for letter in text) < 10:
        return text
    text = _IBAN.sub(IBAN, text)
    text = _CARD.sub(lambda found: CARD if _is_card(_digits(found[0])) else found[0], text)
    text = _WHOLE_IDENTITY.sub(IDENTITY, text)
    text = _SPACED_IDENTITY.sub(lambda found: IDENTITY if _is_identity(_digits(found[0])) else found[0], text)
    return _PHONE.sub(PHONE, text)


def _digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def _is_card(digits: list[int]) -> bool:
    """Luhn."""
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_identity(digits: list[int]) -> bool:
    """The two check digits of the Turkish identity number."""
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10
