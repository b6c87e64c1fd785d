"""What a register, a log, an article or an example shows of numbers and names that belong to a person: nothing."""

import pytest

from knowledge.language.masking import (
    CARD,
    EMAIL,
    IBAN,
    IDENTITY,
    NUMBER,
    PERSON,
    PHONE,
    PLATE,
    anonymised,
    masked,
)

PERSONAL = [
    ("T.C. 10000000146 parolam kilitlendi", f"T.C. {IDENTITY} parolam kilitlendi"),
    ("mistyped 12345678901 all the same", f"mistyped {IDENTITY} all the same"),
    ("TC 100 000 001 46", f"TC {IDENTITY}"),
    ("100 000 001 46 ile giriyorum", f"{IDENTITY} ile giriyorum"),
    ("TC 100-000-001-46", f"TC {IDENTITY}"),
    ("100.000.001.46", IDENTITY),
    ("100  000  001  46", IDENTITY),
    ("100\u00a0000\u00a0001\u00a046", IDENTITY),
    ("1000\u200b0000146", IDENTITY),
    ("T.C.10000000146", f"T.C.{IDENTITY}"),
    ("12. kat 100 000 001 46", f"12. kat {IDENTITY}"),
    ("oda 12 100 000 001 46", f"oda 12 {IDENTITY}"),
    ("demirbaş no tc 10000000146", f"demirbaş no tc {IDENTITY}"),
    ("Şerife 10000000146, serife 10000000146", f"Şerife {IDENTITY}, serife {IDENTITY}"),
    ("tc10000000146 ayşe10000000146", f"tc{IDENTITY} ayşe{IDENTITY}"),
    ("kullanıcı10000000146 tel05321234567", f"kullanıcı{IDENTITY} tel{PHONE}"),
    ("abone 10000000146", f"abone {IDENTITY}"),
    ("Kaya10000000146, ABC10000000146", f"Kaya{IDENTITY}, ABC{IDENTITY}"),
    ("sn 10000000146 ve Sn. 10000000146", f"sn {IDENTITY} ve Sn. {IDENTITY}"),
    ("sn 100 000 001 46", f"sn {IDENTITY}"),
    ("etiketteki 10000000146, barkodunda 10000000146", f"etiketteki {IDENTITY}, barkodunda {IDENTITY}"),
    ("beni 0532 123 45 67'den arayın", f"beni {PHONE}'den arayın"),
    ("05321234567", PHONE),
    ("532 123 45 67 veya 5321234567", f"{PHONE} veya {PHONE}"),
    ("0 (532) 123 45 67", PHONE),
    ("0532/123 45 67", PHONE),
    ("0532-123-45-67", PHONE),
    ("+90 (326) 213 14 15", PHONE),
    ("(0326) 213 14 15", PHONE),
    ("90 532 123 45 67", PHONE),
    ("905321234567", PHONE),
    ("00905321234567", PHONE),
    ("0850 222 33 44", PHONE),
    ("326 213 14 15 hattı yok", f"{PHONE} hattı yok"),
    ("TR33 0006 1005 1978 6457 8413 26 hesabına", f"{IBAN} hesabına"),
    ("TR 33 0006-1005-1978-6457-8413-26", IBAN),
    ("tr330006100519786457841326", IBAN),
    ("kart 4111 1111 1111 1111 geçmedi", f"kart {CARD} geçmedi"),
    ("4111-1111-1111-1111 12/27", f"{CARD} 12/27"),
    ("4111 1111 1111 1111 123", f"{CARD} 123"),
    ("mistyped 4111 1111 1111 1112", f"mistyped {CARD}"),
    ("4111111111111111", CARD),
    ("kart 3782 822463 10005", f"kart {CARD}"),
    ("378282246310005", CARD),
    ("9792 0300 0000 0000", CARD),
    ("ayse.yilmaz@belediye.gov.tr yazdı", f"{EMAIL} yazdı"),
    ("Adres: ayse+masa@bel.tr.", f"Adres: {EMAIL}."),
    ("06 ABC 123 plakalı", f"{PLATE} plakalı"),
    ("34ABC123 araçta", f"{PLATE} araçta"),
    ("34 V 1234", PLATE),
    ("07 KL 123", PLATE),
    ("06 abc 123 plakalı araç", f"{PLATE} plakalı araç"),
    ("plaka 06 abc 123", f"plaka {PLATE}"),
]


@pytest.mark.parametrize(("typed", "shown"), PERSONAL)
def test_what_belongs_to_a_person_is_taken_out_for_every_reader(typed: str, shown: str) -> None:
    assert masked(typed) == shown
    assert anonymised(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "3. kat 312, dahili 1453",
        "saat 12 de 1453'ü aradım",
        "oda 12 HP 1020, oda 12 M404, 16 GB 3200 bellek, 24 LG 4500",
        "kayıt 2026-000123, demirbaş 253.02.01/0145",
        "2026-000123 312 1453 ve 2026-000123 1",
        "2026-000123 2026-000124 2026-000125",
        "22.11.2026 14:05 ile 23.11.2026 09:30 arası",
        "22.11.2026 100 kişi",
        "2026-11-22 14:05:00",
        "hata 0x80070005, ORA-00001, IP 192.168.10.25",
        "Mali Hizmetler 3. kat 312",
    ],
)
def test_numbers_of_tickets_rooms_times_and_errors_stay_for_every_reader(typed: str) -> None:
    assert masked(typed) == typed
    assert anonymised(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "seri no 4111111111111112",
        "seri no: 10000000147",
        "S/N 5321234567",
        "IMEI 490154203237518",
        "demirbaş no 25302010145",
        "demirbaş 253.02.01.014",
        "lisans anahtarı 1234-5678-9012-3456",
        "abone 1234567890",
        "SN: CND12345678901, CND12345678901 ve 5CD10000000147",
        "sn 10000000147, etiketteki 10000000147",
        "etiketteki no 10000000146",
        "CND05321234567 ile VNB34111111111111111",
        "seri no 34 ABC 123",
    ],
)
def test_a_number_that_is_said_to_be_a_things_stays_in_the_register(typed: str) -> None:
    assert masked(typed) == typed


NAMES = (
    "seri no",
    "Seri numarası:",
    "S/N",
    "SN:",
    "demirbaş no",
    "DEMİRBAŞ",
    "barkod",
    "IMEI",
    "taşınır sicil no",
    "etiket",
)
LOOKS_PERSONAL = ("10000000146", "53201234567", "05321234567", "4111111111111111", "490154203237518", "CN-10000000146")


@pytest.mark.parametrize("number", LOOKS_PERSONAL)
@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_device_is_damaged(name: str, number: str) -> None:
    """One in a hundred has the check digits of an identity number by chance."""
    assert masked(f"yazıcı bozuk {name} {number}, oda 312") == f"yazıcı bozuk {name} {number}, oda 312"


@pytest.mark.parametrize("mark", [".", " ", "-"])
def test_no_official_number_is_damaged_whatever_its_digits(mark: str) -> None:
    """Seen before: its first eleven digits as an identity number, sixteen as a card."""
    codes = [("255", "02", f"{a:02}", f"{b:02}", "02", "01") for a in range(1, 12) for b in range(1, 12)]
    for code in codes:
        for typed in (mark.join([*code, "18", "00252"]), mark.join([*code[:4], "18", "00252"])):
            assert masked(f"{typed} bozuk") == f"{typed} bozuk"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("seri no 5321234567", f"seri no {NUMBER}"),
        ("sicil 45678", f"sicil {NUMBER}"),
        ("zeynep hanım yetki istiyor", f"{PERSON} hanım yetki istiyor"),
        ("Fatma Demir'e vekâlet", f"{PERSON}'e vekâlet"),
        ("Fatma Demir’e vekâlet", f"{PERSON}’e vekâlet"),
        ("Fen İşleri Müdürlüğü yazıcısı", "Fen İşleri Müdürlüğü yazıcısı"),
    ],
)
def test_what_is_learned_or_published_holds_no_name_and_no_long_number(typed: str, kept: str) -> None:
    assert anonymised(typed) == kept


@pytest.mark.parametrize(("typed", "_shown"), PERSONAL)
def test_masking_again_changes_nothing(typed: str, _shown: str) -> None:
    assert anonymised(anonymised(typed)) == anonymised(typed)
    assert masked(masked(typed)) == masked(typed)


@pytest.mark.parametrize(
    "typed", ["1", " ", "a", "A", "@", ".", "-", "1 ", "a ", "1-", "12 ", "a@", "TR", "Ab ", "\u200b"]
)
def test_a_text_of_any_length_costs_no_more_than_its_length(typed: str) -> None:
    """Were a pattern quadratic, these would not end within the suite's limit a test."""
    assert anonymised(typed * 50_000)
