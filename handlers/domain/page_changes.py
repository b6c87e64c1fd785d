"""What a page asks to be done to a ticket, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.domain.errors import DeskError
from handlers.domain.people import PersonId
from handlers.domain.rights import Action
from handlers.domain.states import Aspect, Priority, State, TicketEvent
from handlers.domain.ticket import Ticket


class PageAction(StrEnum):
    CLAIM = "claim"
    RELEASE = "release"
    RESOLVE = "resolve"
    WAIT = "wait"
    RESUME = "resume"
    ASSIGN = "assign"
    PRIORITISE = "prioritise"
    RECATEGORISE = "recategorise"
    TRANSFER = "transfer"
    NOTE = "note"
    WRITE = "write"
    """To the reporter."""
    SEND_CANNED = "send_canned"
    SEND_NOTE = "send_note"
    """To the reporter after all."""
    SET_OFF = "set_off"
    FOUND_CLOSED = "found_closed"
    OFFER_VISIT = "offer_visit"
    AGREE_VISIT = "agree_visit"
    TAKE_BACK_VISIT = "take_back_visit"
    PROMISE = "promise"
    ASK_FOR_HELP = "ask_for_help"
    LOOK_AGAIN = "look_again"
    GOES_ON = "goes_on"
    SEE = "see"
    CHECK = "check"
    HANG = "hang"
    TICK = "tick"
    UNTICK = "untick"
    REMARK = "remark"
    EXCUSE = "excuse"
    """Why required lines stay open, or why what is wanted is not there."""
    SPEND = "spend"
    TAKE_BACK_SPENT = "take_back_spent"
    EXPLAIN = "explain"
    """Why it took longer than its target."""
    ASK_APPROVAL = "ask_approval"
    TAKE_BACK_APPROVAL = "take_back_approval"
    APPROVE = "approve"
    REFUSE = "refuse"
    ASK_BACK = "ask_back"
    ANSWER_BACK = "answer_back"
    DOCUMENT = "document"
    NAME_DEVICE = "name_device"
    RELATE = "relate"
    UNRELATE = "unrelate"
    ADD_PART = "add_part"
    REMOVE_PART = "remove_part"
    SPLIT = "split"
    MERGE = "merge"
    SEPARATE = "separate"
    CANCEL = "cancel"
    REOPEN = "reopen"
    DECLARE_OUTAGE = "declare_outage"
    JOIN_OUTAGE = "join_outage"
    WRITE_TO_ALL = "write_to_all"
    ANNOUNCE = "announce"
    END_OUTAGE = "end_outage"


NEEDS: Mapping[PageAction, Action] = {
    PageAction.CLAIM: Action.CLAIM,
    PageAction.RELEASE: Action.RELEASE,
    PageAction.RESOLVE: Action.RESOLVE,
    PageAction.WAIT: Action.WAIT,
    PageAction.RESUME: Action.RESUME,
    PageAction.ASSIGN: Action.ASSIGN,
    PageAction.PRIORITISE: Action.PRIORITISE,
    PageAction.RECATEGORISE: Action.RECATEGORISE,
    PageAction.TRANSFER: Action.TRANSFER,
    PageAction.NOTE: Action.NOTE,
    PageAction.WRITE: Action.REPLY_TO_REPORTER,
    PageAction.SEND_CANNED: Action.REPLY_TO_REPORTER,
    PageAction.SEND_NOTE: Action.REPLY_TO_REPORTER,
    PageAction.SET_OFF: Action.VISIT,
    PageAction.FOUND_CLOSED: Action.VISIT,
    PageAction.OFFER_VISIT: Action.VISIT,
    PageAction.AGREE_VISIT: Action.VISIT,
    PageAction.TAKE_BACK_VISIT: Action.VISIT,
    PageAction.PROMISE: Action.PROMISE,
    PageAction.ASK_FOR_HELP: Action.ASK_FOR_HELP,
    PageAction.LOOK_AGAIN: Action.WAIT,
    PageAction.GOES_ON: Action.WAIT,
    PageAction.SEE: Action.NOTE,
    PageAction.CHECK: Action.CLAIM,
    PageAction.HANG: Action.TICK,
    PageAction.TICK: Action.TICK,
    PageAction.UNTICK: Action.TICK,
    PageAction.REMARK: Action.TICK,
    PageAction.EXCUSE: Action.RESOLVE,
    PageAction.SPEND: Action.ADD_EFFORT,
    PageAction.TAKE_BACK_SPENT: Action.ADD_EFFORT,
    PageAction.EXPLAIN: Action.RESOLVE,
    PageAction.ASK_APPROVAL: Action.WAIT,
    PageAction.TAKE_BACK_APPROVAL: Action.RESUME,
    PageAction.APPROVE: Action.READ,
    PageAction.REFUSE: Action.READ,
    PageAction.ASK_BACK: Action.READ,
    PageAction.ANSWER_BACK: Action.READ,
    PageAction.DOCUMENT: Action.READ,
    PageAction.NAME_DEVICE: Action.NAME_DEVICE,
    PageAction.RELATE: Action.NOTE,
    PageAction.UNRELATE: Action.NOTE,
    PageAction.ADD_PART: Action.NOTE,
    PageAction.REMOVE_PART: Action.NOTE,
    PageAction.SPLIT: Action.NOTE,
    PageAction.MERGE: Action.MERGE,
    PageAction.SEPARATE: Action.MERGE,
    PageAction.CANCEL: Action.CANCEL,
    PageAction.REOPEN: Action.REOPEN,
    PageAction.DECLARE_OUTAGE: Action.DECLARE_OUTAGE,
    PageAction.JOIN_OUTAGE: Action.DECLARE_OUTAGE,
    PageAction.WRITE_TO_ALL: Action.DECLARE_OUTAGE,
    PageAction.ANNOUNCE: Action.DECLARE_OUTAGE,
    PageAction.END_OUTAGE: Action.DECLARE_OUTAGE,
}
"""The right behind each: the same as that of the button in the chat. Whose yes an approval is, is asked beside it."""
_OF_WORDS = frozenset({PageAction.NOTE, PageAction.WRITE, PageAction.SEND_CANNED, PageAction.SEND_NOTE})
_OF_LINKS = frozenset(
    {PageAction.RELATE, PageAction.UNRELATE, PageAction.ADD_PART, PageAction.REMOVE_PART, PageAction.SPLIT}
)
_OF_LISTS = frozenset({PageAction.HANG, PageAction.TICK, PageAction.UNTICK, PageAction.REMARK})
_OF_EFFORT = frozenset({PageAction.SPEND, PageAction.TAKE_BACK_SPENT})
_OF_APPROVAL = frozenset({PageAction.APPROVE, PageAction.REFUSE, PageAction.ASK_BACK, PageAction.ANSWER_BACK}) | {
    PageAction.DOCUMENT,
    PageAction.TAKE_BACK_APPROVAL,
}
_OF_A_HOLDER = frozenset(
    {PageAction.RELEASE, PageAction.RESOLVE, PageAction.SET_OFF, PageAction.FOUND_CLOSED, PageAction.OFFER_VISIT}
    | {PageAction.AGREE_VISIT, PageAction.TAKE_BACK_VISIT, PageAction.PROMISE, PageAction.ASK_FOR_HELP}
    | {PageAction.ASK_APPROVAL, PageAction.EXCUSE}
)
ADDS_ONLY = (
    _OF_WORDS
    | _OF_LINKS
    | _OF_LISTS
    | _OF_EFFORT
    | {PageAction.EXPLAIN, PageAction.ASK_FOR_HELP, PageAction.SEE, PageAction.GOES_ON, PageAction.WRITE_TO_ALL}
)
"""Nothing that others did meanwhile is undone by it."""
WAITS_ON_A_PAGE = (State.WAITING_REPORTER, State.WAITING_VENDOR, State.WAITING_PARTS)
"""A yes is asked for by an action of its own: its kind and whose it is are asked."""
_OF_NO_STATE = frozenset({Aspect.NOTHING, Aspect.RATING})


class Outcome(StrEnum):
    DONE = "done"
    NONE = "none"
    """It was so already."""
    STALE = "stale"
    """Somebody else changed it meanwhile."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChange:
    number: str
    action: PageAction
    text: str = ""
    to: str = ""
    """Whom, or what it shall become: a person's id, a priority, a category, a unit, a wait, another ticket's number."""
    files: tuple[str, ...] = ()
    """Ids of attachments, already on disk for good."""
    seen: int = 0
    """Lines of the history that stood on the page."""
    anyway: bool = False
    """Although it was asked about: somebody on leave, open parts, the ticket that it is merged into."""
    undoes: bool = False
    """It is meant to take back what they did last."""


class ChangedMeanwhile(DeskError):
    """Others did something to it since the page was shown."""

    def __init__(self, number: str, events: Sequence[TicketEvent]) -> None:
        super().__init__(f"{number} was changed meanwhile")
        self.number, self.events = number, events


def changed_since(history: Sequence[TicketEvent], seen: int, by_others_than: PersonId) -> Sequence[TicketEvent]:
    """What changed the ticket itself, and was not their own doing."""
    return [one for one in history[max(seen, 0) :] if one.what.alters not in _OF_NO_STATE and one.who != by_others_than]


def fits(action: PageAction, ticket: Ticket) -> bool:
    """Whether the state allows it, whoever asks."""
    if action in _OF_WORDS | _OF_LINKS | _OF_EFFORT | {PageAction.NAME_DEVICE}:
        return ticket.state is not State.MERGED
    match action:
        case PageAction.SEPARATE:
            return ticket.state is State.MERGED
        case PageAction.REOPEN | PageAction.EXPLAIN:
            return ticket.state in (State.RESOLVED, State.CLOSED)
        case _:
            return ticket.state.active and _fits_work(action, ticket)


def _fits_work(action: PageAction, ticket: Ticket) -> bool:
    if action in _OF_A_HOLDER:
        return ticket.holder is not None
    if action in _OF_APPROVAL:
        return ticket.state is State.WAITING_APPROVAL
    match action:
        case PageAction.CLAIM:
            return ticket.holder is None
        case PageAction.WAIT:
            return ticket.holder is not None and not ticket.state.waiting
        case PageAction.RESUME:
            return ticket.state.waiting
        case PageAction.LOOK_AGAIN:
            return ticket.state.waiting and ticket.state is not State.WAITING_REPORTER
        case PageAction.GOES_ON:
            return ticket.state is State.CLAIMED
        case PageAction.SEE:
            return ticket.state is State.OPEN and ticket.priority is Priority.URGENT
        case PageAction.DECLARE_OUTAGE | PageAction.JOIN_OUTAGE:
            return not ticket.outage
        case PageAction.WRITE_TO_ALL | PageAction.ANNOUNCE | PageAction.END_OUTAGE:
            return ticket.outage
        case _:
            return True
