"""A report as it is typed in Telegram, and what the desk wrote to whom."""

from __future__ import annotations

from handlers.ports import UnitOfWork
from tests.bot.channels.telegram.stage import USERS, TelegramStage

AYSE = USERS["ayse"]

PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def written(stage: TelegramStage, user: int = AYSE) -> list[str]:
    """What the desk keeps of that person's words, in order."""

    def read(uow: UnitOfWork) -> list[str]:
        return [m.text for m in uow.timeline.page(f"telegram:p:{user}", limit=500) if m.author is not None]

    return stage.app.store.read(read)


def backlog(stage: TelegramStage) -> tuple[int, int]:
    found = stage.app.store.read(lambda uow: uow.inbox.backlog(stage.clock.now()))
    return found.waiting, found.given_up
