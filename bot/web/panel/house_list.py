"""A page of a list that the house keeps (müdürlükler, görevler, yerler): shown, asked, tried, done, and told of.

What is pressed is tried at once and handed in as an event (decision 0060); what must be seen before it is done is only
shown the first time.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit
from handlers import spoken_time
from handlers.context import Acting
from handlers.domain.errors import DeskError, Invalid, NotAllowed, NotFound
from handlers.domain.page_changes import Outcome
from handlers.events import (
    ContractAsked,
    CountAsked,
    DeviceAsked,
    HandoverAsked,
    PaperworkAsked,
    ScrapAsked,
    SettingAsked,
    StockAsked,
)
from handlers.people.list_changes import SURE
from handlers.queries.page_outcomes import outcome_of, settled

_OF_THE_FORM = frozenset({"form_token", "key", "action"})
_MAX_LETTERS = 400
_FIELDS = 10
_AS_IT_WAS = "Bu zaten öyleydi; bir şey değişmedi."
_REFUSED = "Olmadı: bu arada başka bir değişiklik yapılmış. Aşağıda şimdiki hâli duruyor."
_UNKNOWN = "Ne olduğu bilinmiyor: aşağıda şimdiki hâli duruyor, gerekirse yeniden deneyin."


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseList:
    address: str
    """Below the settings: `mudurlukler`."""
    template: str
    actions: type[StrEnum]
    done: Mapping[Any, str]
    """What is told after each action."""
    gone: str
    """Told where it is not there (any more)."""
    look: Callable[[Acting], object]
    """What the template shows as `page`. Raises NotAllowed."""
    try_out: Callable[[Acting, Any, Mapping[str, str]], object]
    """Whether it could be done now; what must be seen first, or None. Raises NotAllowed, Invalid, NotFound."""
    words: Callable[[Visit], Mapping[str, object]] = lambda _visit: {}
    """What else the template needs."""
    folder: str = "ayarlar/"
    """The page it stands below."""
    event: type[
        SettingAsked
        | DeviceAsked
        | HandoverAsked
        | PaperworkAsked
        | StockAsked
        | CountAsked
        | ContractAsked
        | ScrapAsked
    ] = SettingAsked
    """What is handed in."""
    told_with: Callable[[Any, Mapping[str, str]], str] = lambda _action, _given: ""
    """What else stands in the address to which the browser is sent."""
    query: str = ""
    """What stays behind the address."""
    fields: int = _FIELDS
    letters: int = _MAX_LETTERS
    next: Callable[[Visit, str, Any], str] | None = None
    """Where the browser goes once it was handed in, by the key of the form; None: here."""

    def place(self, visit: Visit) -> str:
        return f"{visit.browser.base}/panel/{self.folder}{self.address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands above the page."""

    told: str = ""
    refused: str | Markup = ""
    waits: str = ""
    action: StrEnum | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    """Typed before: the form has it again."""
    preview: Any = None
    status: int = 200


async def show(visit: Visit, of: HouseList) -> Response:
    return await _show(visit, of, await _came_of_it(visit, of))


async def change(visit: Visit, of: HouseList) -> Response:
    """What was not shown before, where it must be, is only shown."""
    key, action, given = await _asked(visit, of)
    place = of.next(visit, key, action) if of.next is not None else of.place(visit)
    there = RedirectResponse(
        f"{place}?oldu={key}&is={action}{of.told_with(action, given)}{'&' if of.query else ''}{of.query}", 303
    )
    if await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))) is not None:
        return there  # pressed twice: what came of it the first time
    answer = await visit.read(lambda acting: _tried(acting, of, action, given))
    if answer.status != 200 or (answer.preview is not None and not given.get(SURE)):
        return await _show(visit, of, answer)
    asking.keep_pace(visit)
    sender = await visit.read(asking.account)
    wish = of.event(
        **asking.signed(visit, sender, asking.event_key(key)),
        action=action,
        given=given,
    )
    await asking.hand_in(visit, wish)
    return there


async def _asked(visit: Visit, of: HouseList) -> tuple[str, StrEnum, dict[str, str]]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request, FormLimits(fields=of.fields)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, action = str(form.get("key", "")), str(form.get("action", ""))
        given = {name: typed_text(form, of.letters, name) for name in form if name not in _OF_THE_FORM}
        for name in [name for name in given if len(form.getlist(name)) > 1]:  # several boxes of one name
            given[name] = ",".join(str(one) for one in form.getlist(name))[: of.letters]
    if not asking.UUID.fullmatch(key) or action not in set(of.actions):
        raise HttpRefusal(400, "bad_form")
    return key, of.actions(action), given


def _tried(acting: Acting, of: HouseList, action: StrEnum, given: Mapping[str, str]) -> Answer:
    try:
        return Answer(action=action, given=given, preview=of.try_out(acting, action, given))
    except DeskError as refusal:
        return _refused(acting, of, action, given, refusal)


def _refused(acting: Acting, of: HouseList, action: StrEnum, given: Mapping[str, str], refusal: DeskError) -> Answer:
    match refusal:
        case Invalid(reason=reason, data=data):
            said, status = asking.words(acting, f"errors/{reason}", **dict[str, Any](data)), 422
        case NotAllowed():
            said, status = asking.words(acting, "errors/not_allowed"), 403
        case NotFound():
            return Answer(refused=of.gone, action=action, given=given, status=422)
        case _:
            raise refusal
    return Answer(refused=said, action=action, given=given, status=status)


async def _show(visit: Visit, of: HouseList, answer: Answer) -> Response:
    page = await visit.read(of.look)
    return visit.html(
        of.template,
        status=answer.status,
        said=answer,
        page=page,
        A=of.actions,
        here_is=f"{of.place(visit)}{'?' if of.query else ''}{of.query}",
        new_key=lambda: str(uuid.uuid4()),
        spoken=spoken_time,
        **of.words(visit),
    )


async def _came_of_it(visit: Visit, of: HouseList) -> Answer:
    """`?oldu=UUID&is=department_add`: what came of what was asked before."""
    query = visit.request.query_params
    key, what = query.get("oldu", ""), query.get("is", "")
    if not asking.UUID.fullmatch(key) or what not in set(of.actions):
        return Answer()
    came, over = await visit.read(lambda acting: settled(acting.uow, asking.event_key(key)))
    match came:
        case Outcome.DONE:
            return Answer(told=of.done[of.actions(what)])
        case Outcome.NONE:
            return Answer(told=_AS_IT_WAS)
        case None:
            return Answer(refused=_UNKNOWN) if over else Answer(waits="Alındı, işleniyor…")
        case _:
            return Answer(refused=_REFUSED)
