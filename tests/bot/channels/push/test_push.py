"""What rings a browser: when, for whom, with what words, and what becomes of it where its push service refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot import demo
from bot.app import App, build, context_of
from bot.channels import push as channel
from bot.channels.push.channel import Push
from bot.channels.push.settings import PushSection
from bot.channels.registry import Platform
from handlers.context import Acting, UseCaseContext
from handlers.domain.people import Person
from handlers.domain.push import PushSubscription
from handlers.domain.states import Priority
from handlers.domain.ticket import Ticket
from handlers.people import push, sessions
from handlers.ports import UnitOfWork
from storage.maintenance.verify import verify
from tests.clock import START, FakeClock
from tests.scenarios.stage import settings_for, shared_desk
from tests.servers.push import PushBrowser, PushServer, push_service
from tests.storage.builders import open_ticket

AYSE, ROOM = "web:p:ayse", "web:r:donanim"


@dataclass(slots=True)
class PushStage:
    app: App
    service: PushServer
    clock: FakeClock

    def write(self, work: Callable[[UnitOfWork], object]) -> None:
        self.app.store.write(work)

    def who(self, handle: str) -> Person:
        found = self.app.store.read(lambda uow: uow.people.by_handle(handle))
        assert found is not None
        return found

    def subscribed(self, handle: str, name: str = "phone") -> PushBrowser:
        browser, session = self.service.browser(name), f"{name:a<64}"
        person, now = self.who(handle), self.clock.now()

        def given(uow: UnitOfWork) -> None:
            if uow.sessions.get(session) is None:
                sessions.begin(uow, session, person, now, "Firefox/1 Android")
            push.subscribe(uow, person, PushSubscription(session=session, created_at=now, **browser.given))

        self.write(given)
        return browser

    def opens(self, priority: Priority = Priority.NORMAL) -> Ticket:
        person, now = self.who("ayse").id, self.clock.now()
        found: Ticket = self.app.store.write(lambda uow: open_ticket(uow, person, now, priority=priority))
        return found

    def says(self, to: str, ticket: Ticket | None, *, by: str | None = None, rings: bool = True) -> None:
        def said(uow: UnitOfWork) -> None:
            now, about = self.clock.now(), ticket and uow.tickets.get(ticket.id)
            context = UseCaseContext(desk=shared_desk(), uow=uow, now=now)
            if by is not None:
                person = self.who(by)
                context = Acting(
                    desk=shared_desk(), uow=uow, now=now, person=person, channel="web", event_key=f"web:{now}"
                )
            if about is None:
                context.say(to, "you_are_welcome", rings=rings)
            else:
                context.say(to, "noted", ticket=about, rings=rings)

        self.write(said)

    async def sends(self, rounds: int = 3) -> None:
        for _ in range(rounds):
            await self.app.relay.tick()
            await self.app.relay.wait_idle()

    def waiting(self) -> tuple[int, int]:
        now = self.app.store.read(lambda uow: uow.outbox.backlog(self.clock.now()))
        return now.waiting, now.given_up


@asynccontextmanager
async def open_push(folder: Path) -> AsyncIterator[PushStage]:
    clock, section = FakeClock(), PushSection(contact="mailto:bt@belediye.example", services=("127.0.0.1",))
    settings, desk = settings_for(folder), shared_desk()
    platform = Platform(
        translate=channel.translator(),
        open=lambda gateway: channel.open_channel(gateway, section, context_of(settings, desk)),
    )
    async with push_service() as service:
        app = build(settings, clock=clock, desk=desk, platforms={"push": platform})
        app.store.write(lambda uow: demo.seed(uow, desk.catalogue.units))
        await app.worker.start()
        try:
            yield PushStage(app, service, clock)
        finally:
            await app.worker.stop()
            await app.channels["push"].close()
            app.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[PushStage]:
    async with open_push(tmp_path) as opened:
        yield opened


async def test_number_and_state_reach_each_browser_and_nothing_else(stage: PushStage) -> None:
    phone, desktop = stage.subscribed("ayse"), stage.subscribed("ayse", "desktop")
    ticket = stage.opens()
    stage.says(AYSE, ticket)
    stage.says(AYSE, None)
    stage.says(AYSE, ticket, rings=False)
    await stage.sends(6)
    for browser in (phone, desktop):
        first, second = stage.service.read(browser)
        assert first == {
            "text": f"Kayıt {ticket.number} · Sırada",
            "tag": f"kayit-{ticket.id}",
            "id": first["id"],
            "urgent": False,
        }
        assert (second["text"], second["tag"]) == ("Masada sizin için yeni bir mesaj var.", "masa")
    assert stage.waiting() == (0, 0)
    broken = {one.invariant for one in verify(stage.app.store, now=stage.clock.now())}
    assert broken.isdisjoint({"messages", "buttons", "deliveries", "waiting", "database"})
    sent = stage.service.taken[0].headers
    assert (sent["urgency"], sent["ttl"]) == ("normal", "43200")


async def test_an_emergency_is_urgent_and_lives_shorter(stage: PushStage) -> None:
    phone = stage.subscribed("ayse")
    stage.says(AYSE, stage.opens(Priority.URGENT))
    await stage.sends()
    (said,), headers = stage.service.read(phone), stage.service.taken[0].headers
    assert (said["urgent"], headers["urgency"], headers["ttl"]) == (True, "high", "14400")


async def test_what_one_does_oneself_does_not_ring(stage: PushStage) -> None:
    stage.subscribed("ayse")
    stage.says(AYSE, None, by="ayse")
    stage.says(AYSE, None, by="mehmet")
    await stage.sends()
    assert len(stage.service.taken) == 1


async def test_a_units_room_rings_who_works_there_in_working_time(stage: PushStage) -> None:
    mehmet, ali = stage.subscribed("mehmet", "mehmet"), stage.subscribed("ali", "ali")
    stage.clock.set(START.replace(hour=7))  # 10.00 in Istanbul
    stage.says(ROOM, stage.opens())
    stage.says(ROOM, None, by="mehmet")
    stage.clock.set(START.replace(hour=17))
    stage.says(ROOM, None)
    await stage.sends()
    assert (len(stage.service.read(mehmet)), stage.service.read(ali)) == (1, [])


async def test_a_signed_out_browser_hears_nothing_even_of_what_waits(stage: PushStage) -> None:
    stage.subscribed("ayse")
    stage.says(AYSE, stage.opens())
    stage.write(lambda uow: sessions.end(uow, f"{'phone':a<64}", stage.clock.now()))
    stage.says(AYSE, stage.opens())
    await stage.sends()
    assert (stage.service.taken, stage.waiting()) == ([], (0, 0))


async def test_a_browser_that_is_gone_is_forgotten_without_a_fuss(stage: PushStage) -> None:
    phone = stage.subscribed("ayse")
    stage.service.gone.add("/push/phone")
    stage.says(AYSE, stage.opens())
    stage.says(AYSE, None)
    await stage.sends()
    ayse = stage.who("ayse")
    assert stage.app.store.read(lambda uow: push.of_person(uow, ayse, stage.clock.now())) == []
    assert stage.waiting() == (0, 0)
    assert stage.service.read(phone) == []


@pytest.mark.parametrize(("code", "more", "waits"), [(429, {"Retry-After": "120"}, 120), (503, {}, 2), (500, {}, 2)])
async def test_a_busy_service_is_asked_again_and_nothing_is_lost(
    stage: PushStage, code: int, more: dict[str, str], waits: int
) -> None:
    phone = stage.subscribed("ayse")
    stage.service.refusals.append((code, more))
    stage.says(AYSE, stage.opens())
    await stage.sends()
    assert (stage.service.read(phone), stage.waiting()) == ([], (1, 0))
    stage.clock.advance(seconds=waits - 1)
    await stage.sends()
    assert stage.service.read(phone) == []
    stage.clock.advance(seconds=waits + 1)
    await stage.sends()
    assert (len(stage.service.read(phone)), stage.waiting()) == (1, (0, 0))


@pytest.mark.parametrize("code", [400, 403, 413, 302])
async def test_what_is_refused_for_good_is_given_up_where_operators_see_it(stage: PushStage, code: int) -> None:
    stage.subscribed("ayse")
    stage.service.refusals.append((code, {"Location": stage.service.url}))
    stage.says(AYSE, stage.opens())
    await stage.sends()
    (given_up,) = stage.app.store.read(lambda uow: uow.outbox.given_up())
    assert given_up.error == f"HTTP {code}"


async def test_what_waited_for_half_a_day_says_nothing_new(stage: PushStage) -> None:
    stage.subscribed("ayse")
    stage.says(AYSE, stage.opens())
    stage.clock.advance(hours=13)
    await stage.sends()
    assert (stage.service.taken, stage.waiting()) == ([], (0, 0))


async def test_the_next_person_at_a_browser_gets_nothing_of_the_last(stage: PushStage) -> None:
    stage.subscribed("ayse")
    stage.says(AYSE, stage.opens())
    hasan, now = stage.who("hasan"), stage.clock.now()
    browser = stage.service.browser("phone")

    def takes_over(uow: UnitOfWork) -> None:
        sessions.begin(uow, "b" * 64, hasan, now, "")
        push.subscribe(uow, hasan, PushSubscription(session="b" * 64, created_at=now, **browser.given))

    stage.write(takes_over)
    await stage.sends()
    assert stage.service.taken == []
    stage.says("web:p:hasan", None)
    await stage.sends()
    assert len(stage.service.read(browser)) == 1


async def test_a_renewed_session_goes_on_ringing(stage: PushStage) -> None:
    phone, ayse = stage.subscribed("ayse"), stage.who("ayse")
    old = f"{'phone':a<64}"
    stage.write(lambda uow: sessions.renew(uow, old, "c" * 64, ayse, stage.clock.now(), "", with_request="r"))
    stage.says(AYSE, None)
    await stage.sends()
    assert len(stage.service.read(phone)) == 1


async def test_it_goes_on_ringing_where_the_answer_of_the_renewal_was_lost(stage: PushStage) -> None:
    phone, ayse, old = stage.subscribed("ayse"), stage.who("ayse"), f"{'phone':a<64}"
    for new in ("c" * 64, "d" * 64, "e" * 64):
        stage.write(lambda uow, new=new: sessions.renew(uow, old, new, ayse, stage.clock.now(), "", with_request="r"))
    stage.says(AYSE, None)
    await stage.sends()
    assert len(stage.service.read(phone)) == 1


async def test_an_address_that_no_request_can_have_is_forgotten(
    stage: PushStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_args: object, **_named: object) -> None:
        raise httpx.InvalidURL("no")

    stage.subscribed("ayse")
    monkeypatch.setattr(httpx.AsyncClient, "post", refused)
    stage.says(AYSE, None)
    await stage.sends()
    assert stage.waiting() == (0, 0)
    assert stage.app.store.read(lambda uow: push.of_person(uow, stage.who("ayse"), stage.clock.now())) == []


async def test_the_key_of_the_house_is_kept_for_itself(stage: PushStage) -> None:
    opened = stage.app.channels["push"]
    assert isinstance(opened, Push)
    key, file = opened.public_key(), stage.app.settings.data_dir / "push.key"
    assert (file.stat().st_mode & 0o777, len(file.read_text().strip())) == (0o600, 64)
    again = channel.open_channel(stage.app.gateway, PushSection(contact="mailto:x@y"), opened._settings.context)
    assert again.public_key() == key
    await again.close()
