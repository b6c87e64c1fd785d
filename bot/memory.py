"""What a long-running process does without: memory of threads that need none of it any more, and work on what stays."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h."""
ARENAS = 2


def share_arenas() -> bool:
    """Let all threads allocate from the same two heaps; whether the C library can. Call it before the first thread is
    begun: numpy begins some when it is imported.

    glibc gives each thread a heap of its own, and what is freed there serves no other: some 7 MB of a desk at rest.
    Threads of Python allocate one after the other anyway.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    return mallopt is not None and mallopt(_ARENA_MAX, ARENAS) == 1


@contextmanager
def uncollected() -> Iterator[None]:
    """What is imported within stays until the end: Python neither looks through it for garbage meanwhile, which is a
    fifth of the time that importing a desk takes, nor ever again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
