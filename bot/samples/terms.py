"""Sample values: süreli kayıtlar and firmalar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.samples.builders import NOW, person, ticket
from handlers.contracts.telling import ToldTerm
from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.domain.terms import Term, TermId, TermKind, number_of
from handlers.queries.terms import TermRow

TERM = Term(
    number=number_of(17),
    kind=TermKind.CERTIFICATE,
    name="masa.defne.bel.tr",
    unit="yazilim",
    ends=date(2026, 12, 28),
    contract_no="2026/44",
    recorded_at=NOW,
    id=TermId(17),
)
_ROW = TermRow(term=TERM, left=30, vendor="ABC Bilişim", place="Garaj", ticket="2026-000123", failing_days=None)
_LATER = {"ends": date(2027, 12, 28)}
_TOLD = {"term": TERM, "ticket": ticket(State.CLAIMED), **_LATER}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "terms": {"rows": [_ROW], "days": 30, "keeps": True},
    "term": {"row": _ROW},
    "terms_due": {"lines": [ToldTerm(term=TERM, left=left, ticket="2026-000123") for left in (30, 1, 0, -1)]},
    "prompt_term_end": {"term": TERM},
    "term_renewed": {"term": TERM, "before": TERM, "closed": ticket(State.RESOLVED)},
    "term_unrenewed": {"term": TERM},
    "term_renewed_told": {**_TOLD, "by": person(Role.DIRECTOR, name="Kemal Ak")},
    "term_read_anew": _TOLD,
    "errors/term_too_long": {"most": 120},
    "errors/term_day": {"typed": "31.02.2027"},
    "errors/term_reversed": {"ends": date(2025, 1, 1)},
    "errors/term_same_end": _LATER,
    "errors/term_not_later": {"ends": date(2025, 12, 1), "before": date(2026, 12, 31)},
    "errors/term_steps": {"most": 730},
    "errors/term_devices": {"typed": "D-99999"},
    "errors/term_too_many_devices": {"most": 50},
    "errors/term_over": {"number": TERM.number},
    "errors/term_too_late": {"days": 7},
    "errors/term_none": {"number": TERM.number},
    "errors/vendor_name_taken": {"name": "ABC Bilişim"},
}
