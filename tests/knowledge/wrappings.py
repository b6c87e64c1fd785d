"""A message as other people would have typed it: the same every time, and nothing here is trained on."""

import random
from collections.abc import Callable
from zlib import crc32

from knowledge.language.folding import folded

_CAPITALS = str.maketrans("iı", "İI")
_VOWELS = frozenset("aeıioöuüâîûAEIİOÖUÜÂÎÛ")
_KEYS = "abcçdefgğhıijklmnoöprsştuüvyz"
_BEFORE = (
    "Merhaba, kolay gelsin.",
    "Selamlar herkese,",
    "İyi günler dilerim, rahatsız ediyorum kusura bakmayın.",
    "Günaydın arkadaşlar,",
    "Selamün aleyküm hayırlı işler,",
    "Mrb kolay gelsin hocam",
    "Sayın yetkili, öncelikle iyi çalışmalar dilerim.",
    "slm",
    "Hayırlı sabahlar, umarım iyisinizdir.",
    "İyi akşamlar bilgi işlem,",
    "Kolay gelsin değerli mesai arkadaşlarım,",
    "tünaydın",
)
_AFTER = (
    "Yardımcı olursanız çok sevinirim, teşekkürler.",
    "Şimdiden teşekkür eder, iyi çalışmalar dilerim.",
    "Gereğini arz ederim.",
    "ilgilenirseniz memnun oluruz iyi günler",
    "Allah razı olsun, hayırlı cumalar.",
    "Müsait olduğunuzda bakarsanız makbule geçer 🙏",
    "Saygılarımla",
    "iyi mesailer kolaylıklar",
    "Elinize sağlık şimdiden, sağlıcakla kalın.",
    "Rica ederim hocam, tşk 🙂",
    "Bilgilerinize sunar, gereğini rica ederim.",
    "İyi çalışmalar.\n\niPhone'umdan gönderildi",
    "çok sağolun var olun",
)
_LONG_BEFORE = (
    "Hocam nasılsınız inşallah iyisinizdir, sizi yine bir konuda rahatsız edeceğim.",
    "Abi valla kusura bakma mesai bitimine doğru yazıyorum ama acil bir durum var.",
    "Değerli meslektaşlarım, yoğunluğunuzu biliyorum, size bir ricam olacak:",
    "Kıymetli bilgi işlem ailesi, öncelikle emekleriniz için minnettarız; durum şöyle:",
    "Hatice hanım adına yazıyorum, kendisi bu işlerden pek anlamaz, bana anlattığı kadarıyla:",
    "Geçen gün de yazmıştım ama dönen olmadı herhalde görmediniz, tekrar yazıyorum.",
    "Kimden: Ayşe Yıldız <ayse@ornek.bel.tr>\nTarih: 3 Mart 2026\nKonu: İLT: ricamız\n\n",
    "gardaş nasılsın eyisin inşallah, bi maruzatımız var sana",
)
_LONG_AFTER = (
    "Konuyla ilgili geri dönüşünüzü bekler, hayırlı mesailer dilerim.",
    "bi el atarsanız dua ederiz size, çayımız her zaman var",
    "Gereğinin yapılmasını saygılarımla arz ve talep ederim.",
    "Bir an önce bakarsanız seviniriz, hepinize kolaylıklar.",
    "\n\n-- \nMehmet Kaya\nVeri Hazırlama ve Kontrol İşletmeni\nTel: 0326 214 00 00 / 2118",
    "haber ederseniz ona göre beklerim, şimdiden eksik olmayın",
    "Not: öğleden sonra yerimde olmayacağım, bilginiz olsun. İyi çalışmalar",
    "Mevla razı olsun hepinizden, Allah'a emanet olun",
)
_UNITS = [
    "Su ve Kanalizasyon",
    "Park ve Bahçeler",
    "İmar ve Şehircilik",
    "Mali Hizmetler",
    "Fen İşleri",
    "Yapı Kontrol",
    "Zabıta",
    "Kültür ve Sosyal İşler",
    "Emlak ve İstimlak",
    "Veteriner İşleri",
    "Mezarlıklar",
    "Makine İkmal",
    "Kadın ve Aile Hizmetleri",
    "Dış İlişkiler",
    "Etüt Proje",
    "Yazı İşleri",
    "Bilgi Edinme",
    "Tarımsal Hizmetler",
    "İtfaiye",
    "Ulaşım Hizmetleri",
    "Özel Kalem",
    "Hukuk İşleri",
    "Kreş ve Gündüz Bakımevi",
    "Ruhsat ve Denetim",
]
_NAMES = [
    "Ayşe Yıldız",
    "Mehmet Kaya",
    "Hatice Demir",
    "Yusuf Taş",
    "Sevim Aslan",
    "Cuma Bozkurt",
    "Zeliha Ateş",
    "Rıza Toprak",
    "Gülsüm Kablo",
    "İdris Yazıcı",
]
_INTRODUCTIONS = (
    "ben {unit} müdürlüğünden {name}; {text}",
    "Merhaba, {unit} Müdürlüğü'nden {name} ben. {text}",
    "{name}, {unit} Müd. {text}",
    "{unit} Müdürlüğünden yazıyorum, {text}",
    "{text}\n\n{name}\n{unit} Müdürlüğü",
    "iyi günler {unit} müdürlüğünde memurum adım {name}. {text}",
    "{text} ({unit} müdürlüğü, {name}, dahili 2{number})",
)


def _chance(text: str) -> random.Random:
    return random.Random(crc32(text.encode("utf-8", "surrogatepass")))


def without_turkish_letters(text: str) -> str:
    return folded(text)


def in_capitals(text: str) -> str:
    return text.translate(_CAPITALS).upper()


def with_typos(text: str) -> str:
    """A slip in every third longer word: a letter left out, doubled, wrong, or two swapped."""
    chance = _chance(text)
    typed = text.split(" ")
    longer = [place for place, word in enumerate(typed) if len(word) >= 5 and word.isalpha()]
    for place in longer[chance.randrange(min(3, len(longer) or 1)) :: 3]:
        word = typed[place]
        at = chance.randrange(1, len(word) - 1)
        typed[place] = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + chance.choice(_KEYS) + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
    return " ".join(typed)


def politely_wrapped(text: str) -> str:
    chance = _chance(text)
    return f"{chance.choice(_BEFORE)} {text} {chance.choice(_AFTER)}"


def at_length(text: str) -> str:
    """With sentences around it that say nothing of the subject."""
    chance = _chance(text)
    return f"{chance.choice(_LONG_BEFORE)} {text} {chance.choice(_LONG_AFTER)}"


def introduced(text: str) -> str:
    chance = _chance(text)
    written = chance.choice(_INTRODUCTIONS)
    return written.format(
        unit=chance.choice(_UNITS), name=chance.choice(_NAMES), number=chance.randrange(100, 999), text=text
    )


def without_suffix_vowels(text: str) -> str:
    """Vowels behind the fourth letter are left out: "yazıcdn çıkt alamıyrm"."""
    return _each_word(text, lambda word: word[:4] + "".join(c for c in word[4:] if c not in _VOWELS))


def without_vowels(text: str) -> str:
    """All vowels are left out of words of three letters and more: "yzcdn çkt lmyrm"."""
    return _each_word(text, lambda word: "".join(c for c in word if c not in _VOWELS) if len(word) > 2 else word)


def _each_word(text: str, change: Callable[[str], str]) -> str:
    return " ".join(change(word) or word for word in text.split(" "))


WRAPPINGS: dict[str, Callable[[str], str]] = {
    "clean": str,
    "ASCII": without_turkish_letters,
    "capitals": in_capitals,
    "typos": with_typos,
    "polite": politely_wrapped,
    "introduced": introduced,
    "at length": at_length,
    "suffix vowels dropped": without_suffix_vowels,
    "all vowels dropped": without_vowels,
}
