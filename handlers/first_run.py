"""The six steps of a house that is set up: what each writes, and which were put off.

Every step writes what its own page of the settings would write; each can be put off (**Şimdilik geç**), and then
stands as a line in Ayarlar until it is done there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from handlers.calendar import days, hours
from handlers.context import Acting
from handlers.domain.calendar import SpecialDay, Week
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_settings import SettingsRefused
from handlers.domain.idempotency import asked_by_page, put_off
from handlers.domain.page_changes import Outcome
from handlers.domain.rights import Action, require
from handlers.domain.working_time import Window
from handlers.people import departments
from handlers.settings import house
from knowledge.language.folding import one_line

STEPS = ("kurum", "mudurlukler", "mesai", "kisiler", "kanallar", "deneme")
INSTITUTION = "institution"
NOTICE: Mapping[str, str] = {
    "notice.address": "Cumhuriyet Cad. No: 1, Örnek",
    "notice.requests": "bilgi@belediye.example ya da Yazı İşleri",
}
"""What the privacy notice says of the house beside its name, with an example of each; may be put off."""
DAYS: Mapping[str, Window] = {
    "0800": (time(8), time(17)),
    "0830": (time(8, 30), time(17, 30)),
    "0730": (time(7, 30), time(16, 30)),
}
"""The presets."""
LUNCHES: Mapping[str, Window | None] = {
    "1200": (time(12), time(13)),
    "1230": (time(12, 30), time(13, 30)),
    "half": (time(12), time(12, 30)),
    "none": None,
}
FRIDAYS: Mapping[str, Window | None] = {
    "same": None,
    "1330": (time(12), time(13, 30)),
    "1400": (time(12, 30), time(14)),
}
_REFUSALS = (NotFound, NotAllowed, Invalid, SettingsRefused)


class SetupAction(StrEnum):
    SAVE = "setup_save"
    LATER = "setup_later"


@dataclass(frozen=True, slots=True)
class Hours:
    """What was chosen of the working week."""

    day: str
    lunch: str
    friday: str

    @property
    def week(self) -> Week:
        """Raises Invalid(`setup_choose`) for what is none of the choices."""
        if self.day not in DAYS or self.lunch not in LUNCHES or self.friday not in FRIDAYS:
            raise Invalid("setup_choose")
        start, end = DAYS[self.day]
        plain = _around(start, end, LUNCHES[self.lunch])
        friday = _around(start, end, FRIDAYS[self.friday] or LUNCHES[self.lunch])
        return (plain, plain, plain, plain, friday, (), ())


def _around(start: time, end: time, lunch: Window | None) -> tuple[Window, ...]:
    return ((start, end),) if lunch is None else ((start, lunch[0]), (lunch[1], end))


def feast_key(day: SpecialDay) -> str:
    """A feast of one year with its eve."""
    return f"{days.feast(day)} {day.day.year}"


def try_out(acting: Acting, action: str, step: str, given: Mapping[str, str]) -> None:
    """Raises NotAllowed, NotFound, Invalid, SettingsRefused."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if step not in STEPS or action not in set(SetupAction):
        raise NotFound("step", step)
    if action == SetupAction.LATER:
        return
    match step:
        case "kurum":
            house.check(acting, _of_house(acting, given))
        case "mudurlukler":
            departments.require_addable(acting, _new_departments(acting, given))
        case "mesai":
            hours.first_of_house(acting, _hours(given).week)


def shown_again(acting: Acting, action: str, step: str, given: Mapping[str, str]) -> house.ShownAgain | None:
    """What it would do to the privacy notice that people have read, of something that can be done. Raises as `try_out`
    does."""
    if action == SetupAction.LATER or step != "kurum":
        return None
    return house.shown_again(acting, _of_house(acting, given))


def carry_out(acting: Acting, action: SetupAction, given: Mapping[str, str]) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    step = given.get("step", "")
    try:
        try_out(acting, action, step, given)
        if action is SetupAction.LATER:
            acting.uow.once.first(put_off(step), acting.now)
        else:
            _save(acting, step, given)
        outcome = Outcome.DONE
    except _REFUSALS:
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome


def _save(acting: Acting, step: str, given: Mapping[str, str]) -> None:
    match step:
        case "kurum":
            house.change(acting, _of_house(acting, given))
            if any(not given.get(key) for key in NOTICE):
                acting.uow.once.first(put_off(step), acting.now)
        case "mudurlukler":
            departments.add_all(acting, _new_departments(acting, given))
        case "mesai":
            hours.add(acting, hours.first_of_house(acting, _hours(given).week))
            ticked = set(given.get("feasts", "").split("\n"))
            days.confirm(acting, [one for one in days.unconfirmed(acting) if feast_key(one) in ticked])


def _of_house(acting: Acting, given: Mapping[str, str]) -> Mapping[str, str]:
    """What was said of it; what a file says is left as it is. Raises Invalid."""
    rule = None if acting.desk.house is None else acting.desk.house.rule(INSTITUTION)
    named = {} if rule is not None and not rule.is_open else {INSTITUTION: _institution(given)}
    return named | {key: said for key in NOTICE if (said := one_line(given.get(key, "")))}


def _institution(given: Mapping[str, str]) -> str:
    name = one_line(given.get(INSTITUTION, ""))
    if not name:
        raise Invalid("setup_institution")
    return name


def _hours(given: Mapping[str, str]) -> Hours:
    return Hours(given.get("day", ""), given.get("lunch", ""), given.get("friday", ""))


def _new_departments(acting: Acting, given: Mapping[str, str]) -> Sequence[str]:
    """Those that were ticked or typed and are not in the list, each once."""
    typed = f"{given.get('departments', '')}\n{given.get('others', '')}".replace(",", "\n").split("\n")
    return departments.missing(acting.uow, typed)
