"""Stops a work that hangs: the others wait for the same writer."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from handlers.ports import HandlerTimedOut

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Watched:
    interrupt: Callable[[], None]
    thread: int = field(default_factory=threading.get_ident)
    started: float = field(default_factory=time.monotonic)
    stopped: bool = False


class Watchdog:
    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._running: dict[int, _Watched] = {}
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="store-watchdog", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[], T], interrupt: Callable[[], None]) -> T:
        """The work's result. Raises HandlerTimedOut where it took longer than the limit; `interrupt` wakes it from a
        statement, an exception in its thread from Python. What blocks in other C code ends when that returns."""
        watched = _Watched(interrupt)
        with self._lock:
            self._running[watched.thread] = watched
        try:
            result = work()
        except BaseException as error:
            if self._release(watched) and not isinstance(error, HandlerTimedOut):
                raise HandlerTimedOut(f"stopped after {self._limit:g} s") from error
            raise
        if self._release(watched):
            raise HandlerTimedOut(f"stopped after {self._limit:g} s")
        return result

    def _release(self, watched: _Watched) -> bool:
        """Whether it was stopped. Afterwards no exception is on its way into this thread any more."""
        while True:
            try:
                with self._lock:
                    self._running.pop(watched.thread, None)
                    if watched.stopped:
                        _raise_in(watched.thread, None)
            except HandlerTimedOut:
                continue
            return watched.stopped

    def _watch(self) -> None:
        while not self._closing.wait(min(self._limit / 4, 1.0)):
            late = time.monotonic() - self._limit
            with self._lock:
                for watched in self._running.values():
                    if watched.started < late and not watched.stopped:
                        watched.stopped = True
                        _raise_in(watched.thread, HandlerTimedOut)
                        watched.interrupt()

    def close(self) -> None:
        self._closing.set()
        self._thread.join()


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise it there at the next bytecode; None takes back what was not raised yet."""
    argument = ctypes.py_object() if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), argument)
