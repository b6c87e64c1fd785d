from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.channels.slack.mrkdwn import (
    BLOCK_LENGTH,
    MESSAGE_LENGTH,
    elements,
    escaped,
    fallback,
    messages,
    sections,
    typed,
)
from handlers.messages import ALARM, BOLD, CODE, END, LINK, QUOTE, SEP, TIME

ISTANBUL = ZoneInfo("Europe/Istanbul")
WEB = "https://masa.example"


@pytest.mark.parametrize(
    ("slack", "seen"),
    [
        ("yazıcı &lt;bozuk&gt; &amp; yavaş", "yazıcı <bozuk> & yavaş"),
        ("&amp;lt; olduğu gibi", "&lt; olduğu gibi"),
        ("<@U0MASA> yazıcı bozuk", "yazıcı bozuk"),
        ("<@U123|ayse> ve <@U9> de yaşıyor", "@ayse ve @kişi de yaşıyor"),
        ("<#C1|genel> kanalında", "#genel kanalında"),
        ("<!here> acil", "@here acil"),
        ("<!subteam^S1|@bim> baksın", "@bim baksın"),
        ("<https://ebys.example/giris>", "https://ebys.example/giris"),
        ("<http://ebys.example|ebys.example>", "http://ebys.example"),
        ("<https://ebys.example|giriş sayfası>", "giriş sayfası (https://ebys.example)"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("3 < 5 ve 7 > 2", "3 < 5 ve 7 > 2"),
        ("yarım \ud83d çift ve NUL\x00", "yarım \ufffd çift ve NUL\ufffd"),
    ],
)
def test_what_somebody_typed_comes_in_as_they_saw_it(slack: str, seen: str) -> None:
    assert typed(slack, "U0MASA") == seen


@pytest.mark.parametrize(
    "evil", ["<!channel>", "<!here>", "<@U1>", "<https://x.example|tıkla>", "<!subteam^S1>", "a & <b>"]
)
def test_nothing_typed_is_a_reference_in_the_fallback(evil: str) -> None:
    assert "<" not in fallback(f"{QUOTE}“{evil}”{END} {evil}")
    assert typed(escaped(evil)) == evil


def test_typed_text_is_one_literal_element() -> None:
    evil = "*kalın* _eğik_ `kod` <!channel> @all :fire: <https://x|y>"
    assert elements(evil, WEB, ISTANBUL) == [{"type": "text", "text": evil}]


def test_spans_become_styles() -> None:
    marked = (
        f"{ALARM}🚨 ACİL{END} {BOLD}2026-000001{END} · {QUOTE}“slm”{END} {CODE}ABCDE{END} "
        f"{LINK}/kayit{SEP}Aç{END} {TIME}2026-11-24T11:05:00+00:00{SEP}12 dk önce{END} açıldı"
    )
    assert elements(marked, WEB, ISTANBUL) == [
        {"type": "text", "text": "🚨 ACİL", "style": {"bold": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "2026-000001", "style": {"bold": True}},
        {"type": "text", "text": " · "},
        {"type": "text", "text": "“slm”"},
        {"type": "text", "text": " "},
        {"type": "text", "text": "ABCDE", "style": {"code": True}},
        {"type": "text", "text": " "},
        {"type": "link", "url": f"{WEB}/kayit", "text": "Aç"},
        {"type": "text", "text": " "},
        {"type": "text", "text": "24 Kas 14:05"},
        {"type": "text", "text": " açıldı"},
    ]


@pytest.mark.parametrize("path", ["//evil.example/x", "https://evil.example", "javascript:alert(1)", ""])
def test_a_link_leads_to_our_own_pages_only(path: str) -> None:
    (found,) = elements(f"{LINK}{path}{SEP}Aç{END}", WEB, ISTANBUL)
    assert found == {"type": "text", "text": "Aç"}


def test_without_a_web_address_there_are_no_links() -> None:
    assert elements(f"{LINK}/{SEP}Aç{END}", "", ISTANBUL) == [{"type": "text", "text": "Aç"}]


@pytest.mark.parametrize(
    "text",
    [
        "kısa",
        "a" * 4096,
        "kelime " * 2000,
        "satır\n" * 3000,
        "x" * (BLOCK_LENGTH - 1) + "\n" + "y" * 10,
        f"{BOLD}{'k' * 2900}{END}{'m' * 3500}{BOLD}{'n' * 500}{END}",
        "😀" * 5000,
    ],
)
def test_a_long_text_is_split_whole(text: str) -> None:
    parts = messages(sections(elements(text, WEB, ISTANBUL)))
    blocks = [block for part in parts for block in part]
    joined = "".join(element["text"] for block in blocks for element in block)
    assert joined == "".join(c for c in text if c not in (BOLD, END))
    assert all(0 < sum(len(e["text"]) for e in block) <= BLOCK_LENGTH for block in blocks)
    assert all(sum(len(e["text"]) for block in part for e in block) <= MESSAGE_LENGTH for part in parts)
    assert all(e["text"] for block in blocks for e in block)
