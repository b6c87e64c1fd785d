"""The checker sees what is wrong: a sound desk and its platform are broken in each way, and each is found."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from storage import Store
from storage.tables import button, inbox, lease, message, outbox, ticket, ticket_event
from tests.bot.channels.telegram.stage import GROUPS, USERS, open_telegram
from tests.clock import START, FakeClock
from tests.faults.checker import Witness, at_platform, breaches
from tests.faults.messenger import Messenger
from tests.faults.people import Ledger, Said
from tests.scenarios.test_life_of_a_ticket import open_ticket
from tests.servers.telegram import BOT

GROUP = GROUPS["donanim"]


@dataclass(frozen=True, slots=True)
class Played:
    folder: Path
    witness: Witness
    api: Messenger


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    """Two tickets in Telegram, one of them claimed; everything that was said is acknowledged."""
    folder = Path(tempfile.mkdtemp(prefix="masa-checker-"))
    api = asyncio.run(_play(folder))
    with Store.open(f"sqlite:///{folder / 'masa.db'}", clock=FakeClock()) as store:
        ledger = Ledger(acknowledged=store.read(_everything_said))
    yield Played(folder, Witness(ledger=ledger, markers=("kod1", "kod2"), api=api), api)
    shutil.rmtree(folder)


async def _play(folder: Path) -> Messenger:
    api = Messenger()
    async with api.running(), open_telegram(folder, clock=FakeClock(), api=api) as stage:
        await open_ticket(stage, "ayse", "yazıcı çıktı vermiyor kod1")
        await open_ticket(stage, "hasan", "yazıcı yazdırmıyor kod2")
        await stage.in_room("mehmet", "donanim").presses("Üstlen")
    return api


def _everything_said(uow: Any) -> list[Said]:
    rows = uow.transaction.execute(
        select(inbox.c.key, message.c.text).outerjoin(message, message.c.event_key == inbox.c.key)
    )
    said = {row.key: Said(row.key, row.text or "") for row in rows}
    tokens = uow.transaction.execute(select(button.c.token).where(button.c.action.startswith("open:"))).scalars()
    presses = [replace(one, token=token) for one, token in zip(said.values(), tokens, strict=False)]
    return [*said.values(), *presses]


def checked(played: Played, folder: Path, harm: Callable[[Any], Any] | None = None, **witness: Any) -> list[str]:
    """The breaches of a copy after that harm."""
    shutil.copy(played.folder / "masa.db", folder / "masa.db")
    with Store.open(f"sqlite:///{folder / 'masa.db'}", clock=FakeClock()) as store:
        if harm is not None:
            store.write(lambda uow: harm(uow.transaction.execute))
        return breaches(store, replace(played.witness, **witness))


def test_a_sound_desk_has_no_breach(played: Played, tmp_path: Path) -> None:
    assert checked(played, tmp_path) == []


HARMS: dict[str, Callable[[Any], Any]] = {
    "and is not stored": lambda run: run(
        text("DELETE FROM inbox WHERE id = (SELECT max(id) FROM inbox WHERE state = 'handled')")
    ),
    "acknowledged and is waiting": lambda run: run(update(inbox).values(state="waiting")),
    "waits although all is quiet": lambda run: run(update(inbox).values(state="waiting")),
    "still leased": lambda run: run(update(inbox).values(owner="somebody")),
    "stands 0 times": lambda run: run(update(message).where(message.c.author.is_not(None)).values(event_key="")),
    "kod1 stands in": lambda run: run(update(ticket).values(text="kod1 kod2")),
    "should have opened a ticket": lambda run: run(update(ticket).values(draft="")),
    "still held": lambda run: run(
        insert(lease).values(name="clock", owner="here:1:a", until=START + timedelta(seconds=60))
    ),
    "is due although": lambda run: run(update(outbox).values(state="due")),
    "were given up": lambda run: run(update(outbox).values(state="given_up")),
    "never reached": lambda run: run(update(message).where(message.c.kind == "card").values(native_ref=None)),
    "is said to stand at": lambda run: run(
        update(message).where(message.c.kind == "card").values(native_ref=f"{GROUP}/9999")
    ),
    "with other buttons": lambda run: run(update(button).values(live=False)),
    "history": lambda run: run(update(ticket_event).values(reason="changed")),
    "numbers": lambda run: run(update(ticket).where(ticket.c.text.contains("kod2")).values(number="2026-000007")),
    "told": lambda run: (
        run(delete(outbox)),
        run(text("DELETE FROM button WHERE message IN (SELECT id FROM message WHERE kind = 'update_claimed')")),
        run(delete(message).where(message.c.kind == "update_claimed")),
    ),
}


@pytest.mark.parametrize("breach", HARMS)
def test_harm_is_seen(played: Played, tmp_path: Path, breach: str) -> None:
    found = checked(played, tmp_path, HARMS[breach])
    assert any(breach in one for one in found), found


def test_what_was_sent_and_never_acknowledged_is_seen(played: Played, tmp_path: Path) -> None:
    ledger = Ledger(unanswered={"telegram:7001:1": Said("telegram:7001:1", "slm")})
    assert checked(played, tmp_path, ledger=ledger) == ["telegram:7001:1 was never acknowledged"]


def test_what_came_twice_must_be_explained_by_a_death(played: Played, tmp_path: Path) -> None:
    chat = played.api.chats[USERS["ayse"]]
    doubled = played.api._message(chat, BOT) | {"html": "again"}
    came = played.api.came_at[chat.id, doubled["message_id"]]
    try:
        (found,) = checked(played, tmp_path)
        assert "are doubled" in found
        assert checked(played, tmp_path, deaths=[came - 100, came + 0.5]) == []
        assert checked(played, tmp_path, lost_answers=1) == []
        with Store.open(f"sqlite:///{tmp_path / 'masa.db'}", clock=FakeClock()) as store:
            assert at_platform(store, played.api)[1] == 1
    finally:
        del chat.messages[doubled["message_id"]]


def test_a_death_explains_one_message_a_chat() -> None:
    api = Messenger()
    api.came_at = {(1, 10): 5.0, (1, 11): 6.0, (1, 12): 20.0, (1, 13): 30.5}
    assert api.unexplained(1, [10], deaths=[7.0]) == []
    assert api.unexplained(1, [10, 11], deaths=[7.0]) == [11]
    assert api.unexplained(1, [10, 11], deaths=[5.5, 7.0]) == []
    assert api.unexplained(1, [10, 12], deaths=[7.0, 8.0]) == [12], "a death before it came does not explain it"
    assert api.unexplained(1, [13], deaths=[30.0]) == [], "but for what was on its way"
