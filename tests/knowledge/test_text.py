import pytest

from knowledge.text import clauses, plain, visible, words


@pytest.mark.parametrize("typed", ["yazıcı", "YAZICI", "YAZİCİ", "yazici", "Yazıcı", "yazıcıııı"])
def test_one_word_in_every_way_it_is_typed(typed: str) -> None:
    assert plain(typed) == "yazici"


def test_what_follows_an_apostrophe_is_a_suffix() -> None:
    assert plain("Kyocera'ya M404’ün") == "kyocera m404"


@pytest.mark.parametrize("typed", ["", " ", "🙂", "\ud800", "\u0336" * 50])
def test_nothing_to_read(typed: str) -> None:
    assert plain(typed) == ""


def test_zalgo_is_read_as_its_letters() -> None:
    assert plain("y̷̢a̴z̵ı̶c̸ı̶") == "yazici"


def test_words_know_where_they_stand() -> None:
    seen = visible("Çıktı GELMİYOR, acil!")
    assert [seen[w.start : w.end] for w in words(seen)] == ["Çıktı", "GELMİYOR", "acil"]


def test_clauses_are_cut_at_punctuation_and_turns() -> None:
    seen = "Yazıcı çalışıyor, internet yerinde ama ekran karardı."
    assert [seen[a:b].strip() for a, b in clauses(seen)] == [
        "Yazıcı çalışıyor",
        "internet yerinde",
        "ama ekran karardı",
    ]
