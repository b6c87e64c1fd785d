"""How many are held up and how badly, as somebody's words say it (impact and urgency, as ITIL calls them)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from knowledge.facts.wording import Patterns, Said


class Impact(StrEnum):
    PERSON = "kisi"
    OFFICE = "birim"
    HOUSE = "kurum"


class Urgency(StrEnum):
    CAN_WAIT = "bekler"
    HAMPERED = "aksiyor"
    STOPPED = "durdu"


@dataclass(frozen=True, slots=True)
class Severity:
    """None: nothing was said of it. `words`: the writer's own that say so, as typed."""

    impact: Impact | None = None
    urgency: Urgency | None = None
    words: tuple[str, ...] = ()


_PLACE = r"(?:oda|servis|birim|mudurlu[kg]|buro|ofis|kat|sube|seflik|seflig|ekib|ekip|kalem)\w*"
_CANNOT = r"[a-z]{1,9}[ae]m(?:[iu]yo|ed|ad|ez|az)\w*"
_FAILS = (
    rf"(?:{_CANNOT}|[a-z]{{1,9}}m[iu]yo\w*|yok\w*|kesi[kl]\w*|gitti|dondu\w*|coktu\w*|bozuk\w*|bozul\w*|ayni\b"
    r"|durdu\w*|magdur\w*|bekli\w*|sikayet\w*|hata\w*|var\b|oluyo\w*)"
)
_WORKS = r"(?:calisiyo|aciliyo|aciyo|giriyo|girebili|var\b|geliyo|duzgun|sorun yok)"
_ALONE = (
    re.compile(r"\b(?:sadece|yalniz|yalnizca|bi tek|bir tek|tek) (?:ben|bende|benim|bana|benimki)\b"),
    re.compile(rf"\b(?:herkes|herkez|digerler|obur|arkadas)\w*(?: \w+){{0,3}} {_WORKS}\w*"),
)
"""Said beside the others, for whom it works."""
_NOBODY = (
    r"(?:kimse(?:de)?|hic ?kimse(?:de)?|hicbir(?:imiz|iniz)(?:de)?)\b"
    rf"(?: \w+){{0,2}} (?:{_CANNOT}|yok\b|acilm\w*|calism\w*)"
)
_OFFICE = (
    re.compile(rf"\b{_PLACE}(?: \w+){{0,3}} (?:(?:herkes|herkez|hepimiz)\w*(?: \w+){{0,3}} {_FAILS}|{_NOBODY})"),
    re.compile(rf"\b(?:butun|tum|komple) {_PLACE}"),
    re.compile(rf"\b(?:iki|uc|dord|bes|alti|hep|hicbir)[iu]?m[iu]z(?!e\b)\w*(?: \w+){{0,4}} {_FAILS}"),
    re.compile(r"\bkat(?:in|imiz)? (?:komple|tamami|tamamen)\b"),
    re.compile(r"\b(?:mudurlukce|servisce|birimce|ofisce|odaca)\b"),
    re.compile(r"\bodadaki (?:herkes|herkez|butun|tum|diger|bilgisayarlar|arkadaslar)\w*"),
    re.compile(
        r"\b(?:yan (?:oda|masa)|diger (?:oda|masa|bilgisayar|pc)|arkadas(?:im|lar))\w* da\b(?: \w+)? (?:ayni|yok)"
    ),
)
_HOUSE = (
    re.compile(
        r"\b(?:butun|tum|komple|koca) (?:bina|belediye|kurum|hizmet bina|baskanlik|mudurlukler|birimler|katlar)\w*"
    ),
    re.compile(rf"\b(?:herkes|herkez)(?:te|de|in|imiz)?\b(?: \w+){{0,3}} {_FAILS}"),
    re.compile(rf"\b{_NOBODY}"),
    re.compile(r"\bher (?:yerde|katta|birimde|mudurlukte)\b"),
)
_NO_HURRY = (
    re.compile(r"\b(?:acelesi|acelem|acelemiz|aciliyeti) (?:yok|degil)\w*|\bacil degil\w*"),
    re.compile(r"\b(?:musait|uygun|bos) (?:olunca|oldug\w+|olursan\w*|bir (?:zaman|vakit)\w*)|\bmusaitsen\w*"),
    re.compile(r"\b(?:vaktiniz|firsatiniz|zamaniniz) (?:olunca|oldug\w+|olursa)|\bfirsat bul\w*"),
)
_STOPPED = (
    re.compile(r"\b(?:is|isim|isimi|isimizi|islem|hicbir sey|hic bir sey|hicbir islem) yapam\w*|\bcalisam[iua]\w*"),
    re.compile(r"\b(?:isler|isimiz|islerimiz|hizmet|tahsilat|vezne\w*|servis) (?:durdu|durmus|durma noktasi|kilit)\w*"),
    re.compile(r"\bkilitlendik\b|\bkilit (?:vaziyet|durum)\w*|\belimiz kolumuz bagli\w*"),
    re.compile(r"\b(?:hic|tamamen|komple) (?:acilm|calism|basm|gelm|gitti|durdu|coktu|kesil|cekm|yanm)\w*"),
)
_HAMPERED = (
    re.compile(r"\b(?:yavas|agir)\w*|\btakiliyo\w*"),
    re.compile(r"\b(?:arada|ara sira|bazen|zaman zaman|arada bir|ikide bir)\b(?: \w+){0,2}"),
    re.compile(r"\bkopup \w+|\b(?:gidip|gelip) (?:geliyo|gidiyo)\w*|\bgec (?:geliyo|aciliyo|yukleniyo)\w*"),
    re.compile(
        r"\b(?:obur|diger|baska|yandaki) (?:\w+ )?\w+[dt][ae]n (?:aliyo|kullaniyo|yapiyo|basiyo|yazdiriyo)\w*"
        r"|\bidare ediyo\w*"
    ),
)
_IMPACTS = (
    (_ALONE, Impact.PERSON),
    (_OFFICE, Impact.OFFICE),
    (_HOUSE, Impact.HOUSE),
)
_URGENCIES = ((_NO_HURRY, Urgency.CAN_WAIT), (_STOPPED, Urgency.STOPPED), (_HAMPERED, Urgency.HAMPERED))


def severity_of(text: str) -> Severity:
    """What a message says of it; the first that is found of a kind, in the order of what outweighs what."""
    said = Said.of(text)
    impact, how_many = _first(said, _IMPACTS)
    urgency, how_badly = _first(said, _URGENCIES)
    return Severity(impact, urgency, tuple(words for words in (how_many, how_badly) if words))


Kind = TypeVar("Kind")


def _first(said: Said, kinds: tuple[tuple[Patterns, Kind], ...]) -> tuple[Kind | None, str]:
    for patterns, kind in kinds:
        if (words := said.first(patterns)) is not None:
            return kind, words
    return None, ""
