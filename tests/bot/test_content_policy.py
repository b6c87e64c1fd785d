"""One policy for all foreign platforms: what Telegram withholds Slack withholds, and the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.channel_port import Sender
from handlers.content_policy import SOMETHING_WAITS
from handlers.domain.devices import Custody, CustodyKind
from handlers.messages import Delivered, Delivery, TimelineButton
from tests.bot.channels.slack.stage import open_slack
from tests.bot.channels.telegram.stage import open_telegram
from tests.handlers.test_templates import NAMES
from tests.scenarios.stage import shared_desk
from tests.scenarios.test_devices import records

SECRET, NUMBER = "Ayşe'nin sorunu", "2026-000001 · Sırada"


def deliveries(to: str) -> list[Delivery]:
    """One of every template, as the outbox hands them out."""
    return [
        Delivery(
            id=number,
            conversation=to,
            channel=to.partition(":")[0],
            message_id=number,
            attempt=1,
            text=f"{SECRET} {number}.",
            buttons=(TimelineButton(label="Üstlen", token=f"jeton{number}"),),
            kind=kind,
            minimal=NUMBER,
            confidential=shared_desk().texts.is_confidential(kind),
        )
        for number, kind in enumerate(NAMES, start=1)
    ]


async def brought(sender: Sender, to: str) -> None:
    for delivery in deliveries(to):
        assert isinstance(await sender.send(delivery), Delivered)


def in_full(said: list[str]) -> set[str]:
    return {name for number, name in enumerate(NAMES, start=1) if any(f"{SECRET} {number}." in text for text in said)}


@pytest.fixture
def open_ones() -> set[str]:
    return {name for name in NAMES if not shared_desk().texts.is_confidential(name)}


async def test_both_platforms_withhold_the_same(tmp_path: Path, open_ones: set[str]) -> None:
    (tmp_path / "telegram").mkdir()
    (tmp_path / "slack").mkdir()
    async with open_telegram(tmp_path / "telegram", content="minimal") as stage:
        chat = stage.user_of("ayse")
        await brought(stage.telegram.sender, f"telegram:p:{chat}")
        telegram = stage.api.chats[chat].shown()
    async with open_slack(tmp_path / "slack", content="minimal") as stage:
        room = stage.rooms["donanim"]
        await brought(stage.desk.sender, f"slack:r:{room}")
        slack = stage.slack.texts(room)
    assert in_full(telegram) == in_full(slack) == open_ones
    withheld = len(NAMES) - len(open_ones)
    assert [text for text in telegram if SECRET not in text] == [NUMBER] * withheld
    assert [text for text in slack if SECRET not in text] == [NUMBER] * withheld


async def test_both_platforms_send_all_of_it_where_content_is_full(tmp_path: Path) -> None:
    (tmp_path / "telegram").mkdir()
    (tmp_path / "slack").mkdir()
    async with open_telegram(tmp_path / "telegram") as stage:
        chat = stage.user_of("ayse")
        await brought(stage.telegram.sender, f"telegram:p:{chat}")
        assert in_full(stage.api.chats[chat].shown()) == set(NAMES)
    async with open_slack(tmp_path / "slack") as stage:
        room = stage.rooms["donanim"]
        await brought(stage.desk.sender, f"slack:r:{room}")
        assert in_full(stage.slack.texts(room)) == set(NAMES)


@pytest.mark.parametrize("typed", ["günaydın", "ne yapabiliyorsun"])
async def test_small_talk_is_answered_in_full_on_both(tmp_path: Path, typed: str) -> None:
    """They had drifted: each platform withheld one of the two."""
    (tmp_path / "telegram").mkdir()
    (tmp_path / "slack").mkdir()
    async with open_telegram(tmp_path / "telegram", content="minimal") as stage:
        await stage.person("ayse").says(typed)
        telegram = (await stage.person("ayse").heard())[-1]
    async with open_slack(tmp_path / "slack", content="minimal") as stage:
        await stage.person("ayse").says(typed)
        slack = (await stage.person("ayse").heard())[-1]
    assert telegram == slack
    assert "yeni bir mesaj" not in telegram


async def test_a_handover_says_no_name_and_no_serial_outside_the_house(tmp_path: Path) -> None:
    """From Teslim et over the order to Geri al, with a refusal and a reminder: all of it stays in the house."""
    async with open_telegram(tmp_path, content="minimal") as stage:
        people = {handle: stage.person(handle) for handle in ("ayse", "kemal", "fatma", "mehmet", "hasan")}
        for person in people.values():
            await person.says("/yardim")
        before = {handle: len(stage.api.chats[person.chat].shown()) for handle, person in people.items()}
        depot = Custody(kind=CustodyKind.DEPOT)
        await records(
            stage, "depo", who="fatma", kind="dizustu", brand="HP", model="ProBook", serial="5CD8123A00", custody=depot
        )

        async def presses(handle: str, label: str, by: str = "") -> None:
            page = stage.app.store.read(lambda uow: uow.timeline.page(people[handle].address))
            tokens = [button.token for message in page for button in message.buttons if button.label == label]
            await people[by or handle].presses_token(tokens[-1])

        await people["mehmet"].says("/cihaz teslim d1 Ayşe")
        await presses("mehmet", "Emri iste")
        await presses("kemal", "Çıksın")
        await presses("mehmet", "Teslim et")
        await presses("ayse", "Teslim aldım", by="hasan")
        await stage.tick(days=4, hours=2)
        assert stage.app.store.read(lambda uow: uow.devices.by_number(1)).custody.holder is None
        await presses("ayse", "Teslim aldım")
        assert stage.app.store.read(lambda uow: uow.devices.by_number(1)).custody.holder is not None
        await people["mehmet"].says("/cihaz d1")
        await presses("mehmet", "Geri al")
        await presses("mehmet", "Tam")
        said = [text for handle, one in people.items() for text in stage.api.chats[one.chat].shown()[before[handle] :]]
        assert said.count(SOMETHING_WAITS) >= len(people)
        secrets = ("Ayşe", "Mehmet", "Kemal", "5CD8123A00", "ProBook", "D-00001")
        typed = "/cihaz teslim d1 Ayşe"
        assert [text for text in said if text != typed and any(word in text for word in secrets)] == []


async def test_an_order_names_nobody_on_a_platform_even_where_content_is_full(tmp_path: Path) -> None:
    async with open_telegram(tmp_path) as stage:
        kemal, mehmet = stage.person("kemal"), stage.person("mehmet")
        for person in (kemal, mehmet):
            await person.says("/yardim")
        depot = Custody(kind=CustodyKind.DEPOT)
        await records(stage, "depo", who="fatma", kind="dizustu", brand="HP", custody=depot)
        await mehmet.says("/cihaz teslim d1 Ayşe")
        await mehmet.presses("Emri iste")
        asked = (await kemal.heard())[-1]
        assert "CE-2026-00001" in asked
        assert [word for word in ("Ayşe", "Mehmet", "HP", "D-00001") if word in asked] == []
