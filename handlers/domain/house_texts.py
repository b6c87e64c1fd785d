"""What the house wrote in the place of a text that the desk ships with: each time another version, none is ever lost.

The newest version is the one that stands; an empty one says that the shipped text stands again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto
from hashlib import sha256

from handlers.domain.errors import DeskError
from handlers.domain.people import PersonId


class TextKind(StrEnum):
    ARTICLE = "article"
    """Çözüm adımları."""
    MESSAGE = "message"
    """What the desk says."""


class EditState(Enum):
    """How a text of the house stands beside the shipped one."""

    SHIPPED = auto()
    EDITED = auto()
    OUTDATED = auto()
    """Edited, and what it was edited from says something newer by now."""
    LEFT_OUT = auto()
    """Edited, but it cannot be used (any more): the shipped one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseText:
    kind: TextKind
    name: str
    """Of the article or the template."""
    version: int
    body: str
    """Empty: from this version on the shipped one stands."""
    shipped: str
    """The fingerprint of the shipped text as it was then (`fingerprint`): a later one may say something newer."""
    written_at: datetime
    written_by: PersonId
    id: int = 0


class EditedMeanwhile(DeskError):
    """Somebody wrote another version since the page was shown."""

    def __init__(self, newest: HouseText) -> None:
        super().__init__(f"{newest.kind} {newest.name} has version {newest.version} by now")
        self.newest = newest


def fingerprint(shipped: str) -> str:
    return sha256(shipped.encode("utf-8", "surrogatepass")).hexdigest()
