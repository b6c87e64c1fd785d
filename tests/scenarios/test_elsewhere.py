"""What nobody of the desk sees to, said in any state of the talk; and numbers and waiting that are no question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import open_ticket


async def numbers(stage: Stage) -> list[str]:
    return [t.number for t in await stage.app.gateway.read(lambda uow: uow.summaries.list())]


async def test_people_in_a_lift_are_told_to_call_at_once(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("asansörde kaldık")
    assert "112" in (await ayse.last("elsewhere")).text
    assert await numbers(stage) == []


@pytest.mark.parametrize("typed", ["asansör çalışmıyor", "su bastı tuvaleti", "klozet taştı 3. katta"])
async def test_lifts_and_water_are_the_buildings_whatever_is_open(tmp_path: Path, typed: str) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        ayse = stage.person("ayse")
        await ayse.presses("Bilmiyorum, atla")
        await ayse.says(typed)
        assert "teknik servis" in (await ayse.last("elsewhere")).text
        assert (await ayse.last()).kind == "elsewhere"
        assert len(await numbers(stage)) == 1


async def test_danger_beside_a_question_is_answered_first(tmp_path: Path) -> None:
    """The question stands; a lift that is only told of where a place was asked for is an answer."""
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        ayse = stage.person("ayse")
        assert (await ayse.last()).kind == "fact"
        await ayse.says("asansörde mahsur kaldık")
        assert "112" in (await ayse.last("elsewhere")).text


async def test_danger_waits_for_no_privacy_notice(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        new = stage.person("yeni")
        await new.says("biri asansörde mahsur")
        heard = await new.heard()
        assert "112" in heard[0]


@pytest.mark.parametrize("typed", ["312 nolu odadayım", "5 numaralı odadayım"])
async def test_where_somebody_is_is_no_question_for_a_ticket(tmp_path: Path, typed: str) -> None:
    async with open_stage(tmp_path, "web") as stage:
        ayse = stage.person("ayse")
        await ayse.says(typed)
        assert (await ayse.last()).kind == "what_happened"


async def test_a_number_of_a_parcel_is_written_into_no_ticket(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        ayse = stage.person("ayse")
        while (await ayse.last()).kind == "fact":
            await ayse.presses("Bilmiyorum, atla")
        await ayse.says("1 numaralı parsel haritada görünmüyor")
        assert "Teknisyene ilet" in (await ayse.last()).buttons
        await ayse.says("/iptal")
        await ayse.says("1 için: 2. kattayız")
        assert (await ayse.last()).kind == "reply_kept"


async def test_who_waits_for_a_program_reports_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        ayse = stage.person("ayse")
        await ayse.says("sabahtan beri 12 kişi bekliyoruz program açılmıyor")
        assert "Teknisyene ilet" in (await ayse.last()).buttons
        await ayse.says("/iptal")
        await ayse.says("sabahtan beri bekliyoruz ne zaman gelirsiniz")
        assert (await ayse.last()).kind == "no_tickets"


@pytest.mark.parametrize("typed", ["acil durum var", "çok acil", "imdat", "acele edin lütfen"])
async def test_who_only_says_that_it_is_urgent_is_asked_what_and_may_send_it_on(tmp_path: Path, typed: str) -> None:
    async with open_stage(tmp_path, "web") as stage:
        ayse = stage.person("ayse")
        await ayse.says(typed)
        asked = await ayse.last()
        assert asked.kind == "what_is_urgent"
        assert "112" in asked.text
        await ayse.presses("Teknisyene ilet")
        assert "kayıt" in (await ayse.last("opened")).text.casefold()


async def test_what_is_urgent_is_heard_in_the_next_line(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        ayse = stage.person("ayse")
        await ayse.says("acil durum var")
        await ayse.says("yazıcıdan dumanlar çıkıyor")
        assert "112" in (await ayse.last("emergency")).text


async def test_okudum_where_no_notice_waits_is_a_greeting(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        ayse = stage.person("ayse")
        await ayse.says("Okudum")
        assert (await ayse.last()).kind == "greeting"
