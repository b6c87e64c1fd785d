"""What the pages of proposals ask for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from handlers.context import Acting
from handlers.devices.page import person_called
from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.keys import key_from, key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.scrap import CommissionMember, DiskFate, Disposal, ScrapId, ScrapReason, Verdict
from handlers.domain.stock import MOST_RECEIVED, Item, require_quantity
from handlers.domain.stock_rights import StockAction
from handlers.people.list_changes import carried_out
from handlers.scrap import access, deciding, proposing
from handlers.stock import access as stock_access
from knowledge.language.folding import one_line

_LETTERS = 80


class ScrapWish(StrEnum):
    PROPOSE = "scrap_propose"
    TAKE_BACK = "scrap_take_back"
    DESCRIBE = "scrap_describe"
    DISK = "scrap_disk"
    CHECK = "scrap_check"
    OPEN_AGAIN = "scrap_open_again"
    APPOINT = "scrap_appoint"
    DECIDE = "scrap_decide"
    APPROVE = "scrap_approve"
    SLIP = "scrap_slip"
    DISPOSE = "scrap_dispose"
    PART = "scrap_part"


def try_out(acting: Acting, action: ScrapWish, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    match action:
        case ScrapWish.PROPOSE:
            access.require_proposes(acting)
            proposing.require_free(acting, _device(given))
            _reason(given)
        case ScrapWish.TAKE_BACK | ScrapWish.DESCRIBE:
            access.require_proposes(acting)
            acting.uow.scrap.get(_proposal(given)).line(_device(given))
        case ScrapWish.DISK:
            access.require_proposes(acting)
            proposing.require_not_approved(acting, _proposal(given)).line(_device(given))
            proposing.require_disk_note(_fate(given), given.get("note", ""))
        case ScrapWish.CHECK:
            deciding.require_checkable(acting, _proposal(given))
        case ScrapWish.OPEN_AGAIN:
            access.require_checks(acting)
        case ScrapWish.APPOINT:
            deciding.require_appointable(acting, _proposal(given), members_of(acting, given))
        case ScrapWish.DECIDE:
            deciding.require_verdicts(acting, _proposal(given), verdicts_of(given))
        case ScrapWish.APPROVE:
            deciding.require_approvable(acting, _proposal(given), given.get("document", ""), _day(given))
        case ScrapWish.SLIP:
            access.require_disposes(acting)
            deciding.require_approved(acting, _proposal(given))
        case ScrapWish.DISPOSE:
            deciding.require_disposable(
                acting, _proposal(given), _device(given), _disposal(given), given.get("note", "")
            )
        case ScrapWish.PART:
            stock_access.require(acting, StockAction.KEEP)
            deciding.require_parts(acting, _proposal(given), _device(given))
            _item(acting, given)
            require_quantity(_quantity(given), MOST_RECEIVED)


def carry_out(acting: Acting, action: ScrapWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: ScrapWish, given: Mapping[str, str]) -> bool:
    if action is ScrapWish.PROPOSE:
        proposing.propose(acting, _device(given), _reason(given), opinion=given.get("opinion", ""))
        return True
    before = acting.uow.scrap.get(_proposal(given))
    match action:
        case ScrapWish.TAKE_BACK:
            after = proposing.take_back(acting, before.id, _device(given))
        case ScrapWish.DESCRIBE:
            after = proposing.describe(acting, before.id, _device(given), opinion=given.get("opinion", ""))
        case ScrapWish.DISK:
            after = proposing.say_disk(acting, before.id, _device(given), _fate(given), given.get("note", ""))
        case ScrapWish.CHECK:
            after = deciding.check(acting, before.id)
        case ScrapWish.OPEN_AGAIN:
            after = deciding.open_again(acting, before.id)
        case ScrapWish.APPOINT:
            after = deciding.appoint(acting, before.id, members_of(acting, given))
        case ScrapWish.DECIDE:
            after = deciding.write_verdicts(acting, before.id, verdicts_of(given))
        case ScrapWish.APPROVE:
            after = deciding.approve(acting, before.id, given.get("document", ""), _day(given))
        case ScrapWish.SLIP:
            after = deciding.write_slip(acting, before.id, given.get("slip", ""))
        case ScrapWish.DISPOSE:
            note = given.get("note", "")
            after = deciding.dispose(acting, before.id, _device(given), _disposal(given), note)
        case ScrapWish.PART:
            deciding.keep_part(acting, before.id, _device(given), _item(acting, given).id, _quantity(given))
            return True
    return after != before


def members_of(acting: Acting, given: Mapping[str, str]) -> list[CommissionMember]:
    """`member_1` … and `expert` (numbers with commas): names, those of the staff list as they are called there."""
    experts = {one for one in given.get("expert", "").split(",") if one}
    members = []
    for name, typed in given.items():
        place = name.removeprefix("member_")
        written = one_line(typed)[:_LETTERS]
        if place == name or not written:
            continue
        found = person_called(acting, written)
        called = written if found is None else found.name or found.handle
        members.append(
            CommissionMember(name=called, person=None if found is None else found.id, expert=place in experts)
        )
    return members


def verdicts_of(given: Mapping[str, str]) -> dict[DeviceId, tuple[Verdict, str]]:
    """`verdict_42`: of device 42, with `why_42`."""
    found = {}
    for name, typed in given.items():
        key = key_from(name.removeprefix("verdict_")) if name.startswith("verdict_") else None
        if key is not None and typed in set(Verdict):
            found[DeviceId(key)] = (Verdict(typed), given.get(f"why_{key}", ""))
    return found


def _reason(given: Mapping[str, str]) -> ScrapReason:
    """Raises Invalid(`scrap_reason`)."""
    if given.get("reason", "") not in set(ScrapReason):
        raise Invalid("scrap_reason")
    return ScrapReason(given["reason"])


def _fate(given: Mapping[str, str]) -> DiskFate:
    """Raises Invalid(`scrap_disk_which`)."""
    if given.get("disk", "") not in set(DiskFate):
        raise Invalid("scrap_disk_which")
    return DiskFate(given["disk"])


def _disposal(given: Mapping[str, str]) -> Disposal:
    """Raises Invalid(`scrap_disposal`)."""
    if given.get("disposal", "") not in set(Disposal):
        raise Invalid("scrap_disposal")
    return Disposal(given["disposal"])


def _day(given: Mapping[str, str]) -> date | None:
    """Raises Invalid(`no_such_day`)."""
    typed = given.get("on", "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Invalid("no_such_day", misread=typed[:20]) from None


def _item(acting: Acting, given: Mapping[str, str]) -> Item:
    """By its code. Raises Invalid(`depot_item`)."""
    typed = one_line(given.get("code", ""))[:_LETTERS]
    found = acting.uow.stock.by_code(typed) if typed else None
    if found is None:
        raise Invalid("depot_item", typed=typed or "(boş)", near=[])
    return found


def _quantity(given: Mapping[str, str]) -> int:
    """Raises Invalid(`stock_half`, `stock_quantity`)."""
    typed = given.get("quantity", "").strip()
    if re.fullmatch(r"[0-9]+[.,][0-9]+", typed):
        raise Invalid("stock_half", typed=typed[:20])
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_RECEIVED))):
        raise Invalid("stock_quantity", typed=typed[:20], most=MOST_RECEIVED)
    return int(typed)


def _proposal(given: Mapping[str, str]) -> ScrapId:
    return ScrapId(_key(given, "proposal"))


def _device(given: Mapping[str, str]) -> DeviceId:
    return DeviceId(_key(given, "device"))


def _key(given: Mapping[str, str], name: str) -> int:
    """Raises NotFound for what is no key."""
    return key_in(given, name, name)
