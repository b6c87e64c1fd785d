"""`/panel/evrak`: documents to be answered, one of them, and a year's list as files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import XLSX, as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import DOCUMENTS
from bot.web.printed import PrintedPart, PrintedSheet
from handlers.context import Acting
from handlers.document_terms import DOCUMENT_KINDS, DOCUMENT_RESULTS, document_kind_with_term
from handlers.documents import page
from handlers.documents.page import DocumentWish
from handlers.domain.document_tracks import DocumentId, DocumentKind, Result
from handlers.events import PaperworkAsked
from handlers.queries import document_tracks
from handlers.queries.document_tracks import DocumentLine

FIELDS, LETTERS = 20, 200
_DONE: Mapping[Any, str] = {
    DocumentWish.RECORD: "Evrak yazıldı.",
    DocumentWish.CORRECT: "Düzeltildi.",
    DocumentWish.EXTEND: "Yeni son gün yazıldı; hatırlatmalar ona göre.",
    DocumentWish.PASS_ON: "Devredildi; sohbetten ulaşılabiliyorsa kendisine söylendi.",
    DocumentWish.END: "Sonuçlandı; artık hatırlatılmaz.",
    DocumentWish.REOPEN: "Geri alındı: yeniden cevap bekliyor.",
    DocumentWish.WITHDRAW: "Geri alındı; listelerden kalktı.",
}
_CHANGES: Mapping[str, str] = {
    "recorded": "yazıldı",
    "corrected": "düzeltildi",
    "passed_on": "devredildi",
    "term_moved": "süresi değişti",
    "ended": "sonuçlandı",
    "reopened": "sonucu geri alındı",
    "withdrawn": "geri alındı",
}
_HEADS = (
    "Sıra",
    "No",
    "Geliş",
    "EBYS no",
    "Tarihi",
    "Nereden",
    "Konu",
    "Tür",
    "Ek",
    "Havale",
    "Son gün",
    "Sonuç",
    "Cevap no",
)
_WIDTHS = (1, 3, 2, 3, 2, 4, 6, 3, 1, 3, 2, 3, 3)


def _list(visit: Visit, key: DocumentId | None) -> house_list.HouseList:
    words, only = visit.typed("ara"), visit.typed("goster")
    return house_list.HouseList(
        address="evrak" if key is None else f"evrak/{key}",
        folder="",
        template="panel_documents.html" if key is None else "panel_document.html",
        actions=DocumentWish,
        event=PaperworkAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        gone="Böyle bir evrak ya da kişi bulunamadı; bu arada değişmiş olabilir.",
        look=lambda acting: (
            document_tracks.look(acting, words, only) if key is None else document_tracks.one(acting, key)
        ),
        try_out=page.try_out,
        words=lambda _: {
            "kinds": {kind.value: document_kind_with_term(kind) for kind in DocumentKind},
            "kind_words": DOCUMENT_KINDS,
            "results": {result.value: _capital(DOCUMENT_RESULTS[result]) for result in Result},
            "changes": _CHANGES,
            "plain": _plain,
            "moment": lambda at: _moment(visit, at),
            "typed": words,
            "chosen": only,
            "year": visit.now.astimezone(visit.desk.zone).year,
        },
    )


@panel_page(DOCUMENTS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, None))


@panel_page(DOCUMENTS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, None))


@panel_page(DOCUMENTS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, _key(visit)))


@panel_page(DOCUMENTS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, _key(visit)))


@panel_page(DOCUMENTS)
async def workbook(visit: Visit) -> Response:
    """`?yil=2026`; this year."""
    year = _year(visit)
    found = await visit.read(lambda acting: document_tracks.of_year(acting, year))
    await _log_export(visit, str(year))
    rows = [_cells(place, line) for place, line in enumerate(found, 1)]
    made = await run_in_threadpool(files_of(visit).workbook, f"Evrak {year}", _HEADS, rows)
    return as_file(made, f"evrak-{year}.xlsx", XLSX)


@panel_page(DOCUMENTS)
async def pages(visit: Visit) -> Response:
    year = _year(visit)

    def look(acting: Acting) -> tuple[list[DocumentLine], str]:
        return list(document_tracks.of_year(acting, year)), printed(visit, acting)

    found, when = await visit.read(look)
    await _log_export(visit, str(year))
    part = PrintedPart(
        title="",
        heads=_HEADS,
        widths=_WIDTHS,
        rows=[[cell or "–" for cell in _cells(place, line)] for place, line in enumerate(found, 1)],
        numbers=(0, _HEADS.index("Ek")),
        empty="Bu yıl yazılmış evrak yok.",
    )
    sheet = PrintedSheet(
        title="Evrak takip listesi",
        about=str(year),
        printed=when,
        closing="Evrakın kaydı EBYS’dedir; bu liste cevap sürelerini izlemek içindir (Yönetmelik 11/20, 13/1).",
        parts=[part],
        status="",
        signatures=("Düzenleyen", "Kontrol eden", "Onaylayan"),
    )
    made = await run_in_threadpool(files_of(visit).pages, sheet)
    return as_file(made, f"evrak-{year}.pdf", "application/pdf")


def _key(visit: Visit) -> DocumentId:
    return DocumentId(int(visit.request.path_params["document"]))


def _year(visit: Visit) -> int:
    typed = visit.typed("yil")
    if re.fullmatch(r"20\d\d", typed, re.ASCII):
        return int(typed)
    return visit.now.astimezone(visit.desk.zone).year


def _plain(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"


def _moment(visit: Visit, at: datetime) -> str:
    return f"{at.astimezone(visit.desk.zone):%d.%m.%Y %H:%M}"


def _capital(word: str) -> str:
    return word[:1].translate({ord("i"): "İ"}).upper() + word[1:]


def _cells(place: int, line: DocumentLine) -> tuple[str, ...]:
    one = line.one
    return (
        str(place),
        str(one.number),
        _plain(one.came_on),
        one.registry_no,
        _plain(one.dated),
        one.sender,
        one.subject,
        DOCUMENT_KINDS[one.kind],
        str(one.enclosures or ""),
        line.who,
        _plain(one.last_day),
        DOCUMENT_RESULTS[one.result] if one.result else "",
        one.answer_no,
    )


async def _log_export(visit: Visit, what: str) -> None:
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "documents_exported", what, CHANNEL))
