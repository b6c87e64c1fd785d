"""What a probe finds on loopback servers, and what three in a row lead to."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.runtime import probes
from bot.runtime.probes import IN_A_ROW, Probing, look
from handlers.domain.probes import Probe
from handlers.messages import plain
from tests.clock import START
from tests.handlers.tickets.table import Table
from tests.required import missing

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\nbelge sayfam"
BROKEN = b"HTTP/1.1 503 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def answering(said: bytes = b"", secured: ssl.SSLContext | None = None) -> Iterator[int]:
    """Its port. Says that to whoever asks something, else nothing for as long as they stay."""

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                plain_one, _ = listening.accept()
            except OSError:  # the test is over
                return
            with plain_one, suppress(OSError):
                one = plain_one if secured is None else secured.wrap_socket(plain_one, server_side=True)
                with one:
                    if said and one.recv(4096):
                        one.sendall(said)
                    else:
                        while one.recv(4096):
                            pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=[listening], daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(20)


def closed_port() -> int:
    with answering() as port:
        pass
    return port


async def test_a_port_that_is_open_and_one_that_is_not() -> None:
    with answering() as port:
        assert await look(Probe(system="ebys", kind="tcp", host="127.0.0.1", port=port), START) == ""
    gone = await look(Probe(system="ebys", kind="tcp", host="127.0.0.1", port=closed_port()), START)
    assert gone.startswith("bağlanılamadı")


@pytest.mark.parametrize(
    ("said", "more", "found"),
    [
        (PAGE, {}, ""),
        (PAGE, {"word": "sayfam"}, ""),
        (PAGE, {"word": "giriş"}, "beklenen sözcük sayfada yok"),
        (PAGE, {"status": 204}, "HTTP 200"),
        (BROKEN, {}, "HTTP 503"),
        (BROKEN, {"status": 503}, ""),
    ],
)
async def test_a_page_with_its_status_and_word(said: bytes, more: dict[str, object], found: str) -> None:
    with answering(said) as port:
        probe = Probe(system="ebys", kind="http", url=f"http://127.0.0.1:{port}/", **more)  # type: ignore[arg-type] # fields by name
        assert await look(probe, START) == found


async def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "TIMEOUT_SECONDS", 0.05)
    with answering() as port:
        found = await look(Probe(system="ebys", kind="http", url=f"http://127.0.0.1:{port}/"), START)
    assert found.startswith(("0 saniyede", "bağlanılamadı"))


async def test_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    probe = Probe(system="internet", kind="dns", host="localhost")
    assert await look(probe, START) == ""

    def fails(*_asked: object, **_how: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    assert await look(probe, START) == "bağlanılamadı (gaierror)"


async def test_a_certificate_and_how_long_it_is_good(tmp_path: Path) -> None:
    program = shutil.which("openssl")
    if program is None:
        missing("openssl")
    made = "req -x509 -newkey rsa:2048 -nodes -days 36500 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")]
    await asyncio.to_thread(subprocess.run, [program, *made.split(), *files], check=True, capture_output=True)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    trusting = partial(ssl.create_default_context, cafile=str(tmp_path / "cert"))
    with answering(secured=own) as port:
        probe = Probe(system="ebys", kind="tls", host="localhost", port=port)
        assert await look(probe, START, trusting) == ""
        centuries = timedelta(days=200_000)  # it is made today, whichever day that is, and is good for a hundred years
        assert "0 gün kaldı" in await look(probe, START + centuries, trusting)
        assert (await look(probe, START)).startswith("sertifika geçersiz")


# --- three in a row -------------------------------------------------------------------------------
def proposals(table: Table) -> list[str]:
    return [plain(m.text) for m in table.shown(table.place("fatma", "")) if m.kind == "outage_proposal"]


async def test_three_in_a_row_propose_and_an_answer_takes_it_back(tmp_path: Path) -> None:
    table = Table(tmp_path / "table")
    table.says("fatma", "merhaba")
    probe = Probe(system="Telefon santrali", kind="tcp", host="127.0.0.1", port=closed_port())
    probing = Probing(store=table.store, desk=table.desk, probes=[probe])
    for _ in range(IN_A_ROW - 1):
        await probing.run(table.clock.now())
    assert proposals(table) == []
    for _ in range(3):
        await probing.run(table.clock.now())
    (proposed,) = proposals(table)
    assert "Telefon santrali · masanın denetimine yanıt vermiyor" in proposed
    with answering() as port:
        probing.probes = [Probe(system="Telefon santrali", kind="tcp", host="127.0.0.1", port=port)]
        await probing.run(table.clock.now())
    (proposed,) = proposals(table)
    assert "yeniden yanıt veriyor" in proposed
    assert not table.presses("fatma", "proposal_declare:…")
    table.close()


async def test_nobody_is_rung_at_night(tmp_path: Path) -> None:
    table = Table(tmp_path / "table")
    table.says("fatma", "merhaba")
    probe = Probe(system="Telefon santrali", kind="tcp", host="127.0.0.1", port=closed_port())
    probing = Probing(store=table.store, desk=table.desk, probes=[probe])
    table.clock.advance(hours=9)
    for _ in range(IN_A_ROW):
        await probing.run(table.clock.now())
    assert proposals(table) == []
    table.clock.advance(hours=12)
    await probing.run(table.clock.now())
    assert len(proposals(table)) == 1
    table.close()


async def test_one_press_declares_it_on_a_ticket_of_its_own(tmp_path: Path) -> None:
    table = Table(tmp_path / "table")
    table.says("fatma", "merhaba")
    probe = Probe(system="Telefon santrali", kind="tcp", host="127.0.0.1", port=closed_port())
    probing = Probing(store=table.store, desk=table.desk, probes=[probe])
    for _ in range(IN_A_ROW):
        await probing.run(table.clock.now())
    table.press("fatma", "proposal_declare:…")
    (outage,) = table.store.read(lambda uow: list(uow.outages.open()))
    assert outage.system is not None
    assert "yanıt vermiyor" in table.tickets()[0].text
    for _ in range(IN_A_ROW):
        await probing.run(table.clock.now())
    assert len(proposals(table)) == 1
    assert table.wrong() == []
    table.close()
