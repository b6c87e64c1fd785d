"""Sample values: scrapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.domain.numbers import Number, Series
from handlers.domain.people import Person
from handlers.domain.scrap import DiskFate, ScrapReason
from handlers.terms import DISK_FATES

_NUMBER = Number(Series.SCRAP_PROPOSAL, 2026, 3)
_DEVICE = "D-00042"
_BOTH = {"device": _DEVICE, "number": _NUMBER}
_NUMBERED = {"number": _NUMBER}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "scrap_why": {"number": _DEVICE, "name": "HP LaserJet M404dn"},
    "scrap_proposed": {**_BOTH, "because": ScrapReason.NOT_WORTH_IT},
    "scrap_described": {"device": _DEVICE, "opinion": "Anakart arızalı", "photo": True, "disk": None},
    "scrap_disk_how": {"device": _DEVICE, "wiped": True},
    "scrap_disk_said": {**_BOTH, "disk": DISK_FATES[DiskFate.WIPED], "note": "üç geçiş"},
    "scrap_taken_back": _BOTH,
    "scrap_checked_told": {**_NUMBERED, "lines": 12, "who": Person(handle="fatma", name="Fatma Şahin")},
    "errors/scrap_commission_large": {"most": 10},
    "errors/scrap_in_custody": {"number": _DEVICE, "who": "Hasan Kaya"},
    "errors/scrap_open_ticket": {"device": _DEVICE, "number": "2026-000118"},
    "errors/scrap_listed": _BOTH,
    "errors/scrap_disk": {"devices": [_DEVICE, "D-00108"]},
    "errors/scrap_disk_how": {"wiped": False},
    "errors/scrap_approved": _NUMBERED,
    "errors/scrap_closed": _NUMBERED,
    "errors/scrap_full": {**_NUMBERED, "most": 200},
    "errors/scrap_empty": _NUMBERED,
    "errors/scrap_unchecked": _NUMBERED,
    "errors/scrap_no_commission": _NUMBERED,
    "errors/scrap_undecided": {**_NUMBERED, "left": 2},
    "errors/scrap_document": {"most": 60},
    "errors/scrap_unapproved": _NUMBERED,
    "errors/scrap_stays": {"number": _DEVICE},
    "errors/scrap_no_parts": {"number": _DEVICE},
}
