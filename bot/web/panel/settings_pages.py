"""`/panel/ayarlar`: the house's working time, days and targets. What is asked there comes to `settings_changes`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from bot.web.panel import asking, house_pages
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import OPERATION, SETTINGS, SETUP
from bot.web.panel.setup_pages import LEFT
from bot.web.rendering import local
from bot.web.settings import ShownSetting
from handlers import spoken_time
from handlers.calendar.page_settings import Proposal
from handlers.calendar.setting_forms import PARTS_OF_A_DAY, AskedSetting, SettingAction
from handlers.domain.calendar import SpecialKind, Week
from handlers.domain.page_changes import Outcome
from handlers.domain.states import Priority
from handlers.first_run import STEPS
from handlers.queries import calendar_settings, departments, empty_units, first_run, house_settings
from handlers.queries.page_outcomes import settled
from handlers.terms import KINDS, PRIORITIES, SPECIAL_DAYS
from handlers.tickets.recounting import COUNTED_AT_ONCE

CALENDAR, TARGETS = "takvim", "hedefler"
_TEMPLATES = {CALENDAR: "panel_calendar.html", TARGETS: "panel_targets.html"}
PAGE_OF: Mapping[SettingAction, str] = {
    SettingAction.ADD_DAYS: CALENDAR,
    SettingAction.TAKE_BACK_DAY: CALENDAR,
    SettingAction.CONFIRM_DAYS: CALENDAR,
    SettingAction.CHANGE_WEEK: CALENDAR,
    SettingAction.TAKE_BACK_WEEK: CALENDAR,
    SettingAction.SET_TARGET: TARGETS,
    SettingAction.APPLY_TARGET: TARGETS,
    SettingAction.TAKE_BACK_TARGET: TARGETS,
}
_DONE: Mapping[SettingAction, str] = {
    SettingAction.ADD_DAYS: "Takvime yazıldı.",
    SettingAction.TAKE_BACK_DAY: "Geri alındı; süreler o gün olmadan sayılır.",
    SettingAction.CONFIRM_DAYS: "Doğrulandı.",
    SettingAction.CHANGE_WEEK: "Mesai düzeni yazıldı.",
    SettingAction.TAKE_BACK_WEEK: "Mesai düzeni geri alındı.",
    SettingAction.SET_TARGET: "Hedef yazıldı; bundan sonra açılan kayıtlar için geçerli.",
    SettingAction.APPLY_TARGET: "Açık kayıtlara da uygulandı.",
    SettingAction.TAKE_BACK_TARGET: "Hedef geri alındı.",
}
_AS_IT_WAS = "Bu zaten öyleydi; bir şey değişmedi."
_REFUSED = "Olmadı: bu arada başka bir değişiklik yapılmış. Aşağıda şimdiki hâli duruyor."
_UNKNOWN = "Ne olduğu bilinmiyor: aşağıda şimdiki hâli duruyor, gerekirse yeniden yazın."
_ON_THE_WAY = "Alındı, işleniyor…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands above the page: what came of what was asked, or what it would change."""

    told: str = ""
    refused: str | Markup = ""
    waits: str = ""
    asked: AskedSetting | None = None
    """Typed before: the form has it again."""
    proposal: Proposal | None = None
    effects: Markup = field(default_factory=Markup)
    status: int = 200


def address(visit: Visit, name: str) -> str:
    return f"{visit.browser.base}/panel/ayarlar/{name}"


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    calendar = await visit.read(calendar_settings.calendar)
    own, setup = await visit.read(calendar_settings.own_rules), SETUP.is_open_to(visit.person)
    operates = OPERATION.is_open_to(visit.person)
    house = await visit.read(house_settings.look) if operates else None
    coming = next((one for one in calendar.special if one.day >= calendar.today), None)
    return visit.html(
        "panel_settings.html",
        spoken=spoken_time,
        calendar=calendar,
        coming=coming,
        empty_units=await visit.read(empty_units.look),
        operates=operates,
        own=own,
        departments=await visit.read(departments.look),
        **({} if house is None else house_pages.cards(house)),
        left=[(STEPS.index(one) + 1, LEFT[one]) for one in await visit.read(first_run.left)] if setup else [],
    )


@panel_page(SETTINGS)
async def calendar(visit: Visit) -> Response:
    return await show(visit, CALENDAR, await _came_of_it(visit))


@panel_page(OPERATION)
async def operation(visit: Visit) -> Response:
    """What is set in a file or in the environment: read here, changed there."""
    groups: dict[str, list[ShownSetting]] = {}
    for one in visit.web.settings.operators():
        groups.setdefault(one.section, []).append(one)
    return visit.html("panel_operation.html", groups=groups)


@panel_page(SETTINGS)
async def targets(visit: Visit) -> Response:
    return await show(visit, TARGETS, await _came_of_it(visit))


async def show(visit: Visit, name: str, answer: Answer) -> Response:
    """`answer` above it."""
    shown = await (_targets(visit) if name == TARGETS else _calendar(visit, answer))
    typed: Mapping[str, str] = answer.asked.given if answer.asked is not None else {}
    return visit.html(
        _TEMPLATES[name],
        status=answer.status,
        said=answer,
        typed=lambda field: typed.get(field, ""),
        action_typed=answer.asked.action if answer.asked is not None else None,
        here_is=address(visit, name),
        new_key=lambda: str(uuid.uuid4()),
        A=SettingAction,
        spoken=spoken_time,
        unit_title=visit.desk.unit_title,
        **shown,
    )


async def _calendar(visit: Visit, answer: Answer) -> dict[str, Any]:
    page = await visit.read(calendar_settings.calendar)
    week: Week = page.pattern.week
    return {
        "page": page,
        "kinds": [(kind, SPECIAL_DAYS[kind]) for kind in SpecialKind],
        "kind_names": SPECIAL_DAYS,
        "special": answer.proposal,
        "rows": [(day, name, _clocks(week, day)) for day, name in enumerate(spoken_time.WEEKDAYS)],
        "outdated": page.outdated if page.outdated > COUNTED_AT_ONCE else 0,
    }


def _clocks(week: Week, day: int) -> list[tuple[str, str]]:
    """Of both halves of a weekday; empty where nobody works."""
    windows = [(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in week[day][:PARTS_OF_A_DAY]]
    return [*windows, *[("", "")] * (PARTS_OF_A_DAY - len(windows))]


async def _targets(visit: Visit) -> dict[str, Any]:
    page = await visit.read(calendar_settings.of_targets)
    categories = visit.desk.catalogue.categories
    return {
        "page": page,
        "kinds": KINDS,
        "priorities": [(one, PRIORITIES[one]) for one in Priority],
        "priority_names": PRIORITIES,
        "categories": sorted(
            ((one.id, one.title) for one in categories.values() if page.keeper.unit in (None, one.unit)),
            key=lambda one: one[1],
        ),
        "title": visit.desk.title,
        "since": lambda at: local(at, visit.desk.zone),
    }


async def _came_of_it(visit: Visit) -> Answer:
    """`?oldu=UUID&is=add_days`: what came of what was asked before."""
    query = visit.request.query_params
    key, what = query.get("oldu", ""), query.get("is", "")
    if not asking.UUID.fullmatch(key) or what not in set(SettingAction):
        return Answer()

    came, over = await visit.read(lambda acting: settled(acting.uow, asking.event_key(key)))
    match came:
        case Outcome.DONE:
            return Answer(told=_DONE[SettingAction(what)])
        case Outcome.NONE:
            return Answer(told=_AS_IT_WAS)
        case None:
            return Answer(refused=_UNKNOWN) if over else Answer(waits=_ON_THE_WAY)
        case _:
            return Answer(refused=_REFUSED)
