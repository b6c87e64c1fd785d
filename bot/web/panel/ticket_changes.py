"""What is asked from a ticket's page: tried at once, taken in as an event of the inbox, waited for (decision 0060)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import own_conversations, require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking, ticket_words
from bot.web.panel.asking import UUID, event_key
from bot.web.panel.guard import Visit, panel_page, without_nul
from bot.web.panel.navigation import TICKETS
from bot.web.panel.ticket_page import Said, Way, address, number_in, show
from bot.web.uploads import keep, uploads_in
from handlers.context import Acting
from handlers.domain import links
from handlers.domain.errors import AlreadyClaimed, DeskError, Invalid, NotAllowed, NotFound, NotHolder, WrongState
from handlers.domain.page_changes import AskedChange, ChangedMeanwhile, Outcome, PageAction
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, may
from handlers.domain.ticket_number import parse
from handlers.events import ChangeAsked
from handlers.queries.next_ticket import MOST_LETTERS
from handlers.queries.page_outcomes import outcome_of
from handlers.tickets import page_changes

MAX_TO_LETTERS = 100
MAX_FIELDS = 30
_MEANT_ANYWAY = {
    "person_away": "Yine de yap",
    "parts_open": "Yine de tamamla",
    "merge_sure": "Birleştir",
    "outage_open": "Ayrı ilan et",
    "news_personal": "Olduğu gibi gönder",
}
"""What is asked about, and may be meant all the same: what the button then says."""
AGAIN_STALE, AGAIN = "Yine de kaydet", "Yeniden dene"


@panel_page(TICKETS, logged=False)
async def change(visit: Visit) -> Response:
    limits = FormLimits(size=visit.web.settings.max_body, files=visit.web.settings.max_files, fields=MAX_FIELDS)
    async with bounded_form(visit.request, limits) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, asked, way = _asked(visit, form)
        event = event_key(key)
        came, refused = await visit.read(lambda acting: _tried(acting, event, asked))
        if came is None and refused is None:
            asking.keep_pace(visit)
            await _hand_in(visit, event, asked, uploads_in(form))
            came, refused = await visit.read(lambda acting: _tried(acting, event, asked))
            if came in (Outcome.STALE, Outcome.REFUSED):
                refused = refused or Said(refused=ticket_words.MEANWHILE_REFUSED, status=409)
    if came in (Outcome.DONE, Outcome.NONE) or refused is None:
        return RedirectResponse(way.behind(address(visit, asked.number), oldu=key, **{"is": asked.action}), 303)
    return await show(visit, asked.number, refused, way)


def _asked(visit: Visit, form: FormData) -> tuple[str, AskedChange, Way]:
    """Raises HttpRefusal, NotFound for an address that is no ticket's."""
    number = parse(number_in(visit.request))
    if number is None or number.year is None:
        raise NotFound("ticket", number_in(visit.request))
    key, action, seen = (str(form.get(name, "")) for name in ("key", "action", "seen"))
    to = ":".join(filter(None, (without_nul(str(one)) for one in form.getlist("to"))))
    counted = seen.isascii() and seen.isdecimal() and len(seen) < 10
    if not UUID.fullmatch(key) or action not in set(PageAction) or len(to) > MAX_TO_LETTERS or not counted:
        raise HttpRefusal(400, "bad_form")
    asked = AskedChange(
        number=number.of_year(number.year),
        action=PageAction(action),
        text=_text(visit, form),
        to=to,
        seen=int(seen),
        anyway=bool(form.get("anyway")),
        undoes=bool(form.get("undoes")),
        files=tuple(upload.filename or "" for upload in uploads_in(form)),
    )
    return key, asked, Way(*(without_nul(str(form.get(name, "")))[:MOST_LETTERS] for name in ("liste", "yer")))


def _text(visit: Visit, form: FormData) -> str:
    """Where a form has several fields for it, a line of each: empty ones too, since each is the answer to something."""
    limit = visit.web.settings.max_text
    lines = [typed_text(FormData([("text", one)]), limit) for one in form.getlist("text")]
    return "\n".join(lines) if any(lines) else ""


async def _hand_in(visit: Visit, event: str, asked: AskedChange, uploads: Sequence[UploadFile]) -> None:
    sender = await visit.read(asking.account)
    private = await visit.read(lambda acting: own_conversations(acting.uow, acting.person)[0].address)
    files = await keep(visit.web, visit.person, private, uploads) if uploads else ()
    wish = ChangeAsked(
        key=event,
        at=visit.web.gateway.now(),
        sender=sender,
        sender_name=visit.person.name,
        conversation=asking.place_of(visit, sender),
        ticket=asked.number,
        action=asked.action,
        text=asked.text,
        to=asked.to,
        seen=asked.seen,
        anyway=asked.anyway,
        files=tuple(one.id for one in files),
        undoes=asked.undoes,
    )
    await asking.hand_in(visit, wish, files)


# --- refused ---------------------------------------------------------------------------------------
def _tried(acting: Acting, event: str, asked: AskedChange) -> tuple[Outcome | None, Said | None]:
    """What came of it, if anything did; else whether something stands in its way. Raises NotFound for a ticket that
    they may not know of."""
    came = outcome_of(acting.uow, event)
    if came in (Outcome.DONE, Outcome.NONE):
        return came, None
    try:
        page_changes.try_out(acting, asked)
    except NotFound as missing:
        if missing.what == "ticket":
            raise
        return came, Said(refused=asking.words(acting, "errors/not_found"), status=422)
    except DeskError as refusal:
        return came, _refused(acting, asked, refusal)
    return came, None


def _refused(acting: Acting, asked: AskedChange, refusal: DeskError) -> Said:
    match refusal:
        case ChangedMeanwhile(events=events):
            people = {one: acting.uow.people.get(one) for one in _named(events)}
            named = acting.uow.tickets.numbered(links.named(events))
            readable = {one.number for one in named if may(acting.person, Action.READ, one)}
            said = ticket_words.meanwhile(events, people, acting.desk, readable)
            return Said(refused=said, retry=replace(asked, anyway=False), again=AGAIN_STALE, status=409)
        case Invalid(reason=reason, data=data):
            anyway = reason in _MEANT_ANYWAY
            again = _MEANT_ANYWAY.get(reason, AGAIN)
            said = asking.words(acting, f"errors/{reason}", **dict[str, Any](data))
            return Said(refused=said, retry=replace(asked, anyway=anyway), again=again, status=422)
        case AlreadyClaimed(number=number, holder=holder):
            return _plainly(acting, 409, "already_claimed", number=number, holder=acting.uow.people.get(holder))
        case WrongState(number=number, state=state):
            return _plainly(acting, 409, "wrong_state", number=number, state=state)
        case NotHolder(number=number, holder=None):
            return _plainly(acting, 403, "not_claimed", number=number)
        case NotHolder(number=number, holder=holder) if holder is not None:
            return _plainly(acting, 403, "not_holder", number=number, holder=acting.uow.people.get(holder))
        case NotAllowed():
            return _plainly(acting, 403, "not_allowed")
        case _:
            raise refusal


def _plainly(acting: Acting, status: int, template: str, **data: Any) -> Said:
    return Said(refused=asking.words(acting, f"errors/{template}", **data), status=status)


def _named(events: Any) -> set[PersonId]:
    assigned = {PersonId(int(one.after)) for one in events if one.what.value == "assigned" and one.after}
    return {one.who for one in events if one.who is not None} | assigned
