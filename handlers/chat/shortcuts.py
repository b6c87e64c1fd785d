"""What people type where a button stands: as good as pressing it."""

from __future__ import annotations

import re

from knowledge.language.folding import folded

_SKIP = re.compile(
    r"((ben )?(bunu )?bilmiyorum( ki)?( atla)?|bilmem|bilemedim|bilmiyom|atla|atlayalim|gec|gecelim|gec bunu"
    r"|yok|bos|bos ver|bosver|vazgec|vazgectim|iptal|gerek yok)"
)
_TAKE_BACK = re.compile(r"(vazgec|vazgectim|iptal|iptal et|bos ver|bosver|gec|yanlis bastim|yanlis oldu)")
_REMOVES = re.compile(
    r"(?:sil(?:in|iniz|elim|ecegim|mek)?|kaldir(?:in|alim)?|geri al(?:in|alim)?|iptal(?: et)?|bitir(?:in)?|vazgec)"
)
_LASTS = re.compile(
    r"\b(?:hala|halen|yine|gene|hic|ayni\w*|aynen|tekrar|devam|duruyo\w*|yerinde|suruyo\w*|surmekte\w*)\b"
)
_READ = re.compile(
    r"\A(tamam|evet|olur|peki|ok|okey|anladim|kabul|kabul ediyorum|onayliyorum|devam)?\s*+(okudum( anladim)?)?"
    r"(\s*+(tesekkurler|sagolun|sag olun))?"
)
_NOT_THIS = re.compile(
    r"\A(yok|hayir)?\s*+((bu|o|sorunum|sorun|konu|istedigim|dedigim)( bu| o)? (degil|bu degildi)"
    r"|hicbiri( degil)?|yanlis anladin(iz)?|(bununla )?(ilgisi|alakasi) yok|baska bir sey)(ki)?"
)
_ME_TOO = re.compile(
    r"(evet )?(ben ?de|bizde de|bende de|bizde)( de)?( ayni| var| yasiyorum| yasiyoruz| oyle)?( sorun)?"
)
_URGENT = re.compile(r"\b(?:acil|acele|ivedi|imdat|yetisin|sos)\w*")
_BESIDE_URGENT = frozenset(["cok", "lutfen", "bu", "is", "isim", "isimiz", "edin", "hemen"])


_TROUBLE = re.compile(r"(yor|yorum|unuttum|lazim|bozuldu|bozuk|kirildi|bitti|coktu|gitti|kilitlendi|dondu|acilmadi)$")


_CLAUSE = re.compile(r"[.,;:!?\n]")
_SENDS_ON = re.compile(
    r"\A(?:(?:tamam|tamamdir|tmm?|ok|okey|peki|evet|olur|of|ya|ay|hadi|lutfen|hemen|siz|direkt|artik|yine de|o zaman"
    r"|ikisini de|hepsini|bunu|teknisyene|teknisyenlere|ilgilisine|talebi?|kaydi?|kayit) ){0,4}"
    r"(?:ilet(?:in|iniz|iverin|elim|sene|ir misin|ir misiniz|ebilir misiniz)?|olustur(?:un|unuz|alim|ur musunuz)?"
    r"|(?:ac(?:in|iniz)?|olusturun) (?:lutfen )?(?:talep|talebi|kayit|kaydi))"
    r"(?! (?:bana|bize|deme|dersem|diye|butonu|dugme|yaz|tusu|nerede|nerde|ne demek|mi|mu))(?: |\Z)"
)


def is_command(text: str) -> bool:
    """`/durum …`, also one that there is not."""
    text = text.strip()
    return text.startswith("/") and text[1:2].isalpha()


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]+", " ", folded(text)).split())


def skips(text: str) -> bool:
    """Bilmiyorum, atla."""
    return _SKIP.fullmatch(_bare(text)) is not None


def takes_back(text: str) -> bool:
    """Vazgeç, where a technician was asked something after a button."""
    return _TAKE_BACK.fullmatch(_bare(text)) is not None


def removes(words: str) -> bool:
    """ "sil" alone behind a command: which one shall be shown, with a button each."""
    return _REMOVES.fullmatch(_bare(words)) is not None


def lasts(text: str) -> bool:
    """ "hâlâ duman var": it is as it was."""
    return _LASTS.search(folded(text)) is not None


def has_read(text: str) -> bool:
    """Okudum."""
    bare = _bare(text)
    return bool(bare) and _READ.fullmatch(bare) is not None


def says_it_read(text: str) -> bool:
    """Okudum, in so many words."""
    return has_read(text) and "okudum" in _bare(text)


def is_urgent(text: str) -> bool:
    """Whether it says that it is urgent, whatever it says beside that."""
    return _URGENT.search(_bare(text)) is not None


def only_urges(text: str) -> bool:
    """ "çok acil": that it is urgent, and not what."""
    return is_urgent(text) and _BESIDE_URGENT.issuperset(_URGENT.sub("", _bare(text)).split())


def sends_on(text: str) -> bool:
    """Teknisyene ilet, Talep oluştur, with whatever is told beside it: "tamam iletin, 118 nolu oda"."""
    return any(_SENDS_ON.search(_bare(clause)) for clause in _CLAUSE.split(text))


def not_this(text: str) -> bool:
    """Sorunum bu değil, Hiçbiri değil."""
    return _NOT_THIS.fullmatch(_bare(text)) is not None


def me_too(text: str) -> bool:
    """Ben de yaşıyorum."""
    return _ME_TOO.fullmatch(_bare(text)) is not None


def tells_of_trouble(text: str) -> bool:
    """ "monitör kararıyor", "şifremi unuttum": a sentence, and no name of a device, a room or a person."""
    return len(text.split()) > 1 and _TROUBLE.search(_bare(text)) is not None


def choice(text: str, titles: list[str]) -> int | None:
    """Which of the buttons was meant: by its words, or "2", "2.", "ikincisi"; None where none was."""
    bare = _PERHAPS.sub("", _bare(text))
    for place, title in enumerate(titles):
        if bare == _bare(title) or (place < len(_ORDINALS) and bare in _ORDINALS[place]):
            return place
    return None


def meant_by_a_word(text: str, titles: list[str]) -> int | None:
    """The one of the choices that a word of a short text stands in: "kablolu olan"."""
    spoken = _bare(text).split()
    if len(spoken) > MOST_WORDS_OF_A_CHOICE:
        return None
    said = {word[:_BEGINNING] for word in spoken if len(word) >= _BEGINNING}
    named = [place for place, title in enumerate(titles) if said & {word[:_BEGINNING] for word in _bare(title).split()}]
    return named[0] if len(named) == 1 else None


MOST_WORDS_OF_A_CHOICE = 3
_BEGINNING = 5
_ORDINALS: tuple[frozenset[str], ...] = (
    frozenset({"1", "bir", "ilki", "birinci", "birincisi", "ilk", "en ustteki", "en bastaki", "bastaki", "ustteki"}),
    frozenset({"2", "iki", "ikinci", "ikincisi", "ortadaki"}),
    frozenset({"3", "uc", "ucuncu", "ucuncusu"}),
)
_PERHAPS = re.compile(r" (?:galiba|sanirim|herhalde|olsun|olan|olabilir|iste)$")
