"""What only looks like an answer closes nothing, opens nothing, teaches nothing, and is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.domain.states import State
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket
from tests.scenarios.test_reporting import PRINTER, numbers


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    """Where the channel does not matter."""
    async with open_stage(tmp_path, "web") as stage:
        yield stage


async def learnt(stage: Stage) -> int:
    """Examples that the desk would learn from, and tips that count as having helped."""

    def count(uow: UnitOfWork) -> int:
        return len(list(uow.feedback.since(None)))

    return await stage.app.gateway.read(count)


async def resolved(stage: Stage, handle: str, text: str = PRINTER) -> str:
    number = await open_ticket(stage, handle, text)
    person, mehmet = stage.person(handle), stage.in_room("mehmet", "donanim")
    while "Bilmiyorum, atla" in (await person.last()).buttons:
        await person.presses("Bilmiyorum, atla")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says("kablosu yenilendi")
    return number


async def state(stage: Stage, number: str) -> State:
    return (await stage.ticket(number)).state


async def test_after_the_steps_a_guess_is_kept_and_asked_about(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says("geçen hafta çalışıyordu")
    asked = await ayse.last()
    assert asked.kind == "added"
    assert list(asked.buttons) == ["İşe yaradı", "Teknisyene ilet"]
    assert await numbers(stage) == []
    await ayse.presses("Teknisyene ilet", on=asked)
    assert (await stage.ticket(FIRST)).text == f"{PRINTER}\ngeçen hafta çalışıyordu"
    assert not any("İşe yaradı" in m.buttons for m in await ayse.sees())


@pytest.mark.parametrize(
    "typed",
    ["yan servistekiler çalışıyor", "kendi kendine düzelip bozuluyor", "iki defa oldu bugün", "oldu mu", "hepsi böyle",
     "teknisyen gelmesin", "iletmeyin", "gerek yok", "iptal etmeyin", "hayır teşekkürler"],
)  # fmt: skip
async def test_after_the_steps_nothing_follows_from_a_guess(web: Stage, typed: str) -> None:
    ayse = web.person("ayse")
    await ayse.says(PRINTER)
    before = await learnt(web)
    await ayse.says(typed)
    assert await numbers(web) == []
    assert {"Teknisyene ilet"} & set((await ayse.last()).buttons)
    assert not {"tip_worked", "draft_dropped", "draft_closed"} & {m.kind for m in await ayse.sees()}
    assert await learnt(web) == before
    await ayse.says("düzeldi sağ olun")
    assert (await ayse.last()).kind == "tip_worked"


async def test_a_request_is_not_made_on_a_guess(web: Stage) -> None:
    ayse = web.person("ayse")
    await ayse.says("servisimize siyah toner lazım, HP M404 için")
    await ayse.says("geçen ay da olmuştu")
    assert await numbers(web) == []
    await ayse.says("evet lütfen")
    assert await numbers(web) == [FIRST]


async def test_a_yes_to_the_reminder_is_no_yes_to_the_steps(web: Stage) -> None:
    """The reminder asks whether to send it on; "evet" would have said that the steps helped."""
    ayse = web.person("ayse")
    await ayse.says(PRINTER)
    await web.tick(minutes=11)
    assert (await ayse.last()).kind == "reminder_draft"
    await ayse.says("evet")
    assert (await ayse.last()).kind == "answer_unclear"
    await ayse.says("evet")
    assert (await ayse.last()).kind == "tip_worked"


async def test_what_is_only_like_a_subject_is_shown_and_not_learnt(web: Stage) -> None:
    ayse = web.person("ayse")
    await ayse.says("ekranda bir şey yazıyor açılmıyor")
    label = next(iter((await ayse.last()).buttons))
    before = await learnt(web)
    await ayse.says(label[:-1] + "x")
    assert await learnt(web) == before


# --- "Şimdi çalışıyor mu?" ------------------------------------------------------------------------
async def test_of_a_ticket_that_counts_as_done_a_guess_is_written_down_and_it_is_asked(stage: Stage) -> None:
    number = await resolved(stage, "hasan")
    hasan, mehmet = stage.person("hasan"), stage.in_room("mehmet", "donanim")
    await hasan.says("az önce çalışıyordu")
    assert await state(stage, number) is State.RESOLVED
    assert any("az önce çalışıyordu" in m.text for m in await mehmet.sees())
    asked = await hasan.last("works_now")
    assert list(asked.buttons) == ["Evet, çalışıyor", "Hâlâ bozuk"]
    await hasan.says("evet")
    assert await state(stage, number) is State.CLOSED
    assert not any("Hâlâ bozuk" in m.buttons for m in await hasan.sees())


@pytest.mark.parametrize("typed", ["karşı oda çalışıyor", "teşekkürler", "eskiden de oluyordu", "çalışıyor mu acaba"])
async def test_as_a_reply_it_is_the_same(web: Stage, typed: str) -> None:
    number = await resolved(web, "hasan")
    hasan = web.person("hasan")
    await hasan.says(typed, to=await hasan.last("update_resolved"))
    assert await state(web, number) is State.RESOLVED
    assert (await hasan.last()).kind == "works_now"


async def test_a_bare_yes_to_another_message_of_the_ticket_does_not_close_it(web: Stage) -> None:
    number = await resolved(web, "hasan")
    hasan = web.person("hasan")
    await hasan.says("evet", to=await hasan.last("opened"))
    assert await state(web, number) is State.RESOLVED
    await hasan.says("evet", to=await hasan.last("works_now"))
    assert await state(web, number) is State.CLOSED


async def test_of_two_tickets_it_is_asked_which_one_works(web: Stage) -> None:
    first = await resolved(web, "hasan")
    second = await resolved(web, "hasan", "monitörün ekranı kararıp geliyor")
    hasan: Actor = web.person("hasan")
    await hasan.says("düzeldi teşekkürler")
    assert {await state(web, first), await state(web, second)} == {State.RESOLVED}
    await hasan.presses("Çalışıyor: 2")
    assert (await state(web, first), await state(web, second)) == (State.RESOLVED, State.CLOSED)


async def test_a_plain_no_still_reopens(web: Stage) -> None:
    number = await resolved(web, "hasan")
    await web.person("hasan").says("hâlâ bozuk maalesef")
    assert await state(web, number) is State.CLAIMED
