"""The weekly report as it reaches a lead: a page drawn, kept for them alone, and said."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.config import Schedule
from bot.documents import weekly_report
from bot.filestore.attachments import AttachmentFiles
from bot.runtime import weekly_job
from handlers.context import Acting
from handlers.domain.charts import Charts
from handlers.domain.deputies import Deputy
from handlers.domain.errors import NotAllowed
from handlers.domain.people import Role, UnitId
from handlers.ports import StoreUnavailable
from handlers.queries import charts
from tests.handlers.reports.digest_rig import DIRECTOR, FRIDAY, LEAD, MONDAY, DigestRig, at

MORNING = at(MONDAY, "08:45")


def test_the_page_is_drawn_and_kept_for_its_reader(tmp_path: Path) -> None:
    rig = DigestRig()
    rig.resolves(rig.opens(at(FRIDAY, "09:00")), "mehmet", at(FRIDAY, "15:00"))
    files = AttachmentFiles(tmp_path)
    runs = weekly_job.post_due(rig.store, rig.desk, files, time(8, 30), MORNING)
    assert [str(run) for run in runs] == ["weekly:donanim:2026-11-23", "weekly:director:2026-11-23"]
    (message,) = [one for one in rig.store.read(lambda uow: uow.timeline.page(LEAD)) if one.kind == "weekly"]
    assert "1 kayıt geldi, 1 kayıt tamamlandı." in message.text
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


def deputises(rig: DigestRig, whose: str, deputy: str, role: Role, unit: UnitId | None) -> None:
    """From this Monday on."""
    stands_in = Deputy(
        person=rig.who(whose),
        deputy=rig.who(deputy),
        role=role,
        unit=unit,
        starts=at(MONDAY, "00:00"),
        ends=at(MONDAY, "00:00") + timedelta(days=3),
        entered_at=at(FRIDAY, "12:00"),
    )
    rig.store.write(lambda uow: uow.deputies.add(stands_in))


def test_who_deputises_from_monday_on_gets_the_figures_of_the_director(tmp_path: Path) -> None:
    rig = DigestRig()
    rig.opens(at(FRIDAY, "09:00"))
    rig.opens(at(FRIDAY, "10:00"), unit="yazilim", category="ebys-giris")
    rig.opens(at(FRIDAY, "11:00"), category="bilgi-guvenligi", restricted=True)
    deputises(rig, "kemal", "mehmet", Role.DIRECTOR, None)
    runs = weekly_job.post_due(rig.store, rig.desk, AttachmentFiles(tmp_path), time(8, 30), MORNING)
    assert [str(run) for run in runs] == ["weekly:donanim:2026-11-23", "weekly:director:2026-11-23"]
    (to_deputy,), (to_director,) = rig.said("web:p:mehmet", "weekly"), rig.said(DIRECTOR, "weekly")
    assert "2 kayıt geldi" in to_deputy, "of both units; security matters were not lent"
    assert "3 kayıt geldi" in to_director


def test_a_fault_with_one_reader_keeps_it_from_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rig = DigestRig()
    deputises(rig, "fatma", "mehmet", Role.LEAD, "donanim")
    looked = charts.look

    def broken(acting: Acting, **how: Any) -> Charts:
        if acting.person.handle == "fatma":
            raise NotAllowed("see_summary", "fatma")
        return looked(acting, **how)

    monkeypatch.setattr(charts, "look", broken)
    files = AttachmentFiles(tmp_path)
    with capture_logs() as logs:
        runs = weekly_job.post_due(rig.store, rig.desk, files, time(8, 30), MORNING)
    assert [str(run) for run in runs] == ["weekly:donanim:2026-11-23", "weekly:director:2026-11-23"]
    assert [len(rig.said(one, "weekly")) for one in (LEAD, "web:p:mehmet", DIRECTOR)] == [0, 1, 1]
    assert {(one["event"], one["error"]) for one in logs} == {("report_not_counted", "NotAllowed")}
    assert weekly_job.post_due(rig.store, rig.desk, files, time(8, 30), MORNING) == [], "nor does it come each minute"


def test_a_store_that_does_not_answer_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rig, files = DigestRig(), AttachmentFiles(tmp_path)
    with monkeypatch.context() as away:
        away.setattr(charts, "look", _unavailable)
        with pytest.raises(StoreUnavailable):
            weekly_job.post_due(rig.store, rig.desk, files, time(8, 30), MORNING)
    assert len(weekly_job.post_due(rig.store, rig.desk, files, time(8, 30), MORNING)) == 2


def _unavailable(*_: Any, **__: Any) -> Charts:
    raise StoreUnavailable("locked")
