"""`/panel/raporlar/2026`: the year's birim faaliyet raporu to take along, and what the director writes in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import YEAR_REPORT
from bot.web.rendering import NO_STORE, exact_time
from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.page_changes import Outcome
from handlers.domain.recommendations import MAX_LETTERS, AskedRecommendation, Recommendation, WrittenMeanwhile
from handlers.events import RecommendationAsked
from handlers.queries.page_outcomes import outcome_of, settled
from handlers.reports import recommendations, years

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_SAID = {
    Outcome.DONE: "Kaydedildi; rapor bundan sonra bu metinle iner.",
    Outcome.NONE: "Bu zaten öyleydi; bir şey değişmedi.",
}
_MEANWHILE = "Siz yazarken metin değişmiş: kaydedilmiş hâli aşağıda. Sizinki kutuda duruyor; yine de kaydedebilirsiniz."
_REFUSED = "Kaydedilmedi: bu arada başkası değiştirmiş. Aşağıda şimdiki hâli duruyor."
_ON_THE_WAY = "Alındı, işleniyor…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    told: str = ""
    refused: str | Markup = ""
    waits: str = ""
    typed: str | None = None
    """What they wrote, where it was not kept."""
    status: int = 200


def _year(request: Request) -> int:
    """Raises NotFound for a number that no database takes as a year."""
    found = int(request.path_params["year"])
    if found > years.LAST_YEAR:
        raise NotFound("page", request.url.path)
    return found


def _about(request: Request) -> str:
    return f"raporlar {request.path_params['year']}"


@panel_page(YEAR_REPORT, about=_about)
async def year(visit: Visit) -> Response:
    return await _show(visit, _year(visit.request), await _came_of_it(visit))


@panel_page(YEAR_REPORT, about=_about)
async def taken(visit: Visit) -> Response:
    """`2026.pdf`, `2026.docx`. Counted in the thread of a reader, drawn in another."""
    wanted, ending, path = _year(visit.request), str(visit.request.path_params["ending"]), visit.request.url.path
    write = visit.web.settings.year_reports.get(ending)
    if write is None:
        raise NotFound("page", path)
    try:
        found = await visit.read(lambda acting: years.report(acting, wanted))
    except Invalid as error:
        raise NotFound("page", path) from error
    made = await run_in_threadpool(write, found)
    about = f"{wanted} {ending}"
    await visit.web.gateway.write(lambda uow: uow.audit.log(visit.now, visit.person.id, "report_taken", about, CHANNEL))
    how = "inline" if ending == "pdf" else "attachment"
    shown = {"Content-Disposition": f'{how}; filename="faaliyet-raporu-{wanted}.{ending}"', **NO_STORE}
    return Response(made, media_type=_TYPES[ending], headers=shown)


async def _show(visit: Visit, wanted: int, answer: Answer) -> Response:
    def look(acting: Acting) -> tuple[Recommendation | None, Recommendation | None]:
        years.require_year(acting, wanted)
        return recommendations.standing(acting, wanted)

    try:
        standing, before = await visit.read(look)
    except Invalid as error:
        raise NotFound("page", visit.request.url.path) from error
    return visit.html(
        "panel_year.html",
        status=answer.status,
        year=wanted,
        running=wanted == visit.desk.year(visit.now),
        said=answer,
        standing=standing,
        before=before,
        limit=MAX_LETTERS,
        endings=visit.web.settings.year_reports,
        here_is=_address(visit, wanted),
        exact=lambda at: exact_time(at, visit.web.settings.zone),
        new_key=lambda: str(uuid.uuid4()),
    )


def _address(visit: Visit, wanted: int) -> str:
    return f"{visit.browser.base}/panel/{YEAR_REPORT.path}/{wanted}"


async def _came_of_it(visit: Visit) -> Answer:
    key = visit.typed("oldu")
    if not asking.UUID.fullmatch(key):
        return Answer()
    outcome, over = await visit.read(lambda acting: settled(acting.uow, asking.event_key(key)))
    if outcome in _SAID:
        return Answer(told=_SAID[outcome])
    return Answer(refused=_REFUSED) if outcome is not None or over else Answer(waits=_ON_THE_WAY)


# --- written -------------------------------------------------------------------------------------------
@panel_page(YEAR_REPORT, logged=False)
async def recommend(visit: Visit) -> Response:
    wanted = _year(visit.request)
    key, asked = await _asked(visit, wanted)
    event, there = asking.event_key(key), RedirectResponse(f"{_address(visit, wanted)}?oldu={key}", 303)
    if await visit.read(lambda acting: outcome_of(acting.uow, event)) is not None:
        return there  # pressed twice: what came of it the first time
    refused = await visit.read(lambda acting: _tried(acting, asked))
    if refused is not None:
        return await _show(visit, wanted, refused)
    asking.keep_pace(visit)
    sender = await visit.read(asking.account)
    wish = RecommendationAsked(
        **asking.signed(visit, sender, event),
        year=asked.year,
        text=asked.text,
        seen=asked.seen,
    )
    await asking.hand_in(visit, wish)
    return there


async def _asked(visit: Visit, wanted: int) -> tuple[str, AskedRecommendation]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request, FormLimits(size=8 * MAX_LETTERS)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, seen = str(form.get("key", "")), str(form.get("seen", ""))
        text = typed_text(form, 2 * MAX_LETTERS)
    if not asking.UUID.fullmatch(key) or not (seen.isascii() and seen.isdecimal() and len(seen) < 8):
        raise HttpRefusal(400, "bad_form")
    return key, AskedRecommendation(year=wanted, text=text, seen=int(seen))


def _tried(acting: Acting, asked: AskedRecommendation) -> Answer | None:
    """A refusal. None: it can be written."""
    try:
        recommendations.try_out(acting, asked)
    except WrittenMeanwhile:
        return Answer(refused=_MEANWHILE, typed=asked.text, status=409)
    except Invalid as refusal:
        said = asking.words(acting, f"errors/{refusal.reason}", **dict[str, Any](refusal.data))
        return Answer(refused=said, typed=asked.text, status=422)
    return None
