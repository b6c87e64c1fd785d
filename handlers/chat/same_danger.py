"""Whether smoke that is told once more is the smoke they told before. In doubt it is another: one ticket too many
costs a glance, a fire that was filed beneath an older one costs more.
"""

from __future__ import annotations

import re

from handlers.chat.facts import facts_of
from knowledge import Facts
from knowledge.language.folding import folded

_WORD = re.compile(r"[a-z0-9]+")
_LASTS = re.compile(
    r"\b(?:hala|halen|yine|gene|ayni\w*|aynen|tekrar\w*|yeniden|devam|duruyo\w*|suruyo\w*|surmekte\w*"
    r"|(?:son(?:dur\w{1,3})?|bit|gec|kesil|dur|azal|dagil)(?:medi|madi|muyo|miyo|memis|mamis|emedi|amadi|emiyo|amiyo)\w*"
    r"|art(?:iyo|ti|mis|makta)\w*|buyu(?:yo|du|mus|mekte)\w*|cogal\w*)\b"
)
_ANOTHER = re.compile(
    r"\b(?:baska|diger|oteki|ikinci|ucuncu|bu (?:sefer|kez|defa)|simdi de|bir (?:\w+ )?daha"
    r"|(?:ek|yan|karsi|eski|yeni) bina)\w*\b"
)
_PLACE = re.compile(
    r"(?:bodrum|arsiv|depo|mutfak|mutfag|otopark|garaj|cati|koridor|salon|kazan|santral|kantin|yemekhane|teras|bahce"
    r"|lavabo|tuvalet|blok|blog|merdiven|asansor|nizamiye|kres|kutuphane|mudurlu|vezne|danisma|atolye|kapali)\w*"
)
_DEVICE = re.compile(
    r"(?:priz|ups|pano|sigorta|kablo|sunucu|server|switch|kabin|klima|aku|batarya|adaptor|sarj|telefon|tablet|monitor"
    r"|ekran|kasa|bilgisayar|laptop|yazici|fotokopi|tarayici|modem|jenerator|uzatma|projeksiyon|kamera)\w*"
)
_IN, _FROM = re.compile(r"(\w{3,}?)[dt][ae](?:ki\w*|yi[mz])?"), re.compile(r"(\w{3,}?)[dt][ae]n(?:ki)?")
_NOWHERE = re.compile(
    r"(?:bur|or|sur|icer|ora|bura|sura|iceri|odam?|odamiz|ofis|buro|et?raf|orta|yer|yerin|ust(?:un)?|alt(?:in)?|yanin"
    r"|icin|arkasin|onun|uzerin|bina|binamiz|belediye|kurum|su an|an|hal|sekil|durum|vaziyet|derece|saye|biz|ben"
    r"|duman\w*|yangin\w*|alev\w*|koku\w*|kivilcim\w*|dakika|saat|sabah|demin|bir|ani|yeni|tekrar|cok|hep|gercek|cid"
    r"|sahi|hakika|yuzun|tarafin|\w+m[ae]k|itfaiye|polis)"
)
_NO_ROOM = frozenset({"110", "112", "153", "155", "156", "177", "187"})
"""Whom one phones."""


def lasts(told: str) -> bool:
    """ "hâlâ duman var", "sönmedi": it is as it was, or worse."""
    return _LASTS.search(folded(told)) is not None


def is_elsewhere(told: str, facts: Facts, known: str, place: str) -> bool:
    """Whether those words speak of a place that the ticket does not know, or simply of another one.

    `facts`: what was read in them; `known`: the ticket's own words and facts; `place`: its room. Where nothing says
    that it lasts, another device is another place.
    """
    said, before = folded(told), folded(known)
    if _ANOTHER.search(said) is not None:
        return True
    told_of = facts_of(facts)
    if not set(folded(told_of.get("oda", "")).split()) <= set(folded(place).split()):
        return True
    words, known_words = _words(said), _words(before)
    named = [word for word in words if _PLACE.fullmatch(word)] + list(_stems(words, _IN))
    if not lasts(told):
        named += [*_stems(words, _FROM), *(word for word in words if _DEVICE.fullmatch(word))]
    return any(not _is_known(word, known_words) for word in named) or bool(_rooms(said) - _numbers(before))


def _words(said: str) -> list[str]:
    return _WORD.findall(said.replace("'", "").replace("’", ""))


def _stems(words: list[str], ending: re.Pattern[str]) -> list[str]:
    found = (ending.fullmatch(word) for word in words)
    return [stem for one in found if one is not None and not _NOWHERE.fullmatch(stem := one[1])]


def _is_known(word: str, known: list[str]) -> bool:
    """By its beginning: "kasadan" is known where "kasa" is, a number only by all its digits."""
    if word[0].isdigit():
        return any(_digits(word) == _digits(other) for other in known)
    return any(other.startswith(word[:5]) for other in known)


def _digits(word: str) -> str:
    return word[: len(word) - len(word.lstrip("0123456789"))]


def _numbers(said: str) -> set[str]:
    return set(re.findall(r"\d+", said))


def _rooms(said: str) -> set[str]:
    """Numbers that may be a room's."""
    if re.search(r"\b(?:dahili|tel|telefon|sicil)", said):
        return set()
    return set(re.findall(r"(?<!\d)\d{3,4}(?!\d)", said)) - _NO_ROOM
