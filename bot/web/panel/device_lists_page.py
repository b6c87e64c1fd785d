"""`/panel/cihazlar-liste`: a list of devices is brought, shown with what it would do, taken in, taken back.

As the staff list's page (decision 0066): the same store of what was brought, the same parts, the same way back.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form
from bot.web.panel import asking, bringing
from bot.web.panel.asking import UUID
from bot.web.panel.bringing import DISCARD, NOT_KEPT, NOTHING_BROUGHT, READ_AS, brought_of, moment, said_of
from bot.web.panel.brought_lists import BroughtList
from bot.web.panel.devices_page import XLSX, as_file, files_of, require_may
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import DEVICE_LISTS
from handlers.context import Acting
from handlers.devices import imports
from handlers.devices.page import DeviceWish
from handlers.domain.brought_lists import ReadAs, RowFate, RowKind, UnreadableList
from handlers.domain.device_lists import DEVICE_FIELDS, LIST_FIELDS, TAKEN_BACK_WITHIN, DeviceImport, DeviceList
from handlers.domain.device_rights import DeviceAction
from handlers.domain.errors import Invalid, NotFound
from handlers.events import DeviceAsked
from handlers.people.officers import today_of
from handlers.queries import device_imports
from handlers.queries.device_imports import FEW, MANY

PATH = "cihazlar-liste"
TAKE_IN, TAKE_BACK = "take_in", "take_back"
MAX_FILE = 20 * 1024 * 1024
_CHOICES = 300
FIELD_TITLES = {
    "asset_no": "Sicil no", "other_no": "Başka no", "kind": "Tür", "brand": "Marka", "model": "Model",
    "serial": "Seri no", "holder": "Zimmetli", "department": "Müdürlük", "room": "Oda", "bought_on": "Alım tarihi",
    "price": "Bedel", "supplier": "Firma", "warranty_until": "Garanti bitişi", "host": "Bilgisayar adı", "ips": "IP",
    "macs": "MAC", "note": "Not", "barcode": "Barkod", "make_and_model": "Marka/model",
    "warranty_time": "Garanti süresi",
}  # fmt: skip


@panel_page(DEVICE_LISTS)
async def overview(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.TIDY)
    return await _start(visit)


async def _start(visit: Visit, refused: str = "", pasted: str = "", status: int = 422) -> Response:
    """`status`: of what is refused."""
    found = await visit.read(device_imports.recent)
    drafts = await visit.read(device_imports.drafts)
    return visit.html(
        "panel_device_lists.html",
        status=status if refused else 200,
        refused=refused,
        new_key=lambda: str(uuid.uuid4()),
        pasted=pasted[:20_000],
        here_is=f"{visit.browser.base}/panel/{PATH}",
        drafts=[(_address(visit, one.key), one.name or "yapıştırılan liste", moment(visit, one.at), counts.total)
                for one, counts in drafts],
        recent=[
            (_address(visit, one.key), one.name or "yapıştırılan liste", moment(visit, one.begun_at), counts.fates,
             moment(visit, one.back_at))
            for one, counts in found
        ],
        F=RowFate,
    )  # fmt: skip


@panel_page(DEVICE_LISTS, logged=False)
async def bring(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.TIDY)
    asking.keep_pace(visit)
    async with bounded_form(visit.request, bringing.limits(MAX_FILE)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, name, brought = await brought_of(form)
        clears = bool(form.get("bos-siler"))
    if not UUID.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    pasted = brought if isinstance(brought, str) else ""
    if not brought.strip():
        return await _start(visit, NOTHING_BROUGHT)
    kept = BroughtList(name=name, at=visit.now, content=brought)
    if (refused := await _read(visit, key, kept, ReadAs(empties_clear=clears))) is not None:
        return await _start(visit, refused, pasted)
    return RedirectResponse(_address(visit, key), 303)


async def _read(visit: Visit, key: str, kept: BroughtList, said: ReadAs) -> str | None:
    """Shown from now on as it is read so; what stands against it, in words."""
    files, content = files_of(visit), kept.content
    today, headings = await visit.read(lambda acting: (today_of(acting), imports.remembered(acting)))
    said = replace(said, headings=headings)
    try:
        found = await run_in_threadpool(files.read, content, today, said)
    except UnreadableList as error:
        if not error.columns:
            return error.says
        refused = replace(kept, said=said, columns=error.columns, refused=error.says)
        await visit.web.brought.keep(key, refused)
        return None
    compared = await visit.read(lambda acting: imports.compare(acting, found))
    digest = bringing.digest_of(content)
    await visit.web.brought.keep(key, replace(kept, said=said, columns=found.columns, refused=""))

    def keep(acting: Acting, brought: DeviceList) -> DeviceImport:
        return imports.bring(acting, key, brought, compared, name=kept.name, digest=digest)

    await visit.web.gateway.write(lambda uow: keep(visit.acting(uow), found))
    return None


@panel_page(DEVICE_LISTS)
async def one(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.TIDY)
    return await _show(visit)


async def _show(visit: Visit, refused: str = "") -> Response:
    key = bringing.key_of(visit)
    typed, after = visit.typed("tur"), visit.typed("sonra")
    kind = RowKind(typed) if typed in set(RowKind) else None
    behind = int(after) if after.isascii() and after.isdecimal() and len(after) < 7 else -1
    kept = await visit.web.brought.of(key, visit.now)
    fields = [(name, FIELD_TITLES[name]) for name in LIST_FIELDS]
    if kept is not None and kept.refused:
        return visit.html(
            "panel_device_unread.html",
            status=422,
            kept=kept,
            here_is=_address(visit, key),
            list_fields=fields,
        )
    try:
        page = await visit.read(lambda acting: device_imports.look(acting, key, kind, behind))
    except NotFound:
        return await _start(visit, NOT_KEPT, status=404)
    counts = page.counts
    last = page.rows[kind][-1][0] if kind is not None and len(page.rows.get(kind, ())) == MANY else None
    return visit.html(
        "panel_device_list.html",
        status=422 if refused else 200,
        refused=refused,
        page=page,
        kept=kept,
        list_fields=fields,
        K=RowKind,
        F=RowFate,
        kind=kind,
        few=FEW,
        titles=FIELD_TITLES,
        shown_fields=DEVICE_FIELDS,
        here_is=_address(visit, key),
        further=f"{_address(visit, key)}?tur={kind}&sonra={last}" if last is not None else "",
        at=moment(visit, page.brought.at),
        begun=moment(visit, page.brought.begun_at),
        back=moment(visit, page.brought.back_at),
        stays=page.stays,
        before=moment(visit, page.before.begun_at if page.before is not None else None),
        waits=page.brought.progress(counts),
        takes=counts.total - counts.kinds.get(RowKind.SAME, 0),
        days=TAKEN_BACK_WITHIN.days,
    )


@panel_page(DEVICE_LISTS)
async def problems(visit: Visit) -> Response:
    """The rows that cannot be taken, as they were brought, each with why."""
    await require_may(visit, DeviceAction.TIDY)
    key, files = bringing.key_of(visit), files_of(visit)
    head, *rows = await visit.read(lambda acting: imports.handed_back(device_imports.look(acting, key).brought))
    made = await run_in_threadpool(files.workbook, "Alınmayan satırlar", head, rows)
    return as_file(made, "alinmayan-satirlar.xlsx", XLSX)


@panel_page(DEVICE_LISTS, logged=False)
async def change(visit: Visit) -> Response:
    """`discard` of what nobody took in; `take_in` or `take_back`: an event for each part, whose key follows from list
    and part."""
    await require_may(visit, DeviceAction.TIDY)
    key = bringing.key_of(visit)
    async with bounded_form(visit.request, FormLimits(fields=_CHOICES + MANY + 110)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        action, read_as, chosen = str(form.get("action", "")), said_of(form, LIST_FIELDS), _chosen(form)
    if action == READ_AS:
        return await _anew(visit, key, read_as)
    if action == DISCARD:
        await visit.web.brought.drop(key)
        await visit.web.gateway.write(lambda uow: imports.discard(visit.acting(uow), key))
        return RedirectResponse(f"{visit.browser.base}/panel/{PATH}", 303)
    if action not in (TAKE_IN, TAKE_BACK):
        raise HttpRefusal(400, "bad_form")

    def look(acting: Acting) -> tuple[int, Any]:
        brought = acting.uow.device_imports.get(key)
        check = imports.require_may_take_back if action == TAKE_BACK else imports.require_may_take_in
        check(acting, brought)
        return acting.uow.device_imports.counts(brought.id).parts, asking.account(acting)

    try:
        parts, sender = await visit.read(look)
    except Invalid as refusal:
        return await _show(visit, await bringing.refused(visit, refusal.reason, refusal.data))
    await visit.web.brought.drop(key)
    asking.keep_pace(visit)
    wish = DeviceWish.TAKE_BACK if action == TAKE_BACK else DeviceWish.TAKE_IN
    events = [
        DeviceAsked(
            **bringing.signed_part(visit, sender, key, action, part),
            action=wish,
            given={"list": key, "part": str(part), **chosen},
        )
        for part in range(max(parts, 1))
    ]
    await bringing.hand_in_parts(visit, events)
    return RedirectResponse(_address(visit, key), 303)


def _chosen(form: FormData) -> dict[str, str]:
    """Who holds which row's device, and which spellings are confirmed."""
    people = [
        f"{place}:{form[name]}"
        for name in form
        if name.startswith("kisi_")
        and (place := name.removeprefix("kisi_")).isdecimal()
        and str(form[name]).isdecimal()
    ]
    spelled = [str(one) for one in form.getlist("birim") if str(one).isdecimal()]
    return {"people": " ".join(people)[:8_000], "departments": " ".join(spelled)[:2_000]}


async def _anew(visit: Visit, key: str, said: ReadAs) -> Response:
    kept = await visit.web.brought.of(key, visit.now)
    if kept is None:
        return await _start(visit, NOT_KEPT)
    asking.keep_pace(visit)
    said = replace(said, columns=said.columns or kept.said.columns, empties_clear=kept.said.empties_clear)
    if (refused := await _read(visit, key, kept, said)) is not None:
        return await _show(visit, refused)
    return RedirectResponse(_address(visit, key), 303)


def _address(visit: Visit, key: str) -> str:
    return bringing.address(visit, PATH, key)
