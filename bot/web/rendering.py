"""Text to HTML: the one place where anything is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.web.fingerprint import marked
from handlers.messages import ALARM, BOLD, CODE, FOLD, LINK, QUOTE, TIME, render, unmarked
from handlers.spoken_time import MONTHS

Cell = str | int | float | None
"""Of a table of numbers."""
NO_STORE = {"Cache-Control": "no-store"}
"""Headers of a page that shows what is somebody's own."""
_ITEM = re.compile(r"(\d{1,2})\. (.*)", re.DOTALL)
_BULLET = re.compile(r"[•–-] (.*)", re.DOTALL)
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\u200b\ufeff]")
"""Marks that turn the direction of what follows, and letters without a width: nothing a name needs."""
_NUMBER = re.compile(r"\d{4}-\d{6,}", re.ASCII)
_ADDRESS = re.compile(
    r"""\bhttps?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?![\w@.:-])(?:/[A-Za-z0-9\-._~%/?#=&+:;,!*@$]*)?"""
)
"""In plain letters and without a name before an @: what it leads to is what is read."""
_ENDS_A_SENTENCE = ".,;:!?"
_EXTENSION = re.compile(r"\bdahili (\d{3,5})\b", re.IGNORECASE)
_EMERGENCY_CALL = re.compile(r"\b112(?=(?:'|&#39;)y[iı] ara)")
_OWN_PATH = re.compile(r"/(?![/\\])[\w\-./~%?=&#:]*")


def marked_html(text: str, zone: ZoneInfo, base: str = "", *, to_tickets: bool = False) -> Markup:
    """Marked text of the desk as HTML: spans, paragraphs, numbered steps and bullets. `base`: where our pages begin.
    `to_tickets`: a ticket's number leads to its page, for who has one."""

    def span(mark: str, argument: str, body: str) -> str:
        inner = _inline(body)
        match mark:
            case _ if mark == BOLD and to_tickets and _NUMBER.fullmatch(body):
                where = f"{escape(base)}/panel/kayit/{body}"
                return f'<strong><a href="{where}" target="_blank" rel="noopener">{body}</a></strong>'
            case _ if mark == BOLD:
                return f"<strong>{inner}</strong>"
            case _ if mark == ALARM:
                return f'<strong class="alarm">{inner}</strong>'
            case _ if mark == QUOTE:
                return f'<q dir="auto">{inner}</q>'
            case _ if mark == CODE:
                return f"<code>{inner}</code>"
            case _ if mark == TIME:
                return _time(argument, body, zone)
            case _ if mark == LINK and _OWN_PATH.fullmatch(argument):
                return f'<a href="{escape(base + argument)}">{inner}</a>'
            case _:
                return inner

    def blocks(part: str) -> str:
        return _blocks(render(part, span, lambda bare: _callable(str(escape(bare)))))

    shown, _, rest = text.partition(FOLD)
    line, _, folded = rest.partition("\n")
    below = f"<details><summary>{_inline(unmarked(line))}</summary>{blocks(folded)}</details>" if folded else ""
    return Markup(blocks(shown) + below)  # noqa: S704 - all parts are escaped


def bare_html(text: str) -> Markup:
    """What a person wrote: as typed, no markup of any kind; addresses and extensions can be tapped, none is fetched."""
    out: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_ENDS_A_SENTENCE)
        link = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{escape(address)}</a>'
        out += (_callable(_inline(text[end : found.start()])), link)
        end = found.start() + len(address)
    return Markup("".join((*out, _callable(_inline(text[end:])))))  # noqa: S704 - escaped


def _callable(html: str) -> str:
    """Numbers that are meant to be rung, in escaped HTML."""
    html = _EXTENSION.sub(r'<a href="tel:\1">\g<0></a>', html)
    return _EMERGENCY_CALL.sub(r'<a href="tel:112">112</a>', html)


def _inline(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")


def _time(iso: str, body: str, zone: ZoneInfo) -> str:
    try:
        exact = datetime.fromisoformat(iso)
    except ValueError:
        return _inline(body)
    relative = ' class="ago"' if body.endswith("önce") else ""
    return f'<time datetime="{escape(iso)}" title="{exact_time(exact, zone)}"{relative}>{_inline(body)}</time>'


def _blocks(html: str) -> str:
    """Lines of escaped HTML as paragraphs and lists."""
    out: list[str] = []
    paragraph: list[str] = []
    items: list[str] = []
    opener = ""

    def end_paragraph() -> None:
        if paragraph:
            out.append(f"<p>{'<br>'.join(paragraph)}</p>")
            paragraph.clear()

    def end_list() -> None:
        if items:
            out.append(f"<{opener}>{''.join(f'<li>{item}</li>' for item in items)}</{opener[:2]}>")
            items.clear()

    for line in html.split("\n"):
        numbered, bullet = _ITEM.fullmatch(line), _BULLET.fullmatch(line)
        if numbered and not (items and opener.startswith("ol")):
            end_paragraph()
            end_list()
            opener = f'ol start="{int(numbered[1])}"'
        elif bullet and not (items and opener == "ul"):
            end_paragraph()
            end_list()
            opener = "ul"
        if numbered or bullet:
            items.append(numbered[2] if numbered else bullet[1] if bullet else "")
            continue
        end_list()
        if line.strip():
            paragraph.append(line)
        else:
            end_paragraph()
    end_list()
    end_paragraph()
    return "".join(out)


def shown_name(name: str) -> str:
    """A name without what could make it look like another one's, or turn the line around."""
    return " ".join(_UNSEEN.sub("", name).split())[:80]


def local(at: str | datetime, zone: ZoneInfo) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        return None
    return parsed.astimezone(zone)


def exact_time(at: datetime, zone: ZoneInfo) -> str:
    """`22 Kasım 2026 15:19`"""
    there = at.astimezone(zone)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year} {there:%H:%M}"


def number(value: Cell) -> str:
    """As it is read: `1.204`, `3,5`."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.1f}".replace(".", ",")
    return f"{int(value):,}".replace(",", ".")


def file_size(size: int) -> str:
    """`1,4 MB`"""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


class _Templates(FileSystemLoader):
    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        return marked(source), path, is_fresh


_environment = Environment(
    loader=_Templates(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    cache_size=-1,  # each is compiled once
    auto_reload=False,  # and never looked for again
)
_environment.filters.update(shown_name=shown_name, file_size=file_size, number=number)
for _name in _environment.list_templates(["html"]):
    if not _name.startswith("panel"):
        _environment.get_template(_name)
"""The pages of the chat are compiled at import, 8 ms each, so that no clerk waits for it; those of the panel, which are
more, when they are first opened."""


def page(template: str, **data: object) -> str:
    return _environment.get_template(template).render(**data)
