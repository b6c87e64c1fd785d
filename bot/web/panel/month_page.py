"""`/panel/raporlar/donanim-2026-11`: a unit's month as `/ay` tells it, locked there and, by the director, unlocked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import REPORTS
from bot.web.panel.reports_page import named, report_of
from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.months import Month
from handlers.domain.page_changes import Outcome
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, may
from handlers.events import MonthAsked
from handlers.queries.page_outcomes import outcome_of, settled
from handlers.reports import month_changes
from handlers.reports.month_changes import AskedMonth
from handlers.reports.months import MAX_REASON_LETTERS
from handlers.spoken_time import month_name

LOCKS, UNLOCKS = "kilitle", "kaldir"
SEAL_LETTERS = 16
"""Of the hash that are shown; the whole of it stands behind them."""
_AS_IT_WAS = "Bu zaten öyleydi; bir şey değişmedi."
_REFUSED = "Olmadı: bu arada başkası değiştirmiş. Aşağıda şimdiki hâli duruyor."
_ON_THE_WAY = "Alındı, işleniyor…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    told: str | Markup = ""
    refused: str | Markup = ""
    waits: str = ""
    reason: str = ""
    """As it was typed."""
    status: int = 200


def _about(request: Request) -> str:
    return f"raporlar {request.path_params['name']}"


@panel_page(REPORTS, about=_about)
async def month(visit: Visit) -> Response:
    unit, wanted = named(visit)
    return await _show(visit, unit, wanted, await _came_of_it(visit, unit, wanted))


async def _show(visit: Visit, unit: UnitId, wanted: Month, answer: Answer) -> Response:
    found = await report_of(visit, unit, wanted)
    return visit.html(
        "panel_month.html",
        status=answer.status,
        title=f"{month_name(wanted)} · {visit.desk.unit_title(unit)}",
        found=found,
        said=answer,
        report=await visit.read(
            lambda acting: asking.words(acting, "month_report", month_report=found, director=False)
        ),
        unlocks=may(visit.person, Action.UNLOCK_MONTH),
        L=LOCKS,
        U=UNLOCKS,
        seal_letters=SEAL_LETTERS,
        most=MAX_REASON_LETTERS,
        drawable=visit.web.settings.month_report is not None,
        here_is=_address(visit, unit, wanted),
        new_key=lambda: str(uuid.uuid4()),
    )


def _address(visit: Visit, unit: UnitId, wanted: Month) -> str:
    return f"{visit.browser.base}/panel/{REPORTS.path}/{unit}-{wanted}"


async def _came_of_it(visit: Visit, unit: UnitId, wanted: Month) -> Answer:
    """`?oldu=UUID&is=kilitle`."""
    key, what = visit.typed("oldu"), visit.typed("is")
    if not asking.UUID.fullmatch(key) or what not in (LOCKS, UNLOCKS):
        return Answer()

    def look(acting: Acting) -> tuple[Outcome | None, bool, str | Markup]:
        outcome, over = settled(acting.uow, asking.event_key(key))
        told: str | Markup = f"{month_name(wanted)} raporu kilitlendi; sayıları böyle kalır."
        if what == UNLOCKS:
            told = asking.words(acting, "month_unlocked", month=wanted, unit=unit)
        return outcome, over, told

    outcome, over, told = await visit.read(look)
    match outcome:
        case Outcome.DONE:
            return Answer(told=told)
        case Outcome.NONE:
            return Answer(told=_AS_IT_WAS)
        case None if not over:
            return Answer(waits=_ON_THE_WAY)
        case _:
            return Answer(refused=_REFUSED)


# --- locked, unlocked ------------------------------------------------------------------------------------
@panel_page(REPORTS, logged=False)
async def change(visit: Visit) -> Response:
    unit, wanted = named(visit)
    key, what, reason = await _asked(visit)
    asked = AskedMonth(unit=unit, month=wanted, unlocks=what == UNLOCKS, reason=reason)
    event = asking.event_key(key)
    there = RedirectResponse(f"{_address(visit, unit, wanted)}?oldu={key}&is={what}", 303)
    if await visit.read(lambda acting: outcome_of(acting.uow, event)) is not None:
        return there  # pressed twice: what came of it the first time
    refused = await visit.read(lambda acting: _tried(acting, asked))
    if refused is not None:
        return await _show(visit, unit, wanted, refused)
    asking.keep_pace(visit)
    sender = await visit.read(asking.account)
    wish = MonthAsked(
        **asking.signed(visit, sender, event),
        unit=asked.unit,
        month=str(asked.month),
        unlocks=asked.unlocks,
        reason=asked.reason,
    )
    await asking.hand_in(visit, wish)
    return there


async def _asked(visit: Visit) -> tuple[str, str, str]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, what = str(form.get("key", "")), str(form.get("is", ""))
        reason = typed_text(form, MAX_REASON_LETTERS, "reason")
    if not asking.UUID.fullmatch(key) or what not in (LOCKS, UNLOCKS):
        raise HttpRefusal(400, "bad_form")
    return key, what, reason


def _tried(acting: Acting, asked: AskedMonth) -> Answer | None:
    """A refusal. None: it can be done."""
    try:
        month_changes.try_out(acting, asked)
    except NotAllowed:
        return Answer(refused=asking.words(acting, "errors/not_allowed"), status=403)
    except Invalid as refusal:
        said = asking.words(acting, f"errors/{refusal.reason}", **dict[str, Any](refusal.data))
        return Answer(refused=said, reason=asked.reason, status=422)
    return None
