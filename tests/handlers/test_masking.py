"""What a register or an example shows of numbers that belong to a person: nothing."""

import pytest

from handlers.domain.masking import CARD, IBAN, IDENTITY, PHONE, masked


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("T.C. 10000000146 parolam kilitlendi", f"T.C. {IDENTITY} parolam kilitlendi"),
        ("mistyped 12345678901 all the same", f"mistyped {IDENTITY} all the same"),
        ("100 000 001 46 ile giriyorum", f"{IDENTITY} ile giriyorum"),
        ("beni 0532 123 45 67'den arayın", f"beni {PHONE}'den arayın"),
        ("05321234567", PHONE),
        ("532 123 45 67 veya 5321234567", f"{PHONE} veya {PHONE}"),
        ("+90 (326) 213 14 15", PHONE),
        ("00905321234567", PHONE),
        ("326 213 14 15 hattı yok", f"{PHONE} hattı yok"),
        ("TR33 0006 1005 1978 6457 8413 26 hesabına", f"{IBAN} hesabına"),
        ("tr330006100519786457841326", IBAN),
        ("kart 4111 1111 1111 1111 geçmedi", f"kart {CARD} geçmedi"),
        ("4111111111111111", CARD),
    ],
)
def test_a_number_of_a_person_is_taken_out(typed: str, shown: str) -> None:
    assert masked(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "3. kat 312, dahili 1453",
        "kayıt 2026-000123, demirbaş 253.02.01/0145",
        "22.11.2026 14:05 ile 23.11.2026 09:30 arası",
        "hata 0x80070005, IP 192.168.10.25",
        "seri no 4111111111111112",
        "abone 1234567890",
    ],
)
def test_other_numbers_stay(typed: str) -> None:
    assert masked(typed) == typed
