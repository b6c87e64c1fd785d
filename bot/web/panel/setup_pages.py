"""`/panel/ilk-kurulum/1` to `6`: the steps by which a house is set up, for its admin; each can be put off."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import SETUP
from handlers import first_run, spoken_time
from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.house_settings import SettingsRefused
from handlers.domain.page_changes import Outcome
from handlers.events import SettingAsked
from handlers.first_run import STEPS, SetupAction
from handlers.inflections import grouped
from handlers.queries import first_run as query
from handlers.queries.page_outcomes import outcome_of, settled
from handlers.settings.house import ShownAgain

TITLES: Mapping[str, str] = {
    "kurum": "Kurumun adı ve logosu",
    "mudurlukler": "Birimler ve müdürlükler",
    "mesai": "Mesai ve tatiller",
    "kisiler": "Kişiler",
    "kanallar": "Kanallar",
    "deneme": "İlk kayıt",
}
LEFT: Mapping[str, str] = {**TITLES, "kurum": "Kurumun adı, adresi ve başvuru yolu"}
"""What is not done yet of each, as Ayarlar says it."""
_PEOPLE = "kisiler-liste"
_LISTS = frozenset({"departments", "feasts"})
_MAX_LETTERS, _MAX_FIELDS = 4000, 120
_SURE = "sure"
"""The version of the privacy notice that was said to be shown again."""
_OVER = (Outcome.DONE, Outcome.NONE)
_REFUSED = "Olmadı: bu arada başka bir değişiklik yapılmış. Aşağıda şimdiki hâli duruyor; yeniden deneyin."
_UNKNOWN = "Ne olduğu bilinmiyor: aşağıda şimdiki hâli duruyor, gerekirse yeniden deneyin."


@panel_page(SETUP)
async def step(visit: Visit) -> Response:
    """`?oldu=UUID`: what came of what was asked there."""
    number, key = _number(visit), visit.request.query_params.get("oldu", "")
    if not asking.UUID.fullmatch(key):
        return await _show(visit, number, {})
    came, over = await visit.read(lambda acting: settled(acting.uow, asking.event_key(key)))
    if came in _OVER:
        return RedirectResponse(_address(visit, number + 1), 303)
    if came is None and not over:
        return await _show(visit, number, {}, waits="Alındı, işleniyor…")
    return await _show(visit, number, {}, _UNKNOWN if came is None else _REFUSED)


@panel_page(SETUP, logged=False)
async def answer(visit: Visit) -> Response:
    """Only what was done leads to the next step; what was refused is shown with what was typed."""
    number = _number(visit)
    key, action, given = await _asked(visit, STEPS[number - 1])
    read = given.pop(_SURE, "")
    there = RedirectResponse(f"{_address(visit, number)}?oldu={key}", 303)
    if await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))) is not None:
        return there  # pressed twice: what came of it the first time
    refused = await visit.read(lambda acting: _refusal(acting, action, given))
    if refused:
        return await _show(visit, number, given, refused)
    again = await visit.read(lambda acting: first_run.shown_again(acting, action, STEPS[number - 1], given))
    if again is not None and read != str(again.version):
        return await _show(visit, number, given, asks=again)
    asking.keep_pace(visit)
    sender = await visit.read(asking.account)
    wish = SettingAsked(
        **asking.signed(visit, sender, asking.event_key(key)),
        action=action,
        given=given,
    )
    await asking.hand_in(visit, wish)
    if (house := visit.desk.house) is not None:
        await visit.web.gateway.read(house.take_over)  # the name stands above the next step already
    match await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))):
        case None:
            return there
        case came if came in _OVER:
            return RedirectResponse(_address(visit, number + 1), 303)
        case _:
            return await _show(visit, number, given, _REFUSED)


def _number(visit: Visit) -> int:
    number = int(visit.request.path_params["number"])
    if not 1 <= number <= len(STEPS):
        raise NotFound("step", number)
    return number


def _address(visit: Visit, number: int) -> str:
    """Behind the last one are the settings."""
    base = f"{visit.browser.base}/panel"
    return f"{base}/ilk-kurulum/{number}" if number <= len(STEPS) else f"{base}/ayarlar"


async def _asked(visit: Visit, name: str) -> tuple[str, SetupAction, dict[str, str]]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request, FormLimits(fields=_MAX_FIELDS)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, action = str(form.get("key", "")), str(form.get("action", ""))
        given = {"step": name}
        for field in form:
            if field in _LISTS:
                given[field] = "\n".join(str(one) for one in form.getlist(field))[:_MAX_LETTERS]
            elif field not in ("form_token", "key", "action", "step"):
                given[field] = typed_text(form, _MAX_LETTERS, field)
    if not asking.UUID.fullmatch(key) or action not in set(SetupAction):
        raise HttpRefusal(400, "bad_form")
    return key, SetupAction(action), given


def _refusal(acting: Acting, action: SetupAction, given: Mapping[str, str]) -> str | Markup:
    """Empty: it can be done."""
    try:
        first_run.try_out(acting, action, given["step"], given)
    except SettingsRefused as refused:
        return " ".join(refused.problems.values())
    except Invalid as refused:
        return asking.words(acting, f"errors/{refused.reason}", **dict[str, Any](refused.data))
    return ""


async def _show(
    visit: Visit,
    number: int,
    given: Mapping[str, str],
    refused: str | Markup = "",
    waits: str = "",
    asks: ShownAgain | None = None,
) -> Response:
    shown = await visit.read(query.look)
    return visit.html(
        "panel_setup.html",
        status=422 if refused else 200,
        step=STEPS[number - 1],
        number=number,
        titles=[(place, TITLES[name]) for place, name in enumerate(STEPS, start=1)],
        refused=refused,
        waits=waits,
        asks=asks,
        people=grouped(asks.people) if asks is not None else "",
        given=given,
        shown=shown,
        empty_units=shown.empty_units,
        A=SetupAction,
        key=str(uuid.uuid4()),
        spoken=spoken_time,
        here_is=_address(visit, number),
        next_is=_address(visit, number + 1),
        last=number == len(STEPS),
        site=visit.web.settings.base_url,
        days=visit.web.settings.session_days,
        people_page=_PEOPLE,
    )
