"""A report as it is typed in Slack, and its ticket."""

from __future__ import annotations

from handlers.ports import UnitOfWork
from tests.bot.channels.slack.stage import SlackStage

PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "89993d1d0000000049454e44ae426082"
)


def inbox_waits(uow: UnitOfWork) -> int:
    return len(uow.inbox.stuck())


async def opened(stage: SlackStage) -> str:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    return "2026-000001"
