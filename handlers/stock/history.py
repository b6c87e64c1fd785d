"""The lines of an item's history: codes, ids and quantities; never what people wrote."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.people import PersonId
from handlers.domain.stock import Item, ItemId, StockMove
from handlers.domain.store_events import StoreEvent, Stream, Values
from knowledge.language.device_keys import make_key


def note_item(
    acting: Acting, what: str, after: Item, before: Item | None = None, *, acting_for: tuple[PersonId, ...] = ()
) -> None:
    """Only what differs is written."""
    old, new = ({} if before is None else _codes(before)), _codes(after)
    changed = [name for name in new if old.get(name) != new[name]]
    _write(
        acting,
        after.id,
        what,
        {name: old[name] for name in changed if name in old},
        {name: new[name] for name in changed},
        acting_for=acting_for,
    )


def note_move(acting: Acting, move: StockMove, *, acting_for: tuple[PersonId, ...] = ()) -> None:
    after = {"delta": move.delta, "ticket": move.ticket, "device": move.device, "undoes": move.undoes}
    known = {name: value for name, value in after.items() if value is not None}
    _write(acting, move.item, move.why.value, {}, known, ref=str(move.number), acting_for=acting_for)


def note_pending(
    acting: Acting, item: ItemId, what: str, quantity: int, *, acting_for: tuple[PersonId, ...] = ()
) -> None:
    _write(acting, item, what, {}, {"quantity": quantity}, acting_for=acting_for)


def _write(
    acting: Acting,
    item: ItemId,
    what: str,
    before: Values,
    after: Values,
    *,
    ref: str = "",
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        before=before,
        after=after,
        ref=ref,
        acting_for=acting_for,
    )
    acting.uow.store_events.append(Stream.STOCK, item, event)


def _codes(item: Item) -> dict[str, str | int | bool | None]:
    return {
        "code": make_key(item.code),
        "movable_code": item.movable_code,
        "minimum": item.minimum,
        "target": item.target,
        "kind": item.kind.value,
        "fits": " ".join(make_key(one) for one in item.fits),
        "active": item.active,
        "ordered_until": None if item.ordered_until is None else item.ordered_until.isoformat(),
    }
