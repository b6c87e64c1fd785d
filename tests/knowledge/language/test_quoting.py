from __future__ import annotations

import pytest

from knowledge.language.quoting import MAX_AUTHOR_LETTERS, is_quoted, quoted, unquoted


@pytest.mark.parametrize("author", ["Derya Koç", "Zabıta (nöbetçi)", "iki\nsatır", "ş" * 200])
def test_whose_words_they_are_stands_before_them_and_is_not_read(author: str) -> None:
    text = quoted(author, "bilgisayarım açılmıyor\nekran siyah")
    assert is_quoted(text)
    assert author.split()[0][:MAX_AUTHOR_LETTERS] in text
    assert unquoted(text) == "bilgisayarım açılmıyor\nekran siyah"


def test_below_ones_own_words_they_are_told_apart() -> None:
    text = f"buna bakar mısınız\n{quoted('Derya Koç', 'yazıcı basmıyor')}"
    assert not is_quoted(text)
    assert unquoted(text) == "buna bakar mısınız\nyazıcı basmıyor"


@pytest.mark.parametrize(("author", "words"), [("", "söz"), ("()", "söz"), ("Derya Koç", "")])
def test_without_a_name_or_a_word_nothing_is_added(author: str, words: str) -> None:
    assert quoted(author, words) == words
