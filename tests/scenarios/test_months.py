"""`/ay`: a month in figures, signed, and what a decree changes afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.months import Month
from handlers.domain.states import Change, State
from handlers.ports import UnitOfWork
from handlers.reports import months
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_calendar import says
from tests.scenarios.test_targets import opened, tick_at
from tests.storage.builders import open_ticket

NOVEMBER, DECEMBER = "2026-11", "2026-12-01T09:00"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at("2026-11-02T09:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def solved(stage: Stage, count: int, late: int = 0) -> None:
    """In November: each taken for two hours of work; the late ones from Monday morning until Friday at noon."""

    def work(uow: UnitOfWork) -> None:
        ayse, mehmet = [one.id for handle in ("ayse", "mehmet") if (one := uow.people.by_handle(handle)) is not None]
        for number in range(count):
            begun = at("2026-11-02T10:00").astimezone(UTC)
            done = at("2026-11-06T12:00" if number < late else "2026-11-02T12:00").astimezone(UTC)
            ticket = open_ticket(uow, ayse, begun, category="yazici-yazdirmiyor")
            ticket.claim(by=mehmet, at=begun, channel="web")
            ticket.resolve("toner", by=mehmet, at=done, channel="web")
            uow.tickets.save(ticket)

    await stage.app.gateway.write(work)


async def test_it_is_read_and_locked_on_every_channel(stage: Stage) -> None:
    """There it is Monday, 23 November."""
    await opened(stage, "2026-11-23T14:00")
    fatma = stage.person("fatma")
    running = await says(fatma, "/ay kasım")
    assert running.startswith("Kasım 2026 · Donanım")
    assert "(ay sürüyor, şu ana kadar)" in running
    assert "Açılan: 1" in running
    assert not (await fatma.last("month_report")).buttons
    stage.clock.set(at(DECEMBER).astimezone(UTC))
    await says(fatma, f"/ay {NOVEMBER}")
    await fatma.presses("Raporu kilitle")
    assert "🔒 1 Ara 2026 tarihinde kilitlendi (Fatma Şahin)" in (await fatma.last("month_report")).text


async def test_the_share_the_median_and_the_ninth_of_ten(web: Stage) -> None:
    await solved(web, 20, late=3)
    await tick_at(web, DECEMBER)
    report = await says(web.person("fatma"), "/ay")
    assert "Açılan: 20\nTamamlanan: 20\nÇözüm hedefi içinde: %85 (n = 20, içinde 17)\n" in report
    assert "Geçen süre: ortanca 2 sa, 10 kayıttan 9'u en çok 4 iş günü 2 sa (n = 20)" in report


async def test_what_was_waited_for_and_why_some_were_late(web: Stage) -> None:
    """Of what was solved in the month; no part of what is signed."""

    def work(uow: UnitOfWork) -> None:
        ayse, mehmet = [one.id for handle in ("ayse", "mehmet") if (one := uow.people.by_handle(handle)) is not None]
        for why in ("parts", "parts", None):
            ticket = open_ticket(uow, ayse, at("2026-11-02T10:00").astimezone(UTC), category="yazici-yazdirmiyor")
            ticket.claim(by=mehmet, at=at("2026-11-02T10:00").astimezone(UTC), channel="web")
            for state, begun, ended in (
                (State.WAITING_PARTS, "2026-11-02T11:00", "2026-11-02T15:00"),
                (State.WAITING_VENDOR, "2026-11-03T08:00", "2026-11-03T09:00"),
            ):
                ticket.wait(state, "toner", by=mehmet, at=at(begun).astimezone(UTC), channel="web")
                ticket.resume(by=mehmet, at=at(ended).astimezone(UTC), channel="web")
            done = at("2026-11-16T12:00").astimezone(UTC)
            ticket.resolve("toner", by=mehmet, at=done, channel="web")
            if why is not None:
                ticket.log(Change.EXPLAINED, by=mehmet, at=done, channel="web", reason=why)
            uow.tickets.save(ticket)

    await web.app.gateway.write(work)
    await tick_at(web, DECEMBER)
    fatma = web.person("fatma")
    report = await says(fatma, "/ay")
    assert "Beklemeler: malzeme 1 iş günü 1 sa (3 kayıt) · firma 3 sa (3 kayıt)" in report
    assert "Geç kalanlar: Malzeme geç geldi 2 · nedeni söylenmedi 1" in report
    assert "kilide girmez" in report


async def test_of_few_it_says_so(web: Stage) -> None:
    await solved(web, 9)
    await tick_at(web, DECEMBER)
    report = await says(web.person("fatma"), "/ay")
    assert "Çözüm hedefi içinde: az kayıt (n = 9)" in report
    assert "Geçen süre: az kayıt (n = 9)" in report


async def test_a_decree_changes_a_signed_month_no_more_and_both_are_shown(web: Stage) -> None:
    await solved(web, 20, late=3)
    await tick_at(web, DECEMBER)
    fatma, kemal = web.person("fatma"), web.person("kemal")
    await says(fatma, "/ay")
    await fatma.presses("Raporu kilitle")
    signed = (await fatma.last("month_report")).text
    assert "şimdi" not in signed
    await says(kemal, "/idari izin 3-5 Kasım Valilik kararı")
    preview = (await kemal.last("calendar_preview")).text
    assert "🔒 Kasım 2026 raporu kilitli: oradaki rakamlar değişmez." in preview
    await kemal.presses("Evet, yaz")
    for _ in range(2):  # at once, and when what is kept was counted anew
        report = await says(fatma, f"/ay {NOVEMBER}")
        assert "içinde: %85 (n = 20, içinde 17) (şimdi %100 (n = 20, içinde 20))" in report
        assert "sonra değişen takvim yansımaz" in report
        await tick_at(web, "2026-12-01T09:05")


async def test_the_director_takes_the_lock_away_with_a_reason_and_the_audit_knows(web: Stage) -> None:
    await solved(web, 12)
    await tick_at(web, DECEMBER)
    fatma, kemal = web.person("fatma"), web.person("kemal")
    await says(fatma, "/ay")
    button = await fatma.last("month_report")
    await fatma.presses("Raporu kilitle")
    await fatma.presses("Raporu kilitle", on=button)
    assert "yetkiniz" in await says(fatma, f"/ay {NOVEMBER} kaldır yanlış")
    assert "Hangi birimin raporu?" in await says(kemal, f"/ay {NOVEMBER} kaldır yanlış")
    assert "gerekçesini de yazın" in await says(kemal, f"/ay {NOVEMBER} donanim kaldır")
    await kemal.says(f"/ay {NOVEMBER} donanım kaldır Yanlış tatil girilmişti")
    assert "kilidi kaldırıldı" in (await kemal.last("month_unlocked")).text
    assert "🔒" not in (await kemal.last("month_report")).text
    assert "kilitli değil" in await says(kemal, f"/ay {NOVEMBER} donanim kaldır yine")
    lines = await web.app.gateway.read(
        lambda uow: [(what, about) for _, _, what, about, _ in uow.audit.recent(50) if what.startswith("month_")]
    )
    assert [what for what, _ in lines] == ["month_unlocked", "month_locked"]
    assert lines[0][1] == "2026-11 donanim Yanlış tatil girilmişti"
    await says(kemal, f"/ay {NOVEMBER} donanim")
    await kemal.presses("Raporu kilitle")
    assert "(Kemal Aydın)" in (await kemal.last("month_report")).text


async def test_the_director_sees_every_unit(web: Stage) -> None:
    await tick_at(web, DECEMBER)
    kemal = web.person("kemal")
    await kemal.says("/ay")
    reports = [m.text.splitlines()[0] for m in await kemal.sees() if m.kind == "month_report"]
    assert len(reports) == len(web.app.desk.units)
    assert all(report.startswith("Kasım 2026 · ") for report in reports)


@pytest.mark.parametrize(
    ("handle", "typed", "answer"),
    [
        ("fatma", "/ay 2026-13", "Hangi ay?"),
        ("fatma", "/ay filan", "Hangi ay?"),
        ("fatma", "/ay 2026-10 filan", "Hangi ay?"),
        ("fatma", "/ay 2027-03", "O ay daha gelmedi."),
        ("fatma", "/ay 2026-10 yazilim", "yetkiniz"),
        ("fatma", "/ay aralık", "Aralık 2025 · "),
        ("fatma", "/ay 11.2026", "Kasım 2026 · "),
        ("fatma", "/ay bu ay", "Kasım 2026 · "),
        ("fatma", "/ay geçen ay", "Ekim 2026 · "),
        ("fatma", "/ay ekim 2025", "tamamlanan kayıt yok"),
        ("mehmet", "/ay", "yetkiniz"),
        ("ayse", "/ay 2026-10", "yetkiniz"),
    ],
)
async def test_what_is_typed(web: Stage, handle: str, typed: str, answer: str) -> None:
    assert answer in await says(web.person(handle), typed)


async def test_a_month_that_runs_is_not_locked(web: Stage) -> None:
    fatma = web.person("fatma")
    await web.app.gateway.read(lambda uow: _refused(web, uow))
    await says(fatma, "/ay bu ay")
    assert not (await fatma.last("month_report")).buttons


def _refused(stage: Stage, uow: UnitOfWork) -> None:
    person = uow.people.by_handle("fatma")
    assert person is not None
    acting = Acting(desk=stage.app.desk, uow=uow, now=stage.clock.now(), person=person, channel="web", event_key="1")
    with pytest.raises(Invalid, match="month_runs"):
        months.lock(acting, "donanim", Month(2026, 11))
