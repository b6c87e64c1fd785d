"""Which people a list has: put together for each question, in the order of the index by name."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, String, and_, exists, false, func, literal, or_, select

from handlers.domain.people import PersonId
from handlers.ports import PeopleWanted
from knowledge.language.folding import folded
from storage.engine.in_list import in_list
from storage.engine.like import contains, ends_with
from storage.tables import account, person

_PHONE_DIGITS = 4
"""So many at its end are enough to know a telephone by."""


def is_wanted(wanted: PeopleWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        person.c.became.is_(None),
        person.c.left_at.is_not(None) if wanted.gone else person.c.left_at.is_(None),
    ]
    found += [_is_of(word) for word in folded(wanted.words).split() if any(map(str.isalnum, word))]
    if wanted.role is not None:
        found.append(person.c.role == wanted.role.value)
    if wanted.departments is not None:
        found.append(person.c.department.in_(sorted(wanted.departments)))
    if wanted.unit:
        found.append(person.c.unit == wanted.unit)
    if wanted.unlinked:
        found.append(~exists(select(literal(1)).where(account.c.person == person.c.id)))
    if wanted.numbered:
        found.append(person.c.staff_no != "")
    if wanted.shown_other_than is not None:
        found.append(person.c.notice_version != wanted.shown_other_than)  # of who was shown none nothing is so
    return found


def is_behind(one: PersonId) -> ColumnElement[bool]:
    """In the order of `by_name`."""
    other = person.alias()
    name = select(other.c.search).where(other.c.id == one).scalar_subquery()
    return or_(person.c.search > name, and_(person.c.search == name, person.c.id > one))


def is_present(
    *, numbered: bool, names: Collection[str] | None, departments: Collection[str] | None
) -> list[ColumnElement[bool]]:
    """Who has a name and has not left. Of the folded `names` each stands in the parameter `begun`, with a blank behind
    it: so what is found by begins (`searched`), also that of somebody with one more name."""
    found: list[ColumnElement[bool]] = [
        person.c.staff_no != "" if numbered else person.c.staff_no == "",
        person.c.left_at.is_(None),
        person.c.became.is_(None),
        person.c.name != "",
    ]
    if names is not None:
        lengths = sorted({len(name) for name in names})
        begun = (func.substr(person.c.search, 1, length + 1, type_=String) for length in lengths)
        found.append(or_(false(), *(in_list(one, "begun") for one in begun)))
    if departments is not None:
        found.append(person.c.department.in_(sorted(departments)))
    return found


BY_NAME = (person.c.search, person.c.id)


def _is_of(word: str) -> ColumnElement[bool]:
    """Whether somebody is called so, sits there, or has a telephone that ends so."""
    of = [contains(literal(" ") + person.c.search, f" {word}")]
    if word.isdecimal() and len(word) >= _PHONE_DIGITS:
        of += [ends_with(person.c.phone, word), ends_with(person.c.phone_key, word)]
    return or_(*of)
