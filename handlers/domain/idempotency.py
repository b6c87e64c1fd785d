"""The keys of everything that must have its effect once, however often it is asked for. All of them stand here: no two
kinds may be spelt alike, and none is made elsewhere."""

from __future__ import annotations

from typing import NewType

IdempotencyKey = NewType("IdempotencyKey", str)


def note_forwarded(entry: int) -> IdempotencyKey:
    """An internal note was sent to the reporter after all."""
    return IdempotencyKey(f"note-sent:{entry}")
