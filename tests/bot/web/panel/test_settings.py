"""Working time, days and targets, kept from the panel."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date, time, timedelta

import httpx
import pytest

from handlers.chat.dispatch import handle
from handlers.domain.calendar import SpecialDay
from handlers.domain.people import Person, Role
from handlers.domain.targets import TargetRule
from handlers.events import SettingAsked
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit
from tests.scenarios.stage import shared_desk

CALENDAR, TARGETS = "panel/ayarlar/takvim", "panel/ayarlar/hedefler"
LEAVE = {"kind": "admin_leave", "first": "2026-11-30", "last": "2026-12-01", "basis": "Valilik kararı"}
WEEK = {
    f"{end}_{day}_{part}": clock
    for day in range(5)
    for part, clocks in enumerate((("08:30", "12:30"), ("13:00", "17:00")))
    for end, clock in zip(("from", "to"), clocks, strict=True)
}


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


def special(desk: ScriptedSite) -> Sequence[SpecialDay]:
    """That somebody wrote down, and that stand."""
    calendar = desk.store.read(lambda uow: uow.calendars.calendar())
    return [one for one in calendar.special_days if one.decided_by is not None and one.withdrawn_at is None]


def rules(desk: ScriptedSite) -> Sequence[TargetRule]:
    return list(desk.store.read(lambda uow: uow.calendars.targets().rules))


async def ask(visit: Visit, path: str, action: str, *, key: str = "", **fields: str) -> httpx.Response:
    page = await visit.get(path)
    token = re.findall(r'data-form-token="([0-9a-f]{64})"', page.text)
    given = {"form_token": token[0] if token else visit.token, "key": key or str(uuid.uuid4()), "action": action}
    return await visit.client.post(f"{visit.path}{path}", data={**given, **fields})


async def then(visit: Visit, answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return (await visit.client.get(answer.headers["location"])).text


@pytest.mark.parametrize("path", ["panel/ayarlar", CALENDAR, TARGETS])
@pytest.mark.parametrize(
    ("who", "status"),
    [("ayse", 403), ("mehmet", 403), ("fatma", 200), ("kemal", 200), ("denetci", 200), ("admin", 200)],
)
async def test_to_whom_the_settings_are_open(
    desk: ScriptedSite, opened: Open, who: str, status: int, path: str
) -> None:
    answer = await (await opened(who)).get(path)
    assert answer.status_code == status
    assert ('method="post"' in answer.text) == (status == 200 and who != "denetci" and path != "panel/ayarlar")


@pytest.mark.parametrize(
    ("who", "status"),
    [("ayse", 403), ("mehmet", 403), ("fatma", 303), ("kemal", 303), ("denetci", 403), ("admin", 303)],
)
async def test_who_may_set_something(desk: ScriptedSite, opened: Open, who: str, status: int) -> None:
    answer = await ask(await opened(who), TARGETS, "set_target", claim="1 sa", solve="yok", priority="dusuk")
    assert answer.status_code == status
    assert len(rules(desk)) == (status == 303)


async def test_a_leave_is_shown_with_what_it_changes_before_it_is_written(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    answer = await ask(visit, CALENDAR, "add_days", **LEAVE)
    assert answer.status_code == 200
    assert "Yazılsın mı?" in answer.text
    assert "hiçbir kaydın hedefi değişmez" in answer.text
    assert special(desk) == []
    assert "Takvime yazıldı." in await then(visit, await ask(visit, CALENDAR, "add_days", sure="1", **LEAVE))
    written = special(desk)
    assert [(one.day, one.title, one.basis, one.unit) for one in written] == [
        (date(2026, 11, 30), "İdari izin", "Valilik kararı", None),
        (date(2026, 12, 1), "İdari izin", "Valilik kararı", None),
    ]
    page = await then(visit, await ask(visit, CALENDAR, "take_back_day", id=str(written[0].id)))
    assert "Geri alındı" in page
    assert [one.day for one in special(desk)] == [date(2026, 12, 1)]


async def test_a_lead_writes_the_own_units_days_only(desk: ScriptedSite, opened: Open) -> None:
    await ask(await opened("kemal"), CALENDAR, "add_days", sure="1", **LEAVE)
    (of_all, _) = special(desk)
    visit = await opened("fatma")
    refused = await ask(visit, CALENDAR, "take_back_day", id=str(of_all.id))
    assert refused.status_code == 403
    await ask(visit, CALENDAR, "add_days", sure="1", kind="half", first="2026-12-31")
    assert {one.unit for one in special(desk)} == {None, "donanim"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": ""}, "Günün ne günü olduğunu seçin"),
        ({"first": ""}, "Hangi gün?"),
        ({"first": "2026-13-40"}, "2026-13-40 diye"),
        ({"last": "2026-11-20"}, "Bitiş başlangıçtan önce"),
        ({"last": "2027-11-20"}, "31"),
        ({"last": "2029-11-20"}, "366"),
        ({"starts": "25:00"}, "25:00 diye bir saat yok."),
        ({"last": "", "starts": "14:00", "ends": "13:00"}, "Bitiş saati başlangıçtan sonra olmalı"),
        ({"kind": "event", "basis": ""}, "toplantı"),
    ],
)
async def test_what_cannot_be_meant_is_said_and_stays_typed(
    desk: ScriptedSite, opened: Open, given: dict[str, str], told: str
) -> None:
    answer = await ask(await opened("kemal"), CALENDAR, "add_days", sure="1", **{**LEAVE, **given})
    assert answer.status_code == 422, answer.text
    assert told in answer.text
    assert 'value="Valilik kararı"' in answer.text or given.get("basis") == ""
    assert "<details" in answer.text
    assert desk.accepted == []


async def test_feasts_are_compared_with_the_official_calendar(desk: ScriptedSite, opened: Open) -> None:
    shared = await opened("fatma")
    assert (await ask(shared, CALENDAR, "confirm_days", title="Ramazan Bayramı", year="2027")).status_code == 403
    visit = await opened("kemal")
    assert "bir şey değişmedi" in await then(
        visit, await ask(visit, CALENDAR, "confirm_days", title="Zürafa Bayramı", year="2027")
    )


async def test_the_weekly_hours_begin_on_a_day_and_are_taken_back(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    given = {**WEEK, "first": "2026-12-07"}
    shown = await ask(visit, CALENDAR, "change_week", **given)
    assert "Pazartesi–Cuma 08.30–12.30, 13.00–17.00" in shown.text
    assert "Mesai düzeni yazıldı." in await then(visit, await ask(visit, CALENDAR, "change_week", sure="1", **given))
    calendar = desk.store.read(lambda uow: uow.calendars.calendar())
    (pattern,) = [one for one in calendar.patterns if one.first_day == date(2026, 12, 7)]
    assert pattern.week[0] == ((time(8, 30), time(12, 30)), (time(13), time(17)))
    await then(visit, await ask(visit, CALENDAR, "take_back_week", id=str(pattern.id)))
    assert pattern not in desk.store.read(lambda uow: uow.calendars.calendar()).patterns


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"to_0_0": ""}, "Pazartesi satırında başlangıç ya da bitiş saati eksik."),
        ({"to_0_0": "14:00"}, "çakışıyor"),
        (dict.fromkeys(WEEK, ""), "gün"),
    ],
)
async def test_hours_that_nobody_can_work_are_refused(
    desk: ScriptedSite, opened: Open, given: dict[str, str], told: str
) -> None:
    answer = await ask(await opened("kemal"), CALENDAR, "change_week", **{**WEEK, "first": "2026-12-07", **given})
    assert answer.status_code == 422, answer.text
    assert told in answer.text


async def test_a_target_is_set_and_taken_back(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    page = await then(
        visit, await ask(visit, TARGETS, "set_target", category="toner-kartus", claim="2 saat", solve="1 iş günü")
    )
    assert "Hedef yazıldı" in page
    assert "üstlenme 2 sa, çözüm 8 sa" in page
    (rule,) = rules(desk)
    assert (rule.unit, rule.category, rule.target.claim) == ("donanim", "toner-kartus", timedelta(hours=2))
    assert "Hedef geri alındı." in await then(visit, await ask(visit, TARGETS, "take_back_target", id=str(rule.id)))
    assert rules(desk) == []


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ({"claim": "0 dk"}, 422, "“30 dk”"),
        ({"claim": "bir saat"}, 422, "“30 dk”"),
        ({"solve": "5 dk"}, 422, "Çözüm hedefi üstlenme hedefinden kısa olamaz."),
        ({"category": "zurafa"}, 422, ""),
        ({"priority": "zurafa"}, 422, ""),
        ({"kind": "zurafa"}, 422, ""),
    ],
)
async def test_a_target_that_cannot_be_meant_is_refused(
    desk: ScriptedSite, opened: Open, given: dict[str, str], status: int, told: str
) -> None:
    answer = await ask(await opened("fatma"), TARGETS, "set_target", **{"claim": "1 sa", "solve": "1 gün", **given})
    assert answer.status_code == status
    assert told in answer.text
    assert rules(desk) == []


async def test_pressed_twice_it_is_set_once(desk: ScriptedSite, opened: Open) -> None:
    visit, key = await opened("kemal"), str(uuid.uuid4())
    for _ in range(2):
        await then(visit, await ask(visit, TARGETS, "set_target", key=key, claim="1 sa", solve="2 gün"))
    assert len(rules(desk)) == 1
    assert rules(desk)[0].priority is None
    assert len([one for one in desk.accepted if isinstance(one, SettingAsked)]) == 1


async def test_a_day_that_was_written_is_told_so_to_who_pressed_twice(desk: ScriptedSite, opened: Open) -> None:
    visit, key = await opened("kemal"), str(uuid.uuid4())
    for _ in range(2):
        told = await then(visit, await ask(visit, CALENDAR, "add_days", key=key, sure="1", **LEAVE))
        assert "Takvime yazıldı." in told
    assert len(special(desk)) == 2


async def test_what_failed_or_never_came_is_not_passed_over(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    for key, said in ((uuid.uuid4(), True), ("x", False)):
        page = await visit.client.get(f"{visit.path}{TARGETS}?oldu={key}&is=set_target")
        assert ("Ne olduğu bilinmiyor" in page.text) is said


async def test_a_form_of_another_page_is_refused(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    await visit.get(TARGETS)
    data = {"form_token": "0" * 64, "key": str(uuid.uuid4()), "action": "set_target", "claim": "1 sa", "solve": "yok"}
    assert (await visit.client.post(f"{visit.path}{TARGETS}", data=data)).status_code in (401, 403)
    for action, key in (("drop_everything", ""), ("set_target", "1")):
        answer = await ask(visit, TARGETS, action, key=key, claim="1 sa", solve="yok")
        assert answer.status_code == 400
    assert rules(desk) == []


async def test_a_unit_in_which_nobody_works_is_said_where_it_matters(
    opened: Open, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    def work(uow: UnitOfWork) -> None:
        for role in (Role.TECHNICIAN, Role.LEAD):
            for person in uow.people.in_role(role, "yazilim"):
                person.be(Role.REQUESTER, None, None)
                uow.people.save(person)

    said = "Yazılım Birimi</strong>: bu birimde kimse yok"
    admin = await opened("admin")
    pages = ["panel/ayarlar", "panel/ilk-kurulum/6", "panel/kayitlar?birim=yazilim"]
    assert [said in (await admin.get(page)).text for page in pages] == [False] * 3
    site.store.write(work)
    for page in pages:
        text = (await admin.get(page)).text
        assert said in text
        assert 'href="/demo/admin/panel/kisiler-davet"' in text
    assert said not in (await admin.get("panel/kayitlar?birim=donanim")).text
    director = (await (await opened("kemal")).get("panel/ayarlar")).text
    assert "Sistem yöneticisi birini davet etmeli" in director


async def test_the_tiles_stand_by_what_they_are_about(opened: Open) -> None:
    page = (await (await opened("fatma")).get("panel/ayarlar")).text
    order = ["Kurum ve mesai", "Müdürlükler</a>", "Mesai ve tatiller", "Çözümler ve sözler", "Metinler"]
    places = [page.index(one) for one in order]
    assert places == sorted(places)
    assert 'href="/demo/fatma/panel/ayarlar/logo"' not in page
