"""Who may do what: the sentence of the design as one table.

Reporter: own tickets; technician: tickets of the own unit, own claims, sending to the other unit; lead: all of the
unit; director and auditor: read all (auditor nothing else); admin: people, groups, settings, not the content of
security tickets; security tickets are seen by lead and director only (the auditor reads everything, logged).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from handlers.domain.errors import NotAllowed, NotFound, NotHolder
from handlers.domain.people import Lent, PersonId, Role
from handlers.domain.rights import (
    Action,
    finds_notes,
    finds_people,
    may,
    may_enter_leave_of,
    require,
    scopes,
    sees_inside,
    units_searched,
)
from handlers.domain.states import State
from handlers.domain.ticket import Follower, Ticket
from tests.handlers.domain.builders import AYSE, MEHMET, NOW, ZEYNEP, person, ticket

ME = PersonId(7)
TICKETS: dict[str, Ticket] = {
    "own": ticket(reporter=ME, opened_by=ME, unit="yazilim"),
    "own-secret": ticket(reporter=ME, opened_by=ME, unit="yazilim", restricted=True),
    "opened": ticket(opened_by=ME, unit="yazilim"),
    "opened-secret": ticket(opened_by=ME, unit="yazilim", restricted=True),
    "free": ticket(),
    "mine": ticket(State.CLAIMED, holder=ME),
    "held": ticket(State.CLAIMED, holder=ZEYNEP),
    "secret": ticket(restricted=True),
    "given": ticket(State.CLAIMED, holder=ME, restricted=True),
    "other": ticket(unit="yazilim"),
    "other-held": ticket(State.CLAIMED, unit="yazilim", holder=MEHMET),
    "other-secret": ticket(unit="yazilim", restricted=True),
    "followed": ticket(unit="yazilim", followers=(Follower(person=ME, conversation="web:p:veli", waits=False),)),
}
"""own: reported by me; opened: by me for a caller, in the other unit; mine: of my unit, claimed by me; secret: a
security matter; given: one that a lead gave to me by name; other: of the other unit; followed: an outage of the other
unit that I had too."""
REPORTER = {"read", "reply_as_reporter", "confirm", "reopen", "cancel", "rate", "choose_visit"}
UNIT = {
    "read", "claim", "note", "reply_to_reporter", "transfer", "recategorise", "prioritise", "declare_outage", "reopen",
    "draft_article", "add_effort", "tick", "name_device",
}  # fmt: skip
HOLDER = {"release", "wait", "resume", "ask", "resolve", "merge", "cancel", "promise", "visit", "ask_for_help"} | {
    "keep_outage_note"
}
DIRECTOR = {"read", "note", "prioritise", "assign", "declare_outage", "keep_outage_note"}
RIGHTS: dict[str, set[str]] = {
    "-": set(),
    "reads": {"read"},
    "reporter": REPORTER,
    "follows": {"reply_as_reporter", "reopen"},
    "reads+follows": {"read", "reply_as_reporter", "reopen"},
    "unit": UNIT,
    "holder": UNIT | HOLDER,
    "lead": UNIT | HOLDER | {"assign", "publish_article"},
    # more than the design's "read all": somebody must be able to give away what lies in a unit without a lead
    "director": DIRECTOR,
    "director+follows": DIRECTOR | {"reply_as_reporter", "reopen"},
    "reporter+director": REPORTER | DIRECTOR,
}
TABLE = """
            own        own-secret  opened  opened-secret  free      mine     held      secret    given    other     other-held  other-secret  followed
requester   reporter   reporter    reads   -              -         -        -         -         -        -         -           -  follows
technician  reporter   reporter    reads   -              unit      holder   unit      -         holder   -         -           -  follows
lead        reporter   reporter    reads   -              lead      lead     lead      lead      lead     -         -           -  follows
director    reporter+director reporter+director director director director director director director director director director director  director+follows
admin       reporter   reporter    reads   -              reads     reads    reads     -         -        reads     reads       -  reads+follows
auditor     reporter   reporter    reads   reads          reads     reads    reads     reads     reads    reads     reads       reads  reads+follows
"""  # noqa: E501 # a table is read as one


def _cells() -> Iterator[tuple[Role, str, str]]:
    head, *rows = TABLE.strip().splitlines()
    for row in rows:
        role, *cells = row.split()
        for column, cell in zip(head.split(), cells, strict=True):
            yield Role(role), column, cell


@pytest.mark.parametrize(("role", "which", "rights"), [*_cells()])
def test_who_may_do_what_to_which_ticket(role: Role, which: str, rights: str) -> None:
    me = person(role, id=ME)
    assert {action.value for action in Action if may(me, action, TICKETS[which])} == RIGHTS[rights]


def test_the_table_knows_everybody() -> None:
    assert {role for role, _, _ in _cells()} == set(Role)
    assert {which for _, which, _ in _cells()} == set(TICKETS)


LEAVES = {Action.TAKE_LEAVE, Action.ENTER_LEAVE, Action.NAME_DEPUTY}
ROTA = {Action.SEE_ROTA, Action.KEEP_ROTA}
SYSTEMS = {Action.KEEP_SYSTEMS}
CARDS = {Action.PRINT_DOOR_CARDS}
KEEP_ALL = {Action.KEEP_CALENDAR, Action.KEEP_CALENDAR_OF_ALL}
ARTICLES = {Action.PUBLISH_ARTICLE}
HOUSE = SYSTEMS | CARDS | ARTICLES


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.REQUESTER, set()),
        (Role.TECHNICIAN, {Action.OPEN_FOR_OTHERS, Action.SEE_SUMMARY, Action.TAKE_LEAVE, Action.SEE_ROTA}),
        (
            Role.LEAD,
            {Action.OPEN_FOR_OTHERS, Action.SEE_SUMMARY, Action.CORRECT_NAMES, Action.KEEP_CALENDAR}
            | {Action.KEEP_CANNED_REPLIES, Action.KEEP_CHECKLISTS, Action.KEEP_RECURRING, Action.LOCK_MONTH}
            | {Action.KEEP_APPROVALS}
            | LEAVES
            | ROTA
            | HOUSE,
        ),
        (
            Role.DIRECTOR,
            {Action.OPEN_FOR_OTHERS, Action.SEE_SUMMARY, Action.READ_ALL, Action.SEE_ROTA}
            | {Action.LOCK_MONTH, Action.UNLOCK_MONTH, Action.KEEP_APPROVALS}
            | KEEP_ALL
            | LEAVES
            | HOUSE,
        ),
        (Role.AUDITOR, {Action.SEE_SUMMARY, Action.READ_ALL}),
        (
            Role.ADMIN,
            {Action.MANAGE_PEOPLE, Action.BIND_ROOM, Action.SEE_SUMMARY, Action.CORRECT_NAMES} | KEEP_ALL | HOUSE,
        ),
    ],
)
def test_who_may_do_what_in_the_house(role: Role, rights: set[Action]) -> None:
    assert {action for action in Action if may(person(role), action)} == rights


@pytest.mark.parametrize(
    ("who", "whose", "may_enter"),
    [
        ((Role.TECHNICIAN, "donanim"), (Role.TECHNICIAN, "donanim"), False),
        ((Role.LEAD, "donanim"), (Role.TECHNICIAN, "donanim"), True),
        ((Role.LEAD, "donanim"), (Role.TECHNICIAN, "yazilim"), False),
        ((Role.LEAD, "donanim"), (Role.DIRECTOR, None), False),
        ((Role.DIRECTOR, None), (Role.LEAD, "yazilim"), True),
        ((Role.DIRECTOR, None), (Role.REQUESTER, None), False),
        ((Role.ADMIN, None), (Role.TECHNICIAN, "donanim"), False),
    ],
)
def test_who_writes_down_whose_leave(
    who: tuple[Role, str | None], whose: tuple[Role, str | None], may_enter: bool
) -> None:
    me, other = person(who[0], who[1], id=ME), person(whose[0], whose[1], id=ZEYNEP)
    assert may_enter_leave_of(me, other) is may_enter
    assert may_enter_leave_of(me, me) is (who[0] is not Role.ADMIN)


@pytest.mark.parametrize("role", Role)
def test_who_left_may_nothing_not_even_with_their_own(role: Role) -> None:
    gone = person(role, id=ME, left_at=NOW)
    assert not any(may(gone, action) for action in Action)
    assert not any(may(gone, action, it) for action in Action for it in TICKETS.values())


def test_who_moved_to_another_unit_may_nothing_in_the_old_one_not_even_with_what_they_hold() -> None:
    moved = person(Role.TECHNICIAN, "yazilim", id=ME)
    assert not any(may(moved, action, TICKETS["mine"]) for action in Action)


def test_a_lead_who_opened_a_security_ticket_for_a_caller_still_leads() -> None:
    it = ticket(restricted=True, opened_by=ME)
    assert {action.value for action in Action if may(person(Role.LEAD, id=ME), action, it)} == RIGHTS["lead"]


# --- how a refusal sounds ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "action", "which", "refusal"),
    [
        (Role.REQUESTER, Action.READ, "free", NotFound),
        (Role.REQUESTER, Action.CLAIM, "free", NotFound),
        (Role.TECHNICIAN, Action.READ, "other", NotFound),
        (Role.TECHNICIAN, Action.READ, "secret", NotFound),
        (Role.ADMIN, Action.READ, "secret", NotFound),
        (Role.TECHNICIAN, Action.RESOLVE, "free", NotHolder),
        (Role.TECHNICIAN, Action.RESOLVE, "held", NotHolder),
        (Role.TECHNICIAN, Action.ASSIGN, "held", NotAllowed),
        (Role.AUDITOR, Action.NOTE, "free", NotAllowed),
        (Role.DIRECTOR, Action.RESOLVE, "free", NotAllowed),
    ],
)
def test_nobody_learns_of_a_ticket_that_they_may_not_read(
    role: Role, action: Action, which: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        require(person(role, id=ME), action, TICKETS[which])
    assert type(refused.value) is refusal


def test_who_is_not_the_holder_is_told_who_is() -> None:
    with pytest.raises(NotHolder) as refused:
        require(person(Role.TECHNICIAN, id=ME), Action.RESOLVE, TICKETS["held"])
    assert refused.value.holder == ZEYNEP


def test_what_is_allowed_raises_nothing() -> None:
    require(person(Role.TECHNICIAN, id=ME), Action.CLAIM, TICKETS["free"])
    require(person(id=AYSE), Action.CONFIRM, ticket(State.RESOLVED))


def test_who_moved_may_nothing_with_a_security_ticket_that_was_given_to_them() -> None:
    moved = person(Role.TECHNICIAN, "yazilim", id=ME)
    assert not any(may(moved, action, TICKETS["given"]) for action in Action)


LENT_LEAD = Lent(role=Role.LEAD, unit="yazilim", of=(MEHMET,))


@pytest.mark.parametrize(
    ("role", "lent", "units", "notes", "people"),
    [
        (Role.REQUESTER, (), set(), True, False),
        (Role.REQUESTER, (LENT_LEAD,), {"yazilim"}, True, True),
        (Role.TECHNICIAN, (), {"donanim"}, True, True),
        (Role.LEAD, (LENT_LEAD,), {"donanim", "yazilim"}, True, True),
        (Role.LEAD, (Lent(role=Role.DIRECTOR, unit=None, of=(MEHMET,)),), None, True, True),
        (Role.DIRECTOR, (), None, True, True),
        (Role.AUDITOR, (), None, True, True),
        (Role.ADMIN, (), None, False, True),
        (Role.ADMIN, (LENT_LEAD,), None, False, True),
    ],
)
def test_what_somebody_finds(
    role: Role, lent: tuple[Lent, ...], units: set[str] | None, notes: bool, people: bool
) -> None:
    one = person(role, lent=lent)
    assert (units_searched(one), finds_notes(one), finds_people(one)) == (units, notes, people)


@pytest.mark.parametrize("role", list(Role))
def test_who_left_finds_nothing(role: Role) -> None:
    one = person(role, left_at=NOW)
    assert (units_searched(one), finds_people(one)) == (set(), False)


@pytest.mark.parametrize("role", list(Role))
def test_the_scopes_of_lists_are_what_may_be_read(role: Role) -> None:
    """Beside what somebody reported, opened for a caller or follows."""
    me = person(role, "donanim" if role.needs_unit else None, id=ME)
    for name, one in TICKETS.items():
        if ME not in (one.reporter, one.opened_by) or me.role not in (Role.REQUESTER, Role.TECHNICIAN):
            covered = any(scope.covers(one) for scope in scopes(me))
            of_work = may(me, Action.READ, one) and ME not in (one.reporter, one.opened_by)
            assert covered or not of_work, name
            assert may(me, Action.READ, one) or not covered, name


def test_whoever_left_sees_no_list() -> None:
    left = person(Role.DIRECTOR, id=ME)
    left.leave(NOW)
    assert scopes(left) == ()


def test_a_deputy_lists_what_was_lent() -> None:
    lent = Lent(role=Role.LEAD, unit="donanim", of=(PersonId(9),))
    me = person(Role.TECHNICIAN, "yazilim", id=ME)
    me.lent = (lent,)
    assert [(one.unit, one.restricted) for one in scopes(me)] == [("yazilim", False), ("donanim", False)]
    me.lent = (replace(lent, restricted=True),)
    assert scopes(me)[1].restricted


def test_in_the_directors_place_one_reads_no_notes_of_ones_own_security_report() -> None:
    lent = Lent(role=Role.DIRECTOR, unit=None, of=(PersonId(9),))
    me = person(Role.REQUESTER, id=ME)
    me.lent = (lent,)
    assert may(me, Action.READ, TICKETS["own-secret"])
    assert not sees_inside(me, TICKETS["own-secret"])
    assert sees_inside(me, TICKETS["own"])
    me.lent = (replace(lent, restricted=True),)
    assert sees_inside(me, TICKETS["own-secret"])
