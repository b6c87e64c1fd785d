"""What was said of settings in the browser: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.errors import Stale
from handlers.domain.house_settings import StoredSetting
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person


def test_each_holds_what_was_said_last_and_before(store: Transactions) -> None:
    admin = store.write(lambda uow: add_person(uow, "admin"))
    first = StoredSetting(key="tell_days", value=False, set_by=admin, set_at=START)
    places = [{"title": "Vezne", "words": ["vezne", "tahsilat"], "on_weekends": True}]
    other = StoredSetting(key="priority_places", value=places, before=[], set_by=None, set_at=START)
    assert store.read(lambda uow: (uow.stored_settings.all(), uow.stored_settings.version())) == ([], 0)
    store.write(lambda uow: (uow.stored_settings.put(first), uow.stored_settings.put(other)))
    assert store.read(lambda uow: uow.stored_settings.all()) == [other, first]
    assert store.read(lambda uow: uow.stored_settings.version()) == 2

    second = replace(first, value=None, before=False, version=2, set_at=START + timedelta(hours=1))
    store.write(lambda uow: uow.stored_settings.put(second))
    assert store.read(lambda uow: uow.stored_settings.get("tell_days")) == second
    assert store.read(lambda uow: uow.stored_settings.get("nothing")) is None
    assert store.read(lambda uow: uow.stored_settings.version()) == 3


def test_a_version_that_is_not_the_next_one_is_stale(store: Transactions) -> None:
    said = StoredSetting(key="institution", value="Örnek Belediyesi", set_by=None, set_at=START)
    store.write(lambda uow: uow.stored_settings.put(said))
    for version in (1, 3):
        with pytest.raises(Stale):
            store.write(
                lambda uow, version=version: uow.stored_settings.put(replace(said, value="Başka", version=version))
            )
    assert store.read(lambda uow: uow.stored_settings.get("institution")) == said
