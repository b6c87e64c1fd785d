"""Sample values: documents to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.samples.builders import AYSE, MEHMET, NOW, person
from handlers.domain.document_tracks import DocumentKind, DocumentTrack, Result
from handlers.domain.numbers import Number, Series
from handlers.domain.people import Role

ONE = DocumentTrack(
    number=Number(Series.DOCUMENT, 2026, 87),
    registry_no="45123",
    came_on=date(2026, 11, 12),
    dated=date(2026, 11, 10),
    sender="Yazı İşleri Müdürlüğü",
    subject="İnternet hattının yavaşlığı",
    kind=DocumentKind.PETITION,
    last_day=date(2026, 12, 12),
    holder=MEHMET,
    made_by=AYSE,
    made_at=NOW,
)
_MEHMET = person(Role.TECHNICIAN, id=MEHMET, name="Mehmet Kaya")
_ONE: Mapping[str, Any] = {"one": ONE, "left": 5, "over": False}
_NUMBER = {"number": ONE.number}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "document_when": _ONE,
    "documents": {"lines": [(ONE, 5, False, "Mehmet Kaya"), (ONE, -2, True, "")], "total": 17, "every": True},
    "document_which_kind": {"registry_no": "45123"},
    "document_until": {"registry_no": "45123"},
    "document_recorded": {**_ONE, "basis": "3071 m.7"},
    "document_withdrawn": {"one": ONE},
    "document_card": {**_ONE, "who": _MEHMET, "basis": "3071 m.7", "ticket_no": "2026-000123"},
    "document_answer_no": {"one": ONE},
    "document_new_day": {"one": ONE},
    "document_whom": {"one": ONE},
    "document_ended": {
        "one": DocumentTrack(
            number=ONE.number,
            registry_no="45123",
            came_on=ONE.came_on,
            kind=ONE.kind,
            last_day=ONE.last_day,
            result=Result.ANSWERED,
            answer_no="46001",
            made_by=AYSE,
            made_at=NOW,
        )
    },
    "document_passed": {"one": ONE, "who": _MEHMET},
    "document_given": {**_ONE, "by": person(Role.LEAD, name="Fatma Şahin"), "who": _MEHMET},
    "document_reminder": {**_ONE, "who": _MEHMET, "mine": False},
    "errors/document_number": {"typed": "acele"},
    "errors/document_too_long": {"typed": "İnternet hattının ya", "most": 120},
    "errors/document_known": _NUMBER,
    "errors/document_enclosures": {"most": 999},
    "errors/document_came_later": {"day": date(2027, 1, 1)},
    "errors/document_last_day": {"day": date(2026, 11, 12)},
    "errors/document_day": {"typed": "haftaya belki"},
    "errors/document_over": _NUMBER,
    "errors/document_holder": {"who": "Ayşe Yılmaz"},
    "errors/document_answer": {"typed": "yazdık"},
    "errors/document_old": {"days": 7},
    "errors/document_unknown": _NUMBER,
    "errors/document_nobody": {"typed": "Mehmt", "several": False},
}
