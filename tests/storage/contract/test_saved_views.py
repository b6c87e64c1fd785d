"""Lists under names of people's own: the same from every store."""

from __future__ import annotations

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
