"""`/panel/kisiler-liste`: the staff list is brought, shown with what it would do, taken in, taken back."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form
from bot.web.panel import asking
from bot.web.panel.asking import UUID, event_key
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
from handlers.queries.staff_lists import FEW, MANY, ListPage

PATH = "kisiler-liste"
DISCARD, READ_AS = "discard", "read_as"
_COLUMN = "sutun_"
MEGABYTE = 1_000_000
MAX_FILE, MAX_PASTED = 5 * MEGABYTE, 3 * MEGABYTE
_MOST_COLUMNS = 100
_NOT_KEPT = "Bu dosya artık tutulmuyor; yeniden seçin."
AT_A_TIME = 20
"""Events that are handed in together."""
_BRINGS = FormLimits(size=MAX_FILE + MAX_PASTED + 100_000, files=1, fields=8, part=MAX_PASTED * 3)


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
                "at": _moment(visit, one.at),
                "total": counts.total,
            }
            for one, counts in drafts
        ],
        recent=[
            {
                "link": _address(visit, one.key),
                "name": one.name or "yapıştırılan liste",
                "at": _moment(visit, one.begun_at),
                "added": counts.fates.get(RowFate.ADDED, 0),
                "changed": counts.fates.get(RowFate.CHANGED, 0),
                "same": counts.fates.get(RowFate.SAME, 0),
                "back": _moment(visit, one.back_at),
            }
            for one, counts in found
        ],
    )


@panel_page(STAFF, logged=False)
async def bring(visit: Visit) -> Response:
    asking.keep_pace(visit)
    async with bounded_form(visit.request, _BRINGS) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, name, brought = await brought_of(form)
    if not UUID.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    pasted = brought if isinstance(brought, str) else ""
    if not brought.strip():
        return await _start(visit, "Bir dosya seçin ya da listeyi Excel’den kopyalayıp kutuya yapıştırın.")
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
    digest = hashlib.sha256(kept.as_bytes).hexdigest()
    compared = await visit.read(lambda acting: taking.compare(acting, found))

    def keep(acting: Acting) -> None:
        taking.discard(acting, key)
        with suppress(NotFound):
            acting.uow.staff_imports.get(key)
            return  # it is taken in already
        taking.bring(acting, key, found, name=kept.name, digest=digest, compared=compared)

    await visit.web.gateway.write(lambda uow: keep(visit.acting(uow)))
    return None


async def brought_of(form: FormData) -> tuple[str, str, bytes | str]:
    """Key, name of the file, what is in it; or what was pasted."""
    key, file, pasted = str(form.get("key", "")), form.get("file"), form.get("pasted", "")
    if isinstance(file, UploadFile) and file.filename:
        return key, " ".join(file.filename.split())[-80:], await file.read()
    return key, "", pasted if isinstance(pasted, str) else ""


@panel_page(STAFF)
async def one(visit: Visit) -> Response:
    return await _show(visit)


async def _show(visit: Visit, refused: str = "") -> Response:
    key = _key(visit)
    typed, after = visit.typed("tur"), visit.typed("sonra")
    kind = RowKind(typed) if typed in set(RowKind) else None
    behind = int(after) if after.isascii() and after.isdecimal() and len(after) < 7 else -1
    absent = typed == "eksik"
    kept = await visit.web.brought.of(key, visit.now)
    if kept is not None and kept.refused:
        return visit.html(
            "panel_staff_unread.html", status=422, kept=kept, here_is=_address(visit, key), list_fields=LIST_TITLES
        )
    try:
        page = await visit.read(lambda acting: staff_lists.look(acting, key, kind, behind, absent=absent))
    except NotFound:
        return await _start(visit, _NOT_KEPT, status=404)
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
        at=_moment(visit, page.brought.at),
        begun=_moment(visit, page.brought.begun_at),
        back=_moment(visit, page.brought.back_at),
        before=_moment(visit, page.before.begun_at if page.before is not None else None),
        waits=_waits(page),
        takes=counts.total - counts.kinds.get(RowKind.SAME, 0),
        days=TAKEN_BACK_WITHIN.days,
    )


def _waits(page: ListPage) -> tuple[int, int] | None:
    """How many rows of how many are done; None: nothing is under way."""
    if page.is_being_taken_in:
        return page.counts.done, page.counts.total
    if page.brought.back_at is not None and page.left_to_take_back:
        fates = page.counts.fates
        done = fates.get(RowFate.TAKEN_BACK, 0) + fates.get(RowFate.KEPT, 0)
        return done, done + page.left_to_take_back
    return None


@panel_page(STAFF, logged=False)
async def change(visit: Visit) -> Response:
    """`discard` of what nobody took in; `take_in` or `take_back`: an event for each part, whose key follows
    from list and part."""
    key = _key(visit)
    async with bounded_form(visit.request, FormLimits(fields=MANY + _MOST_COLUMNS + 8)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        action = str(form.get("action", ""))
        same = " ".join(str(one) for one in form.getlist("same"))[:1_000]
        read_as = said_of(form)
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
        said = refusal
        return await _show(
            visit, await visit.read(lambda acting: asking.words(acting, f"errors/{said.reason}", **dict(said.data)))
        )
    await visit.web.brought.drop(key)
    asking.keep_pace(visit)
    events = [
        PersonAsked(
            **asking.signed(visit, sender, event_key(str(uuid.uuid5(uuid.UUID(key), f"{action}:{part}")))),
            action=action,
            given={"list": key, "part": str(part), "same": _of_part(same, part)},
        )
        for part in range(max(parts, 1))
    ]
    for first in range(0, len(events), AT_A_TIME):
        await asyncio.gather(*(visit.web.gateway.accept(one) for one in events[first : first + AT_A_TIME]))
    with suppress(TimeoutError):
        async with asyncio.timeout(asking.HANDLED_WITHIN):
            await visit.web.gateway.handled(events[-1].key)
    return RedirectResponse(_address(visit, key), 303)


def said_of(form: FormData, fields: Sequence[str] = LIST_FIELDS) -> ReadAs:
    columns = {
        int(place): str(form[name])
        for name in form
        if name.startswith(_COLUMN) and (place := name.removeprefix(_COLUMN)).isascii() and place.isdecimal()
        if form[name] in ("", *fields) and len(place) < 4
    }
    return ReadAs(columns, bool(form.get("mudurluksuz")))


async def _anew(visit: Visit, key: str, said: ReadAs) -> Response:
    kept = await visit.web.brought.of(key, visit.now)
    if kept is None:
        return await _start(visit, _NOT_KEPT)
    asking.keep_pace(visit)
    columns = said.columns or kept.said.columns
    if (refused := await _read(visit, key, kept, replace(said, columns=columns))) is not None:
        return await _show(visit, refused)
    return RedirectResponse(_address(visit, key), 303)


def _of_part(same: str, part: int) -> str:
    places = [int(one) for one in same.split() if one.isascii() and one.isdecimal() and len(one) < 7]
    return " ".join(str(one) for one in places if one // ROWS_A_PART == part)


def _key(visit: Visit) -> str:
    """Raises NotFound."""
    key = str(visit.request.path_params["key"])
    if not UUID.fullmatch(key):
        raise NotFound("staff_import", key)
    return key


def _address(visit: Visit, key: str) -> str:
    return f"{visit.browser.base}/panel/{PATH}/{key}"


def _moment(visit: Visit, at: datetime | None) -> str:
    return f"{at.astimezone(visit.desk.zone):%d.%m.%Y %H.%M}" if at is not None else ""
