"""Somebody gave away what opens an account: typed on a false page, told on the phone, sent in answer to a mail.

Three things said together, in whatever order: what was given, to something false, and that it was given. A false page
that was only seen, a password that was only mistyped, a code that was typed where it belongs, and a warning that is
passed on are none.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import pairwise

from knowledge.text import Word, visible, words

MAX_LETTERS = 8000
"""Characters that are read: as much as one message can hold."""

_GIVEN = re.compile(
    r"\b(?:sifre|parola|pasword|password)\w*|\bpin (?:kod|numara)\w*|\bpin(?:im|imi|ini)\b"
    r"|\b(?:kulanici|kullanici) (?:ad|bilgi)\w*"
    r"|\b(?:hesap|giris|oturum|kimlik|kart|banka|kisisel|mail|e ?posta) bilgi\w*"
    r"|\bbilgiler(?:im|imi|imizi|ini|ine|i)\b|\b(?:kimlik|tc|t c|kart) (?:no|numara)\w*|\btckn\b|\btcmi\b"
    r"|\b(?:sms|onay|dogrulama|guvenlik) (?:kod|sifre)\w*|(?<!\bhata )\bkod(?:u|umu|unu)\b"
    r"|\bkredi kart\w*|\be ?imza pin\w*|\biban\w*"
)
_FALSE = re.compile(
    r"\b(?:sahte|oltalama|oltalam|phish|fishing|taklit|dolandir|tuzak|korsan|scam|suphel|spam|uydurma)\w*"
    r"|\b(?:kopya|yanlis|garip|tuhaf|acayip) (?:bir )?(?:site|sayfa|form|link|pencere)\w*"
    r"|\b(?:resmi|e ?devlet|banka\w*|microsoft|outlook|kurum\w*|belediye\w*)(?: \w+){0,2} (?:sandi[mk]|gibi gorun)\w*"
    r"|\b(?:site|sayfa)\w* diye gir\w*|\b(?:isteyen|soran) (?:bir )?(?:site|sayfa|form|mail|mesaj)\w*"
    r"|\bolta (?:mail|site|mesaj|sayfa|e ?posta|ileti|link)\w*|\b(?:gercek|resmi) (?:olmayan|degil)\w*"
    r"|\b(?:tanimadig|bilmedig)\w* (?:bir |birine |birisi)?\w*"
)
_NOT_OURS = "".join(
    rf"(?<!\b{name} )" for name in ("ebys", "portal", "intranet", "vpn", "obs", "program", "toplanti", "zoom", "teams")
)
"""The address of a program of the house leads nobody astray: "EBYS linkine tıklayıp şifremi girdim, hata verdi"."""
_NOT_AT_HOME = r"(?!.{0,60}\b(?:wi ?fi|kablosuz|ebys|turnike|yemekhane)\b)"
_LURE = re.compile(
    rf"{_NOT_OURS}\b(?:link|baglanti|url)\w*(?: \w+){{0,6}} (?:tikla|bas|gir|ac|git|yaz|doldur)\w*"
    rf"|\b(?:qr|karekod|kare kod)\w*(?: \w+){{0,6}} (?:tikla|bas|gir|ac|okut|git)\w*{_NOT_AT_HOME}"
    r"|\b(?:tikla|girip|acip)\w*(?: \w+){0,4} (?:link|baglanti)\w*"
    r"|\b(?:arayan|aradi|aradilar|arayip)\b|\bdiye tanit(?:an|ip|ti)\w*"
    r"|\btelefonda(?: \w+){0,6} (?:soyledi|verdi|okudu|paylasti|iletti)[mk]\b"
)
_CAME = re.compile(
    r"\b(?:mail|e ?posta|mesaj|sms|ileti|whatsap)\w*(?: \w+){0,4} (?:gelen|gelmis|geldi|cevap|yanit)\w*"
    r"|\b(?:gelen|gelmis)(?: \w+){0,3} (?:mail|e ?posta|mesaj|sms|ileti)\w*"
)
_TYPED_CODE = re.compile(r"\bkod\w* (?:\w+ )?(?:gir|yaz|tusla|onayla)\w*")
"""A code that came is typed where it belongs, unless a link led there: "gelen SMS kodunu girdim, süresi dolmuş"."""
_OF_THE_DESK = re.compile(r"\b(?:gonder|ver|yolla|at|ilet|soyle|paylas)(?:di|ti)giniz\w*")
"""What somebody got from those who read this: "gönderdiğiniz linke tıkladım, şifremi yazdım"."""
_GAVE = re.compile(
    r"\b(?:(?:gir|yaz|ver|gonder|giriver|yaziver|veriver|tiklayip gir)(?:di?m|dik|mis|mis(?:im|iz|tim|tik))"
    r"|(?:paylas|at|ilet|giris yap)(?:ti?m|tik|mis|mis(?:im|iz|tim|tik))"
    r"|(?:soyle|yola|yolla|onayla|tusla)(?:di?m|dik|mis|mis(?:im|iz|tim|tik))"
    r"|doldur(?:du?m|duk|mus|mus(?:um|uz|tum|tuk))|okudum)\b"
)
_GAVE_SURELY = re.compile(r"\b(?:girdi|yazdi|paylasti|verdi|girdiler|yazdilar|verdiler)\b")
"""Told of somebody else; a page gives and a program writes, too: counted only where the thing is named false."""
_CAUGHT = re.compile(
    r"\b(?:sifre|parola|hesap|hesab|bilgiler)\w*(?: \w+){0,3} (?:kaptir|caldir)(?:dim|dik|di|mis)\w*"
    r"|\b(?:sifre|parola|hesab)\w*(?: \w+){0,2} (?:calindi|calinmis|ele gecir|eline gec)\w*"
    r"|\b(?:sifre|parola)\w*(?: \w+){0,2} (?:sizdi|sizmis|sizdiril|internete dus)\w*"
    r"|\boltaya (?:\w+ )?(?:geldim|geldik|gelmis\w*|dustum|dusmus\w*|takildim|takilmis\w*|yakalandim)\b"
    r"|\b(?:phishing|oltalama)\w* (?:\w+ )?(?:kurban\w*|yakaland\w*|dustum|magdur\w*)"
)
_PRIVATE = re.compile(
    r"\b(?:sahsi|instagram|facebok|facebook|tiktok|twiter|twitter|youtube|oyun|bim|getir|trendyol)\w*"
)
"""An account of one's own that is none of the house's."""
_DRILL = re.compile(
    r"\btatbikat\w*"
    r"|\b(?:oltalama|oltalam|phishing|farkindalik|siber|guvenlik|guvenligi) (?:egitim|seminer|sunum|afis|ders|test)\w*"
)
"""Somebody speaks of learning about it; "Eğitim Müdürlüğü" and "dersimi aldım" are no drill."""
_SENTENCE = re.compile(r"[.!?;\n]+")


def gave_away(text: str) -> bool:
    """Whether somebody says that they, or a colleague, gave away a password or the like."""
    seen = visible(text, MAX_LETTERS)
    return is_given_away(sentences(seen, words(seen)))


def sentences(seen: str, found: Iterable[Word]) -> list[str]:
    """The plain words of each sentence of a text, of those that have any."""
    ends = [*(match.start() for match in _SENTENCE.finditer(seen)), len(seen)]
    said: list[str] = []
    spoken: list[str] = []
    at = 0
    for word in found:
        if word.start > ends[at]:
            if spoken:
                said.append(" ".join(spoken))
            spoken = []
            at = bisect(ends, word.start, at)
        spoken.append(word.plain)
    return [*said, " ".join(spoken)] if spoken else said


def is_given_away(sentences: list[str]) -> bool:
    """The same of the plain words of its sentences."""
    together = "\n".join(sentences)
    if not (_GIVEN.search(together) or _CAUGHT.search(together)) or _DRILL.search(together):
        return False
    return any(_says_so(said) for said in sentences) or any(_told_falsely(both) for both in _pairs(sentences))


def _says_so(said: str) -> bool:
    if _told_falsely(said) or (_CAUGHT.search(said) and not _PRIVATE.search(said)):
        return True
    if _OF_THE_DESK.search(said):
        return False
    return _was_led(said, _LURE) or _was_led(_TYPED_CODE.sub(" ", said), _CAME)


def _was_led(said: str, by: re.Pattern[str]) -> bool:
    return all(sign.search(said) for sign in (by, _GIVEN, _GAVE))


def _told_falsely(said: str) -> bool:
    gave = _GAVE.search(said) or _GAVE_SURELY.search(said)
    return gave is not None and _GIVEN.search(said) is not None and _FALSE.search(said) is not None


def _pairs(sentences: list[str]) -> Iterator[str]:
    """Two that follow each other: "Sahte bir siteydi. Şifremi yazdım." """
    return (f"{one} {other}" for one, other in pairwise(sentences))
