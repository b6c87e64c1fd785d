"""`/panel/kisiler-ekle`: somebody whom no staff list has, or whose row could not be taken."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import PEOPLE, STAFF
from bot.web.panel.people_changes import hand_in, refused
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.errors import DeskError
from handlers.domain.page_changes import Outcome
from handlers.people import page_people
from handlers.people.page_people import AskedOfPeople, PeopleAction
from handlers.queries.page_outcomes import outcome_of

PATH = "kisiler-ekle"
FIELDS = ("name", "staff_no", "department", "room", "phone", "email")
_MAX_LETTERS = 200
_NOT_YET = "Henüz eklenemedi; biraz sonra Kişiler’e bakın, yoksa burada yeniden “Ekle” deyin: iki kez eklenmez."
_REFUSED = "Eklenemedi: bu arada bir şey değişmiş. Bilgilere bakıp yeniden deneyin."


@panel_page(STAFF)
async def form(visit: Visit) -> Response:
    return await _show(visit, {})


async def _show(visit: Visit, given: Mapping[str, str], refusal: str | Markup = "", key: str = "") -> Response:
    """`key`: of what was asked already and may still be done; asked once more it is done once."""
    departments = await visit.read(lambda acting: DepartmentNames.of(acting.uow).open)
    return visit.html(
        "panel_person_add.html",
        status=422 if refusal else 200,
        refused=refusal,
        typed=lambda name, stands="": given.get(name, stands),
        departments=departments,
        here_is=f"{visit.browser.base}/panel/{PATH}",
        key=key or str(uuid.uuid4()),
    )


@panel_page(STAFF, logged=False)
async def add(visit: Visit) -> Response:
    async with bounded_form(visit.request, FormLimits(fields=len(FIELDS) + 4)) as given:
        require_own_page(visit.browser, str(given.get("form_token", "")))
        key = str(given.get("key", ""))
        typed = {name: typed_text(given, _MAX_LETTERS, name) for name in FIELDS}
    if not asking.UUID.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    asked = AskedOfPeople(PeopleAction.ADD, typed)
    there = f"{visit.browser.base}/panel/{PEOPLE.path}?{urlencode({'q': typed['name'].strip(), 'eklendi': 1})}"

    def came(acting: Acting) -> Outcome | None:
        return outcome_of(acting.uow, asking.event_key(key))

    if (outcome := await visit.read(came)) is not None:  # pressed twice
        return await _told(visit, typed, outcome, there)

    def tried(acting: Acting) -> str | Markup:
        try:
            page_people.try_out(acting, asked)
        except DeskError as refusal:
            return refused(acting, asked, refusal).refused
        return ""

    if refusal := await visit.read(tried):
        return await _show(visit, typed, refusal)
    await hand_in(visit, key, asked)
    if (outcome := await visit.read(came)) is None:
        return await _show(visit, typed, _NOT_YET, key)
    return await _told(visit, typed, outcome, there)


async def _told(visit: Visit, typed: Mapping[str, str], outcome: Outcome, there: str) -> Response:
    if outcome is Outcome.DONE:
        return RedirectResponse(there, 303)
    return await _show(visit, typed, _REFUSED)
