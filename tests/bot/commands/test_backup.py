"""`masa backup` and `masa restore` on real files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.channels.push.channel import KEY
from bot.channels.push.encryption import HouseKey
from bot.cli import app
from bot.clock import going_by
from bot.coordination.file_lock import FileLock
from bot.errors import OperatorError
from bot.filestore import secret_files, signing_key
from bot.filestore.attachments import AttachmentFiles
from handlers.domain.job_run import JobName
from handlers.domain.people import Person
from handlers.domain.push import PushSubscription
from handlers.messages import Outgoing
from handlers.ports import Conversation, Session, UnitOfWork
from storage import Store
from storage.migrations import HEAD
from tests.bot.filestore.archives import claiming, header
from tests.clock import FakeClock
from tests.storage.stores import sqlite_url

PICTURE = b"\x89PNG not really"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BACKUP = Path("yedek.tar")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    sqlite_url(tmp_path)
    return tmp_path


@dataclass
class Running:
    """What `masa run` holds."""

    store: Store
    leadership: FileLock

    def stop(self) -> None:
        self.store.close()
        self.leadership.release()


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    """With a person, an attachment, and a message on its way to a platform."""
    kept = AttachmentFiles(Path("masa-data")).keep(
        io.BytesIO(PICTURE), "ekran.png", uploader=None, conversation="telegram:p:1", at=NOW
    )

    def work(uow: UnitOfWork) -> None:
        uow.people.add(Person(handle="ayse"))
        uow.conversations.ensure(Conversation(address="telegram:p:1", channel="telegram"))
        uow.attachments.add(kept)
        uow.messages.put(Outgoing(conversation="telegram:p:1", text="Kaydınız açıldı", files=(kept.id,)))

    leadership = FileLock.over(home / "masa.db")
    leadership.acquire()
    desk = Running(Store.open("sqlite:///masa.db", clock=FakeClock()), leadership)
    desk.store.write(work)
    yield desk
    desk.stop()


@pytest.fixture
def backed_up(running: Running) -> Running:
    assert masa("backup", "yedek.tar").exit_code == 0
    return running


def masa(*words: str) -> Result:
    with going_by(FakeClock(NOW)):
        return CliRunner().invoke(app, words)


def refusal(*words: str) -> str:
    """What `masa` prints on stderr when it ends with 2."""
    result = masa(*words)
    assert isinstance(result.exception, OperatorError), result.exception
    return str(result.exception)


def handles() -> list[str]:
    with Store.open("sqlite:///masa.db", clock=FakeClock()) as store:
        return [person.handle for person in store.read(lambda uow: uow.people.everybody())]


def attachments() -> list[bytes]:
    return sorted(path.read_bytes() for path in Path("masa-data").iterdir() if path.name != signing_key.FILE)


def lose_everything(running: Running) -> None:
    """But the key, of which there is a copy."""
    running.stop()
    for path in [*Path().glob("masa.db*"), *Path("masa-data").iterdir()]:
        if path.name != signing_key.FILE:
            path.unlink()


# --- backup ---
def test_beside_a_running_desk(backed_up: Running) -> None:
    with tarfile.open(BACKUP) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json") or io.BytesIO())
    assert names[:2] == ["manifest.json", "masa.db"]
    assert len(names) == 3
    assert set(manifest["files"]) == set(names[1:])
    assert BACKUP.stat().st_mode & 0o077 == 0
    assert [path.name for path in Path().iterdir() if "backup" in path.name or "part" in path.name] == []


def test_it_is_noted_for_doctor_and_auditor(backed_up: Running) -> None:
    assert backed_up.store.read(lambda uow: uow.job_runs.latest(JobName.BACKUP, "")) is not None
    assert backed_up.store.read(lambda uow: [entry[2] for entry in uow.audit.recent()]) == ["backup"]


def test_what_is_being_uploaded_is_no_attachment_yet(running: Running) -> None:
    (Path("masa-data") / f"{'0' * 32}.part").write_bytes(b"half")
    masa("backup", "yedek.tar")
    with tarfile.open(BACKUP) as tar:
        assert len(tar.getnames()) == 3


def test_nothing_is_overwritten_unless_told(backed_up: Running) -> None:
    before = BACKUP.read_bytes()
    assert "--force" in refusal("backup", "yedek.tar")
    assert BACKUP.read_bytes() == before
    assert masa("backup", "yedek.tar", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("target", "told"),
    [("masa.db", "is the database itself"), ("masa.db-wal", "is the database itself"), ("yok/x.tar", "a folder that")],
)
def test_a_target_that_would_do_harm(running: Store, target: str, told: str) -> None:
    assert told in refusal("backup", target, "--force")
    assert running.store.read(lambda uow: uow.people.by_handle("ayse"))


def test_a_damaged_database_is_not_passed_off_as_a_backup(running: Running) -> None:
    running.stop()
    content = bytearray(Path("masa.db").read_bytes())
    content[4096 * 5 : 4096 * 7] = os.urandom(4096 * 2)
    Path("masa.db").write_bytes(content)
    assert "no backup was made" in refusal("backup", "yedek.tar")
    assert not BACKUP.exists()


# --- restore ---
def test_all_is_back_and_the_outbox_waits(backed_up: Running) -> None:
    lose_everything(backed_up)
    backed_up.stop()
    result = masa("restore", "yedek.tar")
    assert result.exit_code == 0, result.exception
    assert "1 ileti" in result.stdout
    assert handles() == ["ayse"]
    assert attachments() == [PICTURE]
    assert (Path("masa.db").stat().st_mode | Path("masa-data").stat().st_mode) & 0o077 == 0
    with Store.open("sqlite:///masa.db", clock=FakeClock()) as store:
        assert store.write(lambda uow: uow.outbox.lease("r", NOW, 9, 60, channel="telegram")) == []
        assert store.read(lambda uow: [entry[2] for entry in uow.audit.recent()]) == ["restored"]
    assert masa("outbox", "release").exit_code == 0
    with Store.open("sqlite:///masa.db", clock=FakeClock()) as store:
        assert len(store.write(lambda uow: uow.outbox.lease("r", NOW, 9, 60, channel="telegram"))) == 1


def test_the_old_database_is_kept_aside_whole(backed_up: Running) -> None:
    backed_up.store.write(lambda uow: uow.people.add(Person(handle="sonradan")))
    newer = AttachmentFiles(Path("masa-data")).keep(
        io.BytesIO(b"newer"), "x.txt", uploader=None, conversation="telegram:p:1", at=NOW
    )
    backed_up.stop()
    assert "--force" in refusal("restore", "yedek.tar")
    assert handles() == ["ayse", "sonradan"]
    assert masa("restore", "yedek.tar", "--force").exit_code == 0
    assert handles() == ["ayse"]
    assert masa("restore", "yedek.tar", "--force").exit_code == 0
    with Store.open("sqlite:///masa.db.before-restore", clock=FakeClock()) as old:
        assert len(old.read(lambda uow: uow.people.everybody())) == 2
    assert Path("masa.db.before-restore-2").exists()
    assert (Path("masa-data") / newer.id).read_bytes() == b"newer"


def test_a_log_left_behind_by_a_kill_is_not_taken_for_the_new_one(backed_up: Running) -> None:
    """The last commits of a killed process are in the log only."""
    backed_up.store.write(lambda uow: uow.people.add(Person(handle="sonradan")))
    database, log = Path("masa.db").read_bytes(), Path("masa.db-wal").read_bytes()
    backed_up.stop()
    Path("masa.db").write_bytes(database)
    Path("masa.db-wal").write_bytes(log)
    assert masa("restore", "yedek.tar", "--force").exit_code == 0
    assert handles() == ["ayse"]
    with Store.open("sqlite:///masa.db.before-restore", clock=FakeClock()) as old:
        assert len(old.read(lambda uow: uow.people.everybody())) == 2


def test_an_old_database_too_damaged_to_open_is_kept_as_it_is(backed_up: Running) -> None:
    backed_up.stop()
    Path("masa.db").write_bytes(b"no database at all")
    assert masa("restore", "yedek.tar", "--force").exit_code == 0
    assert handles() == ["ayse"]
    assert Path("masa.db.before-restore").read_bytes() == b"no database at all"


def test_not_under_a_running_desk(backed_up: Running) -> None:
    assert f"process {os.getpid()}" in refusal("restore", "yedek.tar", "--force")


def test_not_under_a_desk_that_does_not_lead_yet(backed_up: Running) -> None:
    backed_up.stop()
    waiting = FileLock.over(Path("masa.db").resolve())
    assert waiting.lead()
    waiting.release()
    assert "stop `masa run` first" in refusal("restore", "yedek.tar", "--force")
    waiting.end()
    assert masa("restore", "yedek.tar", "--force").exit_code == 0


def test_no_such_file(home: Path) -> None:
    assert "no such file" in refusal("restore", "yok.tar", "--force")


# --- archives that are not what they should be ---
def rebuilt(change: Callable[[dict[str, bytes], dict[str, object]], None], links: tuple[str, ...] = ()) -> None:
    """The backup again, with its members and manifest changed."""
    with tarfile.open(BACKUP) as tar:
        members = {m.name: (tar.extractfile(m) or io.BytesIO()).read() for m in tar.getmembers()}
    manifest = json.loads(members.pop("manifest.json"))
    del manifest["signature"]
    change(members, manifest)
    with tarfile.open(BACKUP, "w") as tar:
        for name, content in {"manifest.json": json.dumps(manifest).encode(), **members}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            if name in links:
                info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(info, io.BytesIO(content))


def smuggle(name: str) -> Callable[[dict[str, bytes], dict[str, object]], None]:
    def change(members: dict[str, bytes], manifest: dict[str, object]) -> None:
        members[name] = b"evil"
        files = manifest["files"]
        assert isinstance(files, dict)
        files[name] = {"size": 4, "sha256": hashlib.sha256(b"evil").hexdigest()}

    return change


def refused(backed_up: Running) -> str:
    """The restore is refused and changed nothing."""
    backed_up.store.write(lambda uow: uow.people.add(Person(handle="sonradan")))
    backed_up.stop()
    before = files()
    told = refusal("restore", "yedek.tar", "--force", "--trust")
    assert handles() == ["ayse", "sonradan"]
    assert files() == before
    return told


def files() -> set[str]:
    """All but the locks."""
    return {path.name for path in Path().iterdir()} - {"masa.db.run", "masa.db.worker"}


@pytest.mark.parametrize(
    "name",
    ["../evil", "/tmp/evil", "attachments/../../evil", f"attachments/{'z' * 32}", "masa.db-wal", "attachments/x/y"],
)
def test_names_that_lead_elsewhere_are_refused(backed_up: Running, name: str) -> None:
    rebuilt(smuggle(name))
    assert repr(name) in refused(backed_up)
    assert not Path("../evil").exists()


def test_a_member_that_the_manifest_does_not_name(backed_up: Running) -> None:
    rebuilt(lambda members, _: members.update({f"attachments/{'0' * 32}": b"x"}))
    assert "only what its manifest names" in refused(backed_up)


def test_a_link_in_place_of_a_file(backed_up: Running) -> None:
    rebuilt(lambda _members, _manifest: None, links=("masa.db",))
    assert "'masa.db' in it" in refused(backed_up)


def test_a_byte_that_changed(backed_up: Running) -> None:
    def change(members: dict[str, bytes], _manifest: object) -> None:
        content = members["masa.db"]
        members["masa.db"] = content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]

    rebuilt(change)
    assert "masa.db is damaged" in refused(backed_up)


def test_an_archive_cut_short(backed_up: Running) -> None:
    BACKUP.write_bytes(BACKUP.read_bytes()[:20_000])
    assert "yedek.tar" in refused(backed_up)


def test_a_file_missing(backed_up: Running) -> None:
    def change(members: dict[str, bytes], _manifest: object) -> None:
        members.pop(next(name for name in members if name.startswith("attachments/")))

    rebuilt(change)
    assert "is missing" in refused(backed_up)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", os.urandom(4096)], ids=["empty", "zip", "noise"])
def test_something_else_altogether(backed_up: Running, content: bytes) -> None:
    BACKUP.write_bytes(content)
    assert "a file made by `masa backup`" in refused(backed_up)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("format", 2, "format 2"), ("revision", "9999", "revision 9999"), ("revision", "0001", "as its manifest says")],
)
def test_of_another_version(backed_up: Running, field: str, value: object, told: str) -> None:
    rebuilt(lambda _members, manifest: manifest.update({field: value}))
    assert told in refused(backed_up)


def test_a_database_that_was_damaged_before_it_was_packed(backed_up: Running) -> None:
    def change(members: dict[str, bytes], manifest: dict[str, object]) -> None:
        content = bytearray(members["masa.db"])
        content[4096 * 5 : 4096 * 7] = b"\xff" * 4096 * 2
        members["masa.db"] = bytes(content)
        files = manifest["files"]
        assert isinstance(files, dict)
        files["masa.db"] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    rebuilt(change)
    assert "damaged" in refused(backed_up)


# --- PostgreSQL ---
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_has_its_own_tools(home: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("MASA_DATABASE_URL", "postgresql+psycopg://masa@127.0.0.1/masa")
    assert "pg_dump" in refusal(command, "yedek.tar")


def test_the_copy_is_a_database_that_anybody_can_open(backed_up: Running) -> None:
    with tarfile.open(BACKUP) as tar:
        Path("kopya.db").write_bytes((tar.extractfile("masa.db") or io.BytesIO()).read())
    connection = sqlite3.connect("kopya.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_what_the_house_wrote_and_learned_comes_back(running: Running) -> None:
    own = {"articles/bizim.md": b"ours", "articles/drafts/taslak.md": b"draft", "model/model.npz": b"model"}
    own |= {"articles/drafts-ayni.md": b"one", "articles/drafts/ayni.md": b"other"}
    for name, content in own.items():
        place = Path("masa-data") / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (Path("masa-data") / "articles" / "yarim.part").write_bytes(b"half")
    assert masa("backup", "yedek.tar").exit_code == 0
    running.stop()
    shutil.rmtree("masa-data")
    for path in Path().glob("masa.db*"):
        path.unlink()
    assert masa("restore", "yedek.tar", "--trust").exit_code == 0
    assert {name: (Path("masa-data") / name).read_bytes() for name in own} == own
    assert not (Path("masa-data") / "articles" / "yarim.part").exists()


@pytest.mark.parametrize(
    ("key", "known", "deaf"),
    [
        (b"\x07" * 32, b"\x07" * 32, False),
        (None, b"\x07" * 32, True),
        (b"\x07" * 32, b"\x08" * 32, True),
        (b"no key", b"\x08" * 32, True),
    ],
)
def test_browsers_that_ring_go_on_ringing(running: Running, key: bytes | None, known: bytes, *, deaf: bool) -> None:
    """With the key that they were given; without it, or with another one, it is said what to do."""
    has_key = key is not None

    def subscribed(uow: UnitOfWork) -> None:
        own = uow.people.add(Person(handle="veli")).id
        uow.sessions.add(Session(token_hash="a" * 64, person=own, created_at=NOW, seen_at=NOW))
        there = "https://push.example/1"
        uow.push_subscriptions.put(
            PushSubscription(
                session="a" * 64,
                endpoint=there,
                public_key="p",
                auth="s",
                created_at=NOW,
                house_key=HouseKey(known).public,
            )
        )

    running.store.write(subscribed)
    secret = None if key is None else secret_files.read_or_make(Path("masa-data"), KEY, lambda: key)
    assert masa("backup", "yedek.tar").exit_code == 0
    lose_everything(running)
    restored = masa("restore", "yedek.tar")
    assert restored.exit_code == 0, restored.exception
    place = Path("masa-data") / KEY
    assert ("1 tarayıcının tanıdığı anahtar (push.key) yedekte yok" in restored.stdout) is deaf
    assert place.exists() is has_key
    if has_key:
        assert place.stat().st_mode & 0o777 == 0o600
        assert secret_files.read_or_make(Path("masa-data"), KEY, lambda: b"another") == secret


# --- whose it is ---
def test_it_is_signed_and_the_key_is_the_installations_own(running: Running) -> None:
    first = masa("backup", "yedek.tar")
    key = Path("masa-data") / signing_key.FILE
    assert "İmza anahtarı oluşturuldu: masa-data/backup.key" in first.stdout
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_bytes()
    assert "İmza anahtarı" not in masa("backup", "yedek.tar", "--force").stdout
    assert key.read_bytes() == before
    assert key.read_bytes().strip() not in BACKUP.read_bytes()


def without_signature(_members: object, _manifest: object) -> None:
    """`rebuilt` takes it away."""


def test_one_without_a_signature_is_taken_only_when_told(backed_up: Running) -> None:
    rebuilt(without_signature)
    lose_everything(backed_up)
    assert "not signed" in (told := refusal("restore", "yedek.tar"))
    assert "--trust" in told
    assert not Path("masa.db").exists()
    result = masa("restore", "yedek.tar", "--trust")
    assert (result.exit_code, "DİKKAT: Yedek bu kurumun anahtarıyla imzalı değil" in result.stdout) == (0, True)
    assert handles() == ["ayse"]


@pytest.mark.parametrize("key", [None, "ab" * 32])
def test_on_another_machine_it_is_taken_when_told_or_with_the_key(backed_up: Running, key: str | None) -> None:
    kept = (Path("masa-data") / signing_key.FILE).read_bytes()
    lose_everything(backed_up)
    here = Path("masa-data") / signing_key.FILE
    here.unlink()
    if key is not None:
        here.write_text(key)
    assert "signed with another key" in refusal("restore", "yedek.tar")
    assert masa("restore", "yedek.tar", "--trust").exit_code == 0
    here.write_bytes(kept)
    result = masa("restore", "yedek.tar", "--force")
    assert (result.exit_code, "DİKKAT" in result.stdout) == (0, False)


@pytest.mark.parametrize("told", [(), ("--trust",)])
def test_one_that_was_changed_after_it_was_signed_is_never_taken(backed_up: Running, told: tuple[str, ...]) -> None:
    content = bytearray(BACKUP.read_bytes())
    place = content.index(b'"version": "') + len(b'"version": "')
    content[place : place + 1] = b"9"
    BACKUP.write_bytes(content)
    backed_up.stop()
    assert "changed after it was signed" in refusal("restore", "yedek.tar", "--force", *told)


def test_a_damaged_key_is_said(backed_up: Running) -> None:
    (Path("masa-data") / signing_key.FILE).write_text("x")
    assert "backup.key: damaged" in refusal("backup", "baska.tar")


# --- archives that claim more than they are: see also tests/bot/filestore/test_archive.py ---
def test_without_room_for_all_of_it_nothing_is_begun(backed_up: Running) -> None:
    backed_up.stop()
    BACKUP.write_bytes(claiming(10**15, header("masa.db", 1)))
    before = files()
    assert "MB are free; nothing was restored" in refusal("restore", "yedek.tar", "--force", "--trust")
    assert files() == before


def a_database(*statements: str) -> bytes:
    place = Path("bos.db")
    with closing(sqlite3.connect(place)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    content = place.read_bytes()
    place.unlink()
    return content


NO_DESKS = (
    (),
    ("CREATE TABLE x (y)",),
    ("CREATE TABLE alembic_version (version_num)",),
    ("CREATE TABLE alembic_version (version_num)", f"INSERT INTO alembic_version VALUES ('{HEAD}')"),
    ("CREATE TABLE alembic_version (version_num)", "INSERT INTO alembic_version VALUES ('0001')"),
)


def test_a_database_without_our_tables_is_no_desk_although_its_hash_is_right(backed_up: Running) -> None:
    backed_up.stop()
    pristine, before = BACKUP.read_bytes(), files()
    for statements in NO_DESKS:
        empty = a_database(*statements)

        def change(
            members: dict[str, bytes],
            manifest: dict[str, object],
            empty: bytes = empty,
            statements: tuple[str, ...] = statements,
        ) -> None:
            members["masa.db"] = empty
            manifest["revision"] = "0001" if "0001" in " ".join(statements) else manifest["revision"]
            named = manifest["files"]
            assert isinstance(named, dict)
            named["masa.db"] = {"size": len(empty), "sha256": hashlib.sha256(empty).hexdigest()}

        BACKUP.write_bytes(pristine)
        rebuilt(change)
        assert "database" in refusal("restore", "yedek.tar", "--force", "--trust"), statements
        assert (handles(), files()) == (["ayse"], before)
