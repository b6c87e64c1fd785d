"""Emergencies: what must not wait for a person to try six steps first.

Each is a pattern over the plain words, held back by what makes the same words harmless: a drill, a question
about a tender, a feast's fireworks, somebody who is ill.
"""

import re
from functools import lru_cache
from itertools import groupby

from knowledge.phishing import MAX_LETTERS, gave_away, is_given_away, sentences
from knowledge.reading import Hazard
from knowledge.text import plain, visible, words

_DEVICE = (
    r"(?:kasa|bilgisayar|pc|laptop|dizustu|notebook|yazici|printer|monitor|ekran|priz|ups|akku|aku|batarya"
    r"|adaptor|sarj|kablo"
    r"|switch|kabin|sunucu|server|sistem oda|pano|sigorta|fotokopi|tarayici|modem|makine|cihaz|guc kaynagi"
    r"|kesintisiz|telefon"
    r"|tablet|projeksiyon|klavye|hoparlor|uzatma|coklu|regulator|nvr|dvr|jenerator|pil)\w*"
)


_A_FEW_MORE = (
    r"(?:(?:bir|daha|hala|halen|yine|gene|tekrar|yeniden|simdi|su|an|cok|hizla|turlu|iyice|bu|burada|burda|katta|odada"
    r"|buyuk|ciddi|gercekten|artik|henuz|giderek) ){0,3}"
)
"""What stands between a fire and what it does: "bir yangın *daha* çıktı"."""
_WHAT_BURNS = (
    r"(?:oda(?:miz)?|bina(?:miz)?|cati(?:si)?|depo(?:su)?|arsiv|masa|perdeler?|hali|bodrum|kazan dairesi|cop kutusu"
    r"|ortalik|arac|araba)"
)
"""In the nominative: a lamp in the room may be on."""


class _Sign:
    """Words that tell of a danger; `later`: words that do so only where certain others come after them.

    What comes after any of those words comes after the first, so the others are looked for once.
    """

    def __init__(self, at_once: str, *later: tuple[str, str]) -> None:
        self._at_once = re.compile(at_once)
        self._later = [(re.compile(first), re.compile(then)) for first, then in later]

    def is_in(self, said: str) -> bool:
        return self._at_once.search(said) is not None or any(
            (found := first.search(said)) is not None and then.search(said, found.end()) is not None
            for first, then in self._later
        )


_BURNING = _Sign(
    r"\b(?:pil|batarya|aku)\w* (?:\w+ ){0,2}sis(?:mis|ti|iyo|kin|me)\w*"
    r"|\byan[iı]k (?:\w+ )?kok\w*|\b(?:yanik|yanmis|plastik|kablo|lastik|kivilcim) (?:gibi )?kok\w*"
    r"|\byanik yanik|\byan(?:iyo|iyor|mis) gibi kok\w*"
    r"|\bkivilcim\w*|\b(?:ark|arg) yap\w*|\bcizirti\w* (?:ile|ve) (?:yanik|kok)\w*"
    r"|\belektrik carp\w*|\b(?:is|yanik) kok\w*|\bkok\w* gel\w* yanik",
    (r"\bcarp(?:ti|iyo|iyor|ilma)\b", r"\b(?:elektrik|kasa|priz)"),
)
_SMOKE = _Sign(
    rf"\b{_DEVICE}(?: \w+){{0,4}} (?:duman|alev|tutus|yanmaya|yangin)\w*"
    rf"|\b(?:duman|alev)\w*(?: \w+){{0,4}} {_DEVICE}"
    r"|\b(?:duman|dumanlar) (?:cik|gel|tut|yuksel|sar|kapla|var)\w*|\bdumani? tut\w*|\balev (?:al|cik"
    r"|ald)\w*|\btutustu\b|\bduman\w* (?:icinde|altinda)\w*|\bpatlama (?:oldu|sesi|duy)\w*"
    rf"|\byangin(?:i|imiz)? {_A_FEW_MORE}(?:cik(?:ti|iyo|mis|acak)|var\b|basla|buyu|yayil|surmek|suruyo|devam ed"
    r"|sonme(?:di|z|miyo)|sonmuyo|sondur(?:e ?me|mu))\w*"
    rf"|\byangin (?:alarm|siren|zil)\w* {_A_FEW_MORE}(?:cal(?:di|iyo|ip|mis|maya)|ot(?:tu|uyo|mus|meye))\w*"
    rf"|\b{_WHAT_BURNS} (?:alev alev |cayir cayir |resmen |su an |simdi )?yan(?:iyo|maya basl)\w*",
    (r"\bpatla(?:di|yip|yarak)\b", r"\b(?:duman|yan|is koku)"),
)
_MALWARE = _Sign(
    r"\bfidye\w*|\bransom\w*|\b(?:dosya|klasor|belge|evrak|excel|word)\w*(?: \w+){0,5} (?:sifrelen"
    r"|kriptolan|encrypt|locked|crypted)\w*"
    r"|\b(?:sifrelenmis|kilitlenmis|encrypted|locked) (?:dosya|klasor|belge)\w*|\b(?:bitcoin|btc"
    r"|kripto para)\w*(?: \w+){0,5} (?:isti|ode|gonder|talep)\w*"
    r"|\byour files\b|\bfiles? (?:have been|are|were|has been) (?:encrypted|locked)|\bdecrypt\w*"
    r"|\bpara istiyo\w*",
    (r"\bpara isti?y\w*", r"\b(?:dosya|ekran|not|yazi|ingilizce)"),
    (r"\buzanti\w*(?: \w+){0,4} (?:degis|locked|crypt|enc)\w*", r"\b(?:acilm|acamiy|para)"),
)
_VIRUS = _Sign(
    rf"\b{_DEVICE}(?: \w+){{0,5}} (?:virus|trojan|malware)\w*(?: \w+){{0,2}} (?:bulas|gir|kap|yayil|var"
    rf"|girmis|yedi)\w*|\bhack(?:len|ed)\w*"
    r"|\b(?:virus|trojan) bulas\w*|\btehdit (?:bulundu|algilandi|tespit)\w*|\bmouse\w* kendi kendine\w*"
    r"|\bfare\w* kendi kendine (?:hareket|gez|tikl|ac)\w*|\b(?:sahte|oltalama|phishing"
    r"|supheli)\w*(?: \w+){0,6} (?:tikladim|actim|girdim|yazdim|bastim|tiklamis\w*)",
    (
        (
            r"\b(?:virus|trojan|truva|malware|zararli)\w*(?: \w+){0,3} (?:bulas|gir|kap|yayil|tespit|bulundu"
            r"|buldu|var|indi|cik|uyar)\w*"
        ),
        rf"\b{_DEVICE}",
    ),
    (
        r"\b(?:tikladim|actim|indirdim|girdim|yazdim|bastim)\b",
        r"\b(?:sahte|oltalama|phishing|supheli|dolandiric|siyah pencere)",
    ),
)
_LEAK = _Sign(
    r"\b(?:veri|bilgi|belge|dosya|liste|data)\w* (?:\w+ )?(?:sizdi|sizint|sizmis|sizma|calind|calinm|ele gecir"
    r"|ifsa)\w*|\bsizint\w*|\bsizdir(?:il|di|mis)\w*"
    r"|\b(?:disari(?:ya)?|internete|basina|gazete(?:ye|lere)|sosyal medya(?:ya|da)|face?bo+k(?:a|ta)|whatsap(?:a|ta))"
    r" (?:\w+ )?(?:sizdi|sizmis|dusmus|dolasi)\w*"
    r"|\bkisisel veri\w*(?: \w+){0,4} (?:ihlal|paylas|yayil|gonder|acik|gorun(?!m[ue])"
    r"|sizdi|sizmis)\w*|\bkvkk ihlal\w*"
    r"|\b(?:tc|kimlik|t c|iban|saglik|maas|engelli|yardim alan)\w*(?: \w+){0,8} (?:whatsapp|disar"
    r"|dis|internet|sosyal medya|gazete|facebook|twitter|yanlis kisi|baska kurum|baskasina|herkese"
    r"|herkes)\w*(?: \w+){0,5} (?:paylas|yayil|gonder|atmis|attim|yolla|dusmus|cikmis|yayin|gorunuyo"
    r"|gorebil|acik|maille)\w*"
    r"|\b(?:baskasi|birisi|biri|kim)\b(?: \w+){0,4} (?:benim|hesab|kullanic|sifre"
    r"|adim)\w*(?: \w+){0,4} (?:girmis|kullanmis|islem yap|baglanmis)\w*"
    r"|\b(?:yetkisiz|izinsiz) (?:eris|giris|baglan)\w*",
    (r"\bihlal\w*", r"\bkisisel veri"),
    (
        (
            r"\b(?:yanlis(?:likla)?|bilmeden|disaridan birine|disari)\b(?: \w+){0,8} (?:liste|kimlik|tc|dosya"
            r"|kisisel|bilgi)\w*(?: \w+){0,8} (?:maille|mail|gonder|yolla|attim|at)\w*"
        ),
        r"\b(?:kvkk|disar|baska|yanlis kisi|vatandas)",
    ),
    (
        (
            r"\b(?:laptop|dizustu|bilgisayar|tablet|telefon|flas|usb|bellek|disk|ajanda)\w*(?: \w+){0,6}"
            r" (?:caldir|calind|calinm|kaybet|kaybold|kaybolm|unuttum|dusurdum|gasp)\w*"
        ),
        r"\b(?:veri|liste|bilgi|dosya|icinde|kurum|vatandas)",
    ),
)
_EXPOSED = re.compile(
    r"\b(?:bordro|maas|kimlik|tc|saglik|engelli|ozluk|disiplin|personel|vatandas)\w*(?: \w+){0,5}"
    r" (?:yanlis|baska) (?:kisi|adres|mudurlu|vatandas|kurum)\w*(?: \w+){0,2}"
    r" (?:mail|gonder|yolla|atti|atmis|gitti|gitmi)\w*"
    r"|\b(?:bordro|maas|ozluk|tahlil)\w*(?: \w+){0,3} baska(?:sina|larina) (?:\w+ )?(?:gonder|yolla|gitti|gitmi)\w*"
    r"|\bbaska(?:sinin|larinin| vatandas\w*| kisi\w*)(?: \w+){0,2} (?:bordro|maas|borc|bilgiler|kimlik|tahlil)\w*"
    r"(?: \w+){0,2} (?:goruyo|goreb|gorunuyo|cikiyo|geldi|acildi)\w*"
    r"|\bherkes\w*(?: \w+){0,5} (?:maas|bordro|ozluk)\w*(?: \w+){0,4} (?:goreb|goruyo|acabil|erisebil|acik)\w*"
    r"|\bbenim (?:adima|yerime)(?: \w+){0,3} (?:atil|gonder|imzala|yolla|onayla)(?:n|il)?(?:mis|di)\w*"
    r"|\b(?:hesab|adima|yerime|e ?imza)\w*(?: \w+){0,6} ben (?:\w+ )?"
    r"(?:at|gonder|yap|imzala|yolla|onayla)(?:ma|me)di[mk]\b"
)
"""Somebody's data stands before others, or others act under somebody's name."""
_WET = (
    r"(?:su|suyu|sular|tavan\w*|cati(?:dan|da|si)?|boru\w*|klima\w*|petek\w*|kalorifer\w*|yagmur\w*|toner\w*|murekkep\w*"
    r"|sivi\w*|cay|kahve|yag)"
)
_BETWEEN = r"(?: (?!kisisel|veri|bilgi|belge|dosya|liste)\w+){0,3}"
_DRIPS = re.compile(rf"\b{_WET}{_BETWEEN} (?:sizint|sizdi|sizmis)\w*|\b(?:sizint|sizdi|sizmis)\w*{_BETWEEN} {_WET}\b")
"""What leaks out of a pipe or a cartridge is no secret."""
_LESSON = re.compile(
    r"\btatbikat\w*|\byasak mi\b|\b(?:kvkk|veri\w*|ihlal\w*|sizinti\w*|guvenli\w*|siber|farkindalik)"
    r" (?:\w+ )?(?:egitim|seminer|sunum|afis|yonerge|politika|brosur)\w*"
)
"""Somebody speaks of learning about leaks; "haber vereyim" and "Eğitim Müdürlüğü" take nothing back."""
_BUILDING = re.compile(
    r"\b(?:butun|tum|komple|koca|bizim|her) (?:\w+ )?(?:bina|belediye|hizmet binasi|blok|kampus|kurum"
    r"|baskanlik|merkez)\w*(?: \w+){0,4} (?:internet|net|ag|baglanti|hat|sistem"
    r"|network)\w*(?: \w+){0,3} (?:yok|gitti|kesik|kesildi|koptu|kopuk|coktu|gelmiyo\w*|durdu|calismiyo\w*"
    r"|dustu)\b"
    r"|\b(?:internet|net|ag|baglanti|network|hat)\w*(?: \w+){0,4} (?:butun|tum|komple"
    r"|koca) (?:\w+ )?(?:bina|belediye|blok|kat|kurum|mudurluk)\w*(?: \w+){0,4} (?:yok|gitti|kesik|kesildi"
    r"|koptu|coktu|gelmiyo\w*|durdu)\b"
    r"|\b(?:bina|belediye|blok)\w* (?:komple|tamamen|butunuyle|genelinde|tamaminda|genelde"
    r"|capinda)(?: \w+){0,4} (?:internet|net|ag|baglanti|hat|sistem)\w*(?: \w+){0,3} (?:yok|gitti|kesik"
    r"|kesildi|koptu|coktu|gelmiyo\w*|durdu|calismiyo\w*)"
    r"|\b(?:hicbir|hic bir) (?:katta|birimde|serviste|mudurlukte|odada)(?: \w+){0,3} (?:internet|net|ag"
    r"|baglanti|hat)\w*|\b(?:butun|tum) (?:kat|mudurluk|birim|servis)\w*(?: \w+){0,4} (?:internet|net|ag"
    r"|baglanti)\w*(?: \w+){0,2} (?:yok|gitti|kesik|kesildi|koptu|coktu)\b"
    r"|\b(?:internet|net|ag)\w* (?:\w+ ){0,2}(?:yok|gitti|kesildi|koptu) (?:butun|tum|komple) (?:bina"
    r"|belediye|kat)\w*"
)
_NOT_THE_NETWORK = re.compile(r"\b(?:site|sayfa|portal|e belediye|ebelediye|yavas|agir|hiz)\w*")
_HARMLESS = re.compile(
    r"\b(?:tatbikat|egitim|sartname|ihale|teklif|satin al|proje|seminer|kurulum|yuklen|tup|dedektor"
    r"|sonduruc|sensor|alarm test|havai fisek|mangal|soba|anma|kutlama|afis|haber|duyuru|lisans|yonerge"
    r"|politika|yasak mi|gecen yil|gecen sene)\w*"
)
_ILL = re.compile(
    r"\b(?:doktor|rapor|hasta|hastane|ates|grip|covid|korona|izin|oksuru|istirahat|asi"
    r"|ilac)\w*"
)
_LOST_KEY = re.compile(
    r"\b(?:e ?imza|elektronik imza|mali muhur|imza kart|nes kart|kep token|akilli kart)\w*(?: \w+){0,4}"
    r" (?:kaybe(?:ttim|ttik|tti|tmis\w*)|kaybol(?:du|mus)\w*|kayip|calin(?:di|mis)\w*"
    r"|caldir\w+|dusurdum|bulamiyo(?:rum|ruz|m|z))\b"
    r"|\b(?:kaybettim|caldirdim|dusurdum|kayboldu|calindi) (?:e ?imza|imza kart)\w*"
)
_A_FILE = re.compile(
    r"\b(?:imzali|evrak|belge|dosya|menu|sekme|simge|kisayol|program|sertifika|ekran|surucu|bilgisayar|pc|ebys"
    r"|oku(?:yucu|mu))\w*"
)
"""What is signed gets lost in a folder; only the card that signs is a danger."""
_REMOTE = re.compile(
    r"\b(?:anydesk|any desk|teamviewer|team viewer|ultraviewer|rustdesk|supremo)\w*(?: \w+){0,6}"
    r" (?:baglandi(?:lar)?|baglanmis\w*|girdi(?:ler)?|girmis\w*|kurdur\w+|indirt\w+|actir\w+|yuklet\w+|yonetiyo\w*)\b"
)
_BY_A_STRANGER = re.compile(
    r"\b(?:birisi|biri|birileri|tanimad\w+|bilmed\w+|yabanci|arayan\w*|aray[ai]p|aradi(?:lar)?|banka\w*|dolandir\w*"
    r"|baglandilar|girdiler|kurdurdular|actirdilar|indirttiler|yuklettiler|habersiz|haberim|izinsiz|kendiliginden)\b"
)
_BY_THE_HOUSE = re.compile(r"\b(?:bilgi islem\w*|teknisyen\w*|sizden|siz|sizin|firma\w*|duzelt\w*)\b")
_NO_SIGN = re.compile(
    r"\b(?:duman|alev|yanik kok|koku|virus|kivilcim)\w* (?:falan |filan |da )?(?:yok"
    r"|gelmiyo\w*|cikmiyo\w*|degil)\b"
)


def spot(text: str, said: str | None = None) -> Hazard | None:
    """The emergency in a message, the most dangerous one first. `said`: its plain words, if they are at hand."""
    said = plain(text) if said is None else said
    harmless = _HARMLESS.search(said) is not None
    calm = _NO_SIGN.search(said) is not None
    if not calm and not harmless:
        if _SMOKE.is_in(said):
            return Hazard.fire
        if _BURNING.is_in(said):
            return Hazard.burning
    if (_MALWARE.is_in(said) or _is_taken_over(said)) and not harmless:
        return Hazard.malware
    if gave_away(text):
        return Hazard.phishing
    if _VIRUS.is_in(said) and not harmless and not calm and not _ILL.search(said):
        return Hazard.malware
    if _tells_of_a_leak(said):
        return Hazard.data_leak
    if _LOST_KEY.search(said) and not _A_FILE.search(said):
        return Hazard.lost_key
    if _BUILDING.search(said) and not harmless and not _NOT_THE_NETWORK.search(said):
        return Hazard.building_offline
    return None


def _is_taken_over(said: str) -> bool:
    """Strangers work on a device from outside; those of the house do so every day."""
    by_strangers = _REMOTE.search(said) and _BY_A_STRANGER.search(said)
    return bool(by_strangers) and _BY_THE_HOUSE.search(said) is None


_PIECE_LETTERS = 1000
"""Characters that are looked through at once: what is said behind the beginning of a long text is no less secret."""


@lru_cache(maxsize=64)
def is_secret(text: str) -> bool:
    """Whether a text tells, somewhere, of something given away or leaked: nobody reads that who does not have to.

    Asked of one report from five places.
    """
    seen = visible(text, MAX_LETTERS)
    found = words(seen)
    pieces = groupby(found, key=lambda word: word.start // _PIECE_LETTERS)
    leaked = any(_tells_of_a_leak(" ".join(word.plain for word in piece)) for _, piece in pieces)
    return leaked or is_given_away(sentences(seen, found))


def _tells_of_a_leak(said: str) -> bool:
    if _LESSON.search(said) is not None:
        return False
    said = _DRIPS.sub(" ", said)
    return _LEAK.is_in(said) or _EXPOSED.search(said) is not None


_WAITING = re.compile(
    r"\b(?:vatandas|mukellef|musteri|cift|gelin|damat|davetli|teyze|amca|nikah|insan|millet|halk|basvuran"
    r"|cenaze|abone|hasta|herkes)\w*"
    r"(?: \w+){0,5} (?:bekli\w*|bekle\w*|sirada|kuyruk\w*|tepemde|tepemize|basimda|basimizda|soylen\w*"
    r"|bagiri\w*|kapida|salonda|isyan|kiziyo\w*|perisan|magdur|geri don\w*|eve don\w*|yigil\w*|dikil\w*)"
    r"|\b(?:sira|kuyruk)(?: \w+){0,3} (?:uzad\w*|olus\w*|var|birikt\w*|kapiya)|\bbekleyen (?:vatandas"
    r"|mukellef|cift|insan|kisi)\w*"
    r"|\b(?:sirada|banko\w*|gise\w*|vezne\w*|salonda|kapida)(?: \w+){0,4} (?:bekle\w*|bekli\w*|vatandas\w*"
    r"|insan\w* var)"
    r"|\b(?:vatandas|mukellef)\w* (?:tepemde|basimda|sirada|kapida|bekletiyoru\w*|bekletmeyelim|geri"
    r"|magdur)\w*"
)


def citizens_waiting(said: str) -> bool:
    """Whether people from outside stand waiting, by the plain words of a message."""
    return _WAITING.search(said) is not None
