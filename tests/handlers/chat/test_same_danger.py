"""Which words are of the smoke that a ticket knows, and which of another: in doubt of another."""

from __future__ import annotations

import pytest

from handlers.chat.same_danger import is_elsewhere, lasts
from knowledge import Knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


PRINTER = "312'de yazıcıdan duman çıkıyor"
SAME = (
    "yazıcıdan duman çıkıyor",
    "312'de yazıcıdan alev çıktı",
    "hâlâ duman var",
    "duman devam ediyor",
    "yangın sönmedi",
    "duman artıyor, 112'yi aradık",
    "hâlâ duman var burada, gelen yok",
    "odada hâlâ duman var",
    "312 nolu odada duman hâlâ sürüyor",
    "yangın çıktı",
    "alev aldı yardım edin",
    "şu anda duman var",
    "dumandan boğuluyoruz duman var",
)
ANOTHER = (
    "bodrumda yangın çıktı",
    "arşivde duman var",
    "arşiv yanıyor yangın var",
    "214'te duman var",
    "214 yangın çıktı",
    "B blokta yangın çıktı",
    "4. katta duman var",
    "hâlâ duman var 4. kat 412 nolu oda",
    "bodrumda hâlâ duman var",
    "monitörden duman çıkıyor",
    "priz tutuştu",
    "başka bir yangın çıktı",
    "bir yangın daha çıktı",
    "ek binada yangın çıktı",
    "müdür odasında yangın çıktı",
    "koridorda da duman var",
)


@pytest.mark.parametrize("told", SAME)
def test_the_same(told: str, knowledge: Knowledge) -> None:
    assert not is_elsewhere(told, knowledge.read(told).facts, PRINTER + "\n312", "312")


@pytest.mark.parametrize("told", ANOTHER)
def test_another(told: str, knowledge: Knowledge) -> None:
    assert is_elsewhere(told, knowledge.read(told).facts, PRINTER + "\n312", "312")


@pytest.mark.parametrize(
    "told", ["hâlâ duman var", "halen", "devam ediyor", "sönmedi", "söndüremedik", "dumanı kesilmedi", "artıyor"]
)
def test_it_lasts(told: str) -> None:
    assert lasts(told)


@pytest.mark.parametrize("told", ["bodrumda yangın çıktı", "yazıcıdan duman çıkıyor", "yangın var", ""])
def test_it_does_not_say_so(told: str) -> None:
    assert not lasts(told)
