"""What is offered for a name written with mistakes: each threshold on a labelled table, nothing guessed between two."""

import pytest

from knowledge.facts import DEPARTMENTS as OFFICES
from knowledge.language import comparison
from knowledge.language.comparison import Measure, meant, nearest

Known = list[tuple[str, str]]


def same(names: list[str]) -> Known:
    return [(name, name) for name in names]


STAFF = same(
    [
        "Ayşe Yılmaz", "Ayşe Yıldız", "Mehmet Demir", "Fatma Şahin", "Hüseyin Çelik", "Hasan Çelik", "Zeynep Kaya",
        "Elif Kara", "Elif Karaca", "Mustafa Öztürk", "İbrahim Işık", "Ayşe Nur Toprak",
    ]
)  # fmt: skip
COMMANDS = same(
    [
        "durum", "islerim", "sira", "adina", "not", "makale", "ara", "ozet",
        "iptal", "verilerim", "katil", "bagla", "davet", "ayrildi", "yardim",
    ]
)  # fmt: skip
UNITS = [("donanim", "donanim"), ("donanim", "Donanım Birimi"), ("yazilim", "yazilim"), ("yazilim", "Yazılım Birimi")]
SUBJECTS = same(["Yazıcı yazdırmıyor", "Yazıcı ağda bulunamıyor", "Toner bitti", "Bilgisayar açılmıyor"])
LABELS = same(["İşe yaradı", "Teknisyene ilet", "Sorunum bu değil", "Talep oluştur", "İki ayrı kayıt aç"])
COLUMNS = [
    ("sicil_no", "sicil no"), ("sicil_no", "sicil numarası"), ("ad", "adı soyadı"), ("mudurluk", "müdürlük"),
    ("oda", "oda no"), ("telefon", "telefon"), ("eposta", "e-posta adresi"),
]  # fmt: skip

FOUND: list[tuple[Measure, Known, str, str]] = [
    (comparison.PEOPLE, STAFF, "ayse yilmz", "Ayşe Yılmaz"),
    (comparison.PEOPLE, STAFF, "aişe yılmaz", "Ayşe Yılmaz"),
    (comparison.PEOPLE, STAFF, "yılmaz ayşe", "Ayşe Yılmaz"),
    (comparison.PEOPLE, STAFF, "mehmed demir", "Mehmet Demir"),
    (comparison.PEOPLE, STAFF, "huseyn celik", "Hüseyin Çelik"),
    (comparison.PEOPLE, STAFF, "hasn celik", "Hasan Çelik"),
    (comparison.PEOPLE, STAFF, "zeyneb kaya", "Zeynep Kaya"),
    (comparison.PEOPLE, STAFF, "elif kra", "Elif Kara"),
    (comparison.PEOPLE, STAFF, "mustafa oztrk", "Mustafa Öztürk"),
    (comparison.PEOPLE, STAFF, "ibrahm isik", "İbrahim Işık"),
    (comparison.PEOPLE, STAFF, "ayse toprk", "Ayşe Nur Toprak"),
    (comparison.DEPARTMENTS, OFFICES, "mali hizm.", "Mali Hizmetler"),
    (comparison.DEPARTMENTS, OFFICES, "mali hizmetlr", "Mali Hizmetler"),
    (comparison.DEPARTMENTS, OFFICES, "zabita", "Zabıta"),
    (comparison.DEPARTMENTS, OFFICES, "zbıta", "Zabıta"),
    (comparison.DEPARTMENTS, OFFICES, "fen isleri md", "Fen İşleri"),
    (comparison.DEPARTMENTS, OFFICES, "fen işl.", "Fen İşleri"),
    (comparison.DEPARTMENTS, OFFICES, "Fen İşleri Müdürlüğü", "Fen İşleri"),
    (comparison.DEPARTMENTS, OFFICES, "temizlk", "Temizlik İşleri"),
    (comparison.DEPARTMENTS, OFFICES, "özel klm", "Özel Kalem"),
    (comparison.DEPARTMENTS, OFFICES, "emlk istimlak", "Emlak ve İstimlak"),
    (comparison.DEPARTMENTS, OFFICES, "park bahçe", "Park ve Bahçeler"),
    (comparison.DEPARTMENTS, OFFICES, "destek hizm", "Destek Hizmetleri"),
    (comparison.COMMANDS, COMMANDS, "durm", "durum"),
    (comparison.COMMANDS, COMMANDS, "drum", "durum"),
    (comparison.COMMANDS, COMMANDS, "duurm", "durum"),
    (comparison.COMMANDS, COMMANDS, "sra", "sira"),
    (comparison.COMMANDS, COMMANDS, "yrdm", "yardim"),
    (comparison.COMMANDS, COMMANDS, "ozt", "ozet"),
    (comparison.COMMANDS, COMMANDS, "ipta", "iptal"),
    (comparison.COMMANDS, COMMANDS, "isler", "islerim"),
    (comparison.COMMANDS, COMMANDS, "verilrim", "verilerim"),
    (comparison.NAMES, UNITS, "donnim", "donanim"),
    (comparison.NAMES, UNITS, "yazlım", "yazilim"),
    (comparison.NAMES, UNITS, "donanım birimi", "donanim"),
    (comparison.NAMES, SUBJECTS, "yazci yazdirmiyor", "Yazıcı yazdırmıyor"),
    (comparison.BUTTONS, LABELS, "teknisyene ilt", "Teknisyene ilet"),
    (comparison.BUTTONS, LABELS, "teknsyene ilet", "Teknisyene ilet"),
    (comparison.BUTTONS, LABELS, "ise yardi", "İşe yaradı"),
    (comparison.BUTTONS, LABELS, "sorunum bu degl", "Sorunum bu değil"),
    (comparison.BUTTONS, LABELS, "iki ayri kayt ac", "İki ayrı kayıt aç"),
    (comparison.BUTTONS, SUBJECTS, "yazıcı yazdırmıyo", "Yazıcı yazdırmıyor"),
    (comparison.COLUMNS, COLUMNS, "Sicil No.", "sicil_no"),
    (comparison.COLUMNS, COLUMNS, "SİCİL NUMARASI", "sicil_no"),
    (comparison.COLUMNS, COLUMNS, "Ad Soyad", "ad"),
    (comparison.COLUMNS, COLUMNS, "Müdürlüğü", "mudurluk"),
    (comparison.COLUMNS, COLUMNS, "e posta adres", "eposta"),
    (comparison.COLUMNS, COLUMNS, "Telfon", "telefon"),
]


@pytest.mark.parametrize(("measure", "known", "typed", "wanted"), FOUND)
def test_a_name_with_mistakes_is_found(measure: Measure, known: Known, typed: str, wanted: str) -> None:
    assert nearest(typed, known, measure)[0] == wanted


NOTHING: list[tuple[Measure, Known, str]] = [
    *(
        (comparison.PEOPLE, STAFF, typed)
        for typed in ("Ayşe Kaya", "Murat Demir", "Ahmet Yılmaz", "ayşe", "Emre Arslan")
    ),
    *((comparison.PEOPLE, STAFF, typed) for typed in ("zeynep hanım", "Ali Veli", "Selin Çetin", "", "?")),
    *(
        (comparison.DEPARTMENTS, OFFICES, typed)
        for typed in ("Bilgi İşlem", "Sağlık İşleri", "Makine İkmal", "Hal Müdürlüğü", "müdürlük", "3. kat", "belediye")
    ),
    *(
        (comparison.COMMANDS, COMMANDS, typed)
        for typed in ("merhaba", "stop", "menu", "test", "settings", "resim", "kayit", "ver", "ping")
    ),
    *((comparison.NAMES, UNITS, typed) for typed in ("bahce", "temizlik", "Mehmet", "Deniz")),
    *(
        (comparison.BUTTONS, [*LABELS, *SUBJECTS], typed)
        for typed in (
            "teknisyen nerede",
            "yazıcı",
            "kayıt açtım mı",
            "toner lazım",
            "bilgisayar çok yavaş",
            "işe geldim",
            "işe yaramadı",
            "ise yaramdi",
            "işe",
            "teknisyen",
            "sorunum bu",
        )
    ),
    *((comparison.COLUMNS, COLUMNS, typed) for typed in ("unvan", "doğum tarihi", "kan grubu", "adres")),
]


@pytest.mark.parametrize(("measure", "known", "typed"), NOTHING)
def test_another_name_is_not_taken_for_one(measure: Measure, known: Known, typed: str) -> None:
    assert nearest(typed, known, measure) == []


@pytest.mark.parametrize(
    ("measure", "known", "typed", "both"),
    [
        (comparison.PEOPLE, STAFF, "ayşe yılaz", {"Ayşe Yılmaz", "Ayşe Yıldız"}),
        (comparison.DEPARTMENTS, OFFICES, "proje", {"Plan Proje", "Etüt Proje"}),
        (comparison.DEPARTMENTS, OFFICES, "sosyal", {"Kültür ve Sosyal İşler", "Sosyal Yardım İşleri"}),
    ],
)
def test_between_two_nothing_is_chosen(measure: Measure, known: Known, typed: str, both: set[str]) -> None:
    assert set(nearest(typed, known, measure)) == both
    assert meant(typed, known, measure) is None


def test_who_has_several_names_counts_by_the_nearest() -> None:
    assert nearest("yazilim", UNITS, comparison.NAMES) == ["yazilim"]
    assert meant("muhasebe servisi", OFFICES, comparison.DEPARTMENTS) == "Mali Hizmetler"


REPORTS = [
    ("3. kattaki yazıcı çıktı vermiyor", "yazıcı çıktı vermiyor, 3. kat", True),
    ("HP yazıcı kağıt sıkıştırıyor", "hp yazici kagit sikistiriyor yine", True),
    ("internet yok kimse giremiyor", "İnternet yok, odada kimse giremiyor", True),
    ("yazıcı çıktı vermiyor", "bilgisayar açılmıyor", False),
    ("toner bitti", "yazıcı kağıt sıkıştırıyor", False),
    ("EBYS açılmıyor", "Outlook açılmıyor", False),
    ("klavye bozuldu", "fare bozuldu", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), REPORTS)
def test_two_reports_of_one_fault_are_alike(one: str, other: str, alike: bool) -> None:
    assert (nearest(one, [("other", other)], comparison.REPORTS) == ["other"]) is alike
