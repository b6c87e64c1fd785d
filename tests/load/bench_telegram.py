"""Telegram: what a message costs beside the library's own dispatch, and 3,000 reports within a minute.

A real `masa run` polls a Bot API on loopback: JSON in, matched, committed with FULL, answered at the platform's pace.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, func, insert, select
from sqlalchemy.pool import NullPool

os.environ.setdefault("PTB_TIMEDELTA", "true")  # as the channel has it

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest

from bot.clock import SystemClock
from handlers.domain.notice import DEFAULT as NOTICE
from storage.tables import account, conversation, message, person
from tests.load.figures import ROOT, Sheet, percentiles
from tests.load.installation import MASA, SQLITE, database
from tests.load.processes import cpu_seconds
from tests.load.telegram_api import BOT, FIRST_PERSON, TEXTS, TOKEN, Platform, update
from tests.ports import free_port

ANSWER = "Anladığım: Yazıcı yazdırmıyor\n1. Yazıcının ekranında Hazır yazdığına bakın …\n2. Kabloyu çıkarıp takın …"
OFTEN_ENOUGH = 2_000
API = [sys.executable, "-m", "tests.load.telegram_api"]


# --- the library alone ---
class Stub(BaseRequest):
    """Answers at once, without a network."""

    read_timeout = 5.0

    async def initialize(self) -> None:
        """Nothing is held."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    async def do_request(self, url: str, *_: object, **__: object) -> tuple[int, bytes]:
        result = BOT if url.endswith("getMe") else Platform.posted(FIRST_PERSON)
        return 200, json.dumps({"ok": True, "result": result}).encode()


async def library(base_url: str, count: int, request: BaseRequest | None = None) -> float:
    """CPU milliseconds of `process_update` with one reply."""
    builder = Application.builder().token(TOKEN).base_url(f"{base_url}/bot").updater(None)
    application = (builder if request is None else builder.request(request)).build()

    async def reply(incoming: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert incoming.message is not None
        await incoming.message.reply_text(ANSWER)

    application.add_handler(MessageHandler(filters.TEXT, reply))
    await application.initialize()
    raw = [json.dumps(update(n, FIRST_PERSON + n, TEXTS[n % len(TEXTS)])) for n in range(count)]
    began = time.process_time()
    for one in raw:
        await application.process_update(Update.de_json(json.loads(one), application.bot))
    spent = time.process_time() - began
    await application.shutdown()
    return spent / count * 1000


# --- the desk ---
def known_people(url: str, count: int) -> None:
    """Who wrote to the bot before: the notice read, nothing to ask them."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(insert(person), [_person(f"t{number}") for number in range(count)])
        found = connection.execute(select(person.c.handle, person.c.id).where(person.c.handle.like("t%")))
        ids = {row.handle: row.id for row in found}
        users = [(str(FIRST_PERSON + number), ids[f"t{number}"]) for number in range(count)]
        connection.execute(
            insert(conversation),
            [
                {"address": f"telegram:p:{user}", "channel": "telegram", "person": own, "is_room": False}
                | {"blocked": False, "active_at": SystemClock().now()}
                for user, own in users
            ],
        )
        connection.execute(
            insert(account),
            [
                {"channel": "telegram", "name": user, "person": own, "conversation": f"telegram:p:{user}"}
                for user, own in users
            ],
        )
    engine.dispose()


def _person(handle: str) -> dict[str, object]:
    known = {"handle": handle, "name": f"Kişi {handle[1:]}", "role": "requester", "department": "Ölçüm", "room": "1"}
    keys = {"phone_key": "", "email_key": "", "staff_no": "", "search": handle}
    return known | keys | {"verified": True, "notice_version": NOTICE.version}


def kept(url: str) -> int:
    """Reports in the timeline."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        own = connection.execute(select(func.count()).select_from(message).where(message.c.author.is_not(None)))
        return int(own.scalar_one())


@contextmanager
def started(command: list[str], **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Ready once it said its first line."""
    own = {"PATH": os.environ["PATH"], **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def ask(base_url: str, path: str) -> Any:
    with urllib.request.urlopen(f"{base_url}/{path}") as page:
        return json.load(page)["result"]


def reports(base_url: str, desk: subprocess.Popen[str], people: int, seconds: float) -> tuple[dict[str, Any], float]:
    """What the platform saw, and the desk's CPU milliseconds a message from the first one to the last answer."""
    first_line(desk)
    time.sleep(2)  # the first poll, the menus
    before = cpu_seconds(desk.pid)
    ask(base_url, f"say?people={people}&seconds={seconds}")
    while len((found := ask(base_url, "report"))["answered"]) < people:
        if desk.poll() is not None:
            raise RuntimeError("the desk ended")
        time.sleep(0.2)
    return found, (cpu_seconds(desk.pid) - before) / people * 1000


def at_once(people: int) -> float:
    """CPU milliseconds a message where all of them wait already, and answers go out as fast as the desk makes them."""
    with started(API) as api, database(SQLITE) as (data, folder):
        base_url = f"http://127.0.0.1:{int(first_line(api))}"
        known_people(data.url, people)
        with started([sys.executable, "-m", "tests.load.telegram_desk", data.url, str(folder), base_url]) as desk:
            return reports(base_url, desk, people, 0)[1]


def within(people: int, seconds: float) -> tuple[dict[str, Any], float, int]:
    """The same of a real `masa run` that keeps the platform's pace, with people who write one by one; how many reports
    are in its database."""
    with started(API) as api, database(SQLITE) as (data, folder):
        base_url = f"http://127.0.0.1:{int(first_line(api))}"
        known_people(data.url, people)
        settings = {
            "MASA_DATABASE_URL": data.url,
            "MASA_DATA_DIR": str(folder / "files"),
            "MASA_WEB__PORT": str(free_port()),
            "MASA_TELEGRAM__TOKEN": TOKEN,
            "MASA_TELEGRAM__CONTENT": "full",
            "MASA_TELEGRAM__BASE_URL": base_url,
        }
        with started([str(MASA), "run"], **settings) as desk:
            found, spent = reports(base_url, desk, people, seconds)
        return found, spent, kept(data.url)


def dispatched() -> tuple[float, float]:
    with started(API) as api:
        base_url = f"http://127.0.0.1:{int(first_line(api))}"
        return asyncio.run(library(base_url, OFTEN_ENOUGH)), asyncio.run(library(base_url, OFTEN_ENOUGH, Stub()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=3_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    alone, stubbed = dispatched()
    together = at_once(OFTEN_ENOUGH)
    found, spent, stored = within(options.reports, options.seconds)
    costs = Sheet(
        bench="bench_telegram",
        name="cost",
        title="CPU a message, Telegram JSON in to the answer out",
        columns=("", "ms", "× the library", "× without a network"),
        note="The library: process_update with one reply, from memory. The desk: polled, matched, two commits with "
        "FULL, answered; idle work included. Target: 4 times the library.",
    )
    costs.add("python-telegram-bot", alone, 1.0, None)
    costs.add("the same, its reply answered without a network", stubbed, None, 1.0)
    costs.add("the desk, all at once", together, together / alone, together / stubbed)
    costs.add("the desk, one by one at the platform's pace", spent, spent / alone, spent / stubbed)
    costs.publish()
    confirmed, answered = ([value * 1000 for value in found[name]] for name in ("confirmed", "answered"))
    burst = Sheet(
        bench="bench_telegram",
        name="burst",
        title=f"{options.reports:,} reports of as many people in {options.seconds:.0f} s, by polling",
        columns=("", "n", "p50", "p95", "p99"),
        note="Acknowledged: the platform was told that it is stored. Targets: all stored, 100 ms (p99), 30 answers a "
        "second, which is what the platform takes.",
    )
    burst.add("stored", stored, None, None, None)
    burst.add("acknowledged, ms", len(confirmed), *percentiles(confirmed, 50, 95, 99))
    burst.add("answered, ms", len(answered), *percentiles(answered, 50, 95, 99))
    burst.add("answers a second", len(answered) / found["answering_seconds"], None, None, None)
    burst.add("most in one poll", found["most_in_a_poll"], None, None, None)
    burst.publish()


if __name__ == "__main__":
    main()
