"""What a screen says: quoted words, or a code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.facts.wording import Said, Span

_CODES = (
    re.compile(r"\b0x[0-9a-f]{4,16}\b"),
    re.compile(r"\bora-\d{3,6}\b"),
    re.compile(r"\b(?:net::)?err_[a-z0-9_]+\b"),
    re.compile(
        r"\b(?:hata|error|err|kod|code|event|status)(?: ?(?:kodu|kod|code|no|numarasi))? ?[:#=]? ?"
        r"([a-z]{0,4}-?\d[\d.a-z-]{1,10})\b"
    ),
    re.compile(
        r"\b([a-z]{0,3}-?\d[\d.-]{1,9}[a-z]{0,2}) ?(?:hatasi|hata kodu|error|nolu hata|numarali hata|kodlu hata|hata\b"
        r"|kodu(?:nu)? (?:ver|al|cik))"
    ),
    re.compile(
        r"\b(?:http )?([45]0\d|5\d\d)"
        r"(?= (?:not found|internal|service|bad gateway|forbidden|hata|cikiyor|veriyor|cikti))"
    ),
)
_CONSTANT = re.compile(r"\b[A-Z]+(?:_[A-Z0-9]+){1,6}\b")
"""A name that a program prints in capitals; a file's name is written in small letters."""
_QUOTED = re.compile(r'"([^"]{4,120})"' + r"|(?<!\w)'(\w[^'\n]{3,120})'(?!\w)")
_SHOWN = re.compile(r"\b(?:di?yo|yaz|uyar|cik|ver|hata|error|mesaj|gel|yaniyo|goster|deyip|diye)\w*")
_NOT_THAT = " degil"
_AFTER = 40
"""Characters behind a quotation, in which it is said to be shown."""
_UNQUOTED = re.compile(
    r"\bsunucu(?:ya|nun|lara)? (?:baglan|ulas|eris|yanit|bulun|hata)\w*|\bserver (?:error|not|bulun|hata)\w*"
    r"|\b(?:yazici|printer|bilgisayar|kamera|cihaz) (?:bulunamadi|cevrimdisi|offline|taninmadi)(?= hata| uyari| diy)"
)
"""Words of errors that are told without quotation marks: they name no device that somebody has."""


@dataclass(frozen=True, slots=True)
class Shown:
    error: str | None
    others_words: tuple[Span, ...]
    """Where quotations and the words of errors stand."""


def shown(said: Said) -> Shown:
    """The quotation that something "diyor", "yazıyor" or "veriyor", else a code."""
    code = _code(said)
    error = None
    spans = [match.span() for match in _UNQUOTED.finditer(said.plain)]
    if '"' in said.plain or "'" in said.plain:
        for quoted in _QUOTED.finditer(said.plain):
            spans.append(quoted.span())
            if error is None and _is_shown(said, quoted, code):
                error = said.seen[slice(*quoted.span(quoted.lastindex or 0))].strip()
    return Shown(error or code, tuple(spans))


def _code(said: Said) -> str | None:
    constant = _CONSTANT.search(said.seen) if "_" in said.plain else None
    if constant is not None:
        return constant.group()
    return said.first(_CODES) if said.has_digit or "err_" in said.plain else None


def _is_shown(said: Said, quoted: re.Match[str], code: str | None) -> bool:
    if code is not None and code in said.seen[quoted.start() : quoted.end()]:
        return True
    behind = said.plain[quoted.end() : quoted.end() + _AFTER]
    return (_SHOWN.search(behind) is not None and not behind.startswith(_NOT_THAT)) or said.plain[
        max(0, quoted.start() - 3) : quoted.start()
    ].rstrip().endswith(":")
