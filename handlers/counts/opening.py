"""A count opened: what is counted, by whom, and whether the depot rests meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from handlers.context import Acting
from handlers.counts import access, history
from handlers.department_names import DepartmentNames
from handlers.domain.counts import Count, Counter, CountId, Scope, require_board
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.messages import Button
from handlers.people.officers import today_of
from handlers.tickets import cards, placing, presence
from knowledge.language.folding import one_line

_LETTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be counted, as somebody typed it."""

    scope: Scope
    department: str = ""
    place: str = ""
    board: Sequence[PersonId] = ()
    freeze_until: time | None = None
    """Today; None: the depot goes on."""


def require_possible(acting: Acting, wanted: Wanted) -> None:
    """Raises NotAllowed, Invalid(`count_board`, `count_board_large`, `count_department`, `count_place`, `count_open`,
    `count_freeze`, `count_freeze_scope`)."""
    access.require_keeps(acting)
    require_board(wanted.board, access.registrars(acting))
    department, place = _where(acting, wanted)
    for one in acting.uow.counts.open():
        if (one.scope, one.department, one.place) == (wanted.scope, department, place):
            raise Invalid("count_open", number=one.number)
    _freeze_at(acting, wanted)


def open_count(acting: Acting, wanted: Wanted) -> Count:
    """Raises as `require_possible`. The director is asked where the depot is to rest."""
    require_possible(acting, wanted)
    in_place_of = access.require_keeps(acting)
    department, place = _where(acting, wanted)
    made = Count(
        number=acting.uow.counters.next(Series.COUNT, today_of(acting).year),
        scope=wanted.scope,
        department=department,
        place=place,
        counters=tuple(Counter(person=one) for one in dict.fromkeys(wanted.board)),
        opened_by=acting.person.id,
        opened_at=acting.now,
        freeze_asked_until=_freeze_at(acting, wanted),
    )
    added = acting.uow.counts.add(made)
    said = {"scope": added.scope.value, "place": added.place, "board": len(added.board)}
    history.note(acting, "opened", added, said, acting_for=in_place_of)
    _tell_board(acting, added)
    if added.freeze_asked_until is not None:
        _ask_director(acting, added)
    return added


def freeze(acting: Acting, key: CountId, *, frozen: bool) -> Count:
    """The director orders that the depot rests for as long as was asked for, or opens it again.

    Raises NotAllowed, NotFound, Stale, Invalid(`count_closed`, `count_freeze_over`).
    """
    in_place_of = access.require_orders(acting)
    before = require_open(acting, key)
    if frozen and (before.freeze_asked_until is None or before.freeze_asked_until <= acting.now):
        raise Invalid("count_freeze_over", number=before.number)
    until = before.freeze_asked_until if frozen else None
    if before.frozen_until == until:
        return before
    saved = acting.uow.counts.save(replace(before, frozen_until=until, frozen_by=acting.person.id))
    history.note(acting, "frozen" if frozen else "unfrozen", saved, acting_for=in_place_of)
    return saved


def require_open(acting: Acting, key: CountId) -> Count:
    """Nobody else changes it until this transaction ends. Raises NotFound, Invalid(`count_closed`)."""
    count = acting.uow.counts.get(key, to_change=True)
    if count.closed_at is not None:
        raise Invalid("count_closed", day=acting.working_time().local_date(count.closed_at))
    return count


def _where(acting: Acting, wanted: Wanted) -> tuple[str, PlaceId | None]:
    """Raises Invalid(`count_department`, `count_place`)."""
    if wanted.scope is Scope.DEPARTMENT:
        department = DepartmentNames.of(acting.uow).settled(one_line(wanted.department)[:_LETTERS])
        if not department:
            raise Invalid("count_department")
        return department, None
    if wanted.scope is Scope.ROOM:
        typed = one_line(wanted.place)[:_LETTERS]
        found = placing.meant(acting, typed) if typed else None
        if found is None:
            raise Invalid("count_place", typed=typed)
        return "", found
    return "", None


def _freeze_at(acting: Acting, wanted: Wanted) -> datetime | None:
    """Raises Invalid(`count_freeze`, `count_freeze_scope`)."""
    if wanted.freeze_until is None:
        return None
    if not wanted.scope.has_items:
        raise Invalid("count_freeze_scope")
    until = acting.working_time().at(today_of(acting), wanted.freeze_until)
    if until <= acting.now:
        raise Invalid("count_freeze")
    return until


def _tell_board(acting: Acting, count: Count) -> None:
    for key in count.board:
        if key != acting.person.id:
            for address in cards.private_addresses_of(acting, acting.uow.people.get(key)):
                acting.say(address, "count_board_told", number=count.number)


def _ask_director(acting: Acting, count: Count) -> None:
    until = count.freeze_asked_until or acting.now
    buttons = [Button("Durdur", f"count_freeze:{count.id}:1"), Button("Durdurma", f"count_freeze:{count.id}:0")]
    for person in presence.directors_of(acting):
        for address in cards.private_addresses_of(acting, person):
            acting.say(
                address,
                "count_freeze_asked",
                buttons=buttons,
                slot=f"count_freeze:{count.id}",
                number=count.number,
                until=f"{until.astimezone(acting.desk.zone):%H:%M}",
                who=acting.person,
            )
