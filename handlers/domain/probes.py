"""What is asked of a system of the house, to see whether it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["tcp", "http", "dns", "tls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """`host` and `port`, or of a page its `url`."""

    system: str
    kind: Kind
    host: str = ""
    port: int = 0
    url: str = ""
    status: int | None = None
    """None: any below 400."""
    word: str = ""
    """Must stand on the page."""
    days: int = 1
    """How long a certificate must be good yet."""

    @property
    def target(self) -> str:
        return self.url or (f"{self.host}:{self.port}" if self.port else self.host)
