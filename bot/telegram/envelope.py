"""What lies in the inbox: a raw update, and what the channel found out before it stored it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from handlers.events import RefusedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
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

    @classmethod
    def load(cls, payload: str) -> Envelope | None:
        """None: a further part of an album, told with its first. Raises ValueError, KeyError or TypeError."""
        found = json.loads(payload)
        if "part_of" in found:
            return None
        return cls(
            update=found["update"],
            conversation=found["conversation"],
            root=found["root"],
            files=tuple(found["files"]),
            refused=tuple(RefusedFile(reason=reason, data=data) for reason, data in found["refused"]),
        )


def part_of(key: str) -> str:
    """Payload of an album's further part: nothing to do, only its number is remembered."""
    return json.dumps({"part_of": key})
