"""Süreli kayıtlar written down, corrected, let go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from handlers.context import Acting, UseCaseContext
from handlers.contracts import access, history, vendors
from handlers.device_finding import found_by
from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.licence_keys import require_none
from handlers.domain.numbers import EVER, Series
from handlers.domain.officers import Office
from handlers.domain.people import UnitId
from handlers.domain.term_rights import TermAction
from handlers.domain.terms import (
    DEFAULT_STEPS,
    TAKEN_BACK_WITHIN,
    Line,
    Term,
    TermId,
    TermKind,
    TermState,
    moved,
    require_order,
    require_steps,
)
from handlers.people.officers import today_of
from handlers.tickets import placing
from knowledge.language.folding import folded, one_line

MAX_LETTERS = 120
MOST_DEVICES = 50
UNENDING = "suresiz"
UNIT_OF_KIND: dict[TermKind, UnitId] = {
    TermKind.WARRANTY: "donanim",
    TermKind.CONTRACT: "donanim",
    TermKind.LINE: "donanim",
}
"""Of the others it is the first unit of software."""
_DAY = re.compile(r"\A(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody typed of a term, as they typed it."""

    kind: str
    name: str
    unit: str = ""
    ends: str = ""
    unending: bool = False
    """Süresiz was chosen."""
    starts: str = ""
    vendor: str = ""
    contract_no: str = ""
    steps: str = ""
    office: str = ""
    devices: str = ""
    place: str = ""
    line: Line = field(default_factory=Line)
    cost: str = ""
    note: str = ""


def record(acting: Acting, said: Said) -> Term:
    """Raises NotAllowed, Invalid as `usable`."""
    in_place_of = access.require(acting, TermAction.KEEP)
    made = Term(
        number=acting.uow.counters.next(Series.TERM, EVER),
        **usable(acting, said),
        vendor=vendors.named(acting, said.vendor),
        recorded_at=acting.now,
        recorded_by=acting.person.id,
    )
    added = acting.uow.terms.add(_placed(acting, said, made.with_passed(today_of(acting))))
    history.note_term(acting, "recorded", added, acting_for=in_place_of)
    return added


def correct(acting: Acting, key: TermId, said: Said) -> Term:
    """As it is now. A changed end is told anew. Raises NotAllowed, NotFound, Stale, Invalid as `usable` and
    Invalid(`term_over`)."""
    in_place_of = access.require(acting, TermAction.KEEP)
    before = changeable(acting, key)
    values = usable(acting, said, before)
    ends = values.pop("ends")
    same = replace(before, **values, vendor=vendors.named(acting, said.vendor))
    after = _placed(acting, said, moved(same, ends, today_of(acting)))
    if after == before:
        return before
    saved = acting.uow.terms.save(after)
    history.note_term(acting, "corrected", saved, before, acting_for=in_place_of)
    return saved


def drop(acting: Acting, key: TermId) -> Term:
    """Vazgeçildi: nothing is told of it any more. Raises NotAllowed, NotFound, Stale, Invalid(`term_over`)."""
    in_place_of = access.require(acting, TermAction.KEEP)
    before = changeable(acting, key)
    saved = acting.uow.terms.save(replace(before, state=TermState.DROPPED, changed_state_at=acting.now))
    history.note_term(acting, "dropped", saved, before, acting_for=in_place_of)
    return saved


def bring_back(acting: Acting, key: TermId) -> Term:
    """Geri al, of one that was let go. Raises NotAllowed, NotFound, Stale, Invalid(`term_too_late`)."""
    in_place_of = access.require(acting, TermAction.KEEP)
    before = acting.uow.terms.get(key, to_change=True)
    if before.state is not TermState.DROPPED:
        return before
    if before.changed_state_at is None or acting.now - before.changed_state_at > TAKEN_BACK_WITHIN:
        raise Invalid("term_too_late", days=TAKEN_BACK_WITHIN.days)
    host = "" if before.host in acting.uow.terms.read_from() else before.host  # read since by another term
    after = replace(before, state=TermState.IN_FORCE, changed_state_at=acting.now, host=host)
    saved = acting.uow.terms.save(after)
    history.note_term(acting, "brought_back", saved, before, acting_for=in_place_of)
    return saved


def changeable(acting: Acting, key: TermId) -> Term:
    """Raises NotFound, Invalid(`term_over`) for one that was renewed or let go."""
    term = acting.uow.terms.get(key, to_change=True)
    if term.state in (TermState.RENEWED, TermState.DROPPED):
        raise Invalid("term_over", number=term.number)
    return term


def usable(acting: Acting, said: Said, own: Term | None = None) -> dict[str, Any]:
    """Raises Invalid(`term_kind`, `term_name`, `term_too_long`, `term_day`, `term_endless`, `term_reversed`,
    `term_steps`, `term_unit`, `term_devices`, `licence_key`)."""
    kind = _kind(said.kind)
    name = one_line(said.name)
    if not any(letter.isalnum() for letter in name):
        raise Invalid("term_name")
    starts, ends = day_in(said.starts), _end(said)
    require_order(starts, ends)
    line = Line(**{name: one_line(getattr(said.line, name)) for name in Line.__dataclass_fields__})
    texts = {"contract_no": one_line(said.contract_no), "cost": one_line(said.cost), "note": one_line(said.note)}
    _require_short(name, *texts.values(), line.number, line.service_no, line.speed, line.fault_line, said.place)
    require_none(name, *texts.values(), line.service_no)
    return {
        "kind": kind,
        "name": name,
        "unit": _unit(acting, said.unit, kind, own),
        "starts": starts,
        "ends": ends,
        **texts,
        "steps": _steps(said.steps),
        "office": Office(said.office) if said.office in set(Office) else None,
        "devices": _devices(acting, said.devices),
        "line": line,
    }


def day_in(typed: str) -> date | None:
    """`17.07.2027`, `2027-07-17`; None: nothing was typed. Raises Invalid(`term_day`)."""
    plain = typed.strip()
    if not plain:
        return None
    match = _DAY.match(plain)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match is not None else date.fromisoformat(plain)
    except ValueError as error:
        raise Invalid("term_day", typed=plain[:40]) from error


def default_unit(work: UseCaseContext, kind: TermKind) -> UnitId:
    """Whose it is where nobody says it."""
    wanted = UNIT_OF_KIND.get(kind, "yazilim")
    return wanted if wanted in work.desk.units else work.desk.units[0]


def _kind(typed: str) -> TermKind:
    if typed not in set(TermKind):
        raise Invalid("term_kind")
    return TermKind(typed)


def _end(said: Said) -> date | None:
    if said.unending or folded(said.ends).strip() == UNENDING:
        return None
    ends = day_in(said.ends)
    if ends is None:
        raise Invalid("term_endless")
    return ends


def _unit(acting: Acting, typed: str, kind: TermKind, own: Term | None) -> UnitId:
    if typed:
        if typed not in acting.desk.units:
            raise Invalid("term_unit")
        return typed
    return own.unit if own is not None else default_unit(acting, kind)


def _steps(typed: str) -> tuple[int, ...]:
    """`90, 60, 30`; those that are usual where nothing was typed."""
    words = [one for one in re.split(r"[\s,;/]", typed) if one]
    if not words:
        return DEFAULT_STEPS
    numbers = [int(one) if one.isascii() and one.isdecimal() and len(one) < 5 else 0 for one in words]
    steps = tuple(sorted(set(numbers), reverse=True))
    require_steps(steps)
    return steps


def _devices(acting: Acting, typed: str) -> tuple[DeviceId, ...]:
    """Raises Invalid(`term_devices`) for a number that means no device, or several."""
    found: list[DeviceId] = []
    for one in [part.strip() for part in re.split(r"[,;\n]", typed) if part.strip()]:
        devices: Sequence[Any] = found_by(acting.uow, one)
        if len(devices) != 1:
            raise Invalid("term_devices", typed=one[:40])
        found.append(devices[0].id)
    if len(set(found)) > MOST_DEVICES:
        raise Invalid("term_too_many_devices", most=MOST_DEVICES)
    return tuple(sorted(set(found)))


def _placed(acting: Acting, said: Said, term: Term) -> Term:
    """Words stay where they mean no place of the list."""
    line = one_line(said.place)
    found = placing.meant(acting, line, ref=str(term.number)) if line else None
    return replace(term, place=found, place_text="" if found is not None else line)


def _require_short(*texts: str) -> None:
    if max(map(len, texts)) > MAX_LETTERS:
        raise Invalid("term_too_long", most=MAX_LETTERS)
