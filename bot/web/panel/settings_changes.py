"""What is asked from the pages of the settings: shown first with what it changes, then taken in (decision 0060)."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import SETTINGS
from bot.web.panel.settings_pages import PAGE_OF, Answer, address, show
from handlers.calendar import page_settings
from handlers.calendar.setting_forms import AskedSetting, SettingAction
from handlers.context import Acting
from handlers.domain.errors import DeskError, Invalid, NotAllowed, NotFound
from handlers.events import SettingAsked
from handlers.queries.page_outcomes import outcome_of

_OF_THE_FORM = frozenset({"form_token", "key", "action", "sure"})
MAX_FIELDS, MAX_LETTERS = 60, 200


@panel_page(SETTINGS, logged=False)
async def change(visit: Visit) -> Response:
    """Without `sure` what needs a yes is only shown."""
    key, asked, sure = await _asked(visit)
    there = RedirectResponse(f"{address(visit, PAGE_OF[asked.action])}?oldu={key}&is={asked.action}", 303)
    if await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))) is not None:
        return there  # pressed twice: what came of it the first time
    answer = await visit.read(lambda acting: _tried(acting, asked, sure=sure))
    if answer is not None:
        return await show(visit, PAGE_OF[asked.action], answer)
    asking.keep_pace(visit)
    sender = await visit.read(asking.account)
    wish = SettingAsked(
        **asking.signed(visit, sender, asking.event_key(key)),
        action=asked.action,
        given=asked.given,
    )
    await asking.hand_in(visit, wish)
    return there


async def _asked(visit: Visit) -> tuple[str, AskedSetting, bool]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request, FormLimits(fields=MAX_FIELDS)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, action = str(form.get("key", "")), str(form.get("action", ""))
        given = {name: typed_text(form, MAX_LETTERS, name) for name in form if name not in _OF_THE_FORM}
        sure = bool(form.get("sure"))
    if not asking.UUID.fullmatch(key) or action not in set(SettingAction):
        raise HttpRefusal(400, "bad_form")
    return key, AskedSetting(SettingAction(action), given), sure


def _tried(acting: Acting, asked: AskedSetting, *, sure: bool) -> Answer | None:
    """What is to be read first: a refusal, or what it would change. None: it can be done."""
    try:
        page_settings.try_out(acting, asked)
        proposal = None if sure else page_settings.proposal(acting, asked)
    except DeskError as refusal:
        return _refused(acting, asked, refusal)
    if proposal is None:
        return None
    effects = asking.words(acting, "effects", change=proposal.change) if proposal.change is not None else asking.NOTHING
    return Answer(asked=asked, proposal=proposal, effects=effects)


def _refused(acting: Acting, asked: AskedSetting, refusal: DeskError) -> Answer:
    match refusal:
        case Invalid(reason=reason, data=data):
            said = asking.words(acting, f"errors/{reason}", **dict[str, Any](data))
            return Answer(refused=said, asked=asked, status=422)
        case NotAllowed():
            return Answer(refused=asking.words(acting, "errors/not_allowed"), asked=asked, status=403)
        case NotFound():
            return Answer(refused=asking.words(acting, "errors/not_found"), asked=asked, status=422)
        case _:
            raise refusal
