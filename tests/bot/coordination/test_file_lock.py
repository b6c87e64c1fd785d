import os
import signal
import subprocess
import sys
from pathlib import Path

from bot.coordination.file_lock import FileLock

LEAD_AND_WAIT = """
import sys
from pathlib import Path
from bot.coordination.file_lock import FileLock
print(FileLock(Path(sys.argv[1])).acquire(), flush=True)
sys.stdin.read()
"""


def test_one_leads_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock.over(tmp_path / "masa.db"), FileLock.over(tmp_path / "masa.db")
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    assert second.holder() == os.getpid()
    first.release()
    first.release()
    assert second.holder() is None
    assert second.acquire(blocking=True)
    assert second.held
    assert not first.held


def test_a_killed_process_leads_no_more(tmp_path: Path) -> None:
    lock = tmp_path / "masa.db.worker"
    other = subprocess.Popen(
        [sys.executable, "-c", LEAD_AND_WAIT, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    mine = FileLock(lock)
    assert not mine.acquire()
    assert mine.holder() == other.pid
    other.send_signal(signal.SIGKILL)
    assert mine.acquire(blocking=True)
    other.communicate()


def test_a_deputy_steps_back_for_who_speaks_to_the_platforms(tmp_path: Path) -> None:
    database = tmp_path / "masa.db"
    chat, desk = FileLock.over(database, deputy=True), FileLock.over(database)
    assert chat.lead()
    assert not desk.lead()
    assert not chat.lead()
    assert desk.lead()
    assert not chat.lead()
    desk.end()
    assert chat.lead()


def test_of_two_desks_the_second_waits(tmp_path: Path) -> None:
    first, second = FileLock.over(tmp_path / "masa.db"), FileLock.over(tmp_path / "masa.db")
    assert first.lead()
    assert not second.lead()
    first.end()
    assert second.lead()


def test_a_deputy_leads_alone_and_one_at_a_time(tmp_path: Path) -> None:
    first, second = (FileLock.over(tmp_path / "masa.db", deputy=True) for _ in range(2))
    assert first.lead()
    assert not second.lead()
    first.end()
    assert second.lead()


def test_a_restore_seizes_everything_or_nothing(tmp_path: Path) -> None:
    database = tmp_path / "masa.db"
    run, restore = FileLock.over(database), FileLock.over(database)
    run.lead()
    assert not restore.seize()
    run.end()
    assert restore.seize()
    deputy = FileLock.over(database, deputy=True)
    assert not deputy.lead()
    restore.end()
    assert deputy.lead()
    deputy.end()
