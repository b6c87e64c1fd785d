"""What is told to be fine names devices as plainly as a fault does, and is not what the message is about."""

from __future__ import annotations

import pytest

from knowledge import Decision, Knowledge
from knowledge.contrast import beyond_what_works
from knowledge.text import words


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def left(text: str) -> str | None:
    found = beyond_what_works(text, words(text))
    return None if found is None else " ".join(word.plain for word in found)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("yazıcı güzel, ekran da süper. ama internet hiç yok", "ama internet hic yok"),
        ("Mail sorunsuz, şifreler tuttu; odanın anahtarı kayboldu", "odanin anahtari kayboldu"),
        ("programla sorunum yok, yalnız fareyi isteyecektim", "yalniz fareyi isteyecektim"),
        ("yazıcı düzgün çalışmıyor", None),
        ("internet iyi değil, kopuyor", None),
        ("her şey gayet iyi çalışıyor", None),
        ("ekran süper mi?", None),
    ],
)
def test_clauses_that_praise_are_left_out(text: str, about: str | None) -> None:
    assert left(text) == about


@pytest.mark.parametrize(
    "text",
    [
        "Telefonlar gayet iyi çalışıyor, internet de sorunsuz. Yalnız arka bahçedeki çimler kurudu, sular mısınız?",
        "bilgisayarım harika, yazıcı da güzel basıyor maşallah. ama tuvaletin musluğu damlatıyor gece gündüz",
        "Kameralar sağlam, görüntü mükemmel. Kapıdaki güvenlik görevlisi vatandaşa bağırıyor, şikayetim ona.",
        "Mail sorunsuz, şifreler tuttu. Toplantı odasının klimasından su akıyor halıya",
    ],
)
def test_what_comes_after_praise_and_is_none_of_ours_is_refused(knowledge: Knowledge, text: str) -> None:
    assert knowledge.read(text).decision is Decision.reject


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("yazıcı güzel, ekran da süper. ama internet hiç yok hiçbir site açılmıyor", "internet-yok"),
        ("EBYS'ye girişim sorunsuz, program çalışıyor, bir tek e-postalarım gitmiyor hata veriyor", "eposta-sorun"),
        ("Bilgisayarlar jet gibi, yazıcı düzgün. Dahili telefonumdan dışarıyı arayamıyorum", "telefon-santral"),
        ("yazıcı olarak çalışıyor sorunsuz, tarayıcı kısmı bilgisayara göndermiyor", "tarayici"),
        ("kasa çalışıyor, fanı da dönüyor ama ekran simsiyah", "monitor-goruntu"),
    ],
)
def test_what_comes_after_praise_is_what_is_reported(knowledge: Knowledge, text: str, category: str) -> None:
    reading = knowledge.read(text)
    assert (reading.decision, reading.candidates[0].category) == (Decision.suggest, category)
