"""The terminal for a person, with a real pseudo-terminal where it matters."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

from tests import forked
from tests.bot.channels.terminal.test_processes import CLOCK, ENVIRONMENT
from tests.forked import Forked

PATIENCE = 30.0


class Shell:
    """A `masa chat` at a keyboard."""

    def __init__(self, folder: Path, handle: str) -> None:
        self._main, secondary = pty.openpty()
        self._process = Forked(
            ["chat", "--as", handle],
            clock=CLOCK,
            cwd=folder,
            env={**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "100", "LINES": "40", "PROMPT_TOOLKIT_NO_CPR": "1"},
            stdin=secondary,
            stdout=secondary,
            stderr=secondary,
        )
        os.close(secondary)
        self.seen = ""

    def __enter__(self) -> Shell:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._main)

    def types(self, text: str) -> None:
        os.write(self._main, text.encode())

    def until(self, wanted: str) -> str:
        """What stood on the screen until that appeared."""
        end = time.monotonic() + PATIENCE
        while wanted not in self.seen:
            ready, _, _ = select.select([self._main], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{wanted!r} did not appear in {self.seen[-2000:]!r}"
            self._read()
        before, _, self.seen = self.seen.partition(wanted)
        return before

    def ends(self) -> int:
        end = time.monotonic() + PATIENCE
        while select.select([self._main], [], [], max(0.0, end - time.monotonic()))[0] and self._read():
            pass
        return self._process.wait(timeout=PATIENCE)

    def _read(self) -> bool:
        try:
            found = os.read(self._main, 65536).decode("utf-8", "replace")
        except OSError:  # Linux: the other end is closed
            return False
        self.seen += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", found)
        return bool(found)


def test_a_person_at_a_keyboard(tmp_path: Path) -> None:
    with Shell(tmp_path, "ayse") as shell:
        shell.until("Ayşe Yılmaz · Mali Hizmetler")
        shell.until("ayse ›")
        shell.types("yazıcı çıktı vermiyor\r")
        shell.until("[2] Teknisyene")
        shell.types("2\r")
        shell.until("000001")
        shell.types("@yok.png\r")
        shell.until("Dosya açılamadı: yok.png")
        shell.until("ayse ›")  # between two prompts Ctrl-D is the terminal's, not ours
        shell.types("\x04")
        assert shell.ends() == 0


def test_lines_from_a_pipe_are_answered_without_colours(tmp_path: Path) -> None:
    stdin = "yazıcı çıktı vermiyor\n2\n?\n"
    ran = forked.ran(["chat", "--as", "ayse"], clock=CLOCK, cwd=tmp_path, env=ENVIRONMENT, stdin=stdin)
    assert ran.returncode == 0, ran.stderr
    assert "\x1b" not in ran.stdout
    assert "000001" in ran.stdout
    assert "numaralı düğmeye basar" in ran.stdout


def test_the_prompt_is_not_loaded_for_scripts() -> None:
    code = "import sys, bot.commands.chat; print('prompt_toolkit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
