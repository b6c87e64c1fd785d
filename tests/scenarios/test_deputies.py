"""Vekâlet: a lead's or the director's right in another's hands, for a time, to the minute; what the history says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from handlers.domain.states import Change
from handlers.ports import UnitOfWork
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_calendar import says
from tests.scenarios.test_leaves import goes_on_leave, person_of
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import opened, tick_at

MONDAY = "2026-11-30"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at(f"{MONDAY}T10:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def names(actor: Actor, typed: str) -> None:
    await actor.says(typed)
    await actor.presses("Evet, yaz")


async def assigns(actor: Actor, label: str) -> str:
    """Görevlendir, on the newest card that they see; what the desk says last."""
    await actor.says("/sira")
    for button in ("Diğer", "Görevlendir", label):
        await actor.presses(button)
    return (await actor.heard())[-1]


async def history(stage: Stage) -> list[tuple[Change, tuple[int, ...]]]:
    ticket = await stage.ticket(FIRST)
    found = await stage.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    return [(event.what, event.acting_for) for event in found]


async def test_a_deputy_acts_with_the_right_of_the_lead_and_the_history_says_for_whom(stage: Stage) -> None:
    """On every channel; there it is Monday, 23 November."""
    await opened(stage, "2026-11-23T14:00")
    fatma, zeynep = stage.person("fatma"), stage.person("zeynep")
    await zeynep.says("/sira")
    assert "Görevlendir" not in (await zeynep.last("card")).buttons
    await fatma.says("/vekil Zeynep Arslan 23-24 Kasım EBYS 2026/1412")
    preview = await fatma.last("deputy_preview")
    assert "Zeynep Arslan 23–24 Kasım sizin yerinize şef yetkisiyle işlem yapabilecek, EBYS 2026/1412" in preview.text
    await fatma.presses("Evet, yaz")
    assert "Fatma Şahin sizi vekil gösterdi" in (await zeynep.last("deputy_told")).text
    assert "Mehmet Kaya görevlendirildi" in await assigns(zeynep, "Mehmet Kaya")
    assert (Change.ASSIGNED, (await person_of(stage, "fatma"),)) in await history(stage)
    await fatma.says("/durum 1")
    assert "Görevlendirildi – Zeynep A. (Fatma Şahin'e vekâleten)" in (await fatma.last("ticket")).text


async def test_it_begins_and_ends_to_the_minute_and_both_hear_it(web: Stage) -> None:
    await opened(web, f"{MONDAY}T10:00")
    fatma, zeynep = web.person("fatma"), web.person("zeynep")
    await names(fatma, "/vekil Zeynep bugün 12.00-16.00")
    await zeynep.says("/sira")
    await zeynep.presses("Diğer")
    assert "Görevlendir" not in (await zeynep.last("card")).buttons, "it has not begun"
    await tick_at(web, f"{MONDAY}T12:00")
    assert "vekâletiniz başladı" in (await zeynep.last("deputy_begins")).text
    assert "yerinize Zeynep Arslan bakıyor" in (await fatma.last("deputy_begins")).text
    web.clock.set(at(f"{MONDAY}T15:59").astimezone(UTC))
    assert "Mehmet Kaya görevlendirildi" in await assigns(zeynep, "Mehmet Kaya")
    await zeynep.presses("Diğer")
    await zeynep.presses("Görevlendir")
    offered = await zeynep.last("card")
    web.clock.set(at(f"{MONDAY}T16:00").astimezone(UTC))
    await zeynep.presses("Fatma Şahin", on=offered)
    assert (await web.ticket(FIRST)).holder == await person_of(web, "mehmet"), "a button of a minute ago gives no right"
    await tick_at(web, f"{MONDAY}T16:00")
    for actor in (fatma, zeynep):
        assert len([m for m in await actor.sees() if m.kind == "deputy_over"]) == 1
    await tick_at(web, f"{MONDAY}T16:01")
    assert len([m for m in await zeynep.sees() if m.kind == "deputy_over"]) == 1


async def test_what_a_lead_would_hear_a_deputy_hears_while_the_lead_is_away(web: Stage) -> None:
    fatma, zeynep = web.person("fatma"), web.person("zeynep")
    await goes_on_leave(fatma, "/izin 1-4 Aralık")
    await names(fatma, "/vekil Zeynep 1-4 Aralık")
    await opened(web, "2026-12-01T09:00")
    await tick_at(web, "2026-12-01T09:01")
    await tick_at(web, "2026-12-01T14:30")
    assert "Üstlenme gecikti" in (await zeynep.last("warn_one")).text
    assert not [m for m in await fatma.sees() if m.kind == "warn_one"]


async def test_security_matters_are_a_deputys_only_where_that_was_said(web: Stage) -> None:
    await web.person("hasan").says("dolandırıcı sayfasına parolamı yazdım")
    kemal, zeynep = web.person("kemal"), web.person("zeynep")
    await names(kemal, "/vekil Zeynep bugün EBYS 2026/7 27.11.2026")
    await zeynep.says("/durum 1")
    assert (await zeynep.last()).kind == "errors/not_found"
    await kemal.presses("Bitir")
    web.clock.advance(minutes=1)
    await names(kemal, "/vekil Zeynep bugün EBYS 2026/8 27.11.2026 güvenlik dahil")
    await zeynep.says("/durum 1")
    assert FIRST in (await zeynep.last("ticket")).text


async def test_where_a_deputy_is_away_theirs_acts_and_both_stand_in_the_history(web: Stage) -> None:
    await opened(web, f"{MONDAY}T10:00")
    kemal, fatma = web.person("kemal"), web.person("fatma")
    await names(kemal, "/vekil Fatma Şahin 30 Kasım - 4 Aralık EBYS 2026/99 27.11.2026")
    await names(fatma, "/vekil Zeynep 30 Kasım - 4 Aralık")
    await goes_on_leave(fatma, "/izin 30 Kasım - 1 Aralık")
    web.clock.advance(minutes=1)
    rights = await web.app.gateway.read(lambda uow: _rights(web, uow, "zeynep"))
    kemals, fatmas = await person_of(web, "kemal"), await person_of(web, "fatma")
    assert {("director", (kemals, fatmas)), ("lead", (fatmas,))} == rights


def _rights(stage: Stage, uow: UnitOfWork, handle: str) -> set[tuple[str, tuple[int, ...]]]:
    from handlers.context import UseCaseContext

    UseCaseContext(desk=stage.app.desk, uow=uow, now=stage.clock.now())
    found = uow.people.by_handle(handle)
    assert found is not None
    return {(right.role.value, right.of) for right in found.lent}


async def test_it_is_ended_before_its_time(web: Stage) -> None:
    fatma, zeynep = web.person("fatma"), web.person("zeynep")
    await names(fatma, "/vekil Zeynep 30 Kasım - 4 Aralık")
    assert "Fatma Şahin yerine Zeynep Arslan · 30 Kasım – 4 Aralık" in await says(zeynep, "/vekil")
    assert list((await zeynep.last("deputies")).buttons) == []
    await fatma.says("/vekil")
    await fatma.presses("Bitir: Zeynep A.")
    assert "artık sizin yerinize işlem yapamaz" in (await fatma.last("deputy_ended")).text
    assert "yetkileriniz eskisi gibi" in (await zeynep.last("deputy_over")).text
    assert "Yazılmış vekâlet yok." in await says(zeynep, "/vekil")


@pytest.mark.parametrize(
    ("handle", "typed", "answer"),
    [
        ("fatma", "/vekil Fatma Şahin 3-7 Aralık", "Kendinize vekâlet veremezsiniz."),
        ("fatma", "/vekil Derya Koç 3-7 Aralık", "Vekil birimde çalışan biri olmalı."),
        ("fatma", "/vekil Ayşe Yılmaz 3-7 Aralık", "Vekil birimde çalışan biri olmalı."),
        ("fatma", "/vekil Ali Çelik 3-7 Aralık", "Vekil birimde çalışan biri olmalı."),
        ("fatma", "/vekil 3-7 Aralık", "Vekil kim olsun?"),
        ("fatma", "/vekil Zeynep", "Hangi gün?"),
        ("fatma", "/vekil Zeynep 20-22 Kasım", "Bu günler geçmiş"),
        ("fatma", "/vekil Zeynep 7-3 Aralık", "Bitiş başlangıçtan önce"),
        ("kemal", "/vekil Fatma Şahin 3-7 Aralık", "Müdür vekâleti için EBYS sayısı ve tarihi gerekli"),
        ("kemal", "/vekil Fatma Şahin 3-7 Aralık EBYS 2026/7", "2026/7 sayılı yazının tarihi de gerekli"),
        ("kemal", "/vekil Fatma Şahin EBYS 2026/7 03.12.2026", "2026/7 sayılı yazının tarihi de gerekli"),
        ("kemal", "/vekil Fatma Şahin 3-7 Aralık EBYS 2026/7 01.12.2026", "Yazının tarihi bugünden sonra olamaz."),
        ("kemal", "/vekil Fatma Şahin 3-7 Aralık EBYS 2026/7 31.11.2026", "31"),
        ("mehmet", "/vekil Zeynep 3-7 Aralık", "yetkiniz"),
        ("ayse", "/vekil Zeynep 3-7 Aralık", "yetkiniz"),
    ],
)
async def test_what_cannot_be_is_said(web: Stage, handle: str, typed: str, answer: str) -> None:
    assert answer in await says(web.person(handle), typed)
    found = await web.app.gateway.read(lambda uow: uow.deputies.between(at("2026-01-01T00:00"), at("2028-01-01T00:00")))
    assert found == []


async def test_one_at_a_time_and_nobody_who_is_away(web: Stage) -> None:
    fatma = web.person("fatma")
    await names(fatma, "/vekil Zeynep 3-7 Aralık EBYS 2026/1412")
    overlapping = await says(fatma, "/vekil Mehmet Kaya 5-9 Aralık")
    assert overlapping == "Bu tarihlerde vekil zaten Zeynep Arslan (EBYS 2026/1412)."
    await goes_on_leave(web.person("mehmet"), "/izin 10-12 Aralık")
    assert await says(fatma, "/vekil Mehmet Kaya 11 Aralık") == "Mehmet Kaya 10–12 Aralık'ta izinli."


@pytest.mark.parametrize(
    ("typed", "days", "reference"),
    [
        ("3-7 Aralık EBYS 2026/1412 28.11.2026", "3–7 Aralık", "2026/1412 (28.11.2026)"),
        ("E-12345678-000-1412 (28.11.2026) 3-7 Aralık", "3–7 Aralık", "12345678-000-1412 (28.11.2026)"),
        ("28.11.2026 tarihli EBYS 2026/1412 3-7 Aralık", "3–7 Aralık", "2026/1412 (28.11.2026)"),
        ("3-7 Aralık EBYS 2026/1412 28 Kasım 2026", "3–7 Aralık", "2026/1412 (28.11.2026)"),
        ("EBYS 2026/1412 03.12.2026 - 07.12.2026", "3–7 Aralık", "2026/1412"),
        ("EBYS 2026/1412 03.12.2026", "3 Aralık Perşembe", "2026/1412"),
    ],
)
async def test_the_documents_date_is_told_apart_from_the_days(
    web: Stage, typed: str, days: str, reference: str
) -> None:
    fatma = web.person("fatma")
    await fatma.says(f"/vekil Zeynep Arslan {typed}")
    preview = (await fatma.last("deputy_preview")).text
    assert f"Zeynep Arslan {days} sizin yerinize" in preview
    assert f"EBYS {reference}. Doğru mu?" in preview
    await fatma.presses("Evet, yaz")
    (kept,) = await web.app.gateway.read(
        lambda uow: uow.deputies.between(at("2026-01-01T00:00"), at("2028-01-01T00:00"))
    )
    assert kept.reference == reference


async def digests(actor: Actor, kind: str) -> list[str]:
    return [m.text for m in await actor.sees() if m.kind == kind]


async def test_a_deputy_reads_the_leads_summary_while_the_vekalet_holds(web: Stage) -> None:
    await web.person("hasan").says("dolandırıcı sayfasına parolamı yazdım")
    fatma, zeynep = web.person("fatma"), web.person("zeynep")
    await names(fatma, "/vekil Zeynep 30 Kasım - 1 Aralık")
    await tick_at(web, f"{MONDAY}T17:30")
    (told,) = await digests(zeynep, "digest")
    assert told.startswith("Fatma Şahin'e vekâleten size geliyor.")
    assert "Gizli güvenlik kaydı" in told or "dolandır" not in told.lower(), "security matters were not lent"
    (own,) = await digests(fatma, "digest")
    assert "vekâleten" not in own
    await fatma.presses("Bitir")
    await tick_at(web, "2026-12-01T17:30")
    assert len(await digests(zeynep, "digest")) == 1
    assert len(await digests(fatma, "digest")) == 2


async def test_a_deputy_of_the_director_reads_the_one_of_all_units(web: Stage) -> None:
    await names(web.person("kemal"), "/vekil Fatma Şahin bugün EBYS 2026/7 27.11.2026")
    await tick_at(web, f"{MONDAY}T17:30")
    (told,) = await digests(web.person("fatma"), "digest_units")
    assert told.startswith("Kemal Aydın'a vekâleten size geliyor.")
    (own,) = await digests(web.person("fatma"), "digest")
    assert "vekâleten" not in own
    await tick_at(web, "2026-12-01T17:30")
    assert len(await digests(web.person("fatma"), "digest_units")) == 1


async def test_what_is_asked_before_one_ends_agrees_with_its_button(web: Stage) -> None:
    await opened(web, f"{MONDAY}T10:00")
    fatma = web.person("fatma")
    await names(fatma, "/vekil Zeynep 3-7 Aralık")
    await fatma.says("/vekil kaldır")
    asked = await fatma.last("deputies")
    assert "Hangisini bitireceksiniz?" in asked.text
    assert [label.partition(":")[0] for label in asked.buttons] == ["Bitir"]
