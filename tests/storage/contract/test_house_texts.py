"""What the house wrote in the place of shipped texts, on the fake and both databases."""

from __future__ import annotations

import pytest

from handlers.domain.errors import Stale
from handlers.domain.house_texts import HouseText, TextKind
from handlers.domain.people import Person, PersonId
from handlers.ports import Transactions
from tests.clock import START


def _text(who: PersonId, name: str, version: int, body: str, kind: TextKind = TextKind.ARTICLE) -> HouseText:
    return HouseText(
        kind=kind, name=name, version=version, body=body, shipped="0" * 64, written_at=START, written_by=who
    )


def test_the_newest_version_of_each_stands_and_none_is_lost(store: Transactions) -> None:
    who = store.write(lambda uow: uow.people.add(Person(handle="fatma", name="Fatma")).id)
    assert store.read(lambda uow: uow.house_texts.version()) == ""
    seen = []
    for one in (
        _text(who, "toner", 1, "bir"),
        _text(who, "toner", 2, "iki\nsatır"),
        _text(who, "kagit", 1, ""),
        _text(who, "toner", 1, "başka bir yerde", TextKind.MESSAGE),
    ):
        added = store.write(lambda uow, one=one: uow.house_texts.add(one))
        assert added.id
        seen.append(store.read(lambda uow: uow.house_texts.version()))
    assert len({*seen, ""}) == 5, "each time another one"
    standing = store.read(lambda uow: uow.house_texts.standing())
    assert [(one.kind, one.name, one.version, one.body) for one in standing] == [
        (TextKind.ARTICLE, "kagit", 1, ""),
        (TextKind.ARTICLE, "toner", 2, "iki\nsatır"),
        (TextKind.MESSAGE, "toner", 1, "başka bir yerde"),
    ]
    versions = store.read(lambda uow: uow.house_texts.versions(TextKind.ARTICLE, "toner"))
    assert [(one.version, one.body, one.written_by, one.written_at) for one in versions] == [
        (2, "iki\nsatır", who, START),
        (1, "bir", who, START),
    ]
    assert store.read(lambda uow: uow.house_texts.versions(TextKind.MESSAGE, "kagit")) == []


def test_of_two_who_write_the_same_version_one_is_told(store: Transactions) -> None:
    who = store.write(lambda uow: uow.people.add(Person(handle="fatma", name="Fatma")).id)
    store.write(lambda uow: uow.house_texts.add(_text(who, "toner", 1, "bir")))
    before = store.read(lambda uow: uow.house_texts.version())
    with pytest.raises(Stale):
        store.write(lambda uow: uow.house_texts.add(_text(who, "toner", 1, "iki")))
    assert store.read(lambda uow: uow.house_texts.version()) == before
