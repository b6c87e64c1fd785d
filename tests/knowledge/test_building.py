"""What other people than the IT directorate see to; a device beside it is ours all the same."""

from __future__ import annotations

import pytest

from knowledge.building import Matter, matter


@pytest.mark.parametrize(
    "typed",
    [
        "asansörde kaldık",
        "asansorde kaldik yardim edin",
        "biri asansörde mahsur",
        "ASANSÖRDE MAHSUR KALDIK",
        "asansör iki kat arasında kaldı içeride insan var",
        "asansörde mahsur kaldım telefon çekmiyor",
        "arşivde kilitli kaldık",
        "arkadaş bayıldı",
        "vatandaş kalp krizi geçiriyor bilgisayar başında",
    ],
)
def test_people_in_danger_come_before_anything(typed: str) -> None:
    assert matter(typed) is Matter.people


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("asansör çalışmıyor", Matter.lift),
        ("asansör 3. katta durdu", Matter.lift),
        ("su bastı tuvaleti", Matter.water),
        ("lavabo tıkandı", Matter.water),
        ("klozet taştı 3. katta", Matter.water),
        ("musluk akıtıyor", Matter.water),
        ("sular akmıyor", Matter.water),
        ("kalorifer ısıtmıyor", Matter.water),
    ],
)
def test_lifts_and_water_are_the_buildings(typed: str, found: Matter) -> None:
    assert matter(typed) is found


@pytest.mark.parametrize(
    "typed",
    [
        "asansördeki kamera çalışmıyor",
        "asansör ekranı bozuk",
        "su bastı sunucu odasını",
        "bilgisayarın üstüne su aktı",
        "tuvaletin yanındaki yazıcı bozuk",
        "su abone programı açılmıyor",
        "asansör odasında switch kaldı mı",
        "dosya kilitli kaldı",
        "ekran asılı kaldı",
        "merhaba",
    ],
)
def test_what_is_ours_stays_so(typed: str) -> None:
    assert matter(typed) is None
