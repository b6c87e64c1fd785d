"""Who may do what. The one place where rights are decided, whatever a button or a command said.

| role       | may                                                                                   |
|------------|---------------------------------------------------------------------------------------|
| requester  | their own tickets: read, reply, confirm, reopen, cancel, rate; what they follow:      |
|            | reply, reopen                                                                         |
| technician | tickets of the own unit; their own claims; sending on to the other unit; reading what |
|            | they opened for a caller; drafting an article from a solved ticket of the unit        |
| lead       | every ticket of the unit, also held by others; security tickets of the unit;          |
|            | publishing articles drafted from the unit's tickets; correcting names; the unit's     |
|            | days, and leaves of those who work in it; months of the unit: seeing, locking         |
| director   | reads everything; assigns, notes, sets priorities, declares outages; the institution's |
|            | days; everybody's leaves; months of all units, unlocking them                         |
| auditor    | reads everything, changes nothing; the reading is logged                              |
| deputy     | beside their own what the one may whom they deputise for, of security matters only    |
|            | where that was said; naming a deputy is not among it                                  |
| admin      | people, rooms, days and settings; not the content of security tickets                 |
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.domain.approvals import Approval, Approver
from handlers.domain.errors import NotAllowed, NotFound, NotHolder
from handlers.domain.people import Lent, Person, PersonId, Role, UnitId
from handlers.domain.ticket import Ticket


class Action(StrEnum):
    READ = "read"
    REPLY_AS_REPORTER = "reply_as_reporter"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    CANCEL = "cancel"
    RATE = "rate"
    CLAIM = "claim"
    NOTE = "note"
    RELEASE = "release"
    WAIT = "wait"
    RESUME = "resume"
    ASK = "ask"
    RESOLVE = "resolve"
    NAME_DEVICE = "name_device"
    """Saying which device it is about."""
    REPLY_TO_REPORTER = "reply_to_reporter"
    TRANSFER = "transfer"
    RECATEGORISE = "recategorise"
    PRIORITISE = "prioritise"
    MERGE = "merge"
    ASSIGN = "assign"
    DECLARE_OUTAGE = "declare_outage"
    KEEP_OUTAGE_NOTE = "keep_outage_note"
    """Writing and reading what is asked after an outage of which it is the head."""
    DRAFT_ARTICLE = "draft_article"
    PUBLISH_ARTICLE = "publish_article"
    """Of a ticket: an article from it. Of none: editing those that there are (`text_rights`)."""
    MANAGE_PEOPLE = "manage_people"
    CORRECT_NAMES = "correct_names"
    PRINT_DOOR_CARDS = "print_door_cards"
    BIND_ROOM = "bind_room"
    OPEN_FOR_OTHERS = "open_for_others"
    SEE_SUMMARY = "see_summary"
    READ_ALL = "read_all"
    KEEP_SYSTEMS = "keep_systems"
    """Which systems the house has, and what hints at them."""
    ADD_EFFORT = "add_effort"
    """Saying how long one worked on it."""
    TICK = "tick"
    """A line of its checklist, and hanging a list on it."""
    PROMISE = "promise"
    VISIT = "visit"
    """Setting off, finding nobody, arranging when to come."""
    CHOOSE_VISIT = "choose_visit"
    """Saying when one is there."""
    ASK_FOR_HELP = "ask_for_help"
    KEEP_CANNED_REPLIES = "keep_canned_replies"
    """Hazır yanıtlar of the own unit."""
    KEEP_RECURRING = "keep_recurring"
    """Düzenli işler of the own unit."""
    KEEP_APPROVALS = "keep_approvals"
    """Which subjects ask for a yes by themselves: a lead of the own unit's."""
    KEEP_CHECKLISTS = "keep_checklists"
    """Of the own unit."""
    KEEP_CALENDAR = "keep_calendar"
    """Days, hours and targets of the own unit."""
    KEEP_CALENDAR_OF_ALL = "keep_calendar_of_all"
    """And of the institution."""
    TAKE_LEAVE = "take_leave"
    """Write down that one is away."""
    NAME_DEPUTY = "name_deputy"
    """Somebody who acts with one's own right for a time."""
    SEE_ROTA = "see_rota"
    """Who is on call, and changing one's own duty with a colleague."""
    KEEP_ROTA = "keep_rota"
    """Writing down who is on call in the own unit."""
    LOCK_MONTH = "lock_month"
    """Seeing the figures of a month, and signing them (`units_of_months`)."""
    UNLOCK_MONTH = "unlock_month"
    ENTER_LEAVE = "enter_leave"
    """And that somebody else is (`may_enter_leave_of`), also of days that are past."""


_OWN = frozenset({Action.READ, Action.REPLY_AS_REPORTER, Action.CONFIRM, Action.REOPEN, Action.CANCEL, Action.RATE}) | {
    Action.CHOOSE_VISIT
}
_FOLLOWED = frozenset({Action.REPLY_AS_REPORTER, Action.REOPEN})
_ANY_OF_UNIT = frozenset(
    {
        Action.READ,
        Action.CLAIM,
        Action.NOTE,
        Action.REPLY_TO_REPORTER,
        Action.TRANSFER,
        Action.RECATEGORISE,
        Action.PRIORITISE,
        Action.DECLARE_OUTAGE,
        Action.DRAFT_ARTICLE,
        Action.REOPEN,
        Action.ADD_EFFORT,
        Action.TICK,
        Action.NAME_DEVICE,
    }
)
_HOLDER = frozenset(
    {
        Action.RELEASE,
        Action.WAIT,
        Action.RESUME,
        Action.ASK,
        Action.RESOLVE,
        Action.MERGE,
        Action.CANCEL,
        Action.PROMISE,
        Action.VISIT,
        Action.ASK_FOR_HELP,
        Action.KEEP_OUTAGE_NOTE,
    }
)
_LEAD = _ANY_OF_UNIT | _HOLDER | {Action.ASSIGN, Action.PUBLISH_ARTICLE}
_DIRECTOR = frozenset({Action.READ, Action.ASSIGN, Action.PRIORITISE, Action.NOTE, Action.KEEP_OUTAGE_NOTE}) | {
    Action.DECLARE_OUTAGE
}
"""An outage of a unit without a lead is proposed to the director."""
_CALENDAR = frozenset({Action.KEEP_CALENDAR, Action.KEEP_CALENDAR_OF_ALL})
_LEAVES = frozenset({Action.TAKE_LEAVE, Action.ENTER_LEAVE, Action.NAME_DEPUTY})
_HOUSE = {
    Role.REQUESTER: frozenset[Action](),
    Role.TECHNICIAN: frozenset({Action.OPEN_FOR_OTHERS, Action.SEE_SUMMARY, Action.TAKE_LEAVE, Action.SEE_ROTA}),
    Role.LEAD: frozenset({Action.OPEN_FOR_OTHERS, Action.SEE_SUMMARY, Action.CORRECT_NAMES, Action.KEEP_CALENDAR})
    | {Action.LOCK_MONTH, Action.PUBLISH_ARTICLE}
    | _LEAVES
    | {Action.SEE_ROTA, Action.KEEP_ROTA, Action.KEEP_SYSTEMS, Action.PRINT_DOOR_CARDS}
    | {Action.KEEP_CANNED_REPLIES, Action.KEEP_CHECKLISTS, Action.KEEP_RECURRING, Action.KEEP_APPROVALS},
    Role.DIRECTOR: frozenset({Action.OPEN_FOR_OTHERS, Action.SEE_SUMMARY, Action.READ_ALL, Action.SEE_ROTA})
    | {Action.KEEP_APPROVALS, Action.KEEP_SYSTEMS, Action.LOCK_MONTH, Action.UNLOCK_MONTH}
    | _CALENDAR
    | _LEAVES
    | {Action.PRINT_DOOR_CARDS, Action.PUBLISH_ARTICLE},
    Role.AUDITOR: frozenset({Action.SEE_SUMMARY, Action.READ_ALL}),
    Role.ADMIN: frozenset({Action.MANAGE_PEOPLE, Action.BIND_ROOM, Action.SEE_SUMMARY, Action.CORRECT_NAMES})
    | {Action.KEEP_SYSTEMS, Action.PRINT_DOOR_CARDS, Action.PUBLISH_ARTICLE}
    | _CALENDAR,
}


def may(person: Person, action: Action, ticket: Ticket | None = None) -> bool:
    """Whether this person may do this, to this ticket where one is meant: by their own right, or as a deputy."""
    return _may_oneself(person, action, ticket) or bool(in_place_of(person, action, ticket))


def in_place_of(person: Person, action: Action, ticket: Ticket | None = None) -> tuple[PersonId, ...]:
    """By whose right they may, where it is not their own: whom they deputise for. Empty: by their own, or not at
    all."""
    if person.gone or not person.lent or _may_oneself(person, action, ticket):
        return ()
    for right in person.lent:
        secret = ticket is not None and ticket.restricted and not right.restricted
        if not secret and action is not Action.NAME_DEPUTY and _may_oneself(_with(person, right), action, ticket):
            return right.of
    return ()


def _with(person: Person, right: Lent) -> Person:
    """Them, as if the role were theirs."""
    return replace(person, role=right.role, unit=right.unit, lent=())


def _may_oneself(person: Person, action: Action, ticket: Ticket | None = None) -> bool:
    if person.gone:
        return False
    if ticket is None:
        return action in _HOUSE[person.role]
    if person.id == ticket.reporter and action in _OWN:
        return True
    if action in _FOLLOWED and ticket.concerns(person.id):
        return True
    if person.id == ticket.opened_by and action is Action.READ and not ticket.restricted:
        return True  # opened for a caller, who will ask them how it stands
    return action in _on_others_ticket(person, ticket)


def _on_others_ticket(person: Person, ticket: Ticket) -> frozenset[Action]:
    match person.role:
        case Role.LEAD if person.unit == ticket.unit:
            return _LEAD
        case Role.DIRECTOR:
            return _DIRECTOR
        case Role.TECHNICIAN if person.unit == ticket.unit and not ticket.restricted:
            return _ANY_OF_UNIT | _HOLDER if ticket.holder == person.id else _ANY_OF_UNIT
        case Role.TECHNICIAN if person.unit == ticket.unit and ticket.holder == person.id:
            return _ANY_OF_UNIT | _HOLDER  # a lead gave it to them by name
        case Role.AUDITOR:
            return frozenset({Action.READ})
        case Role.ADMIN if not ticket.restricted:
            return frozenset({Action.READ})
        case _:
            return frozenset()


def unit_of_calendar(person: Person) -> UnitId | None:
    """Whose days somebody writes down who says nothing else: a lead the own unit's, others the institution's (None)."""
    return None if may(person, Action.KEEP_CALENDAR_OF_ALL) else person.unit


def may_see_settings(person: Person) -> bool:
    """What the file and the environment of the desk say, and what was said in the browser."""
    return not person.gone and bool(person.roles & {Role.ADMIN, Role.AUDITOR})


def may_keep_settings(person: Person) -> bool:
    """An admin, or who deputises for one."""
    return not person.gone and Role.ADMIN in person.roles


def units_of_months(person: Person) -> frozenset[UnitId] | None:
    """Of which units somebody sees and locks months, by their own right or as a deputy; None: of all."""
    standings = [person, *(_with(person, right) for right in person.lent)]
    if person.gone or any(one.role is Role.DIRECTOR for one in standings):
        return frozenset() if person.gone else None
    return frozenset(one.unit for one in standings if one.role is Role.LEAD and one.unit is not None)


def units_of_views(person: Person) -> frozenset[UnitId] | None:
    """For which units somebody keeps lists: a lead for the own one, director and admin for any and all (None)."""
    standings = [] if person.gone else [person, *(_with(person, right) for right in person.lent)]
    if any(one.role in (Role.DIRECTOR, Role.ADMIN) for one in standings):
        return None
    return frozenset(one.unit for one in standings if one.role is Role.LEAD and one.unit is not None)


def units_of_figures(person: Person) -> frozenset[UnitId] | None:
    """Of which units somebody sees figures, by their own right or as a deputy: who works in one that one's, director,
    auditor and admin all (None)."""
    standings = [person, *(_with(person, right) for right in person.lent)]
    seeing = [one for one in standings if not person.gone and Action.SEE_SUMMARY in _HOUSE[one.role]]
    if any(one.unit is None for one in seeing):
        return None
    return frozenset(one.unit for one in seeing if one.unit is not None)


def units_searched(person: Person) -> frozenset[UnitId] | None:
    """Of which units somebody finds tickets, by their own right or as a deputy; None: of all."""
    standings = [] if person.gone else [person, *(_with(person, right) for right in person.lent)]
    if any(one.role in (Role.DIRECTOR, Role.AUDITOR, Role.ADMIN) for one in standings):
        return None
    return frozenset(one.unit for one in standings if one.role.needs_unit and one.unit is not None)


def finds_notes(person: Person) -> bool:
    """Whether internal notes are among what they find tickets by: who sees those of all units as an admin reads
    none."""
    return Role.ADMIN not in person.roles or bool(person.roles & {Role.DIRECTOR, Role.AUDITOR})


def finds_people(person: Person) -> bool:
    """Whether they look up colleagues."""
    return not person.gone and bool(person.roles - {Role.REQUESTER})


def may_enter_leave_of(person: Person, other: Person) -> bool:
    """Whether somebody writes down that the other is away: oneself, who works in the unit that one leads, anybody."""
    if person.id == other.id:
        return may(person, Action.TAKE_LEAVE)
    if not (may(person, Action.ENTER_LEAVE) and may(other, Action.TAKE_LEAVE)):
        return False
    standings = [person, *(_with(person, right) for right in person.lent)]
    return any(
        one.role is Role.DIRECTOR or (one.role is Role.LEAD and one.unit is not None and other.works_in(one.unit))
        for one in standings
    )


def may_decide(person: Person, approval: Approval, ticket: Ticket) -> bool:
    """Whether a yes or no is theirs: as whom it is asked of, or as that person's deputy. Never of what they asked for
    or reported themselves."""
    return _decides_oneself(person, approval, ticket) or bool(decides_in_place_of(person, approval, ticket))


def decides_in_place_of(person: Person, approval: Approval, ticket: Ticket) -> tuple[PersonId, ...]:
    """By whose right, where it is not their own; empty: by their own, or not at all."""
    if person.gone or _decides_oneself(person, approval, ticket):
        return ()
    for right in person.lent:
        secret = ticket.restricted and not right.restricted
        if not secret and _decides_oneself(_with(person, right), approval, ticket):
            return right.of
    return ()


def _decides_oneself(person: Person, approval: Approval, ticket: Ticket) -> bool:
    if person.gone or person.id in (approval.asked_by, ticket.reporter):
        return False
    match approval.approver:
        case Approver.MANAGER:
            return person.id == approval.manager
        case Approver.LEAD:
            return person.role is Role.LEAD and person.unit == ticket.unit
        case Approver.DIRECTOR:
            return person.role is Role.DIRECTOR
        case Approver.COLLEAGUE:
            return person.works_in(ticket.unit) and _may_oneself(person, Action.READ, ticket)


def unit_may_read(unit: UnitId, ticket: Ticket) -> bool:
    """Whether it may be read by everybody who works in that unit."""
    return ticket.unit == unit and not ticket.restricted


def sees_restricted(person: Person, unit: UnitId) -> bool:
    """Whether the security matters of that unit are among what they may read: for lists, which are cut after that."""
    if any(right.restricted and sees_restricted(_with(person, right), unit) for right in person.lent):
        return True
    match person.role:
        case Role.LEAD:
            return person.works_in(unit)
        case Role.DIRECTOR | Role.AUDITOR:
            return not person.gone
        case _:
            return False


def sees_inside(person: Person, ticket: Ticket) -> bool:
    """Whether notes, waits and who held it are among what they may read of a ticket. Who reads everything in somebody's
    place reads of a security matter no more than its reporter, unless that was lent as well."""
    reads_all = may(person, Action.READ_ALL) and (not ticket.restricted or sees_restricted(person, ticket.unit))
    return reads_all or may(person, Action.NOTE, ticket)


@dataclass(frozen=True, slots=True)
class Scope:
    """Tickets that somebody may read for their work, as lists ask for them; what they reported is beside it."""

    unit: UnitId | None
    """None: of all units."""
    restricted: bool
    """Security matters, too."""
    held_by: PersonId | None = None
    """Security matters that this person holds are among them anyway."""

    def covers(self, ticket: Ticket) -> bool:
        return self.covers_one(ticket.unit, restricted=ticket.restricted, holder=ticket.holder)

    def covers_one(self, unit: UnitId, *, restricted: bool, holder: PersonId | None) -> bool:
        """Where no more is known of it."""
        own = self.restricted or not restricted or (self.held_by is not None and holder == self.held_by)
        return own and self.unit in (None, unit)


def scopes(person: Person) -> tuple[Scope, ...]:
    """What together they may read, by their own right and as a deputy; none where they see nobody's work."""
    if person.gone:
        return ()
    own = _scope(person)
    lent = [
        replace(found, restricted=found.restricted and right.restricted)
        for right in person.lent
        if (found := _scope(_with(person, right))) is not None
    ]
    return tuple(dict.fromkeys(one for one in (own, *lent) if one is not None))


def _scope(person: Person) -> Scope | None:
    match person.role:
        case Role.LEAD if person.unit is not None:
            return Scope(person.unit, restricted=True)
        case Role.TECHNICIAN if person.unit is not None:
            return Scope(person.unit, restricted=False, held_by=person.id)
        case Role.DIRECTOR | Role.AUDITOR:
            return Scope(None, restricted=True)
        case Role.ADMIN:
            return Scope(None, restricted=False)
        case _:
            return None


def require(person: Person, action: Action, ticket: Ticket | None = None) -> None:
    """Raises NotFound for a ticket they may not even know of, NotAllowed for what they may not do to one they see.
    What a deputy does by another's right is noted on the ticket, for its history."""
    if may(person, action, ticket):
        if ticket is not None and (others := in_place_of(person, action, ticket)):
            ticket.acted_for[person.id] = others
        return
    if ticket is not None and not may(person, Action.READ, ticket):
        raise NotFound("ticket", ticket.number)
    by_claiming = action in _HOLDER and action is not Action.KEEP_OUTAGE_NOTE
    if ticket is not None and by_claiming and may(person, Action.CLAIM, ticket):
        raise NotHolder(action, person.handle, ticket.number, ticket.holder)
    raise NotAllowed(action, person.handle)
