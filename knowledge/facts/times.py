"""Since when it is so, and by when it is needed."""

from __future__ import annotations

import re

from knowledge.facts.wording import Said

_DAY = r"(?:pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar)"
_MONTH = r"(?:oca[kg]|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|arali[kg])"
_NUMERIC = r"(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![\d./-]*\d)"
_DATE = rf"(?:{_NUMERIC}|\d{{1,2}} {_MONTH}(?: \d{{4}})?(?: {_DAY})?|ayin(?:in)? (?:\d{{1,2}}|sonu|basi|ortasi))"
_HOUR = (
    r"(?:saat \d{1,2}(?:[.:]\d{2})?|\d{1,2}[.:]\d{2}(?![.\d])"
    r"|saat (?:on bir|on iki|bir|iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on)(?: bucuk)?)"
)
_OF_A_DAY = (
    r"(?:sabah|ogleden (?:once|sonra)|ogle|oglen|aksam|gece|ikindi|mesai (?:bitim|son|bit|cikis)\w*|is cikisi|gun sonu)"
)
_SOME_DAY = (
    rf"(?:bugun|yarin|obur ?gun|ertesi gun|haftaya(?: {_DAY})?"
    rf"|(?:onumuzdeki|gelecek|bu) (?:{_DAY}|hafta|ay)(?: {_DAY})?|{_DAY}"
    rf"|(?:ay|hafta|yil|sene) (?:sonu|basi)|yilbasi|bayram)"
)
_OF_IT = r"(?:(?:,| gunu| tarihi)\w{0,3})?"
_CLOCK = rf"(?: {_HOUR}| \d{{1,2}}(?='?y?[ae]\b))"
_TO = r"(?:'?(?:[iu]?n|s[iu]n|y)?[ae]\b|ki\b)"
""" "salıya", "20 Aralık'a", "25'ine", "yarınki"."""
_MOMENT = (
    rf"(?:en gec )?(?:(?:{_DATE}|{_SOME_DAY}){_OF_IT}{_TO}?(?: {_OF_A_DAY})?{_CLOCK}?"
    rf"|{_OF_A_DAY}{_CLOCK}?|{_HOUR}|\d{{1,2}}(?='[a-z]))"
)
_CASE = rf"(?: ?{_TO}| ilk)?"
_WANTED = (
    r"(?:kadar|dek\b|degin|yetis\w*|lazim|son gun|bitmeli|gerek\w*|teslim|sunum|toplanti|ihale\w*|nikah|denetim"
    r"|olmadan|bitmeden|hazir)\w*"
)
_PAST = (
    r"(?! (?:\w{1,12} )?(?:bozul|gel|git|kes|kapan|ol|dur|don|cok|kop|basla|calis|acil|yap|ara|gonder|yaz)\w{0,6}"
    r"[dt][iu](?:[mk]|ler|lar)?\b)"
)
_DEADLINE = (
    re.compile(rf"\b(?<!gecen ){_MOMENT}{_CASE} {_WANTED}"),
    re.compile(rf"\b{_MOMENT}'?[dt][ae]n once\b(?! \w+(?:yordu|d[iu])\b)"),
    re.compile(rf"\ben gec {_MOMENT}{_CASE}(?!\w)"),
    re.compile(
        rf"\b(?:son (?:gunu?|tarihi?|teslim|basvuru)(?: tarihi)?|(?:bitis|teslim|ihale|termin) tarihi)"
        rf"(?: d[ae])?[ :=]{{0,3}}(?:{_MOMENT})"
    ),
    re.compile(rf"\b(?:(?:{_DATE}|{_SOME_DAY}){_OF_IT},? )?{_HOUR} ?'?(?:[dt][ae]|[ae]|y[ae])(?!\w){_PAST}"),
    re.compile(
        rf"\b(?:(?:{_DATE}|{_SOME_DAY}){_OF_IT} )?(?:{_OF_A_DAY} )?(?<![\d.,:/])\d{{1,2}}'?[dt][ae]"
        r" (?:\w+ )?(?:sunum|toplanti|nikah|ihale|meclis|encumen|denetim|toren|acilis|yayin)\w*"
    ),
    re.compile(rf"\b(?:{_DATE}|{_SOME_DAY}){_OF_IT} \d{{1,2}}'?(?:[dt][ae]|[ae]|y[ae])(?!\w){_PAST}"),
    re.compile(r"\b(?:sure(?:si|miz)?|son gun(?:u)?) (?:d[ae] )?(?:yarin|bugun|aksam)\w*(?: (?:doluyo|bitiyo)\w*)?"),
    re.compile(r"\b(?:[1-9]\d?|on|bes|yarim|bir|bi|iki|uc) (?:dakika|dk|saat) (?:sonra|icinde|kaldi|var)\b"),
    re.compile(
        rf"\b(?:[1-9]\d?|on|bes|bir|bi|iki|uc|dort) (?:gun|hafta|is gunu) (?:icinde|kaldi)\b"
        rf"(?! \w+ (?:kez|kere|defa)){_PAST}"
    ),
    re.compile(rf"\b(?:(?:{_DATE}|{_SOME_DAY}) )?(?:mesai|gun|aksam|ogle) (?:bitmeden|olmadan|bitimine|sonuna)\b"),
    re.compile(r"\byarina (?:kadar )?(?:lazim|yetis\w*|kadar)\b"),
    re.compile(
        rf"\b{_NUMERIC}(?= ?'?(?:[dt][ae])? (?:lazim|toplanti|sunum|ihale|denetim|acilis|kurul|baslay|baslic)"
        rf"|\W{{0,3}}\Z)(?<!\d{{5}})"
    ),
)
_TIMED = re.compile(
    rf"\d|\b(?:{_SOME_DAY}|{_OF_A_DAY}|{_HOUR}|en gec|sure|son gun|bitis|ayin|teslim)"
    rf"|(?:dakika|dk|saat|gun|hafta) (?:sonra|ic|k|v)"
)
"""Without one of these no time is told."""
_TODAY = re.compile(r"\d|\b(?:saat|dakika|dk|bugun|aksam|ogle|mesai|yarim|gun sonu)")
_OTHER_DAY = re.compile(
    rf"{_DATE}|\b(?:ay|hafta|yil|sene) (?:sonu|basi)|\b(?:gun|hafta) (?:icinde|kaldi)|\bbu (?:hafta|ay)\b"
)
_LATER = re.compile(
    rf"\b(?:yarin|obur ?gun|ertesi gun|haftaya|gelecek|onumuzdeki|ay sonu|hafta sonu|{_DAY})(?!\w*[dt][ae]n)"
)
"""Another day than today; "pazartesiden beri" is none."""

_SINCE = (
    re.compile(
        rf"\b(?:dun(?:ku)?(?: (?:aksam|sabah|ogle|ogleden sonra|gece))?|bu sabah|sabah|ogle|oglen|aksam"
        rf"|gece|bugun|bayram|{_DAY}(?: gunu)?|gecen (?:hafta|ay|yil|gun|{_DAY})|haftabasi|hafta basi"
        rf"|hafta sonu|tatil|yilbasi|guncelleme|{_DATE}(?: tarihi)?|(?:saat )?\d{{1,2}}(?:[.:]\d{{2}})?)"
        r"'?(?:n?[dt][ae]n)?(?:sinden|sindan)? (?:beri|bu yana|itibaren)\b"
    ),
    re.compile(
        r"\b(?:sabahtan|dunden|bayramdan(?! once)|ogleden(?! sonra)|aksamdan|geceden|haftalardir|aylardir|gunlerdir"
        r"|saatlerdir|yillardir|epeydir|kac gundur)(?: beri| bu yana)?\b"
    ),
    re.compile(
        r"\b(?:\d+|yarim|bir|bi|iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|on bes|yirmi|otuz|kirk|bir kac|birkac)"
        r"(?:-\d+)? ?(?:dakika|dk|saat|gun|hafta|ay|yil|sene)(?:[dt][iu]r)\b"
    ),
    re.compile(
        r"\b(?:\d+|bir|bi|iki|uc|dort|bes|birkac|yarim) (?:gun|hafta|saat|ay|yil|dakika|dk)(?:[dt][ae]n)?"
        r" (?:beri|bu yana)\b"
    ),
    re.compile(r"\b(?:\d{1,2})(?: ?(?:\.|:)\d{2})? ?'?(?:[dt][ae]n) beri\b"),
)
_SINCE_SAID = re.compile(r"beri|bu yana|itibaren|[dt][iu]r\b|[dt]an\b|den\b")
_THEN = re.compile(
    rf"\b(?:bu sabah|dun (?:aksam|sabah|gece|oglen|ogleden sonra)|bugun|dun|gecen (?:hafta|ay|{_DAY}))\b"
)
_BEGAN = re.compile(r"\b(?:basladi|bozuldu|gitti|kesildi|kapandi|oldu|koptu|durdu)\b")


def since(said: Said) -> str | None:
    """How long it is so, or when it began."""
    lasting = said.first(_SINCE) if _SINCE_SAID.search(said.plain) is not None else None
    return lasting or _when_it_began(said)


def _when_it_began(said: Said) -> str | None:
    """A day or an hour before a word that something began or broke."""
    last = 0
    for began in _BEGAN.finditer(said.plain):
        last = began.start()
    then = _THEN.search(said.plain, 0, last) if last else None
    return None if then is None else said.typed(then.span()) or None


def deadline(said: Said) -> str | None:
    """By when it is needed, or when what it is needed for begins."""
    return said.first(_DEADLINE) if _TIMED.search(said.plain) is not None else None


def is_today(said: Said, plain_deadline: str) -> bool:
    """Whether that (folded) is today, as far as the message tells."""
    if "bugun" in plain_deadline:
        return True
    if _OTHER_DAY.search(plain_deadline) is not None:
        return False
    return _TODAY.search(plain_deadline) is not None and _LATER.search(said.plain) is None
