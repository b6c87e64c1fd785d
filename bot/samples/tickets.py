"""Sample values: tickets, what stands on them, visits and efforts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.samples.builders import AYSE, MEHMET, NOW, ticket
from bot.samples.people import somebody
from bot.samples.typed import Typed
from handlers.domain import priority_places
from handlers.domain.states import Change, State, TicketEvent
from handlers.domain.ticket import Entry, EntryKind, Follower, Ticket
from handlers.domain.visits import Visit
from handlers.ports import EffortOnSubject
from handlers.tickets.articles import Trouble
from handlers.tickets.expectations import Expected, Outlook
from handlers.tickets.priority import TABLE

SAME: Mapping[str, Any] = {
    "angry": True,
    "at": NOW,
    "back": False,
    "cards": 3,
    "closed": 3,
    "edited": True,
    "ended": True,
    "expected": "başlıkta title satırı",
    "few": True,
    "hazard": "fire",
    "hint": "123",
    "history": [TicketEvent(NOW, AYSE, "web", change) for change in Change],
    "hours": 40,
    "instead": date(2026, 12, 7),
    "joined": 2,
    "late_reason": "Malzeme geç geldi",
    "minutes": 5,
    "names_living": True,
    "news": 2,
    "number": "2026-000001",
    "opens": NOW,
    "outcome": "opened",
    "outlook": Outlook(
        ahead=4, record=None, expected=Expected(date(2026, 12, 5), afternoon=True, today=date(2026, 12, 4))
    ),
    "places": priority_places.DEFAULT,
    "priority": "Yüksek",
    "promised": date(2026, 12, 9),
    "published": True,
    "reach": "told",
    "related": ["2026-000118"],
    "reopens": True,
    "request": False,
    "short": 123,
    "spent": timedelta(minutes=75),
    "state": State.CLOSED,
    "subjects": [EffortOnSubject("yazici-yazdirmiyor", 750, 18)],
    "table": TABLE,
    "time": "yarın 14.00",
    "times": ["Yarın 09.30", "Yarın 14.00"],
    "to_unit": "yazilim",
    "tried": True,
    "unverified": False,
    "visit": Visit(closed=2, offered=(NOW, NOW)),
    "was_coming": True,
    "whole": "2026-000118",
    "worked": False,
}
"""Whatever people typed."""


def waiting(typed: Typed) -> Ticket:
    return ticket(
        State.WAITING_PARTS,
        text=typed.words,
        facts={"oda": typed.room, "dahili": typed.phone, "hata": typed.fault},
        reasons=(typed.hint,),
        tried=3,
        waiting_for=typed.part,
        resolution=typed.deed,
        merged_into="2026-000009",
        files=("f1",),
        followers=(Follower(person=MEHMET, conversation="web:p:mehmet"),),
        outage=True,
        changed_at=NOW,
    )


def solved(typed: Typed) -> Ticket:
    return ticket(State.RESOLVED, text=typed.words, resolution=typed.deed, priority="acil")


def values(typed: Typed) -> Mapping[str, Any]:
    it, done = waiting(typed), solved(typed)
    return {
        **SAME,
        "active": [it],
        "entries": [(Entry(kind=EntryKind.NOTE, at=NOW, author=MEHMET, text=typed.words), somebody(typed))],
        "followed": [it],
        "known": [typed.fact],
        "living": done,
        "note": typed.words,
        "other": done,
        "others": [done],
        "pieces": [it, done],
        "ticket": it,
        "tickets": [it, done],
        "trouble": Trouble(4, typed.words, "bir başlık"),
    }


IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "effort_noted": {"total": timedelta(minutes=75)},
    "effort_taken_back": {"total": timedelta(minutes=75)},
    "errors/cannot_merge": {"other": "2026-000002"},
    "errors/cannot_merge_secret": {"other": "2026-000002"},
    "my_tickets": {"living": defaultdict(ticket)},
    "reporter_untold": {"reach": "left"},
}
"""Texts in which a name means something else than in all others."""
