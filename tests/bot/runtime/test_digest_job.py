"""The summary's picture: drawn outside the transaction, kept for its readers, and never in the way of the text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pytest
from PIL import Image

from bot.config import Schedule
from bot.documents.digest_chart import UNIT_HEIGHT, WIDTH, draw
from bot.filestore.attachments import AttachmentFiles
from bot.runtime import digest_job
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId
from handlers.people.access import may_read_file
from handlers.ports import Attachment, UnitOfWork
from handlers.reports import digest, digest_figures
from tests.handlers.reports.digest_rig import DIRECTOR, FRIDAY, LEAD, ROOM, DigestRig, at

FIVE = at(FRIDAY, "17:00")


@pytest.fixture
def rig() -> DigestRig:
    rig = DigestRig()
    rig.resolves(rig.opens(at(FRIDAY, "09:00")), "mehmet", at(FRIDAY, "10:00"))
    return rig


def _files_at(rig: DigestRig, address: str) -> list[str]:
    (message,) = rig.store.read(lambda uow: uow.timeline.page(address))
    return [file.id for file in message.files]


def test_the_picture_comes_with_the_text(rig: DigestRig, tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path)
    runs = digest_job.post_due(rig.store, rig.desk, files, Schedule(), FIVE)
    assert [str(run) for run in runs] == [
        "digest:donanim:2026-11-20",
        "digest:yazilim:2026-11-20",
        "digest:director:2026-11-20",
    ]
    assert digest_job.post_due(rig.store, rig.desk, files, Schedule(), FIVE) == []
    (picture,) = _files_at(rig, ROOM)
    assert _files_at(rig, LEAD) == [picture]
    with Image.open(files.path(picture)) as image:
        assert image.format == "PNG"
        assert image.width == WIDTH
    with Image.open(files.path(_files_at(rig, DIRECTOR)[0])) as both:
        assert both.height - image.height == UNIT_HEIGHT


def test_who_may_look_at_it(rig: DigestRig, tmp_path: Path) -> None:
    digest_job.post_due(rig.store, rig.desk, AttachmentFiles(tmp_path), Schedule(), FIVE)

    def readers(uow: UnitOfWork, file: str) -> set[str]:
        kept = uow.attachments.get(file)
        assert kept is not None
        return {person.handle for person in uow.people.everybody() if may_read_file(uow, person, kept)}

    (units,), (directors,) = _files_at(rig, ROOM), _files_at(rig, DIRECTOR)
    assert rig.store.read(lambda uow: readers(uow, units)) == {"mehmet", "zeynep", "fatma"}
    assert rig.store.read(lambda uow: readers(uow, directors)) == {"kemal"}


class _NoRoomLeft:
    """Implements `handlers.channel_port.Files`."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def keep(
        self, source: BinaryIO, name: str, *, uploader: PersonId | None, conversation: str, at: datetime
    ) -> Attachment:
        raise self._error

    def path(self, file: str) -> Path:
        raise self._error


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), Invalid("file_too_large")])
def test_without_its_picture_the_text_goes_out(rig: DigestRig, error: Exception) -> None:
    assert len(digest_job.post_due(rig.store, rig.desk, _NoRoomLeft(error), Schedule(), FIVE)) == 3
    assert rig.said(ROOM)[0].startswith("📥 Açılan: 1")
    assert _files_at(rig, ROOM) == []


def test_nothing_to_draw_no_picture(tmp_path: Path) -> None:
    rig = DigestRig()
    digest_job.post_due(rig.store, rig.desk, AttachmentFiles(tmp_path), Schedule(), FIVE)
    assert _files_at(rig, ROOM) == []
    assert list(tmp_path.iterdir()) == []


def test_another_process_that_was_faster(rig: DigestRig, tmp_path: Path) -> None:
    def item(uow: UnitOfWork) -> digest.Due | None:
        return digest.unit_digest(rig.desk, uow, "donanim", FRIDAY, FIVE, Schedule())

    found = rig.store.read(item)
    assert found is not None
    assert digest_job.post(rig.store, rig.desk, AttachmentFiles(tmp_path), found, FIVE)
    assert not digest_job.post(rig.store, rig.desk, AttachmentFiles(tmp_path), found, FIVE)
    assert len(rig.said(ROOM)) == 1


def test_zeros_and_thousands_can_be_drawn(rig: DigestRig) -> None:
    days = tuple(
        digest_figures.DayFigures(day=FRIDAY, opened=opened, resolved=0, active=opened * 2) for opened in (0, 1, 12_345)
    )
    found = rig.digest(FRIDAY)
    png = draw(rig.desk, [replace(found, days=days)])
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        assert image.width == WIDTH
