from __future__ import annotations

import pytest

from bot.channels.telegram.markup import MAX_TEXT_UNITS, html_messages
from handlers.messages import ALARM, BOLD, CODE, END, LINK, QUOTE, SEP, TIME
from tests.servers.telegram import seen_text, utf16


def shown(marked: str, web: str | None = "https://masa.example") -> list[str]:
    return html_messages(marked, link=lambda path: web and f"{web}{path}", time=lambda iso, _words: iso[11:16])


def test_spans_become_tags() -> None:
    marked = f"{ALARM}!{END} {BOLD}a{END} {QUOTE}b{END} {CODE}c{END} {TIME}2026-11-22T10:05:00+00:00{SEP}az önce{END}"
    assert shown(marked) == ["<b>!</b> <b>a</b> <i>b</i> <code>c</code> 10:05"]


def test_a_link_is_a_page_of_ours_or_plain_text() -> None:
    marked = f'{LINK}/t?a=1&b="{SEP}kayıt{END}'
    assert shown(marked) == ['<a href="https://masa.example/t?a=1&amp;b=&quot;">kayıt</a>']
    assert shown(marked, web=None) == ["kayıt"]


@pytest.mark.parametrize(
    "typed", ["<b>", "a & b", '<a href="x">', "&lt;", "</b>", "<tg-spoiler>", "<!--", "tg://user?id=1"]
)
def test_what_people_type_is_shown_as_typed(typed: str) -> None:
    (html,) = shown(f"{BOLD}{typed}{END} {typed}")
    assert seen_text(html, "HTML") == f"{typed} {typed}"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "kelime " * 3_000,
        "satır\n" * 3_000,
        "🖨" * 9_000,
        "👨‍👩‍👧" * 3_000,
        "e\u0301" * 9_000,
        "<&>" * 4_000,
    ],
)
def test_a_long_text_is_split_whole(text: str) -> None:
    parts = [seen_text(html, "HTML") for html in shown(f"baş {BOLD}{text}{END} son")]
    assert all(0 < utf16(part) <= MAX_TEXT_UNITS for part in parts)
    together = "".join(parts)
    assert "".join(together.split()) == "".join(f"baş{text}son".split())


def test_a_split_does_not_tear_a_letter() -> None:
    parts = [seen_text(html, "HTML") for html in shown("👨‍👩‍👧" * 3_000 + "e\u0301" * 5_000)]
    assert not any(part.startswith(("\u200d", "\u0301")) for part in parts)


def test_both_halves_of_a_split_span_keep_their_tags() -> None:
    first, second = shown(f"{BOLD}{'a' * 5000}{END}")
    assert first.startswith("<b>")
    assert first.endswith("</b>")
    assert second.startswith("<b>")


@pytest.mark.parametrize("odd", ["\ud83d", "\x00", "\udc00a"])
def test_what_no_request_can_carry_is_replaced(odd: str) -> None:
    (html,) = shown(f"x{odd}y")
    html.encode()
    assert html.startswith("x")


@pytest.mark.parametrize("nothing", ["", " ", "\n" * 5000, f"{BOLD}{END}"])
def test_nothing_is_no_message(nothing: str) -> None:
    assert shown(nothing) == []
