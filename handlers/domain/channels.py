"""Which channels there are, and on which of them words stay in the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

EMBEDDED = ("web", "terminal")
"""Built in: a message there is delivered once it is committed, the desk's own id is the only one it has, and each unit
has a room. Every other channel is a platform, with an outbox and ids of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChannels:
    """By default none is known, and so every channel is external: no notice promises what nobody declared."""

    titles: Mapping[str, str] = field(default_factory=dict)
    """Channel → what people call it."""
    internal: frozenset[str] = frozenset()
    """Those that run in the house."""
    without_basis: tuple[str, ...] = ()
    """Titles of those that get all that is written although nothing is recorded that lets them (KVKK m.9)."""

    def __contains__(self, channel: str) -> bool:
        return channel in self.titles

    def title(self, channel: str) -> str:
        return self.titles.get(channel) or channel.capitalize()

    def is_external(self, channel: str) -> bool:
        """Whether what is written there passes through somebody else's servers."""
        return channel not in self.internal
