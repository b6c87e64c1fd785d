"""Keeping a list of tickets under a name of one's own, and dropping it."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.saved_views import LONGEST_TITLE, MOST_VIEWS, SavedView
from handlers.domain.ticket_filter import TicketFilter, printed
from knowledge.language.folding import folded


class NotSaved(Exception):
    """`why`: `empty`, `too_long`, `taken`, `too_many`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def save_view(acting: Acting, title: str, wanted: TicketFilter) -> SavedView:
    """Raises NotSaved."""
    title, own = " ".join(title.split()), acting.uow.saved_views.of(acting.person.id)
    if not title:
        raise NotSaved("empty")
    if len(title) > LONGEST_TITLE:
        raise NotSaved("too_long")
    if any(folded(one.title) == folded(title) for one in own):
        raise NotSaved("taken")
    if len(own) >= MOST_VIEWS:
        raise NotSaved("too_many")
    view = SavedView(owner=acting.person.id, title=title, query=printed(wanted), saved_at=acting.now)
    return acting.uow.saved_views.add(view)


def drop_view(acting: Acting, key: int) -> None:
    """Raises NotFound for one that is not theirs."""
    if not acting.uow.saved_views.remove(acting.person.id, key):
        raise NotFound("saved view", key)
