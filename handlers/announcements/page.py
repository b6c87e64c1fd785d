"""What the pages of announcements ask for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.announcements import sending
from handlers.context import Acting
from handlers.domain.announcements import AnnouncementAction, AnnouncementId, Audience, require
from handlers.domain.keys import key_in
from handlers.domain.page_changes import Outcome
from handlers.people.list_changes import carried_out


class AnnouncementWish(StrEnum):
    SEND = "announcement_send"
    WITHDRAW = "announcement_withdraw"


@dataclass(frozen=True, slots=True)
class Preview:
    """Seen before it is sent."""

    count: int
    text: str


def try_out(acting: Acting, action: AnnouncementWish, given: Mapping[str, str]) -> Preview | None:
    """Of one to be sent how many would read it. Raises NotAllowed, Invalid, NotFound."""
    if action is AnnouncementWish.SEND:
        people = sending.possible(acting, given.get("text", ""), _audience(given), given.get("department", ""))
        return Preview(len(people), given.get("text", ""))
    require(acting.person, AnnouncementAction.ANNOUNCE)
    acting.uow.announcements.get(_key(given))
    return None


def carry_out(acting: Acting, action: AnnouncementWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: AnnouncementWish, given: Mapping[str, str]) -> bool:
    if action is AnnouncementWish.SEND:
        security = bool(given.get("security"))
        text, department = given.get("text", ""), given.get("department", "")
        sending.tell_first(acting, sending.send(acting, text, _audience(given), department, security=security))
        return True
    before = acting.uow.announcements.get(_key(given))
    return sending.withdraw(acting, before.id) != before


def _audience(given: Mapping[str, str]) -> Audience:
    audience = given.get("audience", "")
    return Audience(audience) if audience in set(Audience) else Audience.EVERYBODY


def _key(given: Mapping[str, str]) -> AnnouncementId:
    """Raises NotFound for what is no key."""
    return AnnouncementId(key_in(given, "id", "announcement"))
