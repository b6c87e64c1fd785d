"""The ticket: what may be done to it in which state, and what is written on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from handlers.domain.errors import AlreadyClaimed, WrongState
from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import UNDONE, WAITS, Aspect, Change, Lifecycle, Priority, SolvedBy, State, TicketEvent

TicketId = NewType("TicketId", int)
REOPEN_WITHIN = timedelta(days=14)


class EntryKind(StrEnum):
    REPORT = "report"
    REPLY = "reply"
    """Between reporter and technician, seen by both."""
    QUESTION = "question"
    FACT = "fact"
    """What the reporter told when the desk asked for it; as the card shows it, it stands in `Ticket.facts`."""
    NOTE = "note"
    """Seen by technicians only."""
    NEWS = "news"
    """A line to everybody who has the outage."""
    RESOLUTION = "resolution"
    REASON = "reason"


@dataclass(slots=True, kw_only=True)
class Entry:
    """What somebody wrote on a ticket: beside the history, so that it can be erased without breaking the record."""

    kind: EntryKind
    at: datetime
    author: PersonId
    text: str
    files: tuple[str, ...] = ()
    message_key: str | None = None
    """Key of the event that brought it, so that an edit on the platform finds it."""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """A colleague who has the same trouble and no ticket of their own."""

    person: PersonId
    conversation: str
    """Where they said so: word goes there."""
    waits: bool = True
    """Word of its end is still due to them."""


GUESS = "konu"
"""The name among the facts of the category that a report was nearest to, while the ticket has none."""


@dataclass(slots=True, kw_only=True)
class Ticket(Lifecycle):
    """One fault or request. `number` is given by the repository, gapless in its year (bylaw 11/5)."""

    text: str
    reporter: PersonId
    conversation: str
    """Where it was opened: updates go there."""
    opened_at: datetime
    opened_by: PersonId
    """The reporter, or the technician who opened it for a caller."""
    untold: bool = False
    """Opened for a caller who wants no messages."""
    restricted: bool = False
    """A security matter: seen by lead and director only."""
    facts: dict[str, str] = field(default_factory=dict)
    """What the category asks for: oda, cihaz, demirbas, hata, kisi, program, tarih, also dahili."""
    tried: int = 0
    """How many steps the reporter went through before."""
    tried_article: str | None = None
    reasons: tuple[str, ...] = ()
    """The reporter's own words that decided the subject."""
    files: tuple[str, ...] = ()
    draft: str = ""
    """Id of the report it grew out of: a second press on the same report finds it."""
    waiting_for: str = ""
    """Free words to a wait: which firm, which part, which approver and EBYS number."""
    resolution: str = ""
    resolved_at: datetime | None = None
    resolved_by: PersonId | None = None
    ended_at: datetime | None = None
    """When it was closed, cancelled or merged."""
    reminded_at: datetime | None = None
    merged_into: str | None = None
    outage: bool = False
    """Declared a known outage: others may say they have it too."""
    followers: tuple[Follower, ...] = ()
    """Everybody who said so, each person once. Whose ticket was merged into this one is found by `merged_into`."""
    number: str = ""
    id: TicketId = TicketId(0)
    version: int = 0
    fresh_events: list[TicketEvent] = field(default_factory=list)
    """History not stored yet; the repository appends it on `add` and `save`."""
    undoes: bool = field(default=False, compare=False, repr=False)
    """What is done to it now takes back what was done last."""
    acted_for: dict[PersonId, tuple[PersonId, ...]] = field(default_factory=dict, compare=False, repr=False)
    """Who acts on it as a deputy, and for whom (`handlers.domain.rights.require`)."""

    # --- reading ------------------------------------------------------------------------------
    @property
    def short(self) -> str:
        """The number without year and zeros, as people say it: `123`."""
        return str(int(self.number.partition("-")[2])) if self.number else ""

    @property
    def urgency(self) -> tuple[int, datetime, int]:
        """By which a queue is sorted: most urgent first, then oldest first."""
        return self.priority.rank, self.opened_at, self.id

    def may_reopen(self, at: datetime) -> bool:
        ended = self.ended_at or self.resolved_at
        return self.state in (State.RESOLVED, State.CLOSED) and ended is not None and at - ended <= REOPEN_WITHIN

    def concerns(self, person: PersonId) -> bool:
        """Whether they reported it, or have the same trouble."""
        return person == self.reporter or any(follower.person == person for follower in self.followers)

    def owes_word_to(self, person: PersonId) -> bool:
        """Whether they follow it and have not heard of its end."""
        return any(follower.person == person and follower.waits for follower in self.followers)

    # --- changes ------------------------------------------------------------------------------
    def forget_words(self, files: Collection[str]) -> None:
        """What was written and told goes, with these files; what stands in the register stays (bylaw 11/5)."""
        self.text, self.reasons, self.facts = "", (), {}
        self.forget_files(files)

    def forget_files(self, files: Collection[str]) -> None:
        self.files = tuple(file for file in self.files if file not in files)

    def log(
        self,
        what: Change,
        *,
        by: PersonId | None,
        at: datetime,
        channel: str,
        before: str | None = None,
        after: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Record it, with what it changes on the ticket (see `Change.alters`)."""
        acting_for = self.acted_for.get(by, ()) if by is not None else ()
        if self.undoes and what.alters is not Aspect.NOTHING:
            reason = UNDONE
        event = TicketEvent(at, by, channel, what, before, after, reason, acting_for)
        self.fresh_events.append(event)
        self.apply(event)
        if what.moves:
            self.reminded_at = None

    def _enter(
        self,
        state: State,
        what: Change,
        by: PersonId | None,
        at: datetime,
        channel: str,
        reason: str | None = None,
    ) -> None:
        self.log(what, by=by, at=at, channel=channel, before=self.state, after=state, reason=reason)

    def _require_active(self, action: str) -> None:
        if not self.state.active:
            raise WrongState(self.number, self.state, action)

    def opened(self, *, by: PersonId, at: datetime, channel: str) -> None:
        self.log(Change.OPENED, by=by, at=at, channel=channel, after=State.OPEN)

    def claim(self, *, by: PersonId, at: datetime, channel: str) -> None:
        """Take it on. Raises AlreadyClaimed where somebody else holds it; one's own second press changes nothing."""
        self._require_active("claim")
        if self.holder == by:
            return
        if self.holder is not None:
            raise AlreadyClaimed(self.number, self.state, self.holder)
        self._enter(State.CLAIMED, Change.CLAIMED, by, at, channel)

    def assign(
        self, to: PersonId, *, by: PersonId | None, at: datetime, channel: str, reason: str | None = None
    ) -> None:
        """Give it to somebody, whoever holds it now (a lead's right, or what was chosen for a leave)."""
        self._require_active("assign")
        if self.holder == to:
            return
        before = str(self.holder) if self.holder else None
        self.log(Change.ASSIGNED, by=by, at=at, channel=channel, before=before, after=str(to), reason=reason)

    def release(self, *, by: PersonId | None, at: datetime, channel: str, reason: str | None = None) -> None:
        """Back to the queue."""
        self._require_active("release")
        if self.holder is None:
            raise WrongState(self.number, self.state, "release")
        self.waiting_for = ""
        self._enter(State.OPEN, Change.RELEASED, by, at, channel, reason)

    def transfer(self, unit: UnitId, *, by: PersonId, at: datetime, channel: str) -> None:
        """To the other unit's queue."""
        self._require_active("transfer")
        if unit == self.unit:
            raise WrongState(self.number, self.state, "transfer")
        self.log(Change.TRANSFERRED, by=by, at=at, channel=channel, before=self.unit, after=unit)
        self.waiting_for = ""

    def recategorise(self, category: str, unit: UnitId, *, by: PersonId, at: datetime, channel: str) -> None:
        """Another subject; with a subject of the other unit it moves there."""
        self._require_active("recategorise")
        if category == self.category:
            return
        self.log(Change.RECATEGORISED, by=by, at=at, channel=channel, before=self.category, after=category)
        self.facts.pop(GUESS, None)
        self.reasons = ()
        if unit != self.unit:
            self.transfer(unit, by=by, at=at, channel=channel)

    def prioritise(self, priority: Priority, *, by: PersonId | None, at: datetime, channel: str) -> None:
        self._require_active("prioritise")
        if priority is self.priority:
            return
        self.log(Change.PRIORITISED, by=by, at=at, channel=channel, before=self.priority, after=priority)

    def wait(self, state: State, waiting_for: str, *, by: PersonId, at: datetime, channel: str) -> None:
        """Put it on hold for information, a firm, parts or an approval, or because nobody was there."""
        if state not in WAITS:
            raise ValueError(f"{state} is no wait")
        self._require_active("wait")
        if self.holder is None:
            raise WrongState(self.number, self.state, "wait")
        self.waiting_for = waiting_for
        what = Change.FOUND_CLOSED if state is State.WAITING_ACCESS else Change.WAITING
        self._enter(state, what, by, at, channel, reason=state.removeprefix("waiting_"))

    def resume(self, *, by: PersonId | None, at: datetime, channel: str, reason: str | None = None) -> None:
        """The wait is over: back to work with its holder. `reason`: `visit`, where what was said of a visit ends it."""
        if not self.state.waiting:
            raise WrongState(self.number, self.state, "resume")
        self.waiting_for = ""
        self._enter(State.CLAIMED if self.holder else State.OPEN, Change.RESUMED, by, at, channel, reason)

    def resolve(self, what_was_done: str, *, by: PersonId, at: datetime, channel: str) -> None:
        self._require_active("resolve")
        if self.holder is None:
            raise WrongState(self.number, self.state, "resolve")
        self.resolution, self.resolved_at, self.resolved_by = what_was_done, at, by
        self.waiting_for = ""
        self._enter(State.RESOLVED, Change.RESOLVED, by, at, channel)

    def resolve_with_outage(self, what_was_done: str, *, by: PersonId, at: datetime, channel: str) -> None:
        """The outage that it was of is over, whoever holds it, and also where nobody did."""
        self._require_active("resolve")
        self.resolution, self.resolved_at, self.resolved_by = what_was_done, at, by
        self.waiting_for = ""
        self._enter(State.RESOLVED, Change.RESOLVED, by, at, channel, "outage")

    def confirm(self, *, by: PersonId, at: datetime, channel: str) -> None:
        """The reporter says that it works."""
        if self.state is not State.RESOLVED:
            raise WrongState(self.number, self.state, "confirm")
        self.ended_at = at
        self._enter(State.CLOSED, Change.CONFIRMED, by, at, channel)

    def solved(self, how: SolvedBy, told: str, *, by: PersonId, at: datetime, channel: str) -> None:
        """The reporter says that it works, and nobody resolved it. `told`: the same in words, for card and register."""
        self._require_active("solved")
        self.resolution, self.ended_at, self.waiting_for = told, at, ""
        self._enter(State.CLOSED, Change.SOLVED, by, at, channel, reason=how)

    def close(self, *, at: datetime, reason: str) -> None:
        """The desk closes what was resolved and met with silence."""
        if self.state is not State.RESOLVED:
            raise WrongState(self.number, self.state, "close")
        self.ended_at = at
        self._enter(State.CLOSED, Change.CLOSED, None, at, "desk", reason)

    def reopen(self, *, by: PersonId, at: datetime, channel: str, holder_stays: bool) -> None:
        """Within 14 days of its end; back to its holder where they still work in the unit, else to the queue."""
        if not self.may_reopen(at):
            raise WrongState(self.number, self.state, "reopen")
        self.ended_at = self.resolved_at = self.resolved_by = None
        self.resolution = ""
        state = State.CLAIMED if holder_stays and self.holder else State.OPEN
        self._enter(state, Change.REOPENED, by, at, channel)

    def cancel(self, reason: str, *, by: PersonId, at: datetime, channel: str) -> None:
        """`reason` is a code: `reporter`, `duplicate`, `not_ours`, `other`; what was written is an Entry."""
        self._require_active("cancel")
        self.ended_at = at
        self._enter(State.CANCELLED, Change.CANCELLED, by, at, channel, reason)

    def merge_into(self, other: Ticket, *, by: PersonId, at: datetime, channel: str) -> None:
        self._require_active("merge")
        if other.id == self.id or not other.state.active:
            raise WrongState(other.number, other.state, "merge")
        self.merged_into, self.ended_at = other.number, at
        self._enter(State.MERGED, Change.MERGED, by, at, channel, reason=other.number)

    def separate(self, before: State, *, by: PersonId, at: datetime, channel: str) -> None:
        """Out of the one that it was merged into, to how it stood `before`; raises WrongState where it was not, or that
        is no state in which something has to be done."""
        if self.state is not State.MERGED or self.merged_into is None or not before.active:
            raise WrongState(self.number, self.state, "separate")
        other, self.merged_into, self.ended_at = self.merged_into, None, None
        self._enter(before, Change.SEPARATED, by, at, channel, reason=other)

    def follow(self, *, by: PersonId, conversation: str, at: datetime, channel: str) -> None:
        """They have it too; where they followed it before they wait for word again."""
        others = tuple(follower for follower in self.followers if follower.person != by)
        self.followers = (*others, Follower(person=by, conversation=conversation))
        self.log(Change.JOINED, by=by, at=at, channel=channel)

    def followers_told(self) -> None:
        """They know that it is over."""
        self.followers = tuple(replace(follower, waits=False) for follower in self.followers)

    def recognise(self, guest: PersonId, person: PersonId) -> None:
        """Who reported it, or follows it, as a guest is that person."""
        self.reporter = person if self.reporter == guest else self.reporter
        self.opened_by = person if self.opened_by == guest else self.opened_by
        others = tuple(one for one in self.followers if one.person not in (guest, person))
        same = [replace(one, person=person) for one in self.followers if one.person in (guest, person)]
        self.followers = (*others, *same[:1]) if self.reporter != person else others

    def rate(self, stars: int, *, by: PersonId, at: datetime, channel: str) -> None:
        if self.state is not State.CLOSED:
            raise WrongState(self.number, self.state, "rate")
        self.log(Change.RATED, by=by, at=at, channel=channel, after=str(stars))
