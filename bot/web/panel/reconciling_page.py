"""`/panel/mutabakat`: a list of the official movables ledger is brought and held against ours; the differences go as a
workbook and as pages to whoever keeps that ledger.

Brought and read as lists of devices are (decision 0083); it is kept for a day where those lie, and in no table.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form
from bot.web.panel import asking, bringing
from bot.web.panel.asking import UUID
from bot.web.panel.bringing import NOT_KEPT, NOTHING_BROUGHT, READ_AS, brought_of, said_of
from bot.web.panel.brought_lists import BroughtList
from bot.web.panel.device_lists_page import FIELD_TITLES, MAX_FILE
from bot.web.panel.devices_page import XLSX, as_file, files_of, printed, require_may
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.handovers_page import log_export
from bot.web.panel.navigation import HANDOVERS
from bot.web.printed import PrintedPart, PrintedSheet
from handlers import device_names
from handlers.device_terms import device_kind
from handlers.domain.brought_lists import ReadAs, UnreadableList
from handlers.domain.device_lists import LIST_FIELDS
from handlers.domain.device_rights import DeviceAction
from handlers.domain.errors import NotFound
from handlers.people.officers import today_of
from handlers.queries import reconciling
from handlers.queries.reconciling import Difference, LedgerLine, Reconciled

PATH = "mutabakat"
ROWS = 50
TITLES: Mapping[Difference, str] = {
    Difference.OURS: "Yalnız bizde",
    Difference.THEIRS: "Yalnız resmî kayıtta",
    Difference.HOLDER: "Zimmeti farklı",
    Difference.NUMBER: "Sicil no farklı",
}
_HEADS = ("Fark", "Cihaz no", "Taşınır sicil no", "Tür, marka, model", "Seri no", "Bizde", "Resmî kayıtta", "Satır")
_WIDTHS = (14, 10, 26, 30, 18, 20, 20, 6)
_MOST_ON_PAGES = 1_000


@panel_page(HANDOVERS)
async def overview(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.RECONCILE)
    return _start(visit)


def _start(visit: Visit, refused: str = "", pasted: str = "", status: int = 422) -> Response:
    return visit.html(
        "panel_reconciling.html",
        status=status if refused else 200,
        refused=refused,
        pasted=pasted[:20_000],
        new_key=lambda: str(uuid.uuid4()),
        here_is=f"{visit.browser.base}/panel/{PATH}",
        found=None,
    )


@panel_page(HANDOVERS, logged=False)
async def bring(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.RECONCILE)
    asking.keep_pace(visit)
    async with bounded_form(visit.request, bringing.limits(MAX_FILE)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, name, brought = await brought_of(form)
    if not UUID.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    if not brought.strip():
        return _start(visit, NOTHING_BROUGHT)
    kept = BroughtList(name=name, at=visit.now, content=brought)
    try:
        await _read(visit, kept)
    except UnreadableList as error:
        if not error.columns:
            return _start(visit, error.says, brought if isinstance(brought, str) else "")
        kept = replace(kept, columns=error.columns, refused=error.says)
    await visit.web.brought.keep(key, kept)
    return RedirectResponse(_address(visit, key), 303)


async def _read(visit: Visit, kept: BroughtList) -> Reconciled:
    """Raises UnreadableList."""
    files = files_of(visit)
    today = await visit.read(today_of)
    found = await run_in_threadpool(files.read, kept.content, today, kept.said)
    return await visit.read(lambda acting: reconciling.reconcile(acting, found.rows, len(found.faults)))


@panel_page(HANDOVERS)
async def one(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.RECONCILE)
    key, kept = await _kept(visit)
    if kept is None:
        return _start(visit, NOT_KEPT, status=404)
    if kept.refused:
        return visit.html(
            "panel_device_unread.html",
            status=422,
            kept=kept,
            here_is=_address(visit, key),
            back=(f"{visit.browser.base}/panel/{PATH}", "Mutabakat"),
            list_fields=[(name, FIELD_TITLES[name]) for name in LIST_FIELDS],
        )
    found = await _read(visit, kept)
    typed, behind = visit.typed("fark"), visit.typed("sonra")
    first_kind = next((kind for kind in Difference if found.lines[kind]), None)
    chosen = Difference(typed) if typed in set(Difference) else first_kind
    first = int(behind) if behind.isascii() and behind.isdecimal() and len(behind) < 7 else 0
    lines = found.lines[chosen] if chosen is not None else []
    return visit.html(
        "panel_reconciling.html",
        refused="",
        here_is=_address(visit, key),
        name=kept.name or "yapıştırılan liste",
        found=found,
        chosen=chosen,
        titles=TITLES,
        lines=[(line, _cells(line)) for line in lines[first : first + ROWS]],
        heads=_HEADS,
        further=f"{_address(visit, key)}?fark={chosen}&sonra={first + ROWS}" if len(lines) > first + ROWS else "",
        first=f"{_address(visit, key)}?fark={chosen}" if first else "",
    )


@panel_page(HANDOVERS, logged=False)
async def change(visit: Visit) -> Response:
    """Its columns are read as was said, or it is thrown away."""
    await require_may(visit, DeviceAction.RECONCILE)
    key, kept = await _kept(visit)
    async with bounded_form(visit.request, FormLimits(fields=300)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        action, said = str(form.get("action", "")), said_of(form, LIST_FIELDS)
    if action != READ_AS:
        await visit.web.brought.drop(key)
        return RedirectResponse(f"{visit.browser.base}/panel/{PATH}", 303)
    if kept is None:
        return _start(visit, NOT_KEPT, status=404)
    kept = replace(kept, said=ReadAs(said.columns), refused="")
    try:
        await _read(visit, kept)
    except UnreadableList as error:
        kept = replace(kept, columns=error.columns or kept.columns, refused=error.says)
    await visit.web.brought.keep(key, kept)
    return RedirectResponse(_address(visit, key), 303)


@panel_page(HANDOVERS)
async def workbook(visit: Visit) -> Response:
    found, files = await _found(visit), files_of(visit)
    rows = [(TITLES[kind], *_cells(line)) for kind in Difference for line in found.lines[kind]]
    await log_export(visit, "handovers_exported", f"{len(rows)} rows {PATH}")
    made = await run_in_threadpool(files.workbook, "Mutabakat farkları", _HEADS, rows)
    return as_file(made, "mutabakat-farklari.xlsx", XLSX)


@panel_page(HANDOVERS)
async def pages(visit: Visit) -> Response:
    """The appendix of a letter to whoever keeps the ledger."""
    found, files = await _found(visit), files_of(visit)
    when = await visit.read(lambda acting: printed(visit, acting))
    parts = [_part(kind, found.lines[kind]) for kind in Difference]
    counts = ", ".join(f"{TITLES[kind].lower()} {len(found.lines[kind])}" for kind in Difference)
    sheet = PrintedSheet(
        title="Taşınır mutabakatı: farklar",
        about="Resmî taşınır kaydıyla karşılaştırma",
        printed=when,
        closing=f"İki tarafta da aynı {found.same}; {counts}.",
        parts=parts,
    )
    await log_export(visit, "custody_printed", PATH)
    return as_file(await run_in_threadpool(files.pages, sheet), "mutabakat-farklari.pdf", "application/pdf")


async def _found(visit: Visit) -> Reconciled:
    """Raises HttpRefusal, NotFound where it is kept no more."""
    await require_may(visit, DeviceAction.RECONCILE)
    key, kept = await _kept(visit)
    if kept is None or kept.refused:
        raise NotFound("list", key)
    try:
        return await _read(visit, kept)
    except UnreadableList:
        raise NotFound("list", key) from None


def _part(kind: Difference, lines: Sequence[LedgerLine]) -> PrintedPart:
    title = f"{TITLES[kind]} ({len(lines)})"
    if len(lines) > _MOST_ON_PAGES:
        title = f"{title}, ilk {_MOST_ON_PAGES}; tamamı xlsx’te"
    rows = [_cells(line) for line in lines[:_MOST_ON_PAGES]]
    return PrintedPart(title=title, heads=_HEADS[1:], widths=_WIDTHS[1:], rows=rows, empty="Yok.")


def _cells(line: LedgerLine) -> tuple[str, ...]:
    """In the order of the heads, behind the first."""
    device, row = line.device, line.row
    if device is not None:
        said, kind = device.description, device_kind(device.description.kind)
        name = device_names.name(device)
        called = name if name == kind else f"{kind}, {name}"
        number, asset_no, serial = str(device.number), said.asset_no, said.serial
    else:
        assert row is not None  # one of both sides
        make = f"{row.get('brand')} {row.get('model')}".strip()
        called = ", ".join(filter(None, (device_kind(row.get("kind")), make)))
        number, asset_no, serial = "", row.get("asset_no"), row.get("serial")
    theirs = line.theirs or (row.get("holder") if row is not None and device is None else "")
    return number, asset_no or "–", called or "–", serial, line.ours, theirs, str(row.line) if row is not None else ""


async def _kept(visit: Visit) -> tuple[str, BroughtList | None]:
    """Raises NotFound."""
    key = bringing.key_of(visit)
    return key, await visit.web.brought.of(key, visit.now)


def _address(visit: Visit, key: str) -> str:
    return bringing.address(visit, PATH, key)
