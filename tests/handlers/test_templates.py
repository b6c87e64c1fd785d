"""The Turkish texts: each is there, is used, can be said, and says nothing for whoever fills it in."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError, meta

from bot.texts import TEMPLATES
from handlers.calendar import changes
from handlers.calendar.targets import Reach
from handlers.chat.commands import COMMANDS
from handlers.domain import priority_places
from handlers.domain.approvals import Approval, ApprovalKind, Decision
from handlers.domain.calendar import ORDINARY_WEEK, SpecialDay, SpecialKind, WorkPattern
from handlers.domain.canned_replies import CannedReply
from handlers.domain.charts import ThisWeek
from handlers.domain.checklists import Checklist, Item
from handlers.domain.countdowns import Pace, TimeLeft
from handlers.domain.maintenances import Maintenance
from handlers.domain.months import Month, MonthFigures, MonthLock, Waited
from handlers.domain.outages import Cause, NoteQuestion, Outage
from handlers.domain.people import Person, Role
from handlers.domain.recurring import Every, Evidence, Offered, Recurring, Rhythm, Whose
from handlers.domain.rota import Duty
from handlers.domain.states import Change, State, TicketEvent
from handlers.domain.symptoms import Proposal, Scope
from handlers.domain.systems import System, SystemState
from handlers.domain.targets import OF_FAULTS, Target, TargetRule
from handlers.domain.ticket import Entry, EntryKind, Follower, Ticket, TicketId
from handlers.domain.visits import Visit
from handlers.messages import plain, render
from handlers.people import personal_data
from handlers.people.rota import Burden
from handlers.ports import EffortOnSubject
from handlers.queries.overview import Overview, UnitNow
from handlers.queries.search import ArticleHit, Part, PersonHit, Results, TicketHit
from handlers.reports import digest_figures
from handlers.reports.backup_book import RESULTS, Book, Line
from handlers.reports.months import MonthReport
from handlers.terms import FACT_QUESTIONS
from handlers.tickets.articles import Trouble
from handlers.tickets.broadcasts import OnChannel, Readers
from handlers.tickets.expectations import Expected, Outlook
from handlers.tickets.outage_notes import Moment, OutageNote
from handlers.tickets.priority import TABLE
from handlers.tickets.timing import Standing
from tests.handlers.domain.builders import AYSE, MEHMET, NOW, person, ticket
from tests.scenarios.stage import shared_desk

SPECIAL = SpecialDay(
    day=date(2026, 12, 4), kind=SpecialKind.ADMIN_LEAVE, title="İdari izin", starts=time(14), confirmed=False
)
OVERVIEW = Overview(
    at=NOW,
    today=NOW.date(),
    units=[
        UnitNow(
            unit=unit,
            open=12,
            queued=3,
            waiting=4,
            urgent=1,
            older=5,
            late=2,
            reopened=1,
            days=[(NOW.date(), 4, 3)],
        )
        for unit in ("donanim", "yazilim")
    ],
)
REPLY = CannedReply(unit="donanim", name="yolda", text="{ad}, geliyorum.", written_at=NOW)
APPROVAL = Approval(
    ticket=TicketId(1),
    kind=ApprovalKind.STOCK,
    step=0,
    asked_by=MEHMET,
    asked_at=NOW,
    decision=Decision.APPROVED,
    decided_by=AYSE,
    decided_at=NOW,
)
LIST = Checklist(unit="donanim", name="oda", title="Oda", items=(Item("Ağ var", required=True),), written_at=NOW)
RECURRING = Recurring(
    unit="donanim",
    title="UPS testi",
    rhythm=Rhythm(Every.MONTHS, day=15, months=3),
    begins=NOW.date(),
    written_at=NOW,
    checked=True,
    days_before=3,
    whose=Whose.PERSON,
    evidence=Evidence.PHOTO,
)
PATTERN = WorkPattern(first_day=date(2026, 2, 19), last_day=date(2026, 3, 19), week=ORDINARY_WEEK, unit="donanim")
EBYS = System(id="ebys", title="EBYS", unit="yazilim", categories=("ebys-giris",))
PAST_OUTAGE = Outage(
    system="ebys", ticket=TicketId(1), since=NOW, declared_at=NOW, declared_by=MEHMET, heard_at=NOW, ended_at=NOW
)
READERS = Readers(channels=[OnChannel(title="Web", told=41, read=30), OnChannel(title="Telegram", told=12, read=None)])
RULE = TargetRule(target=Target(None, timedelta(hours=8)), valid_from=NOW, kind="talep", unit="donanim")
FULL_DAY = timedelta(hours=8)
STANDING = Standing(
    of_claim=False,
    left=TimeLeft(Pace.LATE, timedelta(hours=2)),
    due=NOW,
    full_day=FULL_DAY,
    promised=date(2026, 12, 4),
    broken=True,
)
MONTH = MonthReport(
    unit="donanim",
    month=Month(2026, 11),
    figures=MonthFigures(opened=12, solved=11, with_target=10, in_target=9, median_s=7200, ninth_s=28800),
    lock=MonthLock(
        unit="donanim",
        month=Month(2026, 11),
        figures=MonthFigures(opened=11, solved=4, with_target=3, in_target=3, median_s=60, ninth_s=60),
        locked_at=NOW,
        locked_by=MEHMET,
    ),
    locked_by=person(name="Fatma Şahin"),
    waits=[Waited(State.WAITING_PARTS, timedelta(hours=12), 4), Waited(State.WAITING_VENDOR, timedelta(hours=2), 1)],
    late=[("parts", 2), (None, 1)],
    running=True,
    full_day=FULL_DAY,
    outages=[(ticket(), "EBYS", True)] * 11,
)
ROOT = Path(__file__).parents[2]
NAMES = sorted(str(path.relative_to(TEMPLATES).with_suffix("")) for path in TEMPLATES.rglob("*.txt"))
SAYS = {"say": 1, "render": 0, "reporter": 2, "tell": 2, "tell_workers": 2, "ask": 3, "_cards": 1}
"""What says a template → at which place its name stands."""


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node


def _literals(node: ast.AST) -> set[str]:
    """The strings that an expression can be: `"a" if x else "b"` is either."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return _literals(node.body) | _literals(node.orelse)
        case _:
            return set()


def _said(path: Path) -> set[str]:
    said: set[str] = set()
    for name, call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
        if name in SAYS and len(call.args) > SAYS[name]:
            said |= _literals(call.args[SAYS[name]])
        if name in ("Invalid", "RefusedFile"):
            reasons = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "reason")]
            said |= {f"errors/{text}" for node in reasons for text in _literals(node)}
    return said


def _strings(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_every_template_that_the_handlers_name_is_there() -> None:
    named = set().union(*(_said(path) for path in _sources("handlers")))
    assert len(named) > 80, "the names were not found in the code"
    assert named <= set(NAMES)


def test_every_template_is_used() -> None:
    known = set().union(*(_strings(path) for path in _sources("handlers", "bot")))
    included = {
        name.removesuffix(".txt")
        for path in TEMPLATES.rglob("*.txt")
        for name in re.findall(r'{% include "([^"]+)" %}', path.read_text(encoding="utf-8"))
    }
    assert {name for name in NAMES if not {name, name.removeprefix("errors/")} & (known | included)} == set()


def test_no_line_runs_into_the_next() -> None:
    """The line end behind a tag is Jinja's: a line of text that ends in one needs an empty line after it, or the next
    is glued to it. A space before the tag says that it is meant."""
    glued = [
        f"{name}: {line}"
        for name in NAMES
        for line, following in pairwise((TEMPLATES / f"{name}.txt").read_text(encoding="utf-8").splitlines())
        if re.search(r"\S\s*(\{%[^%]*%\})+$", line)
        and re.sub(r"\{%.*?%\}", "", line).strip()
        and not re.search(r" \{% end(if|for) %\}$", line)
        and not re.fullmatch(r"\s*(\{% (endif|else|elif .*|endfor) %\})?", following)
    ]
    assert glued == []


# --- every template, filled in ------------------------------------------------------------------------
DAYS = {"first": date(2026, 12, 3), "last": date(2026, 12, 7), "today": NOW.date(), "starts": None, "ends": None}
DUTY = Duty(
    unit="donanim",
    person=MEHMET,
    starts=NOW,
    ends=NOW + timedelta(hours=15),
    entered_by=MEHMET,
    entered_at=NOW,
)
OF_DAYS = (
    "leave_preview",
    "leave_reversed",
    "leave_added",
    "leave_taken_back",
    "leave_told",
    "leave_withdrawn",
    "leave_begins",
    "leave_tomorrow",
    "end_of_day",
    "errors/leave_overlaps",
    "errors/person_on_leave",
    "deputy_preview",
    "deputy_added",
    "deputy_told",
    "deputy_begins",
    "deputy_over",
    "deputy_ended",
    "errors/duty_nobody",
    "errors/duty_taker_away",
)
OF_APPROVALS = ("approval_request", "approval_sent", "approval_waits", "errors/approval_of_another")
SAME_NAME: dict[str, dict[str, Any]] = {
    **{name: {"people": [person()], "why": "neden"} for name in OF_APPROVALS},
    "approval_automatic": {"people": [person()]},
    "approval_offer": {"kind": ApprovalKind.STOCK},
    "approval_automatic_on": {"kind": ApprovalKind.STOCK, "category": "hurda"},
    "approval_automatic_off": {"category": "hurda"},
    "approvals_automatic": {"offered": ["hurda"]},
    "checklist": {"ticked": 3, "total": 6},
    "recurring_list": {"standing": [(RECURRING, [date(2026, 12, 1)], person())]},
    "backup_book": {"results": RESULTS},
    "line_remarked": {"line": {"number": 3, "text": "Ağ var"}},
    "prompt_evidence": {"what": "sayı", "again": True},
    "shutdown_open": {"lines": ["Klima"]},
    "errors/canned_unknown": {"names": ["yolda"]},
    "errors/checklist_unknown": {"names": ["yolda"]},
    "errors/cannot_merge": {"other": "2026-000002"},
    "errors/cannot_merge_secret": {"other": "2026-000002"},
    **{name: {**DAYS, "kind": "annual"} for name in OF_DAYS},
    "errors/hours_overlap": {"former": (time(8, 0), time(12, 30))},
    "errors/days_reversed": {"first": date(2026, 12, 7), "last": date(2026, 12, 3)},
    "effort_noted": {"total": timedelta(minutes=75)},
    **{f"errors/department_{one}": {"other": "Mali Hizmetler"} for one in ("taken", "merged", "merge_other")},
    "effort_taken_back": {"total": timedelta(minutes=75)},
    "my_tickets": {"living": defaultdict(ticket)},
    "reporter_untold": {"reach": "left"},
}
"""Where a name means something else than in every other template."""


def filled_in(name: str, word: str, **changes: Any) -> str:
    return shared_desk().texts.render(name, **_samples(word) | SAME_NAME.get(name, {}) | changes)


@cache
def _samples(word: str) -> dict[str, Any]:
    """Something for every name that a template uses; whatever people type is `word`."""
    desk = shared_desk()
    somebody = person(Role.TECHNICIAN, name=f"{word} Kaya", room=word, department=word, phone=word, verified=True)
    it = ticket(
        State.WAITING_PARTS,
        text=word,
        facts={"oda": word, "dahili": word, "hata": word},
        reasons=(word,),
        tried=3,
        waiting_for=word,
        resolution=word,
        merged_into="2026-000009",
        files=("f1",),
        followers=(Follower(person=MEHMET, conversation="web:p:mehmet"),),
        outage=True,
        changed_at=NOW,
    )
    done = ticket(State.RESOLVED, text=word, resolution=word, priority="acil")
    day = _digest(word)
    return {
        "accounts": [word],
        "burdens": [(somebody, Burden(nights=14, feasts=2))],
        "duties": [(somebody, DUTY)],
        "duty": DUTY,
        "former": somebody,
        "gaps": [(NOW, NOW + timedelta(hours=15))],
        "keeps": True,
        "begins": False,
        "dropping": True,
        "heard": True,
        "line_at": NOW,
        "night": "nobody",
        "opens": NOW,
        "rotas": [("donanim", [(somebody, DUTY, True)], [(NOW, NOW + timedelta(hours=15))])],
        "what": "begins",
        "whose": ["yazilim"],
        "year": 2026,
        "deputies": [{**DAYS, "person": somebody, "who": somebody, "document": word}],
        "document": "2026/1412",
        "restricted": True,
        "alone": [date(2026, 12, 7)],
        "begun": True,
        "fate": "person",
        "leaves": [
            (
                somebody,
                {
                    "first": date(2026, 12, 3),
                    "last": date(2026, 12, 7),
                    "today": NOW.date(),
                    "starts": None,
                    "ends": None,
                },
            )
        ],
        "note": word,
        "own": False,
        "stand_in": somebody,
        "today": NOW.date(),
        "until": date(2026, 12, 7),
        "angry": True,
        "article": next(iter(desk.knowledge.articles.values())),
        "asked": True,
        "asks": True,
        "cancelled": False,
        "cards": 3,
        "category": desk.category("yazici-yazdirmiyor"),
        "channel": "telegram",
        "code": "ABCDE-FGH23",
        "commands": list(COMMANDS.values()),
        "count": 2,
        "c": day.comparison,
        "d": day,
        "days": 7,
        "desk": desk,
        "due_today": True,
        "outlook": Outlook(
            ahead=4, record=None, expected=Expected(date(2026, 12, 5), afternoon=True, today=date(2026, 12, 4))
        ),
        "promised": date(2026, 12, 9),
        "at": NOW,
        "room": "312",
        "page": "/oda-kartlari.pdf",
        "asked_about": "now",
        "week": ThisWeek(
            opened=86,
            solved=91,
            waited_for=State.WAITING_PARTS,
            waited=timedelta(hours=112),
            subject="toner-kartus",
        ),
        "monday": date(2026, 11, 16),
        "sunday": date(2026, 11, 22),
        "stretch_said": "Bugün",
        "overview": OVERVIEW,
        "flow": [("donanim", 4, 3), ("yazilim", 2, 2)],
        "related": ["2026-000118"],
        "back": False,
        "whole": "2026-000118",
        "pieces": [it, done],
        "active": [it],
        "of": 2,
        "time": "yarın 14.00",
        "times": ["Yarın 09.30", "Yarın 14.00"],
        "visit": Visit(closed=2, offered=(NOW, NOW)),
        "was_coming": True,
        "closed": 3,
        "instead": date(2026, 12, 7),
        "again": True,
        "erased": personal_data.Erasure(texts=3, files=1, open=2, messengers=["Slack", "Telegram"], groups=["Slack"]),
        "few": True,
        "ends": time(8, 0),
        "first": 1,
        "weekday": 4,
        "latter": (time(12, 0), time(17, 0)),
        "starts": time(17, 0),
        "edited": True,
        "ended": True,
        "entries": [(Entry(kind=EntryKind.NOTE, at=NOW, author=MEHMET, text=word), somebody)],
        "followed": [it],
        "found": [somebody],
        "hits": Results(
            typed=word,
            cut=True,
            tickets=[
                TicketHit(
                    ticket=it, reporter=[Part(word)], words=[Part(word), Part(word, hit=True)], stands_in=kind, at=NOW
                )
                for kind in EntryKind
            ],
            people=[PersonHit(person=somebody, about=[Part(word, hit=True)])],
            articles=[ArticleHit(article=shared_desk().article("yazici-cevrimdisi"), title=[Part(word)], words=[])],
            meant=[word],
        ),
        "further": True,
        "hazard": "fire",
        "hint": "123",
        "history": [TicketEvent(NOW, AYSE, "web", change) for change in Change],
        "kept": True,
        "last": 10,
        "late_reason": "Malzeme geç geldi",
        "leads": [somebody],
        "left_unit": "donanim",
        "matter": "people",
        "mine": personal_data.Kept(
            tickets=3,
            open=1,
            files=2,
            absences=1,
            deputies=1,
            duties=1,
            outages=1,
            planned=1,
            views=1,
            approvals=1,
            browsers=[("Chrome · Windows", NOW)],
        ),
        "notice": "2-083a1",
        "kind": "location",
        "inner": word,
        "inside": True,
        "known": [word],
        "letters": 80,
        "limit": 60,
        "limit_mb": 20,
        "minutes": 5,
        "misread": "31 Şubat",
        "living": done,
        "more": 3,
        "megapixels": 63,
        "names": {AYSE: somebody},
        "now": NOW + timedelta(minutes=5),
        "news": 2,
        "number": it.number,
        "open": 2,
        "like": [somebody],
        "near": [word],
        "other": done,
        "others": [done],
        "older": True,
        "outcome": "opened",
        "outage": it,
        "aftermath": OutageNote(
            outage=1,
            head=it,
            system="EBYS",
            since=NOW,
            ended_at=NOW,
            worked=timedelta(hours=2),
            full_day=FULL_DAY,
            people=12,
            cause=Cause.LINE,
            moments=[Moment(at=NOW, what="declared"), Moment(at=NOW, what="line", text=word)],
            answers=[(NoteQuestion.WHY, word)],
            actions=[(it, somebody), (done, None)],
            readers=READERS,
        ),
        "asked_for": NoteQuestion.WHY,
        "readers": READERS,
        "nth": 2,
        "questions": 5,
        "notes": [(it, "EBYS", PAST_OUTAGE, 3), (done, "KEP", PAST_OUTAGE, 0)],
        "system": "EBYS",
        "it": EBYS,
        "systems": [(EBYS, SystemState.DOWN, [])],
        "categories": True,
        "since": NOW,
        "heard_at": NOW,
        "joined": 2,
        "gone": False,
        "planned": Maintenance(
            system="ebys", starts=NOW, ends=NOW, text=word, departments=("Zabıta",), entered_by=MEHMET, entered_at=NOW
        ),
        "works": [
            {
                "system": "EBYS",
                "readers": READERS,
                "planned": Maintenance(
                    system="ebys", starts=NOW, ends=NOW, text=word, entered_by=MEHMET, entered_at=NOW
                ),
            }
        ],
        "proposal": Proposal(
            scope=Scope.SYSTEM, key="system:ebys", unit="yazilim", since=NOW, changed_at=NOW, people=6
        ),
        "departments": [("Mali Hizmetler", 2), ("Zabıta", 1)],
        "quotes": [word],
        "wide": True,
        "ended_at": NOW,
        "system_state": SystemState.DOWN,
        "over": False,
        "line": word,
        "cause": "line",
        "parts": 2,
        "phase": "asked",
        "people": 2,
        "places": priority_places.DEFAULT,
        "platform": "Telegram",
        "priority": "Yüksek",
        "published": True,
        "reach": "told",
        "read": True,
        "reopens": True,
        "request": False,
        "rest": True,
        "role": Role.LEAD,
        "roles": [role.value for role in Role],
        "second": "E-imza",
        "shown": 10,
        "short": 123,
        "size_mb": 21,
        "table": TABLE,
        "change": changes.Change(longer=14, shorter=2, no_longer_late=3, late_after_all=1, partial=True),
        "day": date(2026, 12, 4),
        "doubtful": [SPECIAL],
        "solved": 4,
        "agreed": {it.id: NOW},
        "done": 3_000,
        "month_report": MONTH,
        "month": MONTH.month,
        "director": True,
        "opens_on": date(2026, 12, 1),
        "opened": 4_212,
        "recommended": False,
        "standings": {it.id: STANDING},
        "leave": True,
        "wanted_daily": True,
        "most": 31,
        "of_some": True,
        "pattern": PATTERN,
        "patterns": [PATTERN],
        "replaced": [SPECIAL],
        "special": [SPECIAL],
        "events": [SPECIAL],
        "locked": [Month(2026, 11)],
        "windows": ((time(8), time(12)), (time(13), time(17))),
        "full_day": FULL_DAY,
        "rule": RULE,
        "rules": [RULE],
        "reached": Reach(41, 2, partial=True),
        "targets": {"ariza": OF_FAULTS},
        "standing": STANDING,
        "state": State.CLOSED,
        "step": (2, word),
        "steps": 3,
        "ticket": it,
        "tickets": [it, done],
        "any": True,
        "items": LIST.items,
        "lists": [LIST],
        "written": LIST,
        "lines": [
            {"text": word, "required": True, "tick": None, "by": None, "list_title": word, "number": 3, "marks": "📝"}
        ],
        "remarks": [(3, Entry(kind=EntryKind.NOTE, at=NOW, author=MEHMET, text=word), somebody)],
        "ticked": (3, 6),
        "titles": [word],
        "chosen": {"hurda": ApprovalKind.SCRAP},
        "book": Book(
            month=date(2026, 12, 1),
            lines=[Line(day=date(2026, 12, 1), check=word, result="failed", by=word, at=NOW, number="2026-000001")],
        ),
        "results": RESULTS,
        "several": True,
        "changes": True,
        "coming": [date(2026, 12, 1)],
        "made": RECURRING,
        "offered": [Offered("donanim", "UPS testi", "ayın ilk iş günü")],
        "result": "failed",
        "approval": APPROVAL,
        "answer": word,
        "department": word,
        "asker": somebody,
        "in_place_of": [somebody],
        "place": word,
        "refused": True,
        "report": word,
        "field": word,
        "fields": ["ad", "bos:parça adı"],
        "reply": REPLY,
        "replies": [REPLY],
        "wanted": word,
        "hours": 40,
        "spent": timedelta(minutes=75),
        "subjects": [EffortOnSubject("yazici-yazdirmiyor", 750, 18)],
        "title": "Yazıcı yazdırmıyor",
        "to_unit": "yazilim",
        "told": True,
        "returned": 2,
        "total": 106,
        "tried": True,
        "trouble": Trouble(4, word, "bir başlık"),
        "unit": "donanim",
        "units": ["donanim", "yazilim"],
        "unverified": False,
        "view": digest_figures.View(
            digests=[day, day],
            names=True,
            secrets=True,
            held=[(word, 2)],
            in_place_of=word,
            emergencies=day.oldest,
            overdue=digest_figures.Overdue(
                unclaimed=2, unsolved=1, oldest_unclaimed=day.oldest[0], oldest_unsolved=day.oldest[0]
            ),
        ),
        "waiting_citizens": True,
        "warning": "solve_late",
        "waits": day.waits,
        "unsent": True,
        "why": False,
        "wished": True,
        "worked": False,
        **dict.fromkeys(("question", "reason", "text", "typed", "name", "wish", "meaning"), word),
        **dict.fromkeys(
            ("asker", "author", "by", "caller", "holder", "opener", "person", "reporter", "resolver", "to", "who"),
            somebody,
        ),
    }


def _digest(word: str) -> digest_figures.Digest:
    wait = digest_figures.Wait(state=State.WAITING_PARTS, count=1, since=NOW, days=2)
    oldest = digest_figures.OpenTicket(
        number="2026-000001",
        category="yazici-yazdirmiyor",
        state=State.OPEN,
        priority=ticket().priority,
        opened_at=NOW,
        days=3,
        holder=word,
        restricted=False,
    )
    return digest_figures.Digest(
        unit="donanim",
        day=NOW.date(),
        since=NOW - timedelta(days=3),
        until=NOW,
        opened=3,
        resolved=2,
        solved_by_tip=1,
        active=4,
        unclaimed=1,
        waits=(wait,),
        oldest=(oldest,),
        by_category=(("yazici-yazdirmiyor", 2), (None, 1)),
        by_department=((word, 2, 1),),
        resolved_by=((word, 2),),
        comparison=digest_figures.Comparison(days=5, opened_average=2.4, resolved_average=3.0),
        days=(),
        in_between=False,
    )


def _spans(marked: str) -> list[str]:
    marks: list[str] = []
    render(marked, lambda mark, _argument, _body: marks.append(mark) or "", lambda bare: bare)
    return marks


@pytest.fixture(scope="module")
def undeclared() -> dict[str, set[str]]:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False)  # only parsed
    environment.filters.update(
        dict.fromkeys(("alarm", "bold", "code", "quote", "link", "steps", "hits", "clock", "day"), str)
    )
    globals_ = {"words", "emblem", "ago", "institution", "timedelta"}
    trees = {name: environment.parse((TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")) for name in NAMES}
    return {name: meta.find_undeclared_variables(tree) - globals_ for name, tree in trees.items()}


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_said(name: str, undeclared: dict[str, set[str]]) -> None:
    assert undeclared[name] <= set(_samples("")), "a sample is missing"
    said = plain(filled_in(name, "3. kat"))
    assert said
    for trace in ("None", "Undefined", "{{", "}}", "{%", "<", "State.", "Role."):
        assert trace not in said
    assert "  " not in said.replace("   📷", ""), "two blanks: something is missing between them"
    assert "\n\n\n\n" not in said


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_somebody_types_becomes_a_span_or_a_template(name: str) -> None:
    spans = _spans(filled_in(name, "3. kat"))
    for typed in ("\ue000koyu\ue00e", "\ue00e\ue002x\ue00fy", "{{ 7*7 }} {0.__class__} {% raw %}"):
        said = filled_in(name, typed)
        assert _spans(said) == spans, typed
        assert "49" not in plain(said), typed
        assert "__class__" not in plain(said).replace("{0.__class__}", ""), typed


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", ["card", "ticket"])
def test_a_ticket_can_be_shown_in_every_state(who: str, state: State) -> None:
    it = ticket(state, resolution="Toner değişti" if state is State.RESOLVED else "")
    said = plain(filled_in(who, "3. kat", ticket=it, holder=None if state is State.OPEN else person(), known=[]))
    assert it.number in said
    if who == "card":
        assert len(said.splitlines()) <= 6


def test_a_person_of_whom_nothing_is_known_can_be_spoken_of() -> None:
    stranger = Person(handle="web-a1b2c3")
    everybody = dict.fromkeys(("person", "reporter", "author", "holder", "resolver"), stranger)
    for name in ("card", "ticket", "bystander", "greeting", "notice", "my_data", "work_reply", "joined"):
        assert plain(filled_in(name, "3. kat", **everybody))


def test_every_fact_can_be_asked_for() -> None:
    for question in FACT_QUESTIONS.values():
        assert question in plain(filled_in("fact", "3. kat", question=question))


def test_a_missing_value_is_an_error_and_never_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        shared_desk().texts.render("opened", ticket=Ticket)
