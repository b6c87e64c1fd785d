"""Who may send how much in a day, the room that stays free, and that what was not wanted leaves nothing."""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.filestore.attachments import AttachmentFiles
from bot.filestore.disk_space import DiskSpace
from bot.filestore.upload_guard import UploadGuard
from handlers.channel_port import NoSpace
from handlers.domain.errors import Invalid
from handlers.domain.people import Account
from handlers.events import MessageReceived
from handlers.people.file_quota import FileQuota
from handlers.ports import Attachment
from tests.scenarios.stage import Stage, open_stage

QUOTA = FileQuota(person=3000, conversation=4000, guest=1000, guests=1800)


class Desk:
    """The store of a real desk with the demo's people, and a folder of its own for files."""

    def __init__(self, stage: Stage, folder: Path, quota: FileQuota = QUOTA, free: int = 10**12) -> None:
        self.stage, self.folder, self.free, self.refused = stage, folder, free, Counter[str]()
        space = DiskSpace(folder, folder, 500_000_000, free=lambda _folder: self.free)
        guard = UploadGuard(stage.app.store, quota, space, lambda why: self.refused.update([why]))
        self.files = AttachmentFiles(folder, guard)

    def keep(self, handle: str | None, size: int, conversation: str = "") -> Attachment:
        person = self.stage.app.store.read(lambda uow: uow.people.by_handle(handle)) if handle else None
        return self.files.keep(
            io.BytesIO(b"x" * size),
            "a.txt",
            uploader=person.id if person else None,
            conversation=conversation or f"web:p:{handle}",
            at=self.stage.clock.now(),
        )

    def stored(self, file: Attachment) -> None:
        self.stage.app.store.write(lambda uow: uow.attachments.add(file))

    @property
    def on_disk(self) -> int:
        return len(list(self.folder.iterdir()))


@pytest.fixture
async def stage(tmp_path: Path):
    async with open_stage(tmp_path, "web") as stage:
        yield stage


@pytest.fixture
def desk(stage: Stage, tmp_path: Path) -> Desk:
    return Desk(stage, tmp_path / "kept")


@pytest.mark.parametrize("stored", [True, False], ids=["with its event", "under way"])
def test_a_person_has_so_much_a_day_in_all_conversations(desk: Desk, stored: bool) -> None:
    for conversation in ("web:p:mehmet", "web:r:donanim"):
        kept = desk.keep("mehmet", 1400, conversation)
        if stored:
            desk.stored(kept)
    with pytest.raises(Invalid, match="file_quota"):
        desk.keep("mehmet", 300, "web:r:donanim")
    assert (desk.on_disk, desk.refused) == (2, {"file_quota": 1})
    desk.keep("zeynep", 300, "web:r:donanim")
    desk.stage.clock.advance(hours=25)
    desk.keep("mehmet", 300)


def test_a_group_has_so_much_a_day_of_everybody(desk: Desk) -> None:
    for handle in ("mehmet", "zeynep"):
        desk.stored(desk.keep(handle, 1900, "web:r:donanim"))
    with pytest.raises(Invalid, match="file_quota"):
        desk.keep("fatma", 300, "web:r:donanim")
    desk.keep("fatma", 300)


async def test_who_is_not_known_has_the_least_and_all_of_them_together_little(stage: Stage, desk: Desk) -> None:
    for handle in ("biri", "ikisi", "ucu"):
        await stage.person(handle).says("merhaba")
    guests = {
        handle: stage.app.store.read(lambda uow, handle=handle: uow.people.by_account(Account("web", handle))).handle  # type: ignore[misc,union-attr] # each is there
        for handle in ("biri", "ikisi", "ucu")
    }
    desk.stored(desk.keep(guests["biri"], 900, "web:p:biri"))
    with pytest.raises(Invalid, match="file_quota") as refused:
        desk.keep(guests["biri"], 200, "web:p:biri")
    assert refused.value.data == {"limit_mb": 0}
    desk.stored(desk.keep(guests["ikisi"], 800, "web:p:ikisi"))
    with pytest.raises(Invalid, match="file_quota"):
        desk.keep(guests["ucu"], 200, "web:p:ucu")
    desk.keep("ayse", 2900)


def test_a_file_of_a_platform_counts_for_whoever_speaks_there(desk: Desk) -> None:
    """It is on disk before anybody knows whose account sent it."""
    desk.stored(desk.keep(None, 900, "telegram:p:4711"))
    with pytest.raises(Invalid, match="file_quota"):
        desk.keep(None, 200, "telegram:p:4711")


def test_without_a_quota_there_is_none(stage: Stage, tmp_path: Path) -> None:
    free = Desk(stage, tmp_path / "kept", FileQuota())
    for _ in range(5):
        free.stored(free.keep("ayse", 5000))


def test_files_are_refused_while_the_database_needs_the_room(desk: Desk) -> None:
    desk.free = 510_000_000
    with pytest.raises(Invalid, match="files_paused"):
        desk.keep("ayse", 1)
    assert (desk.on_disk, desk.refused) == (0, {"files_paused": 1})
    desk.free = 600_000_000
    desk.keep("ayse", 1)


async def test_messages_are_refused_later_and_nothing_that_was_acknowledged_is_lost(
    stage: Stage, tmp_path: Path
) -> None:
    free = 10**12
    stage.app.gateway._takes_messages = DiskSpace(tmp_path, tmp_path, 500_000_000, lambda _: free).takes_messages
    ayse = stage.person("ayse")
    free = 110_000_000
    await ayse.says("yazıcı çıktı vermiyor")
    free = 90_000_000
    event = MessageReceived(
        key="web:1", at=stage.clock.now(), sender=Account("web", "ayse"), conversation="web:p:ayse", text="bir daha"
    )
    with pytest.raises(NoSpace):
        await stage.app.gateway.accept(event)
    assert "yazıcı çıktı vermiyor" in [seen.text for seen in await ayse.sees()]
    free = 10**12
    assert await stage.app.gateway.accept(event)
    await stage.app.gateway.handled(event.key)


async def test_a_repeated_upload_leaves_nothing(stage: Stage) -> None:
    """Also of two that come at the same moment; what the first brought stays."""
    folder, address = stage.app.settings.data_dir, "web:p:ayse"
    event = MessageReceived(
        key="web:1", at=stage.clock.now(), sender=Account("web", "ayse"), conversation=address, text="ekran"
    )
    first, second, third = (stage.keep("a.txt", b"x", address) for _ in range(3))
    new = await asyncio.gather(*(stage.app.gateway.accept(event, [file]) for file in (first, second)))
    assert sorted(new) == [False, True]
    assert not await stage.app.gateway.accept(event, [third])
    kept = first if new[0] else second
    assert [path.name for path in folder.iterdir()] == [kept.id]
    assert not await stage.app.gateway.accept(event, [kept]), "the same files again, as Slack's retries bring them"
    assert [path.name for path in folder.iterdir()] == [kept.id]
    assert stage.clock.now() - event.at < timedelta(minutes=1)
