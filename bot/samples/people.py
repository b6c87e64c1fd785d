"""Sample values: people, their roles and their data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.samples.builders import AYSE, NOW, person
from bot.samples.typed import Typed
from handlers.domain.people import Person, Role
from handlers.people import personal_data

SAME: Mapping[str, Any] = {
    "code": "ABCDE-FGH23",
    "erased": personal_data.Erasure(texts=3, files=1, open=2, messengers=["Slack", "Telegram"], groups=["Slack"]),
    "invites": True,
    "stays_one": "talked",
    "left_unit": "donanim",
    "mine": personal_data.Kept(
        tickets=3,
        open=1,
        files=2,
        absences=1,
        deputies=1,
        offices=1,
        devices=2,
        moves=12,
        sightings=1,
        handovers=3,
        counts=1,
        signatures=1,
        trainings=2,
        announcements=4,
        documents=3,
        scrap=1,
        seats=1,
        services=2,
        breaches=1,
        duties=1,
        outages=1,
        planned=1,
        views=1,
        approvals=1,
        browsers=[("Chrome · Windows", NOW)],
    ),
    "notice": "2-083a1",
    "open": 2,
    "own_last": NOW,
    "people": 2,
    "platform": "Telegram",
    "read": True,
    "returned": 2,
    "role": Role.LEAD,
    "roles": [role.value for role in Role],
}
"""Whatever people typed."""


def somebody(typed: Typed) -> Person:
    return person(
        Role.TECHNICIAN,
        name=f"{typed.first_name} Kaya",
        room=typed.room,
        department=typed.department,
        phone=typed.phone,
        verified=True,
    )


def values(typed: Typed) -> Mapping[str, Any]:
    one = somebody(typed)
    of_one = ("author", "by", "caller", "holder", "opener", "person", "reporter", "resolver", "to", "who")
    return {
        **SAME,
        **dict.fromkeys(of_one, one),
        "accounts": [typed.account],
        "department": typed.department,
        "found": [one],
        "leads": [one],
        "like": [one],
        "name": typed.words,
        "names": {AYSE: one},
    }


IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "person_left": {"devices": ["D-00042"], "kept": ["D-00050"], "waiting": ["TB-2026-00031"]},
    **{f"errors/department_{one}": {"other": "Mali Hizmetler"} for one in ("taken", "merged", "merge_other")},
    **{f"errors/place_{one}": {"name": "3. kat · 312", "other": "Ek bina · 312"} for one in ("taken", "merge_other")},
}
"""Texts in which a name means something else than in all others."""
