"""What the page Görevler asks for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.keys import key_in
from handlers.domain.officers import Office, Officer
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Person, PersonId
from handlers.domain.store_rights import StoreAction, require_in_stores
from handlers.people import officers
from handlers.people.list_changes import carried_out
from knowledge.language.folding import folded, one_line


class OfficerAction(StrEnum):
    NAME = "officer_name"
    END = "officer_end"
    WITHDRAW = "officer_withdraw"


def try_out(acting: Acting, action: OfficerAction, given: Mapping[str, str]) -> None:
    """Nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    require_in_stores(acting.person, StoreAction.NAME_OFFICERS)
    match action:
        case OfficerAction.NAME:
            _proposed(acting, given)
        case OfficerAction.END:
            officers.ending(acting, _key(given), _day(given, "ends"))
        case OfficerAction.WITHDRAW:
            officers.withdrawable(acting, _key(given))


def carry_out(acting: Acting, action: OfficerAction, given: Mapping[str, str]) -> Outcome:
    def do() -> object:
        match action:
            case OfficerAction.NAME:
                return officers.name(acting, _proposed(acting, given))
            case OfficerAction.END:
                return officers.end(acting, _key(given), _day(given, "ends"))
            case OfficerAction.WITHDRAW:
                return officers.withdraw(acting, _key(given))

    return carried_out(acting, do)


def _proposed(acting: Acting, given: Mapping[str, str]) -> Officer:
    """`of`: the id of the line in whose place they act; without it the office is theirs."""
    require_in_stores(acting.person, StoreAction.NAME_OFFICERS)
    held = acting.uow.officers.get(_key(given, "of")) if given.get("of") else None
    office = given.get("office", "") if held is None else held.office.value
    if office not in set(Office):
        raise NotFound("office", office)
    return officers.proposed(
        acting,
        Office(office),
        _whom(acting, given.get("who", "")).id,
        _day(given, "starts"),
        _day(given, "ends") if given.get("ends") else None,
        in_place_of=None if held is None else PersonId(held.person),
        document=one_line(given.get("document", "")),
    )


def _whom(acting: Acting, typed: str) -> Person:
    """A handle, or a name that one person has. Raises Invalid(`officer_who`)."""
    line = one_line(typed)
    known = acting.uow.people.by_handle(line) if line else None
    if known is not None:
        return known
    found = acting.uow.people.named(line) if line else []
    same = [one for one in found if folded(one.name) == folded(line)]
    if len(same or found) == 1:
        return (same or found)[0]
    near = same or found or (acting.uow.people.like(line) if line else [])
    raise Invalid("officer_who", typed=line[:40] or "(boş)", near=[f"{one.name} ({one.handle})" for one in near[:5]])


def _key(given: Mapping[str, str], field: str = "id") -> int:
    return key_in(given, field, "officer")


def _day(given: Mapping[str, str], field: str) -> date:
    """As a browser writes a day. Raises Invalid(`officer_day`)."""
    try:
        return date.fromisoformat(given.get(field, ""))
    except ValueError:
        raise Invalid("officer_day") from None
