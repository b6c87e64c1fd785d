"""Which müdürlük somebody says they are of: known by its names, by mistaken ones, or by "müdürlüğü" behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge.facts.wording import Lexicon, Named, Said, Span
from knowledge.language import comparison
from knowledge.language.folding import folded

_DEPARTMENTS = (
    "Basın Yayın ve Halkla İlişkiler|basin yayin|basin|halkla iliskiler|kurumsal iletisim",
    "Yazı İşleri|yazi isleri",
    "Özel Kalem|ozel kalem",
    "Mali Hizmetler|mali hizmetler|tahakkuk|tahsilat servisi|muhasebe|gelir servisi|butce",
    "İnsan Kaynakları ve Eğitim|insan kaynaklari|personel mudurlugu|ik",
    "Hukuk İşleri|hukuk isleri|hukuk",
    "Zabıta|zabita",
    "İmar ve Şehircilik|imar ve sehircilik|imar",
    "Fen İşleri|fen isleri",
    "Plan Proje|plan ve proje|plan proje",
    "Etüt Proje|etut ve proje|etut proje",
    "Emlak ve İstimlak|emlak ve istimlak|emlak istimlak|istimlak|emlak",
    "Ruhsat ve Denetim|ruhsat ve denetim|ruhsat denetim|ruhsat",
    "Park ve Bahçeler|park ve bahceler|park bahceler|park bahce",
    "Temizlik İşleri|temizlik isleri",
    "Kültür ve Sosyal İşler|kultur ve sosyal isler|kultur sosyal|kultur mudurlugu|kultur isleri",
    "Sosyal Yardım İşleri|sosyal yardim isleri|sosyal yardim|sosyal hizmetler",
    "Destek Hizmetleri|destek hizmetleri",
    "Veteriner İşleri|veteriner isleri|veteriner|barinak",
    "Muhtarlık İşleri|muhtarlik isleri|muhtarlik",
    "Evlendirme|evlendirme|nikah memurlugu",
    "Su ve Kanalizasyon|su ve kanalizasyon|su isleri|suski",
    "Teftiş Kurulu|teftis kurulu|teftis",
    "İtfaiye|itfaiye",
    "Ulaşım Hizmetleri|ulasim hizmetleri|ulasim",
    "Mezarlıklar|mezarliklar|mezarlik",
    "Kütüphane|kutuphane",
    "Gençlik ve Spor|genclik ve spor|genclik spor",
    "Kentsel Dönüşüm|kentsel donusum",
    "İklim Değişikliği ve Sıfır Atık|sifir atik|iklim degisikligi",
    "Çevre Koruma|cevre koruma",
    "Afet İşleri|afet isleri",
    "Strateji Geliştirme|strateji gelistirme|strateji",
)  # fmt: skip
DEPARTMENTS = [(line.split("|")[0], name) for line in _DEPARTMENTS for name in line.split("|")]
"""Each müdürlük by every name it is called: (title, name)."""

_CASE = r"'?(?:n?[dt][ae](?:n|ki|yim|y[iu]z|y[iu]k)?|y[iu][mzk])\b"
"""How the name of a place ends where somebody is there: "zabıtada", "Özel Kalem'deyiz", "imardan"."""
_ROLE = r"(?:mudur|mdr|md\b|mud\b|birim|servis|daire|sube|buro|amirli|sefli|memurlug)\w*+\.?(?:'?[a-z]{1,6}\b)?"
_LEXICON = Lexicon(
    [(title, re.escape(folded(name))) for title, name in DEPARTMENTS],
    rf"(?:{_CASE}|'?n?[iu]n\b|\.? {_ROLE})?(?!\w)",
)
_THERE = re.compile(rf"\.? {_ROLE}\Z|{_CASE}\Z")
_SENT_THERE = re.compile(r"mu?du?r?l[ug]\w*?(?:n|m[iu]z|n[iu]z)[ae]\Z|\bmu?d\.?'?n?[ae]\Z")
""" "Fen İşleri Müdürlüğüne", "mali hizmetler md'ne": where a paper goes."""
_THEIRS = re.compile(r" (?:ait|tahsis|bagli|kayitli|yeni|alinan)\b")
_PASSED_ON = re.compile(
    r" (?:gelen|gelmis|gelecek|giden|gonder[ei]\w+|cikan|alinan|istenen|talep edilen"
    r"|(?:ust|alt|yan|arka|karsi|on)\w{1,4}d[ae](?:ki)?)\b"
)
_OF_AN_OFFICE = re.compile(r"mudurlu|nikah memur|servisi")
"""Of names that say so themselves: "personel müdürlüğü"."""
_HERE = re.compile(r"\b(?:burasi|biz|ben|bizler)[ ,:]*\Z")
_AS_IT = re.compile(r" (?:olarak\b|ekib|ekip|karakol|komiser)| ?:(?!\d)")
"""Behind a bare name: "zabıta olarak", "Zabıta: …"."""
_BEFORE = 12
"""Letters before a name, in which "burası" may stand."""
_OFFICE = re.compile(r"\b(?:mu?du?r?l[ug]\w*|mudrl\w*|mud|md|mdr|birimi\w*)")
_HEAD_THERE = re.compile(r"\b(isleri|hizmetleri)n[dt][ae]\w*")
""" "temizlk işlerinden": a known name with mistakes."""
_ITS_OWN = re.compile(r"\b(?:mu?du?r?lugu(?:n[aeud]\w*|y\w+)?|mudrl\w*|mud|md|mdr)")
"""Before "müdürlük", "müdürlüğün" and "müdürlüğümüz" no unknown name stands."""
_REST = re.compile(r"\.?(?:'?[dtny][a-z]{1,4}\b)?")
_NAME_WORDS = 5
"""Words before "müdürlüğü" that are looked at."""
_HEAD_WORDS = """
isleri hizmetleri hizmetler iliskiler iliskileri yonetimi koruma kontrol gelistirme denetim spor planlama degisikligi
donusum kalem kaynaklari bahceler projeler sistemleri kurulu teknolojileri tesisler turizm atik yapilar varliklar isler
alma
"""
_HEADS = frozenset(_HEAD_WORDS.split())
"""Words that name a müdürlük only together with the one before them."""
_OTHER_WORDS = """
bizim bu su o ilgili hangi her butun tum diger baska bagli kendi eski yeni ayni sayin genel sizin onun ben biz merhaba
selam selamlar gunler il ilce belediye belediyesi baskan baskanlik islem olan oldugum calistigim yanlis dogru
nufus tapu tarim emniyet egitim vergi
"""
_NO_NAMES = frozenset(_OTHER_WORDS.split())
"""What stands before "müdürlüğü" and names none of the house."""
_LEAST_NAME = 3
_AND = "ve"


def department(said: Said) -> str | None:
    """The first where somebody says they sit; what they work on ("emlak vergisi"), and where a paper went, is none."""
    for named in _LEXICON.found(said):
        if _sits(said, named):
            return named.meaning
    return next((office.meaning for office in _offices(said) if _sits(said, office)), None)


def offices(text: str) -> tuple[Span, ...]:
    """Where a text names a müdürlük, known or not, with "müdürlüğünden" and the like, in `visible(text)`."""
    said = Said.of(text)
    return tuple(sorted({named.span for named in (*_LEXICON.found(said), *_offices(said))}))


def _sits(said: Said, named: Named) -> bool:
    ending = said.plain[named.name_end : named.end]
    if _THERE.match(ending) is None and not _OF_AN_OFFICE.search(said.plain[named.start : named.end]):
        here = _HERE.search(said.plain, max(0, named.start - _BEFORE), named.start)
        return here is not None or _AS_IT.match(said.plain, named.end) is not None
    if _SENT_THERE.search(ending) is not None:
        return _THEIRS.match(said.plain, named.end) is not None
    return _PASSED_ON.match(said.plain, named.end) is None


def _offices(said: Said) -> Iterator[Named]:
    """What stands before "müdürlüğü" or "md.": a name that is known, with its mistakes, or one that the list lacks."""
    for place, (word, start) in enumerate(said.words):
        if word[0] in "ih" and place and (head := _HEAD_THERE.fullmatch(word)) is not None:
            first, name_end = said.words[place - 1], start + head.end(1)
            if (title := _meant(f"{first[0]} {head[1]}")) is not None:
                yield Named(title, first[1], name_end, start + len(word))
        if word[0] not in "mb" or _OFFICE.fullmatch(word) is None:
            continue
        before = _just_before(said, place)
        found = _known(before) or (_own(said, before) if _ITS_OWN.fullmatch(word) is not None else None)
        if found is not None:
            rest = _REST.match(said.plain, start + len(word))
            yield Named(found[0], found[1], start - 1, rest.end() if rest is not None else start + len(word))


def _just_before(said: Said, place: int) -> list[tuple[str, int]]:
    """The words before one, with nothing but blanks and dots between."""
    words: list[tuple[str, int]] = []
    at = said.words[place][1]
    for word, start in reversed(said.words[max(0, place - _NAME_WORDS) : place]):
        if said.plain[start + len(word) : at].strip(" ") not in ("", ".") or word.isdigit():
            break
        words.insert(0, (word, start))
        at = start
    return words


def _known(before: list[tuple[str, int]]) -> tuple[str, int] | None:
    last = before[-3:]
    for first in range(max(1, len(last) - 1) if last else 0):  # of several, one says too little
        phrase = " ".join(word for word, _ in last[first:])
        if (title := _meant(phrase)) is not None:
            return title, last[first][1]
    return None


@lru_cache(maxsize=1_000)
def _meant(phrase: str) -> str | None:
    return comparison.meant(phrase, DEPARTMENTS, comparison.DEPARTMENTS)


def _own(said: Said, before: list[tuple[str, int]]) -> tuple[str, int] | None:
    """The last words that make one name: "sağlık işleri", "kadın ve aile hizmetleri"; none that may be several."""
    count = 2 if before and before[-1][0] in _HEADS else 1
    if len(before) > count + 1 and before[-count - 1][0] == _AND:
        count += 3 if before[-count - 2][0] in _HEADS else 2
    words = before[-count:]
    if len(words) < count or not _NO_NAMES.isdisjoint(word for word, _ in words) or len(words[-1][0]) < _LEAST_NAME:
        return None
    if comparison.nearest(" ".join(word for word, _ in words), DEPARTMENTS, comparison.DEPARTMENTS):
        return None
    start, end = words[0][1], words[-1][1] + len(words[-1][0])
    return _title(said.seen[start:end]), start


def _title(typed: str) -> str:
    """ "SAĞLIK İŞLERİ" and "sağlık işleri" as "Sağlık İşleri"; "ve" stays small."""
    lower = [word.replace("İ", "i").replace("I", "ı").lower() for word in typed.split()]
    return " ".join(word if word == _AND else word[0].replace("i", "İ").upper() + word[1:] for word in lower)
