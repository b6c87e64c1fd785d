"""Lists under names of people's own: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.domain.saved_views import SavedView
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person


def test_what_somebody_saved_is_theirs_alone(store: Transactions) -> None:
    fatma, kemal = store.write(lambda uow: (add_person(uow, "fatma"), add_person(uow, "kemal")))
    late = SavedView(owner=fatma, title="Zabıta", query="mudurluk=Zab%C4%B1ta", saved_at=START + timedelta(seconds=3))
    kept = [
        store.write(lambda uow, one=one: uow.saved_views.add(one))
        for one in (late, SavedView(owner=fatma, title="Acil", query="oncelik=acil", saved_at=START))
    ]
    other = SavedView(owner=kemal, title="Acil", query="oncelik=acil", saved_at=START)
    theirs = store.write(lambda uow: uow.saved_views.add(other))
    assert store.read(lambda uow: uow.saved_views.of(fatma)) == kept[::-1]
    assert not store.write(lambda uow: uow.saved_views.remove(fatma, theirs.id))
    assert store.write(lambda uow: uow.saved_views.remove(fatma, kept[0].id))
    assert not store.write(lambda uow: uow.saved_views.remove(fatma, kept[0].id))
    assert store.write(lambda uow: uow.saved_views.remove_all(fatma)) == 1
    assert store.read(lambda uow: (uow.saved_views.of(fatma), uow.saved_views.of(kemal))) == ([], [theirs])


def test_what_is_saved_for_a_unit_is_the_units_and_outlives_who_saved_it(store: Transactions) -> None:
    fatma = store.write(lambda uow: add_person(uow, "fatma"))
    own = SavedView(owner=fatma, title="Acil", query="oncelik=acil", saved_at=START)
    for unit in ("", "donanim", "donanim", "yazilim"):
        store.write(lambda uow, unit=unit: uow.saved_views.add(replace(own, unit=unit)))
    first, second = store.read(lambda uow: uow.saved_views.of_unit("donanim"))
    assert (first.unit, first.title, len(store.read(lambda uow: uow.saved_views.of(fatma)))) == ("donanim", "Acil", 1)
    store.write(lambda uow: uow.saved_views.rename(first.id, "Zabıta"))
    assert [one.title for one in store.read(lambda uow: uow.saved_views.of_unit("donanim"))] == ["Acil", "Zabıta"]
    assert not store.write(lambda uow: uow.saved_views.remove(fatma, first.id))
    assert store.write(lambda uow: uow.saved_views.remove_all(fatma)) == 1
    store.write(lambda uow: uow.saved_views.remove_of_unit(second.id))
    assert [one.title for one in store.read(lambda uow: uow.saved_views.of_unit("donanim"))] == ["Zabıta"]
    assert len(store.read(lambda uow: uow.saved_views.of_unit("yazilim"))) == 1
    assert not store.read(lambda uow: uow.saved_views.of_unit(""))
