"""First contact, joining by code, leaving, and what each role may do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.domain.people import Person, Role
from handlers.domain.states import State
from handlers.people import join_codes
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket


async def test_the_first_message_is_kept_and_answered_after_the_short_way_in(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says("yazıcım çıktı vermiyor")
    assert list((await veli.last("notice")).buttons) == ["Okudum"]
    await veli.presses("Okudum")
    await veli.says("Veli Can")
    await veli.says("Park ve Bahçeler")
    await veli.says("zemin kat 3")
    said = await veli.last()
    assert "Teknisyene ilet" in said.buttons
    await veli.presses("Teknisyene ilet")
    ticket = await stage.ticket(FIRST)
    assert ticket.text == "yazıcım çıktı vermiyor"
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert "Veli Can, Park ve Bahçeler" in card.text
    assert "kimliği doğrulanmadı" in card.text


async def test_who_you_are_fits_in_one_line(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says("yazıcım çıktı vermiyor")
    await veli.presses("Okudum")
    await veli.says("Veli Can, Park ve Bahçeler, zemin kat 3")
    assert "Teknisyene ilet" in (await veli.last()).buttons


async def test_smoke_does_not_wait_for_the_privacy_notice(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says("bilgisayarın kasasından yanık kokusu geliyor duman çıkıyor")
    assert (await stage.ticket(FIRST)).priority == "acil"
    assert (await veli.last("notice")).buttons


async def test_the_unverified_are_not_served_with_passwords(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says("windows parolamı unuttum oturum açamıyorum")
    await veli.presses("Okudum")
    await veli.says("Veli Can, Park ve Bahçeler, zemin kat 3")
    assert "doğrulan" in (await veli.last()).text


async def test_a_code_gives_the_role_once(stage: Stage) -> None:
    code = await stage.app.gateway.write(
        lambda uow: join_codes.invite(
            uow, stage.app.desk.randomness, role=Role.TECHNICIAN, unit="donanim", name="Selin Ak", now=stage.clock.now()
        )
    )
    selin, other = stage.person("selin"), stage.person("baskasi")
    await selin.says(f"/katil {code}")
    assert "teknisyen olarak katıldınız" in "".join([m.text for m in await selin.sees()])
    assert code not in "".join([m.text for m in await selin.sees()])
    await other.says(f"/katil {code.lower()}")
    assert "geçerli değil" in (await other.last()).text
    await open_ticket(stage)
    await stage.in_room("selin", "donanim").presses("Üstlen")
    assert (await stage.ticket(FIRST)).state is State.CLAIMED


async def test_an_old_code_is_refused_like_a_wrong_one(stage: Stage) -> None:
    code = await stage.app.gateway.write(
        lambda uow: join_codes.invite(uow, stage.app.desk.randomness, role=Role.ADMIN, unit=None, now=stage.clock.now())
    )
    stage.clock.advance(timedelta(days=8))
    veli = stage.person("veli")
    await veli.says(f"/katil {code}")
    old = (await veli.last()).text
    await veli.says("/katil ABCDE-FGH23")
    assert (await veli.last()).text == old


async def test_who_left_has_no_right_from_that_moment(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await stage.person("admin").says("/ayrildi mehmet")
    ticket = await stage.ticket(number)
    assert (ticket.holder, ticket.state) == (None, State.OPEN)
    await mehmet.presses("Üstlen")
    assert (await stage.ticket(number)).holder is None


async def test_somebody_elses_ticket_is_answered_like_none(stage: Stage) -> None:
    number = await open_ticket(stage)
    hasan = stage.person("hasan")
    await hasan.says(f"/durum {number}")
    theirs = (await hasan.last()).text
    await hasan.says("/durum 2026-009999")
    assert (await hasan.last()).text == theirs
    assert number not in theirs


async def test_a_token_from_another_conversation_does_nothing(stage: Stage) -> None:
    number = await open_ticket(stage)
    claim = (await stage.in_room("mehmet", "donanim").last("card")).buttons["Üstlen"]
    hasan = stage.person("hasan")
    await hasan.presses_token(claim)
    await hasan.presses_token("forged-token")
    assert (await stage.ticket(number)).state is State.OPEN


async def test_a_bystander_in_the_room_is_told_it_is_not_theirs(stage: Stage) -> None:
    number = await open_ticket(stage)
    ali = stage.in_room("ali", "donanim")  # of the other unit
    claim = (await stage.in_room("mehmet", "donanim").last("card")).buttons["Üstlen"]
    await ali.presses_token(claim)
    assert (await stage.ticket(number)).state is State.OPEN
    assert "Ali Ç." in (await ali.last("bystander")).text


async def test_the_auditor_reads_everything_changes_nothing_and_is_logged(stage: Stage) -> None:
    number = await open_ticket(stage)
    denetci = stage.person("denetci")
    await denetci.says(f"/durum {number}")
    assert "Ayşe Yılmaz" in (await denetci.last()).text
    assert not (await denetci.last()).buttons
    await denetci.says(f"/not {number} burada bir şey var")
    assert "yetkiniz yok" in (await denetci.last()).text
    log = await stage.app.gateway.read(lambda uow: uow.audit.recent())
    assert any(what == "read" and about == number for _, _, what, about, _ in log)


async def test_security_tickets_show_the_room_a_number_only(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu")
    ticket = await stage.ticket(FIRST)
    assert ticket.restricted
    ali = stage.in_room("ali", "yazilim")
    card = await ali.last("card_restricted")
    assert FIRST in card.text
    assert "vatandaş" not in card.text
    assert not card.buttons
    assert any("vatandaşın kişisel verileri" in m.text for m in await stage.person("kemal").sees())
    alone = stage.person("ali")
    await alone.says(f"/durum {FIRST}")
    assert "vatandaş" not in (await alone.last()).text
    await stage.person("admin").says(f"/durum {FIRST}")
    assert "vatandaş" not in (await stage.person("admin").last()).text


@pytest.mark.parametrize("handle", ["ayse", "denetci", "admin"])
async def test_the_queue_is_for_those_who_work_it(stage: Stage, handle: str) -> None:
    await open_ticket(stage)
    person = stage.person(handle)
    await person.says("/sira")
    assert "yetkiniz yok" in (await person.last()).text


async def test_my_work_and_the_queue_bring_cards_that_can_be_worked_in_private(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.person("mehmet")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    assert (await stage.ticket(number)).state is State.CLAIMED
    assert "Üstlenildi" in (await stage.in_room("zeynep", "donanim").last("card")).text
    await mehmet.says("/islerim")
    await mehmet.presses("Tamamladım")
    await mehmet.says("yerinde baktım, düzeldi")
    assert (await stage.ticket(number)).state is State.RESOLVED


async def test_my_data_can_be_seen_and_erased(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says("/verilerim")
    assert "Mali Hizmetler" in (await ayse.last()).text
    await ayse.presses("Yazdıklarımı sil")
    await ayse.presses("Evet, sil")
    assert all(PRINTER not in m.text for m in await ayse.sees())


async def test_one_of_several_of_a_name_is_asked_for_and_each_can_be_had(tmp_path: Path) -> None:
    """Twelve of one name: whoever of them is not shown is had with the müdürlük."""
    async with open_stage(tmp_path, "web") as stage:
        offices = [f"Semt {letter} Müdürlüğü" for letter in "ABCDEFGHIJKL"]

        def add(uow: UnitOfWork) -> None:
            for office in offices:
                uow.people.add(Person(handle="veli.er", name="Veli Er", department=office))

        await stage.app.gateway.write(add)
        mehmet = stage.person("mehmet")
        await mehmet.says("/adina Veli Er: ekranı kararıyor")
        asked = await mehmet.last("caller_which")
        assert "12 kişi" in asked.text
        await mehmet.says("Veli Er Semt L")
        assert "Veli Er adına" in (await mehmet.last("caller_offer")).text
        await mehmet.says("/iptal")
        await mehmet.says("/adina veli.er7: faresi kırık")
        assert (await mehmet.last()).kind == "caller_offer"
        admin = stage.person("admin")
        await admin.says("/ayrildi veli er")
        assert "veli.er (Veli Er, Semt A Müdürlüğü)" in (await admin.last()).text
