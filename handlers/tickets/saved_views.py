"""Keeping a list of tickets under a name, one's own or a unit's; renaming it, and dropping it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.domain.rights import units_of_views
from handlers.domain.saved_views import EVERY_UNIT, LONGEST_TITLE, MOST_VIEWS, SavedView
from handlers.domain.ticket_filter import TicketFilter, printed
from knowledge.language.folding import folded


class NotSaved(Exception):
    """`why`: `empty`, `too_long`, `taken`, `too_many`, `renamed`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def save_view(acting: Acting, title: str, wanted: TicketFilter, unit: UnitId = "") -> SavedView:
    """`unit`: for whom; empty: for themselves. Raises NotSaved, NotFound for a unit that is not
    theirs to keep views for."""
    if unit and unit not in units_kept(acting):
        raise NotFound("unit", unit)
    beside = acting.uow.saved_views.of_unit(unit) if unit else acting.uow.saved_views.of(acting.person.id)
    title = _checked(title, beside)
    if len(beside) >= MOST_VIEWS:
        raise NotSaved("too_many")
    view = SavedView(owner=acting.person.id, title=title, query=printed(wanted), saved_at=acting.now, unit=unit)
    _log(acting, "unit_view_saved", view)
    return acting.uow.saved_views.add(view)


def rename_view(acting: Acting, key: int, title: str, was: str) -> SavedView:
    """As it was called. `was`: the name that they saw. Raises NotSaved, NotFound for one that is not theirs to keep."""
    view = _kept(acting, key)
    if view.title != was:
        raise NotSaved("renamed")
    beside = acting.uow.saved_views.of_unit(view.unit) if view.unit else acting.uow.saved_views.of(acting.person.id)
    title = _checked(title, [one for one in beside if one.id != key])
    if title != was:
        acting.uow.saved_views.rename(key, title)
        _log(acting, "unit_view_renamed", view, f" → {title}")
    return view


def drop_view(acting: Acting, key: int) -> SavedView:
    """What it was. Raises NotFound for one that is not theirs to keep."""
    view = _kept(acting, key)
    if view.unit:
        acting.uow.saved_views.remove_of_unit(key)
        _log(acting, "unit_view_removed", view)
    elif not acting.uow.saved_views.remove(acting.person.id, key):
        raise NotFound("saved view", key)
    return view


def units_kept(acting: Acting) -> Sequence[UnitId]:
    """For whom they may save a view, the own unit first, `EVERY_UNIT` last."""
    units = units_of_views(acting.person)
    return [*acting.desk.units, EVERY_UNIT] if units is None else [one for one in acting.desk.units if one in units]


def _kept(acting: Acting, key: int) -> SavedView:
    theirs = [*acting.uow.saved_views.of(acting.person.id)]
    for unit in units_kept(acting):
        theirs += acting.uow.saved_views.of_unit(unit)
    found = next((one for one in theirs if one.id == key), None)
    if found is None:
        raise NotFound("saved view", key)
    return found


def _checked(title: str, beside: Sequence[SavedView]) -> str:
    title = " ".join(title.split())
    if not title:
        raise NotSaved("empty")
    if len(title) > LONGEST_TITLE:
        raise NotSaved("too_long")
    if any(folded(one.title) == folded(title) for one in beside):
        raise NotSaved("taken")
    return title


def _log(acting: Acting, what: str, view: SavedView, more: str = "") -> None:
    """A person's own are nobody else's business."""
    if view.unit:
        acting.uow.audit.log(acting.now, acting.person.id, what, f"{view.unit} {view.title}{more}", acting.channel)
