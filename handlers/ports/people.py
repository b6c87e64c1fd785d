"""People, the codes they join with, and their signed-in browsers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.domain.people import Account, Person, PersonId, Role, UnitId


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    id: PersonId
    name: str
    department: str
    staff_no: str
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWanted:
    """Which people a list has; empty: of all of them."""

    words: str = ""
    """Each begins a word of name, handle, müdürlük or room, or ends a telephone number."""
    role: Role | None = None
    departments: frozenset[str] | None = None
    """As they are written on people."""
    unit: UnitId = ""
    gone: bool = False
    """Those who left, and no others."""
    unlinked: bool = False
    """Who speaks from no account."""
    numbered: bool = False
    """Whom a staff list named."""
    shown_other_than: int | None = None
    """Who was shown a privacy notice, and last another one than of that version."""


class People(Protocol):
    def get(self, person: PersonId) -> Person:
        """Raises NotFound."""

    def of_ids(self, people: Collection[PersonId]) -> Mapping[PersonId, Person]:
        """Those of them that there are, asked for at once."""

    def by_handle(self, handle: str) -> Person | None:
        """Of a guest who was recognised: who they turned out to be."""

    def by_account(self, account: Account) -> Person | None: ...
    def by_staff_no(self, staff_no: str) -> Person | None: ...
    def by_phone(self, phone: str) -> Person | None:
        """`phone` in any spelling; the last ten digits count."""

    def by_email(self, email: str) -> Person | None: ...
    def named(self, words: str) -> Sequence[Person]:
        """Everybody whose folded name, handle or müdürlük contains each of the folded words, at least one of them in
        name or handle; by name; nobody who left."""

    def like(self, name: str, limit: int = 5) -> Sequence[Person]:
        """Whose name is near enough to one typed with mistakes, the nearest first; nobody who left. Not for every
        message: it looks at every name."""

    def in_departments(self, written: Collection[str]) -> Sequence[Person]:
        """Whose müdürlük is written just so, as one of these; nobody who left. By handle."""

    def in_role(self, role: Role, unit: UnitId | None = None) -> Sequence[Person]:
        """Everybody in that role (and unit) who has not left, by handle."""

    def lasting_admins(self) -> AbstractSet[PersonId]:
        """Who is admin for good and has not left. As it stands now: whoever else asks waits until this is done."""

    def everybody(self) -> Sequence[Person]:
        """By handle; without guests who were recognised: they stand there as who they are."""

    def of_staff_nos(self, numbers: Sequence[str]) -> Mapping[str, Person]:
        """By number, of those that are known; of two with one number who has not left."""

    def listed(self, wanted: PeopleWanted, after: PersonId | None, limit: int) -> Sequence[Person]:
        """By name, behind that person; without guests who were recognised."""

    def count(self, wanted: PeopleWanted) -> int: ...
    def roles_ending(self, until: datetime) -> Sequence[Person]:
        """Whose role was for a time that is over by then."""

    def unlink(self, account: Account, person: PersonId) -> bool:
        """Nobody speaks from it any more. False: it is not theirs."""

    def directory(self) -> Sequence[DirectoryEntry]:
        """Everybody, also who left, by id; a line for each, for what compares a whole list with the house."""

    def present(
        self, *, numbered: bool, names: Collection[str] | None = None, departments: Collection[str] | None = None
    ) -> Sequence[DirectoryEntry]:
        """The same of who has a name and has not left: whom a staff list named, or nobody whom one did. `names`: only
        those who are called so, folded; `departments`: only those whose müdürlük is written so."""

    def remove_unused(self, person: PersonId) -> bool:
        """Somebody of whom nothing was kept beside themselves, as if they had never been added. False: something
        names them."""

    def add(self, person: Person) -> Person:
        """With its id. A handle that is taken gets a number behind it."""

    def save(self, person: Person) -> None: ...
    def link(self, account: Account, person: PersonId, conversation: str) -> None:
        """This account is this person's; `conversation` is where it speaks in private. Replaces an older link."""

    def accounts(self, person: PersonId) -> Sequence[Account]: ...


@dataclass(slots=True, kw_only=True)
class JoinCode:
    """A one-time code; only its hash is stored."""

    code_hash: str
    role: Role
    unit: UnitId | None
    name: str
    person: PersonId | None
    """Set where the code ties an account to somebody who exists already."""
    expires_at: datetime
    used_at: datetime | None = None
    used_by: PersonId | None = None
    made_by: PersonId | None = None
    """Who invited; None: it was made in the terminal."""
    made_at: datetime | None = None
    revoked_at: datetime | None = None


class JoinCodes(Protocol):
    def add(self, code: JoinCode) -> None: ...
    def get(self, code_hash: str) -> JoinCode | None: ...
    def use(self, code_hash: str, by: PersonId, at: datetime) -> None:
        """Raises Stale where it was used or revoked meanwhile."""

    def revoke(self, code_hash: str, at: datetime) -> bool:
        """False where it was used or revoked already."""

    def made(self, behind: tuple[datetime, str] | None, limit: int) -> Sequence[JoinCode]:
        """Of which is known who made them, the newest first, and of one moment by their hash; those behind that."""

    def of(self, person: PersonId) -> Sequence[JoinCode]:
        """Made for that person, the newest first."""


@dataclass(slots=True, kw_only=True)
class Session:
    """A signed-in browser; only the hash of its cookie is stored."""

    token_hash: str
    person: PersonId
    created_at: datetime
    seen_at: datetime
    user_agent: str = ""
    ended_at: datetime | None = None
    rights: str = ""
    """What its person was when the cookie was given out; empty: it was not noted."""
    renewed_with: str = ""
    """The request with which it was given a new cookie and ended; empty: it was not."""


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...
    def save(self, session: Session) -> None:
        """Of what may change: when it was seen and ended, its rights, with what it was renewed."""

    def get(self, token_hash: str) -> Session | None: ...
    def of(self, person: PersonId) -> Sequence[Session]: ...
    def seen(self, token_hash: str, at: datetime) -> None: ...
    def end(self, person: PersonId, at: datetime, token_hash: str | None = None) -> int:
        """One, or all of that person; how many were ended."""

    def move(self, guest: PersonId, person: PersonId, token_hash: str | None = None) -> None:
        """A guest's browsers turned out to be this person's: their sessions, or that one, are theirs now."""
