"""`/panel/kayitlar/dosya`: any list of tickets as a file; what takes longer is made in the background."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form
from bot.web.panel import asking
from bot.web.panel.export_jobs import ExportJob, ListFile, Rows
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.panel.tickets_page import BESIDE, titled
from bot.web.panel.words import REASONS
from bot.web.rendering import NO_STORE
from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.ticket_filter import TicketFilter, parse, printed
from handlers.queries import ticket_lists
from handlers.reports.ticket_export import (
    MOST_ROWS,
    MOST_ROWS_AT_ONCE,
    MOST_ROWS_OF_JOB,
    Export,
    Reason,
    export,
    heads,
    log_export,
    some_rows,
)

FORMAT, PERSONAL, REASON = "bicim", "kisisel", "neden"
_TICKED = "1"
TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
MOST_LETTERS = 2_000
"""Of an address that is handed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFile:
    wanted: TicketFilter
    title: str
    kind: str
    reason: Reason | None
    """Why who reported and in what words is taken along; None: it is not."""
    lacks_reason: bool = False
    """It was ticked, and nothing was chosen."""

    @property
    def about(self) -> str:
        """For the audit, without what somebody typed."""
        query = printed(replace(self.wanted, departments=(), words=()))
        held = (("mudurluk", self.wanted.departments), ("q", self.wanted.words))
        typed = "".join(f" {name}" for name, values in held if values)
        return f"{self.kind} {query or 'durum=acik'}{typed}"


@panel_page(TICKETS, logged=False)
async def download(visit: Visit) -> Response:
    """It is logged by itself, with what was taken along."""
    pairs = visit.request.query_params.multi_items()
    asked = await visit.read(lambda acting: _asked(visit, acting, pairs))
    if asked.lacks_reason:
        return _ask_reason(visit, pairs)
    most = MOST_ROWS_AT_ONCE.get(asked.kind, MOST_ROWS)

    def look(acting: Acting) -> Export | None:
        rows = ticket_lists.meant(acting, asked.wanted)
        return export(acting, rows, asked.wanted.sorted_by, title=asked.title, reason=asked.reason, most=most)

    found = await visit.read(look)
    if found is None:
        new_key, query = str(uuid.uuid4()), visit.request.url.query
        return visit.html("panel_export.html", asked=query, title=asked.title, new_key=new_key)
    made = found
    await visit.web.gateway.write(lambda uow: log_export(visit.acting(uow), len(made.rows), asked.about, asked.reason))
    return _file(visit, asked.kind, await run_in_threadpool(visit.web.settings.ticket_exports[asked.kind], made))


@panel_page(TICKETS, logged=False)
async def begin(visit: Visit) -> Response:
    """Hazırla."""
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, query = str(form.get("key", "")), str(form.get("query", ""))
    if not asking.UUID.fullmatch(key) or len(query) > MOST_LETTERS:
        raise HttpRefusal(400, "bad_form")
    there = RedirectResponse(f"{visit.browser.base}/panel/{TICKETS.path}/dosya/{key}", 303)
    if await visit.web.exports.of(key, visit.person.id, visit.now) is not None:
        return there  # pressed twice
    asked = await visit.read(lambda acting: _asked(visit, acting, parse_qsl(query)))
    if asked.lacks_reason:
        raise HttpRefusal(400, "bad_form")
    most = MOST_ROWS_OF_JOB[asked.kind]
    total = await visit.read(
        lambda acting: acting.uow.ticket_lists.count(ticket_lists.meant(acting, asked.wanted), most + 1)
    )
    if total > most:
        raise HttpRefusal(400, "too_many_rows", most=f"{most:,}".replace(",", "."))
    asking.keep_pace(visit)
    if not await visit.web.exports.has_room(visit.person.id, visit.now):
        raise HttpRefusal(429, "files_in_work", retry_after=60)
    job = ExportJob(
        key=key, asker=visit.person.id, kind=asked.kind, asked_at=visit.now, total=total, now=visit.web.gateway.now
    )
    await _run(visit, job, asked)
    return there


async def _run(visit: Visit, job: ExportJob, asked: AskedFile) -> None:
    async def more(place: Any) -> tuple[Rows, Any]:
        """Rights are asked each time."""

        def look(acting: Acting) -> tuple[Rows, Any]:
            wanted = ticket_lists.meant(acting, asked.wanted)
            return some_rows(acting, wanted, asked.wanted.sorted_by, place, asked.reason)

        return await visit.now_read(look)

    async def write(rows: Rows) -> bytes:
        await visit.web.gateway.write(lambda uow: log_export(visit.acting(uow), len(rows), asked.about, asked.reason))
        made = Export(asked.title, heads(asked.reason), rows)
        return await run_in_threadpool(visit.web.settings.ticket_exports[asked.kind], made)

    await visit.web.exports.begin(job, more, write)


@panel_page(TICKETS, logged=False)
async def progress(visit: Visit) -> Response:
    file = await _file_of(visit)
    return visit.html("panel_export_job.html", job=file, done=file.done, again=visit.request.url.path)


@panel_page(TICKETS, logged=False)
async def fetch(visit: Visit) -> Response:
    file = await _file_of(visit)
    if (content := await visit.web.exports.content(file)) is None:
        raise NotFound("file", file.key)
    return _file(visit, file.kind, content)


async def _file_of(visit: Visit) -> ListFile:
    """Raises NotFound for what somebody else asked for, as for none."""
    key = str(visit.request.path_params["key"])
    found = (
        await visit.web.exports.of(key, visit.person.id, visit.web.gateway.now())
        if asking.UUID.fullmatch(key)
        else None
    )
    if found is None:
        raise NotFound("file", key)
    return found


def _asked(visit: Visit, acting: Acting, pairs: list[tuple[str, str]]) -> AskedFile:
    """Raises HttpRefusal."""
    query = dict(pairs)
    kind, ticked, reason = query.get(FORMAT, "xlsx"), query.get(PERSONAL, ""), query.get(REASON, "")
    known = ticked in ("", _TICKED) and reason in ("", *Reason)
    if kind not in visit.web.settings.ticket_exports or not known:
        raise HttpRefusal(400, "bad_form")
    wanted, _ = parse(pairs, ticket_lists.vocabulary(acting), beside={*BESIDE, FORMAT, PERSONAL, REASON})
    return AskedFile(
        wanted=wanted,
        title=titled(wanted, ticket_lists.views_of(acting.person)),
        kind=kind,
        reason=Reason(reason) if ticked and reason else None,
        lacks_reason=bool(ticked) and not reason,
    )


def _ask_reason(visit: Visit, pairs: list[tuple[str, str]]) -> Response:
    plain = [(name, value) for name, value in pairs if name not in (PERSONAL, REASON)]
    return visit.html(
        "panel_export_reason.html",
        status=422,
        pairs=plain,
        without=urlencode(plain),
        personal=PERSONAL,
        ticked=_TICKED,
        reason=REASON,
        reasons=REASONS,
    )


def _file(visit: Visit, kind: str, content: bytes) -> Response:
    name = f'attachment; filename="kayitlar-{visit.now.astimezone(visit.desk.zone):%Y-%m-%d}.{kind}"'
    return Response(content, media_type=TYPES[kind], headers={"Content-Disposition": name, **NO_STORE})
