"""In which room and on which floor somebody is."""

from __future__ import annotations

import re

from knowledge.facts.wording import Said, Span

_ORDINAL = {
    "birinci": "1", "ikinci": "2", "ucuncu": "3", "dorduncu": "4", "besinci": "5", "altinci": "6", "yedinci": "7",
    "sekizinci": "8", "dokuzuncu": "9", "onuncu": "10", "zemin": "zemin", "giris": "giriş", "bodrum": "bodrum",
    "cati": "çatı",
}  # fmt: skip
_NUMBERED = r"(?:nolu|no lu|no'lu|numarali|numara'?li|nol)"
_ROOM = (
    re.compile(rf"\b(\d{{1,4}}(?:-?[a-z])?) ?{_NUMBERED}\s?(?:oda|buro|ofis)\w*"),
    re.compile(
        r"\b(?:oda|ofis|buro)(?:m|miz|si|nin)?\s*+(?:no|numarasi|numaram|numaramiz|nosu)?\s*+[:.=]?\s*+"
        r"(\d{2,4}(?:-?[a-z])?)\b"
    ),
    re.compile(
        r"\b(\d{2,4}(?:-?[a-z])?)(?:'?(?:inci|nci|uncu))? "
        r"(?:oda|odada|odadayi[mz]|odasi|odasinda|odaya|odadan|odadaki|odamiz)\b"
    ),
    re.compile(r"\bkat(?:\s*+no)?\s++(\d{3}[a-z]?)\b"),
    re.compile(r"\b\d{1,2}\.? ?kat,? (\d{2,4}[a-z]?)\b"),
    re.compile(r"\bkat\w*(?: \w+){0,2}, ?(\d{3}[a-z]?)(?=\s*(?:$|[.,;]))"),
    re.compile(rf"\b([a-d]-?\d{{2,4}}) (?:oda|{_NUMBERED})\w*"),
    re.compile(r"\b([a-d]-\d{2,4})\b(?=\D*\bkat|\D*$)"),
)
_FLOOR_WORD = (
    r"(?:birinci|ikinci|ucuncu|dorduncu|besinci|altinci|yedinci|sekizinci|dokuzuncu|onuncu|zemin|giris|bodrum|cati)"
)
_FLOOR = (
    re.compile(
        r"(?<![\d.])(\d{1,2})(?:\. ?|'? ?(?:inci|nci|uncu|ncu|ci|cu) )? ?kat"
        r"(?!i? (?:fazla|daha|kadar|art|buyu|hizli|yavas)|sayi|man|al|il|ma|ki\b)"
        r"(?:ta|taki|tan|tayi[mzk]|tayik|a|i|in|daki|lar\w*)?\b"
    ),
    re.compile(rf"\b({_FLOOR_WORD}) ?kat"),
    re.compile(r"\bkat ?[:=]? ?(\d{1,2})\b(?!\d)"),
)


def room(said: Said, taken: tuple[Span, ...]) -> str | None:
    """`taken`: where the numbers stand that are somebody's or something's."""
    if not said.has_digit:
        return None
    return next((value for span, value in said.found(_ROOM) if value and not _lies_in(span, taken)), None)


def _lies_in(span: Span, taken: tuple[Span, ...]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def floor(said: Said) -> str | None:
    """As a number, or "zemin", "giriş", "bodrum", "çatı"."""
    if "kat" not in said.plain:
        return None
    found = next((said.plain[slice(*m.span(1))] for p in _FLOOR if (m := p.search(said.plain))), None)
    return None if found is None else _ORDINAL.get(found, found)
