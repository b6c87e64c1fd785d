"""`masa chat --json` as its users start it: processes of their own, alone and beside a `masa run`."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.coordination.file_lock import FileLock
from tests import forked
from tests.clock import RunningClock
from tests.forked import Forked
from tests.locales import turkish
from tests.masa import environment, masa
from tests.scenarios.stage import empty_database

CLOCK = RunningClock()
"""All of them go by it."""
ENVIRONMENT = environment(MASA_DEMO="1", MASA_WEB__PORT="0")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder whose desk was there before."""
    (tmp_path / "masa.db").write_bytes(empty_database())
    return tmp_path


def chat(
    folder: Path, *arguments: str, lines: list[dict[str, Any]] | None = None, **own: str
) -> subprocess.CompletedProcess[str]:
    """`own`: variables beside those of all."""
    return forked.ran(
        ["chat", "--json", *arguments], clock=CLOCK, cwd=folder, env={**ENVIRONMENT, **own}, stdin=spoken(lines)
    )


def spoken(lines: list[dict[str, Any]] | None) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines or [])


def started(folder: Path, *arguments: str, lines: list[dict[str, Any]], **own: str) -> subprocess.CompletedProcess[str]:
    """The same as a shell starts it."""
    return subprocess.run(
        [*masa(CLOCK), "chat", "--json", *arguments],
        cwd=folder,
        env={**ENVIRONMENT, **own},
        input=spoken(lines),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = Forked(["run"], clock=CLOCK, cwd=folder, env=ENVIRONMENT)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("Yardım Masası hazır: http://127.0.0.1:")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_alone_it_makes_its_database_and_answers(tmp_path: Path) -> None:
    ran = started(tmp_path, "--as", "ayse", lines=[{"text": "yazıcı çıktı vermiyor"}])
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.isascii()
    (message,) = [json.loads(line) for line in ran.stdout.splitlines()]
    assert set(message) == {"ref", "edits", "text", "buttons", "files"}
    assert ran.stderr == ""


def test_in_a_turkish_locale_a_message_is_answered(home: Path) -> None:
    """There "I" is not the capital of "i", and Python asks the locale what an INSERT is."""
    ran = started(home, "--as", "ayse", lines=[{"text": "yazıcı çıktı vermiyor"}], **turkish(home))
    (message,) = [json.loads(line) for line in ran.stdout.splitlines()]
    assert "Teknisyene ilet" in {button["label"] for button in message["buttons"]}


def test_a_closed_room_and_no_handle_are_said_on_stderr(home: Path) -> None:
    for arguments, says in (
        (["--as", "ayse", "--room", "donanim"], "masa: ayse does not work in unit 'donanim'"),
        (["--as", "mehmet", "--room", "bahce"], "masa: --room: 'bahce'; expected one of donanim, yazilim"),
        (["--as", "a b"], "masa: 'a b' is no handle"),
    ):
        ran = chat(home, *arguments, lines=[{"text": "merhaba"}])
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.startswith(says)
        assert len(ran.stderr.splitlines()) == 1


def test_beside_a_running_desk_and_after_its_death(home: Path) -> None:
    with running(home) as desk:
        ran = chat(home, "--as", "ayse", lines=[{"text": "yazıcı çıktı vermiyor"}])
        (suggestion,) = [json.loads(line) for line in ran.stdout.splitlines()]
        token = next(button["token"] for button in suggestion["buttons"] if button["label"] == "Teknisyene ilet")
        talking = Forked(["chat", "--json", "--as", "ayse"], clock=CLOCK, cwd=home, env=ENVIRONMENT)
        assert talking.stdin is not None
        assert talking.stdout is not None
        talking.stdin.write(json.dumps({"press": token}) + "\n")
        talking.stdin.flush()
        assert json.loads(talking.stdout.readline())["edits"] == suggestion["ref"]
        desk.send_signal(signal.SIGKILL)
        desk.wait()
        out, _ = talking.communicate(json.dumps({"text": "/durum"}) + "\n", timeout=60)
        assert talking.returncode == 0
        assert any("000001" in json.loads(line)["text"] for line in out.splitlines())


def test_a_chat_leaves_the_work_to_a_desk_that_starts_later(home: Path) -> None:
    chatting = Forked(["chat", "--json", "--as", "ayse"], clock=CLOCK, cwd=home, env=ENVIRONMENT)
    assert chatting.stdin is not None
    assert chatting.stdout is not None
    chatting.stdin.write(json.dumps({"text": "yazıcı çıktı vermiyor"}) + "\n")
    chatting.stdin.flush()
    assert chatting.stdout.readline()
    leadership = FileLock.over(home / "masa.db")
    assert leadership.holder() == chatting.pid
    with running(home) as desk:
        while leadership.holder() != desk.pid:
            os.sched_yield()
        chatting.stdin.write(json.dumps({"text": "/durum"}) + "\n")
        chatting.stdin.flush()
        assert chatting.stdout.readline()
        chatting.communicate()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_waiting_chat_ends_when_it_is_told_to(home: Path, number: signal.Signals, code: int) -> None:
    chatting = Forked(["chat", "--json", "--as", "ayse"], clock=CLOCK, cwd=home, env=ENVIRONMENT)
    assert chatting.stdin is not None
    assert chatting.stdout is not None
    chatting.stdin.write(json.dumps({"text": "yazıcı çıktı vermiyor"}) + "\n")
    chatting.stdin.flush()
    assert chatting.stdout.readline()
    chatting.send_signal(number)
    assert chatting.wait(timeout=20) == code
    assert "Traceback" not in chatting.communicate()[1]


def test_a_running_desk_stops_when_it_is_told_to(home: Path) -> None:
    with running(home) as desk:
        desk.send_signal(signal.SIGTERM)
        assert desk.wait(timeout=10) == 0


def test_a_port_in_use_is_said_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = forked.ran(["run"], clock=CLOCK, cwd=tmp_path, env={**ENVIRONMENT, "MASA_WEB__PORT": str(port)})
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"masa: cannot listen on 127.0.0.1:{port} (Address already in use); expected")
    assert not (tmp_path / "masa.db").exists()


@pytest.mark.postgres
def test_on_postgresql_each_chat_is_its_own_worker(tmp_path: Path, postgres_url: str) -> None:
    def chat_there(handle: str, *arguments: str, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ran = chat(tmp_path, "--as", handle, *arguments, lines=lines, MASA_DATABASE_URL=postgres_url)
        assert ran.returncode == 0, ran.stderr
        return [json.loads(line) for line in ran.stdout.splitlines()]

    (suggestion,) = chat_there("ayse", lines=[{"text": "yazıcı çıktı vermiyor"}])
    token = next(button["token"] for button in suggestion["buttons"] if button["label"] == "Teknisyene ilet")
    chat_there("ayse", lines=[{"press": token}])
    (card,) = chat_there("mehmet", "--room", "donanim", lines=[])
    assert "Ayşe Yılmaz" in card["text"]
