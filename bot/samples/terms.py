"""Sample values: süreli kayıtlar and firmalar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.samples.builders import MEHMET, NOW, person, ticket
from handlers.contracts.telling import ToldTerm
from handlers.domain.numbers import Number, Series
from handlers.domain.people import Role
from handlers.domain.services import VendorWait
from handlers.domain.states import State
from handlers.domain.terms import Term, TermId, TermKind, number_of
from handlers.domain.vendors import Vendor, VendorId
from handlers.queries.terms import TermRow
from handlers.tickets.provider_line import ProviderLine
from handlers.tickets.vendor_line import VendorLine

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
_VENDOR = Vendor(name="ABC Bilişim", fault_line="0326 444", recorded_at=NOW, id=VendorId(3))
_WAITS = ticket(State.WAITING_VENDOR, waiting_for="ABC Bilişim")
_VISIT = Number(Series.SERVICE_VISIT, 2026, 12)
_OUT = {"ticket": _WAITS, "vendor": _VENDOR, "device": "HP M404dn · D-00042", "disk": "çıkarıldı"}
_FORM = {"number": _VISIT, "ticket": _WAITS, "vendor": _VENDOR}
_BY = person(Role.TECHNICIAN, name="Mehmet Tan")
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "terms": {"rows": [_ROW], "days": 30, "keeps": True},
    "term": {"row": _ROW},
    "terms_due": {"lines": [ToldTerm(term=TERM, left=left, ticket="2026-000123") for left in (30, 1, 0, -1)]},
    "prompt_term_end": {"term": TERM},
    "term_renewed": {"term": TERM, "before": TERM, "closed": ticket(State.RESOLVED)},
    "term_unrenewed": {"term": TERM},
    "term_renewed_told": {**_TOLD, "by": person(Role.DIRECTOR, name="Kemal Ak")},
    "term_read_anew": _TOLD,
    "card": {"firm": VendorLine(name="ABC Bilişim", covered=True, days=2, out=True), "lines": []},
    "provider_line": {
        "lines": [
            ProviderLine(
                number="0326 613", speed="50 Mbps", fault_line="444 1 375", service_no="88123", ends=date(2027, 3, 1)
            )
        ]
    },
    "vendor_waits": {"ticket": _WAITS, "vendor": _VENDOR, "covered_until": date(2027, 7, 17)},
    "service_disk": {"ticket": _WAITS},
    "service_disk_wanted": _OUT,
    "service_disk_asked": {"ticket": _WAITS},
    "service_left": {**_OUT, "wait": VendorWait(ticket=_WAITS.id, vendor=_VENDOR.id, at=NOW, by=MEHMET)},
    "prompt_service_form": {"number": _VISIT, "ticket": _WAITS, "person": _BY, "given": False},
    "prompt_service_why": {"number": _VISIT, "person": _BY},
    "service_submitted": _FORM,
    "service_form": {**_FORM, "done": "ana kart değişti", "without_form": "", "by": _BY},
    "service_approved": {**_FORM, "by": _BY},
    "errors/service_no_device": {"number": "2026-000123"},
    "errors/service_no_vendor": {"number": "2026-000123"},
    "errors/service_over": {"number": _VISIT},
    "errors/service_not_submitted": {"number": _VISIT},
    "errors/service_parts": {"typed": "ana kart değişti"},
    "errors/service_too_many_parts": {"most": 10},
    "errors/service_too_long": {"most": 120},
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
    "errors/program_seats": {"most": 100_000},
    "errors/program_who": {"typed": "Ayşa"},
    "errors/program_twice": {"name": "NetCAD"},
    "errors/program_over": {"name": "NetCAD", "owned": 5, "nth": "6.'sını"},
    "errors/vendor_name_taken": {"name": "ABC Bilişim"},
}
