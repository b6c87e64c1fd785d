"""Files from Slack: kept, refused, or waited for."""

from __future__ import annotations

import asyncio

import pytest

from tests.bot.channels.slack.reports import PNG, PRINTER
from tests.bot.channels.slack.stage import SlackStage


async def test_a_photo_stays_with_the_ticket_and_reaches_the_room(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER, files={"ekran.png": PNG})
    await ayse.presses("Teknisyene ilet")
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert card.files == ("ekran.png",)
    ticket = await stage.ticket("2026-000001")
    file = await stage.app.gateway.read(lambda uow: uow.attachments.get(ticket.files[0]))
    assert file is not None
    assert file.uploader == ticket.reporter
    assert stage.app.gateway.files.path(file.id).read_bytes() == PNG


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [("kur.exe", 10, "dosyasını alamadım: program"), ("kayit.mp4", 21 * 1024 * 1024, "çok büyük")],
)
async def test_a_file_that_is_not_wanted_is_refused_and_the_words_count(
    stage: SlackStage, name: str, size: int, said: str
) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER, files={name: b"x" * size})
    seen = [m.text for m in await ayse.sees() if m.author is None]
    assert any(said in text for text in seen)
    assert "Teknisyene ilet" in (await ayse.last()).buttons


async def test_a_file_on_somebody_elses_server_is_never_fetched(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    evil = {"id": "F1", "name": "foto.png", "size": 10, "url_private_download": "http://127.0.0.1:1/foto.png"}
    payload = stage.slack.event(
        {
            "type": "message",
            "subtype": "file_share",
            "user": ayse.user,
            "channel": ayse.channel,
            "channel_type": "im",
            "ts": "1.2",
            "text": "",
            "files": [evil],
        }
    )
    await stage.slack.deliver(payload)
    await stage.quiet()
    assert any("alınamadı" in m.text for m in await ayse.sees())


async def test_a_slow_file_is_waited_for_by_letting_slack_send_again(stage: SlackStage) -> None:
    """The first try runs out of its three seconds; the download it began is there for the next."""
    ayse = stage.person("ayse")
    stage.slack.file_gate.clear()
    stage.slack.ack_seconds = 1.0
    saying = asyncio.create_task(ayse.says(PRINTER, files={"ekran.png": PNG}))
    await stage.until(lambda: stage.slack.tries == 2)
    stage.slack.file_gate.set()
    await saying
    assert stage.slack.deliveries[0] == 2
    assert len(stage.slack.files) == 1, "fetched once"
    await ayse.presses("Teknisyene ilet")
    assert len((await stage.ticket("2026-000001")).files) == 1
