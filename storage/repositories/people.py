"""People and the accounts they speak from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, insert, literal, or_, select, text, update

from handlers.domain.errors import NotFound
from handlers.domain.people import Account, Person, PersonId, Role, UnitId
from handlers.ports import DirectoryEntry, PeopleWanted
from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.language.phones import phone_key
from storage.engine.in_list import in_list
from storage.engine.like import contains
from storage.engine.prepared import Prepared, prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.people_lists import BY_NAME, is_behind, is_present, is_wanted
from storage.repositories.rows import AccountRow, CountRow, DirectoryRow, NameRow, PersonRow, columns
from storage.tables import account, metadata, person, staff_import_row, ticket, ticket_search


def also_as_guest(column: ColumnElement[int | None]) -> ColumnElement[bool]:
    """Whether it names the person `of_person`, or a guest who turned out to be them."""
    names = or_(person.c.id == bindparam("of_person"), person.c.became == bindparam("of_person"))
    return column.in_(select(person.c.id).where(names))


_COLUMNS = columns(person, PersonRow)
_GUEST = person.alias()
_BY_ID = prepared(select(*_COLUMNS).where(person.c.id == bindparam("id")), PersonRow)
_BY_IDS = prepared(select(*_COLUMNS).where(in_list(person.c.id, "people")), PersonRow)
_BY_HANDLE = prepared(select(*_COLUMNS).where(person.c.handle == bindparam("handle")), PersonRow)
_BY_ACCOUNT = prepared(
    select(*_COLUMNS)
    .join(account, account.c.person == person.c.id)
    .where(account.c.channel == bindparam("channel"), account.c.name == bindparam("name")),
    PersonRow,
)
_PRESENT_FIRST = (person.c.left_at.is_not(None), person.c.id)
_BY_STAFF_NO = prepared(
    select(*_COLUMNS).where(person.c.staff_no == bindparam("key")).order_by(*_PRESENT_FIRST).limit(1), PersonRow
)
_BY_PHONE = prepared(
    select(*_COLUMNS).where(person.c.phone_key == bindparam("key")).order_by(*_PRESENT_FIRST).limit(1), PersonRow
)
_BY_EMAIL = prepared(
    select(*_COLUMNS).where(person.c.email_key == bindparam("key")).order_by(*_PRESENT_FIRST).limit(1), PersonRow
)
PRESENT = select(*_COLUMNS).where(person.c.left_at.is_(None))
_NAMES = prepared(
    select(person.c.id, person.c.name).where(person.c.left_at.is_(None), person.c.name != "").order_by(person.c.id),
    NameRow,
)
_OF_ROLE = PRESENT.where(person.c.role == bindparam("role"))
_IN_ROLE = prepared(_OF_ROLE, PersonRow, remembered=True)
_IN_ROLE_AND_UNIT = prepared(_OF_ROLE.where(person.c.unit == bindparam("unit")), PersonRow, remembered=True)
_ADMINS_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('admins', 0))")
"""That one stays holds only while nobody else takes a role; on SQLite nobody does."""
_LASTING_ADMINS = prepared_value(
    select(person.c.id).where(
        person.c.left_at.is_(None), person.c.role == Role.ADMIN.value, person.c.role_until.is_(None)
    ),
    int,
)
_EVERYBODY = prepared(select(*_COLUMNS).where(person.c.became.is_(None)), PersonRow)
_ENDING = prepared(
    PRESENT.where(person.c.role_until.is_not(None), person.c.role_until <= bindparam("until")).order_by(person.c.id),
    PersonRow,
)
_UNLINK = prepared(
    delete(account).where(
        account.c.channel == bindparam("channel"),
        account.c.name == bindparam("name"),
        account.c.person == bindparam("of_person"),
    )
)
_ENTRIES = select(person.c.id, person.c.name, person.c.department, person.c.staff_no, person.c.left_at)
_DIRECTORY = prepared(_ENTRIES.where(person.c.became.is_(None)).order_by(person.c.id), DirectoryRow)
_ASKED_AT_ONCE = 500
"""Numbers in one question."""
_FORGETFUL = frozenset({"staff_import_row"})
"""Tables that let go of a person who never was."""
_NAMING = [
    column
    for table in metadata.tables.values()
    if table.name not in _FORGETFUL
    for column in table.columns
    if any(key.column is person.c.id for key in column.foreign_keys)
]
_IS_UNUSED = prepared_value(
    select(person.c.id).where(
        person.c.id == bindparam("of_person"),
        *(~exists(select(literal(1)).where(column == bindparam("of_person"))) for column in _NAMING),
        ~person.c.id.in_(select(_GUEST.c.became).where(_GUEST.c.became.is_not(None))),
    ),
    int,
)
_LISTED = staff_import_row.c
_LET_GO = prepared(update(staff_import_row).where(_LISTED.person == bindparam("of_person")).values(person=None))
_LET_GO_TWIN = prepared(update(staff_import_row).where(_LISTED.twin == bindparam("of_person")).values(twin=None))
_REMOVE = prepared(delete(person).where(person.c.id == bindparam("of_person")))
_HANDLE_TAKEN = prepared_value(select(person.c.handle).where(person.c.handle == bindparam("handle")), str)
_ADD = prepared(insert(person))
_SAVE = prepared(update(person).where(person.c.id == bindparam("key")))
_FOUND_BY_NAME = prepared(
    update(ticket_search)
    .where(
        ticket_search.c.ticket.in_(select(ticket.c.id).where(ticket.c.reporter == bindparam("key"))),
        ticket_search.c.reporter != bindparam("search"),
    )
    .values(reporter=bindparam("search"))
)
"""Tickets are found by what their reporter is called now."""
_LINK = prepared(
    upsert(
        lambda insert: (adding := insert(account)).on_conflict_do_update(
            index_elements=["channel", "name"],
            set_={"person": adding.excluded.person, "conversation": adding.excluded.conversation},
        )
    )
)
_ACCOUNTS = prepared(
    select(account.c.channel, account.c.name)
    .where(account.c.person == bindparam("person"))
    .order_by(account.c.channel, account.c.name),
    AccountRow,
)


class SqlPeople:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._loaded: dict[PersonId, Person] = {}
        self._of_account: dict[Account, PersonId] = {}
        self._found_by: dict[PersonId, str] = {}
        """By what the tickets of each loaded person are found, as it is stored."""

    def forget(self) -> None:
        self._loaded.clear()
        self._of_account.clear()
        self._found_by.clear()

    def get(self, person: PersonId) -> Person:
        if (known := self._loaded.get(person)) is not None:
            return known
        if (found := self._one(_BY_ID, id=person)) is None:
            raise NotFound("person", person)
        return found

    def of_ids(self, people: Collection[PersonId]) -> Mapping[PersonId, Person]:
        missing = [one for one in people if one not in self._loaded]
        if missing:
            self._many(_BY_IDS, people=missing)
        return {one: self._loaded[one] for one in people if one in self._loaded}

    def by_handle(self, handle: str) -> Person | None:
        found = self._one(_BY_HANDLE, handle=handle)
        while found is not None and found.became is not None:
            found = self.get(found.became)
        return found

    def by_account(self, account: Account) -> Person | None:
        if (known := self._of_account.get(account)) is not None:
            return self.get(known)
        found = self._one(_BY_ACCOUNT, channel=account.channel, name=account.name)
        if found is not None:
            self._of_account[account] = found.id
        return found

    def by_staff_no(self, staff_no: str) -> Person | None:
        return self._one(_BY_STAFF_NO, key=staff_no.strip()) if staff_no.strip() else None

    def by_phone(self, phone: str) -> Person | None:
        return self._one(_BY_PHONE, key=key) if (key := phone_key(phone)) else None

    def by_email(self, email: str) -> Person | None:
        return self._one(_BY_EMAIL, key=key) if (key := email_key(email)) else None

    def named(self, words: str) -> Sequence[Person]:
        wanted = [word for word in folded(words).split() if any(map(str.isalnum, word))]
        if not wanted:
            return []
        query = PRESENT.where(*(contains(person.c.search, word) for word in wanted))
        query = query.order_by(person.c.search, person.c.id)
        found = (self.known(row) for row in self._transaction.query(query, PersonRow))
        return [one for one in found if any(word in folded(f"{one.name} {one.handle}") for word in wanted)]

    def like(self, name: str, limit: int = 5) -> Sequence[Person]:
        names = [(row.id, row.name) for row in self._transaction.run(_NAMES)]
        return [self.get(person) for person in comparison.nearest(name, names, comparison.PEOPLE, limit)]

    def in_departments(self, written: Collection[str]) -> Sequence[Person]:
        query = PRESENT.where(person.c.department.in_(list(written)))
        found = [self.known(row) for row in self._transaction.query(query, PersonRow)]
        return sorted(found, key=lambda one: one.handle)

    def in_role(self, role: Role, unit: UnitId | None = None) -> Sequence[Person]:
        query = _IN_ROLE if unit is None else _IN_ROLE_AND_UNIT
        found = self._many(query, role=role.value, **({} if unit is None else {"unit": unit}))
        return sorted(found, key=lambda person: person.handle)

    def lasting_admins(self) -> AbstractSet[PersonId]:
        if self._transaction.locks_rows:
            self._transaction.execute(_ADMINS_ALONE)
        return {PersonId(one) for one in self._transaction.run(_LASTING_ADMINS)}

    def everybody(self) -> Sequence[Person]:
        return sorted(self._many(_EVERYBODY), key=lambda person: person.handle)

    def of_staff_nos(self, numbers: Sequence[str]) -> Mapping[str, Person]:
        found: dict[str, Person] = {}
        wanted = sorted({one.strip() for one in numbers} - {""})
        for first in range(0, len(wanted), _ASKED_AT_ONCE):
            asked = wanted[first : first + _ASKED_AT_ONCE]
            query = select(*_COLUMNS).where(person.c.staff_no.in_(asked)).order_by(*_PRESENT_FIRST)
            for row in self._transaction.query(query, PersonRow):
                found.setdefault(row.staff_no, self.known(row))
        return found

    def listed(self, wanted: PeopleWanted, after: PersonId | None, limit: int) -> Sequence[Person]:
        query = select(*_COLUMNS).where(*is_wanted(wanted), *(() if after is None else (is_behind(after),)))
        rows = self._transaction.query(query.order_by(*BY_NAME).limit(limit), PersonRow)
        return [self.known(row) for row in rows]

    def count(self, wanted: PeopleWanted) -> int:
        query = select(func.count().label("number")).select_from(person).where(*is_wanted(wanted))
        return next(row.number for row in self._transaction.query(query, CountRow))

    def roles_ending(self, until: datetime) -> Sequence[Person]:
        return self._many(_ENDING, until=until)

    def unlink(self, account: Account, person: PersonId) -> bool:
        self._of_account.pop(account, None)
        values = {"channel": account.channel, "name": account.name, "of_person": person}
        return self._transaction.run(_UNLINK, values).rowcount == 1

    def directory(self) -> Sequence[DirectoryEntry]:
        return [
            DirectoryEntry(row.id, row.name, row.department, row.staff_no, row.left_at is not None)
            for row in self._transaction.run(_DIRECTORY)
        ]

    def present(
        self, *, numbered: bool, names: Collection[str] | None = None, departments: Collection[str] | None = None
    ) -> Sequence[DirectoryEntry]:
        query = _ENTRIES.where(*is_present(numbered=numbered, names=names, departments=departments))
        asked = {} if not names else {"begun": sorted(f"{name} " for name in names)}
        rows = self._transaction.query(query.order_by(person.c.id), DirectoryRow, asked)
        return [
            DirectoryEntry(row.id, row.name, row.department, row.staff_no, gone=False)
            for row in rows
            if names is None or folded(row.name) in names
        ]

    def remove_unused(self, person: PersonId) -> bool:
        """What names them is asked of every table that has a person in it."""
        asked = {"of_person": person}
        if self._transaction.run(_IS_UNUSED, asked).first() is None:
            return False
        for statement in (_LET_GO, _LET_GO_TWIN, _REMOVE):
            self._transaction.run(statement, asked)
        self._loaded.pop(person, None)
        self._found_by.pop(person, None)
        return True

    def add(self, person: Person) -> Person:
        person.handle = self._free_handle(person.handle)
        values = _values(person)
        person.id = PersonId(self._transaction.new_id(_ADD, values))
        self._loaded[person.id] = person
        self._found_by[person.id] = str(values["search"])
        return person

    def save(self, person: Person) -> None:
        values = _values(person)
        if self._transaction.run(_SAVE, {"key": person.id, **values}).rowcount != 1:
            raise NotFound("person", person.id)
        found_by = str(values["search"])
        if self._found_by.get(person.id) != found_by:
            self._transaction.run(_FOUND_BY_NAME, {"key": person.id, "search": found_by})
            self._found_by[person.id] = found_by

    def link(self, account: Account, person: PersonId, conversation: str) -> None:
        values = {"channel": account.channel, "name": account.name, "person": person, "conversation": conversation}
        self._transaction.run(_LINK, values)
        self._of_account[account] = person

    def accounts(self, person: PersonId) -> Sequence[Account]:
        return [Account(row.channel, row.name) for row in self._transaction.run(_ACCOUNTS, {"person": person})]

    def _free_handle(self, wanted: str) -> str:
        """Found in steps that double and then halve: of a thousand of one name nobody is asked for one by one."""
        taken, free = 0, 1
        while self._is_taken(_numbered(wanted, free)):
            taken, free = free, free * 2
        while free - taken > 1:
            between = (taken + free) // 2
            taken, free = (between, free) if self._is_taken(_numbered(wanted, between)) else (taken, between)
        return _numbered(wanted, free)

    def _is_taken(self, handle: str) -> bool:
        return self._transaction.run(_HANDLE_TAKEN, {"handle": handle}).first() is not None

    def _one(self, query: Prepared[PersonRow], **parameters: object) -> Person | None:
        row = self._transaction.run(query, parameters).first()
        return None if row is None else self.known(row)

    def _many(self, query: Prepared[PersonRow], **parameters: object) -> list[Person]:
        return [self.known(row) for row in self._transaction.run(query, parameters)]

    def known(self, row: PersonRow) -> Person:
        """One object a person within a unit of work."""
        known = self._loaded.get(row.id)
        if known is None:
            known = self._loaded[row.id] = _person(row)
            self._found_by[row.id] = row.search
        return known


def searched(person: Person) -> str:
    return folded(f"{person.name} {person.handle} {person.department} {person.room}")


def _numbered(handle: str, number: int) -> str:
    return handle if number == 1 else f"{handle}{number}"


def email_key(email: str) -> str:
    return folded(email.strip())


def _values(person: Person) -> dict[str, object]:
    return {
        "handle": person.handle,
        "name": person.name,
        "role": person.role.value,
        "unit": person.unit,
        "department": person.department,
        "room": person.room,
        "phone": person.phone,
        "phone_key": phone_key(person.phone),
        "email": person.email,
        "email_key": email_key(person.email),
        "staff_no": person.staff_no.strip(),
        "search": searched(person),
        "verified": person.verified,
        "notice_version": person.notice_version,
        "notice_shown_at": person.notice_shown_at,
        "left_at": person.left_at,
        "became": person.became,
        "former_role": person.former_role.value if person.former_role is not None else None,
        "former_unit": person.former_unit,
        "left_by_list": person.left_by_list,
        "role_until": person.role_until,
        "then_role": person.then_role.value if person.then_role is not None else None,
        "then_unit": person.then_unit,
        "end_of_day": person.end_of_day,
    }


def _person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        handle=row.handle,
        name=row.name,
        role=Role(row.role),
        unit=row.unit,
        department=row.department,
        room=row.room,
        phone=row.phone,
        email=row.email,
        staff_no=row.staff_no,
        verified=row.verified,
        notice_version=row.notice_version,
        notice_shown_at=row.notice_shown_at,
        left_at=row.left_at,
        became=row.became,
        former_role=Role(row.former_role) if row.former_role is not None else None,
        former_unit=row.former_unit,
        left_by_list=row.left_by_list,
        role_until=row.role_until,
        then_role=Role(row.then_role) if row.then_role is not None else None,
        then_unit=row.then_unit,
        end_of_day=row.end_of_day,
    )
