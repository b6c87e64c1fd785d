"""Names written with mistakes: what is near is offered, and nothing follows from likeness without a press."""

from __future__ import annotations

import pytest

from handlers.ports import UnitOfWork
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST


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

    return await stage.app.reception.read(read)


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
    assert list((await veli.last()).buttons) == ["Plan Proje", "Etüt Proje", "Yazdığım gibi kalsın"]


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
    assert await stage.app.reception.read(lambda uow: uow.people.get(reporter).handle) == "ayse"


@pytest.mark.parametrize(
    ("who", "typed", "offered"),
    [
        ("ayse", "/durm", "/durum"),
        ("mehmet", "/sra", "/sira, /ara"),
        ("admin", "/davet teknisyn donanim Selin Ak", "teknisyen"),
        ("admin", "/davet teknisyen donnim Selin Ak", "donanim"),
        ("admin", "/ayrildi mehmt", "mehmet"),
    ],
)
async def test_what_was_meant_is_offered_and_nothing_happens(stage: Stage, who: str, typed: str, offered: str) -> None:
    somebody = stage.person(who)
    await somebody.says(typed)
    assert f"Şunu mu demek istediniz: {offered}?" in (await somebody.last()).text
    gone = await stage.app.reception.read(lambda uow: [person for person in uow.people.everybody() if person.gone])
    assert gone == []


async def test_a_command_that_is_not_theirs_is_not_offered(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("/davt")
    assert "demek istediniz" not in (await ayse.last()).text
