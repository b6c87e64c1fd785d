"""What a desk at rest does without."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

LIBC, _ = platform.libc_ver()


@pytest.mark.skipif(LIBC != "glibc", reason="another C library has no arenas")
def test_threads_share_two_arenas() -> None:
    script = (
        "import ctypes, threading\nfrom bot import memory\nprint(memory.share_arenas())\n"
        "met = threading.Barrier(9)\n"
        "def fill():\n"
        "    met.wait()\n"
        "    held = [bytes(700) for _ in range(1000)]\n"
        "    met.wait()\n"
        "threads = [threading.Thread(target=fill) for _ in range(8)]\n"
        "[thread.start() for thread in threads]\nmet.wait()\nmet.wait()\n[thread.join() for thread in threads]\n"
        "ctypes.CDLL(None).malloc_stats()\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "True\n"
    assert 1 <= ran.stderr.count("Arena ") <= 2


def test_a_desk_on_sqlite_loads_no_driver_of_another_database() -> None:
    code = (
        "import sys, bot.app, bot.commands.run; print([m for m in ('psycopg', 'alembic', 'mako') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
