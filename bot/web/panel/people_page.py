"""`/panel/kisiler`: who is known to the desk, and a page for each of them. What is asked there comes to
`people_changes`."""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.responses import Response

from bot.web.panel import asking
from bot.web.panel.guard import CHANNEL, Visit, panel_page, without_nul
from bot.web.panel.navigation import PEOPLE, STAFF
from bot.web.panel.people_words import DONE, UNCHANGED, UNHEARD, Answer
from bot.web.rendering import NO_STORE, exact_time, shown_name
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.devices import access
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Person, Role
from handlers.domain.people_joins import Stands
from handlers.domain.ticket import Ticket
from handlers.inflections import at_whom
from handlers.people import admins, sessions
from handlers.people.page_people import PeopleAction
from handlers.ports import PeopleWanted, UnitOfWork
from handlers.queries import people
from handlers.queries.page_outcomes import settled
from handlers.queries.people import PersonPage, PersonRow
from handlers.spoken_time import SHORT_MONTHS
from handlers.terms import ABSENCES, ROLES, STATES

_LONGEST = 100
NAMELESS = "Adını söylememiş biri"


@panel_page(PEOPLE)
async def overview(visit: Visit) -> Response:
    role, unit = visit.typed("yetki"), visit.typed("birim")
    wanted = PeopleWanted(
        words=visit.typed("q")[:_LONGEST],
        role=Role(role) if role in set(Role) else None,
        unit=unit if unit in visit.desk.units else "",
        gone=visit.typed("kim") == "ayrilan",
        unlinked=visit.typed("kim") == "hesapsiz",
    )
    department, behind = visit.typed("mudurluk")[:_LONGEST], visit.typed("sonra")[:_LONGEST]
    same = visit.typed("kim") == "ayni"
    found = await visit.read(lambda acting: people.look(acting, wanted, department, behind, only_twins=same))
    asked = {
        "q": wanted.words,
        "mudurluk": department,
        "yetki": wanted.role or "",
        "birim": wanted.unit,
        "kim": "ayrilan" if wanted.gone else "hesapsiz" if wanted.unlinked else "ayni" if same else "",
    }
    return visit.html(
        "panel_people.html",
        wanted=wanted,
        filtered=any(asked.values()),
        department=department,
        departments=found.departments,
        roles=[(one.value, ROLES[one]) for one in Role],
        units=[(one, visit.desk.unit_title(one)) for one in visit.desk.units],
        same=same,
        twins=len(found.twins),
        rows=[{**_shown(visit, row), "twin": _called(found.twins.get(row.person.id))} for row in found.rows],
        total=found.total,
        near=found.near,
        manages=found.manages,
        added=found.manages and bool(visit.typed("eklendi")),
        later=_link(visit, {**asked, "sonra": found.last}) if found.last else "",
        first=_link(visit, asked) if visit.typed("sonra") else "",
    )


@panel_page(PEOPLE)
async def person(visit: Visit) -> Response:
    return await show(visit, await _came_of_it(visit))


@panel_page(STAFF)
async def data(visit: Visit) -> Response:
    """What is kept of them, to be handed out; who did it stands in the audit before it leaves."""
    whom = _whom(visit)
    found = await visit.read(lambda acting: people.data_of(acting, whom))
    who, now, about = visit.person.id, visit.now, found["kisi"]["hesap"]

    def log(uow: UnitOfWork) -> None:
        uow.audit.log(now, who, "data_exported", about, CHANNEL)

    await visit.web.gateway.write(log)
    text = json.dumps({"hazirlandi": now.isoformat(), **found}, ensure_ascii=False, indent=2)
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", about)
    name = f"attachment; filename=\"kisi-{plain}.json\"; filename*=UTF-8''kisi-{quote(about, safe='')}.json"
    headers = {"Content-Disposition": name, **NO_STORE}
    return Response(text, media_type="application/json; charset=utf-8", headers=headers)


async def show(visit: Visit, answer: Answer) -> Response:
    """`answer` above it."""
    whom = _whom(visit)
    found = await visit.read(lambda acting: people.look_at(acting, whom))
    leaving = None
    if answer.asks is PeopleAction.LEFT:
        leaving = await visit.read(lambda acting: people.leaving(acting, whom))
    joining = None
    if answer.asks is PeopleAction.JOIN:
        joining = await visit.read(lambda acting: people.joining(acting, whom, answer.given.get("twin", "")))
    one = found.row.person
    return visit.html(
        "panel_person.html",
        status=answer.status,
        said=answer,
        page=found,
        shown=_shown(visit, found.row),
        one=one,
        left=_day(visit, one.left_at) if one.left_at else "",
        role_until=_shown(visit, found.row)["until"],
        role_then=_role_called(visit, one.then_role or Role.REQUESTER, one.then_unit),
        tickets=[_ticket(visit, ticket) for ticket in found.tickets],
        held=[_ticket(visit, ticket) for ticket in found.held],
        leaving=leaving,
        zimmet=await visit.read(access.sees_all_whole),
        here_is=address(visit, one.handle),
        joining=joining,
        twin=_called(found.twin),
        joined_role=_role(visit, joining.twin) if joining is not None else "",
        new_key=lambda: str(uuid.uuid4()),
        typed=lambda name, stands="": answer.given.get(name, stands),
        A=PeopleAction,
        roles=[(role.value, ROLES[role]) for role in Role],
        units=[(unit, visit.desk.unit_title(unit)) for unit in visit.desk.units],
        **own_end(visit),
        joined_at=_day(visit, found.joined.at) if found.joined is not None else "",
        why_joined=await _why(visit, found.joined.why if found.joined is not None else None),
        why_never=await _why(visit, joining.never if joining is not None else None),
        departments=await visit.read(lambda acting: DepartmentNames.of(acting.uow).open),
        stands=one,
        leave_kinds=[(str(kind), name) for kind, name in ABSENCES.items()],
        **_lines(visit, found),
    )


async def _why(visit: Visit, why: Stands | None) -> Markup | str:
    """Two people stay one; empty: they need not."""
    if why is None:
        return ""
    return await visit.read(lambda acting: asking.words(acting, "errors/join_stands", stays_one=why.value))


def own_end(visit: Visit) -> dict[str, str]:
    """The last day of a reader who is admin for a time."""
    last = admins.last_moment_of(visit.person)
    local = last.astimezone(visit.desk.zone) if last is not None else None
    return {
        "own_last": local.date().isoformat() if local is not None else "",
        "own_last_day": _day(visit, local) if local is not None else "",
    }


def _called(one: Person | None) -> str:
    """`AYŞE YILMAZ, Mali Hizmetler, 305`."""
    return ", ".join(filter(None, (shown_name(one.name), one.department, one.room))) if one is not None else ""


def _role(visit: Visit, one: Person) -> str:
    return _role_called(visit, one.role, one.unit)


def _role_called(visit: Visit, role: Role, unit: str | None) -> str:
    return f"{ROLES[role]}, {visit.desk.unit_title(unit)}" if unit else ROLES[role]


def _lines(visit: Visit, found: PersonPage) -> dict[str, Any]:
    channels, here = visit.desk.channels, visit.browser.hash
    return {
        "accounts": [(channels.title(a.channel), a.channel, a.name) for a in found.row.accounts],
        "browsers": [
            (one.token_hash, sessions.device(one.user_agent), _day(visit, one.seen_at), one.token_hash == here)
            for one in found.sessions
        ],
        "leaves": [(one.id, _day(visit, one.starts), _last(visit, one.ends)) for one in found.leaves],
        "deputies": [
            (
                one.id,
                shown_name(other.name or other.handle),
                one.person == found.row.person.id,
                _day(visit, one.starts),
                _last(visit, one.until),
                one.person == visit.person.id,
            )
            for one, other in found.deputies
        ],
    }


def address(visit: Visit, handle: str) -> str:
    """Of their page: platforms give handles with any letter in them."""
    return f"{visit.browser.base}/panel/{PEOPLE.path}/{quote(handle, safe='')}"


def _whom(visit: Visit) -> str:
    return without_nul(str(visit.request.path_params["whom"]))


async def _came_of_it(visit: Visit) -> Answer:
    """`?oldu=UUID&is=left`: what came of what was asked before."""
    query = visit.request.query_params
    key, what = query.get("oldu", ""), query.get("is", "")
    if not asking.UUID.fullmatch(key) or what not in set(PeopleAction):
        return Answer()

    def look(acting: Acting) -> tuple[tuple[Outcome | None, bool], bool]:
        one = acting.uow.people.by_handle(_whom(visit))
        hears = one is not None and bool(acting.uow.people.accounts(one.id))
        return settled(acting.uow, asking.event_key(key)), hears

    (came, over), hears = await visit.read(look)
    action = PeopleAction(what)
    match came:
        case Outcome.DONE if action in UNHEARD and not hears:
            return Answer(told=UNHEARD[action], unheard=True)
        case Outcome.DONE:
            return Answer(told=DONE[action])
        case Outcome.NONE:
            return Answer(told=UNCHANGED)
        case None if not over:
            return Answer(waits="Alındı, işleniyor…")
        case _:
            return Answer(refused="Olmadı: bu arada bir şey değişmiş. Aşağıda şimdiki hâli duruyor.")


def _shown(visit: Visit, row: PersonRow) -> dict[str, Any]:
    one, channels = row.person, visit.desk.channels
    return {
        "name": shown_name(one.name) or NAMELESS,
        "handle": one.handle,
        "link": address(visit, one.handle),
        "department": one.department,
        "room": one.room,
        "role": ROLES[one.role],
        "unit": visit.desk.unit_title(one.unit) if one.unit else "",
        "until": _day(visit, one.role_until - timedelta(seconds=1)) if one.role_until and not one.gone else "",
        "channels": sorted({channels.title(account.channel) for account in row.accounts}),
        "away": at_whom(_day(visit, row.away_until)) if row.away_until else "",
        "left": _day(visit, one.left_at) if one.left_at else "",
    }


def _ticket(visit: Visit, ticket: Ticket) -> dict[str, str]:
    return {
        "number": ticket.number,
        "link": f"{visit.browser.base}/panel/kayit/{ticket.number}",
        "subject": visit.desk.subject(ticket),
        "state": STATES[ticket.state],
        "opened": _day(visit, ticket.opened_at),
        "exact": exact_time(ticket.opened_at, visit.desk.zone),
    }


def _day(visit: Visit, at: datetime) -> str:
    local = at.astimezone(visit.desk.zone)
    return f"{local.day} {SHORT_MONTHS[local.month - 1]} {local.year}"


def _last(visit: Visit, ends: datetime) -> str:
    return _day(visit, ends - timedelta(seconds=1))


def _link(visit: Visit, asked: dict[str, str]) -> str:
    chosen = urlencode({name: value for name, value in asked.items() if value})
    return f"{visit.browser.base}/panel/{PEOPLE.path}{'?' if chosen else ''}{chosen}"
