"""Müdürlük, room, telephone and e-mail of one person, mended by who manages people; and somebody whom no list has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.errors import Invalid
from handlers.domain.particulars import is_email, is_staff_no, is_words
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.people import names, staff_lists
from handlers.tickets import cards
from knowledge.language.folding import folded, one_line
from knowledge.language.phones import is_phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """As typed; empty: nothing is known."""

    department: str = ""
    room: str = ""
    phone: str = ""
    email: str = ""


def require_usable(acting: Acting, wanted: Particulars, person: Person | None = None) -> None:
    """`person`: whose they are. Raises NotAllowed, Invalid(`field_unusable`, `field_taken`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    for field, is_good in _judged(wanted):
        if not is_good:
            raise Invalid("field_unusable", field=field)
    other = acting.uow.people.by_email(wanted.email) if wanted.email else None
    if other is not None and (person is None or other.id != person.id):
        raise Invalid("field_taken", field="E-posta", who=other)


def _judged(wanted: Particulars) -> Iterator[tuple[str, bool]]:
    yield "Müdürlük", not wanted.department or is_words(wanted.department, needed=True)
    yield "Oda", is_words(wanted.room)
    yield "Telefon", not wanted.phone or (is_words(wanted.phone) and is_phone(folded(wanted.phone)))
    yield "E-posta", not wanted.email or is_email(wanted.email)


def correct(acting: Acting, person: Person, wanted: Particulars) -> bool:
    """False: it was so. Cards show it at once. Raises as `require_usable`."""
    require_usable(acting, wanted, person)
    before = (person.department, person.room, person.phone, person.email)
    _write(acting, person, wanted)
    after = (person.department, person.room, person.phone, person.email)
    if before == after:
        return False
    acting.uow.people.save(person)
    fields = [name for name, was, now in zip(_FIELDS, before, after, strict=True) if was != now]
    about = f"{person.handle} {','.join(fields)}"
    acting.uow.audit.log(acting.now, acting.person.id, "particulars_changed", about, acting.channel)
    for ticket in acting.uow.tickets.open_of_reporter(person.id):
        cards.refresh(acting, ticket)
    return True


_FIELDS = ("department", "room", "phone", "email")


def _write(acting: Acting, person: Person, wanted: Particulars) -> None:
    written = one_line(wanted.department)
    person.department = DepartmentNames.of(acting.uow).settled(written) if written else ""
    person.room, person.phone, person.email = one_line(wanted.room), one_line(wanted.phone), wanted.email.strip()


def require_addable(acting: Acting, name: str, staff_no: str, wanted: Particulars) -> None:
    """Raises as `require_usable`."""
    require_usable(acting, wanted)
    if not (names.is_usable(one_line(name)) and is_words(one_line(name), needed=True)):
        raise Invalid("field_unusable", field="Ad soyad")
    if staff_no and not is_staff_no(staff_no):
        raise Invalid("field_unusable", field="Sicil no")
    other = acting.uow.people.by_staff_no(staff_no) if staff_no else None
    if other is not None:
        raise Invalid("field_taken", field="Sicil no", who=other)


def add(acting: Acting, name: str, staff_no: str, wanted: Particulars) -> Person:
    """Somebody who only reports, and has no account yet. Raises as `require_addable`."""
    require_addable(acting, name, staff_no, wanted)
    called = one_line(name)
    person = Person(handle=staff_lists.handle_of(called), name=called, staff_no=staff_no, verified=True)
    _write(acting, person, wanted)
    added = acting.uow.people.add(person)
    acting.uow.audit.log(acting.now, acting.person.id, "person_added", added.handle, acting.channel)
    return added
