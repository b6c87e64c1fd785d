"""What is somebody's own, and what is of a security matter, is told in private: a room gets one line at most."""

from __future__ import annotations

import pytest

from handlers.domain.people import Role
from tests.scenarios.stage import Stage

LEAK = "bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu"
NUMBER = "2026-000001"


@pytest.fixture
def rooms(stage: Stage) -> Stage:
    if stage.channel == "slack":
        pytest.skip("what a slash command says, Slack shows to its user alone")
    return stage


async def test_a_security_matter_is_shown_in_private_to_who_asks_in_the_room(rooms: Stage) -> None:
    await rooms.person("ayse").says(LEAK)
    await rooms.app.gateway.write(_fatma_leads_software)
    room, alone = rooms.in_room("fatma", "yazilim"), rooms.person("fatma")
    await room.says("/durum 1")
    assert "vatandaş" not in " ".join(m.text for m in await room.sees() if m.author is None)
    assert [m.kind for m in (await room.sees())[-1:]] == ["sent_in_private"]
    assert "Üstlen" in (await alone.last("card")).buttons
    await alone.presses("Üstlen")
    restricted = await room.last("card_restricted")
    await room.says("kime gittiğini soruyorum", to=restricted)
    assert (await room.last()).kind == "sent_in_private"
    assert "kime gittiğini" in (await rooms.person("ayse").last()).text


def _fatma_leads_software(uow: object) -> None:
    people = uow.people  # type: ignore[attr-defined] # a unit of work
    fatma = people.by_handle("fatma")
    fatma.role, fatma.unit = Role.LEAD, "yazilim"
    people.save(fatma)


@pytest.mark.parametrize("command", ["/verilerim", "/durum", "/islerim", "/sira", "/ara yazıcı", "/iptal", "/yardim"])
async def test_what_is_ones_own_is_answered_in_private(rooms: Stage, command: str) -> None:
    await rooms.person("mehmet").says("monitörümde görüntü yok")
    await rooms.person("mehmet").presses("Teknisyene ilet")
    room, alone = rooms.in_room("mehmet", "donanim"), rooms.person("mehmet")
    before, told = len(await room.sees()), len(await alone.sees())
    await room.says(command)
    said = [m for m in (await room.sees())[before:] if m.author is None]
    assert [m.kind for m in said if m.kind != "card_below"] == ["sent_in_private"]
    assert len(await alone.sees()) > told


async def test_who_does_not_work_there_is_answered_in_private_and_a_stranger_not_at_all(rooms: Stage) -> None:
    await rooms.person("ayse").says(LEAK)
    room, alone = rooms.in_room("ayse", "donanim"), rooms.person("ayse")
    await room.says("/durum")
    assert (await room.last()).kind == "sent_in_private"
    assert NUMBER in (await alone.last()).text
    stranger = rooms.in_room("yabanci", "donanim")
    for command in ("/verilerim", "/durum 1", "/ozet", "/adina ayse: yazıcı çıktı vermiyor", "/yardim"):
        await stranger.says(command)
        assert (await stranger.last()).kind == "bystander"
    assert not [m for m in await rooms.person("yabanci").sees() if m.author is None]


@pytest.mark.parametrize(
    ("told", "hears"),
    [("EBYS evrak açılmıyor", "Yazılım"), ("sahte siteye şifresini girmiş", "Gizli güvenlik kaydı")],
)
async def test_who_writes_down_in_their_room_what_it_may_not_read_hears_the_number(
    rooms: Stage, told: str, hears: str
) -> None:
    room, ayse = rooms.in_room("mehmet", "donanim"), rooms.person("ayse")
    await ayse.says("merhaba")
    await room.says(f"/adina ayse: {told}")
    await room.presses_token((await room.last()).buttons["Kayıt aç, haber ver"])
    answer = (await room.last("opened_elsewhere")).text
    assert NUMBER in answer
    assert hears in answer
    assert "Kendisine haber verildi" in answer
    assert told in (await ayse.last("opened_by_other")).text
