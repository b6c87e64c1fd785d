"""What somebody wrote, without what their mail program wrote around it: quoted mails, disclaimers, a signature.

People paste whole mails into a chat, often as one line, so that nothing may depend on where a line ends.
"""

import re
from itertools import islice

from knowledge.courtesy import is_courtesy
from knowledge.text import MAX_TEXT_LETTERS

_HEAD = r"(?:kimden|gönderen|from)"
_FIELD = r"(?:gönderilme|gönderildi|gönderme tarihi|tarih|kime|alıcı|sent|date|to)"
_QUOTED = re.compile(
    rf"""
    (?<!-)-{{2,}}+\s*+(?:(?:original|forwarded)\ message|(?:özgün|orijinal|iletilen)\ (?:ileti|mesaj))
    | (?<!_)_{{10,}}+\s*+(?={_HEAD}\s*:)
    | (?<!\w){_HEAD}\s*:[^:]{{1,200}}(?<!\w){_FIELD}\s*:
    | (?<!\w)(?:\d{{1,2}}[ ./]\w{{2,8}}[ ./]\d{{4}}[^\n:]{{0,14}}(?:\d?\d:\d\d\s)?\s?)?tarihinde\ [^:]{{1,120}}yazdı\s*:
    | (?<!\w)on\ [^:\n]{{1,120}}(?::\d\d[^:\n]{{1,80}})?wrote\s*:
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FIELDS = re.compile(
    r"^[ \t>]*+(?:-{2,}.*|(?:kimden|gönderen|gönderil\w+|tarih|kime|bilgi|cc|from|sent|date|to)\s*:.*"
    r"|.*(?:yazdı|wrote)\s*:\s*$)$",
    re.IGNORECASE | re.MULTILINE,
)
_SUBJECT = re.compile(r"^[ \t>]*+(?:konu|subject)\s*:\s*(?:(?:ynt|ilt|re|fwd?)\s*:\s*)*", re.IGNORECASE | re.MULTILINE)
_QUOTE_MARK = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_NOTICE = re.compile(
    r"""
    (?<!\w)(?:(?:yasal\ )?uyarı\s*:\s*|gizlilik\ (?:bildirimi|notu|uyarısı)\s*:?\s*)?
    (?:(?:bu|işbu)\ (?:e-?posta|elektronik\ posta|mesaj|ileti|mail)|this\ (?:e-?mail|message))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OF_A_NOTICE = re.compile(
    r"gizli|(?:yetkili|gerçek|hedef)\s+alıcı|muhatab|sorumlu(?:luk)?\w*|sil(?:iniz|ip|erek)|bildiriniz|ifşa|kopyala\w*"
    r"|çoğalt\w*|hukuk|yasal|kişiye özel|confidential|privileged|intended|recipient|disclos|delete",
    re.IGNORECASE,
)
_OTHER_NOTICE = re.compile(
    r"(?<!\w)(?:(?:lütfen )?bu (?:e-?posta|mesaj|ileti|mail)\w* (?:çıktısını )?(?:yazdır|al)\w* önce"
    r"|(?:çevreyi|doğayı) (?:koru|düşün)\w*[^.]{0,60}(?:yazdır|çıktı)|please consider the environment"
    r"|(?<!\S)\S{2,20}['’]?\w{0,8} gönderildi\s*$"
    r"|sent from my|android için outlook|ios için outlook|get outlook for)",
    re.IGNORECASE,
)
_SCANNED = re.compile(r"(?<!\w)virüs\w* karşı [^.]{0,40}taran", re.IGNORECASE)
_MARKS_OF_A_NOTICE = 2
_NOTICE_LETTERS = 400
_CLOSING = re.compile(
    r"(?<!\S)--(?!\S)|(?<!\w)(?:(?:en (?:içten|derin) )?(?:saygı|sevgi)(?:\s+ve\s+\w+)?"
    r"(?:lar)?ı?(?:mla|mızla|larımla|larımızla|lar)?"
    r"|(?:iyi (?:çalışmalar|günler|akşamlar|mesailer)|kolay gelsin|teşekkür\w*)(?: (?:dilerim|dileriz|ederim|ederiz))?)"
    r"(?!\w)[\s,.!;]*",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"^--\s*$", re.MULTILINE)
_OF_A_SIGNATURE = re.compile(
    r"(?:tel|telefon|dahili|gsm|cep|faks|fax)\W{0,3}\+?\d|www\.|https?:|\S@\S|müdürl|belediye\w*|başkanlı|birimi(?!\w)"
    r"|(?<!\w)(?:şef|memur|müdür|uzman|mühendis|tekniker|teknisyen|amir|sekreter|veznedar|işçi)\w{0,4}(?!\w)",
    re.IGNORECASE,
)
_OF_A_REPORT = re.compile(
    r"(?:[ıiuü]yor?\w*|acak\w*|ecek\w*|m[ae]d[ıi]\w*|abilir|ebilir|\w{3}m[ae]s[ıi]\w*)(?!\w)|(?<!\w)(?:yok|lazım|bozuk\w*"
    r"|arıza\w*|bitti|istiyor\w*|rica|lütfen|m[ıiuü]s[ıiuü]n\w*)(?!\w)|\?",
    re.IGNORECASE,
)
MAX_NAME_WORDS = 5
MAX_SIGNATURE_WORDS = 25
_LOOKED_AT = 12
"""Of what may begin a notice or a signature: text that is full of it is no mail, and must not take long."""
READ_LETTERS = 2 * MAX_TEXT_LETTERS
"""Nothing behind it is read anyway."""


def own_words(text: str) -> str:
    """What somebody wrote themselves; of a mail that was only passed on, what it says; never nothing."""
    return without_signature(signed_words(text))


def signed_words(text: str) -> str:
    """The same with its signature, which tells who and where they are."""
    text = text[:READ_LETTERS]
    plain = _without_notices(_without_quotes(text))
    return plain if _says_something(plain) else text


def _without_quotes(text: str) -> str:
    found = _QUOTED.search(text)
    own = text[: found.start()] if found is not None else text
    own = _QUOTE_MARK.sub("", own)
    if _says_something(own):
        return own
    passed_on = _SUBJECT.sub("", _FIELDS.sub("", text))
    return re.sub(r"^[ \t]*>+", "", passed_on, flags=re.MULTILINE)


def _without_notices(text: str) -> str:
    for begun in islice(_NOTICE.finditer(text), _LOOKED_AT):
        start, end = begun.start(), begun.start() + _NOTICE_LETTERS
        marks = {mark.lower()[:6] for mark in _OF_A_NOTICE.findall(text, start, end)}
        if len(marks) >= _MARKS_OF_A_NOTICE or _SCANNED.search(text, start, end):
            text = text[:start]
            break
    other = _OTHER_NOTICE.search(text)
    return text[: other.start()] if other is not None and _says_something(text[: other.start()]) else text


def without_signature(text: str) -> str:
    """The same without the name, post and numbers under it."""
    cut = _DELIMITER.search(text)
    if cut is not None and _says_something(text[: cut.start()]):
        text = text[: cut.start()]
    for closing in islice(_CLOSING.finditer(text), _LOOKED_AT):
        before = text[: closing.start()]
        if _says_something(before) and not is_courtesy(before) and _is_signature(text[closing.end() :]):
            return before.rstrip()
    *told, last = re.split(r"\n\s*\n", text.strip())
    if told and "\n" in last and _OF_A_SIGNATURE.search(last) and _is_signature(last):
        return "\n\n".join(told)
    return text


def _is_signature(tail: str) -> bool:
    """Names, posts and numbers, and nothing that happens."""
    words = tail.split()
    if not 0 < len(words) <= MAX_SIGNATURE_WORDS or _OF_A_REPORT.search(tail):
        return False
    named = len(words) <= MAX_NAME_WORDS and all(word[0].isupper() for word in words)
    return named or _OF_A_SIGNATURE.search(tail) is not None


def _says_something(text: str) -> bool:
    return any(c.isalpha() for c in _CLOSING.sub("", text))
