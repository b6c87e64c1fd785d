"""Which answers are said in so many words: yes, no, a person, never mind.

A classifier that takes words for a yes guesses, and "dün çalışıyordu" or "diğerleri çalışıyor" are near enough to be
taken for one. An explicit answer is a message in which every word either says it or is a courtesy: a word more ("dün",
"bende", "mi", "ama") and it is none. What may follow from which is decided where the answer is acted on.
"""

import re
from typing import NamedTuple

from knowledge.reading import Intent
from knowledge.text import plain


class Explicit(NamedTuple):
    """`bare`: nothing but a yes or no ("evet", "yok", a thumb), which answers whatever was asked last."""

    intent: Intent
    bare: bool = False


class _Form(NamedTuple):
    """`says`: what means it; `beside`: what may stand around that without changing it."""

    intent: Intent
    says: str
    beside: str
    bare: bool = False


_COURTESY = r"""
(?:cok )?(?:tesekkur\w*|tsk\w*|tesk\w*|tsekkur\w*|sagol\w*|saol\w*|sag ol\w*|mersi|sukur\w*)|eyv\w*|allah razi olsun
|el(?:in|ler)\w* (?:dert gormesin|saglik)|emegin\w* saglik|iyi (?:gunler|calismalar|aksamlar)|kolay gelsin|merhaba|selam
|slm|gunaydin|ed(?:erim|eriz|iyoruz)|rica|abi|abim|abla|hoca\w*|ustam?|kardes\w*|arkadaslar|beyler?|bey|hanim|canim
|efendim|sayin|siz[ei]?|sizlere|lutfen|helal|minnettar\w*|valla\w*|ya|yaa?|be|iste|hadi|ilgi\w*|destek\w*|icin
"""
_DOING = r"yaptim|yapinca|denedim|deneyince|uyguladim|(?:dedi|soyledi|belirtti)[gk]\w*(?: gibi)?|adimlar\w*"
_BY_HAND = r"(?:kapat|ac|tak|cikar|cek|baslat|yap|guncelle|sil)\w*(?:im|um|ik|uk|ip|up|inca|ince|unca)|yeniden|tekrar"
_SOLVED = r"""
duzeldi|duzelmis(?:tir)?|cozuldu|cozulmus(?:tur)?|halloldu|hallolmus|hallettim|hallettik|(?:ise )?yara(?:di|mis)
|gideril(?:di|mis|mistir)|(?:sorun|problem|ariza|sikinti)\w* (?:kalmadi|yok|bitti)
"""
_WORKS = rf"{_SOLVED}|oldu|calis(?:ti|iyor?|maktadir)|basardim|becerdim|geldi|acildi|sorunsuz"
_STILL = r"yine|gene|hala|halen|ma+lesef|hic|hepsini|ama|sorun\w*"
_YES = r"evet|evt|ewet|he|hee|hi hi|yes|yep|aynen|olur|tabi|tabii|tabi+ ?ki|elbette|onay(?:liyorum)?|uygun(?:dur)?"
_GLAD = r"tamam|tamamdir|tmm|tmmdir|ok|okey|peki|super|harika|guzel"
_NOW = r"simdi|su an(?:da)?|artik|sonunda|nihayet|bu sefer|sorun|problem|ariza|ay"
_FAILED = r"""
ol(?:madi|muyor?|mamis)|duzelm(?:edi|iyor?|emis)|(?:ise )?yara(?:madi|miyor?)|fayda(?:si)? (?:etmedi|olmadi|yok)
|ayni(?:si)?(?: (?:sey|sorun|hata|hatayi|durum)(?: veriyor?)?)?|bozuk
|degismedi|degisen bi\w*(?: sey)? yok|degisiklik (?:yok|olmadi)
|coz(?:ulmedi|um olmadi)|calism(?:adi|iyor?)|nafile|tik yok|sonuc (?:yok|vermedi|alamadim)|gecmedi|gelmedi|acilmadi
|devam (?:ediyor?|etmektedir)|hic ?bi\w* ?sey (?:degismedi|olmadi)|giderile?medi|yapamadim|beceremedim|basaramadim
"""
_NO = r"hayir|hyr|yok|yo|yoo|cik|[ıi] ?ih|no|nope"
_FETCH = r"""
gelsin\w*|gelip baksin|gelebilir mi|gelir mi|baksin\w*|bakabilir mi|bakar mi|arasin\w*
|(?:yolla|gonder|ilet|bagla|yonlendir)(?:y?in|(?:a|e)?r misiniz|(?:ebilir|abilir) misiniz|elim|alim)?|istiyorum|lazim
"""
_SOMEBODY = r"""
(?:teknisyen|biri|insan|uzman|yetkili)(?:y?l[ea]|[yn]?[ea]|[yn]?i|si)?
|adam|eleman|usta|personel|ekip|arkadas|canli destek
"""
_PERSON = rf"""
(?:{_SOMEBODY.strip()})(?: \w+){{0,2}} (?:{_FETCH})|teknisyene?(?: ilet)?|canli destek
|(?:bi |gelip |gelip bi )?bakar misin\w*|(?:gelip|bi) bak(?:in|sin|iver\w*)|gelir misin\w*
|(?:yine de )?ilet(?:in|elim|ir misiniz)?|beni ara(?:yin|sinlar|r misin\w*)?
|(?:kay(?:it|di)|talep|talebi) (?:ac(?:in|ar misiniz)?|olustur(?:un)?)
|(?:ac|olustur)(?:in|un) (?:kay(?:it|di)|talep|talebi)|olusturun|ac(?:in|abilirsin|abilirsiniz)(?: kayit)?
|(?:gelsin|baksin|(?:gonder|yolla|yonlendir)(?:y?in)?) (?:biri(?:si|ni|sini)?|adam|eleman|usta)
|(?:gonder|yolla|yonlendir|bagla)y?in|bagla
"""
_CALL = r"""
acil(?:en)? (?:bi\w* )?(?:durum\w*|yardim\w*|destek|mudahale\w*)
(?: (?:var|lazim|gerek\w*|ed(?:in|er misin\w*)|isti?yor\w*))?
|acil(?:en)? (?:gelin|gelir misin\w*|bakin|bak(?:a(?:bili)?r) misin\w*|gelebilir misin\w*)|imdat|yetisin
"""
"""That something is urgent, and nothing of what."""
_NEVER_MIND = r"""
iptal(?: edin| et| edelim| edilsin| olsun| ediyorum| ediverin?| etmek istiyorum| ede(?:bili)?r misin\w*)?
|vaz ?gec(?:tim|tik|iyorum)|gerek kalmadi|bos ?ver(?:in)?|unutun|talebimi geri (?:cek|al)iyorum|geri cekiyorum
|kayd\w* (?:kapatin|silin)|kapatin kayd\w*
"""


def _one_of(*patterns: str) -> str:
    return "|".join("".join(pattern.split("\n")) for pattern in patterns)


_FORMS = (
    _Form(Intent.cancel, _NEVER_MIND, _one_of(_COURTESY, _WORKS, _GLAD, r"kay[di]\w*|talebi\w*|ben|kalsin|yanlis \w+")),
    _Form(
        Intent.human, _PERSON, _one_of(_COURTESY, _FAILED, _YES, _GLAD, r"acil\w*|artik|hemen|bi|bir|bana|bize|o zaman")
    ),
    _Form(
        Intent.human,
        _CALL,
        _one_of(_COURTESY, r"acil\w*|artik|hemen|bi|bir|bana|bize|burada|burda|bizde|gelin|bakin|var|yardim"),
    ),
    _Form(
        Intent.no,
        _FAILED,
        _one_of(_COURTESY, _DOING, _BY_HAND, _NO, _STILL),
    ),
    _Form(Intent.no, _NO, r"abi|hocam|ya|valla\w*|efendim|maalesef", bare=True),
    _Form(Intent.yes, _SOLVED, _one_of(_COURTESY, _DOING, _BY_HAND, _WORKS, _YES, _GLAD, _NOW)),
    _Form(Intent.yes, _WORKS, _one_of(_COURTESY, _DOING, _YES, _GLAD, _NOW)),
    _Form(Intent.yes, _YES, _one_of(_COURTESY, _GLAD, "oyle|dogru"), bare=True),
)
_COMPILED = tuple(
    (form, re.compile(rf"\b(?:{_one_of(form.says)})\b"), re.compile(rf"(?<!\w)(?:{_one_of(form.beside)})(?:\s|$)"))
    for form in _FORMS
)
_AFTER_TRYING = r"""
ol(?:madi|muyor?)|duzelm(?:edi|iyor?)|(?:ise )?yara(?:madi|miyor?)|fayda(?:si)? (?:etmedi|olmadi)
|coz(?:ulmedi|um olmadi)|degismedi|degisen bi\w*(?: sey)? yok|degisiklik (?:yok|olmadi)
|hic ?bi\w* ?sey degismedi|beceremedim|basaramadim
"""
"""Of the failures those that nobody begins to tell a fault with, as "çalışmıyor" and "aynı hata" may."""
_FAILED_FIRST = re.compile(
    rf"(?:(?:{_one_of(_COURTESY, _DOING, _BY_HAND, _NO, _STILL)})\s)*"
    rf"(?:{_one_of(_AFTER_TRYING)})(?!\s(?:mi|mu)\b)(?=\s|$)"
)
_NOT_YET_TRIED = r"dene(?:me|yeme)\w*|dene(?:r|ri)m|deneyece[gk]\w*|bekle\w*"
_GOES_ELSEWHERE = re.compile(rf"\b(?:{_one_of(_WORKS, _NEVER_MIND, _NOT_YET_TRIED)})\b")
"""What makes it another answer: it went well after all, never mind, it has not been tried yet."""
INTENTS = frozenset(form.intent for form in _FORMS)
"""The answers that are explicit in these words only; a greeting, thanks or "ne oldu" say what they want anyway."""
_THUMBS = {"👍": Intent.yes, "✅": Intent.yes, "👌": Intent.yes, "👎": Intent.no, "❌": Intent.no}
_UNSURE = re.compile("[?🤔😕🙄]")
_UNHAPPY = re.compile("[😡😠🙁☹😞😒😤😢😭]")
MAX_WORDS = 12


def recognise(text: str, said: str) -> Explicit | None:
    """The answer that a message is, if it is nothing else. `said`: its plain words.

    A question is none, except to a person ("biri gelir mi?"); neither is what a sign beside it contradicts ("oldu 😡").
    """
    thumbs = {intent for sign, intent in _THUMBS.items() if sign in text}
    if _UNHAPPY.search(text):
        thumbs.add(Intent.no)
    if not said:
        return Explicit(thumbs.pop(), bare=True) if len(thumbs) == 1 and not _UNSURE.search(text) else None
    if len(said.split()) > MAX_WORDS:
        return None
    for form, says, beside in _COMPILED:
        left = says.sub(" ", said)
        if left == said or not _only(beside, left):
            continue
        if form.intent is not Intent.human and _UNSURE.search(text):
            return None
        contradicted = form.intent in (Intent.yes, Intent.no) and thumbs - {form.intent}
        return None if contradicted else Explicit(form.intent, form.bare)
    return None


def begins_with_a_failure(text: str) -> bool:
    """Whether it says first, and in so many words, that it did not help, whatever is told behind that: "olmadı hâlâ
    sıkışık", "denedim olmadı, ekranda hata var". Not where it asks, or goes on to something else."""
    said = plain(text)
    first = _FAILED_FIRST.match(said)
    return first is not None and _UNSURE.search(text) is None and _GOES_ELSEWHERE.search(said, first.end()) is None


def _only(beside: re.Pattern[str], left: str) -> bool:
    """Whether the words left over are all of those."""
    left = " ".join(left.split())
    while left:
        found = beside.match(left)
        if found is None:
            return False
        left = left[found.end() :]
    return True
