"""How near a word that somebody typed is to a name that is known: the one place where rapidfuzz is asked.

Everything is folded first. Each kind of name has its measure with its own threshold, since a wrong offer costs
differently: a command is offered from far, a person from near. The thresholds were chosen on the labelled table of the
tests, midway between the least of what must be found and the most of what must not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from knowledge.language.folding import folded

Key = TypeVar("Key")
_WORD = re.compile(r"[^\W_]+")
_OF_AN_OFFICE = re.compile(
    r"mudurlu\w*|mudurlk|md|mdr\w*|mud|bsk\w*|baskanlig\w*|birim\w*|servis\w*|daire\w*|sube\w*|ve"
)
_OF_A_MUDURLUK = re.compile(r"mudurlu[gk]u?|mudurlk|md|mdr|mud")
_DENIES = re.compile(r"m[ae]?d[iu]|m[ae]z|m[iu]yo|de?gi?l|yok|hayir")
_ABBREVIATED = 96.0
"""What a beginning of a word counts ("hizm" for "hizmetler"): nearly as the word itself, and never more."""
_SAME = 100.0
_BEGUN, _BEGUN_ALONE = 3, 4
"""Letters from which on a word may be the beginning of another: beside others ("fen işl"), and alone."""
_LEAST_WORD = 60.0
"""A word that is less alike than this is another word, and counts nothing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`likeness` of two folded texts, from 0 to 100. From `least` on one is near enough to be offered; who is `apart`
    points ahead of all others is the one that was meant."""

    likeness: Callable[[str, str], float]
    least: float
    apart: float


def nearest(typed: str, known: Iterable[tuple[Key, str]], measure: Measure, limit: int = 5) -> list[Key]:
    """Whose name is near enough, the nearest first; a key that has several names counts by its nearest."""
    return [key for key, _ in _ranked(typed, known, measure)[:limit]]


def meant(typed: str, known: Iterable[tuple[Key, str]], measure: Measure) -> Key | None:
    """The one that is near enough and plainly nearer than any other; None where two are alike."""
    ranked = _ranked(typed, known, measure)
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < measure.apart):
        return None
    return ranked[0][0]


def called(typed: str, known: Iterable[tuple[Key, str]], measure: Measure) -> Key | None:
    """Whose name just this is, in other letters, order or with other words that every one has; None where two are."""
    said = _plain(typed)
    names = [(key, _plain(name)) for key, name in known]
    found = {key for key, name in names if measure.likeness(said, name) == measure.likeness(name, said) == _SAME}
    return found.pop() if said and len(found) == 1 else None


def abbreviated(typed: str, known: Iterable[tuple[Key, str]], measure: Measure) -> Key | None:
    """Whose name has every word that was typed, or one that begins so; None where two have."""
    ranked = _ranked(typed, known, measure)
    if not ranked or ranked[0][1] < _ABBREVIATED:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[1][1] < ranked[0][1] - measure.apart else None


@lru_cache(maxsize=2048)
def office(name: str) -> str:
    """By which a müdürlük is one, however it is written: "Mali Hizmetler", "MALİ HİZMETLER MÜD." """
    plain = _plain(name)
    return _bare(plain) or plain


def is_office_word(word: str) -> bool:
    """One that says no more than that it is a müdürlük: "Müdürlüğü", "Müd.", "Md." """
    return _OF_A_MUDURLUK.fullmatch(_plain(word)) is not None


def alike(one: str, other: str, measure: Measure) -> bool:
    """Whether two names may be one, each written in its own way: near enough seen from either side."""
    said, name = _plain(one), _plain(other)
    return bool(said and name) and min(measure.likeness(said, name), measure.likeness(name, said)) >= measure.least


def _ranked(typed: str, known: Iterable[tuple[Key, str]], measure: Measure) -> list[tuple[Key, float]]:
    said = _plain(typed)
    if not said:
        return []
    best: dict[Key, float] = {}
    for key, name in known:
        like = measure.likeness(said, _plain(name))
        if like >= measure.least and like > best.get(key, 0.0):
            best[key] = like
    return sorted(best.items(), key=lambda item: -item[1])


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


# --- likenesses ---------------------------------------------------------------------------------
def _letters(said: str, name: str) -> float:
    """Letters missing, added, changed or swapped with the next, against the longer of the two."""
    return 100 * OSA.normalized_similarity(said, name)


def _words(said: str, name: str) -> float:
    """Each word that was said against the one of the name that is nearest, in any order, or begins so; nothing is like
    nothing."""
    words, others = said.split(), name.split()
    total, least_begun = sum(map(len, words)), _BEGUN if len(words) > 1 else _BEGUN_ALONE
    like = 0.0
    for word in words:
        if not others:
            break
        found, one = max((_word(word, other, least_begun), other) for other in others)
        if found >= _LEAST_WORD:
            like += len(word) * found
            others.remove(one)
    return like / total if total else 0.0


def _word(said: str, other: str, least_begun: int) -> float:
    if least_begun <= len(said) < len(other) and other.startswith(said):
        return _ABBREVIATED
    return _letters(said, other)


def _office(said: str, name: str) -> float:
    """Without "müdürlüğü", "md." and the like, which every office has."""
    bare, other = _bare(said), _bare(name)
    return _words(bare, other) if bare and other else _letters(said, name)


def _bare(plain: str) -> str:
    return " ".join(word for word in plain.split() if not _OF_AN_OFFICE.fullmatch(word))


def _whole_name(said: str, name: str) -> float:
    """A first name alone finds nobody by likeness: half the staff is called so."""
    return _words(said, name) if len(said.split()) > 1 else _letters(said, name)


def _label(said: str, name: str) -> float:
    """All words of either; "işe yaramadı" is two letters from "İşe yaradı", and its opposite."""
    if bool(_DENIES.search(said)) != bool(_DENIES.search(name)):
        return 0.0
    return min(_words(said, name), _words(name, said))


PEOPLE = Measure(_whole_name, least=80, apart=10)
"""To be offered, never taken: two of one name work in one house."""
DEPARTMENTS = Measure(_office, least=78, apart=8)
COMMANDS = Measure(_letters, least=62, apart=10)
CODES = Measure(_letters, least=60, apart=10)
"""Of what lies in the depot: "tn2450" is offered TN-2421 and TN-2456."""
THINGS = Measure(_letters, least=80, apart=8)
"""Makes, programs and devices in a sentence, among all other words of the language: one letter in five at most."""
NAMES = Measure(_words, least=72, apart=10)
"""Units, subjects, articles and options: short lists that are known to whoever types."""
BUTTONS = Measure(_label, least=84, apart=8)
COLUMNS = Measure(fuzz.token_sort_ratio, least=80, apart=6)
REPORTS = Measure(fuzz.token_set_ratio, least=80, apart=5)
"""Two reports of one fault share their words, not their order; whoever adds something says the same and more."""
