"""`masa doctor`: what it finds, and that it changes nothing."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.channels.push.encryption import HouseKey
from bot.channels.registry import CHANNELS
from bot.channels.slack import SlackSection
from bot.channels.telegram import TelegramSection
from bot.cli import app
from bot.clock import going_by
from bot.config import with_channels
from bot.coordination.file_lock import FileLock
from bot.demo import seed
from bot.diagnostics.checks import CheckContext, platforms, rooms
from bot.diagnostics.finding import Severity
from bot.setting_types import ChannelSection
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.push import PushSubscription
from handlers.messages import Outgoing
from handlers.ports import Arrival, Conversation, Session, UnitOfWork
from knowledge import Unit
from storage import Store
from tests.clock import START, FakeClock
from tests.ports import free_port
from tests.storage.builders import add_person
from tests.storage.stores import open_sqlite, sqlite_url

NOBODY = "http://127.0.0.1:9/api"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MASA_WEB__PORT", str(free_port()))
    return tmp_path


@pytest.fixture
def store(home: Path) -> Store:
    with open_sqlite(home) as opened:
        units = {name: Unit(id=name, title=name) for name in ("donanim", "yazilim")}
        opened.write(lambda uow: seed(uow, units))
    (home / "masa-data").mkdir(mode=0o700)
    return Store.open("sqlite:///masa.db", clock=FakeClock())


def doctor(written_at: datetime = START) -> Result:
    """At START; `written_at`: when the database file was written to last, by the clock of its disk."""
    for file in Path().glob("masa.db"):
        os.utime(file, (written_at.timestamp(), written_at.timestamp()))
    with going_by(FakeClock()):
        return CliRunner().invoke(app, ["doctor", "--json"])


def said(result: Result, about: str, state: str) -> list[str]:
    checks = json.loads(result.stdout)["checks"]
    return [check["says"] for check in checks if (check["about"], check["state"]) == (about, state)]


def test_a_house_in_order(store: Store) -> None:
    store.close()
    result = doctor()
    found = json.loads(result.stdout)
    assert [check for check in found["checks"] if check["state"] == "error"] == []
    assert (result.exit_code, found["ok"]) == (0, True)
    assert result.stdout.isascii()
    begun = [line.partition(": ")[2] for line in result.stderr.splitlines() if line.startswith("masa: denetleniyor")]
    assert len(begun) >= 10, "whoever waits sees what is looked at"
    assert any("veritabanı" in line for line in begun)


def test_before_the_first_start_nothing_is_made(home: Path) -> None:
    result = doctor()
    assert result.exit_code == 0
    assert said(result, "Veritabanı", "warning") == ["masa.db henüz yok"]
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("MASA_WEB__PORT", "abc", "'abc'; expected a whole number"), ("MASA_DATABASE_URL", "mysql://x", "sqlite:///FILE")],
)
def test_a_bad_setting_is_named(home: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    result = doctor()
    (line,) = said(result, "Ayarlar", "error")
    assert line.startswith(f"{name}: ")
    assert told in line
    assert result.exit_code == 1


def test_a_misspelt_setting_is_noticed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASA_TELEGRAM_TOKEN", "x")
    assert said(doctor(), "Ayarlar", "warning") == ["MASA_TELEGRAM_TOKEN diye bir ayar yok"]


def test_a_database_of_another_version(home: Path) -> None:
    (home / "masa.db").touch(mode=0o600)
    result = doctor()
    assert "masa db upgrade" in result.stdout
    assert result.exit_code == 1


def test_a_damaged_database(store: Store, home: Path) -> None:
    store.close()
    file = home / "masa.db"
    content = bytearray(file.read_bytes())
    content[4096 * 5 : 4096 * 7] = os.urandom(4096 * 2)
    file.write_bytes(content)
    result = doctor()
    assert result.exit_code == 1
    assert said(result, "Veritabanı", "error")


def test_files_that_others_can_read(store: Store, home: Path) -> None:
    store.close()
    (home / "masa.db").chmod(0o644)
    (home / "masa-data").chmod(0o755)
    result = doctor()
    assert said(result, "Veritabanı", "warning") == ["masa.db başkalarınca okunabilir"]
    assert said(result, "Ekler klasörü", "warning") == ["masa-data makinedeki başkalarına açık"]


def test_a_clock_that_went_back(store: Store, home: Path) -> None:
    store.close()
    (line,) = said(doctor(written_at=START + timedelta(hours=2)), "Saat", "error")
    assert "geri kalmış" in line


def test_the_port_is_taken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("MASA_WEB__PORT", str(taken.getsockname()[1]))
        assert "kullanılamıyor" in said(doctor(), "Web", "error")[0]


def test_a_running_desk_holds_its_own_port(store: Store, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    running = FileLock.over(home / "masa.db")
    running.acquire()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("MASA_WEB__PORT", str(taken.getsockname()[1]))
        assert f"süreç {os.getpid()}" in said(doctor(), "Web", "ok")[0]
    running.release()


def test_broken_knowledge_names_file_and_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "articles").mkdir()
    (home / "articles" / "x.md").write_text("---\nid: y\n", encoding="utf-8")
    monkeypatch.setenv("MASA_KNOWLEDGE__ARTICLES", "articles")
    (line,) = said(doctor(), "Çözüm adımları", "error")
    assert "x.md" in line


def test_nobody_in_charge(home: Path) -> None:
    sqlite_url(home)
    result = doctor()
    assert said(result, "Kişiler", "error") == ["sistem yöneticisi yok"]
    assert len(said(result, "Gruplar", "error")) == 2


def trouble(store: Store, work: Callable[[UnitOfWork], object]) -> Result:
    store.write(work)
    store.close()
    return doctor()


def test_messages_that_nobody_handles(store: Store) -> None:
    long_ago = START - timedelta(minutes=10)
    arrivals = [
        Arrival(key=f"web:{number}", channel="web", conversation=f"web:p:{number}", payload="{}", received_at=long_ago)
        for number in range(2)
    ]

    def work(uow: UnitOfWork) -> None:
        uow.inbox.accept(arrivals, now=long_ago, owner=None)
        uow.inbox.failed("web:1", "ValueError", None, START)

    result = trouble(store, work)
    first, second = said(result, "Gelen kutusu", "error")
    assert (first, second) == ("1 ileti işlenemedi", "1 ileti bekliyor, en eskisi 10 dakikadır")
    assert "masa run" in result.stdout


def test_an_outbox_that_is_held(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.conversations.ensure(Conversation(address="telegram:p:1", channel="telegram"))
        uow.messages.put(Outgoing(conversation="telegram:p:1", text="merhaba"))
        uow.outbox.hold(True)

    assert said(trouble(store, work), "Gönderim", "error") == ["yedekten dönüldüğü için bekletiliyor (1 ileti)"]


# --- single checks ---
@pytest.mark.parametrize(
    ("sections", "wrong"),
    [
        ({"telegram": TelegramSection(token="1:a", mode="webhook")}, "webhook kipinde gizli anahtar yok"),
        ({"slack": SlackSection(bot_token="xoxb-1", base_url=NOBODY)}, "hiçbir şey gelemez"),
    ],
)
def test_a_channel_needs_all_its_tokens_and_what_is_missing_is_said_once(
    sections: dict[str, ChannelSection], wrong: str
) -> None:
    workspace = CheckContext(
        settings=with_channels(CHANNELS.sections)(**sections), store=None, catalogue=None, clock=FakeClock()
    )
    found = list(platforms(workspace))
    assert [f.state for f in found if wrong in f.says] == [Severity.ERROR]
    closed = {f.about: f.says for f in found if f.about.lower() not in sections}
    assert closed.pop("Tarayıcı bildirimi") == "kapalı (bildirim hizmetlerinin yazacağı adres girilmemiş)"
    assert set(closed.values()) == {"kapalı (anahtarı ayarlanmamış)"}


def test_a_channel_that_is_on_wants_a_group_for_each_unit(store: Store) -> None:
    from bot.commands.sources import catalogue

    settings = with_channels(CHANNELS.sections)(telegram=TelegramSection(token="1:a"))
    workspace = CheckContext(settings=settings, store=store, catalogue=catalogue(settings), clock=FakeClock())
    assert [f.says for f in rooms(workspace) if f.state == "warning"] == [
        "donanim biriminin Telegram grubu yok",
        "yazilim biriminin Telegram grubu yok",
    ]
    store.close()


@pytest.mark.parametrize(("files", "state"), [(1024, "warning"), (16384, "ok")])
def test_too_few_open_files_for_the_connections_are_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, files: int, state: str
) -> None:
    monkeypatch.setattr("bot.open_files.possible", lambda: files)
    (found,) = [check for check in json.loads(doctor().stdout)["checks"] if check["about"] == "Bağlantılar"]
    assert found["state"] == state
    assert ("LimitNOFILE=4256" in found["do"]) == (state == "warning")


@pytest.mark.parametrize(
    ("free", "reserve", "state", "says"),
    [
        (10**12, "500", "ok", "500 MB ayrılmış"),
        (400_000_000, "500", "error", "dosya alınmıyor"),
        (50_000_000, "500", "error", "ileti alınmıyor"),
        (10**12, "0", "warning", "ayrılmamış"),
    ],
)
def test_the_room_that_is_kept_free_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, free: int, reserve: str, state: str, says: str
) -> None:
    monkeypatch.setenv("MASA_FILES__RESERVE_MB", reserve)
    monkeypatch.setattr("bot.diagnostics.limits.free_bytes", lambda _folder: free)
    (found,) = [check for check in json.loads(doctor().stdout)["checks"] if check["about"] == "Yedek yer"]
    assert (found["state"], says in found["says"]) == (state, True)


@pytest.mark.parametrize(("free", "state"), [(499_000_000, "warning"), (500_000_000, "ok")])
def test_a_small_folder_of_temporary_files_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    monkeypatch.setattr("bot.diagnostics.limits.free_bytes", lambda _folder: free)
    (found,) = [check for check in json.loads(doctor().stdout)["checks"] if check["about"] == "Geçici dosyalar"]
    assert found["state"] == state


def test_a_quota_that_is_switched_off_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASA_FILES__GUEST_MB", "0")
    (found,) = [check for check in json.loads(doctor().stdout)["checks"] if check["about"] == "Dosya kotası"]
    assert (found["state"], "MASA_FILES__GUEST_MB" in found["says"]) == ("warning", True)


def test_wrong_codes_are_told_where_somebody_may_be_guessing(store: Store) -> None:
    def tried(uow: UnitOfWork) -> None:
        for _ in range(21):
            uow.audit.log(START - timedelta(minutes=1), None, "code_refused", "veli", "web")

    store.write(tried)
    (found,) = [check for check in json.loads(doctor().stdout)["checks"] if check["about"] == "Kodlar"]
    assert (found["state"], "21 yanlış kod" in found["says"]) == ("warning", True)


def test_no_key_for_browsers_that_ring_or_one_that_others_can_read(store: Store, home: Path) -> None:
    def subscribed(uow: UnitOfWork) -> None:
        own = add_person(uow, "fatma")
        uow.sessions.add(Session(token_hash="a" * 64, person=own, created_at=START, seen_at=START))
        uow.push_subscriptions.put(
            PushSubscription(
                session="a" * 64,
                endpoint="https://push.example/1",
                public_key="p",
                auth="s",
                created_at=START,
                house_key=HouseKey(bytes.fromhex("ab" * 32)).public,
            )
        )

    assert said(doctor(), "Bildirim anahtarı", "warning") == []
    store.write(subscribed)
    told = ["masa-data/push.key yok: bildirim isteyen 1 tarayıcı çalmaz"]
    assert said(doctor(), "Bildirim anahtarı", "warning") == told
    key = home / "masa-data" / "push.key"
    key.parent.mkdir(exist_ok=True)
    key.write_text("ab" * 32)
    key.chmod(0o644)
    assert said(doctor(), "Bildirim anahtarı", "warning") == ["masa-data/push.key başkalarınca okunabilir"]
    key.chmod(0o600)
    assert said(doctor(), "Bildirim anahtarı", "warning") == []
    key.write_text("cd" * 32)
    told = ["masa-data/push.key, bildirim isteyen 1 tarayıcının tanıdığı anahtar değil: çalmazlar"]
    assert said(doctor(), "Bildirim anahtarı", "warning") == told
    key.write_text("bozuk")
    assert said(doctor(), "Bildirim anahtarı", "error") == ["masa-data/push.key okunamıyor"]


def test_no_key_for_backups_or_one_that_others_can_read(store: Store, home: Path) -> None:
    store.write(lambda uow: uow.job_runs.extend(JobRun(JobName.BACKUP, "", START.date(), START)))
    store.close()
    assert said(doctor(), "Yedek imzası", "warning") == ["anahtar yok: yedekler imzasız"]
    key = home / "masa-data" / "backup.key"
    key.write_text("ab" * 32)
    key.chmod(0o644)
    assert said(doctor(), "Yedek imzası", "warning") == ["masa-data/backup.key başkalarınca okunabilir"]
    key.chmod(0o600)
    assert said(doctor(), "Yedek imzası", "warning") == []


def test_that_nothing_is_destroyed_by_itself(store: Store) -> None:
    store.close()
    (told,) = said(doctor(), "Saklama süreleri", "ok")
    assert told.endswith("masa kendiliğinden silmez, süresi dolanı kurum siler")
