import random

import pytest

from knowledge.features import features
from knowledge.matcher import read_bundle
from knowledge.noise import mistyped as noised
from knowledge.phrases import index_phrases


def test_a_mistyped_phrase_finds_its_original() -> None:
    chance = random.Random(3)
    known = sorted({example.text for example in read_bundle().examples if len(example.text) > 20})
    phrases = chance.sample(known, 1_000)
    index = index_phrases(phrases)
    wanted = chance.sample(range(1_000), 200)
    found = [
        place in [hit for hit, _ in index.nearest(features(noised(phrases[place], chance)), 5)] for place in wanted
    ]
    assert sum(found) >= 198


@pytest.mark.parametrize("text", ["", "???", "qqqq wwww"])
def test_nothing_is_near_to_nothing(text: str) -> None:
    assert index_phrases(["yazıcı basmıyor", "internet yok"]).nearest(features(text), 5) == []


def test_nearest_is_best_first_and_never_more_than_there_are() -> None:
    index = index_phrases(["yazıcı basmıyor", "yazıcı basıyor ama silik", "internet yok"])
    hits = index.nearest(features("yazıcı basmıyor"), 10)
    assert hits[0][0] == 0
    assert hits[0][1] == pytest.approx(1, abs=0.01)
    assert [like for _, like in hits] == sorted((like for _, like in hits), reverse=True)
