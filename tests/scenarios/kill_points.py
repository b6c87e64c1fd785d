"""The life of a ticket, killed with SIGKILL before and after every one of its commits.

Run as a program: `python -m tests.scenarios.kill_points FOLDER`. It plays the life once to count the commits, then
again for each of them in a child that dies there, and in a second child that finds the database as it was left and goes
on. It prints one JSON object a line: what the second found, and how it ended. Commits are counted where the store makes
them, so that a new one is killed at without anybody remembering to add it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handlers.domain.people import Account
from handlers.events import ButtonPressed, MessageReceived
from handlers.messages import plain
from storage.sqlite import Sqlite
from tests.clock import FakeClock
from tests.scenarios.stage import Actor, Stage, open_stage

Step = tuple[str, str | None, str, str]
"""(who, in which room, says or presses, what)."""
LIFE: tuple[Step, ...] = (
    ("ayse", None, "says", "slm yazici cikti vermiyo, kuyrukta bekliyor"),
    ("ayse", None, "presses", "Teknisyene ilet"),
    ("mehmet", "donanim", "presses", "Üstlen"),
    ("mehmet", "donanim", "presses", "Beklet"),
    ("mehmet", "donanim", "presses", "Malzeme"),
    ("mehmet", "donanim", "says", "fuser, yarın"),
    ("mehmet", "donanim", "presses", "Devam et"),
    ("mehmet", "donanim", "presses", "Tamamladım"),
    ("mehmet", "donanim", "says", "fuser değişti"),
    ("ayse", None, "presses", "Evet, çalışıyor"),
)


@dataclass
class Script:
    """Plays LIFE with fixed keys, so that a second run sends again what the first may have sent already."""

    stage: Stage
    acknowledged: Callable[[str], None]
    _presses: dict[str, str] = field(default_factory=dict)

    async def play(self) -> None:
        for place, (who, room, verb, what) in enumerate(LIFE):
            actor = Actor(self.stage, who, room)
            key = f"terminal:life-{place}"
            if await self._is_known(key):  # a sender that got no answer sends again: the same key, no second effect
                await self.stage.app.reception.handled(key)
                continue
            common: dict[str, Any] = {
                "key": key,
                "at": self.stage.clock.now(),
                "sender": Account("terminal", who),
                "conversation": actor.address,
                "in_room": room is not None,
            }
            if verb == "says":
                event: MessageReceived | ButtonPressed = MessageReceived(text=what, **common)
            else:
                token = next(
                    m.buttons[label]
                    for m in reversed(await actor.sees())
                    for label in m.buttons
                    if label.startswith(what)
                )
                event = ButtonPressed(token=token, **common)
            await self.stage.app.reception.accept(event)
            self.acknowledged(key)
            await self.stage.app.reception.handled(key)

    async def _is_known(self, key: str) -> bool:
        from sqlalchemy import select

        from storage.tables import inbox

        def look(uow: Any) -> bool:
            return uow.transaction.execute(select(inbox.c.id).where(inbox.c.key == key)).first() is not None

        return await self.stage.app.reception.read(look)


def die_at(commit: int, when: str) -> None:
    """SIGKILL before or after the commit with that number; the count of all goes to stdout where it is 0."""
    real = Sqlite.commit
    count = 0

    def commit_or_die(self: Sqlite, connection: Any) -> None:
        nonlocal count
        count += 1
        if count == commit and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        real(self, connection)
        if count == commit and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        Path("commits").write_text(str(count))

    Sqlite.commit = commit_or_die  # type: ignore[method-assign] # a child of its own dies of it


async def _play(folder: Path, fresh: bool) -> dict[str, Any]:
    acknowledged = folder / "acknowledged"

    def note(key: str) -> None:
        with acknowledged.open("a") as file:
            file.write(key + "\n")

    async with open_stage(folder, "terminal", FakeClock(), fresh=fresh) as stage:
        await Script(stage, note).play()
        return await _outcome(stage, acknowledged)


async def _outcome(stage: Stage, acknowledged: Path) -> dict[str, Any]:
    from sqlalchemy import select

    from storage.tables import inbox

    def look(uow: Any) -> dict[str, Any]:
        keys = {row.key: row.state for row in uow.transaction.execute(select(inbox.c.key, inbox.c.state))}
        tickets = uow.summaries.list()
        return {
            "lost": [key for key in acknowledged.read_text().split() if keys.get(key) != "handled"],
            "tickets": [t.number for t in tickets],
            "states": [str(t.state) for t in tickets],
            "history": [str(event.what) for t in tickets for event in uow.tickets.history(t.id)],
            "resolution": [t.resolution for t in tickets],
        }

    outcome = await stage.app.reception.read(look)
    room = await Actor(stage, "mehmet", "donanim").sees()
    outcome["cards"] = len([m for m in room if m.kind == "card"])
    outcome["told"] = [m.kind for m in await Actor(stage, "ayse").sees() if m.author is None]
    outcome["last_card"] = plain(room[0].text).splitlines()[-1] if room else ""
    outcome["damage"] = stage.app.store.integrity()
    return outcome


def _in_child(work: Callable[[], object]) -> int:
    """Its wait status. The child never returns into the parent's code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitpid(child, 0)[1]


def main(root: Path) -> None:
    from tests.scenarios.stage import empty_database, shared_desk

    empty_database()
    shared_desk()
    whole = root / "whole"
    total = _count(whole)
    print(json.dumps({"commits": total, **json.loads((whole / "outcome").read_text())}), flush=True)
    for commit in range(1, total + 1):
        for when in ("before", "after"):
            folder = root / f"{commit}-{when}"
            folder.mkdir()
            status = _in_child(lambda: _first(folder, commit, when))  # noqa: B023 # called at once
            _in_child(lambda: _second(folder))  # noqa: B023 # called at once
            found = json.loads((folder / "outcome").read_text()) if (folder / "outcome").exists() else {"lost": None}
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            print(json.dumps({"commit": commit, "when": when, "killed": killed, **found}), flush=True)


def _count(folder: Path) -> int:
    folder.mkdir(parents=True)
    status = _in_child(lambda: _first(folder, 0, ""))
    if status:
        sys.exit("the life could not be played at all")
    return int((folder / "commits").read_text())


def _first(folder: Path, commit: int, when: str) -> None:
    os.chdir(folder)
    die_at(commit, when)
    (folder / "outcome").write_text(json.dumps(asyncio.run(_play(folder, fresh=True))))


def _second(folder: Path) -> None:
    os.chdir(folder)
    (folder / "acknowledged").touch()
    (folder / "outcome").write_text(json.dumps(asyncio.run(_play(folder, fresh=False))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
