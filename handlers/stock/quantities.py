"""What somebody typed of malzeme: "2 tn2421", "2 adet tn-2421 1 drum", "tn 2421 taktım", "tn2421 2 adet".

A quantity counts only right before what it is of, or with its "adet" right behind: "2 nolu yazıcıya tn2421" is one,
"tn2421 takıldı, 312 nolu oda" too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from handlers.domain.errors import Invalid
from handlers.domain.stock import MOST_TAKEN, Item
from knowledge.language import comparison
from knowledge.language.device_keys import make_key
from knowledge.language.folding import folded

_WORDS = {
    name: number
    for number, name in enumerate(["bir", "iki", "uc", "dort", "bes", "alti", "yedi", "sekiz", "dokuz", "on"], start=1)
}
_COUNT = rf"(?:(?<![\w.,-])(?P<number>\d{{1,6}}(?:[.,]\d++)?)|(?<!\w)(?P<word>{'|'.join(_WORDS)}))"
_BEFORE = re.compile(rf"{_COUNT}\s*+(?:(?:adet|tane|x|×)\s*+)?\Z")
_BEHIND = re.compile(rf"\s*+(?:[:,(]\s*+)?{_COUNT}\s*+(?:adet|tane)(?!\w)")
_LIKE_A_CODE = re.compile(
    rf"(?:{_COUNT}\s*+(?:(?:adet|tane|x|×)\s*+)?)?(?P<code>[a-z]{{1,5}}[\s-]?\d{{2,6}}[a-z]{{0,3}})"
    r"(?:\s++(?:takildi|taktim|degisti|degistirildi|kullanildi|kullandim))?[.!]?"
)
_BETWEEN = r"[\s._/-]*"
_SHORTEST, _SHORTEST_OF_DIGITS = 3, 5
"""A code of fewer digits alone reads as the number of a room."""
_MOST_NEAR = 2


@dataclass(frozen=True, slots=True)
class Named:
    item: Item
    quantity: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that is spelled as a code and is none; `near`: those that may be meant."""

    typed: str
    quantity: int
    near: Sequence[Item]


def named_in(text: str, items: Iterable[Item]) -> list[Named]:
    """In the order in which they stand there. Raises Invalid(`stock_quantity`, `stock_half`)."""
    plain, known = folded(text), list(items)
    codes: list[tuple[int, int, Item]] = []
    for item in sorted(known, key=lambda one: -len(make_key(one.code))):
        for match in _of_code(item, plain):
            if not any(start < match.end() and match.start() < end for start, end, _ in codes):
                codes.append((*match.span(), item))
    begins = {start for start, _, _ in codes}
    taken = [
        (start, item, _quantity(plain[:start]) or _quantity_behind(plain, end, begins) or 1)
        for start, end, item in codes
    ]
    for word, item in _names(known).items():
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", plain):
            if any(one is item for _, one, _ in taken):
                break
            if (quantity := _quantity(plain[: match.start()])) is not None:
                taken.append((match.start(), item, quantity))
    found: dict[int, Named] = {}
    for _, item, quantity in sorted(taken, key=lambda one: one[0]):
        before = found[item.id].quantity if item.id in found else 0
        found[item.id] = Named(item, before + quantity)
    return list(found.values())


def unknown_in(text: str, items: Iterable[Item]) -> Unknown | None:
    """Where nothing else stands there than what looks like a code, and is near to one."""
    match = _LIKE_A_CODE.fullmatch(folded(text).strip())
    if match is None:
        return None
    by_code = {one.code: one for one in items}
    spelled = [(code, make_key(code)) for code in by_code]
    near = comparison.nearest(make_key(match["code"]), spelled, comparison.CODES, _MOST_NEAR)
    return Unknown(match["code"], _said(match), [by_code[code] for code in near]) if near else None


def _of_code(item: Item, plain: str) -> Iterable[re.Match[str]]:
    key = make_key(item.code)
    if len(key) < (_SHORTEST_OF_DIGITS if key.isdecimal() else _SHORTEST):
        return ()
    parts = [re.escape(part) for part in re.findall(r"[^\W\d_]+|\d+", key)]
    spelled = _BETWEEN.join(parts)
    return re.finditer(rf"(?<![^\W_]){spelled}(?![^\W_])", plain)


def _names(items: Sequence[Item]) -> dict[str, Item]:
    """The first word of a name, where one item alone has it."""
    firsts = [(folded(one.name).split() or [""])[0] for one in items]
    often = Counter(firsts)
    return {word: one for word, one in zip(firsts, items, strict=True) if often[word] == 1 and len(word) >= _SHORTEST}


def _quantity(before: str) -> int | None:
    match = _BEFORE.search(before)
    return None if match is None else _said(match)


def _quantity_behind(plain: str, end: int, begins: Container[int]) -> int | None:
    """Unless it is of the code that follows."""
    match = _BEHIND.match(plain, end)
    if match is None or match.end() + len(plain[match.end() :]) - len(plain[match.end() :].lstrip()) in begins:
        return None
    return _said(match)


def _said(match: re.Match[str]) -> int:
    if match["word"]:
        return _WORDS[match["word"]]
    written = match["number"] or "1"
    if not written.isdecimal():
        raise Invalid("stock_half", typed=written.replace(".", ","))
    if not 1 <= int(written) <= MOST_TAKEN:
        raise Invalid("stock_quantity", typed=written, most=MOST_TAKEN)
    return int(written)
