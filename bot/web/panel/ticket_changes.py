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
from bot.web.panel.ticket_action_words import ACTIONS
from bot.web.panel.ticket_page import Said, Way, address, moved_away, number_in, show
from bot.web.rendering import shown_name
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
from handlers.stock import resolving

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
AGAIN = "Yeniden dene"
_WITHOUT_WORDS = frozenset(
    {PageAction.CLAIM, PageAction.RELEASE, PageAction.RESUME, PageAction.SEE, PageAction.FOUND_CLOSED}
    | {PageAction.GOES_ON, PageAction.ASK_FOR_HELP, PageAction.OFFER_VISIT, PageAction.TAKE_BACK_APPROVAL}
    | {PageAction.DECLARE_OUTAGE, PageAction.ANNOUNCE, PageAction.SEPARATE, PageAction.REOPEN}
)
"""Their buttons send the writing box along, as all do that name what they are about: what stands in it is shown again,
and sent to nobody."""


@panel_page(TICKETS, logged=False)
async def change(visit: Visit) -> Response:
    limits = FormLimits(size=visit.web.settings.max_body, files=visit.web.settings.max_files, fields=MAX_FIELDS)
    async with bounded_form(visit.request, limits) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        if "opens" in form:
            return await _opened(visit, form)
        key, asked, way = _asked(visit, form)
        draft, left_out = _left_unsent(visit, form)
        event = event_key(key)
        try:
            came, refused = await visit.read(lambda acting: _tried(acting, event, asked))
        except NotFound:
            if not asked.undoes:
                raise
            return await moved_away(visit, asked.action, Outcome.REFUSED, way)  # nor does it come back
        if came is None and refused is None:
            asking.keep_pace(visit)
            await _hand_in(visit, event, asked, uploads_in(form) if asked.files else ())
            came, refused = await visit.read(lambda acting: _tried(acting, event, asked))
            if came in (Outcome.STALE, Outcome.REFUSED):
                refused = refused or Said(refused=ticket_words.MEANWHILE_REFUSED, status=409)
    if came in (Outcome.DONE, Outcome.NONE) or refused is None:
        if draft or left_out:
            done = None if came is None else (asked.action, came)
            waits = ticket_words.ON_THE_WAY if came is None else ""
            said = Said(done=done, back=asked.undoes, waits=waits, draft=draft, left_out=left_out)
            try:
                return await show(visit, asked.number, said, way)
            except NotFound:
                return await moved_away(visit, asked.action, came or Outcome.DONE, way, draft)
        told = {"oldu": key, "is": asked.action, **({"geri": "1"} if asked.undoes else {})}
        return RedirectResponse(way.behind(address(visit, asked.number), **told), 303)
    return await show(visit, asked.number, replace(refused, draft=draft, left_out=left_out), way)


async def _opened(visit: Visit, form: FormData) -> Response:
    """Without a script: the same page with that form open, and what was written goes with it."""
    said = Said(draft=_text(visit, form), left_out=bool(uploads_in(form)), opens=str(form["opens"])[:MAX_TO_LETTERS])
    return await show(visit, _number(visit), said, _way(form))


def _left_unsent(visit: Visit, form: FormData) -> tuple[str, bool]:
    """What was written and chosen, where something else was pressed."""
    if _is_beside(form):
        return _text(visit, form), bool(uploads_in(form))
    return typed_text(FormData([("text", str(form.get("draft", "")))]), visit.web.settings.max_text), False


def _asked(visit: Visit, form: FormData) -> tuple[str, AskedChange, Way]:
    """Raises HttpRefusal, NotFound for an address that is no ticket's."""
    number = _number(visit)
    key, seen = (str(form.get(name, "")) for name in ("key", "seen"))
    action, _, about = _pressed(form).partition(":")
    to = without_nul(about) or ":".join(filter(None, (without_nul(str(one)) for one in form.getlist("to"))))
    counted = seen.isascii() and seen.isdecimal() and len(seen) < 10
    if not UUID.fullmatch(key) or action not in set(PageAction) or len(to) > MAX_TO_LETTERS or not counted:
        raise HttpRefusal(400, "bad_form")
    bare = _is_beside(form)
    again = typed_text(form, visit.web.settings.max_text, f"again.{action}")
    asked = AskedChange(
        number=number,
        action=PageAction(action),
        text=again if bare else _text(visit, form),
        to=to,
        seen=int(seen),
        anyway=bool(form.get("anyway")),
        undoes=bool(form.get("undoes")),
        files=() if bare else tuple(upload.filename or "" for upload in uploads_in(form)),
    )
    return key, asked, _way(form)


def _number(visit: Visit) -> str:
    """Raises NotFound for an address that is no ticket's."""
    number = parse(number_in(visit.request))
    if number is None or number.year is None:
        raise NotFound("ticket", number_in(visit.request))
    return number.of_year(number.year)


def _way(form: FormData) -> Way:
    return Way(*(without_nul(str(form.get(name, "")))[:MOST_LETTERS] for name in ("liste", "yer")))


def _pressed(form: FormData) -> str:
    """`claim`; `untick:5-0`, `release:` of a button that stands beside the writing box and sends it along."""
    return str(form.get("action") or form.get("undoes") or form.get("anyway") or "")


def _is_beside(form: FormData) -> bool:
    """Whether what stands in the writing box was sent along by something else."""
    pressed = _pressed(form)
    return ":" in pressed or pressed in _WITHOUT_WORDS


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
        **asking.signed(visit, sender, event),
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
        resolving.try_out(acting, asked)
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
            again = f"Yine de yap: {ACTIONS[asked.action]}{_taken_from(acting, asked)}"
            return Said(refused=said, retry=replace(asked, anyway=False), again=again, status=409)
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


def _taken_from(acting: Acting, asked: AskedChange) -> str:
    """Whom it is given by that, and who has it now."""
    holder = acting.uow.tickets.by_number(asked.number).holder
    if asked.action is not PageAction.ASSIGN or holder is None:
        return ""
    return f" (şimdiki üstlenen: {shown_name(acting.uow.people.get(holder).name)})"


def _plainly(acting: Acting, status: int, template: str, **data: Any) -> Said:
    return Said(refused=asking.words(acting, f"errors/{template}", **data), status=status)


def _named(events: Any) -> set[PersonId]:
    assigned = {PersonId(int(one.after)) for one in events if one.what.value == "assigned" and one.after}
    return {one.who for one in events if one.who is not None} | assigned
