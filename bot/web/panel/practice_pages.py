"""`/panel/ayarlar/hazir-yanitlar`, `/listeler` and `/sistemler`: what the commands `/yanit`, `/liste` and `/sistem`
do, as pages."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from bot.web.panel import keeping_changes
from bot.web.panel.guard import Endpoint, Visit, panel_page
from bot.web.panel.keeping_changes import Answer
from bot.web.panel.navigation import SETTINGS
from handlers.context import Acting, Desk
from handlers.domain.canned_replies import FIELDS, MAX_LETTERS, MAX_NAME_LETTERS, MOST, blanks, filled
from handlers.domain.checklists import MAX_ITEM_LETTERS, MAX_TITLE_LETTERS, MOST_ITEMS, REQUIRED, Checklist
from handlers.domain.people import UnitId
from handlers.queries import practice
from handlers.terms import SYSTEM_MARKS, SYSTEM_STATES
from handlers.tickets import systems
from handlers.tickets.page_keeping import KeepingAction

SAMPLE = {
    "ad": "Ayşe", "kayit": "2026-000123", "konu": "Yazıcı yazdırmıyor", "oda": "312", "teknisyen": "Mehmet Kaya",
    "dahili": "1234", "tarih": "4 Aralık",
}  # fmt: skip
"""By which a hazır yanıt is shown as its reader would see it."""
Shown = dict[str, Any]


def _replies(acting: Acting) -> Shown:
    return {
        "units": practice.replies(acting),
        "fields": [*FIELDS, "bos:parça adı"],
        "most": MOST,
        "name_letters": MAX_NAME_LETTERS,
        "letters": MAX_LETTERS,
        "as_read": lambda text: filled(text, SAMPLE, [f"({one})" for one in blanks(text)]),
    }


def _lists(acting: Acting) -> Shown:
    return {
        "units": practice.lists(acting),
        "subjects": {unit: _subjects(acting.desk, unit) for unit in acting.desk.units},
        "written": _written,
        "most": MOST_ITEMS,
        "letters": MAX_ITEM_LETTERS,
        "title_letters": MAX_TITLE_LETTERS,
    }


def _systems(acting: Acting) -> Shown:
    units = acting.desk.units
    return {
        "page": practice.systems_of_the_house(acting),
        "marks": SYSTEM_MARKS,
        "words": SYSTEM_STATES,
        "subjects": [(unit, _subjects(acting.desk, unit)) for unit in units],
        "letters": systems.MAX_TITLE_LETTERS,
    }


def _written(one: Checklist) -> str:
    """As its form has it."""
    return "\n".join(f"{REQUIRED if item.required else ''}{item.text}" for item in one.items)


def _subjects(desk: Desk, unit: UnitId) -> list[tuple[str, str]]:
    known = desk.catalogue.categories.values()
    return sorted(((one.id, one.title) for one in known if one.unit == unit), key=lambda one: one[1])


def _page(
    path: str, template: str, look: Callable[[Acting], Shown]
) -> tuple[Callable[[Visit, Answer], Awaitable[Response]], Callable[[Visit], str]]:
    def address(visit: Visit) -> str:
        return f"{visit.browser.base}/panel/ayarlar/{path}"

    async def show(visit: Visit, answer: Answer) -> Response:
        shown = await visit.read(look)
        return visit.html(
            template,
            status=answer.status,
            said=answer,
            undo=answer.undo,
            typed=answer.typed,
            ticked=[name.removeprefix("k_") for name in answer.given or () if name.startswith("k_")],
            here_is=address(visit),
            new_key=lambda: str(uuid.uuid4()),
            A=KeepingAction,
            title=visit.desk.title,
            unit_title=visit.desk.unit_title,
            **shown,
        )

    return show, address


def _endpoints(path: str, template: str, look: Callable[[Acting], Shown]) -> tuple[Endpoint, Endpoint]:
    """What shows the page, and what its forms come to."""
    show, address = _page(path, template, look)

    @panel_page(SETTINGS)
    async def overview(visit: Visit) -> Response:
        return await show(visit, await keeping_changes.came_of_it(visit))

    return overview, keeping_changes.endpoint(address, show)


replies, change_reply = _endpoints("hazir-yanitlar", "panel_replies.html", _replies)
lists, change_list = _endpoints("listeler", "panel_lists.html", _lists)
house_systems, change_system = _endpoints("sistemler", "panel_systems.html", _systems)
