"""The ticket's state machine: its states, the changes that a history records, and what each change leads to.

Nobody else decides what a change does to a ticket: the ticket itself, the counts of the daily summary and the check of
all histories replay events through `Lifecycle.apply`; queries in SQL are built from the properties of `Change`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from typing import assert_never

from handlers.domain.people import PersonId, UnitId


class State(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    WAITING_REPORTER = "waiting_reporter"
    WAITING_VENDOR = "waiting_vendor"
    WAITING_PARTS = "waiting_parts"
    WAITING_APPROVAL = "waiting_approval"
    WAITING_ACCESS = "waiting_access"
    """Somebody came, and its reporter was not there."""
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"

    @property
    def waiting(self) -> bool:
        return self.value.startswith("waiting_")

    @property
    def active(self) -> bool:
        """Somebody still has to do something: open, claimed or waiting."""
        return self in ACTIVE


ACTIVE = frozenset(
    {
        State.OPEN,
        State.CLAIMED,
        State.WAITING_REPORTER,
        State.WAITING_VENDOR,
        State.WAITING_PARTS,
        State.WAITING_APPROVAL,
        State.WAITING_ACCESS,
    }
)
UNDONE = "undone"
"""The `reason` of what took back what the same person had just done."""
UNDONE_WITHIN = timedelta(minutes=10)
WAITS = frozenset(state for state in ACTIVE if state.waiting)


class SolvedBy(StrEnum):
    """How a ticket that nobody resolved was solved, as its reporter tells it."""

    STEPS = "steps"
    ITSELF = "itself"
    UNTOLD = "untold"


class Priority(StrEnum):
    LOW = "dusuk"
    NORMAL = "normal"
    HIGH = "yuksek"
    URGENT = "acil"

    @property
    def rank(self) -> int:
        """0 is the most urgent: queues are sorted by it."""
        return [Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW].index(self)


class Aspect(Enum):
    """The field of a ticket that a change gives a new value; `before` and `after` of its event are of this field."""

    STATE = auto()
    HOLDER = auto()
    UNIT = auto()
    CATEGORY = auto()
    PRIORITY = auto()
    RATING = auto()
    NOTHING = auto()
    """What is recorded changes none of them."""


class Change(StrEnum):
    """What an entry of the history says happened."""

    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    RECATEGORISED = "recategorised"
    PRIORITISED = "prioritised"
    WAITING = "waiting"
    RESUMED = "resumed"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    SOLVED = "solved"
    """Its reporter said that it works, before anybody resolved it; its `reason` is a `SolvedBy`."""
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    MERGED = "merged"
    LINKED = "linked"
    """It has to do with the ticket whose number is its `after`; that one says the same of this."""
    UNLINKED = "unlinked"
    """It has nothing to do with the one whose number is its `before`."""
    PUT_UNDER = "put_under"
    """It is a part of the ticket whose number is its `after`."""
    TAKEN_OUT = "taken_out"
    """It is no part of the one whose number is its `before` any more."""
    PART_ADDED = "part_added"
    """The ticket whose number is its `after` is a part of it."""
    PART_REMOVED = "part_removed"
    """The one whose number is its `before` is none any more."""
    SEPARATED = "separated"
    """What was merged goes on by itself again."""
    REPLIED = "replied"
    NOTED = "noted"
    ASKED = "asked"
    RATED = "rated"
    ATTACHED = "attached"
    COMPLETED = "completed"
    """A fact that the category asks for was filled in."""
    JOINED = "joined"
    """A colleague said they have the same trouble."""
    POSTPONED = "postponed"
    """It waits, and its `after` is the day on which somebody looks at it again."""
    SEEN = "seen"
    """Whoever is on call saw the emergency: it climbs no further. Nobody has claimed it yet."""
    CONTINUED = "continued"
    """Whoever holds it said that it goes on, when asked after days of silence; or its reporter that the danger does,
    after it was seen."""
    EXPLAINED = "explained"
    """It took longer than allowed, and its `reason` is a code of why."""
    PROMISED = "promised"
    """Its reporter was promised it by the day that is its `after`."""
    HELP_ASKED = "help_asked"
    """Whoever holds it asked colleagues and lead for help."""
    SET_OFF = "set_off"
    """Whoever holds it is on the way; its `after` says how many minutes they need."""
    FOUND_CLOSED = "found_closed"
    """They came, and its reporter was not there."""
    VISIT_OFFERED = "visit_offered"
    """Its reporter was asked which of the times in its `after` suits them."""
    VISIT_AGREED = "visit_agreed"
    """Its `after` is the time at which somebody comes."""
    VISIT_REFUSED = "visit_refused"
    """None of the times suits its reporter."""
    VISIT_WITHDRAWN = "visit_withdrawn"
    """What whoever holds it said last of a visit was taken back."""
    APPROVAL_ASKED = "approval_asked"
    """Somebody's yes was asked for: `before` is the kind, `after` the hash of the text that was put before them."""
    APPROVED = "approved"
    """They gave it; `before` and `after` as above, of the text that they saw."""
    REFUSED = "refused"
    """They did not."""
    DOCUMENTED = "documented"
    """The document behind an approval: `before` is the kind, `after` its number."""
    LISTED = "listed"
    """A checklist was hung on it: its `after` is the list's id here, its `reason` name and version."""
    TICKED = "ticked"
    """A line of one was ticked: `after` is the list's id and the line's place."""
    UNTICKED = "unticked"
    """No longer: `before` is that line."""
    EXCUSED = "excused"
    """It was said why required lines stay open."""
    REMARKED = "remarked"
    """A note or photo was put to a line: `after` is the line, `reason` the entry with it; with `before` in its place it
    was taken off the line again."""
    CHECKED = "checked"
    """A check was answered: its `after` is ok, warning or failed."""
    PROVED = "proved"
    """What is wanted of whoever completes it was given: its `after` is what; with `reason` "missing" it was said why
    there is none."""
    SPENT = "spent"
    """Somebody says how long they worked on it: its `after` is minutes; without one it takes back the line of the
    history that is its `reason`, and `before` are the minutes there."""
    RETARGETED = "retargeted"
    """It was open when a target was set, and that one (its id is `after`) counts for it too; without an `after` the one
    that is its `before` counts no more."""

    @property
    def alters(self) -> Aspect:
        return _ALTERS[self]

    @property
    def enters_state(self) -> bool:
        """Its `after` is the state that the ticket enters."""
        return self.alters is Aspect.STATE

    @property
    def moves(self) -> bool:
        """It sets the ticket's `changed_at`: waits and reminders count from it anew."""
        return self.alters in (Aspect.STATE, Aspect.HOLDER, Aspect.UNIT)

    def leads_to(self, after: str | None) -> State | None:
        """The state after it, for its event's `after`; None where the state before it decides.

        Raises ValueError where `after` is no state.
        """
        if self.enters_state:
            return State(after or "")
        return State.OPEN if self.alters is Aspect.UNIT else None


def _altered_by(change: Change) -> Aspect:
    match change:
        case Change.OPENED | Change.CLAIMED | Change.RELEASED | Change.WAITING | Change.RESUMED | Change.REOPENED:
            return Aspect.STATE
        case Change.FOUND_CLOSED | Change.SEPARATED:
            return Aspect.STATE
        case Change.RESOLVED | Change.CONFIRMED | Change.CLOSED | Change.SOLVED | Change.CANCELLED | Change.MERGED:
            return Aspect.STATE
        case Change.ASSIGNED:
            return Aspect.HOLDER
        case Change.TRANSFERRED:
            return Aspect.UNIT
        case Change.RECATEGORISED:
            return Aspect.CATEGORY
        case Change.PRIORITISED:
            return Aspect.PRIORITY
        case Change.RATED:
            return Aspect.RATING
        case Change.REPLIED | Change.NOTED | Change.ASKED | Change.ATTACHED | Change.COMPLETED | Change.JOINED:
            return Aspect.NOTHING
        case Change.POSTPONED | Change.SEEN | Change.EXPLAINED | Change.PROMISED:
            return Aspect.NOTHING
        case Change.SET_OFF | Change.VISIT_OFFERED | Change.VISIT_AGREED | Change.VISIT_REFUSED:
            return Aspect.NOTHING
        case Change.PUT_UNDER | Change.TAKEN_OUT | Change.PART_ADDED | Change.PART_REMOVED:
            return Aspect.NOTHING
        case Change.VISIT_WITHDRAWN | Change.LINKED | Change.UNLINKED:
            return Aspect.NOTHING
        case Change.CONTINUED | Change.HELP_ASKED | Change.RETARGETED | Change.SPENT:
            return Aspect.NOTHING
        case Change.APPROVAL_ASKED | Change.APPROVED | Change.REFUSED | Change.DOCUMENTED:
            return Aspect.NOTHING
        case Change.LISTED | Change.TICKED | Change.UNTICKED | Change.EXCUSED | Change.CHECKED | Change.PROVED:
            return Aspect.NOTHING
        case Change.REMARKED:
            return Aspect.NOTHING
        case _:
            assert_never(change)


_ALTERS = {change: _altered_by(change) for change in Change}


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One line of the history; append-only. It never holds what people wrote: `reason` is a code such as `parts`."""

    at: datetime
    who: PersonId | None
    """None: the desk itself (closing after silence, for one)."""
    channel: str
    what: Change
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    acting_for: tuple[PersonId, ...] = ()
    """In whose place it was done, by their right (vekâlet)."""


@dataclass(slots=True, kw_only=True)
class Lifecycle:
    """What the history of a ticket decides: replayed from its opening, it ends as the ticket is."""

    unit: UnitId
    category: str | None
    """None: nobody could tell yet, a person sorts it."""
    priority: Priority = Priority.NORMAL
    state: State = State.OPEN
    holder: PersonId | None = None
    rating: int | None = None
    changed_at: datetime | None = None
    """When its state, holder or unit last changed; waits and reminders count from here."""

    def apply(self, event: TicketEvent) -> None:
        """Raises ValueError where the event's `after` is no value of the field that it alters."""
        self.state = event.what.leads_to(event.after) or self.state
        match event.what.alters:
            case Aspect.STATE:
                if event.what is Change.CLAIMED:
                    self.holder = event.who
                elif self.state is State.OPEN:
                    self.holder = None
            case Aspect.UNIT:
                self.unit, self.holder = _given(event), None
            case Aspect.HOLDER:
                self.holder = PersonId(int(_given(event)))
                if self.state is State.OPEN:
                    self.state = State.CLAIMED
            case Aspect.CATEGORY:
                self.category = event.after
            case Aspect.PRIORITY:
                self.priority = Priority(_given(event))
            case Aspect.RATING:
                self.rating = int(_given(event))
            case Aspect.NOTHING:
                pass
        if event.what.moves:
            self.changed_at = event.at


def as_opened(unit: UnitId, category: str | None, priority: Priority, history: Sequence[TicketEvent]) -> Lifecycle:
    """A ticket as it was before its history, from what it is now. The opening records the state alone: the rest is what
    the first change of each found. Raises ValueError for a priority that the desk does not know."""
    for event in reversed(history):
        match event.what.alters:
            case Aspect.UNIT:
                unit = event.before or unit
            case Aspect.CATEGORY:
                category = event.before
            case Aspect.PRIORITY:
                priority = Priority(event.before or "")
            case _:
                pass
    return Lifecycle(unit=unit, category=category, priority=priority)


def _given(event: TicketEvent) -> str:
    if event.after is None:
        raise ValueError(f"{event.what} without a value")
    return event.after
