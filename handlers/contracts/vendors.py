"""Firms written down, corrected, and found by what somebody typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from handlers.context import Acting
from handlers.contracts import access, history
from handlers.domain.errors import Invalid
from handlers.domain.term_rights import TermAction
from handlers.domain.vendors import Vendor, VendorId
from knowledge.language.folding import one_line

MAX_LETTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfVendor:
    """What somebody typed of a firm."""

    name: str
    phone: str = ""
    email: str = ""
    fault_line: str = ""
    contact: str = ""
    active: bool = True


def record(acting: Acting, said: SaidOfVendor) -> Vendor:
    """Raises NotAllowed, Invalid as `usable`."""
    in_place_of = access.require(acting, TermAction.KEEP_VENDORS)
    made = Vendor(**usable(acting, said), recorded_at=acting.now, recorded_by=acting.person.id)
    added = acting.uow.vendors.add(made)
    history.note_vendor(acting, "recorded", added, acting_for=in_place_of)
    return added


def correct(acting: Acting, key: VendorId, said: SaidOfVendor) -> Vendor:
    """As it is now; unchanged where nothing differs. Raises NotAllowed, NotFound, Stale, Invalid as `usable`."""
    in_place_of = access.require(acting, TermAction.KEEP_VENDORS)
    before = acting.uow.vendors.get(key)
    after = replace(before, **usable(acting, said, before))
    if after == before:
        return before
    saved = acting.uow.vendors.save(after)
    history.note_vendor(acting, "corrected", saved, before, acting_for=in_place_of)
    return saved


def usable(acting: Acting, said: SaidOfVendor, own: Vendor | None = None) -> dict[str, Any]:
    """Raises Invalid(`vendor_name`, `vendor_name_taken`, `term_too_long`)."""
    name = one_line(said.name)
    if not any(letter.isalnum() for letter in name):
        raise Invalid("vendor_name")
    other = acting.uow.vendors.by_name(name)
    if other is not None and (own is None or other.id != own.id):
        raise Invalid("vendor_name_taken", name=other.name)
    texts = {
        "name": name,
        "phone": one_line(said.phone),
        "email": one_line(said.email),
        "fault_line": one_line(said.fault_line),
        "contact": one_line(said.contact),
    }
    if max(map(len, texts.values())) > MAX_LETTERS:
        raise Invalid("term_too_long", most=MAX_LETTERS)
    return {**texts, "active": said.active}


def named(acting: Acting, typed: str) -> VendorId | None:
    """The firm of that name, written down where there is none yet; None: nothing was typed. Raises as `record`."""
    name = one_line(typed)
    if not name:
        return None
    known = acting.uow.vendors.by_name(name)
    return known.id if known is not None else record(acting, SaidOfVendor(name=name)).id
