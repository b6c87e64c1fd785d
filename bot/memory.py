"""How much of its memory a long-running process keeps for threads that need none of it any more."""

from __future__ import annotations

import ctypes

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
