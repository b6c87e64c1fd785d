"""Who somebody is and how they greet is no evidence of what they report."""

import pytest

from knowledge import Knowledge
from knowledge.courtesy import about, is_courtesy
from knowledge.text import visible, words


def told(text: str) -> str:
    seen = visible(text)
    return " ".join(word.plain for word in about(seen, words(seen)))


@pytest.mark.parametrize(
    "typed",
    [
        "ben Su ve Kanalizasyon müdürlüğünden Ayşe Yıldız; toner lazım",
        "BEN MALİ HİZMETLER MÜDÜRLÜĞÜNDEN ALİ VELİ TONER LAZIM",
        "selam park ve bahçelerden yazıyorum toner lazım",
        "kolay gelsin ben fen işlerinden hasan, toner lazım",
        "Yapı Kontrol Müdürlüğü'nden Mehmet Kaya ben. Toner lazım",
        "ben yapı kontrol müdürlüğünden zeki, toner lazım",
        "Kreş Müdürlüğü toner lazım",
        "Sevim Aslan, Makine İkmal Müd. toner lazım",
        "iyi günler zabıta müdürlüğünde memurum adım Rıza Toprak. toner lazım",
        "Selamün aleyküm Mehmet Bey hayırlı cumalar, toner lazım Allah razı olsun",
        "günaydın arkadaşlar toner lazım ilgilenirseniz çok seviniriz 🙏",
        "Toner lazım, gereğini arz ederim.\nAyşe Demir\nYazı İşleri Müdürlüğü\nDahili 1234",
        "toner lazım (Veteriner İşleri müdürlüğü, Cuma Bozkurt, dahili 2118)",
        "toner lazım, şimdiden teşekkür eder iyi çalışmalar dilerim",
        "toner lazım iPhone'umdan gönderildi",
        "Bilgi işlem müdürlüğünün dikkatine: toner lazım",
        "toner lazım, tel 0532 111 22 33 demirbaş 2021-00432 sicil 104233",
    ],
)
def test_what_stands_around_the_subject_is_left_out(typed: str) -> None:
    assert told(typed).removesuffix(" tel sicil") == "toner lazim"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("yazıcı servisi lazım", "yazici servisi lazim"),
        ("toner bitti yazi isleri mudurlugu, acil", "toner bitti acil"),
        ("yazıcı Fen İşleri Müdürlüğünden taşındı açılmıyor", "yazici tasindi acilmiyor"),
        ("arızalı bilgisayarı servisten aldık açılmıyor", "arizali bilgisayari servisten aldik acilmiyor"),
        ("Yazıcı bozuk. Toner.", "yazici bozuk toner"),
        ("hata 0x0000011b veriyor", "hata 0x0000011b veriyor"),
        ("merhaba", "merhaba"),
    ],
)
def test_the_subject_is_never_left_out(typed: str, kept: str) -> None:
    assert told(typed) == kept


@pytest.mark.parametrize("typed", ["Sayın yetkili, öncelikle", "merhaba kolay gelsin", "çok teşekkürler hocam", ""])
def test_only_courtesy(typed: str) -> None:
    assert is_courtesy(typed)


@pytest.mark.parametrize("unit", ["Su ve Kanalizasyon", "Park ve Bahçeler", "İmar ve Şehircilik", "Gıda Denetim"])
def test_nobody_is_refused_for_where_they_work(unit: str) -> None:
    reading = Knowledge.load().read(f"ben {unit} müdürlüğünden Ayşe Yıldız; yazıcının toneri bitti")
    assert reading.candidates[0].category == "toner-kartus"
    assert reading.unit == "donanim"


def test_a_request_behind_a_greeting_is_no_signature() -> None:
    typed = "Sayın yetkili, öncelikle iyi çalışmalar dilerim. Müdürlüğümüzde kullanılan yazıcıya toner temin edilmesi."
    assert Knowledge.load().read(typed).candidates[0].category == "toner-kartus"
