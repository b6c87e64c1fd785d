"""What people type, brought to one form: names and searches compare in lower-case ASCII ("Ayşe", "AYŞE" and "ayse" are
one person), and what a card shows in one line is one line."""

from __future__ import annotations

import unicodedata

_TURKISH = str.maketrans("İIıŞşĞğÇçÖöÜüÂâÎîÛû", "iiissggccoouuaaiiuu")


def folded(text: str) -> str:
    """Lower-case ASCII where the text is Turkish; letters of other scripts stay, without their marks."""
    text = text.translate(_TURKISH)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_TURKISH)
    return text.casefold()


def one_line(text: str) -> str:
    """Without line breaks: a room or a firm cannot put lines of its own on a card."""
    return " ".join(text.split())
