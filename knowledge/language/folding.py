"""Text brought to the form in which it is compared: "Ayşe", "AYŞE" and "ayse" are one person, "yazıcı", "YAZICI" and
"YAZİCİ" one thing."""

from __future__ import annotations

import unicodedata

_TABLE = str.maketrans(
    {
        "İ": "i", "I": "i", "ı": "i", "ş": "s", "Ş": "s", "ğ": "g", "Ğ": "g", "ç": "c", "Ç": "c",
        "ö": "o", "Ö": "o", "ü": "u", "Ü": "u", "â": "a", "Â": "a", "î": "i", "Î": "i", "û": "u", "Û": "u",
        "ə": "e", "Ə": "e", "ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
        "’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
        "…": " ", "–": "-", "—": "-", "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None,
        "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
"""The Turkish letters first, whose capitals Python lowers by other rules; then what keyboards and office programs put
in place of quotation marks, dashes and nothing at all."""


def folded(text: str) -> str:
    """Lower-case ASCII where the text is Turkish; letters of other scripts stay, without their marks.

    Folding twice changes nothing more. Not always as long as the text.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    text = text.translate(_TABLE)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c) and not "\ud800" <= c <= "\udfff")
        text = text.translate(_TABLE)
    return text.casefold()


def one_line(text: str) -> str:
    """Without line breaks: a room or a firm cannot put lines of its own on a card."""
    return " ".join(text.split())
