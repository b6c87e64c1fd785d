"""What pages of the house's lists ask for (müdürlükler, görevler): done in its event's transaction (decision 0060)."""

from __future__ import annotations

from collections.abc import Callable

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.idempotency import asked_by_page
from handlers.domain.page_changes import Outcome

SURE = "sure"
"""The field in which a form says that what it asks for was shown before."""
_REFUSALS = (NotFound, NotAllowed, Invalid)


def carried_out(acting: Acting, does: Callable[[], object]) -> Outcome:
    """Whatever comes of it is marked; `does` says whether it changed anything. Refusals do not leave: the page tells
    them."""
    try:
        outcome = Outcome.DONE if does() else Outcome.NONE
    except _REFUSALS:
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome
