"""The `masa` command in some milliseconds: forked from a process that has imported everything.

A `Forked` is a `subprocess.Popen` like any other, a process and a child of ours with a clock of the tests; it only does
not import anew for two seconds what the one before it has imported. What is about the start itself (the environment
of the interpreter, the first database) is started by `tests.masa`.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

from tests import masa
from tests.clock import RunningClock
from tests.masa import environment

_SET_CHILD_SUBREAPER = 36
"""Of prctl(2): a grandchild whose parent ends becomes a child of ours, so that we can wait for it."""
_MAX_ORDER = 1 << 20


Stream = int | IO[str]
"""As `subprocess` takes it."""


class Forked(subprocess.Popen[str]):
    """`masa WORDS`, at that clock, with pipes to it."""

    def __init__(
        self,
        words: Sequence[str],
        *,
        clock: RunningClock,
        cwd: Path,
        env: Mapping[str, str],
        stdin: Stream = subprocess.PIPE,
        stdout: Stream = subprocess.PIPE,
        stderr: Stream = subprocess.PIPE,
    ) -> None:
        order = [str(clock), *words]
        super().__init__(order, cwd=cwd, env=env, stdin=stdin, stdout=stdout, stderr=stderr, text=True)

    def _execute_child(self, args: Any, *options: Any) -> None:
        """In place of fork and exec; `options` as `subprocess` hands them on, the ends of the pipes among them."""
        cwd, env = options[4:6]
        ends = options[9:15]
        stdin, _, _, stdout, _, stderr = ends
        self.pid = _zygote().fork({"words": args, "cwd": str(cwd), "env": dict(env)}, (stdin, stdout, stderr))
        self._child_created = True
        self._close_pipe_fds(*ends)  # type: ignore[attr-defined] # of subprocess, the same from 3.11 to 3.13


def ran(
    words: Sequence[str], *, clock: RunningClock, cwd: Path, env: Mapping[str, str], stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """It, after its end."""
    with Forked(words, clock=clock, cwd=cwd, env=env) as process:
        out, err = process.communicate(stdin, timeout=60)
    return subprocess.CompletedProcess(list(words), process.returncode, out, err)


class _Zygote:
    def __init__(self) -> None:
        if ctypes.CDLL(None, use_errno=True).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        atexit.register(self._orders.close)
        with theirs:
            theirs.set_inheritable(True)
            command = [sys.executable, "-m", "tests.forked", str(theirs.fileno())]
            os.posix_spawn(sys.executable, command, environment())

    def fork(self, order: Mapping[str, object], ends: Sequence[int]) -> int:
        """The process; `ends`: what becomes its stdin, stdout and stderr, -1 for that of the tests."""
        files = [end if end != -1 else place for place, end in enumerate(ends)]
        socket.send_fds(self._orders, [json.dumps(order).encode()], files)
        return int(self._orders.recv(64))


@cache
def _zygote() -> _Zygote:
    """It ends when its socket closes, with us."""
    return _Zygote()


# --- the process that everything is forked from ---------------------------------------------------
def _serve(orders: socket.socket) -> None:
    while True:
        order, files, _, _ = socket.recv_fds(orders, _MAX_ORDER, 3)
        if not order:
            return
        told, tells = os.pipe()
        between = os.fork()
        if not between:
            if child := os.fork():
                os.write(tells, str(child).encode())
                os._exit(0)
            orders.close()
            os.close(told)
            os.close(tells)
            _become(json.loads(order), files)
        os.waitpid(between, 0)
        orders.send(os.read(told, 64))
        for end in (told, tells, *files):
            os.close(end)


def _become(order: Mapping[str, Any], files: Sequence[int]) -> None:
    """Never returns into its parent's code."""
    code = 1
    try:
        for target, source in enumerate(files):
            os.dup2(source, target)
            os.close(source)
        os.chdir(order["cwd"])
        os.environ.clear()
        os.environ.update(order["env"])
        time.tzset()
        signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
        clock, *words = order["words"]
        masa.main(clock, words)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 # whatever it is, it is told as Python tells it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main(orders: int) -> None:
    import bot.commands.chat
    import bot.commands.run
    import bot.commands.worker
    from knowledge import Knowledge
    from tests import knowledge_once

    assert bot.commands.chat
    Knowledge.load = knowledge_once.load  # type: ignore[method-assign] # as in the tests
    Knowledge.load()
    with socket.socket(fileno=orders) as orders_of_the_tests:
        _serve(orders_of_the_tests)


if __name__ == "__main__":
    main(int(sys.argv[1]))
