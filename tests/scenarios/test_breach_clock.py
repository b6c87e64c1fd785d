"""The 72 hours in which the Board is told of a breach, as whoever answers for it hears of them (KVKK m.12/5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.conftest import require_sound
from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_zimmet import zimmet


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web") as stage:
        yield stage
        require_sound(stage, tmp_path)


async def test_who_answers_for_it_is_reminded_until_the_board_was_told(web: Stage) -> None:
    ayse, kemal = web.person("ayse"), web.person("kemal")
    await kemal.says("/yardim")
    await zimmet(web, "ayse", 1)
    await ayse.says("/zimmetim")
    await ayse.presses("Devret, kayıp bildir")
    await ayse.presses("Kayıp bildir: D-00001")
    await ayse.presses("Kayıp")
    await kemal.presses_token((await kemal.last("breach_question")).buttons["Evet"])
    await web.tick(hours=23, minutes=59)
    assert not [one for one in await kemal.sees() if one.kind == "breach_reminder"]
    await web.tick(minutes=1)
    first = await kemal.last("breach_reminder")
    assert "KV-2026-001 (2026-000001)" in first.text
    assert "Kalan 48 saat, en geç 26.11.2026 12:00" in first.text
    await web.tick(hours=42)
    assert "Kalan 6 saat" in (await kemal.last("breach_reminder")).text
    await kemal.presses_token((await kemal.last("breach_reminder")).buttons["Kurula bildirildi"])
    said = (await kemal.last("breach_reported")).text
    assert "Kurula bildirildi, 26.11.2026 06:00. Belge numarasını" in said
    await web.tick(hours=7)
    assert not [one for one in await kemal.sees() if one.kind == "breach_reminder" and "doldu" in one.text]
    notes = await web.app.gateway.read(lambda uow: [one.text for one in uow.tickets.entries(1)])
    assert [text for text in notes if "KV-2026-001: Kurula bildirildi, 26.11.2026 06:00" in text]
