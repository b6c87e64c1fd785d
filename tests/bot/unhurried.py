"""A channel that keeps no pace and notes what it is given to send: plays need not wait for the platform's limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from starlette.routing import BaseRoute

from handlers.channel_port import Channel, RateLimit, Sender
from handlers.messages import Delivery, Outcome

C = TypeVar("C", bound=Channel)


@dataclass(slots=True)
class UnhurriedSender:
    inner: Sender
    rate_limit: RateLimit = field(default_factory=lambda: RateLimit(per_second=100_000, gap_seconds=0.0))
    deliveries: list[Delivery] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> Outcome:
        self.deliveries.append(delivery)
        return await self.inner.send(delivery)


class Unhurried(Generic[C]):
    def __init__(self, channel: C, rate_limit: RateLimit | None = None) -> None:
        """`pace`: one to keep, for plays about just that."""
        self.channel = channel
        self.sender = (
            UnhurriedSender(channel.sender) if rate_limit is None else UnhurriedSender(channel.sender, rate_limit)
        )

    @property
    def routes(self) -> Sequence[BaseRoute]:
        return self.channel.routes

    def health(self) -> Mapping[str, Any]:
        return self.channel.health()

    async def open(self) -> None:
        await self.channel.open()

    async def run(self) -> None:
        await self.channel.run()

    async def close(self) -> None:
        await self.channel.close()
