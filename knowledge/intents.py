"""What a message wants when it reports nothing: hello, thanks, yes, no, "ne oldu", "iptal", "biri gelsin"."""

import re

from knowledge.reading import Intent
from knowledge.text import plain

# Words that carry none of the meaning: a message made of them and of one intent's phrases has that intent.
_FILLER_WORDS = """
ya yaa be abi abim abla hocam ustam kardes kardesim arkadaslar arkadasim hanim bey beyler beyefendi
hanimefendi cok bir bi da de ki artik simdi su an lutfen rica ederim etsem acil iste hani valla
vallahi size sizlere sizi sana bana benim bizim ben biz o bu merhaba selam slm iyi gunler gunaydin
kolay gelsin hepinize herkese tamam ok peki evet hayir tesekkur tesekkurler ederiz sagol sagolun
allah razi olsun eline elinize saglik yok tamamdir tmm tmmdir hic hicbir gerek maalesef malesef yine gene hala halen ama
ve ile icin daha gayet gibi ise diye mi mu efendim sayin
"""
_FILLER = frozenset(_FILLER_WORDS.split())

_PHRASES: tuple[tuple[Intent, str], ...] = (
    (
        Intent.status,
        (
            r"(?:durum\w*|kayd\w*|taleb\w*|ariza\w*|is\w{0,3}|bildirim\w*|basvuru\w*|sikayet\w*|sorun\w*)"
            r"(?: \w+){0,2} ne (?:oldu|durumda|asamada|zaman)|ne oldu (?:benim|bizim|kayi\w*|kayd\w*|talep"
            r"|is\w*|ariza\w*|dun\w*)\w*"
            r"|durum(?:u|um|umuz)?(?: ne| nedir)?|son durum(?: ne| nedir)?|ne asamada|hangi asamada|ne durumda"
            r"|kayit (?:no|numara\w*)|acik kayitlarim|kayitlarim|bakan (?:oldu|var) mi|ne alemde"
            r"|gelen giden yok"
            r"|ne zaman (?:gelirsiniz|geleceksiniz|gelecek|bakilacak|bakacaksiniz|bakarsiniz|cozulur|cozulecek"
            r"|biter|olur)"
            r"|gelen (?:olmadi|yok|var mi)|hala (?:gelen|bekliyor\w*|bekliyoruz)|gelecek misiniz|ne oldu"
        ),
    ),
    (
        Intent.cancel,
        (
            r"iptal(?: edin| et| edelim| edebilir\w*| edilsin| olsun| ediyorum| ediver\w*| eder misiniz)?"
            r"|vazgec\w*|gerek kalmadi|bosver\w*|bos ver\w*|lagvedin|kapat\w* kayd\w*|kayd\w* (?:kapat\w*"
            r"|sil\w*|iptal)"
            r"|talebimi geri (?:cek\w*|al\w*)|geri cekiyorum|yanlis (?:yazdim|oldu|acmisim|actim|bildirmisim)"
            r"|unutun"
        ),
    ),
    (
        Intent.human,
        (
            r"(?:teknisyen\w*|birini|biri|birisi|adam|eleman|usta|uzman|insan|yetkili|personel|ekip|arkadas"
            r"|sizden biri)"
            r"(?: \w+){0,2} (?:gel\w*|bak\w*|yolla\w*|gonder\w*|ilet\w*|bagla\w*|ara\w*|konus\w*|goru?s\w*"
            r"|istiyorum|lazim|gelebilir mi|yonlendir\w*)"
            r"|teknisyene? ilet\w*|teknisyen\w*|canli destek\w*|(?:gelip|bi gelip) bak\w*|bi bak\w*"
            r"|gelip bakin|bakar misiniz|gelir misiniz"
            r"|gercek (?:biri|kisi|insan)\w*|insanla|yine de ilet\w*|ilet\w*|talep olustur\w*|kayit ac\w*"
            r"|kayit olustur\w*|beni ara\w*"
        ),
    ),
    (
        Intent.no,
        (
            r"hayir|olmadi|olmuyo\w*|duzelmedi|duzelmiyo\w*|ise yaramadi|yaramadi|yaramiyo\w*|fayda etmedi"
            r"|faydasi olmadi|ayni|yine ayni"
            r"|degismedi|degisen bi\w* ?\w* yok|degisiklik yok|hala (?:ayni|bozuk|olmuyo\w*|calismiyo\w*"
            r"|duruyo\w*)|bozuk|cozulmedi|cozum olmadi"
            r"|calismadi|calismiyo\w*|nafile|tik yok|hic ?bi\w* ?sey (?:degismedi|olmadi)|ı ih|i ih|cik|nope"
            r"|no|yo|yok"
            r"|denedim|yaptim|hepsini|adimlari|dediklerinizi|soylediklerinizi|yapamadim|beceremedim"
        ),
    ),
    (
        Intent.yes,
        (
            r"oldu|oluyo\w*|duzeldi|calisti|calisiyo\w*|cozuldu|halloldu|hallettim|hallettik|hallolmus"
            r"|duzelmis|evet|aynen"
            r"|ise yaradi|yaradi|basardim|becerdim|bitti|sorun (?:kalmadi|yok|cozuldu|bitti)|sorunsuz|super"
            r"|harika|yes|olur|e+vet|he|hi hi|hee|tabi\w*|geldi|acildi|onayliyorum|uygun\w*"
        ),
    ),
    (
        Intent.thanks,
        (
            r"tesekkur\w*|tsk\w*|tesk\w*|tsekkur\w*|sag ?ol\w*|eyvallah|eyv|allah razi olsun|minnettar\w*"
            r"|elin\w* saglik|elleriniz\w* saglik|mersi|thanks|thank you|thx"
            r"|var ol\w*|emegin\w* saglik|eksik olma\w*|ellerin\w* dert gormesin|cok sagol\w*|makbule gecti"
            r"|zahmet oldu"
        ),
    ),
    (
        Intent.small_talk,
        (
            r"merhaba\w*|mrb|mrhb\w*|meraba\w*|selam\w*|slm\w*|sa|as|aleykum selam|selamun aleykum"
            r"|selamunaleykum|gunaydin\w*|iyi (?:gunler|aksamlar|calismalar|geceler|hafta sonlari|tatiller"
            r"|bayramlar|seneler)"
            r"|kolay gelsin|hayirli (?:isler|gunler|cumalar|olsun|sabahlar|aksamlar|haftalar)|nasil ?s[iı]n\w*"
            r"|naber|ne haber|hosca ?kal\w*|gorusuruz|hello|hi|hey|orada misiniz|kimse var mi|alo+|test|deneme"
            r"|bot musun\w*"
            r"|rica ederim|bir sey degil|estagfurullah|tamam\w*|ok|okey|peki|anladim|tmm\w*|hmm+|ha|haha\w*"
            r"|guzel|bayraminiz kutlu olsun|bye|by|iyiyim"
        ),
    ),
    (
        Intent.help,
        (
            r"yardim|yardim (?:et\w*|edin|eder misin\w*|lazim|menu\w*|istiyorum)|help|menu|komutlar"
            r"|ne yapabil\w*|neler yapabil\w*|ne ise yar\w*|nasil (?:kullanilir|calisiyor\w*|kayit ac\w*"
            r"|bildir\w*|ariza bildir\w*)|sen kimsin|siz kimsiniz|neler yapabiliyor\w*"
        ),
    ),
)  # fmt: skip

_COMPILED = tuple((intent, re.compile(rf"\b(?:{pattern})\b")) for intent, pattern in _PHRASES)
_THUMB = {"👍": Intent.yes, "✅": Intent.yes, "👌": Intent.yes, "👎": Intent.no, "❌": Intent.no, "🙏": Intent.thanks}
_MAX_WORDS = 12


def recognise(text: str, said: str | None = None) -> Intent | None:
    """The intent of a message that holds nothing but one; None where something else is said too.

    `said`: its plain words, if they are at hand.
    """
    said = plain(text) if said is None else said
    if not said:
        return next((intent for sign, intent in _THUMB.items() if sign in text), Intent.small_talk)
    if len(said.split()) > _MAX_WORDS:
        return None
    for intent, pattern in _COMPILED:
        left = pattern.sub(" ", said)
        if left != said and all(word in _FILLER for word in left.split()):
            return intent
    return Intent.small_talk if all(word in _FILLER for word in said.split()) else None


_ALEYKUM = re.compile(r"^\W*(?:\w{1,9}\W+)?\w*aleyk[uü]m\W+(?=\w)", re.IGNORECASE)


def without_greeting(text: str) -> str:
    """Without a leading "selamün aleyküm": the word is so rare elsewhere that it would outweigh what follows it."""
    return _ALEYKUM.sub("", text, count=1)


def rest(said: str) -> str:
    """What is left of a message's plain words without any intent's phrases and without words around the point."""
    for _, pattern in _COMPILED:
        said = pattern.sub(" ", said)
    return " ".join(word for word in said.split() if word not in _FILLER)


_ASKS = re.compile(
    r"\bne (?:oldu|zaman|durumda|alemde|asamada)\b|\bhangi asama|\bnerede kaldi|\bdurum|\bkayd|\bkayit|\btaleb|\btalep"
    r"|\bbasvuru|\bbildirim|\b(?:gelen|bakan|ilgilenen|donen)\b|\bkacta\b|\bgelecek|\bgelir mi|\bgelirs"
    r"|\bbakacak|\bbakti\w* mi"
)
_THING = re.compile(
    r"\b(?:net|pc|hat|hatt\w*|wifi)\b|\b(?:program|sistem|ekran|internet|yazici|bilgisayar|kasa|laptop|telefon|ebys"
    r"|otomasyon|mail|e ?posta"
    r"|outlo?ok|excel|word|takbis|mernis|tarayici|kamera|monitor|klavye|mouse|fare|sunucu|sayfa|site|modul|toner|kartus)\w*"
)
_FAILS = re.compile(
    r"\b(?!gel|bak|cevap|don[me])\w+m[iu]yo\w*|\b(?!gel|bak|cevap|don[me])\w+m[ae]d[iu]\w*"
    r"|\b(?:bozuk|bozuldu|gitti|kesik|kesildi|coktu|dondu|durdu|kapandi|hata|ariza\w*)\b"
)
_WHERE = re.compile(
    r"\b\d{1,4} ?(?:no ?lu|numarali)? ?(?:oda|buro|ofis)\w*|\b(?:oda|ofis)\w* (?:no )?\d{2,4}\b"
    r"|\b\d{1,2} (?:inci )?kat(?:ta\w*)?\b"
)


def may_ask_for_the_state(said: str) -> bool:
    """Whether plain words that sound like it can ask how a report stands: "12 kişi bekliyoruz, program açılmıyor" tells
    of a fault, "312 nolu odadayım" where somebody is."""
    if _ASKS.search(said) is not None:
        return True
    return _WHERE.search(said) is None and not tells_a_fault(said)


def tells_a_fault(said: str) -> bool:
    """Whether a thing of ours is named, and that something fails."""
    return _THING.search(said) is not None and _FAILS.search(said) is not None
