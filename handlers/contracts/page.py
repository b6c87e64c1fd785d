"""What the pages of süreli kayıtlar and firmalar ask for: tried before, and done in its event's transaction (decision
0060)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum

from handlers.context import Acting
from handlers.contracts import access, forms, programs, recording, renewing, vendors
from handlers.contracts.forms import SaidOfVisit
from handlers.contracts.programs import SaidOfProgram
from handlers.contracts.recording import Said
from handlers.contracts.vendors import SaidOfVendor
from handlers.domain.errors import Invalid
from handlers.domain.keys import key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.programs import ProgramId, SeatId
from handlers.domain.services import VisitId
from handlers.domain.term_rights import TermAction
from handlers.domain.terms import Line, TermId, require_later
from handlers.domain.vendors import VendorId
from handlers.people.list_changes import carried_out


class ContractWish(StrEnum):
    TERM_RECORD = "term_record"
    TERM_CORRECT = "term_correct"
    TERM_RENEW = "term_renew"
    TERM_UNRENEW = "term_unrenew"
    TERM_DROP = "term_drop"
    TERM_BACK = "term_back"
    VENDOR_RECORD = "vendor_record"
    VENDOR_CORRECT = "vendor_correct"
    FORM_CORRECT = "form_correct"
    FORM_SUBMIT = "form_submit"
    FORM_APPROVE = "form_approve"
    PROGRAM_RECORD = "program_record"
    PROGRAM_CORRECT = "program_correct"
    SEAT_GIVE = "seat_give"
    SEAT_FREE = "seat_free"


_OF_VENDORS = (ContractWish.VENDOR_RECORD, ContractWish.VENDOR_CORRECT)
_OF_FORMS = (ContractWish.FORM_CORRECT, ContractWish.FORM_SUBMIT, ContractWish.FORM_APPROVE)
_OF_PROGRAMS = (
    ContractWish.PROGRAM_RECORD,
    ContractWish.PROGRAM_CORRECT,
    ContractWish.SEAT_GIVE,
    ContractWish.SEAT_FREE,
)


def try_out(acting: Acting, action: ContractWish, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    if action in _OF_FORMS:
        _try_form(acting, action, given)
    elif action in _OF_PROGRAMS:
        _try_program(acting, action, given)
    elif action in _OF_VENDORS:
        access.require(acting, TermAction.KEEP_VENDORS)
    elif action is not ContractWish.TERM_RENEW:
        access.require(acting, TermAction.KEEP)
    match action:
        case ContractWish.TERM_RECORD:
            recording.usable(acting, said_of(given))
        case ContractWish.TERM_CORRECT:
            recording.usable(acting, said_of(given), recording.changeable(acting, _term(given)))
        case ContractWish.TERM_RENEW:
            term = recording.changeable(acting, _term(given))
            access.require_renews(acting, term)
            require_later(term, renewed_until(given))
        case ContractWish.TERM_DROP:
            recording.changeable(acting, _term(given))
        case ContractWish.TERM_BACK | ContractWish.TERM_UNRENEW:
            acting.uow.terms.get(_term(given))
        case ContractWish.VENDOR_RECORD:
            vendors.usable(acting, said_of_vendor(given))
        case ContractWish.VENDOR_CORRECT:
            vendors.usable(acting, said_of_vendor(given), acting.uow.vendors.get(_vendor(given)))


def _try_program(acting: Acting, action: ContractWish, given: Mapping[str, str]) -> None:
    of_seats = action in (ContractWish.SEAT_GIVE, ContractWish.SEAT_FREE)
    access.require(acting, TermAction.KEEP_VENDORS if of_seats else TermAction.KEEP)
    match action:
        case ContractWish.PROGRAM_RECORD:
            programs.usable(acting, said_of_program(given))
        case ContractWish.PROGRAM_CORRECT:
            programs.usable(acting, said_of_program(given), acting.uow.programs.get(_program(given)))
        case ContractWish.SEAT_GIVE:
            anyway = bool(given.get("anyway"))
            programs.require_gives(acting, _program(given), given.get("whom", ""), anyway=anyway)
        case _:
            acting.uow.programs.seat(_seat(given))


def _program_done(acting: Acting, action: ContractWish, given: Mapping[str, str]) -> bool:
    match action:
        case ContractWish.PROGRAM_RECORD:
            programs.record(acting, said_of_program(given))
        case ContractWish.PROGRAM_CORRECT:
            before = acting.uow.programs.get(_program(given))
            return programs.correct(acting, before.id, said_of_program(given)) != before
        case ContractWish.SEAT_GIVE:
            programs.give(acting, _program(given), given.get("whom", ""), anyway=bool(given.get("anyway")))
        case _:
            return programs.free(acting, _seat(given))
    return True


def _try_form(acting: Acting, action: ContractWish, given: Mapping[str, str]) -> None:
    visit = acting.uow.service_visits.get(_visit(given))
    if action is ContractWish.FORM_APPROVE:
        forms.require_approves(acting, visit)
        return
    forms.require_changes(acting, visit)
    if action is ContractWish.FORM_CORRECT:
        forms.usable(said_of_visit(given))
    elif not given.get("without_form", "").strip():
        visit.require_form()


def _form_done(acting: Acting, action: ContractWish, given: Mapping[str, str]) -> bool:
    visit = acting.uow.service_visits.get(_visit(given))
    match action:
        case ContractWish.FORM_CORRECT:
            return forms.correct(acting, visit.id, said_of_visit(given)) != visit
        case ContractWish.FORM_SUBMIT:
            if given.get("without_form", "").strip():
                visit = forms.excuse_form(acting, visit, given["without_form"])
            return forms.submit(acting, visit) != visit
        case _:
            return forms.approve(acting, visit.id) != visit


def carry_out(acting: Acting, action: ContractWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: ContractWish, given: Mapping[str, str]) -> bool:
    if action in _OF_FORMS:
        return _form_done(acting, action, given)
    if action in _OF_PROGRAMS:
        return _program_done(acting, action, given)
    match action:
        case ContractWish.TERM_RECORD:
            recording.record(acting, said_of(given))
        case ContractWish.TERM_CORRECT:
            before = acting.uow.terms.get(_term(given))
            return recording.correct(acting, before.id, said_of(given)) != before
        case ContractWish.TERM_RENEW:
            renewing.renew(acting, _term(given), renewed_until(given))
        case ContractWish.TERM_UNRENEW:
            before = acting.uow.terms.get(_term(given))
            return renewing.take_back(acting, before.id) != before
        case ContractWish.TERM_DROP:
            recording.drop(acting, _term(given))
        case ContractWish.TERM_BACK:
            before = acting.uow.terms.get(_term(given))
            return recording.bring_back(acting, before.id) != before
        case ContractWish.VENDOR_RECORD:
            vendors.record(acting, said_of_vendor(given))
        case ContractWish.VENDOR_CORRECT:
            firm = acting.uow.vendors.get(_vendor(given))
            return vendors.correct(acting, firm.id, said_of_vendor(given)) != firm
    return True


def said_of(given: Mapping[str, str]) -> Said:
    line = Line(
        number=given.get("line_number", ""),
        service_no=given.get("service_no", ""),
        speed=given.get("speed", ""),
        fault_line=given.get("fault_line", ""),
    )
    known = {one.name for one in fields(Said)} - {"line", "unending"}
    texts = {name: text for name, text in given.items() if name in known}
    return Said(**{"kind": "", "name": "", **texts}, line=line, unending=bool(given.get("unending")))


def said_of_vendor(given: Mapping[str, str]) -> SaidOfVendor:
    names = ("name", "phone", "email", "fault_line", "contact")
    return SaidOfVendor(**{name: given.get(name, "") for name in names}, active=not given.get("gone"))


def said_of_program(given: Mapping[str, str]) -> SaidOfProgram:
    known = {one.name for one in fields(SaidOfProgram)} - {"active"}
    texts = {name: text for name, text in given.items() if name in known}
    return SaidOfProgram(**{"name": "", **texts}, active=not given.get("gone"))


def said_of_visit(given: Mapping[str, str]) -> SaidOfVisit:
    names = ("who_came", "done", "parts", "new_serial", "charged")
    texts = {name: given.get(name, "") for name in names}
    return SaidOfVisit(**texts, in_warranty=bool(given.get("in_warranty")))


def renewed_until(given: Mapping[str, str]) -> date:
    """Raises Invalid(`term_day`, `term_endless`)."""
    ends = recording.day_in(given.get("ends", ""))
    if ends is None:
        raise Invalid("term_endless")
    return ends


def _term(given: Mapping[str, str]) -> TermId:
    """Raises NotFound for what is no key."""
    return TermId(key_in(given, "id", "term"))


def _program(given: Mapping[str, str]) -> ProgramId:
    return ProgramId(key_in(given, "id", "program"))


def _seat(given: Mapping[str, str]) -> SeatId:
    return SeatId(key_in(given, "seat", "seat"))


def _visit(given: Mapping[str, str]) -> VisitId:
    return VisitId(key_in(given, "id", "service_visit"))


def _vendor(given: Mapping[str, str]) -> VendorId:
    return VendorId(key_in(given, "id", "vendor"))
