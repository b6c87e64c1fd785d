"""What typing does to words: slips of the finger, and vowels that are left out to be quick. For training."""

import random

_KEYS = "abcdefghijklmnoprstuvyz"
_VOWELS = frozenset("aeıioöuüâîûAEIİOÖUÜÂÎÛ")


def mistyped(text: str, chance: random.Random, every: int = 3, shortest: int = 4) -> str:
    """The text with a typo in every third longer word: a letter left out, swapped, replaced or doubled."""
    typed = []
    count = chance.randrange(every)
    for word in text.split(" "):
        changed = word
        if len(word) >= shortest and word.isalpha():
            count += 1
            if count % every == 0:
                changed = _slipped(word, chance)
        typed.append(changed)
    return " ".join(typed)


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 2:
            return word[:at] + chance.choice(_KEYS) + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]


def hurried(text: str, chance: random.Random) -> str:
    """Vowels of the endings left out in some of the longer words ("yazıcdn çıkt gelmyr"), all vowels in others."""
    return " ".join(_shortened(word, chance, chance.choice((0, 1, 1, 2))) for word in text.split(" "))


def voweless(text: str, chance: random.Random) -> str:
    """Nearly all vowels left out ("yzc ckt vrmyr")."""
    return " ".join(_shortened(word, chance, 2 if chance.random() < 0.9 else 1) for word in text.split(" "))


def _shortened(word: str, chance: random.Random, how: int) -> str:
    if how == 0 or len(word) < 3:
        return word
    kept = 1 if how == 2 else chance.choice((3, 4, 5))
    first = word[:kept] if word[0] in _VOWELS or how == 1 else word[0]
    return first + "".join(letter for letter in word[len(first) :] if letter not in _VOWELS)
