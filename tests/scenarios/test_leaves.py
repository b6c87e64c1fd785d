"""People who are away: `/izin` on every channel, what becomes of their tickets, and who hears instead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from handlers.domain.absences import AbsenceKind
from handlers.domain.people import Role
from handlers.domain.states import Priority, State
from handlers.ports import UnitOfWork
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Seen, Stage, open_stage
from tests.scenarios.test_calendar import says
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import opened, tick_at

MONDAY = "2026-11-30"
SECOND = "2026-000002"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at(f"{MONDAY}T10:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def held_by_mehmet(stage: Stage, local: str = f"{MONDAY}T10:00", number: str = FIRST) -> None:
    await opened(stage, local)
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    assert (await stage.ticket(number)).state is State.CLAIMED


async def goes_on_leave(actor: Actor, typed: str) -> Seen:
    await actor.says(typed)
    await actor.presses("Evet, yaz")
    return await actor.last("leave_added")


async def comes(stage: Stage, local: str) -> None:
    """The clock's jobs at that time, and what they say is delivered."""
    stage.clock.set(at(local).astimezone(UTC))
    await stage.tick(minutes=0)


async def standing(stage: Stage) -> list[tuple[str, str, AbsenceKind]]:
    def read(uow: UnitOfWork) -> list[tuple[str, str, AbsenceKind]]:
        found = uow.absences.between(at("2026-01-01T00:00"), at("2028-01-01T00:00"))
        local = [(one.starts.astimezone(at(f"{MONDAY}T00:00").tzinfo), one) for one in found]
        ends = [one.ends.astimezone(at(f"{MONDAY}T00:00").tzinfo) for one in found]
        return [
            (f"{starts:%d.%m %H:%M}–{end:%d.%m %H:%M}", uow.people.get(one.person).handle, one.kind)
            for (starts, one), end in zip(local, ends, strict=True)
        ]

    return await stage.app.gateway.read(read)


async def test_a_leave_is_shown_written_down_and_what_was_chosen_is_done_when_it_begins(stage: Stage) -> None:
    """On every channel; there it is Monday, 23 November."""
    await held_by_mehmet(stage, "2026-11-23T14:00")
    mehmet, zeynep = stage.person("mehmet"), stage.person("zeynep")
    await zeynep.says("/islerim")
    await mehmet.says("/not 1 fuser ısınmıyor, yedeği depoda")
    await mehmet.says("/izin 25-26 Kasım yıllık")
    assert (await mehmet.last("leave_preview")).text == "25–26 Kasım, 2 gün, yıllık izin. Doğru mu?"
    await mehmet.presses("Evet, yaz")
    added = await mehmet.last("leave_added")
    assert "Üzerinizde 1 kayıt var" in added.text
    assert "Mehmet Kaya izinli: 25–26 Kasım, yıllık izin." in (await stage.person("fatma").last("leave_told")).text
    await mehmet.presses("Zeynep Arslan'a devret")
    assert "izin başlarken Zeynep Arslan'a devredilecek" in (await mehmet.last("leave_chosen")).text
    await comes(stage, "2026-11-25T00:01")
    assert (await stage.ticket(FIRST)).holder == (await person_of(stage, "mehmet")), "nobody is rung at midnight"
    await comes(stage, "2026-11-25T08:00")
    assert (await stage.ticket(FIRST)).holder == (await person_of(stage, "zeynep"))
    told = await zeynep.last("handed_over")
    assert "artık sizde: Mehmet Kaya izinli" in told.text
    assert "“fuser ısınmıyor, yedeği depoda”" in told.text
    assert FIRST in (await zeynep.last("card")).text
    await comes(stage, "2026-11-27T08:00")
    assert (await stage.ticket(FIRST)).holder == (await person_of(stage, "zeynep")), "nothing comes back by itself"


async def person_of(stage: Stage, handle: str) -> int:
    def read(uow: UnitOfWork) -> int:
        found = uow.people.by_handle(handle)
        assert found is not None
        return found.id

    return await stage.app.gateway.read(read)


async def test_left_to_the_unit_it_is_in_the_queue_again_and_the_room_hears_it(web: Stage) -> None:
    await held_by_mehmet(web)
    mehmet = web.person("mehmet")
    await goes_on_leave(mehmet, "/izin yarın")
    await mehmet.presses("Birime bırak")
    await tick_at(web, "2026-12-01T08:00")
    assert (await web.ticket(FIRST)).state is State.OPEN
    told = await web.in_room("zeynep", "donanim").last("work_left_behind")
    assert told.text.startswith("Mehmet K. izinde, 1 kaydı yeniden sırada:")
    assert "yeniden sıraya kondu" in (await web.person("ayse").last()).text


async def test_what_stays_with_them_is_told_to_the_lead_and_so_is_what_its_reporter_writes(web: Stage) -> None:
    await held_by_mehmet(web)
    mehmet, fatma, ayse = web.person("mehmet"), web.person("fatma"), web.person("ayse")
    await goes_on_leave(mehmet, "/izin yarın")
    await mehmet.presses("Bende kalsın")
    await tick_at(web, "2026-12-01T08:00")
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    told = await fatma.last("leave_begins")
    assert "1 kayıt kendisinde kaldı" in told.text
    assert FIRST in told.text
    await ayse.says("1: hâlâ basmıyor")
    assert "hâlâ basmıyor" in (await fatma.last("work_reply")).text


async def test_who_chose_nothing_is_asked_on_the_eve_and_only_where_something_follows(web: Stage) -> None:
    await held_by_mehmet(web)
    mehmet, zeynep = web.person("mehmet"), web.person("zeynep")
    for actor in (mehmet, zeynep):
        await goes_on_leave(actor, "/izin 7-8 Aralık")
    for moment, asked in (("2026-12-04T16:44", 0), ("2026-12-04T16:45", 1), ("2026-12-04T16:46", 1)):
        await tick_at(web, moment)
        assert len([m for m in await mehmet.sees() if m.kind == "leave_tomorrow"]) == asked
    assert (await mehmet.last("leave_tomorrow")).text == "İzniniz 7–8 Aralık; üzerinizde 1 kayıt var. Devredilecek mi?"
    assert not [m for m in await zeynep.sees() if m.kind == "leave_tomorrow"], "she holds nothing"
    await mehmet.presses("Birime bırak")
    await tick_at(web, "2026-12-07T08:00")
    assert (await web.ticket(FIRST)).state is State.OPEN


async def test_each_ticket_has_its_own_fate(web: Stage) -> None:
    await held_by_mehmet(web)
    await opened(web, f"{MONDAY}T10:05", "hasan")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen", on=await room.last("card"))
    mehmet = web.person("mehmet")
    await goes_on_leave(mehmet, "/izin yarın")
    await mehmet.presses("Tek tek seçeyim")
    tickets = [m for m in await mehmet.sees() if m.kind == "leave_ticket"]
    assert [FIRST in m.text for m in tickets] == [True, False]
    assert "Devir notu: yok" in tickets[0].text
    await mehmet.presses("Birime bırak", on=tickets[0])
    await mehmet.presses("Zeynep Arslan'a devret", on=tickets[1])
    await tick_at(web, "2026-12-01T08:00")
    assert (await web.ticket(FIRST)).state is State.OPEN
    assert (await web.ticket(SECOND)).holder == await person_of(web, "zeynep")


async def test_a_lead_enters_who_is_missing_today_and_it_is_done_at_once(web: Stage) -> None:
    await held_by_mehmet(web)
    fatma = web.person("fatma")
    for typed in ("Zürafa bugün", "Mehmt bugün"):
        await fatma.says(f"/izin {typed}")
        assert f"“{typed.split()[0]}” adında birini birimde bulamadım." in (await fatma.last()).text
    assert "Şunlardan biri mi: Mehmet Kaya?" in (await fatma.last()).text
    await fatma.says("/izin Mehmet bugün gelmedi")
    assert (await fatma.last("leave_preview")).text == "Mehmet Kaya: 30 Kasım Pazartesi, bir gün. Doğru mu?"
    await fatma.presses("Evet, yaz")
    assert "Mehmet Kaya'da 1 kayıt var" in (await fatma.last("leave_added")).text
    assert "Fatma Şahin sizin için izin yazdı" in (await web.person("mehmet").last("leave_told")).text
    await fatma.presses("Birime bırak")
    assert (await web.ticket(FIRST)).state is State.OPEN


async def test_taken_back_it_never_was_and_a_late_press_changes_nothing(web: Stage) -> None:
    mehmet = web.person("mehmet")
    added = await goes_on_leave(mehmet, "/izin 3-7 Aralık")
    assert await standing(web) == [("03.12 00:00–08.12 00:00", "mehmet", AbsenceKind.OTHER)]
    await mehmet.presses("Geri al", on=added)
    assert "İzin geri alındı: 3–7 Aralık" in (await mehmet.last("leave_taken_back")).text
    assert await standing(web) == []
    await mehmet.says("/izin 3-7 Aralık")
    preview = await mehmet.last("leave_preview")
    await mehmet.presses("Vazgeç")
    await mehmet.presses("Evet, yaz", on=preview)
    assert await standing(web) == []


async def test_who_comes_back_early_is_back_from_then_on(web: Stage) -> None:
    mehmet = web.person("mehmet")
    added = await goes_on_leave(mehmet, "/izin 30 Kasım - 4 Aralık")
    await tick_at(web, "2026-12-02T09:00")
    await mehmet.presses("Geri al", on=added)
    assert (await mehmet.last("leave_taken_back")).text.startswith("İzin bugün bitti")
    assert await standing(web) == [("30.11 00:00–02.12 09:00", "mehmet", AbsenceKind.OTHER)]


async def test_why_somebody_is_ill_is_kept_nowhere(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await goes_on_leave(mehmet, "/izin yarın raporluyum ameliyat")
    assert [kind for _, _, kind in await standing(web)] == [AbsenceKind.OTHER]
    assert "/izin yarın …" in [m.text for m in await mehmet.sees()]
    for reader in (mehmet, web.person("fatma")):
        assert not [m for m in await reader.sees() if "ameliyat" in m.text or "rapor" in m.text]


# --- who is rung, and who is offered ----------------------------------------------------------------
async def test_who_is_away_is_offered_last_with_the_day_of_their_return_and_asked_about(web: Stage) -> None:
    await opened(web, f"{MONDAY}T10:00")
    fatma = web.person("fatma")
    await goes_on_leave(web.person("mehmet"), "/izin 30 Kasım - 7 Aralık")
    await fatma.says("/sira")
    await fatma.presses("Diğer")
    await fatma.presses("Görevlendir")
    labels = list((await fatma.last("card")).buttons)
    assert labels == ["Zeynep Arslan", "Fatma Şahin", "Mehmet Kaya (7 Aralık'a kadar izinli)", "‹ Geri"]
    await fatma.presses("Mehmet Kaya")
    asked = await fatma.last("errors/person_away")
    assert asked.text == "Mehmet Kaya 7 Aralık'a kadar izinli."
    assert (await web.ticket(FIRST)).holder is None
    await fatma.presses("Yine de Mehmet'e", on=asked)
    assert (await web.ticket(FIRST)).holder == await person_of(web, "mehmet")
    assert not (await web.person("mehmet").last("work_assigned")).rings, "who is away is not rung"


async def test_who_takes_over_is_named_beside_who_is_away(web: Stage) -> None:
    await held_by_mehmet(web)
    fatma, mehmet = web.person("fatma"), web.person("mehmet")
    await goes_on_leave(mehmet, "/izin 30 Kasım - 7 Aralık")
    await mehmet.presses("Zeynep Arslan'a devret")
    await opened(web, f"{MONDAY}T10:30", "hasan")
    await fatma.says("/sira")
    for label in ("Diğer", "Görevlendir", "Mehmet Kaya"):
        await fatma.presses(label)
    asked = await fatma.last("errors/person_away")
    assert asked.text == "Mehmet Kaya 7 Aralık'a kadar izinli. Vekili Zeynep Arslan."
    await fatma.presses("Zeynep'e ver", on=asked)
    assert (await web.ticket(SECOND)).holder == await person_of(web, "zeynep")


async def test_an_emergency_counts_nobody_who_is_away(web: Stage) -> None:
    """The unit has no group on a platform: its people would be heard in private, and all of them are away."""
    for handle in ("mehmet", "zeynep", "fatma"):
        await goes_on_leave(web.person(handle), "/izin 30 Kasım - 1 Aralık")
    await web.person("hasan").says("kasadan yanık kokusu geliyor")
    assert "🚨 ACİL" in (await web.person("kemal").last("card")).text
    assert not [m for m in await web.person("fatma").sees() if m.kind == "card"]


async def test_what_a_holder_who_is_away_would_be_warned_of_the_lead_hears(web: Stage) -> None:
    await held_by_mehmet(web)
    mehmet, fatma = web.person("mehmet"), web.person("fatma")
    await goes_on_leave(mehmet, "/izin 1-4 Aralık")
    await mehmet.presses("Bende kalsın")
    await tick_at(web, "2026-12-01T08:00")
    await tick_at(web, "2026-12-02T17:00")
    await tick_at(web, "2026-12-03T08:00")
    assert "Az kaldı" in (await fatma.last("warn_one")).text
    assert [m.rings for m in await mehmet.sees() if m.kind == "warn_one"] == [False]


async def test_a_ticket_reopened_while_its_holder_is_away_is_the_units(web: Stage) -> None:
    await held_by_mehmet(web)
    room = web.in_room("mehmet", "donanim")
    await room.presses("Tamamladım")
    await room.says("toner değişti")
    await goes_on_leave(web.person("mehmet"), "/izin 30 Kasım - 4 Aralık")
    await web.person("ayse").presses("Hâlâ bozuk")
    assert (await web.ticket(FIRST)).state is State.OPEN


async def test_a_unit_without_anybody_is_warned_of_and_not_forbidden(web: Stage) -> None:
    await goes_on_leave(web.person("zeynep"), "/izin 7 Aralık")
    await goes_on_leave(web.person("fatma"), "/izin 7-8 Aralık")
    mehmet = web.person("mehmet")
    await mehmet.says("/izin 4-8 Aralık")
    assert "⚠ 7 Aralık'ta birimde kimse kalmıyor" in (await mehmet.last("leave_preview")).text
    await mehmet.presses("Evet, yaz")
    assert "kimse kalmıyor" in (await web.person("kemal").last("leave_told")).text or len(await standing(web)) == 3


# --- what is typed -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/izin haftaya pazartesi", "7 Aralık Pazartesi, bir gün. Doğru mu?"),
        ("/izin bugün 14.00 sonrası", "30 Kasım Pazartesi saat 14.00 sonrası, bir gün. Doğru mu?"),
        ("/izin 3-7 Aralık eğitim", "3–7 Aralık, 5 gün, eğitimde. Doğru mu?"),
        ("/izin 31 Aralık - 2 Ocak", "31 Aralık – 2 Ocak 2027, 3 gün. Doğru mu?"),
        ("/izin yarından itibaren 3 gün görev", "1–3 Aralık, 3 gün, görevli. Doğru mu?"),
    ],
)
async def test_days_as_people_type_them(web: Stage, typed: str, shown: str) -> None:
    assert await says(web.person("mehmet"), typed) == shown


async def test_days_the_wrong_way_round_are_asked_about(web: Stage) -> None:
    mehmet = web.person("mehmet")
    assert await says(mehmet, "/izin 7-3 Aralık") == "Bitiş başlangıçtan önce: 7–3 Aralık. 3–7 Aralık mı?"
    await mehmet.presses("Evet")
    await mehmet.presses("Evet, yaz")
    assert [days for days, _, _ in await standing(web)] == [("03.12 00:00–08.12 00:00")]


@pytest.mark.parametrize(
    ("handle", "typed", "answer"),
    [
        ("mehmet", "/izin dün", "Geçmiş günleri şefiniz girebilir."),
        ("mehmet", "/izin dinleneceğim", "Hangi gün?"),
        ("mehmet", "/izin 31 Şubat", "31 Şubat diye bir gün yok."),
        ("mehmet", "/izin 4 Aralık 2035", "çok uzak"),
        ("fatma", "/izin kaya arslan yarın", "Hangisi? Adını soyadıyla yazın: Mehmet Kaya, Zeynep Arslan"),
        ("ayse", "/izin yarın", "yetkiniz"),
        ("denetci", "/izin yarın", "yetkiniz"),
    ],
)
async def test_what_cannot_be_meant_is_said(web: Stage, handle: str, typed: str, answer: str) -> None:
    assert answer in await says(web.person(handle), typed)
    assert await standing(web) == []


async def test_two_leaves_of_one_person_do_not_overlap(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await goes_on_leave(mehmet, "/izin 5-6 Aralık")
    assert "zaten izin var: 5–6 Aralık" in await says(mehmet, "/izin 6-8 Aralık")


async def test_who_shall_take_over_must_be_there(web: Stage) -> None:
    await held_by_mehmet(web)
    mehmet, zeynep = web.person("mehmet"), web.person("zeynep")
    added = await goes_on_leave(mehmet, "/izin 3-7 Aralık")
    await goes_on_leave(zeynep, "/izin 4-6 Aralık")
    await mehmet.presses("Zeynep Arslan'a devret", on=added)
    assert (await mehmet.heard())[-1] == "Zeynep Arslan 4–6 Aralık'ta izinli."


async def test_the_list_says_who_is_away_and_a_technician_takes_back_only_the_own(web: Stage) -> None:
    await goes_on_leave(web.person("zeynep"), "/izin 3-7 Aralık yıllık")
    mehmet, fatma = web.person("mehmet"), web.person("fatma")
    assert "Zeynep Arslan · 3–7 Aralık" in await says(mehmet, "/izin")
    assert "yıllık" not in (await mehmet.last("leaves")).text
    assert list((await mehmet.last("leaves")).buttons) == []
    await fatma.says("/izin")
    assert list((await fatma.last("leaves")).buttons) == ["Geri al: Zeynep A., 3–7 Aralık"]
    await fatma.presses("Geri al")
    assert await standing(web) == []


async def test_a_lead_of_another_unit_and_a_technician_enter_nobody_elses(web: Stage) -> None:
    def lead_of_software(uow: UnitOfWork) -> None:
        ali = uow.people.by_handle("ali")
        assert ali is not None
        ali.role = Role.LEAD
        uow.people.save(ali)

    await web.app.gateway.write(lead_of_software)
    ali, zeynep = web.person("ali"), web.person("zeynep")
    for one in (ali, zeynep):
        await one.says("/izin mehmet yarın")
    assert "“mehmet” adında birini birimde bulamadım." in (await ali.last()).text
    assert not (await zeynep.last("leave_preview")).text.startswith("Mehmet"), "it is their own"


async def test_an_emergency_that_somebody_on_leave_holds_is_no_ones_secret(web: Stage) -> None:
    """Priority changes nothing of what was chosen."""
    await held_by_mehmet(web)
    room = web.in_room("mehmet", "donanim")
    for label in ("Diğer", "Önceliği değiştir", "ACİL"):
        await room.presses(label)
    await goes_on_leave(web.person("mehmet"), "/izin yarın")
    await web.person("mehmet").presses("Birime bırak")
    await tick_at(web, "2026-12-01T08:00")
    ticket = await web.ticket(FIRST)
    assert (ticket.state, ticket.priority) == (State.OPEN, Priority.URGENT)
