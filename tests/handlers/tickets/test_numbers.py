"""Which number in a sentence is a ticket's."""

from __future__ import annotations

import pytest

from handlers.domain.ticket_number import TicketNumber
from handlers.tickets import numbers


@pytest.mark.parametrize(
    ("said", "place", "year"),
    [
        ("#7 hâlâ aynı", 7, None),
        ("2026-000007 ne durumda", 7, 2026),
        ("2025/000007 hakkında", 7, 2025),
        ("2026-117 ne oldu", 117, 2026),
        ("7: hâlâ kapalı", 7, None),
        ("2026-7: hâlâ kapalı", 7, 2026),
        ("7 nolu kaydım ne oldu", 7, None),
        ("merhaba, 7 NUMARALI kaydım hâlâ açık mı", 7, None),
        ("7 no'lu eski talebimi iptal edin", 7, None),
        ("kayıt no: 7 için yazıyorum", 7, None),
        ("kayıt 7 kapanmasın", 7, None),
        ("7 ne oldu", 7, None),
        ("7 numaralı talep için dahilim 1745", 7, None),
        ("7 için: 2. kattayız", 7, None),
        ("7 için 2. kattayız", 7, None),
        ("7 hakkında: hâlâ bozuk", 7, None),
        ("0007 nolu kaydım", 7, None),
        ("7'nin durumu nedir", 7, None),
        ("iptal 7", 7, None),
    ],
)
def test_a_number_that_is_said_to_be_a_tickets(said: str, place: int, year: int | None) -> None:
    assert numbers.said_in(said) == TicketNumber(place, year)


@pytest.mark.parametrize(
    "said",
    [
        "7 nolu bankodaki ekran karardı",
        "7 numaralı parsel haritada görünmüyor",
        "312 nolu odadayım",
        "7 kişi için hesap",
        "7 nolu talep formu açılmıyor",
        "0000000 nolu kaydım",
        "7 numaralı kapının kamerası dönmüyor",
        "#7 numaralı vezne açılmıyor",
        "7 nolu kayıt bürosunda yazıcı bozuk",
        "7 nolu kaydedici görüntü vermiyor",
        "7:30'dan beri hat yok",
        "saat 15.45 te gelin demiştiniz ne oldu",
        "7 gündür bekliyorum ne oldu",
        "7 kişi bekliyor, kayıt 3 gündür açık",
        "7. kat 712 nolu odada internet yok",
        "kapı no 7 kilitlendi",
        "dahili 1453 arıyor",
        "2026-05-07 tarihli evrak açılmıyor",
        "2026-05 bordrosu çıkmıyor",
        "EBYS 2026/4471 sayılı yazı açılmıyor",
        "0532 111 22 33 numaralı hattım kapalı",
        "1: yazıcı bozuk\n2: internet yok",
        "7 iş istasyonu donuyor",
        "#0",
    ],
)
def test_any_other_number_is_none(said: str) -> None:
    assert numbers.said_in(said) is None
