"""`/panel/kisiler-davet`: a code with its link and picture, sheets of them for a müdürlük, what became of each.

A code follows from random letters of the form, which nobody keeps: pressed twice it is the same one, and only its hash
is handed in.
"""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form, typed_text
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import STAFF
from bot.web.panel.people_changes import hand_in, refused
from bot.web.panel.people_page import own_end
from bot.web.rendering import NO_STORE, shown_name
from bot.web.settings import Invitation
from handlers.context import Acting
from handlers.domain.errors import DeskError, NotFound
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Person, Role
from handlers.people import join_codes, page_people
from handlers.people.page_people import MOST_CODES, AskedOfPeople, PeopleAction
from handlers.ports import JoinCode
from handlers.queries import invitations
from handlers.queries.invitations import ON_A_PAGE, CodeState
from handlers.queries.page_outcomes import outcome_of
from handlers.terms import ROLES

PATH = "kisiler-davet"
SHEET = "sheet"
_OF_THE_HASH = 8
_START_OF_HASH = re.compile(rf"[0-9a-f]{{{_OF_THE_HASH}}}")
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    name: str
    role: str
    """What the code gives, in words; empty: nothing."""
    code: str
    link: str
    telegram: str
    picture: Markup


@panel_page(STAFF)
async def overview(visit: Visit) -> Response:
    told = "Davet geri alındı; o kod artık geçmez." if visit.typed("geri") else ""
    return await _show(visit, told=told)


async def _show(
    visit: Visit,
    *,
    told: str = "",
    refusal: str | Markup = "",
    made: Made | None = None,
    given: Mapping[str, str] = _NOTHING,
    unit_problem: str = "",
    alike: Sequence[Person] = (),
) -> Response:
    """`given`: what was typed, which stays there. `alike`: who may be meant, to be asked first."""
    behind = _behind(visit.typed("once"))
    whom = given.get("whom") or visit.typed("kim")

    def look(acting: Acting) -> tuple[Any, Any, Person | None]:
        return *invitations.made(acting, behind), acting.uow.people.by_handle(whom) if whom else None

    found, departments, person = await visit.read(look)
    here = f"{visit.browser.base}/panel/{PATH}"
    return visit.html(
        "panel_invitations.html",
        status=422 if refusal or unit_problem else 200,
        told=told,
        refused=refusal,
        typed=lambda name: given.get(name, ""),
        opened=bool(refusal or unit_problem) and bool(given),
        unit_problem=unit_problem,
        alike=[(one.handle, _called(one)) for one in alike],
        made=made,
        here_is=here,
        new_key=lambda: str(uuid.uuid4()),
        whom=person.handle if person is not None else "",
        whom_name=shown_name(person.name or person.handle) if person is not None else "",
        whom_role=_role(visit, person.role, person.unit) if person is not None else "",
        R=Role,
        roles=[(role.value, ROLES[role]) for role in Role],
        units=[(unit, visit.desk.unit_title(unit)) for unit in visit.desk.units],
        departments=departments,
        most=MOST_CODES,
        days=join_codes.CODE_LIVES.days,
        **own_end(visit),
        invitations=[_line(visit, one) for one in found],
        further=f"{here}?once={_place(found[-1].code)}" if len(found) == ON_A_PAGE else "",
    )


def _called(one: Person) -> str:
    """`Mehmet Kaya, Bilgi İşlem, 101`."""
    return ", ".join(filter(None, (shown_name(one.name or one.handle), one.department, one.room)))


def _role(visit: Visit, role: Role, unit: str | None) -> str:
    return f"{ROLES[role]}, {visit.desk.unit_title(unit)}" if unit else ROLES[role]


def _line(visit: Visit, one: invitations.Invited) -> dict[str, Any]:
    zone, code = visit.desk.zone, one.code
    state = {
        CodeState.OPEN: f"kullanılmadı, {code.expires_at.astimezone(zone):%d.%m.%Y %H.%M} saatine dek geçer",
        CodeState.EXPIRED: "süresi doldu",
        CodeState.REVOKED: "geri alındı",
        CodeState.LAPSED: "geçmez: hazırlayan artık davet veremiyor",
        CodeState.USED: f"kullanıldı, {code.used_at.astimezone(zone):%d.%m.%Y %H.%M}" if code.used_at else "kullanıldı",
    }[one.state]
    return {
        "name": shown_name(one.person.name or one.person.handle) if one.person is not None else code.name,
        "role": ROLES[code.role],
        "unit": visit.desk.unit_title(code.unit) if code.unit else "",
        "at": f"{code.made_at.astimezone(zone):%d.%m.%Y}" if code.made_at else "",
        "state": state,
        "open": one.state is CodeState.OPEN,
        "hash": code.code_hash,
    }


@panel_page(STAFF, logged=False)
async def change(visit: Visit) -> Response:
    async with bounded_form(visit.request, None) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key, seed, action = (str(form.get(name, "")) for name in ("key", "seed", "action"))
        fields = ("whom", "name", "role", "unit", "department", "code", "new")
        given = {name: typed_text(form, 200, name) for name in fields}
    if not asking.UUID.fullmatch(key) or action not in (PeopleAction.INVITE, PeopleAction.REVOKE, SHEET):
        raise HttpRefusal(400, "bad_form")
    if action == PeopleAction.REVOKE:
        await hand_in(visit, key, AskedOfPeople(PeopleAction.REVOKE, {"code": given["code"]}))
        return RedirectResponse(f"{visit.browser.base}/panel/{PATH}?geri=1", 303)
    if not asking.UUID.fullmatch(seed):
        raise HttpRefusal(400, "bad_form")
    if action == SHEET:
        return await _sheet(visit, seed, given["department"])
    return await _one(visit, seed, given)


async def _one(visit: Visit, seed: str, given: dict[str, str]) -> Response:
    def look(acting: Acting) -> tuple[Person | None, Sequence[Person]]:
        if given["whom"]:
            return acting.uow.people.by_handle(given["whom"]), ()
        return None, () if given["new"] else invitations.alike(acting, given["name"])

    role = Role(given["role"]) if given["role"] in set(Role) else None
    if role is not None and role.needs_unit and not given["unit"]:
        return await _show(visit, given=given, unit_problem=f"{ROLES[role].capitalize()} için birim seçin.")
    person, alike = await visit.read(look)
    if alike:
        return await _show(visit, given=given, alike=alike)
    code = _code(seed, " ".join(given[name] for name in ("whom", "role", "unit", "name")))
    line = f"{join_codes.code_hash(code)} {given['whom']}".strip()
    asked = {"role": given["role"], "unit": given["unit"], "name": "" if given["whom"] else given["name"]}
    if (answer := await _invite(visit, seed, {**asked, "codes": line})) is not None:
        return await _show(visit, refusal=answer, given=given)
    name = shown_name(person.name or person.handle) if person is not None else given["name"]
    link = _link(visit, code)
    bot = visit.web.settings.telegram_name()
    made = Made(
        name=name,
        role=_role(visit, role, given["unit"] if role.needs_unit else None) if role else "",
        code=code,
        link=link,
        telegram=f"https://t.me/{bot}?start={code}" if bot else "",
        picture=_picture(link),
    )
    return await _show(visit, made=made)


async def _sheet(visit: Visit, seed: str, department: str) -> Response:
    draw = visit.web.settings.invitations
    if draw is None:
        raise NotFound("page", visit.request.url.path)
    people = await visit.read(lambda acting: invitations.without_account(acting, department))
    if not people:
        return await _show(visit, refusal="Bu müdürlükte hesabı bağlı olmayan kimse yok; kâğıda gerek kalmamış.")
    codes = {one.handle: _code(seed, one.handle) for one in people}
    lines = "\n".join(f"{join_codes.code_hash(code)} {handle}" for handle, code in codes.items())
    if (answer := await _invite(visit, seed, {"codes": lines})) is not None:
        return await _show(visit, refusal=answer)
    found = [
        Invitation(
            name=shown_name(one.name or one.handle),
            department=one.department,
            code=codes[one.handle],
            link=_link(visit, codes[one.handle]),
        )
        for one in people
    ]
    made = await run_in_threadpool(draw, found)
    shown = {"Content-Disposition": 'inline; filename="davetler.pdf"', **NO_STORE}
    return Response(made, media_type="application/pdf", headers=shown)


async def _invite(visit: Visit, seed: str, given: dict[str, str]) -> str | Markup | None:
    """What speaks against it; None: it is kept, or was before.

    What else is asked from a page that stayed open (the answer may be a file) is another event: its key follows from
    what is asked.
    """
    key = str(uuid.uuid5(uuid.UUID(seed), "\n".join(f"{name}={value}" for name, value in sorted(given.items()))))
    asked = AskedOfPeople(PeopleAction.INVITE, given)

    def tried(acting: Acting) -> str | Markup | None:
        try:
            page_people.try_out(acting, asked)
        except DeskError as refusal:
            return refused(acting, asked, refusal).refused
        return None

    if (answer := await visit.read(tried)) is not None:
        return answer
    await hand_in(visit, key, asked)
    came = await visit.read(lambda acting: outcome_of(acting.uow, asking.event_key(key)))
    if came not in (Outcome.DONE, Outcome.NONE):
        return "Davet henüz hazırlanamadı; biraz sonra yeniden deneyin."
    hashes = [line.partition(" ")[0] for line in given["codes"].splitlines()]
    if not await visit.read(lambda acting: invitations.all_stand(acting, hashes)):
        return "Bu sayfadan yapılan davetlerden biri artık geçmiyor; sayfayı yenileyip davetleri yeniden hazırlayın."
    return None


def _code(seed: str, handle: str) -> str:
    """Always the same of the same letters."""
    turn = 0
    while (code := join_codes.code_from(f"{seed}:{handle}:{turn}")) is None:
        turn += 1
    return code


def _link(visit: Visit, code: str) -> str:
    """Behind the #: what stands there is sent to no server and stands in no log."""
    return f"{visit.web.settings.base_url}/#kod={code}"


def _picture(link: str) -> Markup:
    import segno  # for who draws one, not for every start

    out = io.BytesIO()
    segno.make_qr(link, error="m").save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        svgns=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
        title="Davet",
    )
    return Markup(out.getvalue().decode("ascii"))  # noqa: S704 - drawn by segno of letters that we made


def _place(code: JoinCode) -> str:
    """In the list. Of the hash as much as tells those of one moment apart: the rest belongs in no log."""
    assert code.made_at is not None
    return f"{code.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}_{code.code_hash[:_OF_THE_HASH]}"


def _behind(typed: str) -> tuple[datetime, str] | None:
    at, _, digest = typed.partition("_")
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    if found.tzinfo is not None or not _START_OF_HASH.fullmatch(digest):
        return None
    return found.replace(tzinfo=UTC), f"{digest}g"  # behind all that begin so
