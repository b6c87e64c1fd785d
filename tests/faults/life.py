"""The life of a ticket, played from outside by a browser and an account in Telegram, with a desk that may die."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from handlers.ports import UnitOfWork
from storage import Store
from tests.bot.channels.telegram.stage import GROUPS
from tests.faults.checker import Witness, breaches
from tests.faults.crash_points import CrashPoint
from tests.faults.desks import Desks, Spawner
from tests.faults.installation import Installation, populate, user_of
from tests.faults.messenger import Messenger
from tests.faults.people import Browser, Ledger, Person, Shown, TelegramUser, confirm_telegram
from tests.ports import free_port

PATIENCE = 90.0
LOOK = 0.02
Seen = Callable[[Shown], bool]


def _shows(*buttons: str) -> Seen:
    return lambda shown: all(any(label.startswith(button) for label in shown.buttons) for button in buttons)


def _reads(words: str) -> Seen:
    return lambda shown: shown.by_desk and words in shown.text


@dataclass(frozen=True, slots=True)
class Step:
    who: str
    does: str
    """`says` or `presses`."""
    what: str
    until: Seen
    """What they see once it had its effect, and did not see before."""


LIFE: tuple[Step, ...] = (
    Step("clerk", "says", "slm yazici cikti vermiyo, kuyrukta bekliyor", _shows("Teknisyene ilet")),
    Step("clerk", "presses", "Teknisyene ilet", _reads("Kaydınız açıldı")),
    Step("technician", "presses", "Üstlen", _shows("Tamamladım", "Beklet")),
    Step("technician", "presses", "Beklet", _shows("Malzeme")),
    Step("technician", "presses", "Malzeme", _shows("Devam et")),
    Step("technician", "presses", "Devam et", _shows("Tamamladım", "Beklet")),
    Step("technician", "presses", "Tamamladım", _shows("Uzaktan çözüldü")),
    Step("technician", "presses", "Uzaktan çözüldü", _reads("Uzaktan çözüldü")),
    Step("clerk", "presses", "Evet, çalışıyor", _reads("kapandı")),
)
HISTORY = ["opened", "claimed", "waiting", "resumed", "resolved", "confirmed"]


@dataclass(slots=True)
class Lived:
    """How a life ended."""

    died: bool
    """Whether the desk came to the point where it kills itself."""
    wrong: list[str] = field(default_factory=list)


@asynccontextmanager
async def standing(
    installation: Installation, spawner: Spawner, **desks: object
) -> AsyncIterator[tuple[Desks, Messenger]]:
    """A desk that is not started yet, and its platform."""
    async with Messenger().running() as api:
        populate(api)
        ports = [free_port() for _ in range(int(str(desks.pop("webs", 1))))]
        yield (
            Desks(spawner, installation.folder, installation.environment(api), installation.clock, ports, **desks),
            api,
        )  # type: ignore[arg-type] # as given


async def live(installation: Installation, spawner: Spawner, point: CrashPoint | None, lease_seconds: float) -> Lived:
    """Play LIFE with a desk that dies at `point` and is started again; what is wrong in the end."""
    async with standing(installation, spawner, lease_seconds=lease_seconds) as (desks, api):
        ledger = Ledger()
        address = f"http://127.0.0.1:{desks.ports[0]}"
        clerk = Browser("ayse", [address], ledger)
        cast: dict[str, Person] = {
            "clerk": clerk,
            "technician": TelegramUser("mehmet", api, user_of("mehmet"), ledger, GROUPS["donanim"]),
        }
        await desks.start(point)
        try:
            with Store.open(installation.url, clock=installation.clock) as store:
                async with desks.kept_alive():
                    for step in LIFE:
                        await _play(cast[step.who], step)
                    await quiet(store, api, ledger)
                if -9 in await desks.stop():  # it came to its point only now
                    desks.deaths.append(api.clock())
                    await desks.start()
                    await until_answers(clerk)
                    await desks.stop()
                wrong = breaches(store, Witness(ledger=ledger, api=api, deaths=desks.deaths, killed=desks.killed))
                return Lived(bool(desks.deaths), wrong + store.read(_unlike))
        finally:
            await clerk.close()


async def _play(person: Person, step: Step) -> None:
    async with asyncio.timeout(PATIENCE):
        if step.does == "says":
            await person.says(step.what)
        else:
            shown, button = await _button(person, step.what)
            await person.presses(button, shown)
        while not any(map(step.until, await person.sees())):
            await asyncio.sleep(LOOK)


async def _button(person: Person, label: str) -> tuple[Shown, str]:
    while True:
        for shown in reversed(await person.sees()):
            for button in shown.buttons:
                if button.startswith(label):
                    return shown, button
        await asyncio.sleep(LOOK)


async def until_answers(browser: Browser) -> None:
    await browser.sees()


async def quiet(store: Store, api: Messenger, ledger: Ledger, within: float = PATIENCE) -> None:
    """Every update confirmed, every event handled, every delivery out or given up."""

    def busy(uow: UnitOfWork) -> int:
        now = uow.transaction.now()  # type: ignore[attr-defined] # the storage's own unit of work
        return uow.inbox.backlog(now).waiting + uow.outbox.backlog(now).waiting

    async with asyncio.timeout(within):
        while api.updates or await asyncio.to_thread(store.read, busy):
            await asyncio.sleep(LOOK)
    confirm_telegram(api, ledger)


def _unlike(uow: UnitOfWork) -> list[str]:
    """What differs from the life as it was meant."""
    tickets = uow.summaries.list()
    if [t.number[5:] for t in tickets] != ["000001"]:
        return [f"tickets: {[t.number for t in tickets]}"]
    found = [str(event.what) for event in uow.tickets.history(tickets[0].id)]
    return [] if found == HISTORY else [f"history: {found}"]
