"""Rows 1 and 25: tickets of others are answered like none, and a search finds only what one may read."""

from __future__ import annotations

import re

import pytest

from handlers.domain.states import State
from tests.scenarios.stage import Actor, Seen, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket


# --- 1: somebody else's ticket --------------------------------------------------------------------
@pytest.mark.parametrize("handle", ["hasan", "ali"])
@pytest.mark.parametrize(
    "typed", ["/durum {}", "{} ne aşamada", "#{} hâlâ bozuk", "{}: hâlâ bozuk", "/not {} baktım", "/iptal {}"]
)
async def test_row_1_somebody_elses_ticket_is_answered_like_none(stage: Stage, handle: str, typed: str) -> None:
    await open_ticket(stage)
    stranger, other = stage.person(handle), Stage(stage.app, stage.clock, "terminal").person(handle)
    await stranger.says(typed.format(1))
    theirs = await stranger.heard()
    await other.says(typed.format(9999))
    nobodys = await other.heard()
    assert [re.sub(r"9999|\b1\b", "N", text) for text in theirs] == [
        re.sub(r"9999|\b1\b", "N", text) for text in nobodys
    ]
    assert not any("Ayşe" in text or FIRST in text for text in theirs)
    assert (await stage.ticket(FIRST)).state is State.OPEN


async def test_row_1_a_search_finds_only_what_one_may_read(stage: Stage) -> None:
    await open_ticket(stage)
    for handle, found in [("hasan", False), ("ali", False), ("mehmet", True), ("kemal", True), ("denetci", True)]:
        person = stage.person(handle)
        await person.says("/ara yazıcı")
        assert (FIRST in (await person.last()).text) is found, handle


# --- 25: searching --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "found"), [("%", []), ("_", []), ("%100", ["toner %100_dolu"]), ("100_dolu", ["toner %100_dolu"])]
)
async def test_row_25_percent_and_underscore_are_letters(stage: Stage, typed: str, found: list[str]) -> None:
    await open_ticket(stage, "ayse", "yazıcı yazdırmıyor")
    await open_ticket(stage, "hasan", "toner %100_dolu yazıcı yazdırmıyor")
    mehmet: Actor = stage.person("mehmet")
    await mehmet.says(f"/ara {typed}")
    answer: Seen = await mehmet.last()
    assert ("2026-000002" in answer.text) is bool(found or typed in "%_")
    assert FIRST not in answer.text
