"""What the page of the müdürlükler asks for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.departments import DepartmentId
from handlers.domain.errors import Invalid
from handlers.domain.keys import key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.rights import Action, require
from handlers.people import departments
from handlers.people.departments import MergePreview
from handlers.people.list_changes import SURE, carried_out


class DepartmentAction(StrEnum):
    ADD = "department_add"
    RENAME = "department_rename"
    SHORT_NAMES = "department_short_names"
    MERGE = "department_merge"
    TAKE_MERGE_BACK = "department_take_merge_back"
    CLOSE = "department_close"
    REOPEN = "department_reopen"
    REMOVE = "department_remove"


def try_out(acting: Acting, action: DepartmentAction, given: Mapping[str, str]) -> MergePreview | None:
    """Whether it could be done now; nothing is changed. What would become one, where that is asked. Raises NotAllowed,
    Invalid, NotFound."""
    require(acting.person, Action.MANAGE_PEOPLE)
    match action:
        case DepartmentAction.ADD:
            departments.require_addable(acting, [given.get("name", "")])
        case DepartmentAction.RENAME:
            departments.require_usable(acting, given.get("name", ""), _key(given))
        case DepartmentAction.MERGE:
            return departments.merge_preview(
                acting, given.get("written", ""), _into(acting, given), given.get(SURE, "")
            )
        case DepartmentAction.SHORT_NAMES:
            departments.short_names(acting, _key(given), given.get("short_names", ""))
        case DepartmentAction.TAKE_MERGE_BACK:
            departments.parting(acting, _key(given))
        case DepartmentAction.REMOVE:
            departments.removable(acting, _key(given))
        case DepartmentAction.CLOSE | DepartmentAction.REOPEN:
            acting.uow.departments.get(_key(given))
    return None


def carry_out(acting: Acting, action: DepartmentAction, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _DOES[action](acting, given))


def _key(given: Mapping[str, str]) -> DepartmentId:
    """Raises NotFound for what is no key."""
    return DepartmentId(key_in(given, "id", "department"))


def _into(acting: Acting, given: Mapping[str, str]) -> DepartmentId:
    """One of the list, as typed. Raises Invalid(`no_such_department`)."""
    typed = given.get("into", "").strip()
    names = DepartmentNames.of(acting.uow)
    meant = names.meant(typed)
    found = names.find(meant.name)
    if found is None:
        raise Invalid("no_such_department", typed=typed[:40] or "(boş)", near=meant.near)
    return found.id


_DOES: Mapping[DepartmentAction, Callable[[Acting, Mapping[str, str]], object]] = {
    DepartmentAction.ADD: lambda acting, given: departments.add(acting, given.get("name", "")),
    DepartmentAction.RENAME: lambda acting, given: departments.rename(acting, _key(given), given.get("name", "")),
    DepartmentAction.SHORT_NAMES: lambda acting, given: departments.set_short_names(
        acting, _key(given), given.get("short_names", "")
    ),
    DepartmentAction.MERGE: lambda acting, given: departments.merge(
        acting, given.get("written", ""), _into(acting, given), given.get(SURE, "")
    ),
    DepartmentAction.TAKE_MERGE_BACK: lambda acting, given: departments.take_merge_back(acting, _key(given)),
    DepartmentAction.CLOSE: lambda acting, given: departments.close(acting, _key(given)),
    DepartmentAction.REOPEN: lambda acting, given: departments.reopen(acting, _key(given)),
    DepartmentAction.REMOVE: lambda acting, given: departments.remove(acting, _key(given)),
}
