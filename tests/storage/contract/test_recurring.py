"""What is done again and again, on the fake and both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.recurring import Every, Evidence, Recurring, Rhythm, Shift, Whose
from handlers.ports import Transactions
from tests.clock import START

MADE = Recurring(
    unit="donanim",
    title="UPS testi",
    rhythm=Rhythm(Every.MONTHS, day=15, months=3),
    shift=Shift.AFTER,
    category="ups-elektrik",
    checked=True,
    days_before=3,
    whose=Whose.PERSON,
    person=PersonId(7),
    evidence=Evidence.NUMBER,
    begins=date(2026, 12, 1),
    written_at=START,
)


def test_what_stands_is_found_and_what_was_withdrawn_is_not(store: Transactions) -> None:
    first, second = store.write(
        lambda uow: (uow.recurring.add(MADE), uow.recurring.add(replace(MADE, unit="yazilim", category=None)))
    )
    assert store.read(lambda uow: list(uow.recurring.standing())) == [first, second]
    store.write(lambda uow: uow.recurring.save(replace(first, withdrawn_at=START)))
    assert store.read(lambda uow: list(uow.recurring.standing())) == [second]
    assert store.read(lambda uow: uow.recurring.get(first.id)) == replace(first, withdrawn_at=START)
    assert store.read(lambda uow: [one.id for one in uow.recurring.checked()]) == [first.id, second.id]
    plain = store.write(lambda uow: uow.recurring.add(replace(MADE, checked=False)))
    assert plain not in store.read(lambda uow: list(uow.recurring.checked()))
    for missing in (lambda uow: uow.recurring.get(999), lambda uow: uow.recurring.save(replace(MADE, id=999))):
        with pytest.raises(NotFound):
            store.write(missing)
