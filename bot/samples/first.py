"""Sample values, by the name that a text uses, from A to K."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from bot.samples.subjects import DAY, DONE, IT, SOMEBODY, WORD
from bot.samples.things import AYSE, DAYS, DUTY, MEHMET, NOW, OVERVIEW
from handlers.chat.commands import COMMANDS
from handlers.domain.charts import ThisWeek
from handlers.domain.states import Change, State, TicketEvent
from handlers.domain.ticket import Entry, EntryKind
from handlers.domain.visits import Visit
from handlers.people import personal_data
from handlers.people.rota import Burden
from handlers.tickets.expectations import Expected, Outlook

FIRST: Mapping[str, Any] = {
    "accounts": ["Telegram"],
    "burdens": [(SOMEBODY, Burden(nights=14, feasts=2))],
    "duties": [(SOMEBODY, DUTY)],
    "duty": DUTY,
    "former": SOMEBODY,
    "gaps": [(NOW, NOW + timedelta(hours=15))],
    "keeps": True,
    "begins": False,
    "dropping": True,
    "heard": True,
    "line_at": NOW,
    "night": "nobody",
    "opens": NOW,
    "rotas": [("donanim", [(SOMEBODY, DUTY, True)], [(NOW, NOW + timedelta(hours=15))])],
    "what": "begins",
    "whose": ["yazilim"],
    "year": 2026,
    "deputies": [{**DAYS, "person": SOMEBODY, "who": SOMEBODY, "document": WORD}],
    "document": "2026/1412",
    "restricted": True,
    "alone": [date(2026, 12, 7)],
    "begun": True,
    "fate": "person",
    "leaves": [
        (
            SOMEBODY,
            {
                "first": date(2026, 12, 3),
                "last": date(2026, 12, 7),
                "today": NOW.date(),
                "starts": None,
                "ends": None,
            },
        )
    ],
    "note": WORD,
    "own": False,
    "stand_in": SOMEBODY,
    "today": NOW.date(),
    "until": date(2026, 12, 7),
    "angry": True,
    "asked": True,
    "asks": True,
    "cancelled": False,
    "cards": 3,
    "channel": "telegram",
    "code": "ABCDE-FGH23",
    "commands": list(COMMANDS.values()),
    "count": 2,
    "c": DAY.comparison,
    "d": DAY,
    "days": 7,
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
    "pieces": [IT, DONE],
    "active": [IT],
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
    "entries": [(Entry(kind=EntryKind.NOTE, at=NOW, author=MEHMET, text=WORD), SOMEBODY)],
    "followed": [IT],
    "found": [SOMEBODY],
    "further": True,
    "hazard": "fire",
    "hint": "123",
    "history": [TicketEvent(NOW, AYSE, "web", change) for change in Change],
}
