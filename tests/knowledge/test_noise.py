import random
from collections.abc import Callable

import pytest

from knowledge.noise import hurried, mistyped, voweless

TEXT = "yazıcıdan çıktı alamıyorum kuyrukta bekliyor"


@pytest.mark.parametrize("noised", [mistyped, hurried, voweless])
def test_noise_is_repeatable_and_keeps_every_word(noised: Callable[[str, random.Random], str]) -> None:
    once = noised(TEXT, random.Random(1))
    assert once == noised(TEXT, random.Random(1)) != TEXT
    assert len(once.split()) == len(TEXT.split())


def test_only_vowels_are_left_out() -> None:
    assert voweless("yazdık", random.Random(1)) in ("yzdk", "yazdk")
