"""Kimler etkileniyor? One question where nothing says it, never about what was said; its answer may raise the priority.
And what is needed soon is a step more urgent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from handlers.domain.states import Change, Priority
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST

QUESTION = "Kimler etkileniyor?"
NO_NETWORK = "internet yok kırmızı çarpı var"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at("2026-12-01T10:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def reports(stage: Stage, text: str, handle: str = "ayse") -> Actor:
    actor = stage.person(handle)
    await actor.says(text)
    await actor.presses("Teknisyene ilet")
    return actor


def asked(texts: list[str]) -> bool:
    return any(QUESTION in text for text in texts)


async def all_asked(actor: Actor) -> list[str]:
    """Every question of the desk about the newest ticket."""
    found: list[str] = []
    while "Bilmiyorum, atla" in (last := await actor.last()).buttons:
        found.append(last.text)
        await actor.presses("Bilmiyorum, atla")
    return found


async def test_who_is_concerned_is_asked_once_first_and_among_two_questions_at_most(web: Stage) -> None:
    actor = await reports(web, NO_NETWORK)
    questions = await all_asked(actor)
    assert QUESTION in questions[0]
    assert len(questions) <= 2
    assert not asked(questions[1:])


@pytest.mark.parametrize(
    "text",
    [
        "kimse giremiyor internete",
        "sadece bende internet yok",
        "müdürlükte herkeste internet yok",
        "veznede internet yok, vatandaş bekliyor",
        "odadaki bütün bilgisayarlarda internet yok",
        "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor",
    ],
)
async def test_never_about_what_was_said_nor_of_what_is_one_persons(web: Stage, text: str) -> None:
    assert not asked(await all_asked(await reports(web, text)))


async def test_not_where_others_have_just_said_the_same(web: Stage) -> None:
    await all_asked(await reports(web, NO_NETWORK, "hasan"))
    assert not asked(await all_asked(await reports(web, NO_NETWORK)))
    web.clock.advance(minutes=31)
    assert asked(await all_asked(await reports(web, NO_NETWORK, "kemal")))


@pytest.mark.parametrize(
    ("answer", "priority"),
    [("Yalnızca ben", Priority.NORMAL), ("Odamız", Priority.HIGH), ("Birçok yer", Priority.HIGH)],
)
async def test_the_answer_raises_it_on_every_channel(stage: Stage, answer: str, priority: Priority) -> None:
    actor = await reports(stage, NO_NETWORK)
    assert list((await actor.last()).buttons) == ["Yalnızca ben", "Odamız", "Birçok yer", "Bilmiyorum, atla"]
    await actor.presses(answer)
    ticket = await stage.ticket(FIRST)
    assert (ticket.priority, ticket.facts["etkilenen"]) == (priority, answer)
    card = (await stage.in_room("mehmet", "donanim").last("card")).text
    assert f"Etkilenen: {answer}" in card
    assert ("Öncelik nedeni" in card) is (priority is not Priority.NORMAL)


@pytest.mark.parametrize(
    ("typed", "priority"),
    [
        ("sadece ben", Priority.NORMAL),
        ("odamızda herkes", Priority.HIGH),
        ("bütün kat", Priority.HIGH),
        ("emin değilim", Priority.NORMAL),
    ],
)
async def test_it_may_be_typed(web: Stage, typed: str, priority: Priority) -> None:
    actor = await reports(web, NO_NETWORK)
    await actor.says(typed)
    assert (await web.ticket(FIRST)).priority is priority


async def test_what_a_person_set_meanwhile_stays(web: Stage) -> None:
    actor, room = await reports(web, NO_NETWORK), web.in_room("mehmet", "donanim")
    for label in ("Diğer", "Önceliği değiştir", "Düşük"):
        await room.presses(label)
    await actor.presses("Birçok yer")
    ticket = await web.ticket(FIRST)
    assert (ticket.priority, ticket.facts["etkilenen"]) == (Priority.LOW, "Birçok yer")


# --- needed soon ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("yazıcı yazdırmıyor kuyrukta bekliyor, 4 aralığa kadar lazım", Priority.HIGH),
        ("yazıcı yazdırmıyor kuyrukta bekliyor, yarın 10'da ihale var", Priority.HIGH),
        ("yazıcı yazdırmıyor kuyrukta bekliyor, pazartesiye kadar lazım", Priority.HIGH),
        ("yazıcı yazdırmıyor kuyrukta bekliyor, 30 aralığa kadar lazım", Priority.NORMAL),
        ("yazıcı yazdırmıyor kuyrukta bekliyor", Priority.NORMAL),
    ],
)
async def test_what_is_needed_within_twice_its_time_is_a_step_more_urgent(
    web: Stage, text: str, priority: Priority
) -> None:
    await all_asked(await reports(web, text))
    ticket = await web.ticket(FIRST)
    assert ticket.priority is priority
    assert ("en geç" in ticket.facts.get("oncelik", "")) is (priority is Priority.HIGH)
    history = await web.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert Change.PRIORITISED not in [event.what for event in history]
