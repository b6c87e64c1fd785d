"""Üst iş, alt iş: a piece of work in several tickets."""

from __future__ import annotations

import pytest

from handlers.domain.states import State
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import TUESDAY, opened, web

__all__ = ["web"]
SECOND, THIRD = "2026-000002", "2026-000003"


async def three(stage: Stage) -> Actor:
    for handle in ("ayse", "hasan", "kemal"):
        await opened(stage, f"{TUESDAY}T15:00", handle)
    mehmet = stage.person("mehmet")
    await mehmet.says("/altis 1 2 3")
    return mehmet


async def test_a_whole_says_how_far_its_parts_are_and_is_not_completed_before_them(stage: Stage) -> None:
    """On every channel."""
    mehmet = await three(stage)
    assert f"📦 2 alt işten hiçbiri bitmedi: {SECOND} 🔵, {THIRD} 🔵" in (await mehmet.last("parts_changed")).text
    for number, done in (("2", "fiş takıldı"), ("1", "")):
        await mehmet.says(f"/durum {number}")
        await mehmet.presses("Üstlen")
        await mehmet.presses("Tamamladım", on=await mehmet.last("card"))
        if done:
            await mehmet.says(done)
    assert (await mehmet.last("errors/parts_open")).text == (f"{FIRST} için 1 alt iş daha bitmedi: {THIRD} sırada.")
    await mehmet.presses("Yine de tamamla")
    await mehmet.says("taşınma bitti, yazıcı sonra gelecek")
    assert [(await stage.ticket(number)).state for number in (FIRST, THIRD)] == [State.RESOLVED, State.OPEN]


async def test_the_card_of_the_whole_follows_its_parts(web: Stage) -> None:
    mehmet, room = await three(web), web.in_room("mehmet", "donanim")
    await mehmet.says("/durum 1")
    await mehmet.says("/durum 2")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says("fiş takıldı")
    whole = [message.text for message in await room.sees() if message.text.startswith(f"🖨 {FIRST}")]
    assert f"📦 2 alt işten 1'i bitti: {SECOND} ✅, {THIRD} 🔵" in whole[-1]
    await mehmet.says("/durum 3")
    assert f"📦 Üst iş: {FIRST}" in (await mehmet.last("ticket")).text
    await web.person("ayse").says("/durum 1")
    assert "alt iş" not in (await web.person("ayse").last("ticket")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/altis 2 1", "Alt işin altına iş konmaz"),
        ("/altis 1 1", "kendisiyle ilişkilendirilemez"),
        ("/altis 1 2", "bu kayıtlar zaten alt iş."),
        ("/altis 1", "Önce üst işi, sonra alt işleri yazın."),
        ("/altis taşınma", "Önce üst işi, sonra alt işleri yazın."),
        ("/altis 1 2 3 çıkar", "alt iş kalmadı."),
    ],
)
async def test_one_level_and_no_more(web: Stage, typed: str, said: str) -> None:
    mehmet = await three(web)
    await mehmet.says(typed)
    assert said in (await mehmet.last()).text


async def test_a_part_is_of_one_whole_alone(web: Stage) -> None:
    mehmet = await three(web)
    await mehmet.says("/altis 1 3 çıkar")
    await mehmet.says("/altis 3 2")
    assert f"{SECOND} 🔵" in (await mehmet.last("parts_changed")).text
    await mehmet.says("/durum 1")
    assert "alt iş" not in (await mehmet.last("ticket")).text
