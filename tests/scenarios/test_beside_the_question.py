"""Somebody new goes on writing while the desk asks who they are: nothing is written down as what it is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.domain.people import Person
from handlers.domain.states import Priority
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket

FAULT = "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web") as stage:
        yield stage


async def newcomer(stage: Stage) -> Actor:
    veli = stage.person("veli")
    await veli.says(FAULT)
    await veli.presses("Okudum")
    return veli


async def record(stage: Stage) -> Person:
    """What is known of whoever came last."""
    everybody = await stage.app.gateway.read(lambda uow: list(uow.people.everybody()))
    return max(everybody, key=lambda person: person.id)


async def test_a_form_is_filled_in_by_answers_and_the_rest_belongs_to_the_report(stage: Stage) -> None:
    veli = await newcomer(stage)
    for typed in ("müdür bey başımda bekliyor", "çabuk olun lütfen", "tamam", "bunu niye soruyorsunuz?", "merhaba"):
        await veli.says(typed)
        assert (await veli.last()).kind == "who_name_again", typed
    assert (await record(stage)).name == ""
    await veli.says("ben Veli Can")
    for typed in ("hâlâ çıktı vermiyor", "bekliyoruz", "günaydın"):
        await veli.says(typed)
        assert (await veli.last()).kind == "who_department", typed
    await veli.says("Park ve Bahçeler")
    for typed in ("acele eder misiniz", "vatandaş bekliyor"):
        await veli.says(typed)
        assert (await veli.last()).kind == "who_room", typed
    await veli.says("zemin kat")
    known = await record(stage)
    assert (known.name, known.department, known.room) == ("Veli Can", "Park ve Bahçeler", "zemin kat")
    await veli.presses("Teknisyene ilet")
    written = (await stage.ticket(FIRST)).text
    assert all(words in written for words in (FAULT, "müdür bey başımda bekliyor", "vatandaş bekliyor"))
    assert "soruyorsunuz" not in written


async def test_what_may_be_a_name_is_asked_about(web: Stage) -> None:
    veli = await newcomer(web)
    await veli.says("sular seller")
    asked = await veli.last()
    assert list(asked.buttons) == ["Evet, adım bu", "Hayır"]
    assert (await record(web)).name == ""
    await veli.presses("Hayır")
    await veli.says("bilgecan öztoprak, zabıta")
    await veli.presses("Evet, adım bu")
    known = await record(web)
    assert (known.name, known.department) == ("bilgecan öztoprak", "Zabıta")
    await veli.presses("Bilmiyorum, atla")
    await veli.presses("Teknisyene ilet")
    assert (await web.ticket(FIRST)).text == f"{FAULT}\nsular seller"


async def test_a_name_that_looks_like_none_is_one_when_it_is_typed_again(web: Stage) -> None:
    veli = await newcomer(web)
    await veli.says("acil yok")
    assert (await veli.last()).kind == "who_name_again"
    await veli.says("acil yok")
    await veli.says("evet")
    assert (await record(web)).name == "acil yok"


async def test_smoke_waits_for_no_form(web: Stage) -> None:
    veli = await newcomer(web)
    await veli.says("kasadan yanık kokusu geliyor")
    assert (await web.ticket(FIRST)).priority is Priority.URGENT
    await veli.says("Veli Can, Zabıta, 12")
    known = await record(web)
    assert (known.name, known.department, known.room) == ("Veli Can", "Zabıta", "12")


async def test_a_photo_beside_the_question_stays_with_the_report(web: Stage) -> None:
    veli = await newcomer(web)
    await veli.says("", files={"ekran.png": b"bytes"})
    assert (await veli.last()).kind == "who_name"
    await veli.says("Veli Can, Zabıta, 12")
    await veli.presses("Teknisyene ilet")
    assert len((await web.ticket(FIRST)).files) == 1


@pytest.mark.parametrize("typed", ["Nur Kaplan", "ben Nur Kaplan, Zabıta, 12", "adım Nur Kaplan"])
async def test_a_name_before_the_notice_is_not_asked_for_again(web: Stage, typed: str) -> None:
    nur = web.person("nur")
    await nur.says(FAULT)
    await nur.says(typed)
    await nur.presses("Okudum")
    assert not any(m.kind == "who_name" for m in await nur.sees())
    assert (await record(web)).name == "Nur Kaplan"
    while (await nur.last()).kind.startswith("who_"):
        await nur.says("Zabıta" if (await nur.last()).kind == "who_department" else "12")
    await nur.presses("Teknisyene ilet")
    assert (await web.ticket(FIRST)).text == FAULT


@pytest.mark.parametrize("typed", ["ne yapmalıyım", "Ne Yapmalıyım", "personel listesi nasıl eklerim"])
async def test_a_question_is_no_name_and_no_room(web: Stage, typed: str) -> None:
    veli = await newcomer(web)
    await veli.says(typed)
    assert (await veli.last()).kind == "who_name_again"
    await veli.says("Veli Can")
    await veli.says("Zabıta")
    await veli.says(typed)
    known = await record(web)
    assert (known.name, known.room) == ("Veli Can", "")


@pytest.mark.parametrize("typed", ["acil bakar mısınız", "ne zaman gelirsiniz?", "vatandaş bekliyor"])
async def test_hurry_is_no_device_of_a_ticket(web: Stage, typed: str) -> None:
    await open_ticket(web, "ayse", FAULT)
    ayse, room = web.person("ayse"), web.in_room("mehmet", "donanim")
    assert (await ayse.last()).kind == "fact"
    await ayse.says(typed)
    assert typed not in (await web.ticket(FIRST)).facts.values()
    assert any(typed in m.text for m in await room.sees())
    await ayse.says("Kyocera M2040")
    assert "Kyocera M2040" in (await web.ticket(FIRST)).facts.values()
