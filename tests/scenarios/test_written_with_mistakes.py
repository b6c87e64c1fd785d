"""Names written with mistakes: what is near is offered, and nothing follows from likeness without a press."""

from __future__ import annotations

import pytest

from handlers.ports import UnitOfWork
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket
from tests.scenarios.test_two_problems import BOTH, SECOND, numbers


async def newcomer(stage: Stage, department: str) -> Actor:
    """Veli, new here, asked for his müdürlük and answering so."""
    veli = stage.person("veli")
    await veli.says("yazıcım çıktı vermiyor")
    await veli.presses("Okudum")
    await veli.says("Veli Can")
    await veli.says(department)
    return veli


async def department_of(stage: Stage, name: str) -> str:
    def read(uow: UnitOfWork) -> str:
        return uow.people.named(name)[0].department

    return await stage.app.gateway.read(read)


@pytest.mark.parametrize(
    ("answer", "kept"),
    [("Zabıta", "Zabıta"), ("evet", "Zabıta"), ("Yazdığım gibi kalsın", "zbıta"), ("fen işleri müd.", "Fen İşleri")],
)
async def test_a_mudurluk_that_is_nearly_known_is_asked_about(stage: Stage, answer: str, kept: str) -> None:
    veli = await newcomer(stage, "zbıta")
    asked = await veli.last()
    assert "Zabıta" in asked.text
    assert list(asked.buttons) == ["Zabıta", "Yazdığım gibi kalsın"]
    if answer in asked.buttons and answer == "Zabıta":
        await veli.presses(answer)
    else:
        await veli.says(answer)
    assert await department_of(stage, "Veli Can") == kept
    assert "oda" in (await veli.last()).text


async def test_between_two_mudurluks_the_person_chooses(stage: Stage) -> None:
    veli = await newcomer(stage, "proje")
    assert list((await veli.last()).buttons) == ["Etüt Proje", "Plan Proje", "Yazdığım gibi kalsın"]


async def test_a_mudurluk_that_nobody_knows_stays_as_it_was_typed(stage: Stage) -> None:
    veli = await newcomer(stage, "Hal Müdürlüğü")
    assert await department_of(stage, "Veli Can") == "Hal Müdürlüğü"
    assert "oda" in (await veli.last()).text


async def test_a_colleague_whose_name_is_nearly_so_is_offered_and_never_taken(stage: Stage) -> None:
    mehmet = stage.person("mehmet")
    await mehmet.says("/adina ayse yilmz: ekranı kararıyor")
    offered = await mehmet.last()
    assert list(offered.buttons) == ["Ayşe Yılmaz · Mali Hizmetler", "Listede yok: ayse yilmz"]
    await mehmet.presses("Ayşe Yılmaz · Mali Hizmetler")
    await mehmet.presses("Kayıt aç, haber verme")
    reporter = (await stage.ticket(FIRST)).reporter
    assert await stage.app.gateway.read(lambda uow: uow.people.get(reporter).handle) == "ayse"


@pytest.mark.parametrize(
    ("who", "typed", "offered"),
    [
        ("ayse", "/durm", "/durum"),
        ("mehmet", "/sra", "/sira, /ara"),
        ("admin", "/davet teknisyn donanim Selin Ak", "teknisyen"),
        ("admin", "/davet teknisyen donnim Selin Ak", "donanim"),
        ("admin", "/ayrildi mehmt", "mehmet (Mehmet Kaya, Bilgi İşlem)"),
    ],
)
async def test_what_was_meant_is_offered_and_nothing_happens(stage: Stage, who: str, typed: str, offered: str) -> None:
    somebody = stage.person(who)
    await somebody.says(typed)
    assert f"Şunu mu demek istediniz: {offered}?" in (await somebody.last()).text
    gone = await stage.app.gateway.read(lambda uow: [person for person in uow.people.everybody() if person.gone])
    assert gone == []


async def test_a_command_that_is_not_theirs_is_not_offered(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("/davt")
    assert "demek istediniz" not in (await ayse.last()).text


async def test_a_technician_is_told_of_an_open_ticket_that_is_nearly_the_same(stage: Stage) -> None:
    await open_ticket(stage, "ayse", "312 nolu odada yazıcı çıktı vermiyor, kuyrukta bekliyor")
    await open_ticket(stage, "hasan", "yazici cikti vermiyo kuyrukta bekliyo, 312 nolu oda")
    told = await stage.in_room("mehmet", "donanim").last("work_similar")
    assert told.text.startswith(f"{SECOND} ")
    assert f"{FIRST} ile aynı olabilir" in told.text
    assert not told.rings


async def test_another_fault_of_the_same_person_is_no_double(stage: Stage) -> None:
    await open_ticket(stage, "ayse", PRINTER)
    await stage.person("ayse").says("atla")
    await open_ticket(stage, "ayse", "monitörün ekranı kararıp geliyor")
    assert "work_similar" not in [m.kind for m in await stage.in_room("mehmet", "donanim").sees()]


SUGGESTED = "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor"


async def test_the_words_of_a_button_are_as_good_as_a_press(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(SUGGESTED)
    before = list((await ayse.last()).buttons)
    assert "Sorunum bu değil" in before
    await ayse.says("sorunum bu degl")
    assert list((await ayse.last()).buttons) != before
    assert await numbers(stage) == []


async def test_what_is_only_like_a_button_that_acts_is_offered(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(SUGGESTED)
    await ayse.says("ise yardi")
    offered = await ayse.last()
    assert offered.kind == "meant_a_button"
    assert list(offered.buttons) == ["İşe yaradı"]
    assert await numbers(stage) == []
    await ayse.presses("İşe yaradı", on=offered)
    assert (await ayse.last()).kind == "tip_worked"


async def test_the_opposite_of_a_button_is_not_taken_for_it(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(SUGGESTED)
    await ayse.says("işe yaramadı")
    assert await numbers(stage) == [FIRST]


async def test_two_tickets_may_be_asked_for_in_words(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(BOTH)
    await ayse.says("iki ayri kayit ac")
    assert await numbers(stage) == [FIRST, SECOND]
