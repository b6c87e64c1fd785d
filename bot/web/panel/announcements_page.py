"""`/panel/duyurular`: what was announced, a new one, and of each who read it, as files too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import XLSX, as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import ANNOUNCEMENTS
from bot.web.printed import PrintedPart, PrintedSheet
from handlers.announcements import page
from handlers.announcements.page import AnnouncementWish
from handlers.context import Acting
from handlers.domain.announcements import MAX_LETTERS, AnnouncementId, Audience
from handlers.events import PaperworkAsked
from handlers.queries import announcements
from handlers.queries.announcements import AnnouncementPage, ReaderLine

FIELDS = 12
_TO: Mapping[Audience, str] = {
    Audience.EVERYBODY: "Herkes",
    Audience.STAFF: "Bilgi İşlem",
    Audience.DEPARTMENT: "Bir müdürlük",
}
_DONE: Mapping[Any, str] = {
    AnnouncementWish.SEND: "Gönderildi; okuyanlar aşağıda görünür.",
    AnnouncementWish.WITHDRAW: "Yürürlükten kaldırıldı; kimseye hatırlatılmaz, okuyanlar saklanır.",
}
_HEADS = ("Sıra", "Ad soyad", "Müdürlük", "Okudu", "Hatırlatıldı")


def _list(visit: Visit, key: AnnouncementId | None) -> house_list.HouseList:
    return house_list.HouseList(
        address="duyurular" if key is None else f"duyurular/{key}",
        folder="",
        template="panel_announcements.html" if key is None else "panel_announcement.html",
        actions=AnnouncementWish,
        event=PaperworkAsked,
        fields=FIELDS,
        letters=MAX_LETTERS + 100,
        done=_DONE,
        gone="Böyle bir duyuru bulunamadı.",
        look=lambda acting: announcements.look(acting) if key is None else announcements.one(acting, key),
        try_out=page.try_out,
        words=lambda _: {
            "audiences": {audience.value: title for audience, title in _TO.items()},
            "moment": lambda at: _moment(visit, at),
            "most": MAX_LETTERS,
        },
    )


@panel_page(ANNOUNCEMENTS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, None))


@panel_page(ANNOUNCEMENTS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, None))


@panel_page(ANNOUNCEMENTS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, _key(visit)))


@panel_page(ANNOUNCEMENTS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, _key(visit)))


@panel_page(ANNOUNCEMENTS)
async def workbook(visit: Visit) -> Response:
    found = await visit.read(lambda acting: announcements.one(acting, _key(visit)))
    await _log_export(visit, str(found.line.one.number))
    rows = _rows(visit, [*found.read, *found.unread])
    made = await run_in_threadpool(files_of(visit).workbook, str(found.line.one.number), _HEADS, rows)
    return as_file(made, f"{found.line.one.number}.xlsx", XLSX)


@panel_page(ANNOUNCEMENTS)
async def pages(visit: Visit) -> Response:
    """Duyuru ve okunma listesi."""

    def look(acting: Acting) -> tuple[AnnouncementPage, str]:
        return announcements.one(acting, _key(visit)), printed(visit, acting)

    found, when = await visit.read(look)
    one = found.line.one
    await _log_export(visit, str(one.number))
    parts = [
        PrintedPart(title="Duyuru", heads=("Metin",), widths=(1,), rows=[(line,) for line in one.text.splitlines()]),
        PrintedPart(
            title=f"Okuyanlar ({len(found.read)})",
            heads=_HEADS,
            widths=(1, 4, 5, 3, 3),
            rows=_rows(visit, found.read),
            numbers=(0,),
            empty="Henüz okuyan yok.",
        ),
        PrintedPart(
            title=f"Okumayanlar ({len(found.unread)})",
            heads=_HEADS,
            widths=(1, 4, 5, 3, 3),
            rows=_rows(visit, found.unread),
            numbers=(0,),
            empty="Herkes okudu.",
        ),
    ]
    sheet = PrintedSheet(
        title="Güvenlik duyurusu ve okunma listesi" if one.security else "Duyuru ve okunma listesi",
        about=f"{one.number} · {_moment(visit, one.made_at)} · {found.line.who}",
        printed=when,
        closing="Okudu: kişinin kendi oturumunda bastığı “Okudum” (Yönetmelik 7/10, 10/27).",
        parts=parts,
        wide=False,
        status="",
        signatures=("Düzenleyen", "Onaylayan"),
    )
    made = await run_in_threadpool(files_of(visit).pages, sheet)
    return as_file(made, f"{one.number}.pdf", "application/pdf")


def _rows(visit: Visit, found: Sequence[ReaderLine]) -> list[tuple[str, ...]]:
    return [
        (
            str(place),
            line.name,
            line.department or "–",
            _moment(visit, line.read_at) if line.read_at else ("–" if line.reachable else "masada yok"),
            _moment(visit, line.reminded_at) if line.reminded_at else "–",
        )
        for place, line in enumerate(found, 1)
    ]


def _key(visit: Visit) -> AnnouncementId:
    return AnnouncementId(int(visit.request.path_params["announcement"]))


def _moment(visit: Visit, at: datetime) -> str:
    return f"{at.astimezone(visit.desk.zone):%d.%m.%Y %H:%M}"


async def _log_export(visit: Visit, what: str) -> None:
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "announcement_exported", what, CHANNEL))
