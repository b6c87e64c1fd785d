"""What the director writes under a year's figures: the same from every store."""

from __future__ import annotations

from datetime import timedelta

from handlers.domain.recommendations import Recommendation
from handlers.ports import Transactions
from tests.clock import START


def test_the_newest_stands_and_no_version_is_written_twice(store: Transactions) -> None:
    first = Recommendation(year=2026, version=1, text="Yedek hat\n\nistensin.", written_at=START)
    second = Recommendation(year=2026, version=2, text="", written_at=START + timedelta(hours=1))
    assert store.read(lambda uow: uow.recommendations.newest(2026)) is None
    assert store.write(lambda uow: uow.recommendations.add(first))
    assert store.write(lambda uow: uow.recommendations.add(second))
    rival = Recommendation(year=2026, version=2, text="başkası", written_at=START)
    assert not store.write(lambda uow: uow.recommendations.add(rival))
    assert store.read(lambda uow: uow.recommendations.newest(2026)) == second
    assert store.read(lambda uow: uow.recommendations.version(2026, 1)) == first
    assert store.read(lambda uow: uow.recommendations.version(2026, 3)) is None
    assert store.read(lambda uow: uow.recommendations.newest(2025)) is None
