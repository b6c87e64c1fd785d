"""The addresses of the panel."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.web.auth.browser_session import browser_of
from bot.web.panel import (
    articles_page,
    audit_page,
    backup_page,
    board_page,
    bulk_page,
    channels_page,
    departments_page,
    figures_page,
    go_page,
    house_changes,
    house_pages,
    invitations_page,
    logo_page,
    people_changes,
    people_page,
    practice_pages,
    reports_page,
    search_page,
    settings_changes,
    settings_pages,
    setup_pages,
    staff_list_page,
    stream,
    ticket_changes,
    ticket_export,
    ticket_page,
    tickets_page,
    view_changes,
    year_page,
)
from bot.web.panel.navigation import TICKETS
from bot.web.state import web_of


def routes() -> list[BaseRoute]:
    return [
        Route("/panel", start),
        Route("/panel/", start),
        Route("/panel/kayitlar", tickets_page.overview),
        Route("/panel/pano", board_page.overview),
        Route("/panel/git", go_page.overview),
        Route("/panel/git/bulunan", go_page.as_typed),
        Route("/panel/ara", search_page.overview),
        Route("/panel/ara/bulunan", search_page.as_typed),
        Route("/panel/kisiler", people_page.overview),
        Route("/panel/kisiler/{whom}", people_page.person),
        Route("/panel/kisiler/{whom}", people_changes.change, methods=["POST"]),
        Route("/panel/kisiler/{whom}/veriler.json", people_page.data),
        Route("/panel/kisiler-liste", staff_list_page.overview),
        Route("/panel/kisiler-liste", staff_list_page.bring, methods=["POST"]),
        Route("/panel/kisiler-liste/{key}", staff_list_page.one),
        Route("/panel/kisiler-liste/{key}", staff_list_page.change, methods=["POST"]),
        Route("/panel/kisiler-davet", invitations_page.overview),
        Route("/panel/kisiler-davet", invitations_page.change, methods=["POST"]),
        Route("/panel/gosterge", figures_page.figures),
        Route("/panel/gosterge/{chart}.csv", figures_page.numbers),
        Route("/panel/denetim", audit_page.trail),
        Route("/panel/denetim/dosya", audit_page.download),
        Route("/panel/raporlar", reports_page.reports),
        Route("/panel/raporlar/{year:int}", year_page.year),
        Route("/panel/raporlar/{year:int}", year_page.recommend, methods=["POST"]),
        Route("/panel/raporlar/{year:int}.{ending}", year_page.taken),
        Route("/panel/raporlar/{name}.pdf", reports_page.month),
        Route("/panel/kayitlar/gorunum", view_changes.save, methods=["POST"]),
        Route("/panel/kayitlar/gorunum/sil", view_changes.drop, methods=["POST"]),
        Route("/panel/kayitlar/toplu", bulk_page.preview),
        Route("/panel/kayitlar/toplu", bulk_page.apply, methods=["POST"]),
        Route("/panel/kayitlar/toplu/geri", bulk_page.take_back, methods=["POST"]),
        Route("/panel/kayitlar/toplu/sonuc", bulk_page.result),
        Route("/panel/kayitlar/dosya", ticket_export.download),
        Route("/panel/kayitlar/dosya", ticket_export.begin, methods=["POST"]),
        Route("/panel/kayitlar/dosya/{key}", ticket_export.progress),
        Route("/panel/kayitlar/dosya/{key}/indir", ticket_export.fetch),
        Route("/panel/kayitlar/satir/{ticket:int}", tickets_page.one_row),
        Route("/panel/akis", stream.stream),
        Route("/panel/kayit/{number}", ticket_page.ticket),
        Route("/panel/kayit/{number}", ticket_changes.change, methods=["POST"]),
        Route("/panel/ilk-kurulum/{number:int}", setup_pages.step),
        Route("/panel/ilk-kurulum/{number:int}", setup_pages.answer, methods=["POST"]),
        Route("/panel/ayarlar", settings_pages.overview),
        Route("/panel/ayarlar/takvim", settings_pages.calendar),
        Route("/panel/ayarlar/hedefler", settings_pages.targets),
        Route("/panel/ayarlar/mudurlukler", departments_page.overview),
        Route("/panel/ayarlar/mudurlukler", departments_page.change, methods=["POST"]),
        Route("/panel/ayarlar/kurulum", settings_pages.operation),
        Route("/panel/ayarlar/hazir-yanitlar", practice_pages.replies),
        Route("/panel/ayarlar/hazir-yanitlar", practice_pages.change_reply, methods=["POST"]),
        Route("/panel/ayarlar/listeler", practice_pages.lists),
        Route("/panel/ayarlar/listeler", practice_pages.change_list, methods=["POST"]),
        Route("/panel/ayarlar/sistemler", practice_pages.house_systems),
        Route("/panel/ayarlar/sistemler", practice_pages.change_system, methods=["POST"]),
        Route("/panel/ayarlar/cozumler", articles_page.overview),
        Route("/panel/ayarlar/cozumler/{id}", articles_page.article),
        Route("/panel/ayarlar/cozumler/{id}", articles_page.change, methods=["POST"]),
        Route("/panel/ayarlar/logo", logo_page.overview),
        Route("/panel/ayarlar/logo", logo_page.change, methods=["POST"]),
        Route("/panel/ayarlar/yedek", backup_page.overview),
        Route("/panel/ayarlar/yedek", backup_page.take, methods=["POST"]),
        Route("/panel/ayarlar/kanallar", channels_page.overview),
        Route("/panel/ayarlar/kanallar", channels_page.test, methods=["POST"]),
        *[Route(f"/panel/ayarlar/{name}", house_pages.subject) for name in house_pages.SUBJECTS],
        *[Route(f"/panel/ayarlar/{name}", house_changes.change, methods=["POST"]) for name in house_pages.SUBJECTS],
        Route("/panel/ayarlar/{page}", settings_changes.change, methods=["POST"]),
    ]


async def start(request: Request) -> Response:
    base = browser_of(request, web_of(request).settings).base
    return RedirectResponse(f"{base}/panel/{TICKETS.path}", 303)
