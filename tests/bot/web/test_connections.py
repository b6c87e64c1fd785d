"""Slow and silent connections, heads and bodies without end: real sockets against the real server, no proxy."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import structlog.testing

from bot.web import ConnectionLimits, WebSettings, server
from bot.web.connections import Connections, address_key
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import Running, running, serving

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
MEGA = 1_000_000


@dataclass
class SetTime:
    """The server's own clock: it looks about once a second, and sees what the test set."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class TurnedAwayCounts:
    seen: Counter[str] = field(default_factory=Counter)

    def __call__(self, why: str) -> None:
        self.seen[why] += 1


async def reads_all(scope: Any, receive: Any, send: Any) -> None:
    """Answers with how many bytes of body came, once they are here."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    await _answer(send, 200, str(size).encode())


async def refuses(scope: Any, receive: Any, send: Any) -> None:
    await _answer(send, 413, b"too large")


async def talks_for_ever(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(100):
        await send({"type": "http.response.body", "body": b"x" * MEGA, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _answer(send: Any, status: int, body: bytes) -> None:
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def connect(run: Running, first: bytes = b"", source: str = "127.0.0.1") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", run.port), timeout=20, source_address=(source, 0))
    connection.sendall(first)
    return connection


def rest(connection: socket.socket) -> bytes:
    """All that comes until the server ends it; nothing where it is cut."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def heard(connection: socket.socket, end: bytes) -> bytes:
    """All that comes until that was said."""
    said = b""
    while not said.endswith(end):
        said += connection.recv(65536)
    return said


def answered(connection: socket.socket, sent: bytes = WHOLE) -> bytes:
    """The first line of the answer to one more request. The answer is read whole: its head and body may come apart."""
    connection.sendall(sent)
    came = b""
    while not _is_whole(came) and (more := connection.recv(65536)):
        came += more
    return came.partition(b"\r\n")[0]


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return bool(end) and len(body) >= (int(length[1]) if length else 0)


def sent_until_closed(connection: socket.socket, chunk: bytes, most: int) -> int:
    sent = 0
    try:
        while sent < most:
            connection.sendall(chunk)
            sent += len(chunk)
    except OSError:
        pass
    return sent


def later(run: Running, clock: SetTime, seconds: float) -> None:
    """So much later, and everything sent before was read by then: a request behind it is answered."""
    with connect(run) as probe:
        assert answered(probe).startswith(b"HTTP/1.1 200")
    clock.seconds += seconds


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times a second, so that a test need not wait for the next look."""
    monkeypatch.setattr(server, "_TICKS_A_SECOND", 1)


# --- silent and slow ---
@pytest.mark.parametrize(
    "first",
    [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"\r\n\r\n", WHOLE + b"GET / HT"],
    ids=["silent", "a letter", "half a head", "blank lines", "the next head"],
)
def test_a_head_that_does_not_come_is_not_waited_for(first: bytes) -> None:
    clock, why = SetTime(), TurnedAwayCounts()
    with running(reads_all, clock=clock, on_turned_away=why) as run, connect(run, first) as connection:
        if first.startswith(WHOLE):
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        later(run, clock, 11)
        assert b"HTTP/1.1 200" not in rest(connection)
    assert why.seen == {"slow_head": 1}


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n12345", 31),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;", 31),
    ],
    ids=["with a length", "in a chunk"],
)
def test_a_body_that_does_not_come_is_not_waited_for(head: bytes, seconds: float) -> None:
    clock, why = SetTime(), TurnedAwayCounts()
    with running(reads_all, clock=clock, on_turned_away=why) as run, connect(run, head) as connection:
        later(run, clock, seconds)
        assert rest(connection) == b""
    assert why.seen == {"slow_body": 1}


def test_a_body_that_trickles_is_not_waited_for_and_a_slow_line_is() -> None:
    clock, why = SetTime(), TurnedAwayCounts()
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    with (
        running(reads_all, clock=clock, on_turned_away=why) as run,
        connect(run, head) as trickles,
        connect(run, head) as slow,
    ):
        for _ in range(10):  # minutes of them
            with suppress(BrokenPipeError, ConnectionResetError):  # it is turned away on the way
                trickles.sendall(b"x")
            slow.sendall(b"x" * 100_000)
            later(run, clock, 20)
        assert heard(slow, b"1000000")
        assert rest(trickles) == b""
    assert why.seen == {"slow_body": 1}


def test_who_does_not_read_the_answer_is_not_waited_for() -> None:
    clock, why = SetTime(), TurnedAwayCounts()
    with running(talks_for_ever, clock=clock, on_turned_away=why) as run, connect(run, WHOLE) as connection:
        first = connection.recv(1000)
        while not why.seen:
            clock.seconds += 61
            run._thread.join(0.1)
        assert first.startswith(b"HTTP/1.1 200")
        assert len(rest(connection)) < 50 * MEGA
    assert why.seen == {"stalled": 1}


def test_who_takes_the_answer_slowly_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as some of it is taken: the system's buffers are so large that for minutes nothing more fits in."""
    clock, why, looks = SetTime(), TurnedAwayCounts(), Counter[str]()
    look = Connections.sweep

    def counted(self: Connections) -> None:
        look(self)
        looks["all"] += 1

    monkeypatch.setattr(Connections, "sweep", counted)
    with running(talks_for_ever, clock=clock, on_turned_away=why) as run, connect(run, WHOLE) as connection:
        for _ in range(4):
            taken = 0
            while taken < 150_000:
                taken += len(connection.recv(150_000 - taken))
            seen = looks["all"]
            while looks["all"] < seen + 3:
                run._thread.join(0.05)
            clock.seconds += 50
        assert not why.seen


# --- too many ---
def test_a_thousand_silent_sockets_keep_nobody_out(site: ScriptedSite, settings: WebSettings) -> None:
    """As many as the server holds, and as many again: whoever asks for the page gets it at once, again and again."""
    with serving(site, settings, limits=ConnectionLimits(total=100)) as served, ExitStack() as silent:
        for number in range(1000):
            silent.enter_context(connect(served))
            if number % 250 == 249:
                with connect(served) as person:
                    assert answered(person, WHOLE.replace(b": x", b": 127.0.0.1")) == b"HTTP/1.1 200 OK"
        assert len(served.server.connections) <= 100


def test_one_that_is_being_answered_makes_room_for_nobody() -> None:
    why = TurnedAwayCounts()
    body = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n"
    limits = ConnectionLimits(total=2)
    with (
        running(talks_for_ever, limits, on_turned_away=why) as run,
        connect(run, WHOLE) as one,
        connect(run, body + b"x") as two,
    ):
        assert (one.recv(9), two.recv(9)) == (b"HTTP/1.1 ", b"HTTP/1.1 ")
        with connect(run) as third:
            said = rest(third)
    assert said.startswith(b"HTTP/1.1 503 ")
    assert "Birkaç saniye sonra yeniden deneyin".encode() in said
    assert why.seen["total"] == 1


def test_one_address_leaves_room_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "192.0.2.1")
    why = TurnedAwayCounts()
    with running(talks_for_ever, ConnectionLimits(an_address=3), on_turned_away=why) as run, ExitStack() as held:
        for _ in range(3):
            assert held.enter_context(connect(run, WHOLE)).recv(9) == b"HTTP/1.1 "
        with connect(run) as fourth:
            assert rest(fourth).startswith(b"HTTP/1.1 503 ")
        with connect(run, WHOLE, source="127.0.0.2") as another:
            assert another.recv(12) == b"HTTP/1.1 200"
    assert why.seen["address"] == 1


def test_one_address_has_half_of_the_places_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "192.0.2.1")
    with running(talks_for_ever, ConnectionLimits(total=4)) as run, ExitStack() as held:
        for _ in range(2):
            assert held.enter_context(connect(run, WHOLE)).recv(9) == b"HTTP/1.1 "
        with connect(run) as third:
            assert rest(third).startswith(b"HTTP/1.1 503 ")
        assert held.enter_context(connect(run, WHOLE, source="127.0.0.2")).recv(9) == b"HTTP/1.1 "


def test_a_trusted_proxy_is_everybody_and_has_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
    with running(talks_for_ever, ConnectionLimits(an_address=3)) as run, ExitStack() as held:
        for _ in range(9):
            assert held.enter_context(connect(run, WHOLE)).recv(12) == b"HTTP/1.1 200"


def test_the_silent_of_one_address_are_few_also_behind_a_proxy() -> None:
    clock, why = SetTime(), TurnedAwayCounts()
    limits = ConnectionLimits(silent_an_address=5)
    with running(reads_all, limits, clock=clock, on_turned_away=why) as run, ExitStack() as held:
        silent = [held.enter_context(connect(run)) for _ in range(8)]
        later(run, clock, 3)
        assert [rest(connection) for connection in silent[:3]] == [b""] * 3
        assert answered(silent[3]) == answered(silent[7]) == b"HTTP/1.1 200 OK"
    assert why.seen == {"silent": 3}


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_whose_addresses_are_one(host: str, key: str) -> None:
    assert address_key(host) == key


# --- too large ---
@pytest.mark.parametrize(
    ("begin", "chunk"),
    [
        (b"GET /", b"a" * 65536),
        (b"GET / HTTP/1.1\r\nX-A: ", b"a" * 65536),
        (b"GET / HTTP/1.1\r\n", b"X-A: b\r\n" * 8192),
        (b"GET / HTTP/1.1\r\n", b"X-%s: b\r\n" % (b"a" * 60_000)),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: b\r\n" * 8192),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-A: ", b"a" * 65536),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;", b"a" * 65536),
        (b"GET / HTTP/1.1\r\nHost: x\r\nCookie: ", b"a=" + b"b" * 40_000 + b"\r\n\r\n"),
    ],
    ids=["address", "header", "headers", "large headers", "trailers", "trailer", "chunk", "cookie"],
)
def test_a_head_without_end_is_refused(begin: bytes, chunk: bytes) -> None:
    why = TurnedAwayCounts()
    with running(reads_all, on_turned_away=why) as run, connect(run, begin) as connection:
        assert sent_until_closed(connection, chunk, 80 * MEGA) < 40 * MEGA
    assert why.seen == {"large_head": 1}


def test_a_body_in_small_chunks_has_no_head_without_end() -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with running(reads_all) as run, connect(run, head) as connection:
        connection.sendall(b"1;a=b\r\nx\r\n" * 50_000 + b"0\r\nX-A: b\r\n\r\n")
        assert heard(connection, b"50000")
        assert answered(connection) == b"HTTP/1.1 200 OK"


def test_who_sends_too_large_a_head_reads_why() -> None:
    with running(reads_all) as run, connect(run, b"GET / HTTP/1.1\r\nCookie: " + b"a" * 40_000 + b"\r\n") as connection:
        said = rest(connection)
    assert said.startswith(b"HTTP/1.1 431 ")
    assert "Çerezlerinizi silip".encode() in said
    assert b"nosniff" in said


def test_what_is_no_http_is_refused_in_one_word() -> None:
    why = TurnedAwayCounts()
    with running(reads_all, on_turned_away=why) as run, connect(run, b"\x16\x03\x01\x02 hello\r\n\r\n") as connection:
        assert rest(connection).startswith(b"HTTP/1.1 400 ")
    assert why.seen == {"unreadable": 1}


@pytest.mark.parametrize("how", [b"Content-Length: 100000000", b"Transfer-Encoding: chunked"])
def test_a_refused_body_is_not_read_to_its_end(how: bytes) -> None:
    """The refusal comes at once, and the connection ends."""
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n" if b"chunked" in how else b"x" * 65536
    with running(refuses) as run, connect(run, b"POST / HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n" % how) as connection:
        said = heard(connection, b"too large")
        assert said.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close" in said
        assert sent_until_closed(connection, chunk, 100 * MEGA) < 50 * MEGA


def test_who_is_refused_and_keeps_silent_is_not_waited_for() -> None:
    clock = SetTime()
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
    with running(refuses, clock=clock) as run, connect(run, head) as connection:
        assert rest(connection).startswith(b"HTTP/1.1 413 "), "and that is all that the server says"
        assert len(run.server.connections) == 1
        clock.seconds += 3
        while len(run.server.connections):
            run._thread.join(0.05)


# --- what is as it was ---
def test_requests_follow_each_other_on_one_connection() -> None:
    post = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    upgrade = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with running(reads_all) as run, connect(run) as connection:
        for _ in range(150):  # more than a head may have headers
            assert answered(connection, post) == b"HTTP/1.1 200 OK"
        connection.sendall(post * 3 + upgrade)
        assert re.findall(rb"\r\n\r\n(\d)", rest(connection)) == [b"3", b"3", b"3", b"0"]


# --- who is told ---
def test_the_log_tells_of_all_that_were_turned_away_in_one_line() -> None:
    clock = SetTime()
    with structlog.testing.capture_logs() as lines, running(reads_all, clock=clock) as run:
        for wait in (11, 11, 61):
            with ExitStack() as held:
                silent = [held.enter_context(connect(run)) for _ in range(3)]
                later(run, clock, wait)
                assert [rest(connection) for connection in silent] == [b""] * 3
    told = [line for line in lines if line["event"] == "connections_turned_away"]
    assert [line["why"] for line in told] == [{"slow_head": 3}, {"slow_head": 6}]
    assert told[0]["most_from"] == "127.0.0.1"


def test_a_process_asks_for_all_the_open_files_that_it_may_have() -> None:
    script = (
        "import resource\nfrom bot import open_files\nhard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))\nprint(open_files.raised() - open_files.possible(), "
        "resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 64)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "0 True\n"
