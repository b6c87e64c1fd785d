"""What lies in the inbox: a raw update with what was found out before it was stored, or a word of the channel's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from handlers.events import RefusedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateEnvelope:
    update: Any
    """As the platform sent it; of an album the part with the caption, or the first."""
    conversation: str
    root: int | None = None
    """The desk's message that the topic hangs on, where it stands in one that was opened for a ticket."""
    files: tuple[str, ...] = ()
    """Ids of attachments, kept already."""
    refused: tuple[RefusedFile, ...] = ()

    def dump(self) -> str:
        """ASCII: a lone surrogate stays an escape, and reaches no database as a letter."""
        return json.dumps(
            {
                "update": self.update,
                "conversation": self.conversation,
                "root": self.root,
                "files": self.files,
                "refused": [[one.reason, dict(one.data)] for one in self.refused],
            }
        )


@dataclass(frozen=True, slots=True)
class PartOf:
    """A further part of an album: told with its first, only its number is remembered."""

    key: str

    def dump(self) -> str:
        return json.dumps({"part_of": self.key})


@dataclass(frozen=True, slots=True)
class Unreachable:
    """What a refused message told: nobody is reached in that conversation any more."""

    conversation: str

    def dump(self) -> str:
        return json.dumps({"unreachable": self.conversation})


def load(payload: str) -> UpdateEnvelope | PartOf | Unreachable:
    """Raises ValueError, KeyError or TypeError."""
    found = json.loads(payload)
    if "part_of" in found:
        return PartOf(found["part_of"])
    if "unreachable" in found:
        return Unreachable(found["unreachable"])
    return UpdateEnvelope(
        update=found["update"],
        conversation=found["conversation"],
        root=found["root"],
        files=tuple(found["files"]),
        refused=tuple(RefusedFile(reason=reason, data=data) for reason, data in found["refused"]),
    )
