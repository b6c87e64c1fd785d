"""What was said to all staff: how many have read it, as far as their channel can tell. Counted, never listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import UseCaseContext
from handlers.domain.channels import EMBEDDED


@dataclass(frozen=True, slots=True, kw_only=True)
class OnChannel:
    title: str
    told: int
    read: int | None
    """None: the channel does not say what is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    channels: Sequence[OnChannel]

    @property
    def told(self) -> int:
        return sum(one.told for one in self.channels)


def readers(work: UseCaseContext, slot: str, kind: str) -> Readers:
    """Of the message of that kind that stands in that slot wherever it was said."""
    counts = work.uow.timeline.read_counts(slot, kind)
    known = work.desk.channels
    return Readers(
        channels=[
            OnChannel(title=known.title(channel), told=told, read=read if channel in EMBEDDED else None)
            for channel, (told, read) in sorted(counts.items())
        ]
    )
