"""Somebody is recognised, moves to the other unit, or leaves: what was theirs comes along, goes back, or is hushed."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.states import State
from handlers.people import accounts, join_codes
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket

SECOND = "2026-000002"


async def code_for(stage: Stage, *, role: Role = Role.REQUESTER, unit: str | None = None, listed: str = "") -> str:
    """`listed`: the name of somebody whom the staff list has, and whom the code is for."""

    def make(uow: UnitOfWork) -> str:
        person = None
        if listed:
            handle = listed.split()[0].lower()
            person = uow.people.add(
                Person(handle=handle, name=listed, department="Fen İşleri Müdürlüğü", staff_no="4471", verified=True)
            )
        return join_codes.invite(
            uow,
            stage.app.desk.randomness,
            role=role,
            unit=unit,
            person=person.id if person else None,
            now=stage.clock.now(),
        )

    return await stage.app.gateway.write(make)


def _vouched_for(stage: Stage, uow: UnitOfWork, address: str) -> None:
    guest, listed = uow.conversations.get(address), next(p for p in uow.people.everybody() if p.name == "Selin Er")
    assert guest is not None
    person = uow.people.get(guest.person or PersonId(0))
    acting = Acting(
        desk=stage.app.desk, uow=uow, now=stage.clock.now(), person=person, channel=stage.channel, event_key="x"
    )
    accounts.hand_over(acting, listed, address, vouched=True)


async def come_in(stage: Stage, handle: str, name: str) -> None:
    """As somebody whom nobody vouches for."""
    guest = stage.person(handle)
    await guest.says(PRINTER)
    await guest.presses("Okudum")
    await guest.says(f"{name}, Fen İşleri, 2. kat 214")
    await guest.presses("Teknisyene ilet")
    while (await guest.last()).kind == "fact":
        await guest.presses("Bilmiyorum, atla")


async def test_what_a_guest_reported_is_theirs_when_they_are_recognised(stage: Stage) -> None:
    await come_in(stage, "selma", "Selma Ak")
    selma, mehmet = stage.person("selma"), stage.in_room("mehmet", "donanim")
    for label in ("Üstlen", "Bilgi iste"):
        await mehmet.presses(label)
    await mehmet.says("Hangi ışık yanıyor?")
    opened = await selma.last("opened")
    await selma.says(f"/katil {await code_for(stage, listed='Selma Ak')}")
    assert (await selma.last()).kind == "joined", "the notice that was read a minute ago is not shown again"
    await selma.says("turuncu olan")
    assert "turuncu olan" in (await mehmet.last("work_reply")).text
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
    await selma.says("/durum")
    assert FIRST in (await selma.last()).text
    await selma.says("toneri de bitmiş olabilir", to=opened)
    assert "İletildi" in (await selma.last()).text
    assert "kimliği doğrulanmadı" not in (await mehmet.last("card")).text
    await mehmet.presses("Tamamladım")
    await mehmet.says("toner değişti")
    await selma.presses("Evet, çalışıyor")
    assert (await stage.ticket(FIRST)).state is State.CLOSED
    everybody = await stage.app.gateway.read(lambda uow: uow.people.everybody())
    assert [person.name for person in everybody].count("Selma Ak") == 1


async def test_a_role_does_not_travel_by_a_code_that_may_be_somebody_elses(stage: Stage) -> None:
    selin = stage.person("selin")
    await stage.person("admin").says("/durum")
    await selin.says(f"/katil {await code_for(stage, role=Role.TECHNICIAN, unit='donanim')}")
    await open_ticket(stage)
    await stage.in_room("selin", "donanim").presses("Üstlen")
    await selin.says(f"/katil {await code_for(stage, listed='Selin Er')}")
    assert "personel olarak" in (await selin.last("joined")).text
    assert "sona erdi" in (await stage.person("admin").last("role_ended")).text
    assert (await stage.ticket(FIRST)).state is State.OPEN
    await stage.in_room("selin", "donanim").presses("Üstlen")
    assert (await stage.ticket(FIRST)).holder is None
    log = await stage.app.gateway.read(lambda uow: uow.audit.recent())
    assert any((what, about) == ("role_ended", "technician:donanim") for _, _, what, about, _ in log)


async def test_whom_their_platform_vouches_for_keeps_role_and_work(stage: Stage) -> None:
    selin = stage.person("selin")
    await selin.says(f"/katil {await code_for(stage, role=Role.TECHNICIAN, unit='donanim')}")
    await open_ticket(stage)
    await stage.in_room("selin", "donanim").presses("Üstlen")
    await code_for(stage, listed="Selin Er")
    await stage.app.gateway.write(lambda uow: _vouched_for(stage, uow, selin.address))
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
    room = stage.in_room("selin", "donanim")
    await room.presses("Tamamladım")
    await room.says("kablo gevşekti")
    assert "Selin E." in (await room.last("card")).text
    assert (await stage.ticket(FIRST)).state is State.RESOLVED


async def test_who_moves_to_the_other_unit_leaves_the_work_behind(stage: Stage) -> None:
    for who in ("ayse", "hasan"):
        await open_ticket(stage, who)
    room, mehmet = stage.in_room("zeynep", "donanim"), stage.person("mehmet")
    for card in [m for m in await room.sees() if m.kind == "card"]:
        await stage.in_room("mehmet", "donanim").presses("Üstlen", on=card)
    await mehmet.says(f"/katil {await code_for(stage, role=Role.TECHNICIAN, unit='yazilim')}")
    assert "2 kayıt Donanım" in (await mehmet.last("joined")).text
    for number in (FIRST, SECOND):
        ticket = await stage.ticket(number)
        assert (ticket.state, ticket.holder, ticket.unit) == (State.OPEN, None, "donanim")
    told = [m for m in await room.sees() if m.kind == "work_holder_left"]
    assert len(told) == 2
    assert all(m.rings and "bu birimde değil" in m.text for m in told)


async def test_who_is_called_again_to_the_same_unit_keeps_what_they_hold(stage: Stage) -> None:
    await open_ticket(stage)
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    await stage.person("mehmet").says(f"/katil {await code_for(stage, role=Role.LEAD, unit='donanim')}")
    assert (await stage.ticket(FIRST)).state is State.CLAIMED


async def test_who_left_is_written_to_no_more_and_whoever_works_on_it_knows(stage: Stage) -> None:
    await open_ticket(stage, "hasan")
    mehmet, hasan = stage.in_room("mehmet", "donanim"), stage.person("hasan")
    await mehmet.presses("Üstlen")
    await stage.person("admin").says("/ayrildi hasan")
    assert "Hasan Demir" in (await mehmet.last("work_reporter_left")).text
    before = len(await hasan.sees())
    await mehmet.says("geçici parolanız Deneme-12", to=await mehmet.last("card"))
    assert "ayrılmış" in (await mehmet.last()).text
    await mehmet.presses("Bilgi iste")
    await mehmet.says("orada mısınız?")
    assert "ayrılmış" in (await mehmet.last()).text
    await mehmet.presses("Tamamladım")
    await mehmet.says("hesap kapatıldı")
    if stage.channel in ("telegram", "slack"):
        assert len(await hasan.sees()) == before
    waiting = await stage.app.gateway.read(lambda uow: uow.outbox.backlog(stage.clock.now()))
    assert (waiting.waiting, waiting.given_up) == (0, 0)


async def test_a_wrong_name_is_put_right_by_oneself_and_later_by_the_lead(stage: Stage) -> None:
    await come_in(stage, "selma", "Salma Ak")
    selma, room, fatma = stage.person("selma"), stage.in_room("mehmet", "donanim"), stage.person("fatma")
    assert "Salma Ak" in (await room.last("card")).text
    await selma.says("/isim Selma Ak")
    assert "Selma Ak" in (await selma.last()).text
    assert "Selma Ak," in (await room.last("card")).text
    await selma.says("/isim 12345")
    assert "değişmedi" in (await selma.last()).text
    handle = await stage.app.gateway.read(
        lambda uow: next(person.handle for person in uow.people.everybody() if person.name == "Selma Ak")
    )
    await selma.says(f"/katil {await code_for(stage, listed='Selma Ax')}")
    await selma.says("/isim Selma Ak")
    assert "personel listesinde" in (await selma.last()).text
    await selma.says("/isim ayse Selma Ak")
    assert "personel listesinde" in (await selma.last()).text, "what may be an account is nobody's to rename"
    await fatma.says(f"/isim {handle} Selma Ak")
    assert "Selma Ak" in (await selma.last("name_corrected")).text
    assert "Selma Ak," in (await room.last("card")).text


async def test_a_name_can_be_put_right_on_the_way_in(stage: Stage) -> None:
    selma = stage.person("selma")
    await selma.says("yazıcım çıktı vermiyor")
    await selma.presses("Okudum")
    await selma.says("acil bakın")
    await selma.says("/isim Selma Ak")
    await selma.says("Fen İşleri")
    await selma.says("2. kat 214")
    await selma.presses("Teknisyene ilet")
    assert "Selma Ak, Fen İşleri" in (await stage.in_room("mehmet", "donanim").last("card")).text
