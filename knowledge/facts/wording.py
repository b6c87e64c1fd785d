"""A message as facts are looked for in it: folded letter by letter, its words at hand, and names looked up by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.text import visible

Patterns = tuple[re.Pattern[str], ...]
Span = tuple[int, int]
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_ENDING = re.compile(
    r"(?:l[ae]r)?(?:[iu]?m(?:[iu]z)?|s[iu]|[iu]n)?(?:n?[dt][ae]n?(?:ki)?|n?[iu]n|n[iu]|y?[aeiu])?(?:y[iu][mz])?\Z"
)
_LEAST_NEAR = 6
"""Letters from which on a word may be a name written with mistakes."""


@dataclass(frozen=True, slots=True)
class Said:
    """`plain` is `seen` folded, character for character: places in one are places in the other."""

    seen: str
    plain: str
    words: tuple[tuple[str, int], ...]
    """Each folded, with where it begins."""
    has_digit: bool

    @classmethod
    def of(cls, text: str) -> Said:
        return _of_visible(visible(text))

    def typed(self, span: Span) -> str:
        return self.seen[span[0] : span[1]].strip(" .:-")

    def first(self, patterns: Patterns) -> str | None:
        """What the first of those that is found says, as typed."""
        return next((value for _, value in self.found(patterns) if value), None)

    def found(self, patterns: Patterns) -> Iterator[tuple[Span, str]]:
        """Where each is found, and what its group, else all of it, says as typed."""
        for pattern in patterns:
            for match in pattern.finditer(self.plain):
                yield match.span(), self.typed(match.span(match.lastindex or 0))

    def without(self, spans: Iterable[Span]) -> Said:
        """The same with blanks in those places."""
        plain = self.plain
        for start, end in spans:
            plain = plain[:start] + " " * (end - start) + plain[end:]
        if plain == self.plain:
            return self
        words = tuple((word, start) for word, start in self.words if plain.startswith(word, start))
        return Said(self.seen, plain, words, self.has_digit)


@lru_cache(maxsize=8)
def _of_visible(seen: str) -> Said:
    """One message is looked through for its subject and for its facts."""
    plain = _one_to_one(seen)
    words = tuple((match.group(), match.start()) for match in _WORD.finditer(plain))
    return Said(seen, plain, words, _DIGIT.search(plain) is not None)


def _one_to_one(seen: str) -> str:
    if seen.isascii():
        return folded(seen)
    return "".join([_one(c) for c in seen])


@lru_cache(maxsize=4_000)
def _one(character: str) -> str:
    return folded(character)[:1] or " "


class Named(NamedTuple):
    meaning: str
    start: int
    name_end: int
    """Where the name ends and its suffixes begin."""
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


class Lexicon:
    """How things are called: (what it is, an expression of how it is written that begins with two letters).

    `near`: (what it is, its name) of those that are known with mistakes, too; not in their first two letters.
    """

    def __init__(self, names: Iterable[tuple[str, str]], ending: str, near: Iterable[tuple[str, str]] = ()) -> None:
        self._patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self._near: dict[str, tuple[tuple[str, str], ...]] = {}
        for meaning, written in sorted(names, key=lambda name: -len(name[1])):
            self._patterns.setdefault(written[:2], []).append((meaning, re.compile(rf"({written}){ending}")))
        for meaning, name in near:
            self._near[name[:2]] = (*self._near.get(name[:2], ()), (meaning, name))

    def found(self, said: Said) -> Iterator[Named]:
        """What is named, from the beginning."""
        for word, start in said.words:
            begun = word[:2]
            for meaning, pattern in self._patterns.get(begun, ()):
                match = pattern.match(said.plain, start)
                if match is not None:
                    yield Named(meaning, start, match.end(1), match.end())
                    break
            else:
                if len(word) >= _LEAST_NEAR and begun in self._near:
                    meant = _with_mistakes(word, self._near[begun])
                    if meant is not None:
                        yield Named(meant, start, start + len(word), start + len(word))

    def first(self, said: Said) -> str | None:
        return next((named.meaning for named in self.found(said)), None)


@lru_cache(maxsize=4_000)
def _with_mistakes(word: str, names: tuple[tuple[str, str], ...]) -> str | None:
    for form in (word, _ENDING.sub("", word)):
        if len(form) >= _LEAST_NEAR and (found := comparison.meant(form, names, comparison.THINGS)) is not None:
            return found
    return None
