"""`/ozet`: who may see which numbers, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.stage import Stage, open_stage


async def _ask(stage: Stage, handle: str, room: str | None = None) -> str:
    actor = stage.in_room(handle, room) if room else stage.person(handle)
    await actor.says("/ozet")
    return (await actor.last()).text


async def _a_day(stage: Stage) -> None:
    """One ticket held by mehmet, and a security matter of the other unit."""
    ayse = stage.person("ayse")
    await ayse.says("yazıcı yazdırmıyor")
    await ayse.presses("Teknisyene ilet")
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    await ayse.says("kişisel veriler internete sızdı, veri ihlali var")
    stage.clock.advance(minutes=5)


@pytest.mark.parametrize("handle", ["mehmet", "fatma"])
async def test_technician_and_lead_see_their_unit(tmp_path: Path, handle: str) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await _a_day(stage)
        text = await _ask(stage, handle)
    assert text.startswith("📥 Açılan: 1\n✅ Tamamlanan: 0\n")
    assert "Donanım ve Teknik Destek Birimi · 23 Kasım Pazartesi, şu ana kadar" in text
    assert "Yazılım" not in text
    assert ("Mehmet" in text) == (handle == "fatma")


@pytest.mark.parametrize(
    ("handle", "names", "secrets"), [("kemal", True, True), ("denetci", False, True), ("admin", False, False)]
)
async def test_director_auditor_and_admin_see_both(tmp_path: Path, handle: str, names: bool, secrets: bool) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await _a_day(stage)
        text = await _ask(stage, handle)
        read = await stage.app.gateway.read(
            lambda uow: [what for _, _, what, _, _ in uow.audit.recent() if what == "summary"]
        )
    emergency, _, rest = text.partition("\n\n")
    assert emergency.startswith("🚨 ACİL · 2026-000002 · ")
    assert rest.startswith("📥 Açılan: 2 (Donanım ve Teknik Destek 1, Yazılım 1)\n")
    assert ("Mehmet" in text) == names
    assert ("Bilgi güvenliği" in text) == secrets
    assert ("Gizli güvenlik kaydı" in text) != secrets
    assert bool(read) == (handle != "admin")


async def test_in_a_room_nobody_is_named_whoever_asks(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await _a_day(stage)
        text = await _ask(stage, "fatma", "donanim")
    assert text.startswith("📥 Açılan: 1\n")
    assert "Mehmet" not in text


@pytest.mark.parametrize(("handle", "room"), [("ayse", None), ("ali", "donanim"), ("ayse", "donanim")])
async def test_nobody_else_sees_any(tmp_path: Path, handle: str, room: str | None) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await _a_day(stage)
        text = await _ask(stage, handle, room)
    assert "Açılan" not in text
