"""What a desk at rest does without."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

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


def test_a_desk_on_sqlite_loads_no_driver_of_another_database_and_nothing_that_sets_pages(tmp_path: Path) -> None:
    code = (
        "import gc, sys\nfrom bot import cli\ncli._load('run')\n"
        "import bot.app\nfrom bot.commands import run\n"
        "print([m for m in ('psycopg', 'alembic', 'mako') if m in sys.modules])\n"
        "print(gc.isenabled(), gc.get_freeze_count() > 100_000)\n"
        "run._page(run.build(run.load(), clock=run.process_clock()))\n"
        "print([m for m in ('psycopg', 'typst', 'xlsxwriter', 'python_calamine', 'matplotlib') if m in sys.modules])\n"
    )
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\nTrue True\n[]\n"
