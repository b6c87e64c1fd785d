"""Numbers by which a device is known, and when two ways of writing one are the same number.

| number | canonical | written as well |
|---|---|---|
| official (taşınır sicil no: code, year, place in the year) | `255.02.01.01.02.01/18/00252` | `255.2.1.1.2.1/18/252`, `255 02 01 … 18 00252`, `255.02.01.01.02.011800252`, `25502010102011800252` |
| the house's other one (an older list's, a label's) | `2021-432`, `bim-42` | `2021/00432`, `BİM 0042` |
| ours | `D-00042` | `d42`, `D-42`, `d 00042` |
| serial | `CND1234567` | `cnd 123-4567` |

A device has at most one of each. Whoever stores or looks up one compares by the canonical form alone. What of a text is
such a number is found by `knowledge.facts.identifiers`.
"""  # noqa: E501 # rows of a table

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.language.folding import folded

GROUPS = (
    r"(?:25\d(?: \d{1,2}){4,7} \d{3,6}"
    r"|\d{3}(?:[ ./-]\d{1,2}){3,5}[ ./-]?\d{2,9}(?:[./-]\d{1,6}| \d{5})?"
    r"|25\d(?:[./-]\d{1,2}){2,6}[./-]\d{2,10}(?:[./-]\d{1,6})?)"
)
"""An expression for the official number as it stands in a text: code in groups, year, place. One of them in one run of
digits is told by its beginning alone: `JOINED`."""
JOINED = r"25[345]\d{14,18}"

_SPLIT = re.compile(r"\d+|[./-]| ")
_NUMBER = re.compile(r"25\d(?:(?: ?[./-] ?| )\d{1,10}){2,9}")
_EDGES = " .,:;()[]\"'#=-/"
_OWN = re.compile(r"d ?-? ?(\d{1,6})")
_OWN_IN_A_TEXT = re.compile(
    r"(?<![\w./-])(?<!oda )(?<!kapi )(?<!daire )(?<!blok )(?<!salon )(?<!ofis )(?<!kat )(?<!kabin )"
    r"d ?-? ?(\d{1,6})(?![\d./-]*\d)(?!\w)"
    r"(?! ?(?:'?(?:n?[uo]?lu|no(?:lu)?|numarali) )?"
    r"(?:oda|ofis|buro|blok|salon|kapi|daire|kara ?yol|yol|otoyol|cadde|sokak))"
)
_RUN = re.compile(r"[^\W\d_]+|\d+")
_NO_SERIAL = re.compile(
    r"(?:tobefilled\w*|default(?:string)?|systemserialnumber|serialnumber|chassisserialnumber|notspecified|notapplicable"
    r"|notavailable|none|null|na|oem|invalid|unknown|bilinmiyor|yok|x+|(.)\1*|0?123456789?0?)"
)
"""What boards and lists have in the place of a serial, folded and without what stands between."""
_LEAST_JOINED, _MOST_JOINED = 14, 21


class OfficialNumber(NamedTuple):
    """`code`: groups of two digits, the first of three; `place`: in its year, at least five digits."""

    code: tuple[str, ...]
    year: str
    place: str

    def __str__(self) -> str:
        return f"{'.'.join(self.code)}/{self.year}/{self.place}"


def official_number(typed: str) -> OfficialNumber | None:
    """The official number that a text is, in whatever spelling; None where it is none, or has no year."""
    text = typed.strip(_EDGES)
    if text.isascii() and text.isdigit():
        return _of_one_run(text)
    if _NUMBER.fullmatch(text) is None:
        return None
    parts = [part for part in _SPLIT.findall(text) if part != " "]
    digits = [part for part in parts if part.isdigit()]
    between = _between(text)
    *groups, last = digits
    if len(last) > 6:
        groups, last = [*groups, *_glued_before(last, between[-1])], _glued(last, between[-1])
        between = [*between, between[-1]]
    return _of_groups(groups, last, between)


def _between(text: str) -> list[str]:
    """What stands between the groups, one sign each."""
    return [sign.strip() or " " for sign in re.findall(r"[ ./-]+", text)]


def _glued(last: str, sign: str) -> str:
    return last[sum(len(part) for part in _glued_before(last, sign)) :]


def _glued_before(last: str, sign: str) -> list[str]:
    """What is written without a stop before the place: the year alone, or the last group of the code and the year."""
    if len(last) <= 8:
        return [last[:2]]
    if sign == "/" and last[:2] in ("19", "20"):
        return [last[:4]]
    return [last[:2], last[2:4]]


def _of_groups(groups: list[str], place: str, between: list[str]) -> OfficialNumber | None:
    first, *code, year = groups
    if len(year) == 4 and year[:2] in ("19", "20"):
        year = year[2:]
    if not 2 <= len(code) <= 6 or any(len(group) > 2 for group in (*code, year)):
        return None
    if len(set(between)) > 1 and between[-2:-1] == ["."] and between[-1] != ".":
        return None  # "255.02.01.01/0034": what stands before the place is the code's, not a year
    return OfficialNumber((first, *(group.zfill(2) for group in code)), year.zfill(2), place.zfill(5))


def _of_one_run(digits: str) -> OfficialNumber | None:
    if not _LEAST_JOINED <= len(digits) <= _MOST_JOINED or not digits.startswith("25"):
        return None
    place = 5 + len(digits) % 2
    code, year = digits[: -place - 2], digits[-place - 2 : -place]
    groups = tuple(code[start : start + 2] for start in range(3, len(code), 2))
    return OfficialNumber((code[:3], *groups), year, digits[-place:])


def year_and_place(typed: str) -> tuple[str, str] | None:
    """Of an official number whose code is left out ("18/252"): it is one only where a place leaves a single device."""
    found = re.fullmatch(r"(\d{2}|(?:19|20)\d{2}) ?[/-] ?(\d{1,6})", typed.strip(_EDGES))
    return (found[1][-2:], found[2].zfill(5)) if found else None


def asset_key(typed: str) -> str:
    """The key of an official or another number of the house; empty where no digit is in it.

    Groups are compared without the noughts before them, so that "2021-00432" is "2021/432"; "BİM-0042" is "bim 42".
    """
    official = official_number(typed)
    if official is not None:
        return str(official)
    parts = _RUN.findall(folded(typed))
    if not any(part.isdigit() for part in parts):
        return ""
    return "-".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def is_same_asset(one: str, other: str) -> bool:
    key = asset_key(one)
    return bool(key) and key == asset_key(other)


def own_number(typed: str) -> int | None:
    """Our number, as somebody asks for a device by it; a bare number is a ticket's."""
    found = _OWN.fullmatch(folded(typed.strip(_EDGES)))
    return int(found[1]) or None if found else None


def own_numbers(plain: str) -> tuple[int, ...]:
    """Those in a folded text; neither rooms ("oda D12", "D-12 nolu oda") nor roads ("D-100 karayolu")."""
    found = (int(match[1]) for match in _OWN_IN_A_TEXT.finditer(plain))
    return tuple(dict.fromkeys(number for number in found if number))


def own_name(number: int) -> str:
    return f"D-{number:05}"


def serial_key(typed: str) -> str | None:
    """A serial without what people put between its signs; None for what boards and lists have where there is none."""
    plain = re.sub(r"[\W_]", "", folded(typed))
    if not plain or _NO_SERIAL.fullmatch(plain):
        return None
    return plain.upper()
