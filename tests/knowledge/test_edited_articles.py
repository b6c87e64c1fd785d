"""Articles as a house edits them: over its files, found by what they say now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge import Article, Knowledge
from knowledge.article import rewritten, safety_notes, without_safety, written_out

OFFLINE, SMOKE = "yazici-cevrimdisi", "bilgisayar-yanik-kokusu"
SAID = "yazıcıda zürafa zıplıyor"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def first(knowledge: Knowledge) -> str | None:
    return knowledge.read(SAID).candidates[0].article


def test_what_is_written_out_is_read_back(knowledge: Knowledge) -> None:
    for article in knowledge.articles.values():
        assert rewritten(article, written_out(article)) == article
        assert without_safety(article, article) == ()
    bare = replace(knowledge.articles[OFFLINE], symptoms=(), steps="1. Tek\n\n- satır")
    assert rewritten(bare, written_out(bare)) == bare


def test_an_edited_one_is_found_by_what_it_says_now(knowledge: Knowledge) -> None:
    edited = {OFFLINE: replace(knowledge.articles[OFFLINE], symptoms=(SAID,), steps="1. Bekleyin.")}
    at_once, whole = knowledge.shown_as_edited(edited)
    assert (at_once.articles[OFFLINE].steps, whole) == ("1. Bekleyin.", False)
    found = knowledge.edited(edited)
    assert (first(found), first(knowledge)) == (OFFLINE, first(at_once))
    assert first(knowledge) != OFFLINE
    assert found.read("internet yok").candidates == knowledge.read("internet yok").candidates
    again = {OFFLINE: replace(edited[OFFLINE], steps="1. Başka.")}
    shown, whole = found.shown_as_edited(again)
    assert (shown.articles[OFFLINE].steps, whole, first(shown)) == ("1. Başka.", True, OFFLINE)
    assert shown.edited({}) is knowledge
    assert first(shown.shown_as_edited({})[0].edited({})) == first(knowledge)


def test_one_that_no_file_has_is_left_out(knowledge: Knowledge) -> None:
    gone = Article("zurafa", "yazici-yazdirmiyor", "Zürafa", (), (), "normal", "1. x")
    assert "zurafa" not in knowledge.edited({"zurafa": gone}).articles


def test_every_line_of_what_is_urgent_is_a_safety_note(knowledge: Knowledge) -> None:
    smoke = knowledge.articles[SMOKE]
    assert len(safety_notes(smoke)) == 5
    lines = smoke.steps.splitlines()
    moved = replace(
        smoke, steps="\n".join([lines[1].replace("2.", "1."), lines[0].replace("1.", "2)"), *lines[2:], "6. Yeni."])
    )
    assert without_safety(smoke, moved) == ()
    assert without_safety(smoke, replace(smoke, steps="\n".join(lines[1:]))) == (lines[0].removeprefix("1. "),)
    assert safety_notes(knowledge.articles[OFFLINE]) == ()
