"""The recogniser of lines that are said into a talk."""

import pytest

from knowledge import Intent, TalkReader
from knowledge.corpus import digest
from knowledge.model import Model
from knowledge.talk import MODEL, examples


def test_the_shipped_recogniser_is_of_the_shipped_sentences() -> None:
    assert Model.load(MODEL).trained_on == digest(examples()), "run `masa kb train` and commit what it makes"


def test_each_sentence_is_known_once() -> None:
    texts = [example.text for example in examples()]
    assert len(texts) == len(set(texts)) > 2000


@pytest.mark.parametrize(
    ("typed", "wants"),
    [
        ("?", Intent.not_understood),
        ("yazıcı değil tarayıcı", Intent.correction),
        ("ne alaka", Intent.wrong_guess),
        ("anlamadım ben bunu yapamam", Intent.cannot),
        ("tamam deniyorum", Intent.wait),
        ("ne zaman gelirsiniz", Intent.impatience),
        ("bi de internet yok", Intent.another),
        ("çıktı", Intent.worked),
    ],
)
def test_some_ways_of_saying_it_need_no_likelihood(typed: str, wants: Intent) -> None:
    fragment = TalkReader.shipped().read(typed)
    assert (fragment.intent, fragment.outright) == (wants, True)


@pytest.mark.parametrize("typed", ["kuyruk oldu burda", "sıra uzadı", "insanlar bekliyor"])
def test_people_who_wait_are_noticed(typed: str) -> None:
    assert TalkReader.shipped().read(typed).citizens_waiting
