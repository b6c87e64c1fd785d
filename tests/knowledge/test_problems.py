"""Two problems are parted where each is plain, and one that is told in two clauses stays one."""

import pytest

from knowledge import Knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("toner bitti bir de internet yok", "toner-kartus", "internet-yok"),
        ("monitör titriyor, ayrıca e-imza kartım görünmüyor", "monitor-goruntu", "e-imza"),
        ("Yazıcıda kağıt sıkıştı. Dahili telefonumun hattı da kesik.", "yazici-kagit-sikismasi", "telefon-santral"),
        ("windows parolamı unuttum ve toner bitti", "parola-sifirlama", "toner-kartus"),
    ],
)
def test_the_first_told_is_the_first(knowledge: Knowledge, typed: str, first: str, second: str) -> None:
    reading = knowledge.read(typed)
    assert reading.candidates[0].category == first
    assert reading.second is not None
    assert reading.second.category == second
    assert "".join(reading.parts).replace(" ", "") in typed.replace(" ", "").replace(",", "")


@pytest.mark.parametrize(
    "typed",
    [
        "bilgisayar açılmıyor, fişi takılı, düğmeye basınca ışık yanmıyor",
        "Excel açılıyor, ağda sıkıntı yok ama yazıcı basmıyor",
        "yazıcı çevrimdışı görünüyor, kuyrukta bekliyor, kapatıp açtım olmadı",
    ],
)
def test_one_problem_in_many_clauses_is_one(knowledge: Knowledge, typed: str) -> None:
    assert knowledge.read(typed).second is None
