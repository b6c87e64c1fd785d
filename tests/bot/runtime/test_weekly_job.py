"""The weekly report as it reaches a lead: a page drawn, kept for them alone, and said."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.config import Schedule
from bot.documents import weekly_report
from bot.filestore.attachments import AttachmentFiles
from bot.runtime import weekly_job
from tests.handlers.reports.digest_rig import FRIDAY, LEAD, MONDAY, DigestRig, at

MORNING = at(MONDAY, "08:45")


def test_the_page_is_drawn_and_kept_for_its_reader(tmp_path: Path) -> None:
    rig = DigestRig()
    rig.resolves(rig.opens(at(FRIDAY, "09:00")), "mehmet", at(FRIDAY, "15:00"))
    files = AttachmentFiles(tmp_path)
    runs = weekly_job.post_due(rig.store, rig.desk, files, time(8, 30), MORNING)
    assert [str(run) for run in runs] == ["weekly:donanim:2026-11-23", "weekly:director:2026-11-23"]
    (message,) = [one for one in rig.store.read(lambda uow: uow.timeline.page(LEAD)) if one.kind == "weekly"]
    assert "1 kayıt geldi, tamamlanan 1." in message.text
    kept = rig.store.read(lambda uow: uow.attachments.get(message.files[0].id))
    assert kept is not None
    assert (kept.name, kept.media_type, kept.conversation) == (
        "haftalik-rapor-2026-11-16.pdf",
        "application/pdf",
        LEAD,
    )
    assert weekly_job.post_due(rig.store, rig.desk, files, time(8, 30), MORNING) == []


def test_what_cannot_be_drawn_is_still_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> bytes:
        raise RuntimeError("no fonts")

    monkeypatch.setattr(weekly_report, "pdf", broken)
    rig = DigestRig()
    weekly_job.post_due(rig.store, rig.desk, AttachmentFiles(tmp_path), time(8, 30), MORNING)
    (message,) = [one for one in rig.store.read(lambda uow: uow.timeline.page(LEAD)) if one.kind == "weekly"]
    assert (message.files, "0 kayıt geldi" in message.text) == ((), True)


@pytest.mark.parametrize(("typed", "at_what"), [("09:15", time(9, 15)), ("off", None), ("", None)])
def test_when_it_comes_is_a_setting(typed: str, at_what: time | None) -> None:
    assert Schedule(weekly_at=typed).weekly_at == at_what  # type: ignore[arg-type] # as the environment gives it
