"""What each step of setting up a house shows, and which were put off and are not done yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.calendar import days
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.calendar import SpecialDay
from handlers.domain.house_settings import SettingRule
from handlers.domain.idempotency import put_off
from handlers.first_run import INSTITUTION, NOTICE, STEPS, feast_key
from handlers.people.join_codes import DEPARTMENT
from handlers.ports import PeopleWanted
from handlers.queries import empty_units
from handlers.queries.calendar_settings import SHOWN_FOR
from handlers.queries.departments import USUAL
from knowledge.language import comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPage:
    institution: str
    locked: str
    """Where the institution's name comes from; empty: it can be said here."""
    units: Sequence[str]
    empty_units: Sequence[str]
    """In which nobody works yet."""
    own: str
    """That in which those work who run the desk."""
    departments: Sequence[tuple[str, bool]]
    """Of the list and of most houses, in alphabetical order; whether it is listed."""
    coming: Sequence[SpecialDay]
    feasts: Sequence[tuple[str, Sequence[SpecialDay]]]
    """Not compared with the official calendar yet."""
    notice: Sequence[tuple[str, str, str, str]]
    """What the privacy notice says of the house and can be said here: key, its name, what stands there, an example."""
    has_ticket: bool
    staff: int
    """People whom a staff list named."""


def look(acting: Acting) -> SetupPage:
    names = DepartmentNames.of(acting.uow)
    listed = list(names.open)
    usual = [one for one in (DEPARTMENT, *USUAL) if names.find(one) is None]
    feasts: dict[str, list[SpecialDay]] = {}
    for one in days.unconfirmed(acting):
        feasts.setdefault(feast_key(one), []).append(one)
    today = acting.working_time().local_date(acting.now)
    rule = _institution(acting)
    return SetupPage(
        institution=acting.desk.institution,
        locked="" if rule is None else rule.place or "",
        units=[acting.desk.unit_title(unit) for unit in acting.desk.units],
        empty_units=empty_units.look(acting),
        own=DEPARTMENT,
        departments=[(one, one in listed) for one in sorted([*listed, *usual], key=comparison.office)],
        coming=[one for one in days.coming(acting, None, SHOWN_FOR) if one.day >= today and one.confirmed],
        feasts=list(feasts.items()),
        notice=_of_notice(acting),
        has_ticket=_is_done(acting, "deneme"),
        staff=_staff(acting),
    )


def left(acting: Acting) -> Sequence[str]:
    """Steps that were put off and are not done since."""
    keys = {put_off(step): step for step in STEPS}
    brought = acting.uow.once.brought(list(keys))
    return [step for key, step in keys.items() if key in brought and not _is_done(acting, step)]


def _is_done(acting: Acting, step: str) -> bool:
    match step:
        case "kurum":
            said = acting.uow.stored_settings.get(INSTITUTION)
            rule = _institution(acting)
            named = (said is not None and said.value is not None) or (rule is not None and not rule.is_open)
            return named and all(value for _, _, value, _ in _of_notice(acting))
        case "mudurlukler":
            return bool(DepartmentNames.of(acting.uow).open)
        case "mesai":
            return bool(acting.time_rules.calendar.patterns) and not days.unconfirmed(acting)
        case "kisiler":
            return _staff(acting) > 0
        case "kanallar":
            return True  # the web is on from the start; what else there could be stands in Kanallar
        case _:
            return bool(acting.uow.summaries.last_number(acting.desk.year(acting.now)))


def _of_notice(acting: Acting) -> Sequence[tuple[str, str, str, str]]:
    if acting.desk.house is None:
        return []
    rules = [(acting.desk.house.rule(key), example) for key, example in NOTICE.items()]
    stored = {one.key: one.value for one in acting.uow.stored_settings.all() if one.value is not None}
    return [
        (rule.key, rule.name, str(stored.get(rule.key, "")), example)
        for rule, example in rules
        if rule is not None and rule.is_open
    ]


def _staff(acting: Acting) -> int:
    return acting.uow.people.count(PeopleWanted(numbered=True))


def _institution(acting: Acting) -> SettingRule | None:
    return None if acting.desk.house is None else acting.desk.house.rule(INSTITUTION)
