"""`/panel/kisiler-liste`: the staff list is brought, shown with what it would do, taken in, taken back."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form
from bot.web.panel import asking, bringing
from bot.web.panel.asking import UUID
from bot.web.panel.bringing import (
    DISCARD,
    MAX_PASTED,
    NOT_KEPT,
    NOTHING_BROUGHT,
    READ_AS,
    brought_of,
    moment,
    said_of,
)
from bot.web.panel.brought_lists import BroughtList
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import STAFF
from bot.web.panel.words import LIST_TITLES, STAFF_FIELDS
from handlers.context import Acting
from handlers.domain.brought_lists import ROWS_A_PART, ReadAs, RowFate, RowKind, UnreadableList
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.staff_lists import LIST_FIELDS, NO_DEPARTMENT, TAKEN_BACK_WITHIN
from handlers.events import PersonAsked
from handlers.people import staff_lists as taking
from handlers.people.page_people import PeopleAction
from handlers.queries import staff_lists
from handlers.queries.staff_lists import FEW, MANY

PATH = "kisiler-liste"
MEGABYTE = 1_000_000
MAX_FILE = 5 * MEGABYTE
_MOST_COLUMNS = 100


@panel_page(STAFF)
async def overview(visit: Visit) -> Response:
    return await _start(visit)


async def _start(visit: Visit, refused: str = "", pasted: str = "", status: int = 422) -> Response:
    """`status`: of what is refused."""
    found = await visit.read(staff_lists.recent)
    drafts = await visit.read(staff_lists.drafts)
    return visit.html(
        "panel_staff_lists.html",
        status=status if refused else 200,
        refused=refused,
        new_key=lambda: str(uuid.uuid4()),
        pasted=pasted[:20_000],
        megabytes=MAX_FILE // MEGABYTE,
        drafts=[
            {
                "link": _address(visit, one.key),
                "name": one.name or "yapıştırılan liste",
                "at": moment(visit, one.at),
                "total": counts.total,
            }
            for one, counts in drafts
        ],
        recent=[
            {
                "link": _address(visit, one.key),
                "name": one.name or "yapıştırılan liste",
                "at": moment(visit, one.begun_at),
                "added": counts.fates.get(RowFate.ADDED, 0),
                "changed": counts.fates.get(RowFate.CHANGED, 0),
                "same": counts.fates.get(RowFate.SAME, 0),
                "back": moment(visit, one.back_at),
            }
            for one, counts in found
        ],
    )


@panel_page(STAFF, logged=False)
async def bring(visit: Visit) -> Response:
    asking.keep_pace(visit)
    async with bounded_form(visit.request, bringing.limits(MAX_FILE)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, name, brought = await brought_of(form)
    if not UUID.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    pasted = brought if isinstance(brought, str) else ""
    if not brought.strip():
        return await _start(visit, NOTHING_BROUGHT)
    if len(brought) > (MAX_PASTED if isinstance(brought, str) else MAX_FILE):
        return await _start(visit, f"Liste çok büyük: en çok {MAX_FILE // MEGABYTE} MB. Bölüp ayrı ayrı getirin.")
    kept = BroughtList(name=name, at=visit.now, content=brought)
    if (refused := await _read(visit, key, kept, ReadAs())) is not None:
        return await _start(visit, refused, pasted)
    return RedirectResponse(_address(visit, key), 303)


async def _read(visit: Visit, key: str, kept: BroughtList, said: ReadAs) -> str | None:
    """Shown from now on as it is read so; what stands against it in words where that cannot be answered by saying
    which column is what."""
    read = visit.web.settings.staff_list
    if read is None:
        raise NotFound("page", visit.request.url.path)
    content = kept.content
    try:
        found = await run_in_threadpool(read, content, said)
    except UnreadableList as error:
        if not error.columns:
            return error.says
        kept.said, kept.columns, kept.refused = said, error.columns, error.says
        await visit.web.brought.keep(key, kept)
        await visit.web.gateway.write(lambda uow: taking.discard(visit.acting(uow), key))
        return None
    kept.said, kept.columns, kept.refused = said, found.columns, ""
    await visit.web.brought.keep(key, kept)
    digest = bringing.digest_of(content)
    compared = await visit.read(lambda acting: taking.compare(acting, found))

    def keep(acting: Acting) -> None:
        taking.discard(acting, key)
        with suppress(NotFound):
            acting.uow.staff_imports.get(key)
            return  # it is taken in already
        taking.bring(acting, key, found, name=kept.name, digest=digest, compared=compared)

    await visit.web.gateway.write(lambda uow: keep(visit.acting(uow)))
    return None


@panel_page(STAFF)
async def one(visit: Visit) -> Response:
    return await _show(visit)


async def _show(visit: Visit, refused: str = "") -> Response:
    key = bringing.key_of(visit)
    typed, after = visit.typed("tur"), visit.typed("sonra")
    kind = RowKind(typed) if typed in set(RowKind) else None
    behind = int(after) if after.isascii() and after.isdecimal() and len(after) < 7 else -1
    absent = typed == "eksik"
    kept = await visit.web.brought.of(key, visit.now)
    if kept is not None and kept.refused:
        return visit.html(
            "panel_staff_unread.html",
            status=422,
            kept=kept,
            here_is=_address(visit, key),
            list_fields=LIST_TITLES,
        )
    try:
        page = await visit.read(lambda acting: staff_lists.look(acting, key, kind, behind, absent=absent))
    except NotFound:
        return await _start(visit, NOT_KEPT, status=404)
    counts = page.counts
    last = page.rows[kind][-1].place if kind is not None and len(page.rows.get(kind, ())) == MANY else None
    return visit.html(
        "panel_staff_list.html",
        status=422 if refused else 200,
        refused=refused,
        page=page,
        kept=kept,
        list_fields=LIST_TITLES,
        lacking=sum(one.says == NO_DEPARTMENT for one in page.brought.faults),
        K=RowKind,
        F=RowFate,
        kind=kind,
        absent=absent,
        few=FEW,
        fields=STAFF_FIELDS,
        here_is=_address(visit, key),
        further=f"{_address(visit, key)}?tur={kind}&sonra={last}" if last is not None else "",
        at=moment(visit, page.brought.at),
        begun=moment(visit, page.brought.begun_at),
        back=moment(visit, page.brought.back_at),
        before=moment(visit, page.before.begun_at if page.before is not None else None),
        waits=page.brought.progress(counts),
        takes=counts.total - counts.kinds.get(RowKind.SAME, 0),
        days=TAKEN_BACK_WITHIN.days,
    )


@panel_page(STAFF, logged=False)
async def change(visit: Visit) -> Response:
    """`discard` of what nobody took in; `take_in` or `take_back`: an event for each part, whose key follows
    from list and part."""
    key = bringing.key_of(visit)
    async with bounded_form(visit.request, FormLimits(fields=MANY + _MOST_COLUMNS + 8)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        action = str(form.get("action", ""))
        same = " ".join(str(one) for one in form.getlist("same"))[:1_000]
        read_as = said_of(form, LIST_FIELDS)
    if action == READ_AS:
        return await _anew(visit, key, read_as)
    if action == DISCARD:
        await visit.web.brought.drop(key)
        await visit.web.gateway.write(lambda uow: taking.discard(visit.acting(uow), key))
        return RedirectResponse(f"{visit.browser.base}/panel/{PATH}", 303)
    if action not in (PeopleAction.TAKE_IN, PeopleAction.TAKE_BACK):
        raise HttpRefusal(400, "bad_form")

    def look(acting: Acting) -> tuple[int, Any]:
        brought = acting.uow.staff_imports.get(key)
        if action == PeopleAction.TAKE_BACK:
            taking.require_may_take_back(acting, brought)
        else:
            taking.require_may_take_in(acting, brought)
        return acting.uow.staff_imports.counts(brought.id).parts, asking.account(acting)

    try:
        parts, sender = await visit.read(look)
    except Invalid as refusal:
        return await _show(visit, await bringing.refused(visit, refusal.reason, refusal.data))
    await visit.web.brought.drop(key)
    asking.keep_pace(visit)
    events = [
        PersonAsked(
            **bringing.signed_part(visit, sender, key, action, part),
            action=action,
            given={"list": key, "part": str(part), "same": _of_part(same, part)},
        )
        for part in range(max(parts, 1))
    ]
    await bringing.hand_in_parts(visit, events)
    return RedirectResponse(_address(visit, key), 303)


async def _anew(visit: Visit, key: str, said: ReadAs) -> Response:
    kept = await visit.web.brought.of(key, visit.now)
    if kept is None:
        return await _start(visit, NOT_KEPT)
    asking.keep_pace(visit)
    columns = said.columns or kept.said.columns
    if (refused := await _read(visit, key, kept, replace(said, columns=columns))) is not None:
        return await _show(visit, refused)
    return RedirectResponse(_address(visit, key), 303)


def _of_part(same: str, part: int) -> str:
    places = [int(one) for one in same.split() if one.isascii() and one.isdecimal() and len(one) < 7]
    return " ".join(str(one) for one in places if one // ROWS_A_PART == part)


def _address(visit: Visit, key: str) -> str:
    return bringing.address(visit, PATH, key)
