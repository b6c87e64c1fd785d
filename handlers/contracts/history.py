"""The lines of a term's and of a firm's history: codes, days and ids; never what people wrote."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.context import UseCaseContext
from handlers.domain.people import PersonId
from handlers.domain.programs import Program, Seat
from handlers.domain.services import ServiceVisit
from handlers.domain.store_events import StoreEvent, Stream
from handlers.domain.terms import Term
from handlers.domain.vendors import Vendor

Code = str | int | bool | None


def note_term(
    work: UseCaseContext,
    what: str,
    after: Term,
    before: Term | None = None,
    *,
    ref: str = "",
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    """Only what differs is written; of words only that they are others."""
    old, new = ({} if before is None else _of_term(before)), _of_term(after)
    said = {} if before is None else {"words": True} if _words_of(before) != _words_of(after) else {}
    _write(work, Stream.TERM, after.id, what, old, new, said, ref=ref, acting_for=acting_for)


def note_vendor(
    work: UseCaseContext,
    what: str,
    after: Vendor,
    before: Vendor | None = None,
    *,
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    old, new = ({} if before is None else {"active": before.active}), {"active": after.active}
    said: Mapping[str, Code] = {} if before is None else {"words": True}
    _write(work, Stream.VENDOR, after.id, what, old, new, said, acting_for=acting_for)


def note_visit(
    work: UseCaseContext, what: str, after: ServiceVisit, before: ServiceVisit | None = None, *, ref: str = ""
) -> None:
    old, new = ({} if before is None else _of_visit(before)), _of_visit(after)
    said: Mapping[str, Code] = {"words": True} if before is not None and before.done != after.done else {}
    _write(work, Stream.SERVICE, after.id, what, old, new, said, ref=ref)


def _of_visit(visit: ServiceVisit) -> dict[str, Code]:
    return {
        "ticket": visit.ticket,
        "vendor": visit.vendor,
        "device": visit.device,
        "form": visit.form,
        "excused": bool(visit.without_form),
        "parts": len(visit.parts),
        "swapped": bool(visit.new_serial),
        "in_warranty": visit.in_warranty,
        "state": visit.state.value,
        "approved_by": visit.approved_by,
    }


def note_program(
    work: UseCaseContext,
    what: str,
    after: Program,
    before: Program | None = None,
    *,
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    old, new = ({} if before is None else _of_program(before)), _of_program(after)
    said: Mapping[str, Code] = {} if before is None else {"words": True}
    _write(work, Stream.PROGRAM, after.id, what, old, new, said, acting_for=acting_for)


def note_seat(
    work: UseCaseContext, what: str, program: Program, seat: Seat, *, acting_for: tuple[PersonId, ...] = ()
) -> None:
    said: Mapping[str, Code] = {"person": seat.person, "device": seat.device}
    _write(work, Stream.PROGRAM, program.id, what, {}, {}, said, acting_for=acting_for)


def _of_program(program: Program) -> dict[str, Code]:
    return {
        "unit": program.unit,
        "model": program.model.value,
        "owned": program.owned,
        "support_ends": None if program.support_ends is None else program.support_ends.isoformat(),
        "pledge": bool(program.pledge),
        "tested_on": None if program.tested_on is None else program.tested_on.isoformat(),
        "active": program.active,
    }


def _of_term(term: Term) -> dict[str, Code]:
    return {
        "kind": term.kind.value,
        "unit": term.unit,
        "starts": None if term.starts is None else term.starts.isoformat(),
        "ends": None if term.ends is None else term.ends.isoformat(),
        "vendor": term.vendor,
        "steps": " ".join(map(str, term.steps)),
        "office": None if term.office is None else term.office.value,
        "devices": " ".join(map(str, term.devices)),
        "place": term.place,
        "state": term.state.value,
        "successor": term.successor,
        "ticket": term.ticket,
        "told": min(term.told, default=None),
    }


def _words_of(term: Term) -> tuple[object, ...]:
    return (term.name, term.contract_no, term.place_text, term.line, term.cost, term.note, term.host)


def _write(
    work: UseCaseContext,
    stream: Stream,
    key: int,
    what: str,
    old: Mapping[str, Code],
    new: Mapping[str, Code],
    said: Mapping[str, Code],
    *,
    ref: str = "",
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    changed = [name for name in new if old.get(name) != new[name]]
    event = StoreEvent(
        at=work.now,
        who=work.actor,
        channel=work.channel,
        what=what,
        before={name: old[name] for name in changed if name in old},
        after={**{name: new[name] for name in changed}, **said},
        ref=ref,
        acting_for=acting_for,
    )
    work.uow.store_events.append(stream, key, event)
