"""A staff list is taken in: one engine for the command and for the panel, and **Geri al** row by row.

Brought to the panel a list is kept row by row (`bring`), shown with what each row would do, taken in part by part
(`take_in_part`, an event of the inbox each), and taken back part by part. Nobody who is missing in it is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.context import Acting, UseCaseContext
from handlers.department_names import DepartmentNames
from handlers.domain.brought_lists import PREVIEW_KEPT, ROWS_A_PART, RowFate, RowKind
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.rights import Action, require
from handlers.domain.staff_lists import (
    TAKEN_BACK_WITHIN,
    ListedRow,
    StaffImport,
    StaffList,
    StaffRow,
    Standing,
)
from handlers.people import admins, departments
from handlers.ports import DirectoryEntry, UnitOfWork
from knowledge.language import comparison
from knowledge.language.folding import folded

MOST_LIKENESSES = 200_000
"""Names that are held against each other for one list: in a large house only those that are the same letter by letter
are asked about."""
MOST_FAULTS_KEPT = 500
MOST_UNLISTED = 20
"""Müdürlükler of which it is said that the desk's list has them not."""
MOST_FOLDED_SHOWN = 20
"""Spellings of which it is said as which müdürlük they are taken."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    person: Person
    fate: RowFate
    before: Standing | None = None
    returned: bool = False
    """Who had left and has a role again."""


def take_in(uow: UnitOfWork, row: StaffRow, person: Person | None, now: datetime, channel: str) -> TakenIn:
    """`person`: who has that number, or who it is although they had none; None: nobody."""
    if person is None:
        added = uow.people.add(row.filled(Person(handle=handle_of(row.name), verified=True)))
        return TakenIn(added, RowFate.ADDED)
    if row.says_what_is_known(person):
        return TakenIn(person, RowFate.SAME)
    before, returned = Standing.of(person), person.gone
    if returned:
        person.come_back(now)
        if person.role is not Role.REQUESTER:
            about = f"{person.handle} {person.role}:{person.unit or '-'}"
            uow.audit.log(now, None, "returned", about, channel)
    uow.people.save(row.filled(person))
    return TakenIn(person, RowFate.CHANGED, before, returned and person.role is not Role.REQUESTER)


def in_the_lists_words(uow: UnitOfWork, rows: Sequence[StaffRow]) -> list[StaffRow]:
    """With each müdürlük under the name that the desk's list has for it."""
    names = DepartmentNames.of(uow)
    settled = {written: names.settled(written) for written in {row.department for row in rows}}
    return [replace(row, department=settled[row.department]) for row in rows]


def handle_of(name: str) -> str:
    """`Ayşe Yılmaz` → `ayse.yilmaz`."""
    words = "".join(letter if letter.isalnum() else " " for letter in folded(name)).split()
    return ".".join(words)[:40].rstrip(".")


# --- brought to the panel -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Compared:
    rows: Sequence[ListedRow]
    absent: int
    notes: Sequence[str] = ()
    """What is taken as which müdürlük, and which are in no list, in Turkish."""


def compare(acting: Acting, brought: StaffList) -> Compared:
    """What each of its rows would do: seconds of a large house, in which nobody is to be kept from writing. Raises
    NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    directory = acting.uow.people.directory()
    rows = in_the_lists_words(acting.uow, brought.rows)
    notes = department_notes(acting.uow, brought.rows)
    return Compared(_compared(acting.uow, directory, rows), len(absent(directory, rows)), notes)


def bring(
    acting: Acting, key: str, brought: StaffList, *, name: str, digest: str, compared: Compared | None = None
) -> StaffImport:
    """Kept with what each of its rows would do (as `compared` before), under that key (a UUID); nothing is changed yet.
    Older ones are forgotten. Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    imports, now = acting.uow.staff_imports, acting.now
    imports.forget(now - TAKEN_BACK_WITHIN, now - PREVIEW_KEPT)
    compared = compared or compare(acting, brought)
    faults = list(brought.faults)
    return imports.add(
        StaffImport(
            key=key,
            owner=acting.person.id,
            at=now,
            name=name,
            digest=digest,
            faults=faults[:MOST_FAULTS_KEPT],
            notes=[*compared.notes, *brought.notes],
            absent=compared.absent,
        ),
        compared.rows,
    )


def discard(acting: Acting, key: str) -> bool:
    """One that nobody took in. False: there is none. Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    return acting.uow.staff_imports.drop(key)


def department_notes(uow: UnitOfWork, rows: Sequence[StaffRow]) -> list[str]:
    """As which müdürlük each spelling is taken; which of the others the desk's list has not. While the desk has none,
    the first staff list makes it: each is called as most call it."""
    names = DepartmentNames.of(uow)
    written = Counter(row.department for row in rows if row.department)
    settled = {one: names.settled(one) for one in written}
    if not names.open:
        counts = Counter(dict.fromkeys(settled.values(), 0))
        for one, name in settled.items():
            counts[name] += written[one]
        usual = departments.spelled_by_most(counts.elements())
        settled = {one: usual[comparison.office(name)] for one, name in settled.items()}
    notes = [
        f"“{one}” → {settled[one]} sayıldı ({count} kişi)"
        for one, count in written.most_common()
        if settled[one] not in (one, departments.without_ending(one))
    ]
    return [*_unsettled(names, rows, settled), *notes[:MOST_FOLDED_SHOWN]]


def _unsettled(names: DepartmentNames, rows: Sequence[StaffRow], settled: Mapping[str, str]) -> list[str]:
    found = Counter(settled[row.department] for row in rows if row.department)
    if not names.open:
        return _alike(found)
    return [
        _unlisted_said(names, one, count)
        for one, count in [pair for pair in found.most_common() if names.find(pair[0]) is None][:MOST_UNLISTED]
    ]


def _alike(found: Mapping[str, int]) -> list[str]:
    """The same müdürlük under two names is two in every list of the desk."""
    said, order = [], sorted(found, key=lambda one: (-found[one], one))
    for place, rare in enumerate(order):
        other = next((one for one in order[:place] if comparison.alike(rare, one, comparison.DEPARTMENTS)), None)
        if other is not None:
            said.append(f"“{rare}” ({found[rare]} kişi) “{other}” adına çok benziyor; aynı müdürlükse listede düzeltin")
    return said[:MOST_UNLISTED]


def _unlisted_said(names: DepartmentNames, written: str, count: int) -> str:
    near = comparison.nearest(written, [(one, one) for one in names.open], replace(comparison.DEPARTMENTS, least=40), 1)
    said = f", en yakını “{near[0]}”" if near else ""
    return f"listede olmayan müdürlük: “{written}” ({count} kişi){said}"


def absent(directory: Sequence[DirectoryEntry], rows: Sequence[StaffRow]) -> list[DirectoryEntry]:
    """Who was in an earlier list, has not left, and is not in this one."""
    listed = {row.staff_no for row in rows}
    return [one for one in directory if one.staff_no and not one.gone and one.staff_no not in listed]


def _compared(uow: UnitOfWork, directory: Sequence[DirectoryEntry], rows: Sequence[StaffRow]) -> list[ListedRow]:
    known = uow.people.of_staff_nos([row.staff_no for row in rows])
    twins = _twins(directory, [row for row in rows if row.staff_no not in known], {row.staff_no for row in rows})
    found = []
    for row in rows:
        person = known.get(row.staff_no)
        if person is not None:
            kind = RowKind.SAME if row.says_what_is_known(person) else RowKind.CHANGED
            found.append(ListedRow(row=row, kind=kind, person=person.id))
        else:
            twin = twins.get(row.line)
            found.append(ListedRow(row=row, kind=RowKind.NEW if twin is None else RowKind.TWIN, twin=twin))
    return found


def _twins(directory: Sequence[DirectoryEntry], new: Sequence[StaffRow], listed: set[str]) -> Mapping[int, PersonId]:
    """Who is perhaps known already, by the line of the list: of the same name in the same müdürlük under another
    number that this list has not, or of nearly the same name with no number at all."""
    others = [one for one in directory if one.name and not one.gone and one.staff_no not in listed]
    by_name: dict[str, list[DirectoryEntry]] = {}
    for one in others:
        by_name.setdefault(folded(one.name), []).append(one)
    unnumbered = [(one.id, one.name) for one in others if not one.staff_no]
    near = unnumbered if len(unnumbered) * len(new) <= MOST_LIKENESSES else []
    found: dict[int, PersonId] = {}
    for row in new:
        same = [one for one in by_name.get(folded(row.name), ()) if _may_be(one, row)]
        twin = same[0].id if len(same) == 1 else comparison.meant(row.name, near, comparison.PEOPLE)
        if twin is not None:
            found[row.line] = twin
    taken = Counter(found.values())
    return {line: one for line, one in found.items() if taken[one] == 1}


def _may_be(one: DirectoryEntry, row: StaffRow) -> bool:
    if not one.staff_no:
        return True
    return comparison.alike(one.department, row.department, comparison.DEPARTMENTS)


# --- part by part -------------------------------------------------------------------------------
def say_yes(acting: Acting, key: str, same: frozenset[int] = frozenset()) -> StaffImport:
    """It is taken in from now on; of the rows at these places somebody said that they are whom they look like, whatever
    is asked for after. Said twice it is the same. Raises NotAllowed, NotFound, Invalid(`list_taken_back`)."""
    brought = acting.uow.staff_imports.get(key, to_change=True)
    require_may_take_in(acting, brought)
    if brought.begun_at is None:
        nameless = [replace(one, whom="") for one in brought.faults]
        brought = replace(brought, begun_at=acting.now, faults=nameless)
        acting.uow.staff_imports.save(brought)
        total = acting.uow.staff_imports.counts(brought.id).total
        _begin_list(acting.uow, brought.id, total)
        for place, one in acting.uow.staff_imports.of_kind(brought.id, RowKind.TWIN, -1, total) if same else ():
            if place in same:
                acting.uow.staff_imports.save_row(brought.id, place, replace(one, person=one.twin))
        acting.uow.audit.log(acting.now, acting.person.id, "people_imported", f"{total} rows {key}", acting.channel)
    return brought


def _begin_list(uow: UnitOfWork, brought: int, total: int) -> None:
    """The first staff list of a house says which müdürlükler it has."""
    if not uow.departments.all():
        found = (one.row.department for _, one in uow.staff_imports.rows(brought, 0, total))
        departments.begin_list(uow, [one for one in found if one])


def require_may_take_in(acting: Acting, brought: StaffImport) -> None:
    """Raises NotAllowed, Invalid(`list_taken_back`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    brought.require_may_be_taken_in()


def require_may_take_back(acting: Acting, brought: StaffImport) -> None:
    """Raises NotAllowed, Invalid(`list_not_taken`, `list_too_old`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    brought.require_may_be_taken_back(acting.now, TAKEN_BACK_WITHIN)


def take_in_part(acting: Acting, key: str, part: int, *, same: frozenset[int] = frozenset()) -> int:
    """Rows of that part which were not taken in yet; how many changed somebody. `same`: places of those of whom
    somebody said that they are whom they look like, in any part. Raises as `say_yes`."""
    brought = say_yes(acting, key, same)
    imports, changed = acting.uow.staff_imports, 0
    rows = imports.rows(brought.id, part * ROWS_A_PART, ROWS_A_PART)[:ROWS_A_PART]
    known = acting.uow.people.of_staff_nos([one.row.staff_no for _, one in rows])
    for (place, one), row in zip(rows, in_the_lists_words(acting.uow, [one.row for _, one in rows]), strict=True):
        if one.fate is not None:
            continue
        if not one.row.staff_no:  # it was erased meanwhile
            imports.save_row(brought.id, place, replace(one, fate=RowFate.SAME))
            continue
        person = known.get(one.row.staff_no)
        looks_like = _who_they_are_now(acting.uow, one.twin) if one.twin is not None else None
        if person is None and one.person is not None:
            person = looks_like
        tied = person is not None and looks_like is not None and looks_like.id == person.id
        taken = take_in(acting.uow, row, person, acting.now, acting.channel)
        if tied:  # somebody who manages people said who they are
            taken.person.verified = True
            acting.uow.people.save(taken.person)
        if taken.fate is RowFate.CHANGED:
            _log_change(acting, taken)
        changed += taken.fate is not RowFate.SAME
        after = Standing.of(taken.person) if taken.fate is not RowFate.SAME else None
        done = replace(one, person=taken.person.id, fate=taken.fate, before=taken.before, after=after)
        imports.save_row(brought.id, place, done)
    return changed


def _who_they_are_now(uow: UnitOfWork, twin: PersonId) -> Person | None:
    """None: a guest, who meanwhile turned out to be somebody with another number."""
    found, recognised = uow.people.get(twin), False
    while (became := found.became) is not None:
        found, recognised = uow.people.get(became), True
    return None if recognised and found.staff_no else found


def _log_change(acting: Acting, taken: TakenIn) -> None:
    """Which fields, of whom: what stood there is kept with the list, where an erasure finds it."""
    assert taken.before is not None
    before, after = taken.before.as_data(), Standing.of(taken.person).as_data()
    fields = ",".join(name for name, value in after.items() if before[name] != value)
    acting.uow.audit.log(acting.now, acting.person.id, "listed", f"{taken.person.handle} {fields}", acting.channel)


def begin_taking_back(acting: Acting, key: str) -> StaffImport:
    """Said twice it is the same. Raises NotAllowed, NotFound, Invalid(`list_not_taken`, `list_too_old`)."""
    brought = acting.uow.staff_imports.get(key, to_change=True)
    require_may_take_back(acting, brought)
    if brought.back_at is None:
        brought = replace(brought, back_at=acting.now)
        acting.uow.staff_imports.save(brought)
        acting.uow.audit.log(acting.now, acting.person.id, "people_import_taken_back", key, acting.channel)
    return brought


def take_back_part(acting: Acting, key: str, part: int) -> int:
    """Who was changed is as before, who came with the list is gone as if they had never come; how many. Who was changed
    since, or used the desk, stays as they are. Raises as `begin_taking_back`."""
    brought = begin_taking_back(acting, key)
    imports, back = acting.uow.staff_imports, 0
    for place, one in imports.rows(brought.id, part * ROWS_A_PART, ROWS_A_PART):
        if one.fate not in (RowFate.ADDED, RowFate.CHANGED):
            continue
        person = acting.uow.people.get(one.person) if one.person is not None else None
        is_as_left = person is not None and one.after is not None and Standing.of(person) == one.after
        done = person is not None and is_as_left and _is_taken_back(acting, place, brought, one, person)
        if not done:
            imports.save_row(brought.id, place, replace(one, fate=RowFate.KEPT))
        back += done
    return back


def _is_taken_back(acting: Acting, place: int, brought: StaffImport, one: ListedRow, person: Person) -> bool:
    gone = replace(one, fate=RowFate.TAKEN_BACK, before=None, after=None)
    if one.before is not None:
        if one.before.left_at is not None and admins.is_last(acting.uow, person):
            return False
        one.before.put_back(person)
        acting.uow.people.save(person)
        acting.uow.staff_imports.save_row(brought.id, place, gone)
        return True
    acting.uow.staff_imports.save_row(brought.id, place, replace(gone, person=None))
    return acting.uow.people.remove_unused(person.id)


def forget_old(work: UseCaseContext) -> None:
    """Lists that nobody can take back any more, and those that nobody took in."""
    work.uow.staff_imports.forget(work.now - TAKEN_BACK_WITHIN, work.now - PREVIEW_KEPT)
