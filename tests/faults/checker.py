"""What must be true after any faults, once all is quiet: the one checker of the fault tests and of the long run.

`storage.maintenance.verify` finds what a database alone shows. Here is what needs a witness from outside: what was
acknowledged to the people, what the platform received, and which processes still live.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from handlers.ports import UnitOfWork
from handlers.tickets.siblings import second_id
from storage import Store
from storage.engine.transaction import Transaction
from storage.maintenance.verify import verify
from storage.tables import button, conversation, inbox, lease, message, outbox, ticket
from tests.faults.messenger import Messenger
from tests.faults.people import Ledger
from tests.scenarios.stage import counting
from tests.servers.telegram import BOT

SETTLED = frozenset({"handled", "quarantined", "dropped"})
"""Handled, or visibly put aside."""
SECOND = second_id("")
"""Ends the report of the second of two tickets that somebody wanted of one message."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What is known outside of the database."""

    ledger: Ledger = field(default_factory=Ledger)
    markers: Collection[str] = ()
    """Words each of which stands in one report: no two tickets may hold one."""
    api: Messenger | None = None
    deaths: Sequence[float] = ()
    """When processes were killed, by the clock of the platform."""
    lost_answers: int = 0
    """Answers of the platform that were dropped: each may have doubled one message."""
    given_up: int = 0
    """Deliveries that had to be given up."""
    files: Path | None = None
    """The folder of attachments."""
    killed: Collection[int] = ()
    """Process ids of the dead: their leases run out, those of the others were given back when they stopped."""


def breaches(store: Store, witness: Witness) -> list[str]:
    """Everything that is not as promised, in words; empty when all is well."""
    now = store.read(lambda uow: uow.transaction.now())
    found = [
        f"{breach.invariant}: {breach}" for breach in verify(store, now=now, files=witness.files, counting=counting())
    ]
    found += store.read(lambda uow: list(_in_database(uow, witness)))
    if witness.api is not None:
        api = witness.api
        found += store.read(lambda uow: list(_at_platform(uow, api, witness)))
    return found


def _in_database(uow: UnitOfWork, witness: Witness) -> Iterator[str]:
    run = uow.transaction.execute  # type: ignore[attr-defined] # the storage's own unit of work
    yield from _acknowledged(run, witness.ledger)
    yield from _one_ticket_each(run, witness)
    yield from _queues(run, witness)
    yield from _duties(uow.transaction, witness)  # type: ignore[attr-defined] # the same


def _acknowledged(run: Any, ledger: Ledger) -> Iterator[str]:
    states = {row.key: row.state for row in run(select(inbox.c.key, inbox.c.state))}
    written = Counter(run(select(message.c.event_key).where(message.c.author.is_not(None))).scalars())
    for said in ledger.acknowledged:
        state = states.get(said.key)
        if state is None:
            yield f"{said.key} was acknowledged and is not stored"
        elif state not in SETTLED:
            yield f"{said.key} was acknowledged and is {state}"
        elif said.text and state == "handled" and written[said.key] != 1:
            yield f"{said.key} was acknowledged and stands {written[said.key]} times in the conversation"
    for key in ledger.unanswered:
        yield f"{key} was never acknowledged"


def _one_ticket_each(run: Any, witness: Witness) -> Iterator[str]:
    rows = run(select(ticket.c.number, ticket.c.text, ticket.c.draft)).all()
    for marker in witness.markers:
        holding = [row.number for row in rows if marker in row.text.split() and not row.draft.endswith(SECOND)]
        if len(holding) > 1:
            yield f"{marker} stands in {' and '.join(holding)}"
    yield from _presses_that_open(run, witness.ledger, {row.draft for row in rows})


def _presses_that_open(run: Any, ledger: Ledger, opened: set[str]) -> Iterator[str]:
    """Each led to a ticket, or the desk said that this report was over."""
    actions = {row.token: row.action for row in run(select(button.c.token, button.c.action))}
    places = {row.key: row.conversation for row in run(select(inbox.c.key, inbox.c.conversation))}
    without: Counter[str] = Counter()
    for said in ledger.acknowledged:
        verb, _, draft = actions.get(said.token, "").partition(":")
        if verb == "open" and draft not in opened and said.key in places:
            without[places[said.key]] += 1
    over = select(message.c.conversation, func.count().label("count")).where(message.c.kind == "errors/draft_over")
    told = {row.conversation: row.count for row in run(over.group_by(message.c.conversation))}
    for place, count in without.items():
        if count > told.get(place, 0):
            yield f"{place}: {count} presses should have opened a ticket, and {told.get(place, 0)} were told why not"


def _queues(run: Any, witness: Witness) -> Iterator[str]:
    for row in run(select(inbox.c.key, inbox.c.state, inbox.c.owner)):
        if row.state == "waiting":
            yield f"{row.key} waits although all is quiet"
        if row.owner is not None:
            yield f"{row.key} is still leased to {row.owner}"
    for row in run(select(outbox.c.id, outbox.c.state, outbox.c.owner, outbox.c.error)):
        if row.state == "due":
            yield f"delivery {row.id} is due although all is quiet ({row.error})"
        if row.owner is not None:
            yield f"delivery {row.id} is still leased to {row.owner}"
    given_up = run(select(func.count()).where(outbox.c.state == "given_up")).scalar_one()
    if given_up > witness.given_up:
        yield f"{given_up} deliveries were given up, expected {witness.given_up}"


def _duties(transaction: Transaction, witness: Witness) -> Iterator[str]:
    """On PostgreSQL their times are the server's."""
    now = transaction.now() if transaction.dialect == "sqlite" else func.clock_timestamp()
    for row in transaction.execute(select(lease.c.name, lease.c.owner).where(lease.c.until > now)):
        if row.owner.split(":")[1] not in map(str, witness.killed):
            yield f"{row.name} is still held by {row.owner}"


def _at_platform(uow: UnitOfWork, api: Messenger, witness: Witness) -> Iterator[str]:
    """What the desk means to stand there does, with the buttons that it has now; beside it stands only what deaths and
    lost answers doubled."""
    run = uow.transaction.execute  # type: ignore[attr-defined] # the same
    posted: defaultdict[int, set[int]] = defaultdict(set)
    buttons: defaultdict[int, set[str]] = defaultdict(set)
    for row in run(select(button.c.message, button.c.token).where(button.c.live)):
        buttons[row.message].add(row.token)
    given_up = set(run(select(outbox.c.message).where(outbox.c.state == "given_up")).scalars())
    lists = {row.conversation: row.newest for row in run(_LISTS)}
    for row in run(_TO_TELEGRAM):
        if row.id in given_up:
            continue
        if row.native_ref is None:
            if row.id > lists.get(row.conversation, 0):  # of many at once the room was sent a list
                yield f"message {row.id} ({row.kind}) to {row.conversation} never reached the platform"
            continue
        chat, number = (int(part) for part in row.native_ref.split("/")[:2])
        posted[chat].add(number)
        shown = api.chats[chat].messages.get(number)
        if shown is None:
            yield f"message {row.id} is said to stand at {row.native_ref}, and does not"
        elif _tokens(shown) != buttons[row.id]:
            yield f"message {row.id} ({row.kind}) stands at {row.native_ref} with other buttons than it has"
    for chat, place in api.chats.items():
        own = [number for number, said in place.messages.items() if said["from"]["id"] == BOT["id"]]
        doubled = [number for number in own if number not in posted[chat]]
        unexplained = api.unexplained(chat, doubled, witness.deaths)
        if len(unexplained) > witness.lost_answers:
            yield f"messages {unexplained} in chat {chat} are doubled, and no death explains it"


def at_platform(store: Store, api: Messenger) -> tuple[int, int]:
    """How many messages of the desk stand there, and how many of them are doubles."""
    refs = store.read(lambda uow: {row.native_ref for row in uow.transaction.execute(_TO_TELEGRAM)})
    own = [
        f"{chat}/{number}"
        for chat, place in api.chats.items()
        for number, said in place.messages.items()
        if said["from"]["id"] == BOT["id"]
    ]
    return len(own), len([ref for ref in own if ref not in refs])


_TO_TELEGRAM = (
    select(message.c.id, message.c.conversation, message.c.native_ref, message.c.kind)
    .join(conversation, conversation.c.address == message.c.conversation)
    .where(conversation.c.channel == "telegram", message.c.author.is_(None))
    .order_by(message.c.id)
)
_LISTS = (
    select(message.c.conversation, func.max(message.c.id).label("newest"))
    .where(message.c.kind == "burst", message.c.native_ref.is_not(None))
    .group_by(message.c.conversation)
)


def _tokens(shown: dict[str, Any]) -> set[str]:
    rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
    return {one["callback_data"] for row in rows for one in row}
