"""One look of the process for all lists that are open in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
import structlog

from bot.web.panel import open_lists
from bot.web.panel.open_lists import OpenList, OpenLists, Together
from handlers.channel_port import ChannelGateway
from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Scope
from handlers.domain.ticket import TicketId
from handlers.domain.ticket_filter import TicketFilter
from handlers.ports import SearchTooSlow, UnitOfWork
from handlers.ports.ticket_lists import changes_in
from handlers.queries import ticket_lists
from handlers.queries.ticket_lists import Changed
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

OF_UNIT = (Scope("donanim", restricted=False, held_by=PersonId(4711)),)
ALL = (Scope(None, restricted=True),)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_lists, "TOGETHER_SECONDS", 0)
    monkeypatch.setattr(open_lists, "NEW_SECONDS", 0)


def opened(site: ScriptedSite, person: Person, *, restricted: bool = False) -> TicketId:
    return site.store.write(lambda uow: open_ticket(uow, person.id, restricted=restricted)).id


def changed(site: ScriptedSite, ticket: TicketId) -> None:
    def work(uow: UnitOfWork) -> None:
        found = uow.tickets.get(ticket)
        uow.tickets.save(found)

    site.store.write(work)


def list_of(site: ScriptedSite, rows: Sequence[TicketId], reach: Sequence[Scope]) -> OpenList:
    stand = site.store.read(lambda uow: uow.ticket_lists.standing(rows))
    shown = {ticket: one.version for ticket, one in stand.items()}
    return OpenList(shown, max(rows), asyncio.Event(), frozenset({changes_in("donanim")}), reach)


@asynccontextmanager
async def listening(site: ScriptedSite, *some: OpenList) -> AsyncIterator[OpenLists]:
    lists = OpenLists()
    async with asyncio.TaskGroup() as streams, asyncio.timeout(10):
        leave, listens = asyncio.Event(), [asyncio.Event() for _ in some]

        async def stream(one: OpenList, listens: asyncio.Event) -> None:
            async with lists.listening(site, one):
                listens.set()
                await leave.wait()

        for one, begun in zip(some, listens, strict=True):
            streams.create_task(stream(one, begun))
        for begun in listens:
            await begun.wait()
        yield lists
        leave.set()


async def test_whoever_has_the_row_is_rung_and_nobody_else(site: ScriptedSite, people: dict[str, Person]) -> None:
    ayse = people["ayse"]
    one, other = opened(site, ayse), opened(site, ayse)
    mine, theirs = list_of(site, [one, other], OF_UNIT), list_of(site, [other], OF_UNIT)
    async with listening(site, mine, theirs):
        assert not mine.bell.is_set()
        changed(site, one)
        await mine.bell.wait()
        assert not theirs.bell.is_set()


async def test_of_a_new_security_matter_only_those_hear_who_may_read_it(
    site: ScriptedSite, people: dict[str, Person]
) -> None:
    row = opened(site, people["ayse"])
    shared, every = list_of(site, [row], OF_UNIT), list_of(site, [row], ALL)
    async with listening(site, shared, every):
        opened(site, people["ayse"], restricted=True)
        await every.bell.wait()
        assert not shared.bell.is_set()
        opened(site, people["ayse"])
        await shared.bell.wait()


async def test_what_is_asked_together_is_read_together_and_one_fault_is_its_own(site: ScriptedSite) -> None:
    lists, seen = OpenLists(), []

    def look(together: Together) -> int:
        seen.append(together.uow)
        return len(seen)

    def gone(together: Together) -> int:
        raise NotFound("ticket", 7)

    found = await asyncio.gather(*(lists.read(site, one) for one in (look, gone, look)), return_exceptions=True)
    assert (found[0], found[2]) == (1, 2)
    assert isinstance(found[1], NotFound)
    assert seen[0] is seen[1]


async def test_while_the_store_is_away_each_finds_that_out_itself(
    site: ScriptedSite, people: dict[str, Person]
) -> None:
    row = opened(site, people["ayse"])
    mine = list_of(site, [row], OF_UNIT)
    site.away = True
    async with listening(site, mine):
        await mine.bell.wait()


async def test_a_look_that_falls_is_taken_up_again(
    site: ScriptedSite, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = opened(site, people["ayse"])
    mine, falls = list_of(site, [row], OF_UNIT), iter([True])
    look = OpenLists._look

    async def fall_once(self: OpenLists, gateway: ChannelGateway) -> bool:
        if next(falls, False):
            raise ValueError
        return await look(self, gateway)

    monkeypatch.setattr(OpenLists, "_look", fall_once)
    with structlog.testing.capture_logs() as lines:
        async with listening(site, mine):
            changed(site, row)
            await mine.bell.wait()
    assert [line["loop"] for line in lines if line["event"] == "loop_fell"] == ["open lists"]


def test_of_what_takes_too_long_to_count_none_is_told(site: ScriptedSite, people: dict[str, Person]) -> None:
    def work(uow: UnitOfWork) -> Changed:
        acting = Acting(
            desk=shared_desk(), uow=uow, now=START, person=people["fatma"], channel="web", event_key="panel:1"
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(uow.ticket_lists, "count", _too_slow)
            return ticket_lists.changed(acting, TicketFilter(), {row: 0}, row)

    row = opened(site, people["ayse"])
    found = site.store.read(work)
    assert (found.new, list(found.versions)) == (0, [row])


def _too_slow(*_asked: object) -> int:
    raise SearchTooSlow
