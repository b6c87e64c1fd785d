"""Keeping the list of müdürlükler: adding, renaming, short names, merging and closing, each with a way back.

People carry the name of their müdürlük, so whoever has not left gets the new one with it; tickets keep what was written
on that day, and are counted and found under the present name by `handlers.department_names`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.departments import MERGE_KEPT, UNKNOWN, Department, DepartmentId, FormerName, Merge
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.ports import UnitOfWork
from knowledge.language import comparison
from knowledge.language.folding import one_line

MAX_LETTERS, MAX_SHORT_NAMES, MOST = 80, 12, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What would become one."""

    name: str
    """Of what ends."""
    one: Department | None
    """None: it is not in the list, somebody typed it so."""
    into: Department
    people: Sequence[Person]

    @property
    def mark(self) -> str:
        """Which two they are, whatever they are called by now."""
        return f"{self.one.id if self.one is not None else 0}-{self.into.id}"


def add(acting: Acting, name: str) -> Department:
    """Raises NotAllowed, Invalid(`department_name_bad`, `department_taken`, `too_many_departments`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    added = _added(acting.uow, name)
    _log(acting, "department_added", added.name)
    return added


def add_all(acting: Acting, names: Iterable[str]) -> int:
    """Those that are not there yet; how many. All or none. Raises as `add`."""
    new = [without_ending(name) for name in missing(acting.uow, names)]
    require_addable(acting, new)
    for name in new:
        add(acting, name)
    return len(new)


def missing(uow: UnitOfWork, names: Iterable[str]) -> Sequence[str]:
    """Those that are not in the list, each once, whatever its spelling."""
    known = DepartmentNames.of(uow)
    found: dict[str, str] = {}
    for name in filter(None, map(one_line, names)):
        if known.find(name) is None:
            found.setdefault(comparison.office(name), name)
    return list(found.values())


def add_as_operator(uow: UnitOfWork, name: str) -> bool:
    """False where it is there already. Raises Invalid as `add`."""
    if DepartmentNames.of(uow).find(one_line(name)) is not None:
        return False
    _added(uow, name)
    return True


def begin_list(uow: UnitOfWork, names: Iterable[str]) -> int:
    """A staff list, or what comes with a demo, makes the list where there is none yet; how many it has then. Nothing
    happens where there is one."""
    if uow.departments.all():
        return 0
    found = [
        name for key, name in spelled_by_most(names).items() if key and name != UNKNOWN and len(name) <= MAX_LETTERS
    ][:MOST]
    for name in found:
        uow.departments.add(Department(name=name))
    return len(found)


def spelled_by_most(names: Iterable[str]) -> Mapping[str, str]:
    """Of the spellings of each müdürlük the one that most have, without its ending, by what makes them one."""
    keyed: dict[str, str] = {}
    counts = Counter(names)
    for name in sorted(counts, key=lambda one: (-counts[one], one)):
        keyed.setdefault(comparison.office(name), without_ending(name))
    return keyed


def without_ending(name: str) -> str:
    """“Kent Tarımı Müdürlüğü” stands beside “Mali Hizmetler”, so it is “Kent Tarımı”. Whoever renames one may call it
    as they like."""
    first, _, last = one_line(name).rpartition(" ")
    return first if first and comparison.is_office_word(last) else name


def remove(acting: Acting, key: DepartmentId) -> bool:
    """Taken out of the list again; whoever is of it keeps the name as one that is not listed. Raises NotAllowed,
    Invalid(`department_has_past`) for one with older names, or into which others were merged."""
    one = removable(acting, key)
    acting.uow.departments.remove(key)
    _log(acting, "department_removed", one.name)
    return True


def removable(acting: Acting, key: DepartmentId) -> Department:
    """Raises as `remove`."""
    require(acting.person, Action.MANAGE_PEOPLE)
    one = _get(acting.uow, key)
    if one.former_names or any(other.merge and other.merge.into == key for other in acting.uow.departments.all()):
        raise Invalid("department_has_past", name=one.name)
    return one


def rename(acting: Acting, key: DepartmentId, name: str) -> bool:
    """False where it is called so already. The older name stays with it; back to it, it is no older name any more.

    Raises NotAllowed, NotFound, Invalid(`department_name_bad`, `department_taken`).
    """
    require(acting.person, Action.MANAGE_PEOPLE)
    one = _get(acting.uow, key)
    name = _usable(acting.uow, name, one)
    if name == one.name:
        return False
    people = _of(acting.uow, one)
    new = comparison.office(name)
    former = [old for old in one.former_names if comparison.office(old.name) != new]
    if comparison.office(one.name) != new:
        former.append(FormerName(one.name, acting.working_time().local_date(acting.now)))
    short = tuple(short for short in one.short_names if comparison.office(short) != new)
    acting.uow.departments.save(replace(one, name=name, former_names=tuple(former), short_names=short))
    _write_on(acting.uow, people, name)
    _log(acting, "department_renamed", f"{one.name} -> {name}")
    return True


def set_short_names(acting: Acting, key: DepartmentId, typed: str) -> bool:
    """`mali hiz., MHM`. Raises as `short_names`."""
    short, one = short_names(acting, key, typed), _get(acting.uow, key)
    if short == one.short_names:
        return False
    acting.uow.departments.save(replace(one, short_names=short))
    _log(acting, "department_short_names", f"{one.name}: {', '.join(one.short_names)} -> {', '.join(short)}")
    return True


def also_called(uow: UnitOfWork, name: str, written: str) -> bool:
    """A spelling becomes one more short name of that müdürlük; False where it means one already, or there is no room
    for more."""
    known = DepartmentNames.of(uow)
    department = known.find(name)
    spelled = one_line(written)[:MAX_LETTERS]
    if department is None or known.find(spelled) is not None or len(department.short_names) >= MAX_SHORT_NAMES:
        return False
    uow.departments.save(replace(department, short_names=(*department.short_names, spelled)))
    return True


def short_names(acting: Acting, key: DepartmentId, typed: str) -> tuple[str, ...]:
    """What it would be called for short. Raises NotAllowed, NotFound, Invalid(`department_name_bad`,
    `department_taken`, `too_many_short_names`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    one = _get(acting.uow, key)
    names = dict.fromkeys(filter(None, map(one_line, typed.replace("\n", ",").split(","))))
    if len(names) > MAX_SHORT_NAMES:
        raise Invalid("too_many_short_names", most=MAX_SHORT_NAMES)
    own = {comparison.office(name) for name in (one.name, *(old.name for old in one.former_names))}
    usable = [_usable(acting.uow, name, one) for name in names]
    return tuple(name for name in usable if comparison.office(name) not in own)


def merge_preview(acting: Acting, written: str, into: DepartmentId, shown: str = "") -> MergePreview:
    """`written`: the name of one of the list, or what somebody typed. `shown`: the mark of what was shown before, which
    must be the same two.

    Raises NotAllowed, NotFound, Invalid(`department_gone`, `department_merged`, `department_same`,
    `department_merge_other`).
    """
    require(acting.person, Action.MANAGE_PEOPLE)
    target = _get(acting.uow, into)
    if not target.open:
        raise Invalid("department_gone", name=target.name)
    names = DepartmentNames.of(acting.uow)
    one = names.itself(written)
    if one is not None and one.merge is not None:  # what it became was not named: it is not merged in its place
        raise Invalid("department_merged", name=one.name, other=names.name(one.name))
    if one is not None and one.id == target.id:
        raise Invalid("department_same", name=target.name)
    if one is None and (written == UNKNOWN or written not in acting.uow.departments.spelled()):
        raise NotFound("department", written)
    people = _of(acting.uow, one) if one is not None else _typed_so(acting.uow, written)
    found = MergePreview(name=written if one is None else one.name, one=one, into=target, people=people)
    if shown and shown != found.mark:
        raise Invalid("department_merge_other", name=found.name, other=target.name)
    return found


def merge(acting: Acting, written: str, into: DepartmentId, shown: str = "") -> Department:
    """What ends, as it stands in the list now; somebody typed it, so it may be what nobody would name one. Raises as
    `merge_preview`."""
    asked = merge_preview(acting, written, into, shown)
    ending = asked.one or acting.uow.departments.add(Department(name=written))
    ids = tuple(person.id for person in asked.people)
    ended = replace(ending, merge=Merge(into=into, at=acting.now, people=ids, listed=asked.one is not None))
    acting.uow.departments.save(ended)
    _write_on(acting.uow, asked.people, asked.into.name)
    _log(acting, "departments_merged", f"{ending.name} -> {asked.into.name}: {len(ids)}")
    return ended


def take_merge_back(acting: Acting, key: DepartmentId) -> bool:
    """Whoever came with it goes back, unless they are of another by now. Raises as `parting`."""
    one = parting(acting, key)
    if one.merge is None:
        return False
    came = set(one.merge.people)
    target = DepartmentNames.of(acting.uow).find(one.name)
    people = [] if target is None else [person for person in _of(acting.uow, target) if person.id in came]
    if one.merge.listed:
        acting.uow.departments.save(replace(one, merge=None))
    else:
        acting.uow.departments.remove(key)
    _write_on(acting.uow, people, one.name)
    _log(acting, "departments_parted", f"{one.name}: {len(people)}")
    return True


def parting(acting: Acting, key: DepartmentId) -> Department:
    """What would be one of its own again. Raises NotAllowed, NotFound, Invalid(`department_merge_old`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    one = _get(acting.uow, key)
    if one.merge is not None and acting.now - one.merge.at > MERGE_KEPT:
        raise Invalid("department_merge_old", days=MERGE_KEPT.days)
    return one


def close(acting: Acting, key: DepartmentId) -> bool:
    """It is offered to nobody any more. Raises NotAllowed, NotFound."""
    require(acting.person, Action.MANAGE_PEOPLE)
    one = _get(acting.uow, key)
    if not one.open:
        return False
    acting.uow.departments.save(replace(one, closed_at=acting.now))
    _log(acting, "department_closed", one.name)
    return True


def reopen(acting: Acting, key: DepartmentId) -> bool:
    require(acting.person, Action.MANAGE_PEOPLE)
    one = _get(acting.uow, key)
    if one.closed_at is None:
        return False
    acting.uow.departments.save(replace(one, closed_at=None))
    _log(acting, "department_reopened", one.name)
    return True


def require_usable(acting: Acting, name: str, of: DepartmentId) -> None:
    """Whether it could be called so. Raises as `rename`."""
    require(acting.person, Action.MANAGE_PEOPLE)
    _usable(acting.uow, name, _get(acting.uow, of))


def require_addable(acting: Acting, names: Collection[str]) -> None:
    """Whether all of them could be added. Raises as `add`."""
    require(acting.person, Action.MANAGE_PEOPLE)
    _require_room(acting.uow, len(names))
    for name in names:
        _usable(acting.uow, name, None)


def _added(uow: UnitOfWork, name: str) -> Department:
    name = _usable(uow, name, None)
    _require_room(uow, 1)
    added = uow.departments.add(Department(name=name))
    _write_on(uow, _of(uow, added), name)
    return added


def _require_room(uow: UnitOfWork, more: int) -> None:
    """What was merged takes none."""
    if more and sum(1 for one in uow.departments.all() if one.merge is None) + more > MOST:
        raise Invalid("too_many_departments", most=MOST)


def _usable(uow: UnitOfWork, name: str, own: Department | None) -> str:
    name = one_line(name)
    bad = not any(letter.isalpha() for letter in name) or len(name) > MAX_LETTERS
    if bad or name == UNKNOWN or not comparison.office(name):
        raise Invalid("department_name_bad", most=MAX_LETTERS)
    key = comparison.office(name)
    for other in uow.departments.all():
        if (own is None or other.id != own.id) and any(comparison.office(one) == key for one in other.names):
            raise Invalid("department_taken", name=name, other=other.name)
    return name


def _get(uow: UnitOfWork, key: DepartmentId) -> Department:
    return uow.departments.get(key)


def _of(uow: UnitOfWork, department: Department) -> Sequence[Person]:
    names = DepartmentNames.of(uow)
    return uow.people.in_departments(names.spellings(department.id, uow.departments.people()))


def _typed_so(uow: UnitOfWork, written: str) -> Sequence[Person]:
    """In other letters, too: it becomes one name of the list."""
    key = comparison.office(written)
    alike = [one for one in uow.departments.people() if comparison.office(one) == key]
    return uow.people.in_departments(alike)


def _write_on(uow: UnitOfWork, people: Iterable[Person], name: str) -> None:
    for person in people:
        if person.department != name:
            person.department = name
            uow.people.save(person)


def _log(acting: Acting, what: str, about: str) -> None:
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)
