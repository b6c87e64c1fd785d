"""One look of the process for all lists that are open in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.web.panel import open_lists
from bot.web.panel.open_lists import OpenList, OpenLists, Together
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Scope
from handlers.domain.ticket import TicketId
from handlers.ports import UnitOfWork
from handlers.ports.ticket_lists import changes_in
from tests.bot.web.scripted_site import ScriptedSite
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
        leave = asyncio.Event()

        async def stream(one: OpenList) -> None:
            async with lists.listening(site, one):
                await leave.wait()

        for one in some:
            streams.create_task(stream(one))
        await asyncio.sleep(0.05)
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
