"""Sample values: who is away, who stands in, who is on duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.samples.builders import MEHMET, NOW
from bot.samples.people import somebody
from bot.samples.typed import Typed
from handlers.domain.officers import Office
from handlers.domain.rota import Duty
from handlers.people.rota import Burden
from handlers.terms import OFFICES

DAYS = {"first": date(2026, 12, 3), "last": date(2026, 12, 7), "today": NOW.date(), "starts": None, "ends": None}
DUTY = Duty(
    unit="donanim",
    person=MEHMET,
    starts=NOW,
    ends=NOW + timedelta(hours=15),
    entered_by=MEHMET,
    entered_at=NOW,
)
GAPS = [(NOW, NOW + timedelta(hours=15))]
SAME: Mapping[str, Any] = {
    "alone": [date(2026, 12, 7)],
    "begun": True,
    "document": "2026/1412",
    "duty": DUTY,
    "fate": "person",
    "gaps": GAPS,
    "leave": True,
    "night": "nobody",
    "own": False,
    "restricted": True,
    "until": date(2026, 12, 7),
    "year": 2026,
}
"""Whatever people typed."""


def values(typed: Typed) -> Mapping[str, Any]:
    one = somebody(typed)
    return {
        **SAME,
        "burdens": [(one, Burden(nights=14, feasts=2))],
        "deputies": [{**DAYS, "person": one, "who": one, "document": typed.words}],
        "duties": [(one, DUTY)],
        "former": one,
        "in_place_of": [one],
        "leaves": [(one, DAYS)],
        "rotas": [("donanim", [(one, DUTY, True)], GAPS)],
        "stand_in": one,
    }


_OF_OFFICES = ("errors/officer_twice", "errors/officer_not_theirs", "errors/officer_has_deputy")
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
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "officer_told": {**DAYS, "office": OFFICES[Office.TASINIR_KAYIT], "in_place_of": None, "document": "2026/1412"},
    "officer_ended": {**DAYS, "office": OFFICES[Office.TASINIR_KAYIT], "in_place_of": None, "withdrawn": False},
    **{name: {"office": Office.AMBAR} for name in _OF_OFFICES},
    "errors/officer_left": {"who": "Hasan Kaya"},
    "errors/officer_document": {"most": 60},
    "errors/officer_old": {"days": 7},
    **{name: {**DAYS, "kind": "annual"} for name in OF_DAYS},
    "errors/days_reversed": {"first": DAYS["last"], "last": DAYS["first"]},
}
"""Texts in which a name means something else than in all others."""
