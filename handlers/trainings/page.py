"""What the pages of trainings ask for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.keys import key_from, key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.domain.trainings import MOST_PLACES, TrainingAction, TrainingId, require
from handlers.people.list_changes import carried_out
from handlers.trainings import planning
from handlers.trainings.planning import Said


class TrainingWish(StrEnum):
    PLAN = "training_plan"
    INVITE = "training_invite"
    HOLD = "training_hold"
    CANCEL = "training_cancel"


def try_out(acting: Acting, action: TrainingWish, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    require(acting.person, TrainingAction.PLAN)
    match action:
        case TrainingWish.PLAN:
            planning.usable(acting, _said(acting, given))
        case TrainingWish.INVITE:
            acting.uow.trainings.get(_key(given))
            planning.meant(acting, given.get("people", "").splitlines())
        case TrainingWish.HOLD:
            planning.holdable(acting, _key(given), given.get("note", ""))
        case TrainingWish.CANCEL:
            acting.uow.trainings.get(_key(given))


def carry_out(acting: Acting, action: TrainingWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: TrainingWish, given: Mapping[str, str]) -> bool:
    match action:
        case TrainingWish.PLAN:
            planning.plan(acting, _said(acting, given))
        case TrainingWish.INVITE:
            return bool(planning.invite(acting, _key(given), given.get("people", "").splitlines()))
        case TrainingWish.HOLD:
            present = {PersonId(key) for key in _keys(given, "came")}
            planning.hold(acting, _key(given), present, given.get("note", ""))
        case TrainingWish.CANCEL:
            before = acting.uow.trainings.get(_key(given))
            return planning.cancel(acting, before.id) != before
    return True


def _said(acting: Acting, given: Mapping[str, str]) -> Said:
    """Raises Invalid(`training_day`, `training_places`)."""
    try:
        day, clock = date.fromisoformat(given.get("day", "")), time.fromisoformat(given.get("clock", ""))
    except ValueError:
        raise Invalid("training_day") from None
    capacity = given.get("capacity", "").strip()
    if not (capacity.isascii() and capacity.isdecimal() and len(capacity) <= len(str(MOST_PLACES))):
        raise Invalid("training_places", most=MOST_PLACES)
    return Said(
        title=given.get("title", ""),
        starts=acting.working_time().at(day, clock),
        place=given.get("place", ""),
        trainer=given.get("trainer", ""),
        capacity=int(capacity),
        tickets=[TicketId(key) for key in _keys(given, "ticket")],
    )


def _keys(given: Mapping[str, str], name: str) -> list[int]:
    return [key for key in map(key_from, given.get(name, "").split(",")) if key is not None]


def _key(given: Mapping[str, str]) -> TrainingId:
    """Raises NotFound for what is no key."""
    return TrainingId(key_in(given, "id", "training"))
