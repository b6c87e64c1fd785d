"""A Turkish locale for a process, made in a folder of the test: few machines have it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.required import missing

SOURCES = Path("/usr/share/i18n/locales")


def turkish(folder: Path) -> dict[str, str]:
    """The variables of a process that goes by it."""
    program = shutil.which("localedef")
    if program is None or not (SOURCES / "tr_TR").exists():
        missing("no Turkish locale: install Debian's locales")
    subprocess.run([program, "-i", "tr_TR", "-f", "UTF-8", folder / "tr_TR.UTF-8"], check=True)
    return {"LOCPATH": str(folder), "LC_ALL": "tr_TR.UTF-8"}
