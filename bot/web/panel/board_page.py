"""`/panel/pano`: tickets in columns. They are moved by a menu, which ends in the same questions as everywhere."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import BOARD
from bot.web.panel.tickets_page import grouped_up_to
from bot.web.panel.words import clock_word
from handlers.domain.page_changes import PageAction
from handlers.domain.rights import scopes
from handlers.domain.states import State
from handlers.queries.board import MOST_CARDS, board
from handlers.terms import PRIORITIES, WAITED_FOR

_MOVES = {
    PageAction.CLAIM: [("claim", "Üstlen")],
    PageAction.RELEASE: [("release", "Sıraya geri koy")],
    PageAction.RESUME: [("resume", "Sürdür")],
    PageAction.WAIT: [
        (f"wait:{one}", f"Beklet: {WAITED_FOR[one]}") for one in (State.WAITING_VENDOR, State.WAITING_PARTS)
    ],
}
_LEADS_TO = {"claim": "claimed", "resume": "claimed", "release": "queue", "wait": "waits"}
"""In which column a card stands after a move: a card that is dragged there asks for it."""
_TITLES = {State.OPEN: "Sırada", State.CLAIMED: "Üstlenildi", State.RESOLVED: "Tamamlandı (7 gün)"}
_LISTS = {State.OPEN: "durum=sirada", State.CLAIMED: "durum=ustlenildi", State.RESOLVED: "durum=tamamlandi,kapandi"}


@panel_page(BOARD)
async def overview(visit: Visit) -> Response:
    asked = visit.request.query_params.get("birim", "")
    unit = asked if asked in visit.desk.units else ""
    found, newest = await visit.read(
        lambda acting: (board(acting, (unit,) if unit else ()), acting.uow.ticket_lists.newest())
    )
    units = {one.unit for one in scopes(visit.person)}
    return visit.html(
        "panel_board.html",
        board=found,
        newest=newest,
        leads=_LEADS_TO,
        loads={person.id: number for person, number in found.held},
        titles=_TITLES,
        lists=_LISTS,
        waits=WAITED_FOR,
        priorities=PRIORITIES,
        most=MOST_CARDS,
        unit=unit,
        unknown=asked if asked and not unit else "",
        units=[(one, visit.desk.unit_title(one)) for one in visit.desk.units]
        if len(units) > 1 or None in units
        else [],
        counted=grouped_up_to,
        clock=lambda line: clock_word(line.ticket, line.standing, visit.desk.zone),
        moves=lambda card: [move for one in card.moves for move in _MOVES[one]],
    )
