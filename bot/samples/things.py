"""Tickets, people and what a house keeps, as the samples of texts speak of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from handlers.domain.approvals import Approval, ApprovalKind, Decision
from handlers.domain.calendar import ORDINARY_WEEK, SpecialDay, SpecialKind, WorkPattern
from handlers.domain.canned_replies import CannedReply
from handlers.domain.checklists import Checklist, Item
from handlers.domain.countdowns import Pace, TimeLeft
from handlers.domain.months import Month, MonthFigures, MonthLock, Waited
from handlers.domain.outages import Outage
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.recurring import Every, Evidence, Recurring, Rhythm, Whose
from handlers.domain.rota import Duty
from handlers.domain.states import ACTIVE, State
from handlers.domain.systems import System
from handlers.domain.targets import Target, TargetRule
from handlers.domain.ticket import Ticket, TicketId
from handlers.queries.overview import Overview, UnitNow
from handlers.reports.backup_book import RESULTS
from handlers.reports.months import MonthReport
from handlers.tickets.broadcasts import OnChannel, Readers
from handlers.tickets.timing import Standing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning."""
AYSE, MEHMET, ZEYNEP = PersonId(1), PersonId(2), PersonId(3)


def ticket(state: State = State.OPEN, **about: Any) -> Ticket:
    """In that state as it would have come there: held by mehmet wherever somebody must hold it."""
    values: dict[str, Any] = {
        "unit": "donanim",
        "category": "yazici-yazdirmiyor",
        "text": "yazıcı çıktı vermiyor",
        "reporter": AYSE,
        "conversation": "web:p:ayse",
        "opened_at": NOW,
        "opened_by": AYSE,
        "number": "2026-000001",
        "id": TicketId(1),
        "state": state,
        "holder": None if state is State.OPEN else MEHMET,
        "resolved_at": NOW if state in (State.RESOLVED, State.CLOSED) else None,
        "ended_at": None if state in ACTIVE or state is State.RESOLVED else NOW,
    }
    return Ticket(**values | about)


def person(role: Role = Role.REQUESTER, unit: str | None = None, **about: Any) -> Person:
    values: dict[str, Any] = {
        "handle": "veli",
        "name": "Veli Can",
        "department": "Park ve Bahçeler",
        "role": role,
        "unit": unit or ("donanim" if role.needs_unit else None),
        "id": PersonId(7),
    }
    return Person(**values | about)


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
