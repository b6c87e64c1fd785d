"""A new target for tickets that are open already: shown before, applied in one tap, taken off as if it had not been."""

from __future__ import annotations

from handlers.domain.states import Change
from handlers.domain.time_rules import Timing
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import TUESDAY, opened, tick_at, warned, web

__all__ = ["web"]
SHORT = "/hedef yazici-yazdirmiyor normal 30 dk 2 sa"


async def kept(web: Stage) -> Timing:
    ticket = await web.ticket(FIRST)
    found = await web.app.gateway.read(lambda uow: uow.timings.of(ticket.id))
    assert found is not None
    return found


async def test_it_is_shown_before_applied_and_taken_off_without_a_trace_in_time(web: Stage) -> None:
    fatma = web.person("fatma")
    await opened(web, f"{TUESDAY}T15:00")
    await tick_at(web, f"{TUESDAY}T16:00")
    before = await kept(web)
    await fatma.says(SHORT)
    said = (await fatma.heard())[-1]
    assert "Şimdi açık olan 1 kayda da uygulanabilir; 1 kayıt şimdiden geç olur." in said
    await tick_at(web, f"{TUESDAY}T16:01")
    assert await kept(web) == before, "nothing was applied yet"
    await fatma.presses("Açık kayıtlara da uygula")
    assert "açık 1 kayda da uygulandı" in (await fatma.heard())[-1]
    await tick_at(web, f"{TUESDAY}T16:05")
    after = await kept(web)
    assert (after.claim_due_at, after.solve_due_at) == (at(f"{TUESDAY}T15:30"), at(f"{TUESDAY}T17:00"))
    assert "⛔ Üstlenme gecikti" in (await web.in_room("mehmet", "donanim").last("card")).text
    await fatma.presses("Açık kayıtlardan geri al")
    await tick_at(web, f"{TUESDAY}T16:10")
    again = await kept(web)
    assert (again.claim_due_at, again.solve_due_at, again.missed) == (
        before.claim_due_at,
        before.solve_due_at,
        before.missed,
    )
    ticket = await web.ticket(FIRST)
    history = await web.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert [event.what for event in history].count(Change.RETARGETED) == 2


async def test_whoever_should_hear_of_it_hears_once_more_by_the_new_target(web: Stage) -> None:
    fatma = web.person("fatma")
    await opened(web, f"{TUESDAY}T10:00")
    await tick_at(web, f"{TUESDAY}T15:00")
    assert len(await warned(fatma)) == 1
    await fatma.says(SHORT)
    await fatma.presses("Açık kayıtlara da uygula")
    await tick_at(web, f"{TUESDAY}T15:05")
    await tick_at(web, f"{TUESDAY}T15:10")
    assert len(await warned(fatma)) == 2


async def test_what_it_does_not_change_is_left_alone_and_a_second_press_does_nothing(web: Stage) -> None:
    kemal = web.person("kemal")
    await opened(web, f"{TUESDAY}T15:00", priority="Yüksek")
    await tick_at(web, f"{TUESDAY}T15:10")
    await kemal.says(SHORT)
    assert "uygulanabilir" not in (await kemal.heard())[-1]
    await kemal.says("/hedef yüksek 30 dk 2 sa")
    message = await kemal.last("target_set")
    await kemal.presses("Açık kayıtlara da uygula", on=message)
    await kemal.presses("Açık kayıtlara da uygula", on=message)
    ticket = await web.ticket(FIRST)
    history = await web.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert [event.what for event in history].count(Change.RETARGETED) == 1


async def test_with_the_target_itself_its_application_goes_too(web: Stage) -> None:
    fatma = web.person("fatma")
    await opened(web, f"{TUESDAY}T15:00")
    await tick_at(web, f"{TUESDAY}T15:01")
    before = await kept(web)
    await fatma.says(SHORT)
    await fatma.presses("Açık kayıtlara da uygula")
    await fatma.presses("Hedefi de geri al")
    await tick_at(web, f"{TUESDAY}T15:05")
    assert (await kept(web)).solve_due_at == before.solve_due_at
