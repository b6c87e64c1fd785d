"""Marked text as Telegram's HTML, cut into messages that the platform takes whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from handlers.messages import ALARM, BOLD, CODE, LINK, QUOTE, TIME, render
from knowledge.language.storable import storable

MAX_TEXT_UNITS = 4096
"""UTF-16 units of the text that is seen, tags not counted."""
_SOONEST = 0.5
"""A cut at a line or a space is looked for in the last half of what fits."""
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_TAGS = {BOLD: "b", ALARM: "b", QUOTE: "i", CODE: "code"}


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text within one pair of tags, or none."""

    text: str
    opens: str = ""
    closes: str = ""


def html_messages(marked: str, *, link: Callable[[str], str | None], time: Callable[[str, str], str]) -> list[str]:
    """Marked text as one or more messages of HTML.

    `link` makes an address of a path (None: the text is shown without), `time` the words for an ISO time and the words
    that a channel with a clock would show.
    """
    return [_html(part) for part in _cut(_runs(marked, link, time))]


def units(text: str) -> int:
    """Its length as the platform counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _runs(marked: str, link: Callable[[str], str | None], time: Callable[[str, str], str]) -> list[_Run]:
    runs: list[_Run] = []

    def bare(text: str) -> str:
        runs.append(_Run(storable(text)))
        return ""

    def span(mark: str, argument: str, body: str) -> str:
        body = storable(body)
        address = link(argument) if mark == LINK else None
        if mark == TIME:
            runs.append(_Run(time(argument, body)))
        elif address is not None:
            runs.append(_Run(body, f'<a href="{escape(address)}">', "</a>"))
        elif mark in _TAGS:
            runs.append(_Run(body, f"<{_TAGS[mark]}>", f"</{_TAGS[mark]}>"))
        else:
            runs.append(_Run(body))
        return ""

    render(marked, span, bare)
    return [run for run in runs if run.text]


def _html(runs: list[_Run]) -> str:
    return "".join(f"{run.opens}{escape(run.text, quote=False)}{run.closes}" for run in runs).strip()


def _cut(runs: list[_Run]) -> list[list[_Run]]:
    """The runs in groups of at most LONGEST; a run that has to be cut is tagged in both halves."""
    groups: list[list[_Run]] = [[]]
    room = MAX_TEXT_UNITS
    for run in runs:
        rest = run.text
        while units(rest) > room:
            head = _head(rest, room, anywhere=room == MAX_TEXT_UNITS)
            if head:
                groups[-1].append(_Run(rest[:head], run.opens, run.closes))
            groups.append([])
            rest, room = rest[head:].lstrip("\n "), MAX_TEXT_UNITS
        if rest:
            groups[-1].append(_Run(rest, run.opens, run.closes))
            room -= units(rest)
    return [group for group in groups if any(run.text.strip() for run in group)]


def _head(text: str, room: int, *, anywhere: bool) -> int:
    """How many letters to keep in this message: up to a line's end, else a space, else between two whole letters.

    0 where none of the first two fits and the next message is as good a place (not `anywhere`).
    """
    fits = _fitting(text, room)
    for boundary in ("\n", " "):
        place = text.rfind(boundary, int(fits * _SOONEST), fits + 1)
        if place > 0:
            return place
    if not anywhere:
        return 0
    while fits > 1 and (text[fits] in _JOINERS or text[fits - 1] in _JOINERS or unicodedata.combining(text[fits])):
        fits -= 1
    return fits if fits > 1 else _fitting(text, room)


def _fitting(text: str, room: int) -> int:
    length = 0
    for place, letter in enumerate(text):
        length += 2 if letter > "\uffff" else 1
        if length > room:
            return place
    return len(text)
