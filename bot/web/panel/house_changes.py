"""What is asked from the pages of the house's settings: tried, then taken in (decisions 0060, 0061)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.house_forms import versions, wanted
from bot.web.panel.house_pages import SUBJECTS, Subject, Told, address, name_in, show
from bot.web.panel.navigation import OPERATION
from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.house_settings import SettingChangedMeanwhile, SettingsRefused, SettingView
from handlers.domain.rights import may_keep_settings
from handlers.events import SettingAsked
from handlers.queries import house_settings
from handlers.queries.page_outcomes import outcome_of
from handlers.settings import page as house_page
from handlers.settings.page import HouseAction

MAX_FIELDS = 900


@panel_page(OPERATION, logged=False)
async def change(visit: Visit) -> Response:
    name = name_in(visit)
    if (refused := await visit.read(_not_theirs)) is not None:
        return await show(visit, name, refused)
    shown = await _shown(visit, SUBJECTS[name])
    async with bounded_form(visit.request, FormLimits(fields=MAX_FIELDS)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, (action, given, typed) = str(form.get("key", "")), _asked(form, shown)
        read, button = str(form.get("sure", "")), _button(form)
    if not asking.UUID.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    later = any(not one.rule.at_once for one in shown if one.rule.key in typed)
    there = RedirectResponse(f"{address(visit, name)}?oldu={key}{'&sonra=1' if later else ''}", 303)
    if await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))) is not None:
        return there  # pressed twice: what came of it the first time
    refused = await visit.read(lambda acting: _tried(acting, action, given, _open(shown, typed)))
    if refused is not None:
        return await show(visit, name, refused)
    again = await visit.read(lambda acting: house_page.shown_again(acting, action, given))
    if again is not None and read != str(again.version):
        return await show(visit, name, Told(asks=again, of_button=button, typed=_open(shown, typed)))
    asking.keep_pace(visit)
    await _hand_in(visit, key, action, given)
    return there


async def _hand_in(visit: Visit, key: str, action: HouseAction, given: Mapping[str, str]) -> None:
    sender = await visit.read(asking.account)
    wish = SettingAsked(
        **asking.signed(visit, sender, asking.event_key(key)),
        action=action,
        given=given,
    )
    await asking.hand_in(visit, wish)
    if (house := visit.desk.house) is not None:
        await visit.web.gateway.read(house.take_over)


async def _shown(visit: Visit, it: Subject) -> list[SettingView]:
    page = await visit.read(house_settings.look)
    return [one for one in page.settings if it.has(one.rule)]


def _asked(form: FormData, shown: list[SettingView]) -> tuple[HouseAction, Mapping[str, str], Mapping[str, Any]]:
    """What is to be done, with what, and what was typed."""
    back, default = str(form.get("back", "")), str(form.get("default", ""))
    seen = versions(form)
    if back:
        return HouseAction.TAKE_BACK, {house_page.KEY: back, house_page.SEEN: str(seen.get(back, 0))}, {back: None}
    if default:
        return HouseAction.CHANGE, house_page.asked_change({default: None}, seen), {default: None}
    typed = wanted(form, shown)
    return HouseAction.CHANGE, house_page.asked_change(typed, seen), typed


def _button(form: FormData) -> str:
    """Beside one setting."""
    return next((f"{name} {form[name]}" for name in ("back", "default") if form.get(name)), "")


def _open(shown: list[SettingView], typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without what must not come back to a page."""
    secret = {one.rule.key for one in shown if one.rule.is_secret}
    return {key: value for key, value in typed.items() if key not in secret and value is not None}


def _not_theirs(acting: Acting) -> Told | None:
    """Asked before anything that was typed is read."""
    if may_keep_settings(acting.person):
        return None
    return Told(refused=asking.words(acting, "errors/not_allowed"), status=403)


def _tried(acting: Acting, action: HouseAction, given: Mapping[str, str], typed: Mapping[str, Any]) -> Told | None:
    """Why it cannot be done; None: it can."""
    try:
        house_page.try_out(acting, action, given)
    except SettingsRefused as refused:
        count = len(refused.problems)
        said = "Bir alan düzeltilmeli" if count == 1 else f"{count} alan düzeltilmeli"
        return Told(
            refused=f"{said}; hiçbir şey yazılmadı. Aşağıda işaretli.",
            problems=refused.problems,
            typed=typed,
            status=422,
        )
    except SettingChangedMeanwhile as meanwhile:
        return Told(refused=_meanwhile(acting, meanwhile), typed=typed, anyway=True, status=409)
    except Invalid as invalid:
        data: dict[str, Any] = dict(invalid.data)
        return Told(refused=asking.words(acting, f"errors/{invalid.reason}", **data), typed=typed, status=422)
    except NotFound:
        return Told(refused=asking.words(acting, "errors/not_found"), status=422)
    return None


def _meanwhile(acting: Acting, meanwhile: SettingChangedMeanwhile) -> str:
    assert acting.desk.house is not None  # it was asked
    parts = []
    for one in meanwhile.changed:
        rule = acting.desk.house.rule(one.key)
        who = acting.uow.people.get(one.set_by).name if one.set_by is not None else "ilk kurulum"
        parts.append(f"{who}, “{rule.name if rule else one.key}” ayarını değiştirdi")
    return f"Siz bakarken {'; '.join(parts)}."
