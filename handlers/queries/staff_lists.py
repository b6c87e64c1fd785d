"""Lists of staff that were brought to the panel: what each would do, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.context import Acting
from handlers.domain.brought_lists import PREVIEW_KEPT, Counts, RowKind
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, require
from handlers.domain.staff_lists import ListedRow, StaffImport
from handlers.people import staff_lists
from handlers.ports import DirectoryEntry

FEW, MANY = 20, 100
"""Rows of a kind that are shown at first, and on a page of their own."""
RECENT = 10
_ALL = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    place: int
    row: ListedRow
    twin: Person | None
    changes: Mapping[str, tuple[str, str]]
    """By field: before, after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    brought: StaffImport
    owner: Person
    counts: Counts
    before: StaffImport | None
    """The same list, when it was taken in the last time."""
    rows: Mapping[RowKind, Sequence[ShownRow]]
    absent: Sequence[DirectoryEntry]


def recent(acting: Acting) -> Sequence[tuple[StaffImport, Counts]]:
    """Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    imports = acting.uow.staff_imports
    return [(one, imports.counts(one.id)) for one in imports.recent(RECENT)]


def drafts(acting: Acting) -> Sequence[tuple[StaffImport, Counts]]:
    """Those of the last day that nobody took in. Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    imports = acting.uow.staff_imports
    return [(one, imports.counts(one.id)) for one in imports.drafts(acting.now - PREVIEW_KEPT, RECENT)]


def look(acting: Acting, key: str, kind: RowKind | None = None, after: int = -1, *, absent: bool = False) -> ListPage:
    """`kind`: that one only, behind a place; else a few of each. `absent`: whom the list has not, by name.

    Raises NotAllowed, NotFound.
    """
    require(acting.person, Action.MANAGE_PEOPLE)
    imports = acting.uow.staff_imports
    brought = imports.get(key)
    kinds = [kind] if kind is not None else [RowKind.TWIN, RowKind.CHANGED, RowKind.NEW]
    most = MANY if kind is not None else FEW
    rows = {one: imports.of_kind(brought.id, one, after, MANY if one is RowKind.TWIN else most) for one in kinds}
    before = imports.taken_before(brought.digest)
    return ListPage(
        brought=brought,
        owner=acting.uow.people.get(brought.owner),
        counts=imports.counts(brought.id),
        before=before if before is not None and before.id != brought.id else None,
        rows={one: [_shown(acting, place, row) for place, row in found] for one, found in rows.items() if found},
        absent=_absent(acting, brought) if absent else (),
    )


def _shown(acting: Acting, place: int, one: ListedRow) -> ShownRow:
    if one.before is not None and one.after is not None:
        was, is_now = one.before.as_data(), one.after.as_data()
        changes = {name: (str(was[name] or ""), str(is_now[name] or "")) for name in was if was[name] != is_now[name]}
    else:
        changes = dict(one.row.changes(acting.uow.people.get(one.person))) if one.person is not None else {}
    twin: PersonId | None = one.twin
    return ShownRow(
        place=place, row=one, twin=acting.uow.people.get(twin) if twin is not None else None, changes=changes
    )


def _absent(acting: Acting, brought: StaffImport) -> Sequence[DirectoryEntry]:
    rows = [one.row for _, one in acting.uow.staff_imports.rows(brought.id, 0, _ALL)]
    return staff_lists.absent(acting.uow.people.directory(), rows)[:MANY]
