"""Görevler: kayıt and kontrol are two people, and a vekil acts within the days of who holds the office."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.domain.errors import Invalid
from handlers.domain.officers import Officer, require_possible
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.officers import SqlOfficers

_SAYS = {
    "officer_days": "ends before it begins",
    "officer_oneself": "is their own vekil",
    "officer_both": "makes one person kayıt and kontrol yetkilisi at once",
    "officer_twice": "is of a person who holds that office on some of its days already",
    "officer_not_theirs": "acts for somebody who does not hold it on each of its days",
    "officer_has_deputy": "is a second vekil of one person on some of its days",
}


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    """The rules that were asked when they were written down, asked again of each that stands."""
    standing: list[Officer] = [one for one in SqlOfficers(ground.transaction).all() if one.withdrawn_at is None]
    for one in standing:
        ground.advance(1)
        try:
            require_possible(one, standing)
        except Invalid as refusal:
            yield f"officer {one.id}", _SAYS[refusal.reason]
