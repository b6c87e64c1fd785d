"""Personal data taken out of a sentence before anything is learned from it."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\bTR ?\d{2}(?: ?\d{4}){5} ?\d{2}\b", re.IGNORECASE)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?90[ -]?|0[ -]?)?\(?[2-58]\d{2}\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}(?!\d)")
_LONG_NUMBER = re.compile(r"(?<![\w.:-])\d{5,}(?![\w.:])")
_PLATE = re.compile(r"\b(?:0[1-9]|[1-7]\d|8[01]) ?[A-Z]{1,3} ?\d{2,5}\b")
_TITLE = (
    r"(?:hanım|hanim|bey|beyin|hanımın|hanimin|beye|hanıma|hanima|beyden|hanımdan|hanimdan|amca|teyze"
    r"|Hanım|Hanim|Bey|HANIM|BEY)"
)
_NAMED = re.compile(rf"\b[^\W\d_]+(?: [^\W\d_]+)?(?= {_TITLE}\b)")
_NAME_AND_SURNAME = re.compile(r"\b([A-ZÇĞİÖŞÜ][a-zçğıöşü]+) ([A-ZÇĞİÖŞÜ][a-zçğıöşü]+)(?=(?:'\w+)?(?:[\s,.!?]|$))")
_OFFICE_WORDS = """
Müdürlüğü Müdürlük Birimi Servisi Dairesi Başkanlığı Başkan Yardımcısı İşleri Hizmetler Hizmetleri
Kurumu Sistemi Belediyesi Merkezi Salonu Office Windows Word Excel Chrome Adobe Microsoft Mali Fen
Yazı Hukuk İmar Park Bahçeler Kültür Sosyal Destek İnsan Kaynakları Plan Proje Etüt Emlak Temizlik
Özel Kalem Basın Yayın
"""
_OFFICE = frozenset(_OFFICE_WORDS.split())


def masked(text: str) -> str:
    """The text without e-mail addresses, phones, identity and card numbers, IBANs, plates and people's names.

    Room numbers and error codes stay: they are short, or part of a word.
    """
    for pattern, instead in (
        (_EMAIL, "[e-posta]"),
        (_IBAN, "[iban]"),
        (_CARD, "[kart]"),
        (_PHONE, "[telefon]"),
        (_LONG_NUMBER, "[numara]"),
        (_PLATE, "[plaka]"),
        (_NAMED, "[kişi]"),
    ):
        text = pattern.sub(instead, text)
    return _NAME_AND_SURNAME.sub(_unless_office, text)


def _unless_office(match: re.Match[str]) -> str:
    return match.group() if _OFFICE & {match.group(1), match.group(2)} else "[kişi]"
