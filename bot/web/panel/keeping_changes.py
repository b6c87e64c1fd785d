"""What is asked from the pages of what the house keeps for its work: tried at once, taken in as an event of the inbox,
waited for (decision 0060)."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Endpoint, Visit, panel_page
from bot.web.panel.navigation import SETTINGS
from bot.web.rendering import exact_time
from handlers.context import Acting
from handlers.domain.errors import DeskError, Invalid, NotAllowed, NotFound
from handlers.domain.house_texts import EditedMeanwhile
from handlers.domain.keys import key_from
from handlers.domain.page_changes import Outcome
from handlers.events import KeepingAsked
from handlers.queries.page_outcomes import outcome_of, settled
from handlers.tickets import page_keeping
from handlers.tickets.page_keeping import AskedKeeping, KeepingAction

MAX_FIELDS, MAX_LETTERS = 160, 24_000
MAX_UNDO_LETTERS = 8_000
"""In an address; what would be longer is taken back from the versions."""
LOOK = "bak"
"""Instead of an action: what was typed is only shown."""
_OF_THE_FORM = frozenset({"form_token", "key", "action"})
_UNKNOWN = "Ne olduğu bilinmiyor: aşağıda şimdiki hâli duruyor, gerekirse yeniden yazın."
_REFUSED = "Olmadı: bu arada başka bir değişiklik yapılmış. Aşağıda şimdiki hâli duruyor."
_AS_IT_WAS = "Bu zaten öyleydi; bir şey değişmedi."
_DONE: Mapping[KeepingAction, str] = {
    KeepingAction.EDIT_TEXT: "Kaydedildi; masa bundan sonra böyle söyler.",
    KeepingAction.PUT_BACK_TEXT: "Geri alındı; masa bundan sonra aşağıdaki gibi söyler.",
    KeepingAction.WRITE_REPLY: "Kaydedildi; birimdeki herkes kullanabilir.",
    KeepingAction.WITHDRAW_REPLY: "Silindi.",
    KeepingAction.WRITE_LIST: "Kaydedildi; bundan sonraki kayıtlara böyle eklenir.",
    KeepingAction.DROP_LIST: "Kaldırıldı; eklendiği kayıtlarda kalır.",
    KeepingAction.TAKE_BACK_LIST: "Geri alındı; bir önceki hâli geçerli.",
    KeepingAction.ADD_SYSTEM: "Eklendi.",
    KeepingAction.CHANGE_SYSTEM: "Kaydedildi.",
    KeepingAction.DROP_SYSTEM: "Listeden çıkarıldı.",
    KeepingAction.BRING_BACK_SYSTEM: "Yeniden listede.",
    KeepingAction.EDIT_ARTICLE: "Kaydedildi; bundan sonra herkese bu metin gösterilir.",
    KeepingAction.WRITE_ARTICLE: "Yayımlandı; bundan sonra benzer sorunlarda gösterilir, birkaç saniyede listede.",
    KeepingAction.WITHDRAW_ARTICLE: "Kaldırıldı; birkaç saniyede kimseye gösterilmez.",
    KeepingAction.BRING_BACK_ARTICLE: "Yeniden yayımlandı; birkaç saniyede listede.",
    KeepingAction.PUT_BACK_ARTICLE: "Geri alındı; bundan sonra herkese aşağıdaki metin gösterilir.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands above the page, and what was typed before."""

    told: str = ""
    refused: str | Markup = ""
    waits: str = ""
    given: Mapping[str, str] | None = None
    action: str = ""
    undo: Mapping[str, str] = field(default_factory=dict)
    """The fields of the form that takes it back."""
    seen: int | None = None
    """The version that they have read of by now."""
    status: int = 200

    def typed(self, name: str, otherwise: str = "") -> str:
        return otherwise if self.given is None else self.given.get(name, otherwise)

    def seen_of(self, newest: int) -> int:
        """The version that the form carries on: who only looks has read of none since."""
        known = self.seen if self.seen is not None else key_from(self.typed("seen"))
        return newest if known is None else known


Show = Callable[[Visit, Answer], Awaitable[Response]]
MayType = Callable[[Acting, Mapping[str, str]], None]


def _anybody(_acting: Acting, _given: Mapping[str, str]) -> None:
    """Nothing of it is rendered."""


def endpoint(address: Callable[[Visit], str], show: Show, may_type: MayType = _anybody) -> Endpoint:
    """The function behind a page's form: `show` the page again with what it was answered. `may_type`: whether what
    they typed is rendered, when they only look; raises NotAllowed."""

    @panel_page(SETTINGS, logged=False)
    async def change(visit: Visit) -> Response:
        key, action, given = await _asked(visit)
        if action == LOOK:
            asking.keep_pace(visit)
            refused = await visit.read(lambda acting: _not_theirs(acting, may_type, given))
            return await show(visit, refused or Answer(given=given, action=LOOK))
        asked = AskedKeeping(KeepingAction(action), given)
        there = f"{address(visit)}?oldu={key}&is={action}"
        if await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))) is not None:
            return RedirectResponse(there, 303)  # pressed twice: what came of it the first time
        asking.keep_pace(visit)
        refused, undo = await visit.read(lambda acting: _tried(acting, asked))
        if refused is not None:
            return await show(visit, refused)
        sender = await visit.read(asking.account)
        wish = KeepingAsked(
            **asking.signed(visit, sender, asking.event_key(key)),
            action=action,
            given=given,
        )
        await asking.hand_in(visit, wish)
        return RedirectResponse(f"{there}{undo}", 303)

    return change


async def came_of_it(visit: Visit) -> Answer:
    """`?oldu=UUID&is=edit_article`: what came of what was asked before."""
    key, what = visit.typed("oldu"), visit.typed("is")
    if not asking.UUID.fullmatch(key) or what not in set(KeepingAction):
        return Answer()
    came, over = await visit.read(lambda acting: settled(acting.uow, asking.event_key(key)))
    match came:
        case Outcome.DONE:
            return Answer(told=_DONE[KeepingAction(what)], action=what, undo=_undo_in(visit))
        case Outcome.NONE:
            return Answer(told=_AS_IT_WAS)
        case None:
            return Answer(refused=_UNKNOWN) if over else Answer(waits="Alındı, işleniyor…")
        case _:
            return Answer(refused=_REFUSED)


async def _asked(visit: Visit) -> tuple[str, str, Mapping[str, str]]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request, FormLimits(fields=MAX_FIELDS)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, action = str(form.get("key", "")), str(form.get("action", ""))
        given = {name: typed_text(form, MAX_LETTERS, name) for name in form if name not in _OF_THE_FORM}
    given |= _of_the_address(visit.request)
    if not asking.UUID.fullmatch(key) or action not in {LOOK, *KeepingAction}:
        raise HttpRefusal(400, "bad_form")
    return key, action, given


def _of_the_address(request: Request) -> Mapping[str, str]:
    """What the page is about stands in its address, whatever its form says."""
    return {name: str(value) for name, value in request.path_params.items()}


def _not_theirs(acting: Acting, may_type: MayType, given: Mapping[str, str]) -> Answer | None:
    try:
        may_type(acting, given)
    except NotAllowed:
        return _not_allowed(acting)
    return None


def _not_allowed(acting: Acting) -> Answer:
    """Without what was typed: it is rendered for nobody who may not save it."""
    return Answer(refused=asking.words(acting, "errors/not_allowed"), status=403)


def _tried(acting: Acting, asked: AskedKeeping) -> tuple[Answer | None, str]:
    """None: it can be done; and what takes it back, for the address."""
    try:
        page_keeping.try_out(acting, asked)
        undo = json.dumps(page_keeping.undo_of(acting, asked), ensure_ascii=False)
    except DeskError as refusal:
        return _refused(acting, asked, refusal), ""
    return None, f"&geri={quote(undo)}" if len(undo) <= MAX_UNDO_LETTERS else ""


def _undo_in(visit: Visit) -> Mapping[str, str]:
    """As this page wrote it into its own address; who presses it asks for it with their own rights."""
    try:
        undo = json.loads(visit.typed("geri") or "{}")
    except ValueError:
        return {}
    if not isinstance(undo, dict) or undo.get("action") not in set(KeepingAction):
        return {}
    return {str(name): str(value) for name, value in undo.items()}


def _refused(acting: Acting, asked: AskedKeeping, refusal: DeskError) -> Answer:
    def answer(said: str | Markup, status: int, seen: int | None = None) -> Answer:
        return Answer(refused=said, given=asked.given, action=asked.action, seen=seen, status=status)

    match refusal:
        case EditedMeanwhile(newest=newest):
            who = acting.uow.people.get(newest.written_by)
            at = exact_time(newest.written_at, acting.desk.zone)
            said = (
                f"Siz yazarken {who.name or who.handle} bu metni değiştirdi ({at}). Yazdığınız aşağıda duruyor; onun "
                "yazdığı “Sürümler” altında. Yeniden kaydederseniz sizinki geçerli olur."
            )
            return answer(said, 409, newest.version)
        case Invalid(reason=reason, data=data):
            return answer(asking.words(acting, f"errors/{reason}", **dict[str, Any](data)), 422)
        case NotAllowed():
            return _not_allowed(acting)
        case NotFound():
            return answer(asking.words(acting, "errors/not_found"), 422)
        case _:
            raise refusal
