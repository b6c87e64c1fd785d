"""What a message costs on Slack, and a rush of them: `python -m tests.load.bench_slack [--reports 1000]`.

Cost: a signed event in → understood → committed with FULL → its answer posted to a Web API on loopback, against a bare
Bolt app that checks the signature and says one line to the same API over one shared session. Rush: 50 reports a
second, each of another person, to a real `masa run`, each waited for until Slack would have its answer (8 a second).
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import uvloop
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.types import Message

from bot.app import App, build
from bot.channels.registry import Platform
from bot.channels.slack.channel import EVENTS_PATH, Slack
from bot.channels.slack.inbound import to_event
from bot.channels.slack.outbound import SlackSender
from bot.channels.slack.settings import SlackSection, SlackSettings
from bot.clock import SystemClock
from bot.monitoring import logs
from handlers.channel_port import ChannelContext
from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import Account, Person
from handlers.ports import Conversation, UnitOfWork
from tests.bot.unhurried import Unhurried
from tests.load.figures import Sheet, percentiles
from tests.load.installation import MASA
from tests.load.processes import cpu_seconds, peak_mb
from tests.load.slack_api import answering
from tests.scenarios.stage import settings_for, shared_desk

TEXTS = (
    "slm yazici cikti vermiyo, 3. kat tahakkuk servisi",
    "bilgisayarım çok yavaş, açılması yarım saat sürüyor",
    "internet yok odada kırmızı çarpı var",
    "EBYS'ye giremiyorum, parola hatalı diyor",
    "telefonun ahizesinden ses gelmiyor",
)
SECRET = "s1gn1ng"
AT_ONCE = 16
WARM, COUNTED = 300, 2000
"""Messages before the measurement and in it."""
RUSH_A_SECOND = 50.0

Cost = tuple[float, Mapping[str, float]]
"""CPU of the whole process in ms a message, and how it is shared among its threads."""


# --- what comes in ------------------------------------------------------------------------------
def event(number: int) -> str:
    """Each of another person, as Slack writes it."""
    user, stamp = f"U{number:07d}", f"1{number:09d}.000100"
    said = {
        "type": "message",
        "user": user,
        "channel": f"D{number:07d}",
        "channel_type": "im",
        "text": TEXTS[number % len(TEXTS)],
        "ts": stamp,
        "event_ts": stamp,
        "team": "T0HOUSE",
    }
    authorizations = [{"team_id": "T0HOUSE", "user_id": "U0MASA", "is_bot": True}]
    told = {"type": "event_callback", "team_id": "T0HOUSE", "api_app_id": "A0MASA", "event_id": f"Ev{number:010d}"}
    return json.dumps({**told, "event_time": 1, "authorizations": authorizations, "event": said})


def signed(body: str) -> dict[str, str]:
    stamp = str(int(SystemClock().now().timestamp()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }


# --- what one costs -----------------------------------------------------------------------------
async def _cost(send: Callable[[int], Awaitable[None]], answered: Callable[[int], Awaitable[None]]) -> Cost:
    await _many(send, range(WARM))
    await answered(WARM)
    began, threads = time.process_time(), _threads()
    await _many(send, range(WARM, WARM + COUNTED))
    await answered(WARM + COUNTED)
    shares = _threads()
    shares.subtract(threads)
    spent = (time.process_time() - began) / COUNTED * 1000
    return spent, {name: seconds / COUNTED * 1000 for name, seconds in shares.items()}


async def _many(send: Callable[[int], Awaitable[None]], numbers: range) -> None:
    waiting = iter(numbers)

    async def some() -> None:
        for number in waiting:
            await send(number)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


def _threads() -> Counter[str]:
    """CPU seconds by kind of thread."""
    found: Counter[str] = Counter()
    for thread in threading.enumerate():
        if thread.ident is not None:
            found[thread.name.rstrip("-_0123456789")] += time.clock_gettime(time.pthread_getcpuclockid(thread.ident))  # type: ignore[assignment] # a Counter of floats
    return found


def bare(base_url: str, *, replies: bool) -> Cost:
    return uvloop.run(_bare(base_url, replies=replies))


async def _bare(base_url: str, *, replies: bool) -> Cost:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token="xoxb-house", base_url=f"{base_url}/", session=session)
        app = AsyncApp(signing_secret=SECRET, client=client)
        done = asyncio.Semaphore(0)

        @app.event("message")
        async def heard(say: AsyncSay) -> None:
            if replies:
                await say("Merhaba")
            done.release()

        async def send(number: int) -> None:
            body = event(number)
            answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers=dict(signed(body))))
            assert answer.status == 200
            await done.acquire()

        async def answered(_count: int) -> None:
            return

        return await _cost(send, answered)


def ours(base_url: str) -> Cost:
    logs.configure()
    with tempfile.TemporaryDirectory() as folder:
        return uvloop.run(_ours(base_url, Path(folder)))


async def _ours(base_url: str, folder: Path) -> Cost:
    section = SlackSection(bot_token="xoxb-house", signing_secret=SECRET, base_url=base_url, content="full")
    own = SlackSettings(own=section, context=ChannelContext(zone=ZoneInfo("Europe/Istanbul")))
    platform = Platform(translate=to_event, open=lambda gateway: Unhurried(Slack(gateway, own)))
    app = build(settings_for(folder), clock=SystemClock(), desk=shared_desk(), platforms={"slack": platform})
    app.store.write(lambda uow: known_people(uow, WARM + COUNTED))
    await app.start()
    slack = app.channels["slack"]
    assert isinstance(slack, Unhurried)
    while not slack.health()["ok"]:
        await asyncio.sleep(0.01)
    page = Starlette(routes=list(slack.routes))

    async def send(number: int) -> None:
        assert await _posted_to(page, event(number)) == 200

    async def answered(count: int) -> None:
        while len(slack.sender.deliveries) < count or await _waiting(app):
            await asyncio.sleep(0.01)

    try:
        return await _cost(send, answered)
    finally:
        await app.stop()


async def _posted_to(page: Starlette, body: str) -> int:
    """The status; over ASGI, so that only the socket is left out."""
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: Message) -> None:
        if "status" in message:
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "POST",
        "path": EVENTS_PATH,
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in signed(body).items()],
    }
    await page(scope, receive, send)
    return statuses[0]


async def _waiting(app: App) -> int:
    now = app.gateway.now()
    return await app.gateway.read(lambda uow: uow.inbox.backlog(now).waiting + uow.outbox.backlog(now).waiting)


def known_people(uow: UnitOfWork, count: int) -> None:
    for number in range(count):
        user, handle = f"U{number:07d}", f"kisi{number}"
        person = uow.people.add(
            Person(
                handle=handle, name=f"Kişi {number}", department="Ölçüm", verified=True, notice_version=NOTICE.version
            )
        )
        uow.people.link(Account("slack", user), person.id, f"slack:p:{user}")
        uow.conversations.ensure(Conversation(address=f"slack:p:{user}", channel="slack", person=person.id))


def costs(base_url: str) -> None:
    """Each in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        checked, _ = fresh.submit(bare, base_url, replies=False).result()
        replied, _ = fresh.submit(bare, base_url, replies=True).result()
        whole, shares = fresh.submit(ours, base_url).result()
    sheet = Sheet(
        bench="bench_slack",
        name="cost",
        title="Slack: CPU a message",
        columns=("", "ms", "times bare with a reply"),
        note=(
            f"{COUNTED} messages of as many people, {AT_ONCE} at once, one process, uvloop, database with FULL."
            " Target: at most 4 times bare. Understanding a text alone takes about as much."
        ),
    )
    sheet.add("bare Bolt, signed dispatch, no reply", checked, checked / replied)
    sheet.add("bare Bolt, signed dispatch, one reply", replied, 1.0)
    sheet.add("the desk, signed event to posted answer", whole, whole / replied)
    for thread, says in (
        ("MainThread", "… signature, Bolt, relay, Web API"),
        ("match", "… understanding the text"),
        ("store-writer", "… the transactions"),
        ("read", "… reading who somebody is"),
    ):
        sheet.add(says, shares.get(thread, 0.0), shares.get(thread, 0.0) / replied)
    sheet.publish()


# --- the rush -----------------------------------------------------------------------------------
@contextmanager
def desk(folder: Path, base_url: str, people: int) -> Iterator[tuple[int, str]]:
    """Process id and address of a `masa run` that knows so many people."""
    settings = settings_for(folder)
    app = build(settings, clock=SystemClock(), desk=shared_desk(), platforms={})
    app.store.write(lambda uow: known_people(uow, people))
    app.close()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MASA_")},
        "MASA_DATABASE_URL": settings.database_url,
        "MASA_DATA_DIR": str(settings.data_dir),
        "MASA_WEB__PORT": "0",
        "MASA_SLACK__BOT_TOKEN": "xoxb-house",
        "MASA_SLACK__CONTENT": "full",
        "MASA_SLACK__SIGNING_SECRET": SECRET,
        "MASA_SLACK__BASE_URL": base_url,
    }
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [MASA, "run"], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            yield process.pid, process.stdout.readline().partition(": ")[2].strip()
        finally:
            process.terminate()


async def _rush(url: str, base_url: str, reports: int) -> tuple[list[float], int, float]:
    """Acknowledgements in ms, how many were refused, and seconds to the last answer."""
    loop = asyncio.get_running_loop()
    acknowledged: list[float] = []
    refused = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:

        async def write(number: int, due: float) -> None:
            nonlocal refused
            await asyncio.sleep(due - loop.time())
            body = event(number)
            began = time.perf_counter()
            async with session.post(f"{url}{EVENTS_PATH}", data=body, headers=signed(body)) as answer:
                if answer.status == 200:
                    acknowledged.append((time.perf_counter() - began) * 1000)
                else:
                    refused += 1

        async def posted() -> int:
            async with session.get(f"{base_url}/count") as answer:
                return int((await answer.json())["posted"])

        while (await session.get(f"{url}/healthz")).status != 200:
            await asyncio.sleep(0.1)
        before = await posted()
        began = loop.time()
        async with asyncio.TaskGroup() as writing:
            for number in range(reports):
                writing.create_task(write(number, began + number / RUSH_A_SECOND))
        while await posted() - before < reports:
            await asyncio.sleep(0.2)
        return acknowledged, refused, loop.time() - began


def rush(base_url: str, reports: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with desk(folder, base_url, reports) as (pid, url):
            spent = cpu_seconds(pid)
            acknowledged, refused, took = uvloop.run(_rush(url, base_url, reports))
            spent = cpu_seconds(pid) - spent
            memory = peak_mb(pid)
        with closing(sqlite3.connect(folder / "masa.db")) as connection:
            (stored,) = connection.execute("SELECT count(*) FROM inbox WHERE key LIKE 'slack:T0HOUSE:Ev%'").fetchone()
    sheet = Sheet(
        bench="bench_slack",
        name="rush",
        title=f"Slack: {reports} reports, {RUSH_A_SECOND:.0f} a second, each of another person, signed, to `masa run`",
        columns=(
            "sent", "acknowledged", "refused", "stored", "ack p50 ms", "p95", "p99",
            "all answered after s", "the pace allows s", "CPU ms each", "peak MB",
        ),
        note="Target: all stored, acknowledged within 100 ms (p99), answered as fast as the platform's limits allow.",
    )  # fmt: skip
    floor = reports / SlackSender.rate_limit.per_second
    sheet.add(
        reports, len(acknowledged), refused, stored, *percentiles(acknowledged, 50, 95, 99), took, floor,
        spent / reports * 1000, memory,
    )  # fmt: skip
    sheet.publish()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000, help="in the rush; 0: none")
    options = parser.parse_args()
    with answering() as base_url:
        costs(base_url)
        if options.reports:
            rush(base_url, options.reports)


if __name__ == "__main__":
    main()
