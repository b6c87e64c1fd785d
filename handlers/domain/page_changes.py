"""What a page asks to be done to a ticket, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.domain.errors import DeskError
from handlers.domain.people import PersonId
from handlers.domain.rights import Action
from handlers.domain.states import Aspect, State, TicketEvent
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
}
"""The right behind each: the same as that of the button in the chat."""
OF_WORDS = frozenset({PageAction.NOTE, PageAction.WRITE})
"""What only adds words: nothing that others did meanwhile is undone by it."""
WAITS_ON_A_PAGE = (State.WAITING_REPORTER, State.WAITING_VENDOR, State.WAITING_PARTS)
"""A yes is asked for in the chat, where its kind and whose it is are asked."""
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
    """Whom, or what it shall become: a person's id, a priority, a category, a unit, a wait."""
    seen: int = 0
    """Lines of the history that stood on the page."""
    anyway: bool = False
    """Although it was asked about: somebody on leave, open parts."""


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
    if action is PageAction.NOTE:
        return ticket.state is not State.MERGED
    if action is PageAction.WRITE:
        return ticket.state is not State.MERGED
    if not ticket.state.active:
        return False
    match action:
        case PageAction.CLAIM:
            return ticket.holder is None
        case PageAction.RELEASE | PageAction.RESOLVE:
            return ticket.holder is not None
        case PageAction.WAIT:
            return ticket.holder is not None and not ticket.state.waiting
        case PageAction.RESUME:
            return ticket.state.waiting
        case _:
            return True
