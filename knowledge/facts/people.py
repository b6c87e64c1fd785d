"""How many have it, among the staff: citizens who wait are told of elsewhere."""

from __future__ import annotations

import re

from knowledge.facts.wording import Said

_NUMBER = r"(?:\d{1,3}|iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|on iki|on bes|yirmi|otuz|kirk|elli)"
_COLLEAGUE = (
    r"(?:kisi(?:yi[zk]|ye|yi|de|nin|lere?)?|kisilik (?:ekip|ekib\w+|servis|birim|buro|oda)\w*"
    r"|personel(?:iz|in|imiz\w*|e|i|de)?|arkadas(?:iz|in|imiz\w*|a|ta)?|memur(?:uz|umuz|un|a)?|calisan\w*"
    r"|kullanici(?:yiz|da|nin|ya)?|bilgisayarda|makinede|pcde)\b"
)
_COUNTED = re.compile(rf"(?<![\w.:/-])({_NUMBER}) (?:yeni )?{_COLLEAGUE}")
_ALL = re.compile(
    r"\b((?:ikimiz|ucumuz|dordumuz|besimiz|altimiz|hepimiz|hic ?birimiz)|herkes(?:te|de|in)?\b|herkez(?:de|te)?\b"
    r"|(?:butun|tum|komple) (?:kat|servis|oda|birim|mudurlu[kg]|ofis|ekip|personel|kullanici)\w*"
    r"|(?:butun|tum) \w{3,12} (?:personel|ekip|ekib|memur|calisan)\w*"
    r"|odadaki (?:herkes|herkez)|katin tamami\b|kat komple\b"
    r"|kimse(?= (?:gir|ac|baglan|kullan|calis|ulas|eris|yaz|gor|yap|oku|gonder|al|bas|cik|cevir|konus)"
    r"[iuy]{0,2}[ae]m(?:[iu]yo|ed[iu]|ez|ad[iu]|az)))"
)
_FROM_OUTSIDE = re.compile(r"\b(?:bekleyen|sira\w*|kuyruk\w*|kapida|disarida|salonda|gisede|veznede|bankoda) \Z")
_WAITS = re.compile(
    r" (?!\w+(?:yoruz|yo[zk])\b)(?:\w+ )?(?:bekliyo(?:r|rlar)?\b|sirada\b|kuyrukta\b|kapida\b|toplandi\b)"
)
_DESK = re.compile(r"\b(?:vatandas|mukellef|gise|vezne|banko|sira|kuyruk|nikah|kapida|disarida)")
_BEFORE = 20


def people(said: Said) -> str | None:
    """Whom it concerns of the staff, as typed: a number, or "hepimiz", "bütün kat"."""
    if (counted := _counted(said)) is not None:
        return counted
    match = _ALL.search(said.plain)
    return None if match is None else said.typed(match.span(1))


def _counted(said: Said) -> str | None:
    for match in _COUNTED.finditer(said.plain):
        start, end = match.span()
        outside = _FROM_OUTSIDE.search(said.plain, max(0, start - _BEFORE), start) is not None
        if not outside and not (_WAITS.match(said.plain, end) and _DESK.search(said.plain)):
            return said.typed(match.span(1))
    return None
