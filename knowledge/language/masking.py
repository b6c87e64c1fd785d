"""Personal data taken out of text: what must not stand in registers, exports, logs, articles or training examples.

The word that takes its place tells a reader what stood there. Every pattern is bounded, so that a text of any length
costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.language.device_numbers import GROUPS
from knowledge.language.folding import folded
from knowledge.language.names import is_given_name

EMAIL, IBAN, CARD, IDENTITY, PHONE, PLATE = "[e-posta]", "[IBAN]", "[kart no]", "[kimlik no]", "[telefon]", "[plaka]"
NUMBER, PERSON = "[numara]", "[kişi]"

_GAP = "[ \u00a0\u202f.\u2013\u200b-\u200d\u2060\ufeff-]{0,2}"
"""What people put between the digits of one number: a blank, a dash, a dot, or what nobody sees."""
_BLANK = "[ \u00a0\u202f\u200b-\u200d\u2060\ufeff-]{0,2}"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
_IBAN = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z]{{2}} ?\d{{2}}(?:{_BLANK}\d{{4}}){{5}}(?:{_BLANK}\d{{2}})?(?!\d)")
_CARD_IN_GROUPS = re.compile(r"(?<!\d)(?:\d{4}(?:[ -]{1,2}\d{4}){3}|3[47]\d\d[ -]{1,2}\d{6}[ -]{1,2}\d{5})(?!\d)")
_CARD_IN_ANY_WAY = re.compile(rf"(?<!\d)(?<!\d[ -])\d(?:{_BLANK}\d){{12,18}}(?![ -]?\d)")
_WHOLE_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)")
_SPACED_IDENTITY = re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{10}}(?!\d)")
_PHONE = re.compile(
    rf"""(?<![\d/.-])(?:
        (?:\+|00)90{_GAP}\(?[2-58]\d\d\)?{_GAP}\d{{3}}{_GAP}\d\d{_GAP}\d\d
      | \(?0[ .-]?\(?[2-58]\d\d\)?(?:/|{_GAP})\d{{3}}{_GAP}\d\d{_GAP}\d\d
      | (?:90{_GAP})?\(?5\d\d\)?(?:/|{_GAP})\d{{3}}{_GAP}\d\d{_GAP}\d\d
      | (?:90[ .-])?\(?[2-48]\d\d\)?[ .-]\d{{3}}[ .-]\d\d[ .-]?\d\d
    )(?!\d)""",
    re.VERBOSE,
)
_PLATE = re.compile(
    r"(?<![\w.,/-])(?:0[1-9]|[1-7]\d|8[01])[ -]?"
    r"(?:[A-PR-VYZ][ -]?\d{4,5}|(?!HP|LG|PC|IP|TL|KB|MB|GB|TB)[A-PR-VYZ]{2}[ -]?\d{3,4}"
    r"|(?!AOC|APC|OKI|USB|RAM|SSD|HDD|SAP|MHZ|GHZ)[A-PR-VYZ]{3}[ -]?\d{2,3})(?![\w-])"
)
_PLATE_SAID_TO_BE_ONE = re.compile(
    r"(?<!\w)(?:0[1-9]|[1-7]\d|8[01])[ -]?[A-PR-VYZ]{1,3}[ -]?\d{2,5}(?= plaka)"
    r"|(?<=plaka )(?:0[1-9]|[1-7]\d|8[01])[ -]?[A-PR-VYZ]{1,3}[ -]?\d{2,5}(?!\w)",
    re.IGNORECASE,
)
"""In small letters "12 de 1453" is a time and an extension."""
_OF_A_DEVICE = re.compile(
    r"(?<![a-z])(?:seri(?:al|si|nin|sinin)?|s/n|sn|imei(?:si)?"
    r"|(?:demi?rbas|dmb|barkod|envanter|tasinir|etiket)[a-z]{0,8}(?:[ .]?sicil)?)(?![a-z])"
    r"(?:[ .]?(?:no|num|kod)[a-z']{0,8})?[ .:=#-]{0,3}(?:(?!tc|kimlik)[a-z\d]{1,8}[/-]){0,2}\Z"
)
"""What stands before a number by which a device is known, whatever its digits are; folded."""
_ONLY_A_HINT = re.compile(
    r"(?:(?<![a-z])sn[ .]{0,3}"
    r"|(?:demi?rbas|dmb|barkod|envanter|tasinir|etiket)[a-z]{0,4}[td][ae](?:ki|n)?[ .:=#-]{0,3})\Z"
)
"""Of these, what does not name a number: "sn" is "sayın" too, and on a label ("etiketteki") may stand anything."""
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_PERSONAL_WORDS = """
tc tcno tckn tckno tckim kimlik vatno no nosu numara numram nolu tel telno telim cep cepno ceptel gsm faks wp hat kart
iban hesap sifre parola dahili
"""
_OF_A_PERSON = frozenset(_PERSONAL_WORDS.split())
_MOST_LETTERS_BEFORE = 6
"""With which a serial begins; more are a word behind which no blank was typed."""
_OF_A_THING = re.compile(
    r"(?:abone|saya[cç]|evrak|fatura|lisans|[uü]r[uü]n|stok)\w{0,8}(?: ?(?:no|num|kod|anahtar)\w{0,8})?[ .:=#-]{0,3}$",
    re.IGNORECASE,
)
"""What stands before a number that belongs to no person, unless its check digits say that it does."""
_OFFICIAL = re.compile(rf"(?<![\d./-])(?=25[345]){GROUPS}(?!\d)")
_IDENTITY_DIGITS = 11
_BEFORE = 40
_TICKET_OR_DATE = re.compile(r"(?<!\d)(?:20\d\d-\d{6}|\d{1,2}\.\d{1,2}\.20\d\d|20\d\d-\d\d-\d\d)(?!\d)")
_LONG_NUMBER = re.compile(r"(?<![\w.:-])\d{5,}(?![\w.:])")
_TITLE = (
    r"(?:hanım|hanim|bey|beyin|hanımın|hanimin|beye|hanıma|hanima|beyden|hanımdan|hanimdan|amca|teyze"
    r"|Hanım|Hanim|Bey|HANIM|BEY)"
)
_NAMED = re.compile(rf"\b[^\W\d_]++(?: [^\W\d_]++)?(?= {_TITLE}\b)")
_NAME_AND_SURNAME = re.compile(r"\b([A-ZÇĞİÖŞÜ][a-zçğıöşü]+) ([A-ZÇĞİÖŞÜ][a-zçğıöşü]+)(?=(?:['’]\w+)?(?:[\s,.!?]|$))")
_OFFICE_WORDS = """
Müdürlüğü Müdürlük Birimi Servisi Dairesi Başkanlığı Başkan Yardımcısı İşleri Hizmetler Hizmetleri
Kurumu Sistemi Belediyesi Merkezi Salonu Office Windows Word Excel Chrome Adobe Microsoft Mali Fen
Yazı Hukuk İmar Park Bahçeler Kültür Sosyal Destek İnsan Kaynakları Plan Proje Etüt Emlak Temizlik
Özel Kalem Basın Yayın
"""
_OFFICE = frozenset(_OFFICE_WORDS.split())


def masked(text: str) -> str:
    """Without e-mail addresses, identity numbers, phones, IBANs, cards and plates, for every reader.

    Eleven digits in a row count as an identity number, mistyped or not, unless they are said to be a thing's; with gaps
    only if the check digits hold. Numbers of tickets, devices, inventory and rooms, and times stay. Of a device is
    what is said to be ("seri no …", "demirbaş …"), begins with letters as serials do, or is an official number in
    groups. Check digits of an identity number weigh more than letters in front ("Kaya…"), less than a name ("seri no").
    """
    if "@" in text:
        text = _EMAIL.sub(EMAIL, text)
    digits = sum(letter.isdecimal() for letter in text)
    if digits >= 10:
        text = _IBAN.sub(IBAN, text)
        text = _judged(_CARD_IN_GROUPS, CARD, _is_card_or_nothing_else, text)
        text = _judged(_CARD_IN_ANY_WAY, CARD, _is_card, text)
        text = _judged(_WHOLE_IDENTITY, IDENTITY, _is_identity_or_nothing_else, text)
        text = _judged(_SPACED_IDENTITY, IDENTITY, _is_identity, text)
        text = _judged(_PHONE, PHONE, _is_no_thing, text)
    if digits >= 4:
        text = _PLATE_SAID_TO_BE_ONE.sub(PLATE, _judged(_PLATE, PLATE, _is_no_device, text))
    return text


def anonymised(text: str) -> str:
    """What is learned from or published beyond the people concerned: also without their names and any long number.

    Room numbers and error codes stay: they are short, or part of a word.
    """
    text = _LONG_NUMBER.sub(NUMBER, masked(text))
    return _NAME_AND_SURNAME.sub(_unless_office, _NAMED.sub(PERSON, text))


def _judged(pattern: re.Pattern[str], instead: str, is_one: Callable[[str, str], bool], text: str) -> str:
    """Replace what looks like one and is one; what is none may still hold one that begins later."""
    parts: list[str] = []
    kept = at = 0
    while (found := pattern.search(text, at)) is not None:
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if is_one(found[0], before) and not _is_in_an_official_number(text, *found.span()):
            parts += [text[kept : found.start()], instead]
            kept = at = found.end()
        else:
            at = found.start() + 1
    return "".join((*parts, text[kept:]))


def _digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def _is_no_thing(found: str, before: str) -> bool:
    """Written with gaps it is a phone, whatever stands before."""
    return not found.isdecimal() or not _is_of_a_thing(found, before)


def _is_no_device(_: str, before: str) -> bool:
    return not _is_of_a_device(before)


_FIRST_DIGITS = {13: "4", 14: "3", 15: "3", 16: "234569", 17: "56", 18: "56", 19: "456"}
"""By length, what numbers of cards begin with (ISO/IEC 7812: 3 travel, 4 to 6 banks, 9 Troy)."""


def _is_card(found: str, before: str) -> bool:
    """Luhn, as is the number of every phone set (IMEI)."""
    return _has_luhn_digit(found) and not _is_of_a_thing(found, before)


def _is_card_or_nothing_else(found: str, before: str) -> bool:
    return not _is_of_a_device(before) and (_has_luhn_digit(found) or not _is_of_a_thing(found, before))


def _has_luhn_digit(found: str) -> bool:
    digits = _digits(found)
    if str(digits[0]) not in _FIRST_DIGITS.get(len(digits), ""):
        return False
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_identity(found: str, before: str) -> bool:
    return _has_check_digits(found) and not (_says_a_thing(found, before) or _names_a_device(before))


def _is_identity_or_nothing_else(found: str, before: str) -> bool:
    if _has_check_digits(found):
        return not _names_a_device(before)
    return not _is_of_a_thing(found, before)


def _has_check_digits(found: str) -> bool:
    """The last two of the Turkish identity number."""
    digits = _digits(found)
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


def _is_of_a_thing(found: str, before: str) -> bool:
    """A ticket's number, a date, or what is said to be a device's."""
    return _says_a_thing(found, before) or _is_of_a_device(before)


def _says_a_thing(found: str, before: str) -> bool:
    return bool(_TICKET_OR_DATE.search(found) or _OF_A_THING.search(before))


def _names_a_device(before: str) -> bool:
    """Whether it is said in so many words that a device's number comes."""
    plain = folded(before)
    return _OF_A_DEVICE.search(plain) is not None and _ONLY_A_HINT.search(plain) is None


def _is_of_a_device(before: str) -> bool:
    """Whether digits are said to be a device's, or stand behind letters as in "CND12345678901"."""
    if _OF_A_DEVICE.search(folded(before)) is not None:
        return True
    letters = _LETTERS_BEFORE.search(before)
    if letters is None or len(letters[0]) > _MOST_LETTERS_BEFORE:
        return False
    plain = folded(letters[0])
    return plain not in _OF_A_PERSON and not is_given_name(plain)


def _is_in_an_official_number(text: str, start: int, end: int) -> bool:
    """Whether digits lie in one that stands in groups: "255.02.01.01.02.01/18/00252". An identity number in the same
    groups has fewer digits."""
    near = max(0, start - _BEFORE), end + _BEFORE
    return any(
        number.start() <= start and end <= number.end() and sum(map(str.isdecimal, number[0])) > _IDENTITY_DIGITS
        for number in _OFFICIAL.finditer(text, *near)
    )


def _unless_office(match: re.Match[str]) -> str:
    return match.group() if _OFFICE & {match.group(1), match.group(2)} else PERSON
