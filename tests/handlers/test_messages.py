"""Marked text: whatever people type, it can neither open nor close a span."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import texts
from handlers.messages import BOLD, CODE, END, LINK, QUOTE, SEP, TIME, plain, render, unmarked
from tests.scenarios.stage import shared_desk

MARKS = [chr(code) for code in range(0xE000, 0xE010)]
typed = st.text(st.one_of(st.sampled_from(MARKS), st.characters()), max_size=60)
"""Half of the letters are marks."""
said = typed.filter(lambda text: bool(texts.cleaned(text).split()))
"""More than marks and blanks: of nothing there is no quote."""


def spans(text: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []

    def span(mark: str, argument: str, body: str) -> str:
        found.append((mark, argument, body))
        return body

    render(text, span, lambda bare: bare)
    return found


@given(typed)
def test_unmarked_text_holds_no_mark_and_everything_else(text: str) -> None:
    assert not set(unmarked(text)) & set(MARKS)
    assert unmarked(text) == "".join(letter for letter in text if letter not in MARKS)


@given(typed)
@example(f"{BOLD}a{QUOTE}b{END}c{END}")
@example(f"{LINK}{BOLD}/{SEP}{SEP}x{END}")
def test_any_text_at_all_can_be_rendered_and_leaves_no_mark(text: str) -> None:
    assert not set(plain(text)) & set(MARKS)
    assert plain(unmarked(text)) == unmarked(text)


@given(typed)
def test_no_stretch_between_the_spans_holds_a_mark(text: str) -> None:
    bare: list[str] = []
    render(text, lambda _mark, _argument, body: body, lambda stretch: bare.append(stretch) or stretch)
    assert not set("".join(bare)) & set(MARKS)


@pytest.mark.parametrize(
    ("mark", "made"),
    [
        (BOLD, texts.bold),
        (CODE, texts.code),
        (QUOTE, texts.quote),
        (LINK, lambda text: texts.link(text, "/kayit/1")),
    ],
)
@given(text=said)
def test_a_filter_makes_one_span_of_whatever_it_is_given(mark: str, made: object, text: str) -> None:
    ((found, argument, body),) = spans(made(text))  # type: ignore[operator]
    assert found == mark
    assert argument == ("/kayit/1" if mark == LINK else "")
    assert not set(body) & set(MARKS)


@given(text=typed)
def test_an_articles_steps_open_nothing_but_bold(text: str) -> None:
    assert {mark for mark, _, _ in spans(texts.steps(text))} <= {BOLD}


@given(typed)
@example(f" {BOLD}{END}")
def test_a_quote_of_nothing_is_nothing(text: str) -> None:
    assert len(spans(texts.quote(text))) == bool(texts.cleaned(text).split())


@given(text=said)
def test_what_a_template_shows_opens_nothing_with_or_without_a_filter(text: str) -> None:
    texts_ = shared_desk().texts
    for template in ("errors/unknown_command", "errors/unknown_role"):
        shown, bare = (texts_.render(template, typed=word, roles=["lead"], near=[]) for word in (text, "x"))
        assert [mark for mark, _, _ in spans(shown)] == [mark for mark, _, _ in spans(bare)]


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        (f"a {BOLD}b{END} c", "a b c"),
        (f"{TIME}2026-11-23T09:00:00+00:00{SEP}az önce{END}", "az önce"),
        (f"{LINK}/kayit/1{SEP}Kayıt{END}", "Kayıt"),
        (f"{BOLD}ends nowhere", "ends nowhere"),
        (f"closes nothing{END}", "closes nothing"),
        (f"{BOLD}a{QUOTE}b{END}c{END}", "abc"),
        ("", ""),
    ],
)
def test_plain(marked: str, shown: str) -> None:
    assert plain(marked) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("fatura\u202egpj.exe", "faturagpj.exe"),
        ("\u2066gizli\u2069", "gizli"),
        ("a\u061cb", "ab"),
        ("iki\u2028satır", "ikisatır"),
        ("\x1b[31mkırmızı", "[31mkırmızı"),
        ("\x00\x07\x7f\x85", ""),
        ("satır\nve\ttab", "satır\nve\ttab"),
        ("👩‍💻 ve می‌خواهم", "👩‍💻 ve می‌خواهم"),
    ],
)
def test_what_could_hide_or_turn_a_line_is_taken_out_and_the_rest_stays(typed: str, shown: str) -> None:
    assert texts.cleaned(typed) == shown
