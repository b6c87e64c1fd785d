"""The draft of last year's report as it reaches the director: a page to sign, and a document."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from bot.documents import year_report
from bot.filestore.attachments import AttachmentFiles
from bot.runtime import yearly_job
from tests.handlers.reports.digest_rig import DIRECTOR, FRIDAY, DigestRig, at

MORNING = at(date(2027, 1, 15), "09:00")


def test_both_files_are_kept_for_the_director(tmp_path: Path) -> None:
    rig, files = DigestRig(), AttachmentFiles(tmp_path)
    rig.opens(at(FRIDAY, "09:00"))
    run = yearly_job.post_due(rig.store, rig.desk, files, time(8, 15), MORNING)
    assert str(run) == "yearly::2027-01-15"
    (message,) = [one for one in rig.store.read(lambda uow: uow.timeline.page(DIRECTOR)) if one.kind == "yearly"]
    assert [one.name for one in message.files] == [
        "faaliyet-raporu-2026-taslak.pdf",
        "faaliyet-raporu-2026-taslak.docx",
    ]
    assert yearly_job.post_due(rig.store, rig.desk, files, time(8, 15), MORNING) is None


def test_what_cannot_be_drawn_is_still_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("no fonts")

    monkeypatch.setattr(year_report, "pdf", broken)
    rig = DigestRig()
    rig.opens(at(FRIDAY, "09:00"))
    yearly_job.post_due(rig.store, rig.desk, AttachmentFiles(tmp_path), time(8, 15), MORNING)
    (message,) = [one for one in rig.store.read(lambda uow: uow.timeline.page(DIRECTOR)) if one.kind == "yearly"]
    assert [one.name for one in message.files] == ["faaliyet-raporu-2026-taslak.docx"]
