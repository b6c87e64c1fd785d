"""Sample values: announcements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.samples.builders import NOW, ZEYNEP, person
from handlers.domain.announcements import Announcement, Audience
from handlers.domain.numbers import Number, Series
from handlers.domain.people import Role

ONE = Announcement(
    number=Number(Series.ANNOUNCEMENT, 2026, 3),
    text="Parolanızı kimseyle paylaşmayın.\nŞüpheli e-postayı açmadan bildirin.",
    security=True,
    made_by=ZEYNEP,
    made_at=NOW,
)
_ONE: Mapping[str, Any] = {"one": ONE}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "announcement": {**_ONE, "who": person(Role.LEAD, name="Fatma Şahin"), "reminded": True},
    "announcement_read": _ONE,
    "announcements_none": {"announces": True},
    "announcement_whom": {"text": ONE.text},
    "announcement_sure": {"text": ONE.text, "count": 1240, "department": "", "audience": Audience.STAFF},
    "announcement_sent": {**_ONE, "count": 1240},
    "announcement_ended": _ONE,
    "errors/announcement_long": {"most": 1500, "letters": 1612},
    "errors/announcement_department": {"typed": "Mali İşlr"},
    "errors/announcement_not_yours": {"number": ONE.number},
}
