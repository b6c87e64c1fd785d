"""An emergency is loud until somebody takes it, and is heard by somebody, or its reporter knows that it is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.ports import UnitOfWork
from tests.clock import FakeClock
from tests.scenarios.stage import Actor, Seen, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket

SMOKE = "kasadan yanık kokusu geliyor"
SECOND = "2026-000002"
AT_NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    """In working time; what happens outside is in `test_emergencies_at_night`."""
    async with open_stage(tmp_path, "web") as stage:
        yield stage


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(AT_NIGHT)) as stage:
        yield stage


async def bells(actor: Actor) -> list[Seen]:
    return [m for m in await actor.sees() if m.kind == "work_unclaimed_urgent"]


async def leave(stage: Stage, *roles: Role) -> None:
    def all_of_them(uow: UnitOfWork) -> None:
        for person in [person for role in roles for person in uow.people.in_role(role)]:
            person.leave(stage.clock.now())
            uow.people.save(person)

    await stage.app.gateway.write(all_of_them)


async def test_it_stands_first_on_its_card_and_in_every_list(stage: Stage) -> None:
    await open_ticket(stage)
    await stage.person("hasan").says(SMOKE)
    mehmet, fatma = stage.person("mehmet"), stage.person("fatma")
    assert (await stage.in_room("mehmet", "donanim").last("card")).text.startswith(f"🚨 ACİL · 💻 {SECOND}")
    await mehmet.says("/sira")
    cards = [m.text for m in await mehmet.sees() if m.kind == "card"]
    assert [SECOND in text for text in cards] == [True, False]
    await fatma.says("/ozet")
    assert (await fatma.last()).text.startswith(f"🚨 ACİL · {SECOND} · ")
    await fatma.says("/ara yanık")
    assert f"🚨 ACİL · {SECOND}" in (await fatma.last("found")).text


async def test_it_rings_until_it_is_taken_where_it_rang(stage: Stage) -> None:
    await stage.person("hasan").says(SMOKE)
    room = stage.in_room("mehmet", "donanim")
    await stage.tick(minutes=11)
    (bell,) = await bells(room)
    assert bell.rings
    assert bell.text.startswith(f"🚨 ACİL · {FIRST} · ")
    assert "üstlenen yok" in bell.text
    assert SMOKE in bell.text
    assert "Zabıta" in bell.text
    await room.presses("Üstlen", on=bell)
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
    assert [list(m.buttons) for m in await bells(room)] == [[]]
    assert "Üstlenildi: Mehmet K." in (await room.last("card")).text
    await stage.tick(minutes=60)
    assert len(await bells(room)) == 1


async def test_the_longer_nobody_takes_it_the_further_up_it_rings(web: Stage) -> None:
    await web.person("hasan").says(SMOKE)
    room, lead, director = web.in_room("mehmet", "donanim"), web.person("fatma"), web.person("kemal")
    counted = []
    for _ in range(4):
        await web.tick(minutes=10)
        counted.append([len(await bells(actor)) for actor in (room, lead, director)])
    assert counted == [[1, 0, 0], [2, 1, 0], [3, 2, 1], [4, 3, 2]]
    assert [list(m.buttons) for m in await bells(room)] == [[], [], [], ["Üstlen"]], "only the newest can be pressed"
    assert [list(m.buttons) for m in await bells(director)] == [[], []], "a director gives it to somebody"
    await director.presses("Diğer", on=await director.last("card"))
    await director.presses("Görevlendir")
    await director.presses("Zeynep")
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    assert [m.buttons for actor in (room, lead, director) for m in await bells(actor) if m.buttons] == []


async def test_an_ordinary_one_waits_for_the_morning_and_rings_nobody_further_up(night: Stage) -> None:
    await open_ticket(night)
    for _ in range(6):
        await night.tick(minutes=10)
    assert not any(m.kind.startswith("work_unclaimed") for m in await night.in_room("mehmet", "donanim").sees())
    assert await bells(night.person("kemal")) == []


async def test_where_a_unit_has_nobody_the_director_gets_the_card(web: Stage) -> None:
    await leave(web, Role.TECHNICIAN, Role.LEAD)
    await web.person("hasan").says(SMOKE)
    card = await web.person("kemal").last("card")
    assert card.rings
    assert card.text.startswith(f"🚨 ACİL · 💻 {FIRST}")
    assert "telefonla" not in (await web.person("hasan").last("opened")).text


async def test_where_there_is_no_director_either_whoever_runs_the_desk_gets_it(web: Stage) -> None:
    await leave(web, Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR)
    await web.person("hasan").says(SMOKE)
    assert (await web.person("admin").last("card")).text.startswith(f"🚨 ACİL · 💻 {FIRST}")


@pytest.mark.parametrize("said", [SMOKE, "dolandırıcı sayfasına parolamı yazdım"])
async def test_a_reporter_whom_nobody_hears_is_told_to_phone(web: Stage, said: str) -> None:
    await leave(web, Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.ADMIN)
    hasan = web.person("hasan")
    await hasan.says(said)
    assert "beklemeyin, Bilgi İşlem'i telefonla arayın" in (await hasan.last("opened")).text


async def test_a_security_matter_goes_up_only_to_those_who_may_read_it(web: Stage) -> None:
    await leave(web, Role.LEAD)
    await web.person("hasan").says("dolandırıcı sayfasına parolamı yazdım")
    assert FIRST in (await web.person("kemal").last("card")).text
    for _ in range(4):
        await web.tick(minutes=10)
    assert len(await bells(web.person("kemal"))) == 4
    for handle in ("mehmet", "admin"):
        assert not [m for m in await web.person(handle).sees() if m.kind in ("card", "work_unclaimed_urgent")]
    assert await bells(web.in_room("ali", "yazilim")) == []


@pytest.mark.parametrize("roles", [(Role.DIRECTOR,), (Role.DIRECTOR, Role.ADMIN)])
async def test_that_it_goes_on_where_only_a_page_is_left_rings_who_stands_in_or_says_to_phone(
    web: Stage, roles: tuple[Role, ...]
) -> None:
    hasan, left = web.person("hasan"), Role.ADMIN not in roles
    await hasan.says(SMOKE)
    await leave(web, Role.TECHNICIAN, Role.LEAD, *roles)
    await hasan.says("hâlâ duman var")
    told = (await hasan.last("emergency_goes_on")).text
    if left:
        assert [m.rings for m in await loud(web.person("admin"))] == [True]
        assert "yeniden haber verildi" in told
    else:
        assert "yeniden haber verildi" not in told
        assert "Bilgi İşlem'i telefonla arayın" in told
        assert "112" in told


# --- it goes on -----------------------------------------------------------------------------------
async def loud(actor: Actor) -> list[Seen]:
    return [m for m in await actor.sees() if m.kind == "work_emergency_goes_on"]


async def test_that_it_goes_on_is_heard_loudly_and_opens_no_other(stage: Stage) -> None:
    hasan, room, lead = stage.person("hasan"), stage.in_room("mehmet", "donanim"), stage.person("fatma")
    await hasan.says(SMOKE)
    await stage.tick(minutes=45)
    await hasan.says("hâlâ duman var, gelen yok")
    assert "yeni kayıt açılmadı" in (await hasan.last("emergency_goes_on")).text
    assert "112" in "".join(m.text for m in (await hasan.sees())[-3:]), "the safety line stands there again"
    for actor in (room, lead):
        (heard,) = await loud(actor)
        assert heard.rings
        assert heard.text.startswith(f"🚨 ACİL · {FIRST} · ")
        assert "“hâlâ duman var, gelen yok”" in heard.text
        assert "Üstlenen yok." in heard.text
    ticket = await stage.ticket(FIRST)
    entries = stage.app.store.read(lambda uow: uow.tickets.entries(ticket.id))
    assert entries[-1].text == "hâlâ duman var, gelen yok"
    assert stage.app.store.read(lambda uow: len(uow.tickets.open_of_reporter(entries[-1].author))) == 1


async def test_whoever_holds_it_hears_it_in_private(web: Stage) -> None:
    hasan, room, mehmet = web.person("hasan"), web.in_room("mehmet", "donanim"), web.person("mehmet")
    await hasan.says(SMOKE)
    await room.presses("Üstlen")
    await hasan.says("halen duman çıkıyor kasadan")
    (heard,) = await loud(mehmet)
    assert heard.rings
    assert "Üstlenen: Mehmet K." in heard.text
    assert await loud(room) == []


@pytest.mark.parametrize(
    ("later", "typed", "opens"),
    [
        (5, "kasadan duman geliyor", False),
        (45, "kasadan duman geliyor", True),
        (5, "hâlâ duman var 4. kat 412 nolu oda", True),
        (45, "yine duman çıktı", False),
    ],
)
async def test_another_place_or_another_time_is_another_one(web: Stage, later: int, typed: str, opens: bool) -> None:
    hasan = web.person("hasan")
    await hasan.says(SMOKE)
    web.clock.advance(minutes=later)
    await hasan.says(typed)
    assert ((await hasan.last()).kind == "emergency_goes_on") is not opens


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ("bodrumda yangın çıktı", True),
        ("monitörden duman çıkıyor", True),
        ("başka yangın çıktı", True),
        ("yazıcıdan duman çıkıyor", False),
        ("yangın var hâlâ sönmedi", False),
    ],
)
async def test_a_fire_elsewhere_is_rung_as_a_new_one(web: Stage, typed: str, opens: bool) -> None:
    hasan, room = web.person("hasan"), web.in_room("mehmet", "donanim")
    await hasan.says("312'de yazıcıdan duman çıkıyor")
    await web.tick(minutes=5)
    await hasan.says(typed)
    assert ("emergency_goes_on" in [m.kind for m in await hasan.sees()]) is not opens
    if opens:
        assert (await web.ticket(SECOND)).text == typed
        assert [m.rings for m in await room.sees() if m.kind == "card" and SECOND in m.text] == [True]


async def test_a_message_corrected_to_say_that_it_smokes_goes_where_it_smokes(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "telegram") as stage:
        hasan = stage.person("hasan")
        await hasan.says(SMOKE)
        await hasan.says("yazıcım yazdırmıyor")
        edited = next(m for m in await hasan.sees() if m.author is not None and m.text == "yazıcım yazdırmıyor")
        await hasan.says("kağıt sıkıştı")
        await hasan.edits(edited, "hâlâ duman var")
        ticket = await stage.ticket(FIRST)
        entries = stage.app.store.read(lambda uow: uow.tickets.entries(ticket.id))
        assert entries[-1].text == "hâlâ duman var"


async def test_beside_it_a_report_in_the_making_stays(web: Stage) -> None:
    hasan = web.person("hasan")
    await hasan.says(SMOKE)
    await hasan.says("yazıcım yazdırmıyor kağıt sıkıştı")
    await hasan.says("hâlâ duman var")
    assert (await hasan.last()).kind == "emergency_goes_on"
    await hasan.presses("Teknisyene ilet")
    assert "yazıcım" in (await web.ticket(SECOND)).text
    assert "duman" not in (await web.ticket(SECOND)).text


async def test_what_is_solved_and_smokes_again_is_a_new_one(web: Stage) -> None:
    hasan, room = web.person("hasan"), web.in_room("mehmet", "donanim")
    await hasan.says(SMOKE)
    await room.presses("Üstlen")
    await room.presses("Tamamladım")
    await room.says("fişi çekildi")
    await hasan.says("hâlâ duman var")
    assert (await web.ticket(SECOND)).text == "hâlâ duman var"
