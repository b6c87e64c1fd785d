"""How many are held up and how badly, in people's own words."""

from __future__ import annotations

import pytest

from knowledge import Impact, Urgency, severity_of

PERSON, OFFICE, HOUSE = Impact
WAITS, HAMPERED, STOPPED = Urgency


@pytest.mark.parametrize(
    ("said", "impact"),
    [
        ("ebys herkeste açılmıyor", HOUSE),
        ("otomasyona kimse giremiyor", HOUSE),
        ("bütün binada internet yok", HOUSE),
        ("BÜTÜN BELEDİYEDE TELEFONLAR KESİK", HOUSE),
        ("her katta aynı sorun var", HOUSE),
        ("bizim serviste kimse giremiyor", OFFICE),
        ("odadaki herkeste aynı hata", OFFICE),
        ("üçümüzde de aynı", OFFICE),
        ("müdürlükte kimsede internet yok", OFFICE),
        ("hepimiz bekliyoruz, program açılmıyor", OFFICE),
        ("bütün kat internetsiz", OFFICE),
        ("mudurlukce yazdiramiyoruz", OFFICE),
        ("herkes giriyor sadece ben giremiyorum", PERSON),
        ("diğerlerinde çalışıyor bende yok", PERSON),
        ("benim bilgisayar donuyor", None),
        ("hepimize aynı şüpheli posta düştü", None),
        ("öğlen odada kimse kalmıyor, telefon sekretere düşsün", None),
        ("odamdaki bilgisayarın belgeleri hiçbir yerde kopyalanmıyor", None),
        ("ölü kasalar yığılmış, kimsenin kullandığı yok", None),
        ("yazıcı çıktı vermiyor", None),
        ("herkese merhaba, toner bitti", None),
        ("kimseye söylemeyin ama şifremi unuttum", None),
        ("herkes için e-posta grubu istiyorum", None),
    ],
)
def test_how_many(said: str, impact: Impact | None) -> None:
    assert severity_of(said).impact is impact


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ("iş yapamıyorum", STOPPED),
        ("hiçbir işlem yapamıyoruz", STOPPED),
        ("işler durdu", STOPPED),
        ("kilitlendik kaldık burda", STOPPED),
        ("bilgisayar hiç açılmıyor", STOPPED),
        ("internet tamamen gitti, çok yavaştı zaten", STOPPED),
        ("program çok yavaş", HAMPERED),
        ("internet arada kopuyor", HAMPERED),
        ("öbür yazıcıdan alıyorum şimdilik", HAMPERED),
        ("acelesi yok, müsait olunca bakarsınız", WAITS),
        ("acil değil ama ekran hiç açılmıyor", WAITS),
        ("müsaitseniz bi bakar mısınız", WAITS),
        ("yazıcı çıktı vermiyor", None),
        ("tarama yapamıyorum", None),
        ("e-imza PIN'im kilitlendi", None),
        ("harfler kutu kutu, ş'ler hiç yok", None),
    ],
)
def test_how_badly(said: str, urgency: Urgency | None) -> None:
    assert severity_of(said).urgency is urgency


def test_the_words_that_said_so_are_the_writers_own() -> None:
    assert severity_of("Odadaki herkeste ÇOK Yavaş").words == ("Odadaki herkeste", "Yavaş")
    assert severity_of("yazıcı çıktı vermiyor").words == ()
