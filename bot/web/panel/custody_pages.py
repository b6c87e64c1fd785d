"""`/panel/zimmet/ayse`: what is in somebody's custody; the papers of it, of a room, and of a device that was lost or
broke."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from bot.web.panel import asking
from bot.web.panel.custody_papers import clearance_form, device_damage_form, is_reported, room_form, zimmet_form
from bot.web.panel.devices_page import printed
from bot.web.panel.guard import Visit, panel_page, without_nul
from bot.web.panel.handovers_page import allowed, as_paper
from bot.web.panel.navigation import DEVICES, HANDOVERS
from bot.web.printed import PrintedForm
from handlers.context import Acting
from handlers.devices import clearing
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import Person
from handlers.domain.places import PlaceId
from handlers.queries import handovers
from handlers.queries.handover_papers import CustodyList

PATH = "zimmet"


@panel_page(HANDOVERS)
async def person(visit: Visit) -> Response:
    return await _shown(visit)


@panel_page(HANDOVERS)
async def person_paper(visit: Visit) -> Response:
    """`dokum.pdf`."""

    def look(acting: Acting) -> PrintedForm:
        return zimmet_form(
            handovers.custody_of(acting, _called(visit, acting).id), visit.desk.zone, printed(visit, acting)
        )

    return await as_paper(visit, await allowed(visit, look), f"zimmet-{_plain(_whom(visit))}")


@panel_page(HANDOVERS)
async def clearance(visit: Visit) -> Response:
    """`ilisik.pdf`; refused in words while anything is left."""

    def look(acting: Acting) -> PrintedForm:
        person = _called(visit, acting).id
        clearing.require_clear(acting, person)
        return clearance_form(handovers.clearance(acting, person), visit.desk.zone, printed(visit, acting))

    try:
        form = await allowed(visit, look)
    except Invalid as refusal:
        said = refusal
        told = await visit.read(lambda acting: asking.words(acting, f"errors/{said.reason}", **dict(said.data)))
        return await _shown(visit, told)
    return await as_paper(visit, form, f"ilisik-{_plain(_whom(visit))}")


async def _shown(visit: Visit, refused: str = "") -> Response:
    def look(acting: Acting) -> tuple[Person, CustodyList]:
        person = _called(visit, acting)
        return person, handovers.custody_of(acting, person.id)

    whose, found = await allowed(visit, look)
    return visit.html(
        "panel_zimmet.html",
        status=422 if refused else 200,
        refused=refused,
        whose=whose,
        page=found,
        here_is=f"{visit.browser.base}/panel/{PATH}/{quote(_whom(visit), safe='')}",
    )


@panel_page(DEVICES)
async def room(visit: Visit) -> Response:
    place = PlaceId(int(visit.request.path_params["place"]))

    def look(acting: Acting) -> PrintedForm:
        return room_form(handovers.place_list(acting, place), visit.desk.zone, printed(visit, acting))

    return await as_paper(visit, await allowed(visit, look), f"oda-listesi-{place}")


@panel_page(DEVICES)
async def damage(visit: Visit) -> Response:
    """`tutanak.pdf`: of what is lost, or does not work any more."""
    number = str(visit.request.path_params["number"])

    def look(acting: Acting) -> PrintedForm:
        found = handovers.device_state(acting, number)
        if not is_reported(lost=found.device.lost, condition=found.condition):
            raise NotFound("page", visit.request.url.path)
        return device_damage_form(found, acting.now, visit.desk.zone, printed(visit, acting))

    return await as_paper(visit, await allowed(visit, look), f"tutanak-{_plain(number)}")


def _called(visit: Visit, acting: Acting) -> Person:
    """Raises NotFound."""
    person = acting.uow.people.by_handle(_whom(visit))
    if person is None:
        raise NotFound("person", _whom(visit))
    return person


def _whom(visit: Visit) -> str:
    return without_nul(str(visit.request.path_params["whom"]))


def _plain(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)[:60]
