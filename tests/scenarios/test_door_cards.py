"""Who stands before a door types what is on its card, and the desk knows where they are."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket
from tests.scenarios.test_targets import web

__all__ = ["web"]
FAULT = "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor"


@pytest.mark.parametrize("typed", ["ODA 312", "312"])
async def test_the_room_is_known_before_the_fault_is_told(stage: Stage, typed: str) -> None:
    """On every channel."""
    hasan = stage.person("hasan")
    await hasan.says(typed)
    said = (await hasan.last("place_known")).text
    assert said.startswith("Oda 312, not ettim. Ne oldu ya da ne lazım?")
    assert ("size ait 312 numaralı kayıt yok" in said) == (typed == "312")
    await hasan.says(FAULT)
    await hasan.presses("Teknisyene ilet")
    ticket = await stage.ticket(FIRST)
    assert ticket.facts["oda"] == "312"
    assert FAULT in ticket.text


async def test_what_the_link_leaves_in_the_box_is_read_with_the_fault(web: Stage) -> None:
    hasan = web.person("hasan")
    await hasan.says(f"ODA 312: {FAULT}")
    await hasan.presses("Teknisyene ilet")
    assert (await web.ticket(FIRST)).facts["oda"] == "312"


async def test_somebody_whom_the_desk_does_not_know_yet_keeps_their_room(web: Stage) -> None:
    new = web.person("yeni")
    await new.says("312")
    for answer in ("Okudum", "Veli Can", "Mali Hizmetler", "312"):
        if any(label.startswith(answer) for label in (await new.last()).buttons):
            await new.presses(answer)
        elif (await new.last()).kind.startswith("who_"):
            await new.says(answer)
    assert "place_known" in [message.kind for message in await new.sees()]


async def test_the_number_of_a_ticket_of_theirs_is_that_ticket(web: Stage) -> None:
    await open_ticket(web)
    ayse, hasan = web.person("ayse"), web.person("hasan")
    while "Bilmiyorum, atla" in (await ayse.last()).buttons:
        await ayse.presses("Bilmiyorum, atla")
    await ayse.says("1")
    assert (await ayse.last()).kind == "ticket"
    await hasan.says("1")
    assert (await hasan.last()).text.endswith("(Kayıt numarası yazdıysanız: size ait 1 numaralı kayıt yok.)")
    await web.person("mehmet").says("9")
    assert (await web.person("mehmet").last()).kind == "errors/not_found"


@pytest.mark.parametrize("typed", ["/odakarti", "/oda_karti", "/oda kartı", "/odakartı 101-120, 214"])
async def test_a_lead_is_told_where_the_cards_are_and_others_are_not(web: Stage, typed: str) -> None:
    fatma, ayse = web.person("fatma"), web.person("ayse")
    await fatma.says(typed)
    said = (await fatma.last("door_cards")).text
    assert said.startswith("21 oda kartı (101 – 214)") == ("101" in typed)
    await ayse.says(typed)
    assert (await ayse.last()).kind == "errors/not_allowed"


async def test_a_room_that_is_none_is_asked_for_again(web: Stage) -> None:
    await web.person("fatma").says("/odakarti toplantı salonu")
    assert "Örnek: /odakarti 101-120, 214, B-14" in (await web.person("fatma").last()).text
