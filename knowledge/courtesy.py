"""Which words of a message are about its subject: not who somebody is, how they greet, thank or sign, nor a number by
which a thing, a person or a place is known. Those are facts or nothing; of the subject they say nothing.

Looked for in one line of plain words, in which names are marked (`^ayse`) and the stops between words are kept.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from knowledge.facts import DEPARTMENTS
from knowledge.facts.identifiers import of_devices
from knowledge.language.folding import folded
from knowledge.language.names import is_given_name
from knowledge.text import Word, visible, words

_STOP = re.compile(r"[.!?;:\n…]")
_PAUSE = re.compile(r"[,()/|–—]|\s-+\s")
_PHONE = re.compile(r"(?<!\S)\+?\d{1,4}(?:[ ().-]{1,2}\d{2,4}){2,4}(?!\w)")
_SHOUTED = 0.5
"""The share of words in capitals from which on a capital tells no name."""


def _any(*alternatives: str) -> str:
    """The alternatives of several lines in one."""
    return "|".join(re.sub(r"\s*\n\s*", "", part.strip()) for part in alternatives)


_GREETING = _any(
    r"""merhaba\w*|meraba\w*|mrb|mrhb\w*|slm|selam|selamlar|sela?m[uiı]n? ?aleyk[uü]m|(?:ve )?aleyk\w* ?selam
    |gunaydin\w*|tunaydin\w*|kolay gel(?:sin|e)|kolayliklar|nasilsiniz|nasilsin|iyi misin(?:iz)?|umarim iyisiniz\w*
    |hos bulduk|(?:kusura bakma\w* )?(?:sizi )?rahatsiz (?:ediyor(?:um|uz)|ettim|ettik)|kusura bakma\w*""",
    r"""(?:iyi|hayirli|mutlu|huzurlu|guzel|bol|saglikli|nice|bereketli)(?: bir)? (?:gunler\w*|gun|aksamlar|sabahlar
    |geceler|calismalar\w*|mesailer|haftalar|hafta ?sonlari|isler|cumalar|bayramlar|tatiller|ramazanlar|kandiller
    |yillar|seneler|nobetler|ogleler|oglenler|kazanclar|sahurlar|iftarlar)(?: olsun| geciresiniz)?""",
    r"(?:cumaniz|bayraminiz|kandiliniz|ramazaniniz|yiliniz|haftaniz|gununuz)(?: \w+)? (?:olsun|gecsin)",
)
_THANKS = _any(
    r"""(?:(?:cok|simdiden|sonsuz|pek) )*(?:tesekkur\w*|tsk|tskler\w*|tesk|sag ?ol\w*|saol\w*|eyvallah|eyv|mersi)
    |simdiden|var ol\w*|minnettar\w*|minnet duyar\w*|allah\w* emanet\w*
    |(?:allah|rabbim|mevla)\w* (?:\w+ ){0,2}(?:olsun|versin|eylesin|korusun|esirgemesin|getirsin)
    |(?:el|emeg|ayag|agz)\w* (?:saglik|dert gormesin)|hak\w* helal\w*|hayir dualar\w*|dua\w* ederi[mz]
    |saglicakla(?: kalin)?|hosca ?kalin|selametle|gorusmek uzere|esen kalin|sevgiyle kalin""",
    r"""(?:en (?:icten|derin|samimi) )?(?:saygi|sevgi|selam)(?:lar)?(?: ve (?:saygi|sevgi|selam)(?:lar)?)?
    (?:imla|imizla|larimla|larimizla|yla)?(?: sunar\w*| arz ederi[mz]| iletiri[mz])?|dileri[mz]|diliyor(?:um|uz)
    |eder|ederi[mz]|sunar(?:im|iz)?""",
)
_PLEASE = _any(
    r"""lutfen|lutfn|ltfn|zahmet ol(?:maz|ur)s?a?|zahmet\w* (?:olacak|veriyorum)|mumkunse|ricam\w*|hususunda
    |(?:mumkun|uygun|musait) ol(?:dugunuz|dugun|ursa)\w*(?: zaman\w*| an\w*| vakit\w*)?
    |(?:rica|istirham|arz)(?: ve rica)? ed\w*
    |(?:yardim|deste[gk]|ilgi|donus|gereg|cevab)\w*(?: ve (?:yardim|deste[gk]|ilgi)\w*)?(?: icin)?
    [ ](?:bekle\w*|bekli\w*|rica ed\w*|arz ed\w*)|(?:yardimci|yardim|destek) olur ?(?:sa|mu)\w*
    |(?:bi |bir )?(?:ilgilen|bak|el at)\w*rs[ae]\w*(?= (?:cok )?(?:sevin|memnun|iyi ol|makbul|mutlu))
    |(?:cok )?(?:sevinir\w*|(?:memnun|mutlu) (?:olur|kalir|eder)\w*)|makbule gec\w*|bilgilerinize
    |gereg\w* (?:icin )?bilgilerinize|affini\w* sigin\w*|(?:yuksek )?musaadeleriniz\w*""",
)
_CALLED = _any(
    r"""hocam|ustam|ustacim|abi|abim|abicim|abla|ablam|ablacim|kardesim|kardes|kardesler|arkadaslar|arkadasim|beyler
    |hanimlar|sayin|degerli|sevgili|kiymetli|yetkili(?:ler)?|(?:\^?mesai )?arkadaslari(?:m|miz)|herkese(?= ?[,;]|$)
    |oncelikle|canim|efendim|dostum|gencler|baskanim|mudurum|sefim|agam|gardas\w*|hacim|reis
    |\w+ \^?(?:bey|hanim|beyefendi|hanimefendi|abi|abla|hoca|usta)
    |\^?bilgi ?\^?islem(?: \^?(?:mudurlug|birim|daire|servis)\w*)?
    (?: \^?(?:ekib|ekip|ailesi|calisan|personel|arkadas|yetkili|dikkatine)\w*)?"""
)
_POSTS = r"(?:mu?du?r?lu[gk]|baskanli[gk]|amirli[gk]|sefli[gk]|memurlu[gk]|komutanli[gk]|koordinatorlu[gk])\w*?"
_ROOMS = r"(?:birim|servis|buro|bolum|sube|daire|kalem)s?[iu]"
_OFFICE = rf"(?:{_POSTS}\w*|{_ROOMS}\w*|birim|mud|md|mudr|mdr)(?!\S)"
_AWAY = r"n?(?:[dt][ae]n|[dt][ae]y[ia][mz])(?!\S)"
_TITLE = _any(
    r"""(?:memur|sef|mudur|uzman|muhendis|tekniker|sekreter|veznedar|tahsildar|amir|isci|usta|mimar|avukat|sorumlu
    |gorevli|personel|calisan|katip|isletmen|hekim|veteriner|sofor|bekci|komiser|mufettis|baskan|yardimci|koordinator)
    \w{0,6}"""
)
_NAMES = {folded(name) for _, name in DEPARTMENTS if len(name) > 2}
_KNOWN = rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})"
_SPEAKS = r"(?:yaziyor\w*|ariyor\w*|ulasiyor\w*|bildiriyor\w*|calisiyor(?:um|uz)|gorev\w*|ben|olarak|adina|selamlar)"
_WHO = rf"(?: (?:\^\w+|{_TITLE}|{_SPEAKS}))*(?!\S)"
_BEGUN = r"(?:^|(?<=[;,] ))(?:(?:\^\w+ ){1,3}, )?(?:\^?(?:ben|biz|bn|bendeniz) )?"
_OF_A_NAME = r"\^?(?!\w*(?:[iu]yo|[iu]yor\w*|[aeiu]d[iu]|[tksp]t[iu]|m[iu]s|yok|lazim|bozuk|var)(?!\S))\w+"
"""A word that may stand in the name of a müdürlük: nothing that happens."""

_AROUND = re.compile(rf"(?<!\S)\^?(?:{_GREETING}|{_THANKS}|{_PLEASE}|{_CALLED})(?!\S)")
_SENT = (
    r"(?<!\S)(?:\^?(?:apple|samsung|galaxy|huawei|xiaomi|redmi|oppo|general|mobile|vestel|cep|akilli) ){0,3}"
    r"\^?(?:iphone|ipad|android|galaxy|huawei|xiaomi|redmi|samsung|outlook|gmail|telefon|cihaz|tablet)\w* "
    r"(?:(?:icin|ile|uzerinden|aracigiyla|mobil|\^?outlook) ){0,2}"
    r"(?:gonderild\w*|yollandi|iletild\w*|yazild\w*)(?= ?[,;]|$)|\^?sent from (?:my )?\^?\w+"
)
_OF_AN_OFFICE = (
    rf"(?:{_BEGUN})?(?<!\S)(?:\^?(?:{_KNOWN}|\w+ ve \w+)|\^\w+(?: (?:ve|\^\w+)){{1,5}}) \^?{_OFFICE}{_WHO}"
    rf"|(?<!\S)\^\w+ \^?{_POSTS}\w*(?!\S){_WHO}"
)
_BY_NAME = (
    rf"{_BEGUN}(?<=ben )\^\w+(?: \^\w+)*(?: {_TITLE})?(?= ?[;,]|$)|(?:^|(?<=[;,] ))\^\w+(?: \^\w+)? ben(?!\S)"
    rf"|(?<!\S)(?:{_TITLE} )?\^?(?:adim|ismim)(?: soyadim)?(?: \^\w+)+"
)
_OFFICES = rf"{_POSTS}|{_ROOMS}|birim|mu?dr?(?!\S)"
_LEFT_OUT = tuple(
    tuple((re.compile(sign), re.compile(told)) for sign, told in step)
    for step in (
        (("", _AROUND.pattern), ("gonderild|yollandi|iletild|yazild|sent from", _SENT)),
        (
            (_OFFICES, _OF_AN_OFFICE),
            (_AWAY, rf"{_BEGUN}(?:{_OF_A_NAME} ){{0,2}}?\^?{_KNOWN}{_AWAY}{_WHO}"),
        ),
        (
            (_OFFICES, rf"{_BEGUN}(?:{_OF_A_NAME} ){{1,6}}?\^?{_OFFICE}{_WHO}(?= ?[;,]|$)"),
            (_OFFICES, rf"{_BEGUN}(?:{_OF_A_NAME} ){{1,5}}?\^?(?:{_POSTS}|{_ROOMS}){_AWAY}{_WHO}"),
            (r"ben(?!\S)|adim|ismim", _BY_NAME),
        ),
    )
)
"""First what is said around the point, then who is known to speak, then who may: each is looked for in what is left,
and only behind a sign that it cannot do without, which is found sooner."""
_OF_A_SIGNATURE = re.compile(rf"\^\w+|{_TITLE}|\^?{_OFFICE}|ve|tel|dahili|gsm|cep|\d+|[;,]")
_OF_A_PERSON = re.compile(
    rf"(?<!\S)(?:\^?{_OFFICE}|\^\w+ {_TITLE}(?!\S)|{_TITLE} \^\w+|\^\w+ ?,? (?:dahili|tel|gsm|cep)(?!\S))"
)


def about(seen: str, told: Sequence[Word]) -> list[Word]:
    """The words of a visible text that may tell its subject; all of them where none would be left."""
    gone = _identifiers(seen, told)
    line, starts = _line(seen, told, gone)
    for patterns in _LEFT_OUT:
        likely = [pattern for sign, pattern in patterns if sign.search(line)]
        spans = [match.span() for pattern in likely for match in pattern.finditer(line)]
        if spans:
            _leave_out(gone, starts, spans)
            line, starts = _line(seen, told, gone)
    signed = _signature(line)
    if signed is not None:
        _leave_out(gone, starts, [(signed, len(line))])
    return [word for word, out in zip(told, gone, strict=True) if not out] or list(told)


def is_courtesy(text: str) -> bool:
    """Whether a text has nothing but greetings, thanks and the like."""
    seen = visible(text)
    line = _line(seen, found := words(seen), [False] * len(found))[0]
    return not re.search(r"\w", _AROUND.sub("", line))


def _identifiers(seen: str, told: Sequence[Word]) -> list[bool]:
    spans = [*(match.span() for match in _PHONE.finditer(seen)), *of_devices(seen)]
    return [_is_identifier(word.plain) or any(begin <= word.start < end for begin, end in spans) for word in told]


def _leave_out(gone: list[bool], starts: Sequence[int], spans: Iterable[tuple[int, int]]) -> None:
    for begin, end in spans:
        for place in range(bisect_left(starts, begin), bisect_left(starts, end)):
            gone[place] = True


def _is_identifier(word: str) -> bool:
    """Four digits alone or five among letters: a phone, a year, a serial or inventory number; no error code."""
    if word.isalpha():
        return False
    digits = sum(letter.isdigit() for letter in word)
    return digits > 3 and (digits == len(word) or digits > 4) and not word.startswith("0x")


def _signature(line: str) -> int | None:
    """Where, behind a stop, nothing but a name, a post and numbers follows; None where nobody signs."""
    begin, place = None, len(line)
    for part in reversed(line.split(" ")):
        if not _OF_A_SIGNATURE.fullmatch(part):
            break
        place -= len(part)
        begin = place if part in ";," else begin
        place -= 1
    if begin is None:
        return None
    tail = line[begin:]
    named = any(is_given_name(word.lstrip("^")) for word in tail.split())
    return begin if named or _OF_A_PERSON.search(tail) else None


def _line(seen: str, told: Sequence[Word], gone: Sequence[bool]) -> tuple[str, list[int]]:
    """The plain words in one line, and where in it each begins; what is left out already parts as a stop does."""
    capitals = [seen[word.start].isupper() for word in told]
    shouted = sum(seen[word.start : word.start + 2].isupper() for word in told) > _SHOUTED * len(told)
    parts: list[str] = []
    starts, length, before, parted = [], 0, 0, False
    for word, capital, out in zip(told, capitals, gone, strict=True):
        between = seen[before : word.start]
        parted = parted or out or (bool(before) and len(between) > 1 and _STOP.search(between) is not None)
        starts.append(length)
        if not out:
            if parts:
                parts.append("; " if parted else ", " if len(between) > 1 and _PAUSE.search(between) else "")
                length += len(parts[-1])
                starts[-1] = length
            named = (capital and not shouted) or is_given_name(word.plain)
            parts.append(f"^{word.plain} " if named else f"{word.plain} ")
            length += len(parts[-1])
            parted = False
        before = word.end
    return "".join(parts).rstrip(), starts
