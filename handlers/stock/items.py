"""Items of the depot written down, corrected, and what each fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from handlers.context import Acting
from handlers.domain.devices import Device
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId, Role
from handlers.domain.stock import FIT_LEARNT_AFTER, MOST_RECEIVED, Item, ItemId, ItemKind
from handlers.domain.stock_rights import StockAction
from handlers.people.officers import today_of
from handlers.stock import access, history
from knowledge.language.device_keys import make_key
from knowledge.language.folding import one_line

MAX_LETTERS = 60
MAX_FITS = 40
MOST_DAYS_AWAITED = 180
"""So long an order is believed to be on its way."""
_MOVABLE_CODE = re.compile(r"\A\d{3}(?:\.\d{1,2}){0,5}\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody typed of an item."""

    code: str
    name: str = ""
    unit: str = "adet"
    movable_code: str = ""
    minimum: int = 0
    target: int = 0
    shelf: str = ""
    kind: ItemKind = ItemKind.CONSUMABLE
    fits: Sequence[str] = ()
    active: bool = True


def record(acting: Acting, said: Said) -> Item:
    """A new item. Raises NotAllowed, Invalid as `usable`."""
    in_place_of = access.require(acting, StockAction.KEEP)
    made = Item(**usable(acting, said), recorded_at=acting.now, recorded_by=acting.person.id)
    added = acting.uow.stock.add_item(made)
    history.note_item(acting, "recorded", added, acting_for=in_place_of)
    return added


def correct(acting: Acting, key: ItemId, said: Said) -> Item:
    """As it is now; unchanged where nothing differs. Raises NotAllowed, NotFound, Stale, Invalid as `usable`."""
    in_place_of = access.require(acting, StockAction.KEEP)
    before = acting.uow.stock.item(key, to_change=True)
    after = replace(before, **usable(acting, said, before))
    if after == before:
        return before
    saved = acting.uow.stock.save_item(after)
    history.note_item(acting, "corrected", saved, before, acting_for=in_place_of)
    return saved


def order(acting: Acting, key: ItemId, until: date | None) -> Item:
    """Sipariş verildi: nobody is told how little is left until that day is over; None: it is not on its way after all.

    Raises NotAllowed, NotFound, Stale, Invalid(`stock_order_day`).
    """
    in_place_of = access.require(acting, StockAction.KEEP)
    require_order_day(acting, until)
    return say_ordered(acting, acting.uow.stock.item(key, to_change=True), until, in_place_of)


def require_order_day(acting: Acting, until: date | None) -> None:
    """Raises Invalid(`stock_order_day`)."""
    today = today_of(acting)
    last = today + timedelta(days=MOST_DAYS_AWAITED)
    if until is not None and not today <= until <= last:
        raise Invalid("stock_order_day", last=last)


def say_ordered(acting: Acting, before: Item, until: date | None, in_place_of: tuple[PersonId, ...] = ()) -> Item:
    if before.ordered_until == until:
        return before
    saved = acting.uow.stock.save_item(replace(before, ordered_until=until))
    history.note_item(acting, "ordered" if until is not None else "order_over", saved, before, acting_for=in_place_of)
    return saved


def usable(acting: Acting, said: Said, own: Item | None = None) -> dict[str, Any]:
    """Raises Invalid(`stock_code`, `stock_code_taken`, `stock_too_long`, `stock_movable_code`, `stock_minimum`)."""
    code, name = one_line(said.code), one_line(said.name)
    if not make_key(code):
        raise Invalid("stock_code")
    other = acting.uow.stock.by_code(code)
    if other is not None and (own is None or other.id != own.id):
        raise Invalid("stock_code_taken", code=other.code, name=other.name)
    unit, shelf, movable = one_line(said.unit) or "adet", one_line(said.shelf), one_line(said.movable_code)
    fits = tuple(dict.fromkeys(filter(None, map(one_line, said.fits))))
    if max(map(len, (code, name, unit, shelf, *fits))) > MAX_LETTERS or len(fits) > MAX_FITS:
        raise Invalid("stock_too_long", most=MAX_LETTERS)
    if movable and not _MOVABLE_CODE.fullmatch(movable):
        raise Invalid("stock_movable_code", typed=movable[:MAX_LETTERS])
    if not 0 <= said.minimum <= MOST_RECEIVED or not 0 <= said.target <= MOST_RECEIVED:
        raise Invalid("stock_minimum", most=MOST_RECEIVED)
    return {
        "code": code,
        "name": name or code,
        "unit": unit,
        "movable_code": movable,
        "minimum": said.minimum,
        "target": said.target,
        "shelf": shelf,
        "kind": said.kind,
        "fits": fits,
        "active": said.active,
    }


def fits(item: Item, device: Device) -> bool:
    """Whether one of its makes and models is the device's, or begins it: `HL-L2350` fits a `Brother HL-L2350DW`."""
    own = make_key(device.description.name)
    return bool(own) and any(make_key(one) in own for one in item.fits if make_key(one))


def learn_fit(acting: Acting, item: Item, device: Device) -> str | None:
    """The make and model that it fits from now on, after its second use on one; None: nothing new."""
    name = device.description.name
    if not name or fits(item, device) or len(item.fits) >= MAX_FITS:
        return None
    used_on = acting.uow.stock.devices(item.id)
    models = {one.id: make_key(one.description.name) for one in acting.uow.devices.several(set(used_on))}
    if sum(models.get(one) == make_key(name) for one in used_on) < FIT_LEARNT_AFTER:
        return None
    _save_fits(acting, item.id, lambda known: (*known, name[:MAX_LETTERS]), "fit_learnt")
    return name


def forget_fit(acting: Acting, key: ItemId, name: str) -> bool:
    """It does not fit that one after all. False where it is not known to. Raises NotAllowed, NotFound."""
    if not acting.person.roles & {Role.TECHNICIAN, Role.LEAD} or acting.person.gone:
        access.require(acting, StockAction.KEEP)
    if name not in acting.uow.stock.item(key).fits:
        return False
    _save_fits(acting, key, lambda known: tuple(one for one in known if one != name), "fit_forgotten")
    return True


def _save_fits(acting: Acting, key: ItemId, change: Callable[[tuple[str, ...]], tuple[str, ...]], what: str) -> None:
    before = acting.uow.stock.item(key, to_change=True)
    saved = acting.uow.stock.save_item(replace(before, fits=change(before.fits)))
    history.note_item(acting, what, saved, before)
