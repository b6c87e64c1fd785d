"""The loopback Telegram of the fault tests: it remembers when each message came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.servers.telegram import BOT, BotApi, Chat

IN_FLIGHT = 2.0
"""Seconds that a request may still be on its way after the process that made it was killed."""


class Messenger(BotApi):
    def __init__(self) -> None:
        super().__init__()
        self.came_at: dict[tuple[int, int], float] = {}
        """(chat, message) → by the clock of the server."""

    def _message(self, chat: Chat, sender: dict[str, Any], thread: int | None = None) -> dict[str, Any]:
        message = super()._message(chat, sender, thread)
        if sender["id"] == BOT["id"]:
            self.came_at[chat.id, message["message_id"]] = self.clock()
        return message

    def unexplained(self, chat: int, doubled: Sequence[int], deaths: Sequence[float]) -> list[int]:
        """Of these messages of a chat those that no death explains. A desk has at most one message a chat under way, so
        that a death doubles at most one there: the last that came before it, or while it was on its way."""
        unused = sorted(deaths)
        left = []
        for number in sorted(doubled, key=lambda one: self.came_at[chat, one]):
            came = self.came_at[chat, number]
            first_after = next((death for death in sorted(deaths) if death >= came), came)
            may = [death for death in unused if came - IN_FLIGHT <= death <= first_after]
            if may:
                unused.remove(may[0])
            else:
                left.append(number)
        return left
