"""Names and searches compare in lower-case ASCII: people type "Ayşe", "AYŞE" and "ayse" for one person."""

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
