"""What a message says that a ticket needs to know, so that nobody is asked for what they said."""

import re
from functools import lru_cache

from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.reading import Facts
from knowledge.text import visible

_ORDINAL = {
    "birinci": "1", "ikinci": "2", "ucuncu": "3", "dorduncu": "4", "besinci": "5", "altinci": "6", "yedinci": "7",
    "sekizinci": "8", "dokuzuncu": "9", "onuncu": "10", "zemin": "zemin", "giris": "giriş", "bodrum": "bodrum",
    "cati": "çatı",
}  # fmt: skip

_DEPARTMENTS = (
    "Basın Yayın ve Halkla İlişkiler|basin yayin|basin|halkla iliskiler|kurumsal iletisim",
    "Yazı İşleri|yazi isleri",
    "Özel Kalem|ozel kalem",
    "Mali Hizmetler|mali hizmetler|tahakkuk|tahsilat servisi|muhasebe|gelir servisi|butce",
    "İnsan Kaynakları ve Eğitim|insan kaynaklari|personel mudurlugu|ik",
    "Hukuk İşleri|hukuk isleri|hukuk",
    "Zabıta|zabita",
    "İmar ve Şehircilik|imar ve sehircilik|imar",
    "Fen İşleri|fen isleri",
    "Plan Proje|plan ve proje|plan proje",
    "Etüt Proje|etut ve proje|etut proje",
    "Emlak ve İstimlak|emlak ve istimlak|emlak istimlak|istimlak|emlak",
    "Ruhsat ve Denetim|ruhsat ve denetim|ruhsat denetim|ruhsat",
    "Park ve Bahçeler|park ve bahceler|park bahceler|park bahce",
    "Temizlik İşleri|temizlik isleri",
    "Kültür ve Sosyal İşler|kultur ve sosyal isler|kultur sosyal|kultur mudurlugu|kultur isleri",
    "Sosyal Yardım İşleri|sosyal yardim isleri|sosyal yardim|sosyal hizmetler",
    "Destek Hizmetleri|destek hizmetleri",
    "Veteriner İşleri|veteriner isleri|veteriner|barinak",
    "Muhtarlık İşleri|muhtarlik isleri|muhtarlik",
    "Evlendirme|evlendirme|nikah memurlugu",
    "Su ve Kanalizasyon|su ve kanalizasyon|su isleri|suski",
    "Teftiş Kurulu|teftis kurulu|teftis",
    "İtfaiye|itfaiye",
    "Ulaşım Hizmetleri|ulasim hizmetleri|ulasim",
    "Mezarlıklar|mezarliklar|mezarlik",
    "Kütüphane|kutuphane",
    "Gençlik ve Spor|genclik ve spor|genclik spor",
    "Kentsel Dönüşüm|kentsel donusum",
    "İklim Değişikliği ve Sıfır Atık|sifir atik|iklim degisikligi",
    "Çevre Koruma|cevre koruma",
    "Afet İşleri|afet isleri",
    "Strateji Geliştirme|strateji gelistirme|strateji",
)  # fmt: skip


DEPARTMENTS = [(line.split("|")[0], name) for line in _DEPARTMENTS for name in line.split("|")]
"""Each müdürlük by every name it is called: (title, name)."""


def _department_patterns() -> list[tuple[str, re.Pattern[str]]]:
    patterns = []
    for line in _DEPARTMENTS:
        title, *names = line.split("|")
        suffix = (
            r"(?:'?(?:da|de|ta|te|dan|den|tan|ten|dayim|deyim|daki|deki|ndan|nden|nda|nde|ndaki|ndeki"
            r"|nin|nun|ndayim|ndeyim))?"
        )
        role = r"(?: (?:mudurlugu|mudurlugumuz|birimi|servisi|dairesi|subesi|burosu|amirligi|sefligi)\w*)?"
        body = "|".join(re.escape(name) for name in names)
        patterns.append((title, re.compile(rf"\b(?:{body})(?P<role>{role}){suffix}\b(?P<after> \w+)?")))
    return patterns


_DEPARTMENT = _department_patterns()
# "emlak vergisi", "imar durumu", "ruhsat basamıyoruz" are what people work on, not where they sit.
_SITS = re.compile(
    r"(?:mudurlugu|birimi|servisi|dairesi|subesi|burosu|amirligi|sefligi)|(?:da|de|ta|te|dan|den|tan|ten"
    r"|daki|deki|dayim|deyim)\b"
)
_HERE = re.compile(r"(?:mudurlugu|mudurlugum|birimi|servisi|dairesi|subesi|burosu|amirligi|sefligi)\w*")

_OFFICE_SAID = re.compile(r"\b((?:\w+\.? ){1,3})(?:mu?du?r?l[ug]\w*|mudrl\w*|mud|md|birimi)(?:nde\w*|ndan|nin)?\b")

# The name as it is written, then how it is typed.
_BRANDS = """
HP|hp|hewlett packard, Canon|canon, Epson|epson, Brother|brother, Kyocera|kyocera|kiyosera, Lexmark|lexmark
Xerox|xerox|zerox, Ricoh|ricoh|riko, Samsung|samsung, OKI|oki, Pantum|pantum
Konica Minolta|konica minolta|konica|minolta
Sharp|sharp, Toshiba|toshiba, Develop|develop ineo, Utax|utax, Olivetti|olivetti, Zebra|zebra
Argox|argox, Dell|dell, Lenovo|lenovo, Casper|casper, Asus|asus, Acer|acer
Monster|monster, Exper|exper, MacBook|macbook, Philips|philips, LG|lg, BenQ|benq
ViewSonic|viewsonic, AOC|aoc, Fujitsu|fujitsu, Avision|avision, Logitech|logitech, Jabra|jabra
Karel|karel, Yealink|yealink, Grandstream|grandstream, Cisco|cisco, Fanvil|fanvil, Panasonic|panasonic
Hikvision|hikvision, Dahua|dahua, APC|apc, Makelsan|makelsan, Inform|inform ups, Tescom|tescom
Zyxel|zyxel, TP-Link|tp link|tplink, Huawei|huawei, iPad|ipad, iPhone|iphone, Seagate|seagate
Kingston|kingston, SanDisk|sandisk, Ubiquiti|ubiquiti|unifi, Aruba|aruba, MikroTik|mikrotik, FortiGate|fortigate
Sunny|sunny, Vestel|vestel, Arçelik|arcelik, Polycom|polycom, Optoma|optoma, Datalogic|datalogic
Honeywell|honeywell, Ingenico|ingenico, Verifone|verifone, Beko|beko
"""
_BRAND_NAMES = {
    alias: entry.split("|")[0]
    for line in _BRANDS.strip().splitlines()
    for entry in line.split(", ")
    for alias in entry.split("|")[1:]
}
_SERIES = (
    "laser ?jet(?: pro| enterprise)?|desk ?jet|office ?jet|color laser ?jet|ecosys|i-?sensys|imagerunner|work ?centre"
    "|phaser|optiplex|latitude|vostro|inspiron|think ?pad|think ?centre|idea ?pad|pro ?desk|elite ?desk|pro ?book"
    "|elite ?book|scan ?jet|workforce|ecotank|bizhub"
)
_BRAND = re.compile(
    r"\b(" + "|".join(sorted((re.escape(a) for a in _BRAND_NAMES), key=len, reverse=True)) + r")\b"
    rf"(?:'\w+)?((?:[ -](?:{_SERIES}))?(?:[ -](?!nolu\b|numara)[a-z]{{0,8}}-?\d{{2,5}}[a-z]{{0,4}}){{0,1}})"
)
_PROGRAMS = """
Excel|excel, Word|word, Outlook|outlook, PowerPoint|power ?point, Access|ms access, Acrobat|acrobat|adobe, NetCAD|netcad
AutoCAD|auto ?cad, EBYS|ebys|e be ye se, KEP|kep, MERNİS|mernis, TAKBİS|takbis, KPS|kps, MEB|mebbis
Chrome|chrome|krom, Firefox|firefox, Edge|edge, Teams|teams, Zoom|zoom, AnyDesk|anydesk, ArcGIS|arcgis, QGIS|qgis
Photoshop|photoshop, WinRAR|winrar, LibreOffice|libre ?office, Arksigner|ark ?signer, İmzager|imzager, SAP|sap
"""
_PROGRAM = tuple(
    (
        entry.split("|")[0],
        re.compile(rf"\b(?:{'|'.join(entry.split('|')[1:])})(?:'\w+|d[ea]n?|t[ea]n?|y?[aeiu]|[iu][nm])?\b"),
    )
    for line in _PROGRAMS.strip().splitlines()
    for entry in line.split(", ")
)
_THINGS = (
    ("yazıcı", r"yazici\w*|printer\w*|yzici\w*"),
    ("fotokopi makinesi", r"fotokopi\w*"),
    ("tarayıcı", r"tarayici\w*|scanner\w*"),
    ("dizüstü bilgisayar", r"laptop\w*|dizustu\w*|notebook\w*"),
    ("monitör", r"monitor\w*"),
    ("klavye", r"klavye\w*"),
    ("fare", r"mouse\w*|maus\w*|fare(?:m|si|nin|yi)\b"),
    ("barkod okuyucu", r"barkod okuyucu\w*"),
    ("IP telefon", r"ip telefon\w*"),
    ("kamera", r"kamera\w*"),
    ("el terminali", r"el terminal\w*"),
    ("tablet", r"tablet\w*"),
    ("projeksiyon", r"projeksiyon\w*|projektor\w*"),
    ("UPS", r"ups\b"),
    ("modem", r"modem\w*"),
    ("sunucu", r"sunucu\w*|server\w*"),
    ("POS cihazı", r"pos cihaz\w*|yazarkasa\w*"),
    ("kulaklık", r"kulaklik\w*"),
    ("bilgisayar", r"bilgisayar\w*|kasa(?:m|si|nin|yi)?\b|\bpc\b"),
)
_THING = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in _THINGS)

_ROOM = (
    re.compile(r"\b(\d{1,4}(?:-?[a-z])?) ?(?:nolu|no lu|no'lu|numarali|numara'?li|nol)\s?(?:oda|buro"
               r"|ofis)\w*"),
    re.compile(r"\b(?:oda|ofis|buro)(?:m|miz|si|nin)?\s*+(?:no|numarasi|numaram|numaramiz"
               r"|nosu)?\s*+[:.=]?\s*+(\d{2,4}(?:-?[a-z])?)\b"),
    re.compile(r"\b(\d{2,4}(?:-?[a-z])?)(?:'?(?:inci|nci|uncu))? (?:oda|odada|odadayim|odadayiz|odasi"
               r"|odasinda|odaya|odadan|odadaki|odamiz)\b"),
    re.compile(r"\bkat(?:\s*+no)?\s++(\d{3}[a-z]?)\b"),
    re.compile(r"\b\d{1,2}\.? ?kat,? (\d{2,4}[a-z]?)\b"),
    re.compile(r"\b([a-d]-?\d{2,4}) (?:oda|nolu|numarali)\w*|\b([a-d]-\d{2,4})\b(?=\D*\bkat|\D*$)"),
)  # fmt: skip
_FLOOR = (
    re.compile(r"(?<![\d.])(\d{1,2})(?:\. ?|'? ?(?:inci|nci|uncu|ncu|ci|cu) )? ?kat"
               r"(?!i (?:fazla|daha|kadar)|sayi|man|al|il|ma|ki\b)(?:ta|taki|tan|tayim|tayiz|a|i|in|daki|lar\w*)?\b"),
    re.compile(r"\b(birinci|ikinci|ucuncu|dorduncu|besinci|altinci|yedinci|sekizinci|dokuzuncu|onuncu"
               r"|zemin|giris|bodrum|cati) ?kat"),
    re.compile(r"\bkat ?[:=]? ?(\d{1,2})\b(?!\d)"),
)  # fmt: skip
_ASSET = (
    re.compile(r"\b(?:demirbas|demrbas|barkod|envanter|sicil no demirbas)(?: ?(?:no|numarasi|numarali|nolu"
               r"|kodu|nosu|num))?\w* ?[:.=#-]? ?((?:[a-z]{1,4}[-/ ]?)?\d[\d./-]{2,19}\d|\d{4,12})\b"),
    re.compile(r"\b((?:[a-z]{1,4}[-/])?\d[\d./-]{2,19}) (?:demirbas|envanter)(?: ?(?:no|numara|nolu)\w*)?"),
)  # fmt: skip
_STAFF = (
    re.compile(
        r"\bsicil(?:im|imiz|i|in)?(?: ?(?:no|numara(?:m|si)?|num|nosu"
        r"|nom))?(?:su)? ?[:.=#-]? ?(\d{3,8})\b"
    ),
    re.compile(r"\b(\d{3,8}) sicil(?: ?(?:no|nolu|numarali|sayili)\w*)?"),
)
_PHONE = (
    re.compile(r"(?<!\d)((?:\+?90[ -]?|0)?\(?(?:5\d{2}|2\d{2}|3\d{2}|4\d{2}"
               r"|850)\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2})(?!\d)"),
    re.compile(r"\b(?:dahili(?:m|miz|si|den)?|dahiliye|ic hat|dh|dahl)(?: ?(?:no|numara(?:m|miz"
               r"|si)?))?(?:dan|den)? ?[:.=#-]? ?(\d{3,5})\b"),
    re.compile(r"\b(\d{3,5}) ?(?:nolu |numarali |'?den |'?dan )?dahili\w*"),
    re.compile(r"\b(?:telefon|tel|cep|numaram|gsm)(?:um|umuz|im|i)? ?(?:no"
               r"|numara\w*)? ?[:.=]? ?(\d{3,5})\b"),
)  # fmt: skip
_ERROR = (
    re.compile(r"\b0x[0-9a-f]{4,16}\b"),
    re.compile(r"\bora-\d{3,6}\b"),
    re.compile(r"\b(?:net::)?err_[a-z0-9_]+\b"),
    re.compile(r"\b[a-z]+(?:_[a-z0-9]+){1,6}\b"),
    re.compile(r"\b(?:hata|error|err|kod|code|event|status)(?: ?(?:kodu|kod|code|no"
               r"|numarasi))? ?[:#=]? ?([a-z]{0,4}-?\d[\d.a-z-]{1,10})\b"),
    re.compile(r"\b([a-z]{0,3}\d[\d.-]{1,9}[a-z]{0,2}) ?(?:hatasi|hata kodu|error|nolu hata|numarali hata"
               r"|kodlu hata|hata\b)"),
    re.compile(r"\b(?:http )?([45]0\d|5\d\d)(?= (?:not found|internal|service|bad gateway|forbidden|hata"
               r"|cikiyor|veriyor|cikti))"),
)  # fmt: skip
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]{4,120})[\"“”«»„]")
_SHOWN = re.compile(r"\b(?:di?yo|yaz|uyar|cik|ver|hata|error|mesaj|gel|yaniyo|goster|deyip|diye)\w*")
_DAY = r"(?:pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar)"
_SINCE = (
    re.compile(
        rf"\b(?:dun(?:ku)?(?: (?:aksam|sabah|ogle|ogleden sonra|gece))?|bu sabah|sabah|ogle|oglen|aksam"
        rf"|gece|bugun|bayram|{_DAY}(?: gunu)?|gecen (?:hafta|ay|yil|gun|{_DAY})|haftabasi|hafta basi"
        rf"|hafta sonu|tatil|yilbasi|guncelleme|(?:saat )?\d{{1,2}}(?:[.:]\d{{2}})?)"
        r"'?(?:den|dan|ten|tan|nden|ndan)?(?:sinden|sindan)? (?:beri|bu yana|itibaren)\b"
    ),
    re.compile(r"\b(?:sabahtan|dunden|bayramdan|ogleden(?! sonra)|aksamdan|geceden|haftalardir|aylardir|gunlerdir"
               r"|saatlerdir|yillardir|epeydir|kac gundur)(?: beri| bu yana)?\b"),
    re.compile(r"\b(?:\d+|yarim|bir|bi|iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|on bes|yirmi|otuz|kirk"
               r"|bir kac|birkac)(?:-\d+)? ?(?:dakika|dk|saat|gun|hafta|ay|yil|sene)(?:dir|dur|tir|tur"
               r"|d[iı]r)\b"),
    re.compile(r"\b(?:\d+|bir|bi|iki|uc|dort|bes|birkac|yarim) (?:gun|hafta|saat|ay|yil|dakika|dk)(?:den"
               r"|dan|ten|tan)? (?:beri|bu yana)\b"),
    re.compile(r"\b(?:\d{1,2})(?: ?(?:\.|:)\d{2})? ?'?(?:den|dan|ten|tan) beri\b"),
)  # fmt: skip
_THEN = re.compile(
    rf"\b(?:bu sabah|dun (?:aksam|sabah|gece|oglen|ogleden sonra)|bugun|dun|gecen (?:hafta|ay|{_DAY}))\b"
)
_BEGAN = re.compile(r"\b(?:basladi|bozuldu|gitti|kesildi|kapandi|oldu|koptu|durdu)\b")
_PEOPLE = (
    re.compile(r"\b(\d{1,3}|iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|on iki|on bes|yirmi|otuz|kirk"
               r"|elli) (?:kisi(?:yiz|y[iı]z|lik|nin|ye|de)?|personel(?:iz|in|imiz|e)?|arkadas(?:iz|in"
               r"|imiz)?|memur|calisan|kullanici(?:da|nin)?|bilgisayarda|makinede|pcde)\b"),
    re.compile(r"\b(ikimiz|ucumuz|dordumuz|besimiz|altimiz|hepimiz|herkes(?:te|de|in)?|herkez(?:de|te)?"
               r"|butun (?:kat|servis|oda|birim|mudurluk|ofis)\w*|tum (?:kat|servis|oda|birim|mudurluk"
               r"|ofis|personel|kullanici)\w*|odadaki (?:herkes|herkez)|katin tamami|kat komple)\b"),
)  # fmt: skip
_WHEN = (
    rf"(?:bugun|yarin|oburgun|obur gun|haftaya|pazartesi|{_DAY}|ay sonu(?:na)?|hafta sonu(?:na)?|aksam"
    rf"|ogle|oglen|mesai bitimi)"
)
_DEADLINE = (
    re.compile(rf"\b(?:{_WHEN} )?(?:saat )?(\d{{1,2}}[.:]\d{{2}}|\d{{1,2}})'?(?:e|a|ye|ya|te|ta|de"
               rf"|da)? (?:kadar|dek|yetis\w*|olmadan|once)\b"),
    re.compile(rf"\b(?:{_WHEN} )?saat (?:\d{{1,2}}(?:[.:]\d{{2}})?|bir|iki|uc|dort|bes|on|on bir|on iki"
               rf"|bir bucuk|iki bucuk)'?(?:de|da|te|ta|e|a|ye|ya)\b"),
    re.compile(r"\b\d{1,2}[.:]\d{2} ?'?(?:de|da|te|ta)\b"),
    re.compile(rf"\b{_WHEN}(?:'?(?:ye|ya|e|a|na|ne))? (?:kadar|dek|yetis\w*|lazim|son gun|bitmeli|gerek\w*"
               rf"|teslim|sunum|toplanti)\w*"),
    re.compile(r"\b(?:sure(?:si|miz)?|son gun(?:u)?) (?:de |da )?(?:yarin|bugun|aksam)\w*"
               r"(?: (?:doluyo|bitiyo)\w*)?"),
    re.compile(r"\b(?:\d+|on|bes|yarim|bir|iki) (?:dakika|dk|saat) (?:sonra|icinde|kaldi|var)\b"),
    re.compile(r"\byarina (?:kadar )?(?:lazim|yetis\w*|kadar)\b"),
)  # fmt: skip
_TODAY = re.compile(r"\d|\b(?:saat|dakika|dk|bugun|aksam|ogle|mesai|yarim)")
_LATER = re.compile(rf"\b(?:yarin|obur ?gun|haftaya|gelecek|onumuzdeki|ay sonu|hafta sonu|{_DAY})(?!\w*[dt][ae]n)")
"""Another day than today; "pazartesiden beri" is none."""


def facts(text: str) -> Facts:
    """What is said in a message; each fact as typed, or None."""
    seen = visible(text)
    said = "".join(_one(c) for c in seen)
    phone = _first(_PHONE, said, seen)
    staff = _first(_STAFF, said, seen)
    asset = _first(_ASSET, said, seen)
    floor = _first(_FLOOR, said, seen)
    deadline = _first(_DEADLINE, said, seen)
    return Facts(
        room=_first(_ROOM, said, seen, unless={phone, staff, asset}),
        floor=_ORDINAL.get(folded(floor), floor) if floor else None,
        department=_department(said),
        device=_device(said, seen),
        asset_no=asset,
        staff_no=staff,
        error=_error(said, seen),
        phone=phone,
        since=_first(_SINCE, said, seen) or _when_it_began(said, seen),
        people=_first(_PEOPLE, said, seen),
        deadline=deadline,
        soon=deadline is not None and _TODAY.search(folded(deadline)) is not None and not _LATER.search(said),
        program=next((name for name, pattern in _PROGRAM if pattern.search(said)), None),
    )


@lru_cache(maxsize=4_000)
def _one(character: str) -> str:
    """Fold one character to exactly one, so that places in the folded text are places in the text."""
    return folded(character)[:1] or " "


def _first(
    patterns: tuple[re.Pattern[str], ...], said: str, seen: str, unless: set[str | None] | None = None
) -> str | None:
    for pattern in patterns:
        for match in pattern.finditer(said):
            group = next((i for i in range(1, (match.re.groups or 0) + 1) if match.group(i)), 0)
            start, end = match.span(group)
            value = seen[start:end].strip(" .:-")
            if value and not (unless and value in unless):
                return value
    return None


def _when_it_began(said: str, seen: str) -> str | None:
    """A day or an hour before a word that something began or broke."""
    last = 0
    for began in _BEGAN.finditer(said):
        last = began.start()
    then = _THEN.search(said, 0, last)
    return None if then is None else seen[then.start() : then.end()].strip(" .:-") or None


def _department(said: str) -> str | None:
    best: tuple[int, str] | None = None
    for title, pattern in _DEPARTMENT:
        for match in pattern.finditer(said):
            whole = match.group().removesuffix(match.group("after") or "")
            role, after = match.group("role"), match.group("after") or ""
            sits = bool(role) or _HERE.match(after.strip()) is not None or _SITS.search(whole.split()[-1]) is not None
            if sits and (best is None or match.start() < best[0]):
                best = (match.start(), title)
                break
    return best[1] if best else _department_nearly(said)


def _department_nearly(said: str) -> str | None:
    """What stands before "müdürlüğü", "md." or "birimi" with mistakes: the most words that are like one name alone."""
    for match in _OFFICE_SAID.finditer(said):
        words = match.group(1).split()
        for first in range(max(1, len(words) - 1)):  # of several, one says too little: "bilgi işlem" is no "işler"
            phrase = " ".join(words[first:])
            if (title := comparison.meant(phrase, DEPARTMENTS, comparison.DEPARTMENTS)) is not None:
                return title
    return None


def _device(said: str, seen: str) -> str | None:
    brand = _BRAND.search(said)
    if brand:
        model = seen[brand.start(2) : brand.end(2)].strip() if brand.group(2) else ""
        return f"{_BRAND_NAMES[brand.group(1)]} {model}".strip()
    places: list[tuple[int, str]] = []
    for name, pattern in _THING:
        match = pattern.search(said)
        if match:
            places.append((match.start(), name))
    return min(places)[1] if places else None


def _error(said: str, seen: str) -> str | None:
    """What a screen says: a quotation that something "diyor", "yazıyor" or "veriyor", else a code."""
    code = _first(_ERROR, said, seen)
    for quoted in _QUOTED.finditer(seen):
        words = quoted.group(1).strip()
        after, before = said[quoted.end() : quoted.end() + 40], said[: quoted.start()].rstrip()
        if (code and folded(code) in folded(words)) or _SHOWN.search(after) or before.endswith(":"):
            return words
    return code
