"""A ticket completed on its page, with one malzeme chosen there: both are done, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.idempotency import asked_by_page
from handlers.domain.page_changes import AskedChange, Outcome, PageAction
from handlers.domain.stock import Item, ItemId
from handlers.domain.stock_rights import StockAction
from handlers.domain.ticket import Ticket
from handlers.stock import access, moving, offering
from handlers.tickets import page_changes

_CHOSEN = re.compile(r"(\d{1,9})/([a-z]+)", re.ASCII)


class Source(StrEnum):
    """Where it came from."""

    DEPOT = "depo"
    PENDING = "askida"
    """It lay in the depot, and the book has none."""
    OWN = "yedek"
    """The müdürlük's own: no stock."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of an item; `3/depo` in a form."""

    item: ItemId
    source: Source

    def __str__(self) -> str:
        return f"{self.item}/{self.source.value}"


def choices(acting: Acting, ticket: Ticket) -> Sequence[tuple[Chosen, Item, int]]:
    """What is offered, with what is left of it: what the book has none of, by where it may have come from."""
    return [
        (Chosen(one.item.id, source), one.item, one.left)
        for one in offering.offered(acting, ticket)
        for source in ((Source.DEPOT,) if one.left > 0 else (Source.PENDING, Source.OWN))
    ]


def try_out(acting: Acting, asked: AskedChange) -> Ticket:
    """Raises as `page_changes.try_out`, NotFound, Invalid(`stock_kept_no_more`, `stock_short`)."""
    if not _of_malzeme(acting, asked):
        return page_changes.try_out(acting, asked)
    _, item = require_usable(acting, asked.to)
    return page_changes.try_out(acting, _in_words(acting, asked, item))


def carry_out(acting: Acting, asked: AskedChange) -> Outcome:
    """As `page_changes.carry_out`; of two who take the last one at once the second is refused, ticket and all."""
    if not _of_malzeme(acting, asked):
        return page_changes.carry_out(acting, asked)
    try:
        chosen, item = require_usable(acting, asked.to, to_change=True)
    except (NotFound, Invalid):
        acting.uow.once.first(asked_by_page(acting.event_key, Outcome.REFUSED), acting.now)
        return Outcome.REFUSED
    outcome = page_changes.carry_out(acting, _in_words(acting, asked, item))
    if outcome is Outcome.DONE:
        _write(acting, acting.uow.tickets.by_number(asked.number), chosen)
    return outcome


def require_usable(acting: Acting, to: str, *, to_change: bool = False) -> tuple[Chosen, Item]:
    """Raises NotFound, Invalid(`stock_kept_no_more`, `stock_short`)."""
    match = _CHOSEN.fullmatch(to)
    if match is None or match[2] not in set(Source):
        raise NotFound("item", to)
    chosen = Chosen(ItemId(int(match[1])), Source(match[2]))
    item = acting.uow.stock.item(chosen.item, to_change=to_change)
    if not item.active:
        raise Invalid("stock_kept_no_more", code=item.code)
    if chosen.source is Source.DEPOT and (left := acting.uow.stock.left_of(item.id)) < 1:
        raise Invalid("stock_short", code=item.code, left=left, quantity=1)
    return chosen, item


def _of_malzeme(acting: Acting, asked: AskedChange) -> bool:
    return asked.action is PageAction.RESOLVE and bool(asked.to) and access.may(acting, StockAction.SEE)


def _in_words(acting: Acting, asked: AskedChange, item: Item) -> AskedChange:
    """What was done is said by the desk where nobody typed it."""
    given = moving.hands_over(acting, acting.uow.tickets.by_number(asked.number))
    return replace(asked, text=asked.text or f"1 × {item.code} {'teslim edildi' if given else 'takıldı'}")


def _write(acting: Acting, ticket: Ticket, chosen: Chosen) -> None:
    match chosen.source:
        case Source.DEPOT if moving.frozen_by(acting) is None:
            moving.take(acting, ticket, chosen.item, 1)
        case Source.PENDING | Source.DEPOT:  # of a depot that rests for a count, too
            moving.take_unbooked(acting, ticket, chosen.item, 1)
        case Source.OWN:
            pass
