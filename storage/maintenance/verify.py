"""Every invariant looked at again, on a database that may be at work: what holds, what is broken, and where.

Each invariant is looked at in a snapshot of its own: none keeps the log from being written back for longer than its own
time. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import func, select

from storage.engine.transaction import Transaction
from storage.maintenance.invariants import (
    anchors,
    announcements,
    approvals,
    breaches,
    conversations,
    counts,
    departments,
    devices,
    document_tracks,
    handovers,
    numbers,
    officers,
    official_records,
    outages,
    places,
    presence,
    programs,
    queues,
    records,
    scrap,
    search,
    services,
    sightings,
    stock,
    terms,
    tickets,
    timings,
    trainings,
    week_figures,
)
from storage.maintenance.invariants.context import Counting, Invariant, InvariantContext, Violation
from storage.store import Store
from storage.tables import (
    absence,
    anchor,
    announcement,
    approval,
    attachment,
    breach,
    button,
    department,
    deputy,
    device,
    document_track,
    duty,
    figure_week,
    handover,
    inbox,
    inventory_count,
    job_run,
    maintenance,
    message,
    month_lock,
    officer,
    official_record,
    outage,
    outbox,
    place,
    program,
    scrap_proposal,
    service_visit,
    sighting,
    stock_move,
    store_event,
    term,
    ticket,
    ticket_search,
    ticket_timing,
    training,
)
from storage.unit_of_work import SqlUnitOfWork

__all__ = [
    "INVARIANTS",
    "LIGHT",
    "Checked",
    "Counting",
    "Invariant",
    "Progress",
    "Violation",
    "check",
    "examine",
    "verify",
]

DATABASE = Invariant("database", "the database is undamaged", records.database_sound)
NUMBERS = Invariant("numbers", "numbers of each kind have no gap", numbers.without_gaps, ticket)
TIMES = Invariant("times", "due times are what history and calendar say", timings.counted_again, ticket_timing)
WEEKS = Invariant("weeks", "figures of past weeks are what their tickets say", week_figures.counted_again, figure_week)
HISTORY = Invariant("history", "histories are whole and end as the ticket is", tickets.histories, ticket)
INVARIANTS: tuple[Invariant, ...] = (
    DATABASE,
    NUMBERS,
    HISTORY,
    Invariant("stores", "histories of the stores are whole", anchors.store_histories, store_event),
    Invariant("anchors", "what was anchored stands as it was", anchors.anchors, anchor),
    TIMES,
    WEEKS,
    Invariant("leaves", "nobody is on two leaves at once", presence.one_leave_at_a_time, absence),
    Invariant("deputies", "one deputy a role at a time", presence.one_deputy_a_role, deputy),
    Invariant("places", "each place is kept as it is called", places.keys_and_merges, place),
    Invariant(
        "devices", "each device is known by its own numbers and is in one place", devices.as_the_rules_say, device
    ),
    Invariant("handovers", "custody changed as it was confirmed", handovers.as_the_rules_say, handover),
    Invariant(
        "official", "the official ledger has confirmed acts alone", official_records.of_confirmed_acts, official_record
    ),
    Invariant(
        "documents",
        "documents to be answered are as their history says",
        document_tracks.as_the_rules_say,
        document_track,
    ),
    Invariant("trainings", "trainings are held as they were planned", trainings.as_the_rules_say, training),
    Invariant("announcements", "who is said to have read did", announcements.as_the_rules_say, announcement),
    Invariant("stock", "the depot never held less than nothing", stock.as_the_rules_say, stock_move),
    Invariant("sightings", "what agents saw is told again as itself", sightings.as_the_rules_say, sighting),
    Invariant("counts", "what was counted stands as it was", counts.as_the_rules_say, inventory_count),
    Invariant("services", "service forms are approved as the rules say", services.as_the_rules_say, service_visit),
    Invariant("programs", "seats are of somebody who is here, or of a device", programs.as_the_rules_say, program),
    Invariant("terms", "what ends on a day is told on its days", terms.as_the_rules_say, term),
    Invariant("scrap", "what was written off was approved", scrap.as_the_rules_say, scrap_proposal),
    Invariant("breaches", "who tells the Board is reminded in time", breaches.as_the_rules_say, breach),
    Invariant("officers", "görevler are held as the rules say", officers.as_the_rules_say, officer),
    Invariant("rota", "one first and one second on call", presence.one_on_call_at_a_time, duty),
    Invariant("departments", "each name is of one müdürlük", departments.names_and_merges, department),
    Invariant("outages", "what is marked an outage is one", outages.marks_of_heads, outage),
    Invariant("works", "planned work ends after it begins", outages.works_end_after_they_begin, maintenance),
    Invariant("approvals", "every yes and no stands in its ticket's history", approvals.in_histories, approval),
    Invariant("search", "tickets are found by what is written on them", search.index_as_written, ticket_search),
    Invariant("reports", "one ticket a report", tickets.one_ticket_a_report, ticket),
    Invariant("events", "every event is handled once at most", queues.events_handled_once, inbox),
    Invariant("waiting", "nothing is left lying with a process that died", queues.nothing_left_lying),
    Invariant("messages", "messages stand in the order in which they came", conversations.messages_in_order, message),
    Invariant("buttons", "buttons stand on messages that live", conversations.buttons_on_live_messages, button),
    Invariant("deliveries", "each destination is sent to in order", queues.deliveries_in_order, outbox),
    Invariant("told", "reporters were told of every change", conversations.reporters_told, ticket),
    Invariant("cards", "every ticket has its card in its unit's rooms", conversations.cards_in_rooms, ticket),
    Invariant("summaries", "one summary a unit and day", records.one_summary_a_day, job_run),
    Invariant("months", "locked months are as they were signed", records.months_as_signed, month_lock),
    Invariant("attachments", "attachments are on disk as they came", records.attachments_on_disk, attachment),
    Invariant("secrets", "codes and sessions are kept as hashes only", records.secrets_hashed),
)
"""In the order in which they are shown."""
LIGHT = (DATABASE, NUMBERS)
"""What may be asked at any time: no history is read."""
MAX_VIOLATIONS = 100
"""Breaches of one invariant that are told; the archive may be broken in a million places."""

FEW = 1_000
"""Rows of a table that need no cursor on the server: opening one costs more than reading them."""

TOLD_EVERY = 500
"""Rows."""

Progress = Callable[[Invariant, int, int], None]
"""Told of rows done and rows in all."""


@dataclass(frozen=True, slots=True)
class Checked:
    invariant: Invariant
    rows: int
    """Of the table that it is about; 0 where there is none."""
    breaches: tuple[Violation, ...]
    more: bool
    """There are more than `MAX_VIOLATIONS`."""

    @property
    def held(self) -> bool:
        return not self.breaches


def examine(
    store: Store,
    *,
    now: datetime,
    working: bool = True,
    files: Path | None = None,
    counting: Counting | None = None,
    invariants: Sequence[Invariant] = INVARIANTS,
    progress: Progress | None = None,
) -> Iterator[Checked]:
    """One result an invariant, as soon as it is there.

    `working`: whether a desk works on it (only then must what waits be taken up); `files`: the folder of attachments;
    `counting`: how time is counted, without it `TIMES` and `WEEKS` are left out.
    """
    for invariant in invariants:
        if invariant in (TIMES, WEEKS) and counting is None:
            continue
        ask = partial(
            check,
            invariant=invariant,
            damage=store.damage,
            now=now,
            working=working,
            files=files,
            counting=counting,
            progress=progress,
        )
        yield store.read(partial(_in_snapshot, ask))


def is_worked_on(store: Store, now: datetime) -> bool:
    """Whether a process holds a duty: on PostgreSQL one always does while the desk runs (on SQLite it holds a file)."""
    return store.read(lambda uow: uow.leases.any_held(now))


def verify(
    store: Store,
    *,
    now: datetime,
    working: bool = True,
    files: Path | None = None,
    counting: Counting | None = None,
    invariants: Sequence[Invariant] = INVARIANTS,
) -> Iterator[Violation]:
    """Only what is broken, `MAX_VIOLATIONS` an invariant; nothing where all holds."""
    for checked in examine(store, now=now, working=working, files=files, counting=counting, invariants=invariants):
        yield from checked.breaches


def _in_snapshot(ask: Callable[[Transaction], Checked], uow: SqlUnitOfWork) -> Checked:
    return ask(uow.transaction)


def check(
    transaction: Transaction,
    invariant: Invariant,
    *,
    damage: Callable[[], Sequence[str]],
    now: datetime,
    working: bool,
    files: Path | None,
    counting: Counting | None = None,
    progress: Progress | None,
) -> Checked:
    """One invariant in a transaction that is there already."""
    count = select(func.count()).select_from(invariant.of) if invariant.of is not None else None
    rows = 0 if count is None else transaction.execute(count).scalar_one()
    done = told = 0

    def advance(more: int) -> None:
        nonlocal done, told
        done += more
        if progress is not None and (done - told >= TOLD_EVERY or done >= rows or not done):
            told = done
            progress(invariant, done, rows)

    advance(0)
    ground = InvariantContext(
        transaction=transaction,
        damage=damage,
        now=now,
        working=working,
        files=files,
        counting=counting,
        few=invariant.of is not None and rows <= FEW,
        advance=advance,
    )
    with closing(_breaches(invariant, ground)) as found:
        breaches = tuple(islice(found, MAX_VIOLATIONS))
        more = next(found, None) is not None
    advance(max(rows - done, 0))
    return Checked(invariant, rows, breaches, more)


def _breaches(invariant: Invariant, ground: InvariantContext) -> Generator[Violation, None, None]:
    try:
        for where, what in invariant.check(ground):
            yield Violation(invariant.name, where, what)
    except ValueError as error:  # a time or a document that is none: what comes after it cannot be read
        yield Violation(invariant.name, "a row", f"cannot be read: {error}")
