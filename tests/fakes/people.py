from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from handlers.domain.dialog import Dialog
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import Account, Person, PersonId, Role, UnitId
from handlers.ports import Conversation, DirectoryEntry, JoinCode, PeopleWanted, Session
from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction


class FakePeople:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction
        self._loaded: dict[PersonId, Person] = {}

    def get(self, person: PersonId) -> Person:
        if person not in self._transaction.seen.people:
            raise NotFound("person", person)
        return self._known(person)

    def of_ids(self, people: Collection[PersonId]) -> Mapping[PersonId, Person]:
        return {one: self._known(one) for one in people if one in self._transaction.seen.people}

    def by_handle(self, handle: str) -> Person | None:
        found = self._first(lambda person: person.handle == handle)
        while found is not None and found.became is not None:
            found = self.get(found.became)
        return found

    def by_account(self, account: Account) -> Person | None:
        person = self._transaction.seen.accounts.get(account)
        return None if person is None else self._known(person)

    def by_staff_no(self, staff_no: str) -> Person | None:
        return self._first(lambda person: bool(staff_no.strip()) and person.staff_no.strip() == staff_no.strip())

    def by_phone(self, phone: str) -> Person | None:
        key = _digits(phone)
        return self._first(lambda person: bool(key) and _digits(person.phone) == key)

    def by_email(self, email: str) -> Person | None:
        key = folded(email.strip())
        return self._first(lambda person: bool(key) and folded(person.email.strip()) == key)

    def named(self, words: str) -> Sequence[Person]:
        wanted = [word for word in folded(words).split() if any(map(str.isalnum, word))]
        found = []
        for person in self._transaction.seen.people.values():
            name = folded(f"{person.name} {person.handle}")
            searched = f"{name} {folded(person.department)} {folded(person.room)}"
            if not person.gone and all(word in searched for word in wanted) and any(word in name for word in wanted):
                found.append((searched, person.id))
        return [self._known(person) for _, person in sorted(found)]

    def like(self, name: str, limit: int = 5) -> Sequence[Person]:
        present = [person for person in self._transaction.seen.people.values() if not person.gone]
        names = [(person.id, person.name) for person in sorted(present, key=lambda person: person.id)]
        return [self._known(person) for person in comparison.nearest(name, names, comparison.PEOPLE, limit)]

    def in_departments(self, written: Collection[str]) -> Sequence[Person]:
        return [one for one in self.everybody() if one.department in written and not one.gone]

    def in_role(self, role: Role, unit: UnitId | None = None) -> Sequence[Person]:
        return [
            person
            for person in self.everybody()
            if person.role is role and unit in (None, person.unit) and not person.gone
        ]

    def lasting_admins(self) -> AbstractSet[PersonId]:  # nobody else writes here
        return {one.id for one in self.in_role(Role.ADMIN) if one.role_until is None}

    def everybody(self) -> Sequence[Person]:
        present = [one.id for one in self._transaction.seen.people.values() if one.became is None]
        return sorted((self._known(person) for person in present), key=lambda one: one.handle)

    def of_staff_nos(self, numbers: Sequence[str]) -> Mapping[str, Person]:
        found = {number.strip(): self.by_staff_no(number) for number in numbers}
        return {number: one for number, one in found.items() if one is not None}

    def listed(self, wanted: PeopleWanted, after: PersonId | None, limit: int) -> Sequence[Person]:
        found = sorted(
            (_sorted_by(one), one.id) for one in self._transaction.seen.people.values() if self._is(one, wanted)
        )
        if after is not None:
            before = (_sorted_by(self._transaction.seen.people[after]), after)
            found = [one for one in found if one > before]
        return [self._known(person) for _, person in found[:limit]]

    def count(self, wanted: PeopleWanted) -> int:
        return sum(self._is(one, wanted) for one in self._transaction.seen.people.values())

    def _is(self, one: Person, wanted: PeopleWanted) -> bool:
        linked = one.id in self._transaction.seen.accounts.values()
        return (
            one.became is None
            and one.gone is wanted.gone
            and all(_has(one, word) for word in folded(wanted.words).split() if any(map(str.isalnum, word)))
            and wanted.role in (None, one.role)
            and (wanted.departments is None or one.department in wanted.departments)
            and wanted.unit in ("", one.unit)
            and not (wanted.unlinked and linked)
            and (one.staff_no != "" or not wanted.numbered)
            and (wanted.shown_other_than is None or one.notice_version not in (None, wanted.shown_other_than))
        )

    def roles_ending(self, until: datetime) -> Sequence[Person]:
        people = sorted(self._transaction.seen.people.values(), key=lambda one: one.id)
        return [self._known(p.id) for p in people if not p.gone and p.role_until is not None and p.role_until <= until]

    def unlink(self, account: Account, person: PersonId) -> bool:
        if self._transaction.seen.accounts.get(account) != person:
            return False
        del self._transaction.changing.accounts[account]
        return True

    def directory(self) -> Sequence[DirectoryEntry]:
        return self._entries()

    def _entries(self) -> list[DirectoryEntry]:
        people = sorted(self._transaction.seen.people.values(), key=lambda one: one.id)
        return [
            DirectoryEntry(one.id, one.name, one.department, one.staff_no.strip(), one.gone)
            for one in people
            if one.became is None
        ]

    def present(
        self, *, numbered: bool, names: Collection[str] | None = None, departments: Collection[str] | None = None
    ) -> Sequence[DirectoryEntry]:
        return [
            one
            for one in self._entries()
            if one.name
            and not one.gone
            and bool(one.staff_no) is numbered
            and (names is None or folded(one.name) in names)
            and (departments is None or one.department in departments)
        ]

    def remove_unused(self, person: PersonId) -> bool:
        tables = self._transaction.seen
        used = person in tables.accounts.values() or any(one.person == person for one in tables.conversations.values())
        used |= any(person in (one.reporter, one.opened_by, one.holder) for one in tables.tickets.values())
        used |= any(person in (one.person, one.used_by) for one in tables.codes.values())
        used |= any(one.person == person for one in tables.sessions.values())
        used |= any(who == person for _, who, *_ in tables.audit)
        if used or any(one.became == person for one in tables.people.values()) or person not in tables.people:
            return False
        for key, row in list(tables.staff_import_rows.items()):
            if person in (row.person, row.twin):
                left = {
                    name: None if getattr(row, name) == person else getattr(row, name) for name in ("person", "twin")
                }
                self._transaction.changing.staff_import_rows[key] = replace(row, **left)
        del self._transaction.changing.people[person]
        self._loaded.pop(person, None)
        return True

    def add(self, person: Person) -> Person:
        taken = {other.handle for other in self._transaction.seen.people.values()}
        handle, number = person.handle, 1
        while handle in taken:
            number += 1
            handle = f"{person.handle}{number}"
        person.handle, person.id = handle, PersonId(self._transaction.new_id())
        self._transaction.changing.people[person.id] = _storable(person)
        self._loaded[person.id] = person
        return person

    def save(self, person: Person) -> None:
        if person.id not in self._transaction.changing.people:
            raise NotFound("person", person.id)
        self._transaction.changing.people[person.id] = _storable(person)

    def link(self, account: Account, person: PersonId, conversation: str) -> None:
        self.get(person)
        self._transaction.changing.accounts[account] = person

    def accounts(self, person: PersonId) -> Sequence[Account]:
        found = [account for account, owner in self._transaction.seen.accounts.items() if owner == person]
        return sorted(found, key=lambda account: (account.channel, account.name))

    def _first(self, wanted: object) -> Person | None:
        stored = sorted(self._transaction.seen.people.values(), key=lambda person: (person.gone, person.id))
        found = next((person for person in stored if wanted(person)), None)  # type: ignore[operator]
        return None if found is None else self._known(found.id)

    def _known(self, person: PersonId) -> Person:
        if person not in self._loaded:
            self._loaded[person] = deepcopy(self._transaction.seen.people[person])
        return self._loaded[person]


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter in "0123456789")[-10:]


def _storable(person: Person) -> Person:
    stored = deepcopy(person)
    stored.name, stored.department, stored.room = (
        storable(text) for text in (person.name, person.department, person.room)
    )
    return stored


class FakeConversations:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction
        self._loaded: dict[str, Conversation] = {}

    def get(self, address: str) -> Conversation | None:
        return self._known(address) if address in self._transaction.seen.conversations else None

    def ensure(self, conversation: Conversation) -> Conversation:
        if conversation.address not in self._transaction.seen.conversations:
            stored = deepcopy(conversation)
            stored.last_seq = 0
            self._transaction.changing.conversations[conversation.address] = stored
        return self._known(conversation.address)

    def save(self, conversation: Conversation) -> None:
        stored = self._transaction.changing.conversations.get(conversation.address)
        if stored is None:
            raise NotFound("conversation", conversation.address)
        changed = deepcopy(conversation)
        changed.last_seq = stored.last_seq
        self._transaction.changing.conversations[conversation.address] = changed

    def spoke(self, address: str, at: datetime) -> None:
        for place in (self._transaction.changing.conversations[address], self._known(address)):
            place.active_at = max(at, place.active_at or at)

    def rooms(self, unit: UnitId | None = None) -> Sequence[Conversation]:
        return [
            self._known(address)
            for address, place in sorted(self._transaction.seen.conversations.items())
            if place.is_room and place.unit is not None and unit in (None, place.unit)
        ]

    def channels(self) -> Collection[str]:
        return {place.channel for place in self._transaction.seen.conversations.values()}

    def private_of_all(self) -> Sequence[tuple[str, PersonId]]:
        found: dict[PersonId, tuple[float, str]] = {}
        for address, place in sorted(self._transaction.seen.conversations.items()):
            if place.is_room or place.blocked or not place.last_seq or place.person is None:
                continue
            active = place.active_at.timestamp() if place.active_at else 0.0
            gone = self._transaction.seen.people[place.person].gone
            if not gone and (place.person not in found or active > found[place.person][0]):
                found[place.person] = (active, address)
        return sorted((address, person) for person, (_, address) in found.items())

    def private_of(self, person: PersonId) -> Sequence[Conversation]:
        places = [place for place in self._transaction.seen.conversations.values() if place.person == person]
        places.sort(
            key=lambda place: (
                place.active_at is None,
                -place.active_at.timestamp() if place.active_at else 0,
                place.address,
            )
        )
        return [self._known(place.address) for place in places]

    def _known(self, address: str) -> Conversation:
        if address not in self._loaded:
            self._loaded[address] = deepcopy(self._transaction.seen.conversations[address])
        return self._loaded[address]


class FakeDialogs:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction
        self._loaded: dict[tuple[str, PersonId], Dialog] = {}

    def get(self, conversation: str, person: PersonId) -> Dialog:
        key = (conversation, person)
        if key not in self._loaded:
            stored = self._transaction.seen.dialogs.get(key)
            self._loaded[key] = deepcopy(stored) or Dialog(conversation=conversation, person=person)
        return self._loaded[key]

    def save(self, dialog: Dialog) -> None:
        key = (dialog.conversation, dialog.person)
        if dialog.conversation not in self._transaction.seen.conversations:
            raise NotFound("dialog", key)
        stored = self._transaction.seen.dialogs.get(key)
        if (0 if stored is None else stored.version) != dialog.version:
            raise Stale("dialog", key)
        dialog.version += 1
        self._transaction.changing.dialogs[key] = deepcopy(dialog)

    def with_words_of(self, person: PersonId) -> Sequence[Dialog]:
        keys = [
            key
            for key, dialog in self._transaction.seen.dialogs.items()
            if key[1] == person or (dialog.draft is not None and dialog.draft.for_person == person)
        ]
        return [self.get(*key) for key in sorted(keys)]

    def idle_drafts(self, before: datetime, limit: int = 100) -> Sequence[Dialog]:
        idle = [
            (dialog.draft.changed_at, *key)
            for key, dialog in self._transaction.seen.dialogs.items()
            if dialog.draft is not None and not dialog.draft.reminded and dialog.draft.changed_at < before
        ]
        return [self.get(conversation, person) for _, conversation, person in sorted(idle)[:limit]]


class FakeCodes:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, code: JoinCode) -> None:
        self._transaction.changing.codes[code.code_hash] = deepcopy(code)

    def get(self, code_hash: str) -> JoinCode | None:
        return deepcopy(self._transaction.seen.codes.get(code_hash))

    def use(self, code_hash: str, by: PersonId, at: datetime) -> None:
        code = self._transaction.changing.codes.get(code_hash)
        if code is None or code.used_at is not None or code.revoked_at is not None:
            raise Stale("code", code_hash)
        code.used_at, code.used_by = at, by

    def revoke(self, code_hash: str, at: datetime) -> bool:
        code = self._transaction.changing.codes.get(code_hash)
        if code is None or code.used_at is not None or code.revoked_at is not None:
            return False
        code.revoked_at = at
        return True

    def made(self, behind: tuple[datetime, str] | None, limit: int) -> Sequence[JoinCode]:
        found = [one for one in self._transaction.seen.codes.values() if one.made_at is not None]
        if behind is not None:
            at, digest = behind
            found = [c for c in found if c.made_at < at or (c.made_at == at and c.code_hash > digest)]
        return deepcopy(_newest(found)[:limit])

    def of(self, person: PersonId) -> Sequence[JoinCode]:
        return deepcopy(_newest(one for one in self._transaction.seen.codes.values() if one.person == person))


class FakeSessions:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, session: Session) -> None:
        self._transaction.changing.sessions[session.token_hash] = deepcopy(session)

    def get(self, token_hash: str) -> Session | None:
        return deepcopy(self._transaction.seen.sessions.get(token_hash))

    def save(self, session: Session) -> None:
        if (stored := self._transaction.changing.sessions.get(session.token_hash)) is not None:
            stored.seen_at, stored.ended_at = session.seen_at, session.ended_at
            stored.rights, stored.renewed_with = session.rights, session.renewed_with

    def of(self, person: PersonId) -> Sequence[Session]:
        found = [session for session in self._transaction.seen.sessions.values() if session.person == person]
        return deepcopy(sorted(found, key=lambda session: (session.created_at, session.token_hash)))

    def seen(self, token_hash: str, at: datetime) -> None:
        if token_hash in self._transaction.changing.sessions:
            self._transaction.changing.sessions[token_hash].seen_at = at

    def end(self, person: PersonId, at: datetime, token_hash: str | None = None) -> int:
        ending = [
            session
            for session in self._transaction.changing.sessions.values()
            if session.person == person and session.ended_at is None and token_hash in (None, session.token_hash)
        ]
        for session in ending:
            session.ended_at = at
        return len(ending)

    def move(self, guest: PersonId, person: PersonId, token_hash: str | None = None) -> None:
        for session in self._transaction.changing.sessions.values():
            if session.person == guest and token_hash in (None, session.token_hash):
                session.person = person


def _newest(codes: Iterable[JoinCode]) -> list[JoinCode]:
    return sorted(codes, key=lambda one: (-(one.made_at.timestamp() if one.made_at else 0), one.code_hash))


def _sorted_by(one: Person) -> str:
    return folded(f"{one.name} {one.handle} {one.department} {one.room}")


def _has(one: Person, word: str) -> bool:
    phone = word.isdecimal() and len(word) >= 4 and (one.phone.endswith(word) or _digits(one.phone).endswith(word))
    return f" {word}" in f" {_sorted_by(one)}" or phone
