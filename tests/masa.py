"""The `masa` command as a process of its own that goes by a clock of the tests.

`python -m tests.masa CLOCK run` is `masa run`; CLOCK is a `tests.clock.RunningClock`, written down. The product has no
setting for it: who starts it this way says by which clock it goes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import bot.cli
from bot.clock import going_by
from tests.clock import RunningClock

ROOT = Path(__file__).parents[1]


def masa(clock: RunningClock) -> list[str]:
    """What comes before `run`, `chat` … on a command line."""
    return [sys.executable, "-m", "tests.masa", str(clock)]


def environment(**own: str) -> dict[str, str]:
    """Of a child in another folder: ours, and what is given."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **own}


def main(clock: str, words: Sequence[str]) -> None:
    sys.argv = ["masa", *words]
    with going_by(RunningClock.read(clock)):
        bot.cli.main()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
