"""Faults of the guarantees by number, on SQLite and PostgreSQL: acknowledged ⊆ stored, no second ticket, others go on.

Those of the platforms, the relay, the disk and processes that die are tested where they happen (docs/guarantees.md says
where).
"""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import threading
from asyncio import gather
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from bot.runtime import event_codec, matcher_pool
from bot.runtime.event_handler import MAX_ATTEMPTS
from bot.runtime.inbox_feed import POLL_SECONDS
from handlers.channel_port import Unavailable
from handlers.context import Desk
from handlers.domain.people import Account
from handlers.domain.states import State
from handlers.events import ButtonPressed, MessageReceived
from handlers.people.access import private_address
from handlers.ports import Arrival, UnitOfWork
from storage import Store
from storage.maintenance.verify import verify
from storage.tables import inbox, message
from tests.bot.commands.workspace import workspace_in
from tests.clock import SUNDAY, FakeClock, RunningClock
from tests.forked import Forked
from tests.masa import environment
from tests.scenarios.stage import Stage, empty_database, open_stage, shared_desk
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket
from tests.storage.stores import damage

PHONE = "telefonun ahizesinden ses gelmiyor"


# --- 6: the same event four times, at once ------------------------------------------------------------
async def test_fault_6_the_same_event_four_times_at_once_is_one(tmp_path: Path, database: str) -> None:
    async with open_stage(tmp_path, "web", database_url=database) as stage:
        ayse, gateway = stage.person("ayse"), stage.app.gateway
        said = MessageReceived(text=PRINTER, **ayse._common("web:one"))
        assert sorted(await gather(*(gateway.accept(said) for _ in range(4)))) == [False, False, False, True]
        await gateway.handled(said.key)
        assert len([m for m in await ayse.sees() if m.author is not None]) == 1
        token = (await ayse.last()).buttons["Teknisyene ilet"]
        presses = [ButtonPressed(token=token, **ayse._common(f"web:press-{place}")) for place in range(4)]
        await gather(*(gateway.accept(press) for press in presses for _ in range(4)))
        await gather(*(gateway.handled(press.key) for press in presses))
        assert await _numbers(stage) == [FIRST]


async def _numbers(stage: Stage) -> list[str]:
    return [t.number for t in await stage.app.gateway.read(lambda uow: uow.summaries.list())]


# --- 8: a poison event ----------------------------------------------------------------------------------
class Poisoned:
    """What reads messages, on which a word does harm, until `cured`."""

    def __init__(self, real: Any, harm: Callable[[], None], harmed: Callable[[str], bool]) -> None:
        self._real, self._harm, self._harmed = real, harm, harmed
        self.cured = False

    def read(self, text: str) -> Any:
        if not self.cured and self._harmed(text):
            self._harm()
        return self._real.read(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def _desk_with(poisoned: Poisoned) -> Desk:
    return replace(shared_desk(), knowledge=poisoned)  # type: ignore[arg-type] # everything of Knowledge, and the harm


def _break() -> None:
    raise RuntimeError("zehir")


async def _settled(stage: Stage, key: str) -> None:
    """Retries are soon due, and another process's commits wake the sweep."""
    waiting = asyncio.create_task(stage.app.gateway.handled(key))
    with Store.open(stage.app.settings.database_url, clock=stage.clock) as other:
        while not waiting.done():
            now = stage.clock.advance(seconds=1)
            other.write(lambda uow, now=now: uow.once.first(f"elsewhere {now}", now))
            await asyncio.wait([waiting], timeout=POLL_SECONDS)
    await waiting


async def test_fault_8_a_poison_event_is_put_aside_the_rest_flows_and_it_can_be_tried_again(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    poisoned = Poisoned(shared_desk().knowledge, _break, lambda text: "zehir" in text)
    clock = FakeClock()
    workspace = workspace_in(tmp_path, monkeypatch, capsys, clock)
    monkeypatch.setenv("MASA_DATABASE_URL", database)
    async with open_stage(tmp_path, "web", clock, desk=_desk_with(poisoned), database_url=database) as stage:
        ayse, hasan, gateway = stage.person("ayse"), stage.person("hasan"), stage.app.gateway
        poison = MessageReceived(text="yazıcı zehir yazıyor", **ayse._common("web:poison"))
        await gateway.accept(poison)
        await hasan.says(PHONE)
        assert "Teknisyene ilet" in (await hasan.last()).buttons
        await _settled(stage, poison.key)
        assert (await ayse.last()).kind == "errors/broken", "they are told that it was kept and not understood"
        await ayse.says(PRINTER)
        assert "Teknisyene ilet" in (await ayse.last()).buttons, "what comes behind it is handled"

        (shown,) = workspace.masa("inbox", "--json").json
        assert (shown["key"], shown["attempts"], shown["error"]) == ("web:poison", MAX_ATTEMPTS, "RuntimeError")
        assert "zehir" not in str(shown)

        poisoned.cured = True
        assert workspace.masa("inbox", "retry", str(shown["id"])).code == 0
        await _settled(stage, poison.key)
        assert workspace.masa("inbox", "--json").out == ""
        assert [m.text for m in await ayse.sees() if m.author is not None] == [PRINTER, "yazıcı zehir yazıyor"]


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        "null",
        '{"kind": "message"}',
        '{"kind": "of tomorrow", "sender": ["web", "ayse"]}',
        "\x01",
        "9" * 5000,
    ],
)
async def test_fault_8_what_cannot_be_read_at_all_goes_aside_at_once(tmp_path: Path, database: str, raw: str) -> None:
    async with open_stage(tmp_path, "web", database_url=database) as stage:
        ayse = stage.person("ayse")
        arrival = Arrival(
            key="web:x", channel="web", conversation=ayse.address, payload=raw, received_at=stage.clock.now()
        )
        assert await stage.app.gateway.accept_raw([arrival]) == [True]
        await stage.app.gateway.handled("web:x")
        assert [event.key for event in await stage.app.gateway.read(lambda uow: uow.inbox.stuck())] == ["web:x"]
        await ayse.says(PRINTER)
        assert "Teknisyene ilet" in (await ayse.last()).buttons


# --- 17: the database is locked -------------------------------------------------------------------------
async def test_fault_17_while_the_database_is_locked_nothing_is_acknowledged_and_afterwards_nothing_is_lost(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path, "web") as stage:
        number = await open_ticket(stage)
        ayse, hasan, gateway = stage.person("ayse"), stage.person("hasan"), stage.app.gateway
        said = MessageReceived(text=PHONE, **hasan._common(None))
        with closing(sqlite3.connect(tmp_path / "masa.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            accepting = asyncio.create_task(gateway.accept(said))
            pressing = asyncio.create_task(stage.in_room("mehmet", "donanim").presses("Üstlen"))
            seen = [m.kind for _ in range(20) for m in await ayse.sees()]
            assert "opened" in seen, "who reads does not wait"
            assert not accepting.done()
            assert not pressing.done()
            other.execute("ROLLBACK")
        assert await accepting
        await pressing
        await gateway.handled(said.key)
        assert "Teknisyene ilet" in (await hasan.last()).buttons
        assert (await stage.ticket(number)).state is State.CLAIMED


@pytest.mark.postgres
async def test_fault_17_while_a_table_is_locked_nothing_is_acknowledged_and_afterwards_nothing_is_lost(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_stage(tmp_path, "web", database_url=postgres_url) as stage:
        number = await open_ticket(stage)
        hasan, gateway = stage.person("hasan"), stage.app.gateway
        said = MessageReceived(text=PHONE, **hasan._common(None))
        engine = create_engine(postgres_url, poolclass=NullPool)
        with engine.begin() as other:
            other.execute(text("LOCK TABLE inbox IN SHARE MODE"))
            accepting = asyncio.create_task(gateway.accept(said))
            pressing = asyncio.create_task(stage.in_room("mehmet", "donanim").presses("Üstlen"))
            seen = [m.kind for _ in range(20) for m in await stage.person("ayse").sees()]
            assert "opened" in seen, "who reads does not wait"
            assert not accepting.done()
            assert not pressing.done()
        assert await accepting
        await pressing
        await gateway.handled(said.key)
        assert "Teknisyene ilet" in (await hasan.last()).buttons
        assert (await stage.ticket(number)).state is State.CLAIMED


# --- 18: what hangs -------------------------------------------------------------------------------------
async def test_fault_18_reading_that_hangs_is_as_good_as_not_understood_and_the_others_are_read(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher_pool, "READING_SECONDS", 0.2)
    released = threading.Event()
    poisoned = Poisoned(shared_desk().knowledge, lambda: bool(released.wait(30)) and None, lambda text: "zehir" in text)
    async with open_stage(tmp_path, "web", desk=_desk_with(poisoned), database_url=database) as stage:
        try:
            ayse, hasan = stage.person("ayse"), stage.person("hasan")
            await ayse.says("yazıcı zehir yazıyor")
            assert "Teknisyene ilet" in (await ayse.last()).buttons, "a person sorts it"
            monkeypatch.setattr(matcher_pool, "READING_SECONDS", 5.0)
            await hasan.says(PHONE)
            assert "Telefon" in (await hasan.last("suggestion")).text, "understood while the other still hangs"
        finally:
            released.set()


async def test_fault_18_a_handler_that_hangs_is_stopped_and_the_others_go_on(tmp_path: Path, database: str) -> None:
    def hang() -> None:
        never = threading.Event()
        while not poisoned.cured:
            never.wait(0.01)

    poisoned = Poisoned(shared_desk().talk, hang, lambda text: "zehir" in text)
    desk = replace(shared_desk(), talk=poisoned)
    async with open_stage(tmp_path, "web", desk=desk, watchdog_seconds=0.5, database_url=database) as stage:
        ayse, hasan, gateway = stage.person("ayse"), stage.person("hasan"), stage.app.gateway
        await ayse.says(PRINTER)
        hangs = MessageReceived(text="yazıcı zehir yazıyor", **ayse._common("web:hangs"))
        await gateway.accept(hangs)
        await hasan.says(PHONE)
        assert "Teknisyene ilet" in (await hasan.last()).buttons
        await _settled(stage, hangs.key)
        (stuck,) = await gateway.read(lambda uow: uow.inbox.stuck())
        assert (stuck.key, stuck.attempts, stuck.error) == ("web:hangs", MAX_ATTEMPTS, "HandlerTimedOut")
        assert (await ayse.last()).kind == "errors/broken"
        assert list(verify(stage.app.store, now=stage.clock.now())) == []


# --- 19: SIGTERM with a hundred waiting ------------------------------------------------------------------
async def test_fault_19_a_hundred_that_wait_when_the_desk_is_told_to_stop_are_handled_once_each(
    tmp_path: Path, database: str
) -> None:
    if database.startswith("sqlite"):
        (tmp_path / "masa.db").write_bytes(empty_database())
    who = ("ayse", "hasan", "mehmet", "zeynep", "ali", "fatma", "kemal", "denetci", "admin", "yeni")
    now = SUNDAY
    with Store.open(database, clock=FakeClock(now)) as store:
        waiting = [_waits(who[place % len(who)], place, now) for place in range(100)]
        store.write(lambda uow: uow.inbox.accept(waiting, now=now, owner=None))
    code = _run_and_stop(tmp_path, database)
    assert code == 0
    keys = [arrival.key for arrival in waiting]
    with Store.open(database, clock=FakeClock()) as store:
        states = store.read(_inbox)
        assert set(states) == set(keys)
        assert set(states.values()) <= {("handled", None), ("waiting", None)}, (
            "what was in hand is finished or given back"
        )

    clock = FakeClock(now + timedelta(minutes=5))
    async with open_stage(tmp_path, "web", clock, fresh=False, database_url=database) as stage:
        await gather(*(stage.app.gateway.handled(key) for key in keys))
        assert not await stage.app.gateway.read(lambda uow: uow.inbox.stuck())
        written = await stage.app.gateway.read(_written)
    assert sorted(key for keys in written.values() for key in keys) == keys
    assert all(in_order == sorted(in_order) for in_order in written.values())


def _waits(handle: str, place: int, now: datetime) -> Arrival:
    account = Account("web", handle)
    address = private_address(account)
    key, said = f"web:{place:03}", f"yazıcı yazdırmıyor {place}"
    event = MessageReceived(key=key, at=now, sender=account, conversation=address, text=said)
    return Arrival(key=key, channel="web", conversation=address, payload=event_codec.dump(event), received_at=now)


def _run_and_stop(folder: Path, database: str) -> int:
    """`masa run`, told to stop as soon as it has begun to handle them; its exit code."""
    own = environment(MASA_DEMO="1", MASA_WEB__PORT="0", MASA_DATABASE_URL=database)
    desk = Forked(["run"], clock=RunningClock(SUNDAY), cwd=folder, env=own, stderr=subprocess.DEVNULL)
    try:
        assert desk.stdout is not None
        assert desk.stdout.readline().startswith("Yardım Masası hazır")
        desk.send_signal(signal.SIGTERM)
        return desk.wait(timeout=20)
    finally:
        desk.kill()
        desk.communicate()


def _inbox(uow: Any) -> dict[str, tuple[str, str | None]]:
    """State and owner of every event."""
    return {row.key: (row.state, row.owner) for row in uow.transaction.execute(select(inbox))}


def _written(uow: Any) -> dict[str, list[str]]:
    """By conversation the keys of what people wrote, in the order in which it stands."""
    found: dict[str, list[str]] = {}
    for row in uow.transaction.execute(select(message).where(message.c.author.is_not(None)).order_by(message.c.id)):
        found.setdefault(row.conversation, []).append(row.event_key)
    return found


# --- 20: the clock ----------------------------------------------------------------------------------------
async def test_fault_20_one_digest_a_day_whatever_the_clock_does(tmp_path: Path, database: str) -> None:
    """17:00 local, an hour back, an hour on, over midnight, and the next day."""
    clock = FakeClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    async with open_stage(tmp_path, "web", clock, database_url=database) as stage:
        await open_ticket(stage)
        room = stage.in_room("mehmet", "donanim")
        clock.set(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
        jumps = [
            timedelta(0),
            timedelta(hours=-1),
            timedelta(hours=1),
            timedelta(minutes=1),
            timedelta(hours=6, minutes=58),
        ]
        for jump in [*jumps, timedelta(minutes=2), timedelta(hours=-1), timedelta(hours=2)]:
            clock.advance(jump)
            await stage.app.ticker.tick()
            assert len([m for m in await room.sees() if m.kind == "digest"]) == 1, clock.now()
        clock.set(datetime(2026, 11, 24, 14, 0, tzinfo=UTC))
        await stage.app.ticker.tick()
        assert len([m for m in await room.sees() if m.kind == "digest"]) == 2


async def test_fault_20_a_clock_that_went_back_loses_no_message_and_no_reminder(tmp_path: Path, database: str) -> None:
    clock = FakeClock()
    async with open_stage(tmp_path, "web", clock, database_url=database) as stage:
        number = await open_ticket(stage)
        clock.advance(hours=-1)
        await stage.person("hasan").says(PHONE)
        assert "Teknisyene ilet" in (await stage.person("hasan").last()).buttons
        await stage.in_room("mehmet", "donanim").presses("Üstlen")
        ticket = await stage.ticket(number)
        assert ticket.state is State.CLAIMED

        def whats(uow: UnitOfWork) -> list[str]:
            return [event.what for event in uow.tickets.history(ticket.id)]

        assert (await stage.app.gateway.read(whats))[0] == "opened", "the history keeps the order of the deeds"


# --- the file is damaged ------------------------------------------------------------------------------------
async def test_what_lies_in_a_damaged_page_is_unavailable_and_no_fault_of_ours(tmp_path: Path) -> None:
    """A browser that asks for it is told to come again later (503); what lies elsewhere is answered."""
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
    damage(tmp_path / "masa.db", "ticket")
    async with open_stage(tmp_path, "web", fresh=False) as stage:
        with pytest.raises(Unavailable, match="malformed"):
            await stage.app.gateway.read(lambda uow: uow.summaries.list())
        assert (await stage.person("ayse").sees())[-1].author is None
