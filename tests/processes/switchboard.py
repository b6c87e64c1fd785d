"""The loopback Telegram of these tests: the second who asks for updates takes the line from the first, as in life."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.faults.messenger import Messenger
from tests.servers.telegram import Refusal

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Switchboard(Messenger):
    def __init__(self) -> None:
        super().__init__()
        self.conflicts = 0
        self.delay = 0.0
        """Seconds until a message stands in its chat."""
        self._asking: asyncio.Future[None] | None = None
        """Whoever waits for updates; done: it has lost the line."""

    async def _getUpdates(self, data: dict[str, Any], files: Any) -> Any:  # noqa: N802 # the platform's name
        if self._asking is not None:
            self.conflicts += 1
            self._asking.set_result(None)
        mine = self._asking = asyncio.get_running_loop().create_future()
        answer = asyncio.ensure_future(super()._getUpdates(data, files))
        try:
            await asyncio.wait((answer, mine), return_when=asyncio.FIRST_COMPLETED)
            if mine.done():
                raise Refusal(409, CONFLICT)
            return answer.result()
        finally:
            answer.cancel()
            if self._asking is mine:
                self._asking = None

    async def _sendMessage(self, data: dict[str, Any], files: Any) -> Any:  # noqa: N802 # the same
        await asyncio.sleep(self.delay)
        return await super()._sendMessage(data, files)
