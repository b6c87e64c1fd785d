"""`/panel/ayarlar/mudurlukler`: the list of müdürlükler, and what people typed that is not in it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import SETTINGS
from handlers import spoken_time
from handlers.context import Acting
from handlers.domain.errors import DeskError, Invalid, NotAllowed, NotFound
from handlers.domain.page_changes import Outcome
from handlers.events import SettingAsked
from handlers.people import department_page
from handlers.people.department_page import DepartmentAction
from handlers.people.departments import MergePreview
from handlers.queries import departments
from handlers.queries.page_outcomes import outcome_of, settled

_OF_THE_FORM = frozenset({"form_token", "key", "action"})
_MAX_LETTERS = 400
_DONE: Mapping[DepartmentAction, str] = {
    DepartmentAction.ADD: "Listeye eklendi.",
    DepartmentAction.RENAME: "Adı değişti; eski adı da tanınır.",
    DepartmentAction.SHORT_NAMES: "Kısa adları yazıldı.",
    DepartmentAction.MERGE: "Birleştirildi; 14 gün içinde aşağıdan geri alabilirsiniz.",
    DepartmentAction.TAKE_MERGE_BACK: "Geri alındı; kişileri de geri döndü.",
    DepartmentAction.CLOSE: "Kapandı: kimseye sorulurken önerilmez. Kayıtları ve kişileri duruyor.",
    DepartmentAction.REOPEN: "Yeniden açıldı.",
    DepartmentAction.REMOVE: "Listeden çıktı.",
}
_GONE = "Böyle bir müdürlük bulunamadı; bu arada çıkarılmış ya da birleştirilmiş olabilir."
_AS_IT_WAS = "Bu zaten öyleydi; bir şey değişmedi."
_REFUSED = "Olmadı: bu arada başka bir değişiklik yapılmış. Aşağıda şimdiki hâli duruyor."
_UNKNOWN = "Ne olduğu bilinmiyor: aşağıda şimdiki hâli duruyor, gerekirse yeniden deneyin."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands above the page."""

    told: str = ""
    refused: str | Markup = ""
    waits: str = ""
    action: DepartmentAction | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    """Typed before: the form has it again."""
    merging: MergePreview | None = None
    status: int = 200


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    return await _show(visit, await _came_of_it(visit))


@panel_page(SETTINGS, logged=False)
async def change(visit: Visit) -> Response:
    """A merge that was not shown before is only shown."""
    key, action, given = await _asked(visit)
    there = RedirectResponse(f"{_address(visit)}?oldu={key}&is={action}", 303)
    if await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))) is not None:
        return there  # pressed twice: what came of it the first time
    answer = await visit.read(lambda acting: _tried(acting, action, given))
    if answer.status != 200 or (answer.merging is not None and not given.get(department_page.SURE)):
        return await _show(visit, answer)
    asking.keep_pace(visit)
    sender = await visit.read(asking.account)
    wish = SettingAsked(
        key=asking.event_key(key),
        at=visit.web.gateway.now(),
        sender=sender,
        sender_name=visit.person.name,
        conversation=asking.place_of(visit, sender),
        action=action,
        given=given,
    )
    await asking.hand_in(visit, wish)
    return there


def _address(visit: Visit) -> str:
    return f"{visit.browser.base}/panel/ayarlar/mudurlukler"


async def _asked(visit: Visit) -> tuple[str, DepartmentAction, dict[str, str]]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request, FormLimits(fields=8)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, action = str(form.get("key", "")), str(form.get("action", ""))
        given = {name: typed_text(form, _MAX_LETTERS, name) for name in form if name not in _OF_THE_FORM}
    if not asking.UUID.fullmatch(key) or action not in set(DepartmentAction):
        raise HttpRefusal(400, "bad_form")
    return key, DepartmentAction(action), given


def _tried(acting: Acting, action: DepartmentAction, given: Mapping[str, str]) -> Answer:
    try:
        return Answer(action=action, given=given, merging=department_page.try_out(acting, action, given))
    except DeskError as refusal:
        return _refused(acting, action, given, refusal)


def _refused(acting: Acting, action: DepartmentAction, given: Mapping[str, str], refusal: DeskError) -> Answer:
    match refusal:
        case Invalid(reason=reason, data=data):
            said, status = asking.words(acting, f"errors/{reason}", **dict[str, Any](data)), 422
        case NotAllowed():
            said, status = asking.words(acting, "errors/not_allowed"), 403
        case NotFound():
            return Answer(refused=_GONE, action=action, given=given, status=422)
        case _:
            raise refusal
    return Answer(refused=said, action=action, given=given, status=status)


async def _show(visit: Visit, answer: Answer) -> Response:
    page = await visit.read(departments.look)
    return visit.html(
        "panel_departments.html",
        status=answer.status,
        said=answer,
        page=page,
        A=DepartmentAction,
        here_is=_address(visit),
        new_key=lambda: str(uuid.uuid4()),
        spoken=spoken_time,
        tickets_of=lambda name: f"{visit.browser.base}/panel/kayitlar?mudurluk={quote(name)}",
        people_of=lambda name: f"{visit.browser.base}/panel/kisiler?mudurluk={quote(name)}",
    )


async def _came_of_it(visit: Visit) -> Answer:
    """`?oldu=UUID&is=department_add`: what came of what was asked before."""
    query = visit.request.query_params
    key, what = query.get("oldu", ""), query.get("is", "")
    if not asking.UUID.fullmatch(key) or what not in set(DepartmentAction):
        return Answer()
    came, over = await visit.read(lambda acting: settled(acting.uow, asking.event_key(key)))
    match came:
        case Outcome.DONE:
            return Answer(told=_DONE[DepartmentAction(what)])
        case Outcome.NONE:
            return Answer(told=_AS_IT_WAS)
        case None:
            return Answer(refused=_UNKNOWN) if over else Answer(waits="Alındı, işleniyor…")
        case _:
            return Answer(refused=_REFUSED)
