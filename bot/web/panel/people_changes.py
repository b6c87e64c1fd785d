"""What is asked from a person's page: what cannot be undone is shown first, then it is taken in (decision 0060)."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page, without_nul
from bot.web.panel.navigation import PEOPLE
from bot.web.panel.people_page import address, show
from bot.web.panel.people_words import Answer
from handlers.context import Acting
from handlers.domain.errors import DeskError, Invalid, NotAllowed, NotFound
from handlers.domain.rights import Action, require
from handlers.events import PersonAsked
from handlers.people import page_people
from handlers.people.page_people import AskedOfPeople, PeopleAction
from handlers.queries.page_outcomes import outcome_of

_OF_THE_FORM = frozenset({"form_token", "key", "action", "sure"})
_SHOWN_FIRST = frozenset({PeopleAction.LEFT, PeopleAction.ERASE, PeopleAction.JOIN})
_ELSEWHERE = frozenset({PeopleAction.TAKE_IN, PeopleAction.TAKE_BACK, PeopleAction.INVITE, PeopleAction.ADD})
MAX_FIELDS, MAX_LETTERS = 20, 200


@panel_page(PEOPLE, logged=False)
async def change(visit: Visit) -> Response:
    whom = without_nul(str(visit.request.path_params["whom"]))
    async with bounded_form(visit.request, FormLimits(fields=MAX_FIELDS)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, action = str(form.get("key", "")), str(form.get("action", ""))
        given = {name: typed_text(form, MAX_LETTERS, name) for name in form if name not in _OF_THE_FORM}
        sure = bool(form.get("sure"))
    if not asking.UUID.fullmatch(key) or action not in set(PeopleAction) - _ELSEWHERE:
        raise HttpRefusal(400, "bad_form")
    asked = AskedOfPeople(PeopleAction(action), {**given, "whom": given.get("deputy") or whom})
    there = RedirectResponse(f"{address(visit, whom)}?oldu={key}&is={action}", 303)
    if await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key))) is not None:
        return there  # pressed twice: what came of it the first time
    if (answer := await visit.read(lambda acting: _tried(acting, asked, sure=sure))) is not None:
        return await show(visit, answer)
    await hand_in(visit, key, asked)
    return there


async def hand_in(visit: Visit, key: str, asked: AskedOfPeople) -> None:
    asking.keep_pace(visit)
    sender = await visit.read(asking.account)
    await asking.hand_in(
        visit,
        PersonAsked(
            **asking.signed(visit, sender, asking.event_key(key)),
            action=asked.action,
            given=asked.given,
        ),
    )


def _tried(acting: Acting, asked: AskedOfPeople, *, sure: bool) -> Answer | None:
    """What is to be read first: a refusal, or what it would do. None: it can be done."""
    try:
        if asked.action in _SHOWN_FIRST and not sure:
            require(acting.person, Action.MANAGE_PEOPLE)
            page_people.whom(acting, asked)
            if asked.action is not PeopleAction.ERASE:
                page_people.try_out(acting, asked)
            return Answer(asks=asked.action, given=asked.given)
        page_people.try_out(acting, asked)
    except DeskError as refusal:
        return refused(acting, asked, refusal)
    return None


def refused(acting: Acting, asked: AskedOfPeople, refusal: DeskError) -> Answer:
    again = asked.action if asked.action is PeopleAction.ERASE else None
    match refusal:
        case Invalid(reason=reason, data=data):
            said = asking.words(acting, f"errors/{reason}", **dict[str, Any](data))
            return Answer(refused=said, asks=again, given=asked.given, status=422)
        case NotAllowed():
            return Answer(refused=asking.words(acting, "errors/not_allowed"), given=asked.given, status=403)
        case NotFound(what="person"):
            return Answer(refused="Böyle biri yok.", given=asked.given, status=422)
        case NotFound():
            return Answer(refused=asking.words(acting, "errors/not_found"), given=asked.given, status=422)
        case _:
            raise refusal
