"""`masa verify`: what it says, beside a running desk and after a restore."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.coordination.file_lock import FileLock
from storage.maintenance.verify import INVARIANTS
from tests.bot.commands.workspace import Workspace
from tests.storage.lived import lived_in


@pytest.fixture
def lived(workspace: Workspace) -> Workspace:
    """Its attachments lie where the settings look for them."""
    lived_in(Path())
    Path("files").rename("masa-data")
    return workspace


def tamper(statement: str) -> None:
    with closing(sqlite3.connect("masa.db")) as connection:
        assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_a_sound_desk(lived: Workspace) -> None:
    ran = lived.masa("verify")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("✓") == len(INVARIANTS)
    assert "3 ticket rows" in ran.out
    assert ran.out.endswith("Every promise holds.\n")


def test_what_is_broken_is_said_and_the_exit_code_too(lived: Workspace) -> None:
    tamper("UPDATE ticket_event SET after = 'closed' WHERE ticket = 2 AND position = 2")
    ran = lived.masa("verify")
    assert ran.code == 1
    assert ran.out.count("✗") == 1
    assert "2026-000002: line 2 of its history was changed" in ran.out
    assert f"1 of {len(INVARIANTS)} promises" in ran.out


def test_as_json(lived: Workspace) -> None:
    tamper("UPDATE counter SET value = 9 WHERE kind = 'ticket'")
    ran = lived.masa("verify", "--json")
    (document,) = ran.json
    assert (ran.code, document["ok"]) == (1, False)
    broken = [found for found in document["invariants"] if not found["held"]]
    assert [found["name"] for found in broken] == ["numbers"]
    assert broken[0]["breaches"] == [{"where": "year 2026", "what": "the counter stands at 9, the last number is 3"}]


def test_it_writes_nothing(lived: Workspace) -> None:
    before = Path("masa.db").read_bytes()
    lived.masa("verify")
    assert Path("masa.db").read_bytes() == before


def test_what_lies_with_a_dead_process_is_asked_of_a_running_desk_only(lived: Workspace) -> None:
    tamper("UPDATE inbox SET owner = 'dead', leased_until = '2020-01-01 00:00:00.000000' WHERE state = 'waiting'")
    assert lived.masa("verify").code == 0
    leadership = FileLock.over(Path("masa.db").resolve())
    assert leadership.acquire()
    ran = lived.masa("verify")
    leadership.end()
    assert ran.code == 1
    assert "in the hand of dead" in ran.out


def test_files_that_belong_to_nothing_are_told_and_listed(lived: Workspace) -> None:
    lost, fresh, other = Path("masa-data") / ("a" * 32), Path("masa-data") / ("b" * 32), Path("masa-data") / "model.npz"
    for path in (lost, fresh, other):
        path.write_bytes(b"1234")
    now = lived.clock.now().timestamp()
    for path, at in ((lost, now - 2 * 86_400), (fresh, now), (other, now - 2 * 86_400)):
        os.utime(path, (at, at))
    ran = lived.masa("verify")
    assert ran.code == 0
    assert "Note: 1 files on disk" in ran.out
    assert lived.masa("verify", "--orphans").out == f"{lost}\n"
    assert lost.exists()


def test_a_restore_is_proved(lived: Workspace) -> None:
    assert lived.masa("backup", "yedek.tar").code == 0
    ran = lived.masa("restore", "yedek.tar", "--force")
    assert (ran.code, ran.err) == (0, "")
    assert "hepsi sağlam" in ran.out


def test_a_restore_of_what_was_broken_before_says_so(lived: Workspace) -> None:
    tamper("UPDATE counter SET value = 9 WHERE kind = 'ticket'")
    lived.masa("backup", "yedek.tar")
    tamper("UPDATE counter SET value = 3 WHERE kind = 'ticket'")
    ran = lived.masa("restore", "yedek.tar", "--force")
    assert ran.code == 1
    assert "year 2026: the counter stands at 9" in ran.err
    assert lived.masa("verify").code == 1


def test_doctor_looks_at_the_numbers(lived: Workspace) -> None:
    tamper("UPDATE counter SET value = 9 WHERE kind = 'ticket'")
    assert "the counter stands at 9" in lived.masa("doctor").out
