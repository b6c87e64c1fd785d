"""Sample values: what a unit keeps (checklists, recurring work, canned replies, the book of backups) and approvals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.samples.builders import AYSE, MEHMET, NOW, person
from bot.samples.people import somebody
from bot.samples.typed import Typed
from handlers.domain.approvals import Approval, ApprovalKind, Decision
from handlers.domain.canned_replies import CannedReply
from handlers.domain.checklists import Checklist, Item
from handlers.domain.recurring import Every, Evidence, Offered, Recurring, Rhythm, Whose
from handlers.domain.ticket import Entry, EntryKind, TicketId
from handlers.reports.backup_book import RESULTS, Book, Line

FIRST_DAY = date(2026, 12, 1)
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
SAME: Mapping[str, Any] = {
    "any": True,
    "approval": APPROVAL,
    "begins": False,
    "changes": True,
    "chosen": {"hurda": ApprovalKind.SCRAP},
    "coming": [FIRST_DAY],
    "dropping": True,
    "fields": ["ad", "bos:parça adı"],
    "items": LIST.items,
    "keeps": True,
    "lists": [LIST],
    "made": RECURRING,
    "offered": [Offered("donanim", "UPS testi", "ayın ilk iş günü")],
    "refused": True,
    "replies": [REPLY],
    "reply": REPLY,
    "result": "failed",
    "results": RESULTS,
    "several": True,
    "ticked": (3, 6),
    "whose": ["yazilim"],
    "written": LIST,
}
"""Whatever people typed."""


def values(typed: Typed) -> Mapping[str, Any]:
    item = {"text": typed.words, "required": True, "tick": None, "by": None, "list_title": typed.words}
    backup = Line(day=FIRST_DAY, check=typed.words, result="failed", by=typed.words, at=NOW, number="2026-000001")
    return {
        **SAME,
        "answer": typed.words,
        "asker": somebody(typed),
        "book": Book(month=FIRST_DAY, lines=[backup]),
        "field": typed.field,
        "lines": [{**item, "number": 3, "marks": "📝"}],
        "place": typed.room,
        "remarks": [(3, Entry(kind=EntryKind.NOTE, at=NOW, author=MEHMET, text=typed.words), somebody(typed))],
        "report": typed.words,
        "titles": [typed.title],
        "wanted": typed.blank,
    }


OF_APPROVALS = ("approval_request", "approval_sent", "approval_waits", "errors/approval_of_another")
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    **{name: {"people": [person()], "why": "neden"} for name in OF_APPROVALS},
    "approval_automatic": {"people": [person()]},
    "approval_offer": {"kind": ApprovalKind.STOCK},
    "approval_automatic_on": {"kind": ApprovalKind.STOCK, "category": "hurda"},
    "approval_automatic_off": {"category": "hurda"},
    "approvals_automatic": {"offered": ["hurda"]},
    "checklist": {"ticked": 3, "total": 6},
    "errors/canned_unknown": {"names": ["yolda"]},
    "errors/checklist_unknown": {"names": ["yolda"]},
    "line_remarked": {"line": {"number": 3, "text": "Ağ var"}},
    "prompt_evidence": {"what": "sayı", "again": True},
    "recurring_list": {"standing": [(RECURRING, [FIRST_DAY], person())]},
    "shutdown_open": {"lines": ["Klima"]},
}
"""Texts in which a name means something else than in all others."""
