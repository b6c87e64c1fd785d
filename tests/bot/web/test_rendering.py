"""Marked text to HTML."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.web.rate_limit import VisitorRateLimiter
from bot.web.rendering import bare_html, file_size, marked_html, shown_name
from handlers.messages import ALARM, BOLD, CODE, END, FOLD, LINK, QUOTE, SEP, TIME
from tests.bot.web.scripted_site import START, SetClock

ZONE = ZoneInfo("Europe/Istanbul")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("düz", "<p>düz</p>"),
        ("iki\nsatır", "<p>iki<br>satır</p>"),
        ("iki\n\nbölüm", "<p>iki</p><p>bölüm</p>"),
        (f"{BOLD}a & b{END}", "<p><strong>a &amp; b</strong></p>"),
        (f"{ALARM}🚨 ACİL{END} · 1", '<p><strong class="alarm">🚨 ACİL</strong> · 1</p>'),
        (f"{CODE}<x>{END}", "<p><code>&lt;x&gt;</code></p>"),
        (f"{QUOTE}bir\n1. iki{END}", '<p><q dir="auto">bir<br>1. iki</q></p>'),
        ("Şunlar:\n1. bir\n2. iki\nsonra", '<p>Şunlar:</p><ol start="1"><li>bir</li><li>iki</li></ol><p>sonra</p>'),
        ("3. üç", '<ol start="3"><li>üç</li></ol>'),
        ("• bir\n• iki", "<ul><li>bir</li><li>iki</li></ul>"),
        ("1. bir\n• alt", '<ol start="1"><li>bir</li></ol><ul><li>alt</li></ul>'),
        (f"{LINK}/kayit/7{SEP}Kayıt{END}", '<p><a href="/kayit/7">Kayıt</a></p>'),
        (f"{LINK}https://evil.example{SEP}Kayıt{END}", "<p>Kayıt</p>"),
        (f"{LINK}//evil.example{SEP}Kayıt{END}", "<p>Kayıt</p>"),
        (f"{LINK}javascript:alert(1){SEP}Kayıt{END}", "<p>Kayıt</p>"),
        (f"{LINK}/\\evil.example{SEP}Kayıt{END}", "<p>Kayıt</p>"),
        (f"{TIME}dün{SEP}dün{END}", "<p>dün</p>"),
        (
            f"a\n\n{FOLD}Adımlar\n1. b",
            '<p>a</p><details><summary>Adımlar</summary><ol start="1"><li>b</li></ol></details>',
        ),
        (f"a{FOLD}", "<p>a</p>"),
        ("", ""),
    ],
)
def test_marked_text_becomes_html(text: str, html: str) -> None:
    assert marked_html(text, ZONE) == html


@given(
    st.text(alphabet=st.sampled_from([*list("<>&\"'a1. •\n/:"), ALARM, BOLD, QUOTE, TIME, CODE, LINK, FOLD, END, SEP]))
)
def test_nothing_but_our_own_tags_ever_comes_out(text: str) -> None:
    html = str(marked_html(text, ZONE)) + str(bare_html(text))
    for tag in ("p", "br", "strong", "code", "q", "time", "ol", "ul", "li", "details", "summary"):
        for form in (f"<{tag}>", f"</{tag}>", f'<{tag} dir="auto">', f'<{tag} class="alarm">'):
            html = html.replace(form, "")
    for number in range(100):
        html = html.replace(f'<ol start="{number}">', "")
    while "<a href=" in html:
        before, _, rest = html.partition('<a href="/')
        path, _, rest = rest.partition('">')
        assert not path.startswith(("/", "\\"))
        html = before + rest.replace("</a>", "", 1)
    assert "<" not in html
    assert ">" not in html


def test_a_persons_text_has_no_markup() -> None:
    assert bare_html(f"{BOLD}<b>1. x</b>\ny") == f"{BOLD}&lt;b&gt;1. x&lt;/b&gt;<br>y"


@pytest.mark.parametrize(
    ("typed", "led_to"),
    [
        ("bkz. https://ebys.ornek.bel.tr/giris?a=1&b=2.", ["https://ebys.ornek.bel.tr/giris?a=1&amp;b=2"]),
        ("http://ebys:8080/x, http://10.0.0.4", ["http://ebys:8080/x", "http://10.0.0.4"]),
        ("https://ebys.gov.tr@kotu.example/", []),
        ("https://еbys.gov.tr", []),
        ("javascript:alert(1) ftp://a.b", []),
        ('https://a.b/"onmouseover="x', ["https://a.b/"]),
        ("dahili 1453, Dahili 22", ["tel:1453"]),
        ("112'yi arayın, 112 nolu oda", ["tel:112"]),
    ],
)
def test_addresses_and_extensions_can_be_tapped(typed: str, led_to: list[str]) -> None:
    html = bare_html(typed)
    assert re.findall(r'<a href="([^"]*)"', html) == led_to
    assert re.sub(r"<[^>]*>", "", html) == str(escape(typed))


def test_numbers_the_desk_tells_can_be_rung() -> None:
    html = marked_html(f"Ayşe · dahili 1453\n{BOLD}112{END}'yi değil, 112'yi arayın", ZONE)
    assert re.findall(r'<a href="([^"]*)"', html) == ["tel:1453", "tel:112"]


def test_names_are_stripped_of_what_misleads() -> None:
    assert shown_name("  \u202eAyşe\u200b   Yılmaz\u2066 ") == "Ayşe Yılmaz"
    assert len(shown_name("a" * 500)) == 80


@pytest.mark.parametrize(("size", "said"), [(12, "12 B"), (1400, "1 KB"), (1_400_000, "1,4 MB")])
def test_sizes_read_in_turkish(size: int, said: str) -> None:
    assert file_size(size) == said


def test_pace_is_a_sliding_minute() -> None:
    clock, pace = SetClock(START), VisitorRateLimiter(2)
    assert pace.wait("a", clock.now()) == 0
    clock.forward(seconds=30)
    assert pace.wait("a", clock.now()) == 0
    assert pace.wait("a", clock.now()) == 30
    assert pace.wait("b", clock.now()) == 0
    clock.forward(seconds=30)
    assert pace.wait("a", clock.now()) == 0


def test_what_weighs_more_counts_more_and_goes_where_nothing_went_before() -> None:
    clock, pace = SetClock(START), VisitorRateLimiter(4)
    assert pace.wait("ayse", clock.now(), 3) == 0
    assert pace.wait("ayse", clock.now()) == 0
    assert pace.wait("ayse", clock.now(), 2) == 60
    assert pace.wait("hasan", clock.now(), 9) == 0
    assert pace.wait("hasan", clock.now()) == 60
    clock.forward(seconds=60)
    assert pace.wait("ayse", clock.now(), 4) == 0
