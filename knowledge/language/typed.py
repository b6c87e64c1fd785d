"""What was typed, as if every keyboard had the same keys: the form in which text enters the desk, whatever parses it.

Phones and office programs put a no-break space for a blank, U+2028 or a carriage return for a line end, an en dash for
the hyphen of a number. A reader sees no difference; a number, a command and a code are made of exact letters.
"""

from __future__ import annotations

import re
import unicodedata

_SAME_TO_A_READER = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"),
        **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff\u061c", None),
        **{chr(code): None for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
        "／": "/", "：": ":", "＃": "#",
    }
)  # fmt: skip
"""Joiners stay: emoji and other scripts are made with them."""
_DASH_IN_A_WORD = re.compile(r"(?<=[^\W_])[\u2010-\u2015\u2212\ufe58\ufe63\uff0d](?=[^\W_])")


def typed(text: str) -> str:
    """One kind of blank, of line end, of digit, and of dash within a word. Twice changes nothing more."""
    if text.isascii() and "\r" not in text and "\x0b" not in text and "\x0c" not in text:
        return text
    text = text.replace("\r\n", "\n").translate(_SAME_TO_A_READER)
    text = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() and not letter.isascii() else letter for letter in text
    )
    return _DASH_IN_A_WORD.sub("-", text)
