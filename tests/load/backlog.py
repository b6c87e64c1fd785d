"""Events that were stored while nothing was alive, and how fast they are worked off."""

from __future__ import annotations

import os
import time
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import create_engine, func, insert, literal_column, select
from sqlalchemy.pool import NullPool

from bot.clock import SystemClock
from bot.runtime import event_codec
from handlers.domain.people import Account
from handlers.events import MessageReceived
from storage.tables import inbox
from tests.load import audience
from tests.load.installation import Setup, database, processes
from tests.load.processes import PROC, cpu_seconds, family

TEXTS = (
    "slm yazici cikti vermiyo, 3. kat tahakkuk servisi",
    "bilgisayarım çok yavaş, açılması yarım saat sürüyor",
    "internet yok odada kırmızı çarpı var",
    "EBYS'ye giremiyorum, parola hatalı diyor",
    "telefonun ahizesinden ses gelmiyor",
)
PATIENCE = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOff:
    rate: float
    """Events a second between the first and the last tenth."""
    until_first: float
    """Seconds from the start of the processes to the first that was handled."""
    until_last: float
    desk_cpu: float
    postgres_cpu: float
    busy: float
    """How much of the machine was in use, in per cent."""


def work_off(setup: Setup, events: int) -> WorkedOff:
    """One report each of so many people, stored before any process of the desk runs."""
    with database(setup) as (data, folder):
        audience.add(data.url, events)
        store(data.url, events)
        postmaster = family(data.postmaster) if data.postmaster else []
        postgres = sum(map(cpu_seconds, postmaster))
        began, wall, busy = SystemClock().now(), time.perf_counter(), machine_busy()
        with processes(setup, data.url, folder) as running:
            wait_until_handled(data.url)
            share = (machine_busy() - busy) / (time.perf_counter() - wall) / (os.cpu_count() or 1)
            desk = sum(cpu_seconds(process.pid) for process in running)
            if data.postmaster:
                postgres = sum(map(cpu_seconds, family(data.postmaster))) - postgres
        at = handled_at(data.url)
    first, last = at[len(at) // 10], at[len(at) * 9 // 10]
    return WorkedOff(
        rate=len(at) * 0.8 / (last - first).total_seconds(),
        until_first=(at[0] - began).total_seconds(),
        until_last=(at[-1] - began).total_seconds(),
        desk_cpu=desk,
        postgres_cpu=postgres,
        busy=share * 100,
    )


def store(url: str, events: int) -> None:
    """As the web channel would have, each from a person of their own."""
    now = SystemClock().now()
    rows = []
    for number in range(events):
        handle = f"kisi{number}"
        place = f"web:p:{handle}"
        key = f"web:{uuid.uuid4()}"
        event = MessageReceived(
            key=key,
            at=now,
            sender=Account("web", handle),
            sender_name=f"Kişi {number}",
            conversation=place,
            text=TEXTS[number % len(TEXTS)],
        )
        rows.append(
            {
                "key": key,
                "channel": "web",
                "conversation": place,
                "payload": event_codec.dump(event),
                "received_at": now,
                "state": "waiting",
                "due_at": now,
                "attempts": 0,
            }
        )
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(insert(inbox), rows)


def wait_until_handled(url: str) -> None:
    """Raises TimeoutError."""
    left = select(func.count()).select_from(inbox).where(inbox.c.state == literal_column("'waiting'"))
    engine = create_engine(url, poolclass=NullPool)
    give_up = time.monotonic() + PATIENCE
    with engine.connect() as connection:
        while connection.execute(left).scalar_one():
            connection.rollback()
            if time.monotonic() > give_up:
                raise TimeoutError(f"events wait after {PATIENCE:.0f} s")
            time.sleep(0.2)


def handled_at(url: str) -> list[datetime]:
    """In order. Raises ValueError where an event was set aside."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        rows = connection.execute(select(inbox.c.state, inbox.c.due_at).order_by(inbox.c.due_at)).all()
    if aside := [row.state for row in rows if row.state != "handled"]:
        raise ValueError(f"{len(aside)} events were not handled: {sorted(set(aside))}")
    return [row.due_at for row in rows]


def machine_busy() -> float:
    """Seconds that all processors together have worked since the start of the machine."""
    user, nice, system, _idle, _wait, hard, soft = map(int, (PROC / "stat").read_text().split()[1:8])
    return (user + nice + system + hard + soft) / os.sysconf("SC_CLK_TCK")
