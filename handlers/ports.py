"""What the use cases need from outside, as narrow Protocols in the desk's own words.

`storage/` implements the repositories (fakes in `tests/fakes/` pass the same contract tests), `bot/` the rest.
A repository returns plain objects: change one, then `save` it; nothing is written behind one's back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol, TypeVar

from handlers.domain.dialog import Dialog
from handlers.domain.people import Account, Person, PersonId, Role, UnitId
from handlers.domain.states import TicketEvent
from handlers.domain.ticket import Entry, Ticket, TicketId
from handlers.messages import Delivery, Outcome, Outgoing, Press, Recorded, Standing, TimelineMessage

T = TypeVar("T")


# --- aggregates ---
class People(Protocol):
    def get(self, person: PersonId) -> Person:
        """Raises NotFound."""

    def by_handle(self, handle: str) -> Person | None: ...
    def by_account(self, account: Account) -> Person | None: ...
    def by_staff_no(self, staff_no: str) -> Person | None: ...
    def by_phone(self, phone: str) -> Person | None:
        """`phone` in any spelling; the last ten digits count."""

    def by_email(self, email: str) -> Person | None: ...
    def named(self, name: str, limit: int = 5) -> Sequence[Person]:
        """Whose folded name or handle contains the folded words of `name`, in any order; nobody who left."""

    def in_role(self, role: Role, unit: UnitId | None = None) -> Sequence[Person]:
        """Everybody in that role (and unit) who has not left, by handle."""

    def everybody(self) -> Sequence[Person]: ...
    def add(self, person: Person) -> Person:
        """With its id. A handle that is taken gets a number behind it."""

    def save(self, person: Person) -> None: ...
    def link(self, account: Account, person: PersonId, conversation: str) -> None:
        """This account is this person's; `conversation` is where it speaks in private. Replaces an older link."""

    def accounts(self, person: PersonId) -> Sequence[Account]: ...


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A place where people and the desk write: private with one person, or a room bound to a unit."""

    address: str
    channel: str
    person: PersonId | None = None
    """Whose private conversation; None for a room."""
    unit: UnitId | None = None
    """Unit whose room this is; None for a private one, or a group not bound yet."""
    title: str = ""
    is_room: bool = False
    blocked: bool = False
    """The person blocked the bot, or the group removed it."""
    last_seq: int = 0
    active_at: datetime | None = None
    """When its person last wrote or pressed."""


class Conversations(Protocol):
    def get(self, address: str) -> Conversation | None: ...
    def ensure(self, conversation: Conversation) -> Conversation:
        """The stored one of that address; added where there is none."""

    def save(self, conversation: Conversation) -> None:
        """Everything but `last_seq`, which only messages move."""

    def rooms(self, unit: UnitId | None = None) -> Sequence[Conversation]:
        """Bound rooms of that unit (of all units: None), by address."""

    def private_of(self, person: PersonId) -> Sequence[Conversation]:
        """Where this person can be written to in private, most recently active first."""


class Dialogs(Protocol):
    def get(self, conversation: str, person: PersonId) -> Dialog:
        """A new empty one where there is none."""

    def save(self, dialog: Dialog) -> None:
        """Raises Stale where another transaction saved it since."""

    def idle_drafts(self, before: datetime, limit: int = 100) -> Sequence[Dialog]:
        """Whose draft has not moved since `before` and was not reminded yet, oldest first."""


class Tickets(Protocol):
    def add(self, ticket: Ticket, year: int) -> Ticket:
        """With its id and the next number of that year (gapless: the counter is a row of the same transaction)."""

    def get(self, ticket: TicketId | int) -> Ticket:
        """Raises NotFound."""

    def by_number(self, number: str) -> Ticket:
        """`2026-000123`. Raises NotFound."""

    def save(self, ticket: Ticket) -> None:
        """Also appends `fresh_events`, each chained to the one before by hash. Raises Stale."""

    def add_entry(self, ticket: TicketId, entry: Entry) -> Entry: ...
    def entries(self, ticket: TicketId) -> Sequence[Entry]: ...
    def entry(self, entry: int) -> tuple[TicketId, Entry]:
        """Raises NotFound."""

    def entry_of_event(self, key: str) -> tuple[TicketId, Entry] | None:
        """What the event with this key wrote."""

    def rewrite_entry(self, entry: int, text: str) -> None:
        """An edit, or an erasure (empty text)."""

    def erase_written_by(self, person: PersonId) -> int:
        """Empty what this person wrote on tickets that have ended, their reports too; how many entries there were."""

    def of_draft(self, draft: str) -> Ticket | None:
        """The ticket that grew out of this report, where one did."""

    def history(self, ticket: TicketId) -> Sequence[TicketEvent]: ...
    def of_reporter(self, person: PersonId, limit: int = 10) -> Sequence[Ticket]:
        """Active and resolved ones first, then the newest of the ended."""

    def open_of_reporter(self, person: PersonId) -> Sequence[Ticket]:
        """Not ended, newest first (resolved ones included: they wait for a word)."""

    def held_by(self, person: PersonId) -> Sequence[Ticket]:
        """Active ones, most urgent first, then oldest first."""

    def queue(self, unit: UnitId, limit: int = 50) -> Sequence[Ticket]:
        """Open and unheld, most urgent first, then oldest first."""

    def active_in(self, unit: UnitId, category: str | None = None, limit: int = 50) -> Sequence[Ticket]:
        """Any active state; of that category where one is named; newest first."""

    def outages(self) -> Sequence[Ticket]:
        """Active tickets declared a known outage, newest first."""

    def resolved_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        """Still `resolved`, resolved before `at`: candidates for closing. Oldest first."""

    def unclaimed_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        """Open, unheld, not reminded since `at` and unchanged since `at`. Oldest first."""

    def waiting_reporter_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        """Waiting for the reporter and neither changed nor reminded since `at`."""


class Messages(Protocol):
    """The timeline of every conversation, and with it the outbox: a message to a platform is also a row to deliver."""

    def record(self, message: Recorded) -> None:
        """What a person wrote."""

    def put(self, message: Outgoing) -> None:
        """What the desk says; see Outgoing for edits. Rows get their place in order at commit."""

    def standing_in(self, slot: str) -> Sequence[str]:
        """Addresses of the conversations where a message of that slot stands."""

    def by_ref(self, conversation: str, ref: str) -> Standing | None:
        """By the desk's own id, or the platform's."""

    def press(self, token: str) -> Press | None:
        """None for a token that never was."""

    def settle(self, conversation: str, slot: str) -> None:
        """Take the buttons off the message of that slot; no-op where there is none or it has none."""

    def rewrite(self, conversation: str, ref: str, text: str) -> None:
        """A person edited (or with an empty text deleted) what they wrote; `ref` as in `by_ref`."""

    def erase_written_by(self, person: PersonId) -> int:
        """Empty every text that this person wrote, everywhere; how many there were (KVKK: erasure on request)."""


class Attachments(Protocol):
    """What is known of stored files; the bytes lie on disk under `id`."""

    def add(self, attachment: Attachment) -> None:
        """Where it is there already, only the uploader is taken over: a platform's file comes before its person."""

    def get(self, file: str) -> Attachment | None: ...
    def for_ticket(self, file: str, ticket: TicketId) -> None:
        """Who may read the ticket may read the file from now on."""


@dataclass(slots=True, kw_only=True)
class Attachment:
    id: str
    """Random; also the name on disk."""
    name: str
    """As the sender called it, cleaned for showing."""
    media_type: str
    size: int
    sha256: str
    uploader: PersonId | None
    conversation: str
    at: datetime
    ticket: TicketId | None = None


# --- small records ---
@dataclass(slots=True, kw_only=True)
class JoinCode:
    """A one-time code; only its hash is stored."""

    code_hash: str
    role: Role
    unit: UnitId | None
    name: str
    person: PersonId | None
    """Set where the code ties an account to somebody who exists already."""
    expires_at: datetime
    used_at: datetime | None = None
    used_by: PersonId | None = None


class Codes(Protocol):
    def add(self, code: JoinCode) -> None: ...
    def get(self, code_hash: str) -> JoinCode | None: ...
    def use(self, code_hash: str, by: PersonId, at: datetime) -> None:
        """Raises Stale where it was used meanwhile."""


@dataclass(slots=True, kw_only=True)
class Session:
    """A signed-in browser; only the hash of its cookie is stored."""

    token_hash: str
    person: PersonId
    created_at: datetime
    seen_at: datetime
    user_agent: str = ""
    ended_at: datetime | None = None


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...
    def get(self, token_hash: str) -> Session | None: ...
    def of(self, person: PersonId) -> Sequence[Session]: ...
    def seen(self, token_hash: str, at: datetime) -> None: ...
    def end(self, person: PersonId, at: datetime, token_hash: str | None = None) -> int:
        """One, or all of that person; how many were ended."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest's browser turned out to be this person's: its sessions are theirs now."""


class Audit(Protocol):
    def log(self, at: datetime, who: PersonId | None, what: str, about: str, channel: str) -> None:
        """Readings of an auditor, what an admin changed, erasures, backups. Append-only."""

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]: ...


class Once(Protocol):
    """Unique marks, so that what the clock starts happens once."""

    def first(self, mark: str, at: datetime) -> bool:
        """True for the first who says this mark (`digest:donanim:2026-11-22`), in any process, for ever."""

    def latest(self, prefix: str) -> tuple[str, datetime] | None:
        """The mark with that prefix that was said last."""


class Feedback(Protocol):
    """Examples from daily work, for the matcher to learn from."""

    def add(self, at: datetime, text: str, category: str, source: str) -> None:
        """`source`: worked, opened, chosen, recategorised. Personal data is masked by the caller."""

    def since(self, at: datetime | None) -> Iterable[tuple[str, str, str]]:
        """(text, category, source), oldest first."""

    def tip_solved(self, at: datetime, unit: UnitId, category: str, department: str) -> None:
        """A report that ended without a ticket, by the shown steps alone: the digest counts these."""


class Inbox(Protocol):
    """Events that are acknowledged: stored for good, then handled once."""

    def accept(self, arrivals: Sequence[Arrival], *, now: datetime, owner: str | None) -> Sequence[Receipt]:
        """Store them. With `owner` the new ones are leased to it at once (attempt 1), unless an elder event of their
        conversation waits that it does not hold."""

    def lease(self, owner: str, now: datetime, limit: int) -> Sequence[Arrival]:
        """The oldest unhandled events that are due, one a conversation at most, none behind an unhandled elder or
        while another of its conversation is in hand; attempts + 1."""

    def renew(self, owner: str, keys: Collection[str], now: datetime) -> None:
        """The leases of these begin anew, where they are still that owner's."""

    def free(self, owner: str | None = None, keep: Collection[str] = ()) -> int:
        """Give back what that owner leased, but for the keys to `keep` (what anybody leased: None): it stopped, died,
        or lost track. How many there were."""

    def handled(self, keys: Sequence[str], now: datetime, owner: str | None = None) -> None:
        """In the transaction of their effects. The commit raises Stale where one was handled before, or with `owner`
        where its lease was lost to another."""

    def failed(self, key: str, error: str, retry_at: datetime | None, now: datetime, owner: str | None = None) -> bool:
        """Try again then; None: quarantine (it blocks nobody). False: it waits no more, or is not that owner's.

        With `owner` and a time, what it holds of the same conversation is given back, uncounted: it comes later."""

    def settled(self, key: str) -> bool:
        """Whether it was handled, or will not be by itself (quarantine); True for a key that never came."""

    def waiting_in(self, conversation: str) -> Sequence[str]:
        """Keys of the events of that conversation that are neither handled nor in quarantine, oldest first."""

    def stuck(self) -> Sequence[Arrival]:
        """Quarantined ones, oldest first."""

    def retry(self, key: str, now: datetime) -> bool: ...
    def drop(self, key: str, now: datetime) -> bool: ...
    def backlog(self, now: datetime) -> Backlog: ...


class Receipt(IntEnum):
    """What became of an event that came; false where it was there before."""

    KNOWN = 0
    STORED = 1
    """For whoever is free."""
    LEASED = 2
    """To the owner that was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One event as the inbox holds it. `payload` is JSON: a neutral event, or a platform's raw update."""

    key: str
    channel: str
    conversation: str
    """What orders events; known before the payload is understood."""
    payload: str
    received_at: datetime
    attempts: int = 0
    error: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    waiting: int
    oldest: datetime | None
    given_up: int


class Outbox(Protocol):
    """Deliveries to platforms, in order within a destination."""

    def lease(
        self,
        owner: str,
        now: datetime,
        limit: int,
        lease_seconds: float,
        *,
        channel: str,
        resting: Collection[str] = (),
    ) -> Sequence[Delivery]:
        """The oldest due row of each destination of that channel that nobody holds; attempts + 1.

        Destinations in `resting` are left alone: their pace does not allow another yet. Nothing while held (`hold`).
        """

    def free(self, owner: str | None = None) -> int:
        """Give back what is leased to that owner, or to anybody (None: by who knows that all others are dead)."""

    def delivered_since(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        """(conversation, when) of what was delivered since, oldest first: a relay that starts keeps the pace."""

    def forget_delivered(self, before: datetime) -> int:
        """The record of deliveries is for the pace only; how many were forgotten."""

    def settle(self, delivery: int, outcome: Outcome, now: datetime) -> None:
        """Record what came of it; Delivered also notes the platform's id on the message."""

    def given_up(self) -> Sequence[Delivery]: ...
    def resend(self, delivery: int, now: datetime) -> bool: ...
    def drop(self, delivery: int, now: datetime) -> bool: ...
    def backlog(self, now: datetime) -> Backlog: ...
    def backlogs(self) -> Mapping[str, Backlog]:
        """By channel; of those that have something waiting or given up."""

    def hold(self, held: bool) -> int:
        """After a restore nothing is sent until an admin releases it; returns how many rows wait."""

    def held(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPost:
    """A message that waits to be posted in a room for the first time."""

    row: int
    """Of the outbox: its place in the queue."""
    message: int
    kind: str
    text: str
    rings: bool
    minimal: str | None
    plain: bool
    """Without buttons and files."""
    priority: str
    """Of its ticket, as `state`; empty where it is about none."""
    state: str


class Bursts(Protocol):
    """What waits for rooms on a platform that lets a bot say only so much in a minute."""

    def crowded(self, channel: str, rooms: Collection[str], most: int) -> Sequence[str]:
        """Those of the rooms for which more than `most` deliveries wait."""

    def waiting(self, channel: str, room: str, limit: int) -> Sequence[WaitingPost]:
        """Neither tried nor in anybody's hands, oldest first; where there are more than `limit`, urgent tickets' before
        others. Nobody else adds to the room's queue until this transaction ends."""

    def join(self, urgent: Sequence[WaitingPost], lists: Sequence[tuple[Outgoing, Sequence[WaitingPost]]]) -> None:
        """Each list is said in the place of its posts, which wait no more: they are as if never said there. All of it
        stands where they stood in the queue, what is urgent first."""


class Leases(Protocol):
    """What only one process may do at a time, by name: `clock`, `telegram:send` …"""

    def hold(
        self, names: Collection[str], owner: str, seconds: float, now: datetime, *, take: bool = True
    ) -> Mapping[str, str]:
        """Begins the owner's leases anew, and takes what nobody holds and (with `take`) what ran out.

        Which of the names it holds from now on, for so many seconds, and who did before: itself, nobody (empty) or
        whoever let it run out. Where the database has a clock that all processes share, that one counts, not `now`.
        """

    def release(self, owner: str, names: Collection[str]) -> None:
        """Somebody else may have them at once."""


class Timeline(Protocol):
    """Reading of conversations by the channels that need no sending (web, terminal)."""

    def since(self, conversation: str, seq: int, limit: int = 200) -> Sequence[TimelineMessage]:
        """Everything that came or changed after `seq`, in order of change."""

    def page(self, conversation: str, before: int | None = None, limit: int = 50) -> Sequence[TimelineMessage]:
        """The last `limit` messages (with id below `before`), in the order they were written."""

    def last_seq(self, conversation: str) -> int: ...
    def seen(self, conversation: str, person: PersonId) -> int:
        """The seq up to which this person has seen it."""

    def mark_seen(self, conversation: str, person: PersonId, seq: int) -> None:
        """Never goes back."""

    def unread(self, person: PersonId, conversations: Sequence[str]) -> Mapping[str, int]:
        """Messages not seen, by others than this person, that ring, for each of these conversations."""


class UnitOfWork(Protocol):
    """One transaction. The worker commits it; an exception undoes it all."""

    @property
    def people(self) -> People: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def dialogs(self) -> Dialogs: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def attachments(self) -> Attachments: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def once(self) -> Once: ...
    @property
    def feedback(self) -> Feedback: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def bursts(self) -> Bursts: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def summaries(self) -> Summaries: ...


# --- daily summary and register ---
@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What happened in a unit in a stretch of time."""

    opened: int
    resolved: int
    solved_by_tip: int
    active: int
    """Not ended at the end of the stretch."""
    unclaimed: int
    waits: Mapping[str, int]
    """`waiting_parts` → 3, at the end of the stretch."""
    waits_since: Mapping[str, datetime]
    """Since when the oldest of each wait lasts; `open`: the oldest of the unclaimed ones (`changed_at`)."""
    oldest: Sequence[Ticket]
    by_category: Sequence[tuple[str | None, int]]
    """Opened, most frequent first."""
    by_department: Sequence[tuple[str, int, int]]
    """(müdürlük, opened, resolved), most opened first."""
    resolved_by: Sequence[tuple[PersonId, int]] = ()
    """For lead and director only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One line of the fault register (bylaw 11/5)."""

    number: str
    opened_at: datetime
    department: str
    room: str
    reporter: str
    unit: UnitId
    category: str | None
    text: str
    priority: str
    state: str
    holder: str
    resolution: str
    ended_at: datetime | None
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    tickets: Sequence[Ticket]
    older: TicketId | None = None
    """What lies below this ticket was not looked at; None: all was."""


class Summaries(Protocol):
    def tally(self, unit: UnitId, since: datetime, until: datetime) -> Tally: ...
    def opened_and_resolved(self, unit: UnitId, since: datetime, until: datetime) -> tuple[int, int]:
        """Two numbers only: for the comparison with earlier days."""

    def active_at(self, unit: UnitId, at: datetime) -> int:
        """How many were opened before `at` and not finished by then (the queue of an earlier day)."""

    def register(self, first: datetime, last: datetime) -> Iterable[RegisterRow]:
        """Every ticket opened in [first, last), by number. Security tickets without text and resolution."""

    def last_number(self, year: int) -> int:
        """What the counter of that year says; 0 where nothing was opened."""

    def list(
        self,
        *,
        unit: UnitId | None = None,
        state: str | None = None,
        limit: int = 200,
        before: TicketId | None = None,
    ) -> Sequence[Ticket]: ...
    def search(
        self,
        words: str,
        *,
        units: Sequence[UnitId] | None,
        reporter: PersonId | None,
        limit: int = 20,
        newest: int,
        before: TicketId | None = None,
    ) -> Found:
        """Literal words in number, text or subject (`%` and `_` are letters like any other), newest first.

        Among the `newest` tickets (of those below `before`), so that any archive is looked through in pieces;
        one reporter's are looked through at once. `units` None: all; security tickets are left out, whoever asks."""


# --- the desk's own services ---
class ArticleDrafts(Protocol):
    """Articles of the house in the making, by the id they will have. A work may run twice: so may each of these."""

    def keep(self, article: str, text: str) -> None:
        """Also a text that is not right yet: nothing that somebody wrote is lost."""

    def read(self, article: str) -> str | None: ...
    def publish(self, article: str) -> None:
        """From now on the desk uses it; it is a draft no more. Without a draft nothing happens."""

    def drop(self, article: str) -> None: ...
    def is_published(self, article: str) -> bool: ...


class Texts(Protocol):
    """The Turkish texts: templates rendered to marked text."""

    def render(self, template: str, /, **data: object) -> str: ...


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""


class Randomness(Protocol):
    def token(self) -> str:
        """URL-safe, 128 bits or more."""


class HandlerTimedOut(Exception):
    """A work took longer than the store allows; it was stopped and nothing of it is stored."""


class Transactions(Protocol):
    """The store as the worker, the relay and the commands use it."""

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Run `work` in a transaction of the writer; the future holds its result once the commit is on disk.

        Works that arrive together share one commit. When one of them, or the commit, fails, all of it is rolled back
        and each is done again alone, so `work` may run twice and must have no effect but through its unit of work.
        """

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """`submit` and wait."""

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """In a reader's snapshot, in the calling thread; never takes the write lock."""

    def on_commit(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` (from a thread of the store) with the conversations whose timeline a commit changed: each
        commit here, and what the database tells of other processes'."""
