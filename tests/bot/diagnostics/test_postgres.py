"""What `masa doctor` says of a PostgreSQL server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.registry import CHANNELS
from bot.config import Settings
from bot.diagnostics.checks import CheckContext
from bot.diagnostics.finding import Severity
from bot.diagnostics.postgres import findings, server, who_does_what
from storage import Store
from storage.maintenance.postgres_server import HeldDuty, ServerState, held_duties, server_state
from tests.clock import FakeClock

SOUND = ServerState(
    version=150_004,
    fsync=True,
    full_page_writes=True,
    encoding="UTF8",
    connections=97,
    connected=12,
    synchronous_standbys="",
    standbys=0,
    now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
)
IN_TIME = timedelta(milliseconds=30)


def worst(state: ServerState, ahead: timedelta = IN_TIME) -> tuple[str, str]:
    found = [finding for finding in findings(state, ahead) if finding.state is not Severity.OK]
    assert len(found) <= 1
    return (found[0].state.value, found[0].says) if found else ("", "")


def test_a_sound_server_is_told_in_one_line() -> None:
    (line,) = findings(SOUND, IN_TIME)
    assert (line.state, line.says) == (Severity.OK, "15.4, 85 bağlantı boş")


@pytest.mark.parametrize(
    ("change", "state", "says"),
    [
        ({"version": 120_010}, "warning", "12 sürümü"),
        ({"fsync": False}, "error", "fsync kapalı"),
        ({"full_page_writes": False}, "error", "full_page_writes kapalı"),
        ({"encoding": "LATIN5"}, "error", "LATIN5"),
        ({"connected": 78}, "warning", "19 tanesi boş"),
        ({"synchronous_standbys": "yedek"}, "error", "bağlı yedek sunucu yok"),
        ({"synchronous_standbys": "yedek", "standbys": 1}, "", ""),
    ],
)
def test_what_is_wrong_with_it(change: dict[str, object], state: str, says: str) -> None:
    found = worst(replace(SOUND, **change))  # type: ignore[arg-type]
    assert found[0] == state
    assert says in found[1]


@pytest.mark.parametrize(
    ("seconds", "state", "says"),
    [(1, "", ""), (-5, "warning", "5 sn geride"), (31, "error", "31 sn ileride")],
)
def test_clocks_that_differ(seconds: int, state: str, says: str) -> None:
    assert worst(SOUND, timedelta(seconds=seconds)) == (state, f"sunucunun saati buradakinden {says}" if says else "")


def test_who_does_what() -> None:
    duties = [
        HeldDuty("clock", "masa1:4711:ab", alive=True),
        HeldDuty("telegram:listen", "masa1:4711:ab", alive=True),
        HeldDuty("telegram:send", "masa2:12:cd", alive=False),
    ]
    assert [(finding.state, finding.says) for finding in who_does_what(duties, CHANNELS.known)] == [
        (Severity.OK, "saatli işleri yapan: masa1 (süreç 4711)"),
        (Severity.OK, "Telegram iletilerini alan: masa1 (süreç 4711)"),
        (Severity.WARNING, "Telegram iletilerini gönderen: masa2 (süreç 12) bıraktı, devralan yok"),
    ]
    (nobody,) = who_does_what(duties[2:], CHANNELS.known)
    assert nobody.says == "bu veritabanında çalışan süreç yok"


@pytest.mark.postgres
def test_the_duties_are_read_from_the_database(postgres_url: str) -> None:
    with Store.open(postgres_url, clock=FakeClock()) as store:
        store.write(lambda uow: uow.leases.hold(["clock"], "masa1:4711:ab", 15, SOUND.now))
        assert store.read(lambda uow: held_duties(uow.transaction)) == [HeldDuty("clock", "masa1:4711:ab", alive=True)]


class ServersClock:
    """Ours and the server's are the same one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def now(self) -> datetime:
        return self._store.read(lambda uow: server_state(uow.transaction)).now


@pytest.mark.postgres
def test_the_server_of_the_tests(postgres_url: str, tmp_path: Path) -> None:
    """Which runs without fsync: found."""
    with Store.open(postgres_url, clock=FakeClock()) as store:
        settings = Settings(database_url=postgres_url, data_dir=tmp_path)
        found = list(server(CheckContext(settings=settings, store=store, catalogue=None, clock=ServersClock(store))))
    assert "fsync kapalı" in found[0].says
    assert not [finding for finding in found if "saati" in finding.says or "UTF8" in finding.says]


def test_nothing_of_it_on_sqlite(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'masa.db'}")
    assert list(server(CheckContext(settings=settings, store=None, catalogue=None, clock=FakeClock()))) == []
