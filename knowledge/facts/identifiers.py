"""Numbers by which people, devices and papers are known: who calls, whose they are, never what a message is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from knowledge.facts.wording import Patterns, Said, Span
from knowledge.language.device_numbers import GROUPS, JOINED


class Kind(StrEnum):
    phone = "phone"
    staff_no = "staff_no"
    asset_no = "asset_no"
    serial = "serial"
    document = "document"
    network = "network"
    """What a device is called in the network: its MAC or IP address, its host name."""

    @property
    def is_of_a_device(self) -> bool:
        return self in (Kind.asset_no, Kind.serial, Kind.network)


@dataclass(frozen=True, slots=True)
class Identifier:
    """`span`: the number with the words that name it ("demirbaş no"), in the visible text; `value`: it alone, as
    typed."""

    kind: Kind
    value: str
    span: Span


_NO = r"(?: ?(?:no(?:'?su|m|muz)?|num(?:ara(?:m|miz|si|li)?)?|nolu|no'?lu|kodu?)\b)?"
_MARK = r"[ :.=#-]{0,3}"
_OF_A_THING = rf"({GROUPS}(?!\d)|(?:[a-z]{{1,4}}[-/])?(?=[\d./-]{{3}})\d++(?:[./-]\d++)*+)"
_ASSET = (
    re.compile(
        rf"\b(?:demi?rbas|barkod|envanter|tasinir|zimmet(?= ?no)|etiket|dmb(?=[ .]*no))(?:[iu]m?(?:[iu]z)?|l[iu]|si)?"
        rf"(?: sicil)?(?: demirbas)?(?:(?<=dmb)\.)?{_NO}{_MARK}{_OF_A_THING}"
    ),
    re.compile(rf"\b(?<![\d./-]){_OF_A_THING}{_NO} (?:demi?rbas|envanter|barkod)(?!\w* ok)\w*+{_NO}"),
    re.compile(rf"(?<![\d./-])((?=25[345]){GROUPS}|{JOINED})(?!\d){_NO}"),
    re.compile(r"\b([a-z]{1,4}-\d{3,6})(?= ?(?:etiket|nolu|no'?lu|numarali|yazan|yaziyo|kodlu|barkod))"),
    re.compile(r"\b(d-\d{4,6})\b"),
)
_STAFF = (
    re.compile(rf"(?<!tasinir )\bsicil(?:im|imiz|i|in)?{_NO}{_MARK}(\d{{3,8}})(?![\d./-]*\d)"),
    re.compile(r"(?<![\d./-])\b(\d{3,8}) sicil(?:im|li)?(?: ?(?:no|nolu|numarali|sayili)\w*)?"),
    re.compile(rf"\bpersonel (?:no(?:m|su)?|numara(?:m|si)?|kodum?){_MARK}(\d{{3,8}})\b"),
)
_EXTENSION = r"(?: ?(?:/|-|,|\(|dahili|dah\.?|ic hat|ic)[ :.]{0,2}\d{3,5}\b\)?)?"
_SUBSCRIBER = r"\d{3}[ .-]?\d{2}[ .-]?\d{2}(?!\d)"
_PHONE = (
    re.compile(
        rf"(?<![\d./+-])((?:(?:\+|00)90[ .-]{{0,2}}\(?0?|90[ .-]\(?|\(?0[ .-]?\(?)[2-58]\d\d\)?[ ./-]{{0,2}}"
        rf"{_SUBSCRIBER}{_EXTENSION})"
    ),
    re.compile(rf"(?<![\d./+-])(\(?5\d\d\)?[ ./-]{{0,2}}{_SUBSCRIBER}|\(?[2-48]\d\d\)?[ .-]{_SUBSCRIBER}{_EXTENSION})"),
    re.compile(
        rf"\b(?:dahili(?:m|miz|si|den|ye|mi|mizi)?|dahl[iy]?|dhl|dah\b\.?|dh|ic hat(?:t?im(?:iz)?)?)"
        rf"(?: ?(?:tel|hat)\w*)?{_NO}(?:dan|den)?{_MARK}(\d{{3,5}}|\d\d \d\d)\b(?! ?(?:kisi|gun|saat|adet))"
    ),
    re.compile(r"\b(?<![\d./-])(\d{3,5}) ?(?:nolu |no'?lu |numarali |'?[dt][ae]n |li )?(?:dahili|ic hat)\w*"),
    re.compile(
        rf"\b(?<!oda )(?<!kapi )(?<!ofis )(?<!masa )(?<!sicil )"
        rf"(?:telefon|tel|cep|numara(?=m)|gsm)(?:[iu]?m(?:[iu]z)?|[iu])?{_NO}{_MARK}(\d{{3,5}})\b"
    ),
    re.compile(
        r"\b(?<![\d./:-])(\d{3,5})(?: ?'?(?:[dt][ae]n|[ae]|y[aeiu]|[iu]))? (?:beni |bizi |bana |bize )?"
        r"(?:ulas\w*|ara(?:yin|yip|yabil|sin|yiver|r mis)\w*)"
    ),
)
_SERIAL = (
    re.compile(rf"\b(?:seri(?:al)?|s/n|sn|imei){_NO}(?: number)?{_MARK}((?=[a-z-]{{0,12}}\d)[a-z\d-]{{5,20}})\b"),
)  # fmt: skip
_DOCUMENT = (
    re.compile(r"(?<![\d./-])(\d{1,8}(?:[/-]\d{1,8})?) (?:sayili|tarihli ve)\b"),
    re.compile(
        rf"\b(?:evrak|belge|dilekce|fis|makbuz|dosya)(?: kayit)?(?: ?(?:no(?:su)?|numarasi|sayisi)){_MARK}"
        r"(\d[\d/.-]{0,18})"
    ),
    re.compile(r"\b(e-\d{5,12}(?:-[\d.]{1,12}){0,3})\b"),
)  # fmt: skip
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_HOST = r"(?:bilgisayar|pc|makine|cihaz|host|sunucu|ag)"
_NETWORK = (
    re.compile(
        rf"\b(?:(?:mac|fiziksel) ?(?:adres\w*|no)?{_MARK})?"
        r"((?<![\da-f:-])(?:(?:[\da-f]{2}[:-]){5}[\da-f]{2}|(?:[\da-f]{4}\.){2}[\da-f]{4}))(?![\w:-])"
    ),
    re.compile(
        rf"\b(?:ip(?:v4)?(?:si|miz|m)?(?: ?(?:adres\w*|no(?:su)?|numara\w*))?{_MARK})?"
        rf"((?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET})(?![\d/]|\.\d)"
    ),
    re.compile(
        rf"\b(?:{_HOST} ?(?:ad|ism)[iı]|host ?name|hostname){_MARK}((?=[a-z-]{{0,14}}\d)[a-z\d]+(?:-[a-z\d]+)*)\b"
    ),
    re.compile(r"\b((?:desktop|laptop)-[a-z\d]{7}|(?:pc|nb|ws)-(?:[a-z]{2,8}-)?\d{2,5})\b"),
)
_KINDS: tuple[tuple[Kind, Patterns], ...] = (
    (Kind.asset_no, _ASSET),
    (Kind.staff_no, _STAFF),
    (Kind.phone, _PHONE),
    (Kind.serial, _SERIAL),
    (Kind.document, _DOCUMENT),
    (Kind.network, _NETWORK),
)
_DIGIT = re.compile(r"\d")
_OF_ANOTHER = re.compile(r"\b(?:vatandas|mukellef|abone|musteri|firma|basvuran)\w*(?: \w+){0,3} \W{0,2}\Z")
_BEFORE = 50
"""Characters before a number, in which it may be said to be somebody else's."""
_WHERE_IT_STANDS = re.compile(r"\b(?:uzerinde|ustunde|kasasinda|arkasinda|altinda|etiketinde)(?:ki)? \Z")
_THAT_IT_STANDS = re.compile(
    r"(?: ?(?:no'?lu|numara'?li|kodlu|etiketli|barkodlu|yazan|yaziyo\w*|yazili|olan|gorunen)\b(?! ?oda)){1,2}"
)


def identifiers(text: str) -> tuple[Identifier, ...]:
    """Those that a text tells, each where it stands in `visible(text)`; none lies over another."""
    return in_said(Said.of(text))


def of_devices(text: str) -> list[Span]:
    """Where a visible text names a device by a number, with the words that say so: they tell nothing of its subject."""
    if _DIGIT.search(text) is None:
        return []
    said = Said.of(text)
    return [_with_what_is_said_of_it(said, one.span) for one in in_said(said) if one.kind.is_of_a_device]


def _with_what_is_said_of_it(said: Said, span: Span) -> Span:
    """Also "üzerinde …", "… yazıyor", "… olan"."""
    start, end = span
    before = _WHERE_IT_STANDS.search(said.plain, max(0, start - _BEFORE), start)
    behind = _THAT_IT_STANDS.match(said.plain, end)
    return before.start() if before else start, behind.end() if behind else end


def in_said(said: Said) -> tuple[Identifier, ...]:
    """`said`: with nothing blanked out."""
    return _in_visible(said.seen) if said.has_digit else ()


@lru_cache(maxsize=8)
def _in_visible(seen: str) -> tuple[Identifier, ...]:
    """One message is looked through for its subject and for its facts."""
    said, taken = Said.of(seen), list[Identifier]()
    for kind, patterns in _KINDS:
        for span, value in said.found(patterns):
            if not value or any(span[0] < other.span[1] and other.span[0] < span[1] for other in taken):
                continue
            if kind is Kind.phone and _OF_ANOTHER.search(said.plain, max(0, span[0] - _BEFORE), span[0]):
                continue
            taken.append(Identifier(kind, value, span))
    return tuple(taken)
