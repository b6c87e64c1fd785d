"""Sample values: systems, their outages and planned works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.samples.builders import MEHMET, NOW
from bot.samples.calendar import FULL_DAY
from bot.samples.people import somebody
from bot.samples.tickets import solved, waiting
from bot.samples.typed import Typed
from handlers.domain.maintenances import Maintenance
from handlers.domain.outages import Cause, NoteQuestion, Outage
from handlers.domain.symptoms import Proposal, Scope
from handlers.domain.systems import System, SystemState
from handlers.domain.ticket import TicketId
from handlers.tickets.broadcasts import OnChannel, Readers
from handlers.tickets.outage_notes import Moment, OutageNote

EBYS = System(id="ebys", title="EBYS", unit="yazilim", categories=("ebys-giris",))
PAST = Outage(
    system="ebys", ticket=TicketId(1), since=NOW, declared_at=NOW, declared_by=MEHMET, heard_at=NOW, ended_at=NOW
)
READERS = Readers(channels=[OnChannel(title="Web", told=41, read=30), OnChannel(title="Telegram", told=12, read=None)])
SAME: Mapping[str, Any] = {
    "asked_for": NoteQuestion.WHY,
    "cancelled": False,
    "categories": True,
    "cause": "line",
    "departments": [("Mali Hizmetler", 2), ("Zabıta", 1)],
    "ended_at": NOW,
    "gone": False,
    "heard": True,
    "heard_at": NOW,
    "it": EBYS,
    "line_at": NOW,
    "nth": 2,
    "over": False,
    "proposal": Proposal(scope=Scope.SYSTEM, key="system:ebys", unit="yazilim", since=NOW, changed_at=NOW, people=6),
    "questions": 5,
    "readers": READERS,
    "since": NOW,
    "system": "EBYS",
    "system_state": SystemState.DOWN,
    "systems": [(EBYS, SystemState.DOWN, [])],
    "wide": True,
}
"""Whatever people typed."""


def _work(typed: Typed, *departments: str) -> Maintenance:
    return Maintenance(
        system="ebys",
        starts=NOW,
        ends=NOW,
        text=typed.words,
        departments=departments,
        entered_by=MEHMET,
        entered_at=NOW,
    )


def _note(typed: Typed) -> OutageNote:
    it, done = waiting(typed), solved(typed)
    return OutageNote(
        outage=1,
        head=it,
        system="EBYS",
        since=NOW,
        ended_at=NOW,
        worked=timedelta(hours=2),
        full_day=FULL_DAY,
        people=12,
        cause=Cause.LINE,
        moments=[Moment(at=NOW, what="declared"), Moment(at=NOW, what="line", text=typed.words)],
        answers=[(NoteQuestion.WHY, typed.words)],
        actions=[(it, somebody(typed)), (done, None)],
        readers=READERS,
    )


def values(typed: Typed) -> Mapping[str, Any]:
    it, done = waiting(typed), solved(typed)
    return {
        **SAME,
        "aftermath": _note(typed),
        "line": typed.words,
        "notes": [(it, "EBYS", PAST, 3), (done, "KEP", PAST, 0)],
        "outage": it,
        "planned": _work(typed, "Zabıta"),
        "quotes": [typed.words],
        "works": [{"system": "EBYS", "readers": READERS, "planned": _work(typed)}],
    }
