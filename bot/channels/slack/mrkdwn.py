"""Text in both directions. User text is data: nothing in it can ping, mention or link.

Out, text goes as `rich_text` elements, where it is literal; only the fallback (what notifications and screen readers
say) is mrkdwn, and escaped. In, Slack's references are turned back into what the person saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.messages import ALARM, BOLD, CODE, LINK, TIME, render
from handlers.spoken_time import SHORT_MONTHS
from knowledge.language.storable import storable

BLOCK_LENGTH = 3000
"""Characters in a block; Slack says so of sections, and it is as good a measure for rich text."""
MESSAGE_LENGTH = 11_000
"""Characters in a message: Slack takes about 13,000 in all blocks together, markup included."""
FALLBACK_LENGTH = 3000

Element = dict[str, Any]
_REFERENCE = re.compile(r"<([@#!][^<>\n]*|[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\n]*)>")
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


# --- in -----------------------------------------------------------------------------------------
def typed(text: str, bot: str = "") -> str:
    """Slack's text as its writer saw it; `bot`: the desk's own user, whose mention goes without a trace."""

    def shown(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if target.startswith("@"):
            return "" if target[1:] == bot else f"@{label or 'kişi'}"
        if target.startswith("#"):
            return f"#{label or 'kanal'}"
        if target.startswith("!"):
            return label or f"@{target[1:].partition('^')[0]}"
        bare = target.removeprefix("mailto:").removeprefix("tel:")
        return bare if not label or label in bare else f"{label} ({bare})"

    text = _REFERENCE.sub(shown, text)
    for escaped, character in _ESCAPES:
        text = text.replace(escaped, character)
    return storable(text).strip()


# --- out ----------------------------------------------------------------------------------------
def escaped(text: str) -> str:
    """mrkdwn in which nothing is a mention, a channel ping or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(text: str) -> str:
    """Marked text as escaped mrkdwn without markup: for notifications and screen readers."""
    plain = render(text, lambda _mark, _argument, body: body, lambda bare: bare)
    return escaped(plain if len(plain) <= FALLBACK_LENGTH else plain[: FALLBACK_LENGTH - 1] + "…")


def elements(text: str, web_url: str, zone: ZoneInfo) -> list[Element]:
    """Marked text as the elements of a `rich_text_section`."""
    found: list[Element] = []

    def bare(part: str) -> str:
        if part:
            found.append({"type": "text", "text": part})
        return ""

    def span(mark: str, argument: str, body: str) -> str:
        if body:
            found.append(_span(mark, argument, body, web_url, zone))
        return ""

    render(text, span, bare)
    return found


def _span(mark: str, argument: str, body: str, web_url: str, zone: ZoneInfo) -> Element:
    plain: Element = {"type": "text", "text": body}
    match mark:
        case _ if mark in {BOLD, ALARM}:
            return {**plain, "style": {"bold": True}}
        case _ if mark == CODE:
            return {**plain, "style": {"code": True}}
        case _ if mark == LINK and web_url and argument.startswith("/") and not argument.startswith("//"):
            return {"type": "link", "url": web_url + argument, "text": body}
        case _ if mark == TIME and body.endswith("önce"):
            return {"type": "text", "text": _clock(argument, zone) or body}
        case _:
            return plain


def _clock(iso: str, zone: ZoneInfo) -> str:
    """`24 Kas 14:05`: a message stands for days, "12 dk önce" would soon be wrong; Slack's own dates are English."""
    try:
        at = datetime.fromisoformat(iso).astimezone(zone)
    except ValueError:
        return ""
    return f"{at.day} {SHORT_MONTHS[at.month - 1]} {at:%H:%M}"


def sections(found: list[Element]) -> list[list[Element]]:
    """The elements in blocks that Slack takes: cut at line ends where there are any, else at spaces, else anywhere."""
    blocks: list[list[Element]] = []
    current: list[Element] = []
    room = BLOCK_LENGTH
    for element in found:
        for part in _pieces(element, room):
            length = len(part["text"])
            if current and length > room:
                blocks.append(current)
                current, room = [], BLOCK_LENGTH
            current.append(part)
            room -= length
    if current:
        blocks.append(current)
    return blocks


def _pieces(element: Element, room: int) -> Iterator[Element]:
    """One element, cut where it does not fit; only text ever is that long."""
    text = element["text"]
    if element["type"] != "text":
        yield element
        return
    while len(text) > room:
        cut = max(text.rfind("\n", 0, room), text.rfind(" ", 0, room)) + 1
        if cut <= 0:
            cut = room if room > BLOCK_LENGTH // 4 else 0
        if cut:
            yield {**element, "text": text[:cut]}
        text, room = text[cut:], BLOCK_LENGTH
        if not text:
            return
    yield {**element, "text": text}


def messages(blocks: list[list[Element]]) -> list[list[list[Element]]]:
    """Blocks in messages that Slack takes."""
    out: list[list[list[Element]]] = [[]]
    room = MESSAGE_LENGTH
    for block in blocks:
        length = sum(len(part["text"]) for part in block)
        if out[-1] and length > room:
            out.append([])
            room = MESSAGE_LENGTH
        out[-1].append(block)
        room -= length
    return out
