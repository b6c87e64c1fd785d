"""Messages put into the outbox for Telegram, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.messages import Delivery, Outgoing
from handlers.ports import Backlog
from tests.bot.channels.telegram.reports import PRINTER
from tests.bot.channels.telegram.stage import GROUPS, USERS, TelegramStage

AYSE, HASAN, MEHMET = USERS["ayse"], USERS["hasan"], USERS["mehmet"]

DONANIM = GROUPS["donanim"]


def put(stage: TelegramStage, user: int, text: str, **more: Any) -> None:
    message = Outgoing(conversation=f"telegram:p:{user}", text=text, **more)
    stage.app.store.write(lambda uow: uow.messages.put(message))


def outbox(stage: TelegramStage) -> Backlog:
    return stage.app.store.read(lambda uow: uow.outbox.backlog(stage.clock.now()))


def given_up(stage: TelegramStage) -> Sequence[Delivery]:
    return stage.app.store.read(lambda uow: uow.outbox.given_up())


async def retried(stage: TelegramStage) -> None:
    """Time goes by until nothing waits for another try."""

    def later() -> bool:
        stage.clock.advance(timedelta(seconds=5))
        return outbox(stage).waiting == 0

    await stage.until(later)
    await stage.quiet()


async def with_ticket(stage: TelegramStage, text: str = PRINTER) -> None:
    await stage.person("ayse").says(text)
    await stage.person("ayse").presses("Teknisyene ilet")
