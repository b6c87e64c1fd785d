"""After a day off: `python -m tests.load.bench_backlog [--events 5000] [--messages 10000]`.

A day's events that nobody worked on, cleared in how long; and a restart with 10,000 messages to Telegram (on loopback)
waiting to be sent: how long until the first and the last is out, with the platform's pace and without.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import create_engine, insert, literal_column, select
from sqlalchemy.pool import NullPool

from bot.clock import SystemClock
from handlers.channel_port import RateLimit
from storage.tables import conversation, message, outbox
from tests.load import backlog
from tests.load.figures import ROOT, Sheet, wide_console
from tests.load.installation import ON_POSTGRES, SQLITE, Setup, database, end_tidily

CHATS = 2_000
KEPT_FOR = 20.0
"""Seconds that the platform's own pace is watched."""
PACE = RateLimit()
POSTGRES = Setup(name="PostgreSQL")


def events(number: int) -> Sheet:
    sheet = Sheet(
        bench="bench_backlog",
        name="events",
        title=f"{number:,} events that waited, cleared",
        columns=("", "first handled after s", "all handled after s", "events/s", "machine busy %"),
        note=(
            "As many as a municipality of some 5,000 staff writes in 24 hours (assumed: one message a person). From "
            "the start of the processes, their own start (about 1 s of CPU each) included."
        ),
    )
    for setup in (SQLITE, ON_POSTGRES[0], ON_POSTGRES[1]):
        alone = setup if not setup.workers else Setup(name=setup.name, webs=0, workers=setup.workers)
        found = backlog.work_off(alone, number)
        sheet.add(setup.name, found.until_first, found.until_last, found.rate, found.busy)
    return sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    until_first: float
    """Seconds from the start of the process."""
    until_last: float
    number: int
    rate: float
    """A second, after the first second of sending."""


def restart(setup: Setup, waiting: int, *, unhurried: bool) -> Sent:
    with database(setup) as (data, folder), _telegram() as base_url:
        _queue(data.url, waiting)
        began, started = SystemClock().now(), time.monotonic()
        command = [sys.executable, "-m", "tests.load.telegram_desk", data.url, str(folder / "files"), base_url]
        with (folder / "log").open("w") as log:
            desk = subprocess.Popen(
                [*command, *([] if unhurried else ["paced"])], cwd=ROOT, stdout=subprocess.PIPE, stderr=log
            )
        try:
            delivered = _delivered(data.url)
            while len(delivered) < waiting and (unhurried or time.monotonic() - started < KEPT_FOR):
                if desk.poll() is not None:
                    raise RuntimeError((folder / "log").read_text()[-2000:])
                time.sleep(0.5)
                delivered = _delivered(data.url)
        finally:
            desk.terminate()
            desk.wait(30)
    steady = [at for at in delivered if (at - delivered[0]).total_seconds() >= 1]
    return Sent(
        until_first=(delivered[0] - began).total_seconds(),
        until_last=(delivered[-1] - began).total_seconds(),
        number=len(delivered),
        rate=(len(steady) - 1) / (steady[-1] - steady[0]).total_seconds(),
    )


@contextmanager
def _telegram() -> Iterator[str]:
    """A Bot API that answers at once, in a process of its own."""
    api = subprocess.Popen(
        [sys.executable, "-m", "tests.load.telegram_api"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert api.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(api.stdout.readline())}"
    finally:
        api.terminate()
        api.wait(30)
        api.stdout.close()


def _queue(url: str, waiting: int) -> None:
    """To so many private chats, in turn; as a desk leaves them that was stopped."""
    now = SystemClock().now()
    places = [f"telegram:p:{100_000 + number}" for number in range(CHATS)]
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(
            insert(conversation),
            [
                {
                    "address": place,
                    "channel": "telegram",
                    "is_room": False,
                    "blocked": False,
                    "last_seq": waiting // CHATS,
                }
                for place in places
            ],
        )
        said = [
            {
                "conversation": places[number % CHATS],
                "seq": number // CHATS + 1,
                "first_seq": number // CHATS + 1,
                "at": now,
                "text": f"Kaydınız açıldı: 2026-{number:06d}. Gelişmeleri buradan yazacağım.",
                "files": [],
                "kind": "opened",
                "rings": True,
                "event_key": "",
                "deleted": False,
            }
            for number in range(waiting)
        ]
        connection.execute(insert(message), said)
        rows = connection.execute(select(message.c.id, message.c.conversation).order_by(message.c.id)).all()
        due = {"channel": "telegram", "created_at": now, "state": "due", "due_at": now, "attempts": 0}
        connection.execute(
            insert(outbox), [{"conversation": row.conversation, "message": row.id, **due} for row in rows]
        )
    engine.dispose()


def _delivered(url: str) -> Sequence[datetime]:
    """When each went out, in order."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        gone = outbox.c.state == literal_column("'delivered'")
        return connection.execute(select(outbox.c.due_at).where(gone).order_by(outbox.c.due_at)).scalars().all()


def messages(number: int) -> Sheet:
    sheet = Sheet(
        bench="bench_backlog",
        name="outbox",
        title=f"A restart with {number:,} messages to Telegram waiting",
        columns=("", "first out after s", "last out after s", "messages/s", "the platform's floor s"),
        note=(
            f"To {CHATS:,} chats. With the platform's pace ({PACE.per_second} a second) {KEPT_FOR:.0f} s of it are "
            "watched, and the last is reckoned from its rate. The floor is what the pace alone takes."
        ),
    )
    floor = number / PACE.per_second
    for setup in (SQLITE, POSTGRES):
        free = restart(setup, number, unhurried=True)
        sheet.add(f"{setup.name}, pace lifted", free.until_first, free.until_last, free.rate, None)
        paced = restart(setup, number, unhurried=False)
        sheet.add(
            f"{setup.name}, pace kept", paced.until_first, paced.until_first + number / paced.rate, paced.rate, floor
        )
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5_000)
    parser.add_argument("--messages", type=int, default=10_000)
    options = parser.parse_args()
    end_tidily()
    console = wide_console()
    events(options.events).publish(console)
    messages(options.messages).publish(console)


if __name__ == "__main__":
    main()
