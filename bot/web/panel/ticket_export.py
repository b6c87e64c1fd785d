"""`/panel/kayitlar/dosya`: any list of tickets as a file."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.errors import HttpRefusal
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.panel.tickets_page import BESIDE, titled
from bot.web.rendering import NO_STORE
from handlers.context import Acting
from handlers.domain.ticket_filter import TicketFilter, parse, printed
from handlers.queries import ticket_lists
from handlers.reports.ticket_export import Export, Reason, export, log_export

FORMAT, PERSONAL = "bicim", "kisisel"
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@panel_page(TICKETS, logged=False)
async def download(visit: Visit) -> Response:
    """It is logged by itself, with what was taken along."""
    query = visit.request.query_params
    kind, personal = query.get(FORMAT, "xlsx"), query.get(PERSONAL, "")
    write = visit.web.settings.ticket_exports.get(kind)
    if write is None or (personal and personal not in set(Reason)):
        raise HttpRefusal(400, "bad_form")
    reason = Reason(personal) if personal else None

    def look(acting: Acting) -> tuple[Export | None, str]:
        pairs = query.multi_items()
        wanted, _ = parse(pairs, ticket_lists.vocabulary(acting), beside={*BESIDE, FORMAT, PERSONAL})
        title = titled(wanted, ticket_lists.views_of(acting.person))
        rows = ticket_lists.meant(acting, wanted)
        return export(acting, rows, wanted.sorted_by, title=title, reason=reason), _about(wanted, kind)

    found, about = await visit.read(look)
    if found is None:
        raise HttpRefusal(400, "too_many_rows")
    made = found
    await visit.web.gateway.write(lambda uow: log_export(visit.acting(uow), made, about, reason))
    content = await run_in_threadpool(write, made)
    name = f'attachment; filename="kayitlar-{visit.now.astimezone(visit.desk.zone):%Y-%m-%d}.{kind}"'
    return Response(content, media_type=_TYPES[kind], headers={"Content-Disposition": name, **NO_STORE})


def _about(wanted: TicketFilter, kind: str) -> str:
    """Without what somebody typed."""
    query = printed(replace(wanted, departments=(), words=()))
    typed = "".join(f" {name}" for name, held in (("mudurluk", wanted.departments), ("q", wanted.words)) if held)
    return f"{kind} {query or 'durum=acik'}{typed}"
